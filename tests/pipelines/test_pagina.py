"""The page of Dagster answers to a name of this machine, and to no name that a web page elsewhere points at it."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster._cli import dev
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import EmptyWorkspaceTarget
from dagster_webserver.webserver import DagsterWebserver

from assets.keten import rapport_adres
from pipelines import cli, pagina


def ask(app: Any, path: str, host: str) -> tuple[int, str]:
    """The status and text of what the page answers to a request by this name."""
    came: list[dict[str, Any]] = []

    asked: list[int] = []

    async def receive() -> dict[str, Any]:
        if asked:
            # who asks stays on the line until all was sent
            await asyncio.Event().wait()
        asked.append(1)
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        came.append(message)

    where, _, query = path.partition("?")
    scope = {"type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": where, "root_path": ""}
    scope |= {"raw_path": where.encode(), "query_string": query.encode(), "headers": [(b"host", host.encode())]}
    asyncio.run(app(scope | {"server": ("127.0.0.1", 3000), "client": ("127.0.0.1", 1)}, receive, send))
    return came[0]["status"], b"".join(m.get("body", b"") for m in came).decode()


@pytest.fixture(scope="module")
def app():
    own, routes = DagsterWebserver.build_middleware, DagsterWebserver.build_routes
    pagina.guard()
    try:
        with (
            dg.instance_for_test() as instance,
            WorkspaceProcessContext(instance, EmptyWorkspaceTarget()) as workspace,
        ):
            yield DagsterWebserver(workspace).create_asgi_app()
    finally:
        DagsterWebserver.build_middleware, DagsterWebserver.build_routes = own, routes


@pytest.mark.parametrize("host", ["127.0.0.1:3000", "localhost:3000", "127.0.0.1"])
def test_a_name_of_this_machine_is_answered(app, host):
    assert ask(app, "/server_info", host)[0] == 200


@pytest.mark.parametrize("path", ["/", "/server_info", "/graphql?query={version}"])
@pytest.mark.parametrize("host", ["elders.example:3000", "127.0.0.1.elders.example", "", "0.0.0.0", "localhost.elders"])
def test_any_other_name_is_refused(app, path, host):
    status, text = ask(app, path, host)
    assert status == 400 and "dagster" not in text.lower()


def test_the_command_starts_this_page(monkeypatch):
    started = []
    monkeypatch.setattr(dev, "open_ipc_subprocess", lambda parts, **_: started.append(parts))
    pagina.serve_guarded()
    dev.open_ipc_subprocess([sys.executable, "-m", "dagster_webserver", "--port", "3000"], pass_fds=[])
    assert started == [[sys.executable, "-m", "pipelines.pagina", "--port", "3000"]]
    assert '"pipelines.pagina", "dev"' in Path(cli.__file__).read_text(encoding="utf-8")


@pytest.fixture
def rapporten(tmp_path, monkeypatch):
    """What is kept and published below a folder: a build with a report, published, and a secret beside it."""
    bouw = tmp_path / "opslag" / "bouw" / "cbs" / "0b6c-1"
    (bouw / "rapport" / "data").mkdir(parents=True)
    (bouw / "rapport" / "index.html").write_text("<title>Stand</title>", encoding="utf-8")
    (bouw / "monitor.duckdb").write_text("alles", encoding="utf-8")
    (bouw / "rapport" / "weg.csv").symlink_to(bouw / "monitor.duckdb")
    (tmp_path / "opslag" / "vertrouwelijk").mkdir()
    (tmp_path / "opslag" / "vertrouwelijk" / "sleutel").write_text("alles", encoding="utf-8")
    (tmp_path / "uitvoer" / "cbs").mkdir(parents=True)
    (tmp_path / "uitvoer" / "cbs" / "actueel").symlink_to(bouw)
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path / "opslag"))
    monkeypatch.setenv("MONITOR_UITVOER", str(tmp_path / "uitvoer"))
    return bouw


@pytest.mark.parametrize("bouw", ["0b6c-1", "actueel"])
def test_the_report_of_a_build_and_of_what_is_published_opens(app, rapporten, bouw):
    assert ask(app, rapport_adres("cbs", bouw), "127.0.0.1:3000") == (200, "<title>Stand</title>")
    # by a name of this machine alone, as every page
    assert ask(app, rapport_adres("cbs", bouw), "elders.example:3000")[0] == 400


def test_a_report_that_is_gone_leads_to_the_one_that_is_published(app, rapporten):
    status, text = ask(app, rapport_adres("cbs", "weg"), "127.0.0.1:3000")
    assert status == 404 and f'href="{rapport_adres("cbs", "actueel")}"' in text


@pytest.mark.parametrize(
    "path",
    [
        *("/rapport/cbs/0b6c-1/../monitor.duckdb", "/rapport/cbs/0b6c-1/weg.csv", "/rapport/cbs/0b6c-1/data"),
        *("/rapport/cbs/../index.html", "/rapport/vertrouwelijk/actueel/sleutel", "/rapport/cbs/./index.html"),
        *("/rapport/cbs/0b6c-1/../../../../vertrouwelijk/sleutel", "/rapport/cbs/%2e%2e/sleutel", "/rapport/x/y/z"),
    ],
)
def test_nothing_else_of_what_is_kept_is_ever_handed_out(app, rapporten, path):
    status, text = ask(app, path, "127.0.0.1:3000")
    # what is no address of a report is for Dagster's own page
    assert "alles" not in text and (status == 404 or "Stand" not in text)
    soort, _, rest = path.removeprefix("/rapport/").partition("/")
    bouw, _, file = rest.partition("/")
    assert pagina.find_page(soort, bouw, file) is None
