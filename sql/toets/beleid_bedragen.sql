/*
omschrijving: >
  Telt elk subtotaal en totaal van een begroting op uit wat eronder staat? Wat het stuk zelf scheelt staat bij dat totaal, met
  de reden.
tabel: beleid.bedragcontrole
zwaarte: blokkeert
reden: een post die verkeerd is overgetypt, zou als geld van een opgave in het rapport komen
datum: 2026-11-29
uit: [beleid.bedragcontrole]
uitleg: elk subtotaal en totaal in het stuk is de som van wat eronder staat
vervolg: "Vergelijk met het stuk en zet bedragen.csv recht; kijk na met: monitor beleid controleer"
sleutel: [editie, regel]
*/
SELECT editie, regel, opgave, jaar, som, stuk, klopt
FROM beleid.bedragcontrole
