"""The consistency rules: each holds on sound figures and catches a slip of a factor ten."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from assets.bouw.invoer.bouwinvoer import Bouwinvoer
from assets.bouw.invoer.kaarten import kaart_term
from assets.bouw.uitkomst import describe
from assets.bron.bronlijst import read_aanleveringen, read_registertabellen, read_tabellen
from assets.indicatoren import regel as regelmodule
from assets.indicatoren.kaart import Kaart, read_kaarten
from assets.indicatoren.regel import Regel, read_regel, read_regels
from assets.indicatoren.uitdrukking import Grootheid, Product, parse_uitdrukking
from assets.kwaliteit.algemeen import make_suites
from assets.kwaliteit.toets import Toets
from assets.kwaliteit.toetsen import hold_suites
from assets.tabel import from_function, read_queries
from begrippen.fout import BestandError
from begrippen.gebied import gekozen
from begrippen.regio import read_regios
from tests.conftest import lay_rekenregels

REGELS = read_regels()
QUERIES = {t.naam: t for t in read_queries()}
VRIJ = {"reden": "toets", "datum": "2026-11-22"}

# Sound figures: indicator -> region -> year -> value, after CBS (84432NED, 85269NED) where it gave them.
INWONERS = {"NL01": {2021: 17_475_000, 2022: 17_591_000}, "PV22": {2021: 494_800, 2022: 496_600}}
BBP = {"NL01": {2021: 891_550, 2022: 958_549}, "PV22": {2021: 17_250, 2022: 18_434}}
TW = {"NL01": {2021: 800_000, 2022: 859_803}, "PV22": {2021: 15_480, 2022: 16_535}}
# of every quotient: large enough for rounding to be little
NOEMER = 10_000.0
OPRICHTINGEN = {"NL01": 260_000, "PV22": 5_100}
VESTIGINGEN = {"NL01": 2_275_000, "PV22": 54_000}


def sound() -> dict[str, dict[str, dict[int, float]]]:
    """Figures of the Netherlands and Drenthe that agree with each other, for every indicator that a rule names."""
    figures: dict[str, dict[str, dict[int, float]]] = {}

    def put(indicator: str, regio: str, jaar: int, waarde: float) -> None:
        figures.setdefault(indicator, {}).setdefault(regio, {})[jaar] = waarde

    for regio in ("NL01", "PV22"):
        land = regio == "NL01"
        for jaar in (2021, 2022):
            mensen, bbp, tw = INWONERS[regio][jaar], BBP[regio][jaar], TW[regio][jaar]
            arbeidsjaren = 8_144.2 if land else 193.9
            bruto, werkloosheid = (73.5, 4.2) if land else (71.4, 3.6)
            # the young, those of working age and the old
            jong, midden, oud = (21.5, 58.5, 20.0) if land else (20.0, 55.0, 25.0)
            for indicator, waarde in {
                "bevolking": mensen,
                "bbp": bbp,
                "bbp_revisie_2015": bbp,
                "bbp_aandeel_nl": 100 * bbp / BBP["NL01"][jaar],
                "bbp_per_inwoner": 1e6 * bbp / mensen,
                "toegevoegde_waarde": tw,
                "tw_per_arbeidsjaar": 1000 * tw / arbeidsjaren,
                "tw_per_arbeidsjaar_revisie_2015": 1000 * tw / arbeidsjaren,
                "tw_per_gewerkt_uur": 1000 * tw / (1.77 * 1000 * arbeidsjaren),
                "investeringen_va": bbp / 5,
                "investeringen_aandeel_bbp": 20.0,
                "oprichtingen": OPRICHTINGEN[regio],
                "oprichtingen_per_1000": 1000 * OPRICHTINGEN[regio] / mensen,
                "opheffingen": OPRICHTINGEN[regio] / 2,
                "opheffingen_pct": 50 * OPRICHTINGEN[regio] / VESTIGINGEN[regio],
                "starters_aantal": OPRICHTINGEN[regio],
                "starters_per_1000": 1000 * OPRICHTINGEN[regio] / mensen,
                "vestigingen_cbs": VESTIGINGEN[regio],
                "faillissementen": VESTIGINGEN[regio] / 1000,
                "faillissementen_per_10000": 10,
                "bruto_arbeidsparticipatie": bruto,
                "netto_arbeidsparticipatie": bruto * (1 - werkloosheid / 100),
                "werkloosheid": werkloosheid,
                "matig_overgewicht": 34.8,
                "ernstig_overgewicht": 14.7,
                "overgewicht": 49.5,
                "hoogopgeleid_aandeel": 33.3,
                "praktisch_opgeleid": 66.7,
                "aandeel_0_20": jong,
                "aandeel_65plus": oud,
                "grijze_druk": 100 * oud / midden,
                "ontgroening": 100 * jong / midden,
                "huishoudensgrootte": 2.1,
                "huishoudens": 0.985 * mensen / 2.1,
                "bevolkingsprognose": mensen / 1000,
                "ww_uitkeringen": mensen / 100,
                "banen_fulltime": mensen / 2.5,
            }.items():
                put(indicator, regio, jaar, waarde)
        groei = 1000 * INWONERS[regio][2022] / INWONERS[regio][2021] - 1000
        put("bevolkingsgroei", regio, 2021, groei)
        put("prijsindex_koopwoningen", regio, 2020, 100.0)
        put("banen_index_2019", regio, 2019, 100.0)
        put("wg_stedelijk_netwerk", regio, 2022, 100 * INWONERS[regio][2022] / INWONERS[regio][2021] - 100)
    for jaar in (2021, 2022):
        put("werkloosheid_nl", "NL01", jaar, 4.2)
        put("bruto_arbeidsparticipatie_nl", "NL01", jaar, 73.5)
        put("netto_arbeidsparticipatie_nl", "NL01", jaar, 73.5 * (1 - 0.042))
        put("ww_uitkeringen_nl", "NL01", jaar, INWONERS["NL01"][jaar] / 100_000)
    # published points of other years, and the levels that are only held against a year earlier
    for regio, waarde in (("PV22", 504_129), ("NL01", 17_942_000)):
        put("bevolking", regio, 2024, waarde)
    put("bevolking", "PV22", 2026, 508_109)
    put("bbp", "PV22", 2019, 15_701)
    put("banen_totaal", "PV22", 2016, 214_000)
    put("banen_totaal", "PV22", 2023, 239_500)
    put("vestigingen_aantal", "PV22", 2023, 52_400)
    put("banen_fulltime", "PV22", 2006, 168_300)
    put("banen_fulltime", "PV22", 2008, 180_300)
    put("netto_arbeidsparticipatie", "NL01", 2021, 70.4)
    put("bruto_arbeidsparticipatie", "NL01", 2021, 70.4 / (1 - 0.042))
    for name in ("orde_van_grootte_jaar", "orde_van_grootte_grillig"):
        for indicator in REGELS[name].indicatoren:
            if 2022 not in figures.get(indicator, {}).get("PV22", {}):
                put(indicator, "PV22", 2021, 100.0)
                put(indicator, "PV22", 2022, 105.0)
    return figures


def lay(figures: dict[str, dict[str, dict[int, float]]]) -> duckdb.DuckDBPyConnection:
    """The tables that the rules read, with these figures as published by a source."""
    db = duckdb.connect()
    db.execute("CREATE SCHEMA invoer; CREATE SCHEMA kern; CREATE SCHEMA monitor; CREATE SCHEMA reken")
    lay_rekenregels(db)
    bouw = Bouwinvoer(
        soort="opname",
        momentopnamen=(),
        tabellen=read_tabellen(),
        aanleveringen=read_aanleveringen(),
        register=read_registertabellen(),
        kaarten=read_kaarten(),
        editie=2026,
        built_at=datetime(2026, 11, 22, tzinfo=UTC),
        code_versie="toets",
    )
    onderwerpen = [
        {"bron": t.bron, "tabel": t.id, "onderwerp": naam, "decimalen": o.decimalen}
        for t in {**bouw.tabellen, **bouw.aanleveringen, **bouw.register}.values()
        for naam, o in t.onderwerpen.items()
    ]
    factor = {k.id: k.bronnen[0].factor for k in bouw.kaarten.values()}
    ratio = {k.id: bool(k.bronnen[0].noemer) for k in bouw.kaarten.values()}
    rows = [
        {
            "indicator": indicator,
            "uitsplitsing": "totaal",
            "regio": regio,
            "periode": f"{jaar}JJ00",
            "waarde": float(waarde),
            "teller": waarde * (NOEMER if ratio[indicator] else 1.0) / factor[indicator],
            "noemer": NOEMER if ratio[indicator] else None,
            "bron_volgorde": 1,
            "leeg_reden": None,
        }
        for indicator, regios in figures.items()
        for regio, jaren in regios.items()
        for jaar, waarde in jaren.items()
    ]
    for naam, inhoud in (
        ("invoer.kaart_term", list(kaart_term(bouw))),
        ("kern.onderwerp", onderwerpen),
        ("kern.regio", [{"code": "NL01", "soort": "land"}, {"code": "PV22", "soort": "provincie"}]),
        ("reken.berekend", rows),
        ("reken.waarde", rows),
    ):
        frame = pa.Table.from_pylist(inhoud)  # noqa: F841 - DuckDB reads it by name
        db.execute(f"CREATE TABLE {naam} AS FROM frame")
    db.execute("ALTER TABLE reken.berekend ALTER noemer TYPE DOUBLE")
    db.execute("ALTER TABLE reken.berekend ALTER leeg_reden TYPE VARCHAR")
    db.execute("ALTER TABLE kern.regio ADD COLUMN geldig_van DATE")
    # no source here gives a region coarser than it says
    db.execute(
        "CREATE TABLE reken.kaartcel (indicator VARCHAR, bron_volgorde INTEGER, rol VARCHAR, term INTEGER, "
        "regio VARCHAR, waarde DOUBLE)"
    )
    db.execute("CREATE TABLE reken.lid (indicator VARCHAR, regio VARCHAR, periode VARCHAR)")
    columns = ", ".join(f"{k.naam} {k.type}" for k in QUERIES["monitor.controle"].kolommen)
    db.execute(f"CREATE TABLE monitor.controle ({columns})")
    return db


def hold(db: duckdb.DuckDBPyConnection, regels: Iterable[Regel] = REGELS.values()) -> duckdb.DuckDBPyConnection:
    """Make the tables of the rules on a world that is laid ready."""
    regels = {r.id: r for r in regels}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(regelmodule, "read_regels", lambda: regels)
        for naam, function in (("reken.regel", regelmodule.regel), ("reken.regel_term", regelmodule.regel_term)):
            from_function(naam, function).create(db)
    for naam in ("monitor.regelcontrole", "monitor.regel"):
        QUERIES[naam].create(db)
    return db


def failing(db: duckdb.DuckDBPyConnection) -> set[str]:
    return {r for (r,) in db.execute("SELECT DISTINCT regel FROM monitor.regelcontrole WHERE NOT klopt").fetchall()}


def regel(**extra: Any) -> Regel:
    return Regel.model_validate(
        {
            "id": "toets",
            "naam": "Toets",
            "soort": "identiteit",
            "zwaarte": "blokkeert",
            "uitleg": "toets",
            "links": "bbp",
            "rechts": "bbp",
            "tolerantie": VRIJ,
        }
        | extra
    )


# --- the files --------------------------------------------------------------------------------------------------------


def test_every_kind_of_rule_is_there_and_each_says_why_it_allows_what_it_allows() -> None:
    assert {r.soort for r in REGELS.values()} == {
        "aandeel_en_niveau",
        "delen_tot_totaal",
        "identiteit",
        "index",
        "grootteorde",
        "ijkpunt",
    }
    assert all(r.tolerantie.reden.strip() and r.uitleg.strip() for r in REGELS.values())
    assert all(u.reden.strip() for r in REGELS.values() for u in r.uitzonderingen)
    assert all(p.bron.strip() for r in REGELS.values() for p in r.ijkpunten)


def test_a_rule_is_no_indicator() -> None:
    assert not REGELS.keys() & read_kaarten().keys()


def test_an_expression_is_a_sum_of_products() -> None:
    assert parse_uitdrukking("netto + werkloos / 100 * bruto - 2") == (
        Product(1.0, (Grootheid("netto"),)),
        Product(0.01, (Grootheid("werkloos"), Grootheid("bruto"))),
        Product(-2.0),
    )
    assert parse_uitdrukking("100 * bbp / (2 * bbp[NL01])") == (
        Product(50.0, (Grootheid("bbp"), Grootheid("bbp", regio="NL01", macht=-1))),
    )
    assert parse_uitdrukking("(a + b) * c[-1]") == (
        Product(1.0, (Grootheid("a"), Grootheid("c", verschuiving=-1))),
        Product(1.0, (Grootheid("b"), Grootheid("c", verschuiving=-1))),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bbp +", "is geen som van indicatoren"),
        ("bbp / (a + b)", "niet door een som"),
        ("bbp ** 2", "alleen indicatoren, getallen"),
        ("bbp[Drenthe]", "Drenthe is geen regio"),
        ("max(a, b)", "alleen indicatoren, getallen"),
        ("bbp / 0", "niet door een som"),
    ],
)
def test_an_expression_that_can_not_be_read_says_what(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=r".") as raised:
        parse_uitdrukking(text)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("links: bbp_aandeel_nl", "links: bbp_aandeel", ["bbp_aandeel: dat is geen kaart; bedoelt u bbp_aandeel_nl"]),
        ("links: bbp_aandeel_nl", "links: bbp + bbp_aandeel_nl", ["links is het aandeel of quotiënt zelf"]),
        ("soort: aandeel_en_niveau", "soort: index", ["vraagt basisjaar, indicatoren, en niets anders"]),
        ("soort: aandeel_en_niveau", "soort: delen_tot_totaal", ["som van twee of meer delen"]),
        ("zwaarte: blokkeert", "zwaarte: zwaar", ["zwaarte", "blokkeert"]),
        ("  relatief: 0.001", "  factor: 2", ["een factor als tolerantie hoort bij grootteorde en ijkpunt"]),
        ("  reden: beide", "  redenen: beide", ["tolerantie.reden"]),
        ("id: bbp_aandeel_klopt", "id: bbp_klopt", ["hoort te heten naar zijn id: bbp_klopt.yaml"]),
        ("naam: ", "naam: [", ["geen geldige YAML"]),
    ],
)
def test_a_wrong_rule_names_file_and_field(tmp_path: Path, old: str, new: str, said: list[str]) -> None:
    text = (regelmodule.REGELS / "bbp_aandeel_klopt.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "bbp_aandeel_klopt.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BestandError) as raised:
        read_regel((path,), read_kaarten(), gekozen())
    for part in [str(path), *said]:
        assert part in str(raised.value)


# --- the rules of the house on sound and on slipped figures -----------------------------------------------------------

PLAIN = [r for r in REGELS.values() if r.gebieden is None]


@pytest.fixture(scope="module")
def world() -> duckdb.DuckDBPyConnection:
    return hold(lay(sound()))


def test_sound_figures_pass_every_rule(world: duckdb.DuckDBPyConnection) -> None:
    wrong = world.execute("FROM monitor.regelcontrole WHERE NOT klopt").fetchall()
    assert wrong == []
    counts = dict(world.execute("SELECT regel, getoetst FROM monitor.regel").fetchall())
    # a rule that had nothing to compare has not been tried
    assert [r.id for r in PLAIN if not counts[r.id]] == []


@pytest.mark.parametrize("factor", [10, 0.1])
@pytest.mark.parametrize("id", [r.id for r in PLAIN])
def test_a_slip_of_a_factor_ten_is_caught_by_its_rule(id: str, factor: float) -> None:
    rule = REGELS[id]
    comparison = rule.vergelijkingen()[0]
    figures = sound()
    regio = comparison.regio or ("NL01" if "provincie" not in rule.regiosoorten else "PV22")
    if regio not in figures[comparison.indicator]:
        regio = "NL01"
    jaar = comparison.vanaf if comparison.vanaf == comparison.tot_en_met and comparison.vanaf else 2022
    if jaar not in figures[comparison.indicator][regio]:
        jaar = max(figures[comparison.indicator][regio])
    figures[comparison.indicator][regio][jaar] *= factor
    db = hold(lay(figures), [rule])
    assert failing(db) == {id}
    row = db.execute(
        "SELECT toelichting FROM monitor.regelcontrole WHERE NOT klopt AND (indicator, regio, periode) = (?, ?, ?)",
        [comparison.indicator, regio, f"{jaar}JJ00"],
    ).fetchall()
    assert len(row) == 1
    assert row[0][0]


def test_one_point_eight_billion_is_not_one_point_nine_percent() -> None:
    """Document 001: '€ 1,8 miljard, dat is 1,9% van de Nederlandse economie'."""
    figures = sound()
    figures["bbp"]["PV22"][2022] = 1_843.4
    db = hold(lay(figures))
    links, rechts, toelichting = db.execute(
        """SELECT links, rechts, toelichting FROM monitor.regelcontrole
        WHERE regel = 'bbp_aandeel_klopt' AND regio = 'PV22' AND periode = '2022JJ00'"""
    ).fetchone() or (0, 0, "")
    assert links == pytest.approx(1.923, abs=0.001)
    assert rechts == pytest.approx(0.1923, abs=0.0001)
    assert toelichting == "ongeveer een factor tien: kijk naar de eenheid"


def test_a_slip_in_the_source_that_also_changes_the_share_is_still_caught() -> None:
    figures = sound()
    figures["bbp"]["PV22"][2022] = 1_843.4
    figures["bbp_aandeel_nl"]["PV22"][2022] = 0.1923
    found = failing(hold(lay(figures)))
    assert "bbp_aandeel_klopt" not in found
    assert {
        "bbp_per_inwoner_klopt",
        "ijkpunten_rekeningen",
        "orde_van_grootte_jaar",
        "toegevoegde_waarde_volgt_bbp",
    } <= found


def test_the_percentage_of_unemployed_is_not_a_share_of_the_population() -> None:
    figures = sound()
    for jaren in figures["bruto_arbeidsparticipatie"].values():
        for jaar in jaren:
            jaren[jaar] += 1.0
    assert "participatie_klopt" in failing(hold(lay(figures), [REGELS["participatie_klopt"]]))


def test_rounding_of_the_source_is_no_fault() -> None:
    rounded = sound()
    for regio in ("NL01", "PV22"):
        for naam in ("bruto_arbeidsparticipatie", "netto_arbeidsparticipatie", "werkloosheid"):
            for jaar, waarde in rounded[naam][regio].items():
                rounded[naam][regio][jaar] = round(waarde, 1)
    assert failing(hold(lay(rounded), [REGELS["participatie_klopt"]])) == set()


def test_a_value_that_is_missing_is_not_a_fault_and_says_so() -> None:
    db = lay(sound())
    db.execute(
        "UPDATE reken.berekend SET waarde = NULL, leeg_reden = 'geheim' "
        "WHERE indicator = 'werkloosheid' AND regio = 'PV22'"
    )
    rows = hold(db, [REGELS["participatie_klopt"]]).execute(
        "SELECT DISTINCT klopt, links, rechts, toelichting FROM monitor.regelcontrole WHERE regio = 'PV22'"
    )
    assert rows.fetchall() == [(None, None, None, "niet te toetsen: geen waarde voor werkloosheid (geheim)")]
    assert db.execute("SELECT niet_te_toetsen FROM monitor.regel").fetchone() == (2,)


def test_where_there_is_nothing_to_compare_with_there_is_no_row() -> None:
    figures = {"bbp": {"PV22": {2021: 17_250.0, 2022: 18_434.0}}}
    db = hold(lay(figures), [REGELS["orde_van_grootte_jaar"], REGELS["bbp_per_inwoner_klopt"]])
    assert db.execute("SELECT regel, periode, klopt FROM monitor.regelcontrole").fetchall() == [
        ("orde_van_grootte_jaar", "2022JJ00", True)
    ]


def test_an_exception_gives_its_reason_in_place_of_a_verdict() -> None:
    gap = {"regio": "PV22", "vanaf": 2022, "tot_en_met": 2022, "reden": "verhuisd", "datum": "2026-11-22"}
    rule = regel(rechts="2 * bbp", uitzonderingen=[gap])
    rows = hold(lay(sound()), [rule]).execute(
        "SELECT klopt, toelichting FROM monitor.regelcontrole WHERE regio = 'PV22' ORDER BY periode DESC"
    )
    assert rows.fetchall()[:2] == [
        (None, "geldt hier niet: verhuisd"),
        (False, "het verschil is groter dan de tolerantie"),
    ]


def test_dividing_by_zero_is_not_a_verdict() -> None:
    figures = sound()
    figures["bbp"]["NL01"][2022] = 0.0
    rows = hold(lay(figures), [REGELS["bbp_aandeel_klopt"]]).execute(
        "SELECT klopt, toelichting FROM monitor.regelcontrole WHERE regio = 'PV22' AND periode = '2022JJ00'"
    )
    assert rows.fetchall() == [(None, "niet te toetsen: er wordt door nul gedeeld")]


def test_what_we_add_up_ourselves_proves_nothing() -> None:
    db = lay(sound())
    db.execute("INSERT INTO reken.lid SELECT 'bbp', 'PV22', '2022JJ00'")
    rows = hold(db, [regel(rechts="2 * bbp")]).execute(
        "SELECT periode FROM monitor.regelcontrole WHERE regio = 'PV22' ORDER BY periode"
    )
    assert rows.fetchall() == [("2019JJ00",), ("2021JJ00",)]


# --- the rules about regions, on cells --------------------------------------------------------------------------------

GEMEENTEN = {"GM0106": 70_000, "GM1680": 26_000, "GM0114": 110_000, "GM0109": 36_000, "GM0118": 57_000}
COROPS = {"CR07": 96_000, "CR08": 146_000, "CR09": 57_000}
GEHEEL = {"PV22": 299_000, "PV23": 1_200_000, "NL01": 1_499_000}


@pytest.fixture
def gebieden(
    wereld: Callable[..., duckdb.DuckDBPyConnection],
    maak_cel: Callable[..., dict[str, Any]],
    maak_kaart: Callable[..., Kaart],
) -> Callable[..., duckdb.DuckDBPyConnection]:
    """A world with one indicator that adds up, from StatLine; `changed` replaces figures."""

    def make(**changed: float | str) -> duckdb.DuckDBPyConnection:
        cellen = [maak_cel("a", r, 2022, w) for r, w in {**GEMEENTEN, **COROPS, **GEHEEL, **changed}.items()]
        return hold(
            wereld([maak_kaart("bevolking")], cellen, bron="cbs"),
            [r for r in REGELS.values() if r.gebieden is not None],
        )

    return make


def test_parts_that_add_up_pass(gebieden: Callable[..., duckdb.DuckDBPyConnection]) -> None:
    db = gebieden(GM0106=70_001)
    rows = db.execute("SELECT regel, regio, klopt FROM monitor.regelcontrole ORDER BY ALL").fetchall()
    assert rows == [
        ("corops_tellen_op", "PV22", True),
        *(("gemeenten_tellen_op", r, True) for r in ("CR07", "CR08", "CR09", "PV22")),
        ("provincies_tellen_op", "NL01", True),
        ("provincies_tellen_precies_op", "NL01", True),
    ]
    rounding = "SELECT DISTINCT toelichting FROM monitor.regelcontrole WHERE verschil <> 0"
    assert db.execute(rounding).fetchall() == [("verschil door afronding",)]


@pytest.mark.parametrize(
    ("changed", "caught"),
    [
        ({"GM0114": 11_000}, {"gemeenten_tellen_op"}),
        ({"CR08": 1_460_000}, {"gemeenten_tellen_op", "corops_tellen_op"}),
        ({"PV23": 120_000}, {"provincies_tellen_op", "provincies_tellen_precies_op"}),
        # a slip in a small part disappears in five percent, not in the strict sum of inhabitants
        ({"PV23": 1_195_000}, {"provincies_tellen_precies_op"}),
    ],
)
def test_a_part_that_slipped_is_caught(
    gebieden: Callable[..., duckdb.DuckDBPyConnection], changed: dict[str, float], caught: set[str]
) -> None:
    assert failing(gebieden(**changed)) == caught


def test_what_is_secret_or_belongs_to_no_province_is_said(gebieden: Callable[..., duckdb.DuckDBPyConnection]) -> None:
    db = gebieden(GM0114="geheim", NL01=1_510_000)
    said = {
        (r, g): (k, t)
        for r, g, k, t in db.execute("SELECT regel, regio, klopt, toelichting FROM monitor.regelcontrole").fetchall()
    }
    klopt, toelichting = said["gemeenten_tellen_op", "PV22"]
    assert klopt is None
    assert "1 van de 5 delen zonder waarde" in toelichting
    klopt, toelichting = said["provincies_tellen_op", "NL01"]
    assert klopt is True
    assert "Extra-regio" in toelichting


# --- the quality checks -----------------------------------------------------------------------------------------------


def check_rules(path: Path) -> dict[str, Toets]:
    koppen = [QUERIES["monitor.regelcontrole"], QUERIES["monitor.apart_gezet"]]
    suites = [s for s in make_suites("Drenthe", koppen) if s.naam == "regels"]
    return {t.toets: t for t in hold_suites(path, suites, lambda _: None)}


def make_file(path: Path, figures: dict[str, dict[str, dict[int, float]]]) -> Path:
    with hold(lay(figures)) as db:
        db.execute(f"ATTACH '{path}' AS bestand")
        db.execute("CREATE TABLE bestand.regelcontrole AS FROM monitor.regelcontrole")
        columns = ", ".join(f"{k.naam} {k.type}" for k in QUERIES["monitor.apart_gezet"].kolommen)
        db.execute(f"CREATE TABLE bestand.apart_gezet ({columns})")
    return path


def test_a_failed_rule_is_a_failed_check_that_names_it(tmp_path: Path) -> None:
    figures = sound()
    figures["bbp"]["PV22"][2022] = 1_843.4
    toetsen = check_rules(make_file(tmp_path / "monitor.duckdb", figures))
    failed = toetsen["bbp_aandeel_klopt"]
    assert not failed.geslaagd
    assert failed.zwaarte == "blokkeert"
    for part in ("PV22 Drenthe", "2022JJ00", "factor tien", "regels/bbp_aandeel_klopt.yaml"):
        assert part in describe(failed)
    assert toetsen["participatie_klopt"].geslaagd


def test_every_rule_weighs_as_its_file_says(tmp_path: Path) -> None:
    toetsen = check_rules(make_file(tmp_path / "monitor.duckdb", sound()))
    assert all(t.geslaagd for t in toetsen.values())
    assert {n: t.zwaarte for n, t in toetsen.items()} == {
        r.id: r.zwaarte for r in REGELS.values() if r.gebieden is None or r.indicatoren
    }


# --- real figures -----------------------------------------------------------------------------------------------------


def test_captured_answers_pass_every_rule(opname: Any, shared_data: Path) -> None:
    with duckdb.connect(str(opname.actueel / "monitor.duckdb"), read_only=True) as db:
        assert db.execute("FROM monitor.regelcontrole WHERE NOT klopt").fetchall() == []
        counts = dict(db.execute("SELECT regel, getoetst FROM monitor.regel").fetchall())
        apart = db.execute("FROM monitor.apart_gezet").fetchall()
    # every municipality of the delivery in each of eight years, from the year in which it was there
    regios = set(pd.read_csv(shared_data / "brede_welvaart" / "rmbw_gemeenten_2013_2020.csv")["regiocode"])
    begin = read_regios().set_index("code")["geldig_van"]
    there = [(r, j) for r in regios for j in range(2013, 2021) if begin[r].year <= j]
    assert counts["participatie_klopt"] == len(there) > 300 * 8
    assert apart == []
    assert counts["provincies_tellen_precies_op"] > 0
    assert counts["ijkpunten_bevolking"] == 3
    assert counts.keys() == REGELS.keys()


def test_the_sample_passes_every_rule_and_tries_each(voorbeeld: Any) -> None:
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:
        assert db.execute("FROM monitor.regelcontrole WHERE NOT klopt").fetchall() == []
        counts = dict(db.execute("SELECT regel, getoetst FROM monitor.regel").fetchall())
    assert [r for r, n in counts.items() if not n] == []
