"""The history of Dagster in a PostgreSQL that a test starts: a refresh, its events, and no word of the password."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.doctor import examine
from pipelines.geschiedenis import INSTELLING, PRODUCTIE, VARIABELE
from pipelines.home import open_instance

pytestmark = pytest.mark.lang

psycopg2 = pytest.importorskip("psycopg2", reason="maak de omgeving met: make test-lang")
# with what has a meaning in an address, and a word that is found wherever it stands
WACHTWOORD, GESCHREVEN = "zeer/zwijg77@99", "zeer%2Fzwijg77%4099"
GEHEIM = "zwijg77"


@dataclass(frozen=True)
class Server:
    """A PostgreSQL of this test alone: its address, and how it is stopped and started."""

    poort: int
    folder: Path
    bin: Path

    def adres(self, wachtwoord: str = GESCHREVEN) -> str:
        return f"postgresql://monitor:{wachtwoord}@127.0.0.1:{self.poort}/dagster"

    def do(self, *command: str) -> None:
        """Run one of its programs, as a user that is not root: it refuses that one."""
        user = {"user": "postgres"} if os.geteuid() == 0 else {}
        path, *rest = command
        with (self.folder / "programma.log").open("a", encoding="utf-8") as log:
            subprocess.run([str(self.bin / path), *rest], check=True, cwd=self.folder, stdout=log, stderr=log, **user)

    def stop(self) -> None:
        self.do("pg_ctl", "-D", str(self.folder / "data"), "-m", "fast", "-w", "stop")

    def start(self) -> None:
        how = f"-h 127.0.0.1 -p {self.poort} -k {self.folder}"
        log = str(self.folder / "server.log")
        self.do("pg_ctl", "-D", str(self.folder / "data"), "-o", how, "-l", log, "-w", "start")


def find_bin() -> Path | None:
    """The folder with the programs of a server: Debian keeps them out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    there = shutil.which("initdb")
    return found[-1].parent if found else Path(there).parent if there else None


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    bin = find_bin()
    if bin is None:
        pytest.skip("er is hier geen PostgreSQL; op Debian: apt-get install postgresql")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        poort = free.getsockname()[1]
    # not below pytest's folder: another user can not go there
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        here = Server(poort, folder, bin)
        (folder / "wachtwoord").write_text("beheer", encoding="utf-8")
        secret = "--pwfile", str(folder / "wachtwoord"), "--auth", "scram-sha-256"
        here.do("initdb", "-D", str(folder / "data"), "-U", "beheer", "-N", *secret)
        here.start()
        try:
            with closing(psycopg2.connect(f"postgresql://beheer:beheer@127.0.0.1:{poort}/postgres")) as db:
                db.autocommit = True
                db.cursor().execute("CREATE ROLE monitor LOGIN PASSWORD %s", [WACHTWOORD])
                db.cursor().execute("CREATE DATABASE dagster OWNER monitor")
            yield here
        finally:
            here.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def setting(value: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(INSTELLING, value)
        yield


def ask(server: Server, query: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(server.adres())) as db, db.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


@pytest.fixture(scope="module")
def ververst(server, klein_antwoord, tmp_path_factory, run_keten):
    """A refresh with its history there."""
    folder = tmp_path_factory.mktemp("ververst")
    with setting(server.adres()):
        return run_keten(folder, bron=f"opname:{klein_antwoord}")


def test_a_refresh_keeps_its_run_and_its_events_there_and_nothing_in_sqlite(server, ververst) -> None:
    assert ververst.code == 0, ververst.text
    ((run, status),) = ask(server, "SELECT run_id, status FROM runs")
    assert status == "SUCCESS" and (ververst.opslag / "bouw" / "opname" / str(run)).is_dir()
    kinds = dict(ask(server, "SELECT dagster_event_type, count(*) FROM event_logs GROUP BY 1"))
    assert kinds["ASSET_MATERIALIZATION"] > 100 and kinds["ASSET_CHECK_EVALUATION"] > 100
    assert not [p for p in (ververst.opslag / "dagster").rglob("*.db") if p.stat().st_size]


def test_the_password_stands_in_no_file_and_in_nothing_that_is_printed(server, ververst) -> None:
    assert GEHEIM not in ververst.text
    files = [p for p in (ververst.opslag.parent).rglob("*") if p.is_file() and not p.is_symlink()]
    assert len(files) > 100
    assert [p for p in files if GEHEIM.encode() in p.read_bytes()] == []
    with setting(server.adres()), open_instance(ververst.opslag) as instance:
        # as the page of Dagster shows it, and as it goes along to a process of its own
        shown = f"{instance.info_str()} {instance.get_ref()}"
    assert VARIABELE in shown and GEHEIM not in shown
    assert GEHEIM not in PRODUCTIE.read_text(encoding="utf-8")


def test_a_second_refresh_finds_the_first_and_old_ones_go(server, ververst, monkeypatch) -> None:
    from pipelines import opruimen
    from pipelines.keteninstellingen import Plek

    monkeypatch.setattr(opruimen, "RUNS", 0)
    with setting(server.adres()), open_instance(ververst.opslag) as instance:
        assert len(instance.get_runs()) == 1
        opruimen.clear_left(Plek("opname", ververst.opslag, ververst.uitvoer), instance, "nu")
        assert instance.get_runs() == []
    assert ask(server, "SELECT count(*) FROM event_logs WHERE run_id <> ''") == [(0,)]


def run_monitor(folder: Path, postgres: str, *command: str) -> subprocess.CompletedProcess[str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("MONITOR_", "DAGSTER_"))}
    environ |= {"MONITOR_OPSLAG": str(folder / "opslag"), "MONITOR_UITVOER": str(folder / "uitvoer")}
    return subprocess.run(
        [str(Path(sys.executable).parent / "monitor"), *command],
        env=environ | {INSTELLING: postgres},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("adres", "wat"),
    [
        ("", "staat in PostgreSQL, en MONITOR_POSTGRES is leeg"),
        ("fout", "antwoordt niet, of laat deze gebruiker niet toe"),
        ("open", "antwoordt niet, of laat deze gebruiker niet toe"),
        ("mysql://monitor:zwijg77@127.0.0.1/dagster", "is geen adres van een database van PostgreSQL"),
        ("postgresql://monitor:zwijg/77@zwijg77@127.0.0.1/dagster", "is geen adres van een database van PostgreSQL"),
    ],
)
def test_what_can_not_be_reached_is_told_in_dutch_without_the_address(server, ververst, adres, wat) -> None:
    folder = ververst.opslag.parent
    given = {"fout": server.adres("zwijg77verkeerd"), "open": "postgresql://monitor:zwijg77@127.0.0.1:1/dagster"}
    for command in (("dagster",), ("doctor",), ("run", "--bron", f"opname:{folder.parent}", "--opnieuw")):
        done = run_monitor(folder, given.get(adres, adres), *command)
        told = done.stdout + done.stderr
        assert done.returncode == (1 if command[0] == "doctor" else 2), told
        assert wat in told and "Traceback" not in told and GEHEIM not in told and "77@" not in told


def test_doctor_says_when_it_is_well_and_when_the_server_stopped(server, ververst) -> None:
    with setting(server.adres()), pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONITOR_OPSLAG", str(ververst.opslag))
        assert [b.staat for b in examine() if b.onderdeel == "dagster"] == ["goed"]
        server.stop()
        try:
            (found,) = [b for b in examine() if b.onderdeel == "dagster"]
            assert found.staat == "fout" and "psql" in found.vervolg and GEHEIM not in f"{found.wat}{found.vervolg}"
        finally:
            with suppress(subprocess.CalledProcessError):
                server.start()
