"""A copy of everything that is kept and published, in one archive; and back again, on this machine or another one."""

from __future__ import annotations

import hashlib
import io
import os
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

import click

from assets.bouw.bouwen import ACTUEEL, KOPPELINGEN
from assets.kast import KAST
from begrippen.fout import MonitorError
from pipelines import instellingen
from pipelines.alleen import SLOT, alone
from pipelines.nederlands import Group
from reports.zinnen import tel

OPSLAG, LINKS = "opslag", "koppelingen"
# the Python of Debian 12 does not have it yet; what it would refuse is refused here too
_FILTER: dict[str, Any] = {"filter": "tar"} if hasattr(tarfile, "tar_filter") else {}
# of Dagster: the marks of processes, which belong to one machine, and what SQLite keeps beside a database
_LEFT = ("-wal", "-shm", SLOT)


class KopieError(MonitorError):
    """An archive that can not be written, is not whole, or would be put over what is there."""

    code = "reservekopie"
    exit_code = 1


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sum(archief: Path) -> Path:
    return archief.with_name(f"{archief.name}.sha256")


def _published(opslag: Path, uitvoer: Path) -> Iterator[tuple[str, str]]:
    """Of every link to what is published: where it stands below `uitvoer`, and the build below `opslag`."""
    for link in sorted(p for p in uitvoer.rglob(ACTUEEL) if p.is_symlink()):
        if link.resolve().is_relative_to(opslag.resolve()):
            yield link.relative_to(uitvoer).as_posix(), link.resolve().relative_to(opslag.resolve()).as_posix()


def _add_database(tar: tarfile.TarFile, path: Path, name: str) -> None:
    """Add a history of Dagster as it is at one moment: the page may be writing in it."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as db, closing(sqlite3.connect(copy)) as to:
            db.backup(to)
        tar.add(copy, name)


def _is_kept(path: Path, opslag: Path) -> bool:
    """Whether it is to be kept: not what a run leaves behind, nor what can always be made again."""
    return not path.name.endswith(_LEFT) and path.relative_to(opslag).parts[0] != KAST


def make_kopie(opslag: Path, uitvoer: Path, archief: Path) -> int:
    """Write everything of `opslag` and what `uitvoer` points at to `archief`, with its checksum beside it.

    Nobody else can read it, and it is not encrypted: it holds the confidential store. Gives the number of files.
    Raises KopieError for an archive that is there already or lies within, InstellingError while a refresh runs.
    """
    if archief.exists():
        raise KopieError(
            "dit bestand is er al, en blijft zoals het is", waar=str(archief), vervolg="Kies een andere naam"
        )
    if archief.resolve().is_relative_to(opslag.resolve()):
        raise KopieError("een kopie in de map zelf gaat met die map verloren", waar=str(archief))
    archief.parent.mkdir(parents=True, exist_ok=True)
    beside = archief.with_name(f".{archief.name}.{os.getpid()}")
    count = 0
    try:
        with alone(opslag), os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                for path in sorted(p for p in opslag.rglob("*") if _is_kept(p, opslag)):
                    name = f"{OPSLAG}/{path.relative_to(opslag).as_posix()}"
                    if path.suffix == ".db" and "dagster" in path.relative_to(opslag).parts:
                        _add_database(tar, path, name)
                    elif not path.is_symlink() and (path.is_file() or path.is_dir()):
                        tar.add(path, name, recursive=False)
                    count += path.is_file()
                links = "".join(f"{link}\t{build}\n" for link, build in _published(opslag, uitvoer)).encode()
                entry = tarfile.TarInfo(LINKS)
                entry.size = len(links)
                tar.addfile(entry, io.BytesIO(links))
            file.flush()
            os.fsync(file.fileno())
        _sum(archief).write_text(f"{_hash(beside)}  {archief.name}\n", encoding="utf-8")
        beside.replace(archief)
    finally:
        beside.unlink(missing_ok=True)
    return count


def restore(archief: Path, opslag: Path, uitvoer: Path) -> int:
    """Put everything back, in an `opslag` that is empty; what was published is so again, wherever the folders are now.

    Gives the number of links to what is published. Raises KopieError for an archive that is not whole, or a folder
    that is not empty: nothing is ever put over something else.
    """
    if not archief.is_file() or not _sum(archief).is_file():
        raise KopieError("dit bestand is er niet, of zijn controlegetal niet", waar=f"{archief} en {_sum(archief)}")
    if _sum(archief).read_text(encoding="utf-8").split()[:1] != [_hash(archief)]:
        raise KopieError("de kopie is beschadigd: het controlegetal klopt niet", waar=str(archief))
    if opslag.exists() and any(p.name != SLOT for p in opslag.iterdir()):
        raise KopieError(
            "deze map is niet leeg, en een kopie komt nooit over iets heen",
            waar=str(opslag),
            vervolg=f"Zet haar opzij: mv {opslag} {opslag}.oud",
        )
    with alone(opslag), tarfile.open(archief) as tar:
        for member in tar:
            if member.name.startswith(f"{OPSLAG}/"):
                member.name = member.name.removeprefix(f"{OPSLAG}/")
                if member.islnk():
                    member.linkname = member.linkname.removeprefix(f"{OPSLAG}/")
                _check_inside(member, archief)
                # modes stay: what is confidential is closed to others
                tar.extract(member, opslag, **_FILTER)
        listed = tar.extractfile(LINKS)
        pairs = [line.split("\t") for line in (listed.read().decode().splitlines() if listed else [])]
        for link, build in pairs:
            _publish(uitvoer / link, opslag / build)
    return len(pairs)


def _check_inside(member: tarfile.TarInfo, archief: Path) -> None:
    """Refuse what would land elsewhere, or is no file or folder. Raises KopieError."""
    paths = [PurePosixPath(member.name), *([PurePosixPath(member.linkname)] if member.linkname else [])]
    if any(p.is_absolute() or ".." in p.parts for p in paths) or not (
        member.isreg() or member.isdir() or member.islnk()
    ):
        raise KopieError(f"de kopie heeft iets wat hier niet in hoort: {member.name}", waar=str(archief))


def _publish(link: Path, build: Path) -> None:
    """Point a link at a build, and have that build know of it: what is published is never cleared."""
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(os.path.relpath(build.resolve(), link.parent.resolve()), target_is_directory=True)
    with (build / KOPPELINGEN).open("a", encoding="utf-8") as file:
        file.write(f"{link.absolute()}\n")


_ARCHIEF = click.argument("archief", type=click.Path(path_type=Path), metavar="ARCHIEF")


@click.group(cls=Group)
def reservekopie() -> None:
    """Alles wat is bewaard en gepubliceerd, in een bestand; en weer terug."""


@reservekopie.command()
@_ARCHIEF
def maak(archief: Path) -> None:
    """Maak een reservekopie: een archief, met zijn controlegetal ernaast.

    Even vertrouwelijk als de opslag zelf, en niet versleuteld: zet haar op een versleutelde schijf. Wacht niet op een
    verversing: loopt er een, dan wordt er niets gemaakt.
    """
    i = instellingen.read()
    count = make_kopie(i.opslag.resolve(), i.uitvoer.resolve(), archief.absolute())
    click.echo(f"Bewaard: {tel(count, 'bestand', 'bestanden')} ({archief.stat().st_size / 1e6:.0f} MB) in {archief}")
    click.echo(f"Controlegetal: {_sum(archief)}")


@reservekopie.command()
@_ARCHIEF
def herstel(archief: Path) -> None:
    """Zet een reservekopie terug in een lege opslag, op deze machine of een andere.

    Wat was gepubliceerd, is dat daarna weer. Er komt nooit iets over iets anders heen.
    """
    i = instellingen.read()
    links = restore(archief.absolute(), i.opslag.resolve(), i.uitvoer.resolve())
    click.echo(
        f"Teruggezet in {i.opslag.resolve()}; {tel(links, 'publicatie', 'publicaties')} in {i.uitvoer.resolve()}"
    )
    click.echo("Kijk na: monitor doctor")
