/*
omschrijving: >
  Per opgave van een editie wat erbij hoort: indicatoren, signalen, resultaten, evaluaties en geld. De ketting zet naast elkaar
  en zegt niet dat het een het ander veroorzaakte.
uit: [beleid.evaluatie, beleid.instrument, beleid.opgave, beleid.opgavebedrag, beleid.resultaat, beleid.signaal, invoer.kaart]
# of signals it counts what does not fit the figures, and only at a task
herkomst: {kaarten: getoetst, reeel: true}
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
SELECT o.editie, o.opgave, o.naam,
    -- alleen bij de eigen opgaven van het gebied horen indicatoren
    (FROM invoer.kaart AS k SELECT count(*)
     WHERE o.woord = 'opgave' AND k.doel = 'rapport' AND list_contains(k.opgave::VARCHAR[], o.opgave))::INTEGER AS indicatoren,
    s.aantal::INTEGER AS signalen, s.past_niet::INTEGER AS signalen_past_niet,
    r.aantal::INTEGER AS resultaten, r.verantwoord::INTEGER AS resultaten_verantwoord,
    i.aantal::INTEGER AS instrumenten, i.evaluaties::INTEGER AS evaluaties,
    g.van AS geld_van, g.tot AS geld_tot, if(g.standen = 1, g.bedrag, NULL)::BIGINT AS geld
FROM beleid.opgave AS o,
LATERAL (
    SELECT count(*) AS aantal, count(*) FILTER (s.uitkomst = 'past_niet') AS past_niet
    FROM beleid.signaal AS s WHERE s.editie = o.editie AND list_contains(s.opgaven, o.opgave)
) AS s,
LATERAL (
    SELECT count(*) AS aantal, count(*) FILTER (r.staat NOT IN ('geen_opgave', 'nog_niet')) AS verantwoord
    FROM beleid.resultaat AS r
    WHERE r.editie = o.editie AND r.indeling = o.indeling AND r.opgave = o.opgave AND r.onder IS NULL
) AS r,
LATERAL (
    SELECT count(DISTINCT i.id) AS aantal, count(e.volgnummer) AS evaluaties
    FROM beleid.instrument AS i LEFT JOIN beleid.evaluatie AS e ON e.editie = i.editie AND e.instrument = i.id
    WHERE i.editie = o.editie AND list_contains(i.opgaven, o.opgave)
) AS i,
LATERAL (
    SELECT min(b.jaar) AS van, max(b.jaar) AS tot, sum(b.bedrag) AS bedrag, count(DISTINCT b.begrotingsstand) AS standen
    FROM beleid.opgavebedrag AS b
    WHERE b.editie = o.editie AND b.opgave = o.opgave AND b.eigen AND b.kant = 'lasten'
) AS g
WHERE o.eigen
