"""A few figures made by hand, for tests of the texts of editors."""

from __future__ import annotations

from reports.model import NietBeschikbaar, Reeks, Stand
from reports.oordeel import Oordeel
from reports.tekst.cijfers import Cijfers, Record
from tests.reports.voorbeeldrapport import BREUK, COROP, DRENTHE, GEMEENTEN, NL, make_indicator, punten

REGIOS = {r.code: r for r in (NL, DRENTHE, *COROP, *GEMEENTEN)}


def make_reeks(id_: str, naam: str, per_regio: dict[str, list[float | None]], van: int = 2020, trend=None, **anders):
    """An indicator with a series for some regions, and its state at the last point."""
    reeksen = {c: Reeks(REGIOS[c], punten(w, van)) for c, w in per_regio.items()}
    standen = {c: Stand(r.punten[-1]) for c, r in reeksen.items()}
    oordelen = {} if trend is None else {"PV22": trend}
    return make_indicator(id=id_, naam=naam, reeksen=reeksen, standen=standen, oordelen=oordelen, **anders)


def make_oordeel(trend: str, helling: float) -> Oordeel:
    """A judgement on Drenthe over 2018-2025, second of twelve."""
    place = {"positie": "bovenste_kwart", "rang": 2, "rang_van": 12, "periode": "2024JJ00"}
    return Oordeel(trend, 2018, 2025, aantal=5, helling=helling, **place)


def make_cijfers() -> Cijfers:
    """Unemployment falls and is under the Netherlands; participation does not change; people is a total that rises."""
    werkloosheid = make_reeks(
        "werkloosheid",
        "Werkloosheidspercentage",
        {
            "PV22": [4.4, 4.0, 3.8, 3.5, 3.2],
            "NL01": [4.6, 4.4, 4.1, 3.9, 3.7],
            "GM0114": [5.0, 4.8, 4.6, 4.4, 4.2],
            "GM0106": [4.1, 4.0, 3.9, 3.8, None],
        },
        trend=make_oordeel("gunstig", -0.3),
    )
    bevolking = make_reeks(
        "bevolking",
        "Bevolking op 1 januari",
        {"PV22": [490_000.0, 495_000.0, 500_000.0, 504_000.0, 508_109.0, 510_000.0], "NL01": [17e6] * 6},
        trend=make_oordeel("stijgend", 4000.0),
        eenheid="aantal",
        decimalen=0,
        aggregatie="som",
        meting="telling",
    )
    participatie = make_reeks(
        "participatie", "Netto participatie", {"PV22": [71.0, 71.1], "NL01": [73.0, 73.1]}, van=2023,
        trend=make_oordeel("geen significante verandering", 0.1), breuken=(BREUK,),
    )  # fmt: skip
    return Cijfers(
        editie=2026,
        provincie="PV22",
        indicatoren={i.id: i for i in (werkloosheid, bevolking, participatie)},
        regios=REGIOS,
        records={
            ("werkloosheid", "PV22"): Record("laagste", True, "2013JJ00", "de laagste waarde in de reeks 2013-2024"),
            ("bevolking", "PV22"): Record("geen", False, "2013JJ00", "geen uiterste waarde in de reeks 2013-2025"),
        },
        afwezig={"bbp": NietBeschikbaar("bbp", "Bruto binnenlands product", "tabel_ontbreekt", "85924NED", "Niet er.")},
        gemeenten=("GM0106", "GM0114"),
    )
