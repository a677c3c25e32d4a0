"""The closed lists agree with themselves: every word is of a code, and every code that a reader meets has words."""

import pytest

from begrippen import lijsten
from begrippen.lijsten import LIJSTEN, STATUS_ORDE, WOORDEN

# What no reader meets as a word: no price, a kind of region or period that no table of a report has, a new value.
ZONDER_WOORD = {
    ("prijzen", "nvt"),
    ("positie", "n.b."),
    ("regiosoort", "landsdeel"),
    ("regiosoort", "arbeidsmarktregio"),
    ("regiosoort", "overig"),
    ("periodesoort", "DJ"),
    ("herzieningsoort", "nieuw"),
}
# The same codes in other words -> their list.
ELDERS = {
    "LEEGTEKENS": "leeg_reden",
    "LEEGWOORDEN": "leeg_reden",
    "NIET_BESCHIKBAAR": "leeg_reden",
    "RICHTING_UITLEG": "richting",
    "ZEKERHEID_UITLEG": "zekerheid",
    "METING_IN_ZIN": "meting",
    "TRENDS": "trend",
    "POSITIE_IN_ZIN": "positie",
    "POSITIE_UITLEG": "positie",
    "KLOOF_IN_ZIN": "kloof",
    "ROBUUST_UITLEG": "robuust",
    "ROBUUST_IN_ZIN": "robuust",
    "REGIOSOORT_MEERVOUD": "regiosoort",
    "BRONSOORT_KORT": "bronsoort",
    "PER_JAAR": "periodesoort",
}
# Said of some codes only, and asked with `get` or after a test.
DEELS = {"NIET_BESCHIKBAAR", "METING_IN_ZIN", "POSITIE_IN_ZIN", "REGIOSOORT_MEERVOUD", "PER_JAAR"}


@pytest.mark.parametrize("naam", WOORDEN)
def test_every_code_has_its_words(naam):
    missing = {code for lijst, code in ZONDER_WOORD if lijst == naam}
    assert set(WOORDEN[naam]) == set(LIJSTEN[naam]) - missing
    assert all(WOORDEN[naam].values())


@pytest.mark.parametrize("naam", ELDERS)
def test_other_words_are_of_the_same_codes(naam):
    codes = set(getattr(lijsten, naam))
    assert codes <= set(LIJSTEN[ELDERS[naam]])
    assert naam in DEELS or codes == set(LIJSTEN[ELDERS[naam]])


def test_no_code_stands_twice_in_a_list():
    assert all(codes and len(set(codes)) == len(codes) for codes in LIJSTEN.values())
    assert set(STATUS_ORDE) == set(LIJSTEN["status"])


def test_all_words_of_the_module_are_held():
    held = {id(w) for w in WOORDEN.values()} | {id(getattr(lijsten, n)) for n in ELDERS} | {id(LIJSTEN), id(WOORDEN)}
    words = {n for n, v in vars(lijsten).items() if n.isupper() and isinstance(v, dict) and not n.startswith("_")}
    assert {n for n in words if id(getattr(lijsten, n)) not in held} == {"RICHTINGEN"}
