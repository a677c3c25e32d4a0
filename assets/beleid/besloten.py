"""What is confidential: projects and proposals. Of projects only totals of three parties or more come out of here.

They come in a folder of their own, never in that of an edition. Nothing here is summed over units, weighed or ranked:
a page says in words how it came out, and people decide.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from assets.beleid.lezen import BeleidError, bedoelt, read_rijen
from assets.beleid.vormen import Geheel, Getal, JaNee, Lijst, Moment, Rij, Vorm
from begrippen.gebied import Gebied
from begrippen.yamlbestand import read_yaml

MINSTE_PARTIJEN = 3
KADER = "afwegingskader.yaml"
KLUIS = Path("vertrouwelijk") / "beleid"
_Euro = Annotated[Geheel, Field(ge=0)]
_VOORBIJ = "Kijk het bestand na en draai opnieuw: monitor beleid"


class Besloten(Vorm):
    """A confidential thing; unlike a row of an edition it may name a party."""


class Project(Besloten):
    """A project that the province pays for with others. What was estimated and what was measured afterwards are two."""

    id: str = Field(min_length=1)
    thema: str = Field(min_length=1)
    partij: str = Field(min_length=1, description="wie het project uitvoert; komt nergens in het rapport")
    soort: Literal["financieel", "faciliterend", "agenderend"]
    provincie: _Euro | None = None
    eu: _Euro | None = None
    rijk: _Euro | None = None
    gemeenten: _Euro | None = None
    privaat: _Euro | None = None
    afgerond_op: _Euro | None = Field(default=None, description="op hoeveel euro de bedragen zijn afgerond; leeg: niet")
    fase: Literal["toegezegd", "in_uitvoering", "gerealiseerd"]
    mensjaar: Getal | None = Field(default=None, description="tijdelijk werk, direct, in mensjaren")
    structureel_laag: Getal | None = Field(default=None, description="blijvende voltijdbanen, laagste raming")
    structureel_hoog: Getal | None = Field(default=None, description="blijvende voltijdbanen, hoogste raming")
    banen: Literal["nieuw", "behoud", "onbekend"] = "onbekend"
    raming_door: Literal["aanvrager", "provincie", "onderzoeker"] = "aanvrager"
    onderbouwing: str = ""
    gemeten: Getal | None = Field(default=None, description="voltijdbanen die achteraf zijn geteld")
    gemeten_op: Moment | None = None

    @model_validator(mode="after")
    def _check(self) -> Project:
        low, high = self.structureel_laag, self.structureel_hoog
        if (low is None) != (high is None) or (low is not None and high is not None and low > high):
            raise ValueError("structureel_laag en structureel_hoog horen bij elkaar, de laagste eerst")
        if (self.gemeten is None) != (self.gemeten_op is None):
            raise ValueError("gemeten en gemeten_op horen bij elkaar")
        return self


@dataclass(frozen=True)
class Effect:
    """The totals of a theme, or of all where `thema` is empty; None: not given, or of too few parties to show.

    `hefboom` is euros of others for a euro of the province, within its band; temporary work is in person-years and
    lasting work in full-time jobs, kept and new apart, and the two are never added.
    """

    thema: str
    partijen: int
    provincie: int | None = None
    anderen: int | None = None
    hefboom: tuple[float, float, float] | None = None
    mensjaren: float | None = None
    banen: Mapping[tuple[str, str], tuple[float, float]] | None = None
    onderdrukt: bool = False


def hefboom(
    provincie: float, totaal: float, band_provincie: tuple[float, float], band_totaal: tuple[float, float]
) -> tuple[float, float, float]:
    """Euros of others for a euro of the province: low, middle, high.

    `band_provincie`, `band_totaal`: between what the rounded amounts can have been.
    """

    def lever(own: float, total: float) -> float:
        return (total - own) / own

    low, high = lever(band_provincie[1], band_totaal[0]), lever(band_provincie[0], band_totaal[1])
    return low, lever(provincie, totaal), high


def tel_op(waarden: Sequence[tuple[float, str]]) -> float:
    """Add amounts of one unit. Raises BeleidError for two: person-years and jobs are no sum."""
    if len(units := sorted({unit for _, unit in waarden})) > 1:
        raise BeleidError(
            f"{' en '.join(units)} zijn niet op te tellen: tijdelijk en blijvend werk zijn verschillende dingen",
            vervolg="Tel elke eenheid apart",
        )
    return sum(value for value, _ in waarden)


def _amounts(project: Project) -> list[int]:
    return [x for x in (project.eu, project.rijk, project.gemeenten, project.privaat) if x is not None]


def _band(paid: Sequence[Project]) -> tuple[float, float, float]:
    own, total = sum(p.provincie or 0 for p in paid), sum((p.provincie or 0) + sum(_amounts(p)) for p in paid)
    half = sum((p.afgerond_op or 0) / 2 for p in paid)
    more = sum((p.afgerond_op or 0) / 2 * (1 + len(_amounts(p))) for p in paid)
    # what was rounded to nothing can not be less than a tenth of it
    return hefboom(own, total, (max(own - half, own / 10), own + half), (total - more, total + more))


def _effect(thema: str, projecten: Sequence[Project]) -> Effect:
    partijen = len({p.partij.casefold() for p in projecten})
    if partijen < MINSTE_PARTIJEN:
        return Effect(thema, partijen, onderdrukt=True)
    paid = [p for p in projecten if p.provincie is not None]
    own = sum(p.provincie or 0 for p in paid)
    others = sum(sum(_amounts(p)) for p in paid)
    years = [(p.mensjaar, "mensjaar") for p in projecten if p.mensjaar is not None]
    jobs: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for p in projecten:
        if p.structureel_laag is not None and p.structureel_hoog is not None:
            when = "gerealiseerd" if p.fase == "gerealiseerd" else "nog te ontstaan"
            jobs.setdefault((when, p.banen), []).append((p.structureel_laag, p.structureel_hoog))
    return Effect(
        thema,
        partijen,
        own if paid else None,
        others if paid else None,
        _band(paid) if own else None,
        tel_op(years) if years else None,
        {key: (sum(a for a, _ in rows), sum(b for _, b in rows)) for key, rows in sorted(jobs.items())},
    )


def make_effecten(projecten: Sequence[Project]) -> list[Effect]:
    """Totals per theme, and of all, of the projects that money was paid for.

    A theme of fewer than three parties is not shown; nor is the total, where it would give that theme away.
    """
    own = [p for p in projecten if p.soort == "financieel"]
    themas = [_effect(t, [p for p in own if p.thema == t]) for t in sorted({p.thema for p in own})]
    hidden = {t.thema for t in themas if t.onderdrukt}
    behind = {p.partij.casefold() for p in own if p.thema in hidden}
    total = _effect("", own)
    if hidden and len(behind) < MINSTE_PARTIJEN:
        total = Effect("", total.partijen, onderdrukt=True)
    return [*themas, total]


def boven_raming(projecten: Sequence[Project]) -> int:
    """How many projects have more lasting jobs counted afterwards than were estimated at most."""
    return sum(p.gemeten is not None and p.gemeten > (p.structureel_hoog or 0) for p in projecten)


def read_projecten(path: Path) -> list[Project]:
    """Read `projecten.csv`. Raises BeleidError with all that is wrong; a message names lines and fields, no party."""
    faults: list[str] = []
    rows = read_rijen(path, Project, faults)
    if faults:
        raise BeleidError("dit klopt niet:\n" + "\n".join(faults), waar=str(path.parent), vervolg=f"{_VOORBIJ} effect")
    return [p for _, p in rows]


def keep(path: Path, opslag: Path) -> Path:
    """Keep a confidential file below `opslag`, where nobody else can read it; returns where."""
    folder = opslag / KLUIS
    folder.mkdir(parents=True, exist_ok=True)
    for part in (folder.parent, folder):
        part.chmod(0o700)
    target = folder / path.name
    shutil.copyfile(path, target)
    os.chmod(target, 0o600)  # noqa: PTH101 - as its folder
    return target


# --- proposals ---


class Weging(Rij):
    """A criterion of the framework."""

    id: str = Field(pattern=r"^[a-z]+$")
    naam: str
    keuzes: tuple[str, ...] = Field(default=(), description="als er een keuze bij hoort, zoals een transitie")


class Afwegingskader(Vorm):
    """How a province weighs proposals: three knock-outs, then criteria in words. There are no weights, so none here."""

    minste_opgaven: int = Field(ge=1)
    afwijzen_op_financiering: bool = Field(
        default=False, description="of criterium III alleen al afwijst; tot dat is besloten: aanhouden"
    )
    meetlat: tuple[Weging, ...] = Field(min_length=1)
    acquisitie: tuple[Weging, ...] = ()
    acquisitie_voorlopig: bool = True


class Oordeel(Besloten):
    """What people think of a criterion, with why. `oordeel` empty: not filled in yet."""

    oordeel: Literal["laag", "midden", "hoog"] | None = None
    motivering: str = ""


class Acquisitieoordeel(Besloten):
    """The same of a criterion of acquisition."""

    oordeel: Literal["ja", "deels", "nee", "onbekend"]
    motivering: str = ""
    keuze: str = ""


class Voorstel(Besloten):
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
    banen: int | None = Field(default=None, ge=0, description="staat apart; telt in geen oordeel mee")


class Voorstellen(Besloten):
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
        meldingen.append(
            f"geen einddatum; wel een mijlpaal: {voorstel.mijlpaal}"
            if voorstel.mijlpaal
            else "geen einddatum en geen mijlpaal"
        )
    return Uitslag(voorstel, uitkomst, tuple(meldingen))


def read_voorstellen(path: Path, kader: Afwegingskader, opgaven: Mapping[str, str]) -> tuple[Voorstel, ...]:
    """Read proposals. Raises BestandError, BeleidError for a task or criterion that is not there or stands twice."""
    found = read_yaml(path, Voorstellen).voorstellen
    faults = []
    acquisitie = {w.id: w for w in kader.acquisitie}
    for v in found:
        for opgave in dict.fromkeys(v.opgaven):
            if opgave not in opgaven:
                faults.append(f"  {v.id}, opgaven: {opgave!r} is geen opgave; er zijn: {', '.join(opgaven)}")
            if v.opgaven.count(opgave) > 1:
                faults.append(f"  {v.id}, opgaven: opgave {opgave} staat twee keer")
        meetlat = [w.id for w in kader.meetlat]
        for veld, asked, known in (("meetlat", v.meetlat, meetlat), ("acquisitie", v.acquisitie, list(acquisitie))):
            faults += [f"  {v.id}, {veld}: {n!r} is geen criterium{bedoelt(n, known)}" for n in asked if n not in known]
        for naam, oordeel in v.acquisitie.items():
            keuzes = acquisitie[naam].keuzes if naam in acquisitie else ()
            if keuzes and oordeel.oordeel in ("ja", "deels") and oordeel.keuze not in keuzes:
                faults.append(f"  {v.id}, acquisitie.{naam}: noem bij keuze een van {', '.join(keuzes)}")
    if faults:
        raise BeleidError(
            "dit klopt niet:\n" + "\n".join(faults), waar=str(path), vervolg=f"{_VOORBIJ} toets {path.name}"
        )
    return found
