/*
omschrijving: >
  Hoe sterk een bedrijfstak in een regio aanwezig is, vergeleken met Nederland: het aandeel in de banen van werknemers in
  de regio gedeeld door het aandeel in Nederland. Boven 1 is de bedrijfstak er groter dan gemiddeld. Banen in december,
  naar de plaats van het werk, zonder zelfstandigen. De noemer is het gepubliceerde totaal, dus een geheime bedrijfstak
  maakt alleen zijn eigen quotient leeg. Over een indeling is het met het aandeel in Nederland gewogen gemiddelde 1, op
  de afronding van de cellen na. De codes van grof en fijn staan door elkaar: tel nooit over beide op.
uit: [kern.bedrijfstak, reken.baancel]
sleutel: [regio, periode, bedrijfstak]
kolommen:
  regio: {type: VARCHAR, uitleg: regio}
  periode: {type: VARCHAR, uitleg: "periode; de stand van december"}
  bedrijfstak: {type: VARCHAR, uitleg: code in kern.bedrijfstak}
  banen: {type: DOUBLE, uitleg: banen van werknemers in de regio}
  aandeel: {type: DOUBLE, uitleg: aandeel in de banen van de regio, eenheid: "%"}
  aandeel_nl: {type: DOUBLE, uitleg: aandeel in de banen van Nederland, eenheid: "%"}
  waarde: {type: DOUBLE, uitleg: "locatiequotient: aandeel gedeeld door aandeel_nl"}
  overschot: {type: DOUBLE, uitleg: "banen meer (of, onder nul, minder) dan de regio met het aandeel van Nederland zou hebben"}
  status: {type: VARCHAR, uitleg: "definitief, voorlopig, nader_voorlopig of onbekend: de minst definitieve van de cellen"}
  leeg_reden: {type: VARCHAR, uitleg: waarom er geen quotient is}
*/
WITH gevraagd AS (
    SELECT p.regio, p.periode, b.bedrijfstak
    FROM (SELECT DISTINCT regio, periode FROM reken.baancel WHERE regio <> 'NL01') AS p
    CROSS JOIN kern.bedrijfstak AS b
    WHERE b.groep IS NOT NULL
),
naast AS (
    SELECT g.*, r.banen,
        r.banen / nullif(rt.banen, 0) AS a, n.banen / nullif(nt.banen, 0) AS a_nl, rt.banen AS banen_totaal,
        greatest(r.status, rt.status, n.status, nt.status) AS status,
        coalesce(
            greatest(
                r.reden, rt.reden, n.reden, nt.reden,
                if(r.regio IS NULL OR rt.regio IS NULL OR n.regio IS NULL OR nt.regio IS NULL, 2, NULL)
            ),
            -- geen banen om een aandeel van te nemen
            1
        ) AS reden
    FROM gevraagd AS g
    LEFT JOIN reken.baancel AS r USING (regio, periode, bedrijfstak)
    LEFT JOIN reken.baancel AS rt ON rt.regio = g.regio AND rt.periode = g.periode AND rt.bedrijfstak = 'T001081'
    LEFT JOIN reken.baancel AS n ON n.regio = 'NL01' AND n.periode = g.periode AND n.bedrijfstak = g.bedrijfstak
    LEFT JOIN reken.baancel AS nt ON nt.regio = 'NL01' AND nt.periode = g.periode AND nt.bedrijfstak = 'T001081'
),
quotient AS (
    SELECT *, a / nullif(a_nl, 0) AS waarde FROM naast
)
SELECT
    regio, periode, bedrijfstak, banen, 100 * a AS aandeel, 100 * a_nl AS aandeel_nl, waarde,
    banen - banen_totaal * a_nl AS overschot,
    coalesce(status_orde[status], 'onbekend') AS status,
    CASE WHEN waarde IS NULL THEN
        leeg_orde[reden]
    END AS leeg_reden
FROM quotient
