"""What a command found, told: in words for a person, or as JSON for another program."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import BaseModel

_Command = TypeVar("_Command", bound=Callable[..., Any])

# what every command that shows something has, and no other
TOONT = ("Toon", "Vergelijk", "Controleer", "Kijk", "Lees het beleid")


def kies_json(command: _Command) -> _Command:
    """The option that asks for JSON."""
    return click.option("--json", "as_json", is_flag=True, help="Geef JSON, voor een ander programma.")(command)


def as_fields(found: Any) -> Any:
    """Values as JSON has them: what has fields by their names, a day or a path as text, and what is no number as null.

    Raises TypeError for anything else.
    """
    if found is None or isinstance(found, str | bool | int):
        return found
    if isinstance(found, float):
        return found if math.isfinite(found) else None
    if isinstance(found, BaseModel):
        return as_fields(found.model_dump())
    if is_dataclass(found):
        return {f.name: as_fields(getattr(found, f.name)) for f in fields(found)}
    if isinstance(found, Mapping):
        return {str(naam): as_fields(value) for naam, value in found.items()}
    if isinstance(found, list | tuple):
        return [as_fields(value) for value in found]
    if isinstance(found, date):
        return found.isoformat()
    if isinstance(found, Path):
        return str(found)
    if hasattr(found, "item"):
        return as_fields(found.item())
    raise TypeError(type(found).__name__)


def tell(found: Any, shown: Callable[[], str], *, as_json: bool) -> None:
    """Say what a command found."""
    click.echo(json.dumps(as_fields(found), ensure_ascii=False, indent=1) if as_json else shown())
