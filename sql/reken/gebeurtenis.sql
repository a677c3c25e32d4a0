/*
omschrijving: >
  Wat toeval aan een cijfer van gebeurtenissen kan schelen (faillissementen, verhuizingen), ook als er niets verandert: de helft
  van het interval van 95%. Elke cel telt mee naar haar eigen grootte. In een saldo van komen en gaan zitten beide stromen, en
  kan toeval meer schelen dan het saldo zelf laat zien. Van een deel van een groep (starters die er nog zijn) is het toeval dat
  van wie het treft en van wie niet: 300 van 330 wisselt minder dan 300 van een onbekend aantal. Het interval is dat van Wilson:
  ook waar het niemand trof, of iedereen, is er toeval. Is er per zoveel mensen, en ontbreekt van een jaar het aantal
  mensen, dan telt het kleinste aantal van de andere jaren: zo komt toeval er niet te klein uit. Tussentabel, wordt niet gepubliceerd.
uit: [invoer.rekenregel, kern.waarneming, monitor.herkomst, monitor.indicator, monitor.indicatorwaarde]
sleutel: [indicator, uitsplitsing, regio, periode]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: uitsplitsing van de waarde}
  regio: {type: VARCHAR, uitleg: gebied}
  periode: {type: VARCHAR, uitleg: periode van de waarde}
  toeval: {type: DOUBLE, uitleg: "zoveel naar boven en naar beneden, in de eenheid van de kaart"}
*/
WITH geteld AS (
    -- de spreiding van een aantal losse gebeurtenissen is dat aantal; erbij of eraf maakt voor de spreiding niet uit
    SELECT h.indicator, h.uitsplitsing, h.regio, h.periode, max(h.factor) AS factor, max(i.eenheid) AS eenheid,
        list_sum(list_sort(list(pow(h.gewicht, 2) * abs(c.waarde)))) AS spreiding
    FROM monitor.herkomst AS h
    JOIN monitor.indicator AS i ON i.id = h.indicator AND i.gebeurtenissen
        AND (i.aggregatie IN ('som', 'verhouding') OR i.eenheid = 'aantal')
    JOIN kern.waarneming AS c
        ON c.bron = h.bron AND c.tabel = h.tabel AND c.onderwerp = h.onderwerp AND c.uitsplitsing = h.cel_uitsplitsing
        AND c.regio = h.cel_regio AND c.periode = h.cel_periode
    WHERE h.rol = 'teller' AND c.waarde IS NOT NULL
    GROUP BY ALL
),
mensen AS (
    SELECT g.indicator, g.regio, g.periode, g.waarde AS aantal
    FROM monitor.indicatorwaarde AS g
    SEMI JOIN monitor.indicator AS i ON i.gewicht = g.indicator AND i.gebeurtenissen
    WHERE g.uitsplitsing = 'totaal' AND g.waarde > 0
)
SELECT g.indicator, g.uitsplitsing, g.regio, g.periode,
    r.marge_se * abs(g.factor / coalesce(w.noemer, 1)) * sqrt(
        -- een percentage van iets is een deel daarvan; al het andere staat naast wat erdoor wordt gedeeld
        g.spreiding * if(starts_with(g.eenheid, '% van '), greatest(1 - w.teller / w.noemer, 0), 1) + pow(r.marge_se, 2) / 4
    ) AS toeval
FROM geteld AS g
JOIN monitor.indicatorwaarde AS w ON w.indicator = g.indicator AND w.uitsplitsing = g.uitsplitsing
    AND w.regio = g.regio AND w.periode = g.periode
CROSS JOIN invoer.rekenregel AS r
WHERE w.waarde IS NOT NULL
UNION ALL
-- per zoveel mensen zonder dat de bron het aantal geeft: zoveel als er bij dat aantal mensen horen
SELECT w.indicator, w.uitsplitsing, w.regio, w.periode,
    r.marge_se * p.per / coalesce(eigen.aantal, ooit.aantal)
        * sqrt(w.waarde * coalesce(eigen.aantal, ooit.aantal) / p.per + pow(r.marge_se, 2) / 4) AS toeval
FROM monitor.indicatorwaarde AS w
JOIN (
    SELECT id, gewicht, replace(regexp_extract(eenheid, '^per ([0-9 ]+) ', 1), ' ', '')::DOUBLE AS per
    FROM monitor.indicator
    WHERE gebeurtenissen AND aggregatie = 'gewogen' AND regexp_matches(eenheid, '^per [0-9 ]+ ') AND NOT coalesce(groei, false)
) AS p ON p.id = w.indicator
LEFT JOIN mensen AS eigen ON eigen.indicator = p.gewicht AND eigen.regio = w.regio AND eigen.periode = w.periode
JOIN (SELECT indicator, regio, min(aantal) AS aantal FROM mensen GROUP BY ALL) AS ooit
    ON ooit.indicator = p.gewicht AND ooit.regio = w.regio
CROSS JOIN invoer.rekenregel AS r
WHERE w.waarde >= 0
