"""The `$filter` of both protocols: text in, a mask over the columns of a table out.

Each protocol knows its own functions (`substringof` in v3, `contains` in v4); a name of the other one is refused as
CBS does, so that a client cannot lean on the wrong one.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from assets.bron.voorbeeld.kolommen import Getalkolom, Kolommen, Masker, Tekstkolom, count_rows

Api = Literal["v3", "v4"]

# v4 refuses 180 or-terms and takes 165 (seen); with six nodes a term that is this limit.
NODE_LIMIT = 1000
NODES_PER_COMPARISON = 5

_TOKEN = re.compile(
    r"\s*(?:(?P<datum>datetime'[^']*'|\d{4}-\d\d-\d\d[^\s),]*)|(?P<tekst>'(?:[^']|'')*')"
    r"|(?P<getal>-?\d+(?:\.\d+)?)(?![\w.])|(?P<naam>[A-Za-z_][\w.]*)|(?P<teken>[(),]))"
)
_COMPARE: dict[str, Callable[..., Any]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "ge": operator.ge,
    "le": operator.le,
    "gt": operator.gt,
    "lt": operator.lt,
}
_TEXT_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "tolower": str.lower,
    "toupper": str.upper,
    "trim": str.strip,
    "length": len,
    "substring": lambda text, start, length=None: text[int(start) :][: None if length is None else int(length)],
    "indexof": str.find,
    "startswith": str.startswith,
    "endswith": str.endswith,
    "contains": lambda text, part: part in text,
    "substringof": lambda part, text: part in text,
}
_ONLY = {"contains": "v4", "substringof": "v3"}


class FilterError(ValueError):
    """The filter is refused; the message is what the server answers with status 400."""


@dataclass(frozen=True)
class _Per:
    """A value for each distinct text of one column: kept small until it must be laid over the rows."""

    kolom: Tekstkolom
    waarden: npt.NDArray[Any]

    def spread(self) -> npt.NDArray[Any]:
        return self.waarden[self.kolom.index]


_Value = object  # a literal, a _Per, or an array over all rows


class _Reader:
    def __init__(self, text: str, kolommen: Kolommen, api: Api) -> None:
        self.kolommen, self.api, self.nodes = kolommen, api, 0
        self.tokens: list[tuple[str, str]] = []
        place = 0
        while text[place:].strip():
            match = _TOKEN.match(text, place)
            if not match or match.lastgroup is None:
                raise FilterError(f"Syntax error at position {place} in '{text}'.")
            self.tokens.append((match.lastgroup, match.group(match.lastgroup)))
            place = match.end()
        self.place = 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.place] if self.place < len(self.tokens) else ("eind", "")

    def next(self) -> tuple[str, str]:
        token = self.peek()
        self.place += 1
        return token

    def expect(self, sign: str) -> None:
        if self.next()[1] != sign:
            raise FilterError(f"Syntax error: '{sign}' expected.")

    def count(self, nodes: int) -> None:
        self.nodes += nodes
        if self.api == "v4" and self.nodes > NODE_LIMIT:
            raise FilterError(
                f"The query specified in the URI is not valid. The node count limit of '{NODE_LIMIT}' has been "
                "exceeded. To increase the limit, set the 'MaxNodeCount' property on EnableQueryAttribute."
            )

    def any_of(self) -> _Value:
        return self._joined("or", np.logical_or, self.all_of)

    def all_of(self) -> _Value:
        return self._joined("and", np.logical_and, self.negation)

    def _joined(self, word: str, combine: Callable[..., Any], part: Callable[[], _Value]) -> _Value:
        """Read parts for as long as the word stands between them; each word is a node to the source."""
        value = part()
        while self.peek() == ("naam", word):
            self.next()
            self.count(1)
            value = _combine(combine, value, part())
        return value

    def negation(self) -> _Value:
        if self.peek() == ("naam", "not"):
            self.next()
            value = self.negation()
            return _Per(value.kolom, ~value.waarden) if isinstance(value, _Per) else ~_spread(value)
        return self.comparison()

    def comparison(self) -> _Value:
        left = self.term()
        kind, text = self.peek()
        if kind == "naam" and text in _COMPARE:
            self.next()
            self.count(NODES_PER_COMPARISON)
            return _compare(_COMPARE[text], left, self.term())
        return left

    def term(self) -> _Value:
        kind, text = self.next()
        if kind == "teken" and text == "(":
            value = self.any_of()
            self.expect(")")
            return value
        if kind == "tekst":
            return text[1:-1].replace("''", "'")
        if kind == "datum":
            return text.removeprefix("datetime").strip("'")
        if kind == "getal":
            return float(text)
        if kind == "naam" and text in ("null", "true", "false"):
            return {"null": None, "true": True, "false": False}[text]
        if kind == "naam" and self.peek() == ("teken", "("):
            return self.function(text)
        if kind == "naam":
            kolom = self.kolommen.get(text)
            if isinstance(kolom, Tekstkolom):
                return _Per(kolom, np.array(kolom.teksten, dtype=object))
            if isinstance(kolom, Getalkolom):
                return kolom.waarden
            raise FilterError(f"Could not find a property named '{text}'.")
        raise FilterError(f"Syntax error near '{text}'.")

    def function(self, name: str) -> _Value:
        if name not in _TEXT_FUNCTIONS or _ONLY.get(name, self.api) != self.api:
            raise FilterError(f"An unknown function with name '{name}' was found.")
        self.expect("(")
        arguments = [self.any_of()]
        while self.peek() == ("teken", ","):
            self.next()
            arguments.append(self.any_of())
        self.expect(")")
        self.count(NODES_PER_COMPARISON)
        texts = [a for a in arguments if isinstance(a, _Per)]
        if len(texts) != 1:
            raise FilterError(f"No function signature for the function with name '{name}' matches the arguments.")
        apply, results = _TEXT_FUNCTIONS[name], []
        for value in texts[0].waarden:
            given = [value if a is texts[0] else a for a in arguments]
            results.append(None if value is None else apply(*given))
        truth = name in ("startswith", "endswith", "contains", "substringof")
        return _Per(
            texts[0].kolom, np.array([bool(r) for r in results] if truth else results, dtype=None if truth else object)
        )


def _spread(value: _Value) -> npt.NDArray[Any]:
    return value.spread() if isinstance(value, _Per) else np.asarray(value)


def _combine(combine: Callable[..., Any], left: _Value, right: _Value) -> _Value:
    if isinstance(left, _Per) and isinstance(right, _Per) and left.kolom is right.kolom:
        return _Per(left.kolom, combine(left.waarden.astype(bool), right.waarden.astype(bool)))
    return combine(_spread(left), _spread(right))


def _one(compare: Callable[..., Any], left: object, right: object) -> bool:
    if left is None or right is None:
        return compare is operator.ne if (left is None) != (right is None) else compare is operator.eq
    try:
        return bool(compare(left, right))
    except TypeError:
        raise FilterError("A binary operator with incompatible types was detected.") from None


def _compare(compare: Callable[..., Any], left: _Value, right: _Value) -> _Value:
    if isinstance(left, _Per) and not isinstance(right, _Per | np.ndarray):
        return _Per(left.kolom, np.array([_one(compare, v, right) for v in left.waarden], dtype=bool))
    if isinstance(right, _Per) and not isinstance(left, _Per | np.ndarray):
        return _Per(right.kolom, np.array([_one(compare, left, v) for v in right.waarden], dtype=bool))
    if isinstance(left, np.ndarray) and right is None:
        return np.isnan(left) if compare is operator.eq else ~np.isnan(left)
    if isinstance(left, np.ndarray) and isinstance(right, float | bool):
        return compare(left, right)
    raise FilterError("A binary operator with incompatible types was detected.")


def filter_rows(text: str | None, kolommen: Kolommen, api: Api) -> npt.NDArray[np.int64]:
    """Give the numbers of the rows that `$filter` keeps, in order; all of them without a filter.

    Raises FilterError with CBS's own kind of message on a syntax error, an unknown column, a function of the other
    protocol, and in v4 on more nodes than CBS takes.
    """
    rows = count_rows(kolommen)
    if not text:
        return np.arange(rows, dtype=np.int64)
    reader = _Reader(text, kolommen, api)
    value = reader.any_of()
    if reader.peek()[0] != "eind":
        raise FilterError(f"Syntax error near '{reader.peek()[1]}'.")
    mask: Masker = _spread(value)
    if mask.dtype != np.bool_ or mask.shape != (rows,):
        raise FilterError("The filter is not a condition on the rows.")
    return np.flatnonzero(mask).astype(np.int64)
