"""Delivered files: what is written is what is read, and what is wrong is said with its line."""

import csv
import gzip
import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.bron.aanlevering import read_deliveries
from assets.bron.aanlevering_keuren import AanleveringError
from assets.bron.aanlevering_lezen import read_delivery
from assets.bron.bronlijst import Aanlevering, read_aanleveringen
from assets.bron.momentopname import Archief
from assets.bron.vellen.getal import GetalError, parse_getal
from begrippen.regio import known_codes

KOP = "indicator;regiocode;periode;waarde;status;bron;peildatum"
GOED = f"""{KOP}
spanning;GM0106;2025JJ00;1.234,5;definitief;UWV;2026-06-15
spanning;GM0114;2025;\N{MINUS SIGN}3;voorlopig;UWV;2026-06-15
spanning;GM0118;2025KW01;;nader voorlopig;UWV;2026-06-15
zorg;GM0106;2025;.;;Vektis;2026-05-01
zorg;GM0114;2025;0;definitief;Vektis;2026-05-01
"""
BEKEND = frozenset({"GM0106", "GM0114", "GM0118"})


def mapping(**changed) -> Aanlevering:
    fields = {
        "id": "lang",
        "titel": "Lang sjabloon",
        "uitgever": "test",
        "licentie": "CC0",
        "bestanden": ["lang*.csv", "lang*.xlsx", "lang*.ods"],
        "onderwerpen": {
            "spanning": {"titel": "Spanning", "eenheid": "ratio", "zekerheid": "K"},
            "zorg": {"titel": "Zorg", "eenheid": "euro", "zekerheid": "K", "nul_is_leeg": "niemand kost niets"},
            "ibis": {"titel": "IBIS", "eenheid": "ha", "zekerheid": "U"},
        },
    }
    return Aanlevering.model_validate(fields | changed)


class Loket:
    def __init__(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "aanlevering"
        self.folder.mkdir()
        self.archief = Archief(tmp_path / "opslag", "cbs")
        self._moment = datetime(2026, 7, 1, tzinfo=UTC)

    def now(self) -> datetime:
        self._moment += timedelta(seconds=1)
        return self._moment

    def put(self, content: str | bytes, name: str = "lang.csv") -> None:
        (self.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)

    def take(self, *mappings: Aanlevering):
        known = {m.id: m for m in mappings or (mapping(),)}
        return read_deliveries(self.folder, known, self.archief, self.now, BEKEND)

    def rows(self, uitkomst) -> list[tuple]:
        assert uitkomst.momentopname, uitkomst.reden
        place = uitkomst.momentopname.folder / "waarnemingen.parquet"
        query = f"SELECT rij, onderwerp, regio, periode, waarde, leeg, status FROM '{place}' ORDER BY rij"
        return duckdb.sql(query).fetchall()


@pytest.fixture
def loket(tmp_path):
    return Loket(tmp_path)


CELLS = [
    (1, "spanning", "GM0106", "2025JJ00", 1234.5, None, "definitief"),
    (2, "spanning", "GM0114", "2025JJ00", -3.0, None, "voorlopig"),
    (3, "spanning", "GM0118", "2025KW01", None, "", "nader_voorlopig"),
    (4, "zorg", "GM0106", "2025JJ00", None, ".", "onbekend"),
    (5, "zorg", "GM0114", "2025JJ00", None, "nul", "definitief"),
]


def test_the_long_template(loket):
    loket.put(GOED)
    (uitkomst,) = loket.take()
    assert (uitkomst.resultaat, uitkomst.reden, uitkomst.bron, uitkomst.tabel) == ("nieuw", "", "aanlevering", "lang")
    assert loket.rows(uitkomst) == CELLS
    e = uitkomst.momentopname.eigenschappen
    assert (e["Modified"], e["rijen"], e["api"]) == ("2026-06-15", 5, "bestand")
    assert {"indicator": "zorg", "bron": "Vektis", "peildatum": "2026-05-01"} in e["herkomst"]
    assert [m["onderwerp"] for m in e["niet_gevonden"]] == ["ibis"]
    kept = uitkomst.momentopname.folder / "paginas" / "lang.csv.gz"
    assert gzip.decompress(kept.read_bytes()).decode() == GOED


@pytest.mark.parametrize(("suffix", "engine"), [("xlsx", "openpyxl"), ("ods", "odf")])
def test_sheets_give_the_same_cells(loket, suffix, engine):
    rows = list(csv.DictReader(io.StringIO(GOED), delimiter=";"))
    rows[0]["waarde"], rows[1]["waarde"], rows[4]["waarde"] = 1234.5, -3, 0  # a sheet holds numbers, not text
    rows[1]["periode"] = 2025
    rows[0]["peildatum"] = datetime(2026, 6, 15)
    rows.append(dict.fromkeys(rows[0]))  # an empty line at the end
    pd.DataFrame(rows).to_excel(loket.folder / f"lang.{suffix}", index=False, engine=engine)
    (uitkomst,) = loket.take()
    assert loket.rows(uitkomst) == CELLS
    assert uitkomst.momentopname.eigenschappen["Modified"] == "2026-06-15"


def test_same_file_is_taken_in_once_and_a_changed_one_again(loket):
    loket.put(GOED)
    assert [loket.take()[0].resultaat for _ in range(2)] == ["nieuw", "ongewijzigd"]
    loket.put(GOED.replace("1.234,5", "1.234,6"))
    (uitkomst,) = loket.take()
    assert (uitkomst.resultaat, loket.rows(uitkomst)[0][4]) == ("nieuw", 1234.6)


def test_windows_1252_is_recognised_and_said(loket):
    text = GOED.replace("UWV", "Súdwest-Fryslân €").replace("\N{MINUS SIGN}", "-")
    loket.put(text.encode("cp1252"))
    (uitkomst,) = loket.take()
    e = uitkomst.momentopname.eigenschappen
    assert e["herkomst"][0]["bron"] == "Súdwest-Fryslân €"
    assert [w.code for w in uitkomst.momentopname.waarschuwingen] == ["andere_tekens"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf8_is_read_as_such_even_when_the_mapping_says_otherwise(loket, encoding):
    loket.put(GOED.replace("UWV", "Fryslân").encode(encoding))
    (uitkomst,) = loket.take(mapping(codering="cp1252"))
    assert uitkomst.momentopname.eigenschappen["herkomst"][0]["bron"] == "Fryslân"


WRONG = {
    "wrong column": (GOED.replace("regiocode", "gemeente"), ("regiocode", "gemeente", "lang.mapping.yaml")),
    "text in a number": (GOED.replace("1.234,5", "n.v.t."), ("tekst in een getal", "regel 2", "GM0106", "n.v.t.")),
    "decimal point": (GOED.replace("1.234,5", "3.2"), ("tekst in een getal", "regel 2", "'3.2'", "komma")),
    "duplicate cell": (GOED + "zorg;GM0114;2025JJ00;5;;x;\n", ("meer dan een keer", "regel 6", "regel 7", "GM0114")),
    "unknown region": (GOED.replace("GM0118", "GM9999"), ("GM9999",)),
    "unknown indicator": (GOED.replace("spanning;GM0114", "spaning;GM0114"), ("'spaning'", "regel 3", "spanning")),
    "unknown status": (GOED.replace("voorlopig;UWV", "misschien;UWV", 1), ("'misschien'", "nader_voorlopig")),
    "wrong period": (GOED.replace("2025KW01", "Q1 2025"), ("periode", "regel 4", "Q1 2025")),
    "no region": (GOED.replace("GM0118", ""), ("regiocode is leeg", "regel 4")),
    "uneven line": (GOED + "a;b;c;d;e;f;g;h;i\n", ("evenveel kolommen",)),
    "only a header": (KOP + "\n", ("leeg",)),
    "nothing": ("", ("lang.csv",)),
    "another separator": (GOED.replace(";", ","), ("ontbreekt", "indicator,regiocode")),
    "binary": (b"\x00\x81\x8d\x8f\x90\x9d", ("lang.csv",)),
}


@pytest.mark.parametrize("fault", WRONG)
def test_wrong_delivery_is_refused_by_name_and_the_previous_one_stays(loket, fault):
    loket.put(GOED)
    (first,) = loket.take()
    content, words = WRONG[fault]
    loket.put(content)
    for _ in range(2):  # and again when the same file is still there
        (uitkomst,) = loket.take()
        assert uitkomst.resultaat == "geweigerd"
        assert uitkomst.momentopname == first.momentopname
        for word in words:
            assert word in uitkomst.reden
    assert len(loket.archief.list("aanlevering", "lang")) == 2


def test_sheet_that_is_no_sheet_is_refused(loket):
    loket.put(GOED, "lang.xlsx")
    (uitkomst,) = loket.take()
    assert uitkomst.resultaat == "geweigerd" and "lang.xlsx" in uitkomst.reden


def test_file_that_no_mapping_reads_is_refused_and_named(loket):
    loket.put(GOED)
    loket.put("x", "verslag.pdf")
    loket.put("x", "toelichting.csv")
    outcomes = loket.take(mapping(negeer=["toelichting.csv"]))
    assert [(u.tabel, u.resultaat) for u in outcomes] == [("lang", "nieuw"), ("verslag.pdf", "geweigerd")]
    assert "lang*.csv" in outcomes[1].reden and "verslag.mapping.yaml" in outcomes[1].reden


def test_mapping_beside_the_file_reads_it(loket):
    loket.put("code,jaar,n\nGM0106,2024,5.5\n", "eigen.csv")
    own = mapping(
        bestanden=["eigen.csv"],
        scheiding=",",
        decimaal=".",
        kolommen={"regiocode": "code", "periode": "jaar", "waarde": "n"},
        vast={"indicator": "spanning", "status": "definitief", "bron": "eigen", "peildatum": ""},
    )
    (loket.folder / "eigen.mapping.yaml").write_text(yaml.safe_dump(own.model_dump(mode="json")), encoding="utf-8")
    (uitkomst,) = loket.take()
    assert loket.rows(uitkomst) == [(1, "spanning", "GM0106", "2024JJ00", 5.5, None, "definitief")]


def test_wrong_mapping_beside_the_file_is_refused(loket):
    loket.put("onzin: [", "a.mapping.yaml")
    loket.put("id: b", "b.mapping.yaml")
    first, second = loket.take()
    assert first.resultaat == second.resultaat == "geweigerd"
    assert "a.mapping.yaml" in first.reden and "titel" in second.reden


def test_delivery_that_lost_its_earlier_years_is_refused(loket):
    loket.put(GOED)
    loket.take()
    loket.put(GOED.replace("2025", "2026"))
    (uitkomst,) = loket.take()
    assert uitkomst.resultaat == "geweigerd" and "eerdere bestanden" in uitkomst.reden
    loket.put(GOED, "lang-2025.csv")
    assert loket.take()[0].resultaat == "nieuw"


def test_folder_that_is_not_there(tmp_path):
    with pytest.raises(AanleveringError, match="bestaat niet"):
        read_deliveries(tmp_path / "weg", {}, Archief(tmp_path, "cbs"), lambda: datetime.now(UTC))


def test_brede_welvaart_as_it_was_delivered(shared_data, tmp_path):
    """The file as it is, with the zero-is-blank rule of its mapping; figures counted by hand in README of the data."""
    archief = Archief(tmp_path, "opname")
    folder = shared_data / "brede_welvaart"
    outcomes = read_deliveries(folder, read_aanleveringen(), archief, lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert [(u.tabel, u.resultaat, u.reden) for u in outcomes] == [("rmbw", "nieuw", "")]
    place = outcomes[0].momentopname.folder / "waarnemingen.parquet"
    cells = duckdb.sql(f"SELECT onderwerp, regio, periode, waarde, leeg FROM '{place}'").fetchall()
    assert len(cells) == 72_846
    values = {c[:3]: c[3] for c in cells}
    assert values["09_E_V_12", "GM0114", "2013JJ00"] == 62.5  # Emmen, netto arbeidsparticipatie
    zeros = Counter(c[0] for c in cells if c[4] == "nul")
    assert (zeros["09_E_V_03"], zeros["01_KL_OK_39"], zeros["R_HN_V_01"]) == (2046, 1830, 1751)
    assert not any(c[3] == 0 for c in cells if c[0] in zeros)


number = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2)
cell = st.fixed_dictionaries(
    {
        "indicator": st.sampled_from(["spanning", "ibis"]),
        "regiocode": st.sampled_from(sorted(BEKEND)),
        "periode": st.integers(2000, 2030).map(str),
        "waarde": st.none() | number,
        "status": st.sampled_from(["definitief", "voorlopig"]),
    }
)


shape = st.fixed_dictionaries(
    {
        "sign": st.sampled_from([",", "."]),
        "sep": st.sampled_from([";", "\t", "|"]),
        "encoding": st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
        "newline": st.sampled_from(["\n", "\r\n"]),
        "thousands": st.booleans(),
        "bron": st.sampled_from(["UWV", "Fryslân", 'met "aanhaling" en ; teken']),
    }
)


@settings(max_examples=40, deadline=None)
@given(
    cells=st.lists(cell, min_size=1, max_size=8, unique_by=lambda c: (c["indicator"], c["regiocode"], c["periode"])),
    shape=shape,
)
def test_what_is_written_is_what_is_read(tmp_path_factory, cells, shape):
    sign, bron = shape["sign"], shape["bron"]

    def write(value):
        if value is None:
            return ""
        text = f"{value:,}" if shape["thousands"] and sign == "," else str(value)
        return text.translate({ord(","): ".", ord("."): ","}) if sign == "," else text

    out = io.StringIO()
    writer = csv.writer(out, delimiter=shape["sep"], lineterminator=shape["newline"])
    writer.writerow([*KOP.split(";")])
    for c in cells:
        writer.writerow(
            [c["indicator"], c["regiocode"], c["periode"], write(c["waarde"]), c["status"], bron, "2026-01-01"]
        )
    path = tmp_path_factory.mktemp("levering") / "lang.csv"
    path.write_bytes(out.getvalue().encode(shape["encoding"]))
    read = read_delivery([path], mapping(scheiding=shape["sep"], decimaal=sign)).cellen
    assert list(read["bron"].unique()) == [bron]
    found = [
        (r.indicator, r.regiocode, r.periode, None if r.leeg is not None else r.waarde, r.status, r.regel)
        for r in read.itertuples()
    ]
    assert found == [
        (
            c["indicator"],
            c["regiocode"],
            f"{c['periode']}JJ00",
            v if (v := c["waarde"]) is None else float(v),
            c["status"],
            i,
        )
        for i, c in enumerate(cells, start=2)
    ]


@settings(deadline=None)
@given(st.text(alphabet="0123456789.,-+e_ \N{MINUS SIGN}naif", max_size=8), st.sampled_from([",", "."]))
def test_a_number_is_read_in_one_way_or_not_at_all(text, sign):
    try:
        value = parse_getal(text, sign)
    except GetalError:
        return
    if value is None:
        assert text.strip() in ("", ".")
        return
    other = "." if sign == "," else ","
    plain = text.strip().replace("\N{MINUS SIGN}", "-").replace(" ", "")
    plain = plain.replace(other, "" if sign == "," else other).replace(",", ".")
    assert float(plain) == value


@pytest.mark.parametrize("id", ["../../../../pwned", "../cbs/99999NED", "/tmp/x", "", "a b", "a\n", "é"])
def test_id_of_a_mapping_is_no_path(loket, id):
    loket.put(GOED)
    loket.put(yaml.safe_dump(mapping().model_dump(mode="json") | {"id": id}), "x.mapping.yaml")
    before = sorted(loket.folder.parent.rglob("*"))
    refused, taken = loket.take()
    assert (refused.tabel, refused.resultaat, taken.resultaat) == ("x.mapping.yaml", "geweigerd", "nieuw")
    assert "id" in refused.reden
    place = loket.archief.opslag / "momentopnamen" / "cbs" / "aanlevering" / "lang"
    made = set(loket.folder.parent.rglob("*")) - set(before)
    assert all(p in place.parents or p == place or place in p.parents for p in made)


def test_own_mapping_with_an_id_that_is_not_known_is_refused(loket):
    loket.put("x", "eigen.csv")
    own = mapping(id="eigen", bestanden=["eigen.csv"])
    loket.put(yaml.safe_dump(own.model_dump(mode="json")), "eigen.mapping.yaml")
    refused, unread = loket.take()
    assert refused.resultaat == unread.resultaat == "geweigerd"
    assert "eigen.mapping.yaml" in refused.reden and "id moet een zijn van lang" in refused.reden
    assert loket.archief.list("aanlevering", "eigen") == []


@pytest.mark.parametrize("jaar", ["0000", "9999", "1899", "2101", "２０２５", "٢٠٢٥"])
@pytest.mark.parametrize("tail", ["", "JJ00", "KW01"])
def test_year_that_is_none_is_refused_with_its_line(loket, jaar, tail):
    loket.put(GOED.replace("2025KW01", jaar + tail))
    (uitkomst,) = loket.take()
    assert uitkomst.resultaat == "geweigerd"
    for word in ("lang.csv", "regel 4", jaar + tail, "1900"):
        assert word in uitkomst.reden


@pytest.mark.parametrize("code", ["1900JJ00", "2100JJ00"])
def test_first_and_last_year_that_are_taken(loket, code):
    loket.put(GOED.replace("2025KW01", code))
    assert loket.take()[0].resultaat == "nieuw"


def refused(loket, content, *words):
    loket.put(content)
    (uitkomst,) = loket.take()
    assert uitkomst.resultaat == "geweigerd"
    for word in ("lang.csv", *words):
        assert word in uitkomst.reden


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (GOED.replace("voorlopig;UWV", 'voorlopig;"UWV', 1) + 'ibis;GM0106;2025;1;;"x";\n', 3),
        (GOED.replace("Vektis;2026", '"Vektis;2026'), 5),
        (GOED.rstrip("\n").removesuffix("2026-05-01") + '"2026-05-01', 6),
        (GOED.replace("UWV", '"U\rWV"', 1), 2),
        (GOED.replace("peildatum", '"peildatum'), 1),
    ],
)
def test_quote_that_is_not_closed_is_refused_with_its_line(loket, content, line):
    refused(loket, content, f"regel {line}: een aanhalingsteken wordt niet gesloten of een veld loopt over regels")


def test_more_fields_than_the_header_are_refused_with_their_line(loket):
    head, *lines = GOED.splitlines()
    refused(loket, "\n".join([head, *(f"{line};" for line in lines)]), "regel 2", "8", "7", "evenveel kolommen")
    refused(loket, GOED.replace("zorg;GM0106;2025;.;;Vektis;2026-05-01", "zorg;GM0106;2025;1;;V;x;;"), "regel 5")


@pytest.mark.parametrize("content", ["", "\n\n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_empty_file_is_said_to_be_empty(loket, content):
    refused(loket, content, "het bestand is leeg")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_with_a_mark_is_read_as_such(loket, encoding):
    text = GOED.replace("UWV", "Fryslân") if encoding == "utf-16" else "\ufeff" + GOED.replace("UWV", "Fryslân")
    loket.put(text.encode(encoding))
    (uitkomst,) = loket.take()
    assert loket.rows(uitkomst) == CELLS
    assert uitkomst.momentopname.eigenschappen["herkomst"][0]["bron"] == "Fryslân"


@pytest.mark.parametrize("value", ["1000000000000001", "-1e16", "1e400", "NaN", "inf", "-Infinity"])
def test_number_beyond_reach_is_refused_with_its_line(loket, value):
    refused(loket, GOED.replace("1.234,5", value), "regel 2", value)


def test_field_that_is_too_long_is_refused_with_its_line(loket):
    refused(loket, GOED.replace("Vektis", "v" * 501, 1), "regel 5", "500")
    loket.put(GOED.replace("Vektis", "v" * 500, 1))
    assert loket.take()[0].resultaat == "nieuw"


@pytest.mark.parametrize("value", ["v" * 501, 1e16])
def test_sheet_is_held_to_the_same(loket, value):
    rows = list(csv.DictReader(io.StringIO(GOED), delimiter=";"))
    rows[1]["bron" if isinstance(value, str) else "waarde"] = value
    pd.DataFrame(rows).to_excel(loket.folder / "lang.xlsx", index=False)
    (uitkomst,) = loket.take()
    assert uitkomst.resultaat == "geweigerd" and "regel 3" in uitkomst.reden


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"bestanden": [""]}, "bestanden"),
        ({"bestanden": []}, "bestanden"),
        ({"bestanden": ["./."]}, "bestanden"),
        ({"negeer": [""]}, "negeer"),
        ({"scheiding": ""}, "scheiding"),
        ({"scheiding": ";;"}, "scheiding"),
        ({"scheiding": '"'}, "scheiding"),
        ({"scheiding": "\n"}, "scheiding"),
    ],
)
def test_mapping_that_can_not_be_used_is_refused_by_name(loket, changed, word):
    loket.put(GOED)
    loket.put(yaml.safe_dump(mapping().model_dump(mode="json") | changed), "x.mapping.yaml")
    refusal, taken = loket.take()
    assert (refusal.tabel, refusal.resultaat, taken.resultaat) == ("x.mapping.yaml", "geweigerd", "nieuw")
    assert "x.mapping.yaml" in refusal.reden and word in refusal.reden


@pytest.mark.parametrize("content", ["[" * 5000, "a: 2025-13-45", "", b"\xff"])
def test_mapping_that_can_not_be_read_is_refused_by_name(loket, content):
    loket.put(GOED)
    loket.put(content, "x.mapping.yaml")
    refusal, taken = loket.take()
    assert (refusal.tabel, refusal.resultaat, taken.resultaat) == ("x.mapping.yaml", "geweigerd", "nieuw")


def test_folder_with_the_name_of_a_mapping_is_refused(loket):
    loket.put(GOED)
    (loket.folder / "a.mapping.yaml").mkdir()
    refusal, taken = loket.take()
    assert (refusal.tabel, refusal.resultaat, taken.resultaat) == ("a.mapping.yaml", "geweigerd", "nieuw")


def test_symlinks_are_refused_by_name(loket):
    outside = loket.folder.parent / "buiten.csv"
    outside.write_text(GOED)
    own = loket.folder.parent / "buiten.yaml"
    own.write_text(yaml.safe_dump(mapping().model_dump(mode="json")))
    for name, target in {
        "lang.csv": outside,
        "lang-weg.csv": outside.with_name("weg"),
        "map": outside.parent,
        "x.mapping.yaml": own,
    }.items():
        (loket.folder / name).symlink_to(target)
    outcomes = loket.take()
    assert [(u.tabel, u.resultaat) for u in outcomes] == [
        (name, "geweigerd") for name in ("lang-weg.csv", "lang.csv", "map", "x.mapping.yaml")
    ]
    assert all(u.tabel in u.reden and "koppeling" in u.reden for u in outcomes)
    assert loket.archief.list("aanlevering", "lang") == []


def test_error_of_a_sheet_is_no_blank(loket):
    rows = list(csv.DictReader(io.StringIO(GOED), delimiter=";"))
    rows[1]["waarde"] = "#N/A"
    pd.DataFrame(rows).to_excel(loket.folder / "lang.xlsx", index=False)
    (uitkomst,) = loket.take()
    assert uitkomst.resultaat == "geweigerd" and "regel 3" in uitkomst.reden


def test_a_table_of_statline_is_a_delivery_whose_figures_walk_back_to_their_place(loket):
    own = mapping(
        statline={"nagekeken": "2026-03-01", "rijen": ["Regio's"], "kolommen": ["Perioden"]},
        vast={"indicator": "spanning", "bron": "CBS StatLine, proef", "peildatum": "2026-02-01"},
    )
    loket.put('"Proef"\n"Regio\'s";"2024";"2025*"\n"Assen";"1,5";"."\n"GM0114";"";"-2"\n"Bron: CBS"\n')
    (uitkomst,) = loket.take(own)
    assert loket.rows(uitkomst) == [
        (1, "spanning", "GM0106", "2024JJ00", 1.5, None, "definitief"),
        (2, "spanning", "GM0106", "2025JJ00", None, ".", "voorlopig"),
        (3, "spanning", "GM0114", "2024JJ00", None, "Impossible", "definitief"),
        (4, "spanning", "GM0114", "2025JJ00", -2.0, None, "voorlopig"),
    ]
    folder = uitkomst.momentopname.folder
    places = [p for (p,) in duckdb.sql(f"SELECT bestand FROM '{folder}/waarnemingen.parquet' ORDER BY rij").fetchall()]
    assert places[:2] == ["lang.csv.gz, regel 3, kolom B", "lang.csv.gz, regel 3, kolom C"]
    assert places[3] == "lang.csv.gz, regel 4, kolom C"
    assert gzip.decompress((folder / "paginas" / "lang.csv.gz").read_bytes()).splitlines()[2] == b'"Assen";"1,5";"."'
    titels = dict(duckdb.sql(f"SELECT code, titel FROM '{folder}/codelijsten.parquet'").fetchall())
    assert titels == {"GM0106": "Assen", "GM0114": "GM0114", "2024JJ00": "2024", "2025JJ00": "2025"}
    assert uitkomst.momentopname.eigenschappen["Modified"] == "2026-02-01"
    assert loket.take(own)[0].resultaat == "ongewijzigd"


def test_a_table_of_statline_that_does_not_fit_is_refused_with_its_place(loket):
    own = mapping(
        statline={"nagekeken": "2026-03-01", "rijen": ["Regio's"], "kolommen": ["Perioden"]},
        vast={"indicator": "spanning"},
    )
    loket.put('"Regio\'s";"2024"\n"Assen";"8.400"\n')
    (uitkomst,) = loket.take(own)
    assert uitkomst.resultaat == "geweigerd"
    assert "lang.csv, regel 2, kolom B: '8.400'" in uitkomst.reden


def test_a_mapping_without_such_a_table_is_known_by_what_it_was_before():
    """What was accepted before tables of StatLine could be delivered is not taken in again."""
    from assets.bron.aanlevering import _described

    assert "statline" not in _described(mapping())
    assert "statline" in _described(mapping(statline={"rijen": ["Regio's"]}))


def test_a_municipality_that_is_no_more_has_a_line_in_a_table_of_statline_and_no_figure(loket):
    own = mapping(
        statline={"nagekeken": "2026-03-01", "rijen": ["Regio's"], "kolommen": ["Perioden"]},
        vast={"indicator": "spanning"},
    )
    text = '"Regio\'s";"1997";"2025*"\n"Assen";"1";"2"\n"Anloo";"3";"%s"\n'
    loket.put(text % "")
    known = known_codes()
    (uitkomst,) = read_deliveries(loket.folder, {own.id: own}, loket.archief, loket.now, known)
    assert [row[2:6] for row in loket.rows(uitkomst)][2:] == [
        ("GM0105", "1997JJ00", 3.0, None),
        ("GM0105", "2025JJ00", None, "Impossible"),
    ]
    loket.put(text % "4")
    (uitkomst,) = read_deliveries(loket.folder, {own.id: own}, loket.archief, loket.now, known)
    assert "GM0105 bestaat niet meer" in uitkomst.reden
