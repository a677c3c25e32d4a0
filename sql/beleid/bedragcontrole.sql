/*
omschrijving: >
  Elk subtotaal en totaal van een stuk, met de som van wat eronder staat: posten onder een subtotaal, subtotalen onder een
  totaal, lasten en baten onder een saldo. Wat het stuk zelf scheelt, staat met de reden bij dat totaal.
uit: [invoer.beleid_bedrag]
sleutel: [editie, regel]
zoals: {assets.beleid.tabellen.BEDRAG: [editie, regel, indeling, opgave, jaar, kant, soort, begrotingsstand]}
kolommen:
  som: {type: BIGINT, uitleg: wat er samen onder staat, eenheid: euro}
  stuk: {type: BIGINT, uitleg: wat het stuk zegt, eenheid: euro}
  verschil: {type: BIGINT, uitleg: wat het stuk zelf scheelt, eenheid: euro}
  reden: {type: VARCHAR, uitleg: waardoor}
  klopt: {type: BOOLEAN, uitleg: waar als stuk min som dat verschil is}
*/
SELECT t.editie, t.regel, t.indeling, t.opgave, t.jaar, t.kant, t.soort, t.begrotingsstand,
    o.som, t.bedrag AS stuk, t.verschil, t.opmerking AS reden,
    -- alleen streepjes onder een streepje klopt ook
    coalesce(t.bedrag, 0) - coalesce(o.som, 0) = t.verschil AND o.rijen > 0 AS klopt
FROM invoer.beleid_bedrag AS t,
LATERAL (
    SELECT sum(d.bedrag)::BIGINT AS som, count(*) AS rijen
    FROM invoer.beleid_bedrag AS d
    WHERE d.editie = t.editie AND d.indeling = t.indeling AND d.jaar = t.jaar AND d.begrotingsstand = t.begrotingsstand
        AND CASE
            WHEN t.soort = 'subtotaal' THEN d.soort = 'post' AND d.kant = t.kant AND d.opgave = t.opgave
            WHEN t.kant = 'saldo' THEN d.soort = 'totaal' AND d.kant <> 'saldo'
            ELSE d.soort = 'subtotaal' AND d.kant = t.kant
        END
) AS o
WHERE t.soort <> 'post'
