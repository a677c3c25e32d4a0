"""The last attempt at each source: what came of it and why, for the build and for `monitor status`."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from assets.bron.fetch import Uitkomst
from assets.bron.momentopname import Archief, write_file
from begrippen.jsontekst import parse_json
from begrippen.redenen import Redenen, from_json, to_json
from begrippen.redenzinnen import regel


@dataclass(frozen=True)
class Poging:
    """One attempt: `resultaat` as in Uitkomst, `gebruikt` the id of the momentopname that a build should use.

    `goed`: when the source last gave an answer that was taken, this time or before, as `tijd`; None where it never did
    or nobody wrote it down.
    """

    bron: str
    tabel: str
    tijd: str
    resultaat: str
    redenen: Redenen
    gebruikt: str | None
    goed: str | None = None

    @property
    def is_goed(self) -> bool:
        """Whether the source answered, and the answer was taken."""
        return self.resultaat in {"nieuw", "ongewijzigd"}

    @property
    def reden(self) -> str:
        """The reasons as the command line says them."""
        return regel(self.redenen, self.tabel)

    @property
    def verouderd(self) -> bool:
        """Whether a build uses an older answer than was asked for."""
        return self.resultaat in {"geweigerd", "mislukt", "afwezig"} and self.gebruikt is not None


def _file(archief: Archief, bron: str, tabel: str) -> Path:
    return archief.opslag / "pogingen" / archief.soort / bron / f"{tabel}.json"


def write_poging(archief: Archief, uitkomst: Uitkomst, now: datetime, *, kwam: bool = True) -> Poging:
    """Note what came of the last attempt at a table, and give it back. `kwam`: it gave an answer this time."""
    poging = Poging(
        bron=uitkomst.bron,
        tabel=uitkomst.tabel,
        tijd=now.isoformat(timespec="seconds"),
        resultaat=uitkomst.resultaat,
        redenen=uitkomst.redenen,
        gebruikt=uitkomst.momentopname.id if uitkomst.momentopname else None,
    )
    before = read_poging(archief, uitkomst.bron, uitkomst.tabel)
    poging = replace(poging, goed=poging.tijd if kwam and poging.is_goed else before.goed if before else None)
    path = _file(archief, uitkomst.bron, uitkomst.tabel)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {**vars(poging), "redenen": to_json(poging.redenen)}
    write_file(path, json.dumps(content, ensure_ascii=False, indent=1))
    return poging


def read_poging(archief: Archief, bron: str, tabel: str) -> Poging | None:
    """The last attempt at a table; None where there was none, or a later one than the archive is seen of."""
    path = _file(archief, bron, tabel)
    if not path.is_file():
        return None
    try:
        content = parse_json(path.read_text(encoding="utf-8"))
        # before there were codes an attempt held a sentence, under `reden`
        redenen = from_json(content.pop("redenen", None) or content.pop("reden", None))
        poging = Poging(**content, redenen=redenen)
        later = archief.tot is not None and datetime.fromisoformat(poging.tijd) >= archief.tot
        return None if later else poging
    except (ValueError, TypeError, AttributeError):
        return None  # a damaged note is as none: the next attempt writes it anew
