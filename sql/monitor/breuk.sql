/*
omschrijving: Reeksbreuken die op de kaarten staan. Waarden vanaf de breuk zijn niet te vergelijken met die ervoor.
uit: [invoer.breuk]
sleutel: [indicator, vanaf]
kolommen:
  indicator: {type: VARCHAR, uitleg: id van de kaart}
  vanaf: {type: INTEGER, uitleg: eerste jaar na de breuk}
  reden: {type: VARCHAR, uitleg: wat er toen veranderde}
*/
SELECT indicator, vanaf, reden FROM invoer.breuk
