/*
omschrijving: >
  Zegt de naam van een kaart wat erin zit? Wie 'uitkeringsontvangers' leest, denkt aan mensen zonder werk; telt de AOW mee, dan
  hoort dat in de naam. Zo ook een schuld met de hypotheek erin.
tabel: monitor.indicator
zwaarte: blokkeert
reden: een zin heeft alleen de naam, niet de definitie
datum: 2026-11-29
uit: [monitor.indicator]
uitleg: wat een definitie tegen de verwachting in meetelt (AOW, hypotheek), staat ook in de naam
vervolg: Pas de naam op de kaart aan, of tel het niet mee.
sleutel: [id, begrip]
*/
SELECT i.id, w.begrip, i.naam, contains(lower(i.naam), lower(w.begrip)) AS klopt
FROM monitor.indicator AS i
CROSS JOIN (VALUES ('AOW', '-leeftijd'), ('hypotheek', 'rente')) AS w(begrip, anders)
WHERE i.doel = 'rapport' AND contains(lower(replace(i.definitie, w.begrip || w.anders, '')), lower(w.begrip))
