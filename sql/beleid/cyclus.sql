/*
omschrijving: >
  De stappen van de tweejaarlijkse cyclus, zoals zij stonden toen deze bouw werd gemaakt. Of een stap klaar is volgt uit wat er is:
  niemand vult het in.
uit: [invoer.beleid_cyclus]
sleutel: [editie, stap]
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  stap: {type: INTEGER, uitleg: nummer van de stap}
  naam: {type: VARCHAR, uitleg: wat er gebeurt}
  staat: {type: VARCHAR, uitleg: hoe het ervoor staat, lijst: [klaar, nog te doen, kan nog niet]}
  dag: {type: DATE, uitleg: dag uit editie.toml; leeg is niet bekend}
  komt_nog: {type: BOOLEAN, uitleg: waar als die dag na de bouw ligt}
  mist: {type: VARCHAR, uitleg: welke stappen eerst klaar moeten zijn}
  jaren: {type: INTEGER, uitleg: hoeveel jaar er tussen twee edities zit}
*/
FROM invoer.beleid_cyclus
