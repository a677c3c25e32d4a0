/*
omschrijving: >
  Hoeveel zwaarder een sectie in een regio weegt dan in Nederland, met alle banen uit het werkgelegenheidsregister: het
  aandeel van de sectie in de regio gedeeld door dat in Nederland. Boven 1 is de regio erin gespecialiseerd. De banen van
  Nederland zijn die van LISA (hetzelfde begrip), of banen van werknemers van CBS (een ander begrip: zonder zelfstandigen);
  dan is een sectie met veel zelfstandigen in de regio te groot. Welke het is staat in landelijk_begrip. Met banen van
  werknemers aan beide kanten: monitor.locatiequotient.
uit: [reken.registerbaan]
sleutel: [regio, periode, sectie]
kolommen:
  regio: {type: VARCHAR, uitleg: regio}
  periode: {type: VARCHAR, uitleg: "jaar; de stand van 1 april"}
  sectie: {type: VARCHAR, uitleg: "letter van de sectie (SBI 2008); R-U samen als CBS die samen geeft"}
  landelijk_begrip: {type: VARCHAR, uitleg: "lisa: hetzelfde begrip; banen_werknemers: een ander begrip"}
  banen: {type: DOUBLE, uitleg: banen in de regio}
  aandeel: {type: DOUBLE, uitleg: aandeel in de banen van de regio, eenheid: "%"}
  aandeel_nl: {type: DOUBLE, uitleg: aandeel in de banen van Nederland, eenheid: "%"}
  waarde: {type: DOUBLE, uitleg: "locatiequotient: aandeel gedeeld door aandeel_nl"}
  overschot: {type: DOUBLE, uitleg: "banen meer (of, onder nul, minder) dan de regio met het aandeel van Nederland zou hebben"}
  leeg_reden: {type: VARCHAR, uitleg: waarom er geen quotient is}
*/
WITH naast AS (
    SELECT s.*, t.banen AS totaal, s.banen / nullif(t.banen, 0) AS a, s.banen_nl / nullif(t.banen_nl, 0) AS a_nl,
        coalesce(greatest(s.reden, t.reden), if(s.banen_nl IS NULL OR t.banen_nl IS NULL, 2, 1)) AS reden_samen
    FROM reken.registerbaan AS s
    JOIN reken.registerbaan AS t ON t.regio = s.regio AND t.jaar = s.jaar AND t.sectie = 'totaal'
    WHERE s.sectie <> 'totaal'
)
SELECT
    regio, jaar || 'JJ00' AS periode, sectie, begrip AS landelijk_begrip, banen, 100 * a AS aandeel,
    100 * a_nl AS aandeel_nl, a / nullif(a_nl, 0) AS waarde, banen - totaal * a_nl AS overschot,
    CASE WHEN a / nullif(a_nl, 0) IS NULL THEN
        leeg_orde[reden_samen]
    END AS leeg_reden
FROM naast
