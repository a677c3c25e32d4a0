/*
omschrijving: >
  Banen uit het register per regio, jaar en sectie (SBI 2008) in de indeling van de landelijke cijfers van dat jaar. Is een
  sectie onderdrukt, dan ook een samenvoeging waar zij in zit. Tussentabel, wordt niet gepubliceerd.
uit: [monitor.werkgelegenheid, reken.landelijke_baan]
sleutel: [regio, jaar, sectie]
kolommen:
  regio: {type: VARCHAR, uitleg: regio}
  jaar: {type: INTEGER, uitleg: jaar}
  begrip: {type: VARCHAR, uitleg: "begrip van het landelijke cijfer: lisa of banen_werknemers"}
  sectie: {type: VARCHAR, uitleg: "letter van de sectie, R-U, of totaal"}
  banen: {type: DOUBLE, uitleg: banen in de regio}
  banen_nl: {type: DOUBLE, uitleg: banen in Nederland}
  reden: {type: INTEGER, uitleg: "waarom de banen er niet zijn, als plaats in de lijst van redenen"}
*/
WITH sectie AS (
    SELECT regio, left(periode, 4)::INTEGER AS jaar, if(dimensie = 'totaal', 'totaal', code) AS sectie, banen, leeg_reden
    FROM monitor.werkgelegenheid
    WHERE dimensie IN ('totaal', 'Sectie') AND code <> 'onbekend'
),
landelijk AS (
    SELECT *, if(sectie = 'R-U', ['R', 'S', 'T', 'U'], [sectie]) AS delen FROM reken.landelijke_baan
),
-- alleen jaren waarin het register secties van de SBI 2008 heeft
jaar AS (
    SELECT DISTINCT jaar FROM sectie WHERE sectie <> 'totaal'
)
SELECT
    s.regio, l.jaar, l.begrip, l.sectie,
    CASE WHEN count(s.banen) = len(any_value(l.delen)) THEN sum(s.banen ORDER BY s.sectie) END AS banen,
    any_value(l.banen) AS banen_nl,
    max(list_position(leeg_orde, s.leeg_reden))::INTEGER AS reden
FROM landelijk AS l
SEMI JOIN jaar USING (jaar)
JOIN sectie AS s ON s.jaar = l.jaar AND list_contains(l.delen, s.sectie)
GROUP BY s.regio, l.jaar, l.begrip, l.sectie
