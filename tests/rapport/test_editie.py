"""What an edition may say of itself, and what its makers are told when it is wrong."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assets.indicatoren.kaart import read_kaarten
from assets.rapport.bevriezen import freeze_toml
from assets.rapport.editie import KERN, cards_of, check_kern, is_concept, read_editie
from begrippen.fout import BestandError
from begrippen.gebied import GEBIEDEN

EDITIES = Path(__file__).parents[2] / "gebied" / "drenthe" / "edities"
GOED = 'jaar = 2026\nstaat = "concept"\n'


@pytest.fixture
def write(tmp_path):
    def write(toml=GOED, **bestanden):
        folder = tmp_path / "2026"
        folder.mkdir(exist_ok=True)
        (folder / "editie.toml").write_text(toml, encoding="utf-8")
        for naam, content in bestanden.items():
            path = folder / naam.replace("__", "/").replace("_toml", ".toml").replace("_md", ".md")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return tmp_path

    return write


@pytest.mark.parametrize("jaar", [2024, 2026])
def test_the_editions_of_the_repository_are_right(jaar):
    editiemap = read_editie(EDITIES, jaar)
    assert cards_of(editiemap)
    assert editiemap.editie.jaar == jaar


def test_a_year_without_a_folder_is_an_edition_without_anything():
    editiemap = read_editie(EDITIES, 2030)
    assert editiemap.map is None
    assert cards_of(editiemap) == read_kaarten()


@pytest.mark.parametrize(
    ("toml", "match"),
    [
        ("jaar = 2024", r"jaar is 2024, maar de map is die van 2026"),
        ("", r"jaar: ontbreekt"),
        (GOED + "verzonnen = 1", r"verzonnen: dit veld bestaat niet; toegestaan: jaar, staat, embargo"),
        ('jaar = 2026\nstaat = "klaar"', r"staat: 'klaar' mag hier niet; toegestaan: 'concept' of 'bevroren'"),
        (GOED + "[venster]\nvan = 2015\ntot = 2022", r"venster 2015-2022 mag niet: .* 2018 tot en met 2025"),
        (GOED + "embargo = 2026-12-15T07:00:00", r"embargo: .*tijdzone"),
        (GOED + 'namen_met_cijfer = ["12 procent"]', r"namen_met_cijfer: '12 procent'"),
        ("jaar = ", r"geen geldige TOML"),
        (GOED + "[regios]\nindeling = 1900", r"regios.indeling: 1900 is te klein"),
    ],
)
def test_a_wrong_edition_is_refused_with_what_is_allowed(write, toml, match):
    with pytest.raises(BestandError, match=match):
        read_editie(write(toml), 2026)


def test_an_unknown_indicator_or_region_is_answered_with_the_nearest(write):
    with pytest.raises(BestandError, match=r"indicator 'werkloosheit' bestaat niet; bedoelt u werkloosheid"):
        cards_of(read_editie(write(GOED + 'indicatoren = ["werkloosheit"]'), 2026))
    with pytest.raises(BestandError, match=r"regio 'RD2024' bestaat niet; bedoelt u RD2023"):
        cards_of(read_editie(write(GOED + '[regios]\nindeling = 2026\nsamengesteld = ["RD2024"]'), 2026))


def kern(*ids: str) -> str:
    return "".join(f'[[kern]]\nindicator = "{i}"\nreden = "om een reden"\n' for i in ids)


def unlike(count: int) -> list[str]:
    """Indicators that measure something of their own."""
    return [k.id for k in read_kaarten().values() if k.familie is None][:count]


def test_core_indicators_are_fifteen_or_none_each_once(write):
    assert [k.indicator for k in read_editie(write(GOED + kern(*unlike(KERN))), 2026).editie.kern] == unlike(KERN)
    with pytest.raises(BestandError, match=r"kern: er staan 14 kernindicatoren; het moeten er 15 zijn"):
        read_editie(write(GOED + kern(*unlike(KERN - 1))), 2026)
    with pytest.raises(BestandError, match=r"kern: .* staat er twee keer"):
        read_editie(write(GOED + kern(*unlike(KERN - 1), unlike(1)[0])), 2026)
    with pytest.raises(BestandError, match=r"reden: ontbreekt"):
        read_editie(write(GOED + '[[kern]]\nindicator = "werkloosheid"'), 2026)


def test_two_core_indicators_of_one_family_or_one_that_is_left_out_are_refused(write):
    cards = read_kaarten().values()
    naam = next(k.familie.naam for k in cards if k.familie)
    een, twee = [k.id for k in cards if k.familie and k.familie.naam == naam][:2]
    with pytest.raises(BestandError, match=rf"kernindicatoren {een} en {twee} meten hetzelfde"):
        cards_of(read_editie(write(GOED + kern(een, twee, *unlike(KERN - 2))), 2026))
    with pytest.raises(BestandError, match=r"kernindicator .* staat niet onder indicatoren"):
        cards_of(read_editie(write(GOED + 'indicatoren = ["werkloosheid"]\n' + kern(*unlike(KERN))), 2026))
    with pytest.raises(BestandError, match=r"indicator 'werkloosheit' bestaat niet"):
        cards_of(read_editie(write(GOED + kern("werkloosheit", *unlike(KERN - 1))), 2026))


@pytest.mark.parametrize("gebied", sorted(p.parent.name for p in GEBIEDEN.glob("*/edities")))
def test_every_tenant_has_its_core_indicators_with_reasons(gebied):
    for path in sorted((GEBIEDEN / gebied / "edities").iterdir()):
        editiemap = read_editie(path.parent, int(path.name))
        if editiemap.editie.jaar == max(int(p.name) for p in path.parent.iterdir()):
            assert len(editiemap.editie.kern) == KERN
            check_kern(editiemap.editie, read_kaarten())


def test_an_edition_takes_its_indicators_and_what_they_are_weighed_with(write):
    zwaar = next(k for k in read_kaarten().values() if k.gewicht)
    editiemap = read_editie(write(GOED + f'indicatoren = ["{zwaar.id}"]'), 2026)
    assert set(cards_of(editiemap)) == {zwaar.id, zwaar.gewicht}


def test_texts_and_rectifications_are_read_in_their_order(write):
    rectificatie = 'datum = 2027-01-20\nbladen = ["arbeidsmarkt"]\nwat = "Fout."\nwas = "3%"\nmoet = "Anders."\n'
    edities = write(teksten__b_md="twee", teksten__a_md="een", rectificaties__01_toml=rectificatie)
    editiemap = read_editie(edities, 2026)
    assert editiemap.teksten == (("edities/2026/teksten/a.md", "een"), ("edities/2026/teksten/b.md", "twee"))
    assert editiemap.versie == 2
    write(rectificaties__03_toml=rectificatie)
    with pytest.raises(BestandError, match=r"verwacht: 02\.toml"):
        read_editie(edities, 2026)


def test_who_saw_something_after_the_embargo_is_no_insider(write):
    inzage = '[[inzage]]\nwie = "pers"\nwat = "alles"\nop = {}\nwaarom = "x"\n'
    toml = GOED + "embargo = 2026-12-15T07:00:00+01:00\n"
    assert read_editie(write(toml, toegang_toml=inzage.format("2026-12-14T07:00:00+01:00")), 2026).inzage
    with pytest.raises(BestandError, match="de inzage van pers is niet voor het embargo"):
        read_editie(write(toml, toegang_toml=inzage.format("2026-12-15T07:00:00+01:00")), 2026)


def test_a_link_in_the_folder_of_an_edition_is_refused(write, tmp_path):
    edities = write()
    (edities / "2026" / "teksten").symlink_to(tmp_path)
    with pytest.raises(BestandError, match="geen gewoon bestand"):
        _ = read_editie(edities, 2026).bestanden


def test_a_draft_says_so_until_its_embargo(write):
    embargo = "embargo = 2026-12-15T07:00:00+01:00\n"
    editie = read_editie(write(GOED + embargo), 2026).editie
    assert is_concept(editie, datetime(2026, 12, 15, 5, 59, tzinfo=UTC))
    assert not is_concept(editie, datetime(2026, 12, 15, 6, 0, tzinfo=UTC))
    assert is_concept(read_editie(write(GOED), 2026).editie, datetime(2030, 1, 1, tzinfo=UTC))
    bevroren = read_editie(write(freeze_toml(GOED + embargo)), 2026).editie
    assert not is_concept(bevroren, datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    "toml", [GOED, "jaar = 2026", "jaar = 2026\n[venster]\nvan = 2018\ntot = 2025", '# staat = "x"\njaar = 2026']
)
def test_freezing_changes_the_state_and_nothing_else(toml):
    frozen = freeze_toml(toml)
    assert 'staat = "bevroren"' in frozen
    assert freeze_toml(frozen) == frozen
    kept = [line for line in toml.splitlines() if not line.startswith("staat")]
    assert [line for line in frozen.splitlines() if not line.startswith("staat")] == kept
