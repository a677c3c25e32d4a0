"""The page: whole, accessible, self-contained, and honest about what is not known."""

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest

from reports import pagina
from reports.model import Rapport, Thema
from tests.reports.voorbeeldrapport import BREUK, make_indicator, make_rapport, punten, with_series

VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(HTMLParser):
    """Elements in order, with a check that tags close in the order in which they opened."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, int]] = []
        self.text: list[str] = []
        self.feed(html)
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


def render(rapport: Rapport) -> str:
    return pagina.render_page(rapport, pagina.make_bladen(rapport))


@pytest.fixture(scope="module")
def html() -> str:
    secret = with_series(
        make_indicator(id="geheim", naam="Met een geheim", breuken=(BREUK,)), CR08=punten([1, 2, None])
    )
    return render(make_rapport(make_indicator(), secret))


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return Page(html)


def test_the_page_has_the_landmarks_that_readers_jump_by(page: Page) -> None:
    assert page.all("html") == [{"lang": "nl"}]
    assert [len(page.all(t)) for t in ("h1", "main", "nav", "header", "footer")] == [1, 1, 1, 1, 1]
    first = next(a for t, a, _ in page.elements if t == "a")
    assert first["href"] == "#inhoud" and page.all("main")[0]["id"] == "inhoud"


def test_headings_do_not_skip_a_level(page: Page) -> None:
    levels = [int(t[1]) for t, _, _ in page.elements if re.fullmatch("h[1-6]", t)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_ids_are_unique_and_every_reference_has_its_target(page: Page) -> None:
    ids = Counter(a["id"] for _, a, _ in page.elements if "id" in a)
    assert [i for i, n in ids.items() if n > 1] == []
    for tag, a, _ in page.elements:
        assert a.get("aria-labelledby") is None or a["aria-labelledby"] in ids, tag
        if (a.get("href") or "").startswith("#"):
            assert a["href"][1:] in ids, a["href"]


def test_tables_have_a_caption_and_every_header_a_scope(page: Page) -> None:
    assert len(page.all("caption")) == len(page.all("table")) >= 7
    assert all(a.get("scope") in ("col", "row", "rowgroup") for a in page.all("th"))
    for tag, _, inside in page.elements:
        if tag == "table":
            assert "div" in inside


def test_wide_tables_scroll_in_a_region_that_can_be_reached_and_has_a_name(page: Page) -> None:
    regions = [a for a in page.all("div") if a.get("role") in ("region", "group")]
    assert len(regions) == len(page.all("table")) + 2 and all(a.get("tabindex") == "0" for a in regions)
    assert all(a.get("aria-labelledby") or a.get("aria-label") for a in regions)


def test_every_figure_says_in_words_what_it_shows(page: Page) -> None:
    assert len(page.all("figure")) == len(page.all("img")) == len(page.all("figcaption")) == 7
    assert all((a["alt"] or "").endswith(".") and len(a["alt"] or "") > 40 for a in page.all("img"))


def test_the_page_loads_nothing_and_runs_nothing(page: Page, html: str) -> None:
    assert page.all("script") == page.all("link") == page.all("iframe") == []
    assert all((a["src"] or "").startswith("data:image/svg+xml,") for a in page.all("img"))
    assert "url(" not in html and "@import" not in html
    assert not [k for _, a, _ in page.elements for k in a if k.startswith("on")]
    assert all((a["href"] or "").startswith(("#", "data/", "https://opendata.cbs.nl/")) for a in page.all("a"))


def test_figures_in_the_page_are_whole(page: Page) -> None:
    roots = [ET.fromstring(unquote((a["src"] or "").removeprefix("data:image/svg+xml,"))) for a in page.all("img")]
    assert roots
    assert all(r.tag.endswith("svg") and len(r) for r in roots)


def test_a_sample_says_so_in_the_title_on_the_page_and_on_every_printed_page(html: str, page: Page) -> None:
    text = " ".join(page.text)
    assert re.search(r"<title>Voorbeeldcijfers: ", html)
    assert text.count("Voorbeeldcijfers: verzonnen <cijfers> & niets dan dat.") == 2
    assert '@page { @top-center { content: "Voorbeeldcijfers: verzonnen \\3c cijfers\\3e  \\26  niets' in html
    assert "Bron: CBS" not in text, "een verzonnen cijfer is niet van CBS"


def test_a_real_report_has_no_notice_and_names_its_source() -> None:
    html = render(make_rapport(soort="cbs", melding=None))
    assert "oorbeeldcijfers" not in html and 'svd-melding"' not in html
    assert "Bron: CBS, tabel <a" in html and "gewijzigd 17 december 2025" in html


def test_symbols_are_explained_and_spoken(html: str) -> None:
    assert '<span aria-hidden="true">.</span><span class="svd-voorlezen">geheim</span>' in html
    assert "63,4*" in html
    for teken in (".", "0", "leeg", "n.b.", "*", "**", "≈"):
        assert f"<dt>{teken}</dt>" in html


def test_what_is_not_available_stands_in_one_list_with_its_reason(page: Page) -> None:
    text = " ".join(page.text)
    assert "Indicatoren zonder cijfer voor Drenthe (1)" in text and "Niet in de opname." in text


def test_a_change_over_a_series_break_is_not_given() -> None:
    card = make_indicator(breuken=(replace(BREUK, vanaf=2024),))
    stand = card.standen["PV22"]
    assert pagina.verandering(card, stand, stand.vorige_periode, stand.verandering_jaar) == "reeksbreuk"
    assert pagina.verandering(make_indicator(), stand, stand.vorige_periode, stand.verandering_jaar) == "+0,4\xa0%-punt"
    assert pagina.verandering(card, stand, None, None) == "n.b."
    assert pagina.verandering(card, None, "2023JJ00", 0.4) == "n.b."


def test_a_total_is_given_as_a_share_of_the_netherlands() -> None:
    rapport = make_rapport(make_indicator(aggregatie="som", eenheid="aantal"))
    blad = pagina.make_bladen(rapport)["participatie"]
    assert pagina.verschil_nl(blad, replace(blad.indicator.standen["PV22"], waarde_nl=1000.0)) == "6,3% van NL"
    assert pagina.verschil_nl(blad, None) == "n.b."


def test_what_others_wrote_is_shown_as_text_and_never_as_markup() -> None:
    nasty = '<script>alert("x")</script>'
    card = make_indicator(naam=nasty, definitie=nasty, bewerking=nasty, opmerking=nasty, eenheid=nasty)
    card = replace(card, bronnen=(replace(card.bronnen[0], titel=nasty, url="javascript:alert(1)", verouderd=nasty),))
    html = render(make_rapport(card, titel=nasty, melding="</style>" + nasty))
    assert "<script" not in html and "javascript:" not in html
    assert html.count("</style>") == 1
    Page(html)


def test_without_figures_the_page_still_stands() -> None:
    html = render(
        make_rapport(themas=(Thema("wonen", "Wonen", "", ()),), niet_beschikbaar=(), bronnen=(), kerncijfers=())
    )
    assert "Alle indicatoren hebben een cijfer voor Drenthe." in " ".join(Page(html).text)


def test_csv_keeps_every_value_its_status_and_the_reason_of_every_gap(tmp_path: Path) -> None:
    card = with_series(make_indicator(), PV22=punten([1.25, None, 1234567.123456789]))
    index = pagina.write_page(make_rapport(card), tmp_path)
    assert index == tmp_path / "index.html" and index.is_file()
    content = (tmp_path / "data" / "participatie.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and b"\r" not in content
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert set(rows[0]) == set(pagina.CSV_KOLOMMEN)
    ours = [r for r in rows if r["regiocode"] == "PV22"]
    assert [(r["periode"], r["waarde"], r["leeg_reden"]) for r in ours] == [
        ("2020JJ00", "1,25", ""),
        ("2021JJ00", "", "geheim"),
        ("2022JJ00", "1234567,12345679", ""),
    ]
    assert {r["status"] for r in rows if r["periode"] == "2024JJ00"} == {"voorlopig"}
    assert len(rows) == 3 + 16 * 5


def test_the_same_report_is_the_same_page(tmp_path: Path) -> None:
    for name in ("een", "twee"):
        pagina.write_page(make_rapport(), tmp_path / name)
    een, twee = ({p.name: p.read_bytes() for p in (tmp_path / n).rglob("*.*")} for n in ("een", "twee"))
    assert een == twee and len(een) == 2


def test_colours_of_text_stand_out_from_their_background() -> None:
    css = (Path(pagina.__file__).parent / "stijl.css").read_text(encoding="utf-8")
    token = dict(re.findall(r"--svd-color-([a-z-]+): (#[0-9a-f]{6})", css))

    def luminance(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for text in ("document", "gedempt", "link", "drenthe", "nederland", "kop"):
        for ground in ("achtergrond", "vlak", "melding"):
            dark, light = sorted((luminance(token[text]), luminance(token[ground])))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)
