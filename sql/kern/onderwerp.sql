/*
omschrijving: >
  De onderwerpen van de brontabellen, zoals het gebruikte antwoord ze noemt. De waarden in kern.waarneming staan in de eenheid
  van de bron; maal factor zijn het aantallen, euro's enzovoort. Een kaart beslist zelf of zij omrekent.
uit: [invoer.onderwerp, invoer.momentopname]
sleutel: [bron, tabel, onderwerp]
kolommen:
  bron: {type: VARCHAR, uitleg: 'cbs, derden, aanlevering of register'}
  tabel: {type: VARCHAR, uitleg: id van de tabel bij de bron}
  onderwerp: {type: VARCHAR, uitleg: 'onze naam voor het onderwerp, uit de bronlijst; blijft gelijk als de bron hernummert'}
  sleutel: {type: VARCHAR, uitleg: 'de sleutel van het onderwerp bij de bron, in het gebruikte antwoord'}
  titel: {type: VARCHAR, uitleg: titel bij de bron}
  groeppad: {type: VARCHAR, uitleg: titels van de groepen waaronder het onderwerp staat}
  eenheid: {type: VARCHAR, uitleg: eenheid zoals de bron haar schrijft}
  factor: {type: DOUBLE, uitleg: 'waarde maal factor is de waarde in de eenheid zonder duizend- of miljoental ervoor; 1 bij verhoudingen'}
  decimalen: {type: INTEGER, uitleg: aantal decimalen dat de bron geeft}
*/
WITH onderwerp AS (
    SELECT o.*, lower(trim(regexp_replace(coalesce(o.eenheid, ''), '[\s\x{A0}]+', ' ', 'g'))) AS tekst
    FROM invoer.onderwerp AS o
    JOIN invoer.momentopname AS m USING (bron, tabel, momentopname)
    WHERE m.gebruikt
),
-- 'x 1 000', '1 000 euro', 'x 1000 kg', 'mln euro', '100 mln kg': a number, a word, or both at the start of the text
delen AS (
    SELECT *,
        regexp_replace(regexp_extract(tekst, '^(?:x )?(1[0 .]*00)(?: |$)', 1), '[ .]', '', 'g') AS getal,
        regexp_extract(tekst, '^(?:x )?(?:1[0 .]*)?(miljoen|mln|miljard|mld)\.?(?: |$)', 1) AS woord
    FROM onderwerp
)
SELECT bron, tabel, naam AS onderwerp, onderwerp AS sleutel, titel, groeppad, eenheid,
    CASE WHEN getal = '' THEN 1.0 ELSE CAST(getal AS DOUBLE) END
        * CASE WHEN woord IN ('miljoen', 'mln') THEN 1e6 WHEN woord IN ('miljard', 'mld') THEN 1e9 ELSE 1.0 END AS factor,
    decimalen
FROM delen
