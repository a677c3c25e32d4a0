/*
omschrijving: >
  De leden waaruit een samengestelde regio wordt berekend, met hun waarde, als de bron die regio zelf niet geeft. De leden gelden zoals de regio nu is
  omschreven, voor alle jaren: zo is de reeks van een regio steeds die van hetzelfde gebied. De provincie en haar
  COROP-gebieden worden alleen berekend uit een aangeleverd bestand dat die regio niet kent; wat op StatLine staat wordt
  overgenomen zoals gepubliceerd, nooit door ons opgeteld. Nederland wordt nooit berekend. Tussentabel, wordt niet
  gepubliceerd.
uit:
  [invoer.kaart, invoer.kaart_term, kern.regio, kern.regio_lid, reken.kaartcel, reken.rapportregio, reken.waarde]
sleutel: [indicator, regio, periode, lid]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  aggregatie: {type: VARCHAR, uitleg: hoe de kaart optelt}
  regio: {type: VARCHAR, uitleg: de samengestelde regio}
  jaar: {type: INTEGER, uitleg: jaar}
  periode: {type: VARCHAR, uitleg: het jaar in CBS-notatie}
  lid: {type: VARCHAR, uitleg: gemeente in die regio}
  waarde: {type: DOUBLE, uitleg: waarde van het lid}
  factor: {type: DOUBLE, uitleg: factor van de kaart}
  teller: {type: DOUBLE, uitleg: teller van het lid}
  noemer: {type: DOUBLE, uitleg: noemer van het lid}
  marge: {type: DOUBLE, uitleg: "halve breedte van het interval van de waarde van het lid; leeg zonder marges"}
  afronding: {type: DOUBLE, uitleg: wat de afronding van de cellen van het lid hoogstens kan schelen}
  status: {type: VARCHAR, uitleg: status van het lid}
  leeg_reden: {type: VARCHAR, uitleg: waarom het lid geen waarde heeft}
  weging: {type: VARCHAR, uitleg: id van de kaart waarmee wordt gewogen}
  lid_gewicht: {type: DOUBLE, uitleg: waarde van die kaart voor hetzelfde lid en jaar}
  gewicht_status: {type: VARCHAR, uitleg: status van dat gewicht}
  gewicht_reden: {type: VARCHAR, uitleg: waarom dat gewicht er niet is}
*/
WITH bestand AS (
    SELECT indicator, bron_volgorde
    FROM invoer.kaart_term
    WHERE rol = 'teller'
    GROUP BY indicator, bron_volgorde
    HAVING bool_and(bron = 'aanlevering')
),
kent AS (
    SELECT DISTINCT indicator, bron_volgorde, regio FROM reken.kaartcel WHERE rol = 'teller' AND regio IS NOT NULL
),
ledental AS (
    SELECT DISTINCT l.regio, l.lid, false AS als_bron_zwijgt
    FROM kern.regio_lid AS l
    JOIN kern.regio AS r ON r.code = l.regio AND r.soort = 'samengesteld'
    UNION ALL
    SELECT l.regio, l.lid, true
    FROM kern.regio_lid AS l
    JOIN kern.regio AS g ON g.code = l.lid AND g.soort = 'gemeente'
    SEMI JOIN reken.rapportregio AS p ON p.regio = l.regio AND p.laag IN ('provincie', 'corop')
    WHERE l.geldig_tot IS NULL
),
gevraagd AS (
    SELECT r.*, l.regio, l.lid
    FROM (SELECT DISTINCT indicator, jaar, periode FROM reken.waarde) AS r
    CROSS JOIN ledental AS l
    -- wat de bron zelf zegt gaat voor: het register heeft samengestelde regio's, en een lid kan er onderdrukt zijn
    ANTI JOIN (FROM reken.waarde WHERE leeg_reden IS DISTINCT FROM 'niet_in_selectie') AS w
        ON w.indicator = r.indicator AND w.regio = l.regio AND w.periode = r.periode
    WHERE NOT l.als_bron_zwijgt
    UNION ALL
    SELECT w.indicator, w.jaar, w.periode, w.regio, l.lid
    FROM reken.waarde AS w
    JOIN invoer.kaart AS k ON k.id = w.indicator AND k.aggregatie <> 'niet'
    JOIN ledental AS l ON l.regio = w.regio AND l.als_bron_zwijgt
    SEMI JOIN bestand AS b ON b.indicator = w.indicator AND b.bron_volgorde = w.bron_volgorde
    ANTI JOIN kent AS c
        ON c.indicator = w.indicator AND c.bron_volgorde = w.bron_volgorde AND c.regio = w.regio
    WHERE w.leeg_reden = 'niet_in_selectie'
)
SELECT
    g.indicator, k.aggregatie, g.regio, g.jaar, g.periode, g.lid,
    w.waarde, w.factor, w.teller, w.noemer, (w.marge_boven - w.marge_onder) / 2 AS marge, w.afronding, w.status,
    -- een lid zonder rij bestond dat jaar niet
    CASE WHEN w.indicator IS NULL THEN 'niet_van_toepassing' ELSE w.leeg_reden END AS leeg_reden,
    k.gewicht AS weging, m.waarde AS lid_gewicht, m.status AS gewicht_status,
    CASE
        WHEN k.gewicht IS NOT NULL AND m.indicator IS NULL THEN 'niet_in_selectie' ELSE m.leeg_reden
    END AS gewicht_reden
FROM gevraagd AS g
JOIN invoer.kaart AS k ON k.id = g.indicator
LEFT JOIN reken.waarde AS w ON w.indicator = g.indicator AND w.regio = g.lid AND w.periode = g.periode
LEFT JOIN reken.waarde AS m ON m.indicator = k.gewicht AND m.regio = g.lid AND m.jaar = g.jaar
