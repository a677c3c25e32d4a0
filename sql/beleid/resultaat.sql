/*
omschrijving: >
  Wat is beloofd, en wat daarvan is verantwoord. Met een norm volgt de staat uit norm en realisatie; zonder norm is zij wat
  de provincie meldt. Is er niets verantwoord, dan is de staat 'geen opgave': dat is geen succes en geen mislukking.
uit: [invoer.beleid_resultaat, invoer.bouw]
sleutel: [editie, id]
velden: assets.beleid.vormen.Resultaat
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  regel: {type: INTEGER, uitleg: regel in het bestand}
  staat: {type: VARCHAR, uitleg: wat het rapport erover zegt, lijst: resultaatstaat}
  eigen_opgave: {type: BOOLEAN, uitleg: "waar als de provincie de stand zelf meldt, zonder norm"}
  maat: {type: VARCHAR, uitleg: "waaraan is af te lezen of het is gelukt", lijst: [norm, kaart, geen maat]}
  kaarten: {type: "VARCHAR[]", uitleg: indicatoren die erbij horen}
  partners: {type: "VARCHAR[]", uitleg: wie meedoet}
  accenten: {type: "VARCHAR[]", uitleg: accenten die erbij horen}
  ook_opgaven: {type: "VARCHAR[]", uitleg: andere opgaven waar het ook bij hoort}
*/
WITH gelezen AS (
    SELECT r.*,
        -- een jaar is voorbij na zijn laatste dag, een maand ook
        coalesce(
            if(length(peildatum) = 4, make_date(peildatum::INTEGER, 12, 31), last_day((peildatum || '-01')::DATE))
            >= b.built_at::DATE,
            false
        ) AS komt_nog,
        -- een maand van een jaar ligt niet voor dat jaar
        coalesce(bijgewerkt < left(peildatum, length(bijgewerkt)), false) AS van_ervoor,
        CASE vergelijking
            WHEN 'minstens' THEN realisatie >= norm WHEN 'hoogstens' THEN realisatie <= norm ELSE realisatie = norm
        END AS behaald
    FROM invoer.beleid_resultaat AS r
    CROSS JOIN invoer.bouw AS b
)
SELECT * EXCLUDE (komt_nog, van_ervoor, behaald),
    CASE
        WHEN stand = 'vervallen' THEN 'vervallen'
        WHEN norm IS NOT NULL AND behaald THEN 'gerealiseerd'
        WHEN norm IS NOT NULL AND NOT behaald THEN if(komt_nog, 'loopt', 'niet')
        WHEN stand = 'loopt' AND NOT komt_nog AND van_ervoor THEN 'niet_bijgewerkt'
        WHEN stand IS NOT NULL THEN stand
        WHEN komt_nog THEN 'nog_niet'
        ELSE 'geen_opgave'
    END AS staat,
    stand IS NOT NULL AND norm IS NULL AS eigen_opgave,
    CASE WHEN norm IS NOT NULL THEN 'norm' WHEN len(kaarten) > 0 THEN 'kaart' WHEN soort = 'effect' THEN 'geen maat' END AS maat
FROM gelezen
