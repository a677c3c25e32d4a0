"""Fixtures for every room."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
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
    if (register := settings.pop("registerkluis", None)) is not None:
        shutil.copytree(register, opslag / "vertrouwelijk")
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


# The years of the generated register that a test of the chain needs: those of published figures, the base year of the
# index, two pairs that follow each other, and both classifications. All 21 would take a minute more.
REGISTERJAREN = (2006, 2008, 2016, 2019, 2022, 2023, 2025, 2026)


@pytest.fixture(scope="session")
def registerkluis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A confidential store with some years of the generated register, to copy into an `opslag`."""
    from assets.register.kluis import Kluis
    from assets.register.levering import import_delivery
    from assets.register.voorbeeld import generate
    from assets.register.voorbeeld_levering import write_delivery

    folder = tmp_path_factory.mktemp("kluis")
    kluis = Kluis(folder, "voorbeeld")
    for frame in generate():
        jaar = int(frame["jaar"].iloc[0])
        if jaar in REGISTERJAREN:
            path = folder / f"levering_{jaar}.csv"
            write_delivery(frame, path)
            import_delivery(path, f"{jaar}-04-01", kluis, datetime(2026, 4, 1, tzinfo=UTC))
            path.unlink()
    return folder / "vertrouwelijk"


@pytest.fixture(scope="session")
def voorbeeld(tmp_path_factory: pytest.TempPathFactory, registerkluis: Path) -> Publicatie:
    """The whole chain on the embedded sample, as `make monitor` runs it, but for the years of its register."""
    return run_keten(tmp_path_factory.mktemp("voorbeeld"), bron="voorbeeld", registerkluis=registerkluis)
