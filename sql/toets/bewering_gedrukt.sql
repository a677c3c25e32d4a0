/*
omschrijving: Krijgen twee gebieden waarvan dezelfde cijfers gedrukt staan, hetzelfde oordeel naast Nederland?
tabel: monitor.bewering
zwaarte: blokkeert
reden: een lezer ziet tweemaal 3,4% naast 3,7%, en kan niet weten waarom het ene gunstig heet en het andere gelijk
datum: 2026-11-30
uit: [monitor.bewering, monitor.indicator]
uitleg: zonder marge en met dezelfde grens volgt het oordeel uit wat er gedrukt staat
vervolg: Kijk in sql/reken/bewering_cijfer.sql naar gedrukt en klein, en naar merkbaar op de kaart.
sleutel: [bewering]
*/
SELECT b.bewering, b.periode, round(b.waarde, i.decimalen) AS waarde, round(b.waarde_tegen, i.decimalen) AS waarde_tegen, b.oordeel,
    count(DISTINCT b.oordeel) OVER (
        PARTITION BY b.indicator, b.periode, b.grens, round(b.waarde, i.decimalen), round(b.waarde_tegen, i.decimalen)
    ) = 1 AS klopt
FROM monitor.bewering AS b
JOIN monitor.indicator AS i ON i.id = b.indicator
-- een marge, en wat de afronding van de bron kan schelen, is van elk gebied een andere: de zin zegt het dan
WHERE b.soort = 'verschil_nl' AND b.zekerheid IN ('telling', 'marge_onbekend') AND coalesce(i.merkbaar_maat, 'eenheid') = 'eenheid'
