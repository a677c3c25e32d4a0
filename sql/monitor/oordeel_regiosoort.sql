/*
omschrijving: >
  Hoeveel trends er zijn getoetst, hoeveel significant zijn, en hoeveel dat alleen door toeval al zouden zijn: 5% van de
  toetsen. Apart voor de regio's in het rapport (de provincie, haar COROP-gebieden en gemeenten, de samengestelde regio's).
uit: [kern.regio, monitor.oordeel, reken.rapportregio]
sleutel: [editie, soort, gebied]
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  soort: {type: VARCHAR, uitleg: soort regio}
  gebied: {type: VARCHAR, uitleg: "nederland: alle regio's van deze soort; rapport: die in het rapport"}
  toetsen: {type: BIGINT, uitleg: aantal getoetste trends}
  signalen: {type: BIGINT, uitleg: aantal met p kleiner dan 0,05}
  verwacht_toeval: {type: DOUBLE, uitleg: "aantal dat bij louter toeval te verwachten is: 5% van de toetsen"}
  signalen_bh: {type: BIGINT, uitleg: aantal met een p volgens Benjamini-Hochberg kleiner dan 0,05}
  robuust: {type: BIGINT, uitleg: aantal signalen dat robuust is}
*/
WITH oordeel AS (
    SELECT o.*, coalesce(r.soort, 'overig') AS soort,
        p.regio IS NOT NULL AS rapport
    FROM monitor.oordeel AS o
    LEFT JOIN kern.regio AS r ON r.code = o.regio
    LEFT JOIN reken.rapportregio AS p ON p.regio = o.regio
)
SELECT editie, soort, gebied, count(trend_p) AS toetsen, count(*) FILTER (trend_p < 0.05) AS signalen,
    0.05::DOUBLE * count(trend_p) AS verwacht_toeval,
    count(*) FILTER (trend_p_bh < 0.05) AS signalen_bh,
    count(*) FILTER (trend_p < 0.05 AND robuust = 'robuust') AS robuust
FROM (
    SELECT *, 'nederland' AS gebied FROM oordeel
    UNION ALL
    SELECT *, 'rapport' FROM oordeel WHERE rapport
)
GROUP BY ALL
