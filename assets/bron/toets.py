"""Expected against found: what the list of sources asks of each table, and what the last answer of the source holds.

Works on the kept metadata, so it needs no network, and an entry that was mended shows at once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assets.bron import poort
from assets.bron.bewaard import read_eerder, read_structuur
from assets.bron.bronlijst import Brontabel
from assets.bron.fetch import Adressen, open_bron
from assets.bron.http import Client
from assets.bron.momentopname import Archief, Rij
from assets.bron.structuur import Structuur
from begrippen.lijsten import HERKENNINGEN
from begrippen.redenen import Reden, from_json
from begrippen.redenzinnen import regel


@dataclass(frozen=True)
class Toetsregel:
    """One thing that the list of sources expects. `antwoord`: what the source has, or the reason why it is not found.

    `kandidaten`: the topics or codes of the source that look most like it, best first. `hoe`: by what sign it was
    found, in words; empty where that is the letter.
    """

    tabel: str
    naam: str
    verwacht: str
    gevonden: bool
    zekerheid: str
    antwoord: str
    kandidaten: tuple[str, ...] = ()
    hoe: str = ""


def _compare(tabel: Brontabel, structuur: Structuur, eerder: Structuur | None) -> list[Toetsregel]:
    keuze, bevinding = poort.choose(tabel, structuur, eerder)
    missed = {m["onderwerp"]: m for m in bevinding.niet_gevonden}
    otherwise = {
        str(w.gegevens["naam"]): (str(w.gegevens["gevonden"]), HERKENNINGEN[str(w.gegevens["hoe"])])
        for w in bevinding.waarschuwingen
        if w.code == "anders_gevonden"
    }
    rows = []
    for naam, o in tabel.onderwerpen.items():
        verwacht = f"{' > '.join((*o.pad, o.titel))} ({o.eenheid})"
        if naam in keuze.onderwerpen:
            found = keuze.onderwerpen[naam].regel
            _, hoe = otherwise.get(naam, ("", ""))
            rows.append(Toetsregel(tabel.id, naam, verwacht, True, o.zekerheid, found, hoe=hoe))
        else:
            m = missed[naam]
            rows.append(Toetsregel(tabel.id, naam, verwacht, False, o.zekerheid, _why(m), tuple(m["kandidaten"])))
    for naam, m in missed.items():
        if naam not in tabel.onderwerpen:
            rows.append(Toetsregel(tabel.id, naam, naam, False, tabel.zekerheid, _why(m), tuple(m["kandidaten"])))
    rows += [
        Toetsregel(tabel.id, naam, naam, True, tabel.zekerheid, found, hoe=hoe)
        for naam, (found, hoe) in otherwise.items()
        if naam not in tabel.onderwerpen
    ]
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
    with Client(connections=0) as nobody:
        for tabel in tabellen:
            bron, momentopnamen = open_bron(tabel, Adressen(), nobody), archief.list(tabel.bron, tabel.id)
            if not momentopnamen:
                never = regel((Reden("nooit_opgehaald"),), tabel.id)
                rows.append(Toetsregel(tabel.id, "tabel", tabel.titel, False, tabel.zekerheid, never))
                continue
            last = momentopnamen[-1]
            structuur = read_structuur(bron, tabel, last)
            found = _compare(tabel, structuur, read_eerder(bron, tabel, momentopnamen[:-1]))
            refused = "" if last.aangenomen else regel(last.redenen)
            if refused and all(r.gevonden for r in found):
                # Refused for its rows, not for its topics or codes.
                found.append(
                    Toetsregel(tabel.id, "tabel", tabel.titel, False, tabel.zekerheid, f"geweigerd: {refused}")
                )
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
            if r.hoe:
                lines.append(f"            gevonden {r.hoe}; zet het in de bronlijst zoals de bron het schrijft")
            lines += [f"            lijkt op {k}" for k in r.kandidaten]
        blocks.append("\n".join(lines))
    missing = sum(not r.gevonden for r in rows)
    end = f"{len(rows) - missing} van {len(rows)} verwachtingen gevonden"
    if missing:
        end += "; schrijf de wijziging met: monitor bron toets --voorstel; haal daarna op met: monitor run"
    return "\n\n".join([*blocks, end])
