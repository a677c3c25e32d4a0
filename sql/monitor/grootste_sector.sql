/*
omschrijving: >
  De vijf secties met de meeste banen in een regio, uit de beveiligde tabellen van het register. Een onderdrukte sectie
  doet niet mee: zij kan groter zijn dan een sectie die er wel staat, en daarom staat erbij hoeveel er onderdrukt zijn.
uit: [monitor.werkgelegenheid]
sleutel: [regio, periode, indeling, rang]
kolommen:
  regio: {type: VARCHAR, uitleg: regio}
  periode: {type: VARCHAR, uitleg: "jaar; de stand van 1 april"}
  indeling: {type: VARCHAR, uitleg: SBI 2008 of SBI 2025}
  rang: {type: BIGINT, uitleg: "1 is de grootste van de getoonde secties; bij evenveel banen gaat de letter voor"}
  sectie: {type: VARCHAR, uitleg: letter van de sectie}
  naam: {type: VARCHAR, uitleg: naam van de sectie}
  banen: {type: DOUBLE, uitleg: banen}
  aandeel_banen: {type: DOUBLE, uitleg: aandeel in alle banen van de regio, eenheid: "%"}
  onderdrukt: {type: BIGINT, uitleg: aantal secties van de regio dat in dit jaar is onderdrukt}
*/
SELECT
    regio, periode, indeling, row_number() OVER per_regio AS rang, code AS sectie, naam, banen, aandeel_banen, onderdrukt
FROM (
    SELECT *, count(*) FILTER (leeg_reden = 'onderdrukt') OVER (PARTITION BY regio, periode, indeling) AS onderdrukt
    FROM monitor.werkgelegenheid
    WHERE dimensie IN ('Sectie', 'Sectie2025') AND code <> 'onbekend'
)
WHERE banen > 0
WINDOW per_regio AS (PARTITION BY regio, periode, indeling ORDER BY banen DESC, code)
QUALIFY row_number() OVER per_regio <= 5
