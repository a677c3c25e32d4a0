/*
omschrijving: >
  Krijgt een verschil tussen twee aantallen gebeurtenissen (faillissementen), tussen twee saldi ervan (wie kwam min wie ging) of tussen
  twee delen van een groep (starters die er nog zijn), dat toeval kan zijn, geen oordeel? Ook als er niets verandert, is het ene
  jaar wat meer dan het andere, en het ene gebied dan het andere. Opnieuw gerekend uit de tellers en noemers, en van een saldo
  uit beide stromen, los van de bewering.
tabel: monitor.bewering
zwaarte: blokkeert
reden: van 77 naar 88 faillissementen is geen ander jaar, en wie het ongunstig noemt ziet zijn bericht het jaar erop omgekeerd
datum: 2026-11-29
uit: [invoer.rekenregel, kern.waarneming, monitor.bewering, monitor.herkomst, monitor.indicator, monitor.indicatorwaarde]
uitleg: een verschil dat kleiner is dan het toeval van beide aantallen samen, krijgt geen oordeel
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
    SELECT w.indicator, w.regio, w.periode,
        -- wat een gebeurtenis erbij aan de waarde doet, en hoeveel gebeurtenissen er waren
        coalesce(w.waarde / nullif(w.teller, 0), 1 / coalesce(w.noemer, 1)) AS stap, coalesce(s.omvang, w.teller) AS omvang,
        -- wie de rest van de groep is: van een deel is niet zeker wie, van een aantal niet hoeveel
        if(starts_with(i.eenheid, '% van '), greatest(w.noemer - w.teller, 0) / w.noemer, 1) AS rest
    FROM monitor.indicatorwaarde AS w
    JOIN monitor.indicator AS i ON i.id = w.indicator AND i.gebeurtenissen AND i.aggregatie IN ('som', 'verhouding')
    LEFT JOIN stroom AS s ON s.indicator = w.indicator AND s.regio = w.regio AND s.periode = w.periode
    WHERE w.uitsplitsing = 'totaal' AND w.marge_onder IS NULL
),
naast AS (
    SELECT bewering, oordeel, verschil, indicator, regio, periode,
        CASE soort WHEN 'verschil_nl' THEN 'NL01' WHEN 'verschil_buur' THEN groep ELSE regio END AS regio_tegen,
        if(soort = 'verandering', periode_eerder, periode) AS periode_tegen
    FROM monitor.bewering
    WHERE soort IN ('verandering', 'verschil_nl', 'verschil_buur')
),
geteld AS (
    SELECT b.bewering, b.oordeel, b.verschil, nu.omvang, tegen.omvang AS omvang_tegen,
        r.marge_se * sqrt(
            pow(nu.stap, 2) * (nu.omvang * nu.rest + pow(r.marge_se, 2) / 4)
            + pow(tegen.stap, 2) * (tegen.omvang * tegen.rest + pow(r.marge_se, 2) / 4)
        ) AS toeval
    FROM naast AS b
    JOIN cijfer AS nu ON nu.indicator = b.indicator AND nu.regio = b.regio AND nu.periode = b.periode
    JOIN cijfer AS tegen ON tegen.indicator = b.indicator AND tegen.regio = b.regio_tegen AND tegen.periode = b.periode_tegen
    CROSS JOIN invoer.rekenregel AS r
)
SELECT bewering, omvang_tegen, omvang, verschil, toeval, oordeel,
    oordeel NOT IN ('gunstig', 'ongunstig', 'hoger', 'lager') AS klopt
FROM geteld
WHERE abs(verschil) <= toeval
