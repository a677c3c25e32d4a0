/*
omschrijving: >
  Tellen de delen op tot het totaal dat de bron zelf geeft? Voor indicatoren die optellen: de gemeenten en de
  COROP-gebieden tot de provincie, gemeenten tot hun COROP-gebied, provincies tot Nederland. De tolerantie is de afronding
  van de cellen: een halve eenheid van de laatste decimaal, of van het veelvoud van 5 of 10 waarop de bron afrondt. Voor
  Nederland komt daar een deel van het totaal bij: Extra-regio en 'niet in te delen' tellen daar mee en in geen provincie.
uit: [invoer.kaart, invoer.rekenregel, kern.onderwerp, kern.regio, kern.regio_lid, kern.waarneming, monitor.herkomst, reken.berekend,
  reken.rapportregio]
herkomst: {kaarten: alle, met: {aggregatie: som}}
sleutel: [indicator, uitsplitsing, regio, periode, delen_soort]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: uitsplitsing}
  regio: {type: VARCHAR, uitleg: de regio van het totaal}
  periode: {type: VARCHAR, uitleg: periode}
  delen_soort: {type: VARCHAR, uitleg: "soort van de delen: gemeente, corop of provincie"}
  delen: {type: BIGINT, uitleg: aantal delen}
  delen_leeg: {type: BIGINT, uitleg: aantal delen zonder waarde; dan is er geen som}
  som_delen: {type: DOUBLE, uitleg: som van de delen}
  totaal: {type: DOUBLE, uitleg: waarde die de bron voor het geheel geeft}
  verschil: {type: DOUBLE, uitleg: som van de delen min het totaal}
  afronding: {type: DOUBLE, uitleg: wat het verschil door afronding kan zijn}
  tolerantie: {type: DOUBLE, uitleg: "hoe groot het verschil mag zijn: de afronding, en bij Nederland een deel van het totaal"}
*/
WITH lid AS (
    SELECT l.regio, l.lid, d.soort
    FROM kern.regio_lid AS l
    JOIN kern.regio AS d ON d.code = l.lid
    WHERE l.geldig_tot IS NULL AND (
        l.regio = 'NL01' AND d.soort = 'provincie'
        OR l.regio IN (SELECT regio FROM reken.rapportregio WHERE in_gebied) AND d.soort IN ('gemeente', 'corop')
    )
),
waarde AS (
    SELECT w.*
    FROM reken.berekend AS w
    JOIN invoer.kaart AS k ON k.id = w.indicator AND k.aggregatie = 'som'
    WHERE w.regio IN (SELECT regio FROM lid UNION SELECT lid FROM lid)
),
cel AS (
    SELECT h.*, v.waarde
    FROM monitor.herkomst AS h
    SEMI JOIN waarde AS w USING (indicator, uitsplitsing, regio, periode)
    JOIN kern.waarneming AS v
        ON v.bron = h.bron AND v.tabel = h.tabel AND v.onderwerp = h.onderwerp
        AND v.uitsplitsing = h.cel_uitsplitsing AND v.regio = h.cel_regio AND v.periode = h.cel_periode
    WHERE h.rol = 'teller'
),
afronding AS (
    -- een bron zegt niet dat zij op veelvouden afrondt; aan genoeg cellen is het te zien
    SELECT c.bron, c.tabel, c.onderwerp, any_value(o.decimalen) AS decimalen,
        CASE
            WHEN count(DISTINCT c.waarde) < (SELECT cellen_afronding FROM invoer.rekenregel) THEN pow(10, -coalesce(any_value(o.decimalen), 0))
            WHEN bool_and(c.waarde % 10 = 0) THEN 10
            WHEN bool_and(c.waarde % 5 = 0) THEN 5
            ELSE pow(10, -coalesce(any_value(o.decimalen), 0))
        END AS eenheid
    FROM cel AS c
    LEFT JOIN kern.onderwerp AS o USING (bron, tabel, onderwerp)
    GROUP BY c.bron, c.tabel, c.onderwerp
),
speling AS (
    SELECT c.indicator, c.uitsplitsing, c.regio, c.periode,
        bool_or(c.lid <> c.regio) AS opgeteld,
        list_sum(list_sort(list(abs(c.factor * c.gewicht) * a.eenheid / 2))) AS speling
    FROM cel AS c
    JOIN afronding AS a USING (bron, tabel, onderwerp)
    GROUP BY ALL
),
met_speling AS (
    SELECT w.*, s.opgeteld, s.speling / coalesce(abs(w.noemer), 1) AS speling
    FROM waarde AS w
    JOIN speling AS s USING (indicator, uitsplitsing, regio, periode)
),
som AS (
    SELECT t.indicator, t.uitsplitsing, t.regio, t.periode, l.soort,
        any_value(t.waarde) AS totaal, any_value(t.speling) AS speling,
        count(*) AS delen, count(*) - count(d.waarde) AS delen_leeg,
        sum(d.waarde ORDER BY d.waarde) AS som, sum(d.speling ORDER BY d.speling) AS speling_delen
    FROM met_speling AS t
    JOIN lid AS l ON l.regio = t.regio
    LEFT JOIN met_speling AS d
        ON d.indicator = t.indicator AND d.uitsplitsing = t.uitsplitsing AND d.periode = t.periode AND d.regio = l.lid
        AND NOT d.opgeteld
    WHERE t.waarde IS NOT NULL AND NOT t.opgeteld
    GROUP BY t.indicator, t.uitsplitsing, t.regio, t.periode, l.soort
    -- een bron die deze soort delen niet kent, telt niet op
    HAVING count(d.waarde) > 0
)
SELECT
    indicator, uitsplitsing, regio, periode, soort AS delen_soort, delen, delen_leeg,
    CASE WHEN delen_leeg = 0 THEN som END AS som_delen,
    totaal,
    CASE WHEN delen_leeg = 0 THEN som - totaal END AS verschil,
    speling + speling_delen AS afronding,
    afronding + if(regio = 'NL01', buiten_provincies * abs(totaal), 0)::DOUBLE AS tolerantie
FROM som
CROSS JOIN invoer.rekenregel
