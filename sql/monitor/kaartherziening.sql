/*
omschrijving: >
  Kaarten die er sinds de vorige publicatie of editie bij kwamen (nieuw), weg zijn (vervallen) of anders zeggen wat zij
  meten (definitie). Een andere naam, richting of opmerking verandert het getal niet en telt niet mee.
uit: [invoer.vorige, invoer.vorige_indicator, monitor.indicator]
herkomst: {}
sleutel: [tegenover, indicator]
kolommen:
  tegenover: {type: VARCHAR, uitleg: 'waarmee is vergeleken: vorige_publicatie of vorige_editie', lijst: tegenover}
  indicator: {type: VARCHAR, uitleg: id van de kaart, lijst: []}
  soort: {type: VARCHAR, uitleg: 'nieuw, definitie of vervallen', lijst: kaartherzieningsoort}
  velden: {type: "VARCHAR[]", uitleg: 'wat er op de kaart veranderde; bronnen: welke cellen zij optelt, deelt of weegt'}
*/
WITH nu AS (
    SELECT v.tegenover, i.*
    FROM monitor.indicator AS i
    CROSS JOIN invoer.vorige AS v
),
kaart AS (
    SELECT tegenover, id AS indicator, nu.naam IS NOT NULL AS er_nu, toen.eenheid IS NOT NULL AS er_toen,
        list_filter([
            CASE WHEN nu.eenheid <> toen.eenheid THEN 'eenheid' END,
            CASE WHEN nu.prijzen <> toen.prijzen THEN 'prijzen' END,
            CASE WHEN nu.definitie <> toen.definitie THEN 'definitie' END,
            CASE WHEN nu.bewerking <> toen.bewerking THEN 'bewerking' END,
            CASE WHEN nu.aggregatie <> toen.aggregatie THEN 'aggregatie' END,
            CASE WHEN nu.gewicht <> toen.gewicht THEN 'gewicht' END,
            CASE WHEN nu.jaarregel <> toen.jaarregel THEN 'jaarregel' END,
            CASE WHEN (nu.dekking, nu.dekking_maat) IS DISTINCT FROM (toen.dekking, toen.dekking_maat) THEN 'dekking' END,
            -- een oudere bouw kent deze kolom nog niet: dan is er niets te vergelijken
            CASE WHEN nu.recept <> toen.recept THEN 'bronnen' END
        ], lambda veld: veld IS NOT NULL) AS velden
    FROM nu
    FULL JOIN invoer.vorige_indicator AS toen USING (tegenover, id)
)
SELECT tegenover, indicator,
    CASE WHEN NOT er_toen THEN 'nieuw' WHEN NOT er_nu THEN 'vervallen' ELSE 'definitie' END AS soort,
    velden
FROM kaart
WHERE NOT (er_nu AND er_toen) OR len(velden) > 0
