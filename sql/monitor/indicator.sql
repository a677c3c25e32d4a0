/*
omschrijving: De indicatoren, zoals hun kaarten ze beschrijven.
uit: [invoer.brontabel, invoer.kaart, invoer.kaart_term, invoer.momentopname, invoer.uitgever]
herkomst: {kaarten: alle}
sleutel: [id]
# wie haar met waarden verbindt, zou anders van elke waarde een tekst maken
codes: bouw
# een veld dat de kaart erbij krijgt, is vanzelf een kolom
velden: assets.indicatoren.kaart.Kaart
kolommen:
  id: {type: VARCHAR, uitleg: naam van de kaart}
  naam: {type: VARCHAR, uitleg: naam van de indicator}
  thema: {type: VARCHAR, uitleg: thema waar de kaart onder staat}
  groep: {type: VARCHAR, uitleg: "groep in de catalogus: A1 tot en met F"}
  opgave: {type: "INTEGER[]", uitleg: opgaven van de Economische Koers waar de indicator bij hoort}
  eenheid: {type: VARCHAR, uitleg: eenheid van de waarde}
  decimalen: {type: INTEGER, uitleg: aantal decimalen waarmee de waarde wordt getoond}
  richting: {type: VARCHAR, uitleg: "gewenste richting: hoger, lager, neutraal of evenwicht"}
  richting_herkomst: {type: VARCHAR, uitleg: waar die richting vandaan komt}
  prijzen: {type: VARCHAR, uitleg: "lopend, constant of nvt: lopend zodra een van haar bronnen dat is, of er niets van zegt"}
  prijzen_reden: {type: VARCHAR, uitleg: "waarom van een bedrag niet zeker is of de inflatie eraf is, en welke bronnen dat betreft; leeg als dat zeker is"}
  deflator: {type: VARCHAR, uitleg: "bij lopende prijzen: id van de kaart met de prijsindex; zie monitor.reele_waarde"}
  definitie: {type: VARCHAR, uitleg: wat de bron eronder verstaat}
  bewerking: {type: VARCHAR, uitleg: wat wij ermee doen}
  bronvermelding: {type: VARCHAR, ongelezen: true, uitleg: "uitgever, tabel, titel en stand van elke tabel die de kaart gebruikt"}
  aggregatie: {type: VARCHAR, uitleg: "hoe een samengestelde regio wordt berekend: som, verhouding, gewogen of niet"}
  telt_op: {type: BOOLEAN, uitleg: "of het een aantal is: meer is een grotere regio, dus geen plaats en geen kloof"}
  klasse: {type: BOOLEAN, uitleg: "of het een klasse in een volgorde is (1 tot en met 4): dan is geen verschil klein"}
  familie: {type: VARCHAR, uitleg: "de ontwikkeling die deze kaart met andere kaarten deelt; leeg als zij alleen is"}
  leidend: {type: BOOLEAN, uitleg: "of de kaart in tellingen meetelt voor haar familie; waar als zij alleen is"}
  familie_reden: {type: VARCHAR, uitleg: waarom zij hetzelfde meet als de leidende kaart van haar familie}
  basisjaar: {type: INTEGER, uitleg: "van een index: het jaar waarin elke regio 100 is"}
  gewicht: {type: VARCHAR, uitleg: "bij gewogen: id van de kaart waarmee wordt gewogen"}
  jaarregel: {type: VARCHAR, uitleg: "hoe kwartalen en maanden een jaar worden: som, gemiddelde, ultimo of alleen_jaar"}
  meting: {type: VARCHAR, uitleg: soort meting}
  zekerheid: {type: VARCHAR, uitleg: "K: tabel en onderwerp bevestigd; V: tabel bevestigd; U: niet bevestigd"}
  gezien: {type: "VARCHAR[]", uitleg: "waar en wanneer is gezien wat de kaart vraagt, per tabel; leeg: nergens"}
  dekking: {type: DOUBLE, uitleg: "deel van een samengestelde regio dat een waarde moet hebben; leeg: alle leden"}
  dekking_maat: {type: VARCHAR, uitleg: "waarin dat deel wordt gemeten: leden, gewicht of noemer"}
  merkbaar: {type: DOUBLE, uitleg: "het kleinste verschil dat ertoe doet: wat kleiner is heet nagenoeg gelijk"}
  merkbaar_maat: {type: VARCHAR, uitleg: "waarin: eenheid (die van de kaart) of procent (van de waarde waarmee wordt vergeleken)"}
  merkbaar_reden: {type: VARCHAR, uitleg: waarom een kleiner verschil er niet toe doet}
  doel: {type: VARCHAR, uitleg: "rapport; toetsing: alleen om eerdere publicaties na te rekenen; deflator: alleen om bedragen om te rekenen"}
  opmerking: {type: VARCHAR, uitleg: opmerking op de kaart}
  recept: {type: VARCHAR, uitleg: "vingerafdruk van wat de kaart optelt en deelt, en waarmee zij weegt: verandert met haar bronnen"}
*/
WITH tabel AS (
    SELECT t.indicator, t.bron, t.tabel, min((t.bron_volgorde, t.rol <> 'teller', t.term)) AS volgorde,
        string_agg(DISTINCT u.uitgever, ' en ' ORDER BY u.uitgever) AS uitgever
    FROM invoer.kaart_term AS t
    LEFT JOIN invoer.uitgever AS u USING (bron, tabel, onderwerp)
    GROUP BY ALL
),
vermelding AS (
    SELECT t.indicator, string_agg(
        concat(coalesce(b.uitgever, t.uitgever) || ', ', t.tabel || ' ') || coalesce(m.titel, b.titel) || coalesce(
            ', stand ' || strftime(try_cast(left(m.modified, 10) AS DATE), '%d-%m-%Y'),
            ', opgehaald ' || strftime(m.fetched_at, '%d-%m-%Y'),
            ', niet beschikbaar'
        ),
        '; ' ORDER BY t.volgorde
    ) AS tekst
    FROM tabel AS t
    JOIN invoer.brontabel AS b USING (bron, tabel)
    LEFT JOIN invoer.momentopname AS m ON m.bron = t.bron AND m.tabel = t.tabel AND m.gebruikt
    GROUP BY t.indicator
),
-- de kolommen staan hier voluit: een kolom erbij in invoer.kaart_term mag geen vingerafdruk veranderen
term AS (
    SELECT indicator, sha256(string_agg(
        array_to_string([
            bron_volgorde::VARCHAR, rol, term::VARCHAR, bron, tabel, onderwerp, uitsplitsing, coalesce(regio_vast, ''),
            periode_verschuiving::VARCHAR, gewicht::VARCHAR, factor::VARCHAR, coalesce(vanaf::VARCHAR, ''),
            coalesce(tot_en_met::VARCHAR, '')
            -- een kaart zonder soorten regio houdt de vingerafdruk van voordat zij er konden staan
            || if(coalesce(len(regiosoorten), 0) = 0, '', '|' || array_to_string(regiosoorten, ','))
            || if(nulpunt = 0, '', '|-' || nulpunt)
        ], '|'),
        chr(10) ORDER BY bron_volgorde, rol, term
    )) AS recept
    FROM invoer.kaart_term
    GROUP BY indicator
)
SELECT
    -- wat niet op de kaart staat, maar van haar onderwerpen komt
    k.* EXCLUDE (bereik_minimum, bereik_maximum, zekerheid, gezien), k.zekerheid, k.gezien,
    v.tekst AS bronvermelding,
    left(sha256(coalesce(t.recept, '') || coalesce(g.recept, '')), 16) AS recept
FROM invoer.kaart AS k
LEFT JOIN vermelding AS v ON v.indicator = k.id
LEFT JOIN term AS t ON t.indicator = k.id
LEFT JOIN term AS g ON g.indicator = k.gewicht
