"""Another province: no document names Drenthe, and sentences stay right for one area, many, or a name for two."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import pikepdf
import pyarrow.parquet as pq
import pytest

from assets.tabel import SQL
from reports.analyse import BANEN, PENDEL, PROGNOSE, Analyses
from reports.document import Document, walk
from reports.gedrukt.alle import make_stukken, make_uitgegeven
from reports.gedrukt.drukwerk import Drukwerk
from reports.hoofdstukken.boodschappen import make_boodschappen
from reports.hoofdstukken.economie import eigen_berekening
from reports.hoofdstukken.samenvatting import make_wiel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.html import render_blad
from reports.model import Rapport, Reeks, Regio
from reports.oordeelzinnen import oordeel_zin
from reports.pdf import Drukopdracht, render_alle
from reports.samenstelling import make_document
from reports.standzinnen import stand_zin
from reports.stukken.briefsjabloon import read_statenbrief, vaste_woorden
from reports.stukken.kerncijfers import make_gebiedentabel, make_kerntabel, verschillen_zin
from reports.stukken.presentatie import make_presentatie
from reports.stukken.statenbrief import Vulling, write_statenbrief
from reports.tekst.cijfers import Cijfers
from reports.tekst.verwijzingen import cijfer
from reports.totaal import is_totaal
from tests.reports.andergebied import make_gebied, move
from tests.reports.test_presentatie import MOMENT, make_tafel
from tests.reports.test_statenbrief import SJABLOON
from tests.reports.voorbeeldrapport import OORDEEL, make_indicator, make_thema, punten, seen

ELDERS = ("drenthe", "drents", "pv22", "cr07", "cr08", "cr09", "economische koers", "regio deal", "twaalf gemeenten")
ZEELAND = make_gebied()
COROP = (Regio("CR31", "Zeeuwsch-Vlaanderen", "corop"), Regio("CR32", "Overig Zeeland", "corop"))


def plaatsen(aantal: int) -> tuple[Regio, ...]:
    return tuple(Regio(f"GM9{n:03}", f"Plaats {n}", "gemeente") for n in range(aantal))


def make(gebied=ZEELAND, corop=COROP, aantal=13, **anders) -> tuple[Rapport, Analyses]:
    tafel = make_tafel()
    extra = tuple(
        make_thema(
            id_, id_.title(), "Economie", (make_indicator(thema=id_, id=f"i_{id_}", oordelen={"PV22": OORDEEL}),)
        )
        for id_ in ("werkgelegenheid", "verdienvermogen", "demografie")
    )
    rapport = replace(tafel.rapport, themas=(*tafel.rapport.themas, *extra))
    gemeenten = anders.pop("gemeenten", ()) or plaatsen(aantal)
    return move(rapport, tafel.analyses, gebied, corop, gemeenten, **anders)


@pytest.fixture(scope="module")
def zeeland() -> tuple[Rapport, Analyses]:
    return make()


@pytest.fixture(scope="module")
def document(zeeland) -> Document:
    return make_document(*zeeland)


def lines(naam: str, content: bytes) -> Iterator[tuple[str, str]]:
    """All text of a file, each part by its name: of a file that holds others, of each of those."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            for member in opened.namelist():
                yield from lines(f"{naam}/{member}", opened.read(member))
    elif content.startswith(b"PAR1"):
        table = pq.read_table(io.BytesIO(content))
        yield naam, f"{table.schema.metadata} {table.to_pydict()}"
    elif content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            said = [str(v) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) for v in o.values()
                    if isinstance(v, pikepdf.String)]  # fmt: skip
            assert any("Zeeland" in s for s in said), "geen tekst gevonden in de PDF"
            yield naam, "\n".join(said)
    elif content[:4] != b"\x89PNG":
        yield naam, content.decode("utf-8")


def stukken(rapport: Rapport, analyses: Analyses) -> Iterator[tuple[str, bytes]]:
    """The pack for GS and PS."""
    tafel = Schrijftafel(rapport, analyses)
    wiel, boodschappen = make_wiel(tafel), make_boodschappen(tafel)
    yield "presentatie.pptx", make_presentatie(tafel, wiel, boodschappen, (), MOMENT)
    woorden = {
        "naam": rapport.gebied.naam, "koers": rapport.beleid.koers, "uitgever": rapport.gebied.uitgever,
        "titel": rapport.titel, "verschillen": verschillen_zin(Schrijftafel(rapport, Analyses())),
    }  # fmt: skip
    regios = {rapport.provincie.code: rapport.provincie}
    cijfers = Cijfers(rapport.editie, rapport.provincie.code, {}, regios, vast=vaste_woorden(woorden))
    tabellen = {"kerncijfers": make_kerntabel(tafel), "gebieden": make_gebiedentabel(tafel), "bronnen": None}
    brief = read_statenbrief("brief.docx", SJABLOON.read_bytes(), cijfers)
    yield (
        "brief.docx",
        write_statenbrief(brief, Vulling(boodschappen, tabellen, (), "Brief", rapport.gebied.uitgever), MOMENT),
    )


def gedrukt(rapport: Rapport, analyses: Analyses, document: Document) -> dict[str, Drukopdracht]:
    """All that is printed."""
    druk = Drukwerk(Schrijftafel(rapport, analyses), document)
    return make_uitgegeven(druk) | make_stukken(druk)


def test_no_document_of_another_province_names_drenthe(zeeland, document):
    files = {f"{b.id}.html": render_blad(document, b).encode() for b in document.bladen}
    files |= document.bestanden | render_alle(gedrukt(*zeeland, document)) | dict(stukken(*zeeland))
    kinds = {naam.rpartition(".")[2] for naam in files}
    assert kinds >= {"html", "csv", "parquet", "xlsx", "ods", "jsonld", "pdf", "pptx", "docx"}
    found = [
        f"{where}: …{text[max(0, at - 60) : at + 40]}…"
        for naam, content in files.items()
        for where, text in lines(naam, content)
        for word in ELDERS
        if (at := text.lower().find(word)) >= 0
    ]
    assert not found, "\n".join(found[:20])


def test_a_province_counts_its_own_areas_and_has_no_page_for_a_policy_that_it_has_not(document):
    text = seen(document.blad("verschillen").blokken)
    assert "Hoe verschillen de dertien gemeenten en de twee COROP-gebieden?" in text
    assert {"opgaven", "regiodeal"}.isdisjoint(b.id for b in document.bladen)
    assert "data/stand-van-zeeland-2026.xlsx" in document.bestanden
    assert document.uitgever == "Provincie Zeeland"


UTRECHT = make_gebied(
    id="utrecht", naam="Utrecht", bijvoeglijk="Utrechtse", code="PV26", corop=("CR17",),
    titel="Stand van de Utrechtse economie", uitgever="Provincie Utrecht", website="https://www.provincie-utrecht.nl",
)  # fmt: skip


def test_one_area_that_is_the_province_and_a_municipality_of_its_name_stay_apart():
    assert UTRECHT.delen == ()
    stad = Regio("GM0344", "Utrecht (gemeente)", "gemeente", "de gemeente Utrecht")
    provincie = Regio("PV26", "Utrecht", "provincie", "de provincie Utrecht")
    rapport, analyses = make(UTRECHT, (), gemeenten=(stad, *plaatsen(25)), provincie=provincie)
    document = make_document(rapport, analyses)
    text = "\n".join(seen(b.blokken) for b in document.bladen)
    assert "Gaat het met de provincie Utrecht de gewenste kant op" in text
    assert "Hoe verschillen de 26 gemeenten?" in text and "de nul" not in text and "COROP" not in text
    assert b"COROP" not in document.bestanden["dcat.jsonld"]
    assert document.blad("regio/GM0344").titel == "Utrecht (gemeente)"
    assert len({b.titel for b in document.bladen}) == len(document.bladen)
    assert "van de provincie Utrecht " in oordeel_zin(rapport.indicatoren[0], provincie, rapport.beweringen)
    assert stand_zin(rapport.indicatoren[0], stad, rapport)
    assert (
        verschillen_zin(Schrijftafel(rapport, analyses)) == ""
        and make_gebiedentabel(Schrijftafel(rapport, analyses)) is None
    )
    cijfers = Cijfers(
        2026, "PV26", {i.id: i for i in rapport.indicatoren}, {r.code: r for r in (rapport.provincie, stad)}
    )
    for naam, code in (("Utrecht", "PV26"), ("de gemeente Utrecht", "GM0344"), (None, "PV26")):
        assert cijfer(cijfers, "netto_arbeidsparticipatie", naam).regio.code == code
    assert dict(stukken(rapport, analyses))["presentatie.pptx"]


def test_the_publisher_of_an_analysis_is_that_of_its_table():
    rapport, analyses = make()
    for uitgever in ("LISA", "CBS"):
        bron = replace(rapport.bronnen[0], bron="cbs", tabel=BANEN, uitgever=uitgever)
        tafel = Schrijftafel(replace(rapport, soort="cbs", bronnen=(bron,)), analyses)
        assert eigen_berekening(tafel, BANEN, "banen") == (f"Bron: {uitgever}, banen; eigen berekening.",)
        assert eigen_berekening(tafel, PENDEL, "banen") == ("Bron: banen; eigen berekening.",)


@pytest.mark.parametrize(
    ("tabel", "file"),
    [
        (BANEN, "reken/baancel"),
        (PENDEL, "monitor/pendel"),
        (PENDEL, "monitor/woon_werkbalans"),
        (PROGNOSE, "monitor/prognose"),
    ],
)
def test_an_analysis_names_the_table_that_its_query_takes(tabel, file):
    assert f"w.tabel = '{tabel}'" in (SQL / f"{file}.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize(("eenheid", "geheel"), [("mln euro", True), ("aantal", True), ("euro per uur", False)])
def test_a_total_is_one_in_a_province_that_is_a_fifth_of_the_country(eenheid, geheel):
    provincie, land = Regio("PV28", "Zuid-Holland", "provincie"), Regio("NL01", "Nederland", "land")
    reeksen = {r.code: Reeks(r, punten([w])) for r, w in ((provincie, 20.0), (land, 94.0))}
    indicator = make_indicator(aggregatie="niet", eenheid=eenheid, reeksen=reeksen)
    assert is_totaal(indicator, provincie, land) is geheel


@pytest.mark.parametrize("aantal", [4, 60])
def test_few_and_many_municipalities_have_all_their_pages_and_documents(aantal):
    rapport, analyses = make(aantal=aantal)
    document = make_document(rapport, analyses)
    assert sum(b.id.startswith("regio/GM") for b in document.bladen) == aantal
    assert all(list(walk(b.blokken)) for b in document.bladen)
    printed = gedrukt(rapport, analyses, document)
    assert sum(naam.startswith("gebied/GM") for naam in printed) == aantal
    some = ("hoofdrapport.pdf", "gs-blad.pdf", next(naam for naam in printed if naam.startswith("gebied/GM")))
    assert all(render_alle({naam: printed[naam] for naam in some}).values())
