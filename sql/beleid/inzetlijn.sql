/*
omschrijving: Wat de provincie binnen een opgave wil doen.
uit: [invoer.beleid_inzetlijn]
sleutel: [editie, id]
velden: assets.beleid.vormen.Inzetlijn
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
*/
FROM invoer.beleid_inzetlijn
