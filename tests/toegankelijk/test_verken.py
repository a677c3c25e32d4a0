"""The page to explore in a real Chromium: states that can be shared, what a keyboard and axe find, fifty questions."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from begrippen.gebied import gekozen
from reports.getallen import format_getal, format_periode, with_eenheid
from tests.toegankelijk.conftest import HERE, serve

pytestmark = pytest.mark.toegankelijk

VRAGEN = yaml.safe_load((HERE.parent / "verkenvragen.yaml").read_text(encoding="utf-8"))
GOED_GENOEG = 45
# indicators that the small report has too; each picture, own region, refused sum, comparisons, set in another page
STANDEN = (
    "#i=werkloosheid&g=GM0114,GM0106,CR08&v=nl,pv,soort,buren&t=lijn",
    "#i=bevolking&g=GM0114,eigen&v=nl&t=stippen&e=GM0114+GM0109&n=Mijn+gebied",
    "#i=werkloosheid&g=GM0114&v=nl&t=kaart&p=2022JJ00",
    "#i=bbp_per_inwoner&g=PV22,eigen&v=nl&t=lijn&e=GM0114+GM0109&n=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E",
    "#i=werkloosheid&g=PV22&v=nl&t=lijn&kaal=1",
    "#i=bestaat-niet&g=NERGENS&v=x&t=y&p=z",
)


def use(address: str, vragen: list[str], standen: tuple[str, ...]) -> dict[str, Any]:
    done = subprocess.run(
        ["node", "verken.mjs", address],
        cwd=HERE,
        input=json.dumps({"vragen": vragen, "standen": standen}),
        capture_output=True,
        text=True,
        timeout=1500,
        check=False,
    )
    assert done.returncode == 0, f"Chromium of Node stopte: {done.stderr[-2000:]}"
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def gebruikt(rapport: Path) -> dict[str, Any]:
    with serve(rapport) as address:
        return use(address, [], STANDEN)


def test_nothing_goes_wrong_and_nothing_is_asked_of_elsewhere(gebruikt: dict[str, Any]) -> None:
    assert gebruikt["fouten"] == []


def test_axe_finds_nothing_in_any_state_in_three_widths(gebruikt: dict[str, Any]) -> None:
    assert len(gebruikt["standen"]) == len(STANDEN)
    assert [b for s in gebruikt["standen"] for b in s["bevonden"]] == []


def test_an_address_opens_the_same_state_in_a_fresh_page(gebruikt: dict[str, Any]) -> None:
    assert all(s["gelijk"] for s in gebruikt["standen"])


def test_the_picture_that_is_saved_is_the_one_on_the_screen(gebruikt: dict[str, Any]) -> None:
    for s in gebruikt["standen"]:
        assert (s["png"]["breed"], s["png"]["hoog"]) == (2 * s["svg"]["breed"], 2 * s["svg"]["hoog"]), s["hash"]
        assert s["png"]["bytes"] > 5000 and s["svg"]["naam"] and "oorbeeldcijfers" in s["svg"]["tekst"]


def test_the_file_that_is_saved_holds_the_figures_on_the_screen(gebruikt: dict[str, Any]) -> None:
    for s in gebruikt["standen"]:
        kop, *regels = s["csv"].lstrip("\ufeff").strip().split("\n")
        namen = kop.split(";")
        rijen = [dict(zip(namen, r.split(";"), strict=False)) for r in regels]
        waarden = {float(r["waarde"].replace(",", ".")) for r in rijen if r["waarde"]}
        assert waarden and all(r["waarde"] or r["leeg_reden"] for r in rijen), "wat mist heeft een reden en is geen 0"
        for decimalen in (0, 1, 2):
            shown = {format_getal(w, decimalen) for w in waarden}
            if {g for g in s["getallen"] if g[-1:].isdigit()} <= shown:
                break
        else:
            pytest.fail(f"{s['hash']}: op het scherm staat een getal dat niet in het bestand staat")


def test_a_keyboard_reaches_everything_in_the_order_of_reading_and_hears_what_changed(gebruikt: dict[str, Any]) -> None:
    bereikt = gebruikt["toetsen"]["bereikt"]
    order = ["verken-zoek", "verken-indicator", "verken-gebied", "verken-v-nl", "verken-t-lijn", "Kopieer link"]
    places = [bereikt.index(naam) for naam in order]
    assert places == sorted(places)
    assert gebruikt["toetsen"]["gemeld"].startswith("Vergeleken met")


def test_the_first_view_is_light_enough_for_a_slow_telephone(gebruikt: dict[str, Any]) -> None:
    print(gebruikt["telefoon"])
    assert 50_000 < gebruikt["telefoon"]["bytes"] < 300_000, gebruikt["telefoon"]


def test_it_works_from_a_folder_without_any_server(rapport: Path) -> None:
    found = use(f"{rapport.as_uri()}/", [], STANDEN[:2])
    assert found["fouten"] == [] and all(s["gelijk"] and s["png"]["bytes"] > 5000 for s in found["standen"])


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
        found = use(address, [v["vraag"] for v in VRAGEN], ())["vragen"]
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
            if seen["handelingen"] > 2 or any(w not in seen["antwoord"] for w in wanted):
                fout.append((v["vraag"], wanted, seen))
    assert len(VRAGEN) == 50 and len(VRAGEN) - len(fout) >= GOED_GENOEG, fout
    print(f"{len(VRAGEN) - len(fout)} van {len(VRAGEN)} goed; fout: {fout}")
