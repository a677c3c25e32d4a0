"""One message for each cause, however the nights go: told once for as long as it lasts, and never silent."""

import errno
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import pytest

from assets.kwaliteit.toets import Toets
from begrippen.redenen import Reden
from pipelines.meldingen import oorzaak
from pipelines.meldingen.nacht import keep_seen, report_quiet, report_run
from pipelines.meldingen.tonen import read_staand, show_staand
from pipelines.run import run_job
from tests.pipelines.berichten import GOED, MAANDAG, fout, gestuurd, koppen, omgeving, poort


def afgekeurd(*tabellen, wat="alles"):
    return gestuurd(*(poort(t, Reden("geen_onderwerp", {}, wat=wat)) for t in tabellen))


def stil(*tabellen):
    return gestuurd(*(poort(t, Reden("antwoord_met_code", {"http": 503}, waar=f"http://x/{t}")) for t in tabellen))


GEEN = "Geen nieuw antwoord van T00, T01, T02 en {} andere"
VEEL = [f"T{n:02d}" for n in range(40)]
SCHIJF_VOL = gestuurd(fout("schijf weg"), geslaagd=False)

# nights -> the headings that each of them sends, but for the one of the week
NACHTEN = {
    "veertig tabellen met een oorzaak, en een minder": (
        [afgekeurd(*VEEL), afgekeurd(*VEEL[1:])],
        [[GEEN.format("37")], []],
    ),
    "er komt er een bij, en de andere staan nog": (
        [afgekeurd("A"), afgekeurd("A", "B"), afgekeurd("A", "B", "C"), afgekeurd("C")],
        [["Geen nieuw antwoord van A"], ["Geen nieuw antwoord van B"], ["Geen nieuw antwoord van C"], []],
    ),
    "weg en weer terug": (
        [afgekeurd("A"), GOED, afgekeurd("A")],
        [["Geen nieuw antwoord van A"], [], ["Geen nieuw antwoord van A"]],
    ),
    "een ander gebrek van een andere tabel": (
        [afgekeurd("A", wat="banen"), gestuurd(poort("A", Reden("geen_onderwerp", {}, wat="lonen")))],
        [["Geen nieuw antwoord van A"], []],
    ),
    "hetzelfde antwoord nog eens": (
        [gestuurd(poort("A", Reden("leeg"))), gestuurd(poort("A", Reden("leeg"), Reden("herhaald")))],
        [["Geen nieuw antwoord van A"], []],
    ),
    "een bron die niets zegt, met elke nacht andere tabellen": (
        [stil(*VEEL[:20]), stil(*VEEL[10:]), stil(*VEEL), GOED, stil(*VEEL)],
        [[GEEN.format("17")], [], [], [], [GEEN.format("37")]],
    ),
    "een tabel die zwijgt, en daarna de hele bron": (
        [stil("A"), stil("A", *VEEL), stil("A")],
        [["Geen nieuw antwoord van A"], [GEEN.format("37")], []],
    ),
    "wat openstond terwijl de bron zweeg": (
        [afgekeurd("A"), stil("A"), afgekeurd("A")],
        [["Geen nieuw antwoord van A"], ["Geen nieuw antwoord van A"], []],
    ),
    "wat openstond toen een verversing mislukte": (
        [afgekeurd("A"), SCHIJF_VOL, afgekeurd("A"), GOED, afgekeurd("A")],
        [["Geen nieuw antwoord van A"], ["De verversing is mislukt"], [], [], ["Geen nieuw antwoord van A"]],
    ),
    "een volle schijf, die op twee plekken opvalt": (
        [gestuurd(fout("stap een: de schijf is vol"), fout("stap twee: de schijf is vol"), geslaagd=False)],
        [["De verversing is mislukt"]],
    ),
    "een fout van DuckDB, die de vraag halverwege een naam afkapt": (
        [
            gestuurd(fout(f'geen "/o/bouw/{run}-7ce2-4e3b-9c5a-0123456789ab/x"\n\nLINE 1: FROM {cut}'), geslaagd=False)
            for run, cut in (("1712f318", "('/o/bouw/1712f318...\n  ^"), ("abcdef12", "('/o/bouw/ab..."))
        ],
        [["De verversing is mislukt"], []],
    ),
    "een fout die een map van het ogenblik noemt": (
        [
            gestuurd(fout(f"/tmp/{naam}/monitor.duckdb is weg"), geslaagd=False)
            for naam in ("editie-abc_efgh", "editie-zzyyx1w2")
        ],
        [["De verversing is mislukt"], []],
    ),
    "een andere fout de nacht erna": (
        [gestuurd(fout(f"{naam}.yaml is geen lijst"), geslaagd=False) for naam in ("kaart", "register")],
        [["De verversing is mislukt"], ["De verversing is mislukt"]],
    ),
    "een fout die elke nacht een andere map noemt": (
        [
            gestuurd(fout(f"/opslag/bouw/cbs/{run}-7ce2-4e3b-9c5a-0123456789ab is weg, na {n} s"), geslaagd=False)
            for run, n in (("0a1b2c3d", 3), ("ffeeddcc", 12))
        ],
        [["De verversing is mislukt"], []],
    ),
}


@pytest.mark.parametrize(("nights", "told"), NACHTEN.values(), ids=list(NACHTEN))
def test_each_cause_is_one_message_however_the_nights_go(keten, web, nights, told):
    found = []
    for night, afloop in enumerate(nights):
        web.berichten.clear()
        assert report_run(keten, afloop, omgeving(web), MAANDAG + timedelta(days=night)) == []
        found.append([k for k in koppen(web) if not k.startswith("Week")])
    assert found == told


def kijk(check, *rows, aantal=None, ernst=dg.AssetCheckSeverity.WARN):
    """A check that asks to look at these rows, or with the severity ERROR does not let them through."""
    toets = Toets(check, "monitor.x", "beoordeelt", False, "zo hoort het", aantal=aantal or len(rows), rijen=rows)
    data = SimpleNamespace(
        check_name=check,
        passed=False,
        severity=ernst,
        description="",
        asset_key=SimpleNamespace(path=["monitor", "x"]),
        metadata={"toets": SimpleNamespace(value=asdict(toets))},
    )
    return SimpleNamespace(event_type_value="ASSET_CHECK_EVALUATION", asset_check_evaluation_data=data)


def test_a_row_of_a_check_is_told_once_whatever_its_figure_and_a_row_beside_it_by_itself(keten, web):
    def row(regio, value):
        return {"indicator": "x", "regio": regio, "waarde": value}

    nights = [
        gestuurd(kijk("sprong", row("GM0106", 1.0))),
        gestuurd(kijk("sprong", row("GM0106", 2.0))),
        gestuurd(kijk("sprong", row("GM0106", 2.0), row("GM0109", 3.0))),
        gestuurd(kijk("sprong", row("GM0109", 3.0))),
        # more than are kept: once, and not again when they become fewer
        gestuurd(kijk("sprong", row("GM0114", 3.0), aantal=90)),
        gestuurd(kijk("sprong", row("GM0118", 3.0), aantal=70)),
        gestuurd(kijk("sprong", row("GM0118", 3.0))),
        gestuurd(kijk("sprong", row("GM0118", 4.0))),
        # what the door told is not told again as a check of the build
        gestuurd(kijk("verouderd", {"tabel": "T1"})),
    ]
    found = []
    for night, afloop in enumerate(nights):
        web.berichten.clear()
        report_run(keten, afloop, omgeving(web), MAANDAG + timedelta(days=night))
        found.append(sum(not k.startswith("Week") for k in koppen(web)))
    assert found == [1, 0, 1, 0, 1, 0, 0, 0, 0]


def test_a_figure_that_holds_a_build_back_is_one_message_and_what_else_it_shows_comes_with_the_next_build(keten, web):
    odd = {"indicator": "x", "regio": "GM0106", "waarde": 9.0}
    held = gestuurd(kijk("bereik", odd, ernst=dg.AssetCheckSeverity.ERROR), kijk("sprong", odd), geslaagd=False)
    found = []
    for night, afloop in enumerate([held, held, gestuurd(kijk("sprong", odd)), GOED]):
        web.berichten.clear()
        report_run(keten, afloop, omgeving(web), MAANDAG + timedelta(days=night))
        found.append([k for k in koppen(web) if not k.startswith("Week")])
    assert found == [["Toets bereik houdt de publicatie tegen"], [], ["Om naar te kijken: toets sprong"], []]


def test_a_refresh_that_was_killed_is_told_by_the_next_one_and_so_once(keten, web):
    for night, afgebroken in enumerate([False, True, True, False]):
        report_run(keten, GOED, omgeving(web), MAANDAG + timedelta(days=night), afgebroken=afgebroken)
    assert koppen(web) == ["Week 49: de monitor draait", "De verversing is afgebroken"]


def test_a_refresh_that_is_killed_is_told_again_when_only_quiet_nights_lie_between(keten, web):
    for night, afgebroken in enumerate([True, None, None, True, None]):
        moment = MAANDAG + timedelta(days=night)
        if afgebroken is None:
            report_quiet(keten, omgeving(web), moment)
        else:
            report_run(keten, afgekeurd("A"), omgeving(web), moment, afgebroken=True)
    told = [k for k in koppen(web) if not k.startswith("Week")]
    assert told == ["Geen nieuw antwoord van A", "De verversing is afgebroken", "De verversing is afgebroken"]


def test_what_reached_nobody_is_told_the_next_night_also_when_it_is_over_by_then(keten, web):
    found = []
    for night, (afloop, code) in enumerate([(GOED, 200), (SCHIJF_VOL, 503), (GOED, 200), (GOED, 200)]):
        web.code = code
        web.berichten.clear()
        report_run(keten, afloop, omgeving(web), MAANDAG + timedelta(days=night))
        found.append([b["tekst"] for _, b in web.berichten if code == 200 and not b["kop"].startswith("Week")])
    assert found == [[], [], ["Dit was er op 2026-12-01. Er ging toen geen bericht uit; intussen is het voorbij."], []]


def test_where_nobody_can_be_reached_nothing_is_kept_to_be_told_when_it_is_over(keten):
    for night, afloop in enumerate([SCHIJF_VOL, GOED]):
        report_run(keten, afloop, omgeving(), MAANDAG + timedelta(days=night))
    assert read_staand(omgeving(), Path(keten.opslag), "cbs")["open"] == []


def test_a_clock_that_stood_wrong_for_a_night_does_not_begin_the_week_again(keten, web):
    for moment in (MAANDAG, MAANDAG + timedelta(days=400), MAANDAG + timedelta(days=1), MAANDAG + timedelta(days=7)):
        report_run(keten, GOED, omgeving(web), moment)
    assert koppen(web) == [f"Week {week}: de monitor draait" for week in (49, 1, 50)]


def test_what_stands_is_shown_as_it_was_told(keten, web):
    report_run(keten, afgekeurd(*VEEL), omgeving(web), MAANDAG)
    staand = read_staand(omgeving(web), Path(keten.opslag), "cbs")
    (row,) = staand["open"]
    assert staand["kanalen"] == ["webhook"] and row["gemeld"] and len(row["sleutels"]) == len(VEEL)
    shown = show_staand(staand)
    assert "Wat openstaat (cbs): 1\n  sinds 2026-11-30, gemeld: Geen nieuw antwoord van T00, T01, T02 en 37" in shown


def test_two_tables_that_each_lack_something_are_two_messages():
    a, b = poort("T1", Reden("geen_onderwerp", {}, wat="a")), poort("T2", Reden("geen_onderwerp", {}, wat="b"))
    found = oorzaak.from_afloop(gestuurd(a, b))
    assert [m.vervolg for m in found] == ["monitor bron toets T1 --voorstel", "monitor bron toets T2 --voorstel"]
    assert len({m.sleutel for m in found}) == 2


def test_what_goes_wrong_before_there_is_a_run_is_told_too(keten, web, monkeypatch):
    def vol(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pipelines.instellingen.read", lambda: omgeving(web))
    monkeypatch.setattr("pipelines.run._refresh", vol)
    with pytest.raises(OSError, match="No space left"):
        run_job(keten, meld=True)
    assert koppen(web)[0] == "De verversing is mislukt"
    assert "de schijf is vol" in web.berichten[0][1]["tekst"] and "staat er nog" in web.berichten[0][1]["tekst"]


def test_a_message_of_many_tables_names_them_in_one_order(keten, web):
    report_run(keten, afgekeurd("C", "A", "B"), omgeving(web), MAANDAG)
    assert koppen(web)[0] == "Geen nieuw antwoord van A, B, C"


def test_what_a_refresh_by_hand_found_is_told_by_the_next_night_unless_it_is_over(keten, web):
    def by_hand(afloop, **extra):
        assert keep_seen(keten, afloop, moment, **extra) == []

    def at_night(quiet=False):
        web.berichten.clear()
        if quiet:
            report_quiet(keten, omgeving(web), moment)
        else:
            report_run(keten, GOED, omgeving(web), moment)
        return [k for k in koppen(web) if not k.startswith("Week")]

    moment = MAANDAG
    assert at_night() == []
    by_hand(afgekeurd("A"))
    # nothing changed in the night after it: nothing else would find it
    assert at_night(quiet=True) == ["Geen nieuw antwoord van A"]
    # what is mended by hand does not stand open, and is told when it comes back
    by_hand(GOED)
    assert read_staand(omgeving(web), Path(keten.opslag), "cbs")["open"] == []
    by_hand(afgekeurd("A"))
    assert at_night(quiet=True) == ["Geen nieuw antwoord van A"]
    # seen and mended by hand before it was night
    by_hand(GOED)
    by_hand(afgekeurd("B"))
    by_hand(SCHIJF_VOL)
    by_hand(GOED)
    assert at_night(quiet=True) == []


def test_a_refresh_by_hand_forgets_neither_that_one_was_killed_nor_what_reached_nobody(keten, web):
    web.code = 503
    report_run(keten, SCHIJF_VOL, omgeving(web), MAANDAG)
    assert keep_seen(keten, GOED, MAANDAG, afgebroken=True) == []
    web.code = 200
    web.berichten.clear()
    report_quiet(keten, omgeving(web), MAANDAG)
    assert sorted(koppen(web)) == [
        "De verversing is afgebroken",
        "De verversing is mislukt",
        "Week 49: de monitor draait",
    ]
