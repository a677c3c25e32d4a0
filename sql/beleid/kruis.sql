/*
omschrijving: >
  Wat er van een post werd toen de indeling veranderde, met het bedrag van het laatste jaar ervoor en het eerste jaar erna.
  Alleen een gelijke naam is zeker; de rest is een voorstel. Per opgave zijn de twee jaren niet te vergelijken.
uit: [invoer.beleid_bedrag, invoer.beleid_kruis]
sleutel: [editie, regel]
zoals: {assets.beleid.tabellen.KRUIS: alles}
kolommen:
  van_jaar: {type: INTEGER, uitleg: laatste jaar in de oude indeling}
  van_bedrag: {type: BIGINT, uitleg: bedrag van de post in dat jaar; leeg is niet gegeven, eenheid: euro}
  naar_jaar: {type: INTEGER, uitleg: eerste jaar in de nieuwe indeling}
  naar_bedrag: {type: BIGINT, uitleg: bedrag van de post in dat jaar; leeg is niet gegeven, eenheid: euro}
*/
WITH post AS (
    SELECT editie, indeling, opgave, jaar, post, sum(bedrag)::BIGINT AS bedrag
    FROM invoer.beleid_bedrag
    WHERE soort = 'post' AND begrotingsstand IS NOT NULL
    GROUP BY ALL
),
jaar AS (
    SELECT editie, indeling, min(jaar) AS eerste, max(jaar) AS laatste FROM post GROUP BY ALL
)
SELECT k.*, a.laatste AS van_jaar, v.bedrag AS van_bedrag, b.eerste AS naar_jaar, n.bedrag AS naar_bedrag
FROM invoer.beleid_kruis AS k
JOIN jaar AS a ON a.editie = k.editie AND a.indeling = k.van_indeling
JOIN jaar AS b ON b.editie = k.editie AND b.indeling = k.naar_indeling
LEFT JOIN post AS v ON (v.editie, v.indeling, v.opgave, v.post, v.jaar) = (k.editie, k.van_indeling, k.van_opgave, k.van_post, a.laatste)
LEFT JOIN post AS n ON (n.editie, n.indeling, n.opgave, n.post, n.jaar) = (k.editie, k.naar_indeling, k.naar_opgave, k.naar_post, b.eerste)
