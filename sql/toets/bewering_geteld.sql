/*
omschrijving: >
  Telt een telling alleen wat een oordeel heeft, en niets twee keer? Wat geen oordeel heeft is geen middenmoot. Een ontwikkeling
  die op meer kaarten staat, telt een keer. En is wat ervan toeval kan zijn goed geteld?
tabel: monitor.bewering
zwaarte: blokkeert
reden: wie 'geen oordeel' als gemiddeld telt of een ontwikkeling vijf keer, geeft een ander beeld dan de cijfers
datum: 2026-11-29
uit: [monitor.bewering]
uitleg: elke getelde bewering heeft zelf het getelde oordeel, is jong genoeg en staat er een keer, en wat toeval kan zijn is geteld
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
                OR g.oordeel = 'gelijk' AND b.oordeel IN ('nagenoeg_gelijk', 'binnen_marge', 'geen_verandering')
                OR g.oordeel = 'midden' AND b.oordeel IN ('als_nederland', 'veel_gedeeld'))
        ) AS juist,
        count(*) FILTER (
            b.zekerheid = 'marge_onbekend' OR b.soort = 'plaats' AND b.zekerheid = 'binnen_marge'
        ) AS toeval,
        min(b.bewering) FILTER (NOT coalesce(b.actueel AND b.met_kant, false)) AS voorbeeld
    FROM getelde AS g
    LEFT JOIN monitor.bewering AS b ON b.bewering = g.bewering
    GROUP BY g.telling
)
SELECT p.telling AS bewering, p.aantal, p.verschillende, p.juist, t.onzeker, p.toeval, p.voorbeeld,
    p.aantal = p.verschillende AND p.aantal = p.juist AND coalesce(t.onzeker, 0) = p.toeval AS klopt
FROM per AS p
JOIN monitor.bewering AS t ON t.bewering = p.telling
