/*
omschrijving: >
  Spreken twee beweringen over hetzelfde elkaar niet tegen? Banen en werkenden die naast elkaar staan, geven hetzelfde beeld als
  hun verhouding; de delen van een kloof tellen op; beter en slechter zijn samen niet meer dan alles.
tabel: monitor.bewering
zwaarte: blokkeert
reden: "'minder banen dan werkenden' en '1,02 baan per werkende' kunnen niet allebei waar zijn"
datum: 2026-11-29
uit: [monitor.bewering]
uitleg: beweringen over dezelfde regio en periode sluiten elkaar niet uit
vervolg: Kijk welke van beide niet uit hetzelfde cijfer komt.
sleutel: [regio, over]
*/
WITH pendel AS (
    SELECT regio, max(waarde) FILTER (groep = 'banen') AS banen, max(waarde) FILTER (groep = 'banen_van_inwoners') AS wonen,
        max(waarde) FILTER (groep = 'balans') AS balans, count(DISTINCT periode) AS perioden
    FROM monitor.bewering
    WHERE soort = 'pendel'
    GROUP BY regio
),
cijfer AS (
    SELECT regio, indicator, count(DISTINCT round(waarde, 9)) AS standen, count(DISTINCT periode) AS perioden
    FROM monitor.bewering
    WHERE soort IN ('stand', 'verandering', 'verschil_nl')
    GROUP BY regio, indicator
)
SELECT regio, 'wonen en werken' AS over, banen AS een, wonen AS ander,
    perioden = 1 AND coalesce(abs(banen / wonen - balans) < 0.005, false) AS klopt
FROM pendel
UNION ALL
-- banen van werknemers staan in de tabel van de pendel en in die van de bedrijfstakken: een lezer ziet ze naast elkaar
SELECT p.regio, 'banen van werknemers in ' || left(p.periode, 4) AS over, p.waarde AS een, b.waarde AS ander,
    abs(p.waarde - b.waarde) <= 0.05 * b.waarde AS klopt
FROM monitor.bewering AS p
JOIN monitor.bewering AS b ON b.soort = 'banengroei' AND b.regio = p.regio AND left(b.periode, 4) = left(p.periode, 4)
WHERE p.soort = 'pendel' AND p.groep = 'banen'
UNION ALL
SELECT regio, indicator AS over, standen AS een, perioden AS ander, standen = 1 AND perioden = 1 AS klopt
FROM cijfer
