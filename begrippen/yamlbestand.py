"""The one way in for every list of the house: a YAML or TOML file, held against a model, all its faults at once.

Every fault becomes one BestandError that names the file, the line where that can be had, the field and what is allowed.
What YAML can do beyond lists, fields and values has no place in these files and is refused: tags, a field that stands
twice, and anchors that grow a few lines into millions.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from begrippen.fout import BestandError
from begrippen.veldfout import Loc, explain, refuse

if TYPE_CHECKING:
    from begrippen.yamlknopen import Knopen

T = TypeVar("T")


@cache
def _adapter(form: Any) -> TypeAdapter[Any]:
    return TypeAdapter(form)


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, with or without the mark at its start. Raises BestandError."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise BestandError("dit bestand is er niet", waar=str(path)) from None
    except OSError as error:
        raise BestandError(f"dit is niet te lezen als bestand ({error.strerror})", waar=str(path)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BestandError(
            f"dit is niet in UTF-8 opgeslagen (regel {line}); sla het bestand opnieuw op als UTF-8",
            waar=str(path),
        ) from None


@dataclass(frozen=True)
class _Inhoud:
    """What a text holds, before it is held against a form; `line_of` gives the line of a place in `waarde`."""

    waarde: Any
    waar: str
    line_of: Callable[[Loc], int | None]


def _read(text: str, waar: str, tekst: bool, geheim: bool = False) -> tuple[Any, Knopen]:
    from begrippen.yamlknopen import read_nodes

    return read_nodes(text, waar, tekst, geheim)


@lru_cache(maxsize=4096)
def _kept(text: str, waar: str, tekst: bool) -> bytes:
    """The values of a text, pickled: the heads of `sql/` and the cards are read many times in one process."""
    return pickle.dumps(_read(text, waar, tekst)[0])


def _load(text: str, waar: str, *, tekst: bool = False, geheim: bool = False) -> _Inhoud:
    if geheim:
        # nothing of it is kept
        content, knopen = _read(text, waar, tekst, geheim)
        return _Inhoud(content, waar, knopen.line_of)
    # values of its own for who asks, since those may be changed; lines are asked for where there is a fault only
    again = cache(lambda: _read(text, waar, tekst)[1])
    return _Inhoud(pickle.loads(_kept(text, waar, tekst)), waar, lambda loc: again().line_of(loc))


def parse_yaml(text: str, form: type[T], waar: str, *, tekst: bool = False) -> T:
    """Read YAML text as `form`: a model, or a type such as `tuple[Model, ...]` or `dict[str, Model]`.

    `waar` names the text in a message. With `tekst` every value stays the text that it is: 'no', 00 and 2026-01-01 too.
    Raises BestandError.
    """
    found = _load(text, waar, tekst=tekst)
    return hold(found.waarde, form, waar, found.line_of)


def read_geheim(path: Path, form: type[T]) -> T:
    """Read a confidential YAML file. Raises BestandError that names lines and fields, and nothing that stands there."""
    found = _load(read_text(path), str(path), geheim=True)
    return hold(found.waarde, form, str(path), found.line_of, geheim=True)


def read_yaml(path: Path, form: type[T], *, tekst: bool = False, woorden: Mapping[str, str] | None = None) -> T:
    """Read a YAML file as `parse_yaml` reads text, each of `woorden` replaced by what it stands for beforehand.

    Raises BestandError.
    """
    text = read_text(path)
    for word, meant in (woorden or {}).items():
        text = text.replace(word, meant)
    return parse_yaml(text, form, str(path), tekst=tekst)


def read_lagen(
    paths: Sequence[Path],
    form: type[T],
    vul: Callable[[dict[str, Any]], dict[str, Any]],
    onder: Mapping[str, Any] | None = None,
) -> T:
    """Read one thing from its layers: a field of a later file goes before that of an earlier one. Raises BestandError.

    `onder`: fields that go before those of the first file only; `vul` gets all fields and fills what is open in them.
    """
    layers = [_load(read_text(path), str(path)) for path in paths]
    content: dict[str, Any] = {}
    for n, layer in enumerate(layers):
        if not isinstance(layer.waarde, dict):
            raise BestandError("hier horen velden met waarden te staan", waar=layer.waar)
        content |= layer.waarde | dict((onder or {}) if n == 0 else {})

    def line_of(loc: Loc) -> int | None:
        """Of two files a number alone says too little."""
        return layers[0].line_of(loc) if len(layers) == 1 else None

    return hold(vul(content), form, " met ".join(map(str, paths)), line_of)


def read_toml(path: Path, form: type[T], extra: Mapping[str, Any] | None = None) -> T:
    """Read a TOML file as `form`; `extra` are fields that the file does not hold. Raises BestandError."""
    import tomllib

    text = read_text(path)
    try:
        content = tomllib.loads(text) | dict(extra or {})
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        place = f"regel {at[1]}, kolom {at[2]}: " if at else "aan het eind: "
        double = "overwrite" in str(error) or "twice" in str(error)
        what = "een veld of [kop] staat er twee keer" if double else "kijk naar aanhalingstekens, haken en ="
        raise BestandError(f"dit is geen geldige TOML: {place}{what}", waar=str(path)) from None

    def line_of(loc: Loc) -> int | None:
        """TOML keeps no lines: that of the only line that begins with the name of the field."""
        name = next((step for step in reversed(loc) if isinstance(step, str)), "")
        begin = re.compile(rf'\s*"?{re.escape(name)}"?\s*=')
        lines = [n for n, line in enumerate(text.splitlines(), 1) if begin.match(line)]
        return lines[0] if len(lines) == 1 else None

    return hold(content, form, str(path), line_of)


def hold(
    content: Any,
    form: type[T],
    waar: str,
    line_of: Callable[[Loc], int | None] = lambda _: None,
    *,
    geheim: bool = False,
) -> T:
    """Hold values against a form, wherever they came from. Raises BestandError that names `waar` and all faults."""
    try:
        # a form is hashable whatever it is: a class, or a type with its arguments
        result: T = _adapter(form).validate_python(content)  # type: ignore[arg-type]
    except ValidationError as error:
        raise refuse(waar, explain(error, form, content, line_of, geheim=geheim)) from None
    return result
