/*
omschrijving: Hoe dit bestand tot stand kwam; staat ook in de metadata van elk Parquet-bestand.
uit: [invoer.bouw, invoer.editie, invoer.momentopname]
sleutel: [bouw]
kolommen:
  soort: {type: VARCHAR, uitleg: 'voorbeeld (verzonnen cijfers), cbs (opgehaald) of opname (afgespeelde antwoorden)', lijst: bronsoort}
  bouw: {type: VARCHAR, uitleg: 'naam van de bouw: het moment waarop zij begon', eenheid: UTC}
  editie: {type: INTEGER, uitleg: jaar van de editie van het rapport}
  code_versie: {type: VARCHAR, uitleg: versie van de programmatuur}
  built_at: {type: TIMESTAMP, uitleg: moment waarop de bouw begon, eenheid: UTC}
  invoer_sha256: {type: VARCHAR, uitleg: 'vingerafdruk van alle invoer behalve het moment; gelijke invoer geeft dezelfde'}
  vorige: {type: VARCHAR, uitleg: 'de bouw die hiervoor gepubliceerd was, waarmee monitor.herziening vergelijkt; leeg: geen'}
  vorige_editie: {type: VARCHAR, uitleg: 'de bouw van de vorige editie, waarmee ook wordt vergeleken; leeg: geen'}
  soortgenoten: {type: VARCHAR, uitleg: 'de vastgestelde soortgenoten waarvan gebruik is gemaakt: per soort regio de bouw waarin dat gebeurde en het begin van de vingerafdruk; leeg: deze bouw koos ze'}
  momentopnamen: {type: BIGINT, uitleg: 'aantal gebruikte antwoorden, zie monitor.momentopname'}
*/
SELECT b.soort, b.bouw, e.editie, b.code_versie, b.built_at, b.invoer_sha256, b.vorige, b.vorige_editie, b.soortgenoten,
    (SELECT count(*) FROM invoer.momentopname WHERE gebruikt) AS momentopnamen
FROM invoer.bouw AS b
CROSS JOIN invoer.editie AS e
