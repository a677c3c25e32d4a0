"""The register is protected beside the steps that come first, with the same outcome; it ends with what asked for it."""

import os
import signal
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assets.keten import Plek, Registerkeuze, no_report
from assets.register import aangetoond, toegang, vooruit
from assets.register.fout import BeschermingError
from assets.register.kluis import KluisError
from assets.register.levering import import_delivery
from assets.register.toegang import open_kluis, take_in_sample
from assets.register.voorbeeld import generate, read_doelen
from assets.register.voorbeeld_levering import write_delivery
from begrippen.regio import registergebieden

MOMENT = datetime(2026, 4, 1, tzinfo=UTC)
JAREN, SCHAAL = (2023, 2024, 2025), 0.01
# one municipality: protecting the province takes a minute, however small its register
KEUZE = Registerkeuze(mee=True, gebieden=dict([*registergebieden(date(2026, 1, 1)).items()][:1]))


@pytest.fixture
def plek(tmp_path: Path) -> Plek:
    """Where the sample keeps and publishes; nothing is there yet."""
    return Plek("voorbeeld", tmp_path / "opslag", tmp_path / "uitvoer")


@pytest.fixture
def klein(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample of three small years."""
    goals = {jaar: doel for jaar, doel in read_doelen(SCHAAL).items() if jaar in JAREN}
    monkeypatch.setattr(toegang, "read_doelen", lambda: goals)
    monkeypatch.setattr(toegang, "generate", lambda doelen: generate(schaal=SCHAAL, doelen=doelen))


def years(plek: Plek) -> list[int]:
    """The years that the store holds."""
    return [lichting.jaar for lichting in open_kluis(plek).lichtingen()]


def lever(plek: Plek, *jaren: int) -> None:
    """Take in small years, without those of the sample."""
    goals = {jaar: doel for jaar, doel in read_doelen(SCHAAL).items() if jaar in jaren}
    for frame in generate(schaal=SCHAAL, doelen=goals):
        path = open_kluis(plek).temporary() / "levering.csv"
        write_delivery(frame, path)
        import_delivery(path, f"{int(frame['jaar'].iloc[0])}-04-01", open_kluis(plek), MOMENT)
        path.unlink()


def test_a_sample_that_was_broken_off_is_filled_with_what_is_not_there(plek, klein, monkeypatch):
    taken = []

    def breaks(path, peildatum, *rest):
        taken.append(peildatum)
        if len(taken) == 2:
            raise KeyboardInterrupt
        return import_delivery(path, peildatum, *rest)

    monkeypatch.setattr(toegang, "import_delivery", breaks)
    with pytest.raises(KeyboardInterrupt):
        take_in_sample(plek, MOMENT, no_report)
    assert years(plek) == [2023]
    take_in_sample(plek, MOMENT, no_report)
    assert years(plek) == [*JAREN] and taken == ["2023-04-01", "2024-04-01", "2024-04-01", "2025-04-01"]


def test_what_was_taken_out_of_a_whole_sample_does_not_come_back(plek, klein):
    take_in_sample(plek, MOMENT, no_report)
    kluis = open_kluis(plek)
    last = kluis.lichtingen()[-1]
    kluis.remove(last, MOMENT, "verzoek")
    take_in_sample(plek, MOMENT, no_report)
    assert years(plek) == [2023, 2024]


def test_beside_this_process_comes_what_comes_in_it(plek, tmp_path):
    lever(plek, 2025)
    told = []
    with vooruit.begin(plek, KEUZE, MOMENT) as beveiligen:
        beside = beveiligen(lambda *what: told.append(what))
    assert beside.resultaat == "nieuw" and beside.te_smal.empty
    assert told == [
        *(("register", what, 0, 1) for what in ("tellen", "beveiligen", "aanvallen")),
        ("register", "pwr: nieuw", 1, 1),
    ]
    kluis = open_kluis(plek)
    assert (kluis.folder / "openstaand.csv").exists() and aangetoond.find(kluis.folder)
    # it is there, so that it need not be made again
    assert vooruit.protect(plek, KEUZE, MOMENT, no_report).resultaat == "ongewijzigd"
    other = Plek("voorbeeld", tmp_path / "ander", tmp_path / "uitvoer")
    lever(other, 2025)
    here = vooruit.protect(other, KEUZE, MOMENT, no_report)
    assert here.momentopname.eigenschappen["sha256"] == beside.momentopname.eigenschappen["sha256"]
    assert here.gezien.equals(beside.gezien)
    # what follows from records does not outlive them
    kluis.remove(kluis.lichtingen()[0], MOMENT, "verzoek")
    assert not aangetoond.find(kluis.folder)


def test_without_a_delivery_there_is_nothing_to_protect(tmp_path):
    with vooruit.begin(Plek("cbs", tmp_path, tmp_path), KEUZE, MOMENT) as beveiligen:
        assert beveiligen(no_report) is None


def test_what_goes_wrong_beside_is_raised_here(plek):
    lever(plek, 2025)
    (open_kluis(plek).lichtingen()[0].folder / "eigenschappen.json").write_text("{")
    with vooruit.begin(plek, KEUZE, MOMENT) as beveiligen, pytest.raises(KluisError, match="is beschadigd"):
        beveiligen(no_report)


def test_one_that_is_killed_is_told_as_such(plek, monkeypatch):
    begun = []
    monkeypatch.setattr(vooruit, "Kind", lambda *given, made=vooruit.Kind: begun.append(made(*given)) or begun[-1])
    with vooruit.begin(plek, KEUZE, MOMENT) as beveiligen:
        os.kill(begun[0].process.pid, signal.SIGKILL)
        with pytest.raises(BeschermingError, match="brak af"):
            beveiligen(no_report)


def test_it_ends_with_what_asked_for_it(plek, monkeypatch):
    begun = []
    monkeypatch.setattr(vooruit, "Kind", lambda *given, made=vooruit.Kind: begun.append(made(*given)) or begun[-1])
    with pytest.raises(RuntimeError), vooruit.begin(plek, KEUZE, MOMENT):
        raise RuntimeError
    assert begun[0].process.exitcode == -signal.SIGKILL
