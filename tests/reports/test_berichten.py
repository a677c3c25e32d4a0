"""What who follows the monitor is told: the feed and the page of releases are one list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from markupsafe import escape

from reports.analyse import Analyses, Editieverschil
from reports.berichten import make_berichten
from reports.document import Document, Lijst
from reports.downloads.catalogus import ATOM
from reports.getallen import format_datum
from reports.herziening import Herziening, Rectificatie, Wijziging
from reports.hoofdstukken.naslag import make_veranderd
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.uitgaven import make_uitgaven
from reports.html import render_blad
from reports.inhoud import plain
from reports.model import Rapport
from reports.samenstelling import make_document
from reports.tabel import Tabel
from tests.reports.voorbeeldrapport import BRON, make_indicator, make_rapport, seen

INDICATOR = make_indicator()
WIJZIGINGEN = tuple(
    Wijziging(f"i{n}", f"Cijfer {n}", "%", 1, {"herzien": n + 1}, "Assen", "2023JJ00", 10.0, 10.0 + n) for n in range(8)
)


def verschil(n: int, verandering: float | None, herziening: float | None, definitie: float | None) -> Editieverschil:
    delen = (verandering, herziening, definitie)
    nu = 10.0 + sum(d or 0 for d in delen)
    return Editieverschil(f"i{n}", f"Cijfer {n}", "euro", 1, "2021JJ00", "2023JJ00", 10.0, nu, *delen)


VERSCHILLEN = (
    *(verschil(n, n / 10, -n / 5, 0.0) for n in range(7)),
    # the greatest of all, and of a definition only
    verschil(8, None, None, 5.0),
    # nothing is left of it after rounding
    verschil(9, 0.04, None, 0.0),
)


@pytest.fixture
def rapport() -> Rapport:
    """A second version, with a rectification, a previous publication and more sources than one."""
    return replace(
        make_rapport(INDICATOR),
        herziening=Herziening(date(2026, 1, 2), 4000, 3, WIJZIGINGEN),
        versie=2,
        rectificaties=(Rectificatie(2, date(2027, 1, 20), "4,2%", ("verantwoording",)),),
        bronnen=(BRON, replace(BRON, bron="aanlevering", tabel="brede_x", titel="Een bestand", momentopname="m2")),
        adres="https://cijfers.example/",
    )


def make(rapport: Rapport, verschillen: tuple[Editieverschil, ...] = VERSCHILLEN) -> Document:
    return make_document(rapport, Analyses(editieverschillen=verschillen))


def read_feed(document: Document) -> list[dict[str, str]]:
    feed = ET.fromstring(document.bestanden["feed.atom"])
    return [
        {child.tag.removeprefix(f"{{{ATOM}}}"): child.text or child.get("href", "") for child in entry}
        for entry in feed.findall(f"{{{ATOM}}}entry")
    ]


def test_the_page_says_each_thing_that_the_feed_says_in_the_same_words_and_nothing_more(rapport: Rapport) -> None:
    document = make(rapport)
    (blad,) = [b for b in document.bladen if b.id == "uitgaven"]
    feed = read_feed(document)
    koppen = [b.tekst for b in blad.blokken if hasattr(b, "tekst")]
    lijsten = [b for b in blad.blokken if isinstance(b, Lijst)]
    (tabel,) = [b for b in blad.blokken if isinstance(b, Tabel)]
    said = [(kop, " ".join(plain(i) for i in x.items)) for kop, x in zip(koppen[:-1], lijsten, strict=True)]
    said += [(plain(r.kop), plain(r.cellen[1].inhoud)) for r in tabel.rijen]
    html = render_blad(document, blad)
    # a page says by itself that it is of a sample; what a reader of feeds shows stands alone
    assert rapport.melding and feed[0]["summary"].startswith(rapport.melding) and str(escape(rapport.melding)) in html
    feed[0]["summary"] = feed[0]["summary"].removeprefix(f"{rapport.melding} ")
    assert said == [(e["title"], e["summary"]) for e in feed] and len(said) == 5
    for entry in feed:
        assert format_datum(date.fromisoformat(entry["updated"][:10])) in html
        assert f'href="{entry["link"].removeprefix(rapport.adres)}"' in html


def test_each_thing_that_is_told_leads_to_a_place_that_is_there(rapport: Rapport) -> None:
    document = make(rapport)
    pages = {f"{b.id}.html": render_blad(document, b) for b in document.bladen}
    for entry in read_feed(document):
        page, _, anchor = entry["link"].removeprefix(rapport.adres).partition("#")
        assert not anchor or f'id="{anchor}"' in pages[page]
    assert 'href="uitgaven.html"' in pages["downloads.html"]


def test_a_release_tells_what_moved_most(rapport: Rapport) -> None:
    eerste, *_ = make_berichten(rapport, concept=False)
    text = " ".join(eerste.zinnen)
    assert "rectificatie" in eerste.titel
    assert "4.000 nieuwe cijfers in 3 indicatoren" in text and "Cijfer 7: 8 herzien" in text
    assert text.index("Cijfer 7") < text.index("Cijfer 6") and "Cijfer 1" not in text
    # a list that is cut says so
    assert text.endswith("Ook 3 andere indicatoren hebben andere cijfers.")


def test_what_differs_from_the_previous_edition_is_told_by_what_it_is_made_of(rapport: Rapport) -> None:
    (edities,) = [b for b in make_berichten(rapport, VERSCHILLEN, concept=False) if b.soort == "edities"]
    echt, herzien, definitie = (zin.replace("\u00a0", " ") for zin in edities.zinnen)
    assert (
        echt.startswith("Veranderd in de jaren sinds de vorige editie")
        and "Cijfer 6 +0,6 euro (van 2021 tot 2023)" in echt
    )
    assert echt.index("Cijfer 6") < echt.index("Cijfer 5") and "Cijfer 1" not in echt and "Cijfer 9" not in echt
    assert herzien.startswith("Herzien") and "Cijfer 6 −1,2 euro (het cijfer van 2021)" in herzien
    assert definitie.startswith("Anders") and "Cijfer 8" in definitie and "Cijfer 6" not in definitie
    geen = make_berichten(rapport, (verschil(9, 0.04, None, 0.0),), concept=False)
    assert "edities" not in {b.soort for b in geen}


def test_without_anything_before_it_a_release_says_so_and_no_two_have_one_name() -> None:
    berichten = make_berichten(make_rapport(INDICATOR), concept=True)
    assert "geen eerdere publicatie" in berichten[0].zinnen[-1] and "concept" in berichten[0].titel
    assert len({b.naam for b in berichten}) == len(berichten) > 1
    # and promises nothing: not what shifted most, and no way to where it would stand
    text = seen(make_uitgaven(berichten).blokken)
    assert "verschoof" not in text and "Naast de vorige publicatie" not in text
    desk = Schrijftafel(make_rapport(INDICATOR), Analyses())
    assert seen(make_veranderd(desk).blokken).startswith("Deze cijfers zijn niet eerder gepubliceerd.")


def test_what_shifted_is_announced_where_it_stands(rapport: Rapport) -> None:
    text = seen(make_uitgaven(make_berichten(rapport, concept=False)).blokken)
    assert "Wat het meest verschoof, staat voorop" in text and "Naast de vorige publicatie" in text


def test_a_delivered_file_is_called_by_its_title(rapport: Rapport) -> None:
    titles = [b.titel for b in make_berichten(rapport, concept=False) if b.soort == "bron"]
    assert titles[1] == "Bron opgehaald: aanlevering ‘Een bestand’"


@pytest.mark.usefixtures("zelf_getekend")
def test_the_same_is_written_the_same(rapport: Rapport) -> None:
    assert make(rapport).bestanden["feed.atom"] == make(rapport).bestanden["feed.atom"]
