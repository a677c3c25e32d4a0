/*
omschrijving: >
  Heet een verwacht cijfer nooit zoals een geteld cijfer? Twee reeksen met een naam lijken een reeks: een beroepsbevolking van
  375.000 en op de volgende bladzijde een van 369.000.
tabel: monitor.bewering
zwaarte: blokkeert
reden: een lezer trekt van elkaar af wat hetzelfde heet
datum: 2026-11-29
uit: [monitor.bewering]
uitleg: een naam hoort bij een reeks en een uitgave, en een prognose heet prognose
vervolg: Geef de andere reeks een naam die zegt wat zij is, in de kaart of in sql/reken/bewering_analyse.sql.
sleutel: [naam]
*/
SELECT lower(naam) AS naam, array_to_string(list_sort(list(DISTINCT reeks || ' ' || coalesce(indicator, uitgave))), ', ') AS reeksen,
    count(DISTINCT (reeks, coalesce(indicator, uitgave))) = 1
    AND bool_and(reeks = 'realisatie' OR contains(lower(naam), 'prognose')) AS klopt
FROM monitor.bewering
WHERE soort NOT LIKE 'telling%' AND soort <> 'antwoord'
GROUP BY lower(naam)
