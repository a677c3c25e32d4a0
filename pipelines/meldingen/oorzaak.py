"""What a run gives reason to tell: one message for each cause, whatever the number of tables that it touches."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assets.bron.antwoord import is_gestopt
from assets.bron.bronlijst import Brontabel
from assets.bron.momentopname import Archief
from begrippen.redenen import ONDERWEG
from begrippen.redenzinnen import zin
from pipelines.afloop import REGELS, Afloop, by_reason, namen, redenen, toets_zin

GIGABYTE = 1 << 30
# keys that are no cause of a run: the disk, looked at every night, and the message of a week
SCHIJF, WEEK = "schijf", "week:"
# what a refresh ended with is over when the next one came to its end
FOUT = "fout:"
AFGEBROKEN = f"{FOUT}afgebroken"
# What differs from night to night in a text that is otherwise the same: the query that DuckDB repeats below an error,
# cut off anywhere; the name of a run, also half of one; an address; the name of a folder for a moment; a number.
_MOVES = re.compile(
    r"\n+LINE [0-9]+:.*|\b(?=[0-9a-f-]*[0-9])[0-9a-f]{6,}(?:-[0-9a-f]*)*|0x[0-9a-f]+|\b(?:tmp|[a-z]+-)[a-z0-9_]{8}(?=/)"
    r"|[0-9][0-9.,:]*",
    re.DOTALL,
)
STIL = "bron:geen_antwoord"
# From so many tables on it is the source that does not answer, and another one the next night is the same trouble.
BRON_WEG = 4
# said of a reason, and no reason of its own
_ERBIJ = {"herhaald"}
# What the door told already, in words of its own: the same tables.
_AL_GEZEGD = "verouderd"
# in the place of the rows of a check that has more wrong ones than are kept
_VEEL = "veel"


@dataclass(frozen=True)
class Melding:
    """One cause: `sleutel` is the same each night that it lasts; the rest is Dutch, for who must do something.

    What is new of one `groep` is told in one message: `namen` are what it is about, and `kop` leaves a place for them
    ({namen}) where it has any.
    """

    sleutel: str
    kop: str
    tekst: str
    vervolg: str
    groep: str = ""
    namen: tuple[str, ...] = ()

    @property
    def gezegd(self) -> str:
        """The heading as it is read."""
        return self.kop.format(namen=_listed(self.namen)) if self.namen else self.kop


def merge(meldingen: Sequence[Melding]) -> Melding:
    """One message of what is of one group."""
    first, *rest = meldingen
    if not rest:
        return first
    namen = tuple(sorted({n for m in meldingen for n in m.namen}))
    tekst = "\n".join(dict.fromkeys(m.tekst for m in meldingen))
    vervolg = first.vervolg if {m.vervolg for m in rest} == {first.vervolg} else "monitor status"
    return replace(first, sleutel=first.groep, tekst=tekst, vervolg=vervolg, namen=namen)


def group(meldingen: Iterable[Melding]) -> list[list[Melding]]:
    """What is told together."""
    groups: dict[str, list[Melding]] = {}
    for m in meldingen:
        groups.setdefault(m.groep or m.sleutel, []).append(m)
    return list(groups.values())


def _short(text: str) -> str:
    return hashlib.sha256(_MOVES.sub("#", text).encode()).hexdigest()[:12]


def from_afgebroken() -> Melding:
    """The refresh before this one did not come to its end: its process was gone, so it could not tell so itself."""
    tekst = "De verversing van de vorige keer is niet afgemaakt. Wat er staat, is heel, en er is opnieuw begonnen."
    return Melding(AFGEBROKEN, "De verversing is afgebroken", tekst, "monitor status")


def from_afloop(afloop: Afloop) -> list[Melding]:
    """What went wrong in a run, or went through and asks to be looked at."""
    stood = "Er is niet gepubliceerd; wat er stond, staat er nog." if not afloop.geslaagd else ""
    found = [
        Melding(f"{FOUT}{_short(text)}", "De verversing is mislukt", f"{text}\n{stood}", "monitor status", "fout")
        for text in afloop.fouten
    ]
    if not afloop.geslaagd and not afloop.fouten and not afloop.tegengehouden:
        found.append(Melding(AFGEBROKEN, "De verversing is afgebroken", stood, "monitor run --bron cbs"))
    for check in afloop.tegengehouden:
        told = f"{toets_zin(check, REGELS)}\n{stood}"
        kop = f"Toets {check.check_name} houdt de publicatie tegen"
        found.append(Melding(f"tegengehouden:{check.check_name}", kop, told, "monitor status"))
    for told, checks in by_reason(afloop.poort).items():
        found += [_of_source(told, check) for check in checks]
    for told, checks in by_reason(afloop.ongelezen).items():
        kop = f"Niet gelezen: {_listed(sorted({c.asset_key.path[-1] for c in checks}))}"
        found.append(Melding(f"aanlevering:{_short(told)}", kop, told, "monitor aanlevering --help"))
    # of a build that was held back nobody sees what asks to be looked at, and much of it is what holds it back
    for check in afloop.overig if not afloop.tegengehouden else ():
        if check.check_name != _AL_GEZEGD:
            found += _of_check(check)
    return found


def _of_source(told: str, check: Any) -> Melding:
    """What is wrong with a table. Its key is of what must be done; those that share their reasons are told together."""
    (tabel,), why = namen([check]), redenen(check)
    codes = sorted({r.code for r in why} - _ERBIJ)
    stil = ONDERWEG.intersection(codes)
    cause = STIL if stil else f"bron:{'+'.join(codes)}"
    groep = STIL if stil else f"{cause}:{_short(zin([r for r in why if r.code not in _ERBIJ]))}"
    kop, vervolg = "Geen nieuw antwoord van {namen}", f"monitor bron toets {tabel} --voorstel"
    return Melding(f"{cause}:{tabel}", kop, told, vervolg, groep, (tabel,))


def _of_check(check: Any) -> Iterator[Melding]:
    """What a check asks to be looked at, a row of it at a time: a row that was told is not told again beside another.

    A row goes by the names in it and not by its figures, which move. Of more rows than are kept it is told that there
    are many, once.
    """
    kop, told = f"Om naar te kijken: toets {check.check_name}", toets_zin(check, REGELS)
    data = check.metadata.get("toets")
    toets: dict[str, Any] = {"rijen": (), "aantal": 0} if data is None else data.value
    keys = {"|".join(v for v in row.values() if isinstance(v, str)) for row in toets["rijen"]}
    if toets["aantal"] > len(toets["rijen"]):
        keys = {_VEEL}
    groep = f"kijken:{check.check_name}"
    for key in sorted(keys) or [_short(told)]:
        yield Melding(f"{groep}:{key}", kop, told, "monitor status", groep)


def is_known(melding: Melding, standing: Iterable[str]) -> bool:
    """Whether what stands (its keys) tells this already: the cause itself, or a source that answers nothing at all."""
    known = set(standing)
    if melding.sleutel in known or f"{melding.groep}:{_VEEL}" in known:
        return True
    return melding.groep == STIL and sum(k.startswith(f"{STIL}:") for k in known) >= BRON_WEG


def still_stands(sleutel: str, afloop: Afloop, found: Iterable[Melding]) -> bool:
    """Whether a cause that was not found stands all the same, because nobody could look.

    A refresh that failed did not look at everything, and of a table that gave no answer nothing is known.
    """
    silent = {n for m in found if m.groep == STIL for n in m.namen}
    return not afloop.geslaagd or (sleutel.startswith("bron:") and sleutel.rpartition(":")[2] in silent)


def _listed(names: Sequence[str]) -> str:
    """At most three names and how many more."""
    more = f" en {len(names) - REGELS} andere" if len(names) > REGELS else ""
    return ", ".join(names[:REGELS]) + more


def from_tabellen(tabellen: Iterable[Brontabel], archief: Archief) -> list[Melding]:
    """The tables that CBS stopped since the list of sources was written."""
    found = []
    for tabel in tabellen:
        latest = None if tabel.gestopt else archief.latest(tabel.bron, tabel.id)
        if latest is not None and is_gestopt(latest.eigenschappen):
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
