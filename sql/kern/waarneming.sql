/*
omschrijving: >
  Elke cel van de gebruikte antwoorden van de bronnen, zoals de bron haar nu geeft. Alleen een bekende fout is verbeterd:
  kern.correctie noemt de cel, met wat de bron geeft.
uit: [kern.correctie, reken.cel, invoer.momentopname]
sleutel: [bron, tabel, onderwerp, uitsplitsing, regio, periode]
codes: blijven
kolommen:
  bron: {type: VARCHAR, uitleg: 'cbs, derden, aanlevering of register'}
  tabel: {type: VARCHAR, uitleg: id van de tabel bij de bron}
  onderwerp: {type: VARCHAR, uitleg: 'onze naam voor het onderwerp, zie kern.onderwerp'}
  uitsplitsing: {type: VARCHAR, uitleg: 'Dimensie=code, meer met | ertussen; totaal waar er geen is'}
  regio: {type: VARCHAR, uitleg: 'code van de regio, zie kern.regio'}
  periode: {type: VARCHAR, uitleg: 'code van de periode, zie kern.periode'}
  waarde: {type: DOUBLE, uitleg: 'waarde in de eenheid van de bron (kern.onderwerp); leeg: zie leeg_reden'}
  marge_onder: {type: DOUBLE, uitleg: 'ondergrens van het interval dat de bron geeft (95%; bij 85173NED 67%), in dezelfde eenheid'}
  marge_boven: {type: DOUBLE, uitleg: 'bovengrens van dat interval'}
  leeg_reden: {type: VARCHAR, uitleg: 'waarom de waarde leeg is: onbekend (of geheim), geheim, onderdrukt, niet_van_toepassing of niet_gepubliceerd; leeg als er een waarde is'}
  status: {type: VARCHAR, uitleg: 'definitief, nader_voorlopig, voorlopig of onbekend'}
  momentopname: {type: VARCHAR, ongelezen: true, uitleg: 'het bewaarde antwoord waarin de cel staat, zie monitor.momentopname'}
*/
SELECT c.* REPLACE (
    CASE WHEN k.correctie IS NULL THEN c.waarde ELSE k.wordt END AS waarde,
    -- de marges zijn die van het foute cijfer
    CASE WHEN k.correctie IS NULL THEN c.marge_onder END AS marge_onder,
    CASE WHEN k.correctie IS NULL THEN c.marge_boven END AS marge_boven,
    CAST(if(k.correctie IS NOT NULL AND k.wordt IS NULL, 'onbekend', c.leeg_reden) AS leeg_code) AS leeg_reden
)
FROM reken.cel AS c
JOIN invoer.momentopname AS m USING (bron, tabel, momentopname)
LEFT JOIN (FROM kern.correctie WHERE uitkomst = 'toegepast') AS k
    ON k.bron = c.bron AND k.tabel = c.tabel AND k.onderwerp = c.onderwerp AND k.uitsplitsing = c.uitsplitsing
    AND k.regio = c.regio AND k.periode = c.periode
WHERE m.gebruikt
