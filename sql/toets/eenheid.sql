/*
omschrijving: >
  Heeft elk onderwerp van een StatLine-tabel de eenheid die de bronlijst verwacht? Wat een bestand aanlevert, krijgt zijn
  eenheid van de bronlijst zelf en wordt hier niet vergeleken.
tabel: kern.onderwerp
zwaarte: blokkeert
reden: met een andere eenheid is elk cijfer een factor duizend mis zonder dat een bereik dat altijd ziet
datum: 2026-11-22
uit: [invoer.bron_onderwerp, invoer.brontabel, kern.onderwerp]
uitleg: elk onderwerp heeft de eenheid die de bronlijst verwacht
vervolg: "Kijk wat de bron nu geeft met: monitor bron toets"
sleutel: [bron, tabel, onderwerp]
*/
SELECT o.bron, o.tabel, o.onderwerp, coalesce(o.eenheid, '') AS eenheid, v.eenheid AS verwacht,
    coalesce(o.eenheid, '') = v.eenheid AS klopt
FROM kern.onderwerp AS o
JOIN invoer.bron_onderwerp AS v ON v.bron = o.bron AND v.tabel = o.tabel AND v.naam = o.onderwerp
JOIN invoer.brontabel AS b ON b.bron = o.bron AND b.tabel = o.tabel AND b.api IN ('v3', 'v4')
