"""The list of packages that goes with a release holds the lock, whole; what is not asked is not called safe."""

import json
import threading
import tomllib
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from pipelines.uitgave import NIET_GEVRAAGD, ONVEILIG, VEILIG, UitgaveError, find_kwetsbaar, write_stuklijst
from tests.conftest import ROOT
from tests.stil import KIJK, Stil

LOCKED = [
    p for p in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"] if "editable" not in p["source"]
]


@pytest.fixture(scope="module")
def stuklijst(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    first, again = write_stuklijst(ROOT, folder), write_stuklijst(ROOT, folder / "nog")
    assert first.read_bytes() == again.read_bytes()
    return json.loads(first.read_text(encoding="utf-8"))


def test_it_is_a_document_of_cyclonedx(stuklijst):
    assert (stuklijst["bomFormat"], stuklijst["specVersion"]) == ("CycloneDX", "1.5")
    assert stuklijst["serialNumber"].startswith("urn:uuid:")
    assert stuklijst["metadata"]["component"]["name"] == "stand-van-drenthe"


def test_every_locked_package_is_there_with_its_version_and_all_its_hashes(stuklijst):
    assert len(LOCKED) > 150
    listed = {
        (c["name"], c["version"]): {h["content"] for r in c["externalReferences"] for h in r["hashes"]}
        for c in stuklijst["components"]
    }
    wanted = {
        (p["name"], p["version"]): {
            f["hash"].removeprefix("sha256:") for f in (*p.get("wheels", ()), *filter(None, [p.get("sdist")]))
        }
        for p in LOCKED
    }
    assert listed == wanted
    assert all(hashes for hashes in listed.values())


def test_what_needs_what_is_told(stuklijst):
    refs = {c["bom-ref"] for c in stuklijst["components"]} | {stuklijst["metadata"]["component"]["bom-ref"]}
    told = {d["ref"] for d in stuklijst["dependencies"]}
    assert told <= refs
    assert {r for d in stuklijst["dependencies"] for r in d.get("dependsOn", ())} <= refs


def test_a_lock_that_does_not_fit_the_project_is_refused(tmp_path):
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text(text.replace('"rich>=13.9"', '"rich>=99"'), encoding="utf-8")
    (tmp_path / "uv.lock").write_bytes((ROOT / "uv.lock").read_bytes())
    with pytest.raises(UitgaveError, match=r"(?s)uv kan uv.lock niet lezen.*\.venv/bin/uv lock"):
        write_stuklijst(tmp_path, tmp_path)
    assert not list(tmp_path.glob("*.cdx.json"))


@contextmanager
def osv(unsafe, status=200):
    """A service of advisories on 127.0.0.1 that knows one of each package in `unsafe`."""

    class Answer(Stil, BaseHTTPRequestHandler):
        def give(self, content):
            body = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))["queries"]
            known = [
                {"vulns": [{"id": f"X-{q['package']['name']}"}]} if q["package"]["name"] in unsafe else {}
                for q in asked
            ]
            self.give({"results": known})

        def do_GET(self):
            of = self.path.rpartition("X-")[2]
            ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}]
            affected = [{"package": {"ecosystem": "PyPI", "name": of}, "ranges": ranges}]
            moment = "2026-01-01T00:00:00Z"
            self.give({"id": f"X-{of}", "modified": moment, "summary": "te breken", "affected": affected})

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, args=(KIJK,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_a_package_that_is_known_unsafe_is_named_with_the_version_that_mends_it():
    version = next(p["version"] for p in LOCKED if p["name"] == "jinja2")
    with osv({"jinja2"}) as adres:
        code, told = find_kwetsbaar(ROOT, adres)
    assert code == ONVEILIG
    assert f"jinja2 {version}: X-jinja2, verholpen in 99.0. te breken" in told


def test_none_is_said_of_as_many_packages_as_were_asked():
    with osv(()) as adres:
        code, told = find_kwetsbaar(ROOT, adres)
    assert (code, told) == (VEILIG, f"Van {len(LOCKED)} vastgelegde pakketten is nu geen kwetsbaarheid bekend.")


@pytest.mark.parametrize("status", [None, 500, 403])
def test_without_an_answer_no_package_is_called_safe(status, monkeypatch):
    monkeypatch.setenv("UV_HTTP_RETRIES", "0")
    if status is None:
        with osv(()) as gone:
            pass
        code, told = find_kwetsbaar(ROOT, gone)
    else:
        with osv((), status) as adres:
            code, told = find_kwetsbaar(ROOT, adres)
    assert code == NIET_GEVRAAGD
    assert told.startswith("Niet nagegaan: de lijst met bekende kwetsbaarheden gaf geen antwoord (")
    assert "Over geen enkel pakket is dus iets gezegd" in told
