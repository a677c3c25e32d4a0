/*
omschrijving: >
  Indicatoren zonder enige waarde voor de provincie, met de reden. Heeft een kaart meer bronnen, dan is reden die van de
  eerste en staan de andere in de uitleg erachter.
uit:
  - invoer.bron_onderwerp
  - invoer.brontabel
  - invoer.code
  - invoer.gebied
  - invoer.kaart
  - invoer.kaart_term
  - invoer.momentopname
  - invoer.niet_gevonden
  - invoer.ontbreekt
  - kern.regio
  - monitor.indicatorwaarde
  - reken.jaardeel
  - reken.kaartcel
herkomst: {kaarten: alle}
sleutel: [indicator]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  naam: {type: VARCHAR, uitleg: naam van de indicator}
  reden: {type: VARCHAR, uitleg: "aanlevering_ontbreekt, tabel_ontbreekt, onderwerp_niet_gevonden, geen_heel_jaar, niet_in_selectie, niveau of leeg", lijst: ontbreekreden}
  tabel: {type: VARCHAR, uitleg: tabel of aanlevering waar het aan ligt}
  oorzaak: {type: VARCHAR, uitleg: "waarom de tabel of het onderwerp er niet is, als code uit begrippen/redenen.py; leeg als het daar niet aan ligt"}
  uitleg: {type: VARCHAR, uitleg: de reden in gewone taal}
*/
WITH eigen AS (
    SELECT w.indicator, w.periode, w.waarde, w.leeg_reden
    FROM monitor.indicatorwaarde AS w
    SEMI JOIN invoer.gebied AS g ON g.code = w.regio
),
zonder AS (
    SELECT k.id AS indicator, k.naam, k.jaarregel, k.aggregatie
    FROM invoer.kaart AS k
    ANTI JOIN eigen AS w ON w.indicator = k.id AND w.waarde IS NOT NULL
),
leeg AS (
    SELECT indicator, arg_max(leeg_reden, periode) AS leeg_reden
    FROM eigen
    GROUP BY indicator
),
soort AS (
    SELECT c.indicator, c.bron_volgorde, c.rol, c.term,
        array_to_string(list_sort(list(DISTINCT CASE r.soort
            WHEN 'land' THEN 'Nederland'
            WHEN 'landsdeel' THEN 'landsdelen'
            WHEN 'provincie' THEN 'andere provincies'
            WHEN 'corop' THEN 'COROP-gebieden'
            WHEN 'arbeidsmarktregio' THEN 'arbeidsmarktregio''s'
            WHEN 'gemeente' THEN 'gemeenten'
            ELSE 'andere regio''s'
        END)), ', ').regexp_replace(', ([^,]*)$', ' en \1') AS soorten,
        bool_or(c.cel_regio = g.code OR c.regio = g.code OR c.regio IS NULL) AS provincie
    FROM reken.kaartcel AS c
    SEMI JOIN zonder USING (indicator)
    JOIN kern.regio AS r ON r.code = c.cel_regio
    CROSS JOIN invoer.gebied AS g
    GROUP BY ALL
),
kent AS (
    SELECT DISTINCT c.bron, c.tabel
    FROM invoer.code AS c
    SEMI JOIN invoer.momentopname AS m
        ON m.bron = c.bron AND m.tabel = c.tabel AND m.momentopname = c.momentopname AND m.gebruikt
    SEMI JOIN invoer.gebied AS g ON g.code = c.code
    WHERE c.soort = 'regio'
),
term AS (
    SELECT z.indicator, z.naam, z.aggregatie, t.bron_volgorde, t.rol, t.term, t.tabel,
        coalesce(o.titel, t.onderwerp) AS onderwerp, b.titel, b.api,
        a.uitleg AS ontbreekt, coalesce(a.reden, n.reden) AS oorzaak, n.uitleg AS niet_gevonden,
        n.bron IS NOT NULL AS gemist, d.bron IS NOT NULL AS heel_jaar, s.soorten, coalesce(s.provincie, false) AS provincie,
        k.bron IS NOT NULL AS kent, l.leeg_reden,
        if(list_contains(t.regiosoorten, 'provincie'), [], t.regiosoorten) AS alleen_van
    FROM zonder AS z
    JOIN invoer.kaart_term AS t USING (indicator)
    JOIN invoer.brontabel AS b USING (bron, tabel)
    LEFT JOIN invoer.bron_onderwerp AS o ON o.bron = t.bron AND o.tabel = t.tabel AND o.naam = t.onderwerp
    LEFT JOIN invoer.ontbreekt AS a ON a.bron = t.bron AND a.tabel = t.tabel
    LEFT JOIN invoer.niet_gevonden AS n ON n.bron = t.bron AND n.tabel = t.tabel AND n.onderwerp = t.onderwerp
    LEFT JOIN (SELECT DISTINCT jaarregel, bron, tabel, onderwerp FROM reken.jaardeel) AS d
        ON d.jaarregel = z.jaarregel AND d.bron = t.bron AND d.tabel = t.tabel AND d.onderwerp = t.onderwerp
    LEFT JOIN soort AS s USING (indicator, bron_volgorde, rol, term)
    LEFT JOIN kent AS k ON k.bron = t.bron AND k.tabel = t.tabel
    LEFT JOIN leeg AS l USING (indicator)
),
oordeel AS (
    SELECT *, CASE
        WHEN ontbreekt IS NOT NULL AND api = 'bestand' THEN 1
        WHEN ontbreekt IS NOT NULL THEN 2
        WHEN gemist THEN 3
        WHEN NOT heel_jaar THEN 4
        -- zo zegt de kaart het zelf
        WHEN len(alleen_van) > 0 THEN 6
        WHEN NOT provincie AND (kent OR soorten IS NULL) THEN 5
        WHEN NOT provincie THEN 6
        ELSE 7
    END AS stap
    FROM term
),
-- per bron van de kaart het eerste wat misgaat
eerste AS (
    SELECT *
    FROM oordeel
    QUALIFY row_number() OVER (PARTITION BY indicator, bron_volgorde ORDER BY stap, rol DESC, term) = 1
),
tekst AS (
    SELECT *,
        CASE api WHEN 'bestand' THEN 'aanlevering ‘' || titel || '’' ELSE if(api = 'register', 'registertabel ', 'tabel ') || tabel || ' (' || titel || ')' END AS waar,
        CASE stap
            WHEN 1 THEN 'de ' || waar || ' is niet aangeleverd' || if(oorzaak = 'niet_aangeleverd', '', ': ' || ontbreekt)
            WHEN 2 THEN waar || if(oorzaak = 'niet_opgenomen', ' hebben wij niet opgehaald', ' is er niet: ' || ontbreekt)
            WHEN 3 THEN
                'het onderwerp ''' || onderwerp || ''' is niet gevonden in ' || waar || coalesce(': ' || niet_gevonden, '')
            WHEN 4 THEN waar || ' heeft voor ''' || onderwerp || ''' geen enkel heel jaar'
            -- noemt geen gebied, ook hieronder niet: de bladzijde van elk gebied zonder cijfer heeft deze zin
            WHEN 5 THEN
                if(api = 'bestand', 'in de ' || waar || ' staan deze cijfers ', 'uit ' || waar || ' zijn deze cijfers ')
                || if(soorten IS NULL, 'niet', 'alleen') || if(api = 'bestand', '', ' opgevraagd') || coalesce(' voor ' || soorten, '')
            WHEN 6 THEN if(len(alleen_van) > 0, 'dit cijfer is er alleen per ' || array_to_string(alleen_van, ' en per '),
                waar || ' geeft dit cijfer alleen voor ' || soorten
                -- anders was de provincie uit haar gemeenten berekend
                || if(api = 'bestand' AND aggregatie <> 'niet', '; dat van de provincie is er niet uit te berekenen: wij weten niet van elke gemeente het cijfer en hoe zwaar zij weegt', ''))
            ELSE waar || ' geeft voor de provincie geen waarde' || coalesce(': ' || CASE leeg_reden
                WHEN 'geheim' THEN 'geheim'
                WHEN 'onderdrukt' THEN 'onderdrukt, zou iets over een enkel bedrijf zeggen'
                WHEN 'onbekend' THEN 'onbekend of geheim'
                WHEN 'niet_gepubliceerd' THEN 'nog niet gepubliceerd'
                WHEN 'niet_in_selectie' THEN 'een deel van de cellen is niet opgehaald'
                WHEN 'niet_van_toepassing' THEN 'niet van toepassing'
            END, '')
        END AS zin
    FROM eerste
)
-- een zin per soort reden: een kaart kan acht tabellen hebben die alle ontbreken
SELECT
    indicator, any_value(naam) AS naam,
    ontbreek_orde[arg_min(stap, volgorde)] AS reden,
    arg_min(tabel, volgorde) AS tabel, arg_min_null(oorzaak, volgorde) AS oorzaak,
    string_agg(
        upper(left(zin, 1)) || rtrim(substr(zin, 2), '.') || '.' || if(ook = '', '', ' Dat geldt ook voor ' || ook || '.'), ' ' ORDER BY volgorde
    ) AS uitleg
FROM (
    SELECT indicator, stap, any_value(naam) AS naam, min(bron_volgorde) AS volgorde,
        arg_min(tabel, bron_volgorde) AS tabel, arg_min(zin, bron_volgorde) AS zin,
        arg_min_null(oorzaak, bron_volgorde) AS oorzaak,
        -- vier codes achter elkaar leest niemand
        if(count(*) > 3, (count(*) - 1) || ' andere ' || if(bool_or(api = 'bestand'), 'bronnen', 'tabellen'),
            array_to_string(list(tabel ORDER BY bron_volgorde)[2:], ' en ')) AS ook
    FROM tekst
    GROUP BY indicator, stap
)
GROUP BY indicator
