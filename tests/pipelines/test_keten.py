"""The whole chain, through Dagster, on real input and on the sample."""

import gzip
import json
import re
from html.parser import HTMLParser

import duckdb
import pytest

from assets.indicatoren.kaart import read_kaarten


@pytest.fixture(scope="module")
def db(opname):
    with duckdb.connect(str(opname.actueel / "monitor.duckdb"), read_only=True) as db:
        yield db


def one(db, query, *values):
    (value,) = db.execute(query, values).fetchone()
    return value


def value(db, indicator, regio, periode):
    return one(
        db,
        "SELECT waarde FROM monitor.indicatorwaarde WHERE (indicator, regio, periode) = (?, ?, ?)",
        indicator,
        regio,
        periode,
    )


TWAALF = "(SELECT lid FROM kern.regio_lid WHERE regio = 'PV22' AND lid LIKE 'GM%' AND geldig_tot IS NULL)"


def test_the_replay_is_published_and_says_what_is_absent(opname):
    assert opname.code == 0, opname.text
    assert "Gepubliceerd." in opname.text
    assert "85924NED" in opname.text.split("Zonder antwoord")[1]


def test_population_of_the_twelve_sums_to_the_province(db):
    total = one(
        db,
        f"SELECT sum(waarde) FROM monitor.indicatorwaarde "
        f"WHERE indicator = 'bevolking' AND periode = '2026JJ00' AND regio IN {TWAALF}",
    )
    assert total == value(db, "bevolking", "PV22", "2026JJ00") == 508_109


def test_house_prices_are_those_of_cbs(db):
    prices = [value(db, "verkoopprijs_woningen", r, "2025JJ00") for r in ("PV22", "NL01", "GM0114")]
    assert prices == [411_728, 479_527, 351_871]


def test_participation_in_emmen_is_that_of_the_delivery(db):
    assert value(db, "netto_arbeidsparticipatie", "GM0114", "2013JJ00") == pytest.approx(62.5)


def test_establishments_of_the_twelve_are_those_of_the_province_but_for_rounding(db):
    rows = db.execute(
        f"""SELECT periode, sum(waarde) FILTER (regio IN {TWAALF}), max(waarde) FILTER (regio = 'PV22')
        FROM monitor.indicatorwaarde WHERE indicator = 'vestigingen_cbs' GROUP BY periode
        HAVING count(waarde) FILTER (regio = 'PV22') = 1"""
    ).fetchall()
    assert rows
    # CBS rounds each of the thirteen figures to fives.
    assert all(abs(twelve - province) <= 13 * 2.5 for _, twelve, province in rows)


def test_what_is_not_available_stands_in_one_list_with_its_reason(db):
    rows = db.execute("SELECT indicator, reden, tabel, uitleg FROM monitor.niet_beschikbaar").fetchall()
    by_indicator = {r[0]: r for r in rows}
    assert by_indicator["bbp"][1] == "tabel_ontbreekt"
    assert "85924NED" in by_indicator["bbp"][3]
    assert "127.0.0.1" not in " ".join(r[3] for r in rows)


def test_a_figure_walks_back_to_the_stored_answer_in_two_queries(db, opname):
    cell = db.execute(
        """SELECT bron, tabel, onderwerp, uitsplitsing, regio, periode, momentopname FROM monitor.herkomst
        WHERE indicator = 'verkoopprijs_woningen' AND regio = 'PV22' AND periode = '2025JJ00'"""
    ).fetchall()
    assert len(cell) == 1
    bron, tabel, _, _, regio, periode, momentopname = cell[0]
    waarde, sleutel = db.execute(
        """SELECT w.waarde, o.sleutel FROM kern.waarneming AS w JOIN kern.onderwerp AS o USING (bron, tabel, onderwerp)
        WHERE (w.bron, w.tabel, w.onderwerp, w.uitsplitsing, w.regio, w.periode, w.momentopname)
            = (?, ?, ?, ?, ?, ?, ?)""",
        cell[0],
    ).fetchone()
    folder = opname.opslag / "momentopnamen" / "opname" / bron / tabel / momentopname
    pages = [json.loads(gzip.decompress(p.read_bytes())) for p in sorted((folder / "paginas").glob("*.json.gz"))]
    stored = [
        o["Value"]
        for page in pages
        for o in page["value"]
        if (o["Measure"], o["RegioS"], o["Perioden"]) == (sleutel, regio, periode)
    ]
    assert stored == [waarde] == [411_728]


def test_absent_cells_of_the_slice_are_not_in_the_selection(db):
    # The captured slice holds ages in total only: what is asked by age is not 0 and not gone.
    reasons = db.execute(
        "SELECT DISTINCT leeg_reden, waarde FROM monitor.indicatorwaarde WHERE indicator = 'aandeel_75plus'"
    ).fetchall()
    assert reasons == [("niet_in_selectie", None)]
    # the page of an area of other provinces has the reason too: it names no area
    ((uitleg,),) = db.execute(
        "SELECT uitleg FROM monitor.niet_beschikbaar WHERE indicator = 'aandeel_75plus'"
    ).fetchall()
    assert uitleg.startswith("Uit tabel 03759ned") and uitleg.endswith(" zijn deze cijfers niet opgevraagd.")


def test_parquet_holds_what_the_database_holds_and_says_where_it_came_from(db, opname):
    path = opname.actueel / "parquet" / "monitor.indicatorwaarde.parquet"
    assert one(db, "SELECT count(*) FROM read_parquet(?)", str(path)) == one(
        db, "SELECT count(*) FROM monitor.indicatorwaarde"
    )
    metadata = dict(duckdb.sql(f"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{path}')").fetchall())
    assert metadata["soort"] == "opname"
    assert "cbs/83625NED/" in metadata["momentopnamen"]


class _Text(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.parts = []
        self.feed(page)

    def handle_data(self, data):
        self.parts.append(data)


def test_the_report_prints_the_figures_of_cbs_the_dutch_way(opname):
    pages = sorted((opname.actueel / "rapport").rglob("*.html"))
    text = re.sub(r"\s+", " ", " ".join(p for page in pages for p in _Text(page.read_text(encoding="utf-8")).parts))
    for figure in ("508.109", "411.728", "479.527", "83625NED", "03759ned"):
        assert figure in text
    assert "voorbeeldcijfers" not in text.lower()


def test_the_sample_is_published_with_its_notice(voorbeeld):
    assert voorbeeld.code == 0, voorbeeld.text
    pages = [p.read_text(encoding="utf-8") for p in (voorbeeld.actueel / "rapport").rglob("*.html")]
    assert len(pages) > 30
    for page in pages:
        assert "voorbeeld" in re.search(r"<title>(.*?)</title>", page, re.S)[1].lower()
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:
        assert one(db, "SELECT soort FROM monitor.bouw") == "voorbeeld"
        assert one(db, "SELECT count(DISTINCT indicator) FROM monitor.indicatorwaarde WHERE waarde IS NOT NULL") >= 60


def test_no_end_of_the_rankings_of_the_sample_is_favoured(voorbeeld):
    """Over all indicators the top and the bottom hold as many regions, to one in a hundred of those."""
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:
        top, bottom = db.execute(
            "SELECT count(*) FILTER (positie IN ('bovenste_kwart', 'hoog')), "
            "count(*) FILTER (positie IN ('onderste_kwart', 'laag')) FROM monitor.oordeel"
        ).fetchone()
        # a total has no place, and what has none says why
        totals = one(
            db,
            "SELECT count(*) FROM monitor.oordeel AS o JOIN monitor.indicator AS i ON i.id = o.indicator "
            "WHERE i.aggregatie = 'som' AND (o.rang IS NOT NULL OR o.positie <> 'n.b.')",
        )
        silent = one(db, "SELECT count(*) FROM monitor.oordeel WHERE (positie = 'n.b.') <> (plaats_reden IS NOT NULL)")
    assert top > 1000
    assert abs(top - bottom) <= 0.01 * (top + bottom)
    assert (totals, silent) == (0, 0)


def test_the_sample_holds_a_revision(voorbeeld):
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:
        revised = one(db, "SELECT count(*) FROM kern.waarneming_versie WHERE geldig_tot IS NOT NULL")
    assert revised > 0


def test_the_known_error_of_the_sample_is_corrected_in_the_open(voorbeeld):
    minimum = read_kaarten()["verkoopprijs_woningen"].bereik.minimum
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:
        given, used = db.execute(
            "SELECT bron_waarde, wordt FROM kern.correctie WHERE uitkomst = 'toegepast'"
        ).fetchone()
        # left as it was it would have kept the whole sample from being published
        assert given < minimum < used
        assert value(db, "verkoopprijs_woningen", "GM0109", "2016JJ00") == used
        assert db.execute("SELECT DISTINCT indicator, regio, periode FROM monitor.gecorrigeerd").fetchall() == [
            ("verkoopprijs_woningen", "GM0109", "2016JJ00")
        ]
        around = [value(db, "verkoopprijs_woningen", "GM0109", f"{jaar}JJ00") for jaar in (2015, 2017)]
    assert min(around) * 0.9 < used < max(around) * 1.1
    pages = voorbeeld.actueel / "rapport"
    assert "Gecorrigeerde cellen (1)" in (pages / "verantwoording.html").read_text(encoding="utf-8")
    assert "de bron geeft 21.593, gebruikt is 215.932" in (pages / "thema" / "wonen.html").read_text(encoding="utf-8")


def test_without_the_register_a_replay_says_so_and_has_none_of_its_figures(opname, db):
    assert one(db, "SELECT count(*) FROM kern.waarneming WHERE bron = 'register'") == 0
    reasons = db.execute("SELECT DISTINCT reden, uitleg FROM monitor.niet_beschikbaar WHERE tabel = 'pwr'").fetchall()
    assert {r[0] for r in reasons} == {"tabel_ontbreekt"}
    # what a reader is told; the command for the data team is in the account of the run
    assert all("werkgelegenheidsregister" in r[1] and "monitor run" not in r[1] for r in reasons)
    page = (opname.actueel / "rapport" / "werkgelegenheid.html").read_text(encoding="utf-8")
    assert "zit niet in dit rapport" in page and "monitor run" not in page


def test_the_sample_shows_the_chapter_of_the_register_in_tens(voorbeeld):
    page = (voorbeeld.actueel / "rapport" / "werkgelegenheid.html").read_text(encoding="utf-8")
    chapter = page[page.index('id="register"') : page.index('id="banen_totaal"')]
    assert "Verzonnen register" in chapter and "manieren om werk te tellen" in chapter
    cell = "(indicator, regio, periode) = ('banen_totaal', 'PV22', '2026JJ00')"
    with duckdb.connect(str(voorbeeld.actueel / "monitor.duckdb"), read_only=True) as db:
        banen = one(db, f"SELECT waarde FROM monitor.indicatorwaarde WHERE {cell}")
    assert f"{round(banen / 10) * 10:,.0f}".replace(",", ".") in chapter
    assert banen % 10 and f"{banen:,.0f}".replace(",", ".") not in chapter
