/*
omschrijving: >
  Hoeveel trends er zijn getoetst, hoeveel significant zijn, en hoeveel dat alleen door toeval al zouden zijn: alfa maal
  de toetsen. Apart voor de regio's in het rapport (de provincie, haar COROP-gebieden en gemeenten, de samengestelde regio's).
uit: [invoer.rekenregel, kern.regio, monitor.oordeel, reken.rapportregio]
sleutel: [editie, soort, gebied]
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  soort: {type: VARCHAR, uitleg: soort regio}
  gebied: {type: VARCHAR, uitleg: "nederland: alle regio's van deze soort; rapport: die in het rapport"}
  toetsen: {type: BIGINT, uitleg: aantal getoetste trends}
  signalen: {type: BIGINT, uitleg: "aantal met p kleiner dan alfa, elke toets op zichzelf"}
  verwacht_toeval: {type: DOUBLE, uitleg: "aantal dat bij louter toeval te verwachten is: alfa maal de toetsen"}
  signalen_bh: {type: BIGINT, uitleg: "aantal met een p volgens Benjamini-Hochberg kleiner dan alfa: de significante trends"}
  nagenoeg_gelijk: {type: BIGINT, uitleg: aantal daarvan dat te klein is om ertoe te doen}
  robuust: {type: BIGINT, uitleg: aantal significante trends dat robuust is}
  signalen_ols: {type: BIGINT, uitleg: "aantal met p_ols kleiner dan alfa: wat gewone kleinste kwadraten significant noemt"}
  anders_ols: {type: BIGINT, uitleg: "aantal getoetste trends waarvan trend_ols een ander woord is dan trend"}
*/
WITH oordeel AS (
    SELECT o.*, k.alfa, coalesce(r.soort, 'overig') AS soort,
        p.regio IS NOT NULL AS rapport
    FROM monitor.oordeel AS o
    CROSS JOIN invoer.rekenregel AS k
    LEFT JOIN kern.regio AS r ON r.code = o.regio
    LEFT JOIN reken.rapportregio AS p ON p.regio = o.regio
)
SELECT editie, soort, gebied, count(trend_p) AS toetsen, count(*) FILTER (trend_p < alfa) AS signalen,
    any_value(alfa) * count(trend_p) AS verwacht_toeval,
    count(*) FILTER (trend_p_bh < alfa) AS signalen_bh,
    count(*) FILTER (trend = 'nagenoeg gelijk') AS nagenoeg_gelijk,
    count(*) FILTER (trend_p_bh < alfa AND robuust = 'robuust') AS robuust,
    count(*) FILTER (p_ols < alfa) AS signalen_ols,
    count(*) FILTER (trend_p IS NOT NULL AND trend_ols <> trend) AS anders_ols
FROM (
    SELECT *, 'nederland' AS gebied FROM oordeel
    UNION ALL
    SELECT *, 'rapport' FROM oordeel WHERE rapport
)
GROUP BY ALL
