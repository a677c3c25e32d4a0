/*
omschrijving: >
  De waarde van een indicator voor een regio die de bron zelf noemt, uit een bron per periode; geldt een bron maar voor
  sommige soorten regio, dan per periode en soort. Tussentabel, wordt niet gepubliceerd.
uit: [invoer.kaart_term, kern.onderwerp, reken.kaartcel, reken.rooster]
herkomst: {kaarten: alle}
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
  afronding: {type: DOUBLE, uitleg: "hoeveel de afronding van de cellen hoogstens kan schelen, naar boven en naar beneden; leeg als de bron haar decimalen niet noemt"}
  status: {type: VARCHAR, uitleg: de minst definitieve status van de cellen}
  leeg_reden: {type: VARCHAR, uitleg: de reden die het meeste zegt}
*/
WITH precies AS (
    -- wat de helft van de laatste decimaal kan schelen; een aantal dat is geteld is niet afgerond, en een klasse ook niet
    SELECT t.*, if((lower(o.eenheid) LIKE 'aantal%' OR lower(o.eenheid) LIKE 'klasse%') AND o.decimalen = 0, 0, pow(10, -o.decimalen) / 2) AS half
    FROM (SELECT DISTINCT bron, tabel, onderwerp FROM invoer.kaart_term) AS t
    JOIN kern.onderwerp AS o USING (bron, tabel, onderwerp)
),
cel AS (
    SELECT c.indicator, c.bron_volgorde, c.regio, c.jaar, c.term, c.waarde, c.status, c.leeg_reden,
        c.gewicht * (c.waarde - c.nulpunt) AS deel,
        c.rol = 'teller' AS boven, a.enkel,
        abs(c.gewicht) * p.half AS half,
        abs(c.gewicht) * (c.marge_boven - c.marge_onder) / 2 AS breedte,
        c.gewicht * c.marge_onder AS marge_onder, c.gewicht * c.marge_boven AS marge_boven
    FROM reken.kaartcel AS c
    -- een som van hoogstens een cel is die cel: de meeste kaarten, en het scheelt de helft van het werk
    JOIN (
        SELECT DISTINCT indicator, bron_volgorde, jaar, tellers <= 1 AND noemers <= 1 AS enkel FROM reken.rooster
    ) AS a USING (indicator, bron_volgorde, jaar)
    LEFT JOIN precies AS p USING (bron, tabel, onderwerp)
),
-- maanden van een jaar komen van dezelfde mensen en bedrijven: hun fouten wijzen dezelfde kant op en tellen op
jaarmarge AS (
    SELECT indicator, bron_volgorde, regio, jaar, term, list_sum(list_sort(list(breedte))) AS breedte
    FROM cel
    WHERE NOT enkel AND boven AND breedte IS NOT NULL
    GROUP BY ALL
),
-- verschillende cellen zijn apart gemeten: hun fouten heffen elkaar deels op
marge AS (
    SELECT indicator, bron_volgorde, regio, jaar, sqrt(list_sum(list_sort(list(pow(breedte, 2))))) AS marge
    FROM jaarmarge
    GROUP BY ALL
),
som AS (
    SELECT indicator, bron_volgorde, regio, jaar,
        min(deel) FILTER (boven) AS teller,
        min(deel) FILTER (NOT boven) AS noemer,
        min(half) FILTER (boven) AS teller_half,
        min(half) FILTER (NOT boven) AS noemer_half,
        count(half) = count(*) AS decimalen_bekend,
        count(waarde) FILTER (boven) AS tellers,
        count(waarde) FILTER (NOT boven) AS noemers,
        count(*) AS cellen,
        min(breedte) FILTER (boven) AS marge,
        count(breedte) FILTER (boven) AS marges,
        min(marge_onder) AS marge_onder,
        max(marge_boven) AS marge_boven,
        max(list_position(status_orde, status)) AS status,
        max(list_position(leeg_orde, leeg_reden)) AS reden
    FROM cel
    WHERE enkel
    GROUP BY ALL
    UNION ALL
    -- eerst gesorteerd: een som van breuken hangt af van de volgorde, en threads zijn niet steeds in dezelfde volgorde klaar
    SELECT indicator, bron_volgorde, regio, jaar,
        list_sum(list_sort(list(deel) FILTER (boven))),
        list_sum(list_sort(list(deel) FILTER (NOT boven))),
        -- zonder wat niets toevoegt: de meeste cellen zijn geteld en hebben geen marge
        list_sum(list_sort(list(half) FILTER (boven AND half <> 0))),
        list_sum(list_sort(list(half) FILTER (NOT boven AND half <> 0))),
        count(half) = count(*),
        count(waarde) FILTER (boven),
        count(waarde) FILTER (NOT boven),
        count(*),
        NULL,
        count(breedte) FILTER (boven),
        min(marge_onder),
        max(marge_boven),
        max(list_position(status_orde, status)),
        max(list_position(leeg_orde, leeg_reden))
    FROM cel
    WHERE NOT enkel
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
        -- alleen van een som waarvan elke cel een marge heeft: van een deling is ook die van de noemer nodig
        CASE WHEN e.marges = r.tellers AND r.noemers = 0 THEN coalesce(e.marge, m.marge) END AS marge,
        CASE WHEN coalesce(e.decimalen_bekend, true) AND coalesce(v.decimalen_bekend, true)
            THEN coalesce(e.teller_half, 0) + coalesce(v.teller_half, 0) END AS teller_half,
        coalesce(e.noemer_half, 0) + coalesce(v.noemer_half, 0) AS noemer_half,
        greatest(e.status, v.status) AS status,
        greatest(e.reden, v.reden) AS reden
    FROM reken.rooster AS r
    LEFT JOIN som AS e
        ON e.indicator = r.indicator AND e.bron_volgorde = r.bron_volgorde AND e.regio = r.regio AND e.jaar = r.jaar
    LEFT JOIN marge AS m
        ON m.indicator = r.indicator AND m.bron_volgorde = r.bron_volgorde AND m.regio = r.regio AND m.jaar = r.jaar
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
    -- de grenzen van een enkele cel zijn die van de bron; van meer cellen samen is het interval even ver naar beide kanten
    CASE WHEN tellers = 1 AND noemers = 0 THEN
        CASE WHEN waarde IS NOT NULL THEN least(factor * marge_onder, factor * marge_boven) END
        ELSE waarde - abs(factor) * marge END AS marge_onder,
    CASE WHEN tellers = 1 AND noemers = 0 THEN
        CASE WHEN waarde IS NOT NULL THEN greatest(factor * marge_onder, factor * marge_boven) END
        ELSE waarde + abs(factor) * marge END AS marge_boven,
    CASE WHEN waarde IS NOT NULL THEN
        abs(factor) * (teller_half + coalesce(abs(teller / noemer) * noemer_half, 0)) / coalesce(abs(noemer), 1)
    END AS afronding,
    CAST(coalesce(status_orde[status], 'onbekend') AS status_code) AS status,
    CAST(CASE WHEN waarde IS NULL THEN leeg_orde[rang] END AS leeg_code) AS leeg_reden
FROM quotient
SEMI JOIN keuze USING (indicator, jaar, bronnen, bron_volgorde)
-- een regio die er toen niet was heeft geen waarde die mist; wat geheim is blijft wel staan
WHERE bestaat OR waarde IS NOT NULL OR leeg_reden IN ('geheim', 'onderdrukt')
