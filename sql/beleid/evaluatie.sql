/*
omschrijving: De evaluaties van de instrumenten, gedaan en gepland.
uit: [invoer.beleid_evaluatie, invoer.bouw]
sleutel: [editie, instrument, volgnummer]
velden: assets.beleid.vormen.Evaluatie
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  instrument: {type: VARCHAR, uitleg: id van het instrument}
  volgnummer: {type: INTEGER, uitleg: plaats bij het instrument}
  voorbij: {type: BOOLEAN, uitleg: "waar als het jaar voorbij is en zij niet is afgerond; zonder jaar is dat niet te zeggen"}
*/
SELECT e.*, coalesce(e.jaar < year(b.built_at), false) AND e.stand <> 'afgerond' AND e.stand <> 'tegenstrijdig' AS voorbij
FROM invoer.beleid_evaluatie AS e
CROSS JOIN invoer.bouw AS b
