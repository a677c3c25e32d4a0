/*
omschrijving: >
  Telt van kaarten die dezelfde ontwikkeling meten er in elke regio precies een mee, en noemt geen telling van het rapport
  er twee?
tabel: monitor.oordeel
zwaarte: blokkeert
reden: banen, banen van 12 uur of meer en de index van banen zijn een ontwikkeling; drie keer 'gunstig' telt er een te hoog
datum: 2026-11-29
uit: [invoer.kaart, monitor.bewering, monitor.oordeel]
uitleg: in een telling van oordelen telt elke ontwikkeling een keer mee
vervolg: "Kijk op de kaarten van deze familie (familie, leidend) en in monitor.oordeel (telt_mee)."
sleutel: [telling, ontwikkeling, regio]
*/
WITH kaart AS (
    SELECT id, if(familie IS NULL, 'kaart ' || id, 'familie ' || familie) AS ontwikkeling FROM invoer.kaart
),
geteld AS (
    SELECT bewering AS telling, unnest(geteld) AS bewering FROM monitor.bewering WHERE soort LIKE 'telling%'
)
SELECT 'oordeel' AS telling, k.ontwikkeling, o.regio, count(*) FILTER (o.telt_mee) AS telt_mee,
    count(*) FILTER (o.telt_mee) = 1 AS klopt
FROM monitor.oordeel AS o
JOIN kaart AS k ON k.id = o.indicator
GROUP BY k.ontwikkeling, o.regio, o.uitsplitsing
UNION ALL
SELECT g.telling, k.ontwikkeling, b.regio, count(*), count(*) = 1
FROM geteld AS g
JOIN monitor.bewering AS b ON b.bewering = g.bewering
JOIN kaart AS k ON k.id = b.indicator
GROUP BY g.telling, k.ontwikkeling, b.regio
