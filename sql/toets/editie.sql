/*
omschrijving: >
  Is het bestand van een enkele bouw, en van de editie die is gevraagd?
tabel: monitor.bouw
zwaarte: blokkeert
reden: cijfers van twee bouwen of van een andere editie door elkaar zijn niet te vertrouwen
datum: 2026-11-22
uit: [invoer.editie, monitor.bouw]
uitleg: het bestand is van een enkele bouw, voor de editie die is gevraagd
vervolg: "Bouw opnieuw, met het gevraagde jaar: monitor run --editie JAAR"
sleutel: [gevraagd]
*/
SELECT count(b.bouw) AS bouwen, max(b.editie) AS editie, g.editie AS gevraagd,
    count(b.bouw) = 1 AND coalesce(max(b.editie) = g.editie, false) AS klopt
FROM invoer.editie AS g
LEFT JOIN monitor.bouw AS b ON true
GROUP BY g.editie
