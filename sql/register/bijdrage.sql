/*
omschrijving: >
  Wat elke onderneming bijdraagt aan de kleinste delen (atomen) waaruit elke cel is op te tellen. Een kant verdeelt alle
  vestigingen van een gemeente: naar sector (SBI 2008), naar sector_2025 (SBI 2025) of naar klasse. Een jaar dat in
  beide is gecodeerd, wordt verdeeld naar sector_beide: beide codes tegelijk. Vertrouwelijk.
uit: [invoer.vestiging, invoer.atoom, invoer.kant]
sleutel: [jaar, gemeente, kant, atoom, onderneming]
kolommen:
  jaar: {type: INTEGER, uitleg: jaar van de peildatum}
  gemeente: {type: VARCHAR, uitleg: gemeente van de vestiging}
  kant: {type: VARCHAR, uitleg: "sector, sector_2025, sector_beide of klasse"}
  atoom: {type: VARCHAR, uitleg: deel van die kant}
  onderneming: {type: VARCHAR, uitleg: onderneming waar de vestigingen bij horen}
  vestigingen: {type: INTEGER, uitleg: aantal vestigingen}
  banen: {type: INTEGER, uitleg: banen}
  fulltime: {type: INTEGER, uitleg: banen van 12 uur of meer per week}
*/
WITH kleinst AS (
    -- eerst per code: daarna zijn er veel minder regels te koppelen
    SELECT jaar, gemeente, onderneming, sectie, sbi, sectie_2025, sbi_2025,
        CASE
            WHEN fulltime = 0 THEN '0'
            WHEN fulltime = 1 THEN '1'
            WHEN fulltime < 5 THEN '2-4'
            WHEN fulltime < 10 THEN '5-9'
            WHEN fulltime < 20 THEN '10-19'
            WHEN fulltime < 50 THEN '20-49'
            WHEN fulltime < 100 THEN '50-99'
            WHEN fulltime < 250 THEN '100-249'
            ELSE '250+'
        END AS klasse,
        count(*) AS vestigingen, sum(banen) AS banen, sum(fulltime) AS fulltime
    FROM invoer.vestiging
    GROUP BY ALL
),
deel AS (
    SELECT k.*, coalesce(a.atoom, 'onbekend') AS sector, coalesce(b.atoom, 'onbekend') AS sector_2025
    FROM kleinst AS k
    LEFT JOIN invoer.atoom AS a
        ON a.kant = 'sector' AND a.sectie = k.sectie AND a.sbi = coalesce(k.sbi, '')
    LEFT JOIN invoer.atoom AS b
        ON b.kant = 'sector_2025' AND b.sectie = k.sectie_2025 AND b.sbi = coalesce(k.sbi_2025, '')
),
lang AS (
    SELECT jaar, gemeente, 'sector' AS kant, sector AS atoom, onderneming, vestigingen, banen, fulltime FROM deel
    UNION ALL
    SELECT jaar, gemeente, 'sector_2025', sector_2025, onderneming, vestigingen, banen, fulltime FROM deel
    UNION ALL
    SELECT jaar, gemeente, 'sector_beide', sector || '~' || sector_2025, onderneming, vestigingen, banen, fulltime
    FROM deel
    UNION ALL
    SELECT jaar, gemeente, 'klasse', klasse, onderneming, vestigingen, banen, fulltime FROM deel
)
SELECT jaar, gemeente, kant, atoom, onderneming,
    sum(vestigingen)::INTEGER AS vestigingen, sum(banen)::INTEGER AS banen, sum(fulltime)::INTEGER AS fulltime
FROM lang
-- een jaar dat (bijna) geen code van een indeling heeft, wordt niet in die indeling verdeeld
SEMI JOIN invoer.kant USING (jaar, kant)
GROUP BY ALL
