"""What a night gives reason to tell, as tests make it up, and servers of web and mail that keep what they were sent."""

import json
import socket
import threading
from datetime import UTC, datetime
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import dagster as dg
from aiosmtpd.controller import Controller

from begrippen.redenen import to_json
from pipelines.afloop import read_afloop
from pipelines.instellingen import read
from tests.stil import KIJK, Stil

MAANDAG = datetime(2026, 11, 30, 4, 30, tzinfo=UTC)
GOED = read_afloop([], geslaagd=True)


def poort(tabel, *redenen):
    """A source whose answer was not taken, as Dagster keeps it."""
    data = SimpleNamespace(
        check_name="poort",
        passed=False,
        severity=dg.AssetCheckSeverity.WARN,
        description="",
        asset_key=SimpleNamespace(path=["bron", "cbs", tabel]),
        metadata={"redenen": SimpleNamespace(value=to_json(redenen)), "gebruikt": SimpleNamespace(value="x")},
    )
    return SimpleNamespace(event_type_value="ASSET_CHECK_EVALUATION", asset_check_evaluation_data=data)


def gestuurd(*events, geslaagd=True):
    return read_afloop(events, geslaagd=geslaagd)


def fout(text):
    error = SimpleNamespace(cause=None, cls_name="ValueError", message=f"ValueError: {text}")
    return SimpleNamespace(
        event_type_value="STEP_FAILURE", step_key="bouw", event_specific_data=SimpleNamespace(error=error)
    )


class Ontvanger:
    """A web server that keeps what it was sent, and answers with `code`."""

    def __init__(self):
        self.berichten, self.vragen, self.code = [], [], 200
        outer = self

        class Handler(Stil, BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.berichten.append((self.path, json.loads(body)))
                self.answer()

            def do_GET(self):
                outer.vragen.append(self.path)
                self.answer()

            def answer(self):
                self.send_response(outer.code)
                self.end_headers()

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.adres = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(KIJK,), daemon=True).start()


class Postbus:
    """A mail server that keeps what it was sent: to whom, and the whole letter; it takes nothing while `dicht`."""

    def __init__(self):
        self.brieven, self.dicht = [], False
        outer = self

        class Handler:
            async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the name that aiosmtpd calls
                if outer.dicht:
                    return "451 later"
                outer.brieven.append((envelope.rcpt_tos, envelope.content.decode()))
                return "250 OK"

        # the server wants to know its port: one that is free now
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.poort = free.getsockname()[1]
        self.server = Controller(Handler(), hostname="127.0.0.1", port=self.poort)
        self.server.start()

    def onderwerpen(self):
        """What the letters are about, in the order in which they came."""
        return [str(message_from_bytes(b.encode(), policy=policy.default)["Subject"]) for _, b in self.brieven]


def omgeving(web=None, **extra):
    own = {"MONITOR_WEBHOOK": f"{web.adres}/geheim", "MONITOR_SCHIJF_GB": "0"} if web else {"MONITOR_SCHIJF_GB": "0"}
    return read(own | extra)


def koppen(web):
    return [b["kop"] for _, b in web.berichten]
