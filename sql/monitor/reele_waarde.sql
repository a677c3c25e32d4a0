/*
omschrijving: >
  Bedragen zoals de bron ze gaf, naast hetzelfde bedrag in prijzen van een jaar: maal de prijsindex van dat jaar, gedeeld
  door die van het jaar in welks prijzen de bron het geeft; bij lopende prijzen is dat het eigen jaar. Dat ene jaar is het
  laatste van de index voor het jaar van de editie. De trend en zijn oordeel
  gaan over het reele bedrag; een plaats of een verschil met Nederland in een jaar verandert er niet door. Zegt de bron niet
  of de inflatie eraf is, dan is er geen reeel bedrag, en dus geen verandering en geen trend.
uit: [invoer.kaart, monitor.indicatorwaarde, reken.prijsbasis, reken.prijsindex]
herkomst: {kaarten: alle, met: {deflator: true}, reeel: true}
sleutel: [indicator, uitsplitsing, regio, periode]
codes: blijven
kolommen:
  indicator: {type: VARCHAR, uitleg: id van een kaart met een deflator}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: code van de regio}
  periode: {type: VARCHAR, uitleg: het jaar in CBS-notatie}
  waarde: {type: DOUBLE, uitleg: "het bedrag in prijzen van het prijspeil, onafgerond; leeg zonder index, of als niet zeker is of de inflatie eraf is"}
  nominaal: {type: DOUBLE, uitleg: "het bedrag zoals de bron het geeft: monitor.indicatorwaarde.waarde"}
  prijsbasis: {type: VARCHAR, uitleg: "waarin de bron het geeft: lopend (met de prijzen van het jaar zelf), constant of onbekend"}
  bronpeil: {type: INTEGER, uitleg: "het jaar in welks prijzen de bron het geeft; leeg als dat onbekend is"}
  prijspeil: {type: INTEGER, uitleg: het jaar in welks prijzen het bedrag staat; leeg zonder index en bij onbekende prijzen}
  deflator: {type: VARCHAR, uitleg: id van de kaart met de prijsindex}
  prijsindex: {type: DOUBLE, uitleg: de index van het bronpeil}
  prijsindex_peil: {type: DOUBLE, uitleg: de index van het prijspeil; leeg bij onbekende prijzen}
  leeg_reden: {type: VARCHAR, uitleg: "waarom er geen reeel bedrag is: de reden waarom de index er dat jaar niet is, of niet_van_toepassing bij onbekende prijzen"}
*/
SELECT
    w.indicator, w.uitsplitsing, w.regio, w.periode,
    w.waarde * i.waarde_peil / i.waarde AS waarde,
    w.waarde AS nominaal, b.prijsbasis, b.bronpeil, p.prijspeil, k.deflator, i.waarde AS prijsindex, p.waarde_peil AS prijsindex_peil,
    CAST(
        CASE WHEN b.bronpeil IS NULL THEN 'niet_van_toepassing'
            WHEN i.waarde IS NULL OR i.waarde_peil IS NULL THEN coalesce(i.leeg_reden, 'niet_in_selectie') END
        AS leeg_code
    ) AS leeg_reden
FROM monitor.indicatorwaarde AS w
JOIN invoer.kaart AS k ON k.id = w.indicator AND k.deflator IS NOT NULL
JOIN reken.prijsbasis AS b ON b.indicator = w.indicator AND b.regio = w.regio AND b.periode = w.periode
LEFT JOIN reken.prijsindex AS i ON i.deflator = k.deflator AND i.jaar = b.bronpeil
LEFT JOIN (SELECT DISTINCT deflator, prijspeil, waarde_peil FROM reken.prijsindex) AS p
    ON p.deflator = k.deflator AND b.bronpeil IS NOT NULL
WHERE w.waarde IS NOT NULL
