"""The archive of a sealed edition: one zip with a checksum of every file, the same bytes for the same files.

It stands as `opslag/edities/<soort>/<jaar>-v<versie>.zip` with its own checksum beside it, is written once and never
changed. Reading one trusts nothing: names, sizes and checksums are held against the manifest before anything is used.
"""

from __future__ import annotations

import errno
import hashlib
import json
import lzma
import os
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from assets.bron.momentopname import hash_file
from begrippen.fout import MonitorError
from begrippen.jsontekst import parse_json

MANIFEST = "manifest.json"
FORMAAT = 1
NAAM = re.compile(r"(?P<jaar>[0-9]{4})-v(?P<versie>[1-9][0-9]{0,2})\.zip")
# The earliest moment that a zip can hold: every file gets it, so that the archive does not depend on the clock.
TIJD = (1980, 1, 1, 0, 0, 0)
# What is compressed already; a second time would only cost time.
INGEPAKT = {".parquet", ".gz", ".pdf", ".png", ".zip", ".pptx", ".docx", ".xlsx", ".ods"}
MAX_BYTES = 4 * 1024**3
GEGEVENS = "gegevens"
_BLOK = 1 << 20


class ZegelError(MonitorError):
    """An archive that can not be written or is not what was sealed; the message names archive and file."""

    code = "zegel"
    exit_code = 1


@dataclass(frozen=True)
class Bestand:
    """What the manifest says of a file."""

    sha256: str
    bytes: int


@dataclass(frozen=True)
class Manifest:
    """What a sealed edition says of itself. `bouw`: the build it was made from; `bestanden`: path -> checksum."""

    soort: str
    editie: int
    versie: int
    bouw: str
    code_versie: str
    gebouwd_op: str
    verzegeld_op: str
    bestanden: Mapping[str, Bestand] = field(default_factory=dict)
    formaat: int = FORMAAT

    def text(self) -> str:
        """The manifest as it stands in the archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@dataclass(frozen=True)
class Zegel:
    """A sealed edition that is there."""

    jaar: int
    versie: int
    pad: Path


def edities_folder(opslag: Path, soort: str) -> Path:
    """Where the sealed editions of a kind of source stand."""
    return opslag / "edities" / soort


def list_zegels(opslag: Path, soort: str) -> list[Zegel]:
    """The sealed editions of a kind, by year and version."""
    folder = edities_folder(opslag, soort)
    found = [(m, p) for p in folder.glob("*.zip") if (m := NAAM.fullmatch(p.name))] if folder.is_dir() else []
    return sorted((Zegel(int(m["jaar"]), int(m["versie"]), p) for m, p in found), key=lambda z: (z.jaar, z.versie))


def _was_there(zegel: Zegel, tot: datetime | None) -> bool:
    if tot is None:
        return True
    with _opened(zegel.pad) as zip_:
        return datetime.fromisoformat(_read_manifest(zip_, zegel.pad).verzegeld_op) < tot


@contextmanager
def _opened(archief: Path) -> Iterator[zipfile.ZipFile]:
    """An archive to read from. Raises ZegelError for what is damaged; OSError for what is wrong with the disk."""
    try:
        with zipfile.ZipFile(archief) as zip_:
            yield zip_
    except ZegelError:
        raise
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError, OSError) as error:
        # an offset before the beginning is EINVAL; other numbers are of the disk, and no fault of the archive
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise
        raise ZegelError(f"{archief.name} is beschadigd ({error}); haal het terug uit een reservekopie") from error


def find_zegel(opslag: Path, soort: str, jaar: int, tot: datetime | None = None) -> Zegel | None:
    """The last version of a sealed edition, or None; `tot`: of those sealed before this moment. Raises ZegelError."""
    zegels = reversed(list_zegels(opslag, soort))
    return next((z for z in zegels if z.jaar == jaar and _was_there(z, tot)), None)


def find_vorige_zegel(opslag: Path, soort: str, jaar: int, tot: datetime | None = None) -> Zegel | None:
    """The sealed edition before `jaar`, in its last version; None where there is none. `tot` as in `find_zegel`."""
    zegels = reversed(list_zegels(opslag, soort))
    return next((z for z in zegels if z.jaar < jaar and _was_there(z, tot)), None)


def _info(naam: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(naam, TIJD)
    info.create_system = 3
    info.external_attr = (stat.S_IFREG | 0o644) << 16
    info.compress_type = zipfile.ZIP_STORED if PurePosixPath(naam).suffix in INGEPAKT else zipfile.ZIP_DEFLATED
    return info


def _check_naam(naam: str, archief: Path) -> None:
    parts = PurePosixPath(naam).parts
    if not parts or naam != "/".join(parts) or ".." in parts or naam.startswith("/") or "\\" in naam or "\0" in naam:
        raise ZegelError(f"{archief.name}: '{naam}' kan geen naam van een bestand in een verzegelde editie zijn")


def write_zegel(archief: Path, manifest: Manifest, bestanden: Mapping[str, Path]) -> Manifest:
    """Seal files (name in the archive -> where it is) and return the manifest, completed with their checksums.

    Nothing is left behind when it fails. Raises ZegelError when the archive is there already.
    """
    if archief.exists():
        raise ZegelError(f"{archief} is er al; een verzegelde editie wordt nooit overschreven")
    for naam in bestanden:
        _check_naam(naam, archief)
    listed = {n: Bestand(hash_file(p), p.stat().st_size) for n, p in sorted(bestanden.items())}
    whole = Manifest(**(vars(manifest) | {"bestanden": listed}))
    archief.parent.mkdir(parents=True, exist_ok=True)
    beside = archief.with_name(f".nieuw-{os.getpid()}-{archief.name}")
    try:
        with zipfile.ZipFile(beside, "w", compresslevel=6) as zip_:
            zip_.writestr(_info(MANIFEST), whole.text())
            for naam, pad in sorted(bestanden.items()):
                digest = hashlib.sha256()
                with pad.open("rb") as source, zip_.open(_info(naam), "w") as target:
                    while block := source.read(_BLOK):
                        digest.update(block)
                        target.write(block)
                if digest.hexdigest() != listed[naam].sha256:
                    raise ZegelError(f"{pad} veranderde tijdens het verzegelen; doe het opnieuw")
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        som = hash_file(beside)
        beside.chmod(0o444)
        archief.with_suffix(".zip.sha256").write_text(f"{som}  {archief.name}\n", encoding="ascii")
        beside.rename(archief)
    finally:
        beside.unlink(missing_ok=True)
    return whole


def _read_manifest(zip_: zipfile.ZipFile, archief: Path) -> Manifest:
    try:
        content: dict[str, Any] = parse_json(zip_.read(MANIFEST))
        bestanden = {n: Bestand(str(b["sha256"]), int(b["bytes"])) for n, b in content.pop("bestanden").items()}
        manifest = Manifest(bestanden=bestanden, **content)
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise ZegelError(f"{archief.name} is geen verzegelde editie: {MANIFEST} ontbreekt of is beschadigd") from error
    if manifest.formaat != FORMAAT:
        raise ZegelError(
            f"{archief.name} heeft formaat {manifest.formaat}; deze versie van de monitor kent formaat {FORMAAT}. "
            f"Gebruik de versie waarmee zij is verzegeld: {manifest.code_versie}"
        )
    return manifest


def _check_som(archief: Path) -> None:
    beside = archief.with_suffix(".zip.sha256")
    if beside.is_file():
        expected = beside.read_text(encoding="ascii", errors="replace").split(" ")[0].strip()
        if expected != hash_file(archief):
            raise ZegelError(
                f"{archief.name} is niet wat is verzegeld: zijn controlegetal is niet dat in {beside.name}. "
                "Haal het archief terug uit een reservekopie."
            )


def _members(zip_: zipfile.ZipFile, manifest: Manifest, archief: Path) -> list[zipfile.ZipInfo]:
    """The files of an archive, held against its manifest by name, kind and size. Raises ZegelError."""
    infos = [i for i in zip_.infolist() if i.filename != MANIFEST]
    names = [i.filename for i in infos]
    for naam in names:
        _check_naam(naam, archief)
    if len(zip_.infolist()) != len({i.filename for i in zip_.infolist()}):
        raise ZegelError(f"{archief.name}: een bestand staat er twee keer in")
    if strange := sorted(set(names) - set(manifest.bestanden)):
        raise ZegelError(f"{archief.name}: {strange[0]} hoort er niet in; het staat niet in {MANIFEST}")
    if missing := sorted(set(manifest.bestanden) - set(names)):
        raise ZegelError(f"{archief.name}: {missing[0]} ontbreekt")
    for info in infos:
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            raise ZegelError(f"{archief.name}: {info.filename} is geen gewoon bestand")
        if info.file_size != manifest.bestanden[info.filename].bytes:
            raise ZegelError(f"{archief.name}: {info.filename} heeft een andere grootte dan verzegeld")
    if sum(i.file_size for i in infos) > MAX_BYTES:
        raise ZegelError(f"{archief.name} is uitgepakt groter dan 4 GB; dat is geen editie van deze monitor")
    return infos


def unpack_zegel(archief: Path, folder: Path, only: tuple[str, ...] = ()) -> Manifest:
    """Unpack an archive into `folder`, every file checked, and return its manifest.

    `only`: beginnings of the names that are wanted; without them all. Raises ZegelError naming archive and file.
    """
    if not archief.is_file():
        raise ZegelError(f"{archief} is er niet", vervolg="De verzegelde edities toont: monitor editie lijst")
    _check_som(archief)
    with _opened(archief) as zip_:
        manifest = _read_manifest(zip_, archief)
        for info in _members(zip_, manifest, archief):
            if only and not info.filename.startswith(only):
                continue
            target = folder / info.filename
            target.parent.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256()
            with zip_.open(info) as source, target.open("xb") as out:
                while block := source.read(_BLOK):
                    digest.update(block)
                    out.write(block)
            if digest.hexdigest() != manifest.bestanden[info.filename].sha256:
                raise ZegelError(f"{archief.name}: {info.filename} is niet meer wat is verzegeld")
    return manifest


@contextmanager
def opened_zegel(archief: Path, only: tuple[str, ...] = ()) -> Iterator[tuple[Manifest, Path]]:
    """The manifest and the unpacked files of an archive, for as long as the block lasts."""
    with TemporaryDirectory(prefix="editie-") as name:
        folder = Path(name)
        yield unpack_zegel(archief, folder, only), folder


def unpack_vergelijking(zegel: Zegel, folder: Path) -> Path:
    """Unpack what a build takes of the edition before it, and return the folder, as that of a finished build."""
    shutil.rmtree(folder, ignore_errors=True)
    unpack_zegel(zegel.pad, folder, (f"{GEGEVENS}/",))
    return folder / GEGEVENS
