"""The confidential store of the register: every delivery as a vintage (lichting), readable by its owner alone.

    opslag/vertrouwelijk/<soort>/register/<peildatum>/<lichting>/     folders 0700, files 0600

A vintage is written beside its place, synced and renamed, so that a killed process or a full disk leaves a whole one or
none. It never changes: a redelivery of a year is a new vintage, and history takes the last accepted one of each year.
Sample and real deliveries have stores of their own, and never meet.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import stat
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from shlex import quote
from typing import IO

from assets.bron.momentopname import ABANDONED_AFTER, Rij, hash_file, make_id, sweep, sync, write_folder
from begrippen.fout import MonitorError
from begrippen.jsontekst import parse_json

MAP, BESTAND = 0o700, 0o600
EIGENSCHAPPEN = "eigenschappen.json"
VESTIGINGEN = "vestigingen.parquet"
LOGBOEK = "logboek.jsonl"
# what was derived of all vintages together (`aangetoond`)
AANGETOOND = "aangetoond.npz"
_INHOUD = "inhoud.json"


class KluisError(MonitorError):
    """The store does not hold what was asked for, or an archive is not whole."""

    code = "kluis"
    exit_code = 1


@dataclass(frozen=True)
class Lichting:
    """One delivery of one reference date. `eigenschappen` is the content of its `eigenschappen.json`: counts only."""

    peildatum: str
    id: str
    folder: Path
    eigenschappen: Rij

    @property
    def aangenomen(self) -> bool:
        """Whether the gate let it through; only then history uses it."""
        return bool(self.eigenschappen.get("oordeel") == "aangenomen")

    @property
    def jaar(self) -> int:
        """The year of its reference date."""
        return int(self.peildatum[:4])


def _is_id(text: str) -> bool:
    return len(text) == len("20260401T000000000000Z") and text.replace("T", "").removesuffix("Z").isdigit()


def _is_day(text: str) -> bool:
    return len(text) == 10 and text.replace("-", "").isdigit()


@dataclass(frozen=True)
class Kluis:
    """All vintages of one kind (`voorbeeld`, `cbs`, `opname`) below `opslag`."""

    opslag: Path
    soort: str

    @property
    def folder(self) -> Path:
        """Where the vintages of this kind are."""
        return self.opslag / "vertrouwelijk" / self.soort / "register"

    def _check_closed(self) -> None:
        """Refuse a store that others can read, or that is a link to another place. Raises KluisError."""
        top = self.opslag / "vertrouwelijk"
        for path in (top, self.folder.parent, self.folder):
            here = quote(str(path))
            if path.is_symlink():
                raise KluisError(
                    f"{path} is een koppeling (symlink): het register moet in deze map zelf staan",
                    vervolg=f"Zet de map op haar plek met: rm {here} && mv {quote(str(path.resolve()))} {here}",
                )
            if path.is_dir() and (mode := stat.S_IMODE(path.stat().st_mode)) & ~MAP:
                raise KluisError(
                    f"{path} is open voor anderen (rechten {mode:04o}); het register is vertrouwelijk",
                    vervolg=f"Sluit de map met: chmod -R go-rwx {quote(str(top))}",
                )

    def _make(self, folder: Path) -> None:
        """Make a folder of the store and those above it, closed to others from their first moment."""
        self._check_closed()
        top = self.opslag / "vertrouwelijk"
        self.opslag.mkdir(parents=True, exist_ok=True)
        for path in (top, *(top / p for p in reversed(folder.relative_to(top).parents) if p.parts), folder):
            with contextlib.suppress(FileExistsError):
                path.mkdir(mode=MAP)
            path.chmod(MAP)

    def _read(self, peildatum: str, folder: Path) -> Lichting:
        try:
            content = parse_json((folder / EIGENSCHAPPEN).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise KluisError(
                f"lichting {folder.name} van {peildatum} is beschadigd",
                vervolg="Zet haar terug met: monitor register herstel, of verwijder haar: monitor register verwijder",
            ) from None
        return Lichting(peildatum, folder.name, folder, content)

    def peildata(self) -> list[str]:
        """List the reference dates of which there is a delivery, oldest first. Raises KluisError for an open store."""
        self._check_closed()
        return sorted(p.name for p in self.folder.iterdir() if _is_day(p.name)) if self.folder.is_dir() else []

    def lichtingen(self, peildatum: str | None = None) -> list[Lichting]:
        """List the vintages, of one reference date or of all; oldest first, refused ones included."""
        found = []
        for day in self.peildata():
            if peildatum in (None, day):
                folders = sorted(p for p in (self.folder / day).iterdir() if _is_id(p.name))
                found += [self._read(day, folder) for folder in folders]
        return found

    def current(self) -> list[Lichting]:
        """List what history uses: of each reference date the last accepted vintage, oldest first."""
        accepted = {lichting.peildatum: lichting for lichting in self.lichtingen() if lichting.aangenomen}
        return [accepted[day] for day in sorted(accepted)]

    def find(self, peildatum: str, id: str) -> Lichting:
        """Give one vintage, a damaged one without eigenschappen. Raises KluisError when it is not there."""
        folder = self.folder / peildatum / id
        if not _is_id(id) or not folder.is_dir():
            raise KluisError(f"lichting {id} van {peildatum} is er niet", vervolg="Kijk met: monitor register status")
        try:
            return self._read(peildatum, folder)
        except KluisError:
            return Lichting(peildatum, id, folder, {})  # a damaged one can be removed too

    def temporary(self) -> Path:
        """Give a folder inside the store for what does not fit in memory."""
        folder = self.folder / ".tijdelijk"
        self._make(folder)
        return folder

    def write(self, peildatum: str, moment: datetime, fill: Callable[[Path], Rij]) -> Lichting:
        """Write a vintage: `fill` puts its files in the folder it is given and returns its eigenschappen.

        When `fill` raises, nothing is left behind.
        """
        place = self.folder / peildatum
        self._make(place)
        while (place / make_id(moment)).exists():
            moment += timedelta(microseconds=1)
        sweep(place, make_id(moment))

        def fill_with_properties(beside: Path) -> None:
            content = {"peildatum": peildatum, "ontvangen": make_id(moment)} | fill(beside)
            files = {p.name: hash_file(p) for p in sorted(beside.iterdir())}
            text = json.dumps(content | {"bestanden": files}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
            (beside / EIGENSCHAPPEN).write_text(text, encoding="utf-8")

        write_folder(place / make_id(moment), fill_with_properties, MAP)
        return self._read(peildatum, place / make_id(moment))

    def check(self, lichting: Lichting) -> None:
        """Check that the files of a vintage are what was written. Raises KluisError naming the file."""
        for name, wanted in lichting.eigenschappen.get("bestanden", {}).items():
            path = lichting.folder / name
            if not path.is_file() or hash_file(path) != wanted:
                raise KluisError(
                    f"{name} van lichting {lichting.id} ({lichting.peildatum}) is beschadigd of weg",
                    vervolg="Zet haar terug met: monitor register herstel",
                )

    # --- retention ---

    def unused(self, before: datetime) -> list[Lichting]:
        """List the vintages that came before this moment and that history does not use."""
        used = {(lichting.peildatum, lichting.id) for lichting in self.current()}
        return [x for x in self.lichtingen() if (x.peildatum, x.id) not in used and x.id < make_id(before)]

    def sweep(self, moment: datetime) -> None:
        """Remove what killed processes left in the store, unless one may be writing it right now."""
        for day in self.peildata():
            sweep(self.folder / day, make_id(moment))
        for path in self.temporary().iterdir():
            if path.stat().st_mtime < (moment - ABANDONED_AFTER).timestamp():
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def remove(self, lichting: Lichting, moment: datetime, reden: str) -> None:
        """Remove a vintage for good, and write in the log book that it was there."""
        self._remove(lichting, moment, "verwijderd", reden)

    def _remove(self, lichting: Lichting, moment: datetime, wat: str, reden: str) -> None:
        gone = lichting.folder.with_name(f".nieuw-{lichting.id}")
        lichting.folder.rename(gone)
        sync(gone.parent)
        self._log(
            {
                "wanneer": make_id(moment),
                "wat": wat,
                "peildatum": lichting.peildatum,
                "lichting": lichting.id,
                "reden": reden,
                "sha256": lichting.eigenschappen.get("sha256", ""),
            }
        )
        shutil.rmtree(gone)
        (self.folder / AANGETOOND).unlink(missing_ok=True)
        if not any(gone.parent.iterdir()):
            gone.parent.rmdir()

    def _log(self, entry: Rij) -> None:
        path = self.folder / LOGBOEK
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, BESTAND)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            path.chmod(BESTAND)
            file.write(json.dumps(entry, ensure_ascii=False, sort_keys=True) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def logboek(self) -> list[Rij]:
        """Give what was removed and restored, oldest first."""
        path = self.folder / LOGBOEK
        return [parse_json(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []

    # --- backup ---

    def backup(self, target: Path) -> int:
        """Write all vintages into one archive file with a checksum beside it; returns how many there are.

        Each file is compared with its own checksum first: what is damaged is not backed up as if it were whole.
        """
        lichtingen = self.lichtingen()
        if not lichtingen:
            raise KluisError(
                "er is nog geen levering om te bewaren", vervolg="Lees er een in met: monitor register lees"
            )
        for lichting in lichtingen:
            self.check(lichting)
        if target.exists():
            raise KluisError(f"{target.name} bestaat al; geef een andere naam")
        checksum = target.with_name(f"{target.name}.sha256")
        beside = target.with_name(f".nieuw-{target.name}")
        try:
            with _create(beside) as file, tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as archive:
                inhoud = {"soort": self.soort, "lichtingen": len(lichtingen)}
                _add(archive, _INHOUD, json.dumps(inhoud).encode())
                for lichting in lichtingen:
                    for path in sorted(lichting.folder.iterdir()):
                        _add(archive, f"{lichting.peildatum}/{lichting.id}/{path.name}", path.read_bytes())
            sync(beside)
            with _create(checksum) as file:
                file.write(f"{hash_file(beside)}  {target.name}\n".encode())
            sync(checksum)
            beside.rename(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            if not target.exists():
                checksum.unlink(missing_ok=True)
            raise
        sync(target.parent)
        return len(lichtingen)

    def restore(self, source: Path, moment: datetime, verwijderde: bool = False) -> tuple[int, int, int]:
        """Put back from an archive what is not there.

        Returns how many vintages were put back, how many were there already, and how many were left out because they
        had been removed on purpose (unless `verwijderde` asks for those too). A vintage that is there but differs from
        that in the archive is damaged: it is replaced.
        Raises KluisError when the archive is not whole or of another kind; then nothing is put back.
        """
        checksum = source.with_name(f"{source.name}.sha256")
        if not checksum.is_file():
            raise KluisError(f"{checksum.name} ontbreekt naast het archief; zet beide bestanden bij elkaar")
        if checksum.read_text(encoding="utf-8", errors="replace").split()[:1] != [hash_file(source)]:
            raise KluisError(f"{source.name} past niet bij {checksum.name}: het archief is beschadigd; neem een ander")
        back = there = left = 0
        removed = {(e["peildatum"], e["lichting"]) for e in self.logboek() if e["wat"] == "verwijderd"}
        try:
            with tarfile.open(source, mode="r:") as archive:
                parts = _read_members(archive)
                if parse_json(parts.pop(("", ""))[_INHOUD])["soort"] != self.soort:
                    raise KluisError(f"{source.name} is van een andere soort dan {self.soort}; geef de juiste --bron")
        except (tarfile.TarError, KeyError, ValueError):
            raise KluisError(f"{source.name} is geen archief van het register") from None
        for (peildatum, id), files in sorted(parts.items()):
            folder = self.folder / peildatum / id
            if folder.is_dir():
                if all((folder / n).is_file() and (folder / n).read_bytes() == c for n, c in files.items()):
                    there += 1
                    continue
                self._remove(
                    Lichting(peildatum, id, folder, {}), moment, "beschadigd", "wordt teruggezet uit een archief"
                )
            elif (peildatum, id) in removed and not verwijderde:
                left += 1
                continue
            self._make(folder.parent)
            shutil.rmtree(folder.with_name(f".nieuw-{id}"), ignore_errors=True)
            write_folder(folder, partial(_write_files, files), MAP)
            self._log({"wanneer": make_id(moment), "wat": "teruggezet", "peildatum": peildatum, "lichting": id})
            back += 1
        return back, there, left


@contextlib.contextmanager
def _create(path: Path) -> Iterator[IO[bytes]]:
    """Open a new file that only its owner may read, from its first moment, and sync it at the end."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, BESTAND)
    with os.fdopen(handle, "wb") as file:
        path.chmod(BESTAND)
        yield file
        file.flush()
        os.fsync(file.fileno())


def _write_files(files: dict[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    """Add a file without saying who owned it or when it was made."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), BESTAND
    archive.addfile(member, io.BytesIO(content))


def _read_members(archive: tarfile.TarFile) -> dict[tuple[str, str], dict[str, bytes]]:
    """Read all files of an archive by vintage; each is checked against the checksums of its vintage."""
    found: dict[tuple[str, str], dict[str, bytes]] = {}
    for member in archive:
        peildatum, id, name = ("", "", *member.name.split("/"))[-3:]
        inside = (not peildatum and name == _INHOUD) or (_is_day(peildatum) and _is_id(id) and name.count("..") == 0)
        content = (
            archive.extractfile(member) if member.isreg() and inside and member.name.count("/") in (0, 2) else None
        )
        if content is None:
            raise KluisError("het archief bevat iets dat niet in de kluis hoort")
        found.setdefault((peildatum, id), {})[name] = content.read()
    for (peildatum, id), files in found.items():
        if peildatum:
            wanted = parse_json(files[EIGENSCHAPPEN])["bestanden"]
            if {n: hashlib.sha256(c).hexdigest() for n, c in files.items() if n != EIGENSCHAPPEN} != wanted:
                raise KluisError(f"lichting {id} van {peildatum} is in het archief niet heel")
    return found
