/*
omschrijving: >
  De verandering van het aantal banen van werknemers in een regio, verdeeld volgens Dunn. Nationaal: wat er bij was
  gekomen als elke bedrijfstak was gegroeid als alle banen in Nederland samen. Sectormix: wat het scheelt dat de regio
  andere bedrijfstakken heeft. Regionaal: wat het scheelt dat een bedrijfstak er harder of minder hard groeide dan in
  Nederland. De drie tellen per bedrijfstak precies op tot de verandering; bij het geheel staat in afronding wat de
  afgeronde cellen schelen met de verandering van het gepubliceerde totaal. Een verandering van een jaar, en een over het
  venster van de editie (eerste tot laatste jaar met een totaal voor Nederland). Is een cel aan begin of eind geheim of
  leeg, dan is de hele verdeling van die regio leeg, niet nul. Banen in december, naar de plaats van het werk.
uit: [invoer.editie, invoer.rekenregel, kern.bedrijfstak, reken.baancel]
sleutel: [indeling, soort, regio, periode_van, periode, bedrijfstak]
kolommen:
  indeling: {type: VARCHAR, uitleg: "grof (tien bedrijfstakken) of fijn (achttien)"}
  soort: {type: VARCHAR, uitleg: "jaar: sinds een jaar eerder; venster: over het venster van de editie"}
  regio: {type: VARCHAR, uitleg: regio}
  periode_van: {type: VARCHAR, uitleg: "begin: december van dat jaar"}
  periode: {type: VARCHAR, uitleg: "eind: december van dat jaar"}
  bedrijfstak: {type: VARCHAR, uitleg: "code in kern.bedrijfstak; T001081 is het geheel"}
  banen_van: {type: DOUBLE, uitleg: banen aan het begin}
  banen: {type: DOUBLE, uitleg: banen aan het eind}
  nationaal: {type: DOUBLE, uitleg: deel van de verandering door de groei van alle banen in Nederland, eenheid: banen}
  sectormix: {type: DOUBLE, uitleg: deel door de mix van bedrijfstakken, eenheid: banen}
  regionaal: {type: DOUBLE, uitleg: deel door de eigen groei van de bedrijfstakken in de regio, eenheid: banen}
  afronding: {type: DOUBLE, uitleg: "verschil tussen de verandering van het gepubliceerde totaal en die van de som van de bedrijfstakken", eenheid: banen}
  verandering: {type: DOUBLE, uitleg: "banen min banen_van; gelijk aan nationaal plus sectormix plus regionaal plus afronding", eenheid: banen}
  status: {type: VARCHAR, uitleg: "definitief, voorlopig, nader_voorlopig of onbekend: de minst definitieve van de cellen"}
  leeg_reden: {type: VARCHAR, uitleg: waarom de verdeling ontbreekt}
*/
WITH jaar AS (
    SELECT periode, left(periode, 4)::INTEGER AS jaar
    FROM reken.baancel
    WHERE regio = 'NL01' AND bedrijfstak = 'T001081' AND banen IS NOT NULL
),
tijdvak AS (
    SELECT 'jaar' AS soort, v.periode AS periode_van, t.periode
    FROM jaar AS t
    JOIN jaar AS v ON v.jaar = t.jaar - 1
    UNION ALL
    SELECT 'venster', min(j.periode), max(j.periode)
    FROM jaar AS j
    JOIN invoer.editie AS b ON j.jaar BETWEEN b.editie - (SELECT venster FROM invoer.rekenregel) AND b.editie - 1
    HAVING count(*) > 1
),
indeling AS (
    SELECT 'grof' AS indeling, bedrijfstak FROM kern.bedrijfstak WHERE grof OR bedrijfstak = 'T001081'
    UNION ALL
    SELECT 'fijn', bedrijfstak FROM kern.bedrijfstak WHERE fijn OR bedrijfstak = 'T001081'
),
gevraagd AS (
    SELECT i.indeling, t.soort, r.regio, t.periode_van, t.periode, i.bedrijfstak
    FROM tijdvak AS t
    JOIN (SELECT DISTINCT regio, periode FROM reken.baancel WHERE regio <> 'NL01') AS r USING (periode)
    CROSS JOIN indeling AS i
),
naast AS (
    SELECT g.*, v.banen AS banen_van, t.banen, vn.banen AS nl_van, tn.banen AS nl,
        v.banen + t.banen + vn.banen + tn.banen IS NOT NULL AS bekend,
        greatest(v.status, t.status, vn.status, tn.status) AS status,
        greatest(
            v.reden, t.reden, vn.reden, tn.reden,
            if(v.regio IS NULL OR t.regio IS NULL OR vn.regio IS NULL OR tn.regio IS NULL, 2, NULL)
        ) AS reden
    FROM gevraagd AS g
    LEFT JOIN reken.baancel AS v ON v.regio = g.regio AND v.periode = g.periode_van AND v.bedrijfstak = g.bedrijfstak
    LEFT JOIN reken.baancel AS t ON t.regio = g.regio AND t.periode = g.periode AND t.bedrijfstak = g.bedrijfstak
    LEFT JOIN reken.baancel AS vn ON vn.regio = 'NL01' AND vn.periode = g.periode_van AND vn.bedrijfstak = g.bedrijfstak
    LEFT JOIN reken.baancel AS tn ON tn.regio = 'NL01' AND tn.periode = g.periode AND tn.bedrijfstak = g.bedrijfstak
),
som AS (
    SELECT indeling, soort, regio, periode_van, periode, bool_and(bekend) AS compleet,
        sum(nl ORDER BY bedrijfstak) / nullif(sum(nl_van ORDER BY bedrijfstak), 0) - 1 AS groei_nl,
        max(status) AS som_status, coalesce(max(reden), 1) AS som_reden
    FROM naast
    WHERE bedrijfstak <> 'T001081'
    GROUP BY ALL
),
deel AS (
    SELECT n.*, s.groei_nl, s.compleet AND s.groei_nl IS NOT NULL AS compleet, s.som_status, s.som_reden,
        coalesce(n.nl / nullif(n.nl_van, 0) - 1, s.groei_nl) AS groei_tak
    FROM naast AS n
    JOIN som AS s USING (indeling, soort, regio, periode_van, periode)
),
term AS (
    SELECT *,
        if(compleet, banen_van * groei_nl, NULL) AS nationaal,
        if(compleet, banen_van * (groei_tak - groei_nl), NULL) AS sectormix,
        -- zo geschreven bestaat het ook voor een bedrijfstak die er aan het begin niet was
        if(compleet, banen - banen_van - banen_van * groei_tak, NULL) AS regionaal
    FROM deel
    WHERE bedrijfstak <> 'T001081'
),
opgeteld AS (
    SELECT indeling, soort, regio, periode_van, periode,
        sum(nationaal ORDER BY bedrijfstak) AS nationaal,
        sum(sectormix ORDER BY bedrijfstak) AS sectormix,
        sum(regionaal ORDER BY bedrijfstak) AS regionaal
    FROM term
    GROUP BY ALL
),
regel AS (
    SELECT indeling, soort, regio, periode_van, periode, bedrijfstak, banen_van, banen, nationaal, sectormix, regionaal,
        if(compleet, 0.0, NULL) AS afronding, greatest(status, som_status) AS status, if(compleet, NULL, som_reden) AS reden
    FROM term
    UNION ALL
    SELECT d.indeling, d.soort, d.regio, d.periode_van, d.periode, d.bedrijfstak, d.banen_van, d.banen,
        o.nationaal, o.sectormix, o.regionaal,
        -- wat onder een miljoenste baan ligt komt van het rekenen
        round(d.banen - d.banen_van - o.nationaal - o.sectormix - o.regionaal, 6),
        greatest(d.status, d.som_status),
        CASE WHEN NOT d.bekend THEN coalesce(d.reden, 1) WHEN d.compleet THEN NULL ELSE d.som_reden END
    FROM deel AS d
    JOIN opgeteld AS o USING (indeling, soort, regio, periode_van, periode)
    WHERE d.bedrijfstak = 'T001081'
)
SELECT
    indeling, soort, regio, periode_van, periode, bedrijfstak, banen_van, banen, nationaal, sectormix, regionaal,
    afronding, banen - banen_van AS verandering,
    coalesce(status_orde[status], 'onbekend') AS status,
    leeg_orde[reden] AS leeg_reden
FROM regel
