"""What the shapes of policy are made of: how a field is written, what it names, and that no text points at a person."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from begrippen.schema import drop_docstring

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


# a month or a year
Moment = Annotated[str, Field(pattern=r"^20\d\d(-(0[1-9]|1[0-2]))?$")]


def laatste_dag(moment: str, jaren: int = 0) -> date:
    """The last day of a `Moment`, some years later."""
    jaar, _, maand = moment.partition("-")
    month = int(maand or 12)
    return date(int(jaar) + jaren, month, monthrange(int(jaar) + jaren, month)[1])


class Vorm(BaseModel):
    """A thing in one of the files. `sleutel`: what tells it apart from the others, in its file and in its table.

    `volgt`: what follows from it on a day, each a method `(self, vandaag)`: a column of its table.
    """

    sleutel: ClassVar[tuple[str, ...]] = ()
    volgt: ClassVar[tuple[str, ...]] = ()
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=drop_docstring)

    def _fouten(self) -> Iterator[str]:
        """What of it does not go together."""
        yield from ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        for what in (*_name_persons(self), *self._fouten()):
            raise ValueError(what)
        return self

    def walk(self, in_: str = "", n: int = 0) -> Iterator[tuple[Vorm, str, int]]:
        """It and all that it holds, each with the nearest `id`, its own or of what it stands in, and its place."""
        in_ = getattr(self, "id", "") or in_
        yield self, in_, n
        for _, value in self:
            for place, part in enumerate(value if isinstance(value, tuple) else (), start=1):
                if isinstance(part, Vorm):
                    yield from part.walk(in_, place)


class Rij(Vorm):
    """A thing with its source. No text of it may point at a person."""

    sleutel: ClassVar[tuple[str, ...]] = ("id",)
    bron: Annotated[str, Naar("stuk")] = Field(
        min_length=1, description="het stuk waar dit in staat: een id uit opgaven.yaml, stukken"
    )
    plaats: str = Field(min_length=1, description="de regels, de bladzijde of het adres daarin")
    opmerking: str = Field("", description="wat een lezer erbij moet weten; eigen lezing heet zo")


def _name_persons(thing: Vorm) -> Iterator[str]:
    """What points at a person in the texts of what is public."""
    for naam, text in thing if isinstance(thing, Rij) else ():
        for pattern, what in _PERSONEN if isinstance(text, str) and naam not in ("bron", "plaats") else ():
            if pattern.search(text):
                yield f"{naam}: hier staat {what}; deze bestanden zijn openbaar, laat personen weg"
