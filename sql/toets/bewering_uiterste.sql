/*
omschrijving: >
  Staat een gebied alleen bovenaan of onderaan als geen ander daar met zijn marge ook kan staan? Van wat optelt is er geen, en van
  een schatting zonder marge ook niet; van gebeurtenissen alleen als hun toeval is nagerekend. Opnieuw gerekend uit de cijfers, los
  van de bewering. En heet wat er verder over een figuur wordt gezegd nergens zo zeker als een telling waar het een schatting, een
  prognose of gebeurtenissen zijn?
tabel: monitor.bewering
zwaarte: blokkeert
reden: "'hoogst in Emmen' boven drie gemeenten die binnen elkaars marge liggen, is een naam die de bron niet geeft"
datum: 2026-11-30
uit: [monitor.bewering, monitor.indicator, monitor.indicatorwaarde]
uitleg: wie het hoogst of het laagst heet, ligt buiten de marge van alle andere, en van schattingen en gebeurtenissen is niets zo zeker als een telling
vervolg: Kijk naar marge_onder en marge_boven in monitor.indicatorwaarde, en naar meting en gebeurtenissen op de kaart.
sleutel: [bewering]
*/
WITH cijfer AS (
    SELECT b.bewering, b.soort, b.groep, b.indicator, b.laag, b.zekerheid, b.oordeel, w.periode, w.waarde, i.telt_op,
        coalesce(i.meting IN ('steekproef', 'om_de_paar_jaar', 'modelschatting'), false) AS geschat,
        coalesce(i.gebeurtenissen, false) AS gebeurtenissen,
        (w.marge_boven - w.marge_onder) / 2 AS marge
    FROM monitor.bewering AS b
    JOIN monitor.indicator AS i ON i.id = b.indicator
    JOIN monitor.indicatorwaarde AS w ON w.indicator = b.indicator AND w.regio = b.regio AND w.uitsplitsing = 'totaal'
    -- een stand is er van elk gebied van het rapport
    WHERE b.soort = 'stand' OR b.soort = 'uiterste' AND w.periode = b.periode
),
ander AS (
    SELECT u.bewering, count(*) AS andere
    FROM cijfer AS u
    JOIN cijfer AS a ON a.soort = 'stand' AND a.indicator = u.indicator AND a.laag = u.laag AND a.periode = u.periode
    WHERE u.soort = 'uiterste' AND abs(a.waarde - u.waarde) <= sqrt(pow(a.marge, 2) + pow(u.marge, 2))
        -- wie de plaats deelt, staat er zelf ook
        AND NOT EXISTS (FROM cijfer AS d
            WHERE d.soort = 'uiterste' AND d.groep = u.groep AND d.indicator = a.indicator AND d.laag = a.laag AND d.waarde = a.waarde)
    GROUP BY ALL
)
SELECT u.bewering, u.waarde, u.marge, u.zekerheid, coalesce(a.andere, 0) AS andere,
    a.andere IS NULL AND NOT u.telt_op AND u.oordeel IN ('hoger', 'lager') AND NOT (u.geschat AND u.marge IS NULL)
        AND NOT (u.gebeurtenissen AND u.zekerheid = 'telling') AS klopt
FROM cijfer AS u
LEFT JOIN ander AS a ON a.bewering = u.bewering
WHERE u.soort = 'uiterste'
UNION ALL BY NAME
SELECT b.bewering, b.waarde, b.zekerheid, b.zekerheid <> 'telling' AS klopt
FROM monitor.bewering AS b
JOIN monitor.indicator AS i ON i.id = b.indicator
WHERE b.soort IN ('spreiding', 'reeksgroei')
    AND (i.meting IN ('steekproef', 'om_de_paar_jaar', 'modelschatting', 'verwachting') OR coalesce(i.gebeurtenissen, false))
