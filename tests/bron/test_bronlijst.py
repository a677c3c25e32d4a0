"""The list of sources: sound in itself, true to the captured metadata, and not too much to ask."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pydantic import ValidationError

from assets.bron.bronlijst import Brontabel, read_aanleveringen, read_tabellen
from assets.bron.gezienlijst import read_gezien
from assets.kern.status import status_from_prose
from begrippen.fout import BestandError
from begrippen.regio import ALIASSEN, read_regios

# what the sample has of each
REGIOS = {"NL*": 1, "LD*": 4, "PV*": 12, "CR*": 40, "GM*": 342, "AM*": 35}
DELEN = {"JJ": 1, "SJ": 1, "HJ": 2, "KW": 4, "MM": 12}
STATUS = {"Definitief": "definitief", "NaderVoorlopig": "nader_voorlopig", "Voorlopig": "voorlopig"}


def rows(path: Path) -> list[dict[str, Any]]:
    content = json.loads(path.read_text(encoding="utf-8"))
    return content["value"] if isinstance(content, dict) else content


def captured(shared_data: Path) -> list[tuple[Brontabel, Path]]:
    return [
        (t, shared_data / "cbs_v4" / t.id) for t in read_tabellen().values() if (shared_data / "cbs_v4" / t.id).is_dir()
    ]


def cells(tabel: Brontabel) -> int:
    """How many cells the selection asks of the sample, 2008-2026."""
    number = len(tabel.onderwerpen)
    for d in tabel.dimensies.values():
        if d.soort == "regio":
            number *= sum(REGIOS.get(r, 1) for r in d.regios)
        elif d.soort == "periode":
            number *= sum(DELEN[s] for s in d.periodesoorten) * (2027 - (d.vanaf or 2008))
        else:
            number *= len(d.codes) + sum(REGIOS.get(r, 1) for r in d.ook_regios)
    return number


def test_the_selections_stay_small() -> None:
    sizes = {t.id: cells(t) for t in read_tabellen().values()}
    # the whole table has 100 million
    assert sizes["03759ned"] < 600_000
    assert sum(sizes.values()) < 1_500_000


def test_every_dimension_says_what_part_we_ask() -> None:
    for tabel in read_tabellen().values():
        for naam, d in tabel.dimensies.items():
            asked = {"regio": d.regios, "periode": d.vanaf, "marges": d.codes, "uitsplitsing": d.codes}[d.soort]
            assert asked, f"{tabel.id}.{naam}"


def test_regions_asked_by_code_are_regions_that_we_know() -> None:
    known = set(read_regios()["code"]) | set(ALIASSEN)
    for tabel in read_tabellen().values():
        for d in tabel.dimensies.values():
            exact = {r for r in (*d.regios, *d.ook_regios) if not r.endswith("*")}
            assert exact <= known, tabel.id
        assert tabel.regio_vast is None or tabel.regio_vast in known


def test_a_stopped_table_names_a_successor_that_we_have() -> None:
    tabellen = read_tabellen()
    stopped = [t for t in tabellen.values() if t.gestopt]
    assert stopped
    assert [t.id for t in stopped if t.opvolger is not None and t.opvolger not in tabellen] == []
    assert [t.id for t in tabellen.values() if t.opvolger and not t.gestopt] == []


def test_topics_of_a_table_can_be_told_apart() -> None:
    for tabel in read_tabellen().values():
        names = [(o.titel, o.pad, o.eenheid, o.v4_code) for o in tabel.onderwerpen.values()]
        assert len(set(names)) == len(names), tabel.id


def test_who_is_certain_has_seen_the_table() -> None:
    for tabel in read_tabellen().values():
        if any(o.zekerheid == "K" for o in tabel.onderwerpen.values()):
            assert tabel.zekerheid == "K", tabel.id


def test_captured_tables_are_listed_exactly_as_captured(shared_data: Path) -> None:
    found = captured(shared_data)
    assert {"03759ned", "70072ned", "83625NED", "80590ned", "85224NED", "82242NED", "37789ksz", "85554NED"} <= {
        t.id for t, _ in found
    }
    for tabel, folder in found:
        assert tabel.api == "v4"
        properties = json.loads((folder / "properties.json").read_text(encoding="utf-8"))
        assert tabel.titel == properties["Title"].strip()
        assert tabel.gestopt == (properties["Status"] == "Gediscontinueerd")
        assert set(tabel.dimensies) == {d["Identifier"] for d in rows(folder / "dimensions.json")}, tabel.id
        measures = {m["Identifier"]: m for m in rows(folder / "measure-codes.json")}
        for naam, o in tabel.onderwerpen.items():
            if o.zekerheid != "K" or "metadata" not in {v.hoe for v in read_gezien()[tabel.id].places(naam)}:
                continue
            m = measures[o.v4_code or ""]
            assert (o.titel, o.eenheid, o.decimalen) == (m["Title"].strip(), m["Unit"], m["Decimals"]), (
                f"{tabel.id} {naam}"
            )
        for naam, d in tabel.dimensies.items():
            if d.codes:
                titles = {c["Identifier"]: c["Title"] for c in rows(folder / f"codes-{naam}.json")}
                assert d.codes == {c: titles.get(c) for c in d.codes}, f"{tabel.id}.{naam}"


def test_codes_of_a_captured_table_give_a_cell_in_its_answers(shared_data: Path) -> None:
    for tabel, folder in captured(shared_data):
        pages = sorted(folder.glob("observations-page-*.json"))
        if not pages:
            continue
        there = {r["Measure"] for p in pages for r in rows(p)}
        for naam, o in tabel.onderwerpen.items():
            assert o.v4_code is None or o.v4_code in there, f"{tabel.id} {naam}"


def test_status_groups_give_the_status_that_was_read_from_the_prose(shared_data: Path) -> None:
    folder = shared_data / "cbs_v4" / "70072ned"
    prose = {p["Identifier"]: p["Description"] for p in rows(folder / "codes-Perioden.json")}
    topics = {o.v4_code: o for o in read_tabellen()["70072ned"].onderwerpen.values()}
    with (folder / "leesbaar.csv").open(encoding="utf-8", newline="") as file:
        read = [r for r in csv.DictReader(file) if r["status_from_period_note"]]
    assert len(read) > 300
    wrong = {
        (r["title"], r["period"])
        for r in read
        if status_from_prose(prose[r["period"]], topics[r["measure"]].statusgroepen)
        != STATUS[r["status_from_period_note"]]
    }
    assert wrong == set()


def test_every_topic_of_a_file_that_makes_zeros_of_blanks_says_why_a_zero_cannot_be() -> None:
    """Said of what can be, not counted in the years that were seen: it holds for a year to come."""
    topics = read_aanleveringen()["rmbw"].onderwerpen
    assert {code for code, o in topics.items() if not o.nul_is_leeg} == set()
    assert [r for o in topics.values() if re.search(r"vakjes zijn|geteld", r := o.nul_is_leeg or "")] == []


def test_zero_is_blank_where_the_delivery_has_zeros(shared_data: Path) -> None:
    frame = pd.read_csv(shared_data / "brede_welvaart" / "rmbw_gemeenten_2013_2020.csv")
    names = pd.read_csv(shared_data / "brede_welvaart" / "rmbw_indicatoren.csv").set_index("indicator_code")["naam"]
    topics = read_aanleveringen()["rmbw"].onderwerpen
    assert set(names.index) | set(frame["indicator_code"]) == set(topics)
    for code, o in topics.items():
        values = frame.loc[frame["indicator_code"] == code, "waarde"]
        zeros = int((values == 0).sum())
        assert not zeros or o.nul_is_leeg, code
        if isinstance(names.get(code), str):
            assert o.titel == names[code]


def test_a_wrong_entry_names_file_and_field(tmp_path: Path) -> None:
    path = tmp_path / "1_bevolking.yaml"
    path.write_text(
        "- {id: 1NED, titel: t, api: v5, zekerheid: K, regio_vast: NL01, "
        "dimensies: {Perioden: {soort: periode, vanaf: 2020}}, onderwerpen: {a: {titel: A, eenheid: x}}}",
        encoding="utf-8",
    )
    with pytest.raises(BestandError) as raised:
        read_tabellen(tmp_path)
    message = str(raised.value)
    assert str(path) in message
    assert "api" in message
    assert "'v3' of 'v4'" in message
    assert "onderwerpen.a.zekerheid" in message


def test_id_of_a_table_is_no_path():
    tabel = next(iter(read_tabellen().values())).model_dump()
    for id in ("../../pwned", "", "a/b", "a\n"):
        with pytest.raises(ValidationError, match="id"):
            Brontabel.model_validate(tabel | {"id": id})


def test_a_table_of_others_is_theirs_and_says_so():
    tabellen = read_tabellen()
    assert {t.id: t.uitgever for t in tabellen.values() if t.catalogus == "derden"} == {"50150NED": "RIVM"}
    theirs = tabellen["50150NED"].model_dump(mode="json")
    with pytest.raises(ValidationError, match="noemt haar uitgever"):
        Brontabel.model_validate({k: v for k, v in theirs.items() if k != "uitgever"})
    ours = {k: v for k, v in tabellen["03759ned"].model_dump(mode="json").items() if k not in ("uitgever", "licentie")}
    assert (Brontabel.model_validate(ours).uitgever, Brontabel.model_validate(ours).licentie) == ("CBS", "CC BY 4.0")
