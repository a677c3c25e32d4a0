/*
omschrijving: >
  Tellen de delen op tot het totaal dat de bron zelf geeft? De sommen en hoeveel zij mogen schelen staan in
  monitor.controle; mist een deel, dan is er geen som en niets te vergelijken.
tabel: monitor.controle
zwaarte: blokkeert
reden: tellen gemeenten niet op tot hun provincie, dan is er een verkeerde cel of een dubbele regio
datum: 2026-11-22
uit: [monitor.controle]
uitleg: de delen tellen op tot het totaal dat de bron zelf geeft, op afronding na
vervolg: "Vergelijk met de tabel van de bron; haal haar opnieuw op met: monitor run --opnieuw"
sleutel: [indicator, uitsplitsing, regio, periode, delen_soort]
*/
SELECT *, verschil IS NULL OR tolerantie IS NULL OR abs(verschil) <= tolerantie AS klopt
FROM monitor.controle
