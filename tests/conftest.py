"""Fixtures for every room."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with real data beside the checkout; tests that need it are skipped where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is er niet: deze toets vergelijkt met echte gegevens")
    return folder


@dataclass(frozen=True)
class Publicatie:
    """A run of the whole chain: its exit code, what it printed, and where it kept and published."""

    code: int
    text: str
    opslag: Path
    uitvoer: Path

    @property
    def actueel(self) -> Path:
        """What is published."""
        return self.uitvoer / "actueel"


def run_keten(folder: Path, **settings: Any) -> Publicatie:
    """Run the job as `monitor run` does, below `folder`."""
    from contextlib import redirect_stdout
    from io import StringIO

    from pipelines.run import run_job

    opslag, uitvoer = folder / "opslag", folder / "uitvoer" / settings["bron"].partition(":")[0]
    text = StringIO()
    with redirect_stdout(text):
        code = run_job({"editie": 2026, "opslag": str(opslag), "uit": str(uitvoer)} | settings, uitvoer)
    return Publicatie(code, text.getvalue(), opslag, uitvoer)


@pytest.fixture(scope="session", name="run_keten")
def _run_keten() -> Callable[..., Publicatie]:
    """The function above, for tests with answers of their own."""
    return run_keten


@pytest.fixture(scope="session")
def opname(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Publicatie:
    """The whole chain on captured answers of CBS and the real delivery."""
    return run_keten(
        tmp_path_factory.mktemp("opname"),
        bron=f"opname:{shared_data / 'cbs_v4'}",
        aanlevering=str(shared_data / "brede_welvaart"),
    )


@pytest.fixture(scope="session")
def voorbeeld(tmp_path_factory: pytest.TempPathFactory) -> Publicatie:
    """The whole chain on the embedded sample, as `make monitor` runs it."""
    return run_keten(tmp_path_factory.mktemp("voorbeeld"), bron="voorbeeld")
