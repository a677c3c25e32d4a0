/*
omschrijving: >
  Banen in Nederland per sectie (SBI 2008), om de banen uit het register naast te zetten: volgens LISA als die levering er
  is (hetzelfde begrip), en anders de banen van werknemers van CBS in december van het jaar ervoor, het dichtst bij
  1 april (een ander begrip: zonder zelfstandigen). Een jaar heeft een van beide. Tussentabel, wordt niet gepubliceerd.
uit: [kern.bedrijfstak, kern.waarneming, reken.baancel]
herkomst: {tabellen: [lisa, 83582NED]}
sleutel: [jaar, sectie]
kolommen:
  jaar: {type: INTEGER, uitleg: jaar van de peildatum van het register}
  begrip: {type: VARCHAR, uitleg: "lisa of banen_werknemers"}
  sectie: {type: VARCHAR, uitleg: "letter van de sectie; R-U samen bij banen van werknemers; totaal"}
  banen: {type: DOUBLE, uitleg: banen in Nederland}
*/
WITH lisa AS (
    SELECT left(w.periode, 4)::INTEGER AS jaar, 'lisa' AS begrip, s.sectie, w.waarde AS banen
    FROM kern.waarneming AS w
    JOIN (VALUES
        ('totaal', 'banen_totaal'), ('A', 'banen_a'), ('B', 'banen_b'), ('C', 'banen_c'), ('D', 'banen_d'),
        ('E', 'banen_e'), ('F', 'banen_f'), ('G', 'banen_g'), ('H', 'banen_h'), ('I', 'banen_i'), ('J', 'banen_j'),
        ('K', 'banen_k'), ('L', 'banen_l'), ('M', 'banen_m'), ('N', 'banen_n'), ('O', 'banen_o'), ('P', 'banen_p'),
        ('Q', 'banen_q'), ('R', 'banen_r'), ('S', 'banen_s'), ('T', 'banen_t'), ('U', 'banen_u')
    ) AS s (sectie, onderwerp) USING (onderwerp)
    WHERE w.tabel = 'lisa' AND w.regio = 'NL01' AND w.periode LIKE '%JJ00'
),
cbs AS (
    SELECT left(c.periode, 4)::INTEGER + 1 AS jaar, 'banen_werknemers' AS begrip,
        if(b.letter = 'A-U', 'totaal', b.letter) AS sectie, c.banen
    FROM reken.baancel AS c
    JOIN kern.bedrijfstak AS b USING (bedrijfstak)
    WHERE c.regio = 'NL01' AND (b.fijn OR b.letter = 'A-U')
)
SELECT * FROM lisa
UNION ALL
SELECT * FROM cbs ANTI JOIN lisa USING (jaar)
