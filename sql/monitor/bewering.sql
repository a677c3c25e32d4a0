/*
omschrijving: >
  Alles wat deze editie met een cijfer mag beweren: een bewering per rij. Zinnen, tegels, dia's en tellingen worden hieruit
  gemaakt en zeggen niets anders. Een bewering heeft altijd haar jaren, het cijfer waartegen zij is gezet, een oordeel en een
  zekerheid. Een telling noemt wat is geteld en uit hoeveel; wat geen oordeel heeft of ouder is dan de editie toelaat, telt niet
  mee, en van kaarten die dezelfde ontwikkeling meten telt er een. Spreken een trend en een verandering elkaar tegen, dan noemen zij elkaar en worden zij samen verteld.
uit: [invoer.editie, invoer.gebied, invoer.rekenregel, monitor.indicator, monitor.oordeel, reken.bewering_analyse, reken.bewering_cijfer, reken.bewering_figuur]
sleutel: [bewering]
kolommen:
  bewering: {type: VARCHAR, uitleg: "naam van de bewering: soort, waarvan, gebied, en van een telling het oordeel dat is geteld"}
  soort: {type: VARCHAR, uitleg: wat er wordt beweerd, lijst: beweringsoort}
  indicator: {type: VARCHAR, uitleg: "id van de kaart; leeg bij een telling of een analyse"}
  groep: {type: VARCHAR, uitleg: "van een telling waarover: alles, een deel van het rapport, een thema, een opgave of een buurprovincie; van een analyse welk deel; van een verschil met een buur welke; van een uiterste welk"}
  naam: {type: VARCHAR, uitleg: hoe een zin het noemt}
  regio: {type: VARCHAR, uitleg: gebied}
  laag: {type: VARCHAR, uitleg: "soort gebied waarover het gaat; gemeente bij de provincie: geteld over haar gemeenten", lijst: regiosoort}
  periode: {type: VARCHAR, uitleg: "periode van het cijfer, van een telling de jongste, van een trend de laatste die is getoetst", lijst: []}
  periode_oudst: {type: VARCHAR, uitleg: "van een telling de oudste laatste periode die meetelt, of waarin zij is gezien; anders gelijk aan periode"}
  periode_eerder: {type: VARCHAR, uitleg: "periode waarmee is vergeleken of waar de trend begint; van een telling de vroegste"}
  reeks: {type: VARCHAR, uitleg: geteld of verwacht, lijst: beweringreeks}
  uitgave: {type: VARCHAR, uitleg: "van welke reeks het cijfer is: een kaart of een tabel"}
  reeks_tegen: {type: VARCHAR, uitleg: "reeks van het cijfer ertegenover; leeg als er geen is", lijst: beweringreeks}
  uitgave_tegen: {type: VARCHAR, uitleg: waar het cijfer ertegenover uit komt}
  tegen: {type: VARCHAR, uitleg: waartegen het cijfer is gezet, lijst: beweringtegen}
  waarde: {type: DOUBLE, uitleg: het cijfer, eenheid: eenheid van de kaart of de analyse}
  waarde_tegen: {type: DOUBLE, uitleg: het cijfer ertegenover, eenheid: als waarde}
  verschil: {type: DOUBLE, uitleg: "het een min het ander; van een trend de verandering per jaar", eenheid: als waarde}
  marge_onder: {type: DOUBLE, uitleg: onderkant van het interval van een prognose, eenheid: als waarde}
  marge_boven: {type: DOUBLE, uitleg: bovenkant daarvan, eenheid: als waarde}
  grens: {type: DOUBLE, uitleg: "zo groot is een verschil dat nog geen verandering heet: afronding, merkbaar, toeval of marge; van een trend de kleinste verandering die te vinden was", eenheid: als waarde}
  oordeel: {type: VARCHAR, uitleg: het oordeel; van een telling het oordeel dat is geteld, lijst: beweringoordeel}
  zekerheid: {type: VARCHAR, uitleg: hoe zeker, lijst: beweringzekerheid}
  status_cellen: {type: VARCHAR, uitleg: "van een analyse: de minst definitieve van haar cellen; van een cijfer van een kaart staat die bij het cijfer", lijst: status}
  aantal: {type: INTEGER, uitleg: "van een telling hoeveel dat oordeel hebben; van een trend uit hoeveel cijfers"}
  telling_van: {type: INTEGER, uitleg: uit hoeveel die beoordeeld zijn}
  onzeker: {type: INTEGER, uitleg: "hoeveel van de getelde toeval kunnen zijn: uit een schatting waarvan de bron geen marge geeft, of van plaatsen waarvan het cijfer met zijn marge in een ander kwart kan staan"}
  afstanden: {type: INTEGER, uitleg: hoeveel van de getelde een afstand in kilometers zijn}
  verouderd: {type: INTEGER, uitleg: hoeveel er niet meetellen omdat hun laatste cijfer te oud is}
  rang: {type: INTEGER, uitleg: plaats onder de gebieden van dezelfde soort}
  rang_van: {type: INTEGER, uitleg: uit hoeveel}
  gedeeld: {type: BOOLEAN, uitleg: of andere gebieden dezelfde plaats hebben}
  met_kant: {type: BOOLEAN, uitleg: of een van beide kanten de gewenste is}
  actueel: {type: BOOLEAN, uitleg: of het cijfer jong genoeg is om onder het jaar van de editie mee te tellen}
  samen_met: {type: VARCHAR, uitleg: bewering die hiermee in tegenspraak is en er altijd bij wordt verteld}
  geteld: {type: "VARCHAR[]", uitleg: de beweringen die zijn geteld}
  gebruikt_in: {type: "VARCHAR[]", uitleg: "waar zij verteld mag worden: samenvatting, stukken, hoofdstuk of gebied"}
*/
WITH cijfer AS (
    SELECT concat_ws('/', soort, indicator, nullif(buur, ''), regio) AS bewering, *, indicator AS uitgave,
        -- welke kant het op ging; leeg als dat niet te zeggen is
        CASE WHEN soort IN ('trend', 'verandering', 'verandering_reeel') AND oordeel IN ('gunstig', 'ongunstig', 'hoger', 'lager')
            THEN sign(verschil) END AS kant
    FROM reken.bewering_cijfer
),
-- naast een trend in vaste prijzen hoort een verandering in vaste prijzen
reeel AS (SELECT indicator, regio FROM cijfer WHERE soort = 'verandering_reeel'),
tegenspraak AS (
    SELECT c.*, a.bewering AS samen_met
    FROM cijfer AS c
    LEFT JOIN cijfer AS a
        ON a.indicator = c.indicator AND a.regio = c.regio AND (a.soort = 'trend') <> (c.soort = 'trend')
        AND a.kant = -c.kant AND 'verandering' NOT IN (
            if((c.indicator, c.regio) IN (FROM reeel), a.soort, ''), if((c.indicator, c.regio) IN (FROM reeel), c.soort, '')
        )
),
-- van kaarten die dezelfde ontwikkeling meten telt er in elk gebied een
ontwikkeling AS (
    SELECT c.*
    FROM cijfer AS c
    ANTI JOIN monitor.oordeel AS o
        ON o.indicator = c.indicator AND o.regio = c.regio AND o.uitsplitsing = 'totaal' AND NOT o.telt_mee
),
verzameld AS (
    SELECT c.*, 'telling_' || replace(c.soort, '_reeel', '') AS telling, unnest(c.groepen) AS groep,
        c.regio AS over, c.laag AS over_laag
    FROM ontwikkeling AS c
    WHERE c.soort IN ('verandering', 'verandering_reeel', 'trend', 'plaats', 'verschil_nl', 'verschil_buur') AND c.met_kant
    UNION ALL BY NAME
    SELECT c.*, 'telling_' || replace(c.soort, '_reeel', '') AS telling, unnest(list_filter(['alles', c.deel], lambda g: g <> '')) AS groep,
        g.code AS over, c.laag AS over_laag
    FROM ontwikkeling AS c
    CROSS JOIN invoer.gebied AS g
    WHERE c.soort IN ('verandering', 'verandering_reeel', 'plaats') AND c.met_kant AND c.laag = 'gemeente'
),
geoordeeld AS (
    SELECT *, CASE WHEN oordeel IN ('nagenoeg_gelijk', 'binnen_marge', 'geen_verandering') THEN 'gelijk'
        WHEN oordeel IN ('als_nederland', 'veel_gedeeld') THEN 'midden' ELSE oordeel END AS samen,
        -- wat later is gezien dan zijn periode, is zo oud als toen; een trend houdt op waar zijn venster ophoudt
        if(soort = 'trend', greatest(left(periode, 4)::INTEGER, least(left(periode, 4)::INTEGER + jaren_later, e.editie - 1)),
            left(periode, 4)::INTEGER + jaren_later) || substr(periode, 5) AS gezien
    FROM verzameld
    CROSS JOIN invoer.editie AS e
),
geheel AS (
    SELECT telling, groep, over, over_laag, count(*) FILTER (actueel)::INTEGER AS telling_van,
        count(*) FILTER (NOT actueel)::INTEGER AS verouderd, count(*) FILTER (actueel AND afstand)::INTEGER AS afstanden, max(gezien) FILTER (actueel) AS periode,
        min(gezien) FILTER (actueel) AS periode_oudst, min(periode_eerder) FILTER (actueel) AS periode_eerder
    FROM geoordeeld
    GROUP BY ALL
    -- een cijfer in twaalf gemeenten is een ontwikkeling, geen twaalf
    HAVING over_laag <> 'gemeente' OR over NOT IN (SELECT code FROM invoer.gebied)
        OR count(DISTINCT indicator) FILTER (actueel) >= (SELECT minste_telling FROM invoer.rekenregel)
),
telling AS (
    SELECT g.telling AS soort, g.groep, g.over AS regio, g.over_laag AS laag, g.periode, g.periode_oudst, g.periode_eerder,
        o.oordeel, g.telling_van, g.verouderd, g.afstanden, count(c.bewering)::INTEGER AS aantal,
        -- een plaats houdt haar kwart ook waar zij met haar marge een ander kon hebben; een verschil heet dan gelijk
        count(c.bewering) FILTER (c.zekerheid = 'marge_onbekend' OR g.telling = 'telling_plaats' AND c.zekerheid = 'binnen_marge')::INTEGER AS onzeker,
        coalesce(list(c.bewering ORDER BY c.bewering) FILTER (c.bewering IS NOT NULL), []) AS geteld
    FROM geheel AS g
    JOIN (VALUES
        ('telling_verandering', 'gunstig'), ('telling_verandering', 'ongunstig'), ('telling_verandering', 'gelijk'),
        ('telling_trend', 'gunstig'), ('telling_trend', 'ongunstig'), ('telling_trend', 'gelijk'),
        ('telling_verschil_nl', 'gunstig'), ('telling_verschil_nl', 'ongunstig'), ('telling_verschil_nl', 'gelijk'),
        ('telling_verschil_buur', 'gunstig'), ('telling_verschil_buur', 'ongunstig'), ('telling_verschil_buur', 'gelijk'),
        ('telling_plaats', 'bovenste_kwart'), ('telling_plaats', 'midden'), ('telling_plaats', 'onderste_kwart')
    ) AS o(telling, oordeel) ON o.telling = g.telling
    LEFT JOIN geoordeeld AS c
        ON c.telling = g.telling AND c.groep = g.groep AND c.over = g.over AND c.over_laag = g.over_laag
        AND c.samen = o.oordeel AND c.actueel
    WHERE g.telling_van > 0
    GROUP BY ALL
),
-- gaat het vaker beter dan slechter? Ook als beide even vaak voorkomen, is het ene aantal door toeval wat groter; de 1 is
-- de continuïteitscorrectie, waarmee de benadering ook bij weinig cijfers zegt wat de tekentoets zegt
antwoord AS (
    SELECT 'antwoord' AS soort, t.groep, t.regio, t.laag, t.periode, t.periode_oudst, t.periode_eerder, t.telling_van,
        t.verouderd, t.onzeker + s.onzeker AS onzeker, t.aantal::DOUBLE AS waarde, s.aantal::DOUBLE AS waarde_tegen,
        (t.aantal - s.aantal)::DOUBLE AS verschil, 1 + r.marge_se * sqrt(t.aantal + s.aantal) AS grens,
        list_concat(t.geteld, s.geteld) AS geteld,
        CASE WHEN t.telling_van < r.minste_telling THEN 'geen'
            WHEN abs(t.aantal - s.aantal) <= 1 + r.marge_se * sqrt(t.aantal + s.aantal) THEN 'gelijk'
            -- duidelijk is het pas als het ook zonder die zo is die zelf toeval kunnen zijn
            WHEN sign(t.aantal - s.aantal) * (t.aantal - t.onzeker - s.aantal + s.onzeker)
                <= 1 + r.marge_se * sqrt(t.aantal - t.onzeker + s.aantal - s.onzeker) THEN 'gelijk'
            WHEN t.aantal > s.aantal THEN 'gunstig' ELSE 'ongunstig' END AS oordeel
    FROM telling AS t
    JOIN telling AS s ON s.soort = t.soort AND s.groep = t.groep AND s.regio = t.regio AND s.laag = t.laag
        AND s.oordeel = 'ongunstig'
    CROSS JOIN invoer.rekenregel AS r
    WHERE t.soort = 'telling_verandering' AND t.oordeel = 'gunstig'
),
alle AS (
    SELECT bewering, soort, indicator, buur AS groep, naam, regio, laag, periode, periode AS periode_oudst, periode_eerder,
        reeks, uitgave, if(tegen = 'geen', NULL, reeks) AS reeks_tegen, if(tegen = 'geen', NULL, uitgave) AS uitgave_tegen,
        tegen, waarde, waarde_tegen, verschil, grens, oordeel, zekerheid, aantal, rang, rang_van, gedeeld, met_kant, actueel,
        samen_met
    FROM tegenspraak
    UNION ALL BY NAME
    SELECT concat_ws('/', soort, indicator, nullif(groep, ''), regio) AS bewering, f.* EXCLUDE (periode_eerder)
            REPLACE (if(v.reeks = 'prognose', 'interval', f.zekerheid) AS zekerheid), periode AS periode_oudst, periode_eerder,
        v.reeks, indicator AS uitgave, v.reeks AS reeks_tegen, indicator AS uitgave_tegen
    FROM reken.bewering_figuur AS f
    JOIN (SELECT id, if(meting = 'verwachting', 'prognose', 'realisatie') AS reeks FROM monitor.indicator) AS v ON v.id = f.indicator
    UNION ALL BY NAME
    SELECT concat_ws('/', soort, groep, regio) AS bewering, soort, groep, naam, regio, laag, periode,
        periode AS periode_oudst, periode_eerder, reeks, uitgave, if(tegen = 'geen', NULL, reeks) AS reeks_tegen,
        if(tegen = 'geen', NULL, uitgave) AS uitgave_tegen, tegen, waarde, waarde_tegen, verschil, marge_onder,
        marge_boven, oordeel, zekerheid, status_cellen, oordeel IN ('gunstig', 'ongunstig') AS met_kant, true AS actueel
    FROM reken.bewering_analyse
    UNION ALL BY NAME
    SELECT concat_ws('/', soort, groep, regio, if(laag = 'gemeente' AND regio IN (SELECT code FROM invoer.gebied), laag, NULL),
            oordeel) AS bewering,
        soort, groep, 'indicatoren' AS naam, regio, laag, periode, periode_oudst, periode_eerder, 'realisatie' AS reeks,
        'telling' AS uitgave, 'geen' AS tegen, oordeel, 'telling' AS zekerheid, aantal, telling_van, onzeker, afstanden, verouderd,
        true AS met_kant, true AS actueel, geteld
    FROM telling
    UNION ALL BY NAME
    SELECT concat_ws('/', soort, groep, regio, if(laag = 'gemeente' AND regio IN (SELECT code FROM invoer.gebied), laag, NULL))
            AS bewering,
        soort, groep, 'indicatoren' AS naam, regio, laag, periode, periode_oudst, periode_eerder, 'realisatie' AS reeks,
        'telling' AS uitgave, 'geen' AS tegen, waarde, waarde_tegen, verschil, grens, oordeel, 'telling' AS zekerheid,
        waarde::INTEGER AS aantal, telling_van, onzeker, verouderd, true AS met_kant, true AS actueel, geteld
    FROM antwoord
)
SELECT
    bewering, soort, indicator, groep, naam, regio, laag, periode, periode_oudst, periode_eerder, reeks, uitgave,
    reeks_tegen, uitgave_tegen, tegen, waarde, waarde_tegen, verschil, marge_onder, marge_boven, grens, oordeel, zekerheid, status_cellen,
    aantal, telling_van, onzeker, afstanden, verouderd, rang, rang_van, coalesce(gedeeld, false) AS gedeeld, met_kant, actueel, samen_met,
    coalesce(geteld, CAST([] AS VARCHAR[])) AS geteld,
    CASE
        WHEN regio IN (SELECT code FROM invoer.gebied) THEN ['samenvatting', 'stukken', 'hoofdstuk']
        -- wie het vaakst boven of onder staat, is een vergelijking van gebieden
        WHEN soort = 'telling_plaats' AND groep = 'alles' THEN ['samenvatting', 'stukken', 'gebied']
        ELSE ['stukken', 'hoofdstuk', 'gebied']
    END AS gebruikt_in
FROM alle
