/*
omschrijving: >
  Heet een verschil dat kleiner is dan zijn marge, dan de afronding of dan wat merkbaar is, geen verandering? En een prognose
  die binnen haar eigen interval blijft, geen groei of daling?
tabel: monitor.bewering
zwaarte: blokkeert
reden: een oordeel over ruis is onwaar, hoe precies het getal ook is
datum: 2026-11-29
uit: [monitor.bewering]
uitleg: een verschil onder zijn grens of binnen zijn interval krijgt geen oordeel
vervolg: Kijk naar grens, marge_onder en marge_boven in monitor.bewering, en naar merkbaar op de kaart.
sleutel: [bewering]
*/
SELECT bewering, waarde, waarde_tegen, verschil, grens, marge_onder, marge_boven, oordeel,
    oordeel IN ('nagenoeg_gelijk', 'binnen_marge', 'binnen_interval') AS klopt
FROM monitor.bewering
WHERE soort IN ('verandering', 'verandering_reeel', 'verschil_nl', 'verschil_buur', 'spreiding', 'uiterste', 'reeksgroei') AND abs(verschil) <= coalesce(grens, 0)
        -- een bedrag in lopende prijzen krijgt geen oordeel
        AND oordeel <> 'geen'
    OR soort = 'prognose' AND waarde_tegen BETWEEN marge_onder AND marge_boven
