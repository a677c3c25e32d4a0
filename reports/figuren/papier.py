"""A figure that can be drawn once more on another canvas: on paper it is wider than on a page of the website."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec

from reports.document import Figuur
from reports.figuren.doek import Doek

P = ParamSpec("P")


def hertekenbaar(draw: Callable[Concatenate[Doek, P], Figuur]) -> Callable[Concatenate[Doek, P], Figuur]:
    """Let what this draws be drawn again on another canvas."""

    @wraps(draw)
    def remember(doek: Doek, /, *args: P.args, **kwargs: P.kwargs) -> Figuur:
        return replace(draw(doek, *args, **kwargs), hertekend=partial(_again, remember, args, kwargs))

    return remember


def _again(draw: Callable[..., Figuur], args: Sequence[Any], kwargs: Mapping[str, Any], doek: Doek) -> Figuur:
    """The same on another canvas; by its name, so that a figure can be kept or sent."""
    return draw(doek, *args, **kwargs)
