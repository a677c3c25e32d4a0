"""Open a file of rows by what it is: text, XLSX or ODS; and say of what we do not read how it can be read."""

from __future__ import annotations

from pathlib import Path

from assets.bron.vellen.grens import LEVERING, Bestandsgrens
from assets.bron.vellen.ods import read_ods
from assets.bron.vellen.tekst import read_tekst
from assets.bron.vellen.vel import Vel, VelError
from assets.bron.vellen.xlsx import read_xlsx

TEKST = (".csv", ".txt", ".tsv")
VELLEN = {".xlsx": read_xlsx, ".xlsm": read_xlsx, ".ods": read_ods}
# What begins so is a workbook of before 2007, or a newer one with a password on it.
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
# What programs leave beside a file: locks and folder settings. They hold no figures of anybody.
_LOCKS = ("~$", ".~lock.", "._")
_SETTINGS = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", ".directory"})

OUD = {
    ".xls": "een werkboek van voor Excel 2007",
    ".xlsb": "een binair werkboek",
    ".numbers": "een werkboek van Numbers",
    ".fods": "een los ODS-bestand",
}


def is_left_over(name: str) -> bool:
    """Whether a file is what Excel, LibreOffice or a file manager leaves behind."""
    return name.startswith(_LOCKS) or name.lower() in _SETTINGS


def advise_old(name: str) -> str:
    """Say what to do with a file of a kind that is not read, '' when its name tells of none."""
    what = OUD.get(Path(name).suffix.lower())
    return f"dit is {what}; open het, kies 'Opslaan als' en bewaar het als .xlsx of als CSV UTF-8" if what else ""


def check_kind(name: str, head: bytes) -> None:
    """Check by its first bytes that a file is what its name says. Raises VelError saying what it is instead."""
    if head.startswith(_OLE):
        raise VelError(
            f"{name}: dit is {OUD['.xls']} of een werkboek met een wachtwoord; open het en bewaar het zonder "
            "wachtwoord als .xlsx of als CSV UTF-8"
        )
    if Path(name).suffix.lower() in TEKST and head.startswith(_ZIP):
        raise VelError(f"{name}: dit is een werkboek en geen tekstbestand; geef het de naam .xlsx of .ods terug")


def read_vellen(
    path: Path, scheiding: str = "", codering: str = "utf-8-sig", grens: Bestandsgrens = LEVERING
) -> list[Vel]:
    """Read a file as sheets: one for a text file, all of a workbook, hidden and empty ones too.

    `scheiding` and `codering` are of a text file; without a delimiter it is found, and `sep=;` in the file goes before
    it. Raises VelError for what is no such file or larger than `grens`, naming it, the place and what to do.
    """
    suffix = path.suffix.lower()
    if advice := advise_old(path.name):
        raise VelError(f"{path.name}: {advice}")
    if suffix not in TEKST and suffix not in VELLEN:
        raise VelError(f"{path.name}: dit soort bestand wordt niet gelezen; geef .csv, .xlsx of .ods")
    grens.check_file(path.name, path.stat().st_size)
    content = path.read_bytes() if suffix in TEKST else b""
    if not content:
        with path.open("rb") as file:
            head = file.read(8)
    else:
        head = content[:8]
    check_kind(path.name, head)
    if suffix in VELLEN:
        if not head:
            raise VelError(f"{path.name}: het bestand is leeg")
        return VELLEN[suffix](path, grens)
    return [read_tekst(content, path.name, scheiding, codering, grens)]
