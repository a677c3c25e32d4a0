"""A year of nights against the local CBS, with everything that can happen in them: one message a cause, none false.

Each test run lives a twin of it, of twelve nights, and sees that its judge is no friend; `make vertrouwen` lives all of
it (`tests/vertrouwen/test_nachten.py`).
"""

from dataclasses import replace
from datetime import UTC, datetime

from tests.jaar.gebeurtenissen import JAAR, TWEELING, join_rijen
from tests.jaar.motor import Bericht, Verloop, machine
from tests.jaar.oordeel import Oordeel, leef

# a Monday: the first night tells the week
BEGIN = datetime(2027, 1, 4, 12, tzinfo=UTC)
NACHTEN = 365


def test_twelve_nights_with_seven_events_tell_each_cause_once_and_what_is_published_is_right(tmp_path):
    with machine(tmp_path, BEGIN) as m:
        oordeel = leef(m, TWEELING, 12)
        assert oordeel.fouten == [], "\n\n".join(oordeel.verhalen)
        assert (oordeel.gebeurtenissen, oordeel.weken) == (7, 2)
        _judge_is_no_friend(m, oordeel)


def _judge_is_no_friend(m, oordeel: Oordeel) -> None:
    """Whatever a night does not tell, tells too much or publishes wrong, is found."""
    rij = replace(TWEELING[0], nacht=12, berichten=("schijf",))
    goed = Verloop(0, (Bericht("De schijf raakt vol", "x", "monitor status", "schijf"),), 1, False, 0.0, "")
    assert oordeel.beoordeel(m, rij, goed) == []
    assert "verloren: schijf" in oordeel.beoordeel(m, rij, replace(goed, berichten=()))[0]
    assert "vals: schijf" in oordeel.beoordeel(m, rij, replace(goed, berichten=goed.berichten * 2))[0]
    assert "per e-mail kwam iets anders" in oordeel.beoordeel(m, rij, replace(goed, anders={"e-mail": ()}))[0]
    assert "0 keer een hartslag" in oordeel.beoordeel(m, rij, replace(goed, hartslagen=0))[0]
    beter = replace(rij, goed=("10001NED",))
    assert "niet gepubliceerd" in oordeel.beoordeel(m, beter, replace(goed, code=1))[0]
    assert "code 1" in oordeel.verhalen[-1] and "De schijf raakt vol [schijf]" in oordeel.verhalen[-1]
    m.voorraad.tabellen["10001NED"].stand += 1
    assert "cellen ontbreken" in oordeel.beoordeel(m, rij, goed)[0]
    (m.actueel / "rapport" / "index.html").write_text("half")
    assert "niet meer wat zij was" in oordeel.beoordeel(m, rij, goed)[0]
    (m.actueel / "rapport" / "index.html").unlink()
    assert "niet heel" in oordeel.beoordeel(m, rij, goed)[0]


def test_a_year_holds_more_than_forty_kinds_of_events_in_its_nights():
    nights = join_rijen(JAAR)
    assert len({r.wat for r in JAAR if r.nieuw}) >= 40
    assert max(nights) < NACHTEN
