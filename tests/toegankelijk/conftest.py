"""A report to look at, a server on this machine that hands it out, and the browser that looks."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from assets.rapport.schrijven import write_rapport
from tests.rapport.voorbeeldbouw import write_database
from tests.stil import KIJK, StilleMap

HERE = Path(__file__).parent
# Far more than it takes: the report of the whole sample on a busy machine.
LIMIT_SECONDS = 3000


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rapport", default="", help="map met een gemaakt rapport; zonder deze: een klein rapport")


@pytest.fixture(scope="session")
def rapport(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the report that is judged: the one named, or one of few figures and all kinds of page."""
    if named := request.config.getoption("--rapport"):
        folder = Path(named).resolve()
        assert (folder / "index.html").exists(), f"{folder} is geen rapport: maak het met make monitor"
        return folder
    root = tmp_path_factory.mktemp("rapport")
    return write_rapport(write_database(root / "monitor.duckdb"), root).parent


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Hand out a folder on this machine, on a free port; gives the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StilleMap, directory=str(folder)))
    thread = Thread(target=server.serve_forever, args=(KIJK,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()


def look(folder: Path) -> dict[str, Any]:
    """What the browser finds on all pages of a folder: `fouten`, and how many times a page was judged."""
    pages = sorted(str(p.relative_to(folder)) for p in folder.rglob("*.html"))
    assert pages, f"in {folder} staat geen bladzijde"
    with serve(folder) as address:
        done = subprocess.run(
            ["node", "bekijk.mjs", address, *pages],
            cwd=HERE,
            capture_output=True,
            text=True,
            timeout=LIMIT_SECONDS,
            check=False,
        )
    assert done.returncode == 0, f"Chromium of Node stopte: {done.stderr[-2000:]}"
    return {"bladzijden": len(pages)} | json.loads(done.stdout)


@pytest.fixture(scope="session", name="look")
def _look() -> Callable[[Path], dict[str, Any]]:
    return look
