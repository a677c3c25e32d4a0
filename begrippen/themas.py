"""The themes of the cards: one list, `themas.yaml`, that cards, chapters, wheel, texts and schema derive from.

A tenant adds themes in its own `themas.yaml`, or gives one that is there another name, group or page.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from begrippen.gebied import Gebied
from begrippen.yamlbestand import hold, read_yaml

NAAM = "themas.yaml"
HUIS = Path(__file__).parent / NAAM

Deel = Literal["economie", "brede_welvaart", ""]
# The parts of the report as a reader sees them.
DELEN: dict[Deel, str] = {"economie": "Economie", "brede_welvaart": "Brede welvaart"}


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Groep(_Model):
    """A group of themes, and the part of the report that it belongs to."""

    naam: str
    deel: Deel = ""


class Thema(_Model):
    """A theme. `blad`: the page of its chapter; `achteraan`: the chapter comes after the others of its part."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    naam: str
    groep: str
    blad: str = Field(default="", validate_default=True, pattern=r"^[a-z0-9/_-]*$")
    titel: str = ""
    achteraan: bool = False
    deel: Deel = ""

    @field_validator("blad")
    @classmethod
    def _own_page(cls, blad: str, info: Any) -> str:
        return blad or f"thema/{info.data.get('id')}"


class _Bestand(_Model):
    # a tenant gives of a theme only what differs, so that the whole is judged when the lists are laid together
    groepen: tuple[Groep, ...] = ()
    themas: tuple[dict[str, Any], ...] = ()


@cache
def read_themas(gebied: Gebied | None = None) -> dict[str, Thema]:
    """Read the themes of a tenant, or of the house alone: id -> Thema, in the order of the report.

    A theme of the tenant takes the fields that it gives; a new one comes last. Raises BestandError.
    """
    groepen: dict[str, Groep] = {}
    fields: dict[str, dict[str, Any]] = {}
    for path in (HUIS, *((p,) if gebied and (p := gebied.map / NAAM).is_file() else ())):
        found = read_yaml(path, _Bestand)
        groepen |= {g.naam: g for g in found.groepen}
        for own in found.themas:
            id = str(own.get("id", ""))
            fields[id] = fields.get(id, {}) | own
        result = hold(list(fields.values()), tuple[Thema, ...], str(path))
    return {
        t.id: t.model_copy(update={"deel": groepen[t.groep].deel if t.groep in groepen else t.deel}) for t in result
    }
