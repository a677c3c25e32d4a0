"""What is confidential: projects and proposals, in a folder of their own and never in that of an edition.

They are kept where only their owner can read them. No message repeats what stands in them, no party nor amount.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from assets.beleid.lezen import BESLOTEN, BeleidError, refuse
from assets.beleid.projecten import Effect, Project, make_effecten
from assets.beleid.voorstellen import Afwegingskader, Voorstel, read_voorstellen
from begrippen.prive import make_private, write_private
from begrippen.rijbestand import read_rijen

PROJECTEN, VOORSTELLEN = BESLOTEN
KLUIS = Path("vertrouwelijk") / "beleid"


@dataclass(frozen=True)
class Beslotenmap:
    """What a confidential folder holds; either may be absent."""

    projecten: tuple[Project, ...] = ()
    voorstellen: tuple[Voorstel, ...] = ()

    @property
    def effecten(self) -> tuple[Effect, ...]:
        """All of it that others may see."""
        return tuple(make_effecten(self.projecten))


def find_besloten(path: Path, naam: str, edities: Path) -> Path:
    """Find the confidential file `naam` in a folder, or take the file itself. Raises BeleidError.

    `edities`: the folder of editions, where everybody can read it: there it is refused, also through a link.
    """
    found = path / naam if path.is_dir() else path
    if not found.is_file():
        told = f"dat bestand is er niet; geef een map met {naam}, of het bestand zelf"
        raise BeleidError(told, waar=str(path), vervolg="Uitleg: docs/beleid.md")
    if any(p.is_relative_to(edities.resolve()) for p in (found.resolve(), found.absolute())):
        told = "dit is vertrouwelijk, en de map van een editie is openbaar"
        raise BeleidError(told, waar=str(found), vervolg="Zet het bestand ergens anders en geef dat pad")
    return found


def read_projecten(path: Path) -> list[Project]:
    """Read `projecten.csv`. Raises BeleidError with all that is wrong, by line and field."""
    faults: list[str] = []
    rows = read_rijen(path, Project, faults, geheim=True)
    seen: set[str] = set()
    for n, p in rows:
        if p.id in seen:
            faults.append(f"  {path.name}, regel {n}, id: staat er twee keer; een project telt dan dubbel")
        seen.add(p.id)
    refuse(faults, path.parent, "Kijk het bestand na en draai opnieuw: monitor beleid effect")
    return [p for _, p in rows]


def read_beslotenmap(folder: Path, edities: Path, kader: Afwegingskader, opgaven: Collection[str]) -> Beslotenmap:
    """Read a confidential folder. Raises BeleidError, BestandError, for one without anything too."""
    if not folder.is_dir() or not any((folder / naam).is_file() for naam in BESLOTEN):
        told = f"hier staat geen {' en geen '.join(BESLOTEN)}"
        raise BeleidError(told, waar=str(folder), vervolg="Geef de map waar zij in staan")
    if others := [p for p in folder.iterdir() if p.name not in BESLOTEN and not p.name.startswith(".")]:
        told = f"{len(others)} andere in deze map; hier horen alleen {' en '.join(BESLOTEN)}"
        raise BeleidError(told, waar=str(folder), vervolg="Zet de rest ergens anders")
    paths = {naam: find_besloten(folder, naam, edities) for naam in BESLOTEN if (folder / naam).is_file()}
    return Beslotenmap(
        tuple(read_projecten(paths[PROJECTEN])) if PROJECTEN in paths else (),
        read_voorstellen(paths[VOORSTELLEN], kader, opgaven) if VOORSTELLEN in paths else (),
    )


def keep(paths: Sequence[Path], opslag: Path) -> None:
    """Keep confidential files below `opslag`, closed to others from their first moment."""
    folder = opslag / KLUIS
    opslag.mkdir(parents=True, exist_ok=True)
    for part in (folder.parent, folder):
        make_private(part)
    for path in paths:
        write_private(folder / path.name, path.read_bytes())
