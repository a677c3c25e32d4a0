/*
omschrijving: >
  Is iets alleen gunstig of ongunstig als de kaart een gewenste kant heeft? Een bedrag in lopende prijzen dat stijgt, is niet
  beter dan vroeger: de prijzen stegen ook.
tabel: monitor.bewering
zwaarte: blokkeert
reden: een oordeel zonder reden die een inwoner zou aanvaarden, is een mening
datum: 2026-11-29
uit: [monitor.bewering, monitor.indicator]
uitleg: gunstig en ongunstig staan er alleen bij een kaart met een gewenste kant, en passen daarbij
vervolg: Kijk naar richting en prijzen op de kaart.
sleutel: [bewering]
*/
SELECT b.bewering, b.verschil, b.oordeel, i.richting, i.prijzen,
    i.richting IN ('hoger', 'lager') AND (b.soort IN ('verschil_nl', 'verschil_buur') OR i.prijzen <> 'lopend' OR b.soort IN ('trend', 'verandering_reeel') AND i.deflator IS NOT NULL)
    AND (b.oordeel = 'gunstig') = ((b.verschil > 0) = (i.richting = 'hoger'))
    -- en geen ander woord: ook 'nagenoeg gelijk' is er een
    OR b.soort = 'verandering' AND i.prijzen = 'lopend' AND b.oordeel = 'geen' AS klopt
FROM monitor.bewering AS b
JOIN monitor.indicator AS i ON i.id = b.indicator
WHERE b.soort IN ('verandering', 'verandering_reeel', 'verschil_nl', 'verschil_buur', 'trend') AND b.oordeel IN ('gunstig', 'ongunstig')
    OR b.soort = 'verandering' AND i.prijzen = 'lopend'
