import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import duckdb
import pytest

from assets.bouw.tabellen import all_tabellen, in_build_order
from assets.tabel import SQL, Kolom, Tabel, TabelError, from_function, read_queries, read_query
from begrippen.fout import MonitorError

KOP = """/*
omschrijving: Drie getallen.
uit: [{uit}]
sleutel: [{sleutel}]
kolommen:
  getal: {{type: INTEGER, uitleg: een getal, eenheid: stuks}}
  naam: {{type: VARCHAR, uitleg: hoe het heet}}
*/
{query}
"""


def write(root, naam="kern/getal", query="SELECT 1 AS getal, 'een' AS naam", uit="", sleutel="getal"):
    path = root / f"{naam}.sql"
    path.parent.mkdir(exist_ok=True)
    path.write_text(KOP.format(query=query, uit=uit, sleutel=sleutel), encoding="utf-8")
    return read_query(path, root)


def test_path_is_the_name_and_the_header_documents_the_columns(tmp_path):
    tabel = write(tmp_path)
    assert tabel.naam == "kern.getal"
    assert [(k.naam, k.type, k.eenheid) for k in tabel.kolommen] == [
        ("getal", "INTEGER", "stuks"),
        ("naam", "VARCHAR", ""),
    ]


def test_create_makes_the_table_and_counts_it(tmp_path):
    with duckdb.connect() as db:
        assert write(tmp_path, query="SELECT 1 AS getal, 'een' AS naam;").create(db) == 1
        assert db.execute("FROM kern.getal").fetchall() == [(1, "een")]


def test_the_header_adds_which_answer_a_row_is_of_and_the_query_can_not(tmp_path):
    path = tmp_path / "kern" / "cel.sql"
    path.parent.mkdir()
    columns = "".join(f"  {k}: {{type: VARCHAR, uitleg: x}}\n" for k in ("bron", "tabel", "momentopname"))
    head = "omschrijving: x\nsleutel: [tabel]\nantwoord: true\n"
    text = f"/*\n{head}kolommen:\n{columns}*/\nSELECT 'cbs' AS bron, 'b' AS tabel"
    path.write_text(text, encoding="utf-8")
    with duckdb.connect() as db:
        db.execute("CREATE SCHEMA invoer")
        db.execute(
            "CREATE TABLE invoer.momentopname AS FROM (VALUES ('cbs', 'a', '1', true), ('cbs', 'b', '2', false), "
            "('cbs', 'b', '3', true)) AS m (bron, tabel, momentopname, gebruikt)"
        )
        assert read_query(path, tmp_path).create(db) == 1
        assert db.execute("FROM kern.cel").fetchall() == [("cbs", "b", "3")]
        path.write_text(f"{text}, '4' AS momentopname", encoding="utf-8")
        with pytest.raises(TabelError):
            read_query(path, tmp_path).create(db)

    def made(db):
        """Say nothing.

        ---
        omschrijving: x
        sleutel: [tabel]
        antwoord: true
        kolommen:
          tabel: {type: VARCHAR, uitleg: x}
        """

    with pytest.raises(TabelError, match="antwoord"):
        from_function("kern.cel", made)


@pytest.mark.parametrize(
    ("query", "built"),
    [
        ("SELECT 1 AS getal", "[('getal', 'INTEGER')]"),
        ("SELECT 1 AS getal, 'een' AS naam, 2 AS erbij", "('erbij', 'INTEGER')"),
        ("SELECT 'een' AS naam, 1 AS getal", "[('naam', 'VARCHAR'), ('getal', 'INTEGER')]"),
        ("SELECT 1::BIGINT AS getal, 'een' AS naam", "('getal', 'BIGINT')"),
    ],
    ids=["missing", "undocumented", "order", "type"],
)
def test_columns_that_differ_from_the_header_fail_and_both_lists_are_named(tmp_path, query, built):
    with duckdb.connect() as db, pytest.raises(TabelError) as error:
        write(tmp_path, query=query).create(db)
    assert "[('getal', 'INTEGER'), ('naam', 'VARCHAR')]" in str(error.value)
    assert built in str(error.value)
    assert "sql/kern/getal.sql" in str(error.value)


def test_a_table_reads_the_same_from_a_schema_and_from_a_database_of_that_name(tmp_path):
    with duckdb.connect(str(tmp_path / "kern.duckdb")) as db:
        write(tmp_path).create(db)
        assert db.execute("FROM kern.getal").fetchall() == [(1, "een")]


def test_codes_are_text_in_a_published_table_and_numbers_in_one_for_the_build(tmp_path):
    query = "SELECT 1 AS getal, CAST('een' AS ENUM('een', 'twee')) AS naam"
    with duckdb.connect() as db:
        for naam, type in (("kern/getal", "VARCHAR"), ("reken/getal", "ENUM('een', 'twee')")):
            tabel = write(tmp_path, naam, query=query)
            tabel.create(db)
            assert db.execute(f"DESCRIBE {tabel.naam}").fetchall()[1][1] == type
            assert db.execute(f"FROM {tabel.naam}").fetchall() == [(1, "een")]


def test_a_column_marked_as_code_becomes_a_number_in_the_order_of_its_texts(tmp_path):
    tabel = write(tmp_path, "reken/getal", query="FROM (VALUES (1, 'twee'), (2, 'een'), (3, NULL)) AS t (getal, naam)")
    marked = replace(tabel, kolommen=(tabel.kolommen[0], replace(tabel.kolommen[1], code=True)))
    with duckdb.connect() as db:
        marked.create(db)
        assert db.execute("DESCRIBE reken.getal").fetchall()[1][1] == "ENUM('een', 'twee')"
        assert db.execute("SELECT naam FROM reken.getal ORDER BY naam").fetchall() == [("een",), ("twee",), (None,)]
        # nothing has no codes
        replace(marked, query="SELECT 1 AS getal, CAST(NULL AS VARCHAR) AS naam").create(db)
        assert db.execute("DESCRIBE reken.getal").fetchall()[1][1] == "VARCHAR"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT 1", "begint niet met een kop"),
        ("/*\nomschrijving: x\n*/ SELECT 1", r"kern/x.sql: dit klopt niet:\n  regel 2, sleutel: ontbreekt"),
        ("/*\n- lijst\n*/ SELECT 1", "moet velden met waarden zijn"),
        ("/*\na: [\n*/ SELECT 1", "geen geldige YAML"),
        (
            "/*\nomschrijving: x\nsleutel: [a]\nkolommen: {a: {type: VARCHAR, uitleg: x, lijst: stand}}\n*/ SELECT 1",
            "a: 'stand' is geen lijst; bekend zijn aggregatie, .*, bewijs, bronsoort",
        ),
        # a comma that ends the text unseen
        ("/*\nkolommen: {a: {type: DATE, uitleg: dag, of jaar}}\n*/ SELECT 1", r"regel 2, kolommen\.a\.of jaar"),
    ],
)
def test_a_query_without_a_good_header_is_refused(tmp_path, text, message):
    path = tmp_path / "kern" / "x.sql"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MonitorError, match=message):
        read_query(path, tmp_path)


@pytest.mark.parametrize(("sleutel", "message"), [("code", "noemt code"), ("", "sleutel: mag niet leeg zijn")])
def test_a_key_must_be_columns(tmp_path, sleutel, message):
    with pytest.raises(MonitorError, match=message):
        write(tmp_path, sleutel=sleutel)


def test_a_function_carries_the_same_header():
    def getallen(db):
        """Count.

        ---
        omschrijving: Getallen.
        uit: [kern.getal]
        sleutel: [getal]
        kolommen:
          getal: {type: INTEGER, uitleg: een getal}
        """
        return db.sql("SELECT 1 AS getal UNION ALL SELECT 2")

    tabel = from_function("monitor.getallen", getallen)
    assert tabel.uit == ("kern.getal",)
    with duckdb.connect() as db:
        assert tabel.create(db) == 2


def test_a_function_without_a_header_is_refused():
    def kaal(db):
        """Count."""

    with pytest.raises(TabelError, match="geen kop"):
        from_function("monitor.kaal", kaal)


def test_tables_come_after_what_they_are_made_from(tmp_path):
    last = write(tmp_path, "kern/a", uit="kern.b, invoer.iets")
    first = write(tmp_path, "kern/b")
    assert [t.naam for t in in_build_order([last, first])] == ["kern.b", "kern.a"]


def test_a_circle_is_named(tmp_path):
    tabellen = [write(tmp_path, "kern/a", uit="kern.b"), write(tmp_path, "kern/b", uit="kern.a")]
    with pytest.raises(TabelError, match=r"kring.*kern\.(a|b)"):
        in_build_order(tabellen)


def test_an_unknown_table_in_a_header_is_named(tmp_path):
    with pytest.raises(TabelError, match=r"kern\.getal vraagt kern\.nergens"):
        in_build_order([write(tmp_path, uit="kern.nergens")])


ANDER = """/*
omschrijving: Getallen met een kleur.
sleutel: [getal]
zoals: {{{zoals}}}
kolommen:
  kleur: {{type: VARCHAR, uitleg: welke kleur het heeft}}
  naam: {{type: VARCHAR, uitleg: hoe het in deze tabel heet}}
*/
SELECT *, 'rood' AS kleur FROM kern.getal
"""


def write_ander(root, zoals):
    write(root)
    path = root / "kern" / "kleur.sql"
    path.write_text(ANDER.format(zoals=zoals), encoding="utf-8")
    return path


def test_a_column_taken_over_keeps_its_place_type_and_meaning_unless_it_has_its_own(tmp_path):
    tabel = read_query(write_ander(tmp_path, "kern.getal: alles"), tmp_path)
    assert [(k.naam, k.uitleg, k.eenheid) for k in tabel.kolommen] == [
        ("getal", "een getal", "stuks"),
        ("naam", "hoe het in deze tabel heet", ""),
        ("kleur", "welke kleur het heeft", ""),
    ]
    with duckdb.connect() as db:
        write(tmp_path).create(db)
        assert tabel.create(db) == 1
    assert tabel == read_query(write_ander(tmp_path, "kern.getal: [naam, getal]"), tmp_path)


GETAL = Tabel("invoer.getal", "Een getal.", (), ("getal",), (Kolom("getal", "INTEGER", "een getal", "stuks"),))


def test_a_column_of_a_table_of_input_is_taken_over_by_the_path_of_that_table(tmp_path):
    tabel = read_query(write_ander(tmp_path, "tests.test_tabel.GETAL: [getal]"), tmp_path)
    assert (tabel.kolommen[0], [k.naam for k in tabel.kolommen]) == (GETAL.kolommen[0], ["getal", "kleur", "naam"])


@pytest.mark.parametrize(
    ("zoals", "why"),
    [
        ("kern.nergens: alles", "kern.nergens is geen tabel"),
        ("assets.tabel.SQL: alles", "assets.tabel.SQL is geen tabel"),
        ("kern.getal: [maat]", "maat is geen kolom van kern.getal"),
        ("kern.getal: iets", "zoals"),
        ("kern.kleur: alles", "kring: kleur -> kleur"),
    ],
)
def test_what_cannot_be_taken_over_is_refused_with_its_file(tmp_path, zoals, why):
    path = write_ander(tmp_path, zoals)
    with pytest.raises(MonitorError, match=why) as error:
        read_query(path, tmp_path)
    assert "kleur" in str(error.value)


# Of so many columns two tables that each say something else of their own may happen to speak alike.
TOEVAL = 7


def test_no_two_headers_describe_the_same_columns():
    """A column that passes from table to table is described once; who has it too takes it over with `zoals`."""
    headers = {p: p.read_text(encoding="utf-8").split("*/")[0] for p in SQL.rglob("*.sql")}
    for path in (Path(__file__).parent.parent / "assets").rglob("*.py"):
        for found in re.finditer(r'^def (\w+)\(.*?^    ---\n(.*?)"""', path.read_text("utf-8"), re.M | re.S):
            headers[path / found[1]] = found[2]
    own = {
        naam: {re.sub("[\"']", "", line.strip()) for line in header.splitlines() if re.match(r" +\w+: \{type:", line)}
        for naam, header in headers.items()
    }
    assert sum(len(columns) for columns in own.values()) > 700
    twice = [(len(own[a] & own[b]), a.name, b.name) for a, b in combinations(own, 2) if len(own[a] & own[b]) > TOEVAL]
    assert twice == []


def test_every_query_of_the_house_is_a_table_of_the_build():
    found = {
        p.relative_to(SQL).with_suffix("").as_posix().replace("/", ".")
        for p in SQL.rglob("*.sql")
        if p.parent.name != "toets"
    }
    confidential = {t.naam for t in read_queries(schemas=["register"])}
    assert confidential == {"register.bijdrage", "register.telling"}
    assert {t.naam for t in read_queries()} == found - confidential
    assert found - confidential <= {t.naam for t in all_tabellen()}


@pytest.mark.parametrize("tabel", all_tabellen(), ids=lambda t: t.naam)
def test_headers_name_what_the_query_reads(tabel):
    """A table that a query reads and its header does not name would be built too late, and lineage would miss it."""
    names = {t.naam for t in all_tabellen()}
    read = {n for n in names if n != tabel.naam and n in tabel.query.replace("(", " ").replace(",", " ").split()}
    assert read <= set(tabel.uit)
