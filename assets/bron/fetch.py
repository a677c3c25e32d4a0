"""Fetching StatLine tables: one door for v3, v4 and third parties, each giving the same momentopname.

Trouble at the source never raises and never costs what was there: the outcome says what happened and which
momentopname a build should use.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import duckdb

from assets.bron import adres, inlezen, niveau, poort
from assets.bron.antwoord import is_gestopt
from assets.bron.bewaard import read_eerder
from assets.bron.bronlijst import Brontabel, Dimensie
from assets.bron.cbs_v3 import CbsV3
from assets.bron.cbs_v4 import CbsV4
from assets.bron.http import CONNECTIONS, AfwezigError, BronError, Client, write_kept
from assets.bron.leesvraag import Kolomrollen, Leesvraag
from assets.bron.metadata import write_metadata
from assets.bron.momentopname import Archief, Momentopname, Rij, hash_file
from assets.bron.rijen import KENMERKEN, SCRATCH, Bron, fetch_rows
from assets.bron.schade import set_aside
from assets.bron.structuur import Keuze, describe_selectie
from begrippen.fout import MonitorError
from begrippen.redenen import Reden, Redenen, to_json
from begrippen.redenzinnen import regel

# A source can change its cells and leave its date and version as they were. So once in this time they are fetched and
# compared all the same, so that no figure is wrong for longer. Chosen on 30 November 2026.
NAGAAN = timedelta(days=30)

Resultaat = Literal["nieuw", "ongewijzigd", "geweigerd", "mislukt", "afwezig"]


@dataclass(frozen=True)
class Adressen:
    """The base address of each catalogue, http or https, without a slash at the end."""

    v3: str = adres.CBS_V3
    v4: str = adres.CBS_V4
    derden: str = adres.CBS_DERDEN


@dataclass(frozen=True)
class Uitkomst:
    """What became of one source. `momentopname` is the one that a build should use, None when there is none."""

    bron: str
    tabel: str
    resultaat: Resultaat
    momentopname: Momentopname | None
    redenen: Redenen
    seconden: float

    @property
    def reden(self) -> str:
        """The reasons as the command line says them."""
        return regel(self.redenen, self.tabel)


def open_bron(tabel: Brontabel, adressen: Adressen, client: Client) -> Bron:
    """Give the source that holds a table."""
    if tabel.api == "v4":
        return CbsV4(adressen.v4.rstrip("/"), client)
    return CbsV3((adressen.derden if tabel.catalogus == "derden" else adressen.v3).rstrip("/"), client)


class SameRefusalError(MonitorError):
    """The same answer was refused before for the same reason: it need not be kept twice."""

    code = "weer_geweigerd"
    exit_code = 1


class SameAnswerError(MonitorError):
    """The source gave the cells that are in use, asked for although nothing said that they changed."""

    code = "zelfde"
    exit_code = 1


class WithdrawnError(MonitorError):
    """The same answer was accepted before and then withdrawn: only a person can put it back. `redenen` says why."""

    code = "ingetrokken"
    exit_code = 1

    def __init__(self, momentopname: Momentopname) -> None:
        super().__init__(regel(momentopname.redenen))
        self.redenen = momentopname.redenen


def refuse_withdrawn(earlier: Iterable[Momentopname], sha256: str) -> None:
    """Raise WithdrawnError where these same cells were withdrawn."""
    for m in earlier:
        if m.ingetrokken and m.eigenschappen.get("sha256") == sha256:
            raise WithdrawnError(m)


def _went_back(info: Rij, accepted: Momentopname) -> Redenen:
    """Say that the source now gives an older answer than the one in use: a copy that was put back, or a wrong one."""
    for name in ("Modified", "MetaDataModified"):
        now, before = str(info.get(name)), str(accepted.eigenschappen.get(name))
        # without a date, or with a zone at one of both only, there is nothing to compare
        with suppress(ValueError, TypeError):
            if datetime.fromisoformat(now) < datetime.fromisoformat(before):
                return (Reden("terug", {"kenmerk": name, "vorige": before, "nu": now}),)
    return ()


def _levels(
    new: Path, tabel: Brontabel, keuze: Keuze, like: Momentopname | None, oude_namen: Mapping[str, str]
) -> Callable[[duckdb.DuckDBPyConnection], list[Reden]] | None:
    if like is None:
        return None
    return lambda db: niveau.compare(
        db,
        new.absolute(),
        (like.folder / new.name).absolute(),
        namen={o.sleutel: (naam, o.decimalen or 0) for naam, o in keuze.onderwerpen.items()},
        oude_namen=oude_namen,
        niveaus=tabel.niveaus,
        sinds=datetime.fromisoformat(like.eigenschappen["fetched_at"]).date(),
    )


def _vraag(bron: Bron, tabel: Brontabel, keuze: Keuze) -> Leesvraag:
    soorten = {d.soort: keuze.dimensie(naam) for naam, d in tabel.dimensies.items()}
    rollen = Kolomrollen(
        periode=soorten.get("periode"),
        periode_vast=tabel.periode_vast,
        regio=soorten.get("regio"),
        marge=soorten.get("marges"),
        uitsplitsingen=tuple(
            keuze.dimensie(n) for n in sorted(n for n, d in tabel.dimensies.items() if d.soort == "uitsplitsing")
        ),
    )
    return Leesvraag(
        api=bron.api,
        rollen=rollen,
        onderwerpen={o.sleutel: o.decimalen for o in keuze.onderwerpen.values()},
        codes={keuze.dimensie(dim): frozenset(c.code for c in chosen) for dim, chosen in keuze.codes.items()},
        namen={source: naam for naam, source in keuze.dimensies.items()},
        eigen={keuze.dimensie(dim): codes for dim, codes in keuze.eigen.items()},
    )


def _is_regio(code: str, dimensie: Dimensie) -> bool:
    """Whether this is a region in a second region dimension."""
    return code.startswith(tuple(p.removesuffix("*") for p in dimensie.ook_regios))


def _same(info: Rij, selectie: str, earlier: Momentopname) -> bool:
    e = earlier.eigenschappen
    marked = is_gestopt(e) == is_gestopt(info) and all(e.get(k) == info.get(k) for k in KENMERKEN)
    return e.get("selectie") == selectie and marked


def _fill(
    folder: Path,
    *,
    bron: Bron,
    tabel: Brontabel,
    info: Rij,
    answers: dict[str, bytes],
    earlier: list[Momentopname],
    bekende_regios: frozenset[str],
    deel: bool,
    nagaan: bool,
) -> Rij:
    """Fill the folder of a momentopname and return its eigenschappen.

    Raises BronError, SameRefusalError, WithdrawnError, or with `nagaan` SameAnswerError.
    """
    selectie = describe_selectie(tabel)
    meta = folder / "meta"
    meta.mkdir()
    for name, body in answers.items():
        write_kept(meta / f"{name}.json.gz", body)
    structuur = bron.read_structuur(tabel.id, meta)
    keuze, bevinding = poort.choose(tabel, structuur, deel=deel)
    if bevinding != poort.Bevinding():
        keuze, bevinding = poort.choose(tabel, structuur, read_eerder(bron, tabel, earlier), deel=deel)
    like = next((m for m in reversed(earlier) if m.aangenomen and m.eigenschappen.get("selectie") == selectie), None)
    waarnemingen, rijen = folder / "waarnemingen.parquet", 0
    pages, verwacht = ([], None) if bevinding.redenen else fetch_rows(bron, tabel, keuze, folder, info)
    with inlezen.connect(folder, *([like.folder] if like else [])) as db:
        namen = inlezen.read_names(db, like.folder / "onderwerpen.parquet") if like else {}
        if not bevinding.redenen:
            try:
                gelezen = inlezen.read_pages(db, pages, waarnemingen, _vraag(bron, tabel, keuze))
            except inlezen.InleesError as error:
                bevinding += poort.Bevinding(redenen=(error.reden,))
            else:
                rijen = gelezen.cellen
                bevinding += poort.judge(
                    db,
                    waarnemingen,
                    bekende_regios,
                    verwacht=verwacht,
                    gekregen=gelezen.rijen,
                    dubbel=gelezen.dubbel,
                    regios=[c.code for d, w in tabel.dimensies.items() for c in keuze.codes[d] if _is_regio(c.code, w)],
                    namen={o.sleutel: naam for naam, o in keuze.onderwerpen.items()},
                    vorige=like.folder / waarnemingen.name if like else None,
                    vorige_namen=namen,
                    dekking=tabel.dekking.waarde,
                    vergelijk=_levels(waarnemingen, tabel, keuze, like, namen),
                )
            if verwacht is None:
                bevinding += poort.Bevinding(waarschuwingen=(Reden("geen_telling"),))
            shutil.rmtree(folder / SCRATCH)
        if not waarnemingen.exists():
            inlezen.write_empty(db, folder)
        write_metadata(db, folder, tabel, structuur, keuze)
    gone = sorted(set(namen.values()) - set(keuze.onderwerpen))
    bevinding += poort.Bevinding(waarschuwingen=tuple(Reden("onderwerp_weg", {"onderwerp": n}) for n in gone))
    sha256 = hash_file(waarnemingen)
    if not bevinding.redenen:
        refuse_withdrawn(earlier, sha256)
        if nagaan and like and _same(info, selectie, like) and like.eigenschappen.get("sha256") == sha256:
            raise SameAnswerError("dezelfde cellen")
    last = earlier[-1] if earlier else None
    if bevinding.redenen and last and not last.aangenomen and _same(info, selectie, last):
        known = (last.redenen, last.eigenschappen.get("sha256"))
        if known == (bevinding.redenen, sha256):
            raise SameRefusalError(regel(bevinding.redenen))
    return {
        **info,
        "url": bron.url(tabel.id),
        "api": bron.api,
        "selectie": selectie,
        "rijen": rijen,
        "sha256": sha256,
        "oordeel": "geweigerd" if bevinding.redenen else "aangenomen",
        "redenen": to_json(bevinding.redenen),
        "niet_gevonden": list(bevinding.niet_gevonden),
        "waarschuwingen": to_json(bevinding.waarschuwingen),
    }


def _fetch(
    bron: Bron,
    tabel: Brontabel,
    *,
    archief: Archief,
    now: Callable[[], datetime],
    bekende_regios: frozenset[str],
    force: bool,
) -> tuple[Resultaat, Redenen]:
    earlier = archief.list(tabel.bron, tabel.id)
    accepted = next((m for m in reversed(earlier) if m.aangenomen), None)
    try:
        info, answers = bron.read_info(tabel.id)
    except AfwezigError:
        return "afwezig", (Reden("niet_opgenomen" if archief.soort == "opname" else "afwezig"),)
    except BronError as error:
        return "mislukt", error.redenen
    try:
        unchanged = (
            accepted is not None and bool(info.get("Modified")) and _same(info, describe_selectie(tabel), accepted)
        )
        if not force and accepted and unchanged and now() - archief.last_seen(accepted) < NAGAAN:
            return "ongewijzigd", ()
        gone = archief.withdrawn(tabel.bron, tabel.id)
        if not force and gone and info.get("Modified") and _same(info, describe_selectie(tabel), gone):
            return "geweigerd", gone.redenen
        # recordings of any day may follow each other
        if accepted and archief.soort != "opname" and (back := _went_back(info, accepted)):
            return "geweigerd", back
        moment = now().astimezone(UTC)
        momentopname = archief.write(
            tabel.bron,
            tabel.id,
            archief.free_id(tabel.bron, tabel.id, moment),
            lambda folder: (
                _fill(
                    folder,
                    bron=bron,
                    tabel=tabel,
                    info=info,
                    answers=answers,
                    earlier=earlier,
                    bekende_regios=bekende_regios,
                    deel=archief.soort == "opname",
                    nagaan=unchanged and not force,
                )
                | {"fetched_at": moment.isoformat()}
            ),
        )
    except BronError as error:
        return "mislukt", error.redenen
    except SameRefusalError:
        return "geweigerd", (*earlier[-1].redenen, Reden("herhaald"))
    except WithdrawnError as error:
        return "geweigerd", error.redenen
    except SameAnswerError:
        assert accepted is not None
        archief.note_same(accepted, moment)
        return "ongewijzigd", ()
    if momentopname.aangenomen:
        return "nieuw", ()
    return "geweigerd", momentopname.redenen


def fetch_tabel(
    tabel: Brontabel,
    adressen: Adressen,
    archief: Archief,
    now: Callable[[], datetime],
    bekende_regios: frozenset[str] = frozenset(),
    *,
    force: bool = False,
    client: Client | None = None,
) -> Uitkomst:
    """Fetch one table when it changed, and say what became of it. Never raises for trouble at the source.

    What an answer holds is looked at where it arrives. Should something still go wrong that nobody thought of, then
    this one table is 'mislukt', with the kind of error among its reasons, and the others go on.

    bekende_regios: the closed list of region codes (empty: not checked). force: also when nothing changed.
    client: the connections of a run to share; without it the fetch opens its own.
    """
    if client is None:
        with Client() as own:
            return fetch_tabel(tabel, adressen, archief, now, bekende_regios, force=force, client=own)
    start = time.monotonic()
    resultaat: Resultaat
    damaged: Redenen = ()
    use = None
    try:
        damaged = set_aside(archief, tabel.bron, tabel.id)
        with client.measure():
            resultaat, redenen = _fetch(
                open_bron(tabel, adressen, client),
                tabel,
                archief=archief,
                now=now,
                bekende_regios=bekende_regios,
                force=force,
            )
        use = archief.latest(tabel.bron, tabel.id)
    except Exception as error:
        melding = f"{error!s:.300}"
        resultaat, redenen = "mislukt", (Reden("onverwacht", {"soort": type(error).__name__, "melding": melding}),)
        with suppress(MonitorError, OSError):
            use = archief.latest(tabel.bron, tabel.id)
    return Uitkomst(tabel.bron, tabel.id, resultaat, use, (*damaged, *redenen), time.monotonic() - start)


def fetch_tabellen(
    tabellen: Iterable[Brontabel],
    adressen: Adressen,
    archief: Archief,
    now: Callable[[], datetime],
    bekende_regios: frozenset[str] = frozenset(),
    *,
    force: bool = False,
    report: Callable[[Uitkomst], None] | None = None,
    client: Client | None = None,
) -> list[Uitkomst]:
    """Fetch tables side by side over at most four connections; outcomes in the order of `tabellen`.

    report: called with each outcome as it comes, from the calling thread. The rest as `fetch_tabel`.
    """
    if client is None:
        with Client() as own:
            return fetch_tabellen(
                tabellen, adressen, archief, now, bekende_regios, force=force, report=report, client=own
            )
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        futures = [
            pool.submit(fetch_tabel, t, adressen, archief, now, bekende_regios, force=force, client=client)
            for t in tabellen
        ]
        try:
            for future in as_completed(futures):
                if report:
                    report(future.result())
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
