/*
omschrijving: >
  Wat de provincie inzet: regelingen, fondsen, programma's. Kosten per bereikte staan er alleen als bereik en bedrag van
  hetzelfde jaar bekend zijn, en het bedrag van een stand van de begroting is.
uit: [invoer.beleid_bedrag, invoer.beleid_instrument, invoer.beleid_opbrengst]
sleutel: [editie, id]
zoals: {assets.beleid.tabellen.INSTRUMENT: alles}
kolommen:
  kosten_jaar: {type: INTEGER, uitleg: jaar van het bedrag}
  kosten: {type: BIGINT, uitleg: "bedrag van de posten in dat jaar; leeg is niet gegeven", eenheid: euro}
  bereik: {type: DOUBLE, uitleg: bereikte ondernemers in dat jaar; leeg is niet gegeven}
  kosten_per_bereikte: {type: DOUBLE, uitleg: "kosten gedeeld door bereik", eenheid: euro}
*/
SELECT i.*, j.jaar AS kosten_jaar, if(j.standen = 1, j.kosten, NULL) AS kosten, j.bereik,
    CASE WHEN j.standen = 1 AND j.bereik > 0 THEN j.kosten / j.bereik END AS kosten_per_bereikte
FROM invoer.beleid_instrument AS i
-- het jaar met een bereik, anders dat van de editie of het laatste ervoor
LEFT JOIN LATERAL (
    SELECT b.jaar, sum(b.bedrag)::BIGINT AS kosten, count(DISTINCT b.begrotingsstand) AS standen, any_value(o.bereik) AS bereik
    FROM invoer.beleid_bedrag AS b
    LEFT JOIN (
        SELECT editie, instrument, jaar, max(waarde) AS bereik
        FROM invoer.beleid_opbrengst WHERE maat = 'bereik' AND herkomst = 'gerealiseerd' GROUP BY ALL
    ) AS o ON o.editie = b.editie AND o.instrument = i.id AND o.jaar = b.jaar
    WHERE b.editie = i.editie AND b.jaar < i.editie AND b.soort = 'post' AND b.kant = 'lasten' AND b.begrotingsstand IS NOT NULL
        AND list_contains(i.posten, b.post)
    GROUP BY b.jaar
    ORDER BY any_value(o.bereik) IS NULL, b.jaar DESC
    LIMIT 1
) AS j ON true
