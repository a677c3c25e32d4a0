/*
omschrijving: >
  De weg terug: elke waarde en de cellen van de bron waaruit zij is berekend, ook cellen zonder waarde. Een cel die niet
  in het antwoord van de bron staat, staat hier niet, en een lid waar de waarde buiten kan (monitor.ontbrekend_lid) ook niet.
  Een cel kan gecorrigeerd zijn: zie kern.correctie en monitor.gecorrigeerd. Narekenen: waarde = factor * som(gewicht * (teller - nulpunt)) /
  som(gewicht * (noemer - nulpunt)); in een samengestelde regio per lid, en dan opgeteld (som), teller en noemer elk opgeteld (verhouding) of
  gewogen met de cellen in de rol gewicht, gedeeld door die in de rol gewicht_noemer als die er zijn (gewogen). Het reele
  bedrag (monitor.reele_waarde) is de waarde maal de cel in de rol prijsindex_peil, gedeeld door die in de rol prijsindex.
uit:
  [invoer.kaart, monitor.ontbrekend_lid, reken.berekend, reken.kaartcel, reken.lid, reken.prijsbasis, reken.prijsindex, reken.waarde]
sleutel: [indicator, uitsplitsing, regio, periode, rol, lid, term, cel_periode]
codes: blijven
antwoord: true
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: uitsplitsing van de waarde}
  regio: {type: VARCHAR, uitleg: regio van de waarde}
  periode: {type: VARCHAR, uitleg: periode van de waarde}
  rol: {type: VARCHAR, uitleg: "teller, noemer, gewicht of gewicht_noemer; van een reeel bedrag ook prijsindex en prijsindex_peil"}
  lid: {type: VARCHAR, uitleg: de gemeente waarvoor de cel telt in een samengestelde regio; anders de regio zelf}
  term: {type: INTEGER, uitleg: nummer van de cel binnen de rol van de kaart}
  gewicht: {type: DOUBLE, uitleg: waarmee de cel meetelt in de som van haar rol}
  nulpunt: {type: DOUBLE, uitleg: "wat van de cel af gaat voor zij meetelt; meestal 0"}
  factor: {type: DOUBLE, uitleg: factor waarmee het quotient wordt vermenigvuldigd}
  bron: {type: VARCHAR, uitleg: "bron van de cel: cbs, derden, aanlevering of register"}
  tabel: {type: VARCHAR, uitleg: tabel van de cel}
  onderwerp: {type: VARCHAR, uitleg: onderwerp van de cel}
  cel_uitsplitsing: {type: VARCHAR, uitleg: uitsplitsing van de cel}
  cel_regio: {type: VARCHAR, uitleg: regio van de cel}
  cel_periode: {type: VARCHAR, uitleg: periode van de cel}
  momentopname: {type: VARCHAR, ongelezen: true, uitleg: het bewaarde antwoord van de bron waarin de cel staat}
*/
WITH nodig AS (
    -- een gelijkheid in plaats van 'een van beide': anders wordt elk lid met elke kaart van dat jaar vergeleken
    SELECT *, unnest(list_distinct([indicator, weging])) AS vraagt
    FROM reken.lid
    ANTI JOIN monitor.ontbrekend_lid USING (indicator, regio, periode, lid)
    WHERE aggregatie <> 'niet'
),
stap AS (
    -- elke waarde, met de waarden van de regio's die zij nodig heeft: zichzelf of haar leden, en hun gewichten
    SELECT indicator, regio, periode, regio AS lid, false AS weging, indicator AS cel_indicator, bron_volgorde, jaar
    FROM reken.waarde
    ANTI JOIN reken.lid USING (indicator, regio, periode)
    UNION ALL
    SELECT l.indicator, l.regio, l.periode, l.lid, w.indicator <> l.indicator, w.indicator, w.bron_volgorde, w.jaar
    FROM nodig AS l
    JOIN reken.waarde AS w ON w.regio = l.lid AND w.jaar = l.jaar AND w.indicator = l.vraagt
),
cel AS (
    SELECT s.indicator, s.regio, s.periode, s.lid, s.weging, c.* EXCLUDE (indicator, bron_volgorde, regio, jaar)
    FROM stap AS s
    JOIN reken.kaartcel AS c
        ON c.indicator = s.cel_indicator AND c.bron_volgorde = s.bron_volgorde AND c.regio = s.lid AND c.jaar = s.jaar
    UNION ALL
    -- een cel met een vaste regio
    SELECT s.indicator, s.regio, s.periode, s.lid, s.weging, c.* EXCLUDE (indicator, bron_volgorde, regio, jaar)
    FROM stap AS s
    JOIN reken.kaartcel AS c
        ON c.indicator = s.cel_indicator AND c.bron_volgorde = s.bron_volgorde AND c.regio IS NULL AND c.jaar = s.jaar
)
SELECT
    indicator, CAST('totaal' AS ENUM('totaal')) AS uitsplitsing, regio, periode,
    CAST(
        CASE WHEN NOT weging THEN rol WHEN rol = 'teller' THEN 'gewicht' ELSE 'gewicht_noemer' END
        AS ENUM('gewicht', 'gewicht_noemer', 'noemer', 'prijsindex', 'prijsindex_peil', 'teller')
    ) AS rol,
    lid, term, gewicht, nulpunt, factor, bron, tabel, onderwerp, cel_uitsplitsing, cel_regio, cel_periode
FROM cel
UNION ALL
-- de index van het jaar in welks prijzen de bron het bedrag geeft, en die van het jaar in welks prijzen het staat
SELECT
    v.indicator, v.uitsplitsing, v.regio, v.periode,
    CAST(p.rol AS ENUM('gewicht', 'gewicht_noemer', 'noemer', 'prijsindex', 'prijsindex_peil', 'teller')), v.regio, c.term, c.gewicht, c.nulpunt, c.factor, c.bron, c.tabel, c.onderwerp,
    c.cel_uitsplitsing, c.cel_regio, c.cel_periode
FROM reken.berekend AS v
JOIN invoer.kaart AS k ON k.id = v.indicator
JOIN reken.prijsbasis AS b ON b.indicator = v.indicator AND b.regio = v.regio AND b.periode = v.periode
JOIN reken.prijsindex AS i ON i.deflator = k.deflator AND i.jaar = b.bronpeil
CROSS JOIN (VALUES ('prijsindex'), ('prijsindex_peil')) AS p (rol)
JOIN reken.waarde AS w
    ON w.indicator = i.deflator AND w.regio = 'NL01' AND w.jaar = if(p.rol = 'prijsindex', i.jaar, i.prijspeil)
JOIN reken.kaartcel AS c
    ON c.indicator = w.indicator AND c.bron_volgorde = w.bron_volgorde AND c.jaar = w.jaar AND c.regio = w.regio
WHERE v.waarde IS NOT NULL AND i.waarde IS NOT NULL AND i.waarde_peil IS NOT NULL
