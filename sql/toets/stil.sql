/*
omschrijving: >
  Is elke bron die niet gestopt is, de laatste tijd nog veranderd? Geteld vanaf de dag van de bouw.
tabel: monitor.momentopname
zwaarte: beoordeelt
reden: een tabel die ongemerkt is gestopt, houdt oude cijfers in het rapport
datum: 2026-11-22
drempels:
  stil:
    waarde: 550
    reden: een jaartabel van CBS verandert elk jaar; na anderhalf jaar is zij gestopt of gemist
    datum: 2026-11-22
uit: [invoer.brontabel, monitor.bouw, monitor.momentopname]
uitleg: elke bron die niet gestopt is, veranderde in de laatste {stil:g} dagen
vervolg: Zoek de opvolger van de tabel en zet gestopt en opvolger in de bronlijst.
sleutel: [bron, tabel]
*/
SELECT m.bron, m.tabel, m.titel, m.modified AS gewijzigd,
    date_diff('day', TRY_CAST(left(m.modified, 10) AS DATE), CAST(b.gebouwd AS DATE)) AS dagen_stil,
    m.tabel IN (SELECT tabel FROM invoer.brontabel WHERE gestopt)
    -- niet elke bron zegt wanneer zij veranderde
    OR dagen_stil IS NULL
    OR dagen_stil <= $stil AS klopt
FROM monitor.momentopname AS m
CROSS JOIN (SELECT max(built_at) AS gebouwd FROM monitor.bouw) AS b
