"""The generated sample: the same each time, adding up, and different between vintages where it should be."""

import hashlib
from datetime import UTC, datetime

import numpy as np
import pytest

from assets.bron.bronlijst import Brontabel, read_tabellen
from assets.bron.fetch import fetch_tabellen
from assets.bron.gezienlijst import read_gezien
from assets.bron.momentopname import Archief
from assets.bron.voorbeeld.generator import read_leeftijd
from assets.bron.voorbeeld.kolommen import count_rows, write_rows
from assets.bron.voorbeeld.kubus import HERZIEN
from assets.bron.voorbeeld.server import sample_server
from assets.bron.voorbeeld.toeval import key
from assets.bron.voorbeeld.velden import round_along
from assets.bron.voorbeeld.voorraad import Voorbeeld
from assets.bron.voorbeeld.vorm import Tabelvorm
from begrippen.regio import known_codes, read_leden, read_regios
from tests.gezien import as_seen

TWAALF = {"GM0114": 110_000, "GM0106": 71_000, "GM0118": 57_000, "GM1701": 20_000}


@pytest.fixture(scope="module")
def regios():
    return read_regios(), read_leden()


@pytest.fixture(scope="module")
def voorbeeld(regios):
    return Voorbeeld(read_gezien(), *regios, vintage=2)


def _cube(voorbeeld, table):
    maker = voorbeeld._makers[table]
    kubus = maker.kubus
    places = {naam: {c.code: i for i, c in enumerate(codes)} for naam, codes in kubus.codes.items()}
    return kubus, places, list(maker.tabel.dimensies)


def _take(voorbeeld, table, topic, **codes):
    kubus, places, dims = _cube(voorbeeld, table)
    return kubus.waarden[topic][tuple(places[d][codes[d]] if d in codes else slice(None) for d in dims)]


def _bytes(voorbeeld, table, data):
    found = voorbeeld.find("v4" if data == "Observations" else "v3", "cbs", table)
    kolommen = found.rijen(data)
    return hashlib.sha256(write_rows(kolommen, np.arange(count_rows(kolommen)), list(kolommen)).encode()).hexdigest()


def test_two_runs_give_the_same_bytes(regios, voorbeeld):
    again = Voorbeeld(read_gezien(), *regios, vintage=2)
    # asked for in another order: no table depends on another having been made
    for table, data in [("85924NED", "UntypedDataSet"), ("70072ned", "Observations"), ("86131NED", "TypedDataSet")]:
        assert _bytes(again, table, data) == _bytes(voorbeeld, table, data)
    assert int(key("a", "b")) == 11813362488881344186


def test_every_table_that_was_seen_can_be_made(voorbeeld):
    for table in read_gezien().values():
        found = voorbeeld.find(table.api[0], table.catalogus, table.id)
        if table.alleen_catalogus:
            assert found is None, table.id
            continue
        assert found is not None, table.id
        maker = voorbeeld._makers[table.id]
        for naam, values in maker.kubus.waarden.items():
            assert np.isfinite(values).any(), (table.id, naam)
            known = values[np.isfinite(values)]
            assert len(np.unique(known)) > 1, (table.id, naam)
            if table.onderwerpen[naam].eenheid == "%":
                assert known.max() <= 100, (table.id, naam)
        assert set(maker.regiocodes) <= known_codes()
        assert "VOORBEELDGEGEVENS" in str(found.eigenschappen["Description"])


def test_counts_add_up_over_regions_and_ages(voorbeeld):
    leden = read_leden()
    leden = leden[leden["geldig_tot"].isna()]
    kubus, places, _ = _cube(voorbeeld, "03759ned")
    codes = [c.code for c in kubus.codes["RegioS"]]
    values = _take(voorbeeld, "03759ned", "bevolking", BurgerlijkeStaat="T001019", Geslacht="T001038")
    for whole in ("CR07", "CR08", "CR09", "PV22", "PV27"):
        parts = [
            places["RegioS"][c] for c in leden[leden["regio"] == whole]["lid"] if c.startswith("GM") and c in codes
        ]
        assert (values[:, parts].sum(axis=1) == values[:, places["RegioS"][whole]]).all()
    for prefix in ("PV", "LD", "CR"):
        parts = [i for c, i in places["RegioS"].items() if c.startswith(prefix)]
        assert (values[:, parts].sum(axis=1) == values[:, places["RegioS"]["NL01"]]).all()


def test_all_ages_add_up_to_the_population(regios):
    ages = {"10000": "Totaal", "1": "0 tot 15 jaar", "2": "15 tot 75 jaar", "3": "75 jaar of ouder"}
    table = Brontabel.model_validate(
        {
            "id": "90001NED",
            "titel": "Bevolking",
            "api": "v4",
            "zekerheid": "K",
            "dimensies": {
                "Leeftijd": {"soort": "uitsplitsing", "codes": ages},
                "Sector": {"soort": "uitsplitsing", "codes": {"T": "Totaal", "A": "Noord", "B": "Zuid"}},
                "RegioS": {"soort": "regio", "regios": ["NL*", "PV*", "GM*"]},
                "Perioden": {"soort": "periode", "vanaf": 2020},
            },
            "onderwerpen": {"bevolking": {"titel": "Bevolking", "eenheid": "aantal", "zekerheid": "K"}},
        }
    )
    stock = Voorbeeld(as_seen({table.id: table}), *regios, vintage=2)
    values = stock._makers[table.id].kubus.waarden["bevolking"]
    assert np.array_equal(values[0], values[1:].sum(axis=0), equal_nan=True)
    assert np.array_equal(values[:, 0], values[:, 1:].sum(axis=1), equal_nan=True)


def test_the_twelve_look_like_drenthe(voorbeeld):
    total = {"BurgerlijkeStaat": "T001019", "Geslacht": "T001038", "Leeftijd": "10000", "Perioden": "2026JJ00"}
    for code, people in TWAALF.items():
        found = _take(voorbeeld, "03759ned", "bevolking", RegioS=code, **total)
        assert abs(found / people - 1) < 0.05
    assert _take(voorbeeld, "03759ned", "bevolking", RegioS="PV22", **total) == 508_100


def test_shares_agree_with_their_levels(voorbeeld):
    where = {"Persoonskenmerken": "T009002", "RegioS": "NL01"}
    people, working, rate, netto = (
        _take(voorbeeld, "86088NED", topic, **where)
        for topic in (
            "beroeps_en_niet_beroepsbevolking",
            "beroepsbevolking",
            "werkloosheidspercentage",
            "netto_arbeidsparticipatie",
        )
    )
    assert np.abs(working * (1 - rate / 100) / people * 100 - netto).max() < 0.1
    bbp = _take(voorbeeld, "85924NED", "bbp", RegioS="PV22", Perioden="2022JJ00")
    each = _take(voorbeeld, "85924NED", "bbp_per_inwoner", RegioS="PV22", Perioden="2022JJ00")
    people_2022 = _take(
        voorbeeld,
        "03759ned",
        "bevolking",
        BurgerlijkeStaat="T001019",
        Geslacht="T001038",
        Leeftijd="10000",
        RegioS="PV22",
        Perioden="2022JJ00",
    )
    assert abs(bbp * 1e6 / people_2022 - each) < 2


def test_a_year_is_the_sum_of_its_months_for_a_flow(voorbeeld):
    kubus, places, _ = _cube(voorbeeld, "82242NED")
    values = _take(voorbeeld, "82242NED", "faillissementen", TypeGefailleerde="A047597")
    months = [i for c, i in places["Perioden"].items() if c.startswith("2020MM")]
    assert values[months].sum() == values[places["Perioden"]["2020JJ00"]]
    titles = {c.code: c.titel for c in kubus.codes["Perioden"]}
    assert titles["2026JJ00"] == "2026 januari-augustus"


def test_only_the_revised_table_differs_between_the_vintages(regios, voorbeeld):
    first = Voorbeeld(read_gezien(), *regios, vintage=1)
    for api in ("v3", "v4"):
        before = {str(r["Identifier"]): r["Modified"] for r in first.catalogue(api, "cbs")}
        after = {str(r["Identifier"]): r["Modified"] for r in voorbeeld.catalogue(api, "cbs")}
        assert {t for t in after if before[t] != after[t]} == set(HERZIEN)
        assert all(before[t] < after[t] for t in HERZIEN)  # type: ignore[operator]
    for table in HERZIEN:
        old, new = first._makers[table], voorbeeld._makers[table]
        assert new.tijden[-1].jaar == old.tijden[-1].jaar + 1
        topic = next(iter(new.kubus.waarden))
        years = len(old.tijden)
        changed = old.kubus.waarden[topic] != new.kubus.waarden[topic][..., :years]
        assert 0 < changed.mean() < 0.5
        assert not changed[:, :-2].any()
    assert _bytes(first, "86131NED", "UntypedDataSet") == _bytes(voorbeeld, "86131NED", "UntypedDataSet")


def test_statuses_stand_in_the_periods_and_in_prose(voorbeeld):
    periods = voorbeeld._makers["85924NED"].kubus.codes["Perioden"]
    assert [c.status for c in periods[-3:]] == ["Definitief", "NaderVoorlopig", "Voorlopig"]
    periods = voorbeeld._makers["70072ned"].kubus.codes["Perioden"]
    assert {c.status for c in periods} == {None}
    last = next(c for c in periods if c.code == "2026JJ00")
    assert last.beschrijving.startswith("Uitkomsten zijn voorlopig over:\r\nBedrijfsvestigingen")
    assert "nader voorlopig over:" in next(c for c in periods if c.code == "2024JJ00").beschrijving


def test_the_sample_holds_what_makes_sources_hard(voorbeeld):
    assert Tabelvorm(voorbeeld._makers["82352NED"]).eigenschappen("v3")["ReasonDelivery"] == "Stopgezet"
    kubus, places, _ = _cube(voorbeeld, "86131NED")
    empty = kubus.leeg["armoede"]
    assert set(np.unique(empty)) == {0, 1, 2}
    gone = voorbeeld._makers["86131NED"].gebieden.opgeheven
    assert gone
    assert (empty[:, [places["RegioS"][c] for c in gone]] == 1).all()


@pytest.mark.parametrize(
    ("title", "bounds"),
    [
        ("0 jaar", (0, 1)),
        ("5 tot 10 jaar", (5, 10)),
        ("95 jaar of ouder", (95, 200)),
        ("Jonger dan 5 jaar", (0, 5)),
        ("Totaal", None),
    ],
)
def test_ages_are_read_from_titles(title, bounds):
    assert read_leeftijd(title) == bounds


def test_rounding_keeps_every_run_right_within_one():
    amounts = np.random.default_rng(1).random((300, 4)) * 2
    rounded = round_along(amounts)
    assert (rounded == np.round(rounded)).all()
    assert np.abs(rounded[40:90].sum(axis=0) - amounts[40:90].sum(axis=0)).max() <= 1


def test_the_second_vintage_is_fetched_where_it_differs(regios, tmp_path):
    tabellen = {t: read_tabellen()[t] for t in ("85924NED", "82352NED", "50150NED")}
    archief = Archief(tmp_path, "voorbeeld")
    moments = iter(datetime(2026, 9, 1, 0, 0, second, tzinfo=UTC) for second in range(60))
    outcomes = []
    for vintage in (1, 2):
        with sample_server(read_gezien(), *regios, vintage=vintage) as adressen:
            found = fetch_tabellen(list(tabellen.values()), adressen, archief, lambda: next(moments))
            outcomes.append({u.tabel: u.resultaat for u in found})
    assert outcomes[0] == dict.fromkeys(tabellen, "nieuw")
    assert outcomes[1] == {"85924NED": "nieuw", "82352NED": "ongewijzigd", "50150NED": "ongewijzigd"}
    status = archief.latest("cbs", "82352NED").eigenschappen["status"]
    assert status in ("Stopgezet", "Gediscontinueerd")
