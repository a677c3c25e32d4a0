/*
omschrijving: De lijst van regio's, ook van gemeenten die niet meer bestaan; een code die hier niet staat, bestaat voor de monitor niet.
uit: [invoer.regio]
sleutel: [code]
codes: bouw
kolommen:
  code: {type: VARCHAR, uitleg: 'code van CBS (NL01, PV20, CR01, GM0014); samengestelde regio''s hebben een eigen code'}
  naam: {type: VARCHAR, uitleg: naam}
  soort: {type: VARCHAR, uitleg: 'land, landsdeel, provincie, corop, arbeidsmarktregio, gemeente, samengesteld of overig (niet in te delen)', lijst: regiosoort}
  stedelijkheid: {type: INTEGER, uitleg: 'stedelijkheidsklasse van CBS, 1 (zeer sterk stedelijk) tot en met 5 (niet stedelijk); leeg waar onbekend', eenheid: klasse}
  geldig_van: {type: DATE, uitleg: 'eerste dag waarop de regio bestaat; leeg waar onbekend'}
  geldig_tot: {type: DATE, uitleg: 'eerste dag waarop de regio niet meer bestaat; leeg: bestaat nog'}
*/
SELECT code, naam, soort, stedelijkheid, geldig_van, geldig_tot
FROM invoer.regio
