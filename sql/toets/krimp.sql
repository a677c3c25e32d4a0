/*
omschrijving: >
  Heeft het laatste jaar van een indicator ongeveer zo veel gemeenten met een waarde als het jaar ervoor?
tabel: monitor.indicatorwaarde
zwaarte: beoordeelt
reden: een bron die halverwege is, geeft nog niet alle gemeenten; soms is het een herindeling
datum: 2026-11-22
drempels:
  krimp:
    waarde: 0.92
    reden: "herindeling kostte in een jaar hoogstens 7% van de gemeenten (2019: van 380 naar 355)"
    datum: 2026-11-22
uit: [monitor.indicatorwaarde]
uitleg: het laatste jaar heeft ten minste {krimp:.0%} van de gemeenten van het jaar ervoor
vervolg: "Kijk of de bron dit jaar al compleet is: monitor bron toets"
sleutel: [indicator, uitsplitsing, periode]
*/
WITH jaar AS (
    SELECT indicator, uitsplitsing, periode, count(*) AS gemeenten
    FROM monitor.indicatorwaarde
    WHERE waarde IS NOT NULL AND regio LIKE 'GM%' AND periode LIKE '%JJ00'
    GROUP BY ALL
)
SELECT indicator, uitsplitsing, periode, gemeenten,
    lag(gemeenten) OVER reeks AS vorige_gemeenten,
    $krimp * vorige_gemeenten AS ten_minste,
    gemeenten >= ten_minste AS klopt
FROM jaar
WINDOW reeks AS (PARTITION BY indicator, uitsplitsing ORDER BY periode)
QUALIFY periode = max(periode) OVER (PARTITION BY indicator, uitsplitsing) AND vorige_gemeenten IS NOT NULL
