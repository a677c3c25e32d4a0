"""Claims in free text: planted sentences that are true and false of a small table, and how far a number may be off.

`zinnen/waar.txt` and `onwaar.txt` were written before the checker, and it was mended with them; `nieuw.txt` (+ true,
- false) was written before it too, and nothing was mended for it.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from reports.model import Reeks, Stand
from reports.tekst.hoeveelheid import find_hoeveelheden
from reports.tekst.teksten import read_tekst
from reports.tekst.vrijgetal import _pair
from tests.reports.voorbeeldrapport import make_indicator
from tests.reports.zinnencijfers import make_zinnencijfers

CIJFERS = make_zinnencijfers()
MAP = Path(__file__).parent / "zinnen"


def lines(naam):
    return [z for z in (MAP / naam).read_text(encoding="utf-8").splitlines() if z]


def faults(zin, cijfers=CIJFERS):
    return [f for f in read_tekst("x.md", zin, cijfers, None)[1] if f.ernst == "fout"]


def told(zin):
    return " ".join(f"{f.wat} {f.advies}" for f in faults(zin))


WAAR, ONWAAR, NIEUW = lines("waar.txt"), lines("onwaar.txt"), lines("nieuw.txt")


def test_there_are_two_hundred_sentences_and_forty_new_ones():
    assert len(set(WAAR)) == len(set(ONWAAR)) == 100
    assert len(set(NIEUW)) == 40 and sum(z.startswith("+ ") for z in NIEUW) == 20
    assert not set(WAAR) & set(ONWAAR)


def test_false_sentences_are_caught():
    missed = [z for z in ONWAAR if not faults(z)]
    assert len(missed) <= 5, missed


def test_true_sentences_may_stay():
    refused = [(z, told(z)) for z in WAAR if faults(z)]
    assert len(refused) <= 3, refused


def test_new_sentences_go_as_well():
    missed = [z for z in NIEUW if z.startswith("- ") and not faults(z[2:])]
    refused = [(z, told(z[2:])) for z in NIEUW if z.startswith("+ ") and faults(z[2:])]
    assert len(missed) <= 1, missed
    assert len(refused) <= 1, refused


# --- what is told ---


@pytest.mark.parametrize(
    ("zin", "woorden"),
    [
        (
            "Een op de vijf banen van Drenten ligt buiten de provincie.",
            ["33,4%", 'cijfer("uitgaande_pendel", "PV22")', "'een derde'"],
        ),
        ("Ruim 81.000 banen van inwoners liggen buiten de provincie.", ["71.100", "ruim 71.000"]),
        ("Drenthe telt ruim 600.000 inwoners.", ["506.100", "ruim 500.000"]),
        ("Het aantal WW-uitkeringen is sinds 2020 bijna verdubbeld.", ["0,51 keer"]),
        ("Assen heeft van de gemeenten de hoogste werkloosheid.", ["Emmen (4,2%)", 'hoogste("werkloosheid")']),
        ("Met armoede staat Drenthe op plaats negen.", ["plaats 3 van de 12", 'rang("armoede", "PV22")']),
        ("De werkloosheid is hoger dan in Nederland.", ["3,2%", "3,7%", "verschil_nl"]),
        ("De kloof in arbeidsparticipatie met Nederland is verdwenen.", ["71,2%", "73,3%", "verschil_nl"]),
        ("De werkloosheid stijgt.", ["daalt", "trend("]),
        ("Ruim de helft van de inwoners van 15 tot 75 jaar is aan het werk.", ["71,2%", "'zeven op de tien'"]),
        ("Door het beleid van de provincie daalde de werkloosheid.", ["een oorzaak", "niet gemeten"]),
        ("De brede welvaart is het hoogst van Nederland.", ["aan geen cijfer te toetsen", "monitor tekst lijst"]),
        ("Alle gemeenten hebben een lagere werkloosheid dan Nederland.", ["Assen", "Emmen"]),
    ],
)
def test_what_is_wrong_is_told_with_the_figure_and_what_to_write(zin, woorden):
    found = told(zin)
    assert all(w in found for w in woorden), found


@pytest.mark.parametrize(
    "zin",
    [
        "Veel ondernemers zoeken personeel.",
        "De provincie zorgt voor goede wegen.",
        "Meer dan ooit is samenwerking nodig.",
        "Het aantal inwoners neemt toe, vooral in Assen.",
        "Vergeleken met 2020 is de armoede lager.",
        "De beroepsbevolking groeit nauwelijks, en dat voelen bedrijven.",
        "Hoe hoger de opleiding, hoe groter de kans op werk.",
        "De prognose geeft voor 2050 bijna evenveel inwoners als voor 2026.",
    ],
)
def test_what_says_nothing_wrong_may_stay(zin):
    assert not faults(zin), told(zin)


@pytest.mark.parametrize(
    "zin",
    [
        "Vergeleken met 2020 is de armoede hoger.",
        "In Assen nam het aantal inwoners af.",
        "De armoede is gehalveerd in Assen.",
        "Het aantal WW-uitkeringen verdubbelde.",
        "Het bbp per inwoner is gelijk aan dat van Nederland.",
        "Assen telt evenveel inwoners als Emmen.",
        "Iedereen heeft werk.",
        "Niemand in Drenthe is arm.",
    ],
)
def test_what_no_figure_bears_out_is_refused(zin):
    assert faults(zin)


def test_an_exact_number_still_becomes_a_reference():
    assert 'cijfer("werkloosheid"' in told("De werkloosheid in Drenthe is 3,2%.")


def test_a_sentence_is_refused_from_the_day_that_its_figure_moves():
    kaart = CIJFERS.indicatoren["uitgaande_pendel"]
    reeks = kaart.reeksen["PV22"]
    punten = (*reeks.punten[:-1], replace(reeks.punten[-1], waarde=42.0))
    nieuw = replace(
        kaart,
        reeksen=kaart.reeksen | {"PV22": Reeks(reeks.regio, punten)},
        standen=kaart.standen | {"PV22": Stand(punten[-1])},
    )
    zin = "Een op de drie banen van Drenten ligt buiten de provincie."
    assert not faults(zin)
    assert faults(zin, replace(CIJFERS, indicatoren=CIJFERS.indicatoren | {"uitgaande_pendel": nieuw}))


def test_a_sentence_may_go_on_about_the_one_before():
    assert not faults("De werkloosheid is laag. Dat is lager dan in Nederland.")
    assert faults("De werkloosheid is laag. Dat is hoger dan in Nederland.")


# --- how far a number may be off ---


@pytest.mark.parametrize(
    ("woorden", "wel", "niet"),
    [
        ("ruim 38.000", [38_000, 38_900], [37_900, 39_100]),
        ("bijna 38.000", [37_100, 38_000], [36_900, 38_100]),
        ("ongeveer 38.000", [37_500, 38_500], [36_900, 39_100]),
        ("38.000", [37_500, 38_500], [37_400, 38_600]),
        ("ruim 3 procent", [3.0, 3.4], [2.9, 3.6]),
        ("bijna 4%", [3.6, 4.0], [3.4, 4.1]),
        ("minder dan 2,5%", [2.1, 2.5], [2.6]),
        ("een op de drie banen", [0.334, 0.31], [0.30, 0.36]),
        ("ruim een derde van", [0.34, 0.39], [0.32, 0.41]),
        ("bijna de helft van", [0.44, 0.5], [0.42, 0.51]),
        ("negen op de tien", [0.9, 0.88], [0.8]),
        ("1 op de 40", [0.025], [0.03]),
        ("ruim een half miljoen", [506_000], [494_000, 600_000]),
        ("ongeveer een ton", [103_000], [120_000]),
        ("bijna verdubbeld", [1.95, 1.75], [2.1, 1.5]),
        ("bijna gehalveerd", [0.51, 0.55], [0.48, 0.6]),
        ("ruim anderhalf keer zo", [1.55], [1.45, 1.9]),
        ("twaalf procent", [12.0], [13.1]),
    ],
)
def test_a_rounded_number_has_a_side_and_a_reach(woorden, wel, niet):
    (h,) = find_hoeveelheden(f"Het is {woorden} x.")
    assert all(h.holds(w) for w in wel), h
    assert not any(h.holds(w) for w in niet), h


@pytest.mark.parametrize(
    "zin", ["De derde plaats.", "Twee gebieden.", "Hij staat derde van de twaalf.", "Drie keer is scheepsrecht."]
)
def test_what_counts_places_is_no_quantity(zin):
    assert [h.woorden for h in find_hoeveelheden(zin) if h.soort != "deel"] == []


def test_what_a_figure_is_a_share_of_is_not_everybody():
    assert not faults('Van alle inwoners had {{ cijfer("werkloosheid") }} geen werk in {{ jaar("werkloosheid") }}.')
    assert "geldt nooit voor allen" in told("Alle inwoners van Drenthe hebben werk: de werkloosheid is weg.")


def test_a_difference_that_was_typed_is_that_of_the_figures_that_stand_on_the_page():
    """75,5 and 74,8 are 0,7 apart for who reads them, whatever stands behind the comma that is not printed."""
    kaart = make_indicator(eenheid="%", decimalen=1)
    (typed,) = find_hoeveelheden("0,7 procentpunt")
    (found,) = _pair(typed, kaart, 75.46, 74.75, wat="")
    assert found.waarde == pytest.approx(0.7)
