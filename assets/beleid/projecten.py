"""What may be told of confidential projects together: only figures of three parties or more come out.

Nothing is summed over units, weighed or ranked; what was estimated and what was measured afterwards are two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Annotated, get_args

from pydantic import Field
from pydantic.dataclasses import dataclass

from assets.beleid.besloten import Banen, Project, Ramer
from assets.beleid.lezen import BeleidError
from assets.tabel import Als
from begrippen.beleidslijsten import Effectmaat, Effectstaat

MINSTE_PARTIJEN = 3
_VRIJ, _ZIE = Als(lijst=()), Als(eenheid="zie de kolom eenheid")


@dataclass(frozen=True)
class Effect:
    """Wat van vertrouwelijke projecten samen is te tonen: elk cijfer is van minstens drie partijen, in zijn eigen
    eenheid. Tijdelijk en blijvend werk worden niet opgeteld; laag en hoog blijven een bereik. Bruto: niet gemeten
    tegen wat er anders was gebeurd.
    """

    thema: Annotated[str, _VRIJ] = Field(description="thema uit het bestand; leeg: alle thema's samen")
    maat: Effectmaat = Field(description="wat is geteld")
    eenheid: str = Field(description="waarin het is geteld")
    staat: Effectstaat = Field(description="of het cijfer er is")
    laag: Annotated[float | None, _ZIE] = Field(default=None, description="laagste raming of wat afronding openlaat")
    hoog: Annotated[float | None, _ZIE] = Field(default=None, description="hoogste")
    wanneer: str = Field(default="", description="bij blijvend werk of het er is of nog moet ontstaan")
    soort: Annotated[str, _VRIJ] = Field(
        default="", description="bij blijvend werk nieuw of behoud; bij geraamd wie dat deed"
    )


Band = tuple[float, float]
# a figure, and of lasting jobs when and of which kind they are, of an estimate whose it is
_Maat = tuple[Effectmaat, str, str]


def verhouding(noemer: Band, *tellers: Band) -> Band:
    """How much there is for one of another, lowest and highest: euros of others for one of the province."""
    return sum(t[0] for t in tellers) / noemer[1], sum(t[1] for t in tellers) / noemer[0]


def tel_op(waarden: Sequence[tuple[float, str]]) -> float:
    """Add amounts of one unit. Raises BeleidError for two: person-years and jobs are no sum."""
    if len(units := sorted({unit for _, unit in waarden})) > 1:
        raise BeleidError(
            f"{' en '.join(units)} zijn niet op te tellen: tijdelijk en blijvend werk zijn verschillende dingen",
            vervolg="Tel elke eenheid apart",
        )
    return sum(value for value, _ in waarden)


def _adds(p: Project) -> Iterator[tuple[_Maat, Band]]:
    """What a project adds to each figure."""
    # of projects of which both are known: of another set they are no pair
    if p.provincie is not None and p.anderen:
        geld: tuple[tuple[Effectmaat, Sequence[int]], ...] = (("provincie", [p.provincie]), ("anderen", p.anderen))
        for maat, amounts in geld:
            half = len(amounts) * (p.afgerond_op or 0) / 2
            yield (maat, "", ""), (max(sum(amounts) - half, 0), sum(amounts) + half)
    if p.mensjaar is not None:
        yield ("tijdelijk_direct", "", ""), (p.mensjaar, p.mensjaar)
    if p.mensjaar_indirect is not None:
        yield ("tijdelijk_indirect", "", ""), (p.mensjaar_indirect, p.mensjaar_indirect)
    if p.structureel_laag is not None and p.structureel_hoog is not None:
        there = "gerealiseerd" if p.fase == "gerealiseerd" else "nog te ontstaan"
        yield ("blijvend", there, p.banen), (p.structureel_laag, p.structureel_hoog)
        yield ("geraamd", "", p.raming_door), (1, 1)
    if p.gemeten is not None:
        yield ("achteraf_geteld", "", ""), (1, 1)


# the figures in their order, each with its unit
_MATEN: dict[_Maat, str] = {
    **{("provincie", "", ""): "euro", ("anderen", "", ""): "euro"},
    **{("tijdelijk_direct", "", ""): "mensjaar", ("tijdelijk_indirect", "", ""): "mensjaar"},
    **{("blijvend", *erbij): "voltijdbaan" for erbij in product(("gerealiseerd", "nog te ontstaan"), get_args(Banen))},
    **{("geraamd", "", door): "project" for door in get_args(Ramer)},
    ("achteraf_geteld", "", ""): "project",
}
# of these there is a row only where there is a figure: a kind that no project is of, is nothing to tell
_ALS_ER_IS = ("blijvend", "geraamd")
# what projects add to a figure, with their party
_Delen = list[tuple[Project, Band]]


def _enough(delen: _Delen, *, nought: bool = False) -> bool:
    """Whether there are three parties behind. Who adds nothing hides nobody, but `nought` can be given away too."""
    return len({p.wie for p, (_, hoog) in delen if hoog or nought}) >= MINSTE_PARTIJEN


def make_effecten(projecten: Sequence[Project]) -> list[Effect]:
    """The figures per theme, and of all, of the projects that money was paid for; each of three parties or more."""
    own = [(p, dict(_adds(p))) for p in projecten if p.soort == "financieel"]
    # what a figure of all themes could give away: those that may not be shown
    hidden: dict[_Maat, _Delen] = {key: [] for key in _MATEN}
    found: list[Effect] = []
    for thema in [*sorted({p.thema for p, _ in own}), ""] if own else ():
        there: dict[Effectmaat, Effect] = {}
        of = [(p, adds) for p, adds in own if thema in ("", p.thema)]
        for key, eenheid in _MATEN.items():
            (maat, wanneer, soort), delen = key, [(p, adds[key]) for p, adds in of if key in adds]
            if not delen and maat in _ALS_ER_IS:
                continue
            safe = _enough(delen) and (thema != "" or not hidden[key] or _enough(hidden[key], nought=True))
            hidden[key] += [] if safe else delen
            staat: Effectstaat = "gegeven" if safe else "onderdrukt" if delen else "niet_gegeven"
            laag, hoog = (tel_op([(band[k], eenheid) for _, band in delen]) if safe else None for k in (0, 1))
            there[maat] = Effect(thema, maat, eenheid, staat, laag, hoog, wanneer, soort)
            found.append(there[maat])
        geld, jaren = (there["provincie"], there["anderen"]), there["tijdelijk_direct"]
        found.append(_ratio(thema, "hefboom", "euro per euro", *geld))
        # of the same projects only: else it would be the turnover of some and the years of others
        if all((("anderen", "", "") in adds) == (p.mensjaar is not None) for p, adds in of):
            found.append(_ratio(thema, "omzet_per_mensjaar", "euro per mensjaar", jaren, *geld))
    return found


def _ratio(thema: str, maat: Effectmaat, eenheid: str, *of: Effect) -> Effect:
    """What follows from figures that are shown, the first the divisor; where one of them is not, it is not either."""
    staten: tuple[Effectstaat, ...] = ("onderdrukt", "niet_gegeven")
    bands = [(e.laag, e.hoog) for e in of if e.laag and e.hoog]
    if len(bands) < len(of):
        # not shown, not given, or rounded to nothing: between anything and everything
        return Effect(thema, maat, eenheid, next((s for s in staten if any(e.staat == s for e in of)), "niet_gegeven"))
    return Effect(thema, maat, eenheid, "gegeven", *verhouding(*bands))


def boven_raming(projecten: Sequence[Project]) -> int:
    """How many projects have more lasting jobs counted afterwards than were estimated at most."""
    return sum(p.gemeten is not None and p.gemeten > (p.structureel_hoog or 0) for p in projecten)
