/*
omschrijving: >
  De waarde van een indicator voor een regio in een jaar: factor maal teller gedeeld door noemer, onafgerond. Elke
  periode komt voor alle regio's uit dezelfde bron. Wat ontbreekt staat er met zijn reden. Een waarde die niet kan, van
  een gebied waar het rapport niet over gaat, is hier leeg en staat in monitor.apart_gezet.
uit: [monitor.apart_gezet, reken.berekend]
sleutel: [indicator, uitsplitsing, regio, periode]
codes: blijven
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: totaal als er geen uitsplitsing is}
  regio: {type: VARCHAR, uitleg: code van de regio}
  periode: {type: VARCHAR, uitleg: het jaar in CBS-notatie}
  waarde: {type: DOUBLE, uitleg: "de waarde, onafgerond, in de eenheid van de kaart; leeg als er geen is"}
  teller: {type: DOUBLE, uitleg: "som van de tellercellen; in een gewogen regio de som van gewicht maal waarde"}
  noemer: {type: DOUBLE, uitleg: "som van de noemercellen; in een gewogen regio de som van de gewichten"}
  marge_onder: {type: DOUBLE, uitleg: "ondergrens van het interval van 95%: van de bron, of samengesteld uit de marges van de cellen of leden"}
  marge_boven: {type: DOUBLE, uitleg: "bovengrens van dat interval"}
  afronding: {type: DOUBLE, uitleg: "hoeveel de afronding van de cellen van de bron de waarde hoogstens kan schelen, naar boven en naar beneden; leeg als de bron haar decimalen niet noemt"}
  status: {type: VARCHAR, code: true, uitleg: "definitief, voorlopig, nader_voorlopig of onbekend: de minst definitieve van de cellen"}
  benadering: {type: BOOLEAN, uitleg: "waar als de waarde een gewogen gemiddelde van gemeenten is, of een lid mist (zie monitor.ontbrekend_lid)"}
  leeg_reden: {type: VARCHAR, code: true, uitleg: "waarom er geen waarde is: de reden van de cellen die het meeste zegt, of apart_gezet"}
*/
FROM reken.berekend
ANTI JOIN monitor.apart_gezet USING (indicator, uitsplitsing, regio, periode)
UNION ALL
SELECT * REPLACE (
    NULL AS waarde, NULL AS teller, NULL AS noemer, NULL AS marge_onder, NULL AS marge_boven, NULL AS afronding, false AS benadering,
    'apart_gezet' AS leeg_reden
)
FROM reken.berekend
SEMI JOIN monitor.apart_gezet USING (indicator, uitsplitsing, regio, periode)
