/*
omschrijving: >
  Hoeveel oordelen er zijn van elke uitkomst, per regio en thema: geteld per kaart en per ontwikkeling. Kaarten die
  hetzelfde meten (een familie) zijn samen een ontwikkeling; het rapport telt ontwikkelingen.
uit: [invoer.kaart, monitor.oordeel]
sleutel: [editie, regio, thema, maat, uitkomst]
kolommen:
  editie: {type: INTEGER, uitleg: jaar van de editie}
  regio: {type: VARCHAR, uitleg: code van de regio}
  thema: {type: VARCHAR, uitleg: thema van de kaart die meetelt}
  maat: {type: VARCHAR, uitleg: "trend, positie of kloof"}
  uitkomst: {type: VARCHAR, uitleg: "wat de trend, de positie of de kloof is"}
  kaarten: {type: BIGINT, uitleg: aantal kaarten met die uitkomst}
  ontwikkelingen: {type: BIGINT, uitleg: "aantal daarvan dat meetelt: van elke familie een"}
*/
SELECT o.editie, o.regio, k.thema, m.maat, m.uitkomst, count(*) AS kaarten,
    count(*) FILTER (o.telt_mee) AS ontwikkelingen
FROM monitor.oordeel AS o
JOIN invoer.kaart AS k ON k.id = o.indicator
CROSS JOIN LATERAL (
    VALUES ('trend', o.trend), ('positie', o.positie), ('kloof', o.kloof)
) AS m (maat, uitkomst)
WHERE o.uitsplitsing = 'totaal'
GROUP BY ALL
