"""A unit is read in one place, and every unit of the house is one that it can read."""

import pytest

from assets.indicatoren.kaart import read_kaarten
from begrippen.eenheid import Eenheid, read_eenheid, telt_op


@pytest.mark.parametrize(
    ("text", "parts", "procent", "naamloos", "basisjaar"),
    [
        ("%", Eenheid("%"), True, False, None),
        ("% van de banen", Eenheid("%", van="van de banen"), True, False, None),
        ("procentpunt", Eenheid("procentpunt"), True, False, None),
        ("euro", Eenheid("euro"), False, False, None),
        ("euro per inwoner", Eenheid("euro", per="inwoner"), False, False, None),
        ("x 1 000 euro", Eenheid("x 1 000 euro"), False, False, None),
        ("per 1 000 inwoners", Eenheid("", per="1 000 inwoners"), False, False, None),
        ("personen per huishouden", Eenheid("personen", per="huishouden"), False, False, None),
        ("aantal", Eenheid("aantal"), False, True, None),
        ("schaalscore (0-10)", Eenheid("schaalscore (0-10)"), False, True, None),
        ("klasse 1-4", Eenheid("klasse 1-4"), False, False, None),
        ("", Eenheid(""), False, True, None),
        ("index, 2019 = 100", Eenheid("index", honderd="2019"), False, True, 2019),
        ("2020 = 100", Eenheid("index", honderd="2020"), False, True, 2020),
        ("EU-27 = 100", Eenheid("index", honderd="EU-27"), False, True, None),
    ],
)
def test_a_unit_is_read_in_its_parts(text, parts, procent, naamloos, basisjaar):
    found = read_eenheid(text)
    assert (found, found.procent, found.naamloos, found.basisjaar) == (parts, procent, naamloos, basisjaar)


@pytest.mark.parametrize(
    ("aggregatie", "eenheid", "total"),
    [
        ("som", "euro", True),
        ("niet", "aantal", True),
        ("verhouding", "x 1 000", True),
        ("niet", "mln euro", True),
        ("verhouding", "%", False),
        ("gewogen", "x 1 000 euro", False),
    ],
)
def test_what_adds_up_is_a_total(aggregatie, eenheid, total):
    assert telt_op(aggregatie, eenheid) is total


def test_no_unit_of_a_card_hides_a_part_that_is_read_elsewhere():
    """A percentage, an index or a 'per' in the middle of a measure would be a form that nobody reads."""
    units = {k.eenheid for k in read_kaarten().values()}
    assert len(units) > 40
    hidden = [u for u in units if any(sign in read_eenheid(u).maat for sign in ("% ", " per ", "= 100"))]
    assert hidden == []
