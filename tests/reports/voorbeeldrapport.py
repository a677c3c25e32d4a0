"""A small report made by hand, for tests of how it looks. Shapes: see `reports.model`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from begrippen.beleid import read_beleid
from begrippen.gebied import GEBIEDEN, read_gebied
from begrippen.themas import read_themas
from reports.analyse import Analyses
from reports.document import Blok, Feiten, Figuurblok, Kerncijfers, Kop, Lijst, runs, walk
from reports.inhoud import plain
from reports.model import Bouw, Breuk, Bron, Cel, Indicator, NietBeschikbaar, Punt, Rapport, Reeks, Regio, Stand, Thema
from reports.oordeel import Oordeel, Toetsing
from reports.tabel import Tabel
from tests.reports.voorbeeldbeweringen import Vanzelf

GEBIED = read_gebied(GEBIEDEN / "drenthe")
NL = Regio("NL01", "Nederland", "land")
DRENTHE = Regio("PV22", "Drenthe", "provincie")
COROP = (
    Regio("CR07", "Noord-Drenthe", "corop"),
    Regio("CR08", "Zuidoost-Drenthe", "corop"),
    Regio("CR09", "Zuidwest-Drenthe", "corop"),
)
GEMEENTEN = tuple(
    Regio(code, naam, "gemeente")
    for code, naam in {
        "GM1680": "Aa en Hunze", "GM0106": "Assen", "GM1681": "Borger-Odoorn", "GM0109": "Coevorden",
        "GM1690": "De Wolden", "GM0114": "Emmen", "GM0118": "Hoogeveen", "GM0119": "Meppel",
        "GM1731": "Midden-Drenthe", "GM1699": "Noordenveld", "GM1730": "Tynaarlo", "GM1701": "Westerveld",
    }.items()
)  # fmt: skip
LEDEN = {
    "CR07": tuple(GEMEENTEN[n] for n in (0, 1, 8, 9, 10)),
    "CR08": tuple(GEMEENTEN[n] for n in (2, 3, 5)),
    "CR09": tuple(GEMEENTEN[n] for n in (4, 6, 7, 11)),
}
BRON = Bron(
    "cbs", "84432NED", "Regionale kerncijfers", "20261122T021500000000Z", "CBS",
    datetime(2026, 11, 22, 2, 15, tzinfo=UTC),
    date(2025, 12, 17), "Regulier", "CC BY 4.0", "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/84432NED/table",
)  # fmt: skip


OORDEEL = Oordeel(
    trend="gunstig", van=2018, tot=2025, aantal=7, helling=0.42, p=0.003, p_bh=0.01, robuust="robuust",
    positie="onderste_kwart", rang=11, rang_van=12, periode="2024JJ00", waarde=63.4, verschil_nl=-2.1, kloof="groter",
    toelichting="gewogen met de marges; telt op: rang 1 is het hoogst", kanttekening="Gewogen met de marges.",
)  # fmt: skip


def make_thema(id: str, naam: str, groep: str, indicatoren: tuple[Indicator, ...]) -> Thema:
    """A theme with the page and the title that the house gives it, and those of its group for one that is not there."""
    of_group = next((t.deel for t in read_themas().values() if t.groep == groep), "")
    known = read_themas().get(id)
    if known is None:
        return Thema(id, naam, groep, indicatoren, f"thema/{id}", deel=of_group)
    return Thema(id, naam, groep, indicatoren, known.blad, known.titel, known.deel, known.achteraan)


def punten(waarden: list[float | None], van: int = 2020, **soort) -> tuple[Punt, ...]:
    """Points of successive years; None is a secret value. `soort` are other fields of all points."""
    return tuple(
        Punt(f"{jaar}JJ00", jaar, w, leeg_reden=None if w is not None else "geheim", **soort)
        for jaar, w in enumerate(waarden, start=van)
    )


def make_indicator(**anders) -> Indicator:
    """An indicator in percent with values for every region, 2020-2024, the last one provisional."""
    reeksen = {}
    for n, regio in enumerate((NL, DRENTHE, *COROP, *GEMEENTEN)):
        values = punten([60.0 + n, 61.0 + n, 60.5 + n, 62.0 + n, 62.4 + n])
        reeksen[regio.code] = Reeks(regio, (*values[:-1], replace(values[-1], status="voorlopig")))
    standen = {code: Stand(r.punten[-1], 62.4, None, "2023JJ00", 0.4, "2022JJ00", 1.9) for code, r in reeksen.items()}
    cel = Cel(
        "teller", "84432NED", "participatie", "totaal", "PV22", "2024JJ00", 63.4, "voorlopig", None, BRON.momentopname
    )
    fields = {
        "id": "participatie", "naam": "Netto arbeidsparticipatie", "thema": "arbeidsmarkt", "eenheid": "%",
        "decimalen": 1, "richting": "hoger", "definitie": "Aandeel met werk.", "bewerking": "Overgenomen.",
        "aggregatie": "verhouding", "reeksen": reeksen, "standen": standen, "bronnen": (BRON,),
        "herkomst": {"PV22": (cel,)},
        "oordelen": {"PV22": OORDEEL}, "opgaven": (2,), "meting": "steekproef",
    }  # fmt: skip
    return Indicator(**(fields | anders))


def judged(oordeel: Oordeel | None, **anders) -> Indicator:
    """An indicator with this judgement on Drenthe."""
    return make_indicator(oordelen={"PV22": oordeel} if oordeel else {}, **anders)


def with_series(indicator: Indicator, **reeksen: tuple[Punt, ...]) -> Indicator:
    """The indicator with other points for some region codes."""
    return replace(
        indicator,
        reeksen=indicator.reeksen | {code: Reeks(indicator.reeksen[code].regio, p) for code, p in reeksen.items()},
    )


def make_rapport(*indicatoren: Indicator, **anders) -> Rapport:
    """A sample report with one chapter. `titel`, `kerncijfers`: of the tenant; `analyses`: of its claims."""
    analyses = anders.pop("analyses", None)
    beleid = read_beleid(GEBIED).model_copy(update={"kerncijfers": anders.pop("kerncijfers", ("participatie",))})
    gebied = GEBIED.model_copy(update={"titel": anders.pop("titel", GEBIED.titel)})
    fields = {
        "gebied": gebied, "editie": 2026, "soort": "voorbeeld", "datum": date(2026, 11, 22),
        "melding": "Voorbeeldcijfers: verzonnen <cijfers> & niets dan dat.", "provincie": DRENTHE, "nederland": NL,
        "corop": COROP, "gemeenten": GEMEENTEN, "leden": LEDEN, "toetsing": Toetsing(100, 40, 30, 28),
        "bronnen": (BRON,), "beleid": beleid,
        "themas": (make_thema("arbeidsmarkt", "Arbeidsmarkt", "Economie", indicatoren or (make_indicator(),)),),
        "niet_beschikbaar": (NietBeschikbaar("weg", "Weg", "tabel ontbreekt", "99999NED", "Niet in de opname."),),
        "bouw": Bouw("20261122T023000000000Z", "0.1.0", datetime(2026, 11, 22, 2, 30, tzinfo=UTC)),
    }  # fmt: skip
    return with_beweringen(Rapport(**(fields | anders)), analyses)


def with_beweringen(rapport: Rapport, analyses: Analyses | None = None) -> Rapport:
    """The report with the claims that a build makes of its figures."""
    return replace(rapport, beweringen=Vanzelf(rapport, analyses))


BREUK = Breuk(2022, "Nieuwe opzet van de enquête.")


def seen(blokken: tuple[Blok, ...]) -> str:
    """All text of blocks, in order: a line a block or row, with a bar between cells."""
    lines = []
    for blok in walk(blokken):
        match blok:
            case Tabel():
                lines.append(blok.bijschrift)
                lines += [plain(k.kop) for k in blok.kolommen]
                lines += ["|".join(plain(i) for i in (r.kop, *(c.inhoud for c in r.cellen))) for r in blok.rijen]
            case Kop():
                lines.append(blok.tekst)
            case Figuurblok():
                lines += [blok.figuur.kop, blok.figuur.alt, *blok.figuur.noten]
            case Kerncijfers():
                lines += [" ".join(w for w in (k.naam, k.waarde, k.eenheid, *k.toelichting) if w) for k in blok.items]
            case Lijst():
                lines += [plain(i) for i in blok.items]
            case Feiten():
                lines += [f"{naam}: {plain(inhoud)}" for naam, inhoud in blok.paren]
            case _:
                lines.append(plain(tuple(runs(blok))))
    return "\n".join(lines)
