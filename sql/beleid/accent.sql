/*
omschrijving: De punten van een akkoord of programma, met de opgaven en indicatoren die erbij horen.
uit: [invoer.beleid_accent]
sleutel: [editie, id]
velden: assets.beleid.vormen.Accent
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  regel: {type: INTEGER, uitleg: regel in het bestand}
  opgaven: {type: "VARCHAR[]", uitleg: "opgaven waar het bij hoort, of alle"}
  kaarten: {type: "VARCHAR[]", uitleg: indicatoren die erbij horen}
*/
FROM invoer.beleid_accent
