"""The page of Dagster in a real Chromium, by somebody who opens it for the first time: `make dagster`, and no help."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assets.bron.voorbeeld.server import replay_server
from assets.bron.voorbeeld.storing import Storing
from tests.toegankelijk.conftest import HERE

pytestmark = pytest.mark.toegankelijk

LIMIT_SECONDS = 1800


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@pytest.fixture(scope="module")
def pagina(klein_antwoord: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Storing, Path]]:
    """The page as `make dagster` starts it, with a server on this machine as CBS, and paths relative to a folder."""
    folder, storing, poort = tmp_path_factory.mktemp("dagster"), Storing(), free_port()
    with replay_server(klein_antwoord, faults=storing) as cbs:
        settings = {"BRON": "cbs", "CBS_V3": cbs.v3, "CBS_V4": cbs.v4, "CBS_DERDEN": cbs.derden, "UITVOER": "uitvoer"}
        environ = {k: v for k, v in os.environ.items() if not k.startswith(("MONITOR_", "DAGSTER_"))}
        environ |= {f"MONITOR_{naam}": text for naam, text in settings.items()}
        command = [str(Path(sys.executable).parent / "monitor"), "dagster", "--poort", str(poort)]
        with (folder / "dagster.log").open("w", encoding="utf-8") as log:
            started = subprocess.Popen(command, cwd=folder, env=environ, stdout=log, stderr=log, start_new_session=True)
        try:
            address = f"http://127.0.0.1:{poort}/"
            _wait_for(f"{address}server_info", started, folder / "dagster.log")
            yield address, storing, folder
        finally:
            # as Ctrl+C does, to the command and all that it started
            os.killpg(started.pid, signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                started.wait(60)
            # what did not listen
            with contextlib.suppress(ProcessLookupError):
                os.killpg(started.pid, signal.SIGKILL)


def _wait_for(address: str, started: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert started.poll() is None, log.read_text(encoding="utf-8")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.5)
    raise AssertionError(log.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def gebruikt(pagina: tuple[str, Storing, Path]) -> dict[str, Any]:
    done = subprocess.run(
        ["node", "dagster.mjs", pagina[0]],
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"Chromium of Node stopte: {done.stderr[-2000:]}"
    found: dict[str, Any] = json.loads(done.stdout)
    assert "gestopt" not in found, (found["gestopt"], found.get("scherm"))
    return found


def test_nothing_stands_in_the_way_of_the_first_look(gebruikt: dict[str, Any]) -> None:
    assert "newsletter" not in gebruikt["eerste"] and "Join" not in gebruikt["eerste"]
    assert all(
        group in gebruikt["graaf"] for group in ("bron", "indicator", "kern", "monitor", "bladzijden", "publicatie")
    )


def test_a_newcomer_starts_the_refresh_and_sees_it_come_to_its_end(gebruikt: dict[str, Any]) -> None:
    assert "Haal de bronnen op, bouw alle tabellen, toets ze, schrijf het rapport en publiceer." in gebruikt["taak"]
    assert re.search(r"\bSuccess\b", gebruikt["run"]) and "Failure" not in gebruikt["run"]


def test_it_ran_on_the_settings_of_the_environment(gebruikt: dict[str, Any], pagina: tuple[str, Storing, Path]) -> None:
    _, storing, folder = pagina
    # the source of the environment was asked, and what came of it stands in the folders that it names
    assert any("83625NED" in asked for asked in storing.verzoeken)
    assert (folder / "uitvoer" / "cbs" / "actueel" / "rapport" / "index.html").is_file()
    assert sorted(p.name for p in folder.iterdir()) == ["dagster.log", "opslag", "uitvoer"]


def test_the_checks_are_told_in_dutch(gebruikt: dict[str, Any]) -> None:
    assert "geen onderdrukt cijfer van het register is terug te rekenen" in gebruikt["toetsen"]
    assert "Passed" in gebruikt["toetsen"]


def test_the_link_of_what_was_published_opens_the_report(gebruikt: dict[str, Any]) -> None:
    assert "open het rapport" in gebruikt["publicatie"]
    assert "Stand van" in gebruikt["rapport"]["titel"] and "/rapport/cbs/" in gebruikt["rapport"]["adres"]
    # and its own links lead on
    assert gebruikt["verder"]["adres"] != gebruikt["rapport"]["adres"] and gebruikt["verder"]["titel"]
    assert "Niet gevonden" not in gebruikt["verder"]["titel"]


def test_the_browser_asks_nothing_of_another_machine(gebruikt: dict[str, Any]) -> None:
    assert gebruikt["naarBuiten"] == [] and gebruikt["fouten"] == []
