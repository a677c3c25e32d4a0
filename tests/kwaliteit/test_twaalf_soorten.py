"""The twelve kinds of sentence that would discredit an edition, each with the checks that refuse a build with one.

Every check below has its planted faults in `gevallen/`; `test_toetsen.py` plants them and sees the build refused.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from assets.kwaliteit.toets import TOETSEN, read_toets

GEVALLEN = Path(__file__).parent / "gevallen"
# what a reader would be told -> the checks against it
SOORTEN = {
    "a difference between two series or vintages, or within its own interval": ("bewering_reeks", "bewering_klein"),
    "a count or change without its years, or with years too old for the edition": ("bewering_jaren",),
    "something about an empty set": ("bewering_leeg",),
    "one of two verdicts that contradict, without the other": ("bewering_tegenspraak",),
    "the same noun for two notions": ("bewering_naam",),
    "no verdict counted as in the middle": ("bewering_geteld",),
    "one development counted more than once, or a place for a total": ("familie", "bewering_geteld", "bewering_plaats"),
    "a verdict on a change below margin, rounding, chance or what matters": (
        "bewering_klein",
        "bewering_toeval",
        "bewering_uiterste",
    ),
    "a name that does not say what is in it": ("bewering_belofte",),
    "two claims that exclude each other": ("bewering_eens",),
    "a period that is not the one of the figure": ("bewering_periode",),
    "a contested direction as a verdict": ("bewering_richting",),
}


def test_there_are_twelve_kinds() -> None:
    assert len(SOORTEN) == 12


@pytest.mark.parametrize("soort", SOORTEN)
def test_every_kind_has_a_check_that_blocks_and_a_planted_fault(soort: str) -> None:
    for naam in SOORTEN[soort]:
        toets = read_toets(TOETSEN / f"{naam}.sql", "Drenthe")[0].verwachtingen[0]
        gevallen = yaml.safe_load((GEVALLEN / f"{naam}.yaml").read_text(encoding="utf-8"))
        assert toets.zwaarte == gevallen["zwaarte"] == "blokkeert", naam
        assert gevallen["fout"] and gevallen["goed"], naam
