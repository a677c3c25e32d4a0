/*
omschrijving: >
  De waarde van een indicator voor een regio in een jaar, zoals zij uit de cellen volgt: factor maal teller gedeeld door
  noemer, onafgerond. Elke periode komt voor alle regio's uit dezelfde bron. Wat ontbreekt staat er met zijn reden. Wat
  een toets apart zet, staat er nog in. Tussentabel, wordt niet gepubliceerd.
uit: [monitor.ontbrekend_lid, reken.lid, reken.waarde]
sleutel: [indicator, uitsplitsing, regio, periode]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: code van de regio}
  periode: {type: VARCHAR, uitleg: het jaar in CBS-notatie}
  waarde: {type: DOUBLE, uitleg: "de waarde, onafgerond, in de eenheid van de kaart; leeg als er geen is"}
  teller: {type: DOUBLE, uitleg: "som van de tellercellen; in een gewogen regio de som van gewicht maal waarde"}
  noemer: {type: DOUBLE, uitleg: "som van de noemercellen; in een gewogen regio de som van de gewichten"}
  marge_onder: {type: DOUBLE, uitleg: "ondergrens van het interval van 95%: van de bron, of samengesteld uit de marges van de cellen of leden"}
  marge_boven: {type: DOUBLE, uitleg: "bovengrens van dat interval"}
  afronding: {type: DOUBLE, uitleg: "hoeveel de afronding van de cellen van de bron de waarde hoogstens kan schelen, naar boven en naar beneden; leeg als de bron haar decimalen niet noemt"}
  status: {type: VARCHAR, uitleg: "definitief, voorlopig, nader_voorlopig of onbekend: de minst definitieve van de cellen"}
  benadering: {type: BOOLEAN, uitleg: "waar als de waarde een gewogen gemiddelde van gemeenten is, of een lid mist (zie monitor.ontbrekend_lid)"}
  leeg_reden: {type: VARCHAR, uitleg: "waarom er geen waarde is: de reden van de cellen die het meeste zegt"}
*/
WITH som AS (
    SELECT indicator, regio, periode, aggregatie,
        count(waarde) = count(*) AND (aggregatie <> 'gewogen' OR count(lid_gewicht) = count(*)) AS compleet,
        sum(waarde ORDER BY waarde) AS waarden,
        any_value(factor) AS factor,
        sum(teller ORDER BY teller) AS tellers,
        sum(noemer ORDER BY noemer) AS noemers,
        sum(lid_gewicht * waarde ORDER BY lid_gewicht * waarde) AS gewogen,
        sum(lid_gewicht ORDER BY lid_gewicht) AS gewichten,
        -- de leden zijn apart gemeten, dus hun fouten heffen elkaar deels op; een lid zonder marge laat er geen over
        count(marge) = count(*) AS elk_een_marge,
        sqrt(list_sum(list_sort(list(pow(marge * CASE aggregatie
            WHEN 'gewogen' THEN lid_gewicht WHEN 'verhouding' THEN noemer ELSE 1
        END, 2))))) AS marge,
        -- afronding kan overal dezelfde kant op zijn
        CASE WHEN count(afronding) = count(*) THEN list_sum(list_sort(list(afronding * abs(CASE aggregatie
            WHEN 'gewogen' THEN lid_gewicht WHEN 'verhouding' THEN noemer ELSE 1
        END)))) END AS afronding,
        greatest(
            max(list_position(status_orde, status)),
            max(list_position(status_orde, gewicht_status))
        ) AS status,
        greatest(
            max(list_position(leeg_orde, leeg_reden)),
            max(list_position(leeg_orde, gewicht_reden))
        ) AS reden
    FROM reken.lid
    -- een lid dat volgens de dekking van de kaart mag missen, telt nergens in mee
    ANTI JOIN monitor.ontbrekend_lid USING (indicator, regio, periode, lid)
    GROUP BY indicator, regio, periode, aggregatie
),
samengesteld AS (
    SELECT *,
        CASE WHEN compleet THEN
            CASE aggregatie
                WHEN 'som' THEN waarden
                WHEN 'verhouding' THEN factor * tellers / nullif(noemers, 0)
                WHEN 'gewogen' THEN gewogen / nullif(gewichten, 0)
            END
        END AS waarde,
        CASE aggregatie WHEN 'gewogen' THEN gewichten WHEN 'verhouding' THEN noemers ELSE 1 END AS deler
    FROM som
)
SELECT
    indicator, CAST('totaal' AS ENUM('totaal')) AS uitsplitsing, regio, periode, waarde, teller, noemer, marge_onder,
    marge_boven, afronding, status, false AS benadering, leeg_reden
FROM reken.waarde AS w
ANTI JOIN reken.lid AS l ON l.indicator = w.indicator AND l.regio = w.regio AND l.periode = w.periode
UNION ALL
SELECT
    indicator, CAST('totaal' AS ENUM('totaal')), regio, periode, waarde,
    CASE WHEN waarde IS NOT NULL THEN
        CASE aggregatie WHEN 'gewogen' THEN gewogen WHEN 'verhouding' THEN tellers ELSE waarden / factor END
    END,
    CASE WHEN waarde IS NOT NULL THEN
        CASE aggregatie WHEN 'gewogen' THEN gewichten WHEN 'verhouding' THEN noemers END
    END,
    CASE WHEN elk_een_marge THEN waarde - marge / abs(deler) END,
    CASE WHEN elk_een_marge THEN waarde + marge / abs(deler) END,
    CASE WHEN waarde IS NOT NULL THEN afronding / abs(deler) END,
    CAST(coalesce(status_orde[status], 'onbekend') AS status_code),
    waarde IS NOT NULL AND (
        aggregatie = 'gewogen' OR (indicator, regio, periode) IN (SELECT indicator, regio, periode FROM monitor.ontbrekend_lid)
    ),
    CAST(CASE
        WHEN waarde IS NOT NULL THEN NULL
        WHEN aggregatie = 'niet' THEN 'niet_van_toepassing'
        ELSE coalesce(leeg_orde[reden], 'niet_van_toepassing')
    END AS leeg_code)
FROM samengesteld
