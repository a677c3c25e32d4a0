/*
omschrijving: Welke regio deel is van welke andere, en wanneer.
uit: [invoer.regio_lid]
sleutel: [regio, lid, geldig_van]
codes: bouw
kolommen:
  regio: {type: VARCHAR, uitleg: code van de grotere regio}
  lid: {type: VARCHAR, uitleg: code van de regio die er deel van is}
  geldig_van: {type: DATE, uitleg: 'eerste dag van het lidmaatschap; leeg waar onbekend'}
  geldig_tot: {type: DATE, uitleg: 'eerste dag waarop het lidmaatschap voorbij is; leeg: nog lid'}
  herkomst: {type: VARCHAR, uitleg: waar dit staat}
*/
SELECT regio, lid, geldig_van, geldig_tot, herkomst
FROM invoer.regio_lid
