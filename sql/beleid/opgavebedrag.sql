/*
omschrijving: >
  Geld per opgave en jaar: de som van de posten met een bedrag, per stand van de begroting. Bedragen van twee standen of twee
  indelingen worden nooit opgeteld.
uit: [invoer.beleid_bedrag, invoer.beleid_opgave]
sleutel: [editie, indeling, opgave, jaar, kant, begrotingsstand]
zoals: {assets.beleid.tabellen.BEDRAG: [editie, indeling, opgave, jaar, kant, begrotingsstand]}
kolommen:
  bedrag: {type: BIGINT, uitleg: som van de posten; leeg als geen post een bedrag heeft, eenheid: euro}
  posten: {type: INTEGER, uitleg: aantal posten}
  zonder_bedrag: {type: INTEGER, uitleg: waarvan zonder bedrag}
  eigen: {type: BOOLEAN, uitleg: waar bij de indeling van de editie zelf}
*/
SELECT b.editie, b.indeling, b.opgave, b.jaar, b.kant, b.begrotingsstand, sum(b.bedrag)::BIGINT AS bedrag,
    count(*)::INTEGER AS posten, (count(*) - count(b.bedrag))::INTEGER AS zonder_bedrag, any_value(o.eigen) AS eigen
FROM invoer.beleid_bedrag AS b
JOIN invoer.beleid_opgave AS o USING (editie, indeling, opgave)
WHERE b.soort = 'post' AND b.begrotingsstand IS NOT NULL
GROUP BY b.editie, b.indeling, b.opgave, b.jaar, b.kant, b.begrotingsstand
