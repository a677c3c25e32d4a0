"""A table downloaded from StatLine reads as the figures in it, whatever its shape; what is unclear is refused."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.bron.bronlijst import Aanlevering
from assets.bron.kruistabel.lezen import read_statline
from assets.bron.vellen.lezen import read_vellen
from assets.bron.vellen.vel import VelError, visible_vel
from tests.bron.kruistabel_vormen import VORMEN, Kruistabel, write, write_csv

ONDERWERPEN = {
    "bb": (("Beroepsbevolking",), "Totaal", "x 1 000"),
    "werkloos": (("Beroepsbevolking", "Werkloos"), "Percentage", "%"),
    "niet_bb": ((), "Niet-beroepsbevolking", "x 1 000"),
}
REGIOS = {
    "NL01": "Nederland",
    "PV22": "Drenthe (PV)",
    "CR08": "Zuidoost-Drenthe (CR)",
    "GM0014": "Groningen (gemeente)",
    "GM0518": "'s-Gravenhage (gemeente)",
    "GM1680": "Aa en Hunze",
}
PERIODEN = {"2022JJ00": "2022", "2023JJ00": "2023**", "2024JJ00": "2024*"}
STATUS = {"": "definitief", "*": "voorlopig", "**": "nader_voorlopig"}


def tabel(cellen=None, **changed) -> Kruistabel:
    fields = {"onderwerpen": ONDERWERPEN, "regios": REGIOS, "perioden": PERIODEN} | changed
    every = [(o, r, p) for o in fields["onderwerpen"] for r in fields["regios"] for p in fields["perioden"]]
    texts = {key: f"{n},{n % 10}" for n, key in enumerate(every)} | (cellen or {})
    return Kruistabel(**fields, cellen=texts)


def mapping(form, onderwerpen=ONDERWERPEN, **changed) -> Aanlevering:
    statline = {"nagekeken": date(2026, 3, 1)} | form | changed.pop("statline", {})
    topics = {
        name: {"titel": titel, "pad": list(pad), "eenheid": eenheid, "zekerheid": "K"}
        for name, (pad, titel, eenheid) in onderwerpen.items()
    }
    fields = {"id": "proef", "titel": "Proef", "licentie": "CC BY 4.0", "bestanden": ["proef*"], "onderwerpen": topics}
    return Aanlevering.model_validate(fields | {"statline": statline} | changed)


def read(path, own: Aanlevering):
    return read_statline(visible_vel(read_vellen(path, own.scheiding, own.codering), path.name), own)


def expected(k: Kruistabel):
    """What must come out of a table: key -> (value, sign for no value, status)."""
    out = {}
    symbols = any("*" in p for p in k.perioden.values())
    for (o, r, p), text in k.cellen.items():
        label = k.perioden[p]
        status = STATUS[label[len(label.rstrip("*")) :]] if symbols else "onbekend"
        blank = {".": ".", "": "Impossible" if symbols or "." in k.cellen.values() else ""}.get(text)
        out[o, r, p] = (None if blank is not None else float(text.replace(",", ".")), blank, status)
    return out


def found(table):
    cells = {(c.indicator, c.regiocode, c.periode): (c.waarde, c.leeg, c.status) for c in table.cellen}
    assert len(cells) == len(table.cellen)
    return cells


@pytest.mark.parametrize("vorm", VORMEN)
def test_every_shape_reads_as_the_same_figures(tmp_path, vorm):
    k = tabel({("bb", "PV22", "2024JJ00"): ".", ("werkloos", "GM1680", "2022JJ00"): ""})
    path, form = write(tmp_path / "proef", k, vorm)
    assert found(read(path, mapping(form))) == expected(k)


teksten = st.one_of(
    st.just("."),
    st.just(""),
    st.integers(-(10**7), 10**7).map(str),
    st.decimals(-1000, 1000, places=1, allow_nan=False).map(lambda d: str(d).replace(".", ",")),
)
perioden = st.sampled_from(
    [
        PERIODEN,
        {"2023JJ00": "2023"},
        {"2015KW01": "2015 1e kwartaal", "2015KW02": "2015 2e kwartaal*"},
        {"2020MM01": "2020 januari", "2020MM02": "2020 februari"},
        {"2018SJ00": "2018/'19", "2019SJ00": "2019/'20*"},
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    vorm=st.sampled_from(VORMEN),
    periode=perioden,
    data=st.data(),
)
def test_what_is_written_in_a_shape_is_read(tmp_path_factory, vorm, periode, data):
    topics = {o: ONDERWERPEN[o] for o in sorted(data.draw(st.sets(st.sampled_from(sorted(ONDERWERPEN)), min_size=1)))}
    regios = {r: REGIOS[r] for r in sorted(data.draw(st.sets(st.sampled_from(sorted(REGIOS)), min_size=1)))}
    k = tabel(onderwerpen=topics, regios=regios, perioden=periode)
    k.cellen = {key: data.draw(teksten) for key in k.cellen}
    path, form = write(tmp_path_factory.mktemp("statline") / "proef", k, vorm)
    assert found(read(path, mapping(form, topics))) == expected(k)


@pytest.mark.parametrize("vorm", VORMEN)
def test_every_figure_walks_back_to_its_place(tmp_path, vorm):
    path, form = write(tmp_path / "proef", k := tabel(), vorm)
    own = mapping(form)
    vel = visible_vel(read_vellen(path, ";"), path.name)
    lines = {r.nummer: r for r in vel.regels}
    for cel in read(path, own).cellen:
        text = lines[cel.regel].vak(cel.kolom).tekst
        assert float(text.replace(",", ".")) == cel.waarde
        assert k.cellen[cel.indicator, cel.regiocode, cel.periode].replace(",", ".") == f"{cel.waarde:.1f}"


ONE = {"Regio's": "Drenthe (PV)", "Perioden": "2024", "Beroepsbevolking/Totaal (x 1 000)": "12,5"}
PLAT = {"rijen": ["Regio's", "Perioden"], "kolommen": ["Onderwerp"]}


def plat(tmp_path, *rows, statline=(), above=(), below=(), **changed):
    """Read a flat table with the lines of ONE, each changed by a row."""
    lines = [ONE | row for row in rows or ({},)]
    head = list(dict.fromkeys(key for line in lines for key in line))
    grid = [*above, head, *([line.get(key, "") for key in head] for line in lines), *below]
    own = mapping(PLAT | dict(statline), **changed)
    return read(write_csv(tmp_path / "proef.csv", grid), own)


@pytest.mark.parametrize(
    ("text", "tekens", "expect"),
    [
        (".", {}, (None, ".")),
        ("", {}, (None, "Impossible")),
        ("-", {"-": "nul"}, (0.0, None)),
        ("\N{MINUS SIGN}", {"-": "onbekend"}, (None, ".")),
        ("x", {"x": "geheim"}, (None, "geheim")),
        ("-", {"-": "niet_van_toepassing"}, (None, "Impossible")),
        ("\N{MINUS SIGN}3,5", {}, (-3.5, None)),
        ("12345,125", {}, (12345.125, None)),
        ("   42", {}, (42.0, None)),
    ],
)
def test_a_sign_means_what_the_file_or_the_mapping_says(tmp_path, text, tekens, expect):
    # the star says that the download has symbols
    table = plat(
        tmp_path, {"Perioden": "2024*", "Beroepsbevolking/Totaal (x 1 000)": text}, statline={"tekens": tekens}
    )
    assert [(c.waarde, c.leeg) for c in table.cellen] == [expect]


def test_a_legend_in_the_file_says_what_a_sign_means(tmp_path):
    legend = [["Bron: CBS"], ["- : nihil"], ["x : geheim"], ["* voorlopige cijfers"]]
    rows = [{"Regio's": r, "Beroepsbevolking/Totaal (x 1 000)": t} for r, t in (("NL01", "-"), ("PV22", "x"))]
    assert [(c.waarde, c.leeg) for c in plat(tmp_path, *rows, below=legend).cellen] == [(0.0, None), (None, "geheim")]
    with pytest.raises(VelError, match="de legenda zegt dat '-' nul is, en de mapping onbekend"):
        plat(tmp_path, *rows, below=legend, statline={"tekens": {"-": "onbekend"}})


def test_a_blank_of_a_download_without_symbols_is_not_said_to_be_impossible(tmp_path):
    """Such a download has a blank for what is secret too."""
    (cel,) = plat(tmp_path, {"Beroepsbevolking/Totaal (x 1 000)": ""}).cellen
    assert (cel.waarde, cel.leeg, cel.status) == (None, "", "onbekend")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"Regio's": "Groningen"}, ("regel 2, kolom C", "meer dan een regio", "PV20", "GM0014")),
        ({"Regio's": "Wijk 00 Centrum"}, ("geen regio die de monitor kent",)),
        ({"Regio's": "NL31"}, ("geen regio die de monitor kent",)),
        ({"Regio's": ""}, ("het label van Regio's is leeg", "regel 2")),
        ({"Perioden": "2026 januari-april"}, ("regel 2", "geen periode")),
        ({"Perioden": "2024***"}, ("3 sterren",)),
        ({"Perioden": "2018/'20"}, ("geen periode",)),
        ({"Perioden": "2024 december"}, ("elke maand is 'december'", "maand_is")),
        ({"Beroepsbevolking/Totaal (x 1 000)": "-"}, ("betekent niet overal hetzelfde", "tekens", "regel 2, kolom C")),
        ({"Beroepsbevolking/Totaal (x 1 000)": "x"}, ("betekent niet overal hetzelfde",)),
        ({"Beroepsbevolking/Totaal (x 1 000)": "8.400"}, ("8.400", "regel 2, kolom C")),
        ({"Beroepsbevolking/Totaal (x 1 000)": "1 400"}, ("1 400",)),
        ({"Beroepsbevolking/Totaal (x 1 000)": "12.5"}, ("12.5",)),
        ({"Beroepsbevolking/Totaal (x 1 000)": "5,512E+10"}, ("5,512E+10",)),
        ({"Beroepsbevolking/Totaal (aantal)": "1"}, ("de eenheid van", "'x 1 000'")),
        ({"Beroepsbevolking/Anders (x 1 000)": "1"}, ("geen onderwerp van de mapping", "overslaan")),
        ({"Geslacht": "Mannen"}, ("Geslacht",)),
    ],
)
def test_what_is_unclear_is_refused_with_its_place(tmp_path, row, words):
    with pytest.raises(VelError) as caught:
        plat(tmp_path, row)
    assert all(word in str(caught.value) for word in ("proef.csv", *words)), str(caught.value)


def test_a_month_that_is_a_state_of_the_year_is_said_to_be_one(tmp_path):
    (cel,) = plat(tmp_path, {"Perioden": "2024 december*"}, statline={"maand_is": "jaar"}).cellen
    assert (cel.periode, cel.status) == ("2024JJ00", "voorlopig")
    assert plat(tmp_path, {"Perioden": "2024 december"}, statline={"maand_is": "maand"}).cellen[0].periode == "2024MM12"


def test_a_name_that_two_regions_have_is_read_as_the_kind_that_the_mapping_says(tmp_path):
    for kind, code in (("gemeente", "GM0014"), ("provincie", "PV20"), ("arbeidsmarktregio", "AM01")):
        (cel,) = plat(tmp_path, {"Regio's": "Groningen"}, statline={"kale_namen": kind}).cellen
        assert cel.regiocode == code


def test_another_dimension_has_to_be_declared(tmp_path):
    k = tabel()
    path, form = write(tmp_path / "proef", k, "keuze boven de tabel")
    with pytest.raises(VelError, match=r"regel 2: 'Geslacht; Totaal mannen en vrouwen' is geen dimensie"):
        read(path, mapping(form | {"keuzes": {}}))
    with pytest.raises(VelError, match=r"Geslacht is nergens 'Vrouwen', wel: Totaal"):
        read(path, mapping(form | {"keuzes": {"Geslacht": "Vrouwen"}}))
    with pytest.raises(VelError, match=r"Leeftijd staat niet in het bestand"):
        read(path, mapping(form | {"keuzes": form["keuzes"] | {"Leeftijd": "15 tot 75 jaar"}}))
    path, form = write(tmp_path / "proef", k, "andere dimensie in de rijen")
    with pytest.raises(ValueError, match="Geslacht is geen regio, periode of onderwerp"):
        mapping(form | {"keuzes": {}})
    with pytest.raises(VelError, match=r"geen regel begint met Regio's; Perioden"):
        read(path, mapping(PLAT))
    # a category that is not chosen is another figure, and the one that is chosen stands there once
    assert found(read(path, mapping(form))) == expected(k)


def test_what_the_mapping_leaves_out_is_left_out_by_name(tmp_path):
    row = {"Beroepsbevolking/Anders (x 1 000)": "1"}
    other = {"Regio's": "Landelijke gebieden"}
    table = plat(
        tmp_path, row, other, statline={"overslaan": ["Beroepsbevolking/Anders (x 1 000)", "Landelijke gebieden"]}
    )
    assert [(c.indicator, c.waarde) for c in table.cellen] == [("bb", 12.5)]


@pytest.mark.parametrize("where", ["above", "below"])
def test_a_line_that_is_no_part_of_a_table_is_refused(tmp_path, where):
    lines = [["Bron: CBS"], ["De cijfers van 2024 zijn fout; zie de toelichting"]]
    with pytest.raises(VelError, match="De cijfers van 2024 zijn fout"):
        plat(tmp_path, **{where: lines})
    assert len(plat(tmp_path, **{where: lines}, statline={"overslaan": [x for (x,) in lines]}).cellen) == 1


def test_another_table_and_a_proposal_that_nobody_checked_are_refused(tmp_path):
    with pytest.raises(VelError, match="de tabel heet 'Iets anders', en de mapping leest 'Arbeid'"):
        plat(tmp_path, above=[["Iets anders"], []], statline={"tabel": "Arbeid"})
    with pytest.raises(VelError, match=r"nog een voorstel.*nagekeken: JJJJ-MM-DD"):
        plat(tmp_path, statline={"nagekeken": None})


def test_topics_with_the_same_title_are_told_apart_by_group_or_refused(tmp_path):
    two = {
        "a": (("Mannen",), "Totaal", "x 1 000"),
        "b": (("Vrouwen",), "Totaal", "x 1 000"),
    }
    k = tabel(onderwerpen=two)
    for vorm in VORMEN:
        path, form = write(tmp_path / "proef", k, vorm)
        assert found(read(path, mapping(form, two))) == expected(k), vorm
        with pytest.raises(VelError, match=r"worden allebei x|kan"):
            read(path, mapping(form, {"x": ((), "Totaal", "x 1 000")}))


def test_the_date_and_the_labels_of_the_file_are_kept(tmp_path):
    path, form = write(tmp_path / "proef", tabel(), "oude StatWeb")
    table = read(path, mapping(form))
    assert (table.titel, table.peildatum) == ("Arbeidsdeelname; regio, proef", "2026-03-10")
    assert (table.titels["PV22"], table.titels["2023JJ00"]) == ("Drenthe (PV)", "2023")


def test_what_can_not_be_seen_or_belongs_to_more_cells_is_refused(tmp_path):
    from openpyxl import load_workbook

    path, form = write(tmp_path / "proef", tabel(), "werkboek")
    for change, words in (
        (lambda s: s.row_dimensions.__getitem__(8).__setattr__("hidden", True), "regel 8.*verborgen"),
        (lambda s: s.column_dimensions.__getitem__("D").__setattr__("hidden", True), "kolom D.*verborgen"),
        (lambda s: s.merge_cells("C9:C10"), "C9:C10 met cijfers zijn samengevoegd"),
        (lambda s: s["C9"].__setattr__("number_format", "0.0%"), "kolom C.*procentopmaak"),
        (lambda s: s["C9"].__setattr__("value", True), "kolom C.*WAAR"),
        (lambda s: s["G9"].__setattr__("value", 5), "kolom G.*geen label"),
    ):
        book = load_workbook(path)
        change(book.active)
        book.save(other := tmp_path / "proef2.xlsx")
        with pytest.raises(VelError, match=words):
            read(other, mapping(form))


def test_a_figure_between_labels_and_figures_is_not_left_out_unseen(tmp_path):
    """Only units and blanks stand there; a topic that the mapping names itself has its unit checked too."""
    form = {"rijen": ["Regio's"], "kolommen": ["Perioden"]}
    own = mapping(form, vast={"indicator": "bb"})
    for between, words in (("5", "de eenheid van bb is '5'"), ("%", "de mapping verwacht 'x 1 000'")):
        path = write_csv(tmp_path / "proef.csv", [["Regio's", "", "2024"], ["Assen", between, "6"]])
        with pytest.raises(VelError, match=words):
            read(path, own)
    path = write_csv(tmp_path / "proef.csv", [["Regio's", "", "2024"], ["Assen", "x 1 000", "6"], ["Emmen", "", "7"]])
    assert [c.waarde for c in read(path, own).cellen] == [6.0, 7.0]
    with pytest.raises(VelError, match="'anders' onder vast is geen onderwerp"):
        read(path, mapping(form, vast={"indicator": "anders"}))


def test_a_star_behind_a_figure_is_the_status_of_that_figure(tmp_path):
    rows = [{"Regio's": r, "Beroepsbevolking/Totaal (x 1 000)": t} for r, t in (("NL01", "1,5*"), ("PV22", "2**"))]
    read = [(c.waarde, c.status) for c in plat(tmp_path, *rows, {"Regio's": "Assen"}).cellen]
    assert read == [(1.5, "voorlopig"), (2.0, "nader_voorlopig"), (12.5, "definitief")]


def test_the_sheet_that_the_mapping_names_is_read(tmp_path):
    from openpyxl import load_workbook

    from assets.bron.kruistabel.levering import read_kruistabel

    path, form = write(tmp_path / "proef", k := tabel(), "werkboek")
    book = load_workbook(path)
    book.active.title = "Tabel"
    book.create_sheet("Toelichting").append(["Zie de tabel"])
    book.save(path)
    with pytest.raises(VelError, match="2 bladen"):
        read_kruistabel(path, mapping(form))
    cells, _ = read_kruistabel(path, mapping(form, statline={"blad": "tabel"}))
    assert len(cells) == len(k.cellen)
    assert cells["bestand"].iloc[0] == "proef.xlsx.gz, blad 'Tabel', regel 7, kolom C"
    with pytest.raises(VelError, match=r"blad 'Ander' is er niet.*'Tabel', 'Toelichting'"):
        read_kruistabel(path, mapping(form, statline={"blad": "Ander"}))


def test_an_ods_reads_as_the_same_figures(tmp_path):
    import pandas as pd

    from tests.bron.kruistabel_vormen import CSV

    for vorm in ("jaren als kolommen", "symbolen", "onderwerpen boven de kolommen"):
        make, form = CSV[vorm]
        path = tmp_path / "proef.ods"
        pd.DataFrame(make(k := tabel())).to_excel(path, header=False, index=False, engine="odf")
        assert found(read(path, mapping(form))) == expected(k)
