"""The page of Dagster, for this machine alone: it answers only to who asked for it by a name of this machine.

It also hands out the reports that runs made, so that the link of an asset opens what it made.

It listens on 127.0.0.1. A web page elsewhere can still have a browser here ask for it, under a name of its own that it
points at this machine (DNS rebinding), and Dagster answers to any name.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from assets.bouw.bouwen import ACTUEEL
from assets.keten import RAPPORTEN, rapport_adres
from begrippen.lijsten import Bronsoort
from pipelines import instellingen

NAMEN = ["127.0.0.1", "localhost"]
PAGINA = "pipelines.pagina"


def find_page(soort: str, bouw: str, path: str) -> Path | None:
    """A file of the report of a build, or of what is published (`actueel`); None where there is none.

    Nothing else is ever given: of what is kept only folders `rapport` below `bouw`, and no file that a link leads to.
    """
    if soort not in get_args(Bronsoort) or not bouw.replace("-", "").isalnum():
        return None
    kept, published = instellingen.opslag() / "bouw" / soort / bouw, instellingen.read().uitvoer / soort / ACTUEEL
    folder = (published if bouw == ACTUEEL else kept).resolve() / "rapport"
    found = (folder / path).resolve()
    return found if found.is_file() and found.is_relative_to(folder) else None


def _route() -> Any:
    from starlette.responses import FileResponse, HTMLResponse
    from starlette.routing import Route

    def give(request: Any) -> Any:
        soort, bouw, path = (request.path_params[naam] for naam in ("soort", "bouw", "path"))
        if (page := find_page(soort, bouw, path)) is not None:
            return FileResponse(page)
        told = "<p>Dit rapport is er niet meer: van wat niet is gepubliceerd, blijven de laatste drie bouwen staan.</p>"
        if soort in get_args(Bronsoort) and find_page(soort, ACTUEEL, "index.html"):
            told += f'<p><a href="{rapport_adres(soort, ACTUEEL)}">Naar het rapport dat nu is gepubliceerd</a></p>'
        return HTMLResponse(f'<!doctype html><html lang="nl"><title>Niet gevonden</title>{told}</html>', 404)

    return Route(f"{RAPPORTEN}/{{soort}}/{{bouw}}/{{path:path}}", give)


def guard() -> None:
    """Have every page of Dagster that this process serves refuse another name than those of this machine."""
    from dagster_webserver.webserver import DagsterWebserver
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    page: Any = DagsterWebserver
    own, routes = page.build_middleware, page.build_routes

    def build(server: Any) -> list[Middleware]:
        return [Middleware(TrustedHostMiddleware, allowed_hosts=NAMEN, www_redirect=False), *own(server)]

    page.build_middleware = build
    # before the last of its own, which takes every address
    page.build_routes = lambda server: [_route(), *routes(server)]


def serve_guarded() -> None:
    """Have `dagster dev` in this process start this page in place of its own."""
    from dagster._cli import dev as module

    dev: Any = module
    start = dev.open_ipc_subprocess

    def open_(parts: Sequence[str], **options: Any) -> Any:
        return start([PAGINA if part == "dagster_webserver" else part for part in parts], **options)

    dev.open_ipc_subprocess = open_


def main() -> None:
    """`dev ...`: as `dagster dev`. Anything else: as `dagster-webserver`, which that starts."""
    dagster: Any
    if sys.argv[1:2] == ["dev"]:
        from dagster._cli import main as develop

        serve_guarded()
        dagster = develop
    else:
        from dagster_webserver.cli import main as serve

        guard()
        dagster = serve
    dagster()


if __name__ == "__main__":
    main()
