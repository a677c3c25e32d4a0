/*
omschrijving: >
  Is elke verhouding haar teller gedeeld door haar noemer, maal een factor van haar kaart? Een benadering doet niet mee:
  die is uit gewogen delen gemaakt.
tabel: monitor.indicatorwaarde
zwaarte: blokkeert
reden: teller, noemer en waarde staan alle drie in de downloads en mogen elkaar niet tegenspreken
datum: 2026-11-22
drempels:
  gelijk:
    waarde: 1.0e-9
    reden: "dubbele precisie: twee volgordes van rekenen verschillen minder"
    datum: 2026-11-22
uit: [invoer.kaart_term, monitor.indicatorwaarde]
uitleg: elke verhouding is haar teller gedeeld door haar noemer, maal de factor van de kaart
vervolg: Kijk in sql/monitor/indicatorwaarde.sql en naar de factor op de kaart.
sleutel: [indicator, uitsplitsing, regio, periode]
*/
WITH factor AS (
    SELECT DISTINCT indicator, factor FROM invoer.kaart_term WHERE rol = 'noemer'
),
verschil AS (
    SELECT w.indicator, w.uitsplitsing, w.regio, w.periode, w.waarde, w.teller, w.noemer,
        min(abs(w.waarde - f.factor * w.teller / w.noemer)) AS afwijking,
        $gelijk * greatest(abs(w.waarde), 1) AS tolerantie
    FROM monitor.indicatorwaarde AS w
    JOIN factor AS f USING (indicator)
    WHERE w.waarde IS NOT NULL AND w.teller IS NOT NULL AND w.noemer <> 0 AND NOT w.benadering
    GROUP BY ALL
)
SELECT *, afwijking <= tolerantie AS klopt
FROM verschil
