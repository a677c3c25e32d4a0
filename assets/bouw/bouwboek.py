"""The book of builds: what each published build was made from, kept when the build itself was cleared away long ago.

`opslag/bouwboek/<soort>/<bouw>.json` is the manifest of the build, with why an answer was missing or old on that day:
what the archive of answers does not tell afterwards. Beside a build the same stands as `invoer.json`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assets.bouw.invoer.bouwinvoer import EDITIE, PUBLICATIE, Bouwinvoer, read_manifest
from assets.bron.momentopname import ID_FORMAT, write_file
from begrippen.fout import BestandError
from begrippen.jsontekst import parse_json
from begrippen.redenen import Redenen, from_json, to_json

BOEK = "bouwboek"
INVOER = "invoer.json"


@dataclass(frozen=True)
class Boeking:
    """What a published build was made from. `momentopnamen`: bron/tabel/id; `vorige`: the build it was compared with.

    `ontbreekt` and `verouderd` as in `Bouwinvoer`.
    """

    bouw: str
    editie: int
    code_versie: str
    invoer_sha256: str
    momentopnamen: frozenset[str]
    ontbreekt: Mapping[str, Redenen]
    verouderd: Mapping[str, Redenen]
    vorige: str | None
    vorige_editie: str | None

    @property
    def moment(self) -> datetime:
        """When it was built."""
        return datetime.strptime(self.bouw, ID_FORMAT).replace(tzinfo=UTC)


def note_invoer(folder: Path, invoer: Bouwinvoer) -> None:
    """Write down beside a finished build what it was made from. Raises InvoerError, OSError."""
    content = read_manifest(folder) | {
        "ontbreekt": {tabel: to_json(r) for tabel, r in invoer.ontbreekt.items()},
        "verouderd": {tabel: to_json(r) for tabel, r in invoer.verouderd.items()},
    }
    write_file(folder / INVOER, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def keep_boeking(opslag: Path, soort: str, folder: Path) -> None:
    """Put the build in `folder` in the book; one of before there was a book is not in it. Raises OSError."""
    if (folder / INVOER).is_file():
        book = opslag / BOEK / soort
        book.mkdir(parents=True, exist_ok=True)
        text = (folder / INVOER).read_text(encoding="utf-8")
        write_file(book / f"{read_manifest(folder)['bouw']}.json", text)


def _read(path: Path) -> Boeking:
    try:
        content = parse_json(path.read_text(encoding="utf-8"))
        boeking = Boeking(
            bouw=content["bouw"],
            editie=int(content["editie"]),
            code_versie=content["code_versie"],
            invoer_sha256=content["invoer_sha256"],
            momentopnamen=frozenset(content["momentopnamen"].split()),
            ontbreekt={tabel: from_json(r) for tabel, r in content["ontbreekt"].items()},
            verouderd={tabel: from_json(r) for tabel, r in content["verouderd"].items()},
            vorige=content.get(PUBLICATIE),
            vorige_editie=content.get(EDITIE),
        )
        if boeking.moment and path.stem == boeking.bouw:
            return boeking
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass
    raise BestandError(
        "dit is beschadigd: het zegt niet meer waarvan een bouw is gemaakt",
        waar=str(path),
        vervolg="Zet het terug uit een reservekopie; haalt u het weg, dan is deze bouw niet meer precies over te doen.",
    )


def read_boek(opslag: Path, soort: str, editie: int, tot: datetime) -> list[Boeking]:
    """The published builds of an edition from before a moment, oldest first. Raises BestandError for a damaged one."""
    found = (_read(path) for path in sorted((opslag / BOEK / soort).glob("*.json")))
    return [b for b in found if b.editie == editie and b.moment < tot]
