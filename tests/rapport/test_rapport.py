"""From a built database to a report on disk."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from assets.indicatoren.kaart import read_kaarten
from assets.rapport.schrijven import read_document, write_rapport
from assets.vragen.analyses import read_analyses
from assets.vragen.lezen import VraagError, open_monitor
from assets.vragen.rapport import read_rapport
from begrippen.beleid import KERNCIJFERS
from begrippen.gebied import gekozen
from begrippen.themas import read_themas
from reports import document as doc
from reports.cellen import walk
from reports.hoofdstukken.hoe import query_of_reeks
from reports.html import render_blad
from reports.model import Rapport
from reports.samenstelling import make_document
from tests.rapport.voorbeeldbouw import GEMEENTEN, write_database


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_database(tmp_path_factory.mktemp("bouw") / "monitor.duckdb")


@pytest.fixture(scope="module")
def rapport(database: Path) -> Rapport:
    return read_rapport(database)


def get(rapport: Rapport, indicator: str):
    return next(i for i in rapport.indicatoren if i.id == indicator)


def test_regions_are_those_of_today_under_their_own_names(rapport: Rapport) -> None:
    assert {g.code for g in rapport.gemeenten} == set(GEMEENTEN)
    assert [c.naam for c in rapport.corop] == ["Noord-Drenthe", "Zuidoost-Drenthe", "Zuidwest-Drenthe"]
    assert (rapport.provincie.naam, rapport.nederland.naam) == ("Drenthe", "Nederland")


def test_chapters_come_in_their_fixed_order(rapport: Rapport) -> None:
    order = list(read_themas(gekozen()))
    found = [t.id for t in rapport.themas]
    assert found == sorted(found, key=order.index) and "verdienvermogen" in found
    assert "milieu" not in found, "een thema zonder cijfers krijgt geen hoofdstuk"


def test_a_theme_is_one_line_and_has_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gebied = gekozen().model_copy(update={"map": tmp_path})
    (tmp_path / "themas.yaml").write_text(
        "groepen: [{naam: 'Brede welvaart: ook', deel: brede_welvaart}]\n"
        "themas: [{id: energie, naam: Energie en klimaat, groep: 'Brede welvaart: ook'}, {id: wonen, naam: Huizen}]\n",
        encoding="utf-8",
    )
    (tmp_path / "kaarten" / "energie").mkdir(parents=True)
    (tmp_path / "kaarten" / "energie" / "bevolking.yaml").write_text("thema: energie\n", encoding="utf-8")
    card = read_kaarten(gebied=gebied)["bevolking"]
    database = write_database(tmp_path / "monitor.duckdb")
    with duckdb.connect(str(database)) as db:
        db.execute("UPDATE indicator SET thema = ? WHERE id = ?", [card.thema, card.id])
    monkeypatch.setattr("assets.vragen.rapport.gekozen", lambda: gebied)
    rapport = read_rapport(database)
    assert [t.naam for t in rapport.themas if t.is_welvaart][-1] == "Energie en klimaat"
    assert "Huizen" in {t.naam for t in rapport.themas}
    blad = next(b for b in make_document(rapport).bladen if b.id == "thema/energie")
    assert (blad.naam, blad.groep) == ("Energie en klimaat", "Brede welvaart")
    assert card.naam in repr(blad.blokken)


def test_status_reason_and_approximation_travel_along(rapport: Rapport) -> None:
    bbp = get(rapport, "bbp_per_inwoner")
    last = bbp.reeksen["GM1701"].punten[-1]
    assert (last.waarde, last.leeg_reden, last.status) == (None, "geheim", "voorlopig")
    assert bbp.reeksen["PV22"].punten[-2].status == "nader_voorlopig"
    assert all(p.benadering for p in get(rapport, "afstand_sportterrein").reeksen["PV22"].punten)
    zonder = [p.zonder for p in get(rapport, "afstand_sportterrein").reeksen["PV22"].punten[-2:]]
    assert zonder == [(), ("Westerveld",)]
    assert get(rapport, "afstand_sportterrein").standen["PV22"].punt.zonder == ("Westerveld",)
    assert get(rapport, "netto_arbeidsparticipatie").breuken[0].vanaf == 2021


def test_an_indicator_without_drenthe_stands_in_the_list_and_keeps_its_municipalities(rapport: Rapport) -> None:
    reasons = {n.indicator: n for n in rapport.niet_beschikbaar}
    assert set(reasons) == {"leeg", "alleen_gemeenten"}
    assert reasons["leeg"].uitleg == "Tabel 99999NED is er niet: de bron kent dit niet (404)."
    assert get(rapport, "alleen_gemeenten").has_value("GM0106")
    assert "leeg" not in {i.id for i in rapport.indicatoren}


def test_a_card_that_only_serves_to_check_is_not_in_the_report(database: Path, rapport: Rapport) -> None:
    with duckdb.connect(str(database), read_only=True) as db:
        assert db.execute("SELECT count(*) FROM indicatorwaarde WHERE indicator = 'nagerekend'").fetchone() != (0,)
    assert "nagerekend" not in {i.id for i in rapport.indicatoren}
    assert "nagerekend" not in {n.indicator for n in rapport.niet_beschikbaar}


def test_a_correction_is_accounted_for(rapport: Rapport) -> None:
    (found,) = rapport.correcties
    assert (found.naam, found.onderwerp, found.regio) == ("woz_fout", "Gemiddelde WOZ-waarde", "Assen")
    assert (found.bron_waarde, found.wordt, found.gemeld_aan) == (21.1, 211.0, "CBS")
    assert found.indicatoren == (("woz_waarde", "Gemiddelde WOZ-waarde van woningen"),)


def test_a_source_is_named_with_its_date_and_its_trouble(rapport: Rapport) -> None:
    bron = get(rapport, "bevolking").bronnen[0]
    assert (bron.tabel, f"{bron.gewijzigd}") == ("70072ned", "2026-09-24")
    assert "geweigerd" in bron.verouderd
    assert bron.url == "https://opendata.cbs.nl/statline/#/CBS/nl/dataset/70072ned/table"


def test_the_walk_that_the_page_shows_ends_in_the_source_cell(rapport: Rapport, database: Path) -> None:
    bbp = get(rapport, "bbp_per_inwoner")
    cellen, waarden = walk(bbp, rapport.provincie)
    with duckdb.connect(str(database), read_only=True) as db:
        steps = db.execute(cellen).df()
        values = db.execute(waarden).df()
    cel = bbp.herkomst["PV22"][0]
    assert len(steps) == len(values) == len(bbp.herkomst["PV22"]) == 1
    assert values["waarde"][0] == cel.waarde == bbp.standen["PV22"].punt.waarde
    assert values["momentopname"][0] == cel.momentopname == bbp.bronnen[0].momentopname


def test_every_region_of_the_report_can_be_walked_back(rapport: Rapport) -> None:
    bbp = get(rapport, "bbp_per_inwoner")
    assert bbp.standen["CR08"].tabellen == ("84432NED",)
    assert bbp.herkomst["CR08"][0].waarde == bbp.standen["CR08"].punt.waarde
    assert "GM1701" not in bbp.herkomst, "een geheim cijfer heeft geen weg terug"


def test_the_query_under_a_figure_gives_its_figures(rapport: Rapport, database: Path) -> None:
    with open_monitor(database) as db:
        for blad in make_document(rapport, read_analyses(database, (rapport.provincie, *rapport.corop))).bladen:
            figuren = [k for k in doc.walk(blad.blokken) if isinstance(k, doc.Figuurblok)]
            for vraag in (v for f in figuren for v in doc.walk(f.uitklap) if isinstance(v, doc.Codeblok)):
                assert db.execute(vraag.tekst).fetchall(), (blad.id, vraag.tekst)
        for indicator in rapport.indicatoren:
            regios = [r.regio for r in indicator.reeksen.values()]
            found = {r[:3] for r in db.execute(query_of_reeks(indicator, regios)).fetchall()}
            assert found == {(c, p.periode, p.waarde) for c, r in indicator.reeksen.items() for p in r.punten}


@pytest.mark.parametrize(("soort", "notice"), [("voorbeeld", True), ("cbs", False), ("opname", False)])
def test_only_a_sample_carries_the_notice(tmp_path: Path, soort: str, notice: bool) -> None:
    # every page and what is printed beside it have this from the same document
    document = read_document(write_database(tmp_path / "monitor.duckdb", soort))
    html = render_blad(document, document.bladen[0])
    assert ("ze zeggen niets over Drenthe" in html) == notice
    assert ("<title>Voorbeeldcijfers: " in html) == notice


def test_the_same_database_gives_the_same_files_and_stays_as_it_is(
    database: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    before = database.read_bytes()
    assert write_rapport(database, tmp_path / "een") == tmp_path / "een" / "rapport" / "index.html"
    # the first has what this test run made once, in whichever process; the second makes all of it itself
    request.getfixturevalue("zelf_getekend")
    write_rapport(database, tmp_path / "twee")
    een, twee = (
        {str(p.relative_to(tmp_path / n / "rapport")): p.read_bytes() for p in (tmp_path / n / "rapport").rglob("*.*")}
        for n in ("een", "twee")
    )
    assert een == twee
    assert {"index.html", "regio/CR08.html", "data/bevolking.csv", "data/alleen_gemeenten.csv"} <= set(een)
    assert {"data/stand-van-drenthe-2026.xlsx", "data/stand-van-drenthe-2026.ods", "dcat.jsonld"} <= set(een)
    assert database.read_bytes() == before


def test_progress_is_told_by_chapter(database: Path, tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    write_rapport(database, tmp_path, lambda *step: heard.append(step))
    assert [n for _, n, _ in heard] == list(range(1, len(heard) + 1)) and heard[-1][2] == len(heard)


def test_a_database_without_its_regions_is_refused_with_the_next_step(tmp_path: Path) -> None:
    path = write_database(tmp_path / "monitor.duckdb")
    with duckdb.connect(str(path)) as db:
        db.execute("DELETE FROM kern.regio WHERE code = 'CR08'")
    with pytest.raises(VraagError, match=r"(?s)CR08.*monitor run"):
        read_rapport(path)


def test_a_database_that_does_not_say_how_it_was_built_is_refused(tmp_path: Path) -> None:
    path = write_database(tmp_path / "monitor.duckdb")
    with duckdb.connect(str(path)) as db:
        db.execute("DELETE FROM monitor.bouw")
    with pytest.raises(VraagError, match=r"monitor\.bouw"):
        read_rapport(path)


def test_key_figures_are_cards_that_may_be_absent(rapport: Rapport) -> None:
    assert rapport.kerncijfers == KERNCIJFERS
    assert set(KERNCIJFERS) & {i.id for i in rapport.indicatoren}


def test_boundaries_shape_the_maps_and_are_named(database: Path, shared_data: Path) -> None:
    with_geo, without = (
        {b.id: render_blad(document, b) for b in document.bladen}
        for document in (read_document(database, geo=shared_data / "geo"), read_document(database))
    )
    assert "gemeentegrenzen van 2025 uit <code>gemeente_2025" in with_geo["verantwoording"]
    assert "is elke gemeente een vakje" in without["verantwoording"]
    maps = [sum(page.count('alt="Kaart van ') for page in pages.values()) for pages in (with_geo, without)]
    assert maps[0] == maps[1] > 4


def test_the_judgements_come_along_by_region(rapport: Rapport) -> None:
    oordeel = get(rapport, "werkloosheid").oordelen["PV22"]
    assert (oordeel.trend, oordeel.aantal, oordeel.helling, oordeel.kloof) == ("gunstig", 7, -0.1, "kleiner")
    assert oordeel.waarde == get(rapport, "werkloosheid").standen["PV22"].punt.waarde
    assert get(rapport, "werkloosheid").oordelen["NL01"].trend == "ongunstig"
    assert get(rapport, "bevolking").oordelen == {}
    assert (get(rapport, "werkloosheid").meting, get(rapport, "werkloosheid").opgaven) == ("steekproef", (2,))
    assert get(rapport, "werkloosheid").kaart["meting"] == "steekproef"
    assert rapport.toetsing.toetsen == 10


def test_revisions_are_those_of_the_regions_in_the_report_since_the_previous_publication(rapport: Rapport) -> None:
    found = rapport.herziening
    assert found.vorige == date(2026, 10, 15)
    assert (found.nieuw, found.nieuw_indicatoren) == (1, 1)
    assert [(w.indicator, w.soorten) for w in found.wijzigingen] == [("werkloosheid", {"herzien": 2, "vervallen": 1})]
    first = found.wijzigingen[0]
    assert (first.regio, first.periode, first.oud, first.nieuw) == ("Drenthe", "2023JJ00", 3.5, 3.6)
    assert [(k.indicator, k.soort, k.velden) for k in found.kaarten] == [
        ("werkloosheid", "definitie", ("eenheid",)),
        ("verdwenen", "vervallen", ()),
    ]


def test_a_first_publication_has_nothing_to_compare_with(tmp_path: Path) -> None:
    path = write_database(tmp_path / "monitor.duckdb")
    with duckdb.connect(str(path)) as db:
        db.execute("UPDATE monitor.bouw SET vorige = NULL")
    assert read_rapport(path).herziening is None
    document = read_document(path)
    html = render_blad(document, next(b for b in document.bladen if b.id == "veranderd"))
    assert "Er is geen vorige publicatie om mee te vergelijken." in html
