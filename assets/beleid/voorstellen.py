"""Proposals along the framework: three knock-outs, then criteria in words. No score, no ranking: people decide."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field

from assets.beleid.lezen import refuse
from assets.beleid.velden import Rij, Vorm
from begrippen.gebied import Gebied
from begrippen.rijbestand import JaNee, Lijst
from begrippen.veldfout import bedoelt
from begrippen.yamlbestand import read_geheim, read_yaml

KADER = "afwegingskader.yaml"


class Weging(Rij):
    """A criterion of the framework."""

    id: str = Field(pattern=r"^[a-z]+$")
    naam: str
    keuzes: tuple[str, ...] = Field((), description="als er een keuze bij hoort, zoals een transitie")


class Afwegingskader(Vorm):
    """How a province weighs proposals: three knock-outs, then criteria in words. There are no weights, so none here."""

    minste_opgaven: int = Field(ge=1)
    afwijzen_op_financiering: bool = Field(
        False, description="of criterium III alleen al afwijst; tot dat is besloten: aanhouden"
    )
    meetlat: tuple[Weging, ...] = Field(min_length=1)
    acquisitie: tuple[Weging, ...] = ()
    acquisitie_voorlopig: bool = True


class Oordeel(Vorm):
    """What people think of a criterion, with why. `oordeel` empty: not filled in yet."""

    oordeel: Literal["laag", "midden", "hoog"] | None = None
    motivering: str = ""


class Acquisitieoordeel(Vorm):
    """The same of a criterion of acquisition."""

    oordeel: Literal["ja", "deels", "nee", "onbekend"]
    motivering: str = ""
    keuze: str = ""


class Voorstel(Vorm):
    """A proposal for a contribution."""

    id: str
    naam: str
    partij: str = ""
    publiek_belang: JaNee
    publiek_belang_motivering: str = ""
    opgaven: Lijst
    andere_financiering: Literal["niet mogelijk", "niet toereikend", "wel toereikend"]
    meetlat: dict[str, Oordeel] = Field(default_factory=dict)
    begin: date | None = None
    eind: date | None = None
    mijlpaal: str = ""
    lening: JaNee = False
    subsidie: JaNee = False
    acquisitie: dict[str, Acquisitieoordeel] = Field(default_factory=dict)
    banen: int | None = Field(None, ge=0, description="staat apart; telt in geen oordeel mee")


class Voorstellen(Vorm):
    """The proposals of a file."""

    voorstellen: tuple[Voorstel, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Uitslag:
    """How a proposal came out: where it goes, and what there is to notice. No number, no place in a row."""

    voorstel: Voorstel
    uitkomst: str
    meldingen: tuple[str, ...]


def read_kader(gebied: Gebied) -> Afwegingskader:
    """Read how a tenant weighs proposals. Raises BestandError where it did not write that down."""
    return read_yaml(gebied.map / KADER, Afwegingskader)


def weeg(voorstel: Voorstel, kader: Afwegingskader) -> Uitslag:
    """Hold a proposal, which points at things that are there, against the framework."""
    if not voorstel.publiek_belang:
        uitkomst = "afgewezen op I"
    elif len(voorstel.opgaven) < kader.minste_opgaven:
        uitkomst = "afgewezen op II"
    elif voorstel.andere_financiering == "wel toereikend":
        uitkomst = f"{'afgewezen' if kader.afwijzen_op_financiering else 'aanhouden'} op III"
    else:
        uitkomst = "naar de meetlat"
    meldingen = []
    if voorstel.lening and voorstel.subsidie:
        meldingen.append("stapeling: een lening en een subsidie aan dezelfde partij")
    if voorstel.eind is None:
        wel = f"; wel een mijlpaal: {voorstel.mijlpaal}" if voorstel.mijlpaal else " en geen mijlpaal"
        meldingen.append(f"geen einddatum{wel}")
    return Uitslag(voorstel, uitkomst, tuple(meldingen))


def read_voorstellen(path: Path, kader: Afwegingskader, opgaven: Collection[str]) -> tuple[Voorstel, ...]:
    """Read proposals. Raises BestandError, BeleidError for a task or criterion that is not there or stands twice.

    A message names a proposal by its place in the file and repeats nothing of it.
    """
    found = read_geheim(path, Voorstellen).voorstellen
    faults = []
    criteria = {"meetlat": {w.id: w for w in kader.meetlat}, "acquisitie": {w.id: w for w in kader.acquisitie}}
    for n, v in enumerate(found, start=1):
        for opgave in dict.fromkeys(v.opgaven):
            if opgave not in opgaven:
                faults.append(f"  voorstel {n}, opgaven: een opgave die er niet is; er zijn: {', '.join(opgaven)}")
            elif v.opgaven.count(opgave) > 1:
                faults.append(f"  voorstel {n}, opgaven: opgave {opgave} staat twee keer")
        for veld, known in criteria.items():
            for naam, oordeel in getattr(v, veld).items():
                if naam not in known:
                    faults.append(f"  voorstel {n}, {veld}: een criterium dat er niet is{bedoelt(naam, known)}")
                elif (
                    (keuzes := known[naam].keuzes)
                    and oordeel.oordeel in ("ja", "deels")
                    and oordeel.keuze not in keuzes
                ):
                    faults.append(f"  voorstel {n}, {veld}.{naam}: noem bij keuze een van {', '.join(keuzes)}")
    refuse(faults, path, "Kijk het bestand na en draai opnieuw: monitor beleid toets")
    return found
