/*
omschrijving: >
  De regio's waarvan het rapport een cijfer toont of waarop zo'n cijfer rust: die van reken.rapportregio, de provincies
  waarmee wordt vergeleken en de leden van de samengestelde regio's. Een cijfer dat niet kan, houdt hier de publicatie
  tegen; in elke andere regio wordt het apart gezet (monitor.apart_gezet). Tussentabel, wordt niet gepubliceerd.
uit: [kern.regio, kern.regio_lid, reken.rapportregio]
sleutel: [regio]
kolommen:
  regio: {type: VARCHAR, uitleg: code van de regio}
  samengesteld: {type: BOOLEAN, uitleg: of de regio zelf is samengesteld}
*/
SELECT regio, laag = 'samengesteld' AS samengesteld FROM reken.rapportregio
UNION
SELECT code, false FROM kern.regio WHERE soort = 'provincie'
UNION
SELECT l.lid, false FROM kern.regio_lid AS l JOIN kern.regio AS r ON r.code = l.regio AND r.soort = 'samengesteld'
