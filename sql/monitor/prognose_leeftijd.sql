/*
omschrijving: >
  De potentiele beroepsbevolking (15 tot 75 jaar), de 75-plussers en wie jonger is (het totaal min die twee) in de
  prognose, als aantal en als aandeel, met de verandering sinds het eerste jaar van de prognose. Alleen waar een aanlevering deze leeftijden heeft: CBS haalde de
  leeftijd in juli 2023 van StatLine (85171NED). Zonder zo'n aanlevering
  (assets/bron/aanleveringen/prognose_leeftijd.yaml) is deze tabel leeg. De verandering van een aandeel is in
  procentpunt; document 001 schrijft daar procenten.
uit: [kern.onderwerp, kern.waarneming]
herkomst: {tabellen: [prognose_leeftijd]}
sleutel: [tabel, leeftijd, regio, periode]
kolommen:
  tabel: {type: VARCHAR, uitleg: de aanlevering}
  leeftijd: {type: VARCHAR, uitleg: "0_tot_15, 15_tot_75 of 75_plus"}
  regio: {type: VARCHAR, uitleg: regio}
  periode: {type: VARCHAR, uitleg: "periode; de stand van 1 januari"}
  waarde: {type: DOUBLE, uitleg: inwoners van die leeftijd, eenheid: inwoners}
  aandeel: {type: DOUBLE, uitleg: aandeel in alle inwoners, eenheid: "%"}
  eerste_periode: {type: VARCHAR, uitleg: eerste periode met een waarde}
  verandering: {type: DOUBLE, uitleg: waarde min die in de eerste periode, eenheid: inwoners}
  verandering_aandeel: {type: DOUBLE, uitleg: aandeel min dat in de eerste periode, eenheid: procentpunt}
  status: {type: VARCHAR, uitleg: "status die de aanlevering geeft; van 0_tot_15 de minst definitieve"}
  leeg_reden: {type: VARCHAR, uitleg: waarom er geen waarde is}
*/
WITH geleverd AS (
    SELECT w.tabel, substr(w.onderwerp, 10) AS leeftijd, w.regio, w.periode, w.waarde * o.factor AS waarde, w.status, w.leeg_reden
    FROM kern.waarneming AS w
    JOIN kern.onderwerp AS o USING (bron, tabel, onderwerp)
    WHERE w.bron = 'aanlevering' AND w.onderwerp IN ('prognose_15_tot_75', 'prognose_75_plus', 'prognose_totaal')
),
cel AS (
    FROM geleverd
    UNION ALL BY NAME
    SELECT tabel, '0_tot_15' AS leeftijd, regio, periode, sum(if(leeftijd = 'totaal', waarde, -waarde)) AS waarde,
        status_orde[
            max(list_position(status_orde, status::VARCHAR))
        ] AS status
    FROM geleverd
    GROUP BY ALL
    HAVING count(waarde) = 3
),
aandeel AS (
    SELECT c.*, 100 * c.waarde / nullif(t.waarde, 0) AS aandeel
    FROM cel AS c
    LEFT JOIN cel AS t
        ON t.tabel = c.tabel AND t.regio = c.regio AND t.periode = c.periode AND t.leeftijd = 'totaal'
    WHERE c.leeftijd <> 'totaal'
),
begin AS (
    SELECT tabel, leeftijd, regio, min(periode) AS periode, arg_min(waarde, periode) AS waarde,
        arg_min(aandeel, periode) FILTER (aandeel IS NOT NULL) AS aandeel
    FROM aandeel
    WHERE waarde IS NOT NULL
    GROUP BY ALL
)
SELECT
    a.tabel, a.leeftijd, a.regio, a.periode, a.waarde, a.aandeel, b.periode AS eerste_periode,
    a.waarde - b.waarde AS verandering, a.aandeel - b.aandeel AS verandering_aandeel, a.status, a.leeg_reden
FROM aandeel AS a
LEFT JOIN begin AS b USING (tabel, leeftijd, regio)
