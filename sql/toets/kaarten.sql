/*
omschrijving: >
  Staat elke kaart als indicator in de bouw, en elke indicator van de bouw op een kaart, met dezelfde eenheid?
tabel: monitor.indicator
zwaarte: blokkeert
reden: een kaart die wegvalt of een andere eenheid krijgt, maakt elk cijfer van die indicator onbruikbaar
datum: 2026-11-22
uit: [invoer.kaart, monitor.indicator]
uitleg: elke kaart is een indicator van de bouw en omgekeerd, met dezelfde eenheid
vervolg: "Bouw opnieuw met: monitor run"
sleutel: [indicator]
*/
SELECT
    coalesce(k.id, i.id) AS indicator,
    coalesce(k.id || ' in ' || k.eenheid, 'geen kaart') AS kaart,
    coalesce(i.id || ' in ' || i.eenheid, 'niet in de bouw') AS bouw,
    kaart = bouw AS klopt
FROM invoer.kaart AS k
FULL JOIN monitor.indicator AS i ON i.id = k.id
