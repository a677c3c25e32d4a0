/*
omschrijving: >
  Wat er onder en boven een figuur te beweren is: van waar tot waar de gebieden van een soort lopen (spreiding), welk gebied het hoogste
  en het laagste cijfer heeft (uiterste), en hoe hard een totaal groeide naast dat van Nederland, over het venster van het oordeel
  (reeksgroei; van wat nog komt vanaf het jaar waarmee de prognose wordt verteld). Wat in druk hetzelfde is, deelt zijn plaats. Een gebied
  staat alleen bovenaan of onderaan als alle gebieden een cijfer hebben, en geen ander daar kan staan door de afronding van de bron, door de
  marge van beide of door toeval; bij een schatting zonder marge staat er dus geen. Van wat optelt, is er geen: daar staat het grootste gebied.
  Een groei naast die van het land die door marge of toeval niet te onderscheiden is, is geen snellere of tragere groei.
  Tussentabel, wordt niet gepubliceerd.
uit:
  - invoer.editie
  - invoer.gebied
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
    SELECT id AS indicator, naam, decimalen, if(klasse, 0, pow(10, -decimalen)) AS stap, eenheid, telt_op, merkbaar, merkbaar_maat,
        -- een schatting, of gebeurtenissen: zonder marge kan een verschil toeval zijn
        meting IN ('steekproef', 'om_de_paar_jaar', 'modelschatting') OR coalesce(gebeurtenissen, false) AS onzeker
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
    SELECT v.*, v.gebieden = a.alle AS compleet
    FROM (FROM vol WHERE genoeg AND gebieden > 1 QUALIFY periode = max(periode) OVER (PARTITION BY indicator, laag)) AS v
    JOIN (SELECT laag, count(*) AS alle FROM reken.rapportregio WHERE in_gebied GROUP BY ALL) AS a ON a.laag = v.laag
),
-- van hoog naar laag en andersom: wie in druk gelijk staat, deelt de plaats, en is zo onzeker als de onzekerste van hen
zijde AS (
    SELECT g.*, z.*, z.teken * g.waarde AS hoogte, z.teken * g.gedrukt = max(z.teken * g.gedrukt) OVER w AS vooraan
    FROM gekozen AS g
    CROSS JOIN (VALUES ('hoogst', 'hoger', 1), ('laagst', 'lager', -1)) AS z(groep, kant, teken)
    WINDOW w AS (PARTITION BY g.indicator, g.laag, z.groep)
),
voorop AS (
    SELECT indicator, laag, groep, min(hoogte) AS hoogte, max(afgerond) AS afgerond,
        if(count(marge) = count(*), max(marge), NULL) AS marge
    FROM zijde
    WHERE vooraan
    GROUP BY ALL
),
-- hoeveel wie niet vooraan staat moet schelen met wie dat wel doet; van een schatting zonder marge is dat niet te zeggen, en
-- van gebeurtenissen waarvan het toeval niet bekend is ook niet
rest AS (
    SELECT z.indicator, z.laag, z.groep, z.waarde, v.hoogte - z.hoogte AS schil,
        z.onzeker AND z.marge + v.marge IS NULL AS onbekend, z.marge + v.marge IS NOT NULL AS getoetst,
        greatest((1 - (SELECT rekenfout FROM invoer.rekenregel)) * greatest(
                z.afgerond + v.afgerond,
                -- wat te klein is om ertoe te doen, maakt niemand de hoogste
                coalesce(if(z.merkbaar_maat = 'procent', z.merkbaar / 100 * abs(z.waarde), z.merkbaar), 0)
            ), coalesce(sqrt(pow(z.marge, 2) + pow(v.marge, 2)), 0)) AS nodig
    FROM zijde AS z
    JOIN voorop AS v ON v.indicator = z.indicator AND v.laag = z.laag AND v.groep = z.groep
    WHERE NOT z.vooraan
),
tweede AS (
    SELECT indicator, laag, groep, max(waarde) AS waarde, max(nodig) AS nodig, bool_and(getoetst) AS getoetst
    FROM (
        SELECT *, schil = min(schil) OVER w AS naast, bool_and(schil > nodig AND NOT onbekend) OVER w AS apart
        FROM rest
        WINDOW w AS (PARTITION BY indicator, laag, groep)
    )
    WHERE naast AND apart
    GROUP BY indicator, laag, groep
),
-- van het laagste tot het hoogste cijfer
breedte AS (
    SELECT indicator, naam, laag, periode, onzeker, gebieden, top, bodem, top - bodem AS verschil,
        greatest(
            greatest(stap, max(afgerond) FILTER (waarde = top) + max(afgerond) FILTER (waarde = bodem))
                * (1 + (SELECT rekenfout FROM invoer.rekenregel)),
            if(merkbaar_maat = 'procent', merkbaar / 100 * abs(bodem), merkbaar)
        ) AS klein,
        CASE WHEN count(marge) FILTER (waarde IN (top, bodem)) = count(*) FILTER (waarde IN (top, bodem)) THEN
            sqrt(pow(max(marge) FILTER (waarde = top), 2) + pow(max(marge) FILTER (waarde = bodem), 2))
        END AS toeval
    FROM (SELECT *, max(waarde) OVER w AS top, min(waarde) OVER w AS bodem FROM gekozen WINDOW w AS (PARTITION BY indicator, laag))
    GROUP BY indicator, naam, laag, periode, onzeker, gebieden, top, bodem, stap, merkbaar, merkbaar_maat
),
uiterste AS (
    SELECT z.*, t.waarde AS waarde_tegen, z.waarde - t.waarde AS verschil, t.nodig AS grens, t.getoetst
    FROM zijde AS z
    JOIN tweede AS t ON t.indicator = z.indicator AND t.laag = z.laag AND t.groep = z.groep
    JOIN breedte AS b ON b.indicator = z.indicator AND b.laag = z.laag
    -- wat optelt, is naar grootte geordend: daar heeft niemand het hoogste cijfer
    WHERE z.vooraan AND z.compleet AND NOT z.telt_op AND b.verschil > greatest(b.klein, coalesce(b.toeval, 0))
),
totaal AS (
    SELECT c.*, g.laag, nl.waarde AS waarde_nl, nl.afgerond AS afgerond_nl, r.totaal_vanaf,
        c.marge / c.waarde AS deel, nl.marge / nl.waarde AS deel_nl
    FROM cijfer AS c
    JOIN reken.rapportregio AS g ON g.regio = c.regio AND g.laag <> 'land'
    JOIN cijfer AS nl ON nl.indicator = c.indicator AND nl.regio = 'NL01' AND nl.periode = c.periode
    LEFT JOIN (SELECT indicator, max(vanaf) AS vanaf FROM monitor.breuk GROUP BY ALL) AS b ON b.indicator = c.indicator
    LEFT JOIN reken.prognosejaar AS a ON a.regio = c.regio
    CROSS JOIN invoer.editie AS e
    CROSS JOIN invoer.rekenregel AS r
    WHERE c.jaarcijfer AND c.jaar >= coalesce(b.vanaf, c.jaar) AND c.eenheid NOT LIKE '!%%' ESCAPE '!'
    -- over de jaren waarover ook de trend wordt getoetst: sinds het begin van een reeks is elke groei groot
    QUALIFY if(max(c.jaar) OVER (PARTITION BY c.indicator, c.regio) <= e.editie, c.jaar >= e.editie - r.venster, c.periode >= coalesce(a.basis, c.periode))
),
groei AS (
    SELECT indicator, any_value(naam) AS naam, regio, any_value(laag) AS laag, any_value(onzeker) AS onzeker, min(periode) AS van,
        max(periode) AS tot,
        100 * (arg_max(waarde, periode) / arg_min(waarde, periode) - 1) AS eigen,
        100 * (arg_max(waarde_nl, periode) / arg_min(waarde_nl, periode) - 1) AS land,
        100 * (
            (arg_max(afgerond, periode) + arg_min(afgerond, periode)) / arg_min(waarde, periode)
            + (arg_max(afgerond_nl, periode) + arg_min(afgerond_nl, periode)) / arg_min(waarde_nl, periode)
        ) AS ruis,
        -- wat de marge van de bron of toeval aan beide cijfers aan de groei kan schelen, en aan die van het land;
        -- arg_max slaat lege over, en een van de vier zonder marge is geen marge
        if(count(deel) = count(*) AND count(deel_nl) = count(*), sqrt(
            pow(100 + eigen, 2) * (pow(arg_max(deel, periode), 2) + pow(arg_min(deel, periode), 2))
            + pow(100 + land, 2) * (pow(arg_max(deel_nl, periode), 2) + pow(arg_min(deel_nl, periode), 2))
        ), NULL) AS toeval
    FROM totaal
    GROUP BY indicator, regio
    -- wat niet optelt staat zelf naast Nederland, en groeit er niet naast
    HAVING van <> tot AND min(waarde) > 0 AND min(waarde_nl) > 0
        AND (any_value(telt_op) OR arg_max(waarde_nl, periode) > any_value(totaal_vanaf) * arg_max(waarde, periode))
)
SELECT 'uiterste' AS soort, indicator::VARCHAR AS indicator, groep, naam, regio::VARCHAR AS regio, laag::VARCHAR AS laag, periode::VARCHAR AS periode,
    NULL::VARCHAR AS periode_eerder, 'regiosoort' AS tegen, waarde, waarde_tegen, verschil, grens, kant AS oordeel,
    if(getoetst, 'buiten_marge', 'telling') AS zekerheid, if(groep = 'hoogst', 1, gebieden)::INTEGER AS rang, gebieden::INTEGER AS rang_van,
    count(*) OVER (PARTITION BY indicator, laag, groep) > 1 AS gedeeld, false AS met_kant, true AS actueel
FROM uiterste
UNION ALL BY NAME
SELECT 'spreiding' AS soort, indicator::VARCHAR AS indicator, b.laag::VARCHAR AS groep, b.naam, g.code::VARCHAR AS regio, b.laag::VARCHAR AS laag,
    periode::VARCHAR AS periode, 'regiosoort' AS tegen, top AS waarde, bodem AS waarde_tegen, verschil, greatest(klein, coalesce(toeval, 0)) AS grens,
    CASE WHEN verschil <= klein THEN 'nagenoeg_gelijk' WHEN verschil <= toeval THEN 'binnen_marge' ELSE 'hoger' END AS oordeel,
    CASE
        WHEN toeval IS NOT NULL THEN if(verschil <= toeval, 'binnen_marge', 'buiten_marge')
        WHEN onzeker THEN 'marge_onbekend' ELSE 'telling'
    END AS zekerheid,
    gebieden::INTEGER AS rang_van, false AS gedeeld, false AS met_kant, true AS actueel
FROM breedte AS b
CROSS JOIN invoer.gebied AS g
UNION ALL BY NAME
SELECT 'reeksgroei' AS soort, indicator::VARCHAR AS indicator, '' AS groep, naam, regio::VARCHAR AS regio, laag::VARCHAR AS laag,
    tot::VARCHAR AS periode, van::VARCHAR AS periode_eerder, 'nederland' AS tegen, eigen AS waarde, land AS waarde_tegen,
    eigen - land AS verschil, greatest(greatest(0.1, ruis) * (1 + rekenfout), coalesce(toeval, 0)) AS grens,
    CASE WHEN abs(verschil) <= toeval THEN 'binnen_marge' WHEN abs(verschil) <= grens THEN 'nagenoeg_gelijk'
        WHEN verschil > 0 THEN 'hoger' ELSE 'lager' END AS oordeel,
    CASE
        WHEN toeval IS NOT NULL THEN if(abs(verschil) <= toeval, 'binnen_marge', 'buiten_marge')
        WHEN onzeker THEN 'marge_onbekend' ELSE 'telling'
    END AS zekerheid, false AS gedeeld, false AS met_kant, true AS actueel
FROM groei
CROSS JOIN (SELECT rekenfout FROM invoer.rekenregel)
