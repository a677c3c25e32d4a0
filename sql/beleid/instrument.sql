/*
omschrijving: >
  Wat de provincie inzet: regelingen, fondsen, programma's. Kosten per bereikte staan er alleen als bereik en bedrag van
  hetzelfde jaar bekend zijn, en het bedrag van een stand van de begroting is.
uit: [invoer.beleid_bedrag, invoer.beleid_instrument, invoer.beleid_opbrengst]
sleutel: [editie, id]
velden: assets.beleid.vormen.Instrument
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  opgaven: {type: "VARCHAR[]", uitleg: opgaven waar het bij hoort}
  posten: {type: "VARCHAR[]", uitleg: posten van de begroting}
  kosten_jaar: {type: INTEGER, uitleg: jaar van het bedrag}
  kosten: {type: BIGINT, uitleg: "bedrag van de posten in dat jaar; leeg is niet gegeven", eenheid: euro}
  bereik: {type: DOUBLE, uitleg: bereikte ondernemers in dat jaar; leeg is niet gegeven}
  kosten_per_bereikte: {type: DOUBLE, uitleg: "kosten gedeeld door bereik", eenheid: euro}
*/
WITH geld AS (
    SELECT i.editie, i.id, b.jaar, sum(b.bedrag)::BIGINT AS kosten, count(DISTINCT b.begrotingsstand) AS standen
    FROM invoer.beleid_instrument AS i
    JOIN invoer.beleid_bedrag AS b
        ON b.editie = i.editie AND b.soort = 'post' AND b.kant = 'lasten' AND list_contains(i.posten, b.post)
    WHERE b.begrotingsstand IS NOT NULL
    GROUP BY ALL
),
bereik AS (
    SELECT editie, instrument AS id, jaar, max(waarde) AS bereik
    FROM invoer.beleid_opbrengst
    WHERE maat = 'bereik' AND herkomst = 'gerealiseerd' AND jaar IS NOT NULL
    GROUP BY ALL
),
-- het jaar met een bereik, anders dat van de editie of het laatste ervoor
jaar AS (
    SELECT i.editie, i.id, g.jaar, g.kosten, g.standen, b.bereik
    FROM invoer.beleid_instrument AS i
    LEFT JOIN geld AS g ON g.editie = i.editie AND g.id = i.id AND g.jaar < i.editie
    LEFT JOIN bereik AS b ON b.editie = i.editie AND b.id = i.id AND b.jaar = g.jaar
    QUALIFY row_number() OVER (PARTITION BY i.editie, i.id ORDER BY b.bereik IS NULL, g.jaar DESC) = 1
)
SELECT i.*, j.jaar AS kosten_jaar, if(j.standen = 1, j.kosten, NULL) AS kosten, j.bereik,
    CASE WHEN j.standen = 1 AND j.bereik > 0 THEN j.kosten / j.bereik END AS kosten_per_bereikte
FROM invoer.beleid_instrument AS i
JOIN jaar AS j USING (editie, id)
