/*
omschrijving: >
  Stuwende werkgelegenheid volgens de drie afbakeningen uit de stukken, uit de beveiligde tabellen van het register. Zij
  spreken elkaar tegen en staan daarom naast elkaar. a: alles buiten de verzorgende secties D, E, G, I, O, P, Q, R en S.
  b: industrie, groothandel, zakelijke dienstverlening, toerisme, transport en communicatie (KEI). c: banen boven het
  aandeel dat een sectie in Nederland heeft, opgeteld over de secties met een overschot; is een sectie onderdrukt, dan is
  die som er niet. Bij c staat in landelijk_begrip met welke banen van Nederland is vergeleken.
uit: [monitor.locatiequotient_register, monitor.werkgelegenheid]
sleutel: [regio, periode, definitie]
kolommen:
  regio: {type: VARCHAR, uitleg: regio}
  periode: {type: VARCHAR, uitleg: "jaar; de stand van 1 april"}
  definitie: {type: VARCHAR, uitleg: "a, b of c"}
  landelijk_begrip: {type: VARCHAR, uitleg: "bij c: lisa of banen_werknemers"}
  banen: {type: DOUBLE, uitleg: stuwende banen}
  aandeel: {type: DOUBLE, uitleg: aandeel in alle banen van de regio, eenheid: "%"}
  leeg_reden: {type: VARCHAR, uitleg: waarom het aantal er niet is}
*/
WITH overschot AS (
    SELECT regio, periode, any_value(landelijk_begrip) AS landelijk_begrip,
        CASE WHEN count(overschot) = count(*) THEN sum(greatest(overschot, 0) ORDER BY sectie) END AS banen,
        coalesce(max(leeg_reden) FILTER (leeg_reden = 'onderdrukt'), max(leeg_reden)) AS leeg_reden
    FROM monitor.locatiequotient_register
    GROUP BY regio, periode
)
SELECT regio, periode, right(code, 1) AS definitie, NULL::VARCHAR AS landelijk_begrip, banen, aandeel_banen AS aandeel,
    leeg_reden
FROM monitor.werkgelegenheid
WHERE dimensie = 'Groep' AND code IN ('stuwend_a', 'stuwend_b')
UNION ALL
SELECT o.regio, o.periode, 'c', o.landelijk_begrip, o.banen, 100 * o.banen / nullif(t.banen, 0),
    if(o.banen IS NULL, coalesce(o.leeg_reden, 'niet_in_selectie'), NULL)
FROM overschot AS o
JOIN monitor.werkgelegenheid AS t ON t.regio = o.regio AND t.periode = o.periode AND t.dimensie = 'totaal'
