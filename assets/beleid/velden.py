"""What the shapes of policy are made of: how a field is written, what it names, and that no text points at a person."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, model_validator

from begrippen.rijbestand import Lijst

_F = TypeVar("_F", bound=Callable[..., Any])
# What points at a person: these files are public. (what was found, how it is called in the message)
_PERSONEN = (
    (re.compile(r"[\w.+-]+@[\w-]+\.\w+"), "een e-mailadres"),
    (re.compile(r"(?<![\d-])(\+31|0031|0)[ -]?[1-9](?:[ -]?\d){7,8}(?!\d)"), "een telefoonnummer"),
    (re.compile(r"\b[A-ZÀ-Þ][\w'-]+ \(\d{2}( jaar)?\)"), "een naam met een leeftijd"),
    (re.compile(r"\b(mevrouw|mevr\.|meneer|dhr\.|de heer) [A-Z]"), "een naam"),
)


@dataclass(frozen=True)
class Naar:
    """Marks a field that names something else: what it names has to be there (`assets.beleid.lezen`)."""

    wat: str


Deelnummer = Annotated[str, Naar("opgave")]
Kaartnaam = Annotated[str, Naar("kaart")]
Kaarten = Annotated[Lijst, Naar("kaart")]
Opgavenlijst = Annotated[Lijst, Naar("opgave")]
INDELING = Field(default="", description="id van de indeling; leeg: die van de editie")
EIGEN = Field(default=False, description="ja: de opgave is door ons gekozen, niet door het stuk")
# a month or a year
Moment = Annotated[str, Field(pattern=r"^20\d\d(-(0[1-9]|1[0-2]))?$")]


_GEVOLG = "_gevolg"


def laatste_dag(moment: str, jaren: int = 0) -> date:
    """The last day of a `Moment`, some years later."""
    jaar, _, maand = moment.partition("-")
    month = int(maand or 12)
    return date(int(jaar) + jaren, month, monthrange(int(jaar) + jaren, month)[1])


def volgt(uitleg: str) -> Callable[[_F], _F]:
    """Mark what follows from a thing on a day, `(self, vandaag)`: a column of its table, beside its fields."""

    def mark(function: _F) -> _F:
        setattr(function, _GEVOLG, uitleg)
        return function

    return mark


def gevolgen(vorm: type[BaseModel]) -> dict[str, tuple[Any, str]]:
    """What follows from a thing of a shape: name -> type and explanation."""
    marked = {naam: f for naam, f in vars(vorm).items() if hasattr(f, _GEVOLG)}
    return {naam: (get_type_hints(f)["return"], getattr(f, _GEVOLG)) for naam, f in marked.items()}


def _drop_docstring(schema: dict[str, Any]) -> None:
    """The docstrings are for who reads the code; the schema explains the fields, in Dutch."""
    schema.pop("description", None)


class Vorm(BaseModel):
    """A thing in one of the files. `sleutel`: the fields that tell it apart from the others of its file."""

    sleutel: ClassVar[tuple[str, ...]] = ()
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=_drop_docstring)


class Rij(Vorm):
    """A thing with its source. No text of it may point at a person."""

    bron: Annotated[str, Naar("stuk")] = Field(
        min_length=1, description="het stuk waar dit in staat: een id uit opgaven.yaml, stukken"
    )
    plaats: str = Field(min_length=1, description="de regels, de bladzijde of het adres daarin")
    opmerking: str = Field(default="", description="wat een lezer erbij moet weten; eigen lezing heet zo")

    @model_validator(mode="after")
    def _no_person(self) -> Rij:
        for naam in type(self).model_fields:
            text = getattr(self, naam)
            for pattern, what in _PERSONEN if isinstance(text, str) and naam not in ("bron", "plaats") else ():
                if pattern.search(text):
                    raise ValueError(f"{naam}: hier staat {what}; deze bestanden zijn openbaar, laat personen weg")
        return self
