/*
omschrijving: De regels voor de samenhang tussen indicatoren, met hoe vaak zij kloppen en hoe vaak niet.
uit: [monitor.regelcontrole, reken.regel]
sleutel: [regel]
kolommen:
  regel: {type: VARCHAR, uitleg: naam van de regel}
  naam: {type: VARCHAR, uitleg: wat er moet gelden}
  soort: {type: VARCHAR, uitleg: "aandeel_en_niveau, delen_tot_totaal, identiteit, index, grootteorde of ijkpunt"}
  zwaarte: {type: VARCHAR, uitleg: "blokkeert: houdt de publicatie tegen; beoordeelt: een mens kijkt ernaar"}
  formule: {type: VARCHAR, uitleg: wat er wordt vergeleken}
  uitleg: {type: VARCHAR, uitleg: waarom het moet gelden}
  tolerantie_reden: {type: VARCHAR, uitleg: waarom de tolerantie zo groot is}
  tolerantie_datum: {type: DATE, uitleg: wanneer de tolerantie is gezet}
  getoetst: {type: BIGINT, uitleg: aantal vergelijkingen}
  klopt_niet: {type: BIGINT, uitleg: aantal dat niet klopt}
  niet_te_toetsen: {type: BIGINT, uitleg: aantal waarvoor een waarde ontbreekt of de regel niet geldt}
*/
SELECT
    r.regel, r.naam, r.soort, r.zwaarte, r.formule, r.uitleg, r.tolerantie_reden, r.tolerantie_datum,
    count(c.klopt) AS getoetst,
    count(*) FILTER (NOT c.klopt) AS klopt_niet,
    count(c.regel) - count(c.klopt) AS niet_te_toetsen
FROM reken.regel AS r
LEFT JOIN monitor.regelcontrole AS c USING (regel)
GROUP BY ALL
