/*
omschrijving: >
  De stand per indicator en regio voor deze editie: de laatste waarde, naast die van Nederland in dezelfde periode, en de
  verandering sinds een jaar en sinds de vorige editie. De laatste periode is voor alle regio's van een soort dezelfde:
  de laatste waarin een regio van die soort in het rapport een waarde heeft. Een regio die daar geheim of leeg is, blijft
  dus leeg. Een verandering over een reeksbreuk heen wordt niet gegeven, en van een prognose is er geen: daar veranderde niets.
  Van bedragen evenmin, als niet zeker is of de inflatie van beide af is, of van geen van beide.
uit:
  [invoer.breuk, invoer.editie, invoer.kaart, invoer.rekenregel, kern.regio, monitor.indicatorwaarde, reken.prijsbasis,
  reken.rapportregio]
sleutel: [indicator, uitsplitsing, regio]
codes: bouw
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: code van de regio}
  laatste_periode: {type: VARCHAR, uitleg: laatste periode tot en met het jaar van de editie}
  waarde: {type: DOUBLE, uitleg: waarde in die periode}
  status: {type: VARCHAR, uitleg: status van die waarde}
  leeg_reden: {type: VARCHAR, uitleg: waarom er geen waarde is}
  benadering: {type: BOOLEAN, uitleg: waar als de waarde een gewogen gemiddelde van gemeenten is}
  waarde_nl: {type: DOUBLE, uitleg: waarde van Nederland in dezelfde periode en uit dezelfde bron}
  verschil_nl: {type: DOUBLE, uitleg: "waarde min die van Nederland; leeg bij een aantal"}
  verschil_nl_pct: {type: DOUBLE, uitleg: verschil in procenten van de waarde van Nederland, eenheid: "%"}
  aandeel_nl_pct: {type: DOUBLE, uitleg: "aandeel in Nederland, alleen bij een aantal", eenheid: "%"}
  vorige_periode: {type: VARCHAR, uitleg: de periode een jaar eerder}
  verandering_jaar: {type: DOUBLE, uitleg: "waarde min die van een jaar eerder, in de eenheid van de kaart"}
  editie_periode: {type: VARCHAR, uitleg: "de periode waar de vorige editie over ging"}
  verandering_editie: {type: DOUBLE, uitleg: "waarde min die van de vorige editie, in de eenheid van de kaart"}
*/
WITH reeks AS (
    SELECT w.*, left(w.periode, 4)::INTEGER AS jaar, coalesce(r.soort, 'overig') AS soort,
        p.regio IS NOT NULL AS rapport,
        -- waarin een bedrag staat, om er een naast te zetten: leeg is naast niets te zetten
        CASE WHEN b.indicator IS NULL THEN 'nvt' WHEN b.prijsbasis = 'constant' THEN b.bronpeil::VARCHAR
            WHEN b.prijsbasis <> 'onbekend' THEN b.prijsbasis END AS prijzen
    FROM monitor.indicatorwaarde AS w
    LEFT JOIN kern.regio AS r ON r.code = w.regio
    LEFT JOIN reken.rapportregio AS p ON p.regio = w.regio
    LEFT JOIN reken.prijsbasis AS b ON b.indicator = w.indicator AND b.regio = w.regio AND b.periode = w.periode
    WHERE left(w.periode, 4)::INTEGER <= (SELECT editie FROM invoer.editie)
),
laatste AS (
    SELECT indicator, uitsplitsing, soort, coalesce(
        max(periode) FILTER (waarde IS NOT NULL AND rapport), max(periode) FILTER (waarde IS NOT NULL), max(periode)
    ) AS periode
    FROM reeks
    GROUP BY ALL
),
stand AS (
    SELECT r.*
    FROM reeks AS r
    JOIN laatste AS l USING (indicator, uitsplitsing, soort, periode)
)
SELECT
    s.indicator, s.uitsplitsing, s.regio, s.periode AS laatste_periode, s.waarde, s.status, s.leeg_reden, s.benadering,
    n.waarde AS waarde_nl,
    CASE WHEN NOT k.telt_op THEN s.waarde - n.waarde END AS verschil_nl,
    CASE WHEN NOT k.telt_op THEN 100 * (s.waarde - n.waarde) / nullif(abs(n.waarde), 0) END AS verschil_nl_pct,
    -- een saldo onder nul heeft geen aandeel
    CASE WHEN k.telt_op AND s.waarde >= 0 AND n.waarde > 0 THEN 100 * s.waarde / n.waarde END AS aandeel_nl_pct,
    v.periode AS vorige_periode,
    CASE WHEN s.prijzen = v.prijzen AND NOT EXISTS (
        FROM invoer.breuk AS b WHERE b.indicator = s.indicator AND b.vanaf > s.jaar - 1 AND b.vanaf <= s.jaar
    ) THEN s.waarde - v.waarde END AS verandering_jaar,
    e.periode AS editie_periode,
    CASE WHEN s.prijzen = e.prijzen AND NOT EXISTS (
        FROM invoer.breuk AS b WHERE b.indicator = s.indicator AND b.vanaf > s.jaar - r.editie_jaren AND b.vanaf <= s.jaar
    ) THEN s.waarde - e.waarde END AS verandering_editie
FROM stand AS s
JOIN invoer.kaart AS k ON k.id = s.indicator
CROSS JOIN invoer.rekenregel AS r
LEFT JOIN reeks AS n
    ON n.indicator = s.indicator AND n.uitsplitsing = s.uitsplitsing AND n.periode = s.periode AND n.regio = 'NL01'
LEFT JOIN reeks AS v
    ON v.indicator = s.indicator AND v.uitsplitsing = s.uitsplitsing AND v.regio = s.regio AND v.jaar = s.jaar - 1
    AND k.meting <> 'verwachting'
LEFT JOIN reeks AS e
    ON e.indicator = s.indicator AND e.uitsplitsing = s.uitsplitsing AND e.regio = s.regio AND e.jaar = s.jaar - r.editie_jaren
    AND k.meting <> 'verwachting'
