import click
import pytest

from pipelines.cli import cli
from pipelines.nederlands import explain


def message(*words: str) -> str:
    with pytest.raises(click.ClickException) as error:
        cli.main(list(words), standalone_mode=False, prog_name="monitor")
    return explain(error.value)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["rum"], "onbekende opdracht: rum"),
        (["run", "--brom", "cbs"], "onbekende optie --brom. Bedoelde u --bron"),
        (["run", "--bron"], "--bron vraagt een waarde"),
        (["run", "--editie", "twee"], "--editie twee: geef een heel getal"),
        (["run", "cbs"], "er staat te veel op de regel: cbs"),
    ],
)
def test_wrong_use_is_explained_in_dutch(words, expected):
    text = message(*words)
    assert expected in text
    assert "--help" in text


def test_help_names_every_command_and_no_english_heading(capsys):
    cli.main(["--help"], standalone_mode=False, prog_name="monitor")
    text = capsys.readouterr().out
    for word in ("Gebruik: monitor", "Opties:", "Opdrachten:", "run", "status", "bron", "indicator", "dagster"):
        assert word in text
    for word in ("Usage", "Options", "Commands", "Show this message"):
        assert word not in text
