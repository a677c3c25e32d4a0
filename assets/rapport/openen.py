"""Open an edition: a folder with the description of the one before it, without what belongs to that one alone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from assets.rapport.editie import BESTAND, EditieError, list_jaren, read_editie
from begrippen.fout import BestandError
from begrippen.rekenregels import REKENREGELS

# section -> its lines that are of one edition: days that are set anew, and days that pass
_EIGEN = {"": ("embargo",), "bronnen": ("peildatum",), "cyclus": ("stand", "gs", "ps", "stakeholders", "programma")}


def open_editie(edities: Path, jaar: int) -> tuple[Path, int]:
    """Write `edities/<jaar>/editie.toml` after that of the last edition before it; gives the file and that edition.

    Raises EditieError where there is one already or none to go on from; what can not be written raises OSError.
    """
    before = [j for j in list_jaren(edities) if j < jaar]
    folder = edities / str(jaar)
    if folder.exists():
        raise EditieError(f"editie {jaar} is er al", waar=str(folder), vervolg="Bekijk haar met: monitor editie lijst")
    if not before:
        raise EditieError(
            f"er is geen editie voor {jaar} om van uit te gaan",
            vervolg="Schrijf de eerste zelf (docs/editie.md, stap 1)",
        )
    text = (edities / str(before[-1]) / BESTAND).read_text(encoding="utf-8-sig")
    folder.mkdir()
    try:
        (folder / BESTAND).write_text(renew(text, before[-1], jaar), encoding="utf-8")
        read_editie(edities, jaar)
    except (BestandError, OSError):
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder / BESTAND, before[-1]


def renew(text: str, vorige: int, jaar: int) -> str:
    """The `editie.toml` of edition `vorige` as that of `jaar`: its years move on, its days are open again."""
    set_to = {
        **{("", "jaar"): str(jaar), ("", "staat"): '"concept"', ("regios", "indeling"): str(jaar)},
        **{("venster", "van"): str(jaar - REKENREGELS.venster), ("venster", "tot"): str(jaar - 1)},
    }
    section, lines = "", list[str]()
    for line in text.splitlines():
        if head := re.match(r"\[+([\w.]+)\]+", line.strip()):
            section = head[1]
        key = line.partition("=")[0].strip()
        if "=" in line and key in _EIGEN.get(section, ()):
            continue
        if new := set_to.get((section, key)) if "=" in line else None:
            comment = re.search(r"\s+#.*$", line)
            lines.append(f"{key} = {new}{comment[0] if comment else ''}")
        else:
            lines.append(re.sub(rf"^(#.*\b[Ee]ditie ){vorige}\b", rf"\g<1>{jaar}", line))
    return "\n".join(lines) + "\n"
