/*
omschrijving: >
  Cijfers die een stuk van toen noemt, naast het cijfer van nu van dezelfde indicator en regio. Geschiedenis: zij staan in geen
  enkele reeks, en wat een ander begrip is komt nergens naast.
uit: [beleid.groei, invoer.beleid_gedrukt, invoer.gebied, invoer.kaart, kern.regio, monitor.stand]
herkomst: {kaarten: gedrukt}
sleutel: [editie, id]
zoals: {assets.beleid.tabellen.GEDRUKT: alles}
kolommen:
  regio: {type: VARCHAR, uitleg: code van de regio waar het over gaat}
  regio_naam: {type: VARCHAR, uitleg: naam daarvan}
  nl: {type: DOUBLE, uitleg: "wat het stuk van Nederland noemt, van dezelfde periode", eenheid: eenheid van de rij}
  verschil_nl: {type: DOUBLE, uitleg: waarde min die van Nederland, eenheid: eenheid van de rij}
  nu_groei: {type: BOOLEAN, uitleg: waar als het cijfer van nu een verandering per jaar is}
  nu: {type: DOUBLE, uitleg: "het cijfer van nu; of de verandering per jaar in de laatste periode", eenheid: eenheid van de kaart}
  nu_nl: {type: DOUBLE, uitleg: hetzelfde van Nederland, eenheid: eenheid van de kaart}
  nu_periode: {type: VARCHAR, uitleg: "van wanneer het cijfer van nu is: een periode, of twee jaren"}
*/
SELECT g.*, coalesce(g.gebied, e.code) AS regio, coalesce(r.naam, g.gebied, e.code) AS regio_naam, n.waarde AS nl, g.waarde - n.waarde AS verschil_nl,
    -- een kaart in procenten die een verandering meet, geeft haar zelf
    g.maat = 'groei' AND NOT coalesce(k.eenheid LIKE '!%%' ESCAPE '!', true) AS nu_groei,
    if(nu_groei, a.per_jaar, s.waarde) AS nu, if(nu_groei, b.per_jaar, s.waarde_nl) AS nu_nl,
    if(nu_groei, a.van || '-' || a.tot, s.laatste_periode) AS nu_periode
FROM invoer.beleid_gedrukt AS g
CROSS JOIN invoer.gebied AS e
LEFT JOIN (SELECT code, any_value(naam ORDER BY geldig_van DESC) AS naam FROM kern.regio GROUP BY ALL) AS r
    ON r.code = coalesce(g.gebied, e.code)
LEFT JOIN invoer.beleid_gedrukt AS n
    ON n.editie = g.editie AND n.soort = g.soort AND n.maatstaf = g.maatstaf AND n.maat = g.maat AND n.gebied = 'NL01'
    AND n.tijdvak IS NOT DISTINCT FROM g.tijdvak AND g.gebied IS DISTINCT FROM 'NL01'
LEFT JOIN invoer.kaart AS k ON k.id = g.kaart
LEFT JOIN monitor.stand AS s ON s.indicator = g.kaart AND s.regio = coalesce(g.gebied, e.code) AND s.uitsplitsing = 'totaal'
LEFT JOIN beleid.groei AS a ON a.indicator = g.kaart AND a.regio = coalesce(g.gebied, e.code) AND a.wanneer = 'nu'
LEFT JOIN beleid.groei AS b ON b.indicator = g.kaart AND b.regio = 'NL01' AND b.wanneer = 'nu'
