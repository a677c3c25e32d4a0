"""Sealing an edition, making it again, comparing it; and what must never come into an archive."""

import os
import re
import shutil
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assets.beleid.lezen import read_edities
from assets.bouw.bouwen import build_database
from assets.bouw.invoer.bouwinvoer import Bouwinvoer
from assets.bouw.zegel import find_zegel, unpack_zegel, write_zegel
from assets.bron.gezienlijst import read_gezien
from assets.bron.momentopname import Archief
from assets.bron.voorbeeld.server import VORIGE_EDITIE, sample_server
from assets.keten import Editiekeuze, Plek
from assets.rapport.assets import read_gekozen_editie
from assets.rapport.bevriezen import changed_since, freeze, guard, rebuild
from assets.rapport.editie import Editie, EditieError, Editiemap, read_editie
from assets.rapport.vergelijken import compare_edities, opened_editie, show_vergelijking
from assets.rapport.voorbeeldeditie import JAAR, MOMENT, cards_of, make_voorbeeldeditie, tables_of
from begrippen.regio import known_codes, read_leden, read_regios
from reports.tekst.fout import TekstError

ROOT = Path(__file__).parents[2]
EDITIES = ROOT / "gebied" / "drenthe" / "edities"
LOCK, NU = ROOT / "uv.lock", datetime(2026, 11, 25, tzinfo=UTC)


def plek(opslag: Path) -> Plek:
    return Plek("voorbeeld", opslag, opslag / "uitvoer")


@pytest.fixture(scope="module")
def verzegeld(tmp_path_factory):
    """An `opslag` with the small edition of the sample, sealed."""
    opslag = tmp_path_factory.mktemp("opslag")
    with sample_server(read_gezien(), read_regios(), read_leden(), vintage=VORIGE_EDITIE) as adressen:
        keuze = Editiekeuze(2026, edities=EDITIES, lock=LOCK)
        make_voorbeeldeditie(plek(opslag), keuze, adressen, known_codes(), "0.1.0")
    return opslag


@pytest.fixture(scope="module")
def bouw(verzegeld, tmp_path_factory):
    """The build that was sealed, as a finished build, with an `opslag` that holds its answers."""
    opslag = tmp_path_factory.mktemp("bouw")
    folder = tmp_path_factory.mktemp("uitgepakt")
    unpack_zegel(find_zegel(verzegeld, "voorbeeld", JAAR).pad, folder)
    shutil.copytree(folder / "bronnen", opslag / "momentopnamen" / "voorbeeld")
    return opslag, folder / "gegevens"


@pytest.fixture
def edities(tmp_path):
    shutil.copytree(EDITIES / str(JAAR), tmp_path / "edities" / str(JAAR))
    return tmp_path / "edities"


def test_the_sample_seals_its_previous_edition_with_all_that_belongs_to_it(verzegeld):
    zegel = find_zegel(verzegeld, "voorbeeld", JAAR)
    with zipfile.ZipFile(zegel.pad) as zip_:
        names = zip_.namelist()
    for start in ("gegevens/parquet/monitor.stand", "gegevens/csv/monitor.stand", "bronnen/cbs/85924NED/",
                  "editie/editie.toml",
                  "kaarten/verdienvermogen/bbp.yaml", "bronlijst/tabellen/1_bevolking.yaml",
                  "uv.lock", "rapport/index.html",
                  "rapport/data/stand-van-drenthe-2024.xlsx", "rapport/data/stand-van-drenthe-2024.ods",
                  "rapport/data/alle-cijfers.parquet", "rapport/dcat.jsonld",
                  "stukken/toegangslijst.html", "stukken/vragen-en-antwoorden.html",
                  "stukken/gs-blad.pdf", "stukken/presentatie.pptx", "stukken/statenbrief.docx"):  # fmt: skip
        assert any(n.startswith(start) for n in names), start
    assert [p.name for p in verzegeld.iterdir()] == ["edities"]


def test_an_archive_alone_gives_the_same_bytes(verzegeld, tmp_path):
    gemaakt = rebuild(find_zegel(verzegeld, "voorbeeld", JAAR).pad, tmp_path / "uit", LOCK, "0.1.0")
    assert gemaakt.verschillen == ()
    assert gemaakt.anders == ()
    page = (tmp_path / "uit" / "rapport" / "index.html").read_text(encoding="utf-8")
    assert "verzonnen" in page
    assert "oncept" not in page


def test_an_edition_with_policy_is_made_again_with_the_same_bytes(bouw, tmp_path):
    opslag, _ = bouw
    editie = tmp_path / "edities" / "2026"
    shutil.copytree(EDITIES / "2026", editie, ignore=shutil.ignore_patterns("teksten", "toegang.toml"))
    told = (editie / "editie.toml").read_text(encoding="utf-8")
    # of the small build: without the key figures and composite regions of a whole one
    kept = [part for part in re.split(r"\n(?=\[)", told) if not part.startswith(("[[kern]]", "[regios]"))]
    (editie / "editie.toml").write_text("\n".join(kept), encoding="utf-8")
    kaarten = cards_of(read_editie(EDITIES, JAAR))
    tabellen = tables_of(kaarten)
    archief = Archief(opslag, "voorbeeld")
    gemaakt = build_database(
        Bouwinvoer(
            soort="voorbeeld",
            momentopnamen=tuple(archief.latest(t.bron, t.id) for t in tabellen.values()),
            tabellen=tabellen,
            aanleveringen={},
            kaarten=kaarten,
            editie=2026,
            built_at=MOMENT,
            code_versie="0.1.0",
            beleid=read_edities(EDITIES, 2026),
        ),
        tmp_path / "bouw",
    )
    assert gemaakt
    (tmp_path / "momentopnamen").symlink_to(opslag / "momentopnamen")
    zegel, _ = freeze(tmp_path / "bouw", tmp_path, read_editie(tmp_path / "edities", 2026), lock=LOCK, now=MOMENT)
    herbouw = rebuild(zegel, tmp_path / "uit", LOCK, "0.1.0")
    assert (herbouw.verschillen, herbouw.anders) == ((), ())
    for page in ("opgaven", "geld", "signalen", "uitvoering"):
        assert (tmp_path / "uit" / "rapport" / f"{page}.html").is_file()


def test_a_document_that_comes_out_other_is_named(verzegeld, tmp_path):
    folder = tmp_path / "los"
    manifest = unpack_zegel(find_zegel(verzegeld, "voorbeeld", JAAR).pad, folder)
    (folder / "rapport" / "index.html").write_text("anders", encoding="utf-8")
    (folder / "rapport" / "extra.html").write_text("erbij", encoding="utf-8")
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    write_zegel(tmp_path / "2024-v9.zip", manifest, files)
    (tmp_path / "lock").write_text("anders", encoding="utf-8")
    gemaakt = rebuild(tmp_path / "2024-v9.zip", tmp_path / "uit", tmp_path / "lock", "9.9")
    assert gemaakt.verschillen == ("rapport/extra.html is er niet meer", "rapport/index.html is anders")
    assert len(gemaakt.anders) == 2


def test_the_same_build_sealed_at_the_same_moment_is_the_same_file(verzegeld, bouw, edities, tmp_path):
    opslag, gegevens = bouw
    (tmp_path / "momentopnamen").symlink_to(opslag / "momentopnamen")
    archief, _ = freeze(gegevens, tmp_path, read_editie(edities, JAAR), lock=LOCK, now=MOMENT)
    assert archief.read_bytes() == find_zegel(verzegeld, "voorbeeld", JAAR).pad.read_bytes()


def test_a_frozen_edition_does_not_change_but_by_a_rectification(verzegeld, bouw, edities, tmp_path):
    opslag, gegevens = tmp_path / "opslag", bouw[1]
    shutil.copytree(verzegeld, opslag)
    shutil.copytree(bouw[0] / "momentopnamen", opslag / "momentopnamen")
    zegel = find_zegel(opslag, "voorbeeld", JAAR)
    assert changed_since(zegel, read_editie(edities, JAAR)) == []
    with pytest.raises(EditieError, match=r"(?s)al bevroren \(versie 1.*rectificaties/01\.toml"):
        freeze(gegevens, opslag, read_editie(edities, JAAR), lock=LOCK, now=NU)
    (edities / "2024" / "teksten").mkdir()
    (edities / "2024" / "teksten" / "index.md").write_text("Nieuwe woorden.\n", encoding="utf-8")
    assert changed_since(zegel, read_editie(edities, JAAR)) == ["teksten/index.md"]
    (edities / "2024" / "rectificaties").mkdir()
    (edities / "2024" / "rectificaties" / "01.toml").write_text(
        'datum = 2027-01-20\nbladen = ["verdienvermogen"]\nwat = "Het bbp was te laag."\nwas = "18 miljard"\n'
        'moet = "In {{ jaar(\\"bbp\\") }} was het bbp {{ cijfer(\\"bbp\\") }}."\n',
        encoding="utf-8",
    )
    archief, manifest = freeze(gegevens, opslag, read_editie(edities, JAAR), lock=LOCK, now=NU)
    assert (archief.name, manifest.versie) == ("2024-v2.zip", 2)
    unpack_zegel(archief, tmp_path / "v2", ("rapport/",))
    page, other = (
        (tmp_path / "v2" / "rapport" / f"{b}.html").read_text(encoding="utf-8") for b in ("verdienvermogen", "index")
    )
    assert "Rectificatie, 20 januari 2027 (versie 2)" in page
    assert "18 miljard" in page
    assert "18.973" in page
    assert "Rectificatie, 20 januari" not in other
    assert "Versie 2, met 1 rectificatie" in other
    assert find_zegel(opslag, "voorbeeld", JAAR).versie == 2
    assert zegel.pad.exists()


def test_a_fault_in_a_text_or_a_rectification_stops_the_sealing(bouw, edities):
    opslag, gegevens = bouw
    (edities / "2024" / "teksten").mkdir()
    (edities / "2024" / "teksten" / "index.md").write_text("Het bbp is 19 miljard.\n", encoding="utf-8")
    with pytest.raises(TekstError, match=r"edities/2024/teksten/index\.md, regel 1"):
        freeze(gegevens, opslag, read_editie(edities, JAAR), lock=LOCK, now=NU)
    assert find_zegel(opslag, "voorbeeld", JAAR) is None


def test_the_wrong_year_and_a_build_without_its_answers_are_refused(bouw, edities, tmp_path):
    opslag, gegevens = bouw
    with pytest.raises(EditieError, match="gepubliceerd is editie 2024 en niet 2026"):
        freeze(gegevens, opslag, read_editie(EDITIES, 2026), lock=LOCK, now=NU)
    with pytest.raises(EditieError, match="is er niet meer"):
        freeze(gegevens, tmp_path / "leeg", read_editie(edities, JAAR), lock=LOCK, now=NU)
    with pytest.raises(EditieError, match="geen voltooide bouw"):
        freeze(tmp_path, opslag, read_editie(edities, JAAR), lock=LOCK, now=NU)


def test_a_refresh_of_a_sealed_edition_says_so_and_refuses_a_silent_change(verzegeld, edities):
    keuze = Editiekeuze(JAAR, edities=edities)
    editiemap, tussenstand = read_gekozen_editie(plek(verzegeld), keuze)
    assert editiemap.editie.jaar == JAAR
    assert tussenstand.endswith("dit is niet de vastgestelde editie 2024 (versie 1).")
    assert read_gekozen_editie(plek(verzegeld), replace(keuze, jaar=2030)) == (Editiemap(Editie(jaar=2030)), "")
    (edities / "2024" / "teksten").mkdir()
    (edities / "2024" / "teksten" / "index.md").write_text("Nieuwe woorden.\n", encoding="utf-8")
    with pytest.raises(EditieError, match=r"(?s)sindsdien veranderd: teksten/index\.md.*rectificatie"):
        read_gekozen_editie(plek(verzegeld), keuze)


# --- nothing confidential ---


@pytest.fixture
def geheim(tmp_path):
    path = tmp_path / "vertrouwelijk" / "levering" / "banen.csv"
    path.parent.mkdir(parents=True)
    path.write_text("vestiging;banen\nverzonnen;3\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("how", ["zelf", "koppeling", "harde koppeling", "kopie", "map", "naam"])
def test_nothing_confidential_comes_into_an_archive(tmp_path, geheim, how):
    place = tmp_path / "momentopname" / "waarnemingen.parquet"
    place.parent.mkdir()
    naam = "bronnen/x/waarnemingen.parquet"
    match how:
        case "zelf":
            place = geheim
        case "koppeling":
            place.symlink_to(geheim)
        case "harde koppeling":
            os.link(geheim, place)
        case "kopie":
            shutil.copyfile(geheim, place)
        case "map":
            (tmp_path / "link").symlink_to(geheim.parent)
            place = tmp_path / "link" / geheim.name
        case "naam":
            place.write_text("iets", encoding="utf-8")
            naam = "bronnen/vertrouwelijk/x.parquet"
    with pytest.raises(EditieError, match="mag niet in een verzegelde editie") as error:
        guard({naam: place}, tmp_path)
    assert "verzonnen" not in str(error.value)
    assert "levering" not in str(error.value)


def test_what_is_not_confidential_may_come_in(tmp_path, geheim):
    place = tmp_path / "gewoon.csv"
    place.write_text("iets anders\n", encoding="utf-8")
    (geheim.parent / "leeg").touch()
    (tmp_path / "leeg").touch()
    files = {"gewoon.csv": place, "leeg": tmp_path / "leeg"}
    guard(files, tmp_path)
    # the same files stop it once one holds what is confidential
    place.write_bytes(geheim.read_bytes())
    with pytest.raises(EditieError, match=r"gewoon\.csv mag niet"):
        guard(files, tmp_path)


def test_a_link_to_what_is_confidential_among_the_answers_stops_the_sealing(bouw, edities, tmp_path):
    opslag = tmp_path / "opslag"
    shutil.copytree(bouw[0] / "momentopnamen", opslag / "momentopnamen")
    geheim = opslag / "vertrouwelijk" / "banen.csv"
    geheim.parent.mkdir()
    geheim.write_text("verzonnen", encoding="utf-8")
    place = next((opslag / "momentopnamen").rglob("eigenschappen.json")).parent
    (place / "extra.csv").symlink_to(geheim)
    with pytest.raises(EditieError, match=r"extra\.csv mag niet"):
        freeze(bouw[1], opslag, read_editie(edities, JAAR), lock=LOCK, now=NU)
    assert find_zegel(opslag, "voorbeeld", JAAR) is None


# --- comparing ---


def test_two_editions_are_compared_in_three_parts(verzegeld, tmp_path):
    with (
        opened_editie(verzegeld, "voorbeeld", JAAR, tmp_path) as toen,
        opened_editie(verzegeld, "voorbeeld", JAAR, tmp_path) as nu,
    ):
        vergeleken = compare_edities(toen, nu, "PV22")
    assert {v.indicator for v in vergeleken.verschillen} >= {"bbp", "bevolking"}
    assert all(v.verandering == v.herziening == v.definitie == 0 for v in vergeleken.verschillen)
    assert "18.973 mln euro in 2022" in show_vergelijking(vergeleken).replace("\N{NO-BREAK SPACE}", " ")


def test_an_edition_that_is_not_there_is_named(verzegeld, tmp_path):
    with (
        pytest.raises(EditieError, match="editie 2022 is niet verzegeld en niet gepubliceerd"),
        opened_editie(verzegeld, "voorbeeld", 2022, tmp_path),
    ):
        pass
