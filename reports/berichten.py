"""What happened that who follows the monitor is told: one list, of which the feed and the page of releases are made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Literal

from begrippen.lijsten import HERZIENINGEN
from reports.analyse import Editieverschil
from reports.cellen import tabelnaam
from reports.getallen import format_datum, format_getal, format_periode, format_stap, format_waarde, with_eenheid
from reports.herziening import Wijziging
from reports.inhoud import Doel
from reports.model import Bron, Rapport
from reports.zinnen import haakjes, voorbehoud

# Of what moved this many are told, of each kind.
GENOEMD = 5
Soort = Literal["uitgave", "edities", "rectificatie", "bron"]
# What a difference with the previous edition is made of, in the order in which it is told.
NIEUWER = "Veranderd in de jaren sinds de vorige editie (in bedragen zit inflatie)"
DELEN: tuple[tuple[str, Callable[[Editieverschil], float | None]], ...] = (
    (NIEUWER, lambda v: v.verandering),
    ("Herzien door de bron sinds de vorige editie", lambda v: v.herziening),
    ("Anders door een andere definitie", lambda v: v.definitie),
)


@dataclass(frozen=True)
class Bericht:
    """One thing that happened: `naam` is its own among all, `moment` in UTC, `doel` where more is said of it.

    `vergelijkt`: whether it lays figures beside those of before.
    """

    soort: Soort
    naam: str
    titel: str
    moment: datetime
    zinnen: tuple[str, ...]
    doel: Doel
    vergelijkt: bool = False


def make_berichten(
    rapport: Rapport, verschillen: Sequence[Editieverschil] = (), *, concept: bool
) -> tuple[Bericht, ...]:
    """This publication, what differs from the previous edition, each rectification, and each source as it was read."""
    r = rapport
    gemaakt = r.bouw.gebouwd_op or _midnight(r.datum)
    wat = "rectificatie" if r.versie > 1 else "concept" if concept else "nieuwe uitgave"
    verschoven = _publicatie(r)
    zinnen = verschoven or ("Er is geen eerdere publicatie om mee te vergelijken.",)
    titel, doel = f"Editie {r.editie}, versie {r.versie}: {wat}", Doel("veranderd", "publicatie")
    eigen = f"{r.editie}/{r.bouw.id}"
    found = [Bericht("uitgave", eigen, titel, gemaakt, zinnen, doel, vergelijkt=bool(verschoven))]
    if verschuivingen := _edities(r, verschillen):
        titel, doel = f"Editie {r.editie} naast de vorige editie", Doel("veranderd", "editie")
        found.append(Bericht("edities", f"{eigen}/edities", titel, gemaakt, verschuivingen, doel, vergelijkt=True))
    for fout in r.rectificaties:
        titel, zin = f"Editie {r.editie}, versie {fout.versie}: rectificatie", f"Er stond: ‘{fout.was}’"
        naam = f"{r.editie}/rectificatie/{fout.versie}"
        found.append(Bericht("rectificatie", naam, titel, _midnight(fout.datum), (zin,), Doel(fout.bladen[0])))
    return (*found, *(_bron(b, b.opgehaald) for b in r.bronnen if b.opgehaald is not None))


def _midnight(dag: date) -> datetime:
    return datetime.combine(dag, time(), UTC)


def _bron(bron: Bron, opgehaald: datetime) -> Bericht:
    zin = f"{bron.titel}. Gewijzigd door de bron: {format_datum(bron.gewijzigd)}."
    naam = f"bron/{bron.bron}/{bron.tabel}/{bron.momentopname}"
    doel = Doel("verantwoording", "bronnen")
    return Bericht("bron", naam, f"Bron opgehaald: {tabelnaam(bron)}", opgehaald, (zin,), doel)


def _publicatie(rapport: Rapport) -> tuple[str, ...]:
    """What moved most since the publication before this one, a line each; empty where there was none."""
    h = rapport.herziening
    if h is None:
        return ()
    begin = f"Sinds {format_datum(h.vorige)}" if h.vorige else "Sinds de vorige publicatie"
    cijfers = "1 nieuw cijfer" if h.nieuw == 1 else f"{format_getal(h.nieuw, 0)} nieuwe cijfers"
    waarin = "1 indicator" if h.nieuw_indicatoren == 1 else f"{h.nieuw_indicatoren} indicatoren"
    lines = [f"{begin}: {cijfers} in {waarin}." if h.nieuw else f"{begin}: geen nieuwe cijfers."]

    def weight(w: Wijziging) -> float:
        return abs(w.nieuw - w.oud) / abs(w.oud) if w.oud and w.nieuw is not None else 0.0

    most = sorted(h.wijzigingen, key=lambda w: (-weight(w), w.indicator))[:GENOEMD]
    rest = len(h.wijzigingen) - len(most)
    meer = (f"Ook {rest} andere {'indicator heeft' if rest == 1 else 'indicatoren hebben'} andere cijfers.",)
    return (*lines, *map(_wijziging, most), *(meer if rest else ()))


def _wijziging(w: Wijziging) -> str:
    hoe = " en ".join(f"{n} {HERZIENINGEN.get(soort, soort)}" for soort, n in w.soorten.items())
    if w.oud is None or w.nieuw is None:
        return f"{w.naam}: {hoe}."
    van, naar = (with_eenheid(format_waarde(x, w.decimalen), w.eenheid) for x in (w.oud, w.nieuw))
    return f"{w.naam}: {hoe}; het meest in {w.regio}, {format_periode(w.periode)}: van {van} naar {naar}."


def _edities(rapport: Rapport, verschillen: Sequence[Editieverschil]) -> tuple[str, ...]:
    """What differs most from the previous edition, a line for each part of a difference that there is."""
    lines = []
    for kop, deel_van in DELEN:
        parts = [(v, deel) for v in verschillen if (deel := deel_van(v)) and _shows(deel, v.decimalen)]
        parts.sort(key=lambda part: (-_share(*part), part[0].indicator))
        if parts:
            told = [_deel(rapport, *part, nieuwer=kop == NIEUWER) for part in parts[:GENOEMD]]
            told += [f"en nog {rest}"] if (rest := len(parts) - GENOEMD) > 0 else []
            lines.append(f"{kop}: {'; '.join(told)}.")
    return tuple(lines)


def _shows(deel: float, decimalen: int) -> bool:
    """Is anything of it left after rounding?"""
    return any(c in "123456789" for c in format_getal(deel, decimalen))


def _share(v: Editieverschil, deel: float) -> float:
    return abs(deel / v.waarde_toen) if v.waarde_toen else 0.0


def _deel(rapport: Rapport, v: Editieverschil, deel: float, *, nieuwer: bool) -> str:
    hoeveel = format_stap(deel, v.decimalen, v.eenheid)
    toen, nu = format_periode(v.periode_toen), format_periode(v.periode_nu)
    if not nieuwer:
        return f"{v.naam} {hoeveel} (het cijfer van {toen})"
    kaart = next((i for i in rapport.indicatoren if i.id == v.indicator), None)
    punt = kaart.punt(rapport.provincie.code) if kaart else None
    zeker = voorbehoud(kaart, punt) if kaart and punt and punt.periode == v.periode_nu else ()
    return f"{v.naam} {hoeveel}{haakjes(f'van {toen} tot {nu}', *zeker)}"
