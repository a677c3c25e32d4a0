"""The sample report of Drenthe carried over to another province: the same figures under its names and codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from begrippen.beleid import Beleid
from begrippen.gebied import Gebied
from reports.analyse import Analyses
from reports.model import Rapport, Regio
from tests.reports.voorbeeldrapport import COROP, DRENTHE, GEMEENTEN, with_beweringen


def make_gebied(**anders: Any) -> Gebied:
    """A tenant without anything that a province may leave out."""
    given = {
        "id": "zeeland", "naam": "Zeeland", "bijvoeglijk": "Zeeuwse", "code": "PV29", "corop": ("CR31", "CR32"),
        "buren": (), "titel": "Stand van de Zeeuwse economie", "uitgever": "Provincie Zeeland",
        "website": "https://www.zeeland.nl", "map": Path(),
    }  # fmt: skip
    return Gebied(**(given | anders))


def _carry(value: Any, regios: Mapping[str, Regio]) -> Any:
    match value:
        case Regio():
            return regios.get(value.code, value)
        case str():
            return regios[value].code if value in regios else value
        case tuple():
            return tuple(_carry(v, regios) for v in value)
        case dict():
            return {_carry(k, regios): _carry(v, regios) for k, v in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _carry(getattr(value, f.name), regios) for f in fields(value) if f.init})
    return value


def move(
    rapport: Rapport, analyses: Analyses, gebied: Gebied, corop: tuple[Regio, ...], gemeenten: tuple[Regio, ...],
    *,
    provincie: Regio | None = None,
) -> tuple[Rapport, Analyses]:  # fmt: skip
    """The report and its analyses as those of `gebied`, without policy.

    What there is in Drenthe and not there is carried along under its own name and belongs to nothing; the first
    municipalities take the figures of those of Drenthe, others have none.
    """
    provincie = provincie or Regio(gebied.code, gebied.naam, "provincie")
    theirs = (DRENTHE, *COROP[: len(corop)], *GEMEENTEN[: len(gemeenten)])
    regios = dict(zip((r.code for r in theirs), (provincie, *corop, *gemeenten[: len(GEMEENTEN)]), strict=True))
    gone = {r.code for r in (DRENTHE, *COROP, *GEMEENTEN)} - set(regios)
    nowhere = Regio("XX00", "Nergens", "gemeente")
    moved = _carry(rapport, regios | dict.fromkeys(gone, nowhere))
    half = len(gemeenten) // max(len(corop), 1)
    leden = {c.code: gemeenten[n * half : (n + 1) * half or None] for n, c in enumerate(corop)}
    moved = replace(
        moved, gebied=gebied, beleid=Beleid(kerncijfers=rapport.kerncijfers), corop=corop, gemeenten=gemeenten,
        leden=leden, samengesteld=(),
    )  # fmt: skip
    carried = _carry(analyses, regios | dict.fromkeys(gone, nowhere))
    return with_beweringen(moved, carried), carried
