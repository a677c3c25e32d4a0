/*
omschrijving: >
  Ligt elke waarde binnen het bereik dat op haar kaart staat? Een kaart zonder bereik doet niet mee; staat er alleen een
  minimum of alleen een maximum, dan telt alleen dat. Het bereik zelf, met reden en datum, staat op de kaart.
tabel: monitor.indicatorwaarde
zwaarte: blokkeert
buiten_rapport: apart_gezet
reden: een waarde buiten het bereik is bijna altijd een verkeerde cel of een verschoven komma
datum: 2026-11-22
uit: [invoer.kaart, monitor.indicatorwaarde]
uitleg: elke waarde ligt binnen het bereik dat op haar kaart staat
vervolg: "Vergelijk met de bron (monitor bron toets); klopt de waarde, verruim dan het bereik op de kaart."
sleutel: [indicator, uitsplitsing, regio, periode]
*/
SELECT w.indicator, w.uitsplitsing, w.regio, w.periode, w.waarde,
    k.bereik_minimum AS minimum, k.bereik_maximum AS maximum,
    (minimum IS NULL OR w.waarde >= minimum) AND (maximum IS NULL OR w.waarde <= maximum) AS klopt
FROM monitor.indicatorwaarde AS w
JOIN invoer.kaart AS k ON k.id = w.indicator
WHERE w.waarde IS NOT NULL AND (k.bereik_minimum IS NOT NULL OR k.bereik_maximum IS NOT NULL)
