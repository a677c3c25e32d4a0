"""What pydantic finds wrong with a file, said in Dutch: the field, the line where it is known, what is allowed."""

from __future__ import annotations

import difflib
import re
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from begrippen.fout import BestandError
from begrippen.patronen import PATRONEN

Loc = tuple[int | str, ...]

_LIJST = "moet een lijst zijn, niet {kreeg}"
_VELDEN = "moet velden met waarden zijn, niet {kreeg}"
_GETAL = "moet een getal zijn, niet {kreeg}"
_GEHEEL = "moet een geheel getal zijn, niet {kreeg}"
_KEUZE = "{kreeg} mag hier niet; toegestaan: {verwacht}"
_ANDERS = "{kreeg} kan hier niet"
# what a message says for a value of a file that nobody else may read
GEHEIM = "wat er staat"

# pydantic's kinds of error, by how they begin, the longest first where two begin alike -> what to say
_TEKSTEN = (
    ("missing_sentinel_error", _ANDERS),
    ("missing", "ontbreekt"),
    ("extra_forbidden", "dit veld bestaat niet; toegestaan: {velden}"),
    ("unexpected_", "dit veld bestaat niet"),
    ("multiple_argument_values", "staat er twee keer"),
    ("literal_error", _KEUZE),
    ("enum", _KEUZE),
    ("union_tag_invalid", "'{tag}' mag hier niet; toegestaan: {expected_tags}"),
    ("union_tag_not_found", "mist {discriminator}, waaruit blijkt welke soort dit is"),
    ("string_pattern_mismatch", "{kreeg} mag hier niet; toegestaan: {patroon}"),
    ("string_too_short", "{kreeg} is te kort; minstens {min_length} tekens"),
    ("string_too_long", "{kreeg} is te lang; hoogstens {max_length} tekens"),
    ("string_not_ascii", "{kreeg} heeft letters of tekens die hier niet kunnen (alleen ASCII)"),
    ("string", "moet tekst zijn, niet {kreeg}; zet een getal of code tussen aanhalingstekens"),
    ("int_parsing_size", "{kreeg} is te groot"),
    ("int", _GEHEEL),
    ("float", _GETAL),
    ("finite_number", "moet een gewoon getal zijn, niet {kreeg}"),
    ("decimal_max", "{kreeg} heeft te veel cijfers"),
    ("decimal_whole", "{kreeg} heeft te veel cijfers"),
    ("decimal", _GETAL),
    ("fraction", _GETAL),
    ("complex", _GETAL),
    ("bool", "moet true of false zijn, niet {kreeg}"),
    ("timezone_naive", "mag geen tijdzone hebben: {kreeg}"),
    ("timezone", "mist de tijdzone: 2026-12-15T07:00:00+01:00"),
    ("datetime_past", "moet in het verleden liggen, en {kreeg} doet dat niet"),
    ("datetime_future", "moet in de toekomst liggen, en {kreeg} doet dat niet"),
    ("datetime", "moet een tijdstip zijn (2026-12-15T07:00:00+01:00), niet {kreeg}"),
    ("date_past", "moet in het verleden liggen, en {kreeg} doet dat niet"),
    ("date_future", "moet in de toekomst liggen, en {kreeg} doet dat niet"),
    ("date", "moet een datum zijn (2026-11-22), niet {kreeg}"),
    ("time_delta", "moet een tijdsduur zijn, niet {kreeg}"),
    ("time", "moet een tijd zijn (07:00), niet {kreeg}"),
    ("tuple", _LIJST),
    ("named_tuple", _LIJST),
    ("list", _LIJST),
    ("set", _LIJST),
    ("frozen_set", _LIJST),
    ("deque", _LIJST),
    ("iterable", _LIJST),
    ("iteration", _LIJST),
    ("arguments_type", _LIJST),
    ("dict", _VELDEN),
    ("frozen_dict", _VELDEN),
    ("ordered_dict", _VELDEN),
    ("counter", _VELDEN),
    ("mapping", _VELDEN),
    ("model", _VELDEN),
    ("dataclass", _VELDEN),
    ("get_attribute", _VELDEN),
    ("no_such_attribute", "dit veld bestaat niet"),
    ("invalid_key", "de naam van een veld moet tekst zijn; zet {kreeg} tussen aanhalingstekens"),
    ("too_short", "heeft er te weinig; minstens {min_length}"),
    ("too_long", "heeft er te veel; hoogstens {max_length}"),
    ("greater_than_equal", "{kreeg} is te klein; minstens {ge}"),
    ("greater_than", "{kreeg} is te klein; meer dan {gt}"),
    ("less_than_equal", "{kreeg} is te groot; hoogstens {le}"),
    ("less_than", "{kreeg} is te groot; minder dan {lt}"),
    ("multiple_of", "{kreeg} is geen veelvoud van {multiple_of}"),
    ("url", "moet een webadres zijn (https://...), niet {kreeg}"),
    ("uuid", "moet een UUID zijn, niet {kreeg}"),
    ("bytes", _ANDERS),
    ("json", "moet JSON zijn, niet {kreeg}"),
    ("recursion", "verwijst naar zichzelf"),
    ("frozen", "mag niet veranderen"),
    ("none_required", "moet leeg zijn, niet {kreeg}"),
    ("value_error", "{error}"),
    ("assertion_error", "{error}"),
    ("is_instance_of", _ANDERS),
    ("is_subclass_of", _ANDERS),
    ("callable", _ANDERS),
    ("ellipsis", _ANDERS),
    ("needs_python_object", _ANDERS),
    ("default_factory_not_called", "heeft geen waarde, omdat er eerder in dit deel iets niet klopt"),
)


def text_of(kind: str) -> str | None:
    """What to say of a kind of error of pydantic, with the gaps still open; None for a kind that is not known."""
    return next((text for begin, text in _TEKSTEN if kind.startswith(begin)), None)


def _shown(value: object) -> str:
    if value is None:
        return "niets"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping | list | tuple):
        return "een lijst" if not isinstance(value, Mapping) else "velden met waarden"
    text = repr(value) if isinstance(value, str | int | float) else str(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _hide(text: str, value: object) -> str:
    """A sentence of a validator, without the values that it was about."""
    values = value.values() if isinstance(value, Mapping) else (value,)
    for secret in sorted({repr(v) for v in values}, key=len, reverse=True):
        text = text.replace(secret, GEHEIM)
    return text


def bedoelt(naam: str, known: Iterable[str], vanaf: float = 0.5) -> str:
    """What may have been meant by a name that is not there, as the end of a message; `vanaf`: how alike, 0 to 1."""
    close = difflib.get_close_matches(naam, list(known), n=3, cutoff=vanaf)
    return f"; bedoelt u {' of '.join(close)}?" if close else ""


def find_regel(lines: Sequence[str], naam: str) -> int | None:
    """The first line, from 1, where a name stands as a word of its own."""
    word = re.compile(rf"(?<!\w){re.escape(naam)}(?!\w)")
    return next((n for n, text in enumerate(lines, start=1) if word.search(text)), None)


def flatten(form: Any) -> list[Any]:
    """The plain types in a form: without Annotated and None, and each member of a union by itself."""
    origin = get_origin(form)
    if origin is Annotated:
        return flatten(get_args(form)[0])
    if origin is Union or origin is types.UnionType:
        return [f for arg in get_args(form) if arg is not type(None) for f in flatten(arg)]
    return [form]


def _fields(form: Any) -> dict[str, Any]:
    """The fields of a model, with their forms."""
    is_model = isinstance(form, type) and issubclass(form, BaseModel)
    return {name: field.annotation for name, field in form.model_fields.items()} if is_model else {}


def _step_into(form: Any, step: int | str) -> list[Any]:
    if fields := _fields(form):
        return flatten(fields[step]) if step in fields else []
    arguments = [a for a in get_args(form) if a is not Ellipsis]
    return flatten(arguments[-1]) if arguments else []


def _fields_at(form: Any, loc: Loc) -> list[str]:
    """The fields that are allowed at this place."""
    forms = flatten(form)
    for step in loc:
        forms = [inner for f in forms for inner in _step_into(f, step)]
    return list(dict.fromkeys(name for f in forms for name in _fields(f)))


def _real_steps(loc: Loc, content: object) -> Loc:
    """The steps of a place that lead through the file: pydantic also names the members of a union that it tried."""
    steps: list[int | str] = []
    for step in loc:
        if isinstance(content, Mapping) and step in content:
            content = content[step]
        elif isinstance(content, Sequence) and not isinstance(content, str) and isinstance(step, int):
            if step >= len(content):
                continue
            content = content[step]
        else:
            continue
        steps.append(step)
    return tuple(steps)


def _place(loc: Loc, content: Any, form: Any = None) -> str:
    """A place as a reader says it; an entry of a list by its `id` where it has one, else by its number from 1.

    With a `form` only its own fields are named: what else names a place is a secret.
    """
    text = ""
    for n, step in enumerate(loc):
        if isinstance(content, Sequence) and isinstance(step, int):
            content = content[step]
            name = content.get("id") if isinstance(content, Mapping) and form is None else None
            text += f"[{name if isinstance(name, str) else step + 1}]"
        else:
            content = content.get(step) if isinstance(content, Mapping) else None
            text += f".{step}" if form is None or step in _fields_at(form, loc[:n]) else ".een veld"
    return text.lstrip(".")


def refuse(waar: str, faults: list[str]) -> BestandError:
    """The error of a file with these faults, each a line of its own."""
    return BestandError("dit klopt niet:\n" + "\n".join(faults), waar=waar)


def explain(
    error: ValidationError,
    form: Any,
    content: object,
    line_of: Callable[[Loc], int | None] = lambda _: None,
    *,
    geheim: bool = False,
) -> list[str]:
    """Say in Dutch all that is wrong, a line a field: the field, its line (`line_of`), and what is allowed there.

    `form`: the model or type that `content` was held against; `line_of` gets a place in `content`. With `geheim` no
    value is repeated, and no name but that of a field of the form.
    """
    # place -> what is said of it, each with the sentence it was made of
    found: dict[tuple[str, int | None], dict[str, str]] = {}
    places = [fault["loc"] for fault in error.errors()]
    for fault in error.errors():
        # to pydantic a list lacks its wrong entries: that there are too few is told where all that are there are right
        if fault["type"] == "too_short" and any(p[:-1][: len(fault["loc"])] == fault["loc"] for p in places):
            continue
        loc, kind = _real_steps(fault["loc"], content), fault["type"]
        context = fault.get("ctx", {})
        if kind in ("missing", "extra_forbidden"):
            # what is missing is not in the file, and what is too much is: both are about the fields beside them
            loc = (*(loc if kind == "missing" else loc[:-1]), fault["loc"][-1])
        empty = kind in ("too_short", "string_too_short") and context.get("min_length") == 1
        text = "mag niet leeg zijn" if empty else text_of(kind) or _ANDERS
        values = {k: v for k, v in context.items() if k != "error"} | {
            "kreeg": GEHEIM if geheim else _shown(fault["input"]),
            "velden": ", ".join(_fields_at(form, loc[:-1])),
            "patroon": PATRONEN.get(str(context.get("pattern")), "een andere vorm"),
            "verwacht": str(context.get("expected", "")).replace(" or ", " of "),
            "error": _hide(str(context.get("error", "")), fault["input"]) if geheim else context.get("error", ""),
        }
        place = _place(loc, content, form if geheim else None)
        told = found.setdefault((place, line_of(loc)), {})
        told.setdefault(text.format(**values), text)
    lines = []
    for (place, line), said in found.items():
        # what may be a number of either kind, may be a number
        texts = [sentence for sentence, text in said.items() if text != _GEHEEL or _GETAL not in said.values()]
        where = ", ".join(filter(None, (f"regel {line}" if line else "", place)))
        lines.append("  " + (f"{where}: " if where else "") + "; of ".join(texts))
    return lines
