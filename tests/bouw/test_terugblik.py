"""A build of a day in the past has the bytes of the build of that day, and says so when it has not."""

import json
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from assets.bouw import terugblik
from assets.bouw.assets import collect_invoer
from assets.bouw.bouwboek import BOEK, keep_boeking, note_invoer, read_boek
from assets.bouw.bouwen import build_database, publish
from assets.bouw.terugblik import PeildatumError, check_dag, describe_verslag, look_back, write_verslag
from assets.bron.bronlijst import Bronlijst
from assets.bron.intrekken import withdraw
from assets.bron.momentopname import Archief, make_id
from assets.keten import Editiekeuze, Maker, Plek, end_of
from begrippen.fout import BestandError

DAGEN = [datetime(2026, 6, n, 2, 30, tzinfo=UTC) for n in (10, 20, 30)]
CELLEN = [
    [("NL01", "2025JJ00", 18_000_000.0), ("PV22", "2025JJ00", 500_000.0), ("GM0114", "2025JJ00", 107_000.0)],
    [("NL01", "2025JJ00", 18_000_100.0), ("PV22", "2025JJ00", 500_100.0), ("GM0114", "2025JJ00", 107_100.0)],
    [("NL01", "2025JJ00", 18_000_900.0), ("PV22", "2025JJ00", 500_900.0), ("GM0114", "2025JJ00", 107_900.0)],
]


class Keten:
    """The build and the publication of a small chain, by day; as the steps of Dagster do them."""

    def __init__(self, werkplaats, uitvoer, code="1"):
        self.werkplaats, self.code = werkplaats, code
        whole = werkplaats.invoer()
        self.lijst = Bronlijst(whole.tabellen, {}, {})
        self.keuze = Editiekeuze(2026, kaarten=whole.kaarten)
        self.plek = Plek("opname", werkplaats.opslag, uitvoer)

    def maak(self, moment):
        """Build and publish of what the archive has now."""
        maker = Maker(lambda: moment, self.code)
        invoer = collect_invoer(self.plek, self.keuze, self.lijst, maker)
        folder = self.plek.bouw_folder(make_id(moment))
        build_database(invoer, folder)
        note_invoer(folder, invoer)
        keep_boeking(self.plek.opslag, self.plek.soort, folder)
        publish(folder, self.plek.uitvoer)
        return inhoud(folder)

    def terug(self, dag, code=None):
        """Build of a day: (its Parquet, what came of looking back)."""
        plek = replace(self.plek, dag=dag, uitvoer=self.plek.uitvoer / "peildatum" / str(dag))
        maker = Maker(lambda: datetime(2027, 1, 1, tzinfo=UTC), code or self.code)
        folder = plek.bouw_folder("terug")
        shutil.rmtree(folder, ignore_errors=True)
        found = look_back(collect_invoer(plek, self.keuze, self.lijst, maker), plek, folder)
        build_database(found.invoer, folder)
        write_verslag(folder, dag, found)
        publish(folder, plek.uitvoer, keep=0)
        return inhoud(folder), found


def inhoud(folder):
    return {p.name: p.read_bytes() for p in sorted((folder / "parquet").glob("*.parquet"))}


@pytest.fixture(scope="module")
def drie(tmp_path_factory):
    """Three days on which the source gave other figures, each with a published build."""
    from tests.bouw.conftest import Werkplaats

    root = tmp_path_factory.mktemp("drie")
    keten = Keten(Werkplaats(root / "opslag"), root / "uitvoer")
    gemaakt = []
    for moment, cellen in zip(DAGEN, CELLEN, strict=True):
        keten.werkplaats.add(cellen, moment)
        gemaakt.append(keten.maak(moment + timedelta(minutes=20)))
    return keten, gemaakt


def test_three_days_gave_three_builds(drie):
    _, gemaakt = drie
    assert len(gemaakt[0]) > 50
    assert all(
        a["monitor.indicatorwaarde.parquet"] != b["monitor.indicatorwaarde.parquet"] for a, b in pairwise(gemaakt)
    )


def test_the_build_of_a_day_comes_back_byte_for_byte(drie):
    (keten, gemaakt), n = drie, 1
    published = (keten.plek.uitvoer / "actueel").resolve()
    again, found = keten.terug(DAGEN[n].date() + timedelta(days=3))
    assert found.verschillen == ()
    assert {naam for naam in again if again[naam] != gemaakt[n][naam]} == set()
    assert set(again) == set(gemaakt[n])
    # and nothing that stood has moved
    assert (keten.plek.uitvoer / "actueel").resolve() == published
    assert [b.bouw for b in read_boek(keten.plek.opslag, "opname", 2026, end_of(date(2027, 1, 1)))] == [
        make_id(m + timedelta(minutes=20)) for m in DAGEN
    ]


def test_also_when_the_builds_themselves_were_cleared_away(drie, tmp_path):
    (keten, gemaakt), n = drie, 2
    shutil.copytree(keten.plek.opslag, tmp_path / "opslag")
    shutil.rmtree(tmp_path / "opslag" / "bouw")
    other = Keten(keten.werkplaats, tmp_path / "uitvoer")
    other.plek = replace(keten.plek, opslag=tmp_path / "opslag", uitvoer=tmp_path / "uitvoer")
    again, found = other.terug(DAGEN[n].date())
    assert found.verschillen == ()
    assert {naam for naam in again if again[naam] != gemaakt[n][naam]} == set()


@pytest.fixture
def twee(werkplaats, tmp_path, kern_alone, monkeypatch):
    """Two days, of the tables of `kern` alone, which are compared with nothing."""
    monkeypatch.setattr(terugblik, "_make_vorige", lambda *_: None)
    keten = Keten(werkplaats, tmp_path / "uitvoer")
    gemaakt = []
    for moment, cellen in list(zip(DAGEN, CELLEN, strict=True))[:2]:
        keten.werkplaats.add(cellen, moment)
        gemaakt.append(keten.maak(moment + timedelta(minutes=20)))
    return keten, gemaakt


def test_what_was_withdrawn_later_still_counted_that_day(twee):
    keten, gemaakt = twee
    bron = keten.lijst.tabellen["03759ned"]
    withdraw(keten.plek.archief, bron, make_id(DAGEN[1]), "verwisseld", DAGEN[2])
    again, found = keten.terug(DAGEN[1].date())
    assert found.verschillen == ()
    assert again == gemaakt[1]
    # and at the end of the day of withdrawing it did not count any more
    _, later = keten.terug(DAGEN[2].date())
    assert [m.id for m in later.invoer.momentopnamen] == [make_id(DAGEN[0])]


def test_the_day_ends_at_midnight_in_the_netherlands(werkplaats):
    for moment in (datetime(2026, 6, 29, 21, 59, tzinfo=UTC), datetime(2026, 6, 29, 22, 0, tzinfo=UTC)):
        werkplaats.add(CELLEN[0], moment)

    def last(dag):
        return Archief(werkplaats.opslag, "opname", end_of(dag)).latest("cbs", "03759ned").id

    assert last(date(2026, 6, 29)) == "20260629T215900000000Z"
    assert last(date(2026, 6, 30)) == "20260629T220000000000Z"


def test_the_order_of_fetching_counts_when_a_clock_stood_wrong(werkplaats):
    archief = Archief(werkplaats.opslag, "opname")
    werkplaats.add(CELLEN[0], DAGEN[0])
    werkplaats.add(CELLEN[1], datetime(2099, 1, 1, tzinfo=UTC))
    third = archief.free_id("cbs", "03759ned", DAGEN[2])
    werkplaats.add(CELLEN[2], DAGEN[2])
    (werkplaats.opslag / "momentopnamen/opname/cbs/03759ned" / make_id(DAGEN[2])).rename(
        werkplaats.opslag / "momentopnamen/opname/cbs/03759ned" / third
    )

    def seen(dag):
        return [m.id for m in Archief(werkplaats.opslag, "opname", end_of(dag)).list("cbs", "03759ned")]

    assert seen(DAGEN[1].date()) == [make_id(DAGEN[0])]
    assert seen(DAGEN[2].date()) == [make_id(DAGEN[0]), "20990101T000000000000Z", third]


def test_answers_that_came_after_the_build_of_that_day_are_named(twee):
    keten, gemaakt = twee
    keten.werkplaats.add(CELLEN[2], DAGEN[1] + timedelta(hours=3))
    again, found = keten.terug(DAGEN[1].date())
    assert again != gemaakt[1]
    (why,) = found.verschillen
    assert "20-06-2026 04.50 uur" in why
    assert "03759ned" in why
    assert found.invoer.momentopnamen[0].id == make_id(DAGEN[1] + timedelta(hours=3))


def test_other_code_is_named_and_nothing_else(twee):
    keten, gemaakt = twee
    again, found = keten.terug(DAGEN[0].date(), code="2")
    assert found.verschillen == ("die bouw is gemaakt met versie 1, deze met 2",)
    assert again != gemaakt[0]


def test_another_card_is_named(twee):
    keten, _ = twee
    card = keten.keuze.kaarten["inwoners"].model_copy(update={"naam": "Bewoners"})
    keten.keuze = replace(keten.keuze, kaarten={"inwoners": card})
    (why,) = keten.terug(DAGEN[0].date())[1].verschillen
    assert "een kaart" in why


def test_without_a_record_of_that_day_it_says_that_there_is_nothing_to_be_equal_to(twee):
    keten, gemaakt = twee
    shutil.rmtree(keten.plek.opslag / BOEK)
    again, found = keten.terug(DAGEN[1].date())
    assert "geen bouw opgeschreven" in found.verschillen[0]
    # the figures are those of then all the same
    assert again["kern.regio.parquet"][:100] == gemaakt[1]["kern.regio.parquet"][:100]
    assert found.invoer.built_at == end_of(DAGEN[1].date()) - timedelta(microseconds=1)


def test_answers_that_are_gone_are_named_and_nothing_is_made(twee):
    keten, _ = twee
    shutil.rmtree(keten.plek.opslag / "momentopnamen/opname/cbs/03759ned" / make_id(DAGEN[1]))
    with pytest.raises(
        PeildatumError, match=r"(?s)20-06-2026.* niet meer in het archief staan, van 03759ned\nZet deze"
    ):
        keten.terug(DAGEN[1].date())


def test_a_damaged_record_is_named(twee):
    keten, _ = twee
    (first, *_) = sorted((keten.plek.opslag / BOEK / "opname").glob("*.json"))
    first.write_text(first.read_text()[:40])
    with pytest.raises(BestandError, match=f"{first.name}: dit is beschadigd"):
        keten.terug(DAGEN[1].date())


@pytest.mark.parametrize(
    ("dag", "said"),
    [
        (
            date(2026, 6, 9),
            "(?s)geen van de 1 tabellen.*De oudste dag met antwoorden is 2026-06-10: monitor run --bron opname:MAP",
        ),
        (date(2026, 7, 1), "nog niet voorbij"),
        (date(2027, 7, 1), "nog niet voorbij"),
    ],
)
def test_a_day_of_which_there_is_nothing_is_refused(twee, dag, said):
    keten, _ = twee
    with pytest.raises(PeildatumError, match=said):
        check_dag(replace(keten.plek, dag=dag), keten.lijst, date(2026, 7, 1))
    check_dag(replace(keten.plek, dag=date(2026, 6, 10)), keten.lijst, date(2026, 7, 1))


def test_the_report_for_who_runs_it(twee):
    keten, _ = twee
    keten.terug(DAGEN[0].date())
    folder = keten.plek.uitvoer / "peildatum" / "2026-06-10" / "actueel"
    told = describe_verslag(folder)
    assert told[0] == "Gebouwd uit de antwoorden zoals zij aan het eind van 10-06-2026 waren."
    assert (
        told[1] == f"De tabellen zijn byte voor byte die van bouw {make_id(DAGEN[0] + timedelta(minutes=20))} van toen."
    )
    assert told[-1].startswith("Wat geen datum heeft")
    assert json.loads((folder / "bouw.json").read_text())["bouw"] in told[1]
