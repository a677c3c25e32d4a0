/*
omschrijving: >
  Zijn de jaren van een bewering die van het cijfer zelf? De waarde van een stand, uiterste of verandering staat in
  monitor.indicatorwaarde bij die periode, en ook die ervoor; de groei boven een figuur is die tussen haar eigen jaren.
tabel: monitor.bewering
zwaarte: blokkeert
reden: "'Sinds 2023: +1,2%' bij een prognose tot 2050 noemt een jaar dat niet van het cijfer is"
datum: 2026-11-29
uit: [invoer.rekenregel, monitor.bewering, monitor.indicatorwaarde]
uitleg: bij de genoemde jaren staan in monitor.indicatorwaarde de genoemde cijfers
vervolg: Kijk naar periode en periode_eerder in monitor.bewering.
sleutel: [bewering]
*/
SELECT b.bewering, b.periode, b.waarde, nu.waarde AS cijfer, b.periode_eerder, b.waarde_tegen, toen.waarde AS cijfer_eerder,
    coalesce(
        abs(if(b.soort = 'reeksgroei', 100 * (nu.waarde / nullif(toen.waarde, 0) - 1), nu.waarde) - b.waarde)
        <= k.rekenfout * greatest(1, abs(b.waarde)), false
    )
    AND (b.soort <> 'verandering'
        OR coalesce(abs(toen.waarde - b.waarde_tegen) <= k.rekenfout * greatest(1, abs(b.waarde)), false)) AS klopt
FROM monitor.bewering AS b
CROSS JOIN invoer.rekenregel AS k
LEFT JOIN monitor.indicatorwaarde AS nu
    ON nu.indicator = b.indicator AND nu.uitsplitsing = 'totaal' AND nu.regio = b.regio AND nu.periode = b.periode
LEFT JOIN monitor.indicatorwaarde AS toen
    ON toen.indicator = b.indicator AND toen.uitsplitsing = 'totaal' AND toen.regio = b.regio
    AND toen.periode = b.periode_eerder
WHERE b.soort IN ('stand', 'verandering', 'uiterste', 'reeksgroei')
