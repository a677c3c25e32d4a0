"""Which topic of a mapping a label of StatLine names: by title, groups and unit, however a download writes them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from assets.bron.bronlijst import Onderwerp
from assets.bron.kruistabel.label import LabelError
from begrippen.regionaam import fold

TUSSEN = re.compile(r"\s*(?:/|\||>|;)\s*")
# the unit behind a title, between brackets, which can hold a pair of its own
_ACHTER = re.compile(r"(?P<bare>.+) \((?P<unit>[^()]*(?:\([^()]*\)[^()]*)*)\)")


def _canon(parts: Sequence[str]) -> str:
    """A path of groups and title as one text; a group that stands twice, as older downloads do, counts once."""
    folded = [TUSSEN.sub("/", fold(p)) for p in parts if p]
    return "/".join(p for n, p in enumerate(folded) if n == 0 or p != folded[n - 1])


class Onderwerpen:
    """The topics of a mapping, found by what a download calls them."""

    def __init__(self, onderwerpen: Mapping[str, Onderwerp]) -> None:
        self._all = dict(onderwerpen)
        self._paths = {name: _canon((*o.pad, o.titel)) for name, o in onderwerpen.items()}
        self._titles = {name: _canon((o.titel,)) for name, o in onderwerpen.items()}
        self._units = {fold(o.eenheid) for o in onderwerpen.values()}
        self._found: dict[tuple[tuple[str, ...], str], str] = {}
        self._named: dict[str, str] = {}

    def is_eenheid(self, text: str) -> bool:
        """Whether this is the unit of one of the topics."""
        return fold(text) in self._units

    def check_eenheid(self, name: str, eenheid: str) -> str:
        """Give a topic that the mapping names itself, if this is its unit or none is given. Raises LabelError."""
        if name not in self._all:
            raise LabelError(f"indicator '{name}' onder vast is geen onderwerp van de mapping")
        expected = self._all[name].eenheid
        if eenheid and fold(eenheid) != fold(expected):
            raise LabelError(f"de eenheid van {name} is '{eenheid}', en de mapping verwacht '{expected}'")
        return name

    def find(self, labels: str | Sequence[str], eenheid: str = "") -> str:
        """Give the topic with this path of labels and unit, by our name. Raises LabelError when there is none."""
        key = (labels,) if isinstance(labels, str) else tuple(labels), eenheid
        if key not in self._found:
            self._found[key] = self._search(*key)
        return self._found[key]

    def _search(self, labels: Sequence[str], eenheid: str) -> str:
        path, unit = _canon(labels), fold(eenheid)
        shown = " > ".join(dict.fromkeys(labels))
        match = None if unit or path in self._paths.values() else _ACHTER.fullmatch(path)
        # '(aantal)' behind a title is its unit, unless it is a part of the title
        if match and {match["bare"], match["bare"].rpartition("/")[2]} & {
            *self._paths.values(),
            *self._titles.values(),
        }:
            path, unit = match["bare"], match["unit"]
        names = [n for n, p in self._paths.items() if p == path]
        if not names:
            # the file has groups that the mapping does not name: the title must say enough
            names = [n for n, t in self._titles.items() if not self._all[n].pad and path.endswith(f"/{t}")]
        if not names:
            # or the mapping has groups that the file does not
            names = [n for n, t in self._titles.items() if t == path]
        if not names:
            close = difflib.get_close_matches(path, [*self._paths.values(), *self._titles.values()], n=2, cutoff=0.5)
            hint = f" Lijkt op: {', '.join(dict.fromkeys(close))}." if close else ""
            raise LabelError(
                f"'{shown}' is geen onderwerp van de mapping.{hint} Zet het bij onderwerpen, of onder overslaan"
            )
        fitting = [n for n in names if not unit or fold(self._all[n].eenheid) == unit]
        if not fitting:
            expected = " of ".join(f"'{self._all[n].eenheid}'" for n in names)
            raise LabelError(f"de eenheid van '{shown}' is '{eenheid or unit}', en de mapping verwacht {expected}")
        if len(fitting) > 1:
            raise LabelError(f"'{shown}' kan {' of '.join(fitting)} zijn; noem in de mapping het pad en de eenheid")
        if self._named.setdefault(fitting[0], path) != path:
            raise LabelError(
                f"'{shown}' en '{self._named[fitting[0]]}' worden allebei {fitting[0]}; noem in de mapping het pad"
            )
        return fitting[0]
