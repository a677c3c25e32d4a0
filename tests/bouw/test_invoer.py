import inspect
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import duckdb
import pandas as pd
import pytest

from assets.beleid.lezen import read_edities
from assets.beleid.vormen import VORMEN
from assets.bouw.invoer.bouwinvoer import InvoerError
from assets.bouw.invoer.bronnen import ontbreekt
from assets.bouw.invoer.kaarten import breuk, kaart_term, uitsplitsingen
from assets.bouw.invoer.kop import kop, rij, types
from assets.bouw.invoer.maak import WAARNEMING, create_invoer
from assets.bouw.invoer.maak import tabellen as invoertabellen
from assets.bouw.invoer.vorige import vorige_herkomst
from assets.bouw.tabellen import all_tabellen
from assets.bron.bronlijst import Aanlevering, Brontabel, read_aanleveringen, read_registertabellen, read_tabellen
from assets.indicatoren.kaart import Kaart, read_kaarten
from assets.indicatoren.kaartbron import Bron, Term
from assets.kwaliteit.toets import TOETSEN, read_toets
from begrippen.gebied import GEBIEDEN, read_gebied
from begrippen.redenen import Reden
from begrippen.regio import read_aliassen, read_leden, read_regios

LEEFTIJD = {"soort": "uitsplitsing", "codes": {"10": "jong", "20": "oud"}}


def tabel(**dimensies):
    dimensies = {"RegioS": {"soort": "regio", "regios": ["GM*"]}, "Perioden": {"soort": "periode"}} | dimensies
    return Brontabel.model_validate(
        {
            "id": "T",
            "titel": "T",
            "api": "v4",
            "zekerheid": "K",
            "dimensies": dimensies,
            "onderwerpen": {"a": {"titel": "A", "eenheid": "aantal", "zekerheid": "K"}},
        }
    )


def texts(term, **dimensies):
    return uitsplitsingen(Term(onderwerp="a", uitsplitsing=term), tabel(**dimensies))


def laid(bouwinvoer, regios=None):
    db = duckdb.connect()
    db.execute("CREATE SCHEMA invoer")
    create_invoer(db, bouwinvoer, read_regios() if regios is None else regios, read_leden(), read_aliassen())
    return db


def test_no_dimension_is_the_total():
    assert texts({}) == ["totaal"]


def test_codes_stand_in_order_of_their_dimension_and_a_list_gives_a_row_each():
    geslacht = {"soort": "uitsplitsing", "codes": {"T": "totaal"}}
    assert texts({"Leeftijd": ("10", "20"), "Geslacht": "T"}, Leeftijd=LEEFTIJD, Geslacht=geslacht) == [
        "Geslacht=T|Leeftijd=10",
        "Geslacht=T|Leeftijd=20",
    ]


def test_a_dimension_of_which_we_ask_one_code_need_not_be_named():
    geslacht = {"soort": "uitsplitsing", "codes": {"T": "totaal"}}
    assert texts({}, Geslacht=geslacht) == ["Geslacht=T"]


@pytest.mark.parametrize(
    ("term", "message"),
    [
        ({}, "geen code voor dimensie Leeftijd van T; kies uit 10, 20"),
        ({"Leeftijd": "30"}, "code 30 van dimensie Leeftijd van T; de bronlijst vraagt 10, 20"),
        ({"Leeftijd": "10", "Geslacht": "T"}, "dimensie Geslacht; T heeft Leeftijd"),
    ],
)
def test_a_term_that_the_source_list_does_not_ask_for_is_refused(term, message):
    with pytest.raises(InvoerError, match=re.escape(message)):
        texts(term, Leeftijd=LEEFTIJD)


def test_a_second_region_dimension_may_be_the_region_itself():
    woon = {"soort": "uitsplitsing", "codes": {}, "ook_regios": ["GM"]}
    assert texts({"Woonregio": "{regio}"}, Woonregio=woon) == ["Woonregio={regio}"]


@pytest.mark.parametrize(
    ("bron", "message"),
    [
        ({"tabel": "X", "teller": [{"onderwerp": "a"}]}, "kaart inwoners vraagt tabel X"),
        ({"tabel": "03759ned", "teller": [{"onderwerp": "a"}]}, "vraagt onderwerp a van 03759ned.* kent inwoners"),
        (
            {"tabel": "03759ned", "teller": [{"onderwerp": "inwoners", "uitsplitsing": {"Leeftijd": "1"}}]},
            "kaart inwoners, onderwerp inwoners: dimensie Leeftijd",
        ),
    ],
)
def test_a_card_that_does_not_fit_the_source_list_names_itself(werkplaats, bron, message):
    whole = werkplaats.invoer()
    wrong = whole.kaarten["inwoners"].model_copy(update={"bronnen": (Bron.model_validate(bron),)})
    with pytest.raises(InvoerError, match=message):
        list(kaart_term(werkplaats.invoer(kaarten={"inwoners": wrong})))


def test_terms_are_numbered_within_their_role(werkplaats):
    bron = {
        "tabel": "03759ned",
        "teller": [{"onderwerp": "inwoners"}, {"onderwerp": "inwoners", "periode_verschuiving": -1, "gewicht": -1}],
        "noemer": [{"onderwerp": "inwoners", "regio": "NL01"}],
        "factor": 100,
        "vanaf": 2025,
    }
    whole = werkplaats.invoer()
    kaart = whole.kaarten["inwoners"].model_copy(update={"bronnen": (Bron.model_validate(bron),)})
    with laid(werkplaats.invoer(kaarten={"inwoners": kaart})) as db:
        assert db.execute(
            "SELECT rol, term, uitsplitsing, regio_vast, periode_verschuiving, gewicht, factor, vanaf, tot_en_met "
            "FROM invoer.kaart_term ORDER BY rol DESC, term"
        ).fetchall() == [
            ("teller", 1, "Geslacht=T001038", None, 0, 1.0, 100.0, 2025, None),
            ("teller", 2, "Geslacht=T001038", None, -1, -1.0, 100.0, 2025, None),
            ("noemer", 1, "Geslacht=T001038", "NL01", 0, 1.0, 100.0, 2025, None),
        ]


def test_every_table_has_its_documented_columns_with_and_without_answers(werkplaats):
    for momentopnamen in ((), (werkplaats.add([("NL01", "2025JJ00", 1.0)]),)):
        with laid(werkplaats.invoer(*momentopnamen)) as db:
            for naam, table in invoertabellen().items():
                built = [(r[0], r[1]) for r in db.execute(f"DESCRIBE invoer.{naam}").fetchall()]
                assert (naam, built) == (naam, list(types(table).items()))


def read_by() -> dict[str, list[str]]:
    """The queries, checks and functions that read each table of schema `invoer`, as their headers name it."""
    read: dict[str, list[str]] = {naam: [] for naam in invoertabellen()} | {WAARNEMING: []}
    for t in all_tabellen():
        text = re.sub(r"--.*", "", t.query) if t.function is None else inspect.getsource(inspect.getmodule(t.function))
        for u in t.uit:
            if u.startswith("invoer."):
                # a table that is not there is a KeyError
                read[u.removeprefix("invoer.")].append(text)
    for suite, uit in (read_toets(path, "gebied") for path in TOETSEN.glob("*.sql")):
        for u in uit:
            if u.startswith("invoer."):
                read[u.removeprefix("invoer.")].append(suite.query)
    read["waarneming_alle"] += read.pop(WAARNEMING)
    return read


@pytest.mark.parametrize("naam", invoertabellen())
def test_an_input_is_documented_and_every_column_is_read(naam):
    tabel, texts = invoertabellen()[naam], read_by()[naam]
    assert tabel.omschrijving
    assert all(k.uitleg for k in tabel.kolommen)
    # monitor.indicator takes every field of a card, and hands on what its own header names of it
    indicator = next(t for t in all_tabellen() if t.naam == "monitor.indicator")
    taken = " ".join((*Kaart.model_fields, *types(indicator)))
    texts = [re.sub(r"k\.\* EXCLUDE \(.*?\)", taken, text) for text in texts]
    # a table that passes on the fields of a shape takes all of the rows
    whole = re.compile(rf"(?:^FROM|\w\.\*[\s\S]*FROM) invoer\.{naam}\b")
    of_shape = tabel.velden or naam.removeprefix("beleid_") in VORMEN
    if of_shape and any(whole.search(text.strip()) for text in texts):
        return
    if f"FROM invoer.{naam}" in [text.strip() for text in texts]:
        return
    unread = [k.naam for k in tabel.kolommen if not any(re.search(rf"\b{k.naam}\b", text) for text in texts)]
    assert not unread, "delete them from the header, or read them"


def test_a_row_is_read_by_the_names_of_its_header_and_says_what_is_missing():
    assert rij(breuk, {"vanaf": 2012, "iets": 1}, indicator="a") == {"indicator": "a", "vanaf": 2012, "reden": None}
    with pytest.raises(AttributeError, match="vanaf"):
        rij(breuk, object(), indicator="a")


def test_columns_of_an_earlier_build_are_those_of_its_table():
    there = types(next(t for t in all_tabellen() if t.naam == "monitor.herkomst"))
    ours = types(kop(vorige_herkomst))
    assert ours.pop("tegenover") == "VARCHAR"
    assert ours.items() <= there.items()


def test_cells_are_those_of_the_used_answers_and_the_history_holds_all(werkplaats):
    old = werkplaats.add([("NL01", "2025JJ00", 1.0)])
    new = werkplaats.add([("NL01", "2025JJ00", 2.0)], datetime(2026, 8, 1, tzinfo=UTC))
    with laid(werkplaats.invoer(new, eerdere=(old,))) as db:
        assert db.execute("SELECT momentopname, waarde FROM invoer.waarneming").fetchall() == [(new.id, 2.0)]
        assert db.execute("SELECT waarde FROM invoer.waarneming_alle ORDER BY 1").fetchall() == [(1.0,), (2.0,)]
        assert db.execute("SELECT fetched_at FROM invoer.momentopname WHERE gebruikt").fetchall() == [
            (datetime(2026, 8, 1),)
        ]


def test_a_table_without_an_answer_is_listed_with_its_reason(werkplaats):
    for given, reden, uitleg in (
        ({"03759ned": (Reden("afwezig"),)}, "afwezig", "staat niet bij de bron"),
        ({}, "nooit_opgehaald", "nog niet opgehaald"),
    ):
        assert list(ontbreekt(werkplaats.invoer(ontbreekt=given))) == [
            {"bron": "cbs", "tabel": "03759ned", "reden": reden, "uitleg": uitleg}
        ]
    momentopname = werkplaats.add([("NL01", "2025JJ00", 1.0)])
    assert list(ontbreekt(werkplaats.invoer(momentopname))) == []


def test_the_build_has_a_name_in_utc_and_a_hash_of_its_inputs_without_the_time(werkplaats):
    moment = datetime(2026, 11, 22, 13, tzinfo=timezone(timedelta(hours=1)))
    whole = werkplaats.invoer(built_at=moment)
    assert whole.bouw == "20261122T120000000000Z"
    assert whole.sha256 == werkplaats.invoer(built_at=moment + timedelta(days=1)).sha256
    assert whole.sha256 != werkplaats.invoer(built_at=moment, editie=2028).sha256
    assert whole.sha256 != werkplaats.invoer(werkplaats.add([("NL01", "2025JJ00", 1.0)]), built_at=moment).sha256


def test_a_row_of_policy_on_another_line_is_another_build(werkplaats):
    # the line stands in its table: with the rows alone the hash stayed what it was
    gebied = read_gebied(GEBIEDEN / "drenthe")
    m = read_edities(gebied.edities, 2026, gebied)[0]
    verder = {file: tuple((regel + 1, rij) for regel, rij in rows) for file, rows in m.rijen.items()}
    shas = {werkplaats.invoer(beleid=(x,)).sha256 for x in (m, replace(m), replace(m, rijen=verder))}
    assert len(shas) == 2


def test_regions_keep_their_dates_and_blanks(werkplaats):
    regios = pd.DataFrame(
        [
            ("GM0001", "Oud", "gemeente", None, "1970-01-01", "1990-01-01", "x"),
            ("GM0002", "Elders, tot na de editie", "gemeente", 1, "1970-01-01", "2027-01-01", "x"),
            ("GM0106", "Eigen, tot na de editie", "gemeente", 1, "1970-01-01", "2027-01-01", "x"),
            ("AM01", "A", "arbeidsmarktregio", 2, None, None, "x"),
        ],
        columns=[*types(invoertabellen()["regio"]), "herkomst"],
    )
    for column in ("geldig_van", "geldig_tot"):
        regios[column] = pd.to_datetime(regios[column])
    with laid(werkplaats.invoer(), regios) as db:
        assert [
            tuple(map(str, r))
            for r in db.execute(
                "SELECT code, stedelijkheid, geldig_van, geldig_tot FROM invoer.regio ORDER BY code"
            ).fetchall()
        ] == [
            ("AM01", "2", "None", "None"),
            ("GM0001", "None", "1970-01-01", "1990-01-01"),
            ("GM0002", "1", "1970-01-01", "2027-01-01"),
            ("GM0106", "1", "1970-01-01", "None"),
        ]


def test_all_cards_of_the_house_fit_the_source_list(werkplaats):
    kaarten: dict[str, Kaart] = read_kaarten()
    whole = werkplaats.invoer(
        tabellen=read_tabellen(), aanleveringen=read_aanleveringen(), register=read_registertabellen(), kaarten=kaarten
    )
    rows = list(kaart_term(whole))
    assert {r["indicator"] for r in rows} == set(kaarten)
    assert all(isinstance(a, Aanlevering) for a in whole.aanleveringen.values())
