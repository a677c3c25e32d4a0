"""What was seen at the source against what we ask of it: neither is made from the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pydantic import ValidationError

from assets.bron import poort
from assets.bron.bronlijst import Brontabel, read_tabellen
from assets.bron.fetch import Adressen, open_bron
from assets.bron.gezienlijst import GEZIEN, GezieneTabel, read_gezien
from assets.bron.http import Client
from assets.bron.structuur import Structuur
from assets.bron.voorbeeld.server import sample_server
from begrippen.fout import BestandError
from begrippen.regio import read_leden, read_regios

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def structuren() -> Iterator[dict[str, Structuur]]:
    """What the sample says of each table of the source list: its metadata only, so no figure is made."""
    with ExitStack() as stack:
        adressen: Adressen = stack.enter_context(sample_server(read_gezien(), read_regios(), read_leden()))
        client = stack.enter_context(Client())
        yield {t.id: open_bron(t, adressen, client).read_structuur(t.id, None) for t in read_tabellen().values()}


def faults(tabel: Brontabel, structuur: Structuur) -> list[object]:
    """What `bron toets` says is not there, or is otherwise."""
    _, bevinding = poort.choose(tabel, structuur)
    return [*bevinding.redenen, *bevinding.niet_gevonden, *bevinding.waarschuwingen]


def change(tabel: Brontabel, **fields: object) -> Brontabel:
    return Brontabel.model_validate(tabel.model_dump(mode="json") | fields)


def test_the_source_list_asks_what_was_seen(structuren: dict[str, Structuur]) -> None:
    assert {t: f for t, s in structuren.items() if (f := faults(read_tabellen()[t], s))} == {}


def test_a_title_that_differs_from_what_was_seen_is_found(structuren: dict[str, Structuur]) -> None:
    """The sample does not follow the source list: each topic, asked by another title, is not there."""
    unnoticed = []
    for tabel in read_tabellen().values():
        for naam in tabel.onderwerpen:
            onderwerpen = {n: o.model_dump(mode="json") for n, o in tabel.onderwerpen.items()}
            onderwerpen[naam] |= {"titel": "Dit onderwerp is er niet", "v4_code": None}
            if not faults(change(tabel, onderwerpen=onderwerpen), structuren[tabel.id]):
                unnoticed.append((tabel.id, naam))
    assert unnoticed == []


def test_a_dimension_that_differs_from_what_was_seen_is_found(structuren: dict[str, Structuur]) -> None:
    """A dimension too many, one too few and one of another name: each is noticed, for each table."""
    unnoticed = []
    for tabel in read_tabellen().values():
        dimensies = {n: d.model_dump(mode="json") for n, d in tabel.dimensies.items()}
        extra = {"DezeIsErNiet": {"soort": "uitsplitsing", "codes": {"T009999": "Totaal"}}}
        renamed = [{f"{n}X" if n == naam else n: d for n, d in dimensies.items()} for naam in dimensies]
        fewer = [
            {n: d for n, d in dimensies.items() if n != naam}
            for naam, d in dimensies.items()
            if d["soort"] in ("uitsplitsing", "marges")
        ]
        for changed in (dimensies | extra, *renamed, *fewer):
            if not faults(change(tabel, dimensies=changed), structuren[tabel.id]):
                unnoticed.append((tabel.id, *changed))
    assert unnoticed == []


def test_a_code_or_region_that_differs_from_what_was_seen_is_found(structuren: dict[str, Structuur]) -> None:
    unnoticed = []
    for tabel in read_tabellen().values():
        for naam, d in tabel.dimensies.items():
            dimensies = {n: x.model_dump(mode="json") for n, x in tabel.dimensies.items()}
            if d.soort == "regio":
                dimensies[naam]["regios"] = [*d.regios, "PV99"]
            elif d.soort == "periode":
                continue
            else:
                dimensies[naam]["codes"] = dict(d.codes) | {"ZZ99": "Deze code is er niet"}
            if not faults(change(tabel, dimensies=dimensies), structuren[tabel.id]):
                unnoticed.append((tabel.id, naam))
    assert unnoticed == []


def test_the_sample_does_not_know_the_source_list() -> None:
    """By construction: what makes the shapes reads the facts and never what we ask."""
    sample = [p for p in (ROOT / "assets/bron/voorbeeld").glob("*.py") if p.name != "aanleveringen.py"]
    assert [p.name for p in sample if "read_tabellen" in p.read_text() or "Brontabel" in p.read_text()] == []
    assert "bronlijst" not in (ROOT / "assets/bron/gezienlijst.py").read_text()


def test_every_table_says_where_it_was_seen(tmp_path: Path) -> None:
    assert {p.name for p in GEZIEN.glob("*.yaml")} and read_gezien().keys() >= read_tabellen().keys()
    first = next(iter(read_gezien().values())).model_dump(mode="json")
    for wrong, why in (
        ([], "at least 1"),
        ([{"hoe": "niet", "waar": "", "zekerheid": "zeker"}], "nergens is gezien"),
        ([{"hoe": "pagina", "waar": "cbs.nl", "zekerheid": "zeker"}], "heeft een datum"),
    ):
        with pytest.raises(ValidationError, match=why):
            GezieneTabel.model_validate(first | {"gezien": wrong})
    line = "- {id: 1NED, titel: A, gezien: [{hoe: niet, waar: hier, zekerheid: niet}]}\n"
    (tmp_path / "1.yaml").write_text(line + line, encoding="utf-8")
    with pytest.raises(BestandError, match="twee keer"):
        read_gezien(tmp_path)
