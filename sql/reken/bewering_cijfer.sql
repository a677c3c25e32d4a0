/*
omschrijving: >
  Wat er over een indicator in een gebied van het rapport te beweren is: stand, verandering sinds twee jaar eerder, verschil
  met Nederland, trend, plaats en kloof, elk met haar jaren, oordeel en zekerheid. Een verschil dat kleiner is dan wat
  afronding kan maken, dan wat de kaart merkbaar noemt, dan de marge van de meting of dan wat toeval maakt bij een kaart die
  gebeurtenissen telt, heet geen verandering. Een plaats die met die marge of dat toeval in een ander kwart kan liggen, is er een
  binnen de marge; wie nagenoeg gelijk is aan Nederland of zijn plaats met meer
  dan een kwart deelt, staat niet hoog of laag. Een bedrag in lopende prijzen krijgt alleen een oordeel over het bedrag zonder inflatie (verandering_reeel). Wat optelt
  (banen, inwoners) krijgt geen plaats: meer is daar een groter gebied. Tussentabel, wordt niet gepubliceerd.
uit:
  - invoer.editie
  - invoer.gebied
  - invoer.rekenregel
  - invoer.thema
  - monitor.indicator
  - monitor.indicatorwaarde
  - monitor.oordeel
  - monitor.reele_waarde
  - monitor.stand
  - reken.gebeurtenis
  - reken.rapportregio
  - reken.reeks
  - reken.toets
sleutel: [soort, indicator, buur, regio]
zoals:
  monitor.bewering:
    [soort, indicator, naam, regio, laag, periode, periode_eerder, tegen, waarde, waarde_tegen, verschil, grens, oordeel,
    zekerheid, aantal, rang, rang_van, gedeeld, met_kant, actueel, reeks]
kolommen:
  buur: {type: VARCHAR, uitleg: de provincie waarnaast het cijfer is gezet; leeg bij al het andere}
  thema: {type: VARCHAR, uitleg: thema van de kaart}
  deel: {type: VARCHAR, uitleg: deel van het rapport}
  afstand: {type: BOOLEAN, uitleg: of het een afstand in kilometers is}
  jaren_later: {type: INTEGER, uitleg: "zoveel jaar na zijn periode is het cijfer gezien: overleving staat bij het startjaar"}
  groepen: {type: "VARCHAR[]", uitleg: "waarin de indicator meetelt: alles, deel van het rapport, thema en opgaven"}
*/
WITH kaart AS (
    SELECT i.id AS indicator, i.naam, i.thema, coalesce(t.deel, '') AS deel, i.merkbaar, i.merkbaar_maat,
        list_concat(
            list_filter(['alles', coalesce(t.deel, ''), i.thema], lambda g: g <> ''),
            list_transform(coalesce(i.opgave, []), lambda o: 'opgave_' || o)
        ) AS groepen,
        -- wie op tientallen drukt, rondt zelf af: wat dan verschilt in druk, is niet daarom klein; een klasse verschil ook niet
        i.decimalen, if(i.decimalen < 0 OR i.klasse, 0, pow(10, -i.decimalen)) AS stap, i.richting, i.richting IN ('hoger', 'lager') AS gericht,
        -- groeit het minder hard, dan groeit het nog: naast het peil dat steeg is dat geen achteruitgang. En wie met wat
        -- hier is gemaakt meer kan kopen, heeft niet meer gemaakt; wie meer betaalt aan machines, kocht er misschien niet meer
        i.richting IN ('hoger', 'lager') AND NOT coalesce(i.groei, false) AND i.volume IS NULL
            AND NOT coalesce(i.eigen_prijzen, false) AS beweegt_gericht,
        i.prijzen = 'lopend' AS lopend, i.deflator IS NOT NULL AS gedefleerd,
        i.telt_op, i.eenheid = 'km' AS afstand,
        -- een index zegt hoe hard iets groeide sinds haar basisjaar, niet hoe hoog het is
        i.basisjaar IS NOT NULL AS is_index,
        i.meting IN ('steekproef', 'om_de_paar_jaar', 'modelschatting') AS geschat,
        if(i.meting = 'verwachting', 'prognose', 'realisatie') AS reeks,
        coalesce(i.gebeurtenissen, false) AS gebeurtenissen, coalesce(i.jaren_later, 0) AS jaren_later
    FROM monitor.indicator AS i
    LEFT JOIN invoer.thema AS t ON t.id = i.thema
    WHERE i.doel = 'rapport'
),
-- de helft van het interval van 95%: dat van de bron, of wat toeval maakt bij gebeurtenissen die los van elkaar voorkomen
cijfer AS (
    SELECT w.indicator, w.uitsplitsing, w.regio, w.periode, w.waarde, w.afronding,
        coalesce((w.marge_boven - w.marge_onder) / 2, t.toeval) AS marge
    FROM monitor.indicatorwaarde AS w
    JOIN kaart AS k ON k.indicator = w.indicator
    LEFT JOIN reken.gebeurtenis AS t ON t.indicator = w.indicator AND t.uitsplitsing = w.uitsplitsing
        AND t.regio = w.regio AND t.periode = w.periode
    WHERE w.uitsplitsing = 'totaal' AND w.waarde IS NOT NULL
),
stand AS (
    SELECT k.*, s.regio, g.laag, s.laatste_periode AS periode, s.editie_periode AS periode_eerder, s.waarde,
        s.waarde_nl, s.waarde - s.verandering_editie AS waarde_eerder, s.verandering_editie,
        nu.marge, toen.marge AS marge_eerder, nl.marge AS marge_nl, reeel.waarde AS reeel, reeel_toen.waarde AS reeel_eerder,
        coalesce(nu.afronding, 0) AS afgerond, coalesce(toen.afronding, 0) AS afgerond_eerder,
        coalesce(nl.afronding, 0) AS afgerond_nl,
        coalesce(nu.afronding * reeel.prijsindex_peil / reeel.prijsindex, 0)
            + coalesce(toen.afronding * reeel_toen.prijsindex_peil / reeel_toen.prijsindex, 0) AS afgerond_reeel,
        left(s.laatste_periode, 4)::INTEGER + k.jaren_later >= b.editie - r.actueel_jaren AS actueel
    FROM monitor.stand AS s
    JOIN kaart AS k ON k.indicator = s.indicator
    JOIN reken.rapportregio AS g ON g.regio = s.regio AND g.laag <> 'land'
    CROSS JOIN invoer.editie AS b
    CROSS JOIN invoer.rekenregel AS r
    LEFT JOIN cijfer AS nu ON nu.indicator = s.indicator AND nu.uitsplitsing = s.uitsplitsing
        AND nu.regio = s.regio AND nu.periode = s.laatste_periode
    LEFT JOIN cijfer AS toen ON toen.indicator = s.indicator AND toen.uitsplitsing = s.uitsplitsing
        AND toen.regio = s.regio AND toen.periode = s.editie_periode
    LEFT JOIN cijfer AS nl ON nl.indicator = s.indicator AND nl.uitsplitsing = s.uitsplitsing
        AND nl.regio = 'NL01' AND nl.periode = s.laatste_periode
    LEFT JOIN monitor.reele_waarde AS reeel ON reeel.indicator = s.indicator AND reeel.uitsplitsing = s.uitsplitsing
        AND reeel.regio = s.regio AND reeel.periode = s.laatste_periode
    LEFT JOIN monitor.reele_waarde AS reeel_toen ON reeel_toen.indicator = s.indicator
        AND reeel_toen.uitsplitsing = s.uitsplitsing AND reeel_toen.regio = s.regio AND reeel_toen.periode = s.editie_periode
    WHERE s.uitsplitsing = 'totaal' AND s.waarde IS NOT NULL
),
-- een land dat zo veel keer zo groot is: beide tellen op, welke eenheid er ook staat
totaal AS (
    SELECT indicator FROM monitor.stand AS s
    JOIN invoer.gebied AS g ON g.code = s.regio
    CROSS JOIN invoer.rekenregel AS r
    WHERE s.uitsplitsing = 'totaal' AND s.waarde <> 0 AND abs(s.waarde_nl) > r.totaal_vanaf * abs(s.waarde)
),
vergeleken AS (
    SELECT * EXCLUDE (marge_eerder, marge_nl), afgerond + afgerond_eerder AS afronding, 'verandering' AS soort, 'eerder' AS tegen, waarde_eerder AS waarde_tegen,
        sqrt(pow(marge, 2) + pow(marge_eerder, 2)) AS marge_verschil, beweegt_gericht AND NOT lopend AS met_kant
    FROM stand
    WHERE verandering_editie IS NOT NULL
    UNION ALL BY NAME
    -- een bedrag in lopende prijzen is pas meer of minder als de prijzen eraf zijn
    SELECT * EXCLUDE (marge_eerder, marge_nl) REPLACE (reeel AS waarde), afgerond_reeel AS afronding,
        'verandering_reeel' AS soort, 'eerder' AS tegen,
        reeel_eerder AS waarde_tegen, NULL AS marge_verschil, beweegt_gericht AS met_kant
    FROM stand
    WHERE verandering_editie IS NOT NULL AND reeel IS NOT NULL AND reeel_eerder IS NOT NULL
    UNION ALL BY NAME
    SELECT * EXCLUDE (marge_eerder, marge_nl, periode_eerder), afgerond + afgerond_nl AS afronding, 'verschil_nl' AS soort, 'nederland' AS tegen,
        waarde_nl AS waarde_tegen, sqrt(pow(marge, 2) + pow(marge_nl, 2)) AS marge_verschil, gericht AS met_kant
    FROM stand
    WHERE waarde_nl IS NOT NULL AND NOT telt_op AND NOT is_index AND indicator NOT IN (SELECT indicator FROM totaal)
    UNION ALL BY NAME
    SELECT s.* EXCLUDE (marge_eerder, marge_nl, periode_eerder) REPLACE (['buur_' || b.regio] AS groepen),
        'verschil_buur' AS soort, 'buur' AS tegen, b.regio AS buur, b.waarde AS waarde_tegen,
        sqrt(pow(s.marge, 2) + pow(b.marge, 2)) AS marge_verschil, s.gericht AS met_kant
    FROM stand AS s
    JOIN invoer.gebied AS g ON g.code = s.regio
    JOIN cijfer AS b ON b.indicator = s.indicator AND b.uitsplitsing = 'totaal'
        AND list_contains(g.buren, b.regio) AND b.periode = s.periode
    WHERE NOT s.telt_op AND NOT s.is_index AND s.indicator NOT IN (SELECT indicator FROM totaal)
),
gewogen AS (
    SELECT *, waarde - waarde_tegen AS verschil,
        -- zoals een lezer het narekent: twee gebieden met dezelfde gedrukte cijfers krijgen hetzelfde oordeel
        abs(round(round(waarde, decimalen) - round(waarde_tegen, decimalen), decimalen)) AS gedrukt,
        -- van de kaart een stap op haar decimalen, van de bron wat haar afronding bij beide cijfers kan schelen
        greatest(greatest(stap, afronding) * (1 + (SELECT rekenfout FROM invoer.rekenregel)), if(merkbaar_maat = 'procent', merkbaar / 100 * abs(waarde_tegen), merkbaar)) AS klein
    FROM vergeleken
),
beoordeeld AS (
    SELECT *, greatest(klein, coalesce(marge_verschil, 0)) AS grens,
        CASE
            WHEN marge_verschil IS NOT NULL AND abs(verschil) <= marge_verschil THEN 'binnen_marge'
            WHEN marge_verschil IS NOT NULL THEN 'buiten_marge'
            -- gebeurtenissen waarvan het aantal niet bekend is: geen schatting, en toch kan een verschil toeval zijn
            WHEN geschat OR gebeurtenissen THEN 'marge_onbekend'
            ELSE 'telling'
        END AS zekerheid,
        CASE
            -- wat een bedrag in lopende prijzen deed, zegt niet of het meer of minder waard werd
            WHEN soort = 'verandering' AND lopend THEN 'geen'
            WHEN least(abs(verschil), gedrukt) <= klein THEN 'nagenoeg_gelijk'
            WHEN abs(verschil) <= marge_verschil THEN 'binnen_marge'
            -- wat te oud is om mee te tellen, is ook niet gunstig of ongunstig
            WHEN NOT met_kant OR NOT actueel THEN if(verschil > 0, 'hoger', 'lager')
            WHEN (verschil > 0) = (richting = 'hoger') THEN 'gunstig'
            ELSE 'ongunstig'
        END AS oordeel
    FROM gewogen
),
-- van elke regio van een soort, ook buiten het rapport, het cijfer waarop zij haar plaats heeft
geplaatst AS (
    SELECT r.indicator, r.soort, k.richting = 'lager' AS lager, c.waarde, o.positie IN ('bovenste_kwart', 'hoog') AS boven,
        o.positie IN ('onderste_kwart', 'laag') AS onder, o.positie = 'midden' AS midden
    FROM monitor.oordeel AS o
    -- met de codes van de reeks: het oordeel zelf is tekst, en dan zou elk cijfer het ook worden
    JOIN reken.reeks AS r ON r.indicator = o.indicator AND r.uitsplitsing = o.uitsplitsing AND r.regio = o.regio
    JOIN kaart AS k ON k.indicator = r.indicator
    JOIN cijfer AS c ON c.indicator = r.indicator AND c.uitsplitsing = r.uitsplitsing AND c.regio = r.regio
        AND c.periode = r.laatste_periode
    WHERE o.positie <> 'n.b.'
),
-- waar een kwart ophoudt: midden tussen de laatste erin en de eerste erbuiten
kwart AS (
    SELECT indicator, soort,
        CASE WHEN lager THEN max(waarde) FILTER (boven) + min(waarde) FILTER (midden)
            ELSE min(waarde) FILTER (boven) + max(waarde) FILTER (midden) END / 2 AS boven,
        CASE WHEN lager THEN min(waarde) FILTER (onder) + max(waarde) FILTER (midden)
            ELSE max(waarde) FILTER (onder) + min(waarde) FILTER (midden) END / 2 AS onder
    FROM geplaatst
    GROUP BY indicator, soort, lager
),
getoetst AS (
    SELECT k.*, o.regio, g.laag, o.laatste_periode, o.trend, o.trend_helling, o.trend_n, o.aantoonbaar, o.robuust, o.positie, o.rang,
        o.rang_van, o.rang_midden > o.rang AS gedeeld, 2 * (o.rang_midden - o.rang) + 1 AS delers, r.plaats_delen, o.venster_van, o.venster_tot,
        o.verschil_nl, o.kloof, t.van, t.tot, b.editie - r.actueel_jaren - k.jaren_later AS vanaf,
        least(t.tot, coalesce(left(o.laatste_periode, 4)::INTEGER, t.tot)) + k.jaren_later >= b.editie - r.actueel_jaren AS actueel, nu.marge,
        CASE
            WHEN o.positie IN ('bovenste_kwart', 'hoog') THEN abs(nu.waarde - w.boven)
            WHEN o.positie IN ('onderste_kwart', 'laag') THEN abs(nu.waarde - w.onder)
            ELSE least(abs(nu.waarde - w.boven), abs(nu.waarde - w.onder))
        END AS tot_rand
    FROM monitor.oordeel AS o
    JOIN reken.reeks AS s ON s.indicator = o.indicator AND s.uitsplitsing = o.uitsplitsing AND s.regio = o.regio
    JOIN kaart AS k ON k.indicator = s.indicator
    JOIN reken.rapportregio AS g ON g.regio = s.regio AND g.laag <> 'land'
    CROSS JOIN invoer.editie AS b
    CROSS JOIN invoer.rekenregel AS r
    JOIN reken.toets AS t ON t.reeks = s.reeks
    LEFT JOIN cijfer AS nu ON nu.indicator = s.indicator AND nu.uitsplitsing = s.uitsplitsing AND nu.regio = s.regio
        AND nu.periode = s.laatste_periode
    LEFT JOIN kwart AS w ON w.indicator = s.indicator AND w.soort = s.soort
    WHERE o.uitsplitsing = 'totaal'
),
als_nederland AS (
    SELECT indicator, regio, periode FROM beoordeeld WHERE soort = 'verschil_nl' AND oordeel = 'nagenoeg_gelijk'
),
alle AS (
    SELECT 'stand' AS soort, indicator, naam, thema, deel, afstand, jaren_later, groepen, regio, laag, periode, 'geen' AS tegen, waarde,
        'geen' AS oordeel,
        CASE WHEN reeks = 'prognose' THEN 'interval' WHEN marge IS NOT NULL AND NOT gebeurtenissen THEN 'buiten_marge' WHEN geschat THEN 'marge_onbekend' ELSE 'telling' END AS zekerheid,
        gericht AS met_kant, actueel, reeks
    FROM stand
    UNION ALL BY NAME
    SELECT soort, indicator, buur, naam, thema, deel, afstand, jaren_later, groepen, regio, laag, periode, periode_eerder, tegen, waarde, waarde_tegen,
        verschil, grens, oordeel, zekerheid, met_kant, actueel
    FROM beoordeeld
    UNION ALL BY NAME
    SELECT 'trend' AS soort, indicator, naam, thema, deel, afstand, jaren_later, groepen, regio, laag, tot || 'JJ00' AS periode,
        van || 'JJ00' AS periode_eerder, 'eerder' AS tegen, trend_helling AS verschil,
        CASE WHEN trend = 'nagenoeg gelijk' THEN 'nagenoeg_gelijk' WHEN trend = 'geen significante verandering' THEN 'geen_verandering'
            WHEN trend IN ('gunstig', 'ongunstig') AND beweegt_gericht AND tot >= vanaf THEN trend
            ELSE if(trend_helling > 0, 'hoger', 'lager') END AS oordeel,
        robuust AS zekerheid, aantoonbaar AS grens, trend_n AS aantal, beweegt_gericht AND (NOT lopend OR gedefleerd) AS met_kant,
        tot >= vanaf AS actueel
    FROM getoetst
    WHERE trend NOT IN ('te weinig gegevens', 'reeksbreuk') AND trend_helling IS NOT NULL
    UNION ALL BY NAME
    -- dat er geen trend is te geven, is ook een bewering: met de reden
    SELECT 'geen_trend' AS soort, indicator, naam, thema, deel, afstand, jaren_later, groepen, regio, laag, venster_tot || 'JJ00' AS periode,
        venster_van || 'JJ00' AS periode_eerder, 'geen' AS tegen, CASE
            WHEN trend = 'reeksbreuk' THEN 'reeksbreuk' WHEN aantoonbaar IS NOT NULL THEN 'te_onzeker' ELSE 'te_weinig_cijfers'
        END AS oordeel, robuust AS zekerheid, aantoonbaar AS grens, trend_n AS aantal, gericht AS met_kant, true AS actueel
    FROM getoetst
    WHERE trend IN ('te weinig gegevens', 'reeksbreuk') AND venster_tot IS NOT NULL
    UNION ALL BY NAME
    SELECT 'plaats' AS soort, indicator, naam, thema, deel, afstand, jaren_later, groepen, regio, laag, laatste_periode AS periode,
        'regiosoort' AS tegen,
        CASE WHEN positie = 'midden' THEN positie
            -- een plaats die meer dan een kwart deelt, is geen kwart
            WHEN delers * plaats_delen > rang_van THEN 'veel_gedeeld'
            -- wie ongeveer als het land is, staat niet hoog of laag: dan liggen alle regio's dicht bij elkaar
            WHEN (indicator, regio, laatste_periode) IN (FROM als_nederland) THEN 'als_nederland' ELSE positie END AS oordeel,
        CASE
            -- met de marge van het cijfer erbij of eraf zou het in een ander deel van de rij kunnen staan
            WHEN marge IS NOT NULL THEN if(tot_rand <= marge, 'binnen_marge', 'buiten_marge')
            -- ook van gebeurtenissen waarvan het aantal niet bekend is, kan toeval de plaats hebben gemaakt
            WHEN geschat OR gebeurtenissen THEN 'marge_onbekend' ELSE 'telling'
        END AS zekerheid, rang, rang_van, gedeeld, gericht AS met_kant,
        left(laatste_periode, 4)::INTEGER >= vanaf AS actueel
    FROM getoetst
    WHERE positie <> 'n.b.' AND rang IS NOT NULL AND NOT telt_op AND indicator NOT IN (SELECT indicator FROM totaal)
    UNION ALL BY NAME
    SELECT 'kloof' AS soort, indicator, naam, thema, deel, afstand, jaren_later, groepen, regio, laag, tot || 'JJ00' AS periode,
        van || 'JJ00' AS periode_eerder, 'nederland' AS tegen, verschil_nl AS verschil,
        CASE kloof WHEN 'gelijk' THEN 'geen_verandering' WHEN 'nagenoeg gelijk' THEN 'nagenoeg_gelijk' ELSE kloof END AS oordeel, 'niet_toetsbaar' AS zekerheid, gericht AS met_kant,
        tot >= vanaf AS actueel
    FROM getoetst
    WHERE kloof <> 'n.b.' AND verschil_nl IS NOT NULL AND NOT telt_op AND van > 0
)
SELECT soort, indicator::VARCHAR AS indicator, naam, regio::VARCHAR AS regio, laag::VARCHAR AS laag,
    periode::VARCHAR AS periode, periode_eerder::VARCHAR AS periode_eerder,
    coalesce(reeks, 'realisatie')::VARCHAR AS reeks, tegen, waarde, waarde_tegen, verschil, grens,
    oordeel::VARCHAR AS oordeel, zekerheid::VARCHAR AS zekerheid, aantal::INTEGER AS aantal,
    rang::INTEGER AS rang, rang_van::INTEGER AS rang_van, coalesce(gedeeld, false) AS gedeeld,
    coalesce(met_kant, false) AS met_kant, coalesce(actueel, false) AS actueel, coalesce(buur, '')::VARCHAR AS buur, thema, deel,
    coalesce(afstand, false) AS afstand, coalesce(jaren_later, 0)::INTEGER AS jaren_later, groepen
FROM alle
