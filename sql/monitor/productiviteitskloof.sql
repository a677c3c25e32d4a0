/*
omschrijving: >
  Het verschil in arbeidsproductiviteit (toegevoegde waarde per arbeidsjaar) tussen een regio en Nederland, verdeeld in
  drie delen. Structuur: de regio heeft een andere mix van bedrijfstakken. Regiospecifiek: dezelfde bedrijfstak brengt er
  meer of minder op. Interactie: beide tegelijk. Met a het aandeel in de arbeidsjaren en P de productiviteit van een
  bedrijfstak: (a_regio - a_nl) x P_nl, a_nl x (P_regio - P_nl) en (a_regio - a_nl) x (P_regio - P_nl), opgeteld over de
  bedrijfstakken. Per bedrijfstak is in het eerste deel van P_nl de gemiddelde productiviteit van Nederland afgetrokken:
  dat verandert de som niet, en een bedrijfstak die boven het gemiddelde ligt en in de regio groter is, telt dan positief.
  De delen tellen op tot de kloof binnen een en dezelfde tabel; wat door de afronding van de cellen overblijft, staat in
  afronding. 84419NED en 84432NED zijn een eerdere revisie en vormen nooit een reeks met 85925NED en 85924NED. Nederland
  telt ook de extra-regio mee. Is een cel van een bedrijfstak geheim of leeg, dan is de hele verdeling van die regio en
  periode leeg, niet nul; de fijne verdeling kan dan ontbreken terwijl de grove er is. Lopende prijzen.
uit: [kern.bedrijfstak, kern.onderwerp, kern.waarneming]
herkomst: {tabellen: [85925NED, 84419NED, 85924NED, 84432NED]}
sleutel: [tabel, indeling, regio, periode, bedrijfstak]
kolommen:
  tabel: {type: VARCHAR, uitleg: de tabel waaruit alle cellen van deze regel komen}
  indeling: {type: VARCHAR, uitleg: "grof (tien bedrijfstakken), fijn (achttien), of geen: de tabel kent geen bedrijfstakken en geeft alleen de kloof"}
  regio: {type: VARCHAR, uitleg: de regio die met Nederland wordt vergeleken}
  periode: {type: VARCHAR, uitleg: periode}
  bedrijfstak: {type: VARCHAR, uitleg: "code in kern.bedrijfstak; T001081 is het geheel"}
  arbeidsjaren: {type: DOUBLE, uitleg: arbeidsjaren in de regio}
  aandeel: {type: DOUBLE, uitleg: aandeel in de arbeidsjaren van de regio, eenheid: "%"}
  aandeel_nl: {type: DOUBLE, uitleg: aandeel in de arbeidsjaren van Nederland, eenheid: "%"}
  productiviteit: {type: DOUBLE, uitleg: toegevoegde waarde per arbeidsjaar in de regio, eenheid: euro}
  productiviteit_nl: {type: DOUBLE, uitleg: toegevoegde waarde per arbeidsjaar in Nederland, eenheid: euro}
  structuur: {type: DOUBLE, uitleg: bijdrage van de andere mix, eenheid: euro}
  regiospecifiek: {type: DOUBLE, uitleg: bijdrage van meer of minder opbrengst in dezelfde bedrijfstak, eenheid: euro}
  interactie: {type: DOUBLE, uitleg: bijdrage van beide tegelijk, eenheid: euro}
  afronding: {type: DOUBLE, uitleg: "wat de afgeronde cellen van de bedrijfstakken laten liggen; alleen bij het geheel", eenheid: euro}
  kloof: {type: DOUBLE, uitleg: "structuur plus regiospecifiek plus interactie plus afronding; bij het geheel de productiviteit van de regio min die van Nederland", eenheid: euro}
  status: {type: VARCHAR, uitleg: "definitief, voorlopig, nader_voorlopig of onbekend: de minst definitieve van de cellen"}
  leeg_reden: {type: VARCHAR, uitleg: "waarom de kloof, of anders haar verdeling, ontbreekt: de reden van de cellen die het meeste zegt; niet_van_toepassing als de tabel geen bedrijfstakken kent"}
*/
WITH cel AS (
    SELECT w.tabel, w.regio, w.periode,
        if(w.uitsplitsing = 'totaal', 'T001081', split_part(w.uitsplitsing, '=', 2)) AS bedrijfstak,
        max(w.waarde * o.factor) FILTER (w.onderwerp = 'toegevoegde_waarde') AS waarde,
        max(w.waarde * o.factor) FILTER (w.onderwerp = 'arbeidsjaren') AS jaren,
        max(list_position(status_orde, w.status)) AS status,
        max(list_position(leeg_orde, w.leeg_reden)) AS reden
    FROM kern.waarneming AS w
    JOIN kern.onderwerp AS o USING (bron, tabel, onderwerp)
    WHERE w.tabel IN ('85925NED', '84419NED', '85924NED', '84432NED')
        AND w.onderwerp IN ('toegevoegde_waarde', 'arbeidsjaren')
    GROUP BY ALL
),
indeling AS (
    SELECT 'grof' AS indeling, bedrijfstak FROM kern.bedrijfstak WHERE grof
    UNION ALL
    SELECT 'fijn', bedrijfstak FROM kern.bedrijfstak WHERE fijn
),
gevraagd AS (
    SELECT p.tabel, i.indeling, p.regio, p.periode, i.bedrijfstak
    FROM (SELECT DISTINCT tabel, regio, periode FROM cel WHERE regio <> 'NL01') AS p
    JOIN indeling AS i ON p.tabel IN ('85925NED', '84419NED')
),
deel AS (
    SELECT g.*, r.waarde, r.jaren, n.waarde AS waarde_nl, n.jaren AS jaren_nl,
        r.waarde + r.jaren + n.waarde + n.jaren IS NOT NULL AS bekend,
        greatest(r.status, n.status) AS status,
        -- een cel die niet in het antwoord staat, is niet gevraagd
        greatest(r.reden, n.reden, if(r.tabel IS NULL OR n.tabel IS NULL, 2, NULL)) AS reden
    FROM gevraagd AS g
    LEFT JOIN cel AS r USING (tabel, regio, periode, bedrijfstak)
    LEFT JOIN cel AS n
        ON n.tabel = g.tabel AND n.regio = 'NL01' AND n.periode = g.periode AND n.bedrijfstak = g.bedrijfstak
),
som AS (
    SELECT tabel, indeling, regio, periode, bool_and(bekend) AND sum(jaren) > 0 AND sum(jaren_nl) > 0 AS compleet,
        sum(jaren ORDER BY bedrijfstak) AS som_jaren,
        sum(jaren_nl ORDER BY bedrijfstak) AS som_jaren_nl,
        sum(waarde_nl ORDER BY bedrijfstak) AS som_waarde_nl,
        max(status) AS som_status, coalesce(max(reden), if(bool_and(bekend), 1, 2)) AS som_reden
    FROM deel
    GROUP BY ALL
),
aandeel AS (
    SELECT d.*, s.* EXCLUDE (tabel, indeling, regio, periode),
        d.jaren / nullif(s.som_jaren, 0) AS a, d.jaren_nl / nullif(s.som_jaren_nl, 0) AS a_nl,
        s.som_waarde_nl / nullif(s.som_jaren_nl, 0) AS p_gemiddeld,
        d.waarde / nullif(d.jaren, 0) AS p, d.waarde_nl / nullif(d.jaren_nl, 0) AS p_nl
    FROM deel AS d
    JOIN som AS s USING (tabel, indeling, regio, periode)
),
term AS (
    SELECT *,
        CASE WHEN compleet THEN (a - a_nl) * (coalesce(p_nl, p_gemiddeld) - p_gemiddeld) END AS structuur,
        -- zonder arbeidsjaren is er geen productiviteit: wat er toch verdiend is, is van de regio zelf
        CASE WHEN compleet THEN
            if(jaren = 0, waarde / som_jaren, a_nl * (p - coalesce(p_nl, p_gemiddeld)))
        END AS regiospecifiek,
        CASE WHEN compleet THEN
            if(jaren = 0, 0, (a - a_nl) * (p - coalesce(p_nl, p_gemiddeld)))
        END AS interactie
    FROM aandeel
),
geheel AS (
    SELECT r.tabel, r.regio, r.periode, r.jaren,
        r.waarde / nullif(r.jaren, 0) AS p, n.waarde / nullif(n.jaren, 0) AS p_nl,
        greatest(r.status, n.status) AS status,
        coalesce(
            greatest(r.reden, n.reden), if(r.waarde + r.jaren + n.waarde + n.jaren IS NULL, 2, 1)
        ) AS reden
    FROM cel AS r
    LEFT JOIN cel AS n
        ON n.tabel = r.tabel AND n.regio = 'NL01' AND n.periode = r.periode AND n.bedrijfstak = r.bedrijfstak
    WHERE r.bedrijfstak = 'T001081' AND r.regio <> 'NL01'
),
opgeteld AS (
    SELECT tabel, indeling, regio, periode,
        sum(structuur ORDER BY bedrijfstak) AS structuur,
        sum(regiospecifiek ORDER BY bedrijfstak) AS regiospecifiek,
        sum(interactie ORDER BY bedrijfstak) AS interactie,
        any_value(compleet) AS compleet, any_value(som_status) AS som_status, any_value(som_reden) AS som_reden
    FROM term
    GROUP BY ALL
),
regel AS (
    SELECT tabel, indeling, regio, periode, bedrijfstak, jaren, a, a_nl, p, p_nl, structuur, regiospecifiek, interactie,
        if(compleet, 0.0, NULL) AS afronding, structuur + regiospecifiek + interactie AS kloof,
        greatest(status, som_status) AS status, if(compleet, NULL, som_reden) AS reden
    FROM term
    UNION ALL
    SELECT g.tabel, coalesce(o.indeling, 'geen'), g.regio, g.periode, 'T001081', g.jaren, 1.0, 1.0, g.p, g.p_nl,
        o.structuur, o.regiospecifiek, o.interactie,
        -- wat onder een miljoenste euro ligt komt van het rekenen
        round(g.p - g.p_nl - o.structuur - o.regiospecifiek - o.interactie, 6), g.p - g.p_nl,
        greatest(g.status, o.som_status),
        CASE WHEN g.p - g.p_nl IS NULL THEN g.reden WHEN o.compleet THEN NULL ELSE coalesce(o.som_reden, 1) END
    FROM geheel AS g
    LEFT JOIN opgeteld AS o USING (tabel, regio, periode)
)
SELECT
    tabel, indeling, regio, periode, bedrijfstak, jaren AS arbeidsjaren, 100 * a AS aandeel, 100 * a_nl AS aandeel_nl,
    p AS productiviteit, p_nl AS productiviteit_nl, structuur, regiospecifiek, interactie, afronding, kloof,
    coalesce(status_orde[status], 'onbekend') AS status,
    leeg_orde[reden] AS leeg_reden
FROM regel
