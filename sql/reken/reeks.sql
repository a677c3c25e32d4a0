/*
omschrijving: >
  De reeksen waarover een oordeel wordt gegeven, van kaarten die niet alleen dienen om te toetsen en geen prognose zijn: elke regio in monitor.stand, elke regio met een waarde in het venster,
  en elke regio die nu bestaat en in het antwoord van de bron voorkomt, ook zonder waarde. Het venster loopt tot en met het jaar voor de editie. De laatste periode is voor alle regio's van een soort
  dezelfde: de laatste in het venster waarin een regio van die soort in het rapport een waarde heeft. Een kaart waarvan
  elke tabel maar over een regio gaat (Nederland), geeft alleen daarvan een reeks. Tussentabel, wordt niet gepubliceerd.
uit:
  - invoer.editie
  - invoer.brontabel
  - invoer.kaart
  - invoer.kaart_term
  - invoer.rekenregel
  - kern.regio
  - monitor.indicatorwaarde
  - monitor.stand
  - reken.rapportregio
  - reken.rooster
sleutel: [reeks]
kolommen:
  reeks: {type: BIGINT, uitleg: "nummer van de reeks, vanaf 0"}
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: code van de regio}
  soort: {type: VARCHAR, uitleg: soort regio}
  editie: {type: INTEGER, uitleg: jaar van de editie}
  meting: {type: VARCHAR, uitleg: soort meting op de kaart}
  laatste_periode: {type: VARCHAR, uitleg: laatste periode in het venster; leeg als de indicator er geen waarde in heeft}
*/
WITH punt AS (
    SELECT w.indicator, w.uitsplitsing, w.regio, w.periode, w.waarde, coalesce(r.soort, 'overig') AS soort,
        p.regio IS NOT NULL AS rapport
    FROM monitor.indicatorwaarde AS w
    CROSS JOIN invoer.editie AS b
    CROSS JOIN invoer.rekenregel AS k
    LEFT JOIN kern.regio AS r ON r.code = w.regio
    LEFT JOIN reken.rapportregio AS p ON p.regio = w.regio
    WHERE left(w.periode, 4)::INTEGER BETWEEN b.editie - k.venster AND b.editie - 1 AND w.waarde IS NOT NULL
),
laatste AS (
    SELECT indicator, uitsplitsing, soort, coalesce(max(periode) FILTER (rapport), max(periode)) AS periode
    FROM punt
    GROUP BY ALL
),
-- van andere regio's kan zo'n kaart niets hebben, dus ook geen 'te weinig gegevens'
landelijk AS (
    SELECT t.indicator, list(DISTINCT b.regio_vast) AS regios
    FROM invoer.kaart_term AS t
    JOIN invoer.brontabel AS b USING (bron, tabel)
    WHERE t.rol = 'teller'
    GROUP BY t.indicator
    HAVING bool_and(b.regio_vast IS NOT NULL)
),
genoemd AS (
    SELECT indicator, uitsplitsing, regio FROM punt
    UNION
    SELECT indicator, uitsplitsing, regio FROM monitor.stand
    UNION
    SELECT o.indicator, CAST('totaal' AS ENUM('totaal')), o.regio
    FROM reken.rooster AS o
    JOIN kern.regio AS r ON r.code = o.regio AND r.geldig_tot IS NULL
)
SELECT
    row_number() OVER (ORDER BY g.indicator, g.uitsplitsing, g.regio) - 1 AS reeks,
    g.indicator, g.uitsplitsing, g.regio, coalesce(r.soort, 'overig') AS soort, b.editie, k.meting,
    l.periode AS laatste_periode
FROM genoemd AS g
CROSS JOIN invoer.editie AS b
JOIN invoer.kaart AS k ON k.id = g.indicator AND k.doel = 'rapport' AND k.meting <> 'verwachting'
LEFT JOIN kern.regio AS r ON r.code = g.regio
LEFT JOIN landelijk AS d ON d.indicator = g.indicator
LEFT JOIN laatste AS l
    ON l.indicator = g.indicator AND l.uitsplitsing = g.uitsplitsing AND l.soort = coalesce(r.soort, 'overig')
WHERE d.indicator IS NULL OR list_contains(d.regios, g.regio)
