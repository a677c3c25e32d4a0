/*
omschrijving: >
  Wat er te beweren is over de analyses: de prognose vanaf haar eigen jaar, de opbrengst van een arbeidsjaar en haar kloof,
  de groei van de banen, ook per bedrijfstak, wie er pendelt, en waarom de vorige editie iets anders gaf. Van een prognose
  staat tegenover het laatste jaar altijd een jaar van dezelfde prognose, nooit een geteld cijfer. Wat uit voorlopige cellen is
  gerekend, is voorlopig. Tussentabel, wordt niet gepubliceerd.
uit:
  - invoer.rekenregel
  - kern.bedrijfstak
  - monitor.editieverschil
  - monitor.indicator
  - monitor.productiviteitskloof
  - monitor.prognose
  - monitor.prognose_leeftijd
  - monitor.shift_share
  - monitor.woon_werkbalans
  - reken.prognosejaar
  - reken.rapportregio
sleutel: [soort, groep, regio]
zoals:
  monitor.bewering:
    [soort, groep, naam, regio, laag, periode, periode_eerder, reeks, uitgave, tegen, waarde, waarde_tegen, verschil,
    marge_onder, marge_boven, oordeel, zekerheid, status_cellen]
*/
WITH gebied AS (SELECT regio, laag FROM reken.rapportregio WHERE laag <> 'land'),
prognose AS (
    SELECT p.*
    FROM monitor.prognose AS p
    SEMI JOIN gebied AS g ON g.regio = p.regio
),
leeftijdreeks AS (
    SELECT leeftijd, regio, tabel, min(periode) AS van, max(periode) AS tot,
        arg_min(waarde, periode) AS waarde_van, arg_max(waarde, periode) AS waarde_tot
    FROM monitor.prognose_leeftijd
    WHERE waarde IS NOT NULL AND aandeel IS NOT NULL
    GROUP BY ALL
    HAVING van <> tot
),
-- twee prognoses achter elkaar zijn geen reeks: van twee tabellen telt die met het laatste jaar
leeftijd AS (
    SELECT * FROM leeftijdreeks
    QUALIFY row_number() OVER (PARTITION BY leeftijd, regio ORDER BY tot DESC, tabel DESC) = 1
),
kloof AS (
    SELECT * FROM monitor.productiviteitskloof
    WHERE indeling = 'grof' AND bedrijfstak = 'T001081' AND structuur IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY regio ORDER BY periode DESC, tabel DESC) = 1
),
banen AS (
    SELECT * FROM monitor.shift_share
    WHERE soort = 'venster' AND indeling = 'grof' AND bedrijfstak = 'T001081' AND verandering IS NOT NULL
        AND nationaal IS NOT NULL
),
tak AS (
    SELECT s.*, b.naam AS takken, greatest(r.tak_banen, r.tak_deel * s.banen_van) AS klein
    FROM monitor.shift_share AS s
    CROSS JOIN invoer.rekenregel AS r
    JOIN kern.bedrijfstak AS b ON b.bedrijfstak = s.bedrijfstak
    WHERE s.soort = 'venster' AND s.indeling = 'grof' AND s.bedrijfstak <> 'T001081' AND s.verandering IS NOT NULL
        AND s.nationaal IS NOT NULL AND s.banen_van > 0
),
vorige AS (
    SELECT v.*, i.naam
    FROM monitor.editieverschil AS v
    JOIN monitor.indicator AS i ON i.id = v.indicator
    WHERE v.uitsplitsing = 'totaal' AND v.waarde_nu IS NOT NULL AND v.verandering IS NOT NULL AND v.herziening IS NOT NULL
        AND v.definitie IS NOT NULL
),
balans AS (
    SELECT * FROM monitor.woon_werkbalans
    WHERE waarde IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY regio ORDER BY periode DESC) = 1
),
alle AS (
    SELECT 'prognose' AS soort, 'inwoners' AS groep, 'inwoners volgens de prognose' AS naam, '85173NED' AS uitgave,
        'prognose' AS reeks, t.regio, t.periode, v.periode AS periode_eerder, 'eerder' AS tegen, t.waarde,
        v.waarde AS waarde_tegen, t.waarde - v.waarde AS verschil, t.marge_onder, t.marge_boven,
        CASE WHEN v.waarde BETWEEN t.marge_onder AND t.marge_boven THEN 'binnen_interval'
            WHEN t.waarde > v.waarde THEN 'hoger' ELSE 'lager' END AS oordeel,
        'interval' AS zekerheid
    FROM reken.prognosejaar AS a
    JOIN prognose AS t ON t.regio = a.regio AND t.periode = a.laatste
    JOIN prognose AS v ON v.regio = a.regio AND v.periode = a.basis
    WHERE a.laatste > a.basis
    UNION ALL BY NAME
    SELECT 'prognose_nu' AS soort, 'inwoners' AS groep, 'geteld aantal inwoners' AS naam, 'bevolking' AS uitgave,
        'realisatie' AS reeks, p.regio, p.periode, 'geen' AS tegen, p.werkelijk AS waarde, p.marge_onder, p.marge_boven,
        if(p.binnen_interval, 'binnen_interval', 'buiten_interval') AS oordeel, 'interval' AS zekerheid
    FROM reken.prognosejaar AS a
    JOIN prognose AS p ON p.regio = a.regio AND p.periode = a.nu
    WHERE p.binnen_interval IS NOT NULL
    UNION ALL BY NAME
    SELECT 'prognose_leeftijd' AS soort, leeftijd AS groep, 'inwoners naar leeftijd volgens de prognose' AS naam,
        tabel AS uitgave, 'prognose' AS reeks, regio, tot AS periode, van AS periode_eerder, 'eerder' AS tegen,
        waarde_tot AS waarde, waarde_van AS waarde_tegen, waarde_tot - waarde_van AS verschil,
        CASE WHEN round(waarde_tot) = round(waarde_van) THEN 'nagenoeg_gelijk' WHEN waarde_tot > waarde_van THEN 'hoger'
            ELSE 'lager' END AS oordeel,
        'marge_onbekend' AS zekerheid
    FROM leeftijd
    UNION ALL BY NAME
    SELECT 'productiviteit' AS soort, 'geheel' AS groep, 'opbrengst per arbeidsjaar' AS naam, tabel AS uitgave,
        'realisatie' AS reeks, regio, periode, 'nederland' AS tegen, productiviteit AS waarde,
        productiviteit_nl AS waarde_tegen, kloof AS verschil,
        CASE WHEN round(kloof) = 0 THEN 'nagenoeg_gelijk' WHEN kloof > 0 THEN 'gunstig' ELSE 'ongunstig' END AS oordeel,
        'telling' AS zekerheid, status
    FROM kloof
    UNION ALL BY NAME
    SELECT 'productiviteitsdeel' AS soort, d.groep, 'deel van de kloof in opbrengst per arbeidsjaar' AS naam,
        tabel AS uitgave, 'realisatie' AS reeks, regio, periode, 'nederland' AS tegen, d.waarde, d.waarde AS verschil,
        -- hoeveel een mix scheelt, en welke kant op, hangt van de indeling in bedrijfstakken af: dat is geen oordeel
        CASE WHEN round(d.waarde) = 0 THEN 'nagenoeg_gelijk' WHEN d.waarde > 0 THEN 'hoger' ELSE 'lager' END AS oordeel,
        'telling' AS zekerheid, status
    FROM kloof
    CROSS JOIN LATERAL (VALUES ('structuur', structuur), ('regiospecifiek', regiospecifiek), ('interactie', interactie))
        AS d(groep, waarde)
    UNION ALL BY NAME
    SELECT 'banengroei' AS soort, 'geheel' AS groep, 'banen van werknemers' AS naam, '83582NED' AS uitgave,
        'realisatie' AS reeks, regio, periode, periode_van AS periode_eerder, 'eerder' AS tegen, banen AS waarde,
        banen_van AS waarde_tegen, verandering AS verschil,
        CASE WHEN round(verandering) = 0 THEN 'nagenoeg_gelijk' WHEN verandering > 0 THEN 'hoger' ELSE 'lager' END
            AS oordeel,
        'telling' AS zekerheid, status
    FROM banen
    UNION ALL BY NAME
    SELECT 'banendeel' AS soort, d.groep, 'deel van de groei van de banen van werknemers' AS naam,
        '83582NED' AS uitgave, 'realisatie' AS reeks, regio, periode, periode_van AS periode_eerder, 'eerder' AS tegen,
        d.waarde, d.waarde AS verschil,
        CASE WHEN round(d.waarde) = 0 THEN 'nagenoeg_gelijk' WHEN d.waarde > 0 THEN 'hoger' ELSE 'lager' END AS oordeel,
        'telling' AS zekerheid, status
    FROM banen
    CROSS JOIN LATERAL (VALUES ('nationaal', nationaal), ('sectormix', sectormix), ('regionaal', regionaal))
        AS d(groep, waarde)
    UNION ALL BY NAME
    SELECT 'banentak' AS soort, bedrijfstak AS groep, takken AS naam, '83582NED' AS uitgave,
        'realisatie' AS reeks, regio, periode, periode_van AS periode_eerder, 'eerder' AS tegen, banen AS waarde,
        banen_van AS waarde_tegen, verandering AS verschil,
        CASE WHEN abs(verandering) <= klein THEN 'nagenoeg_gelijk' WHEN verandering > 0 THEN 'hoger'
            ELSE 'lager' END AS oordeel,
        'telling' AS zekerheid, status
    FROM tak
    UNION ALL BY NAME
    SELECT 'banentak_nl' AS soort, bedrijfstak AS groep, takken AS naam,
        '83582NED' AS uitgave, 'realisatie' AS reeks, regio, periode, periode_van AS periode_eerder, 'nederland' AS tegen,
        100 * verandering / banen_van AS waarde, 100 * (nationaal + sectormix) / banen_van AS waarde_tegen,
        100 * regionaal / banen_van AS verschil,
        CASE WHEN abs(regionaal) <= klein THEN 'nagenoeg_gelijk' WHEN regionaal > 0 THEN 'hoger' ELSE 'lager' END
            AS oordeel,
        'telling' AS zekerheid, status
    FROM tak
    UNION ALL BY NAME
    SELECT 'vorige_editie' AS soort, indicator AS groep, naam || ': deze en de vorige editie' AS naam, indicator AS uitgave,
        'realisatie' AS reeks, regio, periode_nu AS periode, periode_toen AS periode_eerder, 'vorige_editie' AS tegen,
        waarde_nu AS waarde, waarde_toen AS waarde_tegen, verschil, 'geen' AS oordeel, 'telling' AS zekerheid
    FROM vorige
    UNION ALL BY NAME
    SELECT 'vorige_editie_deel' AS soort, v.indicator || ':' || d.deel AS groep,
        v.naam || ': deel van het verschil met de vorige editie' AS naam, v.indicator AS uitgave, 'realisatie' AS reeks,
        v.regio, v.periode_nu AS periode, v.periode_toen AS periode_eerder, 'vorige_editie' AS tegen, d.waarde,
        d.waarde AS verschil, 'geen' AS oordeel, 'telling' AS zekerheid
    FROM vorige AS v
    CROSS JOIN LATERAL (VALUES ('verandering', verandering), ('herziening', herziening), ('definitie', definitie))
        AS d(deel, waarde)
    UNION ALL BY NAME
    SELECT 'pendel' AS soort, d.groep, d.naam, '85481NED' AS uitgave, 'realisatie' AS reeks, regio, periode,
        'geen' AS tegen, d.waarde, 'geen' AS oordeel, 'telling' AS zekerheid, status
    FROM balans
    CROSS JOIN LATERAL (VALUES
        ('uitgaand', 'banen van inwoners buiten het gebied', uitgaand),
        ('uitgaand_pct', 'aandeel van de banen van inwoners buiten het gebied', uitgaand_pct),
        ('inkomend', 'banen in het gebied van wie er niet woont', inkomend),
        ('inkomend_pct', 'aandeel van de banen in het gebied van wie er niet woont', inkomend_pct),
        ('banen', 'banen van werknemers in het gebied', banen),
        ('banen_van_inwoners', 'banen van werknemers die er wonen', banen_van_inwoners),
        ('balans', 'banen in het gebied per baan van een inwoner', waarde)
    ) AS d(groep, naam, waarde)
)
SELECT a.soort, a.groep, a.naam, a.regio::VARCHAR AS regio, g.laag::VARCHAR AS laag, a.periode::VARCHAR AS periode,
    a.periode_eerder::VARCHAR AS periode_eerder, a.reeks, a.uitgave::VARCHAR AS uitgave, a.tegen, a.waarde,
    a.waarde_tegen, a.verschil, a.marge_onder, a.marge_boven, a.oordeel, a.zekerheid, a.status::VARCHAR AS status_cellen
FROM alle AS a
JOIN gebied AS g ON g.regio = a.regio
