"""What fetches everything else is itself fetched by version and hash: those of the lock, and no other."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement

from tests.conftest import ROOT


def would_run(*goals):
    return subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "--always-make", *goals, f"PYTHON={sys.executable}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_uv_is_installed_by_the_hashes_of_the_lock():
    make = would_run(".venv/.klaar")
    script = re.search(r"python -c '(import tomllib;.*?)' > \.venv/uv\.txt", make, re.DOTALL)
    assert script is not None and "--require-hashes -r .venv/uv.txt" in make
    # every way in which a package comes: by that file, or by uv from its lock
    assert len(re.findall(r"\bpip install\b", make)) == 1 and "uv sync --locked" in make
    code = script[1].replace("\\\n", "\n")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    package = next(
        p for p in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"] if p["name"] == "uv"
    )
    name, *hashes = done.stdout.split()
    assert name == f"uv=={package['version']}"
    assert hashes == [f"--hash={w['hash']}" for w in package["wheels"]] and hashes


def test_the_pip_that_installs_it_is_that_of_python():
    script = re.search(r"-c '(import ensurepip, pathlib.*?)'\)", would_run(".venv/.draait"), re.DOTALL)
    assert script is not None
    done = subprocess.run(
        [sys.executable, "-c", script[1].replace("\\\n", "\n")], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert Path(done.stdout.strip()).is_file()
    assert re.fullmatch(r"pip-[\d.]+-py3-none-any\.whl", Path(done.stdout.strip()).name)


def test_nothing_that_runs_needs_what_only_tests_have():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = [r for more in project["optional-dependencies"].values() for r in more]
    wanted = {_plain(re.split(r"[=<>\[]", r)[0]) for r in [*project["dependencies"], *extra]}
    while more := {_plain(n) for d in wanted for n in _requires(d)} - wanted:
        wanted |= more
    comes_from = packages_distributions()
    asked = {
        (package, path.relative_to(ROOT).as_posix())
        for room in ("pipelines", "assets", "reports", "begrippen")
        for path in (ROOT / room).rglob("*.py")
        for package in _imported(path)
        if package not in sys.stdlib_module_names
    }
    # IPython is only asked where a notebook runs; an extra need not be here
    absent = sorted(
        (package, path)
        for package, path in asked
        if package in comes_from and package != "IPython" and not {_plain(n) for n in comes_from[package]} & wanted
    )
    assert not absent, "staat alleen bij wat toetsen nodig hebben"


def _plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def _requires(name):
    try:
        found = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    asked = [Requirement(r) for r in found]
    return [r.name for r in asked if r.marker is None or r.marker.evaluate({"extra": ""})]


def _imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (n.name.split(".")[0] for n in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


def test_what_a_run_imports_is_compiled_once_whatever_the_environment_asks():
    shown = subprocess.run(
        ["make", "--no-print-directory", "--eval", 'toon: ; @echo "[$$PYTHONDONTWRITEBYTECODE]"', "toon"],
        cwd=ROOT,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.strip() == "[]"
