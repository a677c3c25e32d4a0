"""No message shows a regular expression: each pattern of a model has its words, and no words are left over."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from begrippen.patronen import PATRONEN

WORTEL = Path(__file__).parents[2]


def _patterns() -> Iterator[str]:
    """The pattern of each field of a model, as its module gives it."""
    for package in ("assets", "begrippen", "pipelines", "reports"):
        for path in sorted((WORTEL / package).rglob("*.py")):
            text = path.read_text("utf-8")
            for node in ast.walk(ast.parse(text)) if "pattern=" in text else ():
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Field":
                    for value in (k.value for k in node.keywords if k.arg == "pattern"):
                        module = ".".join(path.relative_to(WORTEL).with_suffix("").parts)
                        named = {} if isinstance(value, ast.Constant) else vars(import_module(module))
                        yield eval(ast.unparse(value), dict(named))


def test_each_pattern_has_its_words_and_no_words_are_left_over():
    assert set(_patterns()) == set(PATRONEN)
