"""Settings from the environment: the edge where the outside comes in, and the only place that reads it."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, cast

from begrippen.fout import MonitorError

if TYPE_CHECKING:
    # These bring DuckDB and Dagster along, which `monitor --help` should not wait for.
    from assets.bron.fetch import Adressen
    from assets.keten import Soort
    from assets.register.bescherming.parameters import Parameters

ROOT = Path(__file__).parent.parent
# What editors write, and what the environment is made from.
EDITIES, LOCK = ROOT / "gebied" / "drenthe" / "edities", ROOT / "uv.lock"

# The edition that is being made; the biennial report is of the even years.
EDITIE = 2026


class InstellingError(MonitorError):
    """A setting or option that can not be used; the message says which and what can."""

    code = "gebruik"


@dataclass(frozen=True)
class Bronkeuze:
    """The kind of source, and for a replay the folder with captured answers."""

    soort: Soort
    folder: Path | None = None


def parse_bron(text: str) -> Bronkeuze:
    """Read 'voorbeeld', 'cbs' or 'opname:DIR'. Raises InstellingError."""
    soort, _, rest = text.partition(":")
    if soort in {"voorbeeld", "cbs"} and not rest:
        return Bronkeuze(cast("Soort", soort))
    if soort == "opname" and rest:
        folder = Path(rest)
        if not folder.is_dir():
            raise InstellingError(f"--bron opname: de map {rest} bestaat niet; geef de map met opgenomen antwoorden")
        return Bronkeuze("opname", folder)
    raise InstellingError(f"--bron {text}: kies voorbeeld, cbs of opname:MAP")


def parse_soort(text: str) -> Soort:
    """Read a kind of source: as `parse_bron`, but a replay needs no folder. Raises InstellingError."""
    return "opname" if text.partition(":")[0] == "opname" else parse_bron(text).soort


def addresses() -> Adressen:
    """Where the catalogues of CBS answer: MONITOR_CBS_V3, MONITOR_CBS_V4, MONITOR_CBS_DERDEN, or the usual ones."""
    from assets.bron.fetch import Adressen

    usual = Adressen()
    return Adressen(
        v3=os.environ.get("MONITOR_CBS_V3", usual.v3).rstrip("/"),
        v4=os.environ.get("MONITOR_CBS_V4", usual.v4).rstrip("/"),
        derden=os.environ.get("MONITOR_CBS_DERDEN", usual.derden).rstrip("/"),
    )


def registerregels() -> Parameters:
    """The rules of disclosure control: MONITOR_REGISTER_MINIMUM, _P and _JAARMARGE, or those of the sample.

    Raises InstellingError for a value that is no number, or none that a rule can have.
    """
    from assets.register.bescherming.parameters import Parameters

    usual = Parameters()

    def number(name: str, value: float) -> float:
        text = os.environ.get(name, "").strip()
        try:
            return float(text.replace(",", ".")) if text else value
        except ValueError:
            raise InstellingError(f"{name}: '{text}' is geen getal") from None

    minimum = number("MONITOR_REGISTER_MINIMUM", usual.minimum)
    if minimum != int(minimum):
        raise InstellingError(f"MONITOR_REGISTER_MINIMUM: '{minimum}' is geen aantal ondernemingen")
    try:
        return Parameters(
            minimum=int(minimum),
            p=number("MONITOR_REGISTER_P", usual.p),
            jaarmarge=number("MONITOR_REGISTER_JAARMARGE", usual.jaarmarge),
        )
    except ValueError as error:
        raise InstellingError(str(error)) from None


def use_register() -> bool:
    """Whether the schedule takes the confidential register along: MONITOR_REGISTER is 1."""
    return os.environ.get("MONITOR_REGISTER", "") == "1"


def opslag() -> Path:
    """What is kept: MONITOR_OPSLAG, or opslag/ below the current folder."""
    return Path(os.environ.get("MONITOR_OPSLAG", "opslag")).resolve()


def uitvoer(soort: Soort, uit: Path | None = None) -> Path:
    """What is published: the folder in which the link `actueel` stands."""
    return uit.resolve() if uit else Path(os.environ.get("MONITOR_UITVOER", "uitvoer")).resolve() / soort


def code_versie() -> str:
    """The version of this code: that of the package, and the commit where there is one."""
    package = version("stand-van-drenthe")
    try:
        commit = subprocess.run(
            ["git", "describe", "--always", "--dirty=-gewijzigd"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return package
    return f"{package}+{commit}"
