"""What is proposed is the change itself; what the command applies leaves every figure as it is."""

import shutil
from dataclasses import replace

import pytest

from assets.bron.antwoord import Catalogustitel
from assets.bron.bronlijst import TABELLEN, Brontabel, read_tabellen
from assets.bron.fetch import fetch_tabel
from assets.bron.gezienlijst import read_gezien
from assets.bron.http import Client
from assets.bron.momentopname import Archief
from assets.bron.opvolger import pattern, propose_opvolger, years
from assets.bron.structuur import BronOnderwerp, Code, Structuur
from assets.bron.voorbeeld.opname import Opname
from assets.bron.voorbeeld.server import sample_server, serve
from assets.bron.voorstel import make_voorstellen
from assets.bron.voorstellen import gather, read_catalogi, work_in, write
from begrippen.regio import read_leden, read_regios
from pipelines.voorstel import apply_voorstellen, read_gebruik, show_voorstellen
from tests.bron import rauw

TABELLEN_LIJST = read_tabellen()
KINDS = {"regio": "GeoDimension", "periode": "TimeDimension"}


def as_asked(tabel: Brontabel, rename=lambda title: title) -> Structuur:
    """The table just as the list asks for it, each title of a topic as `rename` gives it."""
    topics = tuple(
        BronOnderwerp(o.v4_code or f"X_{i}", rename(o.titel), o.pad, o.eenheid, o.decimalen)
        for i, o in enumerate(tabel.onderwerpen.values())
    )
    codes = {
        n: tuple(
            Code(n, c, t, c)
            for c, t in (d.codes or {"NL01": "Nederland"} if d.soort != "periode" else {"2024JJ00": "2024"}).items()
        )
        for n, d in tabel.dimensies.items()
    }
    return Structuur(topics, codes, {n: KINDS.get(d.soort, "Dimension") for n, d in tabel.dimensies.items()})


@pytest.mark.parametrize(
    "rename",
    [
        lambda t: f"{t} van zelfstandigen",
        lambda t: f"Geschat: {t}",
        lambda t: " ".join(t.split()[:-1]) or "Anders",
        lambda t: " ".join((*t.split()[:-1], "mannen")),
    ],
    ids=["added", "in front", "left out", "another"],
)
def test_a_topic_of_which_only_words_look_alike_is_never_applied(rename):
    for tabel in TABELLEN_LIJST.values():
        bare = tabel.model_copy(
            update={"onderwerpen": {n: o.model_copy(update={"v4_code": None}) for n, o in tabel.onderwerpen.items()}}
        )
        before, now = as_asked(bare), as_asked(bare, rename)
        for eerder in (None, before):
            applied = [v for v in make_voorstellen(bare, now, eerder) if v.toepasbaar and v.naam in tabel.onderwerpen]
            assert applied == [], f"{tabel.id}: {applied}"


def test_a_table_that_is_as_asked_gets_no_proposal():
    for tabel in TABELLEN_LIJST.values():
        found = [v for v in make_voorstellen(tabel, as_asked(tabel)) if "de code is nu gezien" not in v.waarom]
        assert [v for v in found if v.naam in tabel.onderwerpen or v.naam in tabel.dimensies] == []


# --- dimensions and codes ---


def banen(**dims: tuple[Code, ...]) -> tuple[Brontabel, Structuur]:
    tabel = TABELLEN_LIJST["84780NED"]
    whole = as_asked(tabel)
    codes = {n: c for n, c in (whole.codes | dims).items() if c}
    return tabel, replace(whole, codes=codes)


def codes(dim: str, **titles: str) -> tuple[Code, ...]:
    return tuple(Code(dim, c, t, c) for c, t in titles.items())


@pytest.mark.parametrize(
    ("dims", "naam", "toepasbaar"),
    [
        ({"Leeftijd": codes("Leeftijd", T="Totaal", A="0 jaar")}, "Leeftijd", True),
        ({"Leeftijd": codes("Leeftijd", T="Totaal 15 tot 75 jaar", A="0 jaar")}, "Leeftijd", False),
        ({"Leeftijd": codes("Leeftijd", A="0 jaar", T="Totaal")}, "Leeftijd", False),
        ({"Leeftijd": codes("Leeftijd", A="0 jaar", B="1 jaar")}, "Leeftijd", False),
        ({"Geslacht": ()}, "Geslacht", True),
        ({"Geslacht": codes("Geslacht", X="Totaal", M="Mannen")}, "Geslacht=T001038", True),
        ({"Geslacht": codes("Geslacht", M="Mannen", V="Vrouwen")}, "Geslacht=T001038", False),
    ],
)
def test_what_leaves_the_figure_as_it_is_can_be_applied(dims, naam, toepasbaar):
    tabel, structuur = banen(**dims)
    (voorstel,) = make_voorstellen(tabel, structuur)
    assert (voorstel.naam, voorstel.toepasbaar) == (naam, toepasbaar)
    for used in ({"Geslacht"}, {"Geslacht=T001038"}):
        if naam.startswith("Geslacht") and voorstel.kandidaten:
            (used_by_a_card,) = make_voorstellen(tabel, structuur, gebruik=used | {naam})
            assert not used_by_a_card.toepasbaar
            assert "verander die mee" in used_by_a_card.kandidaten[0].wat


def test_the_name_of_one_of_several_codes_is_not_changed_without_a_person():
    tabel = TABELLEN_LIJST["83582NED"]
    whole = as_asked(tabel)
    dim = "BedrijfstakkenBranchesSBI2008"
    moved = tuple(replace(c, code="X1", sleutel="X1") if c.code == "301000" else c for c in whole.codes[dim])
    (voorstel,) = make_voorstellen(tabel, replace(whole, codes=whole.codes | {dim: moved}))
    assert (voorstel.naam, voorstel.toepasbaar) == (f"{dim}=301000", False)


def test_what_cards_and_queries_name_is_known():
    used = read_gebruik()
    assert all(names for names in used.values())
    assert "BedrijfstakkenBranchesSBI2008=T001081" in used["83582NED"]


# --- successors ---


def row(id_: str, title: str, status: str = "Regulier") -> Catalogustitel:
    return Catalogustitel(Identifier=id_, Title=title, Status=status)


@pytest.mark.parametrize(
    ("titel", "catalogus", "gevonden"),
    [
        ("A; regio (indeling 2024)", ["A; regio (indeling 2025)"], [0]),
        ("A; regio (indeling 2024)", ["A; regio (indeling 2025)", "A; regio (indeling 2026)"], [1, 0]),
        ("A, regio, 2020", ["A, regio, 2024", "A, regio, 2022"], [1, 0]),
        ("A 2012/2016/2020 (indeling 2021)", ["A 2012/2016/2020/2024 (indeling 2024)"], [0]),
        ("A; regio (indeling 2024)", ["B; regio (indeling 2025)", "A; regio (indeling 2023)", "A; regio"], []),
        ("A; regio", ["A; regio (indeling 2025)"], []),
    ],
)
def test_a_successor_has_the_same_title_but_for_later_years(titel, catalogus, gevonden):
    tabel = TABELLEN_LIJST["85268NED"].model_copy(update={"titel": titel, "opvolger": None})
    rows = [row(tabel.id, titel, "Gediscontinueerd"), *(row(f"9000{i}NED", t) for i, t in enumerate(catalogus))]
    found = propose_opvolger(tabel, {tabel.api: rows}, {tabel.id: tabel})
    names = [k.wat.split()[0] for v in found for k in v.kandidaten]
    assert names == [f"9000{i}NED" for i in gevonden]
    assert [v.toepasbaar for v in found if v.kandidaten] == [len(names) == 1] * bool(names)


def test_only_the_newest_of_a_row_is_followed():
    old, new = TABELLEN_LIJST["86210NED"], TABELLEN_LIJST["86211NED"]
    assert pattern(old.titel) == pattern(new.titel) and years(old.titel) < years(new.titel)
    catalogi = {
        old.api: [row(old.id, old.titel), row(new.id, new.titel), row("90000NED", new.titel.replace("2022", "2024"))]
    }
    assert propose_opvolger(old, catalogi, TABELLEN_LIJST) == []
    (voorstel,) = propose_opvolger(new, catalogi, TABELLEN_LIJST)
    assert voorstel.kopie == "blijft" and voorstel.kandidaten[0].wat.startswith("90000NED")


def test_a_copy_for_a_successor_is_an_entry_of_the_list_and_the_old_one_stops(tmp_path):
    lijst = shutil.copytree(TABELLEN, tmp_path / "tabellen")
    tabel = TABELLEN_LIJST["86276NED"]
    next_title = tabel.titel.replace("2025", "2026")
    rows = [row(tabel.id, tabel.titel, "Gediscontinueerd"), row("90000NED", next_title)]
    uitkomst = work_in(propose_opvolger(tabel, {tabel.api: rows}, {}), lijst, alleen_zeker=True)
    write(uitkomst)
    after = read_tabellen(lijst)
    assert (after[tabel.id].opvolger, after[tabel.id].gestopt) == ("90000NED", True)
    assert after["90000NED"].titel == next_title and not after["90000NED"].gestopt
    assert {o.zekerheid for o in after["90000NED"].onderwerpen.values()} == {"V"}
    assert after["90000NED"].dimensies == after[tabel.id].dimensies


@pytest.mark.parametrize("stock", ["empty", "gone"])
def test_a_catalogue_that_did_not_answer_says_nothing_and_is_named(tmp_path, stock):
    tabellen = [TABELLEN_LIJST["85268NED"], TABELLEN_LIJST["50150NED"]]
    with serve(Opname({}, {})) as adressen, Client(sleep=lambda _: None, tries=1) as client:
        nowhere = replace(adressen, v3="http://127.0.0.1:9", v4="http://127.0.0.1:9", derden="http://127.0.0.1:9")
        catalogi, messages = read_catalogi(tabellen, nowhere if stock == "gone" else adressen, client)
    assert catalogi == {}
    assert [t.id in " ".join(messages) for t in tabellen] == [True, True]
    assert ("is leeg" if stock == "empty" else "gaf geen antwoord") in messages[0]
    voorstellen, never = gather(tabellen, Archief(tmp_path, "voorbeeld"), catalogi, {})
    assert voorstellen == [] and "85268NED, 50150NED" in never[0]


# --- the commands ---


@pytest.fixture
def shifted(tmp_path, monkeypatch):
    """An archive that holds a shifted answer of one table, and a copy of the list of sources."""
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path / "opslag"))
    monkeypatch.setenv("MONITOR_UITVOER", str(tmp_path / "uitvoer"))
    gezien = read_gezien()["84780NED"]
    topics = dict(gezien.onderwerpen)
    topics["leerlingen"] = topics["leerlingen"].model_copy(
        update={"titel": "Leerlingen, totaal", "eenheid": "aantallen"}
    )
    geslacht = gezien.dimensies["Geslacht"].model_copy(update={"codes": {"T1": "Totaal"}})
    dimensies = {
        ("Sekse" if n == "Geslacht" else n): geslacht if n == "Geslacht" else d for n, d in gezien.dimensies.items()
    }
    moved = gezien.model_copy(update={"onderwerpen": topics, "dimensies": dimensies})
    with sample_server({gezien.id: moved}, read_regios(), read_leden()) as adressen:
        archief = Archief(tmp_path / "opslag", "voorbeeld")
        uitkomst = fetch_tabel(TABELLEN_LIJST[gezien.id], adressen, archief, rauw.Klok())
    assert uitkomst.resultaat == "geweigerd"
    return shutil.copytree(TABELLEN, tmp_path / "tabellen")


def test_a_proposal_is_a_patch_and_only_what_is_certain_is_applied(shifted):
    text = show_voorstellen("voorbeeld", "84780NED", shifted)
    assert '+    leerlingen: {titel: "Leerlingen, totaal", eenheid: "aantallen"' in text
    assert "+    Sekse:" in text and "T1" in text and text.count("--- a/") == 1
    before = {p.name: p.read_text("utf-8") for p in shifted.iterdir()}
    said = apply_voorstellen("voorbeeld", "84780NED", shifted)
    assert {p.name: p.read_text("utf-8") for p in shifted.iterdir()} == before, "nothing was certain"
    assert "niets veranderd" in said and "dit is aan u: Leerlingen, totaal (aantallen)" in said
