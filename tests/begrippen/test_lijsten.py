"""The closed lists agree with themselves: every word is of a code, and every code that a reader meets has words."""

import re
from pathlib import Path

import pytest

from begrippen import beweringen, lijsten, oordeellijsten
from begrippen.lijsten import LIJSTEN, STATUS_ORDE, WOORDEN

ROOT = Path(__file__).parents[2]

NAMEN = vars(oordeellijsten) | vars(lijsten)

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
    codes = set(NAMEN[naam])
    assert codes <= set(LIJSTEN[ELDERS[naam]])
    assert naam in DEELS or codes == set(LIJSTEN[ELDERS[naam]])


def test_no_code_stands_twice_in_a_list():
    assert all(codes and len(set(codes)) == len(codes) for codes in LIJSTEN.values())
    assert set(STATUS_ORDE) == set(LIJSTEN["status"])


def test_all_words_of_the_modules_are_held():
    held = {id(w) for w in WOORDEN.values()} | {id(NAMEN[n]) for n in ELDERS} | {id(LIJSTEN), id(WOORDEN)}
    words = {n for n, v in NAMEN.items() if n.isupper() and isinstance(v, dict) and not n.startswith("_")}
    assert {n for n in words - {"TYPES"} if id(NAMEN[n]) not in held} == {"RICHTINGEN"}


# Where three codes of a list stand together that do not repeat it: why -> file -> lists.
MAG: dict[str, dict[str, set[str]]] = {
    "decides which code it is": {
        "assets/bron/herkenning.py": {"herkenning"},
        "assets/bron/kruistabel/label.py": {"leeg_reden", "status"},
        "assets/indicatoren/kaart.py": {"prijzen"},
        "assets/indicatoren/oordeel.py": {"robuust"},
        "assets/kern/status.py": {"status"},
        "pipelines/instellingen.py": {"bronsoort"},
        "assets/beleid/vormen.py": {"resultaatstaat"},
        "sql/beleid/signaal.sql": {"signaaluitkomst"},
        "sql/kern/correctie.sql": {"correctieuitkomst"},
        "sql/monitor/bewering.sql": {"beweringoordeel", "beweringplek", "beweringsoort", "positie"},
        "sql/reken/bewering_cijfer.sql": {"beweringzekerheid", "meting", "positie", "trend"},
        "sql/reken/bewering_figuur.sql": {"beweringzekerheid", "meting"},
        "sql/monitor/herziening.sql": {"herzieningsoort", "kaartherzieningsoort"},
        "sql/monitor/kaartherziening.sql": {"herzieningsoort", "kaartherzieningsoort"},
        "sql/monitor/oordeel.sql": {"trend", "positie", "plaatsreden", "kloof", "kloofreden", "regiosoort"},
        "sql/reken/cel.sql": {"status", "leeg_reden"},
        "sql/reken/prijsbasis.sql": {"prijsbasis"},
    },
    "does or computes something else for each code": {
        "assets/beleid/projecten.py": {"effectmaat", "effectstaat"},
        "assets/bron/versheid.py": {"periodesoort"},
        "assets/bron/voorbeeld/indeling.py": {"periodesoort"},
        "assets/vragen/herleiding.py": {"aggregatie"},
        "reports/getallen.py": {"periodesoort"},
        "reports/hoofdstukken/naast_cijfers.py": {"signaalsoort"},
        "sql/reken/berekend.sql": {"aggregatie"},
        "sql/reken/jaardeel.sql": {"periodesoort"},
    },
    "asks something of claims of some kinds": {
        "reports/figuurzinnen.py": {"beweringsoort"},
        "reports/gedrukt/thema.py": {"beweringsoort"},
        "reports/tekst/vrijetoets.py": {"beweringoordeel"},
        "sql/toets/bewering_eens.sql": {"beweringsoort"},
        "sql/toets/bewering_geteld.sql": {"beweringoordeel", "positie"},
        "sql/toets/bewering_jaren.sql": {"beweringsoort"},
        "sql/toets/bewering_klein.sql": {"beweringoordeel", "beweringsoort"},
        "sql/toets/bewering_periode.sql": {"beweringsoort"},
        "sql/toets/bewering_richting.sql": {"beweringsoort"},
        "sql/toets/bewering_tegenspraak.sql": {"beweringsoort"},
        "sql/toets/bewering_uiterste.sql": {"meting"},
        "sql/toets/bewering_toeval.sql": {"beweringsoort"},
    },
    "has the same words for something else: a reference in a text, a criterion of the province": {
        "assets/beleid/besloten.py": {"positie"},
        "assets/rapport/assets.py": {"beweringsoort"},
        "reports/hoofdstukken/vragen.py": {"beweringsoort"},
        "reports/tekst/analyseverwijzingen.py": {"beweringsoort"},
        "reports/tekst/cijfers.py": {"beweringsoort"},
        "reports/tekst/verwijzingen.py": {"beweringsoort"},
        "reports/tekst/zinregels.py": {"beweringsoort"},
        "reports/vraag.py": {"beweringsoort"},
    },
    "gives each code its code in the standard of another": {
        "reports/downloads/openvormen.py": {"leeg_reden", "periodesoort", "status"},
    },
    "takes some of the regions": {
        "assets/indicatoren/terugtoets.py": {"regiosoort"},
        "assets/indicatoren/regel.py": {"regiosoort"},
        "assets/vragen/rapport.py": {"regiosoort"},
        "reports/gedrukt/gebiedsblad.py": {"regiosoort"},
        "reports/tekst/vrijeplaats.py": {"regiosoort"},
        "reports/tekst/vrijezin.py": {"regiosoort"},
        "sql/monitor/controle.sql": {"regiosoort"},
        "sql/monitor/niet_beschikbaar.sql": {"regiosoort"},
        "sql/reken/lid.sql": {"regiosoort"},
    },
    "builds a sentence, a heading or a colour around some of the codes": {
        "assets/rapport/vergelijken.py": {"herzieningsoort", "kaartherzieningsoort"},
        "assets/vragen/afdruk_herziening.py": {"herzieningsoort", "kaartherzieningsoort"},
        "reports/downloads/noten.py": {"leeg_reden"},
        "reports/hoofdstukken/samenvatting.py": {"positie"},
        "reports/stukken/platen.py": {"positie"},
        "reports/tabel.py": {"positie"},
        "sql/monitor/niet_beschikbaar.sql": {"leeg_reden"},
    },
}


def repeats(text: str, codes: tuple[str, ...]) -> bool:
    """Whether three codes of a list stand as texts within 200 characters of each other."""
    word = "|".join(map(re.escape, codes))
    found = [(m.start(), m[2]) for m in re.finditer(rf"(['\"])({word})\1", text)]
    return any(len({c for at, c in found[n:] if at - start < 200}) >= 3 for n, (start, _) in enumerate(found))


def own(naam: str) -> tuple[str, ...]:
    """The codes of a list. Of those of claims only what no other list has: a claim takes over the words of verdicts."""
    if naam not in beweringen.TYPES:
        return LIJSTEN[naam]
    others = {code for other, codes in LIJSTEN.items() if other not in beweringen.TYPES for code in codes}
    return tuple(code for code in LIJSTEN[naam] if code not in others) or ("",)


def test_no_other_file_repeats_a_list():
    found = set()
    for top in ("assets", "reports", "pipelines", "sql"):
        for path in sorted(p for p in (ROOT / top).rglob("*") if p.suffix in {".py", ".sql"}):
            text = path.read_text(encoding="utf-8")
            found |= {
                (str(path.relative_to(ROOT)), naam) for naam, codes in LIJSTEN.items() if repeats(text, own(naam))
            }
    mag = {(file, naam) for files in MAG.values() for file, names in files.items() for naam in names}
    assert sorted(found - mag) == []
    assert sorted(mag - found) == [], "allowed, but no longer there"


def test_a_repeated_list_is_found():
    assert repeats("X = ('hoger', \"lager\", 'neutraal')", LIJSTEN["richting"])
    assert not repeats("'hoger' of 'lager'", LIJSTEN["richting"])
    assert not repeats("'hoger', 'lager'" + " " * 200 + "'neutraal'", LIJSTEN["richting"])
