"""No file of the house names a province: that is for the folder of a tenant."""

import re
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
ROOMS = ("assets", "begrippen", "pipelines", "reports", "sql")
# What still names the first province, and why it may: the choice without a setting, the name of the package, examples,
# and the list of all regions. Nothing comes along.
NOEMT = {
    "begrippen/gebied.py", "pipelines/instellingen.py",
    "assets/bron/voorbeeld/profielen.yaml",
    *(f"begrippen/gegevens/{naam}.csv" for naam in ("provincie", "regio", "regio_lid", "regio_nuts")),
}  # fmt: skip
PROVINCIE = re.compile(rb"drenth|drents|\bPV22\b|\bCR0[789]\b", re.IGNORECASE)


def content(path: Path) -> bytes:
    if path.suffix != ".docx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as opened:
        return b"".join(opened.read(n) for n in opened.namelist())


def test_no_file_of_the_house_names_a_province():
    files = (p for room in ROOMS for p in (ROOT / room).rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    found = {str(p.relative_to(ROOT)) for p in files if PROVINCIE.search(content(p))}
    assert found == NOEMT, (
        "wie een provincie noemt, hoort in gebied/<naam>/; wat er niet meer staat, hoort van de lijst"
    )
