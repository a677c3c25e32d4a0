"""The fingerprint of a refresh: everything that it is made from, as one mark for each part of it.

Equal marks mean that a build would come out the same. A mark is keyed with a secret that stays in the confidential
folder: of deliveries, projects and the register nobody can tell from it what stands in them, nor try a guess.

Two groups. What comes from outside is marked before a refresh reads it, so that a change meanwhile shows the next
night; what a refresh itself writes (answers, frozen peers) is marked when it is done.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import platform
import secrets
import sys
import sysconfig
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from assets.beleid.cyclus import make_stappen
from assets.beleid.lezen import read_edities
from assets.bouw.zegel import edities_folder, find_zegel
from assets.bron.bronlijst import read_bronlijst
from assets.bron.poging import read_poging
from assets.kast import KAST, Kast
from assets.rapport.editie import read_editie
from assets.register.kluis import Kluis
from begrippen.gebied import gekozen
from begrippen.plekken import WORTEL, geleverd
from begrippen.redenen import to_json
from pipelines import instellingen
from pipelines.keteninstellingen import Keteninstellingen

# Part -> what a person calls it.
DELEN = {
    "code": "de code",
    "omgeving": "de versies van Python en de pakketten, of de machine",
    "gebied": "de map van het gebied (editie, teksten, beleid, eigen kaarten)",
    "instellingen": "de instellingen",
    "aanlevering": "de aangeleverde bestanden",
    "beleid": "de vertrouwelijke projecten of voorstellen",
    "grenzen": "de gemeentegrenzen",
    "cyclus": "de stappen van de cyclus, door de dag van vandaag",
    "register": "de leveringen van het register",
    "antwoorden": "de bewaarde antwoorden van de bronnen",
    "soortgenoten": "de vastgestelde soortgenoten",
    "edities": "de verzegelde edities",
    "publicatie": "wat er gepubliceerd staat",
}
# Fields of a refresh that say how it goes, not what comes out.
HOE = {"opnieuw", "hergebruik", "opslag", "uitvoer"}
SLEUTEL = Path("vertrouwelijk") / "vingerafdruk.sleutel"
Afdruk = dict[str, str]


def code_folders() -> list[Path]:
    """What the code stands in: the packages, the queries, and the list from which the environment is made."""
    packages = [WORTEL / naam for naam in ("assets", "begrippen", "pipelines", "reports")]
    return [*packages, geleverd("sql"), geleverd("uv.lock")]


def read_sleutel(opslag: Path) -> bytes:
    """The secret of this `opslag`, made where it is not there yet; when it is lost, nothing is as it was before."""
    path = opslag / SLEUTEL
    with suppress(FileNotFoundError):
        return path.read_bytes()
    opslag.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    beside = path.with_name(f".nieuw-{os.getpid()}-{path.name}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
    beside.replace(path)
    return path.read_bytes()


def mark(sleutel: bytes, content: Any) -> str:
    """The mark of a value of JSON."""
    text = json.dumps(content, sort_keys=True, default=str)
    return hmac.new(sleutel, text.encode(), hashlib.sha256).hexdigest()


def mark_files(sleutel: bytes, paths: Iterable[Path]) -> str:
    """The mark of files and folders, by name and content. What is not there has a mark too; raises OSError."""
    whole = hmac.new(sleutel, digestmod=hashlib.sha256)
    for top in paths:
        for path in sorted(p for p in (top.rglob("*") if top.is_dir() else [top]) if "__pycache__" not in p.parts):
            inside = path.relative_to(top).as_posix() if path != top else ""
            content = path.read_bytes() if path.is_file() else b"-"
            whole.update(json.dumps([inside, len(content)]).encode())
            whole.update(content)
    return whole.hexdigest()


def _mark_sizes(sleutel: bytes, folder: Path) -> str:
    """The mark of a published folder: which files it has and how large they are, so that none was lost or cut off."""
    sizes = {
        p.relative_to(folder).as_posix(): p.stat().st_size
        for p in folder.rglob("*")
        # a second place that publishes this build is added to it
        if p.is_file() and p.name != "koppelingen.txt"
    }
    return mark(sleutel, sizes)


def _steps(keten: Keteninstellingen, vandaag: date) -> list[Any]:
    """How the steps of the cycle stand today: some turn with the day."""
    edities, plek = instellingen.edities(), keten.plek()
    own = next((m for m in read_edities(edities, keten.editie) if m.editie == keten.editie), None)
    cyclus = read_editie(edities, keten.editie).editie.dagen
    sealed = find_zegel(plek.opslag, plek.soort, keten.editie) is not None
    steps = make_stappen(cyclus, own, sealed, vandaag)
    return [(s.stap, s.staat, s.mist, s.komt_nog) for s in steps]


def mark_register(keten: Keteninstellingen, sleutel: bytes) -> str:
    """The mark of the deliveries that the register is made from. Raises KluisError for a store that is open."""
    plek = keten.plek()
    used = Kluis(plek.opslag, plek.soort).current() if keten.met_register else []
    return mark(sleutel, [(x.peildatum, x.id, x.eigenschappen.get("invoer")) for x in used])


def mark_code(sleutel: bytes) -> Afdruk:
    """The marks of what makes: the code, and what it runs on. Raises OSError for what can not be read."""
    packages = sorted(p.name for p in Path(sysconfig.get_paths()["purelib"]).glob("*.dist-info"))
    machine = [platform.machine(), platform.libc_ver()]
    return {
        "code": mark(sleutel, [instellingen.code_versie(), mark_files(sleutel, code_folders())]),
        "omgeving": mark(sleutel, [sys.version, machine, packages]),
    }


def open_kast(keten: Keteninstellingen) -> Kast:
    """Where a refresh keeps what it makes: nowhere for a day in the past, nor where the settings say so.

    What can not be read or written costs time, and stops nothing.
    """
    if keten.peildatum or not keten.hergebruik:
        return Kast()
    plek = keten.plek()
    try:
        code = json.dumps(mark_code(read_sleutel(plek.opslag)))
    except OSError:
        return Kast()
    return Kast(plek.opslag / KAST / plek.soort, code, opnieuw=keten.opnieuw)


def mark_outside(keten: Keteninstellingen, sleutel: bytes, vandaag: date) -> Afdruk:
    """The marks of what comes from outside. Raises MonitorError, OSError for what can not be read."""
    given = {naam: getattr(keten, naam) for naam in ("aanlevering", "beleid", "geo")}
    files = {naam: mark_files(sleutel, [Path(path)] if path else []) for naam, path in given.items()}
    settings = keten.model_dump(mode="json", include=set(type(keten).model_fields) - HOE)
    return mark_code(sleutel) | {
        "gebied": mark_files(sleutel, [gekozen().map]),
        "instellingen": mark(sleutel, settings),
        "aanlevering": files["aanlevering"],
        "beleid": files["beleid"],
        "grenzen": files["geo"],
        "cyclus": mark(sleutel, _steps(keten, vandaag)),
        "register": mark_register(keten, sleutel),
    }


def mark_kept(keten: Keteninstellingen, sleutel: bytes) -> Afdruk:
    """The marks of what refreshes write, and of what is published. Raises MonitorError, OSError."""
    plek, lijst = keten.plek(), read_bronlijst()
    tables = [*lijst.opgehaald, *(lijst.register.values() if keten.met_register else ())]
    answers = {}
    for bron in tables:
        poging = read_poging(plek.archief, bron.bron, bron.id)
        answers[bron.id] = [
            [(m.id, m.aangenomen, m.eigenschappen.get("sha256")) for m in plek.archief.list(bron.bron, bron.id)],
            # whether it is new or was there makes no difference to a build
            to_json(poging.redenen) if poging else None,
        ]
    return {
        "antwoorden": mark(sleutel, answers),
        "soortgenoten": mark_files(sleutel, [plek.opslag / "soortgenoten" / plek.soort / str(keten.editie)]),
        "edities": mark_files(sleutel, sorted(edities_folder(plek.opslag, plek.soort).glob("*.sha256"))),
        "publicatie": _mark_sizes(sleutel, (plek.uitvoer / "actueel").resolve()),
    }


def find_changed(before: Afdruk, now: Afdruk) -> list[str]:
    """The parts that are not what they were."""
    return [deel for deel in DELEN if before.get(deel) != now.get(deel)]
