/*
omschrijving: >
  Is van elke bron het nieuwste antwoord gebruikt? Kon het nieuwe antwoord niet, dan staat in reden waarom, en rekent de
  bouw met het laatste dat wel kon.
tabel: monitor.momentopname
zwaarte: beoordeelt
reden: een ouder antwoord is nog steeds waar; iemand moet zien dat het nieuwe ontbreekt
datum: 2026-11-22
uit: [monitor.momentopname]
uitleg: van elke bron is het nieuwste antwoord gebruikt
vervolg: "Kijk waarom het nieuwe antwoord niet kon: monitor bron toets"
sleutel: [bron, tabel]
*/
SELECT bron, tabel, titel, modified AS gewijzigd, verouderd AS reden, verouderd IS NULL AS klopt
FROM monitor.momentopname
