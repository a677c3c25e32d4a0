"""Expected against found: what the list of sources asks of each table, and what the last answer of the source holds.

Works on the kept metadata, so it needs no network, and an entry that was mended shows at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from assets.bron import poort
from assets.bron.bronlijst import Brontabel
from assets.bron.fetch import Adressen, open_bron
from assets.bron.http import AfwezigError, Client, read_kept
from assets.bron.momentopname import Archief, Momentopname, Rij
from assets.bron.structuur import Structuur
from begrippen.redenen import Reden, from_json
from begrippen.redenzinnen import regel


@dataclass(frozen=True)
class Toetsregel:
    """One thing that the list of sources expects. `antwoord`: what the source has, or the reason why it is not found.

    `kandidaten`: the topics or codes of the source that look most like it, best first.
    """

    tabel: str
    naam: str
    verwacht: str
    gevonden: bool
    zekerheid: str
    antwoord: str
    kandidaten: tuple[str, ...] = ()


class _Kept(Client):
    """Answers from the metadata that a momentopname keeps, in place of the source."""

    def __init__(self, meta: Path) -> None:
        super().__init__(connections=0)
        self._meta = meta

    def get_whole_json(self, url: str) -> bytes:
        name = urlsplit(url).path.rsplit("/", 1)[-1]
        try:
            return read_kept(self._meta / f"{name}.json.gz")
        except FileNotFoundError:
            raise AfwezigError(Reden("niet_bewaard", {"naam": name}, waar=str(self._meta))) from None


def read_structuur(tabel: Brontabel, momentopname: Momentopname) -> Structuur:
    """Read the topics and code lists of a table from a momentopname. Raises BronError when they were not kept."""
    bron = open_bron(tabel, Adressen(), _Kept(momentopname.folder / "meta"))
    return bron.read_structuur(tabel, None)


def _compare(tabel: Brontabel, structuur: Structuur) -> list[Toetsregel]:
    keuze, bevinding = poort.choose(tabel, structuur)
    missed = {m["onderwerp"]: m for m in bevinding.niet_gevonden}
    rows = []
    for naam, o in tabel.onderwerpen.items():
        verwacht = f"{' > '.join((*o.pad, o.titel))} ({o.eenheid})"
        if naam in keuze.onderwerpen:
            rows.append(
                Toetsregel(tabel.id, naam, verwacht, True, o.zekerheid, poort.describe(keuze.onderwerpen[naam]))
            )
        else:
            m = missed[naam]
            rows.append(Toetsregel(tabel.id, naam, verwacht, False, o.zekerheid, _why(m), tuple(m["kandidaten"])))
    for naam, m in missed.items():
        if naam not in tabel.onderwerpen:
            rows.append(Toetsregel(tabel.id, naam, naam, False, tabel.zekerheid, _why(m), tuple(m["kandidaten"])))
    # what is wrong with a topic has its row already
    rows += [
        Toetsregel(tabel.id, "tabel", tabel.titel, False, tabel.zekerheid, regel((reden,)))
        for reden in bevinding.redenen
        if not reden.wat
    ]
    return rows


def _why(missed: Rij) -> str:
    return regel(from_json(missed["reden"]))


def toets(tabellen: Iterable[Brontabel], archief: Archief) -> list[Toetsregel]:
    """Compare tables with the metadata of their last momentopname, accepted or refused; a row for each expectation.

    A table that was never fetched is one row that says so.
    """
    rows: list[Toetsregel] = []
    for tabel in tabellen:
        momentopnamen = archief.list(tabel.bron, tabel.id)
        if not momentopnamen:
            never = regel((Reden("nooit_opgehaald"),), tabel.id)
            rows.append(Toetsregel(tabel.id, "tabel", tabel.titel, False, tabel.zekerheid, never))
            continue
        last = momentopnamen[-1]
        found = _compare(tabel, read_structuur(tabel, last))
        refused = "" if last.aangenomen else regel(last.redenen)
        if refused and all(r.gevonden for r in found):
            # Refused for its rows, not for its topics or codes.
            found.append(Toetsregel(tabel.id, "tabel", tabel.titel, False, tabel.zekerheid, f"geweigerd: {refused}"))
        rows += found
    return rows


def show(rows: Iterable[Toetsregel]) -> str:
    """Write the comparison as text: a table a block, what was not found with its nearest candidates."""
    rows = list(rows)
    blocks = []
    for tabel in dict.fromkeys(r.tabel for r in rows):
        own = [r for r in rows if r.tabel == tabel]
        lines = [f"{tabel}: {sum(r.gevonden for r in own)} van {len(own)} gevonden"]
        for r in own:
            mark = "gevonden " if r.gevonden else "ONTBREEKT"
            lines.append(f"  {mark} [{r.zekerheid}] {r.naam}: verwacht {r.verwacht}")
            lines.append(f"            {'is' if r.gevonden else 'want'} {r.antwoord}")
            lines += [f"            lijkt op {k}" for k in r.kandidaten]
        blocks.append("\n".join(lines))
    missing = sum(not r.gevonden for r in rows)
    end = f"{len(rows) - missing} van {len(rows)} verwachtingen gevonden"
    if missing:
        end += "; zet in assets/bron/tabellen/ wat de bron geeft, en haal op met: monitor run"
    return "\n\n".join([*blocks, end])
