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
SELECT *, resultaten IS NOT DISTINCT FROM rijen AND bedrag IS NOT DISTINCT FROM posten AS klopt
FROM (
    SELECT o.editie,
        (SELECT sum(resultaten) FROM beleid.ketting WHERE editie = o.editie) AS resultaten,
        (SELECT count(*) FROM beleid.resultaat AS r SEMI JOIN (FROM beleid.opgave WHERE eigen) AS e USING (editie, indeling, opgave)
         WHERE r.editie = o.editie AND r.onder IS NULL) AS rijen,
        (SELECT sum(bedrag) FROM beleid.opgavebedrag WHERE editie = o.editie) AS bedrag,
        (SELECT sum(bedrag) FROM beleid.bedrag
         WHERE editie = o.editie AND soort = 'post' AND begrotingsstand IS NOT NULL) AS posten
    FROM (SELECT DISTINCT editie FROM beleid.opgave) AS o
)
