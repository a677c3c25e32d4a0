/*
omschrijving: >
  Verandert het laatste jaar niet veel meer dan gewoonlijk? Vergeleken wordt wat het rapport toont: Nederland, de
  provincie, haar COROP-gebieden en gemeenten. De gewone verandering is de mediaan van alle veranderingen van jaar op jaar:
  van de gemeenten samen, en van elk ander gebied voor zich. Een breuk die de kaart noemt is geen sprong, en wat de
  afronding van de bron kan schelen ook niet.
tabel: monitor.indicatorwaarde
zwaarte: beoordeelt
reden: een sprong kan echt zijn; iemand moet de reden zoeken
datum: 2026-11-22
drempels:
  sprong:
    waarde: 8
    reden: minder dan 1 op de 1.000 gewone jaren wijkt zo ver af; wat overblijft past in een kwartier nakijken
    datum: 2026-11-22
  afronding:
    waarde: 5
    reden: >-
      eenheden van de laatste decimaal op de kaart: afstanden en percentages met een decimaal staan jaren stil en springen
      dan een of twee tienden
    datum: 2026-11-22
uit: [invoer.editie, invoer.breuk, invoer.gebied, invoer.kaart, invoer.regio_lid, monitor.indicatorwaarde]
uitleg: geen laatste jaar verandert meer dan {sprong:g} keer zo veel als gewoonlijk
vervolg: Zoek de reden bij de bron; een breuk hoort met jaar en reden op de kaart, onder breuken.
sleutel: [indicator, uitsplitsing, regio, periode]
*/
WITH regio AS (
    SELECT 'NL01' AS regio UNION SELECT code FROM invoer.gebied UNION
    SELECT l.lid FROM invoer.regio_lid AS l JOIN invoer.gebied AS g ON g.code = l.regio CROSS JOIN invoer.editie AS b
    WHERE coalesce(l.geldig_van <= make_date(b.editie, 1, 1), true)
        AND coalesce(l.geldig_tot > make_date(b.editie, 1, 1), true)
),
jaar AS (
    SELECT w.indicator, w.uitsplitsing, w.regio, w.periode, w.waarde,
        if(w.regio LIKE 'GM%', 'gemeente', w.regio) AS vergelijk,
        CAST(left(w.periode, 4) AS BIGINT) AS jaar,
        lag(w.waarde) OVER reeks AS vorige,
        CAST(left(lag(w.periode) OVER reeks, 4) AS BIGINT) AS vorig_jaar
    FROM monitor.indicatorwaarde AS w
    SEMI JOIN regio AS r USING (regio)
    WHERE w.waarde IS NOT NULL AND w.periode LIKE '%JJ00'
    WINDOW reeks AS (PARTITION BY w.indicator, w.uitsplitsing, w.regio ORDER BY w.periode)
),
verandering AS (
    SELECT j.*, round(abs(j.waarde - j.vorige), 9) AS verandering
    FROM jaar AS j
    ANTI JOIN invoer.breuk AS b ON b.indicator = j.indicator AND b.vanaf = j.jaar
    WHERE j.vorig_jaar = j.jaar - 1
)
SELECT v.indicator, v.uitsplitsing, v.regio, v.periode, v.waarde, v.vorige, v.verandering,
    greatest($sprong * median(v.verandering) OVER groep, $afronding * pow(10, -k.decimalen)) AS grens,
    v.verandering <= grens AS klopt
FROM verandering AS v
JOIN invoer.kaart AS k ON k.id = v.indicator
WINDOW groep AS (PARTITION BY v.indicator, v.uitsplitsing, v.vergelijk)
QUALIFY count(*) OVER groep >= 5 AND v.periode = max(v.periode) OVER (PARTITION BY v.indicator, v.uitsplitsing)
