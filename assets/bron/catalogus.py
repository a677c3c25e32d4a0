"""Ask the catalogues of CBS which of our tables changed, in a request or two and without fetching any figure."""

from __future__ import annotations

from collections.abc import Iterable

from assets.bron.antwoord import is_gestopt
from assets.bron.bronlijst import Brontabel
from assets.bron.fetch import Adressen, open_bron
from assets.bron.http import BronError, Client
from assets.bron.momentopname import Archief, Rij
from assets.bron.poging import read_poging
from assets.bron.rijen import KENMERKEN, Bron
from begrippen.redenen import Reden
from begrippen.redenzinnen import regel


def changed_tabellen(
    tabellen: Iterable[Brontabel], adressen: Adressen, archief: Archief, client: Client
) -> tuple[dict[str, str], list[str]]:
    """Compare the catalogues with what is stored: changed tables, messages of what failed.

    A table that changed, was stopped, came back or was never fetched is given with its version in the catalogue; one
    that left it since it was asked last, with an empty one. What was refused did not change: it is held against the
    last answer, taken or not.

    A catalogue that does not answer is a message, not an error: the nightly refresh asks again.
    """
    groups: dict[str, tuple[Bron, list[Brontabel]]] = {}
    for tabel in tabellen:
        bron = open_bron(tabel, adressen, client)
        groups.setdefault(bron.base, (bron, []))[1].append(tabel)
    changed: dict[str, str] = {}
    messages: list[str] = []
    for bron, group in groups.values():
        try:
            # a catalogue ends where a table would
            with client.measure():
                found = bron.read_catalogus([t.id for t in group])
        except BronError as error:
            messages.append(str(error))
            continue
        except Exception as error:
            # as in a fetch: what nobody thought of ends at the catalogue that gave it
            melding = f"{error!s:.300}"
            messages.append(regel((Reden("onverwacht", {"soort": type(error).__name__, "melding": melding}),)))
            continue
        for tabel in group:
            stored, poging = _last_answer(archief, tabel), read_poging(archief, tabel.bron, tabel.id)
            absent = poging is not None and poging.resultaat == "afwezig"
            if tabel.id not in found:
                if stored and not absent:
                    changed[tabel.id] = ""
                continue
            now = found[tabel.id]
            marks = {k: getattr(now, k) for k in KENMERKEN}
            # A catalogue need not give all three; what it gives must agree.
            other = any(v is not None and v != stored.get(k) for k, v in marks.items())
            stopped = now.gestopt and not is_gestopt(stored)
            # in a recording nothing comes back, and its catalogue names tables that were not recorded
            back = absent and archief.soort != "opname"
            if not now.Modified or other or stopped or back:
                changed[tabel.id] = "|".join(v or "" for v in (*marks.values(), now.gestopt and "gestopt"))
    return changed, messages


def _last_answer(archief: Archief, tabel: Brontabel) -> Rij:
    """What the source said of a table with its last answer that was kept, whatever the gate made of it."""
    return next((m.eigenschappen for m in reversed(archief.list(tabel.bron, tabel.id))), {})
