"""The pages: whole, accessible, self-contained, and honest about what is not known."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree as ET

import pytest

from begrippen.huisstijl import TOKENS
from reports import html
from reports.bladschrijver import Bladschrijver, size_of
from reports.document import Alinea, Blad, Citaat, Document, Figuur, Kop, Melding
from reports.inhoud import Code, Koppeling, Taal, Voorlees
from reports.model import Rapport
from reports.samenstelling import make_document
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from tests.reports.voorbeeldrapport import BREUK, make_indicator, make_rapport, make_thema, punten, with_series

VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(HTMLParser):
    """Elements in order, with a check that tags close in the order in which they opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, int]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs) -> None:
        self.elements.append((tag, dict(attrs), [t for t, _ in self.open]))
        if tag not in VOID:
            self.open.append((tag, len(self.elements) - 1))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.open.pop()
        assert opened == tag, f"</{tag}> sluit <{opened}>"

    def handle_data(self, data: str) -> None:
        if not {"style", "script"} & {t for t, _ in self.open}:
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [a for t, a, _ in self.elements if t == tag]


def render(rapport: Rapport) -> dict[str, str]:
    document = make_document(rapport)
    return {b.id: html.render_blad(document, b) for b in document.bladen}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    secret = with_series(
        make_indicator(id="geheim", naam="Met een geheim", breuken=(BREUK,)), CR08=punten([1, 2, None])
    )
    return render(make_rapport(make_indicator(), secret))


@pytest.fixture(scope="module")
def pages(texts: dict[str, str]) -> dict[str, Page]:
    return {name: Page(text) for name, text in texts.items()}


def test_every_page_has_the_landmarks_that_readers_jump_by(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert page.all("html") == [{"lang": "nl"}], name
        assert [len(page.all(t)) for t in ("h1", "main", "header", "footer", "title")] == [1] * 5, name
        first = next(a for t, a, _ in page.elements if t == "a")
        assert first["href"] == "#inhoud" and page.all("main")[0]["id"] == "inhoud", name
        names = [a.get("aria-label") or a.get("aria-labelledby") for a in page.all("nav")]
        assert len(names) == len(set(names)) >= 2, name


def test_headings_do_not_skip_a_level(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        levels = [int(t[1]) for t, _, _ in page.elements if re.fullmatch("h[1-6]", t)]
        assert levels[0] == 1 and all(b - a <= 1 for a, b in pairwise(levels)), name


def test_ids_are_unique_and_every_link_arrives(pages: dict[str, Page]) -> None:
    ids = {}
    for name, page in pages.items():
        counts = Counter(a["id"] for _, a, _ in page.elements if "id" in a)
        assert [i for i, n in counts.items() if n > 1] == [], name
        ids[name] = set(counts)
    for name, page in pages.items():
        for tag, a, _ in page.elements:
            assert a.get("aria-labelledby") is None or a["aria-labelledby"] in ids[name], (name, tag)
        for a in page.all("a"):
            url, anchor = urldefrag(a["href"] or "")
            if url.startswith("https://") or "download" in a:
                continue
            found = (Path("/rapport") / name).parent / url.removesuffix(".html") if url else Path("/rapport") / name
            target = str(found.resolve().relative_to("/rapport"))
            assert target in ids, (name, a["href"])
            assert not anchor or anchor in ids[target], (name, a["href"])


def test_tables_have_a_caption_and_every_header_a_scope(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert len(page.all("caption")) == len(page.all("table")), name
        assert all(a.get("scope") in ("col", "row", "rowgroup") for a in page.all("th")), name


def test_wide_tables_scroll_in_a_region_that_can_be_reached_and_has_a_name(pages: dict[str, Page]) -> None:
    for page in pages.values():
        regions = [a for a in page.all("div") if a.get("role") == "group"]
        assert len(regions) >= len(page.all("table")) and all(a.get("tabindex") == "0" for a in regions)
        assert all(a.get("aria-labelledby") or a.get("aria-label") for a in regions)


def test_every_figure_says_in_words_what_it_shows(pages: dict[str, Page]) -> None:
    images = [a for page in pages.values() for a in page.all("img")]
    assert len(images) >= 7
    assert all((a["alt"] or "").endswith(".") and len(a["alt"] or "") > 40 for a in images)
    roots = [ET.fromstring(unquote((a["src"] or "").removeprefix("data:image/svg+xml,"))) for a in images]
    assert all(r.tag.endswith("svg") and len(r) for r in roots)
    assert all(r.get("width") == a["width"] for r, a in zip(roots, images, strict=True))


def test_a_page_loads_nothing_and_runs_nothing(pages: dict[str, Page], texts: dict[str, str]) -> None:
    for name, page in pages.items():
        assert page.all("script") == page.all("link") == page.all("iframe") == []
        assert all((a["src"] or "").startswith("data:image/svg+xml,") for a in page.all("img"))
        assert "url(" not in texts[name] and "@import" not in texts[name]
        assert not [k for _, a, _ in page.elements for k in a if k.startswith("on")]


def test_a_sample_says_so_in_the_title_on_the_page_and_on_every_printed_page(texts, pages) -> None:
    for name, text in texts.items():
        assert re.search(r"<title>Voorbeeldcijfers: ", text), name
        assert " ".join(pages[name].text).count("Voorbeeldcijfers: verzonnen <cijfers> & niets dan dat.") == 2
        assert '@page { @top-center { content: "Voorbeeldcijfers: verzonnen \\3c cijfers\\3e  \\26  niets' in text
        assert "Bron: CBS" not in text, "een verzonnen cijfer is niet van CBS"


def test_a_draft_says_so_on_every_page() -> None:
    document = make_document(make_rapport(melding=None), concept=True)
    for blad in document.bladen:
        assert html.render_blad(document, blad).count("Concept: nog niet vastgesteld.") == 3


def test_a_real_report_has_no_notice_and_names_its_source() -> None:
    found = render(make_rapport(soort="cbs", melding=None))
    assert all("oorbeeldcijfers" not in text and 'class="svd-melding"' not in text for text in found.values())
    assert "Bron: CBS, tabel <a" in found["arbeidsmarkt"] and "gewijzigd 17 december 2025" in found["arbeidsmarkt"]


def test_symbols_are_explained_and_spoken(texts: dict[str, str]) -> None:
    text = texts["arbeidsmarkt"]
    assert '<span aria-hidden="true">.</span><span class="svd-voorlezen">geheim</span>' in text
    assert '63,4<span aria-hidden="true">*</span><span class="svd-voorlezen"> voorlopig</span>' in text
    assert "* voorlopig; ** nader voorlopig; ≈ benadering." in text


def test_what_others_wrote_is_shown_as_text_and_never_as_markup() -> None:
    nasty = '<script>alert("x")</script>'
    card = make_indicator(naam=nasty, definitie=nasty, bewerking=nasty, opmerking=nasty, eenheid=nasty)
    card = replace(card, bronnen=(replace(card.bronnen[0], titel=nasty, url="javascript:alert(1)", verouderd=nasty),))
    for text in render(make_rapport(card, titel=nasty, melding="</style>" + nasty)).values():
        assert "<script" not in text and "javascript:" not in text
        assert text.count("</style>") == 1
        Page(text)


def test_without_figures_the_pages_still_stand() -> None:
    empty = make_rapport(
        themas=(make_thema("wonen", "Wonen", "", ()),), niet_beschikbaar=(), bronnen=(), kerncijfers=()
    )
    found = render(empty)
    assert "Alle indicatoren hebben een cijfer voor Drenthe." in " ".join(Page(found["niet-beschikbaar"]).text)


@pytest.mark.usefixtures("zelf_getekend")
def test_the_same_document_is_the_same_files_and_the_data_lie_beside(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        assert html.write_html(make_document(make_rapport()), tmp_path / name) == tmp_path / name / "index.html"
    een, twee = (
        {str(p.relative_to(tmp_path / n)): p.read_bytes() for p in (tmp_path / n).rglob("*.*")} for n in ("een", "twee")
    )
    assert een == twee
    assert {"regio/CR08.html", "data/participatie.csv", "data/regio/CR08.csv"} <= set(een)


def test_kinds_that_the_chapters_use_seldom_are_written_too() -> None:
    blokken = (
        Kop(2, "Van anderen", "anderen"),
        Citaat(("Vind ik ",), "Henk"),
        Melding("rectificatie", (Alinea((Taal("the gap", "en"), Code("bbp"), Voorlees("", "stil"))),)),
        Alinea((Koppeling("de wet", "https://wetten.overheid.nl"),)),
    )
    document = Document("Stand", "", 2026, date(2026, 1, 1), (Blad("index", "Stand", "", blokken),))
    text = html.render_blad(document, document.bladen[0])
    Page(text)
    assert '<span lang="en">the gap</span><code>bbp</code><span class="svd-voorlezen">stil</span>' in text
    assert "svd-bericht--rectificatie" in text and "<blockquote><p>Vind ik </p></blockquote>" in text
    assert '<a href="https://wetten.overheid.nl">de wet</a>' in text


def test_a_figure_without_a_size_is_refused_by_its_heading() -> None:
    with pytest.raises(ValueError, match="Banen"):
        size_of(Figuur("<svg>", "Banen", "Alt."))


def test_colours_of_text_stand_out_from_their_background() -> None:
    token = TOKENS

    def luminance(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for text in ("document", "gedempt", "link", "provincie", "kop", "ongunstig"):
        for ground in ("achtergrond", "vlak", "melding", "gunstig-vlak", "ongunstig-vlak"):
            dark, light = sorted((luminance(token[text]), luminance(token[ground])))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


def test_a_column_of_sentences_keeps_its_width_on_a_narrow_screen() -> None:
    kolommen = (Kolom(("Wat",)), Kolom(("Soort",)), Kolom(("Waarom",)), Kolom(("Aantal",), "eind"))
    rij = Rij(("Banen",), tuple(Cel((t,)) for t in ("kort", "een zin van meer dan dertig tekens lang", "1" * 40)))
    tabel = Tabel("t", "Bijschrift", kolommen, (Rijgroep((rij,)),))
    document = make_document(make_rapport())
    blad = Blad("index", "Stand", "", (tabel,))
    page = Page(html.render_blad(replace(document, bladen=(blad,)), blad))
    assert [c.get("class") for c in page.all("td")] == [None, "svd-lang", "svd-getal"]


def test_on_a_phone_every_cell_finds_the_heading_of_its_column(texts: dict[str, str]) -> None:
    found = 0
    for name, text in texts.items():
        for style in re.findall(r'<table [^>]*style="([^"]*)"', text):
            headings = re.findall(r"--k(\d+):&#34;.*?&#34;", style)
            assert headings == [str(n) for n in range(2, len(headings) + 2)], name
            assert f"td:nth-child({headings[-1]}){{--k:var(--k{headings[-1]})}}" in text, name
            found += 1
    assert found > 5


def test_a_heading_of_a_column_can_not_end_the_style_that_it_stands_in() -> None:
    nasty = '"; background: url(https://elders.nl); --k3: "</style>'
    rijen = Rijgroep((Rij(("r",), (Cel(("1",)),)),))
    blad = Blad("a", "A", "", (Tabel("t", "T", (Kolom(("X",)), Kolom((nasty,))), (rijen,)),))
    style = re.search(r'style="([^"]*)"', Bladschrijver(blad).blokken(blad.blokken))
    assert style
    held = unescape(style[1])
    assert held.startswith('--k2:"') and held.endswith('"') and held.count('"') == 2 and "<" not in held
