"""The page of Dagster, for this machine alone: it answers only to who asked for it by a name of this machine.

It listens on 127.0.0.1. A web page elsewhere can still have a browser here ask for it, under a name of its own that it
points at this machine (DNS rebinding), and Dagster answers to any name.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

NAMEN = ["127.0.0.1", "localhost"]
PAGINA = "pipelines.pagina"


def guard() -> None:
    """Have every page of Dagster that this process serves refuse another name than those of this machine."""
    from dagster_webserver.webserver import DagsterWebserver
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    page: Any = DagsterWebserver
    own = page.build_middleware

    def build(server: Any) -> list[Middleware]:
        return [Middleware(TrustedHostMiddleware, allowed_hosts=NAMEN, www_redirect=False), *own(server)]

    page.build_middleware = build


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
