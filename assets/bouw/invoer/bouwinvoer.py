"""Everything that a build is made from, by name: plain values and folders, no table yet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic_core import to_jsonable_python

from assets.beleid.cyclus import Cyclus
from assets.beleid.lezen import Beleidsmap
from assets.beleid.projecten import Effect
from assets.bron.bronlijst import Aanlevering, Brontabel, Registertabel
from assets.bron.momentopname import Momentopname, make_id
from assets.indicatoren.kaart import Kaart
from assets.indicatoren.soortgenotenlijst import Soortgenotenlijst
from assets.kern.correctie import Correctie
from begrippen.fout import MonitorError
from begrippen.gebied import Gebied, gekozen
from begrippen.jsontekst import parse_json
from begrippen.redenen import Redenen, to_json
from begrippen.themas import read_themas

# the manifest of a build; written last: a folder that holds it is a finished build
GEREED = "bouw.json"
# the kinds of earlier build that one is compared with
PUBLICATIE, EDITIE = "vorige_publicatie", "vorige_editie"


class InvoerError(MonitorError):
    """The inputs of a build do not fit together, or a build is not whole; the message names which and what to do."""

    code = "invoer"


def read_manifest(folder: Path) -> dict[str, str]:
    """Read what a finished build says of itself. Raises InvoerError when `folder` holds no finished build."""
    try:
        manifest: dict[str, str] = parse_json((folder / GEREED).read_text(encoding="utf-8"))
        if not isinstance(manifest["bouw"], str):
            raise TypeError(GEREED)
    except (OSError, ValueError, TypeError, KeyError):
        raise InvoerError(f"{folder} is geen voltooide bouw: {GEREED} ontbreekt of is beschadigd") from None
    return manifest


@dataclass(frozen=True)
class Bouwinvoer:
    """Everything that a build is made from.

    `momentopnamen` are the last accepted ones, at most one a table; `eerdere` earlier accepted ones of the same tables,
    for the history of revisions. `ontbreekt`: table id -> why it has no momentopname; `verouderd`: table id -> why its
    newest answer is not used. `vorige` and `vorige_editie`: folders of the finished builds that were published before
    this one and with the previous edition, to compare with; both of this kind. `soortgenoten`: the frozen peers of this
    edition, none before its first publication. `correcties`: of known errors; those for another kind do nothing.
    `beleid`: what this edition and those before it say of policy, the latest first; `effecten`: what may be told of the
    confidential projects of this edition; `cyclus`: its days, with whether it was sealed before this build.
    `gebied`: the tenant, that of this process unless said otherwise.
    """

    soort: str
    momentopnamen: tuple[Momentopname, ...]
    tabellen: Mapping[str, Brontabel]
    aanleveringen: Mapping[str, Aanlevering]
    kaarten: Mapping[str, Kaart]
    editie: int
    built_at: datetime
    code_versie: str
    register: Mapping[str, Registertabel] = field(default_factory=dict)
    ontbreekt: Mapping[str, Redenen] = field(default_factory=dict)
    verouderd: Mapping[str, Redenen] = field(default_factory=dict)
    eerdere: tuple[Momentopname, ...] = ()
    vorige: Path | None = None
    vorige_editie: Path | None = None
    soortgenoten: tuple[Soortgenotenlijst, ...] = ()
    correcties: tuple[Correctie, ...] = ()
    beleid: tuple[Beleidsmap, ...] = ()
    effecten: tuple[Effect, ...] = ()
    cyclus: Cyclus = field(default_factory=Cyclus)
    verzegeld: bool = False
    gebied: Gebied = field(default_factory=gekozen)

    @property
    def bronnen(self) -> dict[str, Brontabel | Aanlevering | Registertabel]:
        """Everything of the source list, by table id."""
        return {**self.tabellen, **self.aanleveringen, **self.register}

    @property
    def compared_with(self) -> dict[str, Path]:
        """The earlier builds that this one is compared with: vorige_publicatie, vorige_editie -> folder."""
        folders = {PUBLICATIE: self.vorige, EDITIE: self.vorige_editie}
        return {naam: folder for naam, folder in folders.items() if folder is not None}

    @property
    def folders(self) -> list[Path]:
        """Where what it is made of stands: all that a build, or a check of one, has to reach beside its own folder."""
        archief = {m.folder.parent for m in (*self.momentopnamen, *self.eerdere)}
        return sorted(archief | {folder / "parquet" for folder in self.compared_with.values()})

    @property
    def manifests(self) -> dict[str, dict[str, str]]:
        """The manifests of those builds. Raises InvoerError for one that is not finished or of another kind."""
        manifests = {naam: read_manifest(folder) for naam, folder in self.compared_with.items()}
        for naam, manifest in manifests.items():
            if manifest.get("soort") != self.soort:
                raise InvoerError(
                    f"{naam} {self.compared_with[naam]} is van soort {manifest.get('soort')}, deze bouw van "
                    f"{self.soort}: die worden niet vergeleken"
                )
        return manifests

    @property
    def bouw(self) -> str:
        """The id of this build: its moment, as with momentopnamen."""
        return make_id(self.built_at)

    @property
    def sha256(self) -> str:
        """A hash over the named inputs, without the time of the build."""
        content = {
            "soort": self.soort,
            "gebied": self.gebied.model_dump(mode="json", exclude={"map"}),
            "editie": self.editie,
            "code_versie": self.code_versie,
            "momentopnamen": [
                [m.bron, m.tabel, m.id, m.eigenschappen.get("sha256")] for m in (*self.momentopnamen, *self.eerdere)
            ],
            "lijsten": [
                {k: v.model_dump(mode="json") for k, v in sorted(d.items())}
                for d in (self.tabellen, self.aanleveringen, self.register, self.kaarten)
            ],
            "ontbreekt": {tabel: to_json(redenen) for tabel, redenen in self.ontbreekt.items()},
            "verouderd": {tabel: to_json(redenen) for tabel, redenen in self.verouderd.items()},
            "vorige": {naam: m["bouw"] for naam, m in self.manifests.items()},
            "correcties": [c.model_dump(mode="json") for c in self.correcties if self.soort in c.soorten],
            "beleid": to_jsonable_python(self.beleid),
            "effecten": [asdict(e) for e in self.effecten],
            "cyclus": [self.cyclus.model_dump(mode="json"), self.verzegeld],
            "themas": {t.id: t.deel for t in read_themas(self.gebied).values()},
            "soortgenoten": [[s.regiosoort, s.bouw, s.sha256] for s in self.soortgenoten],
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
