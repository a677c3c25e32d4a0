/*
omschrijving: >
  De punten van elke reeks in het venster, en van het jaar ervoor (voor het venster een jaar eerder): wat een toets op
  de trend en op de kloof met Nederland nodig heeft. Tussentabel, wordt niet gepubliceerd.
uit: [invoer.breuk, invoer.kaart, invoer.rekenregel, monitor.indicatorwaarde, monitor.reele_waarde, reken.reeks]
sleutel: [reeks, jaar]
kolommen:
  reeks: {type: BIGINT, uitleg: nummer in reken.reeks}
  jaar: {type: INTEGER, uitleg: jaar}
  waarde: {type: DOUBLE, uitleg: "de waarde; van een bedrag met een deflator het reele bedrag, en leeg zonder prijsindex van dat jaar"}
  se: {type: DOUBLE, uitleg: "standaardfout uit de marges, die een interval van 95% zijn; van een marge die op nul is afgerond wat die afronding kan schelen; leeg zonder marges"}
  voorlopig: {type: BOOLEAN, uitleg: of de waarde voorlopig of nader voorlopig is}
  zijde: {type: BIGINT, uitleg: "aantal reeksbreuken tot en met dit jaar: alleen punten met hetzelfde getal zijn te vergelijken"}
  gat: {type: DOUBLE, uitleg: "grootte van het verschil met Nederland, zonder teken; bij lopende prijzen in procenten van Nederland"}
  gat_se: {type: DOUBLE, uitleg: standaardfout daarvan}
  gat_schaal: {type: DOUBLE, uitleg: grootte van de twee getallen waarvan het gat het verschil is}
  afronding: {type: DOUBLE, uitleg: "hoeveel de afronding van de bron de waarde hoogstens kan schelen; 0 als dat niet bekend is"}
  gat_afronding: {type: DOUBLE, uitleg: hetzelfde van het gat}
  gat_teken: {type: INTEGER, uitleg: "1: boven Nederland; -1: eronder; 0: gelijk"}
*/
WITH punt AS (
    SELECT s.reeks, left(w.periode, 4)::INTEGER AS jaar, w.indicator, w.uitsplitsing, w.regio, w.periode, w.waarde,
        if(v.indicator IS NULL, w.waarde, v.waarde) AS reeel,
        if(v.indicator IS NULL, 1, v.prijsindex_peil / v.prijsindex) AS omrekening, coalesce(w.afronding, 0) AS afronding,
        w.status IN ('voorlopig', 'nader_voorlopig') AS voorlopig,
        -- een marge die op nul is afgerond is niet nul: zij is hoogstens wat die afronding kan schelen
        CASE WHEN w.marge_boven > w.marge_onder THEN (w.marge_boven - w.marge_onder) / 2
            WHEN w.marge_boven = w.marge_onder AND w.afronding > 0 THEN w.afronding END / k.marge_se AS se
    FROM reken.reeks AS s
    JOIN monitor.indicatorwaarde AS w USING (indicator, uitsplitsing, regio)
    LEFT JOIN monitor.reele_waarde AS v USING (indicator, uitsplitsing, regio, periode)
    CROSS JOIN invoer.rekenregel AS k
    WHERE w.waarde IS NOT NULL AND left(w.periode, 4)::INTEGER BETWEEN s.editie - k.venster - 1 AND s.editie - 1
),
nederland AS (
    SELECT p.*, k.prijzen = 'lopend' AS relatief
    FROM punt AS p
    JOIN invoer.kaart AS k ON k.id = p.indicator
    -- het verschil van een aantal met dat van heel Nederland zegt niets
    WHERE p.regio = 'NL01' AND NOT k.telt_op AND NOT (k.prijzen = 'lopend' AND p.waarde = 0)
)
SELECT
    -- de prijzen van een jaar zijn overal dezelfde: het gat in procenten van Nederland heeft geen index nodig
    p.reeks, p.jaar, p.reeel AS waarde, p.se * p.omrekening AS se, p.voorlopig,
    (SELECT count(*) FROM invoer.breuk AS b WHERE b.indicator = p.indicator AND b.vanaf <= p.jaar) AS zijde,
    abs(p.waarde - n.waarde) * if(n.relatief, 100 / abs(n.waarde), 1) AS gat,
    CASE WHEN n.relatief
        THEN sqrt(p.se * p.se + pow(p.waarde / n.waarde * n.se, 2)) * 100 / abs(n.waarde)
        ELSE sqrt(p.se * p.se + n.se * n.se)
    END AS gat_se,
    greatest(abs(p.waarde), abs(n.waarde)) * if(n.relatief, 100 / abs(n.waarde), 1) AS gat_schaal,
    p.afronding * p.omrekening AS afronding,
    CASE WHEN n.relatief THEN (p.afronding + abs(p.waarde / n.waarde) * n.afronding) * 100 / abs(n.waarde)
        ELSE p.afronding + n.afronding
    END AS gat_afronding,
    CASE
        -- een verschil in de tiende decimaal is een afronding in de computer
        WHEN abs(p.waarde - n.waarde) <= (SELECT ruis FROM invoer.rekenregel) * greatest(abs(p.waarde), abs(n.waarde)) THEN 0
        ELSE sign(p.waarde - n.waarde)::INTEGER
    END AS gat_teken
FROM punt AS p
LEFT JOIN nederland AS n
    ON n.indicator = p.indicator AND n.uitsplitsing = p.uitsplitsing AND n.periode = p.periode AND p.regio <> 'NL01'
