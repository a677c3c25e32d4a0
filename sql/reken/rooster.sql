/*
omschrijving: >
  Waar een waarde hoort te staan, per bron van de kaart: elk jaar waarvan de bron de teller noemt, en elke regio die in
  het antwoord van de bron voorkomt of waarover het rapport gaat (Nederland, de provincies, de COROP-gebieden en
  gemeenten van die van het rapport, de leden van de samengestelde regio's). Ook een regio van een soort waarvoor de bron
  niet geldt staat er, zonder waarde. Tussentabel, wordt niet gepubliceerd.
uit:
  [invoer.kaart, invoer.kaart_term, kern.regio, reken.getoond, reken.jaardeel, reken.kaartcel]
sleutel: [indicator, bron_volgorde, regio, jaar]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  bron_volgorde: {type: INTEGER, uitleg: de hoeveelste bron van de kaart}
  regio: {type: VARCHAR, uitleg: regio van de waarde}
  jaar: {type: INTEGER, uitleg: jaar van de waarde}
  periode: {type: VARCHAR, code: true, uitleg: het jaar in CBS-notatie}
  factor: {type: DOUBLE, uitleg: factor van de kaart}
  tellers: {type: BIGINT, uitleg: aantal cellen dat de teller vraagt}
  noemers: {type: BIGINT, uitleg: aantal cellen dat de noemer vraagt}
  bronnen: {type: VARCHAR, uitleg: welke bronnen van de kaart voor deze soort regio gelden}
  geldt: {type: BOOLEAN, uitleg: of deze bron voor deze soort regio geldt}
  bestaat: {type: BOOLEAN, uitleg: of de regio in dit jaar bestond}
*/
WITH bron AS (
    SELECT t.*, k.jaarregel
    FROM invoer.kaart_term AS t
    JOIN invoer.kaart AS k ON k.id = t.indicator
),
regio AS (
    SELECT DISTINCT indicator, bron_volgorde, regio FROM reken.kaartcel WHERE rol = 'teller' AND regio IS NOT NULL
    UNION
    SELECT DISTINCT b.indicator, b.bron_volgorde, r.regio FROM bron AS b JOIN reken.getoond AS r ON NOT r.samengesteld
),
jaar AS (
    -- het jaar zelf staat in de teller; een teller van een jaar eerder noemt geen jaar meer
    SELECT b.indicator, b.bron_volgorde, d.jaar - b.periode_verschuiving AS jaar, arg_min(d.jaarperiode, b.term) AS code,
        any_value(b.factor) AS factor
    FROM bron AS b
    JOIN reken.jaardeel AS d
        ON d.jaarregel = b.jaarregel AND d.bron = b.bron AND d.tabel = b.tabel AND d.onderwerp = b.onderwerp
    WHERE b.rol = 'teller' AND d.jaar - b.periode_verschuiving 
            BETWEEN coalesce(b.vanaf, -9999) AND coalesce(b.tot_en_met, 9999)
        AND b.periode_verschuiving = (
            SELECT max(o.periode_verschuiving) FROM bron AS o
            WHERE o.indicator = b.indicator AND o.bron_volgorde = b.bron_volgorde AND o.rol = 'teller'
        )
    GROUP BY ALL
),
nodig AS (
    -- een cel waarvan de bron dat jaar niet noemt, is een cel die mist
    SELECT j.indicator, j.bron_volgorde, j.jaar,
        sum(coalesce(d.delen, 1)) FILTER (b.rol = 'teller') AS tellers,
        coalesce(sum(coalesce(d.delen, 1)) FILTER (b.rol = 'noemer'), 0) AS noemers
    FROM jaar AS j
    JOIN bron AS b USING (indicator, bron_volgorde)
    LEFT JOIN (SELECT DISTINCT jaarregel, bron, tabel, onderwerp, jaar, delen FROM reken.jaardeel) AS d
        ON d.jaarregel = b.jaarregel AND d.bron = b.bron AND d.tabel = b.tabel AND d.onderwerp = b.onderwerp
        AND d.jaar = j.jaar + b.periode_verschuiving
    GROUP BY ALL
),
geldt AS (
    SELECT t.indicator, s.soort, list_sort(list(DISTINCT t.bron_volgorde)) AS bronnen,
        array_to_string(list_sort(list(DISTINCT t.bron_volgorde)), ' ') AS genoemd
    FROM invoer.kaart_term AS t
    CROSS JOIN (SELECT soort FROM kern.regio UNION SELECT 'overig') AS s
    WHERE coalesce(len(t.regiosoorten), 0) = 0 OR list_contains(t.regiosoorten, s.soort)
    GROUP BY ALL
)
SELECT
    r.indicator, r.bron_volgorde, r.regio, j.jaar::INTEGER AS jaar,
    j.jaar || substr(j.code, 5) AS periode,
    j.factor, n.tellers::BIGINT AS tellers, n.noemers::BIGINT AS noemers,
    coalesce(g.genoemd, '') AS bronnen,
    coalesce(list_contains(g.bronnen, r.bron_volgorde), false) AS geldt,
    -- geldig_tot is de eerste dag waarop de regio er niet meer is
    coalesce(k.geldig_van < make_date(j.jaar + 1, 1, 1), true)
    AND coalesce(k.geldig_tot > make_date(j.jaar, 1, 1), true) AS bestaat
FROM regio AS r
JOIN jaar AS j USING (indicator, bron_volgorde)
JOIN nodig AS n USING (indicator, bron_volgorde, jaar)
LEFT JOIN kern.regio AS k ON k.code = r.regio
LEFT JOIN geldt AS g ON g.indicator = r.indicator AND g.soort = coalesce(k.soort, 'overig')
