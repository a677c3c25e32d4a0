"""How the last refresh ended, and whether another has anything to do: a night in which nothing changed costs nothing.

`opslag/nachten/<soort>.json` holds both: what became of the last refresh, and of what the published build was made. A
refresh that did not come to its end, or that was refused, is never a night in which nothing changed. Beside it lies a
mark for as long as a refresh is busy: on a full disk it can not be written how that ended, but a mark can be removed. A
second one lies there from the first moment of `monitor run` until all is told: whoever is killed before, between or
after the steps of the refresh itself leaves that one.
"""

from __future__ import annotations

import json
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from assets.bouw.bouwen import ACTUEEL, DATABASE
from assets.bouw.invoer.bouwinvoer import read_manifest
from assets.bouw.losse_stap import RAPPORT
from assets.bron.bronlijst import read_bronlijst, read_tabellen
from assets.bron.catalogus import changed_tabellen
from assets.bron.fetch import NAGAAN
from assets.bron.http import Client
from assets.bron.momentopname import write_file
from assets.bron.poging import read_poging
from begrippen.fout import MonitorError
from begrippen.jsontekst import parse_json
from pipelines.alleen import is_busy, is_left
from pipelines.keteninstellingen import Keteninstellingen
from pipelines.vingerafdruk import (
    DELEN,
    Afdruk,
    find_changed,
    mark_kept,
    mark_outside,
    mark_register,
    read_sleutel,
)
from reports.getallen import format_tijdstip

Uitkomst = Literal["bezig", "gepubliceerd", "niet_gepubliceerd", "ongewijzigd"]
GOED = ("gepubliceerd", "ongewijzigd")
UITKOMSTEN: dict[Uitkomst, str] = {
    "bezig": "begonnen, en nu bezig",
    "gepubliceerd": "gepubliceerd",
    "niet_gepubliceerd": "niet gepubliceerd; wat er stond, staat er nog",
    "ongewijzigd": "er was niets veranderd, en er is niets opnieuw gemaakt",
}


@dataclass(frozen=True)
class Gepubliceerd:
    """What the last whole refresh published: its build and folder, since when, its exit code, and its fingerprint."""

    bouw: str
    map: str
    sinds: str
    code: int
    vingerafdruk: Afdruk


@dataclass(frozen=True)
class Nachten:
    """The last refresh (moments in ISO, `tot` empty: it did not end), and what the last one published."""

    begin: str = ""
    tot: str = ""
    uitkomst: Uitkomst | None = None
    gepubliceerd: Gepubliceerd | None = None


@dataclass(frozen=True)
class Aanleiding:
    """What came of asking: `waarom` it is to be refreshed, in words; nothing: nothing changed since `gepubliceerd`.

    `afgebroken`: the last refresh did not come to its end, and is not busy with it.
    """

    waarom: tuple[str, ...] = ()
    gepubliceerd: Gepubliceerd | None = None
    tabellen: int = 0
    ouder: tuple[str, ...] = ()
    afgebroken: bool = False


def _file(opslag: Path, soort: str) -> Path:
    return opslag / "nachten" / f"{soort}.json"


def read_nachten(opslag: Path, soort: str) -> Nachten:
    """What is known of refreshes of a kind of source; nothing where nothing was kept or it can not be read."""
    try:
        content = parse_json(_file(opslag, soort).read_text(encoding="utf-8"))
        last = content.pop("gepubliceerd")
        found = Nachten(**content, gepubliceerd=Gepubliceerd(**last) if last else None)
        # it came to its end, and where that could not be written nothing could be published
        unwritten = found.uitkomst == "bezig" and not _mark(opslag, soort).exists()
        return replace(found, uitkomst="niet_gepubliceerd") if unwritten else found
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Nachten()


def _mark(opslag: Path, soort: str) -> Path:
    return opslag / "nachten" / f"{soort}.bezig"


def _write(opslag: Path, soort: str, nachten: Nachten) -> None:
    path = _file(opslag, soort)
    path.parent.mkdir(parents=True, exist_ok=True)
    if nachten.uitkomst == "bezig":
        _mark(opslag, soort).touch()
    write_file(path, json.dumps(asdict(nachten), ensure_ascii=False, indent=1) + "\n")


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def find_mark(opslag: Path, soort: str) -> Path:
    """The mark of `monitor run` of a kind of source, from its first moment until all is told (`alleen.marked`)."""
    return _file(opslag, soort).with_suffix(".loopt")


def ask(keten: Keteninstellingen, now: datetime, *, gedood: bool = False) -> Aanleiding:
    """Whether a refresh has anything to do; the catalogues are asked last, and only when all else is the same.

    `gedood`: the one before this left its mark. Never raises for what is wrong with an input: the refresh itself says
    it.
    """
    plek = keten.plek()
    nachten = read_nachten(plek.opslag, plek.soort)
    if keten.peildatum:
        return Aanleiding((f"gebouwd zoals het op {keten.peildatum} was",))
    last, afgebroken = nachten.gepubliceerd, gedood or (nachten.uitkomst == "bezig" and not is_busy(plek.opslag))
    if keten.opnieuw:
        return Aanleiding(("er is om gevraagd (--opnieuw)",), afgebroken=afgebroken)
    if nachten.uitkomst not in GOED or last is None or afgebroken:
        failed = "er is nog niets gepubliceerd" if last is None else "de vorige verversing is niet gelukt"
        return Aanleiding((failed,), afgebroken=afgebroken)
    folder = plek.bouw_folder(last.map)
    linked = (plek.uitvoer / ACTUEEL).resolve() == folder.resolve()
    if not (linked and (folder / DATABASE).is_file() and (folder / RAPPORT).is_file()):
        return Aanleiding(("wat er gepubliceerd staat, is niet van de vorige verversing",))
    try:
        key = read_sleutel(plek.opslag)
        changed = find_changed(last.vingerafdruk, mark_outside(keten, key, now.date()) | mark_kept(keten, key))
        why = [f"er is iets anders aan {DELEN[deel]}" for deel in changed] or _ask_sources(keten, now)
    except (MonitorError, OSError) as error:
        why = [f"niet alles is te lezen ({type(error).__name__})"]
    older = [b.id for b in read_bronlijst().opgehaald if (p := read_poging(plek.archief, b.bron, b.id)) and p.verouderd]
    return Aanleiding(tuple(why), last, len(read_tabellen()), tuple(older))


def _ask_sources(keten: Keteninstellingen, now: datetime) -> list[str]:
    """Why the sources are to be asked for figures, in words; the fewest requests that can tell."""
    archief, tabellen = keten.plek().archief, read_tabellen()
    failed, old = [], []
    for tabel in tabellen.values():
        poging, used = read_poging(archief, tabel.bron, tabel.id), archief.latest(tabel.bron, tabel.id)
        if poging is None or poging.resultaat == "mislukt":
            failed.append(tabel.id)
        elif used is not None and now - archief.last_seen(used) >= NAGAAN:
            old.append(tabel.id)
    why = [f"de bron gaf de vorige keer geen antwoord: {', '.join(failed)}"] if failed else []
    why += [f"al {NAGAAN.days} dagen niet nagekeken: {', '.join(old)}"] if old else []
    if why:
        return why
    with ExitStack() as stack:
        adressen = keten.open_catalogi(stack)
        client = stack.enter_context(Client(tries=2))
        changed, messages = changed_tabellen(tabellen.values(), adressen, archief, client)
    why = [f"gewijzigd bij de bron: {', '.join(changed)}"] if changed else []
    return [*why, "een catalogus gaf geen antwoord"] if messages else why


def hold_quiet(keten: Keteninstellingen, now: datetime, *, gedood: bool = False) -> Aanleiding:
    """Ask, and where nothing changed write down that this night was held. Raises OSError."""
    plek = keten.plek()
    aanleiding = ask(keten, now, gedood=gedood)
    if not aanleiding.waarom:
        known = read_nachten(plek.opslag, plek.soort)
        _write(plek.opslag, plek.soort, replace(known, begin=_iso(now), tot=_iso(now), uitkomst="ongewijzigd"))
    return aanleiding


def describe_last(opslag: Path, soort: str) -> str:
    """Say what became of the last refresh, whatever that was; empty where there was none."""
    last, mark = read_nachten(opslag, soort), find_mark(opslag, soort)
    if is_left(mark):
        begun = datetime.fromtimestamp(mark.stat().st_mtime, UTC)
        return f"{format_tijdstip(begun)}: begonnen en afgebroken; wat er staat, is heel"
    if last.uitkomst is None:
        return ""
    moment = format_tijdstip(datetime.fromisoformat(last.tot or last.begin))
    if last.uitkomst == "bezig" and not is_busy(opslag):
        return f"{moment}: begonnen en afgebroken; wat er staat, is heel"
    return f"{moment}: {UITKOMSTEN[last.uitkomst]}"


def describe_quiet(aanleiding: Aanleiding, last: Gepubliceerd) -> str:
    """Say that nothing changed, and since when what is published stands there."""
    since = format_tijdstip(datetime.fromisoformat(last.sinds))
    known = f"klopt nog met alle {aanleiding.tabellen} tabellen"
    return f"Er is niets opnieuw gemaakt: wat op {since} is gepubliceerd, {known}."


class Nacht:
    """One whole refresh, from its first moment: what it will be made from is marked before it is read."""

    def __init__(self, keten: Keteninstellingen, now: datetime) -> None:
        self._keten, self._plek = keten, keten.plek()
        self._begin = now
        self._key = read_sleutel(self._plek.opslag)
        known = read_nachten(self._plek.opslag, self._plek.soort)
        self._known = replace(known, begin=_iso(now), tot="", uitkomst="bezig")
        _write(self._plek.opslag, self._plek.soort, self._known)
        self._outside: Afdruk = {}
        with suppress(MonitorError, OSError):
            # what can not be read now stops the refresh where it is read
            self._outside = mark_outside(keten, self._key, now.date())

    def end(self, run_id: str, code: int, now: datetime) -> None:
        """Write down how it ended: published, when the link leads to the build of this run. Raises OSError."""
        folder = self._plek.bouw_folder(run_id)
        published = (self._plek.uitvoer / ACTUEEL).resolve() == folder.resolve() and folder.is_dir()
        ended = replace(self._known, tot=_iso(now), uitkomst="gepubliceerd" if published else "niet_gepubliceerd")
        if published:
            marks = self._outside | mark_kept(self._keten, self._key)
            if self._plek.soort == "voorbeeld" and marks:
                # the first refresh of the sample makes its own deliveries
                marks["register"] = mark_register(self._keten, self._key)
            bouw = read_manifest(folder)["bouw"]
            ended = replace(ended, gepubliceerd=Gepubliceerd(bouw, run_id, _iso(now), code, marks))
        _write(self._plek.opslag, self._plek.soort, ended)

    def stop(self) -> None:
        """Say that it is busy no more, however it ended and whether that could be written or not."""
        _mark(self._plek.opslag, self._plek.soort).unlink(missing_ok=True)
