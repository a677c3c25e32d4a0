"""What a province wrote down beside its figures, as the report shows it: the rows of the tables of schema `beleid`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Rijen = tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Uitvoering:
    """The policy of an edition and of those before it.

    `tabellen`: rows by the name of their table (`resultaat`), each by the names of its columns, in the order of the
    files that they come from.
    """

    editie: int
    tabellen: Mapping[str, Rijen] = field(default_factory=dict)

    def rijen(self, naam: str, **waar: Any) -> list[Mapping[str, Any]]:
        """The rows of a table, of this edition unless `editie` says another, whose columns hold these values."""
        wanted = {"editie": self.editie} | waar
        return [r for r in self.tabellen.get(naam, ()) if all(r[k] == v for k, v in wanted.items())]

    def deelnaam(self, regel: Mapping[str, Any], anders: str) -> str:
        """The name of the task, theme or product that a row stands at, or `anders`."""
        key = {k: regel[k] for k in ("editie", "indeling", "opgave")}
        return next((o["naam"] for o in self.rijen("opgave", **key)), anders)

    @property
    def opgaven(self) -> dict[str, str]:
        """The tasks of this edition: number -> name."""
        return {r["opgave"]: r["naam"] for r in self.rijen("opgave", eigen=True)}

    @property
    def eerdere(self) -> list[int]:
        """The editions before this one of which something is kept, the latest first."""
        return sorted({r["editie"] for r in self.tabellen.get("opgave", ())} - {self.editie}, reverse=True)
