/*
omschrijving: >
  De waarde van een indicator voor een regio die de bron zelf noemt, uit een bron per periode; geldt een bron maar voor
  sommige soorten regio, dan per periode en soort. Tussentabel, wordt niet gepubliceerd.
uit: [reken.kaartcel, reken.rooster]
sleutel: [indicator, regio, periode]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  bron_volgorde: {type: INTEGER, uitleg: de hoeveelste bron van de kaart; alle regio's van een soort hebben in een periode dezelfde}
  regio: {type: VARCHAR, uitleg: regio}
  jaar: {type: INTEGER, uitleg: jaar}
  periode: {type: VARCHAR, uitleg: het jaar in CBS-notatie}
  waarde: {type: DOUBLE, uitleg: factor maal teller gedeeld door noemer; onafgerond}
  factor: {type: DOUBLE, uitleg: factor van de kaart}
  teller: {type: DOUBLE, uitleg: gewogen som van de cellen van de teller}
  noemer: {type: DOUBLE, uitleg: gewogen som van de cellen van de noemer; leeg als de kaart geen noemer heeft}
  marge_onder: {type: DOUBLE, uitleg: ondergrens}
  marge_boven: {type: DOUBLE, uitleg: bovengrens}
  status: {type: VARCHAR, code: true, uitleg: de minst definitieve status van de cellen}
  leeg_reden: {type: VARCHAR, code: true, uitleg: de reden die het meeste zegt}
*/
WITH som AS (
    -- eerst gesorteerd: een som van breuken hangt af van de volgorde, en threads zijn niet steeds in dezelfde volgorde klaar
    SELECT indicator, bron_volgorde, regio, jaar,
        list_sum(list_sort(list(gewicht * waarde) FILTER (rol = 'teller'))) AS teller,
        list_sum(list_sort(list(gewicht * waarde) FILTER (rol = 'noemer'))) AS noemer,
        count(waarde) FILTER (rol = 'teller') AS tellers,
        count(waarde) FILTER (rol = 'noemer') AS noemers,
        count(*) AS cellen,
        min(gewicht * marge_onder) AS marge_onder,
        max(gewicht * marge_boven) AS marge_boven,
        max(list_position(status_orde, status)) AS status,
        max(list_position(leeg_orde, leeg_reden)) AS reden
    FROM reken.kaartcel
    GROUP BY ALL
),
samen AS (
    -- een cel met een vaste regio telt voor elke regio mee
    SELECT r.*,
        coalesce(e.teller, 0) + coalesce(v.teller, 0) AS som_teller,
        coalesce(e.noemer, 0) + coalesce(v.noemer, 0) AS som_noemer,
        coalesce(e.tellers, 0) + coalesce(v.tellers, 0) = r.tellers AS teller_compleet,
        coalesce(e.noemers, 0) + coalesce(v.noemers, 0) = r.noemers AS noemer_compleet,
        coalesce(e.cellen, 0) + coalesce(v.cellen, 0) < r.tellers + r.noemers AS mist,
        e.marge_onder, e.marge_boven,
        greatest(e.status, v.status) AS status,
        greatest(e.reden, v.reden) AS reden
    FROM reken.rooster AS r
    LEFT JOIN som AS e
        ON e.indicator = r.indicator AND e.bron_volgorde = r.bron_volgorde AND e.regio = r.regio AND e.jaar = r.jaar
    LEFT JOIN som AS v
        ON v.indicator = r.indicator AND v.bron_volgorde = r.bron_volgorde AND v.regio IS NULL AND v.jaar = r.jaar
),
quotient AS (
    SELECT *,
        CASE WHEN geldt AND teller_compleet THEN som_teller END AS teller,
        CASE WHEN geldt AND noemer_compleet AND noemers > 0 THEN som_noemer END AS noemer,
        factor * teller / CASE WHEN noemers = 0 THEN 1 ELSE nullif(noemer, 0) END AS waarde,
        -- een cel die er niet is; delen door nul
        CASE WHEN geldt THEN greatest(reden, CASE WHEN mist THEN 2 END, CASE WHEN noemer = 0 THEN 1 END) ELSE 2 END AS rang
    FROM samen
),
keuze AS (
    -- de eerste bron met een waarde in een periode geeft die hele periode, onder de bronnen die voor een soort regio gelden
    SELECT indicator, jaar, bronnen,
        coalesce(
            min(bron_volgorde) FILTER (waarde IS NOT NULL), min(bron_volgorde) FILTER (geldt), min(bron_volgorde)
        ) AS bron_volgorde
    FROM quotient
    GROUP BY indicator, jaar, bronnen
)
SELECT
    indicator, bron_volgorde, regio, jaar, periode, waarde, factor, teller, noemer,
    CASE WHEN waarde IS NOT NULL AND tellers = 1 AND noemers = 0 THEN
        least(factor * marge_onder, factor * marge_boven)
    END AS marge_onder,
    CASE WHEN waarde IS NOT NULL AND tellers = 1 AND noemers = 0 THEN
        greatest(factor * marge_onder, factor * marge_boven)
    END AS marge_boven,
    coalesce(status_orde[status], 'onbekend') AS status,
    CASE WHEN waarde IS NULL THEN
        leeg_orde[rang]
    END AS leeg_reden
FROM quotient
SEMI JOIN keuze USING (indicator, jaar, bronnen, bron_volgorde)
-- een regio die er toen niet was heeft geen waarde die mist; wat geheim is blijft wel staan
WHERE bestaat OR waarde IS NOT NULL OR leeg_reden IN ('geheim', 'onderdrukt')
