/*
omschrijving: >
  Is elke correctie nog nodig: geeft de bron nog het foute cijfer dat de correctie verwacht? Geeft zij een ander, dan is
  dat cijfer van de bron gebruikt, en houden alle andere toetsen het tegen het licht zoals elk cijfer.
tabel: kern.correctie
zwaarte: beoordeelt
reden: een bron die haar fout herstelt, mag een verversing niet tegenhouden
datum: 2026-11-22
uit: [kern.correctie]
uitleg: de bron geeft nog het foute cijfer dat elke correctie verwacht
vervolg: >-
  Deze correctie is niet toegepast. Haal haar weg als de bron de fout herstelde, of pas haar aan:
  assets/kern/gegevens/correcties.yaml.
sleutel: [correctie, tabel, onderwerp, regio, periode]
*/
SELECT correctie, tabel, onderwerp, regio, periode, verwacht, bron_waarde, wordt, uitkomst,
    coalesce(uitkomst = 'toegepast', false) AS klopt
FROM kern.correctie
