/*
omschrijving: >
  De regio's waarover het rapport gaat: Nederland, de provincie van deze monitor, haar COROP-gebieden en gemeenten van nu,
  en de samengestelde regio's. De enige plek waar staat welke dat zijn. Tussentabel, wordt niet gepubliceerd.
uit: [invoer.gebied, kern.regio, kern.regio_lid]
sleutel: [regio]
kolommen:
  regio: {type: VARCHAR, uitleg: code van de regio}
  laag: {type: VARCHAR, uitleg: "land, provincie, corop, gemeente of samengesteld"}
  in_gebied: {type: BOOLEAN, uitleg: "de provincie zelf, een COROP-gebied of een gemeente daarin"}
*/
WITH gebied AS (
    SELECT code AS regio FROM invoer.gebied
    UNION
    SELECT l.lid FROM kern.regio_lid AS l SEMI JOIN invoer.gebied AS g ON g.code = l.regio WHERE l.geldig_tot IS NULL
)
SELECT r.code AS regio, r.soort AS laag, g.regio IS NOT NULL AS in_gebied
FROM kern.regio AS r
LEFT JOIN gebied AS g ON g.regio = r.code
WHERE g.regio IS NOT NULL OR r.soort IN ('land', 'samengesteld')
