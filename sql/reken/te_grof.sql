/*
omschrijving: >
  De reeksen waarvan het laatste cijfer een deling van afgeronde aantallen is, en die afronding te grof is voor een plaats:
  zij kan meer schelen dan een deel van de spreiding tussen de regio's van die soort. Tussentabel, wordt niet gepubliceerd.
uit: [invoer.kaart_term, invoer.rekenregel, monitor.indicatorwaarde, reken.reeks, reken.waarde]
sleutel: [reeks]
kolommen:
  reeks: {type: BIGINT, uitleg: nummer in reken.reeks}
  afronding: {type: DOUBLE, uitleg: wat de afronding hoogstens kan schelen}
  spreiding: {type: DOUBLE, uitleg: "verschil tussen het 25e en het 75e percentiel van de regio's van die soort"}
*/
WITH deling AS (
    SELECT DISTINCT indicator, bron_volgorde FROM invoer.kaart_term WHERE rol = 'noemer'
),
laatste AS (
    SELECT s.reeks, s.indicator, s.uitsplitsing, s.soort, w.waarde, w.afronding,
        -- een gepubliceerd percentage is al op zijn eigen decimaal afgerond: daar delen regio's een plaats
        d.indicator IS NOT NULL AS gedeeld
    FROM reken.reeks AS s
    JOIN monitor.indicatorwaarde AS w
        ON w.indicator = s.indicator AND w.uitsplitsing = s.uitsplitsing AND w.regio = s.regio
        AND w.periode = s.laatste_periode
    LEFT JOIN reken.waarde AS b ON b.indicator = s.indicator AND b.regio = s.regio AND b.periode = s.laatste_periode
    LEFT JOIN deling AS d ON d.indicator = s.indicator AND d.bron_volgorde = b.bron_volgorde
    WHERE w.waarde IS NOT NULL
),
spreiding AS (
    SELECT indicator, uitsplitsing, soort, quantile_cont(waarde, 0.75) - quantile_cont(waarde, 0.25) AS spreiding
    FROM laatste
    GROUP BY ALL
)
SELECT l.reeks, l.afronding, s.spreiding
FROM laatste AS l
JOIN spreiding AS s USING (indicator, uitsplitsing, soort)
CROSS JOIN invoer.rekenregel AS e
WHERE l.gedeeld AND l.afronding > e.grofste_deel * s.spreiding
