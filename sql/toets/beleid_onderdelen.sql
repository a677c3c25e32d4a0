/*
omschrijving: >
  Heeft elke opgave van de ketting evenveel resultaten en signalen als er rijen zijn die haar noemen? Een koppeling die er
  twee van maakt, of een die er een kwijtraakt, valt zo op.
tabel: beleid.ketting
zwaarte: blokkeert
reden: een resultaat of bedrag dat twee keer telt, is niet te verantwoorden
datum: 2026-11-29
uit: [beleid.bedrag, beleid.ketting, beleid.opgave, beleid.opgavebedrag, beleid.resultaat]
uitleg: de ketting telt elk resultaat en elk bedrag een keer
vervolg: "Kijk in sql/beleid/ketting.sql welke koppeling rijen verdubbelt."
sleutel: [editie]
*/
SELECT o.editie, k.resultaten, r.resultaten AS rijen, g.bedrag, b.bedrag AS posten,
    k.resultaten IS NOT DISTINCT FROM coalesce(r.resultaten, 0) AND g.bedrag IS NOT DISTINCT FROM b.bedrag AS klopt
FROM (SELECT DISTINCT editie FROM beleid.opgave) AS o
LEFT JOIN (SELECT editie, sum(resultaten) AS resultaten FROM beleid.ketting GROUP BY ALL) AS k USING (editie)
LEFT JOIN (
    SELECT r.editie, count(*) AS resultaten
    FROM beleid.resultaat AS r
    SEMI JOIN (FROM beleid.opgave WHERE eigen) AS e USING (editie, indeling, opgave)
    WHERE r.onder IS NULL
    GROUP BY ALL
) AS r USING (editie)
LEFT JOIN (SELECT editie, sum(bedrag) AS bedrag FROM beleid.opgavebedrag GROUP BY ALL) AS g USING (editie)
LEFT JOIN (
    SELECT editie, sum(bedrag) AS bedrag FROM beleid.bedrag
    WHERE soort = 'post' AND begrotingsstand IS NOT NULL
    GROUP BY ALL
) AS b USING (editie)
