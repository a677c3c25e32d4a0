"""A new tenant: every province has a folder to begin with, and what can be no tenant is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from begrippen.fout import MonitorError
from begrippen.nieuw_gebied import make_gebied, read_provincies
from begrippen.regio import read_leden, read_regios


@pytest.mark.parametrize("provincie", read_provincies().values(), ids=lambda p: p.id)
def test_every_province_has_a_folder_to_begin_with(provincie, tmp_path: Path) -> None:
    gebied, written = make_gebied(tmp_path, provincie.id, provincie.code, 2026)
    leden = read_leden()
    areas = set(leden[(leden["regio"] == provincie.code) & leden["lid"].str.startswith("CR")]["lid"])
    assert set(gebied.corop) == areas and areas
    assert (gebied.naam, gebied.id) == (provincie.naam, provincie.id)
    assert all(path.is_file() for path in written)


def test_the_list_of_provinces_is_that_of_the_regions_and_neighbours_are_mutual() -> None:
    provincies, regios = read_provincies(), read_regios()
    names = regios[(regios["soort"] == "provincie") & regios["geldig_tot"].isna()].set_index("code")["naam"]
    assert {c: p.naam for c, p in provincies.items()} == {
        c: n.removesuffix(" (PV)") for c, n in names.items() if c in provincies
    }
    assert len(provincies) == 12
    for code, p in provincies.items():
        assert all(code in provincies[other].buren for other in p.buren)


@pytest.mark.parametrize(
    ("naam", "code", "told"),
    [
        ("Fryslan", "PV21", "kleine letters"),
        ("../elders", "PV21", "kleine letters"),
        ("voorbeeld", "PV21", "iets anders"),
        ("fryslan", "CR04", "kies uit"),
        ("zeeland", "PV21", "is er al"),
        ("anders", "PV29", "is al het gebied"),
    ],
)
def test_what_can_be_no_tenant_is_refused_and_nothing_is_written(
    tmp_path: Path, naam: str, code: str, told: str
) -> None:
    make_gebied(tmp_path, "zeeland", "PV29", 2026)
    with pytest.raises(MonitorError, match=told):
        make_gebied(tmp_path, naam, code, 2026)
    assert [p.name for p in tmp_path.iterdir()] == ["zeeland"]
