"""What a build is made from, laid ready as tables of schema `invoer` before the first query runs.

`KOLOMMEN` documents every table of the schema; the queries of `sql/` read from them and from nothing else. The tables
are made from plain Python values (cards, source list, regions) and from the momentopnamen, whose Parquet is read where
it stands. The schema is dropped at the end of the build: what should stay is a table of `kern` or `monitor`.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from assets.bron.bronlijst import Aanlevering, Brontabel, Registertabel
from assets.bron.momentopname import ID_FORMAT, Momentopname, make_id
from assets.indicatoren.kaart import Kaart, Term
from assets.indicatoren.soortgenotenlijst import Soortgenotenlijst
from assets.kern.correctie import Correctie
from assets.tabel import enum
from begrippen.fout import MonitorError

TOTAAL = "totaal"
REGIO = "{regio}"
# the manifest of a build; written last: a folder that holds it is a finished build
GEREED = "bouw.json"

# Schema `invoer`: table -> column -> DuckDB type.
KOLOMMEN: dict[str, dict[str, str]] = {
    # a source table, delivery or register table of the source list; api: v3, v4, bestand or register
    "brontabel": {
        "bron": "VARCHAR",
        "tabel": "VARCHAR",
        "titel": "VARCHAR",
        "api": "VARCHAR",
        "regio_vast": "VARCHAR",
        "status_uit_proza": "BOOLEAN",
        "gestopt": "BOOLEAN",
        "zekerheid": "VARCHAR",
        "uitgever": "VARCHAR",
        "licentie": "VARCHAR",
    },
    # a topic that the source list expects; naam is our alias, the `onderwerp` of every other table
    "bron_onderwerp": {
        "bron": "VARCHAR",
        "tabel": "VARCHAR",
        "naam": "VARCHAR",
        "titel": "VARCHAR",
        "eenheid": "VARCHAR",
        "zekerheid": "VARCHAR",
        "statusgroepen": "VARCHAR[]",
    },
    # a table without any accepted momentopname, with the reason in Dutch
    "ontbreekt": {"bron": "VARCHAR", "tabel": "VARCHAR", "reden": "VARCHAR"},
    # a topic of the source list that the used momentopname does not hold; kandidaten: JSON, nearest first
    "niet_gevonden": {
        "bron": "VARCHAR",
        "tabel": "VARCHAR",
        "onderwerp": "VARCHAR",
        "reden": "VARCHAR",
        "kandidaten": "VARCHAR",
    },
    # an accepted momentopname. gebruikt: its cells are the values of this build; else it is here for its history only.
    # verouderd: why a newer answer could not be used (NULL when this is the newest). map: relative to the store.
    "momentopname": {
        "bron": "VARCHAR",
        "tabel": "VARCHAR",
        "momentopname": "VARCHAR",
        "soort": "VARCHAR",
        "gebruikt": "BOOLEAN",
        "titel": "VARCHAR",
        "api": "VARCHAR",
        "url": "VARCHAR",
        "selectie": "VARCHAR",
        "modified": "VARCHAR",
        "metadata_modified": "VARCHAR",
        "version": "VARCHAR",
        "status": "VARCHAR",
        "licentie": "VARCHAR",
        "fetched_at": "TIMESTAMP",
        "rijen": "BIGINT",
        "sha256": "VARCHAR",
        "oordeel": "VARCHAR",
        "reden": "VARCHAR",
        "niet_gevonden": "VARCHAR",
        "waarschuwingen": "VARCHAR",
        "verouderd": "VARCHAR",
        "map": "VARCHAR",
    },
    # the topics found in a momentopname; onderwerp: the source's own key, naam: our alias
    "onderwerp": {
        "bron": "VARCHAR",
        "tabel": "VARCHAR",
        "momentopname": "VARCHAR",
        "onderwerp": "VARCHAR",
        "naam": "VARCHAR",
        "titel": "VARCHAR",
        "groeppad": "VARCHAR",
        "eenheid": "VARCHAR",
        "decimalen": "INTEGER",
        "datatype": "VARCHAR",
        "beschrijving": "VARCHAR",
    },
    # the code lists of a momentopname; soort: regio, periode, marges or uitsplitsing
    "code": {
        "bron": "VARCHAR",
        "tabel": "VARCHAR",
        "momentopname": "VARCHAR",
        "dimensie": "VARCHAR",
        "soort": "VARCHAR",
        "code": "VARCHAR",
        "titel": "VARCHAR",
        "beschrijving": "VARCHAR",
        "groep": "VARCHAR",
        "status": "VARCHAR",
        "volgorde": "BIGINT",
    },
    # the cells as the source gave them, of the used and of the earlier momentopnamen; onderwerp: the source's own key.
    # status: the delivery's own, NULL for StatLine
    "waarneming_alle": {
        "bron": "VARCHAR",
        "tabel": "VARCHAR",
        "momentopname": "VARCHAR",
        "rij": "BIGINT",
        "onderwerp": "VARCHAR",
        "regio": "VARCHAR",
        "periode": "VARCHAR",
        "uitsplitsing": "VARCHAR",
        "marge": "VARCHAR",
        "waarde": "DOUBLE",
        "leeg": "VARCHAR",
        "status": "VARCHAR",
        "bestand": "VARCHAR",
    },
    "regio": {
        "code": "VARCHAR",
        "naam": "VARCHAR",
        "soort": "VARCHAR",
        "stedelijkheid": "INTEGER",
        "geldig_van": "DATE",
        "geldig_tot": "DATE",
        "herkomst": "VARCHAR",
    },
    "regio_lid": {
        "regio": "VARCHAR",
        "lid": "VARCHAR",
        "geldig_van": "DATE",
        "geldig_tot": "DATE",
        "herkomst": "VARCHAR",
    },
    # a code that a source uses for one of our regions
    "regio_alias": {"alias": "VARCHAR", "code": "VARCHAR"},
    # a correction of a known error of a source, for this kind of run; wordt NULL: no value
    "correctie": {
        "correctie": "VARCHAR",
        "bron": "VARCHAR",
        "tabel": "VARCHAR",
        "onderwerp": "VARCHAR",
        "uitsplitsing": "VARCHAR",
        "regio": "VARCHAR",
        "periode": "VARCHAR",
        "verwacht": "DOUBLE",
        "wordt": "DOUBLE",
        "reden": "VARCHAR",
        "gemeld_aan": "VARCHAR",
        "datum": "DATE",
    },
    # a card, without its sources
    "kaart": {
        "id": "VARCHAR",
        "naam": "VARCHAR",
        "thema": "VARCHAR",
        "groep": "VARCHAR",
        "opgave": "INTEGER[]",
        "eenheid": "VARCHAR",
        "decimalen": "INTEGER",
        "richting": "VARCHAR",
        "richting_herkomst": "VARCHAR",
        "prijzen": "VARCHAR",
        "definitie": "VARCHAR",
        "bewerking": "VARCHAR",
        "aggregatie": "VARCHAR",
        "gewicht": "VARCHAR",
        "jaarregel": "VARCHAR",
        "meting": "VARCHAR",
        "zekerheid": "VARCHAR",
        "bereik_minimum": "DOUBLE",
        "bereik_maximum": "DOUBLE",
        "dekking": "DOUBLE",
        "dekking_maat": "VARCHAR",
        "doel": "VARCHAR",
        "opmerking": "VARCHAR",
    },
    # one cell of a card: a list of codes in a term gives a row each. bron_volgorde: 1 is the first choice.
    # term: number of the cell within (indicator, bron_volgorde, rol), from 1. bron_tabel: the table of the source,
    # tabel: that of this term. factor, vanaf, tot_en_met: of the source.
    "kaart_term": {
        "indicator": "VARCHAR",
        "bron_volgorde": "INTEGER",
        "rol": "VARCHAR",
        "term": "INTEGER",
        "bron": "VARCHAR",
        "tabel": "VARCHAR",
        "bron_tabel": "VARCHAR",
        "onderwerp": "VARCHAR",
        "uitsplitsing": "VARCHAR",
        "regio_vast": "VARCHAR",
        "periode_verschuiving": "INTEGER",
        "gewicht": "DOUBLE",
        "factor": "DOUBLE",
        "vanaf": "INTEGER",
        "tot_en_met": "INTEGER",
    },
    "breuk": {"indicator": "VARCHAR", "vanaf": "INTEGER", "reden": "VARCHAR"},
    # one row; invoer_sha256 is equal for builds of equal inputs, whenever they were made
    "bouw": {
        "bouw": "VARCHAR",
        "soort": "VARCHAR",
        "editie": "INTEGER",
        "code_versie": "VARCHAR",
        "built_at": "TIMESTAMP",
        "invoer_sha256": "VARCHAR",
        "vorige": "VARCHAR",
        "vorige_editie": "VARCHAR",
        "soortgenoten": "VARCHAR",
    },
    # the peers of this edition as they were frozen, none before its first publication; vastgesteld: the build of then
    "soortgenoot": {
        "regiosoort": "VARCHAR",
        "regio": "VARCHAR",
        "soortgenoot": "VARCHAR",
        "rang": "INTEGER",
        "afstand": "DOUBLE",
        "reden": "VARCHAR",
        "vastgesteld": "VARCHAR",
    },
    # the figures by which they were chosen
    "soortgenoot_kenmerk": {
        "regiosoort": "VARCHAR",
        "regio": "VARCHAR",
        "aspect": "VARCHAR",
        "kenmerk": "VARCHAR",
        "jaar": "INTEGER",
        "waarde": "DOUBLE",
        "standaard": "DOUBLE",
    },
    # the earlier builds that this one is compared with. tegenover: vorige_publicatie or vorige_editie
    "vorige": {"tegenover": "VARCHAR", "bouw": "VARCHAR", "editie": "INTEGER"},
    # their cards and values, as monitor.indicator and monitor.indicatorwaarde of then
    "vorige_indicator": {
        "tegenover": "VARCHAR",
        "id": "VARCHAR",
        "eenheid": "VARCHAR",
        "prijzen": "VARCHAR",
        "definitie": "VARCHAR",
        "bewerking": "VARCHAR",
        "aggregatie": "VARCHAR",
        "gewicht": "VARCHAR",
        "jaarregel": "VARCHAR",
        "dekking": "DOUBLE",
        "dekking_maat": "VARCHAR",
        "recept": "VARCHAR",
    },
    "vorige_indicatorwaarde": {
        "tegenover": "VARCHAR",
        "indicator": "VARCHAR",
        "uitsplitsing": "VARCHAR",
        "regio": "VARCHAR",
        "periode": "VARCHAR",
        "waarde": "DOUBLE",
    },
    # of the previous edition only: what it said last, and from which cells
    "vorige_stand": {
        "tegenover": "VARCHAR",
        "indicator": "VARCHAR",
        "uitsplitsing": "VARCHAR",
        "regio": "VARCHAR",
        "laatste_periode": "VARCHAR",
        "waarde": "DOUBLE",
    },
    "vorige_herkomst": {
        "tegenover": "VARCHAR",
        "indicator": "VARCHAR",
        "uitsplitsing": "VARCHAR",
        "regio": "VARCHAR",
        "periode": "VARCHAR",
        "rol": "VARCHAR",
        "lid": "VARCHAR",
        "term": "INTEGER",
        "gewicht": "DOUBLE",
        "factor": "DOUBLE",
        "bron": "VARCHAR",
        "tabel": "VARCHAR",
        "onderwerp": "VARCHAR",
        "cel_uitsplitsing": "VARCHAR",
        "cel_regio": "VARCHAR",
        "cel_periode": "VARCHAR",
    },
}
# Views: every cell as it stands in the Parquet of its momentopname; those of the used momentopnamen only.
WAARNEMING_ALLE, WAARNEMING = "waarneming_alle", "waarneming"
# Kind of code -> the columns of schema `invoer` that hold it. In a build such a column is an ENUM of every code of its
# kind that occurs, in the order of the alphabet: it reads, compares and sorts as its text, and takes a byte or two. So
# does, by itself, what the queries make of it. Earlier builds are text: they may hold codes of then.
CODES: dict[str, tuple[str, ...]] = {
    **{
        kind: (
            *(f"{t}.{kind}" for t in ("brontabel", "bron_onderwerp", "ontbreekt", "niet_gevonden", "momentopname")),
            *(f"{t}.{kind}" for t in ("onderwerp", "code", "_plek_waarneming_alle", "kaart_term", "correctie")),
        )
        for kind in ("bron", "tabel")
    },
    "momentopname": tuple(f"{t}.momentopname" for t in ("momentopname", "onderwerp", "code", "_plek_waarneming_alle")),
    "onderwerp": (
        *("bron_onderwerp.naam", "niet_gevonden.onderwerp", "onderwerp.naam", "onderwerp.onderwerp"),
        *("waarneming_alle.onderwerp", "kaart_term.onderwerp", "correctie.onderwerp"),
    ),
    "uitsplitsing": ("waarneming_alle.uitsplitsing", "kaart_term.uitsplitsing", "correctie.uitsplitsing"),
    "regio": (
        *("regio.code", "regio_lid.regio", "regio_lid.lid", "regio_alias.alias", "regio_alias.code"),
        *("brontabel.regio_vast", "kaart_term.regio_vast", "waarneming_alle.regio", "correctie.regio"),
    ),
    "periode": ("waarneming_alle.periode",),
    "indicator": ("kaart.id", "kaart.gewicht", "kaart_term.indicator", "breuk.indicator"),
    "rol": ("kaart_term.rol",),
}


PUBLICATIE, EDITIE = "vorige_publicatie", "vorige_editie"
# What a build takes of an earlier one: table of `invoer` -> the kinds of earlier build of which it is read.
_VAN_VORIGE = {
    "vorige_indicator": (PUBLICATIE, EDITIE),
    "vorige_indicatorwaarde": (PUBLICATIE, EDITIE),
    "vorige_stand": (EDITIE,),
    "vorige_herkomst": (EDITIE,),
}


class InvoerError(MonitorError):
    """The inputs of a build do not fit together, or a build is not whole; the message names which and what to do."""

    code = "invoer"


def read_manifest(folder: Path) -> dict[str, str]:
    """Read what a finished build says of itself. Raises InvoerError when `folder` holds no finished build."""
    try:
        return json.loads((folder / GEREED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InvoerError(f"{folder} is geen voltooide bouw: {GEREED} ontbreekt of is beschadigd") from None


@dataclass(frozen=True)
class Bouwinvoer:
    """Everything that a build is made from.

    `momentopnamen` are the last accepted ones, at most one a table; `eerdere` earlier accepted ones of the same tables,
    for the history of revisions. `ontbreekt`: table id -> why it has no momentopname; `verouderd`: table id -> why its
    newest answer is not used. `vorige` and `vorige_editie`: folders of the finished builds that were published before
    this one and with the previous edition, to compare with; both of this kind. `soortgenoten`: the frozen peers of this
    edition, none before its first publication. `correcties`: of known errors; those for another kind do nothing.
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
    ontbreekt: Mapping[str, str] = field(default_factory=dict)
    verouderd: Mapping[str, str] = field(default_factory=dict)
    eerdere: tuple[Momentopname, ...] = ()
    vorige: Path | None = None
    vorige_editie: Path | None = None
    soortgenoten: tuple[Soortgenotenlijst, ...] = ()
    correcties: tuple[Correctie, ...] = ()

    @property
    def compared_with(self) -> dict[str, Path]:
        """The earlier builds that this one is compared with: vorige_publicatie, vorige_editie -> folder."""
        folders = {PUBLICATIE: self.vorige, EDITIE: self.vorige_editie}
        return {naam: folder for naam, folder in folders.items() if folder is not None}

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
            "editie": self.editie,
            "code_versie": self.code_versie,
            "momentopnamen": [
                [m.bron, m.tabel, m.id, m.eigenschappen.get("sha256")] for m in (*self.momentopnamen, *self.eerdere)
            ],
            "lijsten": [
                {k: v.model_dump(mode="json") for k, v in sorted(d.items())}
                for d in (self.tabellen, self.aanleveringen, self.register, self.kaarten)
            ],
            "ontbreekt": dict(self.ontbreekt),
            "verouderd": dict(self.verouderd),
            "vorige": {naam: m["bouw"] for naam, m in self.manifests.items()},
            "correcties": [c.model_dump(mode="json") for c in self.correcties if self.soort in c.soorten],
            "soortgenoten": [[s.regiosoort, s.bouw, s.sha256] for s in self.soortgenoten],
        }
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


Rows = Iterable[dict[str, Any]]


def _bronnen(invoer: Bouwinvoer) -> dict[str, Brontabel | Aanlevering | Registertabel]:
    return {**invoer.tabellen, **invoer.aanleveringen, **invoer.register}


def brontabel(invoer: Bouwinvoer) -> Rows:
    """Rows of `invoer.brontabel`."""
    for t in invoer.tabellen.values():
        yield {
            "bron": t.bron,
            "tabel": t.id,
            "titel": t.titel,
            "api": t.api,
            "regio_vast": t.regio_vast,
            "status_uit_proza": t.status_uit_proza,
            "gestopt": t.gestopt,
            "zekerheid": t.zekerheid,
            "uitgever": "CBS",
            "licentie": "CC BY 4.0",
        }
    files: list[Aanlevering | Registertabel] = [*invoer.aanleveringen.values(), *invoer.register.values()]
    for a in files:
        yield {
            "bron": a.bron,
            "tabel": a.id,
            "titel": a.titel,
            "api": "bestand" if isinstance(a, Aanlevering) else "register",
            "regio_vast": None,
            "status_uit_proza": False,
            "gestopt": False,
            "zekerheid": a.zekerheid,
            "uitgever": a.uitgever,
            "licentie": a.licentie,
        }


def bron_onderwerp(invoer: Bouwinvoer) -> Rows:
    """Rows of `invoer.bron_onderwerp`."""
    for t in _bronnen(invoer).values():
        for naam, o in t.onderwerpen.items():
            yield {
                "bron": t.bron,
                "tabel": t.id,
                "naam": naam,
                "titel": o.titel,
                "eenheid": o.eenheid,
                "zekerheid": o.zekerheid,
                "statusgroepen": list(o.statusgroepen),
            }


def ontbreekt(invoer: Bouwinvoer) -> Rows:
    """Rows of `invoer.ontbreekt`: every table of the source list without a momentopname, also when no reason came."""
    there = {m.tabel for m in invoer.momentopnamen}
    for t in _bronnen(invoer).values():
        if t.id not in there:
            reden = invoer.ontbreekt.get(t.id) or "nog niet opgehaald"
            yield {"bron": t.bron, "tabel": t.id, "reden": reden}


def momentopname(invoer: Bouwinvoer) -> Rows:
    """Rows of `invoer.momentopname`: the used ones, then the earlier ones."""
    for gebruikt, lijst in ((True, invoer.momentopnamen), (False, invoer.eerdere)):
        for m in lijst:
            e = m.eigenschappen
            yield {
                "bron": m.bron,
                "tabel": m.tabel,
                "momentopname": m.id,
                "soort": m.soort,
                "gebruikt": gebruikt,
                "titel": e.get("titel"),
                "api": e.get("api"),
                "url": e.get("url"),
                "selectie": e.get("selectie"),
                "modified": e.get("Modified"),
                "metadata_modified": e.get("MetaDataModified"),
                "version": e.get("Version"),
                "status": e.get("status"),
                "licentie": e.get("licentie"),
                "fetched_at": datetime.strptime(m.id, ID_FORMAT),
                "rijen": e.get("rijen"),
                "sha256": e.get("sha256"),
                "oordeel": e.get("oordeel"),
                "reden": e.get("reden"),
                "niet_gevonden": json.dumps(e.get("niet_gevonden") or [], ensure_ascii=False),
                "waarschuwingen": json.dumps(e.get("waarschuwingen") or [], ensure_ascii=False),
                "verouderd": invoer.verouderd.get(m.tabel) if gebruikt else None,
                "map": "/".join(("momentopnamen", m.soort, m.bron, m.tabel, m.id)),
            }


def niet_gevonden(invoer: Bouwinvoer) -> Rows:
    """Rows of `invoer.niet_gevonden`."""
    for m in invoer.momentopnamen:
        for row in m.eigenschappen.get("niet_gevonden") or []:
            yield {
                "bron": m.bron,
                "tabel": m.tabel,
                "onderwerp": row["onderwerp"],
                "reden": row.get("reden"),
                "kandidaten": json.dumps(row.get("kandidaten") or [], ensure_ascii=False),
            }


def kaart(invoer: Bouwinvoer) -> Rows:
    """Rows of `invoer.kaart`."""
    for k in invoer.kaarten.values():
        row = {naam: getattr(k, naam, None) for naam in KOLOMMEN["kaart"]}
        row["opgave"] = list(k.opgave)
        row["bereik_minimum"] = k.bereik.minimum if k.bereik else None
        row["bereik_maximum"] = k.bereik.maximum if k.bereik else None
        row["dekking"] = k.dekking.waarde if k.dekking else None
        row["dekking_maat"] = k.dekking.maat if k.dekking else None
        yield row


def _register_codes(term: Term, tabel: Registertabel) -> dict[str, tuple[str, ...]]:
    codes = {d: (c,) if isinstance(c, str) else tuple(c) for d, c in term.uitsplitsing.items()}
    if len(codes) > 1:
        raise InvoerError(f"dimensies {', '.join(codes)}; een cel van {tabel.id} heeft er een, of geen")
    for naam, asked in codes.items():
        if unknown := set(asked) - set(tabel.dimensies.get(naam, ())):
            raise InvoerError(f"{naam}={', '.join(sorted(unknown))}; {tabel.id} heeft dat niet")
    return codes


def uitsplitsingen(term: Term, tabel: Brontabel | Aanlevering | Registertabel) -> list[str]:
    """The canonical texts of the combinations of codes that a term adds up: `Dim=code|Dim2=code`, or `totaal`.

    A dimension of which we ask one code need not stand in the term. Raises InvoerError for a dimension or code that the
    source list does not ask for, and for a dimension that the term should have named.
    """
    if isinstance(tabel, Aanlevering):
        codes = {d: (c,) if isinstance(c, str) else c for d, c in term.uitsplitsing.items()}
    elif isinstance(tabel, Registertabel):
        codes = _register_codes(term, tabel)
    else:
        dimensies = {n: d for n, d in tabel.dimensies.items() if d.soort == "uitsplitsing"}
        if unknown := set(term.uitsplitsing) - set(dimensies):
            raise InvoerError(
                f"dimensie {', '.join(sorted(unknown))}; {tabel.id} heeft {', '.join(dimensies) or 'geen'}"
            )
        codes = {}
        for naam, dimensie in dimensies.items():
            asked = term.uitsplitsing.get(naam)
            if asked is None and len(dimensie.codes) == 1 and not dimensie.ook_regios:
                asked = next(iter(dimensie.codes))
            if asked is None:
                raise InvoerError(
                    f"geen code voor dimensie {naam} van {tabel.id}; kies uit {', '.join(dimensie.codes)}"
                )
            codes[naam] = (asked,) if isinstance(asked, str) else tuple(asked)
            if not dimensie.ook_regios and (unknown := set(codes[naam]) - set(dimensie.codes)):
                raise InvoerError(
                    f"code {', '.join(sorted(unknown))} van dimensie {naam} van {tabel.id}; "
                    f"de bronlijst vraagt {', '.join(dimensie.codes)}"
                )
    namen = sorted(codes)
    combinations = itertools.product(*(codes[n] for n in namen))
    return ["|".join(f"{n}={c}" for n, c in zip(namen, chosen, strict=True)) or TOTAAL for chosen in combinations]


def kaart_term(invoer: Bouwinvoer) -> Rows:
    """Rows of `invoer.kaart_term`.

    Raises InvoerError naming card and table when a card asks for a table, topic, dimension or code that the source list
    does not have.
    """
    bronnen = _bronnen(invoer)
    for k in invoer.kaarten.values():
        for volgorde, bron in enumerate(k.bronnen, start=1):
            for rol, terms in (("teller", bron.teller), ("noemer", bron.noemer)):
                numbers = itertools.count(1)
                for term in terms:
                    tabel_id = term.tabel or bron.tabel
                    tabel = bronnen.get(tabel_id)
                    if tabel is None:
                        raise InvoerError(f"kaart {k.id} vraagt tabel {tabel_id}, die niet in de bronlijst staat")
                    if term.onderwerp not in tabel.onderwerpen:
                        raise InvoerError(
                            f"kaart {k.id} vraagt onderwerp {term.onderwerp} van {tabel_id}; "
                            f"de bronlijst kent {', '.join(tabel.onderwerpen)}"
                        )
                    try:
                        texts = uitsplitsingen(term, tabel)
                    except InvoerError as error:
                        raise InvoerError(f"kaart {k.id}, onderwerp {term.onderwerp}: {error}") from None
                    for text in texts:
                        yield {
                            "indicator": k.id,
                            "bron_volgorde": volgorde,
                            "rol": rol,
                            "term": next(numbers),
                            "bron": tabel.bron,
                            "tabel": tabel_id,
                            "bron_tabel": bron.tabel,
                            "onderwerp": term.onderwerp,
                            "uitsplitsing": text,
                            "regio_vast": term.regio,
                            "periode_verschuiving": term.periode_verschuiving,
                            "gewicht": term.gewicht,
                            "factor": bron.factor,
                            "vanaf": bron.vanaf,
                            "tot_en_met": bron.tot_en_met,
                        }


def correctie(invoer: Bouwinvoer) -> Rows:
    """Rows of `invoer.correctie`. Raises InvoerError for a table or topic that the source list does not have."""
    bronnen = _bronnen(invoer)
    for c in invoer.correcties:
        if invoer.soort not in c.soorten:
            continue
        tabel = bronnen.get(c.tabel)
        if tabel is None or tabel.bron != c.bron or c.onderwerp not in tabel.onderwerpen:
            raise InvoerError(
                f"correctie {c.id} gaat over {c.bron} {c.tabel} {c.onderwerp}, en dat staat niet in de bronlijst; "
                "verbeter haar in assets/kern/gegevens/correcties.yaml of haal haar weg"
            )
        row = {naam: getattr(c, naam) for naam in KOLOMMEN["correctie"] if naam != "correctie"}
        yield row | {"correctie": c.id, "wordt": None if c.wordt == "leeg" else c.wordt}


def breuk(invoer: Bouwinvoer) -> Rows:
    """Rows of `invoer.breuk`."""
    for k in invoer.kaarten.values():
        for b in k.breuken:
            yield {"indicator": k.id, "vanaf": b.vanaf, "reden": b.reden}


def vorige(invoer: Bouwinvoer) -> Rows:
    """Rows of `invoer.vorige`."""
    for naam, manifest in invoer.manifests.items():
        yield {"tegenover": naam, "bouw": manifest["bouw"], "editie": int(manifest["editie"])}


def bouw(invoer: Bouwinvoer) -> Rows:
    """The row of `invoer.bouw`."""
    manifests = invoer.manifests
    yield {
        "bouw": invoer.bouw,
        "soort": invoer.soort,
        "editie": invoer.editie,
        "code_versie": invoer.code_versie,
        "built_at": invoer.built_at.astimezone(UTC).replace(tzinfo=None),
        "invoer_sha256": invoer.sha256,
        "vorige": manifests.get(PUBLICATIE, {}).get("bouw"),
        "vorige_editie": manifests.get(EDITIE, {}).get("bouw"),
        "soortgenoten": "; ".join(s.naam for s in invoer.soortgenoten) or None,
    }


def soortgenoot(invoer: Bouwinvoer) -> Rows:
    """Rows of `invoer.soortgenoot`."""
    for lijst in invoer.soortgenoten:
        for row in lijst.soortgenoten:
            yield row | {"regiosoort": lijst.regiosoort, "vastgesteld": lijst.bouw}


def soortgenoot_kenmerk(invoer: Bouwinvoer) -> Rows:
    """Rows of `invoer.soortgenoot_kenmerk`."""
    for lijst in invoer.soortgenoten:
        for row in lijst.kenmerken:
            yield row | {"regiosoort": lijst.regiosoort}


_ARROW = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "TIMESTAMP": pa.timestamp("us"),
    "DATE": pa.date32(),
    "VARCHAR[]": pa.list_(pa.string()),
    "INTEGER[]": pa.list_(pa.int32()),
}
_PLEK = pa.schema([(k, pa.string()) for k in ("pad", "bron", "tabel", "momentopname")])
_ROWS = (
    *(brontabel, bron_onderwerp, ontbreekt, momentopname, niet_gevonden),
    *(kaart, kaart_term, breuk, vorige, bouw, correctie, soortgenoot, soortgenoot_kenmerk),
)


def _schema(naam: str) -> pa.Schema:
    return pa.schema([(k, _ARROW[t]) for k, t in KOLOMMEN[naam].items()])


def _create(db: duckdb.DuckDBPyConnection, naam: str, rows: Rows) -> None:
    rows_table = pa.Table.from_pylist(list(rows), schema=_schema(naam))  # noqa: F841 - DuckDB reads it by name
    db.execute(f"CREATE TABLE invoer.{naam} AS FROM rows_table")


def _from_parquet(db: duckdb.DuckDBPyConnection, naam: str, file: str, invoer: Bouwinvoer) -> str:
    """Give the query of `invoer.<naam>` over the file of that name in each folder.

    The folder says which momentopname it is; `invoer._plek_<naam>` holds which folder that is.
    """
    kolommen = KOLOMMEN[naam]
    alle = (*invoer.momentopnamen, *invoer.eerdere)
    rows = [{"pad": str(m.folder / file), "bron": m.bron, "tabel": m.tabel, "momentopname": m.id} for m in alle]
    rows_table = pa.Table.from_pylist(rows, schema=_PLEK)  # noqa: F841 - DuckDB reads it by name
    db.execute(f"CREATE TABLE IF NOT EXISTS invoer._plek_{naam} AS FROM rows_table")
    if not rows:
        columns = ", ".join(f"CAST(NULL AS {t}) AS {k}" for k, t in kolommen.items())
        return f"SELECT {columns} WHERE false"
    listed = ", ".join("'" + r["pad"].replace("'", "''") + "'" for r in rows)
    source = f"read_parquet([{listed}], union_by_name = true, filename = 'pad')"
    there = {r[0] for r in db.execute(f"DESCRIBE FROM {source}").fetchall()}
    own = ", ".join(
        f"CAST({f'inhoud.{k}' if k in there else 'NULL'} AS {t}) AS {k}"
        for k, t in kolommen.items()
        if k not in {"bron", "tabel", "momentopname"}
    )
    return (
        f"SELECT plek.bron, plek.tabel, plek.momentopname, {own} "
        f"FROM {source} AS inhoud JOIN invoer._plek_{naam} AS plek ON plek.pad = inhoud.pad"
    )


def _create_cells(db: duckdb.DuckDBPyConnection, invoer: Bouwinvoer, columns: str = "*") -> None:
    """Make the two views over the cells. `columns` is the SELECT list over those in KOLOMMEN."""
    cells = _from_parquet(db, WAARNEMING_ALLE, "waarnemingen.parquet", invoer)
    db.execute(f"CREATE OR REPLACE VIEW invoer.{WAARNEMING_ALLE} AS SELECT {columns} FROM ({cells})")
    db.execute(
        f"CREATE OR REPLACE VIEW invoer.{WAARNEMING} AS SELECT w.* FROM invoer.{WAARNEMING_ALLE} AS w "
        "JOIN invoer.momentopname AS m USING (bron, tabel, momentopname) WHERE m.gebruikt"
    )


def _create_vorige(db: duckdb.DuckDBPyConnection, naam: str, folders: Mapping[str, Path]) -> None:
    """Make `invoer.<naam>` over the Parquet of earlier builds. A column that they did not have yet is NULL."""
    tabel = f"monitor.{naam.removeprefix('vorige_')}"
    parts = []
    for tegenover, folder in folders.items():
        source = "read_parquet('" + str(folder / "parquet" / f"{tabel}.parquet").replace("'", "''") + "')"
        there = {r[0] for r in db.execute(f"DESCRIBE FROM {source}").fetchall()}
        own = ", ".join(
            f"CAST({k if k in there else 'NULL'} AS {t}) AS {k}" for k, t in KOLOMMEN[naam].items() if k != "tegenover"
        )
        parts.append(f"SELECT '{tegenover}' AS tegenover, {own} FROM {source}")
    if parts:
        db.execute(f"CREATE VIEW invoer.{naam} AS {' UNION ALL '.join(parts)}")
    else:
        _create(db, naam, ())


def create_invoer(
    db: duckdb.DuckDBPyConnection, invoer: Bouwinvoer, regios: pd.DataFrame, leden: pd.DataFrame, aliassen: pd.DataFrame
) -> None:
    """Lay every table of schema `invoer` ready on `db`, where database or schema `invoer` is there and empty.

    `regios`, `leden` and `aliassen` as `assets.kern.regio` reads them. Raises InvoerError when cards and source list do
    not fit together.
    """
    for function in _ROWS:
        _create(db, function.__name__, function(invoer))
    for naam, frame in (("regio", regios), ("regio_lid", leden), ("regio_alias", aliassen)):
        columns = ", ".join(f"CAST({k} AS {t}) AS {k}" for k, t in KOLOMMEN[naam].items())
        db.register("_frame", frame)
        db.execute(f"CREATE TABLE invoer.{naam} AS SELECT {columns} FROM _frame")
        db.unregister("_frame")
    for naam, kinds in _VAN_VORIGE.items():
        _create_vorige(db, naam, {k: f for k, f in invoer.compared_with.items() if k in kinds})
    for naam, file in (("onderwerp", "onderwerpen.parquet"), ("code", "codelijsten.parquet")):
        db.execute(f"CREATE TABLE invoer.{naam} AS {_from_parquet(db, naam, file, invoer)}")
    _create_cells(db, invoer)


def encode_codes(db: duckdb.DuckDBPyConnection, invoer: Bouwinvoer) -> None:
    """Make every column of CODES in the tables that `create_invoer` made an ENUM of its kind.

    A kind of which no code occurs, since there is no answer yet, stays text.
    """
    casts = []
    for kind, columns in CODES.items():
        places = [c.split(".") for c in columns]
        texts = " UNION ALL ".join(f"SELECT DISTINCT {kolom} AS code FROM invoer.{tabel}" for tabel, kolom in places)
        found = db.execute(f"SELECT DISTINCT code FROM ({texts}) WHERE code IS NOT NULL ORDER BY code")
        codes = [c for (c,) in found.fetchall()]
        if not codes:
            continue
        db.execute(f"CREATE TYPE invoer.code_{kind} AS {enum(codes)}")
        for tabel, kolom in places:
            if tabel == WAARNEMING_ALLE:
                casts.append(f"CAST({kolom} AS invoer.code_{kind}) AS {kolom}")
            else:
                db.execute(f"ALTER TABLE invoer.{tabel} ALTER {kolom} TYPE invoer.code_{kind}")
    _create_cells(db, invoer, f"* REPLACE ({', '.join(casts)})" if casts else "*")


def create_vorige(db: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Lay only the tables `invoer.vorige*` ready: the finished build in `folder` as the edition to compare with."""
    manifest = read_manifest(folder)
    _create(db, "vorige", [{"tegenover": EDITIE, "bouw": manifest["bouw"], "editie": int(manifest["editie"])}])
    for naam in _VAN_VORIGE:
        _create_vorige(db, naam, {EDITIE: folder})
