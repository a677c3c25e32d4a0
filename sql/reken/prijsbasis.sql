/*
omschrijving: >
  In de prijzen van welk jaar een bedrag staat, zoals de bron ervan zegt: bij lopende prijzen het jaar zelf. Zegt de bron
  het niet, of komen de leden van een samengestelde regio uit bronnen die het elk anders doen, dan is het onbekend.
  Tussentabel, wordt niet gepubliceerd.
uit: [invoer.kaart, invoer.kaart_term, reken.lid, reken.waarde]
sleutel: [indicator, regio, periode]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van een kaart met een deflator}
  regio: {type: VARCHAR, uitleg: code van de regio}
  periode: {type: VARCHAR, uitleg: het jaar in CBS-notatie}
  prijsbasis: {type: VARCHAR, uitleg: "lopend, constant of onbekend"}
  bronpeil: {type: INTEGER, uitleg: "het jaar in welks prijzen het bedrag staat; leeg als dat onbekend is"}
*/
WITH bron AS (
    SELECT DISTINCT t.indicator, t.bron_volgorde, coalesce(t.prijsbasis, 'onbekend') AS prijsbasis, t.prijspeil
    FROM invoer.kaart_term AS t
    JOIN invoer.kaart AS k ON k.id = t.indicator AND k.deflator IS NOT NULL
),
deel AS (
    SELECT w.indicator, w.regio, w.periode, w.jaar, w.bron_volgorde
    FROM reken.waarde AS w
    ANTI JOIN reken.lid AS l ON l.indicator = w.indicator AND l.regio = w.regio AND l.periode = w.periode
    UNION ALL
    SELECT l.indicator, l.regio, l.periode, l.jaar, w.bron_volgorde
    FROM reken.lid AS l
    JOIN reken.waarde AS w ON w.indicator = l.indicator AND w.regio = l.lid AND w.periode = l.periode
)
SELECT
    d.indicator, d.regio, d.periode,
    if(count(DISTINCT (b.prijsbasis, b.prijspeil)) = 1, min(b.prijsbasis), 'onbekend') AS prijsbasis,
    CASE if(count(DISTINCT (b.prijsbasis, b.prijspeil)) = 1, min(b.prijsbasis), 'onbekend')
        WHEN 'lopend' THEN min(d.jaar) WHEN 'constant' THEN min(b.prijspeil)
    END AS bronpeil
FROM deel AS d
JOIN bron AS b USING (indicator, bron_volgorde)
GROUP BY ALL
