/*
omschrijving: >
  Wat er onder en boven een figuur te beweren is: welk gebied van zijn soort het hoogste en het laagste cijfer heeft (uiterste), en hoe
  hard een totaal groeide naast dat van Nederland, over de jaren van de figuur (reeksgroei; van wat nog komt vanaf het jaar waarmee
  de prognose wordt verteld). Wat in druk hetzelfde is, deelt zijn
  plaats. Verschillen het hoogste en het laagste minder dan afronding, merkbaar of marge, dan is er geen hoogste; en er staat er geen
  als de afronding van de bron een ander gebied boven- of onderaan kan zetten.
  Tussentabel, wordt niet gepubliceerd.
uit:
  - invoer.bouw
  - invoer.rekenregel
  - monitor.breuk
  - monitor.indicator
  - monitor.indicatorwaarde
  - reken.gebeurtenis
  - reken.prognosejaar
  - reken.rapportregio
sleutel: [soort, indicator, groep, regio]
zoals:
  monitor.bewering:
    [soort, indicator, groep, naam, regio, laag, periode, periode_eerder, tegen, waarde, waarde_tegen, verschil, grens, oordeel,
    zekerheid, rang, rang_van, gedeeld, met_kant, actueel]
*/
WITH kaart AS (
    SELECT id AS indicator, naam, decimalen, eenheid, telt_op, merkbaar, merkbaar_maat,
        meting IN ('steekproef', 'om_de_paar_jaar', 'modelschatting') AS geschat
    FROM monitor.indicator
    WHERE doel = 'rapport'
),
cijfer AS (
    SELECT k.*, w.regio, w.periode, w.waarde, coalesce(w.afronding, 0) AS afgerond,
        round(w.waarde * pow(10, k.decimalen)) AS gedrukt, coalesce((w.marge_boven - w.marge_onder) / 2, t.toeval) AS marge,
        left(w.periode, 4)::INTEGER AS jaar, w.periode LIKE '%JJ00' AS jaarcijfer
    FROM monitor.indicatorwaarde AS w
    JOIN kaart AS k ON k.indicator = w.indicator
    LEFT JOIN reken.gebeurtenis AS t ON t.indicator = w.indicator AND t.uitsplitsing = w.uitsplitsing
        AND t.regio = w.regio AND t.periode = w.periode
    WHERE w.uitsplitsing = 'totaal' AND w.waarde IS NOT NULL
),
-- jaren gaan voor kwartalen en maanden
binnen AS (
    SELECT c.*, g.laag, count(*) OVER (PARTITION BY c.indicator, g.laag, c.periode) AS gebieden
    FROM cijfer AS c
    JOIN reken.rapportregio AS g ON g.regio = c.regio AND g.in_gebied AND g.laag IN ('gemeente', 'corop')
    QUALIFY c.jaarcijfer = bool_or(c.jaarcijfer) OVER (PARTITION BY c.indicator)
),
-- het jongste tijdvak waarin ten minste de helft een cijfer heeft van wie er ooit een had
vol AS (
    SELECT *, 2 * gebieden >= max(gebieden) OVER (PARTITION BY indicator, laag) AS genoeg FROM binnen
),
gekozen AS (
    SELECT * FROM vol WHERE genoeg AND gebieden > 1
    QUALIFY periode = max(periode) OVER (PARTITION BY indicator, laag)
),
uiteinden AS (
    SELECT *, max(gedrukt) OVER w AS hoogst, min(gedrukt) OVER w AS laagst, max(waarde) OVER w AS top, min(waarde) OVER w AS bodem
    FROM gekozen
    WINDOW w AS (PARTITION BY indicator, laag)
),
-- wie bovenaan of onderaan hetzelfde cijfer heeft, is zo onzeker als de onzekerste van hen; zonder marge van een is er geen
onzeker AS (
    SELECT indicator, laag,
        max(afgerond) FILTER (waarde = top) AS ruis_top, max(afgerond) FILTER (waarde = bodem) AS ruis_bodem,
        CASE WHEN count(marge) FILTER (waarde = top OR waarde = bodem) = count(*) FILTER (waarde = top OR waarde = bodem) THEN
            sqrt(pow(max(marge) FILTER (waarde = top), 2) + pow(max(marge) FILTER (waarde = bodem), 2))
        END AS toeval
    FROM uiteinden
    GROUP BY ALL
),
-- een som van afgeronde delen kan verder naast haar cijfer zitten dan de volgende eronder staat: dan is niet te zeggen wie
rij AS (
    SELECT u.*, o.ruis_top + o.ruis_bodem AS ruis, o.toeval,
        bool_or(u.gedrukt <> u.hoogst AND u.top - u.waarde < (u.afgerond + o.ruis_top) * (1 - (SELECT rekenfout FROM invoer.rekenregel))
            OR u.gedrukt <> u.laagst AND u.waarde - u.bodem < (u.afgerond + o.ruis_bodem) * (1 - (SELECT rekenfout FROM invoer.rekenregel)))
            OVER (PARTITION BY u.indicator, u.laag) AS onbeslist
    FROM uiteinden AS u
    JOIN onzeker AS o ON o.indicator = u.indicator AND o.laag = u.laag
),
gewogen AS (
    SELECT *, greatest(
        greatest(pow(10, -decimalen), ruis) * (1 + (SELECT rekenfout FROM invoer.rekenregel)), if(merkbaar_maat = 'procent', merkbaar / 100 * abs(bodem), merkbaar)
    ) AS klein
    FROM rij
    WHERE hoogst > laagst AND NOT onbeslist
),
uiterste AS (
    SELECT *, 'hoogst' AS groep, bodem AS waarde_tegen, waarde - bodem AS verschil, 'hoger' AS kant, 1 AS rang
    FROM gewogen WHERE gedrukt = hoogst
    UNION ALL BY NAME
    SELECT *, 'laagst' AS groep, top AS waarde_tegen, waarde - top AS verschil, 'lager' AS kant, gebieden AS rang
    FROM gewogen WHERE gedrukt = laagst
),
totaal AS (
    SELECT c.*, g.laag, nl.waarde AS waarde_nl, nl.afgerond AS afgerond_nl, r.totaal_vanaf
    FROM cijfer AS c
    JOIN reken.rapportregio AS g ON g.regio = c.regio AND g.laag <> 'land'
    JOIN cijfer AS nl ON nl.indicator = c.indicator AND nl.regio = 'NL01' AND nl.periode = c.periode
    LEFT JOIN (SELECT indicator, max(vanaf) AS vanaf FROM monitor.breuk GROUP BY ALL) AS b ON b.indicator = c.indicator
    LEFT JOIN reken.prognosejaar AS a ON a.regio = c.regio
    CROSS JOIN invoer.bouw AS e
    CROSS JOIN invoer.rekenregel AS r
    WHERE c.jaarcijfer AND c.jaar >= coalesce(b.vanaf, c.jaar) AND c.eenheid NOT LIKE '!%%' ESCAPE '!'
    QUALIFY max(c.jaar) OVER (PARTITION BY c.indicator, c.regio) <= e.editie OR c.periode >= coalesce(a.basis, c.periode)
),
groei AS (
    SELECT indicator, any_value(naam) AS naam, regio, any_value(laag) AS laag, any_value(geschat) AS geschat, min(periode) AS van,
        max(periode) AS tot,
        100 * (arg_max(waarde, periode) / arg_min(waarde, periode) - 1) AS eigen,
        100 * (arg_max(waarde_nl, periode) / arg_min(waarde_nl, periode) - 1) AS land,
        100 * (
            (arg_max(afgerond, periode) + arg_min(afgerond, periode)) / arg_min(waarde, periode)
            + (arg_max(afgerond_nl, periode) + arg_min(afgerond_nl, periode)) / arg_min(waarde_nl, periode)
        ) AS ruis
    FROM totaal
    GROUP BY indicator, regio
    -- wat niet optelt staat zelf naast Nederland, en groeit er niet naast
    HAVING van <> tot AND min(waarde) > 0 AND min(waarde_nl) > 0
        AND (any_value(telt_op) OR arg_max(waarde_nl, periode) > any_value(totaal_vanaf) * arg_max(waarde, periode))
)
SELECT 'uiterste' AS soort, indicator::VARCHAR AS indicator, groep, naam, regio::VARCHAR AS regio, laag::VARCHAR AS laag, periode::VARCHAR AS periode,
    NULL::VARCHAR AS periode_eerder, 'regiosoort' AS tegen, waarde, waarde_tegen, verschil, greatest(klein, coalesce(toeval, 0)) AS grens,
    CASE WHEN abs(verschil) <= klein THEN 'nagenoeg_gelijk' WHEN abs(verschil) <= toeval THEN 'binnen_marge' ELSE kant END AS oordeel,
    CASE
        WHEN toeval IS NOT NULL THEN if(abs(verschil) <= toeval, 'binnen_marge', 'buiten_marge')
        WHEN geschat THEN 'marge_onbekend' ELSE 'telling'
    END AS zekerheid,
    rang::INTEGER AS rang, gebieden::INTEGER AS rang_van,
    count(*) OVER (PARTITION BY indicator, laag, groep) > 1 AS gedeeld, false AS met_kant, true AS actueel
FROM uiterste
UNION ALL BY NAME
SELECT 'reeksgroei' AS soort, indicator::VARCHAR AS indicator, '' AS groep, naam, regio::VARCHAR AS regio, laag::VARCHAR AS laag,
    tot::VARCHAR AS periode, van::VARCHAR AS periode_eerder, 'nederland' AS tegen, eigen AS waarde, land AS waarde_tegen,
    eigen - land AS verschil, greatest(0.1, ruis) * (1 + rekenfout) AS grens,
    CASE WHEN abs(verschil) <= grens THEN 'nagenoeg_gelijk' WHEN verschil > 0 THEN 'hoger' ELSE 'lager' END AS oordeel,
    if(geschat, 'marge_onbekend', 'telling') AS zekerheid, false AS gedeeld, false AS met_kant, true AS actueel
FROM groei
CROSS JOIN (SELECT rekenfout FROM invoer.rekenregel)
