"""The cards against their model, the source list, the catalogue, and each other."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
import yaml

from assets.bouw.invoer.kaarten import uitsplitsingen
from assets.bouw.tabellen import all_tabellen
from assets.bron.bronlijst import (
    Aanlevering,
    Brontabel,
    Registertabel,
    read_aanleveringen,
    read_registertabellen,
    read_tabellen,
)
from assets.indicatoren.kaart import KAARTEN, SCHEMA, Kaart, make_schema, read_kaart, read_kaarten
from assets.indicatoren.kaartbron import Term
from assets.indicatoren.niet_berekend import BLADZIJDE, make_bladzijde, read_niet_berekend
from assets.indicatoren.regel import REGELS, read_regels
from begrippen.beleid import read_beleid
from begrippen.fout import BestandError, MonitorError
from begrippen.gebied import GEBIEDEN, Gebied, gekozen, read_gebied

ROOT = Path(__file__).parents[2]
KOP = "# yaml-language-server: $schema=../../kaart.schema.json\n"


def bronnen() -> dict[str, Brontabel | Aanlevering | Registertabel]:
    return {**read_tabellen(), **read_aanleveringen(), **read_registertabellen()}


def terms(kaart: Kaart) -> list[tuple[str, Term]]:
    return [(t.tabel or b.tabel, t) for b in kaart.bronnen for t in (*b.teller, *b.noemer)]


@pytest.fixture
def kaart(tmp_path: Path) -> Path:
    """A copy of a sound card, to spoil."""
    path = tmp_path / "demografie" / "bevolking.yaml"
    path.parent.mkdir()
    path.write_bytes((KAARTEN / "demografie" / "bevolking.yaml").read_bytes())
    return path


@pytest.fixture
def leeg(tmp_path: Path) -> Gebied:
    """A tenant that has nothing of its own."""
    return gekozen().model_copy(update={"naam": "Proefland", "bijvoeglijk": "Proefse", "map": tmp_path / "proefland"})


def write_own(gebied: Gebied, naam: str, text: str) -> None:
    path = gebied.map / naam
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_there_are_cards_enough_and_all_are_valid() -> None:
    assert len(read_kaarten()) >= 60


def test_every_card_tells_the_editor_its_schema() -> None:
    without = [p.name for p in KAARTEN.glob("*/*.yaml") if not p.read_text(encoding="utf-8").startswith(KOP)]
    assert without == []
    assert (KAARTEN / "demografie" / "../../kaart.schema.json").resolve() == SCHEMA


def test_published_schema_is_that_of_the_model() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == make_schema()


def test_schema_knows_every_field_of_every_card() -> None:
    fields = set(json.loads(make_schema())["properties"])
    for path in KAARTEN.glob("*/*.yaml"):
        assert set(yaml.safe_load(path.read_text(encoding="utf-8"))) <= fields, path


def test_everything_that_a_card_asks_stands_in_the_source_list() -> None:
    wrong = []
    for kaart in read_kaarten().values():
        for tabel_id, term in terms(kaart):
            tabel = bronnen().get(tabel_id)
            if tabel is None:
                wrong.append(f"{kaart.id}: tabel {tabel_id}")
                continue
            if term.onderwerp not in tabel.onderwerpen:
                wrong.append(f"{kaart.id}: onderwerp {term.onderwerp} van {tabel_id}")
            dimensies = {}
            if isinstance(tabel, Brontabel):
                dimensies = {n: d for n, d in tabel.dimensies.items() if d.soort == "uitsplitsing"}
            if isinstance(tabel, Registertabel):
                uitsplitsingen(term, tabel)
                continue
            for naam, codes in term.uitsplitsing.items():
                dimensie = dimensies.get(naam)
                asked = {codes} if isinstance(codes, str) else set(codes)
                unknown = asked - set(dimensie.codes if dimensie else ())
                if dimensie is not None and dimensie.ook_regios:
                    unknown -= {"{regio}"}
                if unknown:
                    wrong.append(f"{kaart.id}: {naam}={sorted(unknown)} van {tabel_id}")
            # a dimension of which we ask more than one code must be named, or the term would be ambiguous
            wrong += [
                f"{kaart.id}: dimensie {naam} van {tabel_id} ontbreekt"
                for naam, d in dimensies.items()
                if (len(d.codes) > 1 or d.ook_regios) and naam not in term.uitsplitsing
            ]
    assert wrong == []


def test_every_topic_of_the_source_list_is_used_or_said_not_to_be() -> None:
    used = {(tabel, term.onderwerp) for kaart in read_kaarten().values() for tabel, term in terms(kaart)}
    # an analysis names the table and the topic in its own query
    queries = [q.query for q in all_tabellen()]
    used |= {
        (t.id, o) for t in bronnen().values() for o in t.onderwerpen for q in queries if t.id in q and f"'{o}'" in q
    }
    explained = set(re.findall(r"`([^`]+)`", make_bladzijde(read_niet_berekend())))
    unused = [(t.id, o) for t in bronnen().values() for o in t.onderwerpen if (t.id, o) not in used]
    assert [u for u in unused if u[1] not in explained] == []


def test_names_and_definitions_are_not_shared_by_accident() -> None:
    kaarten = read_kaarten().values()
    assert len({k.naam for k in kaarten}) == len(kaarten)
    assert all(k.definitie.strip() and k.bewerking.strip() and k.richting_herkomst.strip() for k in kaarten)


def test_amounts_of_money_say_in_which_prices() -> None:
    money = [k for k in read_kaarten().values() if re.search(r"\beuro\b", k.eenheid)]
    assert money
    assert [k.id for k in money if k.prijzen == "nvt"] == []


def test_a_card_says_not_whether_its_figures_came() -> None:
    """'Nog niet geleverd' stood beside a figure that was: why there is none is told of the day itself."""
    texts = {k.id: f"{k.definitie} {k.bewerking} {k.opmerking}".lower() for k in read_kaarten().values()}
    assert [i for i, text in texts.items() if "niet geleverd" in text or "sjabloon" in text] == []


def test_what_is_no_figure_of_its_year_says_so_in_its_name() -> None:
    """A mean of four years stands under one of them, and a forecast under a year that is still to come."""
    woord = {"voortschrijdend": "gemiddeld over", "verwachting": "prognose"}
    kaarten = [k for k in read_kaarten().values() if k.meting in woord]
    assert {k.meting for k in kaarten} == woord.keys()
    assert [k.id for k in kaarten if woord[k.meting] not in k.naam.lower()] == []


def test_moves_within_the_province_are_no_figure_of_the_whole() -> None:
    """Who leaves one municipality comes to another: of the province both are one number, and say nothing of outside."""
    kaarten = read_kaarten()
    for id_ in ("verhuizingen_in", "verhuizingen_uit"):
        assert "in Drenthe" in kaarten[id_].naam and kaarten[id_].aggregatie == "niet"
        assert [b.regiosoorten for b in kaarten[id_].bronnen] == [("gemeente",)]


def test_who_moves_within_the_country_is_no_figure_of_the_country() -> None:
    """2.356 more than left stood beside a province, where it is nought by nature."""
    saldi = [k for k in read_kaarten().values() if k.eenheid == "saldo" and "binnenlands" in k.naam.lower()]
    assert saldi and [k.id for k in saldi for b in k.bronnen if not b.regiosoorten or "land" in b.regiosoorten] == []


def test_a_list_of_our_own_that_is_too_wide_has_no_wanted_side() -> None:
    ruim = [k for k in read_kaarten().values() if "ruime eigen lijst" in k.naam]
    assert [k.id for k in ruim] == ["topsectoren_aandeel"]
    assert [k.id for k in ruim if k.richting != "neutraal"] == []


def test_use_of_gas_says_that_it_is_not_corrected_for_the_weather() -> None:
    gas = [k for k in read_kaarten().values() if any("aardgas" in term.onderwerp for _, term in terms(k))]
    assert gas and [k.id for k in gas if "niet gecorrigeerd voor het weer" not in k.naam] == []


def test_every_bound_has_its_reason_and_percentages_stay_within_a_hundred() -> None:
    for kaart in read_kaarten().values():
        assert kaart.bereik is not None, kaart.id
        assert kaart.bereik.reden, kaart.id
        if kaart.eenheid.startswith("% van"):
            assert (kaart.bereik.minimum, kaart.bereik.maximum) == (0, 100), kaart.id


def test_an_annual_table_says_which_years_come_from_it() -> None:
    """None after the year of its title; only the newest of a series also gives the years before it."""
    for kaart in read_kaarten().values():
        for bron in kaart.bronnen:
            tabel = bronnen()[bron.tabel]
            if found := re.search(r"regionale indeling (20\d\d)|Gezondheidsmonitor.*(20\d\d)", tabel.titel):
                assert bron.tot_en_met == int(found[1] or found[2]), f"{kaart.id}: {bron.tabel}"
                newest = isinstance(tabel, Brontabel) and not tabel.gestopt and found[1]
                assert bron.vanaf == bron.tot_en_met or newest, f"{kaart.id}: {bron.tabel}"


def explained_rows() -> dict[str, str]:
    """What is not computed: a name -> why not."""
    return {naam: niet.uitleg for groep in read_niet_berekend() for niet in groep.niet for naam in niet.namen}


def test_the_page_of_what_is_not_computed_is_made_of_the_list() -> None:
    """Make it anew with: python -m assets.indicatoren.niet_berekend."""
    groepen = read_niet_berekend(read_gebied(GEBIEDEN / "drenthe"))
    assert BLADZIJDE.read_text(encoding="utf-8") == make_bladzijde(groepen)
    namen = [naam for groep in groepen for niet in groep.niet for naam in niet.namen]
    assert len(namen) == len(set(namen)) > 30


def catalogue() -> list[str]:
    path = ROOT.parent / "shared" / "indicatoren" / "catalogus.csv"
    if not path.is_file():
        pytest.skip("../shared/indicatoren/catalogus.csv is er niet: de catalogus hoort niet bij de broncode")
    with path.open(encoding="utf-8", newline="") as file:
        return [row["id"] for row in csv.DictReader(file)]


def test_every_row_of_the_catalogue_is_a_card_or_says_why_not() -> None:
    rows = catalogue()
    assert len(rows) == len(set(rows)) == 141
    assert [r for r in rows if (r in read_kaarten()) == (r in explained_rows())] == []


def test_no_line_outlives_its_card_or_the_catalogue() -> None:
    known = {*catalogue(), *read_aanleveringen()["rmbw"].onderwerpen}
    assert set(explained_rows()) - known == set()


def test_a_line_names_cards_and_tables_that_exist() -> None:
    tables = {t.naam: {k.naam for k in t.kolommen} for t in all_tabellen()}
    for naam, reason in explained_rows().items():
        named = re.findall(r"`([^`]+)`", reason)
        columns = {k for t in named for k in tables.get(t, ())}
        wrong = [n for n in named if n not in read_kaarten() and n not in tables and n not in columns]
        assert [n for n in wrong if n not in read_aanleveringen()["rmbw"].onderwerpen] == [], naam
        assert named or not re.search("^Dit (?:is|staat in) een|maten: de indicatoren", reason), naam


def test_every_code_of_the_brede_welvaart_delivery_has_a_card_or_a_line() -> None:
    asked = {term.onderwerp for k in read_kaarten().values() for tabel, term in terms(k) if tabel == "rmbw"}
    codes = set(read_aanleveringen()["rmbw"].onderwerpen)
    assert len(codes) == 38
    assert codes - asked == {"01_KL_OK_30", "09_E_V_03"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "richting: neutraal",
            "richting: omhoog",
            ["richting: 'omhoog'", "'hoger', 'lager', 'neutraal' of 'evenwicht'"],
        ),
        ("eenheid: aantal\n", "", ["eenheid: ontbreekt"]),
        ("decimalen: 0", "decimalen: nul", ["decimalen: moet een geheel getal zijn, niet 'nul'"]),
        ("decimalen: 0", "decimalen: 7", ["decimalen: 7 is te groot; hoogstens 4"]),
        ("aggregatie: som", "aggregatie: som\nkleur: groen", ["kleur: dit veld bestaat niet; toegestaan: id, naam"]),
        (
            "onderwerp: bevolking",
            "onderwrp: bevolking",
            ["bronnen[1].teller[1].onderwrp", "toegestaan: onderwerp, uit"],
        ),
        ("aggregatie: som", "aggregatie: gewogen", ["gewicht hoort bij aggregatie gewogen"]),
        ("aggregatie: som", "aggregatie: verhouding", ["vraagt een noemer in elke bron"]),
        ("minimum: 0", "minimum: 40000000", ["bereik: minimum (4e+07) is niet kleiner dan maximum"]),
        ("tabel: 03759ned", "tabel: 37590", ["bronnen[1].tabel: moet tekst zijn, niet 37590"]),
        ("naam: Bevolking op 1 januari", "naam: [", ["geen geldige YAML"]),
        ("id: bevolking\n", "id: inwoners\n", ["hoort te staan als demografie/inwoners.yaml"]),
    ],
)
def test_a_wrong_card_names_file_field_and_what_is_allowed(kaart: Path, old: str, new: str, said: list[str]) -> None:
    text = kaart.read_text(encoding="utf-8")
    assert old in text
    kaart.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BestandError) as raised:
        read_kaart((kaart,), gekozen())
    for part in [str(kaart), *said]:
        assert part in str(raised.value)


def test_a_weight_must_be_a_card_that_adds_up(kaart: Path, leeg: Gebied) -> None:
    text = kaart.read_text(encoding="utf-8")
    other = kaart.with_name("dichtheid.yaml")
    other.write_text(
        text.replace("id: bevolking", "id: dichtheid").replace(
            "aggregatie: som", "aggregatie: gewogen\ngewicht: mensen"
        ),
        encoding="utf-8",
    )
    with pytest.raises(BestandError, match=r"dichtheid\.yaml: gewicht: 'mensen'.*toegestaan: bevolking"):
        read_kaarten(kaart.parent.parent, leeg)


def test_an_id_stands_once(kaart: Path, leeg: Gebied) -> None:
    other = kaart.parent.parent / "wonen" / kaart.name
    other.parent.mkdir()
    other.write_text(kaart.read_text(encoding="utf-8").replace("thema: demografie", "thema: wonen"), encoding="utf-8")
    with pytest.raises(BestandError, match=r"bevolking staat al in .*demografie"):
        read_kaarten(kaart.parent.parent, leeg)


def test_the_cards_of_the_house_name_no_province_and_no_policy() -> None:
    said = re.compile(r"Drent|PV\d\d|CR\d\d|GM\d{4}|Economische Koers|\bKEI\b|Regio Deal|^opgave:", re.MULTILINE)
    files = [*KAARTEN.glob("*/*.yaml"), *REGELS.glob("*.yaml")]
    assert {p.name: found for p in files if (found := said.findall(p.read_text(encoding="utf-8")))} == {
        # where a rule does not hold for the figures of CBS themselves
        "bevolkingsgroei_klopt.yaml": ["PV26", "PV28"],
    }


def test_cards_and_rules_hold_for_a_tenant_that_has_nothing_of_its_own(leeg: Gebied) -> None:
    kaarten = read_kaarten(gebied=leeg)
    assert kaarten.keys() == read_kaarten().keys()
    assert "in Proefland" in kaarten["banen_totaal"].definitie
    assert {k.thema for k in kaarten.values()} == {k.thema for k in read_kaarten().values()} - {"regio_deal"}
    assert not any(k.opgave for k in kaarten.values())
    regels = read_regels(gebied=leeg)
    assert regels["corops_tellen_op"].naam == "De COROP-gebieden tellen op tot Proefland"
    assert not any(r.soort == "ijkpunt" for r in regels.values())
    for text in (*map(repr, kaarten.values()), *map(repr, regels.values())):
        assert not re.search(r"Drent|PV22|\{gebied", text), text


def test_a_tenant_says_only_what_differs_and_an_edition_again(leeg: Gebied, tmp_path: Path) -> None:
    write_own(leeg, "kaarten/gezondheid/rokers.yaml", "opmerking: '{gebied_bijvoeglijk} rokers'\n")
    write_own(leeg, "kaarten/veiligheid/bevolking.yaml", "thema: veiligheid\n")
    write_own(leeg, "beleid.yaml", "richtingen: [{herkomst: Plan, richting: lager, indicatoren: [bevolking]}]\n")
    own = read_kaarten(gebied=leeg)
    assert own["rokers"].opmerking == "Proefse rokers"
    assert own["rokers"].bronnen == read_kaarten()["rokers"].bronnen
    bevolking = own["bevolking"]
    assert (bevolking.thema, bevolking.richting, bevolking.richting_herkomst) == ("veiligheid", "lager", "Plan")
    editie = tmp_path / "2024"
    write_own(leeg.model_copy(update={"map": editie}), "kaarten/gezondheid/rokers.yaml", "naam: Wie rookt\n")
    rokers = read_kaarten(gebied=leeg, editie=editie)["rokers"]
    assert (rokers.naam, rokers.opmerking) == ("Wie rookt", "Proefse rokers")


@pytest.mark.parametrize(
    ("naam", "text", "said"),
    [
        ("kaarten/gezondheid/rokers.yaml", "opmerking: '{provincie}'\n", r"\{provincie\} .* toegestaan: \{gebied\}"),
        ("kaarten/gezondheid/rokers.yaml", "decimalen: veel\n", r"decimalen: moet een geheel getal zijn"),
        ("kaarten/wonen/rokers.yaml", "naam: x\n", r"hoort te staan als gezondheid/rokers\.yaml"),
        ("kaarten/gezondheid/vapers.yaml", "naam: Vapers\n", r"id: ontbreekt"),
        (
            "beleid.yaml",
            "opgaven: [{nummer: 1, naam: Zorg, indicatoren: [roken]}]\n",
            r"regel 1, roken: dat is geen kaart",
        ),
        ("beleid.yaml", "opgaven: [{nummer: 1, naam: a}, {nummer: 1, naam: b}]\n", r"opgave 1 staat er twee keer"),
    ],
)
def test_what_a_tenant_says_wrong_is_refused_by_file(leeg: Gebied, naam: str, text: str, said: str) -> None:
    write_own(leeg, naam, text)
    with pytest.raises(MonitorError, match=said) as raised:
        read_kaarten(gebied=leeg)
    assert naam in str(raised.value)


def test_the_policy_names_every_task_once_and_fills_the_cards() -> None:
    beleid, kaarten = read_beleid(gekozen()), read_kaarten()
    for opgave in beleid.opgaven:
        assert {i for i, k in kaarten.items() if opgave.nummer in k.opgave} == set(opgave.indicatoren)
