"""A reason is a record: its words stand in one place, and nothing but words depends on them."""

import json
import string
from datetime import UTC, datetime

import pytest

from assets.bron.fetch import Uitkomst
from assets.bron.momentopname import Archief, Momentopname
from assets.bron.poging import read_poging, write_poging
from begrippen import redenzinnen
from begrippen.redenen import OPDRACHTEN, REDENEN, Reden, from_json, to_json
from begrippen.redenzinnen import BIJZONDERHEDEN, STAPPEN, ZINNEN, regel, zin

GEGEVENS = {
    **dict.fromkeys(("eenheden", "pad", "periodes", "regios", "cellen", "weg", "namen"), ("Bedrijf", "RegioS")),
    **dict.fromkeys(("aantal", "http", "pogingen", "over", "dekking", "gekregen", "factor", "deel"), 3),
}
LONE = {(c, "cellen"): 70 for c in ("gekrompen", "niveau", "verspreid")} | {("telling", "verwacht"): 70}


def example(code: str) -> Reden:
    names, _ = REDENEN[code]
    given = {n: LONE.get((code, n), GEGEVENS.get(n, f"de {n}")) for n in names}
    return Reden(code, given, waar="https://bron/tabel", toelichting="vrije tekst")


@pytest.mark.parametrize("code", REDENEN)
def test_every_code_has_words_that_name_what_goes_with_it(code):
    """Only the count behind 'en meer' is not named itself."""
    told = ZINNEN[code] + BIJZONDERHEDEN.get(code, "")
    named = {name for _, name, _, _ in string.Formatter().parse(told) if name}
    assert set(REDENEN[code][0]) - named == ({"aantal"} if code in ("regio_onbekend", "niveau_regio") else set())
    assert zin([example(code)]) and "{" not in regel([example(code)], "85039NED")


def test_the_lists_hold_the_same_codes():
    assert set(ZINNEN) == set(REDENEN) and set(BIJZONDERHEDEN) <= set(REDENEN)
    assert set(STAPPEN) == set(OPDRACHTEN) == {step for _, step in REDENEN.values() if step}


@pytest.mark.parametrize("code", REDENEN)
def test_a_reader_is_told_no_address_and_no_command(code):
    told = zin([example(code)])
    assert "https://" not in told and "monitor " not in told
    assert "https://bron/tabel: " in regel([example(code)], "85039NED")
    assert (OPDRACHTEN[REDENEN[code][1]].format(tabel="85039NED") if REDENEN[code][1] else "") in regel(
        [example(code)], "85039NED"
    )


@pytest.mark.parametrize("code", REDENEN)
def test_what_is_kept_is_read_as_it_was(code):
    reden = Reden(code, example(code).gegevens, wat="banen", waar="x", toelichting="y")
    assert from_json(json.loads(json.dumps(to_json([reden, reden])))) == (reden, reden)


@pytest.mark.parametrize(
    ("code", "gegevens"), [("bestaat_niet", {}), ("telling", {}), ("telling", {"verwacht": 1}), ("leeg", {"aantal": 1})]
)
def test_a_code_or_a_name_outside_the_list_is_an_error(code, gegevens):
    with pytest.raises(ValueError, match=code):
        Reden(code, gegevens)


def test_several_reasons_share_one_command():
    told = regel([Reden("leeg"), Reden("telling", {"verwacht": 3, "gekregen": 2})], "85039NED")
    assert told == (
        "de tabel is leeg: er kwam geen enkele rij; de bron telt 3 rijen en er kwamen er 2. "
        "Bekijk wat er anders is met: monitor bron toets 85039NED"
    )


def test_an_attempt_of_before_there_were_codes_is_shown_as_it_was(tmp_path):
    archief = Archief(tmp_path, "cbs")
    path = tmp_path / "pogingen" / "cbs" / "cbs" / "85039NED.json"
    path.parent.mkdir(parents=True)
    old = {"bron": "cbs", "tabel": "85039NED", "tijd": "2026-10-01T00:00:00", "resultaat": "geweigerd", "gebruikt": "m"}
    path.write_text(json.dumps(old | {"reden": "de tabel is leeg. Bekijk wat er anders is met: monitor bron toets x"}))
    poging = read_poging(archief, "cbs", "85039NED")
    assert poging.verouderd
    assert poging.redenen == (
        Reden("vrij", toelichting="de tabel is leeg. Bekijk wat er anders is met: monitor bron toets x"),
    )
    path.write_text(json.dumps(old | {"redenen": [{"code": "van_later", "gegevens": {"x": 1}}]}))
    assert read_poging(archief, "cbs", "85039NED").reden == "van later"


def test_a_momentopname_of_before_there_were_codes_is_shown_as_it_was(tmp_path):
    old = {
        "oordeel": "geweigerd",
        "reden": "de tabel is leeg",
        "waarschuwingen": ["onderwerp a was er in het vorige antwoord wel"],
        "niet_gevonden": [{"onderwerp": "a", "reden": "er is geen onderwerp met de titel 'a'", "kandidaten": ["b"]}],
    }
    m = Momentopname("cbs", "cbs", "85039NED", "20261001T000000000000Z", tmp_path, old)
    assert zin(m.redenen) == "de tabel is leeg"
    assert zin(m.waarschuwingen) == "onderwerp a was er in het vorige antwoord wel"
    assert [(o, zin(r), k) for o, r, k in m.niet_gevonden] == [("a", "er is geen onderwerp met de titel 'a'", ("b",))]


@pytest.mark.parametrize("code", REDENEN)
def test_other_words_change_nothing_but_words(code, tmp_path, monkeypatch):
    """The attempt that is kept, whether an older answer is used and the next command do not hang on any wording."""
    archief, moment = Archief(tmp_path, "cbs"), datetime(2026, 11, 29, tzinfo=UTC)
    uitkomst = Uitkomst("cbs", "85039NED", "geweigerd", None, (example(code),), 1.0)

    def kept() -> tuple[str, bool, str]:
        poging = write_poging(archief, uitkomst, moment)
        (path,) = (tmp_path / "pogingen").rglob("*.json")
        return path.read_text(), poging.verouderd, poging.redenen[0].opdracht("85039NED")

    before, told = kept(), zin(uitkomst.redenen)
    monkeypatch.setattr(redenzinnen, "ZINNEN", dict.fromkeys(REDENEN, "iets heel anders"))
    monkeypatch.setattr(redenzinnen, "BIJZONDERHEDEN", {})
    assert kept() == before
    assert zin(uitkomst.redenen) == "iets heel anders" != told
