/*
omschrijving: >
  Wat een verandering minstens moet zijn om ertoe te doen, per reeks: niet kleiner dan de marge van het verschil tussen het
  eerste en het laatste jaar, dan wat afronden kan maken (van de kaart op haar decimalen, of van de bron als die grover
  is), of dan wat de kaart merkbaar noemt.
  Ernaast hoe groot een verandering nog denkbaar is. Tussentabel, wordt niet gepubliceerd.
uit: [invoer.kaart, invoer.rekenregel, monitor.indicatorwaarde, reken.reeks, reken.reekspunt, reken.toets]
sleutel: [reeks]
kolommen:
  reeks: {type: BIGINT, uitleg: nummer in reken.reeks}
  drempel: {type: DOUBLE, uitleg: "de kleinste verandering over het venster die ertoe doet, in de eenheid van de reeks"}
  drempel_kloof: {type: DOUBLE, uitleg: "hetzelfde voor de grootte van het verschil met Nederland"}
  denkbaar: {type: DOUBLE, uitleg: "het verschil tussen de hoogste en de laagste regio van deze soort, of bij te weinig regio's van een andere soort; bij iets dat optelt niet meer dan de waarde zelf"}
*/
WITH breedte AS (
    SELECT s.indicator, s.uitsplitsing, s.soort, count(*) AS regios, max(w.waarde) - min(w.waarde) AS breedte
    FROM reken.reeks AS s
    JOIN monitor.indicatorwaarde AS w
        ON w.indicator = s.indicator AND w.uitsplitsing = s.uitsplitsing AND w.regio = s.regio
        AND w.periode = s.laatste_periode AND w.waarde IS NOT NULL
    GROUP BY ALL
    HAVING regios >= (SELECT minste_regios FROM invoer.rekenregel)
),
breedste AS (
    SELECT indicator, uitsplitsing, max(breedte) AS breedte FROM breedte GROUP BY ALL
)
SELECT
    s.reeks,
    greatest(
        coalesce(r.marge_se * sqrt(pow(v.se, 2) + pow(e.se, 2)), 0), pow(10, -k.decimalen),
        -- afronding kan aan beide kanten de andere kant op zijn
        coalesce(v.afronding + e.afronding, 0),
        coalesce(k.merkbaar * if(k.merkbaar_maat = 'procent', abs(v.waarde) / 100, 1), 0)
    ) AS drempel,
    greatest(
        coalesce(r.marge_se * sqrt(pow(gv.gat_se, 2) + pow(ge.gat_se, 2)), 0),
        -- bij lopende prijzen is de kloof in procenten van Nederland
        pow(10, -k.decimalen) * if(k.prijzen = 'lopend', 100 / abs(n.waarde), 1),
        coalesce(gv.gat_afronding + ge.gat_afronding, 0),
        coalesce(k.merkbaar * CASE
            WHEN k.merkbaar_maat = 'procent' THEN if(k.prijzen = 'lopend', 1, abs(n.waarde) / 100)
            ELSE if(k.prijzen = 'lopend', 100 / abs(n.waarde), 1)
        END, 0)
    ) AS drempel_kloof,
    CASE WHEN k.aggregatie = 'som' THEN least(abs(e.waarde), coalesce(b.breedte, a.breedte))
        ELSE coalesce(b.breedte, a.breedte)
    END AS denkbaar
FROM reken.reeks AS s
JOIN reken.toets AS t USING (reeks)
JOIN invoer.kaart AS k ON k.id = s.indicator
CROSS JOIN invoer.rekenregel AS r
LEFT JOIN reken.reekspunt AS v ON v.reeks = s.reeks AND v.jaar = t.van
LEFT JOIN reken.reekspunt AS e ON e.reeks = s.reeks AND e.jaar = t.tot
LEFT JOIN reken.reekspunt AS gv ON gv.reeks = s.reeks AND gv.jaar = t.kloof_van
LEFT JOIN reken.reekspunt AS ge ON ge.reeks = s.reeks AND ge.jaar = t.kloof_tot
LEFT JOIN monitor.indicatorwaarde AS n
    ON n.indicator = s.indicator AND n.uitsplitsing = s.uitsplitsing AND n.regio = 'NL01' AND n.periode = s.laatste_periode
    AND n.waarde <> 0
LEFT JOIN breedte AS b ON b.indicator = s.indicator AND b.uitsplitsing = s.uitsplitsing AND b.soort = s.soort
LEFT JOIN breedste AS a ON a.indicator = s.indicator AND a.uitsplitsing = s.uitsplitsing
