"""The policy of a tenant, `gebied/<naam>/beleid.yaml`: what the province chose. What it leaves out, is not shown."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from begrippen.gebied import Gebied
from begrippen.yamlbestand import read_yaml

BESTAND = "beleid.yaml"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Opgave(_Model):
    """A task that the province set itself, with the indicators that belong to it."""

    nummer: int = Field(ge=1)
    naam: str
    indicatoren: tuple[str, ...] = ()


class Richting(_Model):
    """Who wishes the wanted side of these indicators, and another side than their cards say where it is given."""

    herkomst: str = Field(description="stuk en plaats")
    richting: Literal["hoger", "lager", "neutraal", "evenwicht"] | None = None
    indicatoren: tuple[str, ...] = Field(min_length=1)


class Beleid(_Model):
    """What a province chose. Every list may be empty."""

    opgaven: tuple[Opgave, ...] = ()
    richtingen: tuple[Richting, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Beleid:
        numbers = [o.nummer for o in self.opgaven]
        if twice := sorted({n for n in numbers if numbers.count(n) > 1}):
            raise ValueError(f"opgave {twice[0]} staat er twee keer")
        named = [i for r in self.richtingen for i in r.indicatoren]
        if double := sorted({i for i in named if named.count(i) > 1}):
            raise ValueError(f"{double[0]} staat twee keer onder richtingen")
        return self

    @property
    def indicatoren(self) -> set[str]:
        """Every indicator that the policy says something of."""
        return {i for o in self.opgaven for i in o.indicatoren} | {i for r in self.richtingen for i in r.indicatoren}

    def fields(self, indicator: str) -> dict[str, Any]:
        """The fields of a card that the policy gives: those of `assets.indicatoren.kaart.Kaart`, by name."""
        fields: dict[str, Any] = {}
        if nummers := [o.nummer for o in self.opgaven if indicator in o.indicatoren]:
            fields["opgave"] = sorted(nummers)
        for r in self.richtingen:
            if indicator in r.indicatoren:
                fields["richting_herkomst"] = r.herkomst
                if r.richting is not None:
                    fields["richting"] = r.richting
        return fields


@cache
def read_beleid(gebied: Gebied) -> Beleid:
    """Read the policy of a tenant; a tenant without the file has none. Raises BestandError."""
    path = gebied.map / BESTAND
    if not path.is_file():
        return Beleid()
    return read_yaml(path, Beleid)
