"""The title page, and the summary that fits on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from begrippen.lijsten import BRONSOORT_KORT
from begrippen.rekenregels import REKENREGELS
from begrippen.taal import telwoord
from reports import getallen, zinnen
from reports.bewering import Bewering
from reports.beweringzinnen import looptijd, naast_deel, trendjaren
from reports.document import Alinea, Blad, Blok, Feiten, Figuurblok, Kerncijfer, Kerncijfers, Kop, Lijst, Naast
from reports.familie import familie
from reports.figuren import Spaak, Vak, draw_wiel
from reports.hoofdstukken import hoe
from reports.hoofdstukken.antwoorden import gezegd, make_antwoord, make_antwoorden, onder_antwoord
from reports.hoofdstukken.boodschappen import Boodschap, make_boodschappen
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.vragen import make_vragenlijst
from reports.inhoud import Doel, Inhoud, Koppeling, Nadruk, Voorlees
from reports.model import Rapport, Regio, Thema
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from reports.telzinnen import TRENDS_MET_KANT, plaatsen_toeval

# Key figures in a row.
HOOGSTENS = 4
OORDEEL_VAK: dict[str, Vak] = {
    "gunstig": "gunstig",
    "bovenste_kwart": "gunstig",
    "ongunstig": "ongunstig",
    "onderste_kwart": "ongunstig",
}


def make_voorkant(tafel: Schrijftafel, bladen: tuple[Blad, ...]) -> Blad:
    """The title page: what this is, where to find an answer, the contents and the colophon."""
    r = tafel.rapport
    blokken: list[Blok] = [*_antwoorden(tafel)]
    if not blokken:
        blokken.append(
            Alinea(
                (
                    f"Gaat het met {r.provincie.wie} de gewenste kant op, hoe verschillen de gebieden binnen de "
                    f"provincie, en hoe staat {r.provincie.wie} ervoor naast Nederland? De cijfers van deze editie "
                    "geven daarop geen antwoord in één zin.",
                ),
                "inleiding",
            )
        )
    # an answer that is a message too stands on this page once
    if boodschappen := make_boodschappen(tafel, gezegd(make_antwoorden(tafel))):
        blokken += [Kop(2, kop_boodschappen(len(boodschappen)), "boodschappen"), _boodschappenlijst(boodschappen)]
    blokken += make_vragenlijst(tafel)
    blokken += [
        Alinea(
            (
                f"Dit rapport heeft {zinnen.tel(len(r.indicatoren), 'indicator', 'indicatoren')} in "
                f"{zinnen.tel(len(r.themas), 'thema', 'thema’s')}. ",
                Koppeling("Lees de samenvatting op één bladzijde", Doel("samenvatting")),
                ".",
            )
        ),
        Kop(2, "Zoek een antwoord", "zoek"),
        *_verken(bladen),
        Alinea(
            (
                "Op de bladzijde van een gebied staat van elk cijfer: de waarde, de verandering sinds twee jaar, het "
                "verschil met Nederland, de trend, hoe zeker het is en uit welke bron het komt.",
            )
        ),
        Feiten(
            (
                *((("COROP-gebied", _rij([tafel.regio(c) for c in r.corop])),) if r.corop else ()),
                ("Gemeente", _rij([tafel.regio(g) for g in r.gemeenten])),
                ("Onderwerp", (Koppeling("alle indicatoren van A tot Z", Doel("indicatoren")),)),
                ("Gegevens", (Koppeling("alle cijfers als werkboek, CSV of Parquet", Doel("downloads")),)),
                ("Alles naast elkaar", (Koppeling("alle indicatoren in alle gemeenten", Doel("verschillen")),)),
            )
        ),
        Kop(2, "Inhoud", "inhoudsopgave"),
        Feiten(tuple(_inhoud(bladen))),
        Kop(2, "Colofon", "colofon"),
        Feiten(_colofon(r)),
    ]
    return Blad("index", r.titel, "", tuple(blokken), kort="Voorkant")


def _verken(bladen: tuple[Blad, ...]) -> list[Blok]:
    """Where a reader searches and compares by itself."""
    naar = next((b for b in bladen if b.id == "verken"), None)
    if naar is None:
        return []
    return [
        Alinea(
            (
                Koppeling(naar.naam, Doel(naar.id)),
                ": zoek een cijfer, kies gebieden, vergelijk ze, en deel of bewaar wat u ziet.",
            )
        )
    ]


def _antwoorden(tafel: Schrijftafel) -> list[Blok]:
    """The verdict in one sentence, then the three questions with their answers."""
    blokken: list[Blok] = []
    if antwoord := make_antwoord(tafel):
        blokken.append(Alinea((Nadruk(antwoord),), "inleiding"))
    for vraag in make_antwoorden(tafel):
        lees = Koppeling("Lees meer", vraag.naar, f" over: {vraag.kop.rstrip('?')}")
        blokken.append(Alinea((Nadruk(vraag.kop), f" {vraag.tekst} ", lees)))
        blokken += onder_antwoord(vraag)
    return blokken


def kop_boodschappen(aantal: int) -> str:
    """The heading above the messages: 'De vijf boodschappen'."""
    return "De boodschap" if aantal == 1 else f"De {telwoord(aantal)} boodschappen"


def _boodschappenlijst(boodschappen: Sequence[Boodschap]) -> Lijst:
    items = tuple(
        (Nadruk(b.kop), f" {b.tekst} ", Koppeling("Lees meer", b.naar, f" over: {b.kop.rstrip('.')}"))
        for b in boodschappen
    )
    return Lijst(items, genummerd=True)


def _rij(koppelingen: list[Koppeling]) -> Inhoud:
    runs: list[str | Koppeling] = []
    for koppeling in koppelingen:
        runs += [", ", koppeling] if runs else [koppeling]
    return tuple(runs)


def _inhoud(bladen: tuple[Blad, ...]) -> list[tuple[str, Inhoud]]:
    per_groep: dict[str, list[Koppeling]] = {}
    for blad in bladen:
        per_groep.setdefault(blad.groep or "Om te beginnen", []).append(Koppeling(blad.naam, Doel(blad.id)))
    return [(groep, _rij(koppelingen)) for groep, koppelingen in per_groep.items()]


def _colofon(r: Rapport) -> tuple[tuple[str, Inhoud], ...]:
    return (
        ("Uitgever", (r.gebied.uitgever,)),
        ("Editie", (f"{r.editie}, gemaakt op {getallen.format_datum(r.datum)}",)),
        ("Soort cijfers", (BRONSOORT_KORT[r.soort],)),
        (
            "Gebruik",
            (
                "Cijfers van het CBS: CC BY 4.0, met naam, tabel en datum. Van andere bronnen staat de licentie in de "
                f"verantwoording. Tekst en bewerking: {r.gebied.provincie}.",
            ),
        ),
        ("Bouw", (r.bouw.id,)),
        ("Gebouwd", (getallen.format_tijdstip(r.bouw.gebouwd_op),)),
        ("Versie van de programmatuur", (r.bouw.code_versie,)),
        ("Toegankelijkheid", (Koppeling("toegankelijkheidsverklaring", Doel("toegankelijkheid")),)),
    )


def make_samenvatting(tafel: Schrijftafel, wiel: Figuurblok | None, teksten: Sequence[Blok] = ()) -> Blad:
    """All themes at a glance, and the messages."""
    r = tafel.rapport
    blokken: list[Blok] = [*teksten]
    if antwoord := make_antwoord(tafel):
        blokken.append(Alinea((Nadruk(antwoord),), "inleiding"))
    if kern := make_kerncijfers(tafel, r.kerncijfers, r.provincie):
        blokken.append(kern)
    boodschappen = make_boodschappen(tafel)
    lijst: list[Blok] = [_boodschappenlijst(boodschappen)] if boodschappen else []
    blokken += [Naast((wiel, *lijst))] if wiel and lijst else [b for b in (wiel, *lijst) if b]
    tabel = make_thematabel(tafel) if wiel else make_gemeentetabel(tafel)
    if tabel.rijen:
        blokken.append(tabel)
    blokken.append(
        Alinea(
            (
                # without the wheel nothing is counted on this page
                f"Indicatoren die hetzelfde meten, tellen een keer. Trend: {_venster(r)}. Plaats: onder de "
                f"provincies.{_plaatsen(r)} "
                if wiel
                else "",
                "De regels zijn eigen keuzes van deze monitor; zij geven een signaal en zijn geen waardering van "
                "beleid. ",
                Koppeling("Lees hoe het oordeel tot stand komt", Doel("verantwoording", "oordeel")),
                ".",
            ),
            "noot",
        )
    )
    return Blad("samenvatting", "Samenvatting", "", tuple(blokken), een_pagina=True)


def _plaatsen(r: Rapport) -> str:
    t = r.beweringen.telling("plaats", "alles", r.provincie.code, r.provincie.soort)
    return f" {plaatsen_toeval(t)}".rstrip() if t else ""


def _venster(r: Rapport) -> str:
    trend = r.beweringen.telling("trend", "alles", r.provincie.code, r.provincie.soort)
    return f"getoetst over {looptijd(trend.eerste)}" if trend else "niet getoetst"


def make_kerncijfers(
    tafel: Schrijftafel, ids: tuple[str, ...], regio: Regio, hoogstens: int = HOOGSTENS
) -> Kerncijfers | None:
    """Figures of a region that stand out, as far as they are there."""
    items = []
    for indicator in tafel.gekozen(ids):
        punt = indicator.punt(regio.code)
        if punt is None or punt.waarde is None:
            continue
        waarde = getallen.format_getal(punt.waarde, indicator.decimalen)
        eenheid = getallen.eenheid_naast(indicator.naam, indicator.eenheid)
        eenheid = "" if eenheid == "aantal" else getallen.format_eenheid(eenheid)
        if getallen.is_percentage(eenheid):
            waarde, eenheid = getallen.with_eenheid(waarde, eenheid), ""
        toelichting = [", ".join((getallen.format_periode(punt.periode), *zinnen.voorbehoud_los(indicator, punt)))]
        if naast := naast_deel(indicator, tafel.rapport.beweringen, regio, tafel.rapport.nederland):
            toelichting.append(naast)
        items.append(Kerncijfer(indicator.naam, tafel.doel(indicator), waarde, eenheid, tuple(toelichting)))
    return Kerncijfers(tuple(items[:hoogstens])) if items else None


def _themas(r: Rapport) -> list[Thema]:
    """Those of the wheel first, so that their numbers in the table are those in the picture."""
    return sorted(r.themas, key=lambda t: not t.is_welvaart)


def _vakken(r: Rapport, thema: Thema) -> tuple[tuple[Vak, Vak], ...]:
    """Of each development in a theme the verdict on trend and on place that the counts beside the wheel count.

    Cards that measure the same are one development. What is too old, has no wanted side or is not judged has none.
    """
    trend, plaats = (_geteld(r, soort, thema) for soort in ("trend", "plaats"))
    families: dict[str, list[str]] = {}
    for i in thema.indicatoren:
        families.setdefault(familie(i), []).append(i.id)
    return tuple((_vak(trend, ids), _vak(plaats, ids)) for ids in families.values())


def _geteld(r: Rapport, soort: str, thema: Thema) -> dict[str, Bewering]:
    """The claims that the count of a theme counts: indicator -> claim."""
    telling = r.beweringen.telling(soort, thema.id, r.provincie.code, r.provincie.soort)
    names = [naam for b in telling.per_oordeel.values() for naam in b.geteld] if telling else []
    return {b.indicator: b for naam in names if (b := r.beweringen.met_naam(naam)) is not None and b.indicator}


def _vak(geteld: dict[str, Bewering], ids: list[str]) -> Vak:
    found = next((geteld[id] for id in ids if id in geteld), None)
    return OORDEEL_VAK.get(found.oordeel, "neutraal") if found is not None else "geen"


def make_wiel(tafel: Schrijftafel) -> Figuurblok | None:
    """The wheel of the themes of well-being; None where there are none, or where it would be nearly empty."""
    r = tafel.rapport
    spaken = [Spaak(t.naam, _vakken(r, t)) for t in _themas(r) if t.is_welvaart]
    vakken = [vak for s in spaken for pair in s.vakken for vak in pair]
    if sum(v != "geen" for v in vakken) < max(1, REKENREGELS.wiel_minste_deel * len(vakken)):
        return None
    trends = Counter(v[0] for s in spaken for v in s.vakken)
    plaatsen = Counter(v[1] for s in spaken for v in s.vakken)
    kop = f"Brede welvaart in {r.provincie.naam}{_wiel_telling(r, trends)}"
    per_thema = "; ".join(
        f"{n} {s.thema}: trend {_tel(s, 0)}, plaats {_tel(s, 1)}" for n, s in enumerate(spaken, start=1)
    )
    alt = (
        f"Wiel met {sum(trends.values())} indicatoren in {len(spaken)} thema’s. Trend: "
        f"{_som(trends, 'zonder duidelijke verandering')}. Plaats onder provincies: {_som(plaatsen, 'in het midden')}. "
        f"Per thema, plus is gunstig en min is ongunstig: {per_thema}."
    )
    figuur = draw_wiel(tafel.doek, spaken, kop, alt)
    return Figuurblok("wiel", figuur, uitklap=(hoe.of_standen(tafel, "het wiel", r.provincie),))


def _wiel_telling(r: Rapport, trends: Counter[Vak]) -> str:
    """How many trends are favourable out of how many in the wheel, with their years."""
    getoetst = sum(trends.values()) - trends["geen"]
    if not getoetst:
        return f": geen {TRENDS_MET_KANT[0]}"
    tellingen = (
        r.beweringen.telling("trend", t.id, r.provincie.code, r.provincie.soort) for t in r.themas if t.is_welvaart
    )
    jaren = trendjaren([t.eerste for t in tellingen if t])
    van = zinnen.tel(getoetst, *TRENDS_MET_KANT)
    return f": van {van} ({jaren}) {trends['gunstig'] or 'geen'} gunstig, {trends['ongunstig'] or 'geen'} ongunstig"


def _tel(spaak: Spaak, ring: int) -> str:
    found = Counter(v[ring] for v in spaak.vakken)
    return f"{found['gunstig']} plus, {found['ongunstig']} min"


def _som(tellingen: Counter[Vak], neutraal: str) -> str:
    return (
        f"{tellingen['gunstig']} gunstig, {tellingen['ongunstig']} ongunstig, {tellingen['neutraal']} {neutraal}, "
        f"{tellingen['geen']} zonder oordeel"
    )


def make_thematabel(tafel: Schrijftafel) -> Tabel:
    """Per theme how many trends and places are favourable, with the number of the theme in the wheel."""
    r = tafel.rapport
    groepen: dict[str, list[Rij]] = {}
    for n, thema in enumerate(_themas(r), start=1):
        nummer = f"{n}. " if thema.is_welvaart else ""
        kop = (nummer, Koppeling(thema.naam, Doel(thema.blad)))
        groepen.setdefault(thema.groep or "Overig", []).append(Rij(kop, _thema_cellen(r, thema)))
    kolommen = (
        Kolom(("Thema",)),
        Kolom(("Indicatoren",), "eind"),
        Kolom(("Trend ", Voorlees("+", "gunstig")), "eind"),
        Kolom(("Trend ", Voorlees("\N{MINUS SIGN}", "ongunstig")), "eind"),
        Kolom(("Trend ", Voorlees("=", "geen duidelijke of merkbare verandering")), "eind"),
        Kolom(("Gunstigste kwart",), "eind"),
        Kolom(("Midden",), "eind"),
        Kolom(("Ongunstigste kwart",), "eind"),
    )
    return Tabel(
        "themas",
        f"Alle thema’s: aantal indicatoren van {r.provincie.naam} naar trend en plaats onder provincies",
        kolommen,
        tuple(Rijgroep(tuple(rijen), (groep,)) for groep, rijen in groepen.items()),
        dicht=True,
    )


def make_gemeentetabel(tafel: Schrijftafel) -> Tabel:
    """Where the province has hardly any judgement: how often its municipalities stand high and low, per theme."""
    r = tafel.rapport
    rijen = []
    for thema in r.themas:
        tellingen = [
            t for g in r.gemeenten if (t := r.beweringen.telling("plaats", thema.id, g.code, g.soort)) is not None
        ]
        if tellingen:
            kop = (Koppeling(thema.naam, Doel(thema.blad)),)
            boven, midden, onder = (
                sum(t[k] for t in tellingen) for k in ("bovenste_kwart", "midden", "onderste_kwart")
            )
            aantal = Cel((str(_ontwikkelingen(thema)),))
            rijen.append(Rij(kop, (aantal, _vlak(boven), _vlak(midden), _vlak(onder))))
    namen = ("Indicatoren", "Gunstigste kwart", "Midden", "Ongunstigste kwart")
    return Tabel(
        "themas",
        "Per thema: hoe vaak de gemeenten in het gunstigste en het ongunstigste kwart van de gemeenten van Nederland "
        "staan",
        (Kolom(("Thema",)), *(Kolom((n,), "eind") for n in namen)),
        (Rijgroep(tuple(rijen)),),
        (
            f"Elke gemeente telt bij elke indicator met een gunstige kant een keer mee. Voor {r.provincie.wie} als "
            "geheel zijn er in "
            "deze uitgave te weinig oordelen voor een beeld per thema.",
        ),
        dicht=True,
    )


def _ontwikkelingen(thema: Thema) -> int:
    """How many developments the indicators of a theme measure: of those that measure the same, one counts."""
    return len({familie(i) for i in thema.indicatoren})


def _thema_cellen(r: Rapport, thema: Thema) -> tuple[Cel, ...]:
    trend, plaats = (
        r.beweringen.telling(soort, thema.id, r.provincie.code, r.provincie.soort) for soort in ("trend", "plaats")
    )
    plus, minus, gelijk = (trend[k] if trend else 0 for k in ("gunstig", "ongunstig", "gelijk"))
    boven, midden, onder = (plaats[k] if plaats else 0 for k in ("bovenste_kwart", "midden", "onderste_kwart"))
    return (
        Cel((str(_ontwikkelingen(thema)),)),
        _vlak(plus, "gunstig" if plus > minus else None),
        _vlak(minus, "ongunstig" if minus > plus else None),
        _vlak(gelijk),
        _vlak(boven, "gunstig" if boven > onder else None),
        _vlak(midden),
        _vlak(onder, "ongunstig" if onder > boven else None),
    )


def _vlak(aantal: int, vlak: Literal["gunstig", "ongunstig"] | None = None) -> Cel:
    return Cel((str(aantal) if aantal else Voorlees("\N{EN DASH}", "geen"),), vlak)
