"""A build of a day in the past: of the stored answers as they stood at the end of it. Nothing is fetched.

The archive says which answers were there; the book of builds says when the build of that day was made and with what
it was compared. With the same code and lists such a build is made of the same `Bouwinvoer`, so its Parquet has the same
bytes. Where that is not so, it says why not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from assets.bouw.bouwboek import Boeking, read_boek
from assets.bouw.bouwen import build_database, is_comparable
from assets.bouw.invoer.bouwinvoer import Bouwinvoer, InvoerError, read_manifest
from assets.bouw.zegel import find_zegel
from assets.bron.bronlijst import Bronlijst
from assets.bron.momentopname import Momentopname, write_file
from assets.indicatoren.soortgenotenlijst import read_lijsten
from assets.keten import TIJDZONE, Plek, end_of
from begrippen.fout import MonitorError
from begrippen.jsontekst import parse_json

# beside a build of a day in the past: what it is of, and whether it is equal to the build of then
VERSLAG = "peildatum.json"
# in its folder, as long as it is made: the build that it is compared with
VORIGE = ".vorige-publicatie"
# a message names so many tables
GENOEMD = 10


class PeildatumError(MonitorError):
    """Of that day nothing can be built; the message says which tables lack and what can be done."""

    code = "peildatum"


@dataclass(frozen=True)
class Terugblik:
    """What a build of a day is made of. `boeking`: the build of then that it repeats, None where there is none.

    `verschillen`: why its bytes can differ from that one, in Dutch; none: they are the same.
    """

    invoer: Bouwinvoer
    boeking: Boeking | None
    verschillen: tuple[str, ...]


def _names(tabellen: Iterable[str]) -> str:
    listed = sorted(tabellen)
    more = f" en nog {len(listed) - GENOEMD}" if len(listed) > GENOEMD else ""
    return ", ".join(listed[:GENOEMD]) + more


def _name(m: Momentopname) -> str:
    return f"{m.bron}/{m.tabel}/{m.id}"


def _tables(namen: Iterable[str]) -> set[str]:
    return {naam.split("/")[1] for naam in namen}


def _opdracht(plek: Plek, dag: date) -> str:
    # a replay is named with its folder
    return f"monitor run --bron {plek.soort}{':MAP' if plek.soort == 'opname' else ''} --peildatum {dag}"


def check_dag(plek: Plek, lijst: Bronlijst, vandaag: date) -> None:
    """Refuse a day that is not over, or of which the archive holds no accepted answer of any table.

    Raises PeildatumError, with the first day of which it does.
    """
    dag = plek.dag
    if dag is None:
        return
    if dag >= vandaag:
        raise PeildatumError(
            f"--peildatum {dag}: die dag is nog niet voorbij",
            vervolg="Kies een eerdere dag, of bouw van wat er nu is met: monitor run",
        )
    bronnen = [(b.bron, b.id) for b in (*lijst.opgehaald, *lijst.register.values())]
    if any(m.aangenomen for bron in bronnen for m in plek.archief.list(*bron)):
        return
    alles = replace(plek, dag=None).archief
    days = [m.opgehaald.astimezone(TIJDZONE).date() for bron in bronnen for m in alles.list(*bron) if m.aangenomen]
    raise PeildatumError(
        f"--peildatum {dag}: van geen van de {len(bronnen)} tabellen was toen een aangenomen antwoord bewaard",
        waar=str(plek.opslag / "momentopnamen" / plek.soort),
        vervolg=f"De oudste dag met antwoorden is {min(days)}: {_opdracht(plek, min(days))}"
        if days
        else "Er is nog niets bewaard. Haal op met: monitor run",
    )


def _check_archief(plek: Plek, boeking: Boeking) -> None:
    """Refuse to make less than was made then. Raises PeildatumError naming the tables whose answers are gone."""
    gone = {naam for naam in boeking.momentopnamen if not (plek.opslag / "momentopnamen" / plek.soort / naam).is_dir()}
    if gone:
        raise PeildatumError(
            f"de bouw van {boeking.moment.astimezone(TIJDZONE):%d-%m-%Y} gebruikte antwoorden die niet meer in het "
            f"archief staan, van {_names(_tables(gone))}",
            waar=str(plek.opslag / "momentopnamen" / plek.soort),
            vervolg="Zet deze mappen terug uit een reservekopie, en geef de opdracht opnieuw.",
        )


def _find_bouw(plek: Plek, bouw: str) -> Path | None:
    for folder in sorted((plek.opslag / "bouw" / plek.soort).glob("*")):
        try:
            if read_manifest(folder)["bouw"] == bouw and is_comparable(folder):
                return folder
        except InvoerError:
            continue
    return None


def _make_vorige(invoer: Bouwinvoer, plek: Plek, boeking: Boeking, folder: Path) -> Path:
    """Make the build that was published before once more: of its figures only, which is what is compared."""
    _check_archief(plek, boeking)
    of_then = [
        m
        for bron, tabel in sorted({tuple(naam.split("/")[:2]) for naam in boeking.momentopnamen})
        for m in plek.archief.list(bron, tabel)
        if _name(m) in boeking.momentopnamen
    ]
    earlier = replace(
        invoer,
        momentopnamen=tuple(of_then),
        eerdere=(),
        built_at=boeking.moment,
        ontbreekt=boeking.ontbreekt,
        verouderd=boeking.verouderd,
        vorige=None,
        vorige_editie=None,
        soortgenoten=read_lijsten(plek.opslag, plek.soort, invoer.editie, boeking.moment),
    )
    build_database(earlier, folder / VORIGE)
    return folder / VORIGE


def look_back(invoer: Bouwinvoer, plek: Plek, folder: Path) -> Terugblik:
    """Turn the inputs that the archive of `plek.dag` gives into those of the build of that day, where there is one.

    In `folder` the build can be made that this one is compared with. Raises PeildatumError for answers that are gone,
    BestandError for a damaged record, InvoerError as `build_database`.
    """
    if plek.dag is None or plek.tot is None:
        raise ValueError("look_back wants a place that is seen as of a day")
    if not invoer.momentopnamen:
        raise PeildatumError(
            f"op {plek.dag:%d-%m-%Y} was er van geen enkele tabel een aangenomen antwoord",
            waar=str(plek.opslag / "momentopnamen" / plek.soort),
            vervolg=f"De oudste dag waarvan er iets is, noemt: {_opdracht(plek, plek.dag)}",
        )
    boek = read_boek(plek.opslag, plek.soort, invoer.editie, plek.tot)
    if boek:
        _check_archief(plek, boek[-1])
    used = {_name(m) for m in invoer.momentopnamen}
    found = next((b for b in reversed(boek) if b.momentopnamen == used), None)
    moment = found.moment if found else plek.tot - timedelta(microseconds=1)
    vorige = found.vorige if found else boek[-1].bouw if boek else None
    invoer = replace(
        invoer,
        built_at=moment,
        verzegeld=find_zegel(plek.opslag, plek.soort, invoer.editie, moment) is not None,
        soortgenoten=read_lijsten(plek.opslag, plek.soort, invoer.editie, moment),
        vorige=_find_bouw(plek, vorige) if vorige else None,
    )
    if found:
        invoer = replace(invoer, ontbreekt=found.ontbreekt, verouderd=found.verouderd)
    if vorige and invoer.vorige is None and (before := next((b for b in boek if b.bouw == vorige), None)):
        invoer = replace(invoer, vorige=_make_vorige(invoer, plek, before, folder))
    return Terugblik(invoer, found, tuple(_differences(invoer, found, boek, vorige)))


def _differences(
    invoer: Bouwinvoer, found: Boeking | None, boek: Sequence[Boeking], vorige: str | None
) -> Iterable[str]:
    """Why the bytes can differ from those of the build of then."""
    if not boek:
        yield "van die dag of ervoor is geen bouw opgeschreven; er is niets om gelijk aan te zijn"
        return
    if found is None:
        changed = _tables({_name(m) for m in invoer.momentopnamen} ^ boek[-1].momentopnamen)
        yield (
            f"de laatste bouw van toen ({boek[-1].moment.astimezone(TIJDZONE):%d-%m-%Y %H.%M} uur) is van andere "
            f"antwoorden: {_names(changed)}. Deze neemt wat er aan het eind van de dag was"
        )
        return
    if invoer.sha256 == found.invoer_sha256:
        return
    if invoer.code_versie != found.code_versie:
        yield f"die bouw is gemaakt met versie {found.code_versie}, deze met {invoer.code_versie}"
    if vorige and invoer.vorige is None:
        yield "de publicatie ervoor is er niet meer en staat niet in het bouwboek: 'herzien' is niet te zien"
    if replace(invoer, code_versie=found.code_versie).sha256 != found.invoer_sha256:
        yield (
            "iets wat geen datum heeft is sindsdien veranderd: de bronlijst, een kaart, het beleid, een correctie, de "
            "editie of een eerder antwoord dat is weggehaald"
        )


def write_verslag(folder: Path, dag: date, terugblik: Terugblik) -> None:
    """Write beside a build which day it is of, which build it repeats, and what differs. Raises OSError."""
    content = {
        "dag": dag.isoformat(),
        "tot": end_of(dag).isoformat(),
        "bouw": terugblik.boeking.bouw if terugblik.boeking else None,
        "verschillen": list(terugblik.verschillen),
        "zonder_antwoord": sorted(terugblik.invoer.ontbreekt),
    }
    write_file(folder / VERSLAG, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def describe_verslag(folder: Path) -> list[str]:
    """Say of the build of a day in `folder` what it is, in lines for who runs the command."""
    content = parse_json((folder / VERSLAG).read_text(encoding="utf-8"))
    lines = [
        f"Gebouwd uit de antwoorden zoals zij aan het eind van {date.fromisoformat(content['dag']):%d-%m-%Y} waren."
    ]
    if not content["verschillen"]:
        lines.append(f"De tabellen zijn byte voor byte die van bouw {content['bouw']} van toen.")
    lines += [f"Niet precies gelijk aan een bouw van toen: {why}." for why in content["verschillen"]]
    if content["zonder_antwoord"]:
        lines.append(f"Zonder antwoord van voor die tijd: {_names(content['zonder_antwoord'])}.")
    lines.append("Wat geen datum heeft, is zoals het nu is: kaarten, lijsten, beleid, teksten en grenzen op de kaart.")
    return lines
