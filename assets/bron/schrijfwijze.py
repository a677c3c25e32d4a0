"""When two spellings are one: titles, units, paths of groups and totals, as sources write them.

Everything here is about spelling alone. What it calls the same may be taken for the same; what only looks alike is for
a person to judge.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

# Spellings of one unit, closed: nothing that changes the figure (a factor, a base year) may ever stand in one row.
EENHEDEN: tuple[tuple[str, ...], ...] = (
    ("x 1 000", "1 000", "duizend", "x duizend", "duizendtal", "in duizenden"),
    ("x mln", "mln", "miljoen", "x miljoen", "x 1 mln", "x 1 000 000", "1 000 000"),
    ("%", "procent", "in %", "in procenten", "percentage"),
    ("euro", "€", "eur", "in euro", "euro's"),
    ("1 000 euro", "x 1 000 euro", "duizend euro", "euro x 1 000", "1 000 €"),
    ("mln euro", "x mln euro", "miljoen euro", "x 1 mln euro", "euro x mln", "mln €"),
    ("aantal", "aantallen", "absoluut aantal"),
    ("per 1 000 inwoners", "aantal per 1 000 inwoners", "per duizend inwoners", "per 1 000 inw"),
    ("per 100 inwoners", "aantal per 100 inwoners", "per honderd inwoners", "per 100 inw"),
    ("aantal inwoners per km²", "inwoners per km²", "aantal inwoners per vierkante kilometer", "inw per km²"),
    ("km", "kilometer", "in km"),
    ("km²", "vierkante kilometer", "vierkante km"),
    ("ha", "hectare", "hectaren", "in ha"),
    ("m²", "vierkante meter"),
    ("m³", "kubieke meter"),
    ("mln m³", "miljoen m³", "x mln m³"),
    ("mln kWh", "miljoen kWh", "x mln kWh"),
    ("kWp", "kilowattpiek"),
    ("personen per huishouden", "aantal personen per huishouden"),
    ("aantal uren", "uren", "uur"),
    ("jaar", "jaren", "in jaren"),
)
# No word of these tells one title from another.
_LEEG = {"de", "het", "een", "en", "of", "van", "in", "op", "per", "met", "naar", "voor", "te", "tot", "der", "bij"}


def fold(text: str) -> str:
    """Give a title as it is compared: capitals, blanks and line ends do not make another title."""
    return " ".join(text.split()).casefold()


def _bare(text: str) -> str:
    flat = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in flat if not unicodedata.combining(c) and c not in "'’`´\u00ad")


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Give the words of a title without capitals, accents and punctuation; `1 000`, `1.000` and `1000` are one."""
    flat = re.sub(r"(?<=\d)[\s.](?=\d{3}(?!\d))", "", _bare(text))
    # a hyphen within a word is spelling, between numbers it is a range
    flat = re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", "", flat)
    return tuple(re.findall(r"\d+[.,]\d+|[^\W_]+|[+%<>=€]", flat))


def same_title(one: str, other: str) -> bool:
    """Whether two titles differ in spelling alone."""
    return words(one) == words(other) != ()


def _unit_key(unit: str) -> str:
    return "".join(c for c in _bare(unit) if not c.isspace() and c != ".")


_UNITS = {_unit_key(spelling): row[0] for row in EENHEDEN for spelling in row}


def same_unit(one: str, other: str) -> bool:
    """Whether two units are one, by spelling or by the closed list."""
    a, b = _unit_key(one), _unit_key(other)
    return a == b or (a in _UNITS and _UNITS.get(a) == _UNITS.get(b))


def fold_unit(unit: str) -> str:
    """Give a unit as it is compared: CBS writes `x 1 000` and `x 1000` for the same."""
    return "".join(unit.split()).casefold()


def on_path(expected: Sequence[str], found: Sequence[str] | None, *, spelling: bool = False) -> bool:
    """Whether the groups that we name stand in the path in this order; the path may hold more.

    spelling: compare groups by their words, not by their letters. A path that is not known holds everything.
    """
    if found is None:
        return True
    key = words if spelling else fold
    rest = iter([key(p) for p in found])
    return all(key(group) in rest for group in expected)


def is_totaal(title: str) -> bool:
    """Whether a title of a code says that it is everything: Totaal..., Alle..., Nederland."""
    found = words(title)
    return bool(found) and ("totaal" in (found[0], found[-1]) or "alle" in found or found == ("nederland",))


def content(title: str) -> frozenset[str]:
    """Give the words of a title that tell it from another."""
    found = words(title)
    return frozenset(w for w in found if w not in _LEEG) or frozenset(found)


def distinctive(title: str) -> bool:
    """Whether a title says by itself what it is of: `Totaal` or `Mannen` needs the group that it stands under."""
    return len(content(title)) > 1 and not is_totaal(title)


def numbers(title: str) -> frozenset[str]:
    """Give the numbers in a title: `18 jaar` is never `19 jaar`."""
    return frozenset(w for w in words(title) if w[0].isdigit())


def alike(one: str, other: str) -> bool:
    """Whether two titles of one and the same code can be of the same thing: one was reworded, not replaced."""
    if is_totaal(one) != is_totaal(other) or numbers(one) != numbers(other):
        return same_title(one, other)
    if is_totaal(one):
        return True
    a, b = content(one), content(other)
    return 2 * len(a & b) >= min(len(a), len(b)) > 0


def camel(title: str) -> str:
    """Give a title as v3 makes a column key of it, folded: its words run together."""
    return "".join(re.findall(r"[^\W_]+", _bare(title)))


def stem(key: str) -> str:
    """Give a column key of v3 without its number, folded: the number is a place and moves."""
    return camel(re.sub(r"_\d+$", "", key))


def only(found: Iterable[str]) -> str | None:
    """Give the one text of several that are all the same; None where there is none, or more than one."""
    several = set(found)
    return several.pop() if len(several) == 1 else None
