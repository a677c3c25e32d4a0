/*
omschrijving: >
  De correcties van bekende fouten in een bron (assets/kern/gegevens/correcties.yaml) en wat er deze keer van kwam. Een
  correctie geldt zolang de bron nog geeft wat verwacht wordt; anders telt wat de bron nu geeft.
uit: [invoer.correctie, invoer.momentopname, invoer.rekenregel, reken.cel]
herkomst: {tabellen: correcties}
sleutel: [correctie]
codes: bouw
kolommen:
  correctie: {type: VARCHAR, uitleg: naam van de correctie}
  bron: {type: VARCHAR, uitleg: 'cbs, derden of aanlevering'}
  tabel: {type: VARCHAR, uitleg: id van de tabel bij de bron}
  onderwerp: {type: VARCHAR, uitleg: 'onze naam voor het onderwerp, zie kern.onderwerp'}
  uitsplitsing: {type: VARCHAR, uitleg: 'Dimensie=code, meer met | ertussen; totaal waar er geen is'}
  regio: {type: VARCHAR, uitleg: code van de regio}
  periode: {type: VARCHAR, uitleg: code van de periode}
  verwacht: {type: DOUBLE, uitleg: 'wat de bron geeft zolang de fout er staat, in de eenheid van de bron'}
  bron_waarde: {type: DOUBLE, uitleg: wat de bron nu geeft; leeg als zij geen waarde geeft}
  wordt: {type: DOUBLE, uitleg: 'wat in plaats daarvan wordt gebruikt; leeg: geen waarde'}
  uitkomst: {type: VARCHAR, uitleg: 'toegepast; hersteld: de bron geeft nu zelf wat de correctie gaf; anders: de bron geeft iets anders dan verwacht; niet_gevonden: de cel staat niet in het antwoord', lijst: correctieuitkomst}
  reden: {type: VARCHAR, uitleg: wat er fout is en hoe wij dat weten}
  gemeld_aan: {type: VARCHAR, uitleg: wie van de fout weet}
  datum: {type: DATE, uitleg: wanneer de correctie is vastgelegd}
  momentopname: {type: VARCHAR, uitleg: het bewaarde antwoord waarin de cel staat}
*/
WITH cel AS (
    SELECT k.correctie, c.waarde, c.momentopname
    FROM invoer.correctie AS k
    JOIN reken.cel AS c USING (bron, tabel, onderwerp, uitsplitsing, regio, periode)
    SEMI JOIN invoer.momentopname AS m
        ON m.bron = c.bron AND m.tabel = c.tabel AND m.momentopname = c.momentopname AND m.gebruikt
)
SELECT
    k.correctie, k.bron, k.tabel, k.onderwerp, k.uitsplitsing, k.regio, k.periode, k.verwacht, c.waarde AS bron_waarde, k.wordt,
    CASE
        WHEN c.momentopname IS NULL THEN 'niet_gevonden'
        WHEN abs(c.waarde - k.verwacht) <= r.rekenfout * abs(k.verwacht) THEN 'toegepast'
        WHEN c.waarde IS NULL AND k.wordt IS NULL OR abs(c.waarde - k.wordt) <= r.rekenfout * abs(k.wordt) THEN 'hersteld'
        ELSE 'anders'
    END AS uitkomst,
    k.reden, k.gemeld_aan, k.datum, c.momentopname
FROM invoer.correctie AS k
CROSS JOIN invoer.rekenregel AS r
LEFT JOIN cel AS c USING (correctie)
