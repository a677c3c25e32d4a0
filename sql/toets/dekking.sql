/*
omschrijving: >
  Heeft elke indicator met waarden in zijn laatste periode een regel voor elk gebied dat het rapport toont: Nederland, de
  provincie, haar COROP-gebieden en haar gemeenten op 1 januari van de editie? Een regel zonder waarde mag, met haar reden.
  Een gebied dat er in die periode nog niet was, hoeft geen regel te hebben: een tabel die is gestopt, kent haar niet.
tabel: monitor.indicatorwaarde
zwaarte: blokkeert
reden: een gebied dat zonder woord ontbreekt, leest een lezer als vergeten
datum: 2026-11-22
uit: [invoer.editie, invoer.gebied, invoer.regio_lid, kern.regio, monitor.indicatorwaarde]
uitleg: >
  elke indicator met waarden heeft in zijn laatste periode een regel voor Nederland, {gebied}, de COROP-gebieden en de
  gemeenten, met een waarde of de reden waarom die er niet is
vervolg: Kijk in sql/monitor/indicatorwaarde.sql waarom deze regel wegvalt.
sleutel: [indicator, uitsplitsing, regio, periode]
*/
WITH regio AS (
    SELECT 'NL01' AS regio UNION SELECT code FROM invoer.gebied UNION
    SELECT l.lid FROM invoer.regio_lid AS l JOIN invoer.gebied AS g ON g.code = l.regio CROSS JOIN invoer.editie AS b
    WHERE coalesce(l.geldig_van <= make_date(b.editie, 1, 1), true)
        AND coalesce(l.geldig_tot > make_date(b.editie, 1, 1), true)
),
laatste AS (
    SELECT indicator, uitsplitsing, max(periode) AS periode
    FROM monitor.indicatorwaarde
    WHERE waarde IS NOT NULL
    GROUP BY ALL
)
SELECT l.indicator, l.uitsplitsing, r.regio, l.periode, count(w.regio) AS rijen, count(w.regio) > 0 AS klopt
FROM laatste AS l
CROSS JOIN regio AS r
-- bestaat zij in (een deel van) dat jaar, zoals in reken.rooster
ANTI JOIN kern.regio AS k ON k.code = r.regio AND k.geldig_van >= make_date(left(l.periode, 4)::INTEGER + 1, 1, 1)
LEFT JOIN monitor.indicatorwaarde AS w
    ON w.indicator = l.indicator AND w.uitsplitsing = l.uitsplitsing AND w.regio = r.regio AND w.periode = l.periode
GROUP BY ALL
