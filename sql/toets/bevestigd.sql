/*
omschrijving: >
  Heeft een indicator waarvan de bron bevestigd is (zekerheid K op de kaart) een waarde voor de provincie? Een gebied dat
  de bron niet heeft, een bestand dat niemand aanleverde en een werkgelegenheidsregister dat niet meedoet zijn geen
  verrassing en tellen niet.
tabel: monitor.niet_beschikbaar
zwaarte: beoordeelt
reden: de bron kan veranderd zijn; het rapport zegt intussen waarom het cijfer er niet is
datum: 2026-11-22
uit: [invoer.ontbreekt, monitor.indicator, monitor.niet_beschikbaar]
uitleg: een indicator waarvan de bron bevestigd is (zekerheid K), heeft een waarde voor {gebied}
vervolg: "Kijk wat de bron nu geeft met: monitor bron toets"
sleutel: [indicator]
*/
SELECT n.indicator, n.reden, n.tabel, n.uitleg,
    i.zekerheid <> 'K' OR n.reden IN ('niveau', 'aanlevering_ontbreekt') OR a.tabel IS NOT NULL AS klopt
FROM monitor.niet_beschikbaar AS n
JOIN monitor.indicator AS i ON i.id = n.indicator
LEFT JOIN invoer.ontbreekt AS a ON a.tabel = n.tabel AND a.reden = 'register_niet_mee'
