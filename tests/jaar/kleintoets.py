"""What Great Expectations answers to the few expectations of the year, in a few lines: loading it takes longer.

The checks themselves, their queries and what is told of them are those of the product; that Great Expectations answers
the same is for `tests/kwaliteit`.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pandas as pd

from assets.kwaliteit.toets import Suite, Verwachting


def _wrong(v: Verwachting, frame: pd.DataFrame) -> pd.Series[bool]:
    """Which rows do not hold."""
    match v.type:
        case "ExpectColumnValuesToBeInSet":
            column = frame[v.kwargs["column"]]
            return column.notna() & ~column.isin(v.kwargs["value_set"])
        case "ExpectColumnValuesToNotBeNull":
            return frame[v.kwargs["column"]].isna()
        case "ExpectColumnValuesToBeUnique":
            column = frame[v.kwargs["column"]]
            return column.notna() & column.duplicated(keep=False)
        case "ExpectColumnPairValuesToBeEqual":
            return frame[v.kwargs["column_A"]] != frame[v.kwargs["column_B"]]
    raise NotImplementedError(v.type)


class Kleintoets:
    """Answers as the validator of `assets.kwaliteit.toetsen` does."""

    def ask(
        self, suite: Suite, frame: pd.DataFrame, places: Sequence[int], *, overal: bool = False, **_: Any
    ) -> dict[int, Any]:
        """Hold the expectations at these places of a suite against its frame; give the result of each."""
        found = {}
        for place in places:
            v = suite.verwachtingen[place]
            own = frame if v.alleen is None or overal else frame[frame[v.alleen[0]] == v.alleen[1]]
            rows = list(own.index[_wrong(v, own)])
            found[place] = SimpleNamespace(success=not rows, result={"unexpected_index_list": rows}, exception_info={})
        return found
