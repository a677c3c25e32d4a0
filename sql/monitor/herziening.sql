/*
omschrijving: >
  Waarden die anders zijn dan in de vorige publicatie, of dan in de vorige editie: nieuw (er was geen waarde), herzien
  (de bron gaf andere cijfers), definitie (ook de kaart veranderde, zie monitor.kaartherziening) of vervallen (er is geen
  waarde meer). Een verschil in de tiende decimaal is een andere volgorde van optellen en geen herziening. Zonder
  vorige publicatie of editie staat er niets over; welke dat zijn staat in monitor.bouw.
uit:
  - invoer.rekenregel
  - invoer.vorige
  - invoer.vorige_indicatorwaarde
  - monitor.indicatorwaarde
  - monitor.kaartherziening
sleutel: [tegenover, indicator, uitsplitsing, regio, periode]
kolommen:
  tegenover: {type: VARCHAR, uitleg: 'waarmee is vergeleken: vorige_publicatie of vorige_editie', lijst: tegenover}
  indicator: {type: VARCHAR, uitleg: 'id van de kaart, ook van een kaart die er niet meer is', lijst: []}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: code van de regio, lijst: []}
  periode: {type: VARCHAR, uitleg: periode van de waarde, lijst: []}
  oud: {type: DOUBLE, uitleg: 'waarde van toen, in de eenheid van toen; leeg: er was geen waarde'}
  nieuw: {type: DOUBLE, uitleg: 'waarde van nu; leeg: er is geen waarde meer'}
  soort: {type: VARCHAR, uitleg: 'nieuw, herzien, definitie of vervallen', lijst: herzieningsoort}
*/
WITH nu AS (
    SELECT v.tegenover, w.indicator, w.uitsplitsing, w.regio, w.periode, w.waarde
    FROM monitor.indicatorwaarde AS w
    CROSS JOIN invoer.vorige AS v
)
SELECT tegenover, indicator, uitsplitsing, regio, periode, toen.waarde AS oud, nu.waarde AS nieuw,
    CASE
        WHEN nu.waarde IS NULL THEN 'vervallen'
        WHEN toen.waarde IS NULL THEN 'nieuw'
        WHEN k.soort = 'definitie' THEN 'definitie'
        ELSE 'herzien'
    END AS soort
FROM nu
FULL JOIN invoer.vorige_indicatorwaarde AS toen USING (tegenover, indicator, uitsplitsing, regio, periode)
LEFT JOIN monitor.kaartherziening AS k USING (tegenover, indicator)
WHERE (nu.waarde IS NULL) <> (toen.waarde IS NULL)
    OR abs(nu.waarde - toen.waarde) > (SELECT ruis FROM invoer.rekenregel) * greatest(abs(nu.waarde), abs(toen.waarde))
