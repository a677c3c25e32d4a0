/*
omschrijving: De delen van elke indeling (opgaven, thema's of producten) van deze editie en die daarvoor.
uit: [invoer.beleid_opgave]
sleutel: [editie, indeling, opgave]
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  indeling: {type: VARCHAR, uitleg: id van de indeling}
  opgave: {type: VARCHAR, uitleg: "nummer van de opgave, het thema of het product"}
  naam: {type: VARCHAR, uitleg: naam daarvan}
  indeling_naam: {type: VARCHAR, uitleg: naam van de indeling}
  woord: {type: VARCHAR, uitleg: "hoe een deel heet: opgave, thema, product"}
  eigen: {type: BOOLEAN, uitleg: waar bij de indeling van de editie zelf}
  volgorde: {type: INTEGER, uitleg: plaats in de editie}
  kaarten: {type: "VARCHAR[]", uitleg: "indicatoren waaraan de omgeving is af te lezen, bij een indeling met eigen delen"}
*/
FROM invoer.beleid_opgave
