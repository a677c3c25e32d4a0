/*
omschrijving: >
  Wat van vertrouwelijke projecten samen is te tonen: elk cijfer is van minstens drie partijen, in zijn eigen eenheid. Tijdelijk
  en blijvend werk worden niet opgeteld; laag en hoog blijven een bereik. Bruto: niet gemeten tegen wat er anders was gebeurd.
uit: [invoer.beleid_effect]
sleutel: [editie, thema, maat, wanneer, soort]
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  thema: {type: VARCHAR, uitleg: "thema van de projecten, zoals het bestand het noemt; leeg: alle thema's samen", lijst: []}
  maat: {type: VARCHAR, uitleg: wat is geteld, lijst: effectmaat}
  wanneer: {type: VARCHAR, uitleg: "bij blijvend werk of het er is of nog moet ontstaan"}
  soort: {type: VARCHAR, uitleg: "bij blijvend werk nieuw of behoud; bij geraamd wie dat deed", lijst: []}
  eenheid: {type: VARCHAR, uitleg: waarin het is geteld}
  staat: {type: VARCHAR, uitleg: of het cijfer er is, lijst: effectstaat}
  laag: {type: DOUBLE, uitleg: laagste raming of wat afronding openlaat, eenheid: zie de kolom eenheid}
  hoog: {type: DOUBLE, uitleg: hoogste, eenheid: zie de kolom eenheid}
*/
FROM invoer.beleid_effect
