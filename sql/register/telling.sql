/*
omschrijving: >
  Tellingen van vestigingen per onderneming: oprichtingen met hun grootte en hoe lang zij er bleven, opheffingen,
  verhuizingen, zelfstandigen, groei. Elke soort telling is een kant met zijn kleinste delen (atomen). Een gebeurtenis in
  een jaar ligt tussen de peildatum van een jaar eerder en die van dit jaar; zij is er alleen als beide jaren zijn
  geleverd. Vertrouwelijk.
uit: [invoer.vestiging]
sleutel: [jaar, gemeente, kant, atoom, onderneming]
kolommen:
  jaar: {type: INTEGER, uitleg: jaar van de peildatum}
  gemeente: {type: VARCHAR, uitleg: "gemeente; bij opgeheven en vertrokken waar de vestiging was"}
  kant: {type: VARCHAR, uitleg: "oprichting, opheffing, verhuisd_in, verhuisd_uit, zzp of groei"}
  atoom: {type: VARCHAR, uitleg: "bij oprichting: 1 of 2+ werkzame personen, en of zij er na 1, 3 en 5 jaar nog is (j, n of ?)"}
  onderneming: {type: VARCHAR, uitleg: onderneming waar de vestigingen bij horen}
  aantal: {type: INTEGER, uitleg: aantal vestigingen}
*/
WITH jaar AS (
    SELECT DISTINCT jaar FROM invoer.vestiging
),
gevolgd AS (
    SELECT lisanr, min(jaar) AS eerste_jaar, list(jaar) AS jaren FROM invoer.vestiging GROUP BY lisanr
),
geleverd AS (
    SELECT list(jaar) AS jaren FROM jaar
),
nieuw AS (
    SELECT v.jaar, v.gemeente, v.onderneming, v.banen, [
        CASE
            WHEN NOT list_contains(d.jaren, v.jaar + terug) THEN '?'
            WHEN list_contains(g.jaren, v.jaar + terug) THEN 'j'
            ELSE 'n'
        END FOR terug IN [1, 3, 5]
    ] AS bestaat
    FROM invoer.vestiging AS v
    JOIN gevolgd AS g ON g.lisanr = v.lisanr AND g.eerste_jaar = v.jaar
    CROSS JOIN geleverd AS d
    WHERE list_contains(d.jaren, v.jaar - 1)
),
vorige AS (
    SELECT jaar + 1 AS jaar, lisanr, gemeente, onderneming FROM invoer.vestiging WHERE jaar + 1 IN (FROM jaar)
),
verhuisd AS (
    SELECT n.jaar, v.gemeente AS van, n.gemeente AS naar, v.onderneming AS van_onderneming, n.onderneming
    FROM invoer.vestiging AS n
    JOIN vorige AS v USING (jaar, lisanr)
    WHERE n.gemeente <> v.gemeente
),
telling AS (
    SELECT jaar, gemeente, 'oprichting' AS kant, if(banen <= 1, '1', '2+') || '|' || array_to_string(bestaat, '') AS atoom,
        onderneming
    FROM nieuw
    UNION ALL
    SELECT jaar, gemeente, 'opheffing', 'alle', onderneming
    FROM vorige ANTI JOIN invoer.vestiging USING (jaar, lisanr)
    UNION ALL
    SELECT jaar, naar, 'verhuisd_in', 'alle', onderneming FROM verhuisd
    UNION ALL
    SELECT jaar, van, 'verhuisd_uit', 'alle', van_onderneming FROM verhuisd
    UNION ALL
    SELECT jaar, gemeente, 'zzp', if(fulltime = 1, '12+', '0-12'), onderneming FROM invoer.vestiging WHERE banen = 1
    UNION ALL
    -- drie jaar lang gemiddeld tien procent per jaar: 1,1 * 1,1 * 1,1
    SELECT n.jaar, n.gemeente, 'groei', if(n.banen * 1000 >= d.banen * 1331, 'snel', 'anders'), n.onderneming
    FROM invoer.vestiging AS n
    JOIN invoer.vestiging AS d ON d.lisanr = n.lisanr AND d.jaar = n.jaar - 3
    WHERE d.banen >= 10
)
SELECT jaar, gemeente, kant, atoom, onderneming, count(*)::INTEGER AS aantal
FROM telling
GROUP BY ALL
