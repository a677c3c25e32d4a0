/*
omschrijving: >
  De rang van elke provincie per indicator en jaar. Rang 1 is de gunstigste: de hoogste waarde als hoger gewenst is, de
  laagste als lager gewenst is. Heeft een indicator geen gewenste kant, dan is rang 1 de hoogste waarde en zegt de rang
  niets over gunstig. Gelijke waarden delen de rang en de volgende rang wordt overgeslagen. Een provincie zonder waarde
  heeft geen rang en telt niet mee in rang_van; met maar een provincie is er geen rang. Een aantal
  staat er niet in: daarvan zou de rang de grootte van de provincie zijn.
uit: [invoer.kaart, invoer.rekenregel, kern.regio, monitor.indicatorwaarde]
herkomst: {kaarten: alle, regio: PV, met: {telt_op: false}}
sleutel: [indicator, uitsplitsing, periode, regio]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  periode: {type: VARCHAR, uitleg: periode}
  regio: {type: VARCHAR, uitleg: provincie}
  waarde: {type: DOUBLE, uitleg: "de waarde, in de eenheid van de kaart"}
  rang: {type: BIGINT, uitleg: "rang, 1 is de eerste"}
  rang_midden: {type: DOUBLE, uitleg: "het gemiddelde van de plaatsen van wie dezelfde waarde heeft, zoals in monitor.oordeel"}
  rang_van: {type: BIGINT, uitleg: aantal provincies met een waarde}
  gedeeld: {type: BOOLEAN, uitleg: waar als een andere provincie dezelfde rang heeft}
  volgorde: {type: VARCHAR, uitleg: "hoog_eerst of laag_eerst"}
  rang_1_gunstig: {type: BOOLEAN, uitleg: "waar als rang 1 gunstig is: de kaart heeft richting hoger of lager"}
  status: {type: VARCHAR, uitleg: status van de waarde}
  leeg_reden: {type: VARCHAR, uitleg: waarom er geen waarde is}
*/
WITH waarde AS (
    SELECT w.indicator, w.uitsplitsing, w.periode, w.regio, w.waarde, w.status, w.leeg_reden,
        if(k.richting = 'lager', 'laag_eerst', 'hoog_eerst') AS volgorde,
        k.richting IN ('hoger', 'lager') AS rang_1_gunstig,
        -- gelijk is wat gelijk is in zo veel cijfers, net als bij het oordeel
        if(k.richting = 'lager', 1, -1) * if(
            w.waarde = 0, 0, round(w.waarde, (e.rang_cijfers - 1 - floor(log10(abs(w.waarde))))::INTEGER)
        ) AS plaats
    FROM monitor.indicatorwaarde AS w
    CROSS JOIN invoer.rekenregel AS e
    JOIN kern.regio AS r ON r.code = w.regio AND r.soort = 'provincie'
    JOIN invoer.kaart AS k ON k.id = w.indicator AND NOT k.telt_op
),
gerangschikt AS (
    SELECT *, rank() OVER (jaar ORDER BY plaats NULLS LAST) AS rang, count(waarde) OVER jaar AS rang_van,
        count(*) OVER (PARTITION BY indicator, uitsplitsing, periode, plaats) AS delers
    FROM waarde
    WINDOW jaar AS (PARTITION BY indicator, uitsplitsing, periode)
)
SELECT
    indicator, uitsplitsing, periode, regio, waarde,
    if(waarde IS NULL, NULL, rang) AS rang,
    if(waarde IS NULL, NULL, rang + (delers - 1) / 2) AS rang_midden,
    rang_van, waarde IS NOT NULL AND delers > 1 AS gedeeld, volgorde, rang_1_gunstig, status, leeg_reden
FROM gerangschikt
WHERE rang_van > 1
