/*
omschrijving: >
  De waarde van een indicator voor een regio in een jaar: factor maal teller gedeeld door noemer, onafgerond. Elke
  periode komt voor alle regio's uit dezelfde bron. Wat ontbreekt staat er met zijn reden. Een waarde die niet kan, van
  een gebied waar het rapport niet over gaat, is hier leeg en staat in monitor.apart_gezet.
uit: [monitor.apart_gezet, reken.berekend]
sleutel: [indicator, uitsplitsing, regio, periode]
codes: blijven
zoals: {reken.berekend: alles}
kolommen:
  leeg_reden: {type: VARCHAR, uitleg: "waarom er geen waarde is: de reden van de cellen die het meeste zegt, of apart_gezet"}
*/
FROM reken.berekend
ANTI JOIN monitor.apart_gezet USING (indicator, uitsplitsing, regio, periode)
UNION ALL
SELECT * REPLACE (
    NULL AS waarde, NULL AS teller, NULL AS noemer, NULL AS marge_onder, NULL AS marge_boven, NULL AS afronding, false AS benadering,
    CAST('apart_gezet' AS leeg_code) AS leeg_reden
)
FROM reken.berekend
SEMI JOIN monitor.apart_gezet USING (indicator, uitsplitsing, regio, periode)
