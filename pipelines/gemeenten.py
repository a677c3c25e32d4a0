"""`monitor bron gemeenten`: our list of municipalities beside that of CBS, and what a herindeling changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from assets.bron.cbs_v3 import CbsV3
from assets.bron.gemeenten import SOORTEN, Gemeente, Indeling, Verschil, compare, find_tabel, read_indeling, work_in
from assets.bron.http import Client
from begrippen.regio import GEGEVENS, gemeenten_op, known_codes, read_leden, read_regios
from pipelines import instellingen
from pipelines.resources import Ketenbron
from reports.getallen import format_datum

_HEET = {"provincie": "provincie", "corop": "COROP-gebied"}


def _read(bron: str, jaar: int | None) -> Indeling:
    keten = Ketenbron.van(instellingen.read(), bron=bron)
    if keten.plek().soort == "voorbeeld":
        raise instellingen.InstellingError(
            "het voorbeeld heeft de gemeenten van onze eigen lijst; vraag die van het CBS met: --bron cbs"
        )
    with keten.open_adressen() as adressen, Client() as client, client.measure():
        source = CbsV3(adressen.v3.rstrip("/"), client)
        return read_indeling(source, find_tabel(source.read_titels(), jaar))


def _of(gemeente: Gemeente, namen: Mapping[str, str]) -> str:
    return f"{namen[gemeente.provincie]}, COROP-gebied {namen[gemeente.corop]}"


def _lines(v: Verschil, indeling: Indeling, regios: pd.DataFrame, leden: pd.DataFrame) -> list[str]:
    """What differs, a line each, and what a person has to see to."""
    namen = dict(zip(regios["code"], regios["naam"], strict=True))
    theirs, dag = indeling.gemeenten, format_datum(indeling.dag)
    lines = [f"nieuw op {dag}: {c} {theirs[c].naam} ({_of(theirs[c], namen)})" for c in v.nieuw]
    lines += [f"opgeheven op {dag}: {c} {namen[c]}" for c in v.opgeheven]
    lines += [f"andere naam: {c} {namen[c]} heet nu {theirs[c].naam}" for c in v.hernoemd]
    lines += [
        f"ander {_HEET[s]} op {dag}: {c} {namen[c]} van {namen[a]} naar {namen[b]}" for c, s, a, b in v.verplaatst
    ]
    lines += [f"let op: {c} {theirs[c].naam} krijgt geen stedelijkheid; zet die zelf in regio.csv" for c in v.nieuw]
    inside = leden[leden["lid"].isin(v.opgeheven) & leden["geldig_tot"].isna()]
    for regio, lid in zip(inside["regio"], inside["lid"], strict=True):
        if not any(form.fullmatch(regio) for form in SOORTEN.values()):
            lines.append(f"let op: {namen[regio]} ({regio}) heeft {lid} {namen[lid]} als lid; zet zelf wat ervoor komt")
    return lines


@dataclass(frozen=True)
class Vergelijking:
    """A year of CBS beside our list: the table that gave it, and what differs."""

    tabel: str
    titel: str
    gemeenten: int
    gelijk: bool
    verschil: Verschil
    regels: tuple[str, ...]
    bestanden: tuple[str, ...]


def read_gemeenten(bron: str, jaar: int | None) -> tuple[Vergelijking, dict[Path, str]]:
    """Hold our list against that of CBS; also our files with the difference worked in, only those that change.

    Raises BronError and IndelingError for what CBS does not give, or not clearly.
    """
    indeling = _read(bron, jaar)
    leden, regios = read_leden(), read_regios()
    verschil = compare(indeling, gemeenten_op(indeling.dag), leden, known_codes())
    lines = _lines(verschil, indeling, regios, leden)
    if aantal := len(verschil.bevestigd):
        lines.append(f"bevestigd: van {aantal} plaatsen in de lijst was dit nog niet bij het CBS gezien")
    teksten = work_in(verschil, indeling, GEGEVENS)
    found = (indeling.tabel, indeling.titel, len(indeling.gemeenten), not verschil.anders)
    return Vergelijking(*found, verschil, tuple(lines), tuple(path.name for path in teksten)), teksten


def show(v: Vergelijking, opdracht: str) -> str:
    """What differs, in words, with the command that takes it over."""
    lines = [f"{v.titel} ({v.tabel}): {v.gemeenten} gemeenten"]
    lines += ["gelijk aan onze lijst"] if v.gelijk else []
    lines += v.regels
    lines += [f"Neem dit over in onze lijst met: {opdracht} --toepassen"] if v.bestanden else []
    return "\n".join(lines)


def take_over(v: Vergelijking, teksten: Mapping[Path, str]) -> str:
    """Change our files, and say what was changed."""
    for path, text in teksten.items():
        path.write_text(text, encoding="utf-8", newline="")
    done = [f"veranderd: {naam}" for naam in v.bestanden] or ["er is niets te veranderen"]
    after = ["Kijk na met: git diff begrippen/gegevens, en haal daarna op met: monitor run"] if teksten else []
    return "\n".join([*v.regels, *done, *after])
