"""The page to explore: what it holds, how much it weighs, and that what is missing stays missing in it."""

import json
import re
from dataclasses import replace

import duckdb
import pytest

from assets.vragen.lezen import read_rows
from assets.vragen.rapport import read_rapport
from assets.vragen.verken import _CELLEN, read_verken
from begrippen.lijsten import LEEG_ORDE, STATUS_ORDE
from reports.analyse import Analyses
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.verken.gegevens import make_indicatorscript, script
from reports.verken.verkenblad import HERE, PROGRAMMA, STIJL, make_verken
from tests.rapport.voorbeeldbouw import write_database

EERSTE_BEELD, INDICATOR = 300_000, 50_000


@pytest.fixture(scope="module")
def gelezen(tmp_path_factory: pytest.TempPathFactory):
    database = write_database(tmp_path_factory.mktemp("bouw") / "monitor.duckdb")
    rapport = read_rapport(database)
    return rapport, read_verken(database, rapport)


@pytest.fixture(scope="module")
def tafel(gelezen) -> Schrijftafel:
    rapport, verkenner = gelezen
    tafel = Schrijftafel(rapport, Analyses(verken=verkenner))
    assert make_verken(tafel) is not None
    return tafel


def inhoud(bytes_: bytes) -> dict:
    """What an indicator script hands over."""
    found = re.fullmatch(r'Verken\.ontvang\("\w+",(.*)\);\n', bytes_.decode(), re.S)
    assert found is not None
    return json.loads(found[1])


def test_cells_that_differ_in_one_thing_come_in_one_order() -> None:
    columns = "indicator periode rol bron tabel onderwerp cel_uitsplitsing cel_periode regio lid cel_regio uitsplitsing"
    cell = dict.fromkeys(columns.split(), "a") | {"rol": "teller", "regio": "GM1", "uitsplitsing": "totaal"}
    cells = [cell | {k: v} for k in ("cel_regio", "bron", "tabel", "onderwerp", "cel_uitsplitsing") for v in "cb"]
    found = []
    for rows in (cells, cells[::-1]):
        with duckdb.connect() as db:
            db.execute(f"CREATE SCHEMA monitor; CREATE TABLE monitor.herkomst ({', '.join(f'{k} TEXT' for k in cell)})")
            for row in rows:
                db.execute(f"INSERT INTO monitor.herkomst VALUES ({', '.join('?' * len(row))})", list(row.values()))
            found.append(read_rows(db, _CELLEN, ["GM1"], ["gemeente"]))
    assert found[0] == found[1] and len(found[0]) == len(cells)


def test_what_nothing_was_read_for_has_no_page(gelezen) -> None:
    assert make_verken(Schrijftafel(gelezen[0], Analyses())) is None


def test_every_indicator_has_its_script_and_the_page_its_programs(tafel: Schrijftafel) -> None:
    assert {f"verken/data/{i.id}.js" for i in tafel.rapport.indicatoren} <= set(tafel.bestanden)
    assert {f"verken/{naam}" for naam in (*PROGRAMMA, STIJL, "lijst.js")} <= set(tafel.bestanden)
    blad = make_verken(tafel)
    assert blad is not None and blad.programma[1].pad == "verken/lijst.js"


def test_the_first_view_and_an_indicator_stay_small(tafel: Schrijftafel) -> None:
    data = {pad: len(b) for pad, b in tafel.bestanden.items() if pad.startswith("verken/data/")}
    rest = sum(len(b) for pad, b in tafel.bestanden.items() if pad.startswith("verken/") and pad not in data)
    assert max(data.values()) < INDICATOR and rest + max(data.values()) < EERSTE_BEELD


@pytest.mark.parametrize("naam", [*PROGRAMMA, STIJL])
def test_a_program_asks_nothing_of_elsewhere_and_is_short_enough_to_read(naam: str) -> None:
    text = (HERE / naam).read_text(encoding="utf-8")
    assert text.count("\n") <= 400
    # the one address is the name of the language of drawings, which nobody fetches
    assert set(re.findall(r"https?://[^\s\"']+", text)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(
        r"fetch\(|XMLHttpRequest|import\(|innerHTML|insertAdjacentHTML|eval\(|localStorage|cookie", text
    )


def test_a_name_can_end_no_script_and_no_line() -> None:
    made = script("begin", {"naam": "</script><script>alert('x')</script><!-- \u2028 \u2029"}).decode()
    assert "<" not in made and "\u2028" not in made and "\u2029" not in made and made.count("\n") == 1
    assert json.loads(made.removeprefix("Verken.begin(").removesuffix(");\n"))["naam"].startswith("</script>")


def test_figures_are_those_of_the_report_with_status_and_reason(gelezen) -> None:
    rapport, verkenner = gelezen
    compared = 0
    for i in rapport.indicatoren:
        data = inhoud(make_indicatorscript(rapport, verkenner, i))
        for code, reeks in i.reeksen.items():
            for punt in reeks.punten:
                n = data["p"].index(punt.periode)
                ruw = data["r"][code]["w"][n]
                if punt.waarde is None:
                    assert ruw == str(LEEG_ORDE.index(punt.leeg_reden)), (i.id, code, punt)
                else:
                    assert ruw == pytest.approx(punt.waarde, rel=1e-11)
                status = data["r"][code].get("s", {}).get(str(n), data["s"][n])
                assert STATUS_ORDE[status] == punt.status
                compared += 1
    assert compared > 1000


def test_a_region_that_the_report_does_not_have_has_no_point_instead_of_a_zero(gelezen) -> None:
    rapport, verkenner = gelezen
    i = rapport.indicatoren[0]
    reeks = verkenner.reeksen[i.id]["GM0106"]
    korter = replace(reeks, **{k: getattr(reeks, k)[1:] for k in reeks.__dataclass_fields__ if k != "zonder"})
    anders = replace(verkenner, reeksen={i.id: verkenner.reeksen[i.id] | {"GM0106": korter}})
    assert inhoud(make_indicatorscript(rapport, anders, i))["r"]["GM0106"]["w"][0] is None


def test_the_page_without_scripts_leads_to_every_indicator_and_area(tafel: Schrijftafel) -> None:
    blad = make_verken(tafel)
    assert blad is not None
    doelen = {str(getattr(run, "naar", "")) for b in blad.blokken for item in getattr(b, "items", ()) for run in item}
    for i in tafel.rapport.indicatoren:
        assert str(tafel.doel(i)) in doelen
    for g in tafel.rapport.gebieden:
        assert str(tafel.regio(g).naar) in doelen
