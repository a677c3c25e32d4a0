/*
omschrijving: >
  Mag het rapport 'nog nooit zo hoog' of 'historisch laag' schrijven? Alleen als de laatste waarde het maximum of minimum
  is van een ononderbroken reeks, en dan met die reeks erbij. De reeks loopt terug vanaf de laatste periode van de
  indicator tot en met de editie, tot aan een reeksbreuk of een jaar zonder waarde; bij een meting om de paar jaar tot een
  meting zonder waarde. Vergeleken wordt op de decimalen die de kaart toont. Eigen keuzes: een reeks beslaat genoeg
  jaren, en gelijk aan een eerdere uiterste waarde is geen record. Van bedragen in lopende prijzen zijn het de bedragen in
  prijzen van een jaar (monitor.reele_waarde): prijzen stijgen. Is er van het laatste jaar geen prijsindex, dan is er geen record.
uit: [invoer.breuk, invoer.brontabel, invoer.editie, invoer.kaart, invoer.kaart_term, invoer.rekenregel, kern.regio, monitor.indicatorwaarde,
  monitor.reele_waarde, reken.rapportregio]
sleutel: [indicator, uitsplitsing, regio]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: "regio van het rapport: Nederland, de provincie, haar COROP-gebieden en gemeenten, samengestelde regio's"}
  periode: {type: VARCHAR, uitleg: laatste periode met een waarde}
  waarde: {type: DOUBLE, uitleg: "de waarde daarin, in de eenheid van de kaart; van een bedrag in prijzen van een jaar"}
  reeks_van: {type: VARCHAR, uitleg: eerste periode van de ononderbroken reeks}
  jaren: {type: INTEGER, uitleg: aantal jaren dat de reeks beslaat}
  metingen: {type: BIGINT, uitleg: aantal waarden in de reeks}
  hoogste: {type: DOUBLE, uitleg: hoogste eerdere waarde in de reeks}
  hoogste_periode: {type: VARCHAR, uitleg: eerste periode daarvan}
  laagste: {type: DOUBLE, uitleg: laagste eerdere waarde in de reeks}
  laagste_periode: {type: VARCHAR, uitleg: eerste periode daarvan}
  record: {type: VARCHAR, uitleg: "hoogste, laagste, gelijk_aan_hoogste, gelijk_aan_laagste of geen"}
  mag: {type: BOOLEAN, uitleg: of het rapport het een record mag noemen}
  uitleg: {type: VARCHAR, uitleg: "de zin die erbij hoort, of waarom het niet mag"}
  status: {type: VARCHAR, uitleg: status van de laatste waarde}
*/
WITH alle AS (
    SELECT w.indicator, w.uitsplitsing, w.regio, w.periode, left(w.periode, 4)::INTEGER AS jaar, w.status,
        if(k.prijzen = 'lopend', v.waarde, w.waarde) AS waarde,
        round(if(k.prijzen = 'lopend', v.waarde, w.waarde), k.decimalen) AS getoond,
        v.prijspeil, v.indicator IS NOT NULL AND v.bronpeil IS NULL AS onbekend, r.soort, k.meting
    FROM monitor.indicatorwaarde AS w
    JOIN invoer.kaart AS k ON k.id = w.indicator AND k.doel = 'rapport'
    CROSS JOIN invoer.editie AS b
    JOIN kern.regio AS r ON r.code = w.regio
    LEFT JOIN monitor.reele_waarde AS v
        ON v.indicator = w.indicator AND v.uitsplitsing = w.uitsplitsing AND v.regio = w.regio AND v.periode = w.periode
    WHERE w.waarde IS NOT NULL AND left(w.periode, 4)::INTEGER <= b.editie
),
reeks AS (
    FROM alle SEMI JOIN reken.rapportregio USING (regio) WHERE waarde IS NOT NULL
),
-- een bedrag zonder prijsindex van zijn laatste jaar is nergens mee te vergelijken
zonder_index AS (
    SELECT indicator, uitsplitsing, regio, max(periode) AS periode, arg_max(status, jaar) AS status,
        arg_max(onbekend, jaar) AS onbekend
    FROM alle SEMI JOIN reken.rapportregio USING (regio)
    GROUP BY ALL
    HAVING arg_max(waarde IS NULL, jaar)
),
-- de metingen van een indicator: wanneer een regio van deze soort een waarde heeft, en na hoeveel breuken
meting AS (
    SELECT m.*, row_number() OVER (PARTITION BY indicator, uitsplitsing, soort ORDER BY jaar) AS nummer,
        (SELECT count(*) FROM invoer.breuk AS b WHERE b.indicator = m.indicator AND b.vanaf <= m.jaar) AS zijde
    FROM (SELECT DISTINCT indicator, uitsplitsing, soort, jaar FROM alle WHERE waarde IS NOT NULL) AS m
),
plaats AS (
    SELECT r.*,
        -- een gat maakt het verschil met het rangnummer anders
        if(r.meting = 'om_de_paar_jaar', m.nummer, r.jaar)
            - row_number() OVER (PARTITION BY r.indicator, r.uitsplitsing, r.regio ORDER BY r.jaar) AS stuk,
        m.zijde
    FROM reeks AS r
    JOIN meting AS m USING (indicator, uitsplitsing, soort, jaar)
),
laatste AS (
    SELECT indicator, uitsplitsing, regio, arg_max(stuk, jaar) AS stuk, arg_max(zijde, jaar) AS zijde, max(jaar) AS jaar
    FROM plaats
    GROUP BY ALL
),
eerder AS (
    SELECT p.indicator, p.uitsplitsing, p.regio,
        max(p.getoond) FILTER (p.jaar < l.jaar) AS hoogste,
        min(p.getoond) FILTER (p.jaar < l.jaar) AS laagste,
        arg_max(p.periode, (p.getoond, -p.jaar)) FILTER (p.jaar < l.jaar) AS hoogste_periode,
        arg_min(p.periode, (p.getoond, p.jaar)) FILTER (p.jaar < l.jaar) AS laagste_periode,
        min(p.periode) AS reeks_van, max(p.periode) AS periode,
        (max(p.jaar) - min(p.jaar) + 1)::INTEGER AS jaren, count(*) AS metingen,
        any_value(p.prijspeil) AS prijspeil, arg_max(p.waarde, p.jaar) AS waarde, arg_max(p.getoond, p.jaar) AS getoond,
        arg_max(p.status, p.jaar) AS status
    FROM plaats AS p
    JOIN laatste AS l USING (indicator, uitsplitsing, regio, stuk, zijde)
    GROUP BY ALL
),
bron AS (
    -- een tabel van StatLine kent men aan haar nummer; van een aangeleverd bestand is dat een woord van ons
    SELECT indicator, array_to_string(list_sort(list(DISTINCT if(t.api IN ('bestand', 'register'), t.titel, k.tabel))), ', ') AS tabellen
    FROM invoer.kaart_term AS k
    LEFT JOIN invoer.brontabel AS t USING (tabel)
    GROUP BY indicator
),
oordeel AS (
    SELECT e.*, b.tabellen, CASE
        WHEN hoogste IS NULL THEN 'geen'
        WHEN getoond > hoogste THEN 'hoogste'
        WHEN getoond < laagste THEN 'laagste'
        -- een reeks die stilstaat heeft geen uiterste
        WHEN hoogste = laagste THEN 'geen'
        WHEN getoond = hoogste THEN 'gelijk_aan_hoogste'
        WHEN getoond = laagste THEN 'gelijk_aan_laagste'
        ELSE 'geen'
    END AS record
    FROM eerder AS e
    JOIN invoer.kaart AS k ON k.id = e.indicator
    ANTI JOIN zonder_index AS z ON z.indicator = e.indicator AND z.uitsplitsing = e.uitsplitsing AND z.regio = e.regio
    LEFT JOIN bron AS b ON b.indicator = e.indicator
)
SELECT
    indicator, uitsplitsing, regio, periode, waarde, reeks_van, jaren, metingen, hoogste, hoogste_periode, laagste,
    laagste_periode, record,
    record IN ('hoogste', 'laagste') AND jaren >= record_jaren AS mag,
    CASE
        WHEN hoogste IS NULL THEN 'er is geen meting vlak ervoor: een jaar ontbreekt, of de reeks is gebroken'
        WHEN record = 'geen' THEN 'geen uiterste waarde in de reeks ' || left(reeks_van, 4) || '-' || left(periode, 4)
        WHEN record = 'gelijk_aan_hoogste' THEN 'gelijk aan de hoogste eerdere waarde, in ' || left(hoogste_periode, 4)
        WHEN record = 'gelijk_aan_laagste' THEN 'gelijk aan de laagste eerdere waarde, in ' || left(laagste_periode, 4)
        WHEN jaren < record_jaren THEN 'de ononderbroken reeks is te kort: ' || left(reeks_van, 4) || '-' || left(periode, 4)
        ELSE 'de ' || record || ' waarde in de ononderbroken reeks ' || left(reeks_van, 4) || '-' || left(periode, 4)
            || ' (' || metingen || ' metingen; ' || tabellen || ')' || coalesce(', in prijzen van ' || prijspeil, '')
    END AS uitleg,
    status
FROM oordeel
CROSS JOIN invoer.rekenregel
UNION ALL BY NAME
SELECT indicator, uitsplitsing, regio, periode, 'geen' AS record, false AS mag,
    if(onbekend, 'de bron zegt niet of de inflatie van het bedrag van ' || left(periode, 4) || ' af is: niet te vergelijken',
        'er is geen prijsindex van ' || left(periode, 4) || ': bedragen in lopende prijzen zijn niet te vergelijken') AS uitleg,
    status
FROM zonder_index
