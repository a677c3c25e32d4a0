"""What is confidential: projects and proposals, in a folder of their own and never in that of an edition.

They are kept where only their owner can read them. No message repeats what stands in them, no party nor amount. A
proposal is laid along three knock-outs, then criteria in words: no score, no ranking; people decide.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from assets.beleid.lezen import BESLOTEN, BeleidError, refuse
from assets.beleid.velden import Moment, Rij, Vorm
from begrippen.gebied import Gebied
from begrippen.prive import make_private, write_private
from begrippen.rijbestand import Geheel, Getal, JaNee, Lijst, read_rijen
from begrippen.veldfout import bedoelt
from begrippen.yamlbestand import read_geheim, read_yaml

PROJECTEN, VOORSTELLEN = BESLOTEN
KLUIS = Path("vertrouwelijk") / "beleid"
KADER = "afwegingskader.yaml"
_Euro = Annotated[Geheel, Field(ge=0)]
_Aantal = Annotated[Getal, Field(ge=0)]
Banen = Literal["nieuw", "behoud", "onbekend"]
Ramer = Literal["aanvrager", "provincie", "onderzoeker"]


class Project(Vorm):
    """A project. Unlike a row of an edition it may name a party."""

    id: str = Field(min_length=1)
    thema: str = Field(min_length=1)
    partij: str = Field(min_length=1, description="wie het project uitvoert; komt nergens in het rapport")
    soort: Literal["financieel", "faciliterend", "agenderend"]
    provincie: _Euro | None = None
    eu: _Euro | None = None
    rijk: _Euro | None = None
    gemeenten: _Euro | None = None
    privaat: _Euro | None = None
    afgerond_op: _Euro | None = Field(None, description="op hoeveel euro de bedragen zijn afgerond; leeg: niet")
    fase: Literal["toegezegd", "in_uitvoering", "gerealiseerd"]
    mensjaar: _Aantal | None = Field(None, description="tijdelijk werk, direct, in mensjaren")
    mensjaar_indirect: _Aantal | None = Field(None, description="tijdelijk werk bij toeleveranciers")
    structureel_laag: _Aantal | None = Field(None, description="blijvende voltijdbanen, laagste raming")
    structureel_hoog: _Aantal | None = Field(None, description="blijvende voltijdbanen, hoogste raming")
    banen: Banen = "onbekend"
    raming_door: Ramer = "aanvrager"
    onderbouwing: str = ""
    gemeten: _Aantal | None = Field(None, description="voltijdbanen die achteraf zijn geteld")
    gemeten_op: Moment | None = None

    def _fouten(self) -> Iterator[str]:
        low, high = self.structureel_laag, self.structureel_hoog
        if (low is None) != (high is None) or (low is not None and high is not None and low > high):
            yield "structureel_laag en structureel_hoog horen bij elkaar, de laagste eerst"
        if (self.gemeten is None) != (self.gemeten_op is None):
            yield "gemeten en gemeten_op horen bij elkaar"

    @property
    def wie(self) -> str:
        """The party, however its name is written."""
        return re.sub(r"\W", "", self.partij.casefold())

    @property
    def anderen(self) -> list[int]:
        """What others pay, as far as it is given."""
        return [x for x in (self.eu, self.rijk, self.gemeenten, self.privaat) if x is not None]


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


def find_besloten(path: Path, naam: str, edities: Path) -> Path:
    """Find the confidential file `naam` in a folder, or take the file itself. Raises BeleidError.

    `edities`: the folder of editions, where everybody can read it: there it is refused, also through a link.
    """
    found = path / naam if path.is_dir() else path
    if not found.is_file():
        told = f"dat bestand is er niet; geef een map met {naam}, of het bestand zelf"
        raise BeleidError(told, waar=str(path), vervolg="Uitleg: docs/beleid.md")
    if any(p.is_relative_to(edities.resolve()) for p in (found.resolve(), found.absolute())):
        told = "dit is vertrouwelijk, en de map van een editie is openbaar"
        raise BeleidError(told, waar=str(found), vervolg="Zet het bestand ergens anders en geef dat pad")
    return found


def read_projecten(path: Path) -> list[Project]:
    """Read `projecten.csv`. Raises BeleidError with all that is wrong, by line and field."""
    faults: list[str] = []
    rows = read_rijen(path, Project, faults, geheim=True)
    double = [n for k, (n, p) in enumerate(rows) if p.id in {other.id for _, other in rows[:k]}]
    faults += [f"  {path.name}, regel {n}, id: staat er twee keer; een project telt dan dubbel" for n in double]
    refuse(faults, path.parent, "Kijk het bestand na en draai opnieuw: monitor beleid effect")
    return [p for _, p in rows]


def read_kader(gebied: Gebied) -> Afwegingskader:
    """Read how a tenant weighs proposals. Raises BestandError where it did not write that down."""
    return read_yaml(gebied.map / KADER, Afwegingskader)


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
                keuzes = known[naam].keuzes if naam in known else ()
                if naam not in known:
                    faults.append(f"  voorstel {n}, {veld}: een criterium dat er niet is{bedoelt(naam, known)}")
                elif keuzes and oordeel.oordeel in ("ja", "deels") and oordeel.keuze not in keuzes:
                    faults.append(f"  voorstel {n}, {veld}.{naam}: noem bij keuze een van {', '.join(keuzes)}")
    refuse(faults, path, "Kijk het bestand na en draai opnieuw: monitor beleid toets")
    return found


def read_beslotenmap(folder: Path, edities: Path, kader: Afwegingskader, opgaven: Collection[str]) -> list[Project]:
    """Read a confidential folder: its projects. Raises BeleidError, BestandError, for proposals and for nothing too."""
    if not folder.is_dir() or not any((folder / naam).is_file() for naam in BESLOTEN):
        told = f"hier staat geen {' en geen '.join(BESLOTEN)}"
        raise BeleidError(told, waar=str(folder), vervolg="Geef de map waar zij in staan")
    if others := [p for p in folder.iterdir() if p.name not in BESLOTEN and not p.name.startswith(".")]:
        told = f"{len(others)} andere in deze map; hier horen alleen {' en '.join(BESLOTEN)}"
        raise BeleidError(told, waar=str(folder), vervolg="Zet de rest ergens anders")
    paths = {naam: find_besloten(folder, naam, edities) for naam in BESLOTEN if (folder / naam).is_file()}
    projecten = read_projecten(paths[PROJECTEN]) if PROJECTEN in paths else []
    if VOORSTELLEN in paths:
        read_voorstellen(paths[VOORSTELLEN], kader, opgaven)
    return projecten


def keep(paths: Sequence[Path], opslag: Path) -> None:
    """Keep confidential files below `opslag`, closed to others from their first moment."""
    make_private((opslag / KLUIS).parent)
    for path in paths:
        write_private(opslag / KLUIS / path.name, path.read_bytes())


@dataclass(frozen=True)
class Uitslag:
    """How a proposal came out: where it goes, and what there is to notice. No number, no place in a row."""

    uitkomst: str
    meldingen: tuple[str, ...]


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
    return Uitslag(uitkomst, tuple(meldingen))
