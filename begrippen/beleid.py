"""The policy of a tenant, `gebied/<naam>/beleid.yaml`: what the province chose. What it leaves out, is not shown."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from begrippen import lijsten
from begrippen.gebied import Gebied
from begrippen.yamlbestand import read_yaml

BESTAND = "beleid.yaml"
# the theme of the indicators that only a deal has
REGIO_DEAL = "regio_deal"
# What a reader asks first: what people earn, whether they work, how many they are. The summary shows the first four
# that there are. A province may choose others.
KERNCIJFERS = (
    *("bbp_per_inwoner", "netto_arbeidsparticipatie", "werkloosheid", "bevolking"),
    *("potentiele_beroepsbevolking", "verkoopprijs_woningen", "vestigingen_cbs"),
)


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Opgave(_Model):
    """A task that the province set itself, with the indicators that belong to it. `spoor`: what it is a part of."""

    nummer: int = Field(ge=1)
    naam: str
    spoor: str = ""
    indicatoren: tuple[str, ...] = ()


class Richting(_Model):
    """Who wishes the wanted side of these indicators, and another side than their cards say where it is given."""

    herkomst: str = Field(description="stuk en plaats")
    richting: lijsten.Richting | None = None
    indicatoren: tuple[str, ...] = Field(min_length=1)


class Pijler(_Model):
    """A pillar of a deal, with the indicators by which it is followed, in the order of the panel."""

    naam: str
    indicatoren: tuple[str, ...] = Field(min_length=1)


class Regiodeal(_Model):
    """A deal for a part of the province: its pillars, and the composite regions that the panel shows."""

    naam: str
    kort: str = "Regio Deal"
    regios: tuple[str, ...] = ()
    toelichting: str = ""
    pijlers: tuple[Pijler, ...] = Field(min_length=1)


class Beleid(_Model):
    """What a province chose. Every list may be empty.

    `koers`: the paper that the tasks are from, with its article; `koers_voluit`: its name in full, where that differs.
    """

    koers: str = "het economisch beleid"
    koers_voluit: str = ""
    kerncijfers: tuple[str, ...] = KERNCIJFERS
    regiodeal: Regiodeal | None = None
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
