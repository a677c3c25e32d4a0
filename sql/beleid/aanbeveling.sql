/*
omschrijving: De aanbevelingen van evaluaties, met wat ermee is gedaan.
uit: [invoer.beleid_aanbeveling, invoer.bouw]
sleutel: [editie, instrument, volgnummer]
velden: assets.beleid.vormen.Aanbeveling
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  instrument: {type: VARCHAR, uitleg: id van het instrument}
  volgnummer: {type: INTEGER, uitleg: plaats bij het instrument}
  lang_open: {type: BOOLEAN, uitleg: "waar als er na twee jaar nog geen besluit is"}
*/
SELECT a.*,
    coalesce(
        a.besluit = 'open'
        AND if(length(sinds) = 4, make_date(sinds::INTEGER, 12, 31), last_day((sinds || '-01')::DATE)) + INTERVAL 2 YEAR < b.built_at,
        false
    ) AS lang_open
FROM invoer.beleid_aanbeveling AS a
CROSS JOIN invoer.bouw AS b
