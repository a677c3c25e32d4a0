"""What an answer of a source may hold: every value is held against a model here, before anything is done with it.

A source is somebody else's program. What is not of the shape that its protocol gives (a text where a number belongs, a
name that leads out of a folder, a group that is its own parent) ends here, with the place of the value in the answer.
Unknown fields are let through unread: CBS adds them without notice.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, TypeVar

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from assets.bron.http import BronError
from begrippen.redenen import Reden

# A name becomes a column, a part of an address and the name of a file.
Naam = Annotated[str, Field(pattern=r"^[^\W\d]\w*$", max_length=150)]
# A code stands between quotes in a question, and between `=` and `|` in a split. Blanks around it belong to it.
Codetekst = Annotated[
    str, Field(pattern=r"""^[^\x00-\x1f\x7f'"\\|]*[^\x00-\x20\x7f'"\\|][^\x00-\x1f\x7f'"\\|]*$""", max_length=150)
]
# The key of a topic, and the id of a group, which may be a number.
Sleutel = Annotated[str, Field(pattern=r"^\w[\w.-]*$", max_length=150)]


def _as_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _or_empty(value: object) -> object:
    return "" if value is None else value


Tekst = Annotated[str, BeforeValidator(_or_empty)]
Nummer = Annotated[str, BeforeValidator(_as_text)]
Decimalen = Annotated[int, Field(ge=0, le=15)]


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", defer_build=True)


class V3Info(_Model):
    """A row of TableInfos."""

    Identifier: str | None = None
    Title: str | None = None
    Modified: str | None = None
    MetaDataModified: str | None = None
    Version: Nummer | None = None
    ReasonDelivery: str | None = None
    OutputStatus: str | None = None


class V4Info(_Model):
    """The object Properties."""

    Identifier: str | None = None
    Title: str | None = None
    Modified: str | None = None
    MetaDataModified: str | None = None
    ObservationsModified: str | None = None
    Version: Nummer | None = None
    Status: str | None = None
    License: str | None = None


# What a source says of a table to which nothing more comes: v3 in ReasonDelivery, v4 in Status.
GESTOPT = ("Stopgezet", "Gediscontinueerd", "Vervallen")


def is_gestopt(info: Mapping[str, Any]) -> bool:
    """Whether a stored answer says that nothing more comes; a source can say so without another date or version."""
    return info.get("status") in GESTOPT


class _Catalogus(_Model):
    """A row of a catalogue, v3 or v4."""

    Identifier: str
    ReasonDelivery: str | None = None
    Status: str | None = None

    @property
    def gestopt(self) -> bool:
        """Whether the source says that nothing more comes."""
        return self.ReasonDelivery in GESTOPT or self.Status in GESTOPT


class Catalogusrij(_Catalogus):
    """What tells that a table changed."""

    Modified: str | None = None
    MetaDataModified: str | None = None
    Version: Nummer | None = None


class Catalogustitel(_Catalogus):
    """What a row of a catalogue calls a table."""

    Title: Tekst = ""


class V3Eigenschap(_Model):
    """A row of DataProperties: a topic, a group of topics or a dimension."""

    ID: int
    ParentID: int | None = None
    Type: str
    Title: Tekst = ""


class V3Dimensie(V3Eigenschap):
    """A row of DataProperties that is a dimension."""

    Key: Naam


class V3Onderwerp(V3Eigenschap):
    """A row of DataProperties that is a topic."""

    Key: Naam
    Unit: Tekst = ""
    Decimals: Decimalen | None = None
    Datatype: Tekst = ""
    Description: Tekst = ""


class V3Groep(_Model):
    """A row of CategoryGroups."""

    ID: int
    ParentID: int | None = None
    Title: Tekst = ""


class V3Code(_Model):
    """A row of a code list."""

    Key: Codetekst
    Title: Tekst = ""
    Description: Tekst = ""
    CategoryGroupID: int | None = None
    Status: str | None = None


class V4Dimensie(_Model):
    """A row of Dimensions."""

    Identifier: Naam
    Kind: Tekst = ""
    ContainsGroups: bool | None = None


class V4Onderwerp(_Model):
    """A row of MeasureCodes."""

    Identifier: Sleutel
    Title: Tekst = ""
    MeasureGroupId: Nummer | None = None
    Unit: Tekst = ""
    Decimals: Decimalen | None = None
    DataType: Tekst = ""
    Description: Tekst = ""


class V4Groep(_Model):
    """A row of MeasureGroups or of the groups of a dimension."""

    Id: Nummer = Field(validation_alias=AliasChoices("Id", "Identifier"))
    ParentId: Nummer | None = None
    Title: Tekst = ""


class V4Code(_Model):
    """A row of the codes of a dimension."""

    Identifier: Codetekst
    Title: Tekst = ""
    Description: Tekst = ""
    DimensionGroupId: Nummer | None = None
    Status: str | None = None
    Index: int | None = Field(default=None, ge=0, le=10**9)


_UITLEG = {
    "missing": "ontbreekt",
    "string_type": "is geen tekst",
    "int_type": "is geen geheel getal",
    "bool_type": "is geen ja of nee",
    "string_pattern_mismatch": "heeft tekens die hier niet horen",
    "string_too_long": "is te lang",
    "greater_than_equal": "is te klein",
    "less_than_equal": "is te groot",
    "dict_type": "is geen object",
    "model_type": "is geen object",
    "list_type": "is geen lijst",
}
SHOWN = 60  # characters of a value that does not fit, in a message

_M = TypeVar("_M", bound=_Model)
_K = TypeVar("_K", bound=Hashable)


def _misfit(deel: str, plaats: str, melding: str) -> BronError:
    return BronError(Reden("antwoord_past_niet", {"deel": deel, "plaats": plaats, "melding": melding}))


@cache
def _adapter(form: Any) -> TypeAdapter[Any]:
    return TypeAdapter(form)


def _validate(form: Any, content: object, deel: str) -> Any:
    try:
        return _adapter(form).validate_python(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        value = "" if first["type"] == "missing" else f"{first['input']!r:.{SHOWN}} "
        where = ".".join(map(str, first["loc"]))
        raise _misfit(deel, where, value + _UITLEG.get(first["type"], "past hier niet")) from None


def read_object(model: type[_M], content: object, deel: str) -> _M:
    """Read an object of an answer. Raises BronError naming the part `deel` and the place that does not fit."""
    found: _M = _validate(model, content, deel)
    return found


def list_of(content: Mapping[str, Any], deel: str) -> list[object]:
    """Give the rows of a page, each still to be read. Raises BronError as `read_object` does."""
    rows: list[object] = _validate(list[Any], content.get("value"), deel)
    return rows


def check_tabel(given: str | None, tabel: str, deel: str) -> None:
    """Raise BronError for an answer that says that it is of another table, as one from a mixed-up cache does."""
    if given is not None and given.strip().casefold() != tabel.casefold():
        raise _misfit(deel, "Identifier", f"dit is het antwoord van tabel {given!r:.{SHOWN}}")


def read_catalogus(rows: Sequence[object]) -> dict[str, Catalogusrij]:
    """Read rows of a catalogue: id -> what tells that a table changed. Raises BronError as `read_object` does."""
    return {r.Identifier: r for r in read_rows(Catalogusrij, rows, "catalogus")}


def read_rows(
    model: type[_M], rows: Sequence[object], deel: str, key: Callable[[_M], Hashable] | None = None
) -> list[_M]:
    """Read the rows of a list; with `key` each may stand there once. Raises BronError as `read_object` does."""
    found: list[_M] = _validate(list[model], rows, deel)  # type: ignore[valid-type]
    seen: set[Hashable] = set()
    for place, row in enumerate(found if key else ()):
        assert key is not None
        if key(row) in seen:
            raise _misfit(deel, str(place), f"{key(row)!r:.{SHOWN}} staat er twee keer")
        seen.add(key(row))
    return found


def read_paths(groups: Iterable[tuple[_K, _K | None, str]], deel: str) -> Mapping[_K, tuple[str, ...]]:
    """Give the titles above and of each group, from the outside in: id, id of the parent and title in.

    A parent that is not there is no level. Raises BronError for a group that stands below itself.
    """
    known = {group: (parent, title.strip()) for group, parent, title in groups}
    paths: dict[_K, tuple[str, ...]] = {}
    for group in known:
        titles: list[str] = []
        seen: set[_K] = set()
        step: _K | None = group
        while step is not None and step in known:
            if step in seen:
                raise _misfit(deel, str(group), "deze groep staat onder zichzelf")
            seen.add(step)
            step, title = known[step]
            titles.append(title)
        paths[group] = tuple(reversed(titles))
    return paths
