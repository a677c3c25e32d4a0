/*
omschrijving: >
  De cijfers die apart zijn gezet: zij kunnen niet kloppen, en het rapport toont niets van hun gebied. In
  monitor.indicatorwaarde zijn zij leeg (leeg_reden apart_gezet), en een rang, soortgenoot of vergelijking doet het zonder.
  Past een regel tussen indicatoren niet, dan is niet te zeggen welk cijfer fout is: alle cijfers van dat gebied in die
  vergelijking staan er dan. Een fout cijfer van een gebied dat het rapport wel toont, houdt de publicatie tegen.
uit: [monitor.regelcontrole, reken.berekend, reken.celfout, reken.getoond, reken.regel, reken.regel_term]
sleutel: [indicator, uitsplitsing, regio, periode, toets]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: code van de regio}
  periode: {type: VARCHAR, uitleg: periode}
  toets: {type: VARCHAR, uitleg: naam van de toets (sql/toets) of van de regel (assets/indicatoren/regels)}
  waarde: {type: DOUBLE, uitleg: "de waarde die apart is gezet, onafgerond, in de eenheid van de kaart"}
  reden: {type: VARCHAR, uitleg: wat er had moeten gelden}
*/
WITH regelfout AS (
    SELECT c.regel AS toets, c.indicator, c.regio, c.periode, r.naam AS reden
    FROM monitor.regelcontrole AS c
    JOIN reken.regel AS r ON r.regel = c.regel AND r.zwaarte = 'blokkeert'
    WHERE c.klopt = false
),
fout AS (
    SELECT toets, indicator, uitsplitsing, regio, periode, reden FROM reken.celfout
    UNION
    SELECT toets, indicator, 'totaal', regio, periode, reden FROM regelfout
    UNION
    -- de andere cijfers van hetzelfde gebied waarmee is vergeleken
    SELECT f.toets, t.van_indicator, 'totaal', f.regio,
        (left(f.periode, 4)::INTEGER + t.verschuiving) || substr(f.periode, 5), f.reden
    FROM regelfout AS f
    JOIN reken.regel_term AS t ON t.regel = f.toets AND t.indicator = f.indicator
    WHERE t.van_indicator IS NOT NULL AND coalesce(t.van_regio, f.regio) = f.regio
)
SELECT f.indicator, f.uitsplitsing, f.regio, f.periode, f.toets, w.waarde, f.reden
FROM fout AS f
JOIN reken.berekend AS w
    ON w.indicator = f.indicator AND w.uitsplitsing = f.uitsplitsing AND w.regio = f.regio AND w.periode = f.periode
ANTI JOIN reken.getoond AS g ON g.regio = f.regio
WHERE w.waarde IS NOT NULL
