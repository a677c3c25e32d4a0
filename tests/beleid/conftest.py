"""The policy of the first tenant, and a folder with a few rows of it in which one thing can be made wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assets.beleid.lezen import Beleidsmap, read_beleidsmap, read_beleidsmappen
from assets.indicatoren.kaart import read_kaarten
from begrippen.gebied import GEBIEDEN, read_gebied
from begrippen.regio import known_codes

DRENTHE = read_gebied(GEBIEDEN / "drenthe")
BRON = DRENTHE.edities / "2026" / "beleid"


def read(folder: Path, jaar: int = 2026) -> Beleidsmap:
    return read_beleidsmap(folder, jaar, DRENTHE, read_kaarten(gebied=DRENTHE), known_codes())


@pytest.fixture(scope="session")
def mappen() -> dict[int, Beleidsmap]:
    """The editions of the first tenant, by year."""
    found = read_beleidsmappen(DRENTHE.edities, 2026, DRENTHE, read_kaarten(gebied=DRENTHE), known_codes())
    return {m.editie: m for m in found}


@pytest.fixture
def folder(tmp_path) -> Path:
    """A copy of the policy of 2026."""
    return Path(shutil.copytree(BRON, tmp_path / "beleid"))


@pytest.fixture
def regel(folder):
    """Write a file of the folder with its heading and one row, the fields given over what makes it right."""

    goed = {
        "resultaten.csv": {"id": "t1", "opgave": "3", "resultaat": "proef", "soort": "aantal"},
        "bedragen.csv": {
            "opgave": "3",
            "jaar": "2026",
            "soort": "post",
            "post": "proef",
            "begrotingsstand": "primitief",
        },
        "signalen.csv": {"id": "t1", "ontvangen": "2026-05", "kring": "bedrijven", "beeld": "proef"},
        "accenten.csv": {"id": "t1", "groep": "proef", "accent": "proef"},
        "kruistabel.csv": {
            **{"van_indeling": "koers_2020", "naar_indeling": "koers_2024", "verband": "geen"},
            **{"van_opgave": "3", "van_post": "Voucherregelingen"},
        },
    }

    def write(file: str, **fields: str) -> Path:
        if file == "bedragen.csv":
            # what points at the posts that are gone
            (folder / "kruistabel.csv").unlink()
            (folder / "instrumenten.yaml").unlink()
        row = {**goed[file], "bron": "001", "plaats": "r. 1", **fields}
        (folder / file).write_text(f"{';'.join(row)}\n{';'.join(row.values())}\n", encoding="utf-8")
        return folder

    return write
