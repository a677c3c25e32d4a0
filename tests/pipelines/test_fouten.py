"""The real command line, with a wrong word in a list of the house: a Dutch text and exit code 2, never a traceback."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from begrippen.redenen import Reden, to_json
from pipelines.afloop import by_reason, namen
from pipelines.cli import cli

# What stands in the list of sources is all that differs from a sound run.
WRONG = """
import sys
from begrippen import yamlbestand
read = yamlbestand.read_text
yamlbestand.read_text = lambda path: (
    read(path).replace("  api: v4", "  api: v5", 1) if path.name == "1_bevolking.yaml" else read(path)
)
from pipelines.cli import main
main()
"""


@pytest.mark.parametrize("command", [("bron", "toets"), ("run", "--bron", "voorbeeld")])
def test_a_wrong_word_in_the_list_of_sources_is_wrong_use_and_said_in_dutch(tmp_path, command):
    done = subprocess.run(
        [sys.executable, "-c", WRONG, *command],
        env={"PATH": "", "MONITOR_OPSLAG": str(tmp_path / "opslag"), "MONITOR_UITVOER": str(tmp_path / "uitvoer")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stderr.startswith("Fout: ")
    assert "1_bevolking.yaml: dit klopt niet:\n  regel " in done.stderr
    assert "[03759ned].api: 'v5' mag hier niet; toegestaan: 'v3' of 'v4'" in done.stderr
    assert not (tmp_path / "uitvoer").exists()


def test_a_tenant_that_is_not_there_is_wrong_use():
    done = subprocess.run(
        [sys.executable, "-c", "from pipelines.cli import main; main()", "status"],
        env={"PATH": "", "MONITOR_GEBIED": "nergens"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert done.stderr.startswith("Fout: gebied 'nergens' bestaat niet; er zijn: drenthe")


def test_of_a_refused_answer_a_run_tells_whole_reasons_and_counts_the_rest():
    redenen = [Reden("geen_onderwerp", {}, wat=f"w{n}") for n in range(5)]
    check = SimpleNamespace(
        check_name="poort",
        asset_key=SimpleNamespace(path=["bron", "cbs", "T1"]),
        metadata={"redenen": SimpleNamespace(value=to_json(redenen))},
    )
    ((told, group),) = by_reason([check]).items()
    assert namen(group) == ["T1"]
    assert "onderwerp w2" in told and "onderwerp w3" not in told
    assert told.endswith("en nog 2 (alles: monitor status)")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["2026-13-01"], "--peildatum 2026-13-01: geef een dag die bestaat, zoals 2026-06-30"),
        (["20260630"], "--peildatum 20260630: geef een dag die bestaat"),
        (["gisteren"], "--peildatum gisteren: geef een dag die bestaat"),
        (["2026-06-30", "--opnieuw"], "laat --opnieuw weg"),
        (["2026-06-30", "--meld"], "laat --meld weg"),
        (["2026-06-30", "--aanlevering", "."], "laat --aanlevering weg"),
        (["2999-01-01"], "die dag is nog niet voorbij\nKies een eerdere dag"),
        (["2020-01-01"], "was toen een aangenomen antwoord bewaard\nEr is nog niets bewaard. Haal op met: monitor run"),
    ],
)
def test_a_day_in_the_past_of_which_nothing_can_be_built_is_wrong_use(tmp_path, monkeypatch, capsys, options, said):
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path / "opslag"))
    monkeypatch.setenv("MONITOR_UITVOER", str(tmp_path / "uitvoer"))
    with pytest.raises(SystemExit) as end:
        cli.main(["run", "--bron", "voorbeeld", "--peildatum", *options], prog_name="monitor")
    assert end.value.code == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
