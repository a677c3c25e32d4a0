"""The protected momentopname: what the register hands on, stored as any other source is, and nothing beside it.

It is written again only when something changed of which it is a function: the vintages, the parameters, the groups, the
code that makes cells, or what was published before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from assets.bron import inlezen
from assets.bron.bronlijst import Registertabel
from assets.bron.momentopname import Archief, Momentopname, Rij, hash_file
from assets.bron.poort import missed
from assets.register.bescherming.parameters import Parameters
from assets.register.groep import Groep
from assets.tabel import SQL
from begrippen.redenen import Reden

ONDERDRUKT = "onderdrukt"
HERE = Path(__file__).parent
# What decides which cells there are and which are suppressed; how they are stored does not.
CODE = ("tellen.py", "cijfers.py", "historie.py", "bescherming/*.py")


def hash_code() -> str:
    """A hash of the code that makes and protects the cells."""
    digest = hashlib.sha256()
    for path in sorted((*(p for pattern in CODE for p in HERE.glob(pattern)), *(SQL / "register").glob("*.sql"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def input_version(
    lichtingen: Sequence[str],
    parameters: Parameters,
    groepen: Mapping[str, Groep],
    tabel: Registertabel,
    gebieden: Mapping[str, Sequence[str]],
) -> str:
    """A hash of what the protected figures are a function of, but for what was published before.

    `lichtingen`: a text for each vintage that is used, which changes when it does.
    """
    content: dict[str, Any] = {
        "lichtingen": sorted(lichtingen),
        "parameters": [parameters.minimum, parameters.p, parameters.jaarmarge],
        "groepen": {naam: g.model_dump(mode="json") for naam, g in sorted(groepen.items())},
        "tabel": tabel.model_dump(mode="json"),
        "gebieden": {regio: sorted(own) for regio, own in sorted(gebieden.items())},
        "code": hash_code(),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def write_momentopname(
    archief: Archief,
    tabel: Registertabel,
    cijfers: pd.DataFrame,
    moment: datetime,
    extra: Mapping[str, Any],
) -> Momentopname:
    """Store protected figures (as `assets.register.cijfers` has them) as a momentopname of source `register`.

    `extra` goes into its eigenschappen: `Version` and what else tells how it came about. Never a microvalue.
    """

    def fill(folder: Path) -> Rij:
        waarnemingen = folder / "waarnemingen.parquet"
        rows = cijfers.assign(
            rij=range(1, len(cijfers) + 1),
            periode=cijfers["jaar"].astype(str) + "JJ00",
            leeg=cijfers["waarde"].isna().map({True: ONDERDRUKT, False: None}).astype(object),
            waarde=cijfers["waarde"].astype("Float64").astype(float),
        )
        there = set(cijfers["onderwerp"])
        codes: list[tuple[object, ...]] = [
            ("regio", "regio", code, code, "", "", None, place)
            for place, code in enumerate(sorted(set(cijfers["regio"])), start=1)
        ]
        codes += [
            ("jaar", "periode", f"{jaar}JJ00", str(jaar), "", "", "Definitief", place)
            for place, jaar in enumerate(sorted(set(cijfers["jaar"])), start=1)
        ]
        codes += [
            (dimensie, "uitsplitsing", code, titel, "", "", None, place)
            for dimensie, own in tabel.dimensies.items()
            for place, (code, titel) in enumerate(own.items(), start=1)
        ]
        with inlezen.connect(folder) as db:
            inlezen.write_frame(
                db,
                waarnemingen,
                rows,
                "rij, onderwerp, regio, periode, uitsplitsing, NULL::VARCHAR AS marge, "
                "CASE WHEN leeg IS NULL THEN waarde END AS waarde, leeg, 'register' AS bestand, 'definitief' AS status",
            )
            inlezen.write_onderwerpen(
                db,
                folder,
                (
                    (naam, naam, o.titel, "", o.eenheid, o.decimalen, "Long", "")
                    for naam, o in tabel.onderwerpen.items()
                    if naam in there
                ),
            )
            inlezen.write_codelijsten(db, folder, codes)
            rijen = inlezen.count_rows(db, waarnemingen)
        return {
            "titel": tabel.titel,
            "url": "",
            "api": "register",
            "selectie": "alle beveiligde cellen",
            "Modified": None,
            "MetaDataModified": None,
            "status": "Regulier",
            "licentie": tabel.licentie,
            "rijen": rijen,
            "sha256": hash_file(waarnemingen),
            "oordeel": "aangenomen",
            "redenen": [],
            "niet_gevonden": [
                missed(naam, Reden("niet_in_leveringen")) for naam in tabel.onderwerpen if naam not in there
            ],
            "waarschuwingen": [],
            "fetched_at": moment.isoformat(),
            **extra,
        }

    return archief.write(tabel.bron, tabel.id, archief.free_id(tabel.bron, tabel.id, moment), fill)
