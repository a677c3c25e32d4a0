/*
omschrijving: >
  De leden zonder waarde van een samengestelde regio die toch een waarde heeft, omdat de dekking op de kaart het toelaat.
  De regio is dan uit de andere leden berekend en de waarde is een benadering. Zo'n lid telt in niets mee, dus uit de
  waarde is niets over dat lid af te leiden, ook niet als het geheim is. Is het deel niet te meten, omdat van een lid ook
  gewicht of noemer mist, dan is er geen benadering.
uit: [invoer.kaart, reken.lid]
herkomst: {kaarten: alle, met: {dekking: true}}
sleutel: [indicator, uitsplitsing, regio, periode, lid]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: de samengestelde regio}
  periode: {type: VARCHAR, uitleg: het jaar in CBS-notatie}
  lid: {type: VARCHAR, uitleg: de gemeente zonder waarde}
  leeg_reden: {type: VARCHAR, uitleg: waarom die gemeente geen waarde heeft}
  dekking: {type: DOUBLE, uitleg: "deel van de regio dat wel een waarde heeft, van 0 tot 1"}
*/
WITH lid AS (
    SELECT l.*, k.dekking AS genoeg,
        l.waarde IS NOT NULL AND (l.aggregatie <> 'gewogen' OR l.lid_gewicht IS NOT NULL) AS telt,
        CASE k.dekking_maat WHEN 'leden' THEN 1 WHEN 'gewicht' THEN l.lid_gewicht WHEN 'noemer' THEN l.noemer END AS maat
    FROM reken.lid AS l
    JOIN invoer.kaart AS k ON k.id = l.indicator AND k.dekking IS NOT NULL
),
deel AS (
    SELECT indicator, regio, periode,
        sum(maat ORDER BY maat) FILTER (telt) / nullif(sum(maat ORDER BY maat), 0) AS dekking
    FROM lid
    GROUP BY indicator, regio, periode
    HAVING count(maat) = count(*) AND dekking >= any_value(genoeg)
)
SELECT l.indicator, 'totaal' AS uitsplitsing, l.regio, l.periode, l.lid, coalesce(l.leeg_reden, l.gewicht_reden) AS leeg_reden,
    d.dekking
FROM lid AS l
JOIN deel AS d USING (indicator, regio, periode)
WHERE NOT l.telt
