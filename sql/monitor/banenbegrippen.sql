/*
omschrijving: >
  Hoeveel werk is er in een regio? Zes cijfers die niet gelijk horen te zijn, naast elkaar: banen uit het
  werkgelegenheidsregister (PWR), banen van werknemers (CBS, december), werkzame personen, werknemers en arbeidsjaren
  (regionale rekeningen), en wat elk wel en niet meetelt. Een jaar van het register staat naast hetzelfde jaar van de
  rekeningen en de maand december van dat jaar. Tel ze nooit op en zet ze nooit in een reeks.
uit: [kern.onderwerp, kern.waarneming, reken.rapportregio]
herkomst: {tabellen: [pwr, 83582NED, 85924NED]}
sleutel: [regio, periode, begrip]
kolommen:
  regio: {type: VARCHAR, uitleg: "de provincie, een COROP-gebied of een gemeente"}
  periode: {type: VARCHAR, uitleg: jaar}
  begrip: {type: VARCHAR, uitleg: "pwr_banen, pwr_fulltime, banen_werknemers, werkzame_personen, werknemers of arbeidsjaren"}
  volgorde: {type: INTEGER, uitleg: plaats in een tabel}
  naam: {type: VARCHAR, uitleg: naam van het begrip}
  waarde: {type: DOUBLE, uitleg: "aantal banen, personen of arbeidsjaren"}
  verschil_pct: {type: DOUBLE, uitleg: verschil met de banen uit het register, eenheid: "%"}
  bron: {type: VARCHAR, uitleg: bron en tabel}
  moment: {type: VARCHAR, uitleg: waar in het jaar het cijfer over gaat}
  telt: {type: VARCHAR, uitleg: wat dit begrip wel en niet meetelt}
  status: {type: VARCHAR, uitleg: "definitief, voorlopig, nader_voorlopig of onbekend"}
  leeg_reden: {type: VARCHAR, uitleg: waarom er geen waarde is}
*/
WITH begrip AS (
    FROM (VALUES
        (1, 'pwr_banen', 'Banen (PWR)', 'register', 'pwr', ['banen'], '1 april',
            'alle werkzame personen op of vanuit een vestiging: ook kleine banen, zelfstandigen en uitzendkrachten'),
        (2, 'pwr_fulltime', 'Banen van 12 uur of meer (PWR)', 'register', 'pwr', ['fulltime'], '1 april',
            'als banen (PWR), zonder wie minder dan 12 uur per week werkt'),
        (3, 'banen_werknemers', 'Banen van werknemers', 'cbs', '83582NED', ['banen_werknemers'], 'december',
            'alleen werknemers, geen zelfstandigen; een werknemer met twee banen telt twee keer'),
        (4, 'werkzame_personen', 'Werkzame personen', 'cbs', '85924NED', ['werknemers', 'zelfstandigen'],
            'gemiddeld over het jaar', 'werknemers en zelfstandigen die in de regio werken; wie twee banen heeft telt een keer'),
        (5, 'werknemers', 'Werknemers', 'cbs', '85924NED', ['werknemers'], 'gemiddeld over het jaar',
            'als werkzame personen, zonder zelfstandigen'),
        (6, 'arbeidsjaren', 'Arbeidsjaren', 'cbs', '85924NED', ['arbeidsjaren'], 'gemiddeld over het jaar',
            'alle banen omgerekend naar voltijd: twee halve banen zijn een arbeidsjaar')
    ) AS t (volgorde, begrip, naam, bron, tabel, onderwerpen, moment, telt)
),
gebied AS (
    SELECT regio FROM reken.rapportregio WHERE in_gebied
),
cel AS (
    SELECT b.begrip, w.regio, left(w.periode, 4) || 'JJ00' AS periode, w.waarde * o.factor AS waarde,
        list_position(status_orde, w.status) AS status,
        list_position(leeg_orde, w.leeg_reden) AS reden
    FROM kern.waarneming AS w
    JOIN kern.onderwerp AS o USING (bron, tabel, onderwerp)
    JOIN begrip AS b ON b.tabel = w.tabel AND list_contains(b.onderwerpen, w.onderwerp)
    WHERE w.uitsplitsing IN ('totaal', 'BedrijfstakkenBranchesSBI2008=T001081')
        AND w.periode NOT LIKE '%DJ%'
),
som AS (
    SELECT begrip, regio, periode, count(waarde) AS cellen, sum(waarde ORDER BY waarde) AS waarde, max(status) AS status,
        max(reden) AS reden
    FROM cel
    GROUP BY ALL
),
gevraagd AS (
    SELECT g.regio, p.periode, b.*
    FROM gebied AS g
    CROSS JOIN (SELECT DISTINCT periode FROM cel WHERE begrip = 'pwr_banen') AS p
    CROSS JOIN begrip AS b
),
naast AS (
    SELECT g.*, if(s.cellen = len(g.onderwerpen), s.waarde, NULL) AS waarde, s.status, coalesce(s.reden, 2) AS reden
    FROM gevraagd AS g
    LEFT JOIN som AS s USING (begrip, regio, periode)
)
SELECT
    n.regio, n.periode, n.begrip, n.volgorde, n.naam, n.waarde,
    CASE WHEN n.begrip <> 'pwr_banen' THEN 100 * (n.waarde / nullif(r.waarde, 0) - 1) END AS verschil_pct,
    if(n.bron = 'register', 'PWR', 'CBS ' || n.tabel) AS bron, n.moment, n.telt,
    coalesce(status_orde[n.status], 'onbekend') AS status,
    CASE WHEN n.waarde IS NULL THEN
        leeg_orde[n.reden]
    END AS leeg_reden
FROM naast AS n
LEFT JOIN naast AS r ON r.regio = n.regio AND r.periode = n.periode AND r.begrip = 'pwr_banen'
