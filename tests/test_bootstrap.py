"""What fetches everything else is itself fetched by version and hash: those of the lock, and no other."""

import os
import re
import subprocess
import sys
import tomllib

from tests.conftest import ROOT


def test_uv_is_installed_by_the_hashes_of_the_lock():
    make = subprocess.run(
        ["make", "--no-print-directory", "--dry-run", "--always-make", ".venv/.klaar", f"PYTHON={sys.executable}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
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
