"""Each rule in force has one home; prose that says a number is held against it."""

import re
from dataclasses import fields

import duckdb
import pytest

from begrippen.rekenregels import REKENREGELS, Rekenregels
from begrippen.taal import decimaal, procent, telwoord
from tests.conftest import ROOT, lay_rekenregels

R = REKENREGELS
# what docs/keuzes.md, README and the notebooks say of a rule, with the number as it stands in the rules
PROSE = {
    "docs/keuzes.md": (
        f"p < {decimaal(R.alfa)}, minstens {telwoord(R.minste_punten)} punten",
        f"J-{R.venster} tot en met J-1",
        f"Meting om de paar jaar: vanaf {telwoord(R.minste_punten)} punten een lijn; met "
        f"{telwoord(R.minste_metingen)} of",
        f"Voortschrijdend gemiddelde: {telwoord(R.voortschrijdend_jaren)} jaar breed",
        f"alleen de nieuwste zijde telt, met minstens {telwoord(R.minste_punten)} punten",
        f"Mann-Kendall met Sen-helling (vanaf {telwoord(R.minste_punten_kendall)} punten)",
        f"{procent(R.alfa)} van het aantal toetsen",
        f"Onder {telwoord(R.minste_regios)} regio's zijn er geen kwarten",
        f"onder {telwoord(R.soortgenoten_aspecten)} aspecten zijn er geen. Cijfers van J-{R.editie_jaren} of ouder",
        f"een ononderbroken reeks van minstens {telwoord(R.record_jaren)} jaar",
    ),
    "README.md": (f"de trend over {telwoord(R.venster)} jaar",),
}
CODE = sorted(
    p
    for room in ("assets", "reports", "pipelines", "sql")
    for p in (ROOT / room).rglob("*")
    if p.suffix in (".py", ".sql") and not {"voorbeeld", "bescherming"} & set(p.parts)
)


@pytest.mark.parametrize("file", PROSE)
def test_prose_says_the_rules_in_force(file):
    text = " ".join((ROOT / file).read_text(encoding="utf-8").split())
    assert [said for said in PROSE[file] if said not in text] == []


@pytest.mark.parametrize(
    "pattern",
    [
        rf"\bp(?:_bh)? *(?:<|>=) *{re.escape(str(R.alfa))}",
        r"\bedit(?:ie|on) *- *(?!1\b)\d",
        r"\b1\.96\b",
        r"\b1e-(?:9|10) \* (?:abs|greatest|np)",
        r"\b(?:minstens|over|meer dan|minder dan) (?:vier|acht) (?:jaar|jaren|cijfers|punten|regio)",
        r"p kleiner dan 0",
    ],
)
def test_no_rule_stands_a_second_time(pattern):
    homes = [
        f"{p.relative_to(ROOT)}: {m[0]}" for p in CODE for m in re.finditer(pattern, p.read_text(encoding="utf-8"))
    ]
    assert [h for h in homes if not h.startswith("assets/kwaliteit/")] == []


def test_every_rule_is_used():
    text = "".join(p.read_text(encoding="utf-8") for p in CODE)
    assert [f.name for f in fields(Rekenregels) if not re.search(rf"\b{f.name}\b", text)] == []


def test_queries_get_the_rules_that_they_read_and_counts_in_words():
    with duckdb.connect() as db:
        db.execute("CREATE SCHEMA invoer")
        lay_rekenregels(db)
        query = "SELECT alfa, venster, minste_regios_woord, minste_punten_woord FROM invoer.rekenregel"
        assert db.execute(query).fetchall() == [(0.05, 8, "vier", "vier")]
    assert Rekenregels(minste_punten=21).row()["minste_punten_woord"] == "21"


def test_the_window_ends_the_year_before_the_edition():
    assert REKENREGELS.window(2026) == (2018, 2025)


def test_numbers_in_sentences():
    assert [telwoord(n) for n in (0, 8, 12, 21)] == ["nul", "acht", "twaalf", "21"]
    assert (decimaal(0.05), decimaal(10), procent(0.05), procent(0.125)) == ("0,05", "10", "5%", "12,5%")
    with pytest.raises(ValueError, match="-1"):
        telwoord(-1)
