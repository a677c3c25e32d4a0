/*
omschrijving: >
  Het oordeel over elke indicator in elke regio voor deze editie: beweegt hij, waar staat de regio, en wordt de kloof met
  Nederland groter of kleiner. De regels zijn keuzes van dit project (docs/keuzes.md). De kleuren zijn een signaal, geen
  waardering van beleid.
uit:
  - invoer.breuk
  - invoer.kaart
  - invoer.rekenregel
  - kern.regio
  - monitor.apart_gezet
  - monitor.indicatorwaarde
  - monitor.ontbrekend_lid
  - monitor.reele_waarde
  - reken.drempel
  - reken.reeks
  - reken.reekspunt
  - reken.te_grof
  - reken.toets
herkomst: {kaarten: alle, met: {beoordeeld: true}, reeel: true}
sleutel: [indicator, uitsplitsing, regio]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: code van de regio}
  editie: {type: INTEGER, uitleg: jaar van de editie}
  venster_van: {type: INTEGER, uitleg: "eerste jaar van het venster"}
  venster_tot: {type: INTEGER, uitleg: laatste jaar van het venster}
  laatste_periode: {type: VARCHAR, uitleg: "periode van rang en verschil: de laatste in het venster waarin een regio van deze soort een waarde heeft"}
  trend: {type: VARCHAR, uitleg: "gunstig, ongunstig, stijgend, dalend, nagenoeg gelijk (significant, maar te klein om ertoe te doen), geen significante verandering, te weinig gegevens (ook als alleen een ondenkbaar grote verandering was te vinden) of reeksbreuk"}
  trend_helling: {type: DOUBLE, uitleg: verandering per jaar, eenheid: eenheid van de kaart per jaar}
  trend_p: {type: DOUBLE, uitleg: tweezijdige p-waarde; leeg als er niet is getoetst}
  trend_p_bh: {type: DOUBLE, uitleg: "p volgens Benjamini-Hochberg, over alle toetsen van hetzelfde thema en dezelfde soort regio (in het rapport apart): beslist of de trend significant is"}
  aantoonbaar: {type: DOUBLE, uitleg: "bij geen significante verandering: de kleinste verandering over het venster die met 80% kans was gevonden", eenheid: eenheid van de kaart}
  trend_rho: {type: DOUBLE, uitleg: "autocorrelatie waarmee de lijn is getoetst, van de reeksen van deze indicator en soort regio samen; leeg zonder lijn"}
  trend_ols: {type: VARCHAR, uitleg: "de trend volgens gewone kleinste kwadraten, alsof de jaren los van elkaar staan", lijst: trend}
  p_ols: {type: DOUBLE, uitleg: p-waarde daarvan; leeg als er niet is getoetst}
  trend_n: {type: INTEGER, uitleg: aantal punten dat meetelt}
  trend_van: {type: INTEGER, uitleg: jaar van het eerste punt van de toets; leeg als er niet is getoetst}
  trend_tot: {type: INTEGER, uitleg: "jaar van het laatste punt, en dus waar de trend over gaat: het venster kan langer zijn; leeg als er niet is getoetst"}
  robuust: {type: VARCHAR, uitleg: "robuust, niet_robuust of niet_toetsbaar: of andere keuzes hetzelfde geven"}
  positie: {type: VARCHAR, uitleg: "bovenste_kwart, midden of onderste_kwart (gunstige kant eerst), naar rang_midden; zonder gunstige kant hoog, midden of laag; of n.b."}
  plaats_reden: {type: VARCHAR, lijst: plaatsreden, uitleg: "waarom positie n.b. is; leeg als er een plaats is"}
  rang: {type: INTEGER, uitleg: "plaats onder de regio's van dezelfde soort; 1 is het gunstigst, zonder gunstige kant het hoogst; wie dezelfde waarde heeft, deelt de eerste van hun plaatsen; leeg bij een aantal"}
  rang_midden: {type: DOUBLE, uitleg: "het gemiddelde van de plaatsen van wie dezelfde waarde heeft: daarmee is het kwart bepaald"}
  rang_van: {type: INTEGER, uitleg: aantal regio's van dezelfde soort met een waarde in die periode}
  verschil_nl: {type: DOUBLE, uitleg: "waarde min die van Nederland in dezelfde periode; leeg bij een aantal"}
  kloof: {type: VARCHAR, uitleg: "groter, kleiner, gelijk (geen significante verandering), nagenoeg gelijk (te klein om ertoe te doen) of n.b.: de grootte van het verschil met Nederland over het venster"}
  kloof_reden: {type: VARCHAR, lijst: kloofreden, uitleg: "waarom kloof n.b. is; leeg als er iets over te zeggen is"}
  telt_mee: {type: BOOLEAN, uitleg: "of dit oordeel in een telling meetelt: van kaarten die hetzelfde meten een per regio, de leidende, of waar die geen cijfer heeft een andere"}
  toelichting: {type: VARCHAR, uitleg: "hoe het oordeel tot stand kwam, en wat er niet kon"}
  kanttekening: {type: VARCHAR, uitleg: "hetzelfde in zinnen, zonder wat al uit trend, positie en kloof blijkt"}
*/
WITH waarde AS (
    SELECT s.*, k.richting, k.prijzen, k.deflator, k.aggregatie, k.telt_op, k.basisjaar, k.familie, k.leidend, k.groei,
        w.waarde, w.benadering,
        -- gelijk is gelijk in zo veel cijfers: de rest is afronding in de computer
        round(w.waarde, (e.rang_cijfers - 1 - floor(log10(nullif(abs(w.waarde), 0))))::INTEGER) AS gelijk
    FROM reken.reeks AS s
    JOIN invoer.kaart AS k ON k.id = s.indicator
    CROSS JOIN invoer.rekenregel AS e
    LEFT JOIN monitor.indicatorwaarde AS w
        ON w.indicator = s.indicator AND w.uitsplitsing = s.uitsplitsing AND w.regio = s.regio
        AND w.periode = s.laatste_periode
),
gerangschikt AS (
    SELECT reeks, soort,
        rank() OVER (eigen ORDER BY if(richting = 'lager', 1, -1) * coalesce(gelijk, waarde)) AS rang,
        count(*) OVER eigen AS rang_van,
        count(*) OVER (PARTITION BY indicator, uitsplitsing, soort, coalesce(gelijk, waarde)) AS delers, telt_op
    FROM waarde
    -- wat door afronding alle kanten op kan, telt ook bij de anderen niet mee
    ANTI JOIN reken.te_grof USING (reeks)
    -- een land is alleen, samengestelde regio's overlappen elkaar, en overig is geen regio
    WHERE waarde IS NOT NULL AND soort NOT IN ('land', 'samengesteld', 'overig')
    WINDOW eigen AS (PARTITION BY indicator, uitsplitsing, soort)
),
-- van een tabel die alleen voor een provincie is opgehaald, is plaats 2 van 13 geen bovenste kwart van alle gemeenten
rang AS (
    SELECT g.* EXCLUDE (soort, telt_op),
        -- wie gelijk is heeft samen het midden van zijn plaatsen: de eerste daarvan zou de bovenkant te groot maken
        rang + (delers - 1) / 2 AS rang_midden,
        rang_van < max(rang_van) OVER (PARTITION BY soort) * e.minste_deel_met_rang AS weinig
    FROM gerangschikt AS g
    CROSS JOIN invoer.rekenregel AS e
    -- meer van een aantal is een grotere regio, geen betere; voor hoeveel regio's er zijn telt het mee
    QUALIFY NOT telt_op
),
gat AS (
    SELECT p.reeks, min(p.gat_teken) = -1 AND max(p.gat_teken) = 1 AS wisselt
    FROM reken.reekspunt AS p
    JOIN reken.reeks AS s USING (reeks)
    WHERE p.gat IS NOT NULL AND p.jaar >= s.editie - (SELECT venster FROM invoer.rekenregel)
    GROUP BY p.reeks
),
breuk AS (
    SELECT t.reeks, max(b.vanaf) AS vanaf
    FROM reken.toets AS t
    JOIN reken.reeks AS s USING (reeks)
    JOIN invoer.breuk AS b ON b.indicator = s.indicator AND b.vanaf > t.eerder_tot AND b.vanaf <= t.tot
    WHERE t.breuk
    GROUP BY t.reeks
),
-- een bedrag zonder prijsindex heeft geen reeel bedrag, en dus geen trend; een bedrag van onbekende prijzen ook niet
prijspeil AS (
    SELECT s.reeks, any_value(v.prijspeil) AS prijspeil,
        string_agg(left(v.periode, 4), ', ' ORDER BY v.periode) FILTER (v.waarde IS NULL AND v.bronpeil IS NOT NULL) AS zonder_index,
        string_agg(left(v.periode, 4), ', ' ORDER BY v.periode) FILTER (v.bronpeil IS NULL) AS onbekend
    FROM reken.reeks AS s
    JOIN monitor.reele_waarde AS v USING (indicator, uitsplitsing, regio)
    WHERE left(v.periode, 4)::INTEGER BETWEEN s.editie - (SELECT venster FROM invoer.rekenregel) AND s.editie - 1
    GROUP BY s.reeks
),
zonder AS (
    SELECT o.indicator, o.uitsplitsing, o.regio, o.periode, string_agg(r.naam, ', ' ORDER BY r.naam) AS leden
    FROM monitor.ontbrekend_lid AS o
    JOIN kern.regio AS r ON r.code = o.lid
    GROUP BY ALL
),
-- mist niet elk jaar hetzelfde lid, dan verandert de waarde ook daardoor
mist AS (
    SELECT s.reeks, max(z.leden) FILTER (z.periode = s.laatste_periode) AS zonder,
        count(DISTINCT coalesce(z.leden, '')) > 1 AS leden_wisselen
    FROM reken.reeks AS s
    SEMI JOIN zonder USING (indicator, uitsplitsing, regio)
    JOIN monitor.indicatorwaarde AS w USING (indicator, uitsplitsing, regio)
    LEFT JOIN zonder AS z
        ON z.indicator = s.indicator AND z.uitsplitsing = s.uitsplitsing AND z.regio = s.regio AND z.periode = w.periode
    WHERE w.waarde IS NOT NULL AND left(w.periode, 4)::INTEGER BETWEEN s.editie - (SELECT venster FROM invoer.rekenregel) AND s.editie - 1
    GROUP BY s.reeks
),
-- een bron die haar decimalen niet noemt, kan een marge op nul afronden: hoe klein zij dan is, is niet te weten
nulmarge AS (
    SELECT DISTINCT s.reeks
    FROM reken.reeks AS s
    JOIN reken.toets AS t ON t.reeks = s.reeks
    JOIN monitor.indicatorwaarde AS w ON w.indicator = s.indicator AND w.uitsplitsing = s.uitsplitsing AND w.regio = s.regio
    WHERE t.verschil AND w.marge_boven = w.marge_onder AND left(w.periode, 4)::INTEGER IN (t.van, t.tot)
),
-- wie nooit een cijfer had, heeft er ook geen van andere jaren
leeg AS (
    SELECT s.reeks
    FROM reken.reeks AS s
    SEMI JOIN (SELECT reeks FROM reken.toets WHERE n = 0) AS t ON t.reeks = s.reeks
    ANTI JOIN (SELECT indicator, uitsplitsing, regio FROM monitor.indicatorwaarde WHERE waarde IS NOT NULL) AS w
        ON w.indicator = s.indicator AND w.uitsplitsing = s.uitsplitsing AND w.regio = s.regio
),
-- wie apart is gezet doet in de rang niet mee
apart AS (
    SELECT a.indicator, a.uitsplitsing, r.soort, a.periode, count(DISTINCT a.regio) AS apart
    FROM monitor.apart_gezet AS a
    JOIN kern.regio AS r ON r.code = a.regio
    GROUP BY ALL
),
-- de trend in een woord, met onze toets en met gewone kleinste kwadraten
woord AS (
    SELECT t.reeks, t.toets,
        CASE
            WHEN t.reeksbreuk THEN 'reeksbreuk'
            WHEN t.p IS NULL THEN 'te weinig gegevens'
            WHEN t.p >= (SELECT alfa FROM invoer.rekenregel)
                THEN if(t.aantoonbaar > d.denkbaar, 'te weinig gegevens', 'geen significante verandering')
            -- precies op de drempel doet ertoe, hoe een machine het ook afrondt
            WHEN abs(t.helling) * t.jaren < d.drempel * (1 - (SELECT rekenfout FROM invoer.rekenregel)) THEN 'nagenoeg gelijk'
            -- groeit het elk jaar minder hard, dan groeit het nog
            WHEN w.richting NOT IN ('hoger', 'lager') OR w.groei OR (w.prijzen = 'lopend' AND w.deflator IS NULL)
                THEN if(t.helling > 0, 'stijgend', 'dalend')
            ELSE if((t.helling > 0) = (w.richting = 'hoger'), 'gunstig', 'ongunstig')
        END AS woord
    FROM (
        SELECT reeks, 'onze' AS toets, reeksbreuk, p_bh AS p, helling, tot - van AS jaren, aantoonbaar FROM reken.toets
        UNION ALL
        SELECT reeks, 'gewone', reeksbreuk, p_ols, helling_ols, NULL, NULL FROM reken.toets
    ) AS t
    JOIN waarde AS w USING (reeks)
    JOIN reken.drempel AS d USING (reeks)
),
oordeel AS (
    SELECT w.*, a.apart, f.reeks IS NOT NULL AS te_grof, t.* EXCLUDE (reeks), r.* EXCLUDE (reeks), b.vanaf, g.wisselt, m.* EXCLUDE (reeks), l.* EXCLUDE (reeks), n.waarde AS waarde_nl,
        z.reeks IS NOT NULL AS marge_nul, x.reeks IS NOT NULL AS leeg, nieuw.woord AS trend, gewoon.woord AS trend_ols, d.drempel, d.drempel_kloof,
        w.richting IN ('hoger', 'lager') AS gunstige_kant
    FROM waarde AS w
    JOIN reken.toets AS t ON t.reeks = w.reeks
    JOIN reken.drempel AS d ON d.reeks = w.reeks
    JOIN woord AS nieuw ON nieuw.reeks = w.reeks AND nieuw.toets = 'onze'
    JOIN woord AS gewoon ON gewoon.reeks = w.reeks AND gewoon.toets = 'gewone'
    LEFT JOIN rang AS r ON r.reeks = w.reeks
    LEFT JOIN reken.te_grof AS f ON f.reeks = w.reeks
    LEFT JOIN breuk AS b ON b.reeks = w.reeks
    LEFT JOIN gat AS g ON g.reeks = w.reeks
    LEFT JOIN mist AS m ON m.reeks = w.reeks
    LEFT JOIN prijspeil AS l ON l.reeks = w.reeks
    LEFT JOIN nulmarge AS z ON z.reeks = w.reeks
    LEFT JOIN leeg AS x ON x.reeks = w.reeks
    LEFT JOIN apart AS a
        ON a.indicator = w.indicator AND a.uitsplitsing = w.uitsplitsing AND a.soort = w.soort
        AND a.periode = w.laatste_periode
    LEFT JOIN monitor.indicatorwaarde AS n
        ON n.indicator = w.indicator AND n.uitsplitsing = w.uitsplitsing AND n.periode = w.laatste_periode
        AND n.regio = 'NL01'
),
-- wat er bij een oordeel te zeggen is, in delen: trend, plaats en kloof zegt het rapport soms al in een zin
opgemerkt AS (
    SELECT *,
        -- de trend
        CASE
            WHEN n = 0 AND onbekend IS NOT NULL THEN
                'de bron zegt niet of de inflatie van dit bedrag af is: daarom geen verandering en geen trend'
            WHEN n = 0 AND zonder_index IS NOT NULL THEN 'geen prijsindex: zonder die index zegt de trend van een bedrag niets'
            WHEN n = 0 AND leeg THEN 'er is geen cijfer van dit gebied'
            WHEN n = 0 THEN 'sinds ' || (editie - venster) || ' is er geen cijfer'
            WHEN verschil AND p IS NULL THEN
                if(marge_nul, 'marge afgerond op nul', 'marge niet gepubliceerd') || ': het verschil tussen ' || van || ' en ' || tot || ' is niet te toetsen'
            WHEN verschil THEN 'het verschil tussen ' || van || ' en ' || tot || ' is getoetst met de marges van beide jaren'
            WHEN meting = 'voortschrijdend' AND NOT reeksbreuk THEN
                'voortschrijdend gemiddelde: alleen de ' || n || ' cijfers die niet overlappen'
            WHEN p IS NULL AND NOT reeksbreuk THEN if(n = 1, 'er is 1 cijfer', 'er zijn ' || n || ' cijfers') || ' van '
                || (editie - venster) || ' tot en met ' || (editie - 1) || '; voor een trend zijn er '
                || if(meting = 'om_de_paar_jaar', minste_metingen_woord, minste_punten_woord) || ' nodig'
        END AS van_trend,
        list_filter([
            CASE WHEN breuk AND reeksbreuk THEN
                'reeksbreuk in ' || vanaf || ': sindsdien ' || n || if(n = 1, ' cijfer', ' cijfers') || ', ' || minste_punten_woord || ' nodig'
            WHEN breuk THEN 'reeksbreuk in ' || vanaf || ': de trend gaat over ' || van || ' tot en met ' || tot
            END,
            CASE WHEN breuk AND eerder_p IS NOT NULL THEN 'ervoor (' || eerder_van || if(eerder_tot > eerder_van, '-' || eerder_tot, '') || ') ' || CASE
                WHEN eerder_p >= alfa THEN 'geen duidelijke verandering'
                ELSE if(eerder_helling > 0, 'stijgend', 'dalend')
            END END,
            CASE
                WHEN trend = 'te weinig gegevens' AND p IS NOT NULL THEN
                    'de cijfers schommelen te veel om een trend te zien'
            END,
            -- dat de bron geen marges geeft, zegt een blad een keer
            CASE WHEN gewogen THEN 'een jaar met een kleine marge telt zwaarder mee' END,
            CASE
                WHEN deflator IS NOT NULL AND n > 0 THEN 'trend in prijzen van ' || prijspeil
                    || coalesce(', zonder ' || zonder_index || ': daarvan is er geen prijsindex', '')
                    || coalesce(', zonder ' || onbekend || ': daarvan zegt de bron niet of de inflatie eraf is', '')
                WHEN prijzen = 'lopend' AND p IS NOT NULL THEN 'lopende prijzen: geen gunstig of ongunstig op de trend'
            END,
            CASE WHEN benadering THEN
                'benadering: ' || if(aggregatie = 'gewogen', 'gewogen gemiddelde van gemeenten', 'verhouding van gemeenten')
                || coalesce(', zonder ' || zonder, '')
            END,
            CASE WHEN leden_wisselen THEN 'niet elk jaar ontbreken dezelfde gemeenten: de reeks verandert ook daardoor' END
        ], lambda deel: deel IS NOT NULL) AS van_reeks,
        -- de positie
        CASE
            WHEN soort IN ('land', 'samengesteld', 'overig') THEN 'regiosoort'
            WHEN telt_op THEN 'telt_op'
            WHEN basisjaar IS NOT NULL THEN 'index'
            WHEN te_grof THEN 'afronding'
            WHEN rang IS NULL THEN 'geen_waarde'
            WHEN rang_van < minste_regios THEN 'weinig_regios'
            WHEN weinig THEN 'nog_geen_helft'
        END AS plaats_reden,
        CASE
            WHEN laatste_periode IS NULL THEN NULL
            WHEN plaats_reden = 'telt_op' THEN 'telt op: geen plaats, want meer is een grotere regio'
            WHEN plaats_reden = 'index' THEN 'geen plaats: elke regio begint de index op haar eigen niveau'
            WHEN plaats_reden = 'afronding' THEN 'geen plaats: door de afronding van de bron is de volgorde niet zeker'
            WHEN plaats_reden = 'geen_waarde' THEN 'geen waarde in ' || left(laatste_periode, 4)
            WHEN plaats_reden = 'weinig_regios' THEN 'te weinig regio''s van deze soort om een plaats te geven: minder dan ' || minste_regios_woord
            WHEN plaats_reden = 'nog_geen_helft' THEN 'geen plaats: nog niet de helft van de regio''s van deze soort heeft een cijfer'
            WHEN plaats_reden IS NULL AND NOT gunstige_kant THEN 'geen gunstige kant: rang 1 is het hoogst'
        END AS van_plaats,
        CASE WHEN delers > rang_van / plaats_delen AND plaats_reden IS NULL THEN 'rang gedeeld door ' || delers || ' regio''s' END AS van_rang,
        CASE WHEN rang IS NOT NULL THEN
            'rang zonder ' || apart || if(apart = 1, ' regio', ' regio''s') || ': het cijfer daarvan kan niet kloppen'
        END AS van_apart,
        -- de kloof
        CASE
            WHEN regio = 'NL01' THEN 'land'
            WHEN telt_op THEN 'telt_op'
            WHEN basisjaar BETWEEN editie - venster AND editie - 1 THEN if(waarde_nl IS NULL, 'geen_nederland', 'index')
            WHEN kloof_p IS NULL THEN if(kloof_n = 0, 'geen_nederland', 'weinig_cijfers')
        END AS kloof_reden,
        CASE
            WHEN (n = 0 AND zonder_index IS NULL AND onbekend IS NULL) OR kloof_reden IN ('land', 'telt_op') THEN NULL
            WHEN kloof_reden = 'index' THEN 'de kloof met Nederland is niet te geven: in ' || basisjaar || ' is elke regio 100'
            WHEN kloof_reden = 'geen_nederland' THEN 'geen cijfer van Nederland in de bron'
            WHEN kloof_reden = 'weinig_cijfers' THEN 'te weinig gegevens voor de kloof met Nederland'
            WHEN prijzen = 'lopend' THEN 'kloof in procenten van Nederland'
        END AS van_kloof,
        CASE WHEN kloof_reden IS NULL AND wisselt THEN 'het cijfer ligt het ene jaar boven dat van Nederland en het andere jaar eronder' END AS van_teken,
        n > 0 AND p IS NULL AND NOT verschil AND meting NOT IN ('voortschrijdend', 'om_de_paar_jaar') AS trend_gezegd,
        -- dat een aantal geen plaats heeft, zegt de kaart al
        plaats_reden IS NULL OR plaats_reden = 'telt_op' AS plaats_gezegd,
        kloof_reden IS NOT DISTINCT FROM 'weinig_cijfers' AS kloof_gezegd
    FROM oordeel
    CROSS JOIN invoer.rekenregel
)
SELECT
    indicator, uitsplitsing, regio, editie, editie - venster AS venster_van, editie - 1 AS venster_tot, laatste_periode,
    trend, helling AS trend_helling, p AS trend_p, p_bh AS trend_p_bh,
    -- wat kleiner is dan de drempel zou nagenoeg gelijk heten
    CASE WHEN p IS NOT NULL AND trend IN ('geen significante verandering', 'te weinig gegevens') THEN greatest(aantoonbaar, drempel) END
        AS aantoonbaar,
    rho AS trend_rho, trend_ols, p_ols,
    -- een woord dat er niet is, is niet robuust
    n::INTEGER AS trend_n, CASE WHEN p IS NOT NULL THEN van::INTEGER END AS trend_van,
    CASE WHEN p IS NOT NULL THEN tot::INTEGER END AS trend_tot,
    if(trend IN ('te weinig gegevens', 'reeksbreuk'), 'niet_toetsbaar', robuust) AS robuust,
    CASE
        WHEN plaats_reden IS NOT NULL THEN 'n.b.'
        WHEN rang_midden <= rang_van // plaats_delen THEN if(gunstige_kant, 'bovenste_kwart', 'hoog')
        WHEN rang_van + 1 - rang_midden <= rang_van // plaats_delen THEN if(gunstige_kant, 'onderste_kwart', 'laag')
        ELSE 'midden'
    END AS positie,
    plaats_reden, rang::INTEGER AS rang, rang_midden, rang_van::INTEGER AS rang_van,
    CASE WHEN NOT telt_op AND regio <> 'NL01' THEN waarde - waarde_nl END AS verschil_nl,
    CASE
        WHEN kloof_reden IS NOT NULL THEN 'n.b.'
        WHEN kloof_p >= alfa THEN 'gelijk'
        WHEN abs(kloof_helling) * (kloof_tot - kloof_van) < drempel_kloof * (1 - (SELECT rekenfout FROM invoer.rekenregel))
            THEN 'nagenoeg gelijk'
        ELSE if(kloof_helling > 0, 'groter', 'kleiner')
    END AS kloof,
    kloof_reden,
    row_number() OVER (
        PARTITION BY familie, if(familie IS NULL, indicator, NULL), uitsplitsing, regio
        -- in elk gebied dezelfde: alleen waar de leidende geen cijfer heeft valt een andere in, liefst met een plaats
        ORDER BY waarde IS NULL, NOT leidend, plaats_reden IS NOT NULL, indicator
    ) = 1 AS telt_mee,
    concat_ws('; ',
        van_trend, nullif(array_to_string(van_reeks, '; '), ''), van_plaats, van_rang, van_apart, van_kloof, van_teken
    ) AS toelichting,
    array_to_string(list_transform(
        list_filter(
            [if(trend_gezegd, NULL, van_trend)] || van_reeks
            || [if(plaats_gezegd, NULL, van_plaats), van_rang, van_apart, if(kloof_gezegd, NULL, van_kloof), van_teken],
            lambda deel: deel IS NOT NULL
        ),
        lambda deel: upper(left(deel, 1)) || substr(deel, 2) || '.'
    ), ' ') AS kanttekening
FROM opgemerkt
