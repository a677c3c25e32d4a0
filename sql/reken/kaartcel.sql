/*
omschrijving: >
  De cellen van de bron die een kaart vraagt en die er zijn, met of zonder waarde. Een term met een vaste regio geldt
  voor elke regio van de waarde: dan is regio leeg. Tussentabel, wordt niet gepubliceerd.
uit: [invoer.kaart, invoer.kaart_term, kern.regio, kern.waarneming, reken.jaardeel]
herkomst: {kaarten: alle}
sleutel: [indicator, bron_volgorde, rol, term, regio, jaar, cel_periode]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  bron_volgorde: {type: INTEGER, uitleg: de hoeveelste bron van de kaart}
  rol: {type: VARCHAR, uitleg: teller of noemer}
  term: {type: INTEGER, uitleg: nummer van de cel binnen kaart en bron en rol}
  regio: {type: VARCHAR, uitleg: de regio van de waarde waarvoor de cel telt; leeg is elke regio}
  jaar: {type: INTEGER, uitleg: het jaar van de waarde waarvoor de cel telt}
  gewicht: {type: DOUBLE, uitleg: waarmee de cel meetelt in de som van teller of noemer}
  nulpunt: {type: DOUBLE, uitleg: wat van de cel af gaat voor zij meetelt}
  factor: {type: DOUBLE, uitleg: factor van de kaart}
  bron: {type: VARCHAR, uitleg: bron van de cel}
  tabel: {type: VARCHAR, uitleg: tabel van de cel}
  onderwerp: {type: VARCHAR, uitleg: onderwerp van de cel}
  cel_uitsplitsing: {type: VARCHAR, uitleg: uitsplitsing van de cel}
  cel_regio: {type: VARCHAR, uitleg: regio van de cel}
  cel_periode: {type: VARCHAR, uitleg: periode van de cel}
  waarde: {type: DOUBLE, uitleg: waarde van de cel zoals de bron die geeft}
  marge_onder: {type: DOUBLE, uitleg: ondergrens van de cel}
  marge_boven: {type: DOUBLE, uitleg: bovengrens van de cel}
  status: {type: VARCHAR, uitleg: status van de cel}
  leeg_reden: {type: VARCHAR, uitleg: waarom de cel leeg is}
*/
WITH term AS (
    SELECT t.*, contains(t.uitsplitsing, '{regio}') AS per_regio, d.periode, d.jaar - t.periode_verschuiving AS jaar,
        d.aandeel
    FROM invoer.kaart_term AS t
    JOIN invoer.kaart AS k ON k.id = t.indicator
    JOIN reken.jaardeel AS d
        ON d.jaarregel = k.jaarregel AND d.bron = t.bron AND d.tabel = t.tabel AND d.onderwerp = t.onderwerp
    WHERE d.jaar - t.periode_verschuiving BETWEEN coalesce(t.vanaf, -9999) AND coalesce(t.tot_en_met, 9999)
),
gezocht AS (
    -- regio: van de waarde; zoek_regio: van de cel. Beide leeg: elke cel telt voor haar eigen regio.
    SELECT *, NULL AS regio, regio_vast AS zoek_regio, uitsplitsing AS zoek_uitsplitsing
    FROM term
    WHERE NOT per_regio
    UNION ALL
    SELECT term.*, r.code, coalesce(term.regio_vast, r.code), u.uitsplitsing
    FROM term
    CROSS JOIN kern.regio AS r
    -- de code zelf, geen tekst die er gelijk aan is: anders wordt elke cel als tekst vergeleken
    JOIN (SELECT DISTINCT uitsplitsing FROM kern.waarneming) AS u
        ON u.uitsplitsing = replace(term.uitsplitsing, '{regio}', r.code)
    WHERE per_regio
)
SELECT
    g.indicator, g.bron_volgorde, g.rol, g.term,
    CASE WHEN g.zoek_regio IS NULL THEN w.regio ELSE g.regio END AS regio,
    g.jaar::INTEGER AS jaar,
    g.gewicht * g.aandeel AS gewicht, g.nulpunt, g.factor,
    w.bron, w.tabel, w.onderwerp, w.uitsplitsing AS cel_uitsplitsing, w.regio AS cel_regio, w.periode AS cel_periode,
    w.waarde, w.marge_onder, w.marge_boven, w.status, w.leeg_reden
FROM gezocht AS g
JOIN kern.waarneming AS w
    ON w.bron = g.bron AND w.tabel = g.tabel AND w.onderwerp = g.onderwerp
    AND w.uitsplitsing = g.zoek_uitsplitsing AND w.periode = g.periode
    AND (g.zoek_regio IS NULL OR w.regio = g.zoek_regio)
