import hashlib
import json
import re
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from assets.bouw import bouwen
from assets.bouw.bouwen import TabelResultaat, build_database
from assets.bouw.invoer.bouwinvoer import Bouwinvoer, InvoerError
from assets.bouw.tabellen import all_tabellen
from assets.bron.bronlijst import Brontabel
from assets.kern.correctie import Correctie
from assets.tabel import Tabel, TabelError
from tests.bouw.conftest import Werkplaats

CELLEN = [
    ("NL01", "2024JJ00", 17.9e6),
    ("NL01", "2025JJ00", 18.0e6),
    ("PV22", "2024JJ00", 504129.0),
    ("PV22", "2025JJ00", 506000.0),
    ("GM0106", "2024JJ00", 69000.0),
    ("GM0106", "2025JJ00", None),
]


def read(folder, query):
    with closing(duckdb.connect(str(folder / "monitor.duckdb"), read_only=True)) as db:
        return db.execute(query).fetchall()


def hashes(folder):
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted((folder / "parquet").iterdir())}


@dataclass(frozen=True)
class Gebouwd:
    """A whole build that nobody changes: what it was made of, where it stands, and what was said of it."""

    invoer: Bouwinvoer
    folder: Path
    results: list[TabelResultaat]


@pytest.fixture(scope="module")
def gebouwd(tmp_path_factory) -> Gebouwd:
    top = tmp_path_factory.mktemp("gebouwd")
    werkplaats = Werkplaats(top / "opslag")
    invoer = werkplaats.invoer(werkplaats.add(CELLEN))
    return Gebouwd(invoer, top / "b", build_database(invoer, top / "b", threads=2))


def test_a_build_holds_every_documented_table_as_database_and_as_parquet(gebouwd):
    results, folder = gebouwd.results, gebouwd.folder
    kept = {t.naam: t for t in all_tabellen() if not t.naam.startswith("reken.")}
    assert [r.naam for r in results] == [t.naam for t in all_tabellen()]
    assert {p.stem for p in (folder / "parquet").iterdir()} == set(kept)
    for naam, tabel in kept.items():
        described = read(folder, f"DESCRIBE {naam}")
        assert [(r[0], r[1]) for r in described] == [(k.naam, k.type) for k in tabel.kolommen]
        rows = read(folder, f"SELECT count(*) FROM {naam}")[0][0]
        assert duckdb.execute(f"SELECT count(*) FROM '{folder}/parquet/{naam}.parquet'").fetchone() == (rows,)
        assert rows == next(r.rijen for r in results if r.naam == naam)


def test_what_a_header_calls_a_text_was_one_or_a_code_before_it_is_written_as_text(werkplaats, tmp_path, monkeypatch):
    types: dict[tuple[str, str], str] = {}
    make = Tabel._create

    def look(tabel, db, source):
        types.update({(tabel.naam, k): type for k, type, *_ in db.execute(f"DESCRIBE FROM {source}").fetchall()})
        return make(tabel, db, source)

    monkeypatch.setattr(Tabel, "_create", look)
    build_database(werkplaats.invoer(werkplaats.add(CELLEN)), tmp_path / "b")
    texts = [
        (t.naam, k.naam)
        for t in all_tabellen()
        for k in t.kolommen
        if k.type == "VARCHAR" and (t.naam, k.naam) in types
    ]
    assert {t for t, _ in texts} > {"kern.waarneming", "monitor.oordeel", "monitor.regelcontrole"}
    assert [t for t in texts if types[t] != "VARCHAR" and not types[t].startswith("ENUM")] == []


def test_figures_come_through(gebouwd):
    (momentopname,), folder = gebouwd.invoer.momentopnamen, gebouwd.folder
    assert read(
        folder, "SELECT waarde, momentopname FROM kern.waarneming WHERE regio = 'PV22' AND periode = '2025JJ00'"
    ) == [(506000.0, momentopname.id)]
    assert read(folder, "SELECT waarde FROM monitor.indicatorwaarde WHERE regio = 'PV22' AND periode = '2025JJ00'") == [
        (506000.0,)
    ]
    assert read(folder, "SELECT soort, bouw, editie, code_versie, momentopnamen FROM monitor.bouw") == [
        ("opname", "20261122T120000000000Z", 2026, "0.1.0", 1)
    ]


def test_nothing_but_kern_monitor_and_policy_stays(gebouwd):
    schemas = read(gebouwd.folder, "SELECT DISTINCT schema_name FROM duckdb_tables() ORDER BY 1")
    assert schemas == [("beleid",), ("kern",), ("main",)]
    assert sorted(p.name for p in gebouwd.folder.iterdir()) == ["bouw.json", "monitor.duckdb", "parquet"]


def test_a_large_table_keeps_its_codes_as_numbers_and_gives_them_as_text(gebouwd):
    folder = gebouwd.folder
    large = [t for t in all_tabellen() if t.codes == "blijven"]
    assert {"kern.waarneming", "monitor.herkomst"} <= {t.naam for t in large}
    for tabel in large:
        kept = {r[0]: r[1] for r in read(folder, f"DESCRIBE {tabel.naam}_code")}
        assert list(kept) == [k.naam for k in tabel.kolommen]
        texts = [k.naam for k in tabel.kolommen if k.naam in tabel.sleutel and k.type == "VARCHAR"]
        # one that came out as text, since two lists of codes met in its query, makes the whole chain slow
        assert [k for k in texts if not kept[k].startswith("ENUM(")] == [], tabel.naam
        assert read(folder, f"FROM {tabel.naam}_code") == read(folder, f"FROM {tabel.naam}")
    # a reader may ask for a code that does not occur
    assert read(folder, "SELECT count(*) FROM monitor.herkomst WHERE regio = 'XX99'") == [(0,)]


@pytest.mark.usefixtures("kern_alone")
def test_documentation_stands_in_the_database(werkplaats, tmp_path):
    build_database(werkplaats.invoer(werkplaats.add(CELLEN)), tmp_path / "b")
    assert read(tmp_path / "b", "SELECT comment FROM duckdb_tables() WHERE table_name = 'bouw'")[0][0].startswith(
        "Hoe dit"
    )
    without = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    assert read(tmp_path / "b", without) == []


@pytest.mark.usefixtures("kern_alone")
def test_parquet_says_how_it_came_about(werkplaats, tmp_path):
    momentopname = werkplaats.add(CELLEN)
    build_database(werkplaats.invoer(momentopname), tmp_path / "b")
    rows = duckdb.execute(
        f"SELECT decode(key), decode(value) FROM parquet_kv_metadata('{tmp_path}/b/parquet/kern.waarneming.parquet')"
    ).fetchall()
    assert {
        "soort": "opname",
        "bouw": "20261122T120000000000Z",
        "editie": "2026",
        "code_versie": "0.1.0",
        "momentopnamen": f"cbs/03759ned/{momentopname.id}",
    }.items() <= dict(rows).items()


def test_two_equal_builds_give_the_same_bytes(gebouwd, tmp_path):
    build_database(gebouwd.invoer, tmp_path / "twee", threads=2)
    assert hashes(gebouwd.folder) == hashes(tmp_path / "twee")


@pytest.mark.usefixtures("kern_alone")
def test_another_figure_gives_other_bytes(werkplaats, tmp_path):
    first, second = (
        werkplaats.add(CELLEN),
        werkplaats.add([("NL01", "2024JJ00", 1.0)], datetime(2026, 8, 1, tzinfo=UTC)),
    )
    build_database(werkplaats.invoer(first), tmp_path / "een")
    build_database(werkplaats.invoer(second, eerdere=(first,)), tmp_path / "twee")
    een, twee = hashes(tmp_path / "een"), hashes(tmp_path / "twee")
    assert een["kern.waarneming.parquet"] != twee["kern.waarneming.parquet"]
    assert read(tmp_path / "twee", "SELECT count(*) FROM kern.waarneming_versie WHERE geldig_tot IS NOT NULL") == [(6,)]


def test_a_build_without_any_answer_has_every_table(werkplaats, tmp_path):
    results = build_database(werkplaats.invoer(), tmp_path / "b")
    assert {r.naam: r.rijen for r in results}["kern.waarneming"] == 0


def test_an_unknown_region_is_named_with_its_table(werkplaats, tmp_path):
    momentopname = werkplaats.add([*CELLEN, ("GM9999", "2025JJ00", 1.0)])
    with pytest.raises(InvoerError, match=r"GM9999 in tabel 03759ned[\s\S]*monitor run"):
        build_database(werkplaats.invoer(momentopname), tmp_path / "b")


def test_an_unknown_region_in_a_card_is_named(werkplaats, tmp_path):
    whole = werkplaats.invoer()
    kaart = whole.kaarten["inwoners"]
    term = kaart.bronnen[0].teller[0].model_copy(update={"regio": "NL77"})
    bron = kaart.bronnen[0].model_copy(update={"teller": (term,)})
    wrong = replace(whole, kaarten={"inwoners": kaart.model_copy(update={"bronnen": (bron,)})})
    with pytest.raises(InvoerError, match="NL77 in kaart inwoners"):
        build_database(wrong, tmp_path / "b")


def test_the_fixed_region_of_a_table_must_be_known(werkplaats, tmp_path):
    whole = werkplaats.invoer()
    content = whole.tabellen["03759ned"].model_dump()
    content["dimensies"].pop("RegioS")
    tabel = Brontabel.model_validate(content | {"regio_vast": "NL77"})
    with pytest.raises(InvoerError, match="NL77 in tabel 03759ned"):
        build_database(replace(whole, tabellen={"03759ned": tabel}), tmp_path / "b")


@pytest.mark.parametrize("damage", [lambda p: p.write_bytes(b"x"), lambda p: p.unlink()], ids=["changed", "gone"])
def test_a_damaged_momentopname_is_named(werkplaats, tmp_path, damage):
    momentopname = werkplaats.add(CELLEN)
    damage(momentopname.folder / "waarnemingen.parquet")
    with pytest.raises(InvoerError, match=rf"{momentopname.id} van tabel 03759ned is beschadigd"):
        build_database(werkplaats.invoer(momentopname), tmp_path / "b")


@pytest.mark.usefixtures("kern_alone")
def test_a_finished_build_is_never_overwritten_and_an_unfinished_one_is_made_anew(werkplaats, tmp_path, monkeypatch):
    invoer = werkplaats.invoer(werkplaats.add(CELLEN))
    with monkeypatch.context() as patch, pytest.raises(TabelError):
        patch.setattr(bouwen, "write_parquet", lambda *_: (_ for _ in ()).throw(TabelError("midden in de bouw")))
        build_database(invoer, tmp_path / "b")
    build_database(invoer, tmp_path / "b")
    before = hashes(tmp_path / "b")
    with pytest.raises(InvoerError, match="voltooide bouw"):
        build_database(invoer, tmp_path / "b")
    assert hashes(tmp_path / "b") == before


@pytest.mark.usefixtures("kern_alone")
def test_progress_is_reported_table_by_table(werkplaats, tmp_path):
    seen = []
    results = build_database(
        werkplaats.invoer(werkplaats.add(CELLEN)), tmp_path / "b", report=lambda *args: seen.append(args)
    )
    assert seen == [(r.naam, n, len(results)) for n, r in enumerate(results, start=1)]


@pytest.mark.usefixtures("kern_alone")
def test_a_momentopname_is_left_as_it_was(werkplaats, tmp_path):
    momentopname = werkplaats.add(CELLEN)
    before = {p.name: p.read_bytes() for p in momentopname.folder.iterdir()}
    build_database(werkplaats.invoer(momentopname), tmp_path / "b")
    assert {p.name: p.read_bytes() for p in momentopname.folder.iterdir()} == before


@pytest.mark.usefixtures("kern_alone")
def test_a_path_with_a_quote_builds(werkplaats, tmp_path):
    momentopname = replace(werkplaats, opslag=tmp_path / "'s-Gravenhage").add(CELLEN)
    build_database(werkplaats.invoer(momentopname), tmp_path / "bouw 'een'")
    assert read(tmp_path / "bouw 'een'", "SELECT count(*) FROM kern.waarneming") == [(6,)]


@pytest.mark.usefixtures("kern_alone")
def test_the_record_of_the_build_is_that_of_its_parquet(werkplaats, tmp_path):
    invoer = werkplaats.invoer(werkplaats.add(CELLEN))
    build_database(invoer, tmp_path / "b")
    record = json.loads((tmp_path / "b" / "bouw.json").read_text(encoding="utf-8"))
    assert record["bouw"] == invoer.bouw
    assert re.fullmatch(r"[0-9a-f]{64}", record["invoer_sha256"])


def test_what_adds_up_doubles_is_made_on_one_thread():
    by_name = {t.naam: t for t in all_tabellen()}
    assert not bouwen.adds_up(by_name["kern.waarneming"])
    assert bouwen.adds_up(by_name["reken.periodecode"])

    def with_query(query):
        return replace(by_name["kern.waarneming"], query=query)

    assert bouwen.adds_up(with_query("SELECT regio, SUM (waarde) FROM x GROUP BY regio"))
    # a sum in an order of its own is the same on any number of threads; another sum beside it is not
    ordered = "SELECT sum(if(x > 0, x, 0) ORDER BY (x))"
    assert not bouwen.adds_up(with_query(f"{ordered} FROM x"))
    assert bouwen.adds_up(with_query(f"{ordered}, avg(y) FROM x ORDER BY 1"))


def test_what_more_threads_make_is_a_table_that_they_may_make():
    by_name = {t.naam: t for t in all_tabellen()}
    assert not [naam for naam in bouwen.BREED if bouwen.adds_up(by_name[naam])]


def test_the_bytes_do_not_depend_on_the_number_of_threads(gebouwd, tmp_path):
    build_database(gebouwd.invoer, tmp_path / "1", threads=1)
    assert hashes(tmp_path / "1") == hashes(gebouwd.folder)


def correctie(**changes):
    return Correctie.model_validate(
        {
            "id": "komma",
            "soorten": ["opname"],
            "bron": "cbs",
            "tabel": "03759ned",
            "onderwerp": "inwoners",
            "uitsplitsing": "Geslacht=T001038",
            "regio": "PV22",
            "periode": "2025JJ00",
            "verwacht": 506000,
            "wordt": 506001,
            "reden": "verschreven",
            "gemeld_aan": "CBS",
            "datum": "2026-11-24",
            **changes,
        }
    )


def test_a_correction_goes_through_to_the_indicator_and_is_a_named_input(werkplaats, tmp_path):
    plain = werkplaats.invoer(werkplaats.add(CELLEN))
    corrected = replace(plain, correcties=(correctie(),))
    build_database(corrected, tmp_path / "b")
    place = "indicator, regio, periode"
    assert read(tmp_path / "b", f"SELECT {place}, correctie FROM monitor.gecorrigeerd") == [
        ("inwoners", "PV22", "2025JJ00", "komma")
    ]
    value = "SELECT waarde FROM monitor.indicatorwaarde WHERE regio = 'PV22' AND periode = '2025JJ00'"
    assert read(tmp_path / "b", value) == [(506001.0,)]
    assert read(tmp_path / "b", "SELECT uitkomst, bron_waarde FROM kern.correctie") == [("toegepast", 506000.0)]
    assert corrected.sha256 != plain.sha256
    # sample and real never mix: of another kind it is no input at all
    assert replace(plain, correcties=(correctie(soorten=["cbs"]),)).sha256 == plain.sha256


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"tabel": "99999NED"}, InvoerError, "correctie komma gaat over cbs 99999NED inwoners"),
        ({"onderwerp": "mensen"}, InvoerError, "03759ned mensen, en dat staat niet in de bronlijst"),
        ({"bron": "derden"}, InvoerError, "derden 03759ned"),
        ({"regio": "GM9999"}, InvoerError, "GM9999 in correctie komma"),
    ],
)
def test_a_correction_of_what_we_do_not_ask_for_is_refused(werkplaats, tmp_path, changes, error, message):
    wrong = werkplaats.invoer(werkplaats.add(CELLEN), correcties=(correctie(**changes),))
    with pytest.raises(error, match=message):
        build_database(wrong, tmp_path / "b")


@pytest.mark.parametrize(
    "prose",
    [
        "Voorlopige cijfers. Het CBS stelt deze cijfers bij in het tweede kwartaal van 2027.",
        "Voorlopige cijfers. De definitieve cijfers verschijnen in het vierde kwartaal van 2026.",
        "Cijfers tot en met juni zijn definitief.",
    ],
)
def test_the_prose_of_a_period_changes_no_kind(werkplaats, tmp_path, kern_alone, prose):
    build_database(werkplaats.invoer(werkplaats.add(CELLEN, beschrijving=prose)), tmp_path / "b")
    found = read(tmp_path / "b", "SELECT DISTINCT periode FROM kern.waarneming ORDER BY ALL")
    assert found == [("2024JJ00",), ("2025JJ00",)]
