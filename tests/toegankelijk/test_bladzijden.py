"""Every page of the report in a real Chromium. And first: that the check sees what is wrong on bad pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from pipelines.cli import cli
from tests.besloten import write_besloten

pytestmark = pytest.mark.toegankelijk

Look = Callable[[Path], dict[str, Any]]
PAGE = """<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Proef</title></head><body><a href="#inhoud">Naar de inhoud</a>
<main id="inhoud" tabindex="-1"><h1>Proef</h1>{}</main></body></html>
"""
PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
# a name, what is planted, and the kind of fault that must come of it
PLANTED = (
    ("alt", f'<img src="{PIXEL}" width="40" height="40">', "axe: image-alt"),
    ("contrast", '<p style="color:#999;background:#fff">Te licht om te lezen.</p>', "axe: color-contrast"),
    ("tabel", '<table><tr><th>Jaar</th></tr><tr><td headers="niets">2025</td></tr></table>', "axe: td-headers-attr"),
    ("kop", '<table><tr><th scope="dag">Jaar</th></tr><tr><td>2025</td></tr></table>', "axe: scope-attr-valid"),
    ("klein", '<button style="display:block;width:9px;height:9px;padding:0">a</button>' * 2, "axe: target-size"),
    ("koppen", "<h3>Zonder tussenkop</h3>", "axe: heading-order"),
    ("breed", '<p style="width:700px">Breder dan een telefoon.</p>', "schuift opzij op 320 px"),
    (
        "kader",
        '<div tabindex="0" style="overflow-x:auto"><p style="width:700px">Breder dan zijn kader.</p></div>',
        "schuift opzij op 320 px",
    ),
    ("buiten", '<img alt="Van elders" src="http://192.0.2.1/a.gif">', "verzoek naar buiten"),
    ("fout", "<script>throw new Error('stuk')</script>", "fout op de bladzijde"),
    ("weg", '<img alt="Weg" src="weg.gif">', "niet gevonden"),
    ("druk", "<style>@media print{p{color:#aaa}}</style><p>Op papier te licht.</p>", "axe: color-contrast"),
)


@pytest.fixture(scope="module")
def planted(look: Look, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("fouten")
    for name, body, _ in PLANTED:
        (folder / f"{name}.html").write_text(PAGE.format(body), encoding="utf-8")
    (folder / "goed.html").write_text(PAGE.format("<p>Niets aan de hand.</p>"), encoding="utf-8")
    elsewhere = PAGE.replace('<a href="#inhoud">Naar de inhoud</a>', '<a href="elders.html">Weg</a>')
    (folder / "sprong.html").write_text(elsewhere.format(""), encoding="utf-8")
    return look(folder)


@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, _, kind in PLANTED], ids=[p[0] for p in PLANTED])
def test_a_planted_fault_is_found(planted: dict[str, Any], name: str, kind: str) -> None:
    # A request does not say which page made it.
    everywhere = kind == "verzoek naar buiten"
    found = [f for f in planted["fouten"] if everywhere or f["bladzijde"].startswith(f"{name}.html")]
    assert kind in {f["soort"] for f in found}
    assert name != "druk" or all("(druk)" in f["bladzijde"] for f in found)


def test_a_missing_skip_link_is_found_and_a_sound_page_has_no_fault(planted: dict[str, Any]) -> None:
    kinds = {f["soort"] for f in planted["fouten"] if f["bladzijde"].startswith("sprong.html")}
    assert "geen link om naar de inhoud te springen" in kinds
    assert not [f for f in planted["fouten"] if f["bladzijde"].startswith("goed.html")]


def test_every_page_is_judged_in_three_widths_and_in_print_without_a_fault(look: Look, rapport: Path) -> None:
    found = look(rapport)
    told = [f"{f['soort']}: {f['bladzijde']} {f['waar']} {f['wat']}" for f in found["fouten"]]
    assert not told, f"{len(told)} fouten:\n" + "\n".join(told[:40])
    assert found["beoordeeld"] == 4 * found["bladzijden"]


def test_the_page_that_goes_with_a_decision_has_no_fault(look: Look, tmp_path: Path, monkeypatch) -> None:
    """A proposal is in no report: its page is written by a command of its own."""
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path / "opslag"))
    besloten, uit = write_besloten(tmp_path / "besloten"), tmp_path / "uit"
    made = CliRunner().invoke(cli, ["beleid", "toets", "--beleid", str(besloten), "--uit", str(uit)])
    assert made.exit_code == 0, made.output
    found = look(uit)
    assert found["fouten"] == [] and found["beoordeeld"] == 4
