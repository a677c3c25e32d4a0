/*
omschrijving: >
  Wonen en werken in evenwicht? De banen van werknemers in een regio naast de banen van werknemers die er wonen, en wie
  er over de grens van de regio heen en weer gaat. Onder 1 is de regio meer een woongebied dan een werkgebied. De twee
  aandelen van de provincie zijn 'werkzaam buiten de provincie' en 'banen vervuld van buiten de provincie'. Een samengestelde
  regio is de som van haar leden, wie binnen de regio pendelt meegeteld; ontbreekt een van de cellen, dan is zij leeg.
  Zonder zelfstandigen: met alle banen en de beroepsbevolking kan het pas uit het werkgelegenheidsregister.
uit: [kern.onderwerp, kern.regio, kern.regio_lid, kern.waarneming]
herkomst: {tabellen: [85481NED]}
sleutel: [regio, periode]
kolommen:
  regio: {type: VARCHAR, uitleg: regio}
  periode: {type: VARCHAR, uitleg: "periode: de maand december"}
  banen: {type: DOUBLE, uitleg: banen van werknemers in de regio}
  banen_van_inwoners: {type: DOUBLE, uitleg: "banen van werknemers die in de regio wonen, waar ook"}
  wonen_en_werken: {type: DOUBLE, uitleg: banen in de regio van wie er ook woont}
  uitgaand: {type: DOUBLE, uitleg: banen van inwoners buiten de regio}
  inkomend: {type: DOUBLE, uitleg: banen in de regio van wie er niet woont}
  uitgaand_pct: {type: DOUBLE, uitleg: uitgaand als deel van de banen van inwoners, eenheid: "%"}
  inkomend_pct: {type: DOUBLE, uitleg: inkomend als deel van de banen in de regio, eenheid: "%"}
  waarde: {type: DOUBLE, uitleg: "woon-werkbalans: banen gedeeld door banen_van_inwoners"}
  status: {type: VARCHAR, uitleg: "definitief, voorlopig, nader_voorlopig of onbekend: de minst definitieve van de cellen"}
  leeg_reden: {type: VARCHAR, uitleg: waarom er geen balans is}
*/
WITH cel AS (
    SELECT w.regio AS woonregio, split_part(w.uitsplitsing, '=', 2) AS werkregio,
        w.periode, w.waarde * o.factor AS banen,
        list_position(status_orde, w.status) AS status,
        list_position(leeg_orde, w.leeg_reden) AS reden
    FROM kern.waarneming AS w
    JOIN kern.onderwerp AS o USING (bron, tabel, onderwerp)
    WHERE w.tabel = '85481NED' AND w.onderwerp = 'banen'
),
lid AS (
    SELECT DISTINCT woonregio AS regio, woonregio AS lid FROM cel WHERE woonregio <> 'NL01'
    UNION ALL
    SELECT l.regio, l.lid
    FROM kern.regio_lid AS l
    JOIN kern.regio AS r ON r.code = l.regio AND r.soort = 'samengesteld'
),
-- elke cel die een regio vraagt: wat de leden wonen, wat er in de leden is, en elk paar van leden
gevraagd AS (
    SELECT p.periode, v.*
    FROM (SELECT DISTINCT periode FROM cel) AS p
    CROSS JOIN (
        SELECT DISTINCT regio, lid AS woonregio, 'NL01' AS werkregio, 'woon' AS rol FROM lid
        UNION ALL
        SELECT DISTINCT regio, 'NL01', lid, 'werk' FROM lid
        UNION ALL
        SELECT DISTINCT a.regio, a.lid, b.lid, 'beide' FROM lid AS a JOIN lid AS b USING (regio)
    ) AS v
),
som AS (
    SELECT g.regio, g.periode, count(c.banen) = count(*) AS compleet,
        sum(c.banen ORDER BY g.woonregio, g.werkregio) FILTER (g.rol = 'woon') AS woon,
        sum(c.banen ORDER BY g.woonregio, g.werkregio) FILTER (g.rol = 'werk') AS werk,
        sum(c.banen ORDER BY g.woonregio, g.werkregio) FILTER (g.rol = 'beide') AS beide,
        max(c.status) AS status,
        max(if(c.woonregio IS NULL, 2, c.reden)) AS reden
    FROM gevraagd AS g
    LEFT JOIN cel AS c USING (woonregio, werkregio, periode)
    GROUP BY g.regio, g.periode
),
regel AS (
    SELECT regio, periode, if(compleet, werk, NULL) AS werk, if(compleet, woon, NULL) AS woon,
        if(compleet, beide, NULL) AS beide, status, coalesce(reden, 1) AS reden
    FROM som
)
SELECT
    regio, periode, werk AS banen, woon AS banen_van_inwoners, beide AS wonen_en_werken, woon - beide AS uitgaand,
    werk - beide AS inkomend, 100 * (woon - beide) / nullif(woon, 0) AS uitgaand_pct,
    100 * (werk - beide) / nullif(werk, 0) AS inkomend_pct, werk / nullif(woon, 0) AS waarde,
    coalesce(status_orde[status], 'onbekend') AS status,
    CASE WHEN werk / nullif(woon, 0) IS NULL THEN
        leeg_orde[reden]
    END AS leeg_reden
FROM regel
