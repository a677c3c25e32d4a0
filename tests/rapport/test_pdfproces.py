"""The PDF from another process is the one from this process, and so is the reason why it can not be made."""

import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from assets.rapport.pdfproces import HOOGSTENS, _batches, teken_apart, zet_apart
from reports.document import Blad, Kop
from reports.fout import DocumentError
from reports.html import figuren, render_blad
from reports.pdf import Drukopdracht, render_alle, render_pdf
from reports.platen import make_platen
from tests.reports.test_pdf import SVG, make_document, make_figuur

pytestmark = pytest.mark.usefixtures("zelf_getekend")


def test_the_other_process_makes_the_same_bytes_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # a folder of that name that is not ours
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "__init__.py").write_text("raise SystemExit(7)")
    monkeypatch.chdir(tmp_path)
    assert render_pdf(make_document(), zetten=zet_apart) == render_pdf(make_document())


def test_more_documents_than_one_process_gets_come_back_whole_and_in_their_order() -> None:
    figuur = make_figuur()
    large = replace(figuur, figuur=replace(figuur.figuur, svg=SVG + "<!-- " + "x" * HOOGSTENS + " -->"))
    documenten = {
        str(n): Drukopdracht(make_document(titel=f"Stuk {n}", bladen=(Blad("index", "Stand", "", blokken),)))
        for n, blokken in enumerate([(), (large,), (figuur,)])
    }
    assert len(_batches([10, HOOGSTENS + 10, 20])) == 2
    assert render_alle(documenten, zet_apart) == render_alle(documenten)


@pytest.mark.parametrize("sizes", [[], [5], [HOOGSTENS + 1] * 3, [HOOGSTENS // 2] * 5, [1, HOOGSTENS, 2, 3]])
def test_every_document_is_in_one_batch_and_no_batch_of_two_is_over_the_limit(sizes: list[int]) -> None:
    batches = _batches(sizes)
    assert sorted(n for batch in batches for n in batch) == list(range(len(sizes)))
    assert all(len(batch) == 1 or sum(sizes[n] for n in batch) <= HOOGSTENS for batch in batches)


def test_a_document_that_can_not_be_set_is_refused_with_its_reason() -> None:
    figuur = make_figuur()
    broken = replace(figuur, figuur=replace(figuur.figuur, svg=SVG.replace("</svg>", "")))
    document = make_document(bladen=(Blad("index", "Stand", "", (broken,)),))
    with pytest.raises(DocumentError, match="kan geen PDF worden") as apart:
        render_pdf(document, zetten=zet_apart)
    with pytest.raises(DocumentError) as here:
        render_pdf(document)
    assert str(apart.value) == str(here.value)


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("echo 'ValueError: boom.' >&2; exit 1", r"stopte met code 1: ValueError: boom\nDaar is .*monitor run"),
        ("kill -9 $$", r"afgebroken door het systeem \(SIGKILL\): het gaf geen melding\n.*geheugen"),
    ],
)
def test_a_process_that_comes_to_grief_is_told_with_the_next_step(
    script: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\ncat > /dev/null\n{script}\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    with pytest.raises(DocumentError, match=text):
        render_pdf(make_document(), zetten=zet_apart)


def test_a_process_that_stops_before_it_has_read_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'ImportError: weg.' >&2; exit 1\n")
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    figuur = make_figuur()
    # more than fits between the two
    large = replace(figuur, figuur=replace(figuur.figuur, svg=SVG + "<!-- " + "x" * 2**20 + " -->"))
    with pytest.raises(DocumentError, match="stopte met code 1: ImportError: weg"):
        render_pdf(make_document(bladen=(Blad("index", "Stand", "", (large,)),)), zetten=zet_apart)


def test_every_figure_is_a_picture_of_its_own_the_same_from_another_process() -> None:
    figuur = make_figuur()
    bladen = (Blad("index", "Stand", "", ()), Blad("thema/wonen", "Wonen", "", (Kop(2, "Prijs", "prijs"), figuur)))
    document = make_document(bladen=bladen, adres="https://voorbeeld.nl/stand/")
    platen = make_platen(document, teken_apart)
    assert list(platen) == [f"figuur/thema-wonen/{b.id}.png" for b in figuren(bladen[1])]
    assert make_platen(document) == platen
    other = replace(figuur, figuur=replace(figuur.figuur, kop="Iets anders"))
    changed = make_document(bladen=(bladen[0], replace(bladen[1], blokken=(other,))))
    assert list(make_platen(changed).values()) != list(platen.values())
    (pad, plaat), *_ = platen.items()
    image = Image.open(io.BytesIO(plaat))
    assert image.format == "PNG" and image.width >= 380 and len(image.convert("RGB").getcolors(1000) or ()) > 2
    text = render_blad(document, bladen[1], platen=platen)
    assert f'href="../{pad}"' in text and "PNG" in text
    # a page without a figure is announced by the first of the others
    for blad in bladen:
        said = render_blad(document, blad, platen=platen)
        assert f'<meta property="og:image" content="https://voorbeeld.nl/stand/{pad}">' in said
        assert "og:image:alt" in said
    assert "og:image" not in render_blad(document, bladen[1])
    assert "og:image" not in render_blad(replace(document, adres=""), bladen[1], platen=platen)
