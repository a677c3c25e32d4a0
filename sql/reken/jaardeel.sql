/*
omschrijving: >
  Welke perioden van een bron samen een jaar zijn, per onderwerp en jaarregel van de kaart. Heeft de bron zelf een
  jaarcijfer, dan is dat het jaar. Anders vormen halfjaren, kwartalen of maanden een jaar, alleen als ze er allemaal
  zijn: een deel van een jaar is geen jaar. Een stand aan het eind van het jaar (ultimo) vraagt alleen het laatste deel.
  Tussentabel, wordt niet gepubliceerd.
uit: [invoer.kaart, invoer.kaart_term, kern.periode, kern.waarneming]
herkomst: {kaarten: alle}
sleutel: [jaarregel, bron, tabel, onderwerp, periode]
kolommen:
  jaarregel: {type: VARCHAR, uitleg: hoe de kaart van delen een jaar maakt}
  bron: {type: VARCHAR, uitleg: bron}
  tabel: {type: VARCHAR, uitleg: id van de tabel of aanlevering}
  onderwerp: {type: VARCHAR, uitleg: onze naam van het onderwerp}
  jaar: {type: INTEGER, uitleg: het jaar waarin de periode meetelt}
  jaarperiode: {type: VARCHAR, uitleg: "het jaar in CBS-notatie: 2025JJ00, of 2025SJ00 bij een schooljaar"}
  periode: {type: VARCHAR, uitleg: een periode van de bron die in dit jaar meetelt}
  aandeel: {type: DOUBLE, uitleg: "waarmee die periode meetelt: 1, of 1/aantal delen bij een gemiddelde"}
  delen: {type: BIGINT, uitleg: aantal perioden dat nodig is voor het jaar}
*/
WITH gevraagd AS (
    SELECT DISTINCT k.jaarregel, t.bron, t.tabel, t.onderwerp
    FROM invoer.kaart_term AS t
    JOIN invoer.kaart AS k ON k.id = t.indicator
),
aanwezig AS (
    SELECT w.bron, w.tabel, w.onderwerp, w.periode, bool_or(w.waarde IS NOT NULL) AS gevuld
    FROM kern.waarneming AS w
    SEMI JOIN gevraagd AS g ON g.bron = w.bron AND g.tabel = w.tabel AND g.onderwerp = w.onderwerp
    GROUP BY ALL
),
soort AS (
    SELECT a.bron, a.tabel, a.onderwerp, p.jaar::INTEGER AS jaar, p.soort,
        CASE p.soort WHEN 'HJ' THEN 2 WHEN 'KW' THEN 4 WHEN 'MM' THEN 12 ELSE 1 END AS vol,
        count(*) AS perioden, max(a.periode) AS laatste, bool_or(a.gevuld) AS gevuld,
        list_position(periode_orde, p.soort) AS voorkeur
    FROM aanwezig AS a
    JOIN kern.periode AS p USING (periode)
    WHERE list_contains(periode_orde, p.soort)
    GROUP BY ALL
),
jaar AS (
    -- wat gevuld is gaat voor, en dan het grootste deel
    SELECT *
    FROM gevraagd
    JOIN soort USING (bron, tabel, onderwerp)
    WHERE vol = 1 OR CASE jaarregel
        WHEN 'alleen_jaar' THEN false
        WHEN 'ultimo' THEN right(laatste, 2)::INTEGER = vol
        ELSE perioden = vol
    END
    QUALIFY row_number() OVER (
        PARTITION BY jaarregel, bron, tabel, onderwerp, jaar ORDER BY gevuld DESC, voorkeur
    ) = 1
)
SELECT
    j.jaarregel, j.bron, j.tabel, j.onderwerp, j.jaar,
    j.jaar || CASE j.soort WHEN 'SJ' THEN 'SJ00' ELSE 'JJ00' END AS jaarperiode,
    a.periode,
    CASE WHEN j.jaarregel = 'gemiddelde' THEN 1 / j.vol ELSE 1 END::DOUBLE AS aandeel,
    CASE WHEN j.jaarregel = 'ultimo' THEN 1 ELSE j.vol END::BIGINT AS delen
FROM jaar AS j
JOIN aanwezig AS a USING (bron, tabel, onderwerp)
JOIN kern.periode AS p ON p.periode = a.periode AND p.jaar = j.jaar AND p.soort = j.soort
WHERE j.jaarregel <> 'ultimo' OR a.periode = j.laatste
