/*
omschrijving: >
  De bevolkingsprognose van CBS en PBL met haar interval van 67%, naast wat er werkelijk kwam: de bevolking op 1 januari.
  Het interval is zo gekozen dat de werkelijkheid er volgens de makers in twee van de drie gevallen binnen ligt; erbuiten
  is dus niet vreemd. De prognose is uit 2023: een afwijking in de eerste jaren zegt hoe zij begon, niet dat zij later
  fout is. Jaren voor de prognose hebben alleen de werkelijke stand, jaren erna alleen de prognose.
uit: [kern.onderwerp, kern.waarneming, monitor.indicatorwaarde]
herkomst: {tabellen: [85173NED], kaarten: [bevolking]}
sleutel: [regio, periode]
kolommen:
  regio: {type: VARCHAR, uitleg: regio; de prognose is naar de gemeentelijke indeling van 2021}
  periode: {type: VARCHAR, uitleg: "periode; de stand van 1 januari"}
  waarde: {type: DOUBLE, uitleg: "de prognose, de middelste uitkomst", eenheid: inwoners}
  marge_onder: {type: DOUBLE, uitleg: ondergrens van het interval van 67%, eenheid: inwoners}
  marge_boven: {type: DOUBLE, uitleg: bovengrens van het interval van 67%, eenheid: inwoners}
  werkelijk: {type: DOUBLE, uitleg: "bevolking op 1 januari, kaart bevolking", eenheid: inwoners}
  afwijking: {type: DOUBLE, uitleg: werkelijk min prognose, eenheid: inwoners}
  afwijking_pct: {type: DOUBLE, uitleg: afwijking als deel van de prognose, eenheid: "%"}
  binnen_interval: {type: BOOLEAN, uitleg: of de werkelijke stand binnen het interval ligt; leeg als een van beide er niet is}
  status: {type: VARCHAR, uitleg: status van de prognose bij de bron; onbekend waar er geen is}
  leeg_reden: {type: VARCHAR, uitleg: waarom er geen prognose is}
*/
WITH prognose AS (
    SELECT w.regio, w.periode, w.waarde * o.factor AS waarde, w.marge_onder * o.factor AS marge_onder,
        w.marge_boven * o.factor AS marge_boven, w.status, w.leeg_reden
    FROM kern.waarneming AS w
    JOIN kern.onderwerp AS o USING (bron, tabel, onderwerp)
    WHERE w.tabel = '85173NED' AND w.onderwerp = 'prognose'
),
werkelijk AS (
    SELECT w.regio, w.periode, w.waarde
    FROM monitor.indicatorwaarde AS w
    SEMI JOIN prognose AS p USING (regio)
    WHERE w.indicator = 'bevolking' AND w.uitsplitsing = 'totaal' AND w.waarde IS NOT NULL
)
SELECT
    regio, periode, p.waarde, p.marge_onder, p.marge_boven, w.waarde AS werkelijk, w.waarde - p.waarde AS afwijking,
    100 * (w.waarde - p.waarde) / nullif(p.waarde, 0) AS afwijking_pct,
    w.waarde BETWEEN p.marge_onder AND p.marge_boven AS binnen_interval,
    coalesce(p.status, 'onbekend') AS status,
    if(p.waarde IS NULL, coalesce(p.leeg_reden, 'niet_gepubliceerd'), NULL) AS leeg_reden
FROM prognose AS p
FULL JOIN werkelijk AS w USING (regio, periode)
