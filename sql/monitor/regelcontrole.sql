/*
omschrijving: >
  Passen de indicatoren bij elkaar? Een rij per vergelijking die een regel uit assets/indicatoren/regels maakt: een
  aandeel en zijn niveau, delen en hun totaal, een identiteit, het basisjaar van een index, de orde van grootte naast een
  jaar eerder of naast een gepubliceerd cijfer. Delen en totaal van gebieden komen uit monitor.controle. De tolerantie is
  die van de regel, met daarbij wat de decimalen van de bron kunnen schelen. Alleen waarden die een bron zelf geeft: wat
  wij uit gemeenten samenstellen, is geen toets op de bron. Ook waarden die apart zijn gezet, zijn hier getoetst.
uit:
  - invoer.kaart_term
  - invoer.rekenregel
  - kern.onderwerp
  - kern.regio
  - monitor.controle
  - reken.berekend
  - reken.kaartcel
  - reken.lid
  - reken.regel
  - reken.regel_term
  - reken.waarde
herkomst: {kaarten: regels}
sleutel: [regel, indicator, regio, periode]
kolommen:
  regel: {type: VARCHAR, uitleg: naam van de regel}
  indicator: {type: VARCHAR, uitleg: de indicator die wordt getoetst}
  regio: {type: VARCHAR, uitleg: regio}
  periode: {type: VARCHAR, uitleg: periode}
  links: {type: DOUBLE, uitleg: uitkomst van de linkerkant; leeg als een waarde ontbreekt}
  rechts: {type: DOUBLE, uitleg: uitkomst van de rechterkant; leeg als een waarde ontbreekt}
  verschil: {type: DOUBLE, uitleg: links min rechts}
  tolerantie: {type: DOUBLE, uitleg: hoe groot het verschil mag zijn}
  klopt: {type: BOOLEAN, uitleg: leeg als de regel hier niet te toetsen is of niet geldt}
  toelichting: {type: VARCHAR, uitleg: "waarom niet te toetsen, of wat er niet klopt"}
*/
WITH term AS (
    SELECT t.indicator, t.bron_volgorde, t.rol, t.term, t.factor, abs(t.gewicht) AS gewicht,
        pow(10, -coalesce(o.decimalen, 0)) AS eenheid
    FROM invoer.kaart_term AS t
    LEFT JOIN kern.onderwerp AS o USING (bron, tabel, onderwerp)
),
-- een bron kan een gebied grover geven dan zij zegt: aan genoeg cellen met alleen hele getallen is het te zien
grof AS (
    SELECT c.indicator, c.bron_volgorde, c.rol, c.term, c.regio
    FROM reken.kaartcel AS c
    JOIN term AS t USING (indicator, bron_volgorde, rol, term)
    SEMI JOIN reken.regel_term AS r ON r.van_indicator = c.indicator
    WHERE t.eenheid < 1 AND c.waarde IS NOT NULL
    GROUP BY ALL
    HAVING count(*) >= (SELECT cellen_grof FROM invoer.rekenregel) AND bool_and(c.waarde = round(c.waarde))
),
halve_eenheid AS (
    -- wat de decimalen van de bron aan teller en noemer kunnen schelen; zonder regio: waar de bron zo fijn is als zij zegt
    SELECT indicator, bron_volgorde, regio, any_value(factor) AS factor,
        list_sum(list_sort(list(half) FILTER (rol = 'teller'))) AS teller,
        coalesce(list_sum(list_sort(list(half) FILTER (rol = 'noemer'))), 0) AS noemer
    FROM (
        SELECT t.*, NULL AS regio, gewicht * eenheid / 2 AS half FROM term AS t
        UNION ALL
        SELECT t.*, r.regio, gewicht * if(g.regio IS NULL, eenheid, 1) / 2
        FROM term AS t
        JOIN (SELECT DISTINCT indicator, bron_volgorde, regio FROM grof) AS r USING (indicator, bron_volgorde)
        LEFT JOIN grof AS g
            ON g.indicator = t.indicator AND g.bron_volgorde = t.bron_volgorde AND g.rol = t.rol AND g.term = t.term
            AND g.regio = r.regio
    )
    GROUP BY indicator, bron_volgorde, regio
),
waarde AS (
    SELECT w.indicator, w.regio, w.periode, left(w.periode, 4)::INTEGER AS jaar, r.soort, w.waarde, w.leeg_reden,
        abs(h.factor) * (h.teller + abs(coalesce(w.teller / nullif(w.noemer, 0), 0)) * h.noemer)
            / coalesce(nullif(abs(w.noemer), 0), 1) AS speling
    FROM reken.berekend AS w
    SEMI JOIN reken.regel_term AS t ON t.van_indicator = w.indicator
    JOIN kern.regio AS r ON r.code = w.regio AND r.soort NOT IN ('samengesteld', 'overig')
    JOIN reken.waarde AS b ON b.indicator = w.indicator AND b.regio = w.regio AND b.periode = w.periode
    LEFT JOIN halve_eenheid AS e
        ON e.indicator = w.indicator AND e.bron_volgorde = b.bron_volgorde AND e.regio = w.regio
    JOIN halve_eenheid AS h
        ON h.indicator = w.indicator AND h.bron_volgorde = b.bron_volgorde AND h.regio IS NOT DISTINCT FROM e.regio
    ANTI JOIN reken.lid AS l ON l.indicator = w.indicator AND l.regio = w.regio AND l.periode = w.periode
    WHERE w.uitsplitsing = 'totaal'
),
vergelijking AS (
    SELECT v.regel, v.vergelijking, v.indicator, w.regio, w.periode, w.jaar
    FROM (SELECT DISTINCT regel, vergelijking, indicator, regio, vanaf, tot_en_met FROM reken.regel_term) AS v
    JOIN reken.regel AS r USING (regel)
    JOIN waarde AS w ON w.indicator = v.indicator
    WHERE w.waarde IS NOT NULL
        AND CASE WHEN v.regio IS NULL THEN list_contains(r.regiosoorten, w.soort) ELSE v.regio = w.regio END
        AND w.jaar BETWEEN coalesce(v.vanaf, -9999) AND coalesce(v.tot_en_met, 9999)
),
product AS (
    SELECT v.regel, v.vergelijking, v.indicator, v.regio, v.periode, t.zijde, t.product,
        any_value(t.getal) * CASE WHEN count(t.van_indicator) = count(f.waarde)
            -- gesorteerd: een product van breuken hangt af van de volgorde; en geen macht -1, die op elke motor een laatste
            -- bit anders kan zijn dan 1 gedeeld door het getal
            THEN list_product(list_sort(list(if(t.macht = 1, coalesce(f.waarde, 1), 1 / coalesce(f.waarde, 1)))))
        END AS uitkomst,
        coalesce(list_sum(list_sort(list(f.speling / nullif(abs(f.waarde), 0)))), 0) AS speling,
        min(t.van_indicator || ' (' || f.leeg_reden || ')') AS mist,
        -- een jaar of regio die de andere tabel niet kent: dan is er niets om mee te vergelijken
        bool_and(t.van_indicator IS NULL OR f.indicator IS NOT NULL) AS is_er
    FROM vergelijking AS v
    JOIN reken.regel_term AS t USING (regel, vergelijking)
    LEFT JOIN waarde AS f
        ON f.indicator = t.van_indicator AND f.regio = coalesce(t.van_regio, v.regio)
        AND f.periode = (v.jaar + t.verschuiving) || substr(v.periode, 5)
    GROUP BY ALL
),
zijde AS (
    SELECT regel, vergelijking, indicator, regio, periode,
        CASE WHEN bool_and(isfinite(uitkomst)) FILTER (zijde = 'links')
            THEN list_sum(list_sort(list(uitkomst) FILTER (zijde = 'links')))
        END AS links,
        CASE WHEN bool_and(isfinite(uitkomst)) FILTER (zijde = 'rechts')
            THEN list_sum(list_sort(list(uitkomst) FILTER (zijde = 'rechts')))
        END AS rechts,
        list_sum(list_sort(list(abs(uitkomst) * speling))) AS speling,
        min(mist) AS mist
    FROM product
    GROUP BY ALL
    HAVING bool_and(is_er)
),
som AS (
    SELECT z.regel, z.indicator, z.regio, z.periode,
        CASE WHEN z.mist IS NULL THEN z.links END AS links, CASE WHEN z.mist IS NULL THEN z.rechts END AS rechts,
        CASE
            WHEN r.factor IS NULL THEN
                r.absoluut + r.relatief * abs(z.rechts) + r.afronding * z.speling
            -- zoveel keer groter, of zoveel keer kleiner
            WHEN abs(z.links) >= abs(z.rechts) THEN (r.factor - 1) * abs(z.rechts)
            ELSE (1 - 1 / r.factor) * abs(z.rechts)
        END AS tolerantie,
        CASE
            WHEN z.mist IS NOT NULL THEN 'niet te toetsen: geen waarde voor ' || z.mist
            WHEN z.links IS NULL OR z.rechts IS NULL THEN 'niet te toetsen: er wordt door nul gedeeld'
            WHEN r.factor IS NOT NULL AND z.rechts = 0 THEN 'niet te toetsen: naast nul is alles veel'
            -- na een herindeling rekent een bron terug: uit elk cijfer apart, dus zij hoeven niet bij elkaar te passen
            WHEN g.geldig_van > make_date(left(z.periode, 4)::INTEGER, 12, 31)
                THEN 'niet te toetsen: het gebied bestond toen nog niet'
        END AS waarom_niet,
        NULL::VARCHAR AS verschil_door
    FROM zijde AS z
    JOIN reken.regel AS r USING (regel)
    JOIN kern.regio AS g ON g.code = z.regio
    UNION ALL
    SELECT r.regel, c.indicator, c.regio, c.periode, c.som_delen, c.totaal,
        r.absoluut + r.relatief * abs(c.totaal) + r.afronding * c.afronding,
        CASE WHEN c.delen_leeg > 0 THEN
            'niet te toetsen: ' || c.delen_leeg || ' van de ' || c.delen || ' delen zonder waarde (geheim of onbekend)'
        END,
        CASE
            WHEN abs(c.verschil) <= c.afronding THEN 'verschil door afronding'
            WHEN c.regio = 'NL01' THEN 'verschil door Extra-regio en wat niet is in te delen, dat alleen landelijk meetelt'
            ELSE 'verschil groter dan de afronding'
        END
    FROM monitor.controle AS c
    JOIN reken.regel AS r ON r.gebieden = c.delen_soort
    JOIN kern.regio AS g ON g.code = c.regio AND list_contains(r.regiosoorten, g.soort)
    WHERE c.uitsplitsing = 'totaal' AND (len(r.indicatoren) = 0 OR list_contains(r.indicatoren, c.indicator))
),
oordeel AS (
    SELECT s.*, links - rechts AS verschil,
        list_extract(list_transform(list_filter(r.uitzonderingen, lambda u:
            coalesce(u.indicator = s.indicator, true) AND coalesce(u.regio = s.regio, true)
            AND left(s.periode, 4)::INTEGER BETWEEN coalesce(u.vanaf, -9999) AND coalesce(u.tot_en_met, 9999)
        ), lambda u: u.reden), 1) AS uitzondering,
        -- twee volgordes van rekenen verschillen minder
        abs(links - rechts) <= tolerantie + (SELECT rekenfout FROM invoer.rekenregel) * abs(rechts) AS gelijk
    FROM som AS s
    JOIN reken.regel AS r USING (regel)
)
SELECT
    regel, indicator, regio, periode, links, rechts, verschil, tolerantie,
    CASE WHEN waarom_niet IS NULL AND uitzondering IS NULL THEN gelijk END AS klopt,
    CASE
        WHEN waarom_niet IS NOT NULL THEN waarom_niet
        WHEN uitzondering IS NOT NULL THEN 'geldt hier niet: ' || uitzondering
        WHEN NOT gelijk THEN coalesce(
            -- een verschoven komma of een andere eenheid
            CASE round(log10(greatest(abs(links / nullif(rechts, 0)), abs(rechts / nullif(links, 0)))), 1)
                WHEN 1 THEN 'ongeveer een factor tien: kijk naar de eenheid'
                WHEN 2 THEN 'ongeveer een factor honderd: kijk naar de eenheid'
                WHEN 3 THEN 'ongeveer een factor duizend: kijk naar de eenheid'
            END,
            'het verschil is groter dan de tolerantie'
        )
        WHEN verschil <> 0 THEN verschil_door
    END AS toelichting
FROM oordeel
