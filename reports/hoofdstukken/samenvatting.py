"""The title page, and the summary that fits on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from begrippen.lijsten import BRONSOORT_KORT, STATUS_UITLEG, TRENDS
from begrippen.rekenregels import REKENREGELS
from reports import getallen, zinnen
from reports.document import Alinea, Blad, Blok, Feiten, Figuurblok, Kerncijfer, Kerncijfers, Kop, Lijst, Naast
from reports.figuren import Spaak, Vak, draw_wiel, lijn_boodschap, make_lijnbeeld
from reports.hoofdstukken import hoe
from reports.hoofdstukken.boodschappen import make_boodschappen
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Doel, Inhoud, Koppeling, Nadruk, Voorlees
from reports.model import Indicator, Rapport, Regio, Thema
from reports.oordeel import Oordeel
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel

# Key figures in a row.
HOOGSTENS = 4
PLAATS_VAK: dict[str, Vak] = {
    "bovenste_kwart": "gunstig",
    "onderste_kwart": "ongunstig",
    "midden": "neutraal",
    "hoog": "neutraal",
    "laag": "neutraal",
}


def make_voorkant(tafel: Schrijftafel, bladen: tuple[Blad, ...]) -> Blad:
    """The title page: what this is, where to find an answer, the contents and the colophon."""
    r = tafel.rapport
    blokken: list[Blok] = [
        Alinea(
            (
                f"Gaat het met {r.provincie.wie} de gewenste kant op, hoe verschillen de regio’s binnen de "
                "provincie, en hoe staat "
                f"{r.provincie.wie} ervoor naast Nederland? Dit rapport geeft de cijfers: "
                f"{zinnen.tel(len(r.indicatoren), 'indicator', 'indicatoren')} in {len(r.themas)} thema’s.",
            ),
            "inleiding",
        ),
        Alinea((Koppeling("Lees de samenvatting op één bladzijde", Doel("samenvatting")),), "inleiding"),
        Kop(2, "Zoek een antwoord", "zoek"),
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
    if kern := make_kerncijfers(tafel, r.kerncijfers, r.provincie):
        blokken.append(kern)
    boodschappen = make_boodschappen(tafel)
    lijst: list[Blok] = []
    if boodschappen:
        items = tuple(
            (Nadruk(b.kop), f" {b.tekst} ", Koppeling("Lees meer", b.naar, f" over: {b.kop.rstrip('.')}"))
            for b in boodschappen
        )
        lijst = [Lijst(items, genummerd=True)]
    blokken += [Naast((wiel, *lijst))] if wiel and lijst else [b for b in (wiel, *lijst) if b]
    blokken.append(make_thematabel(tafel) if wiel else make_gemeentetabel(tafel))
    blokken.append(
        Alinea(
            (
                f"Trend: {_venster(r)}. Plaats: onder de provincies. " if wiel else "",
                "De regels zijn eigen keuzes van deze monitor; zij geven een signaal en zijn geen waardering van "
                "beleid. ",
                Koppeling("Lees hoe het oordeel tot stand komt", Doel("verantwoording", "oordeel")),
                ".",
            ),
            "noot",
        )
    )
    return Blad("samenvatting", "Samenvatting", "", tuple(blokken), een_pagina=True)


def _venster(r: Rapport) -> str:
    oordelen = [o for i in r.indicatoren for o in i.oordelen.values()]
    return f"getoetst over {oordelen[0].van} tot en met {oordelen[0].tot}" if oordelen else "niet getoetst"


def make_kerncijfers(tafel: Schrijftafel, ids: tuple[str, ...], regio: Regio) -> Kerncijfers | None:
    """Figures of a region that stand out, as far as they are there."""
    items = []
    for indicator in tafel.gekozen(ids):
        punt = indicator.punt(regio.code)
        if punt is None or punt.waarde is None:
            continue
        waarde = getallen.format_getal(punt.waarde, indicator.decimalen)
        eenheid = "" if indicator.eenheid == "aantal" else getallen.format_eenheid(indicator.eenheid)
        if getallen.is_percentage(eenheid):
            waarde, eenheid = getallen.with_eenheid(waarde, eenheid), ""
        beeld = make_lijnbeeld(indicator, regio, tafel.rapport.nederland)
        periode = getallen.format_periode(punt.periode)
        toelichting = [f"{periode}, {STATUS_UITLEG[punt.status]}" if punt.is_voorlopig else periode]
        if beeld and len(beeld.lijnen) > 1:
            waarvan, wat = lijn_boodschap(indicator, beeld)
            toelichting.append(wat if waarvan == f"{regio.naam} in {periode}" else f"{waarvan}: {wat}")
        items.append(Kerncijfer(indicator.naam, tafel.doel(indicator), waarde, eenheid, tuple(toelichting)))
    return Kerncijfers(tuple(items[:HOOGSTENS])) if items else None


def _themas(r: Rapport) -> list[Thema]:
    """Those of the wheel first, so that their numbers in the table are those in the picture."""
    return sorted(r.themas, key=lambda t: not t.is_welvaart)


def _vakken(indicator: Indicator, regio: Regio) -> tuple[Vak, Vak]:
    oordeel = indicator.oordelen.get(regio.code)
    if oordeel is None:
        return "geen", "geen"
    return TRENDS.get(oordeel.trend, ("", "geen"))[1], PLAATS_VAK.get(oordeel.positie, "geen")


def make_wiel(tafel: Schrijftafel) -> Figuurblok | None:
    """The wheel of the themes of well-being; None where there are none, or where it would be nearly empty."""
    r = tafel.rapport
    spaken = [Spaak(t.naam, tuple(_vakken(i, r.provincie) for i in t.indicatoren)) for t in _themas(r) if t.is_welvaart]
    vakken = [vak for s in spaken for pair in s.vakken for vak in pair]
    if sum(v != "geen" for v in vakken) < max(1, REKENREGELS.wiel_minste_deel * len(vakken)):
        return None
    trends = Counter(v[0] for s in spaken for v in s.vakken)
    plaatsen = Counter(v[1] for s in spaken for v in s.vakken)
    kop = (
        f"Brede welvaart in {r.provincie.naam}: {zinnen.tel(trends['gunstig'], 'trend', 'trends')} gunstig, "
        f"{trends['ongunstig']} ongunstig"
    )
    per_thema = "; ".join(
        f"{n} {s.thema}: trend {_tel(s, 0)}, plaats {_tel(s, 1)}" for n, s in enumerate(spaken, start=1)
    )
    alt = (
        f"Wiel met {sum(trends.values())} indicatoren in {len(spaken)} thema’s. Trend: {_som(trends)}. Plaats onder "
        f"provincies: {_som(plaatsen)}. Per thema, plus is gunstig en min is ongunstig: {per_thema}."
    )
    figuur = draw_wiel(tafel.doek, spaken, kop, alt)
    return Figuurblok("wiel", figuur, uitklap=(hoe.of_standen(tafel, "het wiel", r.provincie),))


def _tel(spaak: Spaak, ring: int) -> str:
    found = Counter(v[ring] for v in spaak.vakken)
    return f"{found['gunstig']} plus, {found['ongunstig']} min"


def _som(tellingen: Counter[Vak]) -> str:
    return (
        f"{tellingen['gunstig']} gunstig, {tellingen['ongunstig']} ongunstig, {tellingen['neutraal']} gelijk of in het "
        f"midden, {tellingen['geen']} zonder oordeel"
    )


def make_thematabel(tafel: Schrijftafel) -> Tabel:
    """Per theme how many trends and places are favourable, with the number of the theme in the wheel."""
    r = tafel.rapport
    groepen: dict[str, list[Rij]] = {}
    for n, thema in enumerate(_themas(r), start=1):
        oordelen = [o for i in thema.indicatoren if (o := i.oordelen.get(r.provincie.code))]
        nummer = f"{n}. " if thema.is_welvaart else ""
        kop = (nummer, Koppeling(thema.naam, Doel(thema.blad)))
        groepen.setdefault(thema.groep or "Overig", []).append(Rij(kop, _thema_cellen(thema, oordelen)))
    kolommen = (
        Kolom(("Thema",)),
        Kolom(("Indicatoren",), "eind"),
        Kolom(("Trend ", Voorlees("+", "gunstig")), "eind"),
        Kolom(("Trend ", Voorlees("\N{MINUS SIGN}", "ongunstig")), "eind"),
        Kolom(("Trend ", Voorlees("=", "geen significante verandering")), "eind"),
        Kolom(("Bovenste kwart",), "eind"),
        Kolom(("Midden",), "eind"),
        Kolom(("Onderste kwart",), "eind"),
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
        plaatsen = Counter(
            o.positie
            for i in thema.indicatoren
            for g in r.gemeenten
            if zinnen.has_gunstige_kant(i) and (o := i.oordelen.get(g.code)) is not None
        )
        boven, midden, onder = (plaatsen[k] for k in ("bovenste_kwart", "midden", "onderste_kwart"))
        kop = (Koppeling(thema.naam, Doel(thema.blad)),)
        if boven + midden + onder:
            aantal = Cel((str(len(thema.indicatoren)),))
            rijen.append(Rij(kop, (aantal, _vlak(boven), _vlak(midden), _vlak(onder))))
    namen = ("Indicatoren", "Bovenste kwart", "Midden", "Onderste kwart")
    return Tabel(
        "themas",
        "Per thema: hoe vaak de gemeenten in het bovenste en het onderste kwart van alle gemeenten van Nederland staan",
        (Kolom(("Thema",)), *(Kolom((n,), "eind") for n in namen)),
        (Rijgroep(tuple(rijen)),),
        (
            f"Elke gemeente telt bij elke indicator met een gunstige kant een keer mee. Voor {r.provincie.wie} als "
            "geheel zijn er in "
            "deze uitgave te weinig oordelen voor een beeld per thema.",
        ),
        dicht=True,
    )


def _thema_cellen(thema: Thema, oordelen: list[Oordeel]) -> tuple[Cel, ...]:
    trends, plaatsen = Counter(o.trend for o in oordelen), Counter(o.positie for o in oordelen)
    plus, minus, gelijk = (trends[k] for k in ("gunstig", "ongunstig", "geen significante verandering"))
    boven, midden, onder = (plaatsen[k] for k in ("bovenste_kwart", "midden", "onderste_kwart"))
    return (
        Cel((str(len(thema.indicatoren)),)),
        _vlak(plus, "gunstig" if plus > minus else None),
        _vlak(minus, "ongunstig" if minus > plus else None),
        _vlak(gelijk),
        _vlak(boven, "gunstig" if boven > onder else None),
        _vlak(midden),
        _vlak(onder, "ongunstig" if onder > boven else None),
    )


def _vlak(aantal: int, vlak: Literal["gunstig", "ongunstig"] | None = None) -> Cel:
    return Cel((str(aantal) if aantal else Voorlees("\N{EN DASH}", "geen"),), vlak)
