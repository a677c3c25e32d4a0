/*
omschrijving: Wat een instrument direct opbracht, zoals het stuk het noemt. Nooit een effect, en nooit een som.
uit: [invoer.beleid_opbrengst]
sleutel: [editie, instrument, volgnummer]
velden: assets.beleid.vormen.Opbrengst
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  instrument: {type: VARCHAR, uitleg: id van het instrument}
  volgnummer: {type: INTEGER, uitleg: plaats bij het instrument}
*/
FROM invoer.beleid_opbrengst
