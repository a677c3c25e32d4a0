/*
omschrijving: Gaat geen bewering over een lege verzameling, en telt geen telling meer dan er is beoordeeld?
tabel: monitor.bewering
zwaarte: blokkeert
reden: "'bij geen in het onderste kwart' is onwaar als er niets is beoordeeld"
datum: 2026-11-29
uit: [monitor.bewering]
uitleg: een telling gaat over ten minste een beoordeeld cijfer, en haar delen tellen op tot het geheel
vervolg: Kijk naar aantal, telling_van en geteld in monitor.bewering.
sleutel: [bewering]
*/
SELECT bewering, aantal, telling_van, len(geteld) AS getelde,
    telling_van > 0 AND aantal BETWEEN 0 AND telling_van AND (soort = 'antwoord' OR aantal = len(geteld))
    AND (soort = 'antwoord' OR sum(aantal) OVER (PARTITION BY soort, groep, regio, laag) = telling_van) AS klopt
FROM monitor.bewering
WHERE soort LIKE 'telling%' OR soort = 'antwoord'
