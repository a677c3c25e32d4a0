"""The card of an indicator: one indicator, one file under `kaarten/<thema>/<id>.yaml`.

A value is `factor * sum(teller) / sum(noemer)`; without a noemer it is `factor * sum(teller)`. A term is a cell of a
source table: a topic (by the name that the list of sources gives it) at a combination of codes.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

KAARTEN = Path(__file__).parent / "kaarten"

Zekerheid = Literal["K", "V", "U"]
Thema = Literal[
    "subjectief_welzijn",
    "materiele_welvaart",
    "gezondheid",
    "arbeid_en_vrije_tijd",
    "wonen",
    "samenleving",
    "veiligheid",
    "milieu",
    "economisch_kapitaal",
    "natuurlijk_kapitaal",
    "menselijk_kapitaal",
    "werkgelegenheid",
    "verdienvermogen",
    "ondernemerschap",
    "arbeidsmarkt",
    "demografie",
    "vestigingsklimaat",
    "vrijetijdseconomie",
    "regio_deal",
]


class KaartError(ValueError):
    """A card is wrong; the message names file, field and allowed values."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Term(_Model):
    """A cell of a source table, or several that are added up (a list of codes adds up)."""

    onderwerp: str = Field(description="naam van het onderwerp in de bronlijst")
    uitsplitsing: dict[str, str | tuple[str, ...]] = Field(
        default_factory=dict,
        description="dimensie: code, of een lijst codes die wordt opgeteld; '{regio}' staat voor de regio zelf",
    )
    regio: str | None = Field(default=None, description="vaste regio (NL01), in plaats van de regio van de waarde")
    tabel: str | None = Field(default=None, description="andere tabel dan die van de bron")
    periode_verschuiving: int = Field(default=0, description="jaren erbij: -1 is de cel van een jaar eerder")
    gewicht: float = Field(default=1.0, description="-1 trekt af")


class Bron(_Model):
    """Where the values come from. Of several sources the first that has a value in a period gives that period."""

    tabel: str = Field(description="id van een tabel of aanlevering in de bronlijst")
    teller: tuple[Term, ...] = Field(min_length=1)
    noemer: tuple[Term, ...] = ()
    factor: float = 1.0
    vanaf: int | None = None
    tot_en_met: int | None = None


class Breuk(_Model):
    """A series break: values from `vanaf` on can not be compared with those before it."""

    vanaf: int
    reden: str


class Bereik(_Model):
    """The values that can occur, with the reason; a value outside blocks the publication."""

    minimum: float
    maximum: float
    reden: str
    datum: date


class Kaart(_Model):
    """One indicator. One unit; two measures are two cards."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    naam: str
    thema: Thema
    groep: str = Field(description="groep in de catalogus: A1 ... F")
    opgave: tuple[Literal[1, 2, 3, 4, 5], ...] = Field(default=(), description="opgaven van de Economische Koers")
    eenheid: str
    decimalen: int = Field(ge=0, le=4)
    richting: Literal["hoger", "lager", "neutraal", "evenwicht"]
    richting_herkomst: str
    prijzen: Literal["lopend", "constant", "nvt"] = "nvt"
    definitie: str = Field(description="wat de bron eronder verstaat")
    bewerking: str = Field(description="wat wij ermee doen")
    aggregatie: Literal["som", "verhouding", "gewogen", "niet"]
    gewicht: str | None = Field(default=None, description="bij gewogen: id van de kaart waarmee wordt gewogen")
    jaarregel: Literal["som", "gemiddelde", "ultimo", "alleen_jaar"] = "alleen_jaar"
    meting: Literal["telling", "steekproef", "om_de_paar_jaar", "voortschrijdend", "modelschatting"] = "telling"
    zekerheid: Zekerheid
    bronnen: tuple[Bron, ...] = Field(min_length=1)
    breuken: tuple[Breuk, ...] = ()
    bereik: Bereik | None = None
    opmerking: str = ""

    @model_validator(mode="after")
    def _check(self) -> Kaart:
        if (self.aggregatie == "gewogen") != (self.gewicht is not None):
            raise ValueError("gewicht hoort bij aggregatie gewogen, en alleen daarbij")
        if self.aggregatie == "verhouding" and not all(b.noemer for b in self.bronnen):
            raise ValueError("aggregatie verhouding vraagt een noemer in elke bron")
        return self


def read_kaart(path: Path) -> Kaart:
    """Read one card. Raises KaartError naming file, field and allowed values."""
    try:
        kaart = Kaart.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        raise KaartError(f"{path} is geen geldige YAML: {error}") from None
    except ValidationError as error:
        lines = [f"  {'.'.join(map(str, f['loc'])) or 'kaart'}: {f['msg']}" for f in error.errors()]
        raise KaartError(f"{path} klopt niet:\n" + "\n".join(lines)) from None
    if (path.stem, path.parent.name) != (kaart.id, kaart.thema):
        raise KaartError(f"{path} hoort te staan als {kaart.thema}/{kaart.id}.yaml, naar zijn eigen thema en id")
    return kaart


@cache
def read_kaarten(folder: Path = KAARTEN) -> dict[str, Kaart]:
    """Read all cards: id -> Kaart, sorted by id. Raises KaartError for a wrong card or an id that stands twice."""
    kaarten: dict[str, Kaart] = {}
    for path in sorted(folder.glob("*/*.yaml"), key=lambda p: p.stem):
        kaart = read_kaart(path)
        if kaart.id in kaarten:
            raise KaartError(f"{path}: indicator {kaart.id} heeft al een kaart")
        kaarten[kaart.id] = kaart
    return kaarten
