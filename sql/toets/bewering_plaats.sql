/*
omschrijving: Staat er geen plaats bij iets dat optelt, zoals banen of inwoners? Een klein gebied staat daar altijd onderaan.
tabel: monitor.bewering
zwaarte: blokkeert
reden: "'12 van 12' bij het aantal banen zegt alleen dat een provincie klein is"
datum: 2026-11-29
uit: [monitor.bewering, monitor.indicator]
uitleg: alleen een cijfer dat niet optelt heeft een plaats, en die ligt binnen de rij
vervolg: Haal de plaats weg, of maak er een cijfer per inwoner van (docs/kaart-toevoegen.md).
sleutel: [bewering]
*/
SELECT b.bewering, b.rang, b.rang_van, i.aggregatie, i.eenheid,
    NOT i.telt_op AND b.rang BETWEEN 1 AND b.rang_van AS klopt
FROM monitor.bewering AS b
JOIN monitor.indicator AS i ON i.id = b.indicator
WHERE b.soort = 'plaats'
