/*
omschrijving: >
  Is er iets te publiceren: heeft de provincie zelf ten minste een waarde?
tabel: monitor.indicatorwaarde
zwaarte: blokkeert
reden: zonder een enkel cijfer van de provincie is er geen rapport
datum: 2026-11-22
uit: [invoer.gebied, monitor.indicatorwaarde]
uitleg: er is ten minste een waarde voor {gebied}
vervolg: "Kijk welke bronnen er zijn met: monitor bron toets"
sleutel: [regio]
*/
SELECT g.code AS regio, count(w.waarde) AS waarden, count(w.waarde) > 0 AS klopt
FROM invoer.gebied AS g
LEFT JOIN monitor.indicatorwaarde AS w ON w.regio = g.code
GROUP BY g.code
