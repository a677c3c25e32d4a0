/*
omschrijving: De bewaarde antwoorden van bronnen waarvan dit bestand is gemaakt, met alles wat de bron erover zegt.
uit: [invoer.momentopname, invoer.brontabel, invoer.uitgever]
sleutel: [bron, tabel, momentopname]
kolommen:
  bron: {type: VARCHAR, uitleg: 'cbs, derden, aanlevering of register'}
  tabel: {type: VARCHAR, uitleg: id van de tabel bij de bron}
  momentopname: {type: VARCHAR, uitleg: 'naam van het antwoord: het moment van ophalen', eenheid: UTC}
  titel: {type: VARCHAR, uitleg: titel van de tabel bij de bron}
  uitgever: {type: VARCHAR, uitleg: 'van wie de cijfers zijn, ook als CBS ze doorgeeft'}
  api: {type: VARCHAR, uitleg: 'v3 of v4 van StatLine, bestand of register'}
  url: {type: VARCHAR, uitleg: waar het antwoord vandaan kwam}
  selectie: {type: VARCHAR, uitleg: welk deel van de tabel is gevraagd}
  modified: {type: VARCHAR, uitleg: 'wanneer de bron de cijfers wijzigde, zoals zij dat zegt'}
  metadata_modified: {type: VARCHAR, uitleg: wanneer de bron de beschrijving wijzigde}
  version: {type: VARCHAR, uitleg: versie volgens de bron}
  status: {type: VARCHAR, uitleg: 'status van de tabel volgens de bron: Regulier, Gediscontinueerd, Vervallen, Stopgezet', lijst: []}
  licentie: {type: VARCHAR, uitleg: licentie volgens de bron}
  fetched_at: {type: TIMESTAMP, uitleg: moment van ophalen, eenheid: UTC}
  rijen: {type: BIGINT, uitleg: aantal cellen in het antwoord}
  sha256: {type: VARCHAR, uitleg: vingerafdruk van waarnemingen.parquet van het antwoord}
  waarschuwingen: {type: VARCHAR, uitleg: 'wat opviel bij het aannemen, als JSON-lijst'}
  niet_gevonden: {type: VARCHAR, uitleg: 'onderwerpen van de bronlijst die niet in de tabel staan, als JSON-lijst'}
  verouderd: {type: VARCHAR, uitleg: 'waarom een nieuwer antwoord niet is gebruikt; leeg: dit is het nieuwste'}
  verouderd_reden: {type: VARCHAR, uitleg: 'dezelfde reden als code uit begrippen/redenen.py'}
  map: {type: VARCHAR, uitleg: map van het antwoord in de opslag}
*/
SELECT m.bron, m.tabel, m.momentopname, coalesce(m.titel, t.titel) AS titel, coalesce(t.uitgever, u.uitgever) AS uitgever, m.api, m.url, m.selectie, m.modified,
    m.metadata_modified, m.version, m.status, coalesce(m.licentie, t.licentie) AS licentie, m.fetched_at, m.rijen, m.sha256,
    m.waarschuwingen, m.niet_gevonden, m.verouderd, m.verouderd_reden, m.map
FROM invoer.momentopname AS m
LEFT JOIN invoer.brontabel AS t USING (bron, tabel)
LEFT JOIN (
    SELECT bron, tabel, string_agg(DISTINCT uitgever, ', ' ORDER BY uitgever) AS uitgever FROM invoer.uitgever GROUP BY ALL
) AS u USING (bron, tabel)
WHERE m.gebruikt
