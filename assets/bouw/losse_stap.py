"""A step that is started by itself, without the build before it: it takes the last build that passed its checks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from assets.bouw.bouwen import KOPPELINGEN
from assets.bouw.invoer.bouwinvoer import GEREED, InvoerError, read_manifest
from assets.bouw.uitkomst import TOETSEN, read_uitkomsten
from assets.keten import GRENZEN, Plek

RAPPORT = Path("rapport", "index.html")
# what a report writes, and what belongs to one folder
_EIGEN = {"rapport", "stukken", GRENZEN, KOPPELINGEN, GEREED}


def find_built(plek: Plek, run: str) -> Path:
    """The folder in which a report is written: that of this run, or a new one with the last checked build in it.

    What is published is never written in. Raises InvoerError where no build passed its checks.
    """
    folder = plek.bouw_folder(run)
    if not folder.exists():
        _adopt(_latest_checked(plek), folder)
    return folder


def find_reported(plek: Plek, run: str) -> Path:
    """The folder that is published: that of this run, or the newest checked build that has a report.

    Of several reports of one build it is the one that was written last.
    Raises InvoerError where there is none.
    """
    folder = plek.bouw_folder(run)
    return folder if folder.exists() else _latest_checked(plek, met_rapport=True)


def _passed(folder: Path) -> bool:
    held = read_uitkomsten(folder / TOETSEN)
    return bool(held) and all(t.geslaagd for t in held if t.zwaarte == "blokkeert")


def _latest_checked(plek: Plek, *, met_rapport: bool = False) -> Path:
    found = []
    for folder in plek.bouw_folder(".").glob("*"):
        try:
            bouw = read_manifest(folder)["bouw"]
            written = (folder / RAPPORT).stat().st_mtime_ns if met_rapport else 0
            if _passed(folder):
                found.append((bouw, written, folder))
        except (InvoerError, OSError, ValueError):
            continue  # unfinished, damaged or without a report: not one to go on from
    if not found:
        what = "bouw met een rapport" if met_rapport else "bouw"
        raise InvoerError(
            f"er is nog geen {what} die door de toetsen kwam",
            waar=str(plek.bouw_folder(".")),
            vervolg="Maak er een met: monitor run",
        )
    return max(found)[2]


def _adopt(built: Path, folder: Path) -> None:
    """Give a folder what was built in another one, as links: nothing writes in a file of a build.

    Its manifest comes last, so that a folder that is half made is no build.
    """
    for path in sorted(p for p in built.rglob("*") if p.is_file()):
        inside = path.relative_to(built)
        if inside.parts[0] not in _EIGEN:
            _link(path, folder / inside)
    _link(built / GEREED, folder / GEREED)


def _link(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, target)
    except OSError:
        shutil.copy2(path, target)
