"""What the shapes of policy are made of: how a field is written, what it names, and that no text points at a person."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

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
    """A thing in one of the files. `sleutel`: the fields that tell it apart from the others of its file.

    `volgt`: what follows from it on a day, a method `(self, vandaag)` and its explanation: a column of its table.
    """

    sleutel: ClassVar[tuple[str, ...]] = ()
    volgt: ClassVar[tuple[tuple[str, str], ...]] = ()
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=drop_docstring)


class Rij(Vorm):
    """A thing with its source. No text of it may point at a person."""

    bron: Annotated[str, Naar("stuk")] = Field(
        min_length=1, description="het stuk waar dit in staat: een id uit opgaven.yaml, stukken"
    )
    plaats: str = Field(min_length=1, description="de regels, de bladzijde of het adres daarin")
    opmerking: str = Field("", description="wat een lezer erbij moet weten; eigen lezing heet zo")

    def _fouten(self) -> Iterator[str]:
        """What of it does not go together."""
        yield from ()

    @model_validator(mode="after")
    def _check(self) -> Rij:
        texts = [(n, t) for n, t in self if isinstance(t, str) and n not in ("bron", "plaats")]
        persons = ((naam, what) for naam, text in texts for pattern, what in _PERSONEN if pattern.search(text))
        for naam, what in persons:
            raise ValueError(f"{naam}: hier staat {what}; deze bestanden zijn openbaar, laat personen weg")
        for what in self._fouten():
            raise ValueError(what)
        return self
