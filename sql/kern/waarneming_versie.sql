/*
omschrijving: >
  De geschiedenis van elke cel: wat de bron gaf en van wanneer tot wanneer, naar het moment van ophalen. Een nieuwe regel begint waar
  waarde, marges, reden of status anders werd. Een cel die uit het antwoord verdween, ook als wij er niet meer om vroegen (zie selectie in
  monitor.momentopname), heeft een geldig_tot.
uit: [reken.cel, invoer.momentopname]
sleutel: [bron, tabel, onderwerp, uitsplitsing, regio, periode, geldig_van]
codes: blijven
zoals: {kern.waarneming: alles}
kolommen:
  momentopname: {type: VARCHAR, uitleg: 'het eerste bewaarde antwoord waarin de cel zo stond'}
  geldig_van: {type: TIMESTAMP, uitleg: 'moment van ophalen van het eerste antwoord waarin de cel zo stond', eenheid: UTC}
  geldig_tot: {type: TIMESTAMP, uitleg: 'moment van ophalen van het eerste antwoord waarin zij anders was of ontbrak; leeg: staat nog zo', eenheid: UTC}
*/
WITH jaargang AS (
    SELECT bron, tabel, momentopname, fetched_at,
        lead(fetched_at) OVER tijd AS volgende, count(*) OVER (PARTITION BY bron, tabel) AS aantal
    FROM invoer.momentopname
    WINDOW tijd AS (PARTITION BY bron, tabel ORDER BY fetched_at)
),
-- a table of which one answer is kept has no history to look for
enig AS (
    SELECT c.*, j.fetched_at AS geldig_van, CAST(NULL AS TIMESTAMP) AS geldig_tot
    FROM reken.cel AS c
    JOIN jaargang AS j USING (bron, tabel, momentopname)
    WHERE j.aantal = 1
),
stap AS (
    SELECT c.*, j.fetched_at, j.volgende,
        -- the answer before this one must have held the cell, and the same in it
        lag(j.volgende) OVER cel IS DISTINCT FROM j.fetched_at
        OR lag(c.waarde) OVER cel IS DISTINCT FROM c.waarde
        OR lag(c.marge_onder) OVER cel IS DISTINCT FROM c.marge_onder
        OR lag(c.marge_boven) OVER cel IS DISTINCT FROM c.marge_boven
        OR lag(c.leeg_reden) OVER cel IS DISTINCT FROM c.leeg_reden
        OR lag(c.status) OVER cel IS DISTINCT FROM c.status AS anders
    FROM reken.cel AS c
    JOIN jaargang AS j USING (bron, tabel, momentopname)
    WHERE j.aantal > 1
    WINDOW cel AS (PARTITION BY bron, tabel, onderwerp, uitsplitsing, regio, periode ORDER BY j.fetched_at)
),
versie AS (
    SELECT *, count(*) FILTER (anders) OVER cel AS nummer
    FROM stap
    WINDOW cel AS (PARTITION BY bron, tabel, onderwerp, uitsplitsing, regio, periode ORDER BY fetched_at)
)
FROM enig
UNION ALL
SELECT bron, tabel, onderwerp, uitsplitsing, regio, periode, any_value(waarde), any_value(marge_onder),
    any_value(marge_boven), any_value(leeg_reden), any_value(status), min(momentopname), min(fetched_at),
    CASE WHEN count(volgende) = count(*) THEN max(volgende) END
FROM versie
GROUP BY bron, tabel, onderwerp, uitsplitsing, regio, periode, nummer
