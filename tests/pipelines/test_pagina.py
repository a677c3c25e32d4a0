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

from pipelines import cli, pagina


def ask(app: Any, path: str, host: str) -> tuple[int, str]:
    """The status and text of what the page answers to a request by this name."""
    came: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
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
    own = DagsterWebserver.build_middleware
    pagina.guard()
    try:
        with (
            dg.instance_for_test() as instance,
            WorkspaceProcessContext(instance, EmptyWorkspaceTarget()) as workspace,
        ):
            yield DagsterWebserver(workspace).create_asgi_app()
    finally:
        DagsterWebserver.build_middleware = own


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
