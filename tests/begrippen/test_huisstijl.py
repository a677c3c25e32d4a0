"""A colour stands in the house style, and nowhere else."""

import re

from begrippen import huisstijl
from tests.conftest import ROOT

COLOUR = re.compile(r"""#[0-9a-fA-F]{6}\b|(?<![&\w])#[0-9a-fA-F]{3}\b(?=["';) ])|["'][0-9A-F]{6}["']""")


def test_no_colour_stands_outside_the_house_style():
    found = {
        f"{p.relative_to(ROOT)}: {m[0]}"
        for room in ("reports", "assets", "pipelines", "begrippen", "gebied")
        for p in (ROOT / room).rglob("*")
        if p.suffix in (".py", ".css", ".typ", ".j2") and p.name != "huisstijl.py"
        for m in COLOUR.finditer(p.read_text(encoding="utf-8"))
    }
    # branches of industry of CBS have six digits
    assert {f for f in found if not re.search(r"""["']\d{6}["']$""", f)} == set()


def test_each_colour_is_written_as_its_reader_wants_it():
    assert huisstijl.css().splitlines()[1] == "  --svd-color-document: #1b2733;"
    assert huisstijl.office(huisstijl.BLAUW) == "0B5394"


def test_every_token_that_the_style_sheet_asks_for_is_there_and_none_is_spare():
    css = (ROOT / "reports" / "stijl.css").read_text(encoding="utf-8")
    assert set(re.findall(r"var\(--svd-color-([a-z-]+)\)", css)) == set(huisstijl.TOKENS)


def test_every_colour_that_the_template_of_the_pdf_asks_for_is_there_and_none_is_spare():
    template = "".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "reports" / "sjablonen").glob("*.typ")))
    assert set(re.findall(r"rgb\(kleur\.([a-z_]+)\)", template)) == set(huisstijl.PAPIER)
