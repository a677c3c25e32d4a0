/*
omschrijving: >
  Elke cel van elk bewaard antwoord in onze notatie: onderwerp naar de bronlijst, regio en periode naar onze lijsten, marges naast de
  waarde, met status en reden van leegte. De waarde blijft in de eenheid van de bron.
uit: [reken.periodecode, invoer.waarneming_alle, invoer.onderwerp, invoer.brontabel, invoer.code, invoer.regio_alias]
sleutel: [bron, tabel, onderwerp, uitsplitsing, regio, periode, momentopname]
kolommen:
  bron: {type: VARCHAR, uitleg: 'cbs, derden, aanlevering of register'}
  tabel: {type: VARCHAR, uitleg: id van de tabel bij de bron}
  onderwerp: {type: VARCHAR, uitleg: onze naam voor het onderwerp}
  uitsplitsing: {type: VARCHAR, uitleg: 'Dimensie=code, meer met een streep ertussen; totaal waar er geen is'}
  regio: {type: VARCHAR, uitleg: code van de regio}
  periode: {type: VARCHAR, uitleg: code van de periode}
  waarde: {type: DOUBLE, uitleg: 'waarde in de eenheid van de bron; leeg: zie leeg_reden'}
  marge_onder: {type: DOUBLE, uitleg: ondergrens van het interval dat de bron geeft}
  marge_boven: {type: DOUBLE, uitleg: bovengrens van het interval dat de bron geeft}
  leeg_reden: {type: VARCHAR, uitleg: waarom de waarde leeg is}
  status: {type: VARCHAR, uitleg: 'definitief, nader_voorlopig, voorlopig of onbekend'}
  momentopname: {type: VARCHAR, uitleg: het bewaarde antwoord}
*/
WITH cel AS (
    SELECT w.bron, w.tabel, coalesce(o.naam, w.onderwerp) AS onderwerp, w.uitsplitsing,
        coalesce(a.code, w.regio, t.regio_vast) AS regio, p.periode, w.momentopname,
        -- 4-byte floats come as 7888.2001953125: the topic's decimals take that noise away, and nothing more
        CASE WHEN abs(w.waarde - round(w.waarde, o.decimalen)) <= 1e-6 * abs(w.waarde)
            THEN round(w.waarde, o.decimalen) ELSE w.waarde END AS waarde,
        lower(trim(w.leeg)) AS leeg, t.api,
        CASE lower(trim(replace(w.status, '_', ' ')))
            WHEN 'definitief' THEN 'definitief'
            WHEN 'voorlopig' THEN 'voorlopig' WHEN '*' THEN 'voorlopig'
            WHEN 'nader voorlopig' THEN 'nader_voorlopig' WHEN '**' THEN 'nader_voorlopig'
            ELSE p.status END AS status,
        CASE WHEN w.marge LIKE 'MOG%' OR m.titel ILIKE 'ondergrens%' THEN 'onder'
            WHEN w.marge LIKE 'MBG%' OR m.titel ILIKE 'bovengrens%' THEN 'boven' ELSE 'waarde' END AS kant
    FROM invoer.waarneming_alle AS w
    LEFT JOIN invoer.onderwerp AS o USING (bron, tabel, momentopname, onderwerp)
    LEFT JOIN invoer.brontabel AS t USING (bron, tabel)
    LEFT JOIN invoer.regio_alias AS a ON a.alias = w.regio
    LEFT JOIN invoer.code AS m
        ON m.soort = 'marges' AND (m.bron, m.tabel, m.momentopname, m.code) = (w.bron, w.tabel, w.momentopname, w.marge)
    LEFT JOIN reken.periodecode AS p
        ON (p.bron, p.tabel, p.momentopname, p.onderwerp, p.code) = (w.bron, w.tabel, w.momentopname, w.onderwerp, w.periode)
),
grens AS (
    SELECT bron, tabel, momentopname, onderwerp, uitsplitsing, regio, periode,
        max(waarde) FILTER (kant = 'onder') AS marge_onder,
        max(waarde) FILTER (kant = 'boven') AS marge_boven
    FROM cel
    WHERE kant <> 'waarde'
    GROUP BY ALL
),
-- a topic without any value in a period was not (yet) published for it; an empty cell among filled ones does not apply
gevuld AS (
    SELECT DISTINCT bron, tabel, momentopname, onderwerp, periode
    FROM cel
    WHERE waarde IS NOT NULL
)
SELECT c.bron, c.tabel, c.onderwerp, c.uitsplitsing, c.regio, c.periode, c.waarde, g.marge_onder, g.marge_boven,
    CAST(CASE
        WHEN c.waarde IS NOT NULL THEN NULL
        WHEN c.api = 'register' AND c.leeg = 'onderdrukt' THEN 'onderdrukt'
        WHEN regexp_matches(c.leeg, 'geheim|secret|confidential') THEN 'geheim'
        -- v3 writes a dot for 'unknown or secret', and does not say which
        WHEN c.leeg = '.' THEN 'onbekend'
        -- a blank in a file is not filled in, unless it is a table of StatLine: there it can not occur
        WHEN c.api = 'bestand' AND c.leeg <> 'impossible' THEN 'niet_gepubliceerd'
        WHEN c.leeg IN ('', 'impossible', 'notapplicable')
            THEN CASE WHEN f.onderwerp IS NULL THEN 'niet_gepubliceerd' ELSE 'niet_van_toepassing' END
        ELSE 'onbekend'
    END AS leeg_code) AS leeg_reden,
    CAST(c.status AS status_code) AS status, c.momentopname
FROM cel AS c
LEFT JOIN grens AS g USING (bron, tabel, momentopname, onderwerp, uitsplitsing, regio, periode)
LEFT JOIN gevuld AS f USING (bron, tabel, momentopname, onderwerp, periode)
WHERE c.kant = 'waarde'
