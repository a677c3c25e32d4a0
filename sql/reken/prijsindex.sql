/*
omschrijving: >
  De prijsindexen waardoor bedragen worden gedeeld, per jaar, en het jaar in welks prijzen de bedragen komen te staan: het
  laatste met een index voor het jaar van de editie. Zo verschuift binnen een editie niets als er een jaar bij komt.
  Tussentabel, wordt niet gepubliceerd.
uit: [invoer.editie, invoer.kaart, reken.waarde]
sleutel: [deflator, jaar]
kolommen:
  deflator: {type: VARCHAR, uitleg: id van de kaart met de prijsindex}
  jaar: {type: INTEGER, uitleg: jaar}
  waarde: {type: DOUBLE, uitleg: de index van dat jaar}
  leeg_reden: {type: VARCHAR, uitleg: waarom er geen index is}
  prijspeil: {type: INTEGER, uitleg: het jaar in welks prijzen bedragen staan; leeg zonder index}
  waarde_peil: {type: DOUBLE, uitleg: de index van dat jaar}
*/
WITH prijsindex AS (
    SELECT w.indicator AS deflator, w.jaar, CASE WHEN w.waarde > 0 THEN w.waarde END AS waarde, w.leeg_reden
    FROM reken.waarde AS w
    JOIN invoer.kaart AS k ON k.id = w.indicator AND k.doel = 'deflator'
    WHERE w.regio = 'NL01'
),
peil AS (
    SELECT deflator, max(jaar) AS prijspeil, arg_max(waarde, jaar) AS waarde_peil
    FROM prijsindex
    WHERE waarde IS NOT NULL AND jaar < (SELECT editie FROM invoer.editie)
    GROUP BY deflator
)
SELECT i.*, p.prijspeil, p.waarde_peil
FROM prijsindex AS i
LEFT JOIN peil AS p USING (deflator)
