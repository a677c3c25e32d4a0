"""What a run gives reason to tell: one message for each cause, whatever the number of tables that it touches."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assets.bron.antwoord import GESTOPT
from assets.bron.bronlijst import Brontabel
from assets.bron.momentopname import Archief
from begrippen.redenzinnen import zin
from pipelines.afloop import REGELS, Afloop, by_reason, namen, redenen, toets_zin

GIGABYTE = 1 << 30
# keys that are no cause of a run: the disk, looked at every night, and the message of a week
SCHIJF, WEEK = "schijf", "week:"
# what differs from night to night in a text that is otherwise the same
_MOVES = re.compile(r"0x[0-9a-f]+|[0-9][0-9.,:]*")


@dataclass(frozen=True)
class Melding:
    """One cause: `sleutel` is the same each night that it lasts; the rest is Dutch, for who must do something."""

    sleutel: str
    kop: str
    tekst: str
    vervolg: str


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def from_afloop(afloop: Afloop) -> list[Melding]:
    """What went wrong in a run, or went through and asks to be looked at."""
    stood = "Er is niet gepubliceerd; wat er stond, staat er nog." if not afloop.geslaagd else ""
    found = [
        Melding(f"fout:{_short(text)}", "De verversing is mislukt", f"{text}\n{stood}", "monitor status")
        for text in afloop.fouten
    ]
    if not afloop.geslaagd and not afloop.fouten and not afloop.tegengehouden:
        found.append(Melding("fout:afgebroken", "De verversing is afgebroken", stood, "monitor run --bron cbs"))
    for check in afloop.tegengehouden:
        told = f"{toets_zin(check, REGELS)}\n{stood}"
        kop = f"Toets {check.check_name} houdt de publicatie tegen"
        found.append(Melding(f"tegengehouden:{check.check_name}", kop, told, "monitor status"))
    for told, group in by_reason(afloop.poort).items():
        found.append(_of_sources(told, group))
    for told, group in by_reason(afloop.ongelezen).items():
        kop = f"Niet gelezen: {_listed(sorted({c.asset_key.path[-1] for c in group}))}"
        found.append(Melding(f"aanlevering:{_short(told)}", kop, told, "monitor aanlevering --help"))
    for check in afloop.overig:
        told = toets_zin(check, REGELS)
        kop = f"Om naar te kijken: toets {check.check_name}"
        found.append(Melding(f"kijken:{check.check_name}:{_short(toets_zin(check))}", kop, told, "monitor status"))
    return found


def _of_sources(told: str, group: Sequence[Any]) -> Melding:
    """One message for all tables that share their reasons.

    A cause of many tables is one of the catalogue: it keeps its key when there is a table more or less the next night,
    and whatever counts and addresses its reason holds then.
    """
    tabellen, why = namen(group), redenen(group[0])
    codes = sorted({r.code for r in why})
    own = f":{tabellen[0]}" if len(tabellen) == 1 else f":{_short(_MOVES.sub('#', zin(why)))}"
    kop = f"Geen nieuw antwoord van {_listed(tabellen)}"
    vervolg = f"monitor bron toets {tabellen[0]} --voorstel" if len(tabellen) == 1 else "monitor status"
    return Melding(f"bron:{'+'.join(codes)}{own}", kop, told, vervolg)


def _listed(names: Sequence[str]) -> str:
    """At most three names and how many more."""
    more = f" en {len(names) - REGELS} andere" if len(names) > REGELS else ""
    return ", ".join(names[:REGELS]) + more


def from_tabellen(tabellen: Iterable[Brontabel], archief: Archief) -> list[Melding]:
    """The tables that CBS stopped since the list of sources was written."""
    found = []
    for tabel in tabellen:
        latest = None if tabel.gestopt else archief.latest(tabel.bron, tabel.id)
        if latest is not None and latest.eigenschappen.get("status") in GESTOPT:
            tekst = (
                f"De bron zegt dat er bij {tabel.id} ({tabel.titel}) geen cijfers meer bij komen. "
                "De cijfers die er zijn, blijven in het rapport."
            )
            vervolg = f"monitor bron toets {tabel.id} --voorstel"
            found.append(Melding(f"gestopt:{tabel.id}", f"Tabel {tabel.id} is stopgezet", tekst, vervolg))
    return found


def from_schijf(vrij: int, minstens: float) -> list[Melding]:
    """Whether the disk has room for more nights: `vrij` in bytes, `minstens` in gigabytes."""
    if vrij >= minstens * GIGABYTE:
        return []
    tekst = (
        f"Er is nog {vrij / GIGABYTE:.1f} GB vrij; minder dan {minstens:g} GB. "
        "Op een volle schijf kan er niet gepubliceerd worden."
    ).replace(".", ",", 1)
    return [Melding(SCHIJF, "De schijf raakt vol", tekst, "df -h, en ruim op wat niet van de monitor is")]
