/*
omschrijving: >
  Is elke waarde terug te voeren op ten minste een cel van een bewaard antwoord?
tabel: monitor.indicatorwaarde
zwaarte: blokkeert
reden: een cijfer waarvan niemand kan zeggen waar het vandaan komt, wordt niet gepubliceerd
datum: 2026-11-22
uit: [monitor.herkomst, monitor.indicatorwaarde]
uitleg: elke waarde is terug te voeren op cellen van een bewaard antwoord
vervolg: Kijk in sql/monitor/herkomst.sql.
sleutel: [indicator, uitsplitsing, regio, periode]
*/
WITH herkomst AS (
    SELECT DISTINCT indicator, uitsplitsing, regio, periode FROM monitor.herkomst
)
SELECT w.indicator, w.uitsplitsing, w.regio, w.periode, w.waarde, h.indicator IS NOT NULL AS klopt
FROM monitor.indicatorwaarde AS w
LEFT JOIN herkomst AS h USING (indicator, uitsplitsing, regio, periode)
WHERE w.waarde IS NOT NULL
