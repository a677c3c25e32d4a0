"""A card may state a coverage that suffices: a composite region then does without a member, and says so."""

from __future__ import annotations

from random import Random

import pytest
from pydantic import ValidationError

from assets.indicatoren.kaart import read_kaarten
from assets.vragen.afdruk import show_indicator
from assets.vragen.indicator import describe_indicator

# RD2018 of the small world: GM0114 and GM0160; PV22 is made of its five municipalities, as a delivery lacks it
WEIGHT = {"GM0114": 90.0, "GM0160": 10.0}
SHARE = [{"tabel": "t", "teller": [{"onderwerp": "a"}], "noemer": [{"onderwerp": "b"}], "factor": 100}]
REASON = {"reden": "kleine gemeenten hebben geen schatting", "datum": "2026-11-24"}


@pytest.fixture
def weight(maak_kaart):
    return maak_kaart("mensen", bronnen=[{"tabel": "u", "teller": [{"onderwerp": "w"}]}])


def gewogen(maak_kaart, waarde=None, maat="gewicht"):
    dekking = None if waarde is None else {"waarde": waarde, "maat": maat, **REASON}
    return maak_kaart(aggregatie="gewogen", gewicht="mensen", dekking=dekking)


def weights(maak_cel, weight=WEIGHT, periode=2022):
    return [maak_cel("w", r, periode, v, tabel="u") for r, v in weight.items()]


def composite(db, regio="RD2018", periode="2022JJ00"):
    return db.execute(
        "SELECT waarde, teller, noemer, status, benadering, leeg_reden FROM monitor.indicatorwaarde "
        "WHERE indicator = 'maat' AND regio = ? AND periode = ?",
        [regio, periode],
    ).fetchone()


def missing(db):
    return db.execute("FROM monitor.ontbrekend_lid ORDER BY ALL").fetchall()


def test_without_a_coverage_a_missing_member_makes_the_whole_nb(wereld, maak_cel, maak_kaart, weight):
    cells = [maak_cel("a", "GM0114", 2022, 50.0), maak_cel("a", "GM0160", 2022, "onbekend"), *weights(maak_cel)]
    db = wereld([gewogen(maak_kaart), weight], cells)
    assert composite(db) == (None, None, None, "definitief", False, "onbekend")
    assert missing(db) == []


def test_a_coverage_that_suffices_gives_an_approximation_of_the_rest(wereld, maak_cel, maak_kaart, weight):
    cells = [
        maak_cel("a", "GM0114", 2022, 50.0),
        maak_cel("a", "GM0160", 2022, "niet_gepubliceerd", status="onbekend"),
        *weights(maak_cel),
    ]
    db = wereld([gewogen(maak_kaart, 0.9), weight], cells)
    # the status is of what counts
    assert composite(db) == (50.0, 4500.0, 90.0, "definitief", True, None)
    assert missing(db) == [("maat", "totaal", "RD2018", "2022JJ00", "GM0160", "niet_gepubliceerd", 0.9)]
    more = wereld([gewogen(maak_kaart, 0.91), weight], cells)
    assert composite(more)[0] is None
    assert missing(more) == []


def test_a_whole_region_names_nobody(wereld, maak_cel, maak_kaart, weight):
    cells = [maak_cel("a", r, 2022, v) for r, v in (("GM0114", 50.0), ("GM0160", 20.0))]
    db = wereld([gewogen(maak_kaart, 0.5), weight], [*cells, *weights(maak_cel)])
    assert composite(db)[0] == pytest.approx(47.0)
    assert missing(db) == []


def test_the_share_is_measured_in_members_or_in_weight(wereld, maak_cel, maak_kaart, weight):
    # one of two members, with a tenth of the weight
    cells = [maak_cel("a", "GM0160", 2022, 20.0), maak_cel("a", "GM0114", 2022, "onbekend"), *weights(maak_cel)]
    assert composite(wereld([gewogen(maak_kaart, 0.5), weight], cells))[0] is None
    db = wereld([gewogen(maak_kaart, 0.5, "leden"), weight], cells)
    assert composite(db)[0] == 20.0
    assert missing(db)[0][4:] == ("GM0114", "onbekend", 0.5)


def test_a_share_that_cannot_be_measured_does_not_suffice(wereld, maak_cel, maak_kaart, weight):
    cells = [maak_cel("a", "GM0114", 2022, 50.0), maak_cel("a", "GM0160", 2022, "onbekend")]
    known = weights(maak_cel, {"GM0114": 90.0})
    assert composite(wereld([gewogen(maak_kaart, 0.5), weight], [*cells, *known]))[0] is None
    # counted in members it can: a member without a weight is a member that misses
    db = wereld([gewogen(maak_kaart, 0.5, "leden"), weight], [*cells, *known])
    assert composite(db)[0] == 50.0


def test_nothing_at_all_is_never_enough(wereld, maak_cel, maak_kaart, weight):
    cells = [maak_cel("a", r, 2022, "geheim") for r in WEIGHT]
    db = wereld([gewogen(maak_kaart, 0.5), weight], [*cells, *weights(maak_cel), maak_cel("a", "GM0106", 2022, 1.0)])
    assert composite(db)[0] is None
    assert composite(db)[5] == "geheim"


def test_a_quotient_leaves_out_teller_and_noemer_of_the_member_that_misses(wereld, maak_cel, maak_kaart):
    card = maak_kaart(
        aggregatie="verhouding", bronnen=SHARE, dekking={"waarde": 0.8, "maat": "noemer", **REASON}, eenheid="%"
    )
    cells = [
        maak_cel("a", "GM0114", 2022, 30.0),
        maak_cel("b", "GM0114", 2022, 80.0),
        maak_cel("a", "GM0160", 2022, "geheim"),
        maak_cel("b", "GM0160", 2022, 20.0),
    ]
    db = wereld([card], cells)
    assert composite(db) == (37.5, 30.0, 80.0, "definitief", True, None)
    assert missing(db)[0][4:] == ("GM0160", "geheim", 0.8)


def test_a_secret_member_leaves_no_trace_in_the_whole(wereld, maak_cel, maak_kaart):
    """Whatever a suppressed member would have been, everything published of the composite is the same.

    Every year is a draw of its own, so that two worlds are enough for all of them.
    """
    draw = Random(1)
    jaren = {jaar: [1.0, 99.0] * 2 for jaar in (1995, 1996)} | {
        jaar: [draw.uniform(1, 99) for _ in range(4)] for jaar in range(1997, 2022)
    }
    secret = {jaar: draw.uniform(1, 99) for jaar in jaren} | {1995: 1.0, 1996: 99.0}
    weight = maak_kaart("mensen", bronnen=[{"tabel": "u", "teller": [{"onderwerp": "w"}]}])
    *members, last = ["GM0106", "GM1680", "GM0114", "GM0109", "GM0118"]
    cells = [
        *(maak_cel("a", r, jaar, v) for jaar, others in jaren.items() for r, v in zip(members, others, strict=True)),
        *(maak_cel("w", r, jaar, 10.0, tabel="u") for jaar in jaren for r in (*members, last)),
    ]
    db = wereld([gewogen(maak_kaart, 0.8), weight], [*cells, *(maak_cel("a", last, j, "onderdrukt") for j in jaren)])
    # filled in, the whole moves: so it was really not in it
    full = wereld([gewogen(maak_kaart, 0.8), weight], [*cells, *(maak_cel("a", last, j, v) for j, v in secret.items())])
    for jaar, others in jaren.items():
        waarde, teller, noemer, *_ = composite(db, "PV22", f"{jaar}JJ00")
        assert waarde == pytest.approx(sum(others) / 4)
        assert (teller, noemer) == (pytest.approx(10 * sum(others)), 40.0)
        assert composite(full, "PV22", f"{jaar}JJ00")[0] == pytest.approx((sum(others) + secret[jaar]) / 5)
    traced = db.execute("SELECT DISTINCT lid FROM monitor.herkomst WHERE indicator = 'maat' AND regio = 'PV22'")
    assert {lid for (lid,) in traced.fetchall()} == set(members)


def test_the_walk_back_computes_the_approximation_again(wereld, maak_cel, maak_kaart, weight):
    cells = [maak_cel("a", "GM0114", 2022, 50.0), maak_cel("a", "GM0160", 2022, "geheim"), *weights(maak_cel)]
    db = wereld([gewogen(maak_kaart, 0.9), weight], cells)
    db.execute("CREATE TABLE monitor.bouw AS SELECT 'voorbeeld' AS soort, 'b' AS bouw, 2026 AS editie")
    db.execute("CREATE TABLE monitor.momentopname AS SELECT *, 'CBS' AS uitgever FROM invoer.momentopname")
    beeld = describe_indicator(db, "maat", "RD2018", "2022")
    assert db.execute(beeld.waarde_sql).fetchone() == (50.0,)
    assert [(z.regio, z.leeg_reden, z.dekking) for z in beeld.zonder] == [("GM0160", "geheim", 0.9)]
    text = " ".join(show_indicator(beeld).split())
    assert "benadering: gewogen gemiddelde van gemeenten" in text
    assert "Zonder GM0160 (GM0160): geheim. Wat meetelt is 90,0% van het gewicht" in text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"aggregatie": "som"}, "een som met een gat is geen som"),
        ({"aggregatie": "niet"}, "dekking kan niet bij aggregatie niet"),
        ({"aggregatie": "verhouding", "bronnen": SHARE}, "kies leden of noemer"),
        ({"aggregatie": "gewogen", "gewicht": "mensen", "maat": "noemer"}, "kies leden of gewicht"),
        ({"aggregatie": "gewogen", "gewicht": "mensen", "waarde": 1.0}, "less than 1"),
        ({"aggregatie": "gewogen", "gewicht": "mensen", "waarde": 0.4}, "greater than or equal to 0.5"),
        ({"aggregatie": "gewogen", "gewicht": "mensen", "reden": ""}, "at least 1 character"),
    ],
)
def test_a_coverage_that_makes_no_sense_is_refused(maak_kaart, changes, message):
    dekking = {"waarde": 0.9, "maat": "gewicht", **REASON} | {
        k: changes.pop(k) for k in ("waarde", "maat", "reden") if k in changes
    }
    with pytest.raises(ValidationError, match=message):
        maak_kaart(dekking=dekking, **changes)


def test_the_cards_with_a_coverage_are_estimates_that_small_municipalities_lack():
    cards = {k.id: k for k in read_kaarten().values() if k.dekking}
    assert set(cards) == {
        "sociaal_contact",
        "tevredenheid_leven",
        "tevredenheid_vrije_tijd",
        "vertrouwen_instituties",
        "vertrouwen_mensen",
        "vrijwilligerswerk",
    }
    assert {k.meting for k in cards.values()} == {"modelschatting"}
    assert {k.dekking.maat for k in cards.values()} == {"gewicht"}
