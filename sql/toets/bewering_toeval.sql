/*
omschrijving: >
  Krijgt een verschil tussen twee aantallen gebeurtenissen (faillissementen), of tussen twee saldi ervan (wie kwam min wie ging), dat
  toeval kan zijn, geen oordeel? Ook als er niets verandert, is het ene jaar wat meer dan het andere. Opnieuw gerekend uit de
  tellers, en van een saldo uit beide stromen, los van de bewering.
tabel: monitor.bewering
zwaarte: blokkeert
reden: van 77 naar 88 faillissementen is geen ander jaar, en wie het ongunstig noemt ziet zijn bericht het jaar erop omgekeerd
datum: 2026-11-29
uit: [invoer.rekenregel, kern.waarneming, monitor.bewering, monitor.herkomst, monitor.indicator, monitor.indicatorwaarde]
uitleg: een verschil dat kleiner is dan marge_se maal de wortel van beide aantallen samen, krijgt geen oordeel
vervolg: Kijk naar teller in monitor.indicatorwaarde, van een saldo naar zijn cellen in monitor.herkomst, en naar gebeurtenissen op de kaart.
sleutel: [bewering]
*/
WITH stroom AS (
    SELECT h.indicator, h.regio, h.periode, sum(abs(h.gewicht) * c.waarde) AS omvang
    FROM monitor.herkomst AS h
    JOIN kern.waarneming AS c
        ON c.bron = h.bron AND c.tabel = h.tabel AND c.onderwerp = h.onderwerp AND c.uitsplitsing = h.cel_uitsplitsing
        AND c.regio = h.cel_regio AND c.periode = h.cel_periode
    WHERE h.rol = 'teller' AND h.indicator IN (SELECT id FROM monitor.indicator WHERE gebeurtenissen)
    GROUP BY ALL
    HAVING min(h.gewicht) < 0
),
cijfer AS (
    SELECT w.indicator, w.regio, w.periode, w.waarde, w.teller,
        -- wat een gebeurtenis erbij aan de waarde doet, en hoeveel gebeurtenissen er waren
        coalesce(w.waarde / nullif(w.teller, 0), 1 / coalesce(w.noemer, 1)) AS stap, coalesce(s.omvang, w.teller) AS omvang
    FROM monitor.indicatorwaarde AS w
    LEFT JOIN stroom AS s ON s.indicator = w.indicator AND s.regio = w.regio AND s.periode = w.periode
    WHERE w.uitsplitsing = 'totaal' AND w.marge_onder IS NULL
        AND w.indicator IN (SELECT id FROM monitor.indicator WHERE gebeurtenissen AND aggregatie IN ('som', 'verhouding'))
),
geteld AS (
    SELECT b.bewering, b.oordeel, b.verschil, nu.omvang, toen.omvang AS omvang_eerder,
        r.marge_se * sqrt(pow(nu.stap, 2) * nu.omvang + pow(toen.stap, 2) * toen.omvang) AS toeval
    FROM monitor.bewering AS b
    JOIN cijfer AS nu ON nu.indicator = b.indicator AND nu.regio = b.regio AND nu.periode = b.periode
    JOIN cijfer AS toen ON toen.indicator = b.indicator AND toen.regio = b.regio AND toen.periode = b.periode_eerder
    CROSS JOIN invoer.rekenregel AS r
    WHERE b.soort = 'verandering'
)
SELECT bewering, omvang_eerder, omvang, verschil, toeval, oordeel,
    oordeel NOT IN ('gunstig', 'ongunstig', 'hoger', 'lager') AS klopt
FROM geteld
WHERE abs(verschil) <= toeval
