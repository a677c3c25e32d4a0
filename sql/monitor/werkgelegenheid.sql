/*
omschrijving: >
  Vestigingen en banen uit het werkgelegenheidsregister per regio en jaar: het totaal, en verdeeld naar sectie van de SBI,
  grootteklasse (naar personen die 12 uur of meer werken) en eigen groep van sectoren. Uit de beveiligde tabellen: een cel
  die iets over een enkel bedrijf zou zeggen is onderdrukt, en alles wat daarvan is afgeleid ook. De waarden zijn die van
  de cel, het rapport toont ze in tientallen. Stand op 1 april. In 2026 ging de indeling over van SBI 2008 naar SBI 2025:
  een verandering over die breuk heen is er niet voor secties en groepen.
uit: [invoer.code, invoer.momentopname, kern.waarneming]
herkomst: {tabellen: [pwr]}
sleutel: [regio, periode, dimensie, code]
kolommen:
  regio: {type: VARCHAR, uitleg: regio}
  periode: {type: VARCHAR, uitleg: "jaar; de stand van 1 april"}
  dimensie: {type: VARCHAR, uitleg: "totaal, Sectie (SBI 2008), Sectie2025 (SBI 2025), Klasse of Groep"}
  code: {type: VARCHAR, uitleg: code binnen die dimensie; totaal bij het totaal}
  naam: {type: VARCHAR, uitleg: naam van de code}
  indeling: {type: VARCHAR, uitleg: "SBI 2008 of SBI 2025 bij een sectie of groep; anders leeg"}
  vestigingen: {type: DOUBLE, uitleg: aantal vestigingen}
  banen: {type: DOUBLE, uitleg: aantal banen}
  fulltime: {type: DOUBLE, uitleg: aantal banen van 12 uur of meer per week}
  aandeel_vestigingen: {type: DOUBLE, uitleg: aandeel in alle vestigingen van de regio, eenheid: "%"}
  aandeel_banen: {type: DOUBLE, uitleg: aandeel in alle banen van de regio, eenheid: "%"}
  groei_banen: {type: DOUBLE, uitleg: verandering van het aantal banen sinds een jaar eerder, eenheid: "%"}
  banen_erbij: {type: DOUBLE, uitleg: banen min die van een jaar eerder}
  index_2019: {type: DOUBLE, uitleg: banen als index}
  status: {type: VARCHAR, uitleg: "definitief, voorlopig, nader_voorlopig of onbekend"}
  leeg_reden: {type: VARCHAR, uitleg: "waarom vestigingen, banen en fulltime er niet zijn: onderdrukt"}
*/
WITH cel AS (
    SELECT regio, periode, left(periode, 4)::INTEGER AS jaar,
        split_part(uitsplitsing, '=', 1) AS dimensie, split_part(uitsplitsing, '=', -1) AS code,
        max(waarde) FILTER (onderwerp = 'vestigingen') AS vestigingen,
        max(waarde) FILTER (onderwerp = 'banen') AS banen,
        max(waarde) FILTER (onderwerp = 'fulltime') AS fulltime,
        max(status) AS status, max(leeg_reden) AS leeg_reden
    FROM kern.waarneming
    WHERE bron = 'register' AND onderwerp IN ('vestigingen', 'banen', 'fulltime')
    GROUP BY regio, periode, uitsplitsing
),
indeling AS (
    -- een jaar dat in beide is gecodeerd heeft zijn groepen in de oude
    SELECT jaar, if(bool_or(dimensie = 'Sectie'), 'SBI 2008', 'SBI 2025') AS groepen FROM cel GROUP BY jaar
),
ingedeeld AS (
    SELECT c.*, CASE c.dimensie
        WHEN 'Sectie' THEN 'SBI 2008' WHEN 'Sectie2025' THEN 'SBI 2025' WHEN 'Groep' THEN i.groepen
    END AS indeling
    FROM cel AS c
    JOIN indeling AS i USING (jaar)
),
naam AS (
    SELECT c.dimensie, c.code, any_value(c.titel) AS naam
    FROM invoer.code AS c
    SEMI JOIN invoer.momentopname AS m
        ON m.gebruikt AND (m.bron, m.tabel, m.momentopname) = (c.bron, c.tabel, c.momentopname)
    WHERE c.bron = 'register' AND c.soort = 'uitsplitsing'
    GROUP BY ALL
)
SELECT
    c.regio, c.periode, c.dimensie, c.code, coalesce(n.naam, 'Alle vestigingen') AS naam, c.indeling,
    c.vestigingen, c.banen, c.fulltime,
    100 * c.vestigingen / nullif(t.vestigingen, 0) AS aandeel_vestigingen,
    100 * c.banen / nullif(t.banen, 0) AS aandeel_banen,
    100 * (c.banen - v.banen) / nullif(v.banen, 0) AS groei_banen,
    c.banen - v.banen AS banen_erbij,
    100 * c.banen / nullif(b.banen, 0) AS index_2019,
    c.status, c.leeg_reden
FROM ingedeeld AS c
JOIN ingedeeld AS t ON t.regio = c.regio AND t.jaar = c.jaar AND t.dimensie = 'totaal'
LEFT JOIN ingedeeld AS v
    ON v.regio = c.regio AND v.jaar = c.jaar - 1 AND v.dimensie = c.dimensie AND v.code = c.code
    AND v.indeling IS NOT DISTINCT FROM c.indeling
LEFT JOIN ingedeeld AS b
    ON b.regio = c.regio AND b.jaar = 2019 AND b.dimensie = c.dimensie AND b.code = c.code
    AND b.indeling IS NOT DISTINCT FROM c.indeling
LEFT JOIN naam AS n ON n.dimensie = c.dimensie AND n.code = c.code
