/*
omschrijving: >
  Krijgt een verschil tussen twee aantallen gebeurtenissen (faillissementen) dat toeval kan zijn, geen oordeel? Ook als er niets
  verandert, is het ene jaar wat meer dan het andere. Opnieuw gerekend uit de tellers, los van de bewering.
tabel: monitor.bewering
zwaarte: blokkeert
reden: van 77 naar 88 faillissementen is geen ander jaar, en wie het ongunstig noemt ziet zijn bericht het jaar erop omgekeerd
datum: 2026-11-29
uit: [invoer.rekenregel, monitor.bewering, monitor.indicator, monitor.indicatorwaarde]
uitleg: een verschil dat kleiner is dan marge_se maal de wortel van beide aantallen samen, krijgt geen oordeel
vervolg: Kijk naar teller in monitor.indicatorwaarde en naar gebeurtenissen op de kaart.
sleutel: [bewering]
*/
WITH geteld AS (
    SELECT b.bewering, b.oordeel, b.verschil, nu.teller, toen.teller AS teller_eerder,
        -- waarde gedeeld door teller: wat een gebeurtenis erbij aan de waarde doet
        r.marge_se * sqrt(
            coalesce(pow(nu.waarde, 2) / nullif(nu.teller, 0), 0) + coalesce(pow(toen.waarde, 2) / nullif(toen.teller, 0), 0)
        ) AS toeval
    FROM monitor.bewering AS b
    JOIN monitor.indicator AS i ON i.id = b.indicator AND i.gebeurtenissen
    JOIN monitor.indicatorwaarde AS nu ON nu.indicator = b.indicator AND nu.uitsplitsing = 'totaal'
        AND nu.regio = b.regio AND nu.periode = b.periode AND nu.marge_onder IS NULL
    JOIN monitor.indicatorwaarde AS toen ON toen.indicator = b.indicator AND toen.uitsplitsing = 'totaal'
        AND toen.regio = b.regio AND toen.periode = b.periode_eerder AND toen.marge_onder IS NULL
    CROSS JOIN invoer.rekenregel AS r
    WHERE b.soort = 'verandering'
)
SELECT bewering, teller_eerder, teller, verschil, toeval, oordeel,
    oordeel NOT IN ('gunstig', 'ongunstig', 'hoger', 'lager') AS klopt
FROM geteld
WHERE abs(verschil) <= toeval
