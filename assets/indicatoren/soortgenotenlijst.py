"""The peers of an edition, frozen: a list a kind of region, kept in `opslag` from the first publication on.

An edition takes two years of refreshes. Peers that change under it would change comparisons that nobody changed, so the
first publication of an edition writes its peers down, with the figures that they were chosen by; every later build of
that edition takes the list as it stands. Whoever wants new ones says so: `release` puts the lists aside (nothing is
lost), and the next publication writes new ones.

`opslag/soortgenoten/<soort>/<editie>/<regiosoort>.json`; lists that were put aside lie below `vervangen/<moment>/`.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from assets.bron.momentopname import make_id
from assets.gesloten import open_gesloten, sql_text
from begrippen.fout import BestandError
from begrippen.jsontekst import parse_json

MAP = "soortgenoten"
VERVANGEN = "vervangen"
# The kinds of region that have peers.
REGIOSOORTEN = ("gemeente", "corop")


@dataclass(frozen=True)
class Soortgenotenlijst:
    """The frozen peers of one kind of region: rows of `monitor.soortgenoot` and `monitor.soortgenoot_kenmerk`.

    `bouw` is the build in which they were found, `sha256` a hash over all of the rest.
    """

    soort: str
    editie: int
    regiosoort: str
    bouw: str
    soortgenoten: tuple[dict[str, Any], ...]
    kenmerken: tuple[dict[str, Any], ...]
    sha256: str

    @property
    def naam(self) -> str:
        """How a build names this list among its inputs."""
        return f"{self.regiosoort} {self.bouw} {self.sha256[:16]}"


def _place(opslag: Path, soort: str, editie: int) -> Path:
    return opslag / MAP / soort / str(editie)


def _hash(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _read(path: Path, soort: str, editie: int) -> Soortgenotenlijst:
    try:
        content = parse_json(path.read_text(encoding="utf-8"))
        sha256 = content.pop("sha256")
        whole = sha256 == _hash(content) and (content["soort"], content["editie"]) == (soort, editie)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        whole = False
    if not whole:
        raise BestandError(
            "dit is beschadigd: het is niet meer de lijst die is vastgesteld",
            waar=str(path),
            vervolg="Zet het bestand terug uit een reservekopie, of laat nieuwe soortgenoten vaststellen: "
            f"monitor editie soortgenoten {editie} --opnieuw",
        )
    return Soortgenotenlijst(
        soort,
        editie,
        content["regiosoort"],
        content["bouw"],
        tuple(content["soortgenoten"]),
        tuple(content["kenmerken"]),
        sha256,
    )


def read_lijsten(opslag: Path, soort: str, editie: int, tot: datetime | None = None) -> tuple[Soortgenotenlijst, ...]:
    """Read the frozen lists of an edition, none before its first publication. Raises BestandError.

    `tot`: those that were in use just before this moment, also when they were put aside since.
    """
    place = _place(opslag, soort, editie)
    folders = [place]
    if tot is not None:
        # put aside later, in the order in which that was done: the first one that is old enough was in use
        aside = sorted((place / VERVANGEN).glob("*"))
        folders = [*(p for p in aside if p.name >= make_id(tot)), place]
    found = []
    for regiosoort in REGIOSOORTEN:
        lists = (_read(p / f"{regiosoort}.json", soort, editie) for p in folders if (p / f"{regiosoort}.json").exists())
        found.append(next((s for s in lists if tot is None or s.bouw < make_id(tot)), None))
    return tuple(s for s in found if s is not None)


def _rows(db: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = db.execute(query)
    names = [d[0] for d in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def freeze(opslag: Path, soort: str, editie: int, bouw: str, parquet: Path) -> list[Path]:
    """Write down the peers that build `bouw` found, from its folder `parquet`; return the new files.

    Kinds of region that have a list keep it, and those for which the build found no peers get none: an edition that
    starts without figures is not bound to an empty list.
    """

    def tabel(naam: str) -> str:
        return sql_text(str(parquet / f"{naam}.parquet"))

    place, written = _place(opslag, soort, editie), []
    with open_gesloten(parquet) as db:
        for regiosoort in REGIOSOORTEN:
            path = place / f"{regiosoort}.json"
            of_kind = f"WHERE regio IN (SELECT code FROM {tabel('kern.regio')} WHERE soort = '{regiosoort}')"
            peers = _rows(
                db,
                "SELECT regio, soortgenoot, rang, afstand, reden, vergeleken_op "
                f"FROM {tabel('monitor.soortgenoot')} {of_kind} AND vastgesteld = '{bouw}' ORDER BY regio, rang",
            )
            if path.exists() or not peers:
                continue
            content = {
                "soort": soort,
                "editie": editie,
                "regiosoort": regiosoort,
                "bouw": bouw,
                "soortgenoten": peers,
                "kenmerken": _rows(db, f"FROM {tabel('monitor.soortgenoot_kenmerk')} {of_kind} ORDER BY ALL"),
            }
            place.mkdir(parents=True, exist_ok=True)
            beside = path.with_suffix(f".{os.getpid()}.nieuw")
            text = json.dumps({**content, "sha256": _hash(content)}, ensure_ascii=False, indent=0)
            with beside.open("w", encoding="utf-8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
            written.append(path)
    return written


def release(opslag: Path, soort: str, editie: int, moment: datetime) -> list[Path]:
    """Put the lists of an edition aside, so that the next publication writes new ones; return where they lie now."""
    place, moved = _place(opslag, soort, editie), []
    aside = place / VERVANGEN / make_id(moment)
    for regiosoort in REGIOSOORTEN:
        path = place / f"{regiosoort}.json"
        if path.exists():
            aside.mkdir(parents=True, exist_ok=True)
            moved.append(path.replace(aside / path.name))
    return moved
