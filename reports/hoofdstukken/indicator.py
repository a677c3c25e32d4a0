"""An indicator in full: what it is, where the province stands, figures, numbers, and how they came about."""

from __future__ import annotations

from dataclasses import replace

from begrippen.eenheid import read_eenheid
from begrippen.lijsten import (
    AGGREGATIES,
    METINGEN,
    PERIODESOORTEN,
    REGIOSOORT_MEERVOUD,
    REGISTER_APART,
    ZEKERHEDEN,
)
from begrippen.oordeellijsten import ROBUUST
from reports import cellen, prijzen
from reports.document import Alinea, Blok, Codeblok, Feiten, Figuur, Figuurblok, Kop, Naast, Uitklap
from reports.figuren import (
    Lijnbeeld,
    Puntbeeld,
    draw_lijn,
    draw_stippen,
    make_landkaartbeeld,
    make_puntbeeld,
)
from reports.figuurzinnen import met_kaartkop, met_uitersten, reeks_kop, reeksbeeld
from reports.getallen import (
    HARDE_SPATIE,
    PROCENTPUNT,
    eenheid_naast,
    format_eenheid,
    format_periode,
    is_percentage,
    join,
    with_eenheid,
)
from reports.hoofdstukken import hoe
from reports.hoofdstukken.schrijftafel import REGISTER, Schrijftafel, downloads
from reports.inhoud import Doel, Inhoud, Koppeling, Nadruk, Voorlees
from reports.model import Indicator, Punt, Regio
from reports.oordeelzinnen import oordeel_zin
from reports.standzinnen import stand_zin
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from reports.totaal import is_totaal

# What else of a card its page tells: heading -> field, where the card has something there.
KAARTVELDEN: dict[str, str] = {}
HERKOMST_KOLOMMEN = tuple(
    Kolom((naam,), "eind" if naam == "Waarde" else "begin")
    for naam in (
        *("Rol", "Tabel", "Onderwerp", "Uitsplitsing", "Regio", "Periode", "Waarde", "Status", "Momentopname"),
    )
)


def make_indicator(tafel: Schrijftafel, indicator: Indicator) -> list[Blok]:
    """The blocks of one indicator, from its heading on."""
    r = tafel.rapport
    punten = make_puntbeeld(indicator, r.lagen, r.provincie, r.nederland)
    oordeel = indicator.oordelen.get(r.provincie.code)
    blokken: list[Blok] = [
        Kop(2, indicator.naam, indicator.id),
        Alinea((indicator.definitie,)),
        Alinea(_gegevens(indicator), "noot"),
    ]
    if stand := stand_zin(indicator, r.provincie, r):
        blokken.append(Alinea((Nadruk(f"{r.provincie.naam}:"), f" {stand}")))
    if oordeel:
        blokken.append(
            Alinea(
                (
                    Nadruk("Oordeel:"),
                    " ",
                    *cellen.trend(oordeel),
                    ". ",
                    oordeel_zin(indicator, r.provincie, r.beweringen),
                )
            )
        )
        if oordeel.kanttekening:
            blokken.append(Alinea((f"Bij dit oordeel. {oordeel.kanttekening}",), "noot"))
    figuren = draw_figuren(tafel, indicator, punten)
    if figuren:
        blokken.append(Naast(figuren))
    elif zin := _te_weinig(punten):
        blokken.append(Alinea((zin,)))
    blokken += [Alinea((f"Reeksbreuk in {b.vanaf}: {b.reden.rstrip('.')}.",), "noot") for b in indicator.breuken]
    blokken.append(Alinea(_bronnen(tafel, indicator), "bron"))
    blokken.append(
        Uitklap("Cijfers in een tabel", (Naast(_tabellen(tafel, indicator, punten)),), f": {indicator.naam}")
    )
    blokken.append(Uitklap("Hoe kwam dit cijfer tot stand", tuple(_herkomst(tafel, indicator)), f": {indicator.naam}"))
    return blokken


def _te_weinig(punten: Puntbeeld | None) -> str:
    """Why there is no figure: who has a value; empty where nobody has."""
    namen = [s.regio.naam for s in punten.stippen if s.waarde is not None] if punten else []
    if not punten or not namen:
        return ""
    soort, hebben = REGIOSOORT_MEERVOUD[punten.stippen[0].regio.soort], "heeft" if len(namen) == 1 else "hebben"
    return (
        f"Er is geen figuur: van de {len(punten.stippen)} {soort} {hebben} alleen {join(namen)} een cijfer in "
        f"{format_periode(punten.periode)}."
    )


def _gegevens(indicator: Indicator) -> Inhoud:
    zin = prijzen.prijzen_zin(indicator)
    # a sentence tells the whole number; 'x 1.000' above it would be read as that number times a thousand
    waar = " in de tabellen" if read_eenheid(indicator.eenheid).voluit else ""
    return (
        f"Eenheid{waar}: {format_eenheid(indicator.eenheid)}. Gewenste richting: ",
        *cellen.richting(indicator),
        f". {zin}" if zin else ".",
    )


def draw_reeks(tafel: Schrijftafel, indicator: Indicator, beeld: Lijnbeeld, regio: Regio) -> Figuur:
    """The line of a region; what its heading says is a claim."""
    kop = reeks_kop(indicator, beeld, tafel.rapport, regio)
    return replace(draw_lijn(tafel.doek, indicator, beeld, regio), kop=kop)


def draw_figuren(tafel: Schrijftafel, indicator: Indicator, punten: Puntbeeld | None) -> tuple[Figuurblok, ...]:
    """The line, the dots and the map of an indicator, as far as there is something to draw."""
    r = tafel.rapport
    beeld = reeksbeeld(indicator, r.provincie, r)
    lijn = draw_reeks(tafel, indicator, beeld, r.provincie) if beeld else None
    stippen = None
    if punten and punten.is_gevuld:
        stippen = met_uitersten(draw_stippen(tafel.doek, indicator, punten, r.provincie), indicator, punten, r)
    landkaart = None
    if tafel.landkaart and punten and not is_totaal(indicator, r.provincie, r.nederland):
        klassen = make_landkaartbeeld(indicator, punten)
        if klassen:
            landkaart = met_kaartkop(tafel.landkaart.draw_landkaart(indicator, klassen), indicator, punten, r)
    met_lijn = [g for g in (r.provincie, r.nederland) if indicator.has_value(g.code)]
    met_stip = [s.regio for s in punten.stippen] if punten else []
    periode = punten.periode if punten else ""
    drawn = (
        ("lijn", lijn, hoe.of_indicator(tafel, indicator, met_lijn, "lijn")),
        ("stippen", stippen, hoe.of_indicator(tafel, indicator, met_stip, "stippen", periode)),
        ("kaart", landkaart, hoe.of_indicator(tafel, indicator, met_stip, "kaart", periode)),
    )
    return tuple(
        Figuurblok(f"{indicator.id}-{soort}", figuur, uitklap=(uitleg,)) for soort, figuur, uitleg in drawn if figuur
    )


def _bronnen(tafel: Schrijftafel, indicator: Indicator) -> Inhoud:
    runs: list[Inhoud] = [(*cellen.bron(tafel.rapport, b), " ") for b in indicator.bronnen[:2]]
    if rest := ", ".join(map(cellen.tabelnaam, indicator.bronnen[2:])):
        runs.append((f"En ook {rest}; zie ‘Hoe kwam dit cijfer tot stand’. ",))
    return (*(run for part in runs for run in part), *downloads(tafel.cijfers(indicator), indicator.naam))


def _reeel(punt: Punt | None) -> Punt | None:
    """The same point with the amount apart from inflation, and not available where its year has no price index."""
    if punt is None or punt.waarde is None:
        return punt
    return replace(punt, waarde=punt.reeel, leeg_reden=None if punt.reeel is not None else "niet_in_selectie")


def _tabellen(tafel: Schrijftafel, indicator: Indicator, punten: Puntbeeld | None) -> tuple[Tabel, ...]:
    r = tafel.rapport
    regios = tuple(c for c in (r.provincie, r.nederland, *r.corop) if indicator.has_value(c.code))
    soort = PERIODESOORTEN.get(indicator.periodesoort, "Periode")
    tabellen = []
    if regios:
        rijen = tuple(
            Rij((format_periode(periode),), tuple(Cel(cellen.waarde(p, indicator.decimalen)) for p in per_regio))
            for periode, per_regio in cellen.perioden(indicator, regios)
        )
        kolommen = (Kolom((soort,)), *(Kolom((c.naam,), "eind") for c in regios))
        bijschrift = _bijschrift(indicator, f"per {soort.lower()}")
        tabellen.append(Tabel(f"{indicator.id}-tijd", bijschrift, kolommen, (Rijgroep(rijen),)))
        if indicator.prijspeil is not None:
            rijen = tuple(
                Rij((format_periode(periode),), tuple(Cel(cellen.waarde(_reeel(p), indicator.decimalen)) for p in rij))
                for periode, rij in cellen.perioden(indicator, regios)
            )
            bijschrift = _bijschrift(indicator, f"in prijzen van {indicator.prijspeil}")
            tabellen.append(Tabel(f"{indicator.id}-reeel", bijschrift, kolommen, (Rijgroep(rijen),)))
    if punten and punten.stippen[0].regio.soort == "gemeente":
        rijen = tuple(
            Rij((tafel.regio(s.regio),), (Cel(cellen.waarde(s.punt, indicator.decimalen)),)) for s in punten.stippen
        )
        kolommen = (Kolom(("Gemeente",)), Kolom((format_periode(punten.periode),), "eind"))
        bijschrift = _bijschrift(indicator, "per gemeente")
        tabellen.append(Tabel(f"{indicator.id}-gemeenten", bijschrift, kolommen, (Rijgroep(rijen),)))
    return tuple(tabellen)


def _bijschrift(indicator: Indicator, hoe: str) -> str:
    """The caption of a table of figures: the name, its unit where the name does not say it, and by what."""
    eenheid = format_eenheid(eenheid_naast(indicator.naam, indicator.eenheid))
    return f"{indicator.naam}: {', '.join(filter(None, (eenheid, hoe)))}"


def _samenstellen(indicator: Indicator) -> str:
    """How a region made of municipalities gets its figure."""
    if any(b.bron == REGISTER for b in indicator.bronnen):
        return REGISTER_APART
    return AGGREGATIES.get(indicator.aggregatie, indicator.aggregatie)


def _merkbaar(indicator: Indicator) -> list[tuple[str, Inhoud]]:
    """The smallest difference that matters, with its reason; nothing for a card that names none."""
    waarde, maat = indicator.kaart.get("merkbaar"), indicator.kaart.get("merkbaar_maat")
    if read_eenheid(indicator.eenheid).klasse:
        return [("Kleinste verschil dat ertoe doet", ("1 klasse. Een halve klasse bestaat niet.",))]
    if waarde is None:
        return []
    eenheid = "procent" if maat == "procent" else PROCENTPUNT if is_percentage(indicator.eenheid) else ""
    getal = f"{waarde:g}".replace(".", ",")
    shown = f"{getal}{HARDE_SPATIE}{eenheid}" if eenheid else with_eenheid(getal, indicator.eenheid)
    return [("Kleinste verschil dat ertoe doet", (f"{shown}. {indicator.kaart.get('merkbaar_reden') or ''}",))]


def _herkomst(tafel: Schrijftafel, indicator: Indicator) -> list[Blok]:
    r = tafel.rapport
    oordeel = indicator.oordelen.get(r.provincie.code)
    paren: list[tuple[str, Inhoud]] = [
        ("Kaart", (Nadruk(indicator.id),)),
        ("Definitie", (indicator.definitie,)),
        ("Bewerking", (indicator.bewerking,)),
        *((kop, (str(waarde),)) for kop, veld in KAARTVELDEN.items() if (waarde := indicator.kaart.get(veld))),
        *_merkbaar(indicator),
        ("Samenstellen van regio’s", (_samenstellen(indicator),)),
        ("Soort meting", (METINGEN.get(indicator.meting, indicator.meting),)),
        ("Zekerheid van de bron", (ZEKERHEDEN.get(indicator.zekerheid, indicator.zekerheid),)),
        ("Herkomst van de gewenste richting", (indicator.richting_herkomst or "niet vastgelegd",)),
    ]
    if oordeel and oordeel.p is not None:
        toets = (
            f"p-waarde: {cellen.p_waarde(oordeel.p)}; rekening houdend met het aantal toetsen (Benjamini-Hochberg): "
            f"{cellen.p_waarde(oordeel.p_bh)}; {ROBUUST.get(oordeel.robuust, oordeel.robuust)}"
        )
        paren.append(("Toets van de trend", (toets,)))
    if oordeel and oordeel.toelichting:
        paren.append(("Bij het oordeel", (oordeel.toelichting,)))
    bronnen = [run for b in indicator.bronnen for run in (*cellen.bron(r, b), " ")]
    paren.append(("Bronnen", tuple(bronnen) or ("geen",)))
    for c in r.correcties:
        if any(id_ == indicator.id for id_, _ in c.indicatoren):
            gebruikt = f"de bron geeft {cellen.bronwaarde(c.bron_waarde)}, gebruikt is {cellen.bronwaarde(c.wordt)}"
            zin = f"{c.regio}, {format_periode(c.periode)}: {gebruikt}. {c.reden} "
            paren.append(("Correctie", (zin, Koppeling("Alle correcties", Doel("verantwoording", "correcties")))))
    if indicator.opmerking:
        paren.append(("Opmerking", (indicator.opmerking,)))
    blokken: list[Blok] = [Feiten(tuple(paren))]
    if gevonden := indicator.herkomst.get(r.provincie.code):
        rijen = tuple(Rij((c.rol,), cellen.broncel_rij(c)) for c in gevonden)
        bijschrift = f"{indicator.naam}: broncellen onder het laatste cijfer van {r.provincie.naam}"
        blokken.append(Tabel(f"{indicator.id}-herkomst", bijschrift, HERKOMST_KOLOMMEN, (Rijgroep(rijen),), dicht=True))
        vragen = cellen.walk(indicator, r.provincie)
        blokken.append(
            Alinea(
                (
                    "Dezelfde weg in de database (",
                    Nadruk("monitor.duckdb"),
                    "): eerst uit welke cellen het cijfer komt, dan wat de bron in die cellen gaf. ",
                    "Voor een andere regio of periode: vul daar de code in.",
                    Voorlees("", f" Zoekvragen voor {indicator.naam}."),
                ),
                "noot",
            )
        )
        blokken.append(Codeblok(f"Zoekvragen voor {indicator.naam}", "\n\n".join(vragen)))
    return blokken
