/*
omschrijving: >
  Heeft elke indicator een waarde voor de provincie, of staat in monitor.niet_beschikbaar waarom niet? Nooit beide.
tabel: monitor.niet_beschikbaar
zwaarte: blokkeert
reden: een indicator die zonder reden ontbreekt, valt anders ongemerkt uit het rapport
datum: 2026-11-22
uit: [invoer.gebied, monitor.indicator, monitor.indicatorwaarde, monitor.niet_beschikbaar]
uitleg: elke indicator heeft een waarde voor {gebied}, of hier een reden waarom niet; nooit beide
vervolg: Kijk in sql/monitor/niet_beschikbaar.sql.
sleutel: [indicator]
*/
WITH stand AS (
    SELECT
        i.id AS indicator,
        i.id NOT IN (
            SELECT w.indicator
            FROM monitor.indicatorwaarde AS w
            SEMI JOIN invoer.gebied AS g ON g.code = w.regio
            WHERE w.waarde IS NOT NULL
        ) AS zonder_waarde,
        i.id IN (SELECT indicator FROM monitor.niet_beschikbaar) AS met_uitleg
    FROM monitor.indicator AS i
)
SELECT *, zonder_waarde = met_uitleg AS klopt
FROM stand
