"""The page to explore in a real Chromium: states that can be shared, what a keyboard and axe find, fifty questions."""

from __future__ import annotations

import csv
import io
import json
import os
import statistics
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from begrippen.gebied import gekozen
from reports.getallen import format_getal, format_periode, format_punt, format_waarde, with_eenheid
from tests.toegankelijk.conftest import HERE, serve
from tests.toegankelijk.keuze import Keuze

pytestmark = pytest.mark.toegankelijk

VRAGEN = yaml.safe_load((HERE.parent / "verkenvragen.yaml").read_text(encoding="utf-8"))
GOED_GENOEG = 45
# How many times the first answer on a slow telephone is waited for: `make verken` measures it.
KEER = int(os.environ.get("VERKEN_KEER") or 1)
# Part of a picture that two ways of drawing the same letters may differ in.
ANDERS = 0.01


def use(
    address: str,
    vragen: Sequence[str] = (),
    *,
    standen: Sequence[str] = (),
    gemaakt: Sequence[Any] = (),
    haperend: Mapping[str, str] | None = None,
) -> Any:
    done = subprocess.run(
        ["node", "verken.mjs", address],
        cwd=HERE,
        input=json.dumps(
            {"vragen": vragen, "standen": standen, "gemaakt": gemaakt, "haperend": haperend, "keer": KEER}
        ),
        capture_output=True,
        text=True,
        timeout=1500,
        check=False,
    )
    assert done.returncode == 0, f"Chromium of Node stopte: {done.stderr[-2000:]}"
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def keuze(rapport: Path) -> Keuze:
    return Keuze(rapport)


@pytest.fixture(scope="module")
def gebruikt(keuze: Keuze) -> dict[str, Any]:
    with serve(keuze.folder) as address:
        return use(address, standen=keuze.standen(), gemaakt=keuze.gemaakt(), haperend=keuze.haperend())


def test_nothing_goes_wrong_and_nothing_is_asked_of_elsewhere(gebruikt: dict[str, Any]) -> None:
    assert gebruikt["fouten"] == []


def test_axe_finds_nothing_in_any_state_in_three_widths(gebruikt: dict[str, Any], keuze: Keuze) -> None:
    assert len(gebruikt["standen"]) == len(keuze.standen()) and all(s["antwoord"] for s in gebruikt["standen"])
    found = [b for s in gebruikt["standen"] for b in s["bevonden"]]
    print(f"\naxe: {len(found)} meldingen in {len(gebruikt['standen'])} standen op drie breedten")
    assert found == []


def check_again(gemaakt: list[dict[str, Any]]) -> None:
    """What a link shows in a browser that was never here is what was on the screen where it was copied."""
    for g in gemaakt:
        assert g["weer"] == g["eerste"], g["adres"]
    seen = [json.dumps(g["eerste"]) for g in gemaakt]
    assert len(set(seen)) == len(seen) and all("<svg" in s for s in seen)


def test_the_link_of_a_state_opens_that_state_in_a_browser_that_was_never_here(
    gebruikt: dict[str, Any], keuze: Keuze
) -> None:
    assert len(gebruikt["gemaakt"]) == len(keuze.gemaakt())
    check_again(gebruikt["gemaakt"])


def test_the_picture_that_is_saved_is_the_one_on_the_screen(gebruikt: dict[str, Any], keuze: Keuze) -> None:
    voorbeeld = "oorbeeldcijfers" in keuze.lijst["melding"]
    for g in gebruikt["gemaakt"]:
        assert g["verschil"] < ANDERS, g["adres"]
        # and no other picture is taken for it
        assert g["vorige"] is None or g["vorige"] > 5 * ANDERS, g["adres"]
        assert ("oorbeeldcijfers" in g["svg"]) == voorbeeld and f'aria-label="{svg_naam(g)}' in g["svg"]


def svg_naam(g: dict[str, Any]) -> str:
    """What the drawing on the screen is called, as it stands in a file."""
    drawn = next(w for w in g["weer"]["werk"] if w.startswith("<svg"))
    return drawn.split('aria-label="')[1].split('"')[0]


def test_the_file_that_is_saved_holds_each_figure_on_the_screen_and_no_other(
    gebruikt: dict[str, Any], keuze: Keuze
) -> None:
    empty = 0
    for g in gebruikt["gemaakt"]:
        rows = list(csv.DictReader(io.StringIO(g["csv"].removeprefix("\ufeff")), delimiter=";"))
        shown = {(gebied, periode): cijfer for gebied, periode, cijfer in g["cellen"]}
        assert len(rows) == len({(r["regio"], r["periode_naam"]) for r in rows}) > 3
        for r in rows:
            waarde = float(r["waarde"].replace(",", ".")) if r["waarde"] else None
            wanted = format_waarde(waarde, g["decimalen"], r["status"], r["leeg_reden"] or None)
            wanted += "\u2248" if "benadering" in r["opmerking"] else ""
            assert shown.pop((r["regio"], r["periode_naam"])) == wanted, (g["adres"], r)
            assert (waarde is None) == bool(r["leeg_reden"]), "wat mist heeft een reden en is geen 0"
            empty += waarde is None
        # what is left on the screen has no row in the source
        assert set(shown.values()) <= {format_punt(None, 0)}, (g["adres"], shown)
        assert all(naam.startswith(rows[0]["indicator"]) for naam in g["namen"])
    assert empty or not keuze.heeft_gat


def test_figures_that_are_not_there_leave_no_picture_and_save_nothing(gebruikt: dict[str, Any], keuze: Keuze) -> None:
    mist = gebruikt["haperend"]["mist"]
    assert mist["kop"] == keuze.haperend()["naam"] and mist["beeld"] == mist["bewaard"] == 0
    assert set(mist["gemeld"]) == {"Er is niets om te bewaren."}


def test_what_was_asked_for_last_is_shown_also_when_it_came_first(gebruikt: dict[str, Any]) -> None:
    laat = gebruikt["haperend"]["laat"]
    assert laat["geladen"] and laat["kop"] == laat["gekozen"]


def test_a_keyboard_reaches_everything_in_the_order_of_reading_and_hears_what_changed(gebruikt: dict[str, Any]) -> None:
    bereikt = gebruikt["toetsen"]["bereikt"]
    order = ["verken-zoek", "verken-indicator", "verken-gebied", "verken-v-nl", "verken-t-lijn", "Kopieer link"]
    places = [bereikt.index(naam) for naam in order]
    assert places == sorted(places)
    assert gebruikt["toetsen"]["gemeld"].startswith("Vergeleken met")


def test_the_first_view_is_light_enough_for_a_slow_telephone(gebruikt: dict[str, Any]) -> None:
    seen = gebruikt["telefoon"]
    seconds = [f"{ms / 1000:.1f}" for ms in sorted(seen["ms"])]
    middle, load = statistics.median(seen["ms"]) / 1000, os.getloadavg()[0]
    print(f"\neerste beeld: {seen['bytes'] / 1000:.0f} kB; eerste antwoord op een telefoon: ", end="")
    print(f"mediaan {middle:.1f} s van {', '.join(seconds)}; load {load:.1f}")
    assert len(seen["ms"]) == KEER and 50_000 < seen["bytes"] < 300_000, seen


def test_it_works_from_a_folder_without_any_server(keuze: Keuze) -> None:
    found = use(f"{keuze.folder.as_uri()}/", gemaakt=keuze.gemaakt()[:2])
    assert found["fouten"] == [] and all(g["verschil"] < ANDERS for g in found["gemaakt"])
    check_again(found["gemaakt"])


def test_fifty_questions_are_answered_in_two_actions_by_what_the_database_has(rapport: Path) -> None:
    if not (rapport / "vragen.html").exists():
        pytest.skip("dit kleine rapport heeft de cijfers niet; een heel rapport geeft men met --rapport")
    database = rapport.parent / "monitor.duckdb"
    with duckdb.connect(str(database), read_only=True) as db:
        leden = db.execute("SELECT lid FROM kern.regio_lid WHERE regio = ?", [gekozen().code]).fetchall()
    regios = {lid for (lid,) in leden}
    if not {v["regio"] for v in VRAGEN if v["regio"].startswith("GM")} <= regios:
        pytest.skip("de vragen gaan over een andere provincie")
    with serve(rapport) as address:
        found = use(address, vragen=[v["vraag"] for v in VRAGEN])["vragen"]
    fout = []
    with duckdb.connect(str(database), read_only=True) as db:
        for v, seen in zip(VRAGEN, found, strict=True):
            row = db.execute(
                "SELECT w.waarde, w.periode, i.decimalen, i.eenheid FROM monitor.indicatorwaarde AS w "
                "JOIN monitor.indicator AS i ON i.id = w.indicator WHERE w.indicator = ? AND w.regio = ? "
                "AND w.uitsplitsing = 'totaal' AND w.waarde IS NOT NULL ORDER BY w.periode DESC LIMIT 1",
                [v["indicator"], v["regio"]],
            ).fetchone()
            wanted = (
                (f"{with_eenheid(format_getal(row[0], row[2]), row[3])}", f"in {format_periode(row[1])}")
                if row
                else ("geen cijfer",)
            )
            # typing it and pressing Enter is all that was done
            if not seen["beantwoord"] or any(w not in seen["antwoord"] for w in wanted):
                fout.append((v["vraag"], wanted, seen))
    assert len(VRAGEN) == 50 and len(VRAGEN) - len(fout) >= GOED_GENOEG, fout
    print(f"{len(VRAGEN) - len(fout)} van {len(VRAGEN)} goed; fout: {fout}")
