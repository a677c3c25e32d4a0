"""Dagster's home: a folder under opslag/, where the root dagster.yaml is copied at each start.

Dagster reads its settings from its home only; without the copy the file in the root of the project would do nothing.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from dagster import DagsterInstance

from begrippen.plekken import geleverd


def prepare_home(opslag: Path) -> Path:
    """Make Dagster's home under `opslag` (absolute), refresh its dagster.yaml, point the environment at it."""
    home = (opslag / "dagster").resolve()
    home.mkdir(parents=True, exist_ok=True)
    beside = home / f"dagster.yaml.{os.getpid()}"
    shutil.copyfile(geleverd("dagster.yaml"), beside)
    beside.replace(home / "dagster.yaml")
    os.environ["DAGSTER_HOME"] = str(home)
    return home


def open_instance(opslag: Path) -> DagsterInstance:
    """The Dagster instance of this `opslag`, with the settings of the root dagster.yaml."""
    return DagsterInstance.from_config(str(prepare_home(opslag)))
