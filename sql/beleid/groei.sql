/*
omschrijving: >
  Hoe een indicator per jaar veranderde in twee perioden, zo lang als er tussen twee edities zit: de laatste en die ervoor. Een
  aandeel verandert in procentpunten, een aantal in procenten (meetkundig gemiddeld). Over een reeksbreuk heen is er geen cijfer.
uit: [invoer.beleid_gedrukt, invoer.beleid_opgave, invoer.editie, invoer.gebied, invoer.kaart, invoer.rekenregel, monitor.breuk, monitor.indicatorwaarde]
herkomst: {kaarten: groei}
sleutel: [indicator, regio, wanneer]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  regio: {type: VARCHAR, uitleg: code van de regio}
  wanneer: {type: VARCHAR, uitleg: welke periode, lijst: [nu, vorige]}
  van: {type: INTEGER, uitleg: jaar waar de periode begint}
  tot: {type: INTEGER, uitleg: jaar waar zij eindigt}
  punten: {type: BOOLEAN, uitleg: waar als de verandering in procentpunten is}
  per_jaar: {type: DOUBLE, uitleg: gemiddelde verandering per jaar, eenheid: procent of procentpunt}
  reden: {type: VARCHAR, uitleg: waarom er geen verandering is, lijst: [reeksbreuk, geen cijfer, niet boven nul]}
*/
WITH plek AS (
    SELECT code AS regio FROM invoer.gebied
    UNION SELECT 'NL01'
    UNION SELECT gebied FROM invoer.beleid_gedrukt WHERE gebied IS NOT NULL
),
reeks AS (
    SELECT w.indicator, w.regio, left(w.periode, 4)::INTEGER AS jaar, w.waarde, k.eenheid LIKE '!%%' ESCAPE '!' AS punten
    FROM monitor.indicatorwaarde AS w
    JOIN invoer.kaart AS k ON k.id = w.indicator
    SEMI JOIN plek USING (regio)
    WHERE w.indicator IN (SELECT unnest(kaarten) FROM invoer.beleid_opgave UNION SELECT kaart FROM invoer.beleid_gedrukt)
        AND w.uitsplitsing = 'totaal' AND w.periode LIKE '%JJ00' AND w.waarde IS NOT NULL
        AND left(w.periode, 4)::INTEGER <= (SELECT editie FROM invoer.editie)
),
-- overal dezelfde jaren als in de eigen provincie: anders is er niets naast elkaar te leggen
periode AS (
    SELECT l.*, p.wanneer, (l.jaar - p.terug * r.editie_jaren)::INTEGER AS tot, r.editie_jaren::INTEGER AS jaren
    FROM (
        SELECT indicator, punten, coalesce(max(jaar) FILTER (regio IN (SELECT code FROM invoer.gebied)), max(jaar)) AS jaar
        FROM reeks GROUP BY ALL
    ) AS l
    CROSS JOIN (VALUES ('nu', 0), ('vorige', 1)) AS p(wanneer, terug)
    CROSS JOIN invoer.rekenregel AS r
),
naast AS (
    SELECT p.indicator, g.regio, p.wanneer, p.tot - p.jaren AS van, p.tot, p.punten, p.jaren, a.waarde AS begin, b.waarde AS eind,
        CASE
            WHEN a.waarde IS NULL OR b.waarde IS NULL THEN 'geen cijfer'
            WHEN EXISTS (FROM monitor.breuk AS x WHERE x.indicator = p.indicator AND x.vanaf > p.tot - p.jaren AND x.vanaf <= p.tot)
                THEN 'reeksbreuk'
            WHEN NOT p.punten AND (a.waarde <= 0 OR b.waarde <= 0) THEN 'niet boven nul'
        END AS reden
    FROM periode AS p
    CROSS JOIN plek AS g
    LEFT JOIN reeks AS a ON a.indicator = p.indicator AND a.regio = g.regio AND a.jaar = p.tot - p.jaren
    LEFT JOIN reeks AS b ON b.indicator = p.indicator AND b.regio = g.regio AND b.jaar = p.tot
)
SELECT indicator, regio, wanneer, van, tot, punten,
    CASE WHEN reden IS NULL THEN if(punten, (eind - begin) / jaren, 100 * ((eind / begin) ** (1 / jaren) - 1)) END AS per_jaar, reden
FROM naast
