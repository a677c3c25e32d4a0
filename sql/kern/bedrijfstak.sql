/*
omschrijving: >
  De bedrijfstakken (SBI 2008) waarin de analyses de economie verdelen, met de code van StatLine. Er zijn twee
  indelingen, die elk samen precies het geheel zijn: grof (tien groepen, weinig geheime cellen) en fijn (achttien
  secties, waarvan R tot en met U samen).
uit: []
sleutel: [bedrijfstak]
kolommen:
  bedrijfstak: {type: VARCHAR, uitleg: code bij StatLine; T001081 is het totaal}
  letter: {type: VARCHAR, uitleg: sectie of secties van de SBI 2008}
  naam: {type: VARCHAR, uitleg: naam zonder letter}
  grof: {type: BOOLEAN, uitleg: hoort bij de grove indeling}
  fijn: {type: BOOLEAN, uitleg: hoort bij de fijne indeling}
  groep: {type: VARCHAR, uitleg: code van de groep in de grove indeling waar hij bij hoort; leeg voor het totaal}
*/
FROM (VALUES
    ('T001081', 'A-U', 'Alle economische activiteiten', false, false, NULL),
    ('301000', 'A', 'Landbouw, bosbouw en visserij', true, true, '301000'),
    ('300002', 'B-E', 'Nijverheid (geen bouw) en energie', true, false, '300002'),
    ('305700', 'B', 'Delfstoffenwinning', false, true, '300002'),
    ('307500', 'C', 'Industrie', false, true, '300002'),
    ('346600', 'D', 'Energievoorziening', false, true, '300002'),
    ('348000', 'E', 'Waterbedrijven en afvalbeheer', false, true, '300002'),
    ('350000', 'F', 'Bouwnijverheid', true, true, '350000'),
    ('300006', 'G-I', 'Handel, vervoer en horeca', true, false, '300006'),
    ('354200', 'G', 'Handel', false, true, '300006'),
    ('383100', 'H', 'Vervoer en opslag', false, true, '300006'),
    ('389100', 'I', 'Horeca', false, true, '300006'),
    ('391600', 'J', 'Informatie en communicatie', true, true, '391600'),
    ('396300', 'K', 'Financiële dienstverlening', true, true, '396300'),
    ('402000', 'L', 'Verhuur en handel van onroerend goed', true, true, '402000'),
    ('300010', 'M-N', 'Zakelijke dienstverlening', true, false, '300010'),
    ('403300', 'M', 'Specialistische zakelijke diensten', false, true, '300010'),
    ('410200', 'N', 'Verhuur en overige zakelijke diensten', false, true, '300010'),
    ('300012', 'O-Q', 'Overheid en zorg', true, false, '300012'),
    ('417400', 'O', 'Openbaar bestuur en overheidsdiensten', false, true, '300012'),
    ('419000', 'P', 'Onderwijs', false, true, '300012'),
    ('422400', 'Q', 'Gezondheids- en welzijnszorg', false, true, '300012'),
    ('300014', 'R-U', 'Cultuur, recreatie, overige diensten', true, true, '300014')
) AS t (bedrijfstak, letter, naam, grof, fijn, groep)
