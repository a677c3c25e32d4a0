/*
omschrijving: >
  Van welk jaar tot welk jaar een prognose wordt verteld, per gebied: van het laatste jaar met een geteld cijfer dat zij ook
  geeft, anders van haar eerste jaar, tot haar laatste. Zin en figuur beginnen zo in hetzelfde jaar. Tussentabel, wordt niet
  gepubliceerd.
uit:
  - invoer.editie
  - monitor.prognose
  - reken.rapportregio
sleutel: [regio]
kolommen:
  regio: {type: VARCHAR, uitleg: gebied van het rapport}
  basis: {type: VARCHAR, uitleg: de periode waarmee het laatste jaar wordt vergeleken}
  laatste: {type: VARCHAR, uitleg: de laatste periode van de prognose}
  nu: {type: VARCHAR, uitleg: de laatste periode met een prognose en een geteld cijfer; leeg waar die er niet is}
*/
SELECT p.regio::VARCHAR AS regio, coalesce(
        max(p.periode) FILTER (p.waarde IS NOT NULL AND p.werkelijk IS NOT NULL AND left(p.periode, 4)::INTEGER <= b.editie),
        min(p.periode) FILTER (p.waarde IS NOT NULL)
    )::VARCHAR AS basis,
    max(p.periode) FILTER (p.waarde IS NOT NULL)::VARCHAR AS laatste,
    max(p.periode) FILTER (p.werkelijk IS NOT NULL AND p.waarde IS NOT NULL)::VARCHAR AS nu
FROM monitor.prognose AS p
SEMI JOIN (SELECT regio FROM reken.rapportregio WHERE laag <> 'land') AS g ON g.regio = p.regio
CROSS JOIN invoer.editie AS b
GROUP BY p.regio
