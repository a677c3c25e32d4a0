"""What is wrong in the policy of an edition is refused, all at once, with file, line, field and what to do."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from assets.beleid.lezen import BeleidError
from assets.beleid.vormen import LIJSTEN, RIJEN, SCHEMA, Bedrag, Resultaat, make_schemas
from begrippen import beleidslijsten
from begrippen.lijsten import LIJSTEN as GESLOTEN
from pipelines.cli import cli
from tests.beleid.conftest import DRENTHE, read

OPDRACHT = Path(__file__).parents[3] / "shared" / "opdracht"

# file, fields that make its one row wrong -> what the message says
FOUT = [
    ("resultaten.csv", {"soort": "akkoord"}, "regel 2, soort: 'akkoord' mag hier niet; toegestaan: 'stuk'"),
    ("resultaten.csv", {"norm": "2"}, "norm en vergelijking horen bij elkaar"),
    ("resultaten.csv", {"norm": "2", "vergelijking": "minstens"}, "een getal zonder eenheid zegt niets"),
    ("resultaten.csv", {"norm": "1.234"}, "regel 2, norm: '1.234' kan een duizendtal zijn of een breuk"),
    ("resultaten.csv", {"norm": "veel"}, "norm: moet een getal zijn, niet 'veel'"),
    ("resultaten.csv", {"opgave": "8"}, "regel 2, opgave: '8' is geen deel van indeling koers_2024; er zijn: 1, 2"),
    ("resultaten.csv", {"indeling": "koers_2042"}, "'koers_2042' is geen indeling in opgaven.yaml; bedoelt u koers_20"),
    ("resultaten.csv", {"kaarten": "werklosheid"}, "kaarten: 'werklosheid' is geen kaart; bedoelt u werkloosheid"),
    ("resultaten.csv", {"inzetlijn": "1a"}, "inzetlijn: 1a hoort bij opgave 1, niet 3"),
    ("resultaten.csv", {"onder": "t9"}, "onder: 't9' is geen resultaat"),
    ("resultaten.csv", {"accenten": "A9"}, "accenten: 'A9' is geen accent in accenten.csv"),
    (
        "resultaten.csv",
        {"peildatum": "eind 2026"},
        "peildatum: 'eind 2026' mag hier niet; toegestaan: een jaar of een maand (2026 of 2026-06)",
    ),
    ("resultaten.csv", {"stand": "loopt"}, "bijgewerkt ontbreekt"),
    (
        "resultaten.csv",
        {"stand": "niet", "bijgewerkt": "2026"},
        "toelichting is leeg: schrijf waardoor het anders liep",
    ),
    ("resultaten.csv", {"partners": "NOM | SNN"}, "noem de trekker, of bij trekker_reden waarom die onbekend is"),
    ("resultaten.csv", {"partners": "NOM", "trekker": "SNN"}, "trekker 'SNN' is geen van de partners: NOM"),
    ("resultaten.csv", {"trekker": "NOM", "trekker_reden": "x"}, "trekker en trekker_reden staan er allebei"),
    ("resultaten.csv", {"bron": "009"}, "bron: '009' is geen stuk in opgaven.yaml; bedoelt u"),
    ("bedragen.csv", {"bedrag": "2.047.500"}, "bedrag: moet een geheel getal zijn zonder punten of komma's"),
    ("bedragen.csv", {"fase": "toegekend"}, "precies een van de twee"),
    ("bedragen.csv", {"begrotingsstand": "", "fase": "toegekend"}, "fase vraagt een partij"),
    ("bedragen.csv", {"opgave": ""}, "een post hangt aan een opgave"),
    ("bedragen.csv", {"verschil": "1"}, "verschil hoort bij een subtotaal of totaal"),
    ("bedragen.csv", {"streepje": "waar"}, "streepje: moet ja of nee zijn"),
    ("kruistabel.csv", {"van_post": "Vouchers"}, "'Vouchers' is geen post van koers_2020, opgave 3, in bedragen.csv"),
    ("kruistabel.csv", {"verband": "vermoed"}, "verband geen hoort bij een post die maar aan een kant staat"),
    ("signalen.csv", {"kring": "Nel"}, "kring: 'Nel' mag hier niet; toegestaan: 'bedrijven'"),
    ("signalen.csv", {"gebied": "Drenthe"}, "gebied: 'Drenthe' is geen code van een regio"),
    ("signalen.csv", {"beeld": "x" * 161}, "hoogstens 160 tekens"),
    ("signalen.csv", {"beeld": "mail jan@voorbeeld.nl"}, "regel 2: beeld: hier staat een e-mailadres"),
    ("signalen.csv", {"beeld": "bel 0592-365555"}, "beeld: hier staat een telefoonnummer"),
    ("signalen.csv", {"beeld": "bel 06 12345678"}, "beeld: hier staat een telefoonnummer"),
    ("signalen.csv", {"beeld": "Nel (81) mist de bus"}, "beeld: hier staat een naam met een leeftijd"),
    ("signalen.csv", {"opmerking": "volgens mevrouw Jansen"}, "opmerking: hier staat een naam"),
    (
        "signalen.csv",
        {"bewering": "lager_dan_nl", "kaart": "bestedingen_vrijetijd"},
        "regel 2, bewering: lager_dan_nl kan niet bij bestedingen_vrijetijd: deze kaart is een aantal",
    ),
    (
        "gedrukt.csv",
        {"kaart": "werkloosheid"},
        "vul kaart in, of bij niet_naast waarom er geen cijfer van nu naast komt",
    ),
    ("gedrukt.csv", {"niet_naast": ""}, "vul kaart in, of bij niet_naast"),
    ("gedrukt.csv", {"niet_naast": "", "kaart": "werklosheid"}, "'werklosheid' is geen kaart; bedoelt u werkloosheid"),
    (
        "gedrukt.csv",
        {"niet_naast": "", "kaart": "werkloosheid", "maat": "rang"},
        "naast maat rang past geen cijfer van nu",
    ),
    (
        "gedrukt.csv",
        {"niet_naast": "", "kaart": "werkloosheid", "maat": "groei"},
        "regel 2, kaart: werkloosheid kan niet bij maat groei: deze kaart is een aandeel in procenten",
    ),
    ("gedrukt.csv", {"waarde": ""}, "waarde is leeg: schrijf in opmerking waarom"),
    ("gedrukt.csv", {"waarde": "8", "hoogste": "7"}, "hoogste is niet hoger dan waarde"),
    ("gedrukt.csv", {"gebied": "Zuid-Drenthe"}, "gebied: 'Zuid-Drenthe' is geen code van een regio"),
    ("gedrukt.csv", {"opgave": "9"}, "opgave: '9' is geen deel van indeling koers_2024"),
    ("accenten.csv", {"kaarten": "nergens_van"}, "kaarten: 'nergens_van' is geen kaart"),
]


@pytest.mark.parametrize(("file", "fields", "told"), FOUT, ids=[f"{f}-{'-'.join(v)}" for f, v, _ in FOUT])
def test_a_wrong_row_is_refused_with_its_line(regel, file, fields, told):
    with pytest.raises(BeleidError) as error:
        read(regel(file, **fields))
    assert f"  {file}, regel 2" in str(error.value)
    assert told in str(error.value)
    assert "monitor beleid controleer" in error.value.vervolg


@pytest.mark.parametrize("file", list(RIJEN))
def test_the_row_that_all_these_change_is_right_itself(regel, file):
    found = read(regel(file))
    assert len(found.rijen[file]) == 1


def test_all_faults_of_all_files_are_told_at_once(regel):
    regel("resultaten.csv", soort="akkoord", norm="veel")
    regel("accenten.csv", eigen_toedeling="misschien")
    folder = regel("signalen.csv", kring="Nel")
    regel("gedrukt.csv", niet_naast="", kaart="werklosheid", bron="009")
    (folder / "instrumenten.yaml").write_text("instrumenten: [{id: X}]\n", encoding="utf-8")
    with pytest.raises(BeleidError) as error:
        read(folder)
    told = str(error.value)
    for part in (
        "soort: 'akkoord'",
        "norm: moet",
        "moet ja of nee zijn",
        "kring: 'Nel'",
        "gedrukt.csv, regel 2, kaart: 'werklosheid' is geen kaart; bedoelt u werkloosheid",
        "gedrukt.csv, regel 2, bron: '009' is geen stuk",
        "'X' mag hier niet; toegestaan: kleine letters, cijfers en _",
    ):
        assert part in told


@pytest.mark.parametrize("jaar", [2014, 2026])
def test_what_may_stand_in_a_row_that_could_not_be_read_is_not_called_missing(tmp_path, jaar):
    folder = Path(shutil.copytree(DRENTHE.edities / str(jaar) / "beleid", tmp_path / "beleid"))
    for file in ("resultaten.csv", "bedragen.csv", "accenten.csv"):
        kop, *rows = (folder / file).read_text("utf-8").splitlines()
        (folder / file).write_text("\n".join([kop, *(f"{row};te veel" for row in rows[1:]), rows[0]]), "utf-8")
    with pytest.raises(BeleidError) as error:
        read(folder, jaar)
    assert " is geen " not in str(error.value)
    assert str(error.value).count(" vakken, en de kop heeft er ") > 40


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id,resultaat,soort\n1,proef,stuk\n", "regel 1: de velden horen gescheiden te zijn door een puntkomma"),
        ("", "leeg; de eerste regel hoort de namen van de velden te geven"),
        ("id;opgave;resultaat;soort;bron\nt;3;x;stuk;001\n", "regel 1: veld plaats ontbreekt"),
        ("id;opgave;resulaat;soort;bron;plaats\n", "veld 'resulaat' bestaat niet; bedoelt u resultaat"),
        ("id;id;opgave;resultaat;soort;bron;plaats\n", "veld id staat er twee keer"),
        (
            "id;opgave;resultaat;soort;bron;plaats\nt;3;een; twee;stuk;001;r. 1\n",
            "regel 2: 7 vakken, en de kop heeft er 6",
        ),
        (
            'id;opgave;resultaat;soort;bron;plaats\nt;3;"een;stuk;001;r. 1\n',
            "een aanhalingsteken dat niet wordt gesloten",
        ),
    ],
)
def test_a_file_that_is_no_table_says_what_to_do(folder, text, told):
    (folder / "resultaten.csv").write_text(text, encoding="utf-8")
    with pytest.raises(BeleidError) as error:
        read(folder)
    assert told in str(error.value)


# file -> what the message calls the row that stands there twice
TWEEMAAL = {
    **{f: r"id: t1 staat er twee keer \(ook op regel 2\)" for f in RIJEN if "id" in RIJEN[f].sleutel},
    "bedragen.csv": r"post: proef staat er twee keer \(ook op regel 2\), met dezelfde indeling, opgave, jaar, kant",
    "kruistabel.csv": r"van_post: Voucherregelingen staat er twee keer \(ook op regel 2\), met dezelfde van_indeling",
}


@pytest.mark.parametrize("file", list(RIJEN))
def test_what_stands_twice_is_refused_with_both_lines(regel, file):
    folder = regel(file)
    path = folder / file
    path.write_text(path.read_text("utf-8") + path.read_text("utf-8").splitlines()[1] + "\n", encoding="utf-8")
    with pytest.raises(BeleidError, match=f"regel 3, {TWEEMAAL[file]}"):
        read(folder)


def test_an_amount_of_another_year_or_stage_is_another_amount(regel):
    folder = regel("bedragen.csv", indeling="")
    path = folder / "bedragen.csv"
    head, row = path.read_text("utf-8").splitlines()
    for other in (row.replace("2026", "2027"), row.replace("primitief", "gewijzigd")):
        path.write_text(f"{head}\n{row}\n{other}\n", encoding="utf-8")
        assert len(read(folder).rijen["bedragen.csv"]) == 2
    # an empty division is that of the edition
    path.write_text(f"{head}\n{row}\n{row}koers_2024\n", encoding="utf-8")
    with pytest.raises(BeleidError, match="regel 3, post: proef staat er twee keer"):
        read(folder)


@pytest.mark.parametrize("file", ["projecten.csv", "voorstellen.yaml"])
def test_what_is_confidential_is_refused_in_an_edition(folder, file):
    (folder / file).write_text("id\n", encoding="utf-8")
    with pytest.raises(BeleidError, match="dit is vertrouwelijk en de map van een editie is openbaar"):
        read(folder)


def test_a_file_with_another_name_is_refused(folder):
    (folder / "resultaat.csv").write_text("id\n", encoding="utf-8")
    with pytest.raises(BeleidError, match="dit bestand hoort hier niet"):
        read(folder)


def test_an_instrument_of_a_post_that_is_not_there_names_the_nearest(folder):
    path = folder / "instrumenten.yaml"
    path.write_text(path.read_text("utf-8").replace("- Voucherregelingen", "- Voucherregeling"), encoding="utf-8")
    with pytest.raises(
        BeleidError, match=r"'Voucherregeling' is geen post in bedragen.csv; bedoelt u Voucherregelingen"
    ):
        read(folder)


def test_a_dash_of_the_paper_is_empty_with_its_mark_and_never_nought(mappen):
    dashes = [b for _, b in mappen[2026].of(Bedrag) if b.streepje]
    assert len(dashes) == 6
    assert {b.bedrag for b in dashes} == {None}


def test_the_editor_knows_the_shapes_of_today():
    assert {p.name: p.read_text("utf-8") for p in SCHEMA.glob("*.json")} == make_schemas()
    for naam, vorm in (RIJEN | LIJSTEN).items():
        schema = json.loads(make_schemas()[f"{Path(naam).stem}.schema.json"])
        assert set(schema["properties"]) == set(vorm.model_fields)


def test_each_list_tells_the_editor_its_schema():
    for path in DRENTHE.edities.glob("2026/beleid/*.yaml"):
        head = path.read_text("utf-8").splitlines()[0]
        assert (path.parent / head.removeprefix("# yaml-language-server: $schema=")).resolve().parent == SCHEMA


def test_the_lists_of_policy_are_lists_of_the_house():
    for naam in (*beleidslijsten.TYPES, *beleidslijsten.WOORDEN):
        assert GESLOTEN[naam]


def test_the_command_counts_what_it_read():
    found = CliRunner().invoke(cli, ["beleid", "controleer"])
    assert found.exit_code == 0, found.output
    assert "signalen.csv         63 rijen" in found.output
    assert "Editie 2014" in found.output


@pytest.mark.skipif(not OPDRACHT.is_dir(), reason="de opdrachtstukken staan niet naast dit project")
@pytest.mark.parametrize("jaar", [2014, 2016, 2026])
def test_every_place_is_a_line_of_its_paper(mappen, jaar):
    """A number that stands in a table of a paper stands on the line that the row names, as the paper writes it."""
    papers = {p.name[:3]: p.read_text("utf-8").splitlines() for p in OPDRACHT.glob("*.txt")}
    seen = 0
    for _, b in mappen[jaar].of(Bedrag):
        if b.bron in papers and b.bedrag is not None and b.fase is None:
            (line,) = [int(x) for x in b.plaats.removeprefix("r. ").split("-")[:1]]
            assert f"{abs(b.bedrag):,}".replace(",", ".") in papers[b.bron][line - 1], b
            seen += 1
    for _, r in mappen[jaar].of(Resultaat):
        assert int(r.plaats.removeprefix("r. ").split("-")[-1].split(",")[-1]) <= len(papers[r.bron])
    assert seen > 90 or jaar == 2016
