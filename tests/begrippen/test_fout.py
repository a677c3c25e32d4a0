"""Every error that crosses a module is one of ours: with a text, an exit code, and a class that says its kind."""

import ast
import importlib
import pickle
from pathlib import Path

import pytest

from begrippen.fout import BestandError, MonitorError

ROOT = Path(__file__).parents[2]
# The server that plays CBS: what it refuses becomes an answer in the words of CBS, never a text of ours.
PROTOCOL = {"assets.bron.voorbeeld.odata.FilterError"}


def test_the_text_says_where_what_and_the_next_step():
    fout = BestandError("het veld naam ontbreekt", waar="a.yaml", vervolg="Draai: monitor run")
    assert str(fout) == "a.yaml: het veld naam ontbreekt\nDraai: monitor run"
    assert (fout.code, fout.exit_code) == ("bestand", 2)
    assert str(MonitorError("kan niet")) == "kan niet"


def test_an_error_survives_the_way_between_processes():
    fout = pickle.loads(pickle.dumps(BestandError("weg", waar="b.yaml", vervolg="Zoek")))
    assert (str(fout), fout.waar) == ("b.yaml: weg\nZoek", "b.yaml")


def exceptions() -> dict[str, type[BaseException]]:
    """The exceptions that the house defines: module and name -> class."""
    found = {}
    for room in ("assets", "begrippen", "pipelines", "reports"):
        for path in (ROOT / room).rglob("*.py"):
            names = [n.name for n in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(n, ast.ClassDef)]
            suspects = [n for n in names if n.endswith(("Error", "Fout", "Exception"))]
            if suspects:
                module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                for name in suspects:
                    cls = getattr(importlib.import_module(module), name)
                    if issubclass(cls, BaseException):
                        found[f"{module}.{name}"] = cls
    return found


def raised_or_caught_elsewhere(name: str) -> bool:
    module, _, cls = name.rpartition(".")
    own = ROOT / Path(*module.split(".")).with_suffix(".py")
    return any(
        path != own and cls in path.read_text(encoding="utf-8")
        for room in ("assets", "begrippen", "pipelines", "reports")
        for path in (ROOT / room).rglob("*.py")
    )


def test_every_error_that_crosses_a_module_is_ours():
    found = exceptions()
    assert len(found) > 10
    strangers = {n for n, cls in found.items() if not issubclass(cls, MonitorError)}
    assert {n for n in strangers if raised_or_caught_elsewhere(n)} == PROTOCOL


def test_every_kind_has_a_code_of_its_own_and_an_exit_code_that_the_command_line_knows():
    own = {n: cls for n, cls in exceptions().items() if issubclass(cls, MonitorError)}
    codes = [cls.code for cls in own.values() if "code" in vars(cls)]
    assert len(codes) == len(set(codes))
    assert {cls.exit_code for cls in own.values()} <= {1, 2}


@pytest.mark.parametrize("name", ["ValueError", "RuntimeError", "LookupError"])
def test_no_error_of_ours_is_caught_as_one_of_python(name):
    assert not any(issubclass(cls, getattr(__import__("builtins"), name)) for cls in MonitorError.__subclasses__())
