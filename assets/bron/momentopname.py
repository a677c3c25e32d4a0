"""The archive of momentopnamen: one folder a fetch, never changed after it was written.

A folder is written beside its place as `.nieuw-<id>`, synced to disk and then renamed, so that a process that is
killed at any point leaves either a whole momentopname or none.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from begrippen.fout import BestandError
from begrippen.jsontekst import parse_json
from begrippen.redenen import Reden, Redenen, from_json

ID_FORMAT = "%Y%m%dT%H%M%S%fZ"
# A folder that is still being written belongs to a running fetch; none takes this long.
ABANDONED_AFTER = timedelta(days=1)

# The file of a momentopname that says what it is, and the one with its cells.
EIGENSCHAPPEN = "eigenschappen.json"
WAARNEMINGEN = "waarnemingen.parquet"

# An object of JSON: a row of what a source answers, or what is kept beside an answer.
Rij = dict[str, Any]
# beside the momentopnamen of a table: which were withdrawn and put back, a record a time; nothing ever leaves it
INTREKKINGEN = ".intrekkingen.json"
# the same once more: what was withdrawn must not come back because one file was damaged
KOPIE = ".intrekkingen-kopie.json"
# beside the momentopnamen of a table: when the source was last asked for all cells of the one in use, and gave the same
NAGEKEKEN = ".nagekeken.json"
ONLEESBAAR = "wat er van deze tabel is ingetrokken, is niet te lezen"


def make_id(moment: datetime) -> str:
    """Give the id of a momentopname: its moment of fetching in UTC, sortable as text."""
    return moment.astimezone(UTC).strftime(ID_FORMAT)


def hash_file(path: Path) -> str:
    """Give the SHA-256 of a file as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class Intrekking:
    """That somebody withdrew an accepted answer, or put it back (`terug`). `tijd`: ISO, with its zone."""

    momentopname: str
    tijd: str
    reden: str
    terug: bool = False

    @property
    def dag(self) -> str:
        """The day, as a Dutch reader writes it."""
        return f"{datetime.fromisoformat(self.tijd):%d-%m-%Y}"


@dataclass(frozen=True)
class Momentopname:
    """One stored answer of a source. `eigenschappen` is the content of its `eigenschappen.json`.

    `ingetrokken`: that somebody withdrew it after the gate let it through.
    """

    soort: str
    bron: str
    tabel: str
    id: str
    folder: Path
    eigenschappen: Rij
    ingetrokken: Intrekking | None = None

    @property
    def aangenomen(self) -> bool:
        """Whether the gate let it through and nobody withdrew it; only then a build may use it."""
        return self.ingetrokken is None and bool(self.eigenschappen.get("oordeel") == "aangenomen")

    @property
    def redenen(self) -> Redenen:
        """Why it is not used: refused by the gate, or withdrawn; empty where it is.

        Of before there were codes: its text as a free reason.
        """
        if self.ingetrokken is not None:
            of = {"dag": self.ingetrokken.dag, "waarom": self.ingetrokken.reden}
            return (Reden("ingetrokken", of),)
        return from_json(self.eigenschappen.get("redenen") or self.eigenschappen.get("reden"))

    @property
    def opgehaald(self) -> datetime:
        """When it was fetched. Not its id: that orders, and moves on when the clock once stood too far ahead."""
        with suppress(KeyError, TypeError, ValueError):
            return datetime.fromisoformat(self.eigenschappen["fetched_at"]).astimezone(UTC)
        return datetime.strptime(self.id, ID_FORMAT).replace(tzinfo=UTC)

    @property
    def waarschuwingen(self) -> Redenen:
        """What the gate noticed when it let the answer through."""
        return from_json(self.eigenschappen.get("waarschuwingen"))

    @property
    def niet_gevonden(self) -> tuple[tuple[str, Redenen, tuple[str, ...]], ...]:
        """What the source list expects and is not there: topic or code, why, and what looks most like it."""
        return tuple(
            (m["onderwerp"], from_json(m.get("reden")), tuple(m.get("kandidaten") or ()))
            for m in self.eigenschappen.get("niet_gevonden") or []
        )


def sync(path: Path) -> None:
    """Have a file or folder written to disk for certain."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_file(path: Path, text: str) -> None:
    """Write a text file whole or not at all: beside its place, synced, then renamed. Raises OSError."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.nieuw")
    try:
        beside.write_text(text, encoding="utf-8")
        sync(beside)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync(path.parent)


def write_folder(folder: Path, fill: Callable[[Path], object], mode: int | None = None) -> None:
    """Write a folder whole or not at all: `fill` fills it beside its place, then it is synced and renamed.

    With `mode` the folder has it from its first moment, and what is in it the same without the right to execute. When
    `fill` raises, nothing is left behind.
    """
    beside = folder.with_name(f".nieuw-{folder.name}")
    beside.mkdir()
    try:
        if mode is not None:
            beside.chmod(mode)
        fill(beside)
        for path in sorted(beside.rglob("*"), reverse=True):
            if mode is not None:
                path.chmod(mode if path.is_dir() else mode & 0o666)
            sync(path)
        sync(beside)
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    sync(folder.parent)


def sweep(place: Path, id: str) -> None:
    """Remove what a killed process left beside, but not what another one may be writing right now."""
    limit = make_id(datetime.strptime(id, ID_FORMAT).replace(tzinfo=UTC) - ABANDONED_AFTER)
    for path in place.glob(".nieuw-*"):
        if path.name.removeprefix(".nieuw-") < limit:
            shutil.rmtree(path, ignore_errors=True)


@dataclass(frozen=True)
class Archief:
    """All momentopnamen of one kind (`voorbeeld`, `cbs`, `opname`) below `opslag`.

    `tot`: as it stood just before this moment. What was fetched, withdrawn or put back later is not there yet.
    """

    opslag: Path
    soort: str
    tot: datetime | None = None

    def _place(self, bron: str, tabel: str) -> Path:
        for name in (bron, tabel):
            # Each is one folder: anything else can lead outside the archive, or into that of another source.
            if name in ("", ".", "..") or Path(name).name != name:
                raise BestandError(
                    f"'{name}' kan geen naam van een bron of tabel zijn",
                    vervolg="Bekijk de namen met: monitor status",
                )
        return self.opslag / "momentopnamen" / self.soort / bron / tabel

    def _read(self, bron: str, tabel: str, folder: Path, ingetrokken: Intrekking | None = None) -> Momentopname:
        content = parse_json((folder / EIGENSCHAPPEN).read_text(encoding="utf-8"))
        if not isinstance(content, dict):
            raise ValueError(folder)
        return Momentopname(self.soort, bron, tabel, folder.name, folder, content, ingetrokken)

    def folders(self, bron: str, tabel: str) -> list[Path]:
        """Give the folder of every momentopname of a table, oldest first."""
        place = self._place(bron, tabel)
        return sorted(p for p in place.iterdir() if not p.name.startswith(".")) if place.is_dir() else []

    def list(self, bron: str, tabel: str) -> list[Momentopname]:
        """List every momentopname of a table, oldest first, refused and withdrawn ones included.

        One that cannot be read is left out; the next refresh names it and sets it aside (`schade`). Where it cannot be
        read what was withdrawn, everything counts as withdrawn: this table has no figures then, and no wrong ones.
        """
        folders = self.folders(bron, tabel)
        try:
            told = self.intrekkingen(bron, tabel) if folders else ()
            before = (i for i in told if self.tot is None or datetime.fromisoformat(i.tijd) < self.tot)
            last = {i.momentopname: i for i in before}
        except BestandError:
            moment = datetime.fromtimestamp(0, UTC).isoformat()
            last = {f.name: Intrekking(f.name, moment, ONLEESBAAR) for f in folders}
        gone = {id: i for id, i in last.items() if not i.terug}
        found = []
        for folder in folders:
            try:
                found.append(self._read(bron, tabel, folder, gone.get(folder.name)))
            except (OSError, ValueError):
                continue
        # in order of fetching: one that a clock dated later was there too, once a next one was fetched before `tot`
        there = [n for n, m in enumerate(found, start=1) if self.tot is None or m.opgehaald < self.tot]
        return found[: max(there, default=0)]

    def intrekkingen(self, bron: str, tabel: str) -> tuple[Intrekking, ...]:
        """Everything that was ever withdrawn from a table or put back, oldest first. Raises BestandError."""
        place = self._place(bron, tabel)
        there = [p for p in (place / INTREKKINGEN, place / KOPIE) if p.is_file()]
        for path in there:
            with suppress(OSError, ValueError, TypeError):
                return tuple(Intrekking(**record) for record in parse_json(path.read_text(encoding="utf-8")))
        if there:
            raise BestandError(
                f"dit bestand is beschadigd: {ONLEESBAAR}",
                waar=" en ".join(map(str, there)),
                vervolg="Zet het terug uit een reservekopie; haal het alleen weg als er niets is ingetrokken.",
            )
        return ()

    def note(self, bron: str, tabel: str, intrekking: Intrekking) -> None:
        """Write down that an answer was withdrawn or put back; the answer itself stays as it is."""
        records = [vars(i) for i in (*self.intrekkingen(bron, tabel), intrekking)]
        for name in (INTREKKINGEN, KOPIE):
            write_file(self._place(bron, tabel) / name, json.dumps(records, ensure_ascii=False, indent=1) + "\n")

    def note_same(self, momentopname: Momentopname, moment: datetime) -> None:
        """Write down that the source gave all cells of this one again, and they were the same."""
        path = self._place(momentopname.bron, momentopname.tabel) / NAGEKEKEN
        write_file(path, json.dumps({momentopname.id: moment.astimezone(UTC).isoformat()}) + "\n")

    def last_seen(self, momentopname: Momentopname) -> datetime:
        """When the source last gave these cells: when they were fetched, or a later day on which they were the same."""
        fetched = momentopname.opgehaald
        with suppress(OSError, ValueError, TypeError, KeyError):
            path = self._place(momentopname.bron, momentopname.tabel) / NAGEKEKEN
            noted = parse_json(path.read_text(encoding="utf-8"))[momentopname.id]
            return max(fetched, datetime.fromisoformat(noted))
        return fetched

    def withdrawn(self, bron: str, tabel: str) -> Momentopname | None:
        """Give the withdrawn momentopname in whose place a build uses an older one or none; None when there is none."""
        there = self.list(bron, tabel)
        used = max((m.id for m in there if m.aangenomen), default="")
        return next((m for m in reversed(there) if m.ingetrokken and m.id > used), None)

    def latest(self, bron: str, tabel: str) -> Momentopname | None:
        """Give the last accepted momentopname of a table: the one that a build uses. None when there is none."""
        return next((m for m in reversed(self.list(bron, tabel)) if m.aangenomen), None)

    def free_id(self, bron: str, tabel: str, moment: datetime) -> str:
        """Give an id for a momentopname of this moment that comes after all that are there.

        What was fetched last is what is used, whatever the clock said: one that once stood at 2099 does not keep every
        later answer from being used.
        """
        last = max((p.name for p in self.folders(bron, tabel)), default="")
        if make_id(moment) > last:
            return make_id(moment)
        return make_id(datetime.strptime(last, ID_FORMAT).replace(tzinfo=UTC) + timedelta(microseconds=1))

    def write(self, bron: str, tabel: str, id: str, fill: Callable[[Path], Rij]) -> Momentopname:
        """Write one momentopname: `fill` puts its files in the folder it is given and returns its eigenschappen.

        When `fill` raises, nothing is left behind. Raises BestandError when this id is there already.
        """
        place = self._place(bron, tabel)
        place.mkdir(parents=True, exist_ok=True)
        sweep(place, id)
        folder = place / id
        if folder.exists():
            raise BestandError(
                f"momentopname {id} van tabel {tabel} bestaat al", vervolg="Begin de run opnieuw: monitor run"
            )

        def fill_with_properties(beside: Path) -> None:
            content: Rij = {"bron": bron, "tabel": tabel} | fill(beside)
            others = [p for p in sorted(beside.glob("*.parquet")) if p.name != WAARNEMINGEN]
            content["bestanden"] = {p.name: hash_file(p) for p in others}
            text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
            (beside / EIGENSCHAPPEN).write_text(text, encoding="utf-8")

        write_folder(folder, fill_with_properties)
        return self._read(bron, tabel, folder)
