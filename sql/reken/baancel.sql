/*
omschrijving: >
  Banen van werknemers per regio, december en bedrijfstak, naar de plaats van het werk: de cellen van 83582NED waar de
  analyses van de banen op rekenen. Tussentabel, wordt niet gepubliceerd.
uit: [kern.onderwerp, kern.waarneming]
herkomst: {tabellen: [83582NED]}
sleutel: [regio, periode, bedrijfstak]
kolommen:
  regio: {type: VARCHAR, uitleg: regio}
  periode: {type: VARCHAR, uitleg: "periode; de stand van december"}
  bedrijfstak: {type: VARCHAR, uitleg: "code in kern.bedrijfstak; T001081 is het geheel"}
  banen: {type: DOUBLE, uitleg: banen van werknemers}
  status: {type: INTEGER, uitleg: "status van de cel, als plaats in de lijst van statussen"}
  reden: {type: INTEGER, uitleg: "waarom de banen er niet zijn, als plaats in de lijst van redenen"}
*/
SELECT w.regio, w.periode, split_part(w.uitsplitsing, '=', 2) AS bedrijfstak, w.waarde * o.factor AS banen,
    list_position(status_orde, w.status)::INTEGER AS status,
    list_position(leeg_orde, w.leeg_reden)::INTEGER AS reden
FROM kern.waarneming AS w
JOIN kern.onderwerp AS o USING (bron, tabel, onderwerp)
WHERE w.tabel = '83582NED' AND w.onderwerp = 'banen_werknemers'
