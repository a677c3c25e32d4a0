/*
omschrijving: >
  Bedragen in lopende prijzen, naast hetzelfde bedrag in prijzen van een jaar: maal de prijsindex van dat jaar, gedeeld
  door die van het eigen jaar. Dat jaar is het laatste van de index voor het jaar van de editie. De trend en zijn oordeel
  gaan over het reele bedrag; een plaats of een verschil met Nederland in een jaar verandert er niet door.
uit: [invoer.kaart, monitor.indicatorwaarde, reken.prijsindex]
herkomst: {kaarten: alle, met: {deflator: true}, reeel: true}
sleutel: [indicator, uitsplitsing, regio, periode]
codes: blijven
kolommen:
  indicator: {type: VARCHAR, uitleg: id van een kaart met een deflator}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: code van de regio}
  periode: {type: VARCHAR, uitleg: het jaar in CBS-notatie}
  waarde: {type: DOUBLE, uitleg: "het bedrag in prijzen van het prijspeil, onafgerond; leeg zonder index van dat jaar"}
  nominaal: {type: DOUBLE, uitleg: "het bedrag in lopende prijzen: monitor.indicatorwaarde.waarde"}
  prijspeil: {type: INTEGER, uitleg: het jaar in welks prijzen het bedrag staat; leeg zonder index}
  deflator: {type: VARCHAR, uitleg: id van de kaart met de prijsindex}
  prijsindex: {type: DOUBLE, uitleg: de index van het jaar van het bedrag}
  prijsindex_peil: {type: DOUBLE, uitleg: de index van het prijspeil}
  leeg_reden: {type: VARCHAR, uitleg: "waarom er geen reeel bedrag is: de reden waarom de index er dat jaar niet is"}
*/
SELECT
    w.indicator, w.uitsplitsing, w.regio, w.periode,
    w.waarde * i.waarde_peil / i.waarde AS waarde,
    w.waarde AS nominaal, p.prijspeil, k.deflator, i.waarde AS prijsindex, p.waarde_peil AS prijsindex_peil,
    CAST(
        CASE WHEN i.waarde IS NULL OR i.waarde_peil IS NULL THEN coalesce(i.leeg_reden, 'niet_in_selectie') END
        AS leeg_code
    ) AS leeg_reden
FROM monitor.indicatorwaarde AS w
JOIN invoer.kaart AS k ON k.id = w.indicator AND k.deflator IS NOT NULL
LEFT JOIN reken.prijsindex AS i ON i.deflator = k.deflator AND i.jaar = left(w.periode, 4)::INTEGER
LEFT JOIN (SELECT DISTINCT deflator, prijspeil, waarde_peil FROM reken.prijsindex) AS p ON p.deflator = k.deflator
WHERE w.waarde IS NOT NULL
