/*
omschrijving: >
  Waarom deze editie een ander getal geeft dan de vorige, per indicator en regio. Het verschil is de som van drie delen:
  echte verandering (van de periode van toen naar die van nu, met de cijfers en de kaart van nu), herziening (de bron gaf
  voor de periode van toen later andere cijfers) en definitie (de kaart veranderde, of de gemeenten die samen de regio
  zijn). Herziening en definitie worden gescheiden door het getal van toen opnieuw te berekenen, met de kaart en de leden
  van toen en de cellen van nu. Leeg zonder vorige editie.
uit:
  - invoer.vorige_herkomst
  - invoer.vorige_indicator
  - invoer.vorige_stand
  - kern.waarneming
  - monitor.herkomst
  - monitor.indicatorwaarde
  - monitor.kaartherziening
  - monitor.stand
herkomst: {kaarten: alle}
sleutel: [indicator, uitsplitsing, regio]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart, lijst: []}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: code van de regio, lijst: []}
  periode_toen: {type: VARCHAR, uitleg: de laatste periode in de vorige editie}
  periode_nu: {type: VARCHAR, uitleg: de laatste periode in deze editie}
  waarde_toen: {type: DOUBLE, uitleg: "de waarde die de vorige editie gaf, in de eenheid van toen"}
  waarde_herrekend: {type: DOUBLE, uitleg: "de periode van toen met de kaart van toen en de cijfers van nu; leeg als een cel er niet meer is"}
  waarde_toen_nu: {type: DOUBLE, uitleg: de periode van toen zoals wij haar nu berekenen}
  waarde_nu: {type: DOUBLE, uitleg: de waarde in deze editie}
  verschil: {type: DOUBLE, uitleg: waarde_nu min waarde_toen}
  verandering: {type: DOUBLE, uitleg: deel dat echte verandering is}
  herziening: {type: DOUBLE, uitleg: "deel dat herziening is; leeg als het niet van de definitie te scheiden is"}
  definitie: {type: DOUBLE, uitleg: "deel door een andere kaart of een andere indeling; alles als de periode van toen er niet meer is"}
  kaart_gewijzigd: {type: BOOLEAN, uitleg: of de kaart anders is dan toen}
  leden_gewijzigd: {type: BOOLEAN, uitleg: of de gemeenten waaruit de regio is berekend andere zijn dan toen}
*/
WITH toen AS (
    SELECT s.indicator, s.uitsplitsing, s.regio, s.laatste_periode AS periode, s.waarde, i.aggregatie
    FROM invoer.vorige_stand AS s
    JOIN invoer.vorige_indicator AS i ON i.tegenover = s.tegenover AND i.id = s.indicator
    WHERE s.waarde IS NOT NULL
),
-- de kaart van toen op de cellen van nu; zie de omschrijving van monitor.herkomst
lid AS (
    SELECT h.indicator, h.uitsplitsing, h.regio, h.periode, h.lid, t.aggregatie, any_value(h.factor) FILTER (h.rol = 'teller') AS factor,
        count(*) = count(w.waarde) AS compleet,
        sum(h.gewicht * (w.waarde - coalesce(h.nulpunt, 0)) ORDER BY h.term, h.cel_periode) FILTER (h.rol = 'teller') AS teller,
        sum(h.gewicht * (w.waarde - coalesce(h.nulpunt, 0)) ORDER BY h.term, h.cel_periode) FILTER (h.rol = 'noemer') AS noemer,
        sum(h.gewicht * (w.waarde - coalesce(h.nulpunt, 0)) ORDER BY h.term, h.cel_periode) FILTER (h.rol = 'gewicht')
            / coalesce(nullif(sum(h.gewicht * (w.waarde - coalesce(h.nulpunt, 0)) ORDER BY h.term, h.cel_periode) FILTER (h.rol = 'gewicht_noemer'), 0), 1)
            AS weging
    FROM invoer.vorige_herkomst AS h
    JOIN toen AS t USING (indicator, uitsplitsing, regio, periode)
    LEFT JOIN kern.waarneming AS w
        ON w.bron = h.bron AND w.tabel = h.tabel AND w.onderwerp = h.onderwerp AND w.uitsplitsing = h.cel_uitsplitsing
        AND w.regio = h.cel_regio AND w.periode = h.cel_periode
    GROUP BY ALL
),
lidwaarde AS (
    SELECT *, factor * teller / CASE WHEN noemer IS NULL THEN 1 ELSE nullif(noemer, 0) END AS waarde FROM lid
),
herrekend AS (
    SELECT indicator, uitsplitsing, regio,
        list_sort(list(lid) FILTER (lid <> regio)) AS leden,
        CASE WHEN bool_and(compleet) THEN CASE
            WHEN count(*) = 1 AND any_value(lid) = regio THEN any_value(waarde)
            WHEN any_value(aggregatie) = 'som' THEN sum(waarde ORDER BY waarde)
            WHEN any_value(aggregatie) = 'verhouding'
                THEN any_value(factor) * sum(teller ORDER BY teller) / nullif(sum(noemer ORDER BY noemer), 0)
            WHEN any_value(aggregatie) = 'gewogen'
                THEN sum(weging * waarde ORDER BY weging * waarde) / nullif(sum(weging ORDER BY weging), 0)
        END END AS waarde
    FROM lidwaarde
    GROUP BY indicator, uitsplitsing, regio
),
leden_nu AS (
    SELECT h.indicator, h.uitsplitsing, h.regio, list_sort(list(DISTINCT h.lid)) AS leden
    FROM monitor.herkomst AS h
    JOIN toen USING (indicator, uitsplitsing, regio, periode)
    WHERE h.lid <> h.regio
    GROUP BY ALL
),
naast AS (
    SELECT t.indicator, t.uitsplitsing, t.regio, t.periode AS periode_toen, s.laatste_periode AS periode_nu,
        t.waarde AS waarde_toen, h.waarde AS waarde_herrekend, w.waarde AS waarde_toen_nu, s.waarde AS waarde_nu,
        k.indicator IS NOT NULL AS kaart_gewijzigd,
        coalesce(h.leden <> l.leden, false) AS leden_gewijzigd
    FROM toen AS t
    LEFT JOIN herrekend AS h USING (indicator, uitsplitsing, regio)
    LEFT JOIN leden_nu AS l USING (indicator, uitsplitsing, regio)
    LEFT JOIN monitor.indicatorwaarde AS w USING (indicator, uitsplitsing, regio, periode)
    LEFT JOIN monitor.stand AS s USING (indicator, uitsplitsing, regio)
    LEFT JOIN monitor.kaartherziening AS k ON k.tegenover = 'vorige_editie' AND k.indicator = t.indicator
)
SELECT indicator, uitsplitsing, regio, periode_toen, periode_nu, waarde_toen, waarde_herrekend, waarde_toen_nu, waarde_nu,
    waarde_nu - waarde_toen AS verschil,
    waarde_nu - waarde_toen_nu AS verandering,
    CASE WHEN waarde_toen_nu IS NOT NULL THEN
        CASE WHEN kaart_gewijzigd OR leden_gewijzigd THEN waarde_herrekend ELSE waarde_toen_nu END - waarde_toen
    END AS herziening,
    CASE
        -- de periode van toen is er niet meer: het verschil is niet te splitsen
        WHEN waarde_toen_nu IS NULL THEN waarde_nu - waarde_toen
        WHEN kaart_gewijzigd OR leden_gewijzigd THEN waarde_toen_nu - coalesce(waarde_herrekend, waarde_toen)
        ELSE 0
    END AS definitie,
    kaart_gewijzigd, leden_gewijzigd
FROM naast
