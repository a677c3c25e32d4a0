/*
omschrijving: >
  Wat kringen van mensen zien, naast het oordeel over de indicator die het meet. Het signaal is een beeld van toen, het cijfer
  is van nu; dat zij passen of niet, zegt niets over de oorzaak. Meet een indicator maar een deel van een signaal, dan volgt er geen uitspraak.
uit: [invoer.beleid_signaal, invoer.gebied, invoer.kaart, kern.regio, monitor.bewering, monitor.oordeel, monitor.stand]
# of a claim only those of the card that a signal names are read
herkomst: {kaarten: signalen, reeel: true}
sleutel: [editie, id]
zoals: {assets.beleid.tabellen.SIGNAAL: alles}
kolommen:
  gebied_code: {type: VARCHAR, uitleg: code van de regio waar het over gaat}
  gebied_naam: {type: VARCHAR, uitleg: naam daarvan}
  uitkomst: {type: VARCHAR, uitleg: wat de cijfers erover zeggen, lijst: signaaluitkomst}
  trend: {type: VARCHAR, uitleg: "trend van de indicator in die regio, bij stijgt of daalt", lijst: trend}
  trend_helling: {type: DOUBLE, uitleg: verandering per jaar, eenheid: eenheid van de kaart per jaar}
  trend_van: {type: INTEGER, uitleg: het jaar van het eerste cijfer van die trend}
  cijfer: {type: DOUBLE, uitleg: "waarde van de indicator in die regio, bij hoger, lager of onder nul, en van een saldo onder nul", eenheid: eenheid van de kaart}
  cijfer_nl: {type: DOUBLE, uitleg: waarde van Nederland in dezelfde periode, eenheid: eenheid van de kaart}
  van_jaar: {type: INTEGER, uitleg: "het jaar van dat cijfer, of van het laatste cijfer van de trend"}
*/
WITH naast AS (
    SELECT s.*, coalesce(s.gebied, g.code) AS gebied_code, e.naam AS gebied_naam, k.id IS NOT NULL AS is_kaart, s.bewering IN ('stijgt', 'daalt') AS over_trend,
        o.trend, o.trend_helling, left(coalesce(v.periode, o.laatste_periode), 4)::INTEGER AS trend_tot, list_contains(trend_beweegt, o.trend) AS beweegt,
        beweegt OR list_contains(trend_onveranderd, o.trend) AS uitspraak, t.waarde, t.waarde_nl, t.laatste_periode,
        left(v.periode_eerder, 4)::INTEGER AS trend_van, b.oordeel AS naast_nl, s.bewering = 'onder_nul' AS over_nul,
        -- een saldo onder nul dat stijgt, is nog steeds een verlies
        coalesce(t.waarde < 0, false) AS is_verlies,
        -- zo dicht bij nul is niet eronder; van nul is een procent niets
        if(k.merkbaar_maat = 'eenheid', k.merkbaar, 0) AS rond_nul
    FROM invoer.beleid_signaal AS s
    CROSS JOIN invoer.gebied AS g
    LEFT JOIN (SELECT code, any_value(naam ORDER BY geldig_van DESC) AS naam FROM kern.regio GROUP BY ALL) AS e
        ON e.code = coalesce(s.gebied, g.code)
    LEFT JOIN invoer.kaart AS k ON k.id = s.kaart
    LEFT JOIN monitor.oordeel AS o
        ON o.indicator = s.kaart AND o.regio = coalesce(s.gebied, g.code) AND o.uitsplitsing = 'totaal' AND o.laatste_periode IS NOT NULL
    LEFT JOIN monitor.stand AS t
        ON t.indicator = s.kaart AND t.regio = coalesce(s.gebied, g.code) AND t.uitsplitsing = 'totaal' AND t.waarde IS NOT NULL
    LEFT JOIN monitor.bewering AS v ON v.soort = 'trend' AND v.indicator = s.kaart AND v.regio = coalesce(s.gebied, g.code)
    LEFT JOIN monitor.bewering AS b ON b.soort = 'verschil_nl' AND b.indicator = s.kaart AND b.regio = coalesce(s.gebied, g.code)
)
SELECT * EXCLUDE (is_kaart, over_trend, trend, trend_helling, trend_van, trend_tot, uitspraak, beweegt, waarde, waarde_nl, laatste_periode,
        naast_nl, over_nul, is_verlies, rond_nul),
    CASE
        WHEN bewering IS NULL THEN 'niet_te_toetsen'
        WHEN NOT is_kaart OR if(over_trend, trend IS NULL, waarde IS NULL) THEN 'geen_cijfer'
        -- van drie dingen is er een gemeten, of iets dat erop lijkt: dat past niet bij het geheel en strijdt er niet mee
        WHEN deels THEN 'geen_uitspraak'
        WHEN over_trend AND NOT uitspraak THEN 'geen_uitspraak'
        WHEN over_trend AND NOT beweegt THEN 'niet_gebleken'
        WHEN over_trend AND is_verlies AND (trend_helling > 0) <> (bewering = 'stijgt') THEN 'geen_uitspraak'
        WHEN over_trend THEN if((trend_helling > 0) = (bewering = 'stijgt'), 'past', 'past_niet')
        WHEN over_nul AND abs(waarde) <= coalesce(rond_nul, 0) THEN 'niet_gebleken'
        WHEN over_nul THEN if(is_verlies, 'past', 'past_niet')
        -- of het anders is dan in Nederland, zegt de bewering daarover; zonder haar (geen cijfer, een totaal) zegt niets het
        WHEN naast_nl IS NULL THEN 'geen_uitspraak'
        WHEN naast_nl IN ('nagenoeg_gelijk', 'binnen_marge') THEN 'niet_gebleken'
        ELSE if((waarde > waarde_nl) = (bewering = 'hoger_dan_nl'), 'past', 'past_niet')
    END AS uitkomst,
    if(over_trend, trend, NULL) AS trend, if(over_trend, trend_helling, NULL) AS trend_helling, if(over_trend, trend_van, NULL) AS trend_van,
    if(NOT over_trend OR is_verlies, waarde, NULL) AS cijfer, if(NOT (over_trend OR over_nul), waarde_nl, NULL) AS cijfer_nl,
    if(over_trend, trend_tot, left(laatste_periode, 4)::INTEGER) AS van_jaar
FROM naast
