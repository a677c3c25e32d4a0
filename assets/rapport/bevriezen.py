"""Sealing an edition, and making its documents again from the archive.

What is sealed are the data of a finished build (Parquet, and the tables of `monitor` as CSV), the answers of the
sources under it, cards, source list, corrections, frozen peers, lock file, the folder of the edition, and the
documents. The documents are always made from the sealed data themselves, never copied from the build: so making them
again from the archive goes the same way, on any machine.
"""

from __future__ import annotations

import hashlib
import shutil
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assets.bouw.bouwen import DATABASE, LEESBAAR_VANAF
from assets.bouw.invoer.bouwinvoer import GEREED, InvoerError, read_manifest
from assets.bouw.uitkomst import TOETSEN
from assets.bouw.zegel import (
    GEGEVENS,
    Manifest,
    Zegel,
    ZegelError,
    edities_folder,
    find_zegel,
    opened_zegel,
    write_zegel,
)
from assets.bron.bronlijst import AANLEVERINGEN, TABELLEN
from assets.bron.momentopname import hash_file
from assets.gesloten import Duckdbinstellingen, open_gesloten, sql_text
from assets.indicatoren.kaart import card_paths
from assets.indicatoren.soortgenotenlijst import MAP as SOORTGENOTEN
from assets.kern.correctie import CORRECTIES, correctiebestanden
from assets.keten import GRENZEN
from assets.rapport.editie import BESTAND, BEVROREN, EditieError, Editiemap, read_editiemap
from assets.rapport.schrijven import Report, write_rapport
from begrippen.beleid import BESTAND as BELEID
from begrippen.formule import ontscherp_sql
from begrippen.gebied import BESTAND as GEBIED
from begrippen.gebied import gekozen

EDITIE, RAPPORT, STUKKEN, BRONNEN = "editie", "rapport", "stukken", "bronnen"
# What is made again from the archive and must be the same to the byte.
DOCUMENTEN = (f"{RAPPORT}/", f"{STUKKEN}/")
VERTROUWELIJK = "vertrouwelijk"


@dataclass(frozen=True)
class Herbouw:
    """What came of making the documents again: files that differ, and what else is not as it was at the sealing."""

    manifest: Manifest
    verschillen: tuple[str, ...]
    anders: tuple[str, ...]


def load_database(parquet: Path, database: Path) -> None:
    """Make a database of the Parquet of a build, with its tables where `build_database` puts them."""
    config: Duckdbinstellingen = {"storage_compatibility_version": LEESBAAR_VANAF}
    with open_gesloten(parquet, database.parent, database=database, config=config) as db:
        db.execute("CREATE SCHEMA kern; CREATE SCHEMA beleid")
        for file in sorted(parquet.glob("*.parquet")):
            schema, _, naam = file.stem.partition(".")
            target = f'main."{naam}"' if schema == "monitor" else f'{schema}."{naam}"'
            db.execute(f"CREATE TABLE {target} AS FROM read_parquet('{str(file).replace(chr(39), chr(39) * 2)}')")


def _write_csv(parquet: Path, folder: Path) -> None:
    """Write the tables of `monitor` and `beleid` as CSV with semicolons, in the order of their rows in the Parquet."""
    folder.mkdir(parents=True)
    parquet, folder = parquet.resolve(), folder.resolve()
    with open_gesloten(parquet, folder, threads=1) as db:
        for file in sorted([*parquet.glob("monitor.*.parquet"), *parquet.glob("beleid.*.parquet")]):
            source, target = (sql_text(str(p)) for p in (file, folder / f"{file.stem}.csv"))
            named = ", ".join(
                f"{ontscherp_sql(column) if type == 'VARCHAR' else column} AS {column}"
                for name, type, *_ in db.execute(f"DESCRIBE FROM read_parquet({source})").fetchall()
                for column in ['"' + name.replace('"', '""') + '"']
            )
            db.execute(
                f"COPY (SELECT {named} FROM read_parquet({source})) TO {target} (FORMAT csv, HEADER, DELIMITER ';')"
            )


def _frozen(folder: Path, editiemap: Editiemap) -> None:
    """Put the folder of the edition in `folder`, its state frozen."""
    folder.mkdir(parents=True)
    for naam, path in editiemap.bestanden.items():
        (folder / naam).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / naam)
    toml = folder / BESTAND
    if not toml.exists():
        toml.write_text(f'jaar = {editiemap.editie.jaar}\nstaat = "{BEVROREN}"\n', encoding="utf-8")
    else:
        toml.write_text(freeze_toml(toml.read_text(encoding="utf-8-sig")), encoding="utf-8")


def freeze_toml(text: str) -> str:
    """The text of an `editie.toml` with state frozen; all else as it was, comments too."""
    lines = text.splitlines()
    for n, line in enumerate(lines):
        if line.partition("=")[0].strip() == "staat":
            lines[n] = f'staat = "{BEVROREN}"'
            break
        if line.lstrip().startswith("["):
            lines.insert(n, f'staat = "{BEVROREN}"')
            break
    else:
        lines.append(f'staat = "{BEVROREN}"')
    frozen = "\n".join(lines) + "\n"
    if tomllib.loads(frozen).get("staat") != BEVROREN:
        raise EditieError(f'{BESTAND}: zet zelf een regel staat = "concept" boven de eerste [kop] en probeer opnieuw')
    return frozen


def _tree(folder: Path, prefix: str) -> dict[str, Path]:
    return {f"{prefix}/{p.relative_to(folder).as_posix()}": p for p in sorted(folder.rglob("*")) if not p.is_dir()}


def _answers(gegevens: Path, opslag: Path) -> dict[str, Path]:
    """The stored answers that a build used: name in the archive -> file. Raises EditieError for one that is gone."""
    gegevens = gegevens.resolve()
    with open_gesloten(gegevens) as db:
        rows = db.execute(
            "SELECT bron, tabel, momentopname, map FROM read_parquet(?) ORDER BY ALL",
            [str(gegevens / "parquet" / "monitor.momentopname.parquet")],
        ).fetchall()
    found: dict[str, Path] = {}
    for bron, tabel, momentopname, folder in rows:
        place = opslag / folder
        if not (place / "eigenschappen.json").is_file():
            raise EditieError(
                f"het antwoord {momentopname} van tabel {tabel}, waarop deze bouw rust, is er niet meer ({place})",
                vervolg="Bouw opnieuw en verzegel dan: monitor run",
            )
        found |= _tree(place, f"{BRONNEN}/{bron}/{tabel}/{momentopname}")
    return found


def guard(bestanden: Mapping[str, Path], opslag: Path) -> None:
    """Refuse whatever is or holds something confidential. Raises EditieError naming the place in the archive only.

    Not by name alone: a link, a hard link or a copy under another name is refused too.
    """
    geheim = opslag / VERTROUWELIJK
    inodes: set[tuple[int, int]] = set()
    sizes: dict[int, set[str]] = {}
    for path in geheim.rglob("*") if geheim.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            status = path.stat()
            inodes.add((status.st_dev, status.st_ino))
            if status.st_size:
                sizes.setdefault(status.st_size, set()).add(hash_file(path))
    base = geheim.resolve()
    for naam, path in bestanden.items():
        status = path.lstat()
        inside = path.resolve().is_relative_to(base) or VERTROUWELIJK in naam.split("/")
        if path.is_symlink() or not path.is_file() or inside or (status.st_dev, status.st_ino) in inodes:
            raise EditieError(f"{naam} mag niet in een verzegelde editie: het is een koppeling of iets vertrouwelijks")
        if hash_file(path) in sizes.get(status.st_size, ()):
            raise EditieError(f"{naam} mag niet in een verzegelde editie: het is een kopie van iets vertrouwelijks")


def make_documents(gegevens: Path, editie: Path, jaar: int, uit: Path, report: Report | None = None) -> None:
    """Make the documents of a sealed edition from its data and its folder: `uit/rapport` and `uit/stukken`.

    This is all that makes them, at the sealing and afterwards, so that both give the same bytes. Raises TekstError,
    VraagError, EditieError.
    """
    with TemporaryDirectory(prefix="editie-") as name:
        database = Path(name) / DATABASE
        load_database(gegevens / "parquet", database)
        if (gegevens / TOETSEN).is_file():
            shutil.copyfile(gegevens / TOETSEN, database.with_name(TOETSEN))
        grenzen = gegevens / GRENZEN
        write_rapport(
            database,
            uit,
            report,
            grenzen if grenzen.is_file() else None,
            editiemap=read_editiemap(editie, jaar),
        )


def _check_versie(zegel: Zegel | None, editiemap: Editiemap) -> None:
    jaar = editiemap.editie.jaar
    if zegel is None and editiemap.versie > 1:
        raise EditieError(
            f"editie {jaar} heeft rectificaties, maar versie 1 is hier niet verzegeld",
            vervolg="Zet het archief van de vorige versie in opslag/edities, of verwijder de map rectificaties",
        )
    if zegel is not None and editiemap.versie != zegel.versie + 1:
        raise EditieError(
            f"editie {jaar} is al bevroren (versie {zegel.versie}: {zegel.pad.name}) en verandert niet meer stil",
            vervolg=f"Is er iets fout? Schrijf edities/{jaar}/rectificaties/{zegel.versie:02d}.toml (docs/editie.md, "
            "stap 5) en verzegel dan opnieuw",
        )


def freeze(
    bouw: Path,
    opslag: Path,
    editiemap: Editiemap,
    *,
    lock: Path,
    now: datetime,
    report: Report | None = None,
) -> tuple[Path, Manifest]:
    """Seal the finished build in `bouw` as an edition, and return the archive with its manifest.

    `lock`: the lock file of the environment. Raises EditieError, ZegelError, TekstError.
    """
    jaar = editiemap.editie.jaar
    try:
        gemaakt = read_manifest(bouw)
    except InvoerError as error:
        raise EditieError(str(error), vervolg=f"Maak er een met: monitor run --editie {jaar}") from None
    soort = gemaakt["soort"]
    if int(gemaakt["editie"]) != jaar:
        raise EditieError(
            f"gepubliceerd is editie {gemaakt['editie']} en niet {jaar}",
            vervolg=f"Maak die met: monitor run --editie {jaar}",
        )
    if soort not in editiemap.editie.soorten:
        raise EditieError(f"editie {jaar} is alleen voor {', '.join(editiemap.editie.soorten)}, niet voor {soort}")
    _check_versie(find_zegel(opslag, soort, jaar), editiemap)
    # before anything is drawn, since drawing takes longest
    answers = _answers(bouw, opslag)
    guard(answers, opslag)
    with TemporaryDirectory(prefix="editie-") as name:
        work = Path(name)
        gegevens = work / GEGEVENS
        shutil.copytree(bouw / "parquet", gegevens / "parquet")
        for naam in (GEREED, TOETSEN, GRENZEN):
            if (bouw / naam).is_file():
                shutil.copyfile(bouw / naam, gegevens / naam)
        _write_csv(gegevens / "parquet", gegevens / "csv")
        _frozen(work / EDITIE, editiemap)
        make_documents(gegevens, work / EDITIE, jaar, work, report)
        shutil.copyfile(lock, work / "uv.lock")
        # only what is named here comes in: what a folder holds beside it does not
        bestanden = {
            **_tree(gegevens, GEGEVENS),
            **_tree(work / EDITIE, EDITIE),
            **_tree(work / RAPPORT, RAPPORT),
            **_tree(work / STUKKEN, STUKKEN),
            **_cards(gegevens),
            f"bronlijst/{CORRECTIES.name}": CORRECTIES,
            **{f"gebied/{p.name}": p for p in correctiebestanden() if p != CORRECTIES},
            **_tree(TABELLEN, "bronlijst/tabellen"),
            **_tree(AANLEVERINGEN, "bronlijst/aanleveringen"),
            **answers,
            **_tree(opslag / SOORTGENOTEN / soort / str(jaar), SOORTGENOTEN),
            "uv.lock": work / "uv.lock",
        }
        guard(bestanden, opslag)
        archief = edities_folder(opslag, soort) / f"{jaar}-v{editiemap.versie}.zip"
        manifest = Manifest(
            soort=soort,
            editie=jaar,
            versie=editiemap.versie,
            bouw=gemaakt["bouw"],
            code_versie=gemaakt["code_versie"],
            gebouwd_op=gemaakt["bouw"],
            verzegeld_op=now.isoformat(timespec="seconds"),
        )
        return archief, write_zegel(archief, manifest, bestanden)


def _cards(gegevens: Path) -> dict[str, Path]:
    """The cards of a build, with what the tenant has otherwise; what the edition has otherwise stands in its folder."""
    gegevens = gegevens.resolve()
    with open_gesloten(gegevens) as db:
        path = str(gegevens / "parquet" / "monitor.indicator.parquet")
        wanted = {r[0] for r in db.execute("SELECT id FROM read_parquet(?)", [path]).fetchall()}
    gebied = gekozen()
    files = [p for id, paths in card_paths(gebied).items() if id in wanted for p in paths]
    files += [p for p in (gebied.map / GEBIED, gebied.map / BELEID) if p.is_file()]
    return {
        f"gebied/{p.relative_to(gebied.map)}"
        if p.is_relative_to(gebied.map)
        else f"kaarten/{p.parent.name}/{p.name}": p
        for p in files
    }


def _differences(manifest: Manifest, folder: Path) -> Iterable[str]:
    """The documents that are not what was sealed: missing, other or new."""
    made = {**_tree(folder / RAPPORT, RAPPORT), **_tree(folder / STUKKEN, STUKKEN)}
    sealed = {n: b for n, b in manifest.bestanden.items() if n.startswith(DOCUMENTEN)}
    for naam in sorted(set(made) | set(sealed)):
        if naam not in made:
            yield f"{naam} is er niet meer"
        elif naam not in sealed:
            yield f"{naam} kwam erbij"
        elif hash_file(made[naam]) != sealed[naam].sha256:
            yield f"{naam} is anders"


def rebuild(archief: Path, uit: Path, lock: Path, code_versie: str, report: Report | None = None) -> Herbouw:
    """Make the documents of a sealed edition again in `uit`, from its archive alone, and compare them byte for byte.

    `code_versie` and `lock` are those of this machine; a difference is told. Raises ZegelError for a damaged archive.
    """
    if uit.exists() and any(uit.iterdir()):
        raise ZegelError(f"{uit} is niet leeg; geef met --uit een nieuwe map")
    with opened_zegel(archief) as (manifest, folder):
        uit.mkdir(parents=True, exist_ok=True)
        make_documents(folder / GEGEVENS, folder / EDITIE, manifest.editie, uit, report)
        anders = []
        if manifest.code_versie != code_versie:
            anders.append(f"verzegeld met versie {manifest.code_versie}, herbouwd met {code_versie}")
        if manifest.bestanden["uv.lock"].sha256 != hashlib.sha256(lock.read_bytes()).hexdigest():
            anders.append("uv.lock is anders dan bij het verzegelen: andere versies van bibliotheken")
        return Herbouw(manifest, tuple(_differences(manifest, uit)), tuple(anders))


def changed_since(zegel: Zegel, editiemap: Editiemap) -> list[str]:
    """The files of the edition that are other than when it was sealed; state and rectifications apart."""
    with opened_zegel(zegel.pad, (f"{EDITIE}/",)) as (_, folder):
        sealed = {p.relative_to(folder / EDITIE).as_posix(): p for p in (folder / EDITIE).rglob("*") if p.is_file()}
        now = editiemap.bestanden
        changed = []
        for naam in sorted(set(sealed) | set(now)):
            if naam.startswith("rectificaties/"):
                continue
            if naam not in now or naam not in sealed:
                changed.append(naam)
                continue
            if naam.endswith(".docx"):
                if sealed[naam].read_bytes() != now[naam].read_bytes():
                    changed.append(naam)
                continue
            a, b = sealed[naam].read_text(encoding="utf-8-sig"), now[naam].read_text(encoding="utf-8-sig")
            if a != b and (naam != BESTAND or freeze_toml(b) != freeze_toml(a)):
                changed.append(naam)
        return changed if sealed and now else []
