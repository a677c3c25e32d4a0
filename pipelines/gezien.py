"""`monitor bron gezien`: what the last answer of each table shows, written in the list of what was seen."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from assets.bron.bewaard import read_structuur
from assets.bron.bronlijst import TABELLEN, Brontabel
from assets.bron.fetch import Adressen, open_bron
from assets.bron.gezienbestand import put_entry
from assets.bron.gezienfeiten import Gezien, make_gezien
from assets.bron.gezienlijst import GEZIEN, GezieneTabel, Vindplek, read_gezien
from assets.bron.http import BronError, Client
from assets.bron.lijstbestand import Wijziging, change, find_file
from assets.bron.momentopname import Momentopname
from assets.bron.opnemen import VERSLAG
from begrippen.fout import BestandError
from begrippen.regio import read_regios
from begrippen.yamlbestand import parse_yaml
from pipelines import instellingen
from pipelines.resources import Ketenbron
from pipelines.status import choose_tabellen


def _recorded(opname: Path | None) -> tuple[str | None, Adressen]:
    """The day of a recording and where it came from; no day for what says none."""
    try:
        said = json.loads((opname / VERSLAG).read_text(encoding="utf-8")) if opname else {}
        day = datetime.fromisoformat(said["moment"]).date().isoformat() if said else None
        return day, Adressen(**said["adressen"]) if said else Adressen()
    except FileNotFoundError:
        return None, Adressen()
    except (OSError, ValueError, KeyError, TypeError):
        raise BestandError(
            "hier hoort te staan wanneer en waar is opgenomen",
            waar=str(opname / VERSLAG) if opname else VERSLAG,
            vervolg="Neem opnieuw op met: monitor bron opnemen --bron cbs --naar MAP",
        ) from None


def _see(
    tabel: Brontabel, last: Momentopname, old: GezieneTabel | None, *, day: str, adressen: Adressen, deel: bool
) -> Gezien:
    regios = read_regios()
    with Client(connections=0) as nobody:
        bron = open_bron(tabel, adressen, nobody)
        plek = Vindplek(hoe="metadata", waar=bron.url(tabel.id), datum=day, zekerheid="zeker")
        structuur = read_structuur(bron, tabel, last)
        today = regios.loc[regios["geldig_tot"].isna() & (regios["soort"] != "overig"), "code"]
        return make_gezien(tabel, structuur, last.eigenschappen, old, plek=plek, regios=today, deel=deel)


def _write(tabel: Brontabel, gezien: GezieneTabel, folder: Path, lijst: Path) -> str:
    """Put the entry in its file; it gives the name of that file."""
    name = find_file(lijst, tabel.id).name
    holds = [p for p in sorted(folder.glob("*.yaml")) if f"- id: {tabel.id}\n" in p.read_text(encoding="utf-8")]
    path = holds[0] if holds else folder / name
    text = put_entry(path.read_text(encoding="utf-8") if path.exists() else "", gezien)
    parse_yaml(text, tuple[GezieneTabel, ...], str(path))
    path.write_text(text, encoding="utf-8")
    return path.name


def _confirm(tabel: Brontabel, gezien: Gezien, lijst: Path) -> tuple[list[str], list[str]]:
    """Call confirmed (K) what was found to the letter: the topics that now are, and those a person has to change."""
    path = find_file(lijst, tabel.id)
    text = path.read_text(encoding="utf-8")
    done: list[str] = []
    left: list[str] = []
    places: dict[str, tuple[str, ...]] = {
        naam: ("onderwerpen", naam, "zekerheid")
        for naam in gezien.bevestigd
        if tabel.onderwerpen[naam].zekerheid != "K"
    }
    if tabel.zekerheid != "K" and gezien.bevestigd:
        places["de tabel"] = ("zekerheid",)
    for naam, pad in places.items():
        try:
            text = change(text, tabel.id, Wijziging("waarde", pad, "K"))
            done.append(naam)
        except BestandError:
            left.append(naam)
    parse_yaml(text, tuple[Brontabel, ...], str(path))
    path.write_text(text, encoding="utf-8")
    return done, left


def write_gezien(bron: str, tabel: str | None, dag: str | None, folder: Path = GEZIEN, lijst: Path = TABELLEN) -> str:
    """Write what the last answers show, table by table, and say what became of each.

    dag: the day on which it was seen, for a recording that does not say it. Raises InstellingError for the sample, an
    unknown table, and where no day is known.
    """
    keten = Ketenbron.van(instellingen.read(), bron=bron)
    plek = keten.plek()
    if plek.soort == "voorbeeld":
        raise instellingen.InstellingError(
            "het voorbeeld heeft zijn vorm van wat is gezien en laat dus niets zien; geef --bron cbs of opname:MAP"
        )
    recorded, adressen = _recorded(instellingen.parse_bron(bron).folder)
    lines: list[str] = []
    for one in choose_tabellen(tabel):
        momentopnamen = plek.archief.list(one.bron, one.id)
        if not momentopnamen:
            lines.append(f"{one.id}: nog niet opgehaald; haal op met: monitor run --bron {bron}")
            continue
        last = momentopnamen[-1]
        day = dag or recorded or ("" if plek.soort == "opname" else str(last.eigenschappen.get("fetched_at", ""))[:10])
        if not day:
            raise instellingen.InstellingError(
                f"deze opname zegt niet van welke dag zij is (geen {VERSLAG}); geef die dag met --dag JJJJ-MM-DD"
            )
        try:
            old = read_gezien(folder).get(one.id)
            # of our own recordings and of the source itself the metadata is whole; of another's nobody knows
            part = plek.soort == "opname" and recorded is None
            seen = _see(one, last, old, day=day, adressen=adressen, deel=part)
        except (BronError, ValidationError) as error:
            why = str(error) if isinstance(error, BronError) else "de codelijsten zijn niet die van een tabel"
            lines.append(f"{one.id}: niet overgenomen: {why}")
            continue
        name = _write(one, seen.tabel, folder, lijst)
        done, left = _confirm(one, seen, lijst)
        line = f"{one.id}: gezien op {day}, staat in {name}"
        line += f"; nu bevestigd (K): {', '.join(done)}" if done else ""
        line += f"; zet zelf op K, want de lijst deelt ze: {', '.join(left)}" if left else ""
        line += f"; niet bij de bron: {', '.join(seen.weg)}" if seen.weg else ""
        lines.append(line)
    return "\n".join(
        [*lines, "Kijk na met: git diff assets/bron, en met: monitor bron toets --bron voorbeeld na een run"]
    )
