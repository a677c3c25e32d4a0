/*
omschrijving: >
  De weg terug: elke waarde en de cellen van de bron waaruit zij is berekend, ook cellen zonder waarde. Een cel die niet
  in het antwoord van de bron staat, staat hier niet. Narekenen: waarde = factor * som(gewicht * teller) / som(gewicht *
  noemer); in een samengestelde regio per lid, en dan opgeteld (som), teller en noemer elk opgeteld (verhouding) of
  gewogen met de cellen in de rol gewicht, gedeeld door die in de rol gewicht_noemer als die er zijn (gewogen).
uit: [reken.kaartcel, reken.lid, reken.waarde]
sleutel: [indicator, uitsplitsing, regio, periode, rol, lid, term, cel_periode]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  uitsplitsing: {type: VARCHAR, uitleg: uitsplitsing van de waarde}
  regio: {type: VARCHAR, uitleg: regio van de waarde}
  periode: {type: VARCHAR, uitleg: periode van de waarde}
  rol: {type: VARCHAR, uitleg: "teller, noemer, gewicht of gewicht_noemer"}
  lid: {type: VARCHAR, uitleg: de gemeente waarvoor de cel telt in een samengestelde regio; anders de regio zelf}
  term: {type: INTEGER, uitleg: nummer van de cel binnen de rol van de kaart}
  gewicht: {type: DOUBLE, uitleg: waarmee de cel meetelt in de som van haar rol}
  factor: {type: DOUBLE, uitleg: factor waarmee het quotient wordt vermenigvuldigd}
  bron: {type: VARCHAR, uitleg: "bron van de cel: cbs, derden of aanlevering"}
  tabel: {type: VARCHAR, uitleg: tabel van de cel}
  onderwerp: {type: VARCHAR, uitleg: onderwerp van de cel}
  cel_uitsplitsing: {type: VARCHAR, uitleg: uitsplitsing van de cel}
  cel_regio: {type: VARCHAR, uitleg: regio van de cel}
  cel_periode: {type: VARCHAR, uitleg: periode van de cel}
  momentopname: {type: VARCHAR, uitleg: het bewaarde antwoord van de bron waarin de cel staat}
*/
WITH stap AS (
    SELECT w.indicator, w.regio, w.jaar, w.periode, c.* EXCLUDE (indicator, bron_volgorde, regio, jaar)
    FROM reken.waarde AS w
    JOIN reken.kaartcel AS c
        ON c.indicator = w.indicator AND c.bron_volgorde = w.bron_volgorde AND c.regio = w.regio AND c.jaar = w.jaar
    UNION ALL
    SELECT w.indicator, w.regio, w.jaar, w.periode, c.* EXCLUDE (indicator, bron_volgorde, regio, jaar)
    FROM reken.waarde AS w
    JOIN reken.kaartcel AS c
        ON c.indicator = w.indicator AND c.bron_volgorde = w.bron_volgorde AND c.regio IS NULL AND c.jaar = w.jaar
),
alle AS (
    SELECT indicator, regio, periode, rol, regio AS lid,
        term, gewicht, factor, bron, tabel, onderwerp, cel_uitsplitsing, cel_regio, cel_periode, momentopname
    FROM stap
    ANTI JOIN reken.lid AS l USING (indicator, regio, periode)
    UNION ALL
    SELECT l.indicator, l.regio, l.periode, s.rol, l.lid, s.term, s.gewicht, s.factor,
        s.bron, s.tabel, s.onderwerp, s.cel_uitsplitsing, s.cel_regio, s.cel_periode, s.momentopname
    FROM reken.lid AS l
    JOIN stap AS s ON s.indicator = l.indicator AND s.regio = l.lid AND s.periode = l.periode
    WHERE l.aggregatie <> 'niet'
    UNION ALL
    SELECT l.indicator, l.regio, l.periode, if(s.rol = 'teller', 'gewicht', 'gewicht_noemer'), l.lid, s.term, s.gewicht,
        s.factor, s.bron, s.tabel, s.onderwerp, s.cel_uitsplitsing, s.cel_regio, s.cel_periode, s.momentopname
    FROM reken.lid AS l
    JOIN stap AS s ON s.indicator = l.weging AND s.regio = l.lid AND s.jaar = l.jaar
)
SELECT indicator, 'totaal' AS uitsplitsing, * EXCLUDE (indicator) FROM alle
