/*
omschrijving: >
  Stad en platteland: per indicator de middelste gemeente (mediaan) van elke klasse van stedelijkheid, in Nederland en in
  de provincie. Zo is te zien of een verschil met Nederland er ook is met gemeenten die even landelijk zijn. Elke gemeente
  telt even zwaar. Alleen indicatoren die niet van de grootte van een gemeente afhangen (geen aantallen), in de laatste
  periode van de editie. De indeling is die van CBS in 2020; een gemeente die later is gevormd, heeft geen klasse.
uit: [invoer.gebied, kern.regio, monitor.indicator, monitor.stand, reken.rapportregio]
herkomst: {kaarten: alle, regio: GM, met: {doel: rapport, aggregatie: [verhouding, gewogen, niet]}}
sleutel: [indicator, uitsplitsing, stedelijkheid, gebied]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  stedelijkheid: {type: INTEGER, uitleg: "1 zeer sterk stedelijk tot en met 5 niet stedelijk"}
  gebied: {type: VARCHAR, uitleg: "nederland, of de naam van de provincie in kleine letters; de provincie telt in Nederland mee"}
  klasse: {type: VARCHAR, uitleg: naam van de klasse}
  periode: {type: VARCHAR, uitleg: periode van de waarden}
  gemeenten: {type: BIGINT, uitleg: aantal gemeenten van de klasse met een waarde}
  mediaan: {type: DOUBLE, uitleg: de middelste waarde}
  laagste_kwart: {type: DOUBLE, uitleg: een kwart van de gemeenten heeft een lagere waarde}
  hoogste_kwart: {type: DOUBLE, uitleg: een kwart van de gemeenten heeft een hogere waarde}
*/
WITH gemeente AS (
    SELECT s.indicator, s.uitsplitsing, r.stedelijkheid, s.laatste_periode AS periode, s.waarde,
        coalesce(p.in_gebied, false) AS in_gebied
    FROM monitor.stand AS s
    JOIN monitor.indicator AS k ON k.id = s.indicator AND k.aggregatie <> 'som' AND k.doel = 'rapport'
    JOIN kern.regio AS r ON r.code = s.regio AND r.soort = 'gemeente' AND r.stedelijkheid IS NOT NULL
    LEFT JOIN reken.rapportregio AS p ON p.regio = s.regio
    WHERE s.waarde IS NOT NULL
)
SELECT
    indicator, uitsplitsing, stedelijkheid::INTEGER AS stedelijkheid, gebied,
    [
        'zeer sterk stedelijk', 'sterk stedelijk', 'matig stedelijk', 'weinig stedelijk', 'niet stedelijk'
    ][stedelijkheid] AS klasse,
    periode, count(*) AS gemeenten, median(waarde) AS mediaan,
    quantile_cont(waarde, 0.25) AS laagste_kwart, quantile_cont(waarde, 0.75) AS hoogste_kwart
FROM (
    SELECT *, 'nederland' AS gebied FROM gemeente
    UNION ALL
    SELECT m.*, g.id FROM gemeente AS m CROSS JOIN invoer.gebied AS g WHERE m.in_gebied
)
GROUP BY ALL
