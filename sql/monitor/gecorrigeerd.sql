/*
omschrijving: De waarden van indicatoren die op een gecorrigeerde cel rusten (zie kern.correctie), ook via leden of gewichten.
uit: [kern.correctie, monitor.herkomst]
herkomst: {tabellen: correcties}
sleutel: [indicator, uitsplitsing, regio, periode, correctie]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: regio van de waarde}
  periode: {type: VARCHAR, uitleg: periode van de waarde}
  correctie: {type: VARCHAR, uitleg: naam van de correctie}
*/
SELECT DISTINCT h.indicator, h.uitsplitsing, h.regio, h.periode, k.correctie
FROM monitor.herkomst AS h
JOIN kern.correctie AS k
    ON k.bron = h.bron AND k.tabel = h.tabel AND k.onderwerp = h.onderwerp AND k.uitsplitsing = h.cel_uitsplitsing
    AND k.regio = h.cel_regio AND k.periode = h.cel_periode AND k.uitkomst = 'toegepast'
