/*
omschrijving: >
  De verandering van het aantal banen in een regio, verdeeld volgens Dunn, met alle banen uit het werkgelegenheidsregister.
  Nationaal: wat er bij was gekomen als elke sectie was gegroeid als alle banen in Nederland samen. Sectormix: wat het
  scheelt dat de regio andere secties heeft. Regionaal: wat het scheelt dat een sectie er harder of minder hard groeide
  dan in Nederland. De drie tellen per sectie precies op tot de verandering; bij het geheel staat in overig wat secties
  zonder code schelen met de verandering van het gepubliceerde totaal. De groei van Nederland is die van LISA (hetzelfde
  begrip) of van banen van werknemers (een ander begrip); begin en eind hebben altijd hetzelfde. Is een sectie aan begin of
  eind onderdrukt, dan is de hele verdeling van die regio leeg. Alleen jaren in SBI 2008.
uit: [invoer.editie, invoer.rekenregel, reken.registerbaan]
sleutel: [soort, regio, periode_van, periode, sectie]
kolommen:
  soort: {type: VARCHAR, uitleg: "jaar: sinds een jaar eerder; venster: over het venster van de editie"}
  regio: {type: VARCHAR, uitleg: regio}
  periode_van: {type: VARCHAR, uitleg: "begin: 1 april van dat jaar"}
  periode: {type: VARCHAR, uitleg: "eind: 1 april van dat jaar"}
  sectie: {type: VARCHAR, uitleg: "letter van de sectie; totaal is het geheel"}
  landelijk_begrip: {type: VARCHAR, uitleg: "lisa: hetzelfde begrip; banen_werknemers: een ander begrip"}
  banen_van: {type: DOUBLE, uitleg: banen aan het begin}
  banen: {type: DOUBLE, uitleg: banen aan het eind}
  nationaal: {type: DOUBLE, uitleg: deel van de verandering door de groei van alle banen in Nederland, eenheid: banen}
  sectormix: {type: DOUBLE, uitleg: deel door de mix van secties, eenheid: banen}
  regionaal: {type: DOUBLE, uitleg: deel door de eigen groei van de secties in de regio, eenheid: banen}
  overig: {type: DOUBLE, uitleg: verandering van banen waarvan de sectie onbekend is, eenheid: banen}
  verandering: {type: DOUBLE, uitleg: "banen min banen_van; gelijk aan nationaal plus sectormix plus regionaal plus overig", eenheid: banen}
  leeg_reden: {type: VARCHAR, uitleg: waarom de verdeling ontbreekt}
*/
WITH jaar AS (
    SELECT DISTINCT jaar, begrip FROM reken.registerbaan
),
tijdvak AS (
    SELECT 'jaar' AS soort, v.jaar AS van, t.jaar AS tot, t.begrip
    FROM jaar AS t
    JOIN jaar AS v ON v.jaar = t.jaar - 1 AND v.begrip = t.begrip
    UNION ALL
    -- van de begrippen die er in het venster zijn het begrip van het laatste jaar
    (
        SELECT 'venster', min(j.jaar), max(j.jaar), j.begrip
        FROM jaar AS j
        JOIN invoer.editie AS b ON j.jaar BETWEEN b.editie - (SELECT venster FROM invoer.rekenregel) AND b.editie - 1
        GROUP BY j.begrip
        HAVING count(*) > 1
        ORDER BY max(j.jaar) DESC, j.begrip
        LIMIT 1
    )
),
naast AS (
    SELECT t.soort, e.regio, t.van, t.tot, t.begrip, e.sectie, v.banen AS banen_van, e.banen, v.banen_nl AS nl_van,
        e.banen_nl AS nl, v.banen + e.banen + v.banen_nl + e.banen_nl IS NOT NULL AS bekend,
        coalesce(greatest(v.reden, e.reden), 2) AS reden
    FROM tijdvak AS t
    JOIN reken.registerbaan AS e ON e.jaar = t.tot
    JOIN reken.registerbaan AS v ON v.jaar = t.van AND v.regio = e.regio AND v.sectie = e.sectie
),
som AS (
    SELECT soort, regio, van, tot, bool_and(bekend) AS compleet,
        sum(nl ORDER BY sectie) / nullif(sum(nl_van ORDER BY sectie), 0) - 1 AS groei_nl,
        max(reden) FILTER (NOT bekend) AS som_reden
    FROM naast
    WHERE sectie <> 'totaal'
    GROUP BY ALL
),
deel AS (
    SELECT n.*, s.groei_nl, s.compleet AND s.groei_nl IS NOT NULL AS compleet, s.som_reden,
        coalesce(n.nl / nullif(n.nl_van, 0) - 1, s.groei_nl) AS groei_sectie
    FROM naast AS n
    JOIN som AS s USING (soort, regio, van, tot)
),
term AS (
    SELECT *,
        if(compleet, banen_van * groei_nl, NULL) AS nationaal,
        if(compleet, banen_van * (groei_sectie - groei_nl), NULL) AS sectormix,
        if(compleet, banen - banen_van - banen_van * groei_sectie, NULL) AS regionaal
    FROM deel
    WHERE sectie <> 'totaal'
),
opgeteld AS (
    SELECT soort, regio, van, tot,
        sum(banen ORDER BY sectie) - sum(banen_van ORDER BY sectie) AS verandering,
        sum(nationaal ORDER BY sectie) AS nationaal,
        sum(sectormix ORDER BY sectie) AS sectormix,
        sum(regionaal ORDER BY sectie) AS regionaal
    FROM term
    GROUP BY ALL
),
regel AS (
    SELECT soort, regio, van, tot, sectie, begrip, banen_van, banen, nationaal, sectormix, regionaal,
        if(compleet, 0.0, NULL) AS overig, CASE WHEN NOT compleet THEN coalesce(som_reden, 1) END AS reden
    FROM term
    UNION ALL
    SELECT d.soort, d.regio, d.van, d.tot, d.sectie, d.begrip, d.banen_van, d.banen, o.nationaal, o.sectormix,
        o.regionaal, if(d.compleet, d.banen - d.banen_van - o.verandering, NULL),
        CASE WHEN NOT d.bekend THEN d.reden WHEN NOT d.compleet THEN coalesce(d.som_reden, 1) END
    FROM deel AS d
    JOIN opgeteld AS o USING (soort, regio, van, tot)
    WHERE d.sectie = 'totaal'
)
SELECT
    soort, regio, van || 'JJ00' AS periode_van, tot || 'JJ00' AS periode, sectie, begrip AS landelijk_begrip, banen_van,
    banen, nationaal, sectormix, regionaal, overig, banen - banen_van AS verandering,
    leeg_orde[reden] AS leeg_reden
FROM regel
