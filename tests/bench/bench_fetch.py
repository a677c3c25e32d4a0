"""Our fetch against `cbsodata.get_data`: 300,000 rows x 10 columns over v3, from a local server in its own process.

    python tests/bench/bench_fetch.py [--herhaal 3] [--tabellen 1] [--standen 4] [--oud MAP]

Both sides run as whole processes, imports included, one after the other in the same run; a first run of each that is
not counted fills the server's memory with its pages, so that making them is not measured. `cbsodata` asks for no
compression, so it gets plain text; ours is measured against a server that compresses and one that does not. With
`--oud` an older tree of this house (`git worktree add MAP COMMIT`) is measured beside it, each in turn. A run fetches
many tables in a process: `--tabellen` says how many, one after the other. `--standen` is how many of the four settings
(pause, compression) are measured.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tests.bench.maat import maat, van

TABEL = "70000NED"
# how many tables a process fetches, for the processes that are measured
TABELLEN = "BENCH_TABELLEN"
PAGE = 10_000
# what CBS writes before the link to a next page
CBS = "http://opendata.cbs.nl"
REGIOS = ["NL01", *(f"PV{n}" for n in range(20, 32)), *(f"CR{n:02}" for n in range(1, 41))]
REGIOS += [f"GM{n:04}" for n in range(1, 401 - len(REGIOS))]
GESLACHTEN = ["T001038", "3000", "4000"]
PERIODEN = [f"{year}MM{month:02}" for year, month in itertools.product(range(2006, 2027), range(1, 13))][
    : maat(250, 24)
]
TOPICS = [f"Onderwerp_{n}" for n in range(1, 7)]
ROWS = len(REGIOS) * len(GESLACHTEN) * len(PERIODEN)


@cache
def rows(typed: bool) -> list[str]:
    """Give every row as JSON, period after period; ID, three dimensions and six topics."""
    draw = random.Random(1)
    found = []
    for number, (periode, geslacht, regio) in enumerate(itertools.product(PERIODEN, GESLACHTEN, REGIOS)):
        values = [draw.randrange(10_000_000) / 10 if draw.random() > 0.05 else None for _ in TOPICS]
        cells = [f"{v}" if typed else f'"{v!s:>12}"' for v in values]
        empty = "null" if typed else '"           ."'
        topics = ",".join(f'"{t}":{empty if v is None else c}' for t, v, c in zip(TOPICS, values, cells, strict=True))
        found.append(
            f'{{"ID":{number},"Geslacht":"{geslacht:<7}","RegioS":"{regio:<6}","Perioden":"{periode}",{topics}}}'
        )
    return found


def metadata(name: str) -> list[dict]:
    """Give a metadata answer."""
    if name == "":
        names = ["TableInfos", "UntypedDataSet", "TypedDataSet", "DataProperties", "CategoryGroups"]
        return [{"name": n, "url": ""} for n in [*names, "Geslacht", "RegioS", "Perioden"]]
    if name == "TableInfos":
        return [{"Identifier": TABEL, "Title": "Meting", "Modified": "2026-01-01T02:00:00", "OutputStatus": "Regulier"}]
    if name == "DataProperties":
        kinds = {"Geslacht": "Dimension", "RegioS": "GeoDimension", "Perioden": "TimeDimension"}
        dims = [{"ID": i, "ParentID": None, "Type": k, "Key": n, "Title": n} for i, (n, k) in enumerate(kinds.items())]
        topic = {"ParentID": None, "Type": "Topic", "Datatype": "Double", "Unit": "aantal", "Decimals": 1}
        return dims + [topic | {"ID": 10 + i, "Key": t, "Title": t} for i, t in enumerate(TOPICS)]
    if name == "CategoryGroups":
        return []
    codes = {"Geslacht": [f"{g:<7}" for g in GESLACHTEN], "RegioS": [f"{r:<6}" for r in REGIOS], "Perioden": PERIODEN}
    return [{"Key": c, "Title": f"titel {c.strip()}", "Description": ""} for c in codes[name]]


@cache
def answer(path: str, query: str) -> tuple[bytes, bytes]:
    """Give the body of an address, plain and compressed."""
    options = {k: v[0] for k, v in parse_qs(query).items()}
    name = path.split(f"/{TABEL}/", 1)[1]
    if not name.startswith(("Typed", "Untyped")):
        body = json.dumps({"odata.metadata": "x", "value": metadata(name)}).encode()
        return body, gzip.compress(body, 1)
    asked = re.findall(r"startswith\(Perioden,'(\d+MM)'\)|Perioden eq '(\w+)'", options.get("$filter", ""))
    prefixes = tuple(a or b for a, b in asked) or ("",)
    each = len(GESLACHTEN) * len(REGIOS)
    chosen = [i for i, p in enumerate(PERIODEN) if p.startswith(prefixes)]
    count = each * len(chosen)
    if name.endswith("$count"):
        return str(count).encode(), gzip.compress(str(count).encode())
    skip = int(options.get("$skip", 0))
    first = chosen[0] * each + skip
    part = rows(name.startswith("Typed"))[first : first + min(PAGE, count - skip)]
    body = '{"odata.metadata":"x","value":[' + ",".join(part) + "]"
    if skip + PAGE < count:
        link = re.sub(r"&\$skip=\d+", "", query) + f"&$skip={skip + PAGE}"
        body += ',"odata.nextLink":' + json.dumps(f"{CBS}{path}?{link}")
    return (body + "}").encode(), gzip.compress((body + "}").encode(), 1)


class Handler(BaseHTTPRequestHandler):
    """Answers from memory, after a pause for each page of rows."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    pause = 0.0
    compress = True
    open = most = 0
    lock = threading.Lock()

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path == "/instelling":
            options = parse_qs(address.query)
            Handler.pause, Handler.compress = float(options["pauze"][0]), options["gzip"] == ["1"]
            plain = packed = str(Handler.most).encode()
            Handler.most = 0
        else:
            with Handler.lock:
                Handler.open += 1
                Handler.most = max(Handler.most, Handler.open)
            plain, packed = answer(address.path, address.query)
            if "DataSet?" in self.path:
                time.sleep(Handler.pause)
            with Handler.lock:
                Handler.open -= 1
        zipped = Handler.compress and "gzip" in self.headers.get("Accept-Encoding", "")
        body = packed if zipped else plain
        if not zipped and f'"odata.nextLink":"{CBS}'.encode() in body[-2000:]:
            # cbsodata follows the link as it is; ours takes the origin that it asked at
            head, tail = body[:-2000], body[-2000:]
            body = head + tail.replace(CBS.encode(), f"http://{self.headers['Host']}".encode())
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        if zipped:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve() -> None:
    """Serve until the parent goes away; the first line of output is the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()


def ours(host: str) -> None:
    """Fetch as a run does: metadata, pages kept, the gate, and the Parquet made of them."""
    from datetime import UTC, datetime

    from assets.bron.bronlijst import Brontabel
    from assets.bron.fetch import Adressen, fetch_tabel
    from assets.bron.momentopname import Archief

    tabel = Brontabel.model_validate(
        {
            "id": TABEL,
            "titel": "Meting",
            "api": "v3",
            "zekerheid": "K",
            "dimensies": {
                "Geslacht": {"soort": "uitsplitsing", "codes": {g: f"titel {g}" for g in GESLACHTEN}},
                "RegioS": {"soort": "regio", "regios": ["NL01", "PV*", "CR*", "GM*"]},
                "Perioden": {"soort": "periode", "vanaf": 2006, "periodesoorten": ["MM"]},
            },
            "onderwerpen": {
                t.lower(): {"titel": t, "eenheid": "aantal", "decimalen": 1, "zekerheid": "K"} for t in TOPICS
            },
        }
    )
    for _ in range(int(os.environ.get(TABELLEN, "1"))):
        with tempfile.TemporaryDirectory() as folder:
            uitkomst = fetch_tabel(
                tabel, Adressen(v3=f"http://{host}"), Archief(Path(folder), "voorbeeld"), lambda: datetime.now(UTC)
            )
            assert uitkomst.momentopname is not None, uitkomst.reden
            assert uitkomst.momentopname.eigenschappen["rijen"] == ROWS * len(TOPICS)


def theirs(host: str) -> None:
    """Fetch with `cbsodata.get_data`, as its own page shows."""
    import cbsodata

    cbsodata.options.use_https = False
    for _ in range(int(os.environ.get(TABELLEN, "1"))):
        assert len(cbsodata.get_data(TABEL, catalog_url=host, timeout=120)) == ROWS


def theirs_to_parquet(host: str) -> None:
    """Fetch with `cbsodata.get_data` and store the rows, the usual way: what a build could read."""
    import cbsodata
    import pandas as pd

    cbsodata.options.use_https = False
    for _ in range(int(os.environ.get(TABELLEN, "1"))):
        with tempfile.TemporaryDirectory() as folder:
            found = pd.DataFrame(cbsodata.get_data(TABEL, catalog_url=host, timeout=120))
            found.to_parquet(Path(folder, "rijen.parquet"))


SIDES = {"cbsodata": theirs, "cbsodata met Parquet": theirs_to_parquet, "wij": ours}
OUD = "wij, oud"
# seconds before each page of rows, and whether the server compresses
STANDEN = tuple(itertools.product((0.0, 0.25), (True, False)))


def run(side: str, host: str, older: Path | None) -> tuple[float, float, float]:
    """Run one side as a process of its own: seconds, seconds of the processor, and peak memory in MB."""
    start = time.perf_counter()
    asked = [sys.executable, __file__, "wij" if side == OUD else side, host]
    process = subprocess.Popen(asked, env=van(older if side == OUD else None))
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"{side} mislukte; draai: {sys.executable} {__file__} {side} {host}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def ask(host: str, pause: float, compress: bool) -> int:
    """Set how the server behaves; gives the most requests it had under way since the last time."""
    from urllib.request import urlopen

    with urlopen(f"http://{host}/instelling?pauze={pause}&gzip={int(compress)}") as reply:
        return int(reply.read())


def main() -> None:
    """Measure and print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wie", nargs="?", choices=["meet", "server", *SIDES], default="meet")
    parser.add_argument("host", nargs="?", default="")
    parser.add_argument("--herhaal", type=int, default=3)
    parser.add_argument("--tabellen", type=int, default=1)
    parser.add_argument("--standen", type=int, default=len(STANDEN))
    parser.add_argument("--oud", type=Path, metavar="MAP")
    arguments = parser.parse_args()
    if arguments.wie == "server":
        serve()
    elif arguments.wie != "meet":
        SIDES[arguments.wie](arguments.host)
    else:
        os.environ[TABELLEN] = str(arguments.tabellen)
        measure(arguments.herhaal, arguments.oud, arguments.standen)


def measure(repeat: int, older: Path | None, settings: int) -> None:
    """Run every side `repeat` times in each of the first settings, and print the medians."""
    # of two versions only the two: what each does to the machine is then the same for both
    sides = ["wij", OUD] if older else list(SIDES)
    server = subprocess.Popen([sys.executable, __file__, "server"], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        host = f"127.0.0.1:{int(server.stdout.readline())}"
        head = ("pauze", "gzip", "wie", "tijd", "rekentijd", "geheugen", "wij zijn sneller", "wij gebruiken", "open")
        print("| " + " | ".join(head) + " |\n" + "|---" * len(head) + "|")
        for pause, compress in STANDEN[:settings]:
            ask(host, pause, compress)
            for side in sides:
                run(side, host, older)  # not counted: the server makes its pages
            found: dict[str, list[tuple[float, float, float]]] = {side: [] for side in sides}
            most = dict.fromkeys(sides, 0)
            for _ in range(repeat):
                for side in sides:
                    ask(host, pause, compress)
                    found[side].append(run(side, host, older))
                    most[side] = max(most[side], ask(host, pause, compress))
            median = {side: [statistics.median(c) for c in zip(*found[side], strict=True)] for side in sides}
            for side, (seconds, cpu, memory) in median.items():
                ours_seconds, _, ours_memory = median["wij"]
                cells = (
                    f"{pause * 1000:.0f} ms",
                    "ja" if compress else "nee",
                    side,
                    f"{seconds:.2f} s",
                    f"{cpu:.2f} s",
                    f"{memory:.0f} MB",
                    f"{seconds / ours_seconds:.1f} keer",
                    f"{ours_memory / memory:.2f} deel",
                    str(most[side]),
                )
                print(("| " + " | ".join(cells) + " |").replace(".", ","), flush=True)
    finally:
        server.kill()
        server.wait()


if __name__ == "__main__":
    main()
