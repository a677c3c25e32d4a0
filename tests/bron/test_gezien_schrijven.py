"""What an answer shows becomes an entry of the list of what was seen, and the other entries stay as they are."""

from __future__ import annotations

import json
import shutil

import pytest

from assets.bron import poort
from assets.bron.bewaard import read_structuur
from assets.bron.bronlijst import TABELLEN, read_tabellen
from assets.bron.fetch import Adressen, fetch_tabel, open_bron
from assets.bron.gezienbestand import put_entry
from assets.bron.gezienfeiten import make_gezien
from assets.bron.gezienlijst import GEZIEN, GezieneTabel, Vindplek, read_gezien
from assets.bron.http import Client
from assets.bron.momentopname import Archief
from assets.bron.opnemen import VERSLAG
from assets.bron.voorbeeld.indeling import Gebieden
from assets.bron.voorbeeld.kubus import Tabelmaker
from assets.bron.voorbeeld.profielen import read_profielen
from assets.bron.voorbeeld.server import sample_server
from begrippen.fout import MonitorError
from begrippen.regio import read_leden, read_regios
from begrippen.yamlbestand import parse_yaml
from pipelines.gezien import write_gezien
from tests.bron import rauw

PLEK = Vindplek(hoe="metadata", waar="https://opendata.cbs.nl", datum="2026-12-01", zekerheid="zeker")
BESTANDEN = sorted(p.name for p in GEZIEN.glob("*.yaml"))


def read(text: str) -> dict[str, GezieneTabel]:
    return {t.id: t for t in parse_yaml(text, tuple[GezieneTabel, ...], "tekst")}


@pytest.mark.parametrize("naam", BESTANDEN)
def test_an_entry_that_is_written_anew_is_the_same_and_so_are_its_neighbours(naam):
    text = (GEZIEN / naam).read_text(encoding="utf-8")
    before, whole = read(text), text
    for tabel in before.values():
        assert read(put_entry(text, tabel)) == before, tabel.id
        whole = put_entry(whole, tabel)
    assert read(whole) == before and list(read(whole)) == list(before)


def test_an_entry_that_is_not_there_comes_last():
    text = (GEZIEN / BESTANDEN[0]).read_text(encoding="utf-8")
    new = next(iter(read(text).values())).model_copy(update={"id": "90000NED"})
    assert list(read(put_entry(text, new)))[-1] == "90000NED"
    assert read(put_entry("", new)) == {"90000NED": new}


def test_what_the_sample_serves_is_read_back_as_it_was_seen():
    """Kinds of region and period, titles, paths, units and keys, of every table of the list."""
    lijst, gezien, today = read_tabellen(), read_gezien(), read_regios()
    today = today.loc[today["geldig_tot"].isna() & (today["soort"] != "overig"), "code"]
    profielen = read_profielen()
    gebieden = Gebieden(read_regios(), read_leden(), profielen)
    wrong = []
    with sample_server(gezien, read_regios(), read_leden()) as adressen, Client() as client:
        for tabel in lijst.values():
            old = gezien[tabel.id]
            bron = open_bron(tabel, adressen, client)
            info, _ = bron.read_info(tabel.id)
            new = make_gezien(tabel, bron.read_structuur(tabel.id, None), info, old, plek=PLEK, regios=today)
            assert new.weg == () and new.tabel.gezien == (PLEK,), tabel.id
            for naam, onderwerp in old.onderwerpen.items():
                found = new.tabel.onderwerpen[naam]
                same = ("titel", "pad", "eenheid", "decimalen")
                if any(getattr(found, f) != getattr(onderwerp, f) for f in same):
                    wrong.append((tabel.id, naam, found, onderwerp))
            for naam, dimensie in old.dimensies.items():
                here = new.tabel.dimensies[naam]
                if here.soort == "uitsplitsing" and here.codes != dimensie.codes:
                    wrong.append((tabel.id, naam, here, dimensie))
            sample = [Tabelmaker(t, gebieden, profielen) for t in (old, new.tabel)]
            if len({tuple(t.code for t in made.tijden) for made in sample}) > 1:
                wrong.append((tabel.id, "perioden", new.tabel.dimensies, old.dimensies))
            if sample[0].regiocodes != sample[1].regiocodes:
                wrong.append((tabel.id, "regio's", new.tabel.dimensies, old.dimensies))
    assert wrong == []


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    """A stored answer of a recording in which a table differs from what was seen, and copies of both lists."""
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path / "opslag"))
    monkeypatch.setenv("MONITOR_UITVOER", str(tmp_path / "uitvoer"))
    old = read_gezien()["83524NED"]
    topics = {n: o for n, o in old.onderwerpen.items() if n != "niet_beroepsbevolking"}
    topics["beroepsbevolking"] = topics["beroepsbevolking"].model_copy(update={"pad": ("Arbeid", "Beroepsbevolking")})
    person = old.dimensies["Persoonskenmerken"].model_copy(update={"codes": {"T1": "Totaal personen"}})
    shown = old.model_copy(
        update={"onderwerpen": topics, "dimensies": dict(old.dimensies) | {"Persoonskenmerken": person}}
    )
    with sample_server({shown.id: shown}, read_regios(), read_leden()) as adressen:
        uitkomst = fetch_tabel(read_tabellen()[shown.id], adressen, Archief(tmp_path / "opslag", "opname"), rauw.Klok())
    assert uitkomst.resultaat == "nieuw", uitkomst.reden
    opname = tmp_path / "opname"
    opname.mkdir()
    folders = [shutil.copytree(f, tmp_path / f.name) for f in (GEZIEN, TABELLEN)]
    text = (folders[1] / "2_arbeid.yaml").read_text(encoding="utf-8")
    place = text.index("werkloosheidspercentage:")
    text = text[:place] + text[place:].replace("zekerheid: K", "zekerheid: V", 1)
    (folders[1] / "2_arbeid.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("pipelines.gezien.choose_tabellen", lambda t: [read_tabellen(folders[1])[t]])
    return opname, *folders


def write_verslag(opname):
    verslag = {"moment": "2026-12-01T09:00:00+00:00", "adressen": vars(Adressen())}
    (opname / VERSLAG).write_text(json.dumps(verslag), encoding="utf-8")


def test_a_part_of_a_table_leaves_what_was_seen_of_the_rest(recorded):
    """A recording that does not say how it was made may be a slice."""
    opname, gezien, lijst = recorded
    before = read_gezien()["83524NED"]
    said = write_gezien(f"opname:{opname}", "83524NED", "2026-12-01", gezien, lijst)
    read_gezien.cache_clear()
    new = read_gezien(gezien)["83524NED"]
    assert "niet bij de bron" not in said and list(new.onderwerpen) == list(before.onderwerpen)
    gone = new.onderwerpen["niet_beroepsbevolking"]
    assert gone == before.onderwerpen["niet_beroepsbevolking"].model_copy(update={"gezien": before.gezien})
    assert new.dimensies["RegioS"] == before.dimensies["RegioS"] and new.gezien[0].datum == "2026-12-01"


def test_what_a_recording_shows_is_written_with_its_place_and_day(recorded):
    opname, gezien, lijst = recorded
    with pytest.raises(MonitorError, match="van welke dag"):
        write_gezien(f"opname:{opname}", "83524NED", None, gezien, lijst)
    write_verslag(opname)
    said = write_gezien(f"opname:{opname}", "83524NED", None, gezien, lijst)
    assert "83524NED: gezien op 2026-12-01, staat in 2_arbeid.yaml" in said
    assert "nu bevestigd (K): werkloosheidspercentage" in said and "niet bij de bron: niet_beroepsbevolking" in said
    read_gezien.cache_clear()
    after = read_gezien(gezien)
    new, before = after["83524NED"], read_gezien()["83524NED"]
    assert [(v.hoe, v.datum, v.waar) for v in new.gezien] == [
        ("metadata", "2026-12-01", "https://opendata.cbs.nl/ODataFeed/odata/83524NED")
    ]
    assert new.dimensies["Persoonskenmerken"].codes == {"T1": "Totaal personen"}
    assert new.dimensies["RegioS"].regios == before.dimensies["RegioS"].regios
    assert new.onderwerpen["beroepsbevolking"].pad == ("Arbeid", "Beroepsbevolking")
    assert set(new.onderwerpen) == set(before.onderwerpen) - {"niet_beroepsbevolking"}
    assert {t: e for t, e in after.items() if t != "83524NED"} == {
        t: e for t, e in read_gezien().items() if t != "83524NED"
    }
    read_tabellen.cache_clear()
    assert read_tabellen(lijst)["83524NED"].onderwerpen["werkloosheidspercentage"].zekerheid == "K"


def test_the_sample_then_has_that_shape(recorded, tmp_path):
    """The flow is whole: what was recorded, is served; and what we ask is found in it."""
    opname, gezien, lijst = recorded
    write_verslag(opname)
    write_gezien(f"opname:{opname}", "83524NED", None, gezien, lijst)
    read_gezien.cache_clear()
    tabel = read_tabellen()["83524NED"]
    with sample_server(read_gezien(gezien), read_regios(), read_leden()) as adressen, Client() as client:
        archief = Archief(tmp_path / "voorbeeld", "voorbeeld")
        uitkomst = fetch_tabel(tabel, adressen, archief, rauw.Klok(), client=client)
        structuur = read_structuur(open_bron(tabel, adressen, client), tabel, uitkomst.momentopname)
    keuze, bevinding = poort.choose(tabel, structuur)
    assert bevinding == poort.Bevinding()
    assert keuze.onderwerpen["beroepsbevolking"].pad == ("Arbeid", "Beroepsbevolking")


def test_the_sample_itself_shows_nothing(monkeypatch, tmp_path):
    monkeypatch.setenv("MONITOR_OPSLAG", str(tmp_path))
    with pytest.raises(MonitorError, match="laat dus niets zien"):
        write_gezien("voorbeeld", None, None, tmp_path, tmp_path)
