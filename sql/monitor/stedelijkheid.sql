/*
omschrijving: >
  Stad en platteland: per indicator de middelste gemeente (mediaan) van elke klasse van stedelijkheid, in Nederland en in
  Drenthe. Zo is te zien of een verschil met Nederland er ook is met gemeenten die even landelijk zijn. Elke gemeente
  telt even zwaar. Alleen indicatoren die niet van de grootte van een gemeente afhangen (geen aantallen), in de laatste
  periode van de editie. De indeling is die van CBS in 2020; een gemeente die later is gevormd, heeft geen klasse.
uit: [kern.regio, kern.regio_lid, monitor.indicator, monitor.stand]
sleutel: [indicator, uitsplitsing, stedelijkheid, gebied]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  stedelijkheid: {type: INTEGER, uitleg: "1 zeer sterk stedelijk tot en met 5 niet stedelijk"}
  gebied: {type: VARCHAR, uitleg: "nederland of drenthe; Drenthe telt in Nederland mee"}
  klasse: {type: VARCHAR, uitleg: naam van de klasse}
  periode: {type: VARCHAR, uitleg: periode van de waarden}
  gemeenten: {type: BIGINT, uitleg: aantal gemeenten van de klasse met een waarde}
  mediaan: {type: DOUBLE, uitleg: de middelste waarde}
  laagste_kwart: {type: DOUBLE, uitleg: een kwart van de gemeenten heeft een lagere waarde}
  hoogste_kwart: {type: DOUBLE, uitleg: een kwart van de gemeenten heeft een hogere waarde}
*/
WITH gemeente AS (
    SELECT s.indicator, s.uitsplitsing, r.stedelijkheid, s.laatste_periode AS periode, s.waarde,
        l.lid IS NOT NULL AS in_drenthe
    FROM monitor.stand AS s
    JOIN monitor.indicator AS k ON k.id = s.indicator AND k.aggregatie <> 'som' AND k.doel = 'rapport'
    JOIN kern.regio AS r ON r.code = s.regio AND r.soort = 'gemeente' AND r.stedelijkheid IS NOT NULL
    LEFT JOIN kern.regio_lid AS l ON l.lid = s.regio AND l.regio = 'PV22' AND l.geldig_tot IS NULL
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
    SELECT *, 'drenthe' FROM gemeente WHERE in_drenthe
)
GROUP BY ALL
