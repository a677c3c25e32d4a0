/*
omschrijving: >
  Per opgave van een editie wat erbij hoort: indicatoren, signalen, resultaten, evaluaties en geld. De ketting zet naast elkaar
  en zegt niet dat het een het ander veroorzaakte.
uit:
  - beleid.evaluatie
  - beleid.instrument
  - beleid.opgave
  - beleid.opgavebedrag
  - beleid.resultaat
  - beleid.signaal
  - invoer.kaart
sleutel: [editie, opgave]
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  opgave: {type: VARCHAR, uitleg: nummer van de opgave}
  naam: {type: VARCHAR, uitleg: naam van de opgave}
  indicatoren: {type: INTEGER, uitleg: indicatoren bij deze opgave}
  signalen: {type: INTEGER, uitleg: signalen bij deze opgave}
  signalen_past_niet: {type: INTEGER, uitleg: waarvan die niet bij de cijfers passen}
  resultaten: {type: INTEGER, uitleg: "beoogde resultaten, onderdelen niet apart geteld"}
  resultaten_verantwoord: {type: INTEGER, uitleg: waarvan iets is verantwoord}
  instrumenten: {type: INTEGER, uitleg: instrumenten bij deze opgave}
  evaluaties: {type: INTEGER, uitleg: evaluaties daarvan}
  geld_van: {type: INTEGER, uitleg: eerste jaar met geld in de eigen indeling}
  geld_tot: {type: INTEGER, uitleg: laatste jaar daarvan}
  geld: {type: BIGINT, uitleg: "lasten in die jaren samen; leeg als de jaren niet van een stand zijn", eenheid: euro}
*/
WITH signaal AS (
    SELECT s.editie, o.opgave, count(*) AS aantal, count(*) FILTER (s.uitkomst = 'past_niet') AS past_niet
    FROM beleid.signaal AS s, unnest(s.opgaven) AS o(opgave)
    GROUP BY ALL
),
resultaat AS (
    SELECT r.editie, r.indeling, r.opgave, count(*) AS aantal,
        count(*) FILTER (r.staat NOT IN ('geen_opgave', 'nog_niet')) AS verantwoord
    FROM beleid.resultaat AS r
    WHERE r.onder IS NULL
    GROUP BY ALL
),
instrument AS (
    SELECT i.editie, o.opgave, count(DISTINCT i.id) AS aantal, count(e.volgnummer) AS evaluaties
    FROM (SELECT editie, id, unnest(opgaven) AS opgave FROM beleid.instrument) AS i
    JOIN beleid.opgave AS o ON o.editie = i.editie AND o.opgave = i.opgave AND o.eigen
    LEFT JOIN beleid.evaluatie AS e ON e.editie = i.editie AND e.instrument = i.id
    GROUP BY ALL
),
geld AS (
    SELECT editie, opgave, min(jaar) AS van, max(jaar) AS tot,
        CASE WHEN count(DISTINCT begrotingsstand) = 1 THEN sum(bedrag)::BIGINT END AS bedrag
    FROM beleid.opgavebedrag
    WHERE eigen AND kant = 'lasten'
    GROUP BY ALL
),
kaart AS (
    SELECT o.nummer::VARCHAR AS opgave, count(*) AS aantal
    FROM (SELECT unnest(opgave) AS nummer FROM invoer.kaart WHERE doel = 'rapport') AS o
    GROUP BY ALL
)
SELECT o.editie, o.opgave, o.naam,
    -- alleen bij de eigen opgaven van het gebied horen indicatoren
    coalesce(k.aantal, 0)::INTEGER AS indicatoren,
    coalesce(s.aantal, 0)::INTEGER AS signalen, coalesce(s.past_niet, 0)::INTEGER AS signalen_past_niet,
    coalesce(r.aantal, 0)::INTEGER AS resultaten, coalesce(r.verantwoord, 0)::INTEGER AS resultaten_verantwoord,
    coalesce(i.aantal, 0)::INTEGER AS instrumenten, coalesce(i.evaluaties, 0)::INTEGER AS evaluaties,
    g.van AS geld_van, g.tot AS geld_tot, g.bedrag AS geld
FROM beleid.opgave AS o
LEFT JOIN kaart AS k ON k.opgave = o.opgave AND o.woord = 'opgave'
LEFT JOIN signaal AS s ON s.editie = o.editie AND s.opgave = o.opgave
LEFT JOIN resultaat AS r ON r.editie = o.editie AND r.indeling = o.indeling AND r.opgave = o.opgave
LEFT JOIN instrument AS i ON i.editie = o.editie AND i.opgave = o.opgave
LEFT JOIN geld AS g ON g.editie = o.editie AND g.opgave = o.opgave
WHERE o.eigen
