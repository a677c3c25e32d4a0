/*
omschrijving: >
  De bedragen zoals de stukken ze geven. Een post telt een keer, bij een opgave; subtotalen en totalen staan er om de posten
  mee te controleren. Een leeg bedrag is niet gegeven, en geen nul.
uit: [invoer.beleid_bedrag]
sleutel: [editie, regel]
velden: assets.beleid.vormen.Bedrag
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  regel: {type: INTEGER, uitleg: regel in het bestand}
  bedrag: {type: BIGINT, uitleg: "hele euro's; leeg is niet gegeven", eenheid: euro}
  verschil: {type: BIGINT, uitleg: zoveel scheelt dit totaal in het stuk zelf, eenheid: euro}
*/
FROM invoer.beleid_bedrag
