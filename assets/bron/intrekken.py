"""Withdrawing an accepted answer of a source, and putting it back.

A withdrawn answer stays in the archive as it came. No build uses it, it is no part of the history of cells, and the
same answer is not accepted a second time. What was published with it, an edition too, does not change.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import UTC, datetime

from assets.bron.bronlijst import Aanlevering, Brontabel
from assets.bron.momentopname import Archief, Intrekking, Momentopname
from begrippen.fout import MonitorError

# so many momentopnamen are named where one has to be chosen
GENOEMD = 5
BEKIJK = "Bekijk de bronnen met: monitor status"


class IntrekError(MonitorError):
    """There is nothing to withdraw or put back by that name; the message names what there is."""

    code = "intrekken"


def find_bron(bronnen: Sequence[Brontabel | Aanlevering], naam: str) -> Brontabel | Aanlevering:
    """The table or delivery of that id. Raises IntrekError with what looks most like it."""
    known = {b.id: b for b in bronnen}
    if naam in known:
        return known[naam]
    folded = {id.casefold(): id for id in known}
    close = [folded[c] for c in difflib.get_close_matches(naam.casefold(), folded, n=3, cutoff=0.6)]
    deliveries = ", ".join(b.id for b in bronnen if isinstance(b, Aanlevering))
    hint = f"Bedoelt u {' of '.join(close)}? " if close else ""
    raise IntrekError(
        f"tabel of aanlevering '{naam}' staat niet in de bronlijst",
        vervolg=f"{hint}Aanleveringen heten: {deliveries}. Alle namen toont: monitor bron toets",
    )


def _names(momentopnamen: Sequence[Momentopname]) -> str:
    newest = [m.id for m in reversed(momentopnamen)][:GENOEMD]
    more = len(momentopnamen) - len(newest)
    return ", ".join(newest) + (f" en nog {more}" if more else "")


def _choose(archief: Archief, bron: Brontabel | Aanlevering, id: str | None, *, terug: bool) -> Momentopname:
    there = archief.list(bron.bron, bron.id)
    can = [m for m in there if (m.ingetrokken if terug else m.aangenomen)]
    what = "ingetrokken" if terug else "aangenomen"
    found = {m.id: m for m in there}.get(id or "")
    if found in can:
        return found
    if found is not None:
        if found.ingetrokken:
            raise IntrekError(
                f"momentopname {id} van {bron.id} is al ingetrokken, op {found.ingetrokken.dag}: "
                f"{found.ingetrokken.reden}",
                vervolg=f"Zet haar terug met: monitor bron intrekken {bron.id} {id} --terug",
            )
        state = "niet ingetrokken" if terug else "door de poort geweigerd en wordt al niet gebruikt"
        raise IntrekError(
            f"momentopname {id} van {bron.id} is {state}", vervolg="Bekijk de bronnen met: monitor status"
        )
    choice = f"Kies uit: {_names(can)}" if can else "Bekijk de bronnen met: monitor status"
    if id is not None:
        raise IntrekError(f"momentopname {id} van {bron.id} is er niet", vervolg=choice)
    if not can:
        raise IntrekError(f"van {bron.id} is geen {what} antwoord bewaard", vervolg=choice)
    return can[-1]


def withdraw(
    archief: Archief,
    bron: Brontabel | Aanlevering,
    id: str | None,
    reden: str,
    now: datetime,
    *,
    terug: bool = False,
) -> Momentopname:
    """Withdraw the accepted momentopname `id` of a table (None: the one in use), or put a withdrawn one back.

    Returns it as it was chosen. Raises IntrekError for one that is not there or not accepted, and without a reason;
    BestandError where it cannot be read what was withdrawn before.
    """
    archief.intrekkingen(bron.bron, bron.id)
    reden = " ".join(reden.split())
    if not reden and not terug:
        raise IntrekError(
            "intrekken kan niet zonder reden; zij staat daarna bij de bron en in het rapport",
            vervolg=f"Geef de reden: monitor bron intrekken {bron.id} --reden 'verkeerd bestand gestuurd'",
        )
    chosen = _choose(archief, bron, id, terug=terug)
    moment = now.astimezone(UTC).isoformat(timespec="seconds")
    archief.note(bron.bron, bron.id, Intrekking(chosen.id, moment, reden, terug))
    return chosen
