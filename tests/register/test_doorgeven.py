"""What the register hands on: stored as any source, only when something changed, held against what was published."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from assets.bron.bronlijst import read_registertabellen
from assets.bron.momentopname import Archief, Momentopname
from assets.register import cijfers as cijfersmodule
from assets.register.bescherming.aanval import Aanval
from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import Bescherming
from assets.register.cijfers import CijfersError, as_attacked, attack_cijfers, protect_register, read_built
from assets.register.doorgeven import Register, attack_built, hand_on
from assets.register.gepubliceerd import Gepubliceerd, read_gepubliceerd, remember
from assets.register.groep import read_groepen
from assets.register.toegang import write_kanttekeningen
from begrippen.fout import BestandError
from tests.register.test_tellen import GEBIEDEN, TYPES, count, vestiging

TABEL = read_registertabellen()["pwr"]
MOMENT = datetime(2026, 4, 1, tzinfo=UTC)
ROWS = [
    *(vestiging(2019, f"q{n}", 5) for n in range(4)),
    *(vestiging(j, f"c{n}", 7, sectie="C", sbi="10110") for j in (2019, 2020) for n in range(2)),
    *(vestiging(2020, f"q{n}", 6) for n in range(4)),
]
GEEN = pd.DataFrame(columns=["jaar", "regio", "uitsplitsing", "maat", "tegen"])


def naive(bijdragen: pd.DataFrame, cellen: Any, maten: tuple[str, ...], minimum: int) -> Bescherming:
    """The simplest rule there is, in place of the real protection: too few enterprises is suppressed."""
    rows = []
    for jaar, own in cellen.items():
        for cel in own:
            part = bijdragen[
                (bijdragen["jaar"] == jaar)
                & (bijdragen["kant"] == cel.kant)
                & bijdragen["gemeente"].isin(cel.gemeenten)
                & (bijdragen["atoom"].isin(cel.atomen) if cel.atomen else True)
            ]
            few = 0 < part["onderneming"].nunique() < minimum
            sums = [int(part[m].sum()) for m in maten]
            rows.append((jaar, cel.regio, cel.uitsplitsing, *sums, "primair" if few else "open"))
    frame = pd.DataFrame(rows, columns=["jaar", "regio", "uitsplitsing", *maten, "patroon"])
    return Bescherming(frame, pd.DataFrame({"jaar": [], "regio": [], "uitsplitsing": []}))


@pytest.fixture
def simple(monkeypatch: pytest.MonkeyPatch) -> None:
    """The simple rule, and an attack that finds nothing."""
    maten = cijfersmodule.MATEN
    monkeypatch.setattr(cijfersmodule, "protect", lambda b, c, p, g: naive(b, c, maten, p.minimum))
    monkeypatch.setattr(cijfersmodule, "protect_tellingen", lambda b, c, p, g: naive(b, c, ("aantal",), p.minimum))
    for attack in ("attack", "attack_tellingen"):
        monkeypatch.setattr(cijfersmodule, attack, lambda *_: Aanval(GEEN, GEEN))


def load(db: duckdb.DuckDBPyConnection) -> None:
    frame = pd.DataFrame(ROWS, columns=list(TYPES))
    db.register("_rows", frame)
    columns = ", ".join(f"{k}::{t} AS {k}" for k, t in TYPES.items())
    db.execute(f"CREATE TABLE invoer.vestiging AS SELECT {columns} FROM _rows")


def register(**changed: Any) -> Register:
    base = Register(
        lichtingen=["2019-04-01/a", "2020-04-01/b"],
        load=load,
        tabel=TABEL,
        groepen=read_groepen(),
        gebieden=GEBIEDEN,
        parameters=Parameters(),
    )
    return replace(base, **changed)


@pytest.fixture
def hand(tmp_path: Path) -> Callable[..., Any]:
    """Hand on into an archive below `tmp_path`, with what was published there."""

    def run(own: Register | None = None, **extra: Any) -> Any:
        gepubliceerd = read_gepubliceerd(tmp_path / "kluis")
        return hand_on(
            own or register(),
            Archief(tmp_path, "voorbeeld"),
            gepubliceerd.geheugen,
            geheugen_sha256=gepubliceerd.sha256,
            moment=MOMENT,
            is_current=gepubliceerd.is_current,
            **extra,
        )

    return run


def stored(momentopname: Momentopname) -> dict[tuple, tuple]:
    frame = pd.read_parquet(momentopname.folder / "waarnemingen.parquet")
    keys = zip(frame["onderwerp"], frame["uitsplitsing"], frame["regio"], frame["periode"], strict=True)
    values = zip(frame["waarde"], frame["leeg"], strict=True)
    return dict(zip(keys, [(None if pd.isna(w) else w, None if pd.isna(r) else r) for w, r in values], strict=True))


def test_what_is_stored_is_protected_and_says_what_is_suppressed(simple, hand):
    uitkomst = hand()
    cells = stored(uitkomst.momentopname)
    assert cells["banen", "totaal", "PV22", "2019JJ00"] == (34, None)
    assert cells["banen", "Sectie=Q", "PV22", "2019JJ00"] == (20, None)
    assert cells["banen", "Groep=zorg", "PV22", "2019JJ00"] == (20, None)
    assert cells["banen", "Sectie=C", "PV22", "2019JJ00"] == (None, "onderdrukt")
    assert cells["vestigingen", "Sectie=C", "PV22", "2019JJ00"] == (None, "onderdrukt")
    assert cells["banen", "Sectie=T", "PV22", "2019JJ00"] == (0, None)
    assert cells["oprichtingen", "totaal", "PV22", "2020JJ00"] == (0, None)
    assert ("oprichtingen", "totaal", "PV22", "2019JJ00") not in cells
    assert cells["banen_2019", "totaal", "GM0106", "2020JJ00"] == (34, None)
    e = uitkomst.momentopname.eigenschappen
    assert e["oordeel"] == "aangenomen" and e["api"] == "register"
    assert e["parameters"] == {"minimum": 3, "p": 10.0, "jaarmarge": 25.0}
    assert e["onderdrukt"] == sum(r == "onderdrukt" for _, r in cells.values())
    paths = sorted(p.name for p in uitkomst.momentopname.folder.iterdir())
    assert paths == ["codelijsten.parquet", "eigenschappen.json", "onderwerpen.parquet", "waarnemingen.parquet"]


def test_no_enterprise_is_in_what_is_stored(simple, hand):
    folder = hand().momentopname.folder
    assert not any(b"kq0" in p.read_bytes() or b"kc0" in p.read_bytes() for p in folder.iterdir())


def test_it_is_made_once_and_again_when_an_input_changes(simple, hand):
    first = hand()
    assert (first.resultaat, hand().resultaat) == ("nieuw", "ongewijzigd")
    assert hand(register(lichtingen=["2019-04-01/a", "2020-04-01/c"])).resultaat == "nieuw"
    assert hand(register(parameters=Parameters(minimum=2))).resultaat == "nieuw"
    groepen = {k: v for k, v in read_groepen().items() if k != "chemie"}
    assert hand(register(groepen=groepen)).resultaat == "nieuw"


def test_publishing_it_does_not_make_it_again_but_another_publication_does(simple, hand, tmp_path):
    made = hand().momentopname
    kluis = tmp_path / "kluis"
    figure = pd.DataFrame(
        {"jaar": [2019], "regio": ["PV22"], "uitsplitsing": ["totaal"], "maat": ["banen"], "waarde": [34]}
    )
    remember(kluis, read_gepubliceerd(kluis), made.id, "20260401T000000000000Z", figure)
    assert hand().resultaat == "ongewijzigd"
    # and it is remembered once, however often it is published
    again = remember(kluis, read_gepubliceerd(kluis), made.id, "20260402T000000000000Z", figure)
    assert len(again.geheugen.tabel) == 1
    remember(kluis, read_gepubliceerd(kluis), "another", "20260403T000000000000Z", figure.assign(waarde=35))
    assert hand().resultaat == "nieuw"
    assert sorted(read_gepubliceerd(kluis).geheugen.tabel["waarde"]) == [34, 35]


def test_figures_that_can_be_undone_are_not_stored(simple, hand, monkeypatch):
    narrow = pd.DataFrame([(2019, "PV22", "Sectie=C", "banen", "buitenstaander", 13, 15)])
    narrow.columns = [*GEEN.columns, "gevonden_onder", "gevonden_boven"]
    monkeypatch.setattr(cijfersmodule, "attack", lambda *_: Aanval(narrow, narrow))
    uitkomst = hand()
    assert uitkomst.resultaat == "geweigerd" and uitkomst.momentopname is None
    # what the attack found is a secret itself
    assert list(uitkomst.te_smal.columns) == list(GEEN.columns)


def test_the_attack_sees_what_stands_under_either_name(simple):
    geteld = count(ROWS)
    cijfers = protect_register(geteld, Parameters(), Geheugen()).cijfers
    zorg = (cijfers["uitsplitsing"] == "Groep=zorg") & (cijfers["jaar"] == 2020) & (cijfers["regio"] == "PV22")
    one = cijfers.assign(waarde=cijfers["waarde"].mask(zorg))
    tables, _ = as_attacked(one, geteld)
    seen = tables[(tables["uitsplitsing"] == "Groep=zorg") & (tables["jaar"] == 2020) & (tables["maat"] == "banen")]
    assert list(seen[seen["regio"] == "PV22"]["waarde"]) == [24]
    assert not (tables["uitsplitsing"] == "Sectie=Q").any()


def test_a_figure_that_no_list_of_cells_has_is_refused(simple):
    geteld = count(ROWS)
    cijfers = protect_register(geteld, Parameters(), Geheugen()).cijfers
    strange = cijfers.head(1).assign(regio="RD2023", onderwerp="banen", uitsplitsing="totaal")
    with pytest.raises(CijfersError, match=r"nooit beveiligd") as caught:
        attack_cijfers(pd.concat([cijfers, strange]), geteld, Parameters(), Geheugen())
    assert "RD2023" in str(caught.value)


def test_a_cell_with_two_values_is_refused(simple):
    geteld = count(ROWS)
    cijfers = protect_register(geteld, Parameters(), Geheugen()).cijfers
    other = cijfers[(cijfers["onderwerp"] == "banen") & (cijfers["uitsplitsing"] == "totaal")].head(1)
    with pytest.raises(CijfersError, match="twee verschillende waarden"):
        as_attacked(pd.concat([cijfers, other.assign(waarde=other["waarde"] + 1)]), geteld)


def built(*cells: tuple) -> duckdb.DuckDBPyConnection:
    """A built database with these cells: bron, onderwerp, uitsplitsing, regio, periode, waarde."""
    db = duckdb.connect()
    db.execute("CREATE SCHEMA kern")
    columns = "bron VARCHAR, onderwerp VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, periode VARCHAR, waarde DOUBLE"
    for naam in ("waarneming", "waarneming_versie"):
        db.execute(f"CREATE TABLE kern.{naam} ({columns})")
    for cell in cells:
        db.execute("INSERT INTO kern.waarneming VALUES (?, ?, ?, ?, ?, ?)", cell)
    return db


def test_a_build_without_the_register_has_nothing_to_attack():
    with built(("cbs", "bbp", "totaal", "PV22", "2020JJ00", 1.0)) as db:
        assert read_built(db).empty


def test_figures_without_their_register_are_not_published():
    with (
        built(("register", "banen", "totaal", "PV22", "2020JJ00", 38.0)) as db,
        pytest.raises(CijfersError, match="het register zelf is er niet"),
    ):
        attack_built(read_built(db), None, Geheugen())


def test_the_history_of_cells_is_attacked_too(simple, monkeypatch):
    seen = []
    monkeypatch.setattr(
        cijfersmodule, "attack", lambda b, c, published, *_: seen.append(published) or Aanval(GEEN, GEEN)
    )
    with built(("register", "banen", "Sectie=C", "PV22", "2020JJ00", None)) as db:
        db.execute(
            "INSERT INTO kern.waarneming_versie VALUES ('register', 'banen', 'Sectie=C', 'PV22', '2020JJ00', 14)"
        )
        attack_built(read_built(db), register(), Geheugen())
    assert list(seen[0]["waarde"]) == [14]


def test_a_damaged_memory_stops_the_register(tmp_path):
    figure = pd.DataFrame(
        {"jaar": [2019], "regio": ["PV22"], "uitsplitsing": ["totaal"], "maat": ["banen"], "waarde": [34]}
    )
    remember(tmp_path, Gepubliceerd(Geheugen()), "m", "20260401T000000000000Z", figure)
    (path,) = tmp_path.glob("geheugen-*.parquet")
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BestandError, match="reservekopie"):
        read_gepubliceerd(tmp_path)
    path.unlink()
    with pytest.raises(BestandError):
        read_gepubliceerd(tmp_path)


def test_a_suppressed_figure_is_remembered_as_such(tmp_path):
    figure = pd.DataFrame({"jaar": [2019], "regio": ["PV22"], "uitsplitsing": ["totaal"], "maat": ["banen"]})
    remember(tmp_path, Gepubliceerd(Geheugen()), "m", "b", figure.assign(waarde=pd.array([pd.NA], dtype="Int64")))
    tabel = read_gepubliceerd(tmp_path).geheugen.tabel
    assert tabel["waarde"].isna().all() and tabel["waarde"].dtype == "Int64"


def test_what_a_reader_is_told_of_a_year_counts_nothing():
    """How many records have no code is a cell of its own, and may be withheld."""
    columns = ["jaar", "peildatum", "lichting", "sbi", "records", "zonder_2008"]
    jaren = pd.DataFrame(
        [(2025, "2025-04-01", "a", "2008", 52_000, 0), (2026, "2026-04-01", "b", "concordantie", 52_001, 37)],
        columns=columns,
    )
    (told,) = write_kanttekeningen(jaren)
    assert set(re.findall(r"[0-9]+", told)) == {"2026", "2008", "2025"}
