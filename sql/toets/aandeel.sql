/*
omschrijving: >
  Ligt elk aandeel tussen 0 en 100, wat de kaart verder ook als bereik noemt? Een kaart is een aandeel als haar eenheid
  procent is en elk van haar bronnen een deel van een geheel geeft: teller en noemer uit dezelfde tabellen en van hetzelfde
  moment, alles opgeteld en niets afgetrokken, maal 100. Groei en saldo zijn geen aandeel en doen niet mee.
tabel: monitor.indicatorwaarde
zwaarte: blokkeert
buiten_rapport: apart_gezet
reden: een deel kan niet groter zijn dan het geheel
datum: 2026-11-22
uit: [invoer.kaart, invoer.kaart_term, monitor.indicatorwaarde]
uitleg: elk aandeel ligt tussen 0 en 100
vervolg: "Teller en noemer horen bij verschillende gehelen: kijk naar teller, noemer en factor op de kaart."
sleutel: [indicator, uitsplitsing, regio, periode]
*/
WITH bron AS (
    SELECT indicator, bron_volgorde,
        bool_and(factor = 100 AND gewicht > 0 AND periode_verschuiving = 0)
        AND coalesce(
            list_sort(list(DISTINCT tabel) FILTER (rol = 'teller')) = list_sort(list(DISTINCT tabel) FILTER (rol = 'noemer')),
            false
        ) AS is_deel
    FROM invoer.kaart_term
    GROUP BY ALL
),
aandeel AS (
    SELECT b.indicator
    FROM bron AS b
    JOIN invoer.kaart AS k ON k.id = b.indicator AND k.eenheid IN ('%', 'procent')
    GROUP BY b.indicator
    HAVING bool_and(b.is_deel)
)
SELECT w.indicator, w.uitsplitsing, w.regio, w.periode, w.waarde, 0.0::DOUBLE AS minimum, 100.0::DOUBLE AS maximum,
    w.waarde BETWEEN minimum AND maximum AS klopt
FROM monitor.indicatorwaarde AS w
SEMI JOIN aandeel AS a USING (indicator)
WHERE w.waarde IS NOT NULL
