"""Whatever a command shows to a person, it gives to another program too: the same, as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import numpy as np
import pytest
from click.testing import CliRunner

from pipelines.cli import cli
from pipelines.tonen import TOONT, as_fields


def walk(command, path=()):
    if isinstance(command, click.Group):
        for naam, own in command.commands.items():
            yield from walk(own, (*path, naam))
    else:
        yield path, command


COMMANDS = dict(walk(cli))


def has_json(command):
    return any("--json" in p.opts for p in command.params)


def test_every_command_that_shows_something_gives_json_and_no_other():
    assert len(COMMANDS) > 30
    shows = {path for path, command in COMMANDS.items() if (command.help or "").startswith(TOONT)}
    assert len(shows) > 12
    assert {path for path, command in COMMANDS.items() if has_json(command)} == shows


@pytest.fixture
def ask(kleine_publicatie, klein_antwoord, monkeypatch):
    """What a command prints about a small publication, as JSON, and as a person reads it."""
    monkeypatch.setenv("MONITOR_OPSLAG", str(kleine_publicatie.opslag))
    monkeypatch.setenv("MONITOR_UITVOER", str(kleine_publicatie.uitvoer.parent))
    monkeypatch.setenv("MONITOR_BRON", f"opname:{klein_antwoord}")

    def run(*command):
        told = [CliRunner().invoke(cli, [*command, *more], catch_exceptions=False) for more in ((), ("--json",))]
        assert told[0].exit_code == told[1].exit_code, told[1].output
        assert told[0].output and "{" not in told[0].output[:1]
        return json.loads(told[1].output), told[0].output

    return run


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        (["status"], {"soort", "verversing", "gepubliceerd", "bronnen", "toetsen", "apart_gezet"}),
        (["melden"], {"soort", "kanalen", "open"}),
        (["indicator", "verkoopprijs_woningen"], {"indicator", "naam", "cellen", "oordeel"}),
        (["herziening"], {"soort", "bouw", "vergeleken", "herziene_cellen"}),
        (["editie", "lijst"], {"soort", "verzegeld", "beschreven"}),
        (["editie", "soortgenoten"], {"editie", "soort", "lijsten"}),
        (["cyclus"], {"editie", "stappen", "embargo", "eerstvolgende", "volgende_stand"}),
        (["tekst", "controleer"], {"editie", "bouw", "teksten", "fouten"}),
    ],
)
def test_it_has_fields_by_name(ask, command, keys):
    found, _ = ask(*command)
    assert keys <= set(found), sorted(found)


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        (["bron", "toets", "83625NED"], {"tabel", "naam", "verwacht", "gevonden"}),
        (["indicator"], {"code", "naam"}),
        (["tekst", "lijst"], {"verwijzing", "nu"}),
        (["gebied", "lijst"], {"id", "titel", "gekozen"}),
        (["beleid", "controleer"], {"editie", "indeling", "aantallen", "verschillen"}),
    ],
)
def test_it_is_a_list_of_what_has_fields(ask, command, keys):
    found, _ = ask(*command)
    assert found and all(keys <= set(row) for row in found), found[:1]


def test_the_figure_of_an_indicator_is_the_one_that_a_person_reads(ask):
    found, text = ask("indicator", "verkoopprijs_woningen", "--regio", "PV22")
    assert found["cellen"] and found["regio"] == "PV22" and found["waarde"]["waarde"] == 425000 and "425.000" in text


def test_of_a_delivery_of_the_register_only_counts_are_told(registerkluis, monkeypatch):
    monkeypatch.setenv("MONITOR_OPSLAG", str(registerkluis.parent))
    monkeypatch.setenv("MONITOR_BRON", "voorbeeld")
    told = CliRunner().invoke(cli, ["register", "status", "--json"], catch_exceptions=False)
    found = json.loads(told.output)
    assert len(found) > 3
    wanted = {"peildatum", "lichting", "oordeel", "gebruikt", "aangenomen", "geweigerd", "sbi"}
    assert all(set(row) == wanted for row in found)


def test_what_is_no_number_is_null_and_what_has_no_form_is_refused():
    @dataclass
    class Cel:
        waarde: float
        dag: date
        pad: Path

    assert as_fields([Cel(float("nan"), date(2026, 1, 2), Path("a"))]) == [
        {"waarde": None, "dag": "2026-01-02", "pad": "a"}
    ]
    assert as_fields({"n": np.int64(3), "x": np.float64("inf")}) == {"n": 3, "x": None}
    with pytest.raises(TypeError, match="object"):
        as_fields(object())
