/*
omschrijving: >
  Noemen een trend en een verandering over hetzelfde cijfer elkaar als zij elkaar tegenspreken? Dan vertelt elke zin ze samen,
  met beide perioden.
tabel: monitor.bewering
zwaarte: blokkeert
reden: "'de gewenste kant op' boven '+11,8% ongunstig' spreekt zichzelf tegen"
datum: 2026-11-29
uit: [monitor.bewering]
uitleg: twee oordelen over een cijfer die elkaar tegenspreken, noemen elkaar
vervolg: Kijk naar samen_met in monitor.bewering.
sleutel: [bewering]
*/
WITH kant AS (
    SELECT bewering, soort, indicator, regio, oordeel, verschil, samen_met
    FROM monitor.bewering
    WHERE soort IN ('trend', 'verandering', 'verandering_reeel') AND oordeel IN ('gunstig', 'ongunstig', 'hoger', 'lager')
    -- naast een trend in vaste prijzen hoort een verandering in vaste prijzen
    QUALIFY soort <> 'verandering' OR NOT bool_or(soort = 'verandering_reeel') OVER (PARTITION BY indicator, regio)
)
SELECT t.bewering, v.bewering AS andere, t.oordeel, v.oordeel AS ander_oordeel, t.samen_met,
    coalesce(t.samen_met = v.bewering AND v.samen_met = t.bewering, false) AS klopt
FROM kant AS t
JOIN kant AS v ON v.indicator = t.indicator AND v.regio = t.regio AND v.soort <> 'trend'
WHERE t.soort = 'trend' AND (sign(t.verschil) <> sign(v.verschil) OR (t.oordeel, v.oordeel) IN (('gunstig', 'ongunstig'), ('ongunstig', 'gunstig')))
