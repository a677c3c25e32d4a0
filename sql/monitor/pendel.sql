/*
omschrijving: >
  De pendelmatrix: banen van werknemers naar de regio waar de werknemer woont en die waar hij werkt, voor elk paar
  waarvan er een de provincie is, een COROP-gebied of een gemeente daarin. Provincies, COROP-gebieden en gemeenten staan
  door elkaar: tel alleen op binnen een soort. December, zonder zelfstandigen. De bron rondt af op honderd banen, dus een
  kleine stroom kan 0 zijn; een punt bij de bron is onbekend of geheim en blijft leeg.
uit: [kern.onderwerp, kern.waarneming, reken.rapportregio]
herkomst: {tabellen: [85481NED]}
sleutel: [woonregio, werkregio, periode]
kolommen:
  woonregio: {type: VARCHAR, uitleg: regio waar de werknemer woont}
  werkregio: {type: VARCHAR, uitleg: regio waar de baan is}
  periode: {type: VARCHAR, uitleg: "periode: de maand december"}
  waarde: {type: DOUBLE, uitleg: banen van werknemers}
  aandeel_woonregio: {type: DOUBLE, uitleg: aandeel in de banen van wie in de woonregio woont, eenheid: "%"}
  aandeel_werkregio: {type: DOUBLE, uitleg: aandeel in de banen in de werkregio, eenheid: "%"}
  status: {type: VARCHAR, uitleg: "definitief, voorlopig, nader_voorlopig of onbekend"}
  leeg_reden: {type: VARCHAR, uitleg: waarom het aantal banen er niet is}
*/
WITH cel AS (
    SELECT w.regio AS woonregio, split_part(w.uitsplitsing, '=', 2) AS werkregio,
        w.periode, w.waarde * o.factor AS waarde, w.status, w.leeg_reden
    FROM kern.waarneming AS w
    JOIN kern.onderwerp AS o USING (bron, tabel, onderwerp)
    WHERE w.tabel = '85481NED' AND w.onderwerp = 'banen'
),
gebied AS (
    SELECT regio FROM reken.rapportregio WHERE in_gebied
)
SELECT
    c.woonregio, c.werkregio, c.periode, c.waarde,
    100 * c.waarde / nullif(woon.waarde, 0) AS aandeel_woonregio,
    100 * c.waarde / nullif(werk.waarde, 0) AS aandeel_werkregio,
    c.status, c.leeg_reden
FROM cel AS c
LEFT JOIN cel AS woon ON woon.woonregio = c.woonregio AND woon.werkregio = 'NL01' AND woon.periode = c.periode
LEFT JOIN cel AS werk ON werk.woonregio = 'NL01' AND werk.werkregio = c.werkregio AND werk.periode = c.periode
WHERE c.woonregio IN (SELECT regio FROM gebied) OR c.werkregio IN (SELECT regio FROM gebied)
