"""Delivered files: CSV, XLSX and ODS in the long template, or in any shape that a mapping turns into it.

    indicator;regiocode;periode;waarde;status;bron;peildatum

A mapping (`aanleveringen/*.yaml`, or `*.mapping.yaml` beside the file) says which column is which. All files that one
mapping reads are one momentopname. What is wrong is said with line and value, and leaves the last accepted one in use.
"""

from __future__ import annotations

import fnmatch
import hashlib
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from assets.bron import inlezen, niveau, poort
from assets.bron.aanlevering_keuren import AanleveringError
from assets.bron.aanlevering_lezen import DEKKING, MAPPING, read_delivery
from assets.bron.bronlijst import Aanlevering
from assets.bron.fetch import Resultaat, SameRefusalError, Uitkomst, WithdrawnError, refuse_withdrawn
from assets.bron.http import write_kept
from assets.bron.momentopname import Archief, Momentopname, Rij, hash_file
from assets.bron.vellen.lezen import advise_old, is_left_over
from begrippen.fout import BestandError
from begrippen.redenen import Reden, Redenen, to_json
from begrippen.redenzinnen import regel
from begrippen.yamlbestand import read_yaml

# Goes up when a file would be read otherwise than before, so that what was accepted is read and judged again.
LEZER = 3


def _write(
    db: duckdb.DuckDBPyConnection,
    folder: Path,
    files: Sequence[Path],
    mapping: Aanlevering,
    bekende_regios: frozenset[str],
) -> tuple[list[Rij], list[Reden], list[Rij]]:
    """Write the tables of a momentopname; niet_gevonden, waarschuwingen and herkomst. Raises AanleveringError."""
    gelezen = read_delivery(files, mapping, bekende_regios)
    cells = gelezen.cellen
    inlezen.write_frame(
        db,
        folder / "waarnemingen.parquet",
        cells.assign(rij=range(1, len(cells) + 1)),
        "rij, indicator AS onderwerp, regiocode AS regio, periode, 'totaal' AS uitsplitsing, NULL::VARCHAR AS marge, "
        "CASE WHEN leeg IS NULL THEN waarde END AS waarde, leeg, bestand, status",
    )
    delivered = list(dict.fromkeys(cells["indicator"]))
    inlezen.write_onderwerpen(
        db,
        folder,
        (
            (naam, naam, o.titel, " > ".join(o.pad), o.eenheid, o.decimalen, "Double", o.nul_is_leeg or "")
            for naam, o in mapping.onderwerpen.items()
            if naam in delivered
        ),
    )
    inlezen.write_codelijsten(
        db,
        folder,
        (
            (column, soort, code, gelezen.titels.get(code, code), "", "", None, place)
            for column, soort in (("regiocode", "regio"), ("periode", "periode"))
            for place, code in enumerate(sorted(set(cells[column])), start=1)
        ),
    )
    missing = [
        poort.missed(n, Reden("indicator_ontbreekt", {"indicator": n}))
        for n in mapping.onderwerpen
        if n not in delivered
    ]
    origin = cells[["indicator", "bron", "peildatum"]].drop_duplicates().sort_values(["indicator", "bron", "peildatum"])
    herkomst: list[Rij] = [{str(k): v for k, v in row.items()} for row in origin.to_dict("records")]
    return missing, gelezen.waarschuwingen, herkomst


def _levels(
    new: Path, mapping: Aanlevering, accepted: Momentopname | None
) -> Callable[[duckdb.DuckDBPyConnection], list[Reden]] | None:
    if accepted is None:
        return None
    return lambda db: niveau.compare_delivery(
        db,
        new.absolute(),
        (accepted.folder / new.name).absolute(),
        niveaus=mapping.niveaus,
        sinds=datetime.fromisoformat(accepted.eigenschappen["fetched_at"]).date(),
    )


def _fill(
    folder: Path,
    *,
    files: Sequence[Path],
    mapping: Aanlevering,
    skipped: Sequence[str],
    version: str,
    earlier: Sequence[Momentopname],
    bekende_regios: frozenset[str],
    refused: Redenen,
) -> Rij:
    """Fill the folder of a momentopname and return its eigenschappen.

    `skipped`: files in the folder that are of nobody. `refused`: why this same delivery was refused before; raises
    SameRefusalError when that is still so, and WithdrawnError when its cells were withdrawn.
    """
    accepted = next((m for m in reversed(earlier) if m.aangenomen), None)
    for path in files:
        write_kept(folder / "paginas" / f"{path.name}.gz", path.read_bytes())
    (folder / "meta").mkdir()
    write_kept(folder / "meta" / "mapping.json.gz", _described(mapping).encode())
    waarnemingen = folder / "waarnemingen.parquet"
    missing: list[Rij] = []
    notes: list[Reden] = []
    origin: list[Rij] = []
    with inlezen.connect(folder, *([accepted.folder] if accepted else [])) as db:
        try:
            missing, notes, origin = _write(db, folder, files, mapping, bekende_regios)
            if skipped:
                notes.append(Reden("overgeslagen", {"bestanden": tuple(skipped)}))
            redenen = poort.judge(
                db,
                waarnemingen,
                bekende_regios,
                vorige=accepted.folder / waarnemingen.name if accepted else None,
                dekking=DEKKING.waarde,
                vergelijk=_levels(waarnemingen, mapping, accepted),
            ).redenen
            if any(r.code == "gekrompen" for r in redenen):
                redenen = (*redenen, Reden("vervangt_geheel"))
        except AanleveringError as error:
            redenen = (Reden("bestand", toelichting=str(error)),)
            inlezen.write_empty(db, folder)
            inlezen.write_onderwerpen(db, folder, [])
            inlezen.write_codelijsten(db, folder, [])
        rijen = inlezen.count_rows(db, waarnemingen)
    if redenen and redenen == refused:
        raise SameRefusalError(regel(redenen))
    sha256 = hash_file(waarnemingen)
    if not redenen:
        refuse_withdrawn(earlier, sha256)
    return {
        "titel": mapping.titel,
        "url": mapping.url,
        "api": "bestand",
        "selectie": "alle regels",
        "Modified": max((o["peildatum"] for o in origin), default="") or None,
        "MetaDataModified": None,
        "Version": version,
        "status": "Regulier",
        "licentie": mapping.licentie,
        "rijen": rijen,
        "sha256": sha256,
        "oordeel": "geweigerd" if redenen else "aangenomen",
        "redenen": to_json(redenen),
        "niet_gevonden": missing,
        "waarschuwingen": to_json(notes),
        "herkomst": origin,
    }


def _described(mapping: Aanlevering) -> str:
    """Give a mapping as text; what it does not use reads as it did before there was such a thing."""
    return mapping.model_dump_json(exclude={n for n in ("statline", "niveaus") if not getattr(mapping, n)})


def _version(files: Sequence[Path], mapping: Aanlevering) -> str:
    """Give what a delivery is a function of, as one hash: its files and its mapping."""
    digest = hashlib.sha256(f"{LEZER}:{_described(mapping)}".encode())
    for path in files:
        digest.update(f"{path.name}:{hash_file(path)}".encode())
    return digest.hexdigest()


def _take(
    files: Sequence[Path],
    mapping: Aanlevering,
    *,
    skipped: Sequence[str],
    archief: Archief,
    now: Callable[[], datetime],
    bekende_regios: frozenset[str],
) -> Uitkomst:
    start = time.monotonic()
    version = _version(files, mapping)
    earlier = archief.list(mapping.bron, mapping.id)

    def outcome(resultaat: Resultaat, redenen: Redenen = ()) -> Uitkomst:
        use = archief.latest(mapping.bron, mapping.id)
        return Uitkomst(mapping.bron, mapping.id, resultaat, use, redenen, time.monotonic() - start)

    def seen(m: Momentopname | None) -> bool:
        return m is not None and m.eigenschappen.get("Version") == version

    accepted = next((m for m in reversed(earlier) if m.aangenomen), None)
    if seen(accepted):
        return outcome("ongewijzigd")
    # the file that was withdrawn may lie in the folder still
    if gone := next((m for m in reversed(earlier) if m.ingetrokken and seen(m)), None):
        return outcome("geweigerd", gone.redenen)
    last = earlier[-1] if earlier else None
    refused = last.redenen if last and seen(last) else ()
    moment = now().astimezone(UTC)

    def fill(folder: Path) -> Rij:
        content = _fill(
            folder,
            files=files,
            mapping=mapping,
            skipped=skipped,
            version=version,
            earlier=earlier,
            bekende_regios=bekende_regios,
            refused=refused,
        )
        return content | {"fetched_at": moment.isoformat()}

    try:
        momentopname = archief.write(mapping.bron, mapping.id, archief.free_id(mapping.bron, mapping.id, moment), fill)
    except SameRefusalError:
        return outcome("geweigerd", refused)
    except WithdrawnError as error:
        return outcome("geweigerd", error.redenen)
    if momentopname.aangenomen:
        return outcome("nieuw")
    return outcome("geweigerd", momentopname.redenen)


def _refuse(name: str, reden: Reden) -> Uitkomst:
    return Uitkomst("aanlevering", name, "geweigerd", None, (reden,), 0.0)


def _matches(path: Path, patterns: Sequence[str]) -> bool:
    """Whether a file has one of these names; capitals make no other name."""
    return any(fnmatch.fnmatchcase(path.name.lower(), pattern.lower()) for pattern in patterns)


def _read_mapping(path: Path, ids: Sequence[str]) -> Aanlevering:
    """Read a mapping beside the files, for one of the deliveries `ids`. Raises BestandError."""
    own = read_yaml(path, Aanlevering)
    # No build would use another id, and what was delivered would seem to be taken in.
    if own.id not in ids:
        raise BestandError(
            f"id moet een zijn van {', '.join(ids)}, niet '{own.id}'",
            waar=path.name,
            vervolg="Een mapping met een eigen id hoort in de map aanleveringen/ van het gebied",
        )
    return own


def find_mapping(path: Path, aanleveringen: dict[str, Aanlevering]) -> Aanlevering | None:
    """Give the mapping that `read_deliveries` would read a file with; None where none does. Raises BestandError."""
    beside = (p for p in sorted(path.parent.glob(f"*{MAPPING}")) if not p.is_symlink())
    mappings = aanleveringen | {m.id: m for m in (_read_mapping(p, tuple(aanleveringen)) for p in beside)}
    return next((m for m in mappings.values() if _matches(path, m.bestanden)), None)


def read_deliveries(
    folder: Path,
    aanleveringen: dict[str, Aanlevering],
    archief: Archief,
    now: Callable[[], datetime],
    bekende_regios: frozenset[str] = frozenset(),
) -> list[Uitkomst]:
    """Take in every file in `folder`: an outcome for each mapping with files, and for each file that none reads.

    A mapping beside the files (`*.mapping.yaml`) goes before one of ours with the same id. A file that did not change
    since it was accepted is 'ongewijzigd'. What a program left behind (`~$`, Thumbs.db) is no delivery; it is named
    with the delivery beside it. Raises AanleveringError when the folder does not exist.
    """
    if not folder.is_dir():
        raise AanleveringError(
            f"de map {folder} bestaat niet",
            vervolg="Noem een map met bestanden: monitor run --aanlevering MAP",
        )
    outcomes: list[Uitkomst] = []
    mappings = dict(aanleveringen)
    # A name with signs that cannot be shown or kept (no UTF-8, a line end) would stop whatever names it.
    odd = [p for p in sorted(folder.iterdir()) if not p.name.isprintable()]
    for path in odd:
        shown = "".join(c if c.isprintable() else "?" for c in path.name)
        outcomes.append(_refuse(shown, Reden("vreemde_naam", {"bestand": shown})))
    # A link can lead anywhere, and what it leads to can change without the folder changing.
    for path in sorted(p for p in folder.iterdir() if p.is_symlink() and p not in odd):
        outcomes.append(_refuse(path.name, Reden("koppeling", {"bestand": path.name})))
    for path in sorted(p for p in folder.glob(f"*{MAPPING}") if not p.is_symlink() and p not in odd):
        try:
            own = _read_mapping(path, tuple(aanleveringen))
        except BestandError as error:
            # on one line, and without the folder of who delivered it
            error.waar = path.name
            outcomes.append(_refuse(path.name, Reden("bestand", toelichting=" ".join(str(error).split()))))
        else:
            mappings[own.id] = own
    plain = (p for p in folder.iterdir() if p not in odd and p.is_file() and not p.is_symlink())
    present = sorted(p for p in plain if not p.name.endswith(MAPPING))
    skipped = [p.name for p in present if is_left_over(p.name)]
    files = [p for p in present if not p.name.startswith(".") and p.name not in skipped]
    read: set[Path] = set()
    for mapping in mappings.values():
        own_files = [f for f in files if _matches(f, mapping.bestanden) and f not in read]
        read.update(own_files, (f for f in files if _matches(f, mapping.negeer)))
        if own_files:
            outcomes.append(
                _take(own_files, mapping, skipped=skipped, archief=archief, now=now, bekende_regios=bekende_regios)
            )
    patterns = tuple(sorted({p for m in mappings.values() for p in m.bestanden}))
    for path in files:
        if path not in read:
            unread = {"bestand": path.name, "namen": patterns, "mapping": f"{path.stem}{MAPPING}"}
            if advice := advise_old(path.name):
                outcomes.append(_refuse(path.name, Reden("oud_bestand", {"bestand": path.name, "raad": advice})))
            else:
                outcomes.append(_refuse(path.name, Reden("geen_mapping", unread)))
    return outcomes
