/*
omschrijving: >
  Tellen secties en grootteklassen van het beveiligde register op tot het totaal van hun gebied en jaar? Alleen waar zij
  alle zijn gepubliceerd: waar een cel is onderdrukt, is er geen som.
tabel: monitor.werkgelegenheid
zwaarte: blokkeert
reden: een verschil zou na het beveiligen zijn ontstaan, en kan iets over een bedrijf zeggen
datum: 2026-11-22
uit: [monitor.werkgelegenheid]
uitleg: secties en grootteklassen tellen op tot het totaal, overal waar zij alle zijn gepubliceerd
vervolg: "Dan is er na het beveiligen iets met de cellen gebeurd. Maak het register opnieuw met: monitor run"
sleutel: [regio, periode, dimensie]
*/
WITH som AS (
    SELECT d.regio, d.periode, d.dimensie,
        sum(d.vestigingen ORDER BY d.code) AS vestigingen_som, any_value(t.vestigingen) AS vestigingen,
        sum(d.banen ORDER BY d.code) AS banen_som, any_value(t.banen) AS banen,
        sum(d.fulltime ORDER BY d.code) AS fulltime_som, any_value(t.fulltime) AS fulltime
    FROM monitor.werkgelegenheid AS d
    JOIN monitor.werkgelegenheid AS t ON t.regio = d.regio AND t.periode = d.periode AND t.dimensie = 'totaal'
    WHERE d.dimensie IN ('Sectie', 'Sectie2025', 'Klasse')
    GROUP BY d.regio, d.periode, d.dimensie
    HAVING count(d.banen) = count(*)
)
-- IS NOT DISTINCT FROM: ook een totaal dat ontbreekt naast een som is fout
SELECT *,
    vestigingen_som IS NOT DISTINCT FROM vestigingen
    AND banen_som IS NOT DISTINCT FROM banen
    AND fulltime_som IS NOT DISTINCT FROM fulltime AS klopt
FROM som
