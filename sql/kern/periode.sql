/*
omschrijving: >
  De periodes waarover een bron iets meldt. Een bron die een jaarcode gebruikt voor een deel van dat jaar, krijgt hier en in
  kern.waarneming een eigen code (2026DJ04: tot en met april; 2026DJ00: een ander deel), zodat het nooit voor het hele jaar doorgaat.
uit: [reken.periodecode]
sleutel: [periode]
kolommen:
  periode: {type: VARCHAR, uitleg: 'code als bij CBS: 2025JJ00, 2026KW01, 2026MM04, 2024SJ00, 2026HJ01; 2026DJ04 is van ons'}
  soort: {type: VARCHAR, uitleg: 'JJ jaar, SJ schooljaar, HJ halfjaar, KW kwartaal, MM maand, DJ deel van een jaar dat de bron een jaarcode geeft', lijst: periodesoort}
  begin: {type: DATE, uitleg: eerste dag}
  eind: {type: DATE, uitleg: laatste dag}
  jaar: {type: INTEGER, uitleg: jaar waarin de periode begint}
  deel_van_jaar: {type: BOOLEAN, uitleg: 'de periode is korter dan een jaar (HJ, KW, MM, DJ)'}
*/
SELECT periode, any_value(soort) AS soort, min(begin) AS begin, max(eind) AS eind, any_value(jaar) AS jaar,
    any_value(deel_van_jaar) AS deel_van_jaar
FROM reken.periodecode
GROUP BY periode
