"""The levels that the sample is shaped by: `profielen.yaml` for the country, a tenant's `voorbeeld.yaml` for its own.

The files explain the fields; here stands which there are, so that a wrong one is refused before a figure is made. The
generator asks what is said of a topic and what is not, so it gets plain dictionaries.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from begrippen.gebied import Gebied, gekozen
from begrippen.regio import vraag
from begrippen.yamlbestand import read_yaml

PROFIELEN = Path(__file__).with_name("profielen.yaml")
EIGEN_PROFIEL = "voorbeeld.yaml"

Getal = int | float
# the same each year but for its growth, or a level a year with straight lines between
Niveau = Getal | dict[int, Getal]
Jaren = Annotated[list[int], Field(min_length=1)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Begrip(_Model):
    """A topic, or several of one shape."""

    ook: list[str] | None = None
    aard: Literal["som", "verhouding"] | None = None
    nl: Niveau | None = None
    jaar: int | None = None
    groei: Getal | None = None
    stap: Getal | None = None
    spreiding: Getal | None = None
    ruis: Getal | None = None
    drift: Getal | None = None
    afwijking: Getal | None = None
    seizoen: Getal | None = None
    optellend: bool | None = None
    eenheid: str | None = None
    welstand: Getal | None = None
    vorm: str | None = None
    gewicht: str | None = None
    gemeenten: dict[str, Getal] | None = None
    breuk: dict[int, Getal] | None = None
    afgeleid: bool | None = None
    teller: list[str] | None = None
    noemer: list[str] | None = None
    factor: Getal | None = None
    groei_van: str | None = None
    leeftijd: list[int] | None = None
    stroom: bool | None = None
    marge: Getal | None = None
    marge_pct: dict[int, Getal] | None = None
    hoogste: Getal | None = None
    pendel: str | None = None
    vanaf: int | None = None
    tot: int | None = None
    geheim: Getal | None = None


class Fout(_Model):
    """A cell that the sample says wrongly on purpose."""

    tabel: str
    onderwerp: str
    regio: str
    periode: str


class Tabelprofiel(_Model):
    """How far the figures of a table go: what is provisional or secret, and which regions are enough for a sample."""

    voorlopig: int | None = None
    inwoners: int | None = None
    gedeeltelijk: bool | None = None
    regios: dict[str, list[str]] | None = None


class Leverprofiel(_Model):
    """What of a topic of a delivery there is."""

    jaren: Jaren | None = None
    inwoners: int | None = None
    alleen: list[str] | None = None
    regios: list[str] | None = None
    kwartalen: bool | None = None


class Opbouw(_Model):
    """The age structure: the percentage below each of the limits, and how many years it ages in a year."""

    grenzen: list[int]
    nl: list[Getal]
    schuift: Getal


class Lisa(_Model):
    """The jobs of the country: thousands a year, and the share of each section in the first and the last year."""

    totaal: dict[int, Getal]
    aandeel: dict[str, Annotated[list[Getal], Field(min_length=2, max_length=2)]]


class Profielen(_Model):
    """All of `profielen.yaml`."""

    provincies: dict[str, Getal]
    gemeenten: dict[str, Getal]
    arbeidsmarktregios: dict[str, str]
    leeftijdsopbouw: Opbouw
    begrippen: dict[str, Begrip]
    eenheden: dict[str, Begrip]
    takken: dict[str, dict[str, Any]]
    tabellen: dict[str, Tabelprofiel]
    # `jaren` and `regios` of the whole, beside those of its topics
    aanleveringen: dict[str, dict[str, Leverprofiel | list[int] | list[str]]]
    lisa: Lisa


class Eigen(_Model):
    """All of a tenant's `voorbeeld.yaml`."""

    gemeenten: dict[str, Getal]
    welstand: dict[str, Getal] | None = None
    pendeltrek: Getal | None = None
    leeftijdsopbouw: list[Getal]
    begrippen: dict[str, Niveau]
    niveaus: dict[str, dict[str, Getal]] | None = None
    takken: dict[str, dict[str, Any]] | None = None
    fouten: list[Fout] | None = None


def read_profielen(gebied: Gebied | None = None) -> dict[str, Any]:
    """Read the levels that the sample is shaped by: those of the country and, as `eigen`, those of a tenant.

    A tenant without `voorbeeld.yaml` has no levels of its own: its figures come from the same formula as those of the
    other provinces. `vraag`: what a selection asks of the tenant. Without `gebied` it is that of this process. Raises
    BestandError.
    """
    return _read_profielen(gebied or gekozen())


@cache
def _read_profielen(gebied: Gebied) -> dict[str, Any]:
    profielen = read_yaml(PROFIELEN, Profielen).model_dump(exclude_unset=True)
    path = gebied.map / EIGEN_PROFIEL
    eigen: dict[str, Any] = {}
    if path.is_file():
        eigen = {**read_yaml(path, Eigen).model_dump(exclude_unset=True), "id": gebied.id, "provincie": gebied.code}
        profielen["gemeenten"] |= eigen["gemeenten"]
    return {**profielen, "eigen": eigen, "vraag": vraag(gebied)}
