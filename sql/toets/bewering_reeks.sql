/*
omschrijving: >
  Wordt er nooit een geteld cijfer van een verwacht cijfer afgetrokken, of het ene cijfer van een andere reeks? Een prognose
  staat tegenover een ander jaar van dezelfde prognose.
tabel: monitor.bewering
zwaarte: blokkeert
reden: het verschil tussen twee reeksen is geen verandering; een lezer ziet het niet
datum: 2026-11-29
uit: [monitor.bewering]
uitleg: een verschil is er alleen tussen twee cijfers van dezelfde reeks en dezelfde uitgave
vervolg: Zet in sql/reken/bewering_analyse.sql of bewering_cijfer.sql een cijfer van dezelfde reeks tegenover het andere.
sleutel: [bewering]
*/
SELECT bewering, soort, reeks, uitgave, reeks_tegen, uitgave_tegen, verschil,
    coalesce(reeks_tegen = reeks AND uitgave_tegen = uitgave, false) AS klopt
FROM monitor.bewering
WHERE verschil IS NOT NULL AND tegen <> 'geen'
