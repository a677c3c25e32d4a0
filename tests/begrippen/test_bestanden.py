"""Each kind of list of the house, with each kind of mistake: the message is Dutch, and names file and field."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assets.bron.aanlevering import _read_mapping
from assets.bron.bronlijst import AANLEVERINGEN, TABELLEN, read_aanleveringen, read_registertabellen, read_tabellen
from assets.bron.voorbeeld.profielen import PROFIELEN, Eigen, Profielen
from assets.indicatoren.kaart import KAARTEN, read_kaart
from assets.indicatoren.niet_berekend import read_niet_berekend
from assets.indicatoren.regel import REGELS, read_regel
from assets.kern.correctie import read_correcties
from assets.rapport.editie import read_editiemap
from assets.register.groep import GROEPEN, read_groepen
from assets.register.indeling import VELDEN, read_velden
from assets.tabel import SQL, read_query
from begrippen.beleid import read_beleid
from begrippen.fout import MonitorError
from begrippen.gebied import GEBIEDEN, gekozen, read_gebied
from begrippen.jsontekst import parse_json
from begrippen.themas import HUIS, read_themas
from begrippen.yamlbestand import read_yaml

ROOT = Path(__file__).parents[2]
DRENTHE = GEBIEDEN / "drenthe"


def of_tenant(path: Path):
    return gekozen().model_copy(update={"map": path.parent})


@dataclass(frozen=True)
class Soort:
    """A kind of file: an example, how it is read, and a mistake of each kind as (old, new, what the message names)."""

    bestand: Path
    read: Callable[[Path], object]
    onbekend: tuple[str, str, str]
    waarde: tuple[str, str, str]
    kapot: tuple[str, str] = ("", "[")
    naam: str = ""


RECTIFICATIE = 'datum = 2027-01-20\nbladen = ["arbeidsmarkt"]\nwat = "Fout."\nwas = "3%"\nmoet = "Anders."\n'
TOEGANG = '[[inzage]]\nwie = "GS"\nwat = "alles"\nop = 2026-12-01T07:00:00+01:00\nwaarom = "besluit"\n'


def read_rectificatie(path: Path) -> object:
    folder = path.parent / "2026"
    (folder / "rectificaties").mkdir(parents=True)
    (folder / "editie.toml").write_text("jaar = 2026\n", encoding="utf-8")
    shutil.copy(path, folder / "rectificaties" / "01.toml")
    return read_editiemap(folder, 2026)


SOORTEN = {
    "kaart": Soort(
        KAARTEN / "demografie" / "bevolking.yaml",
        lambda p: read_kaart((p,), gekozen()),
        ("naam:", "naaam:", "naaam"),
        ("aggregatie: som", "aggregatie: optellen", "aggregatie: 'optellen'"),
    ),
    "regel": Soort(
        REGELS / "participatie_klopt.yaml",
        lambda p: read_regel((p,), {}, gekozen()),
        ("naam:", "naaam:", "naaam"),
        ("zwaarte: ", "zwaarte: heel_", "zwaarte: 'heel_"),
    ),
    "tabellen": Soort(
        TABELLEN / "1_bevolking.yaml",
        lambda p: read_tabellen(p.parent),
        ("  titel:", "  tietel:", "tietel"),
        ("  api: v4", "  api: v5", "[03759ned].api: 'v5' mag hier niet; toegestaan: 'v3' of 'v4'"),
    ),
    "registertabellen": Soort(
        ROOT / "assets" / "register" / "tabellen.yaml",
        read_registertabellen,
        ("  licentie:", "  licensie:", "[pwr].licensie"),
        ("zekerheid: K", "zekerheid: J", "[pwr].zekerheid: 'J'"),
    ),
    "aanlevering": Soort(
        AANLEVERINGEN / "lisa.yaml",
        lambda p: read_aanleveringen(p.parent),
        ("uitgever:", "uitgeefster:", "uitgeefster"),
        ("zekerheid: ", "zekerheid: X", "zekerheid: 'X"),
    ),
    "mapping": Soort(
        AANLEVERINGEN / "lisa.yaml",
        lambda p: _read_mapping(p, ("lisa",)),
        ("uitgever:", "uitgeefster:", "uitgeefster"),
        ("zekerheid: ", "zekerheid: X", "zekerheid: 'X"),
        naam="lisa.mapping.yaml",
    ),
    "velden": Soort(
        VELDEN,
        read_velden,
        ("lisanr: {uitleg:", "lisanr: {toelichting:", "lisanr.toelichting"),
        ("verplicht: ja,", "verplicht: altijd,", "lisanr.verplicht: 'altijd'"),
    ),
    "groep": Soort(
        GROEPEN / "zorg.yaml",
        lambda p: read_groepen(p.parent, of_tenant(p.parent)),
        ("naam:", "naaam:", "naaam"),
        ("bevestigd: true", "bevestigd: misschien", "bevestigd: moet true of false zijn"),
    ),
    "correcties": Soort(
        DRENTHE / "correcties.yaml",
        read_correcties,
        ("  reden:", "  omdat:", "omdat"),
        ("  bron: cbs", "  bron: krant", "bron: 'krant'"),
    ),
    "profielen": Soort(
        PROFIELEN,
        lambda p: read_yaml(p, Profielen),
        ("    aard: som", "    aart: som", "begrippen.bevolking.aart"),
        ("    aard: som", "    aard: optellen", "begrippen.bevolking.aard: 'optellen'"),
        ("provincies:", "provincies: ["),
    ),
    "voorbeeld": Soort(
        DRENTHE / "voorbeeld.yaml",
        lambda p: read_yaml(p, Eigen),
        ("pendeltrek:", "pendeldruk:", "pendeldruk"),
        ("pendeltrek: ", "pendeltrek: veel ", "pendeltrek: moet een getal zijn"),
    ),
    "beleid": Soort(
        DRENTHE / "beleid.yaml",
        lambda p: read_beleid(of_tenant(p)),
        ("  - nummer: 1\n", "  - nummer: 1\n    kleur: rood\n", "opgaven[1].kleur"),
        ("  - nummer: 1\n", "  - nummer: een\n", "opgaven[1].nummer: moet een geheel getal zijn"),
    ),
    "themas": Soort(
        HUIS,
        lambda p: read_themas(of_tenant(p)),
        ("blad: werkgelegenheid", "bladzij: werkgelegenheid", "[werkgelegenheid].bladzij"),
        ("deel: economie", "deel: geld", "groepen[1].deel: 'geld'"),
    ),
    "niet_berekend": Soort(
        DRENTHE / "niet_berekend.yaml",
        lambda p: read_niet_berekend(of_tenant(p)),
        ("- onderwerp:", "- kleur: rood\n  onderwerp:", "[1].kleur"),
        ("reden: regio_onbekend", "reden: zomaar", "niet[1].reden: 'zomaar'"),
    ),
    "gebied": Soort(
        DRENTHE / "gebied.toml",
        lambda p: read_gebied(p.parent),
        ("naam =", "kleur = 'rood'\nnaam =", "kleur"),
        ('code = "PV22"', 'code = "22"', "code: '22' mag hier niet; toegestaan: PV met twee cijfers"),
        ("naam =", "naam = ["),
    ),
    "editie": Soort(
        DRENTHE / "edities" / "2026" / "editie.toml",
        lambda p: read_editiemap(p.parent, 2026),
        ("jaar = 2026", "jaar = 2026\nkleur = 'rood'", "kleur"),
        ("jaar = 2026", "jaar = 1200", "jaar: 1200 is te klein"),
        ("jaar = 2026", "jaar = ["),
    ),
    "kop van een query": Soort(
        SQL / "monitor" / "banenbegrippen.sql",
        lambda p: read_query(p, p.parent.parent),
        ("{type: DOUBLE, uitleg:", "{type: DOUBLE, toelichting:", "kolommen.waarde.toelichting"),
        ("omschrijving:", "codes: soms\nomschrijving:", "codes: 'soms'"),
        ("kolommen:", "kolommen: ["),
    ),
}


@pytest.mark.parametrize("fout", ["onbekend", "waarde", "kapot"])
@pytest.mark.parametrize("soort", SOORTEN)
def test_a_mistake_is_told_in_dutch_with_file_and_field(tmp_path, soort, fout):
    s = SOORTEN[soort]
    old, new, *names = getattr(s, fout)
    text = s.bestand.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / s.bestand.parent.name / (s.naam or s.bestand.name)
    path.parent.mkdir()
    path.write_text(text.replace(old, new, 1) if old else f"{text}\n{new}\n", encoding="utf-8")
    with pytest.raises(MonitorError) as raised:
        s.read(path)
    said = str(raised.value)
    assert raised.value.exit_code == 2
    for name in (path.name, *names):
        assert name in said
    if fout == "kapot":
        assert "geen geldige" in said
    for english in ("Input", "should", "Field", "Extra", "expected", "while "):
        assert english not in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wat =", "what =", "what: dit veld bestaat niet"),
        ("2027-01-20", "'morgen'", "datum: moet een datum zijn"),
        ("wat =", "wat = [", "geen geldige TOML"),
    ],
)
def test_a_rectification_too(tmp_path, old, new, said):
    path = tmp_path / "01.toml"
    path.write_text(RECTIFICATIE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MonitorError, match=said) as raised:
        read_rectificatie(path)
    assert path.name in str(raised.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("wie =", "who =", "who: dit veld bestaat niet; toegestaan: wie, wat, op, waarom"),
        ("+01:00", "", "op: mist de tijdzone"),
        ("wie =", "wie = [", "geen geldige TOML"),
    ],
)
def test_who_saw_it_before_too(tmp_path, old, new, said):
    (tmp_path / "editie.toml").write_text("jaar = 2026\n", encoding="utf-8")
    (tmp_path / "toegang.toml").write_text(TOEGANG.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MonitorError, match=said) as raised:
        read_editiemap(tmp_path, 2026)
    assert "toegang.toml" in str(raised.value)


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "", "{", b"\xff", "[1,]"])
def test_json_that_cannot_be_read_is_one_kind_of_error(text):
    with pytest.raises(ValueError):
        parse_json(text)
    assert parse_json('{"a": [1]}') == {"a": [1]}
