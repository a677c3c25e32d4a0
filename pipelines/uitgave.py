"""What goes along with a release: the list of every locked package (SBOM, CycloneDX), and whether one is known unsafe.

`make stuklijst` and `make kwetsbaar` run this in a checkout. Both ask uv, which made the lock and reads it: no second
tool that could read another environment than the locked one. CycloneDX has no place for the moment that could stay the
same, so the list has none: the same lock gives the same bytes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assets.bron.momentopname import hash_file, write_file
from begrippen.fout import MonitorError

LOCK = "uv.lock"
# 0 none is known unsafe, 1 at least one is, 3 it was not answered: nothing is said of any package
VEILIG, ONVEILIG, NIET_GEVRAAGD = 0, 1, 3


class UitgaveError(MonitorError):
    """The lock cannot be read as it stands; the message gives what uv said of it."""

    code = "uitgave"


def _uv(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "uv", *words]
    # the environment of whoever works here may name another one, and is not asked about
    env = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
    return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)


def make_stuklijst(root: Path) -> dict[str, Any]:
    """Give the CycloneDX document of every package in `root/uv.lock`, of all groups and extras. Raises UitgaveError."""
    done = _uv(
        root, "export", "--locked", "--offline", "--quiet", "--all-groups", "--all-extras", "--format", "cyclonedx1.5"
    )
    if done.returncode:
        raise UitgaveError(
            f"uv kan {LOCK} niet lezen: {done.stderr.strip()}",
            waar=str(root / LOCK),
            vervolg="Werk de lock bij met: .venv/bin/uv lock",
        )
    document: dict[str, Any] = json.loads(done.stdout)
    # a random number and a moment would make two lists of one lock differ
    document["serialNumber"] = uuid.uuid5(uuid.NAMESPACE_URL, hash_file(root / LOCK)).urn
    document["metadata"].pop("timestamp", None)
    return document


def write_stuklijst(root: Path, folder: Path) -> Path:
    """Write the list as `<naam>-<versie>.cdx.json` in `folder` and give its path. Raises UitgaveError, OSError."""
    document = make_stuklijst(root)
    own = document["metadata"]["component"]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{own['name']}-{own['version']}.cdx.json"
    write_file(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    return path


def find_kwetsbaar(root: Path, adres: str = "") -> tuple[int, str]:
    """Ask whether a locked package is known to be unsafe: (exit code, what to tell).

    `adres`: of the service with advisories (OSV), the public one unless given. Where it does not answer, nothing is
    said to be safe.
    """
    words = ["audit", "--locked", "--preview-features", "audit-command,json-output", "--output-format", "json"]
    done = _uv(root, *words, *(["--service-url", adres] if adres else []))
    try:
        found = json.loads(done.stdout)
        asked = int(found["summary"]["audited_packages"])
        unsafe = sorted({_tell(v) for v in found["vulnerabilities"]} | {str(s) for s in found["adverse_statuses"]})
    except (ValueError, KeyError, TypeError):
        why = " ".join(
            line.strip().removeprefix("error: ") for line in done.stderr.splitlines() if "warning" not in line
        )
        return NIET_GEVRAAGD, (
            f"Niet nagegaan: de lijst met bekende kwetsbaarheden gaf geen antwoord ({why}).\n"
            "Over geen enkel pakket is dus iets gezegd. Vraag het waar api.osv.dev te bereiken is: make kwetsbaar"
        )
    if not asked:
        return NIET_GEVRAAGD, f"Niet nagegaan: er is van geen enkel pakket uit {LOCK} iets gevraagd."
    if not unsafe:
        return VEILIG, f"Van {asked} vastgelegde pakketten is nu geen kwetsbaarheid bekend."
    lines = "\n".join(f"  {line}" for line in unsafe)
    return ONVEILIG, (
        f"Van {asked} vastgelegde pakketten zijn {len(unsafe)} meldingen bekend:\n{lines}\n"
        "Neem een versie waarin het is verholpen met .venv/bin/uv lock --upgrade-package PAKKET; daarna: make check"
    )


def _tell(found: dict[str, Any]) -> str:
    package = found["dependency"]
    fixed = ", ".join(found.get("fix_versions") or ()) or "nog geen versie"
    told = f"{package['name']} {package['version']}: {found['id']}, verholpen in {fixed}."
    return f"{told} {found.get('summary') or ''}".strip()


def main(words: Sequence[str]) -> int:
    """Run `stuklijst MAP` or `kwetsbaar`, in the root of a checkout; give the exit code."""
    root = Path(__file__).parents[1]
    if words[0] == "stuklijst":
        sys.stdout.write(f"Stuklijst van alle vastgelegde pakketten: {write_stuklijst(root, Path(words[1]))}\n")
        return 0
    code, told = find_kwetsbaar(root)
    sys.stdout.write(told + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
