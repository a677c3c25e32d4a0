/*
omschrijving: >
  Telt een telling alleen wat een oordeel heeft, en niets twee keer? Wat geen oordeel heeft is geen middenmoot. Een ontwikkeling
  die op meer kaarten staat, telt een keer.
tabel: monitor.bewering
zwaarte: blokkeert
reden: wie 'geen oordeel' als gemiddeld telt of een ontwikkeling vijf keer, geeft een ander beeld dan de cijfers
datum: 2026-11-29
uit: [monitor.bewering]
uitleg: elke getelde bewering heeft zelf het getelde oordeel, is jong genoeg en staat er een keer
vervolg: Kijk naar geteld in monitor.bewering.
sleutel: [bewering]
*/
WITH getelde AS (
    SELECT bewering AS telling, oordeel, soort, unnest(geteld) AS bewering FROM monitor.bewering WHERE soort LIKE 'telling%'
),
per AS (
    SELECT g.telling, count(*) AS aantal, count(DISTINCT g.bewering) AS verschillende,
        count(*) FILTER (
            b.actueel AND b.met_kant AND g.soort = 'telling_' || replace(b.soort, '_reeel', '')
            AND (b.oordeel = g.oordeel
                OR g.oordeel = 'gelijk' AND b.oordeel IN ('nagenoeg_gelijk', 'binnen_marge', 'geen_verandering'))
        ) AS juist,
        min(b.bewering) FILTER (NOT coalesce(b.actueel AND b.met_kant, false)) AS voorbeeld
    FROM getelde AS g
    LEFT JOIN monitor.bewering AS b ON b.bewering = g.bewering
    GROUP BY g.telling
)
SELECT telling AS bewering, aantal, verschillende, juist, voorbeeld, aantal = verschillende AND aantal = juist AS klopt
FROM per
