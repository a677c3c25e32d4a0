/*
omschrijving: >
  Heeft elke bewering de jaren van haar cijfer, en een verandering ook het jaar ervoor? Een telling onder het jaar van de
  editie telt geen oude cijfers mee.
tabel: monitor.bewering
zwaarte: blokkeert
reden: een verandering zonder jaar, of een oud jaar onder een nieuwe kop, is misleidend
datum: 2026-11-29
drempels:
  oud:
    waarde: 4
    reden: een enquête om de vier jaar heeft een laatste cijfer van hoogstens vier jaar oud
    datum: 2026-11-29
uit: [monitor.bewering, monitor.bouw]
uitleg: elke bewering heeft haar jaren, en een telling telt geen cijfer mee dat meer dan {oud:g} jaar ouder is dan de editie
vervolg: Kijk naar periode, periode_oudst en periode_eerder in monitor.bewering.
sleutel: [bewering]
*/
SELECT b.bewering, b.soort, b.periode, b.periode_oudst, b.periode_eerder, o.editie,
    b.periode IS NOT NULL AND b.periode_oudst IS NOT NULL AND b.periode_oudst <= b.periode
    AND (b.tegen <> 'eerder' AND b.soort NOT IN ('telling_verandering', 'telling_trend', 'antwoord')
        OR coalesce(b.periode_eerder < b.periode_oudst, false))
    AND (b.telling_van IS NULL OR left(b.periode_oudst, 4)::INTEGER >= o.editie - $oud) AS klopt
FROM monitor.bewering AS b
CROSS JOIN monitor.bouw AS o
