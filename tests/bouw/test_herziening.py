"""What a build says has changed since the previous publication and since the previous edition."""

import json
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from assets.bouw import bouwen
from assets.bouw.bouwen import build_database, find_vorige, publish
from assets.bouw.invoer.bouwinvoer import InvoerError
from assets.bron.bronlijst import read_tabellen
from assets.bron.momentopname import Archief
from assets.indicatoren.kaart import read_kaarten

EERST = [
    ("NL01", "2023JJ00", 1000.0),
    ("PV22", "2023JJ00", 100.0),
    ("PV22", "2024JJ00", 110.0),
    ("GM0106", "2024JJ00", 7.0),
]
DAARNA = [
    ("NL01", "2023JJ00", 1000.0),
    ("PV22", "2023JJ00", 100.0),
    ("PV22", "2024JJ00", 120.0),
    ("PV22", "2025JJ00", 130.0),
]
LEDEN = ("GM0106", "GM0109", "GM0114")


ASKED = {f"monitor.{t}" for t in ("bouw", "indicator", "herziening", "kaartherziening", "editieverschil")}


@pytest.fixture(autouse=True)
def asked_alone(monkeypatch):
    """Make only what is asked for here, and what that is made from: the judgements take the most time."""
    kept, tabellen = [], bouwen.all_tabellen()
    wanted = set(ASKED)
    for tabel in reversed(tabellen):
        if tabel.naam in wanted:
            kept.insert(0, tabel)
            wanted.update(tabel.uit)
    assert len(kept) < len(tabellen)
    monkeypatch.setattr(bouwen, "all_tabellen", lambda: kept)


def read(folder, query):
    with closing(duckdb.connect(str(folder / "monitor.duckdb"), read_only=True)) as db:
        return db.execute(query).fetchall()


def herzieningen(folder):
    return read(
        folder,
        "SELECT regio, periode, oud, nieuw, soort FROM monitor.herziening WHERE tegenover = 'vorige_publicatie' "
        "ORDER BY ALL",
    )


@pytest.fixture(scope="module")
def eerste_bouwen(tmp_path_factory):
    """Where the builds stand that most tests begin with, by their edition: made once, and copied by each test."""
    return tmp_path_factory.mktemp("eerste"), {}


@pytest.fixture
def make(werkplaats, tmp_path, eerste_bouwen):
    """Build from cells at a moment; each build is an hour after the one before."""
    moments = iter(datetime(2026, 7, 2, tzinfo=UTC) + timedelta(hours=n) for n in range(9))
    top, made = eerste_bouwen

    def make(cellen, **changes) -> Path:
        moment = next(moments)
        folder = tmp_path / "bouw" / f"{moment:%H}"
        if cellen is EERST and not changes.keys() - {"editie"} and not (tmp_path / "bouw").exists():
            editie = changes.get("editie", 2026)
            if editie not in made:
                invoer = werkplaats.invoer(werkplaats.add(cellen, moment), built_at=moment, **changes)
                build_database(invoer, top / str(editie))
                made[editie] = top / str(editie)
            shutil.copytree(made[editie], folder)
            return folder
        invoer = werkplaats.invoer(werkplaats.add(cellen, moment), built_at=moment, **changes)
        build_database(invoer, folder)
        return folder

    return make


def card(werkplaats, **changes):
    (kaart,) = werkplaats.invoer().kaarten.values()
    return {"inwoners": kaart.model_copy(update=changes)}


def test_the_first_build_compares_with_nothing(make, werkplaats, tmp_path):
    assert find_vorige(tmp_path / "uitvoer", "opname") is None
    folder = make(EERST)
    for tabel in ("herziening", "kaartherziening", "editieverschil"):
        assert read(folder, f"SELECT count(*) FROM monitor.{tabel}") == [(0,)]
    assert read(folder, "SELECT vorige, vorige_editie FROM monitor.bouw") == [(None, None)]


def test_new_revised_and_gone_since_the_previous_publication(make, tmp_path):
    publish(make(EERST), tmp_path / "uitvoer")
    vorige = find_vorige(tmp_path / "uitvoer", "opname")
    folder = make(DAARNA, vorige=vorige)
    assert herzieningen(folder) == [
        ("GM0106", "2024JJ00", 7.0, None, "vervallen"),
        ("PV22", "2024JJ00", 110.0, 120.0, "herzien"),
        ("PV22", "2025JJ00", None, 130.0, "nieuw"),
    ]
    assert read(folder, "SELECT vorige FROM monitor.bouw") == [("20260702T000000000000Z",)]
    assert (
        json.loads((folder / "bouw.json").read_text(encoding="utf-8"))["vorige_publicatie"] == "20260702T000000000000Z"
    )


def test_a_build_without_changes_gives_an_empty_table(make):
    folder = make(EERST, vorige=make(EERST))
    assert herzieningen(folder) == []
    assert read(folder, "SELECT * FROM monitor.kaartherziening") == []


@pytest.mark.parametrize(
    ("changes", "veld"),
    [
        ({"definitie": "inwoners op 31 december"}, "definitie"),
        ({"bewerking": "maal een"}, "bewerking"),
        ({"eenheid": "personen"}, "eenheid"),
    ],
)
def test_a_value_of_a_card_that_changed_is_no_revision(make, werkplaats, changes, veld):
    folder = make(DAARNA, vorige=make(EERST), kaarten=card(werkplaats, **changes))
    assert ("PV22", "2024JJ00", 110.0, 120.0, "definitie") in herzieningen(folder)
    assert read(folder, "SELECT indicator, soort, velden FROM monitor.kaartherziening") == [
        ("inwoners", "definitie", [veld])
    ]


def test_another_source_or_factor_is_another_definition(make, werkplaats):
    (bron,) = card(werkplaats)["inwoners"].bronnen
    kaarten = card(werkplaats, bronnen=(bron.model_copy(update={"factor": 0.001}),))
    folder = make(EERST, vorige=make(EERST), kaarten=kaarten)
    assert read(folder, "SELECT velden FROM monitor.kaartherziening") == [(["bronnen"],)]
    assert {r[4] for r in herzieningen(folder)} == {"definitie"}
    assert len(herzieningen(folder)) == len(EERST)


def test_another_name_or_direction_changes_no_figure(make, werkplaats):
    folder = make(EERST, vorige=make(EERST), kaarten=card(werkplaats, naam="Bevolking", richting="hoger"))
    assert read(folder, "SELECT * FROM monitor.kaartherziening") == []


def test_a_card_that_came_and_one_that_went(make, werkplaats):
    (kaart,) = card(werkplaats).values()
    folder = make(EERST, vorige=make(EERST), kaarten={"mensen": kaart.model_copy(update={"id": "mensen"})})
    assert read(folder, "SELECT indicator, soort FROM monitor.kaartherziening ORDER BY ALL") == [
        ("inwoners", "vervallen"),
        ("mensen", "nieuw"),
    ]
    assert read(folder, "SELECT indicator, soort, count(*) FROM monitor.herziening GROUP BY ALL ORDER BY ALL") == [
        ("inwoners", "vervallen", 4),
        ("mensen", "nieuw", 4),
    ]


def test_what_is_compared_with_is_an_input(make, werkplaats):
    eerste, tweede = make(EERST), make(EERST)
    shas = {werkplaats.invoer(vorige=v).sha256 for v in (None, eerste, tweede)}
    assert len(shas) == 3


def test_an_older_build_without_a_column_or_a_finger_print_is_still_compared(make, tmp_path):
    vorige = make(EERST)
    file = vorige / "parquet" / "monitor.indicator.parquet"
    duckdb.execute(f"COPY (SELECT * EXCLUDE (recept) FROM '{file}') TO '{tmp_path}/oud.parquet'")
    (tmp_path / "oud.parquet").replace(file)
    assert [r[4] for r in herzieningen(make(DAARNA, vorige=vorige))] == ["vervallen", "herzien", "nieuw"]


def test_sample_and_real_are_never_compared(make, tmp_path):
    folder = make(EERST)
    publish(folder, tmp_path / "uitvoer")
    assert find_vorige(tmp_path / "uitvoer", "opname") == folder
    assert find_vorige(tmp_path / "uitvoer", "cbs") is None
    record = json.loads((folder / "bouw.json").read_text(encoding="utf-8"))
    (folder / "bouw.json").write_text(json.dumps(record | {"soort": "voorbeeld"}), encoding="utf-8")
    with pytest.raises(InvoerError, match="van soort voorbeeld"):
        make(EERST, vorige=folder)


def test_a_damaged_publication_does_not_hold_up_the_next(make, tmp_path):
    folder = make(EERST)
    publish(folder, tmp_path / "uitvoer")
    (folder / "parquet" / "monitor.indicator.parquet").unlink()
    assert find_vorige(tmp_path / "uitvoer", "opname") is None
    (folder / "bouw.json").write_text("{", encoding="utf-8")
    assert find_vorige(tmp_path / "uitvoer", "opname") is None


def verschil(folder, regio):
    (row,) = read(
        folder,
        "SELECT periode_toen, periode_nu, verschil, verandering, herziening, definitie, kaart_gewijzigd, "
        f"leden_gewijzigd FROM monitor.editieverschil WHERE regio = '{regio}'",
    )
    # the parts are the whole
    assert row[2] == pytest.approx(sum(part for part in row[3:6] if part is not None))
    return row


def test_the_change_between_editions_is_real_change_and_revision(make):
    folder = make(DAARNA, vorige_editie=make(EERST, editie=2024))
    assert verschil(folder, "PV22") == ("2024JJ00", "2025JJ00", 20.0, 10.0, 10.0, 0.0, False, False)
    assert read(folder, "SELECT DISTINCT tegenover FROM monitor.herziening") == [("vorige_editie",)]


def test_another_definition_is_told_apart_from_revision(make, werkplaats):
    (bron,) = card(werkplaats)["inwoners"].bronnen
    kaarten = card(werkplaats, bronnen=(bron.model_copy(update={"factor": 2.0}),))
    folder = make(DAARNA, vorige_editie=make(EERST, editie=2024), kaarten=kaarten)
    # 110 became 120 by revision, 240 by the factor, 260 by the year
    assert verschil(folder, "PV22") == ("2024JJ00", "2025JJ00", 150.0, 20.0, 10.0, 120.0, True, False)


def test_another_set_of_members_is_told_apart_from_revision(make, monkeypatch):
    def cellen(factor, *jaren):
        return [(g, f"{j}JJ00", factor * (n + 1)) for n, g in enumerate(LEDEN) for j in jaren]

    leden = bouwen.read_leden()
    eigen = leden[leden["regio"] == "RD2018"].iloc[:0]

    def members(*codes):
        rows = [leden[leden["regio"] == "RD2018"].iloc[0].to_dict() | {"lid": c} for c in codes]
        others = leden[leden["regio"] != "RD2018"]
        return type(leden)([*others.to_dict("records"), *rows], columns=list(eigen.columns))

    monkeypatch.setattr(bouwen, "read_leden", lambda: members(*LEDEN[:2]))
    vorige = make(cellen(10.0, 2024), editie=2024)
    monkeypatch.setattr(bouwen, "read_leden", lambda: members(*LEDEN))
    folder = make(cellen(11.0, 2024, 2025), vorige_editie=vorige)
    # 10 + 20 became 11 + 22 by revision, and 33 more by the third member
    assert verschil(folder, "RD2018") == ("2024JJ00", "2025JJ00", 36.0, 0.0, 3.0, 33.0, False, True)


def test_what_can_not_be_told_apart_is_all_definition(make, werkplaats):
    vorige = make(EERST, editie=2024)
    weg = [c for c in DAARNA if c[:2] != ("PV22", "2024JJ00")]
    folder = make(weg, vorige_editie=vorige, kaarten=card(werkplaats, definitie="anders"))
    # the period of then is gone: nothing of the difference is known to be change or revision
    assert verschil(folder, "PV22") == ("2024JJ00", "2025JJ00", 20.0, None, None, 20.0, True, False)


def test_the_revision_of_the_sample_appears(voorbeeld, tmp_path):
    archief = Archief(voorbeeld.opslag, "voorbeeld")
    eerste, tweede = (m for m in archief.list("cbs", "85924NED") if m.aangenomen)
    tabel = read_tabellen()["85924NED"]
    kaarten = {
        k: v for k, v in read_kaarten().items() if {b.tabel for b in v.bronnen} == {"85924NED"} and not v.gewicht
    }
    invoer = bouwen.Bouwinvoer(
        soort="voorbeeld",
        momentopnamen=(eerste,),
        tabellen={tabel.id: tabel},
        aanleveringen={},
        kaarten=kaarten,
        editie=2026,
        built_at=datetime(2026, 7, 1, tzinfo=UTC),
        code_versie="toets",
    )
    build_database(invoer, tmp_path / "1")
    later = replace(
        invoer,
        momentopnamen=(tweede,),
        eerdere=(eerste,),
        built_at=datetime(2026, 7, 2, tzinfo=UTC),
        vorige=tmp_path / "1",
    )
    build_database(later, tmp_path / "2")
    counts = dict(read(tmp_path / "2", "SELECT soort, count(*) FROM monitor.herziening GROUP BY ALL"))
    assert counts["herzien"] > 50
    assert counts["nieuw"] > 50
    assert set(counts) == {"nieuw", "herzien"}
