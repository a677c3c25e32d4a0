"""The scripts of the page to explore say what the report says: numbers, sentences, classes and files, side by side."""

from __future__ import annotations

import csv
import io
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from begrippen.formule import ontscherp
from begrippen.lijsten import LEEG_ORDE, LEEG_UITLEG, LIJSTEN, NIET_OPTELBAAR, REGISTER_APART
from begrippen.oordeellijsten import POSITIES
from reports import getallen
from reports.bewering import Bewering, Beweringen
from reports.downloads import csvbestand, gegevens
from reports.figuren.beeld import Puntbeeld, Stip
from reports.figuren.landkaart import landkaart_alt, make_landkaartbeeld, spread
from reports.hoofdstukken.tabellen import TEKENS
from reports.model import Indicator, Punt
from reports.oordeelzinnen import plaats_zin
from tests.reports.voorbeeldrapport import GEMEENTEN, make_indicator, make_rapport, punten
from tests.toegankelijk.verkenvoorbeeld import KAARTEN, OORDELEN, REGIOS, VOL, ask, write_verken

pytestmark = pytest.mark.toegankelijk


@pytest.fixture(scope="module")
def rapport():
    return make_rapport(*KAARTEN)


@pytest.fixture(scope="module")
def folder(rapport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_verken(tmp_path_factory.mktemp("verken"), rapport)


def antwoord(folder: Path, indicator: str, code: str, periode: int = -1, extra: str = "") -> str:
    """The answer of the page on one area."""
    vraag = f"V.antwoord('{indicator}', [{{...V.regios['{code}'], r: '{code}', gekozen: true}}], {periode})"
    (zinnen,) = ask(folder, [indicator], vraag + extra)
    assert len(zinnen) == 1
    return zinnen[0]


# --- the judgement ---


@pytest.mark.parametrize("periode", [-1, 0], ids=["laatste", "eerste"])
@pytest.mark.parametrize("code", OORDELEN)
@pytest.mark.parametrize("kaart", KAARTEN[:2], ids=lambda k: k.id)
def test_a_place_is_told_in_the_words_of_the_report_whatever_period_is_shown(
    kaart: Indicator, code: str, periode: int, folder: Path
) -> None:
    regio, o = next(r for r in REGIOS if r.code == code), OORDELEN[code]
    bewering = Bewering(
        *("x", "plaats", kaart.naam, code, regio.soort, str(o.periode), str(o.periode), o.positie, "vast"),
        indicator=kaart.id,
        rang=o.rang,
        rang_van=o.rang_van,
        gedeeld=o.gedeeld,
    )
    wanted = plaats_zin(kaart, regio, Beweringen([bewering]))
    assert "2024" in wanted and "van de 342" in wanted
    found = antwoord(folder, kaart.id, code, periode)
    assert found.endswith(f" {wanted}")
    assert "Trend over 2019 tot en met 2024: gunstig." in found
    assert (" in 2020" in found) == (periode == 0)


def test_a_trend_of_an_amount_says_in_whose_prices_for_the_line_beside_it_has_inflation(folder: Path) -> None:
    assert "Trend over 2019 tot en met 2024, in prijzen van 2025: gunstig." in antwoord(folder, "bedrag", "PV22")


@pytest.mark.parametrize("code", OORDELEN)
def test_a_place_in_the_table_says_among_what_and_of_which_year(code: str, folder: Path) -> None:
    (woorden,) = ask(
        folder,
        ["participatie"],
        f"V.plaats(V.indicatoren.participatie, V.regios['{code}'].soort, V.data.participatie.r['{code}'].j)",
    )
    o = OORDELEN[code]
    soort = {"PV": "provincies", "CR": "COROP-gebieden", "GM": "gemeenten"}[code[:2]]
    assert woorden[0] == f"{o.rang} van 342 {soort}"
    assert woorden[1] == f"{POSITIES[o.positie]}{', gedeeld' if o.gedeeld else ''}, 2024, plaats 1 is het gunstigst"


# --- numbers ---

WAARDEN = [
    *(0.0, 0.4, 1.0, 4.0, 4.99, 5.0, 14.0, 15.0, -3.0, 2.5, -2.5, 2.675, 1.005, 1234567.891, -0.04, 1e-7, 999.95, 5e20),
]
HAAR = [62.05 - 61.5, 0.1 + 0.2 - 0.25, 1.15 - 1.0, -(62.05 - 61.5), 0.5499999, 61.45 - 61.4, 4.4999999999999]


def test_a_number_is_rounded_as_the_report_rounds_it_also_a_hair_under_a_half(folder: Path) -> None:
    toeval = random.Random(3)
    verschillen = [round(toeval.uniform(0, 90), 2) - round(toeval.uniform(0, 90), 2) for _ in range(500)]
    assert getallen.format_getal(HAAR[0], 1) == "0,6"
    cases = [(w, d, t) for w in (*WAARDEN, *HAAR, *verschillen) for d in (-1, 0, 1, 2, 3) for t in (False, True)]
    (found,) = ask(folder, [], f"{json.dumps(cases)}.map(([w, d, t]) => V.getal(w, d, t))")
    assert found == [getallen.format_getal(*case) for case in cases]


def test_a_figure_stands_there_as_in_the_report_and_a_small_count_is_no_zero(folder: Path) -> None:
    cases = [(w, d) for w in WAARDEN for d in (-1, 0, 1)]
    (found,) = ask(
        folder,
        ["banen"],
        f"{json.dumps(cases)}.map(([waarde, decimalen]) => V.toon({{ decimalen }}, {{ waarde, status: 0 }}))",
    )
    assert found == [getallen.format_waarde(*case) for case in cases]
    assert "minder dan 5" in found
    klein, nul = (antwoord(folder, "banen", "GM0106", n).replace("\u00a0", " ") for n in (-1, 1))
    assert klein.startswith("Assen: minder dan 5 per 1.000 inwoners in 2024; Nederland minder dan 5 per 1.000 inwoners")
    assert nul.startswith("Assen: 0 per 1.000 inwoners in 2021")


@pytest.mark.parametrize("reden", LIJSTEN["leeg_reden"])
def test_what_is_missing_has_the_sign_and_the_words_of_the_report(reden: str, folder: Path) -> None:
    n = f"V.lijst.woorden.leegcode.indexOf('{reden}')"
    leeg = f"{{ waarde: null, reden: {n} }}"
    found = ask(folder, [], f"V.toon({{}}, {leeg})", f"V.uitleg({leeg})", "V.toon({}, null)", "V.uitleg(null)")
    punt = replace(punten([None])[0], leeg_reden=reden)
    assert found[:2] == [getallen.format_punt(punt, 1), getallen.explain_punt(punt)]
    assert found[2:] == [getallen.format_punt(None, 1), getallen.explain_punt(None)]


@pytest.mark.parametrize(
    ("eenheid", "aggregatie"),
    [
        *(("%", "verhouding"), ("% van de banen", "niet"), ("euro", "niet"), ("euro per inwoner", "verhouding")),
        *(("km", "gewogen"), ("index, 2020 = 100", "niet"), ("aantal", "som")),
    ],
)
def test_a_difference_is_told_in_the_measure_of_the_report(eenheid: str, aggregatie: str, folder: Path) -> None:
    kaart = make_indicator(eenheid=eenheid, aggregatie=aggregatie)
    cases = [(w, nl) for w in (0.0, 1.0, 55.5, -4.0, 62.05) for nl in (0.0, 0.05, 61.5, -7.0, 1.0)]
    zonder = {"zin": "#", "decimalen": 1, "maat": getallen.maatsoort(kaart)}
    (found,) = ask(folder, [], f"{json.dumps(cases)}.map(([w, nl]) => V.verschil({json.dumps(zonder)}, w, nl))")
    assert found == [getallen.format_verschil(kaart, w, w - nl) for w, nl in cases]


# --- what has no figure ---


@pytest.mark.parametrize(
    ("indicator", "leden", "wanted"),
    [
        ("participatie", ["GM0106", "GM0114"], f"Niet op te tellen: {NIET_OPTELBAAR}."),
        ("banen", ["GM0106", "GM0114"], f"Niet op te tellen: {REGISTER_APART}."),
        ("gaten", [VOL, "GM1701"], "Niet op te tellen: Westerveld heeft geen cijfer (geheim)."),
        # each member its own reason, those with the same one together
        (
            "gaten",
            ["GM1701", GEMEENTEN[2].code, VOL, GEMEENTEN[6].code],
            f"Niet op te tellen: Westerveld en {GEMEENTEN[6].naam} hebben geen cijfer (geheim); "
            f"{GEMEENTEN[2].naam} heeft geen cijfer ({LEEG_UITLEG[LEEG_ORDE[2]]}).",
        ),
    ],
)
def test_a_refused_sum_is_one_sentence_with_its_reason(
    indicator: str, leden: list[str], wanted: str, folder: Path
) -> None:
    (zinnen,) = ask(
        folder,
        [indicator],
        f"(() => {{ const r = V.telOp('{indicator}', {json.dumps(leden)}); const reden = V.weigering('{indicator}', r);"
        f"return V.antwoord('{indicator}', [{{ naam: 'Mijn gebied', r, gekozen: true, reden }}], -1); }})()",
    )
    assert zinnen == [f"Mijn gebied: geen cijfer. {wanted}"]


def test_an_area_that_never_has_a_value_is_told_why_and_not_that_nothing_is_known(folder: Path) -> None:
    assert antwoord(folder, "gaten", "GM1701") == "Westerveld: geen cijfer. Geheim."
    (n,) = ask(folder, ["gaten"], "V.data.gaten.p[V.nieuwste('gaten', 'GM1701')]")
    assert n == "2024JJ00"
    # of no row at all nothing is known of why
    assert antwoord(folder, "gaten", "CR07") == "Noord-Drenthe: geen cijfer."


# --- drawings ---


@pytest.mark.parametrize("waarde", [0.0, 0.5, 20.0, 60.0, 100.0, 1e6, -20.0, 62.4])
def test_equal_values_have_an_axis_with_two_ends_and_a_drawing_of_numbers(waarde: float, folder: Path) -> None:
    punt = {"waarde": waarde, "onder": None, "boven": None, "status": 0}
    lijn = {"naam": "Assen", "kleur": "#000", "streep": "", "dik": True, "teken": 0, "punt": punt}
    lijn["punten"] = [{"n": n, "punt": punt} for n in range(3)]
    as_, *drawings = ask(
        folder,
        [],
        f"V.streepjes({waarde}, {waarde})",
        f"V.tekenLijn(700, {{ decimalen: 1 }}, ['2020JJ00', '2021JJ00', '2022JJ00'], [{json.dumps(lijn)}], '', '', '')",
        f"V.tekenStippen(700, {{ decimalen: 1 }}, [{json.dumps(lijn)}], null, '', '', '')",
    )
    assert len(as_["waarden"]) >= 2 and as_["waarden"][0] <= waarde <= as_["waarden"][-1]
    for drawing in drawings:
        text = json.dumps(drawing)
        assert "NaN" not in text and "Infinity" not in text and len(text) > 500


def puntbeeld(waarden: list[float | None]) -> Puntbeeld:
    stippen = [Stip(g, Punt("2024JJ00", 2024, w)) for g, w in zip(GEMEENTEN, waarden, strict=True)]
    return Puntbeeld("2024JJ00", tuple(sorted(stippen, key=lambda s: -(s.waarde or 0))), ())


def kaartwaarden() -> list[list[float | None]]:
    toeval = random.Random(8)
    soorten: list[list[float | None]] = [[60.0] * 12, [60.04] * 6 + [59.96] * 6, [1.0, 2.0, 3.0] + [None] * 9]
    for n in range(60):
        ronde = toeval.choice((3, 10, 1000))
        soorten.append([None if toeval.random() < n / 80 else toeval.randint(-ronde, ronde) / 7 for _ in GEMEENTEN])
    return soorten


def test_the_classes_of_a_map_are_those_of_the_report(folder: Path) -> None:
    kaart, cases = make_indicator(), kaartwaarden()
    (found,) = ask(
        folder,
        [],
        f"{json.dumps(cases)}.map((w) => w.map((waarde, n) => ({{ n, punt: {{ waarde }} }})))"
        ".map((vlakken) => (V.klassen({ decimalen: 1 }, vlakken) || []).map((k) => ({ tekst: k.tekst, "
        "leden: k.vlakken.map((v) => v.n).sort((a, b) => a - b), vulling: V.lijst.kleuren.tinten[k.tint] })))",
    )
    empty, many = 0, set()
    for case, klassen in zip(cases, found, strict=True):
        beeld = make_landkaartbeeld(kaart, puntbeeld(case))
        if beeld is None:
            assert klassen == []
            empty += 1
            continue
        wanted = [sorted(GEMEENTEN.index(s.regio) for s in k.stippen) for k in beeld.klassen]
        assert [k["leden"] for k in klassen] == wanted
        assert [tuple(k["vulling"]) for k in klassen] == spread(len(wanted))
        alt = landkaart_alt(kaart, beeld)
        assert all(f", {k['tekst']}: " in alt for k in klassen), (klassen, alt)
        many.add(len(wanted))
    assert empty >= 3 and many >= {2, 3, 4}


# --- what a reader types, and addresses ---

ERFENIS = ["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"]


@pytest.mark.parametrize("naam", ERFENIS)
def test_what_every_object_has_is_no_indicator_no_area_no_picture_and_no_word(naam: str, folder: Path) -> None:
    staat, zoek, begin = ask(
        folder,
        [],
        f"V.leesStaat('#i={naam}&g={naam}&v={naam}&t={naam}&e={naam}')",
        f"V.zoek('{naam}')",
        "V.leesStaat('')",
    )
    assert staat == begin | {"naam": "Eigen gebied", "v": []}
    assert zoek["regios"] == [] and isinstance(zoek["indicatoren"], list)
    # nothing that is looked up in knows it
    gezocht = "V.data, V.indicatoren, V.regios, V.themas, V.lijst, V.lijst.zoekwoorden, V.lijst.woorden, V.data.banen.r"
    (found,) = ask(folder, ["banen"], f"[{gezocht}].map((o) => '{naam}' in o)")
    assert len(found) == 8 and not any(found)


def test_a_municipality_that_is_named_twice_in_an_address_counts_once(folder: Path) -> None:
    (staat,) = ask(folder, [], "V.leesStaat('#g=eigen&e=GM0106+GM0106+GM0114+CR07')")
    assert staat["leden"] == ["GM0106", "GM0114"] and staat["g"] == ["eigen"]


def test_what_is_shared_leads_to_where_the_report_is_published(folder: Path) -> None:
    hier = "'file:///C:/map/verken.html#i=banen'"
    staat = "V.leesStaat('#i=banen&g=GM0106&v=nl&t=lijn')"
    wijst = "#i=banen&g=GM0106&v=nl&t=lijn".replace(",", "%2C")
    local, known, line = ask(
        folder,
        [],
        f"V.adresVan({staat}, {hier})",
        f"(V.lijst.adres = 'https://cijfers.example/stand/', V.adresVan({staat}, {hier}))",
        f"V.insluitregel(V.adresVan({staat}, {hier}, {{ kaal: 1 }}), 'Banen \"& <werk>')",
    )
    assert local == f"file:///C:/map/verken.html{wijst}"
    assert known == f"https://cijfers.example/stand/verken.html{wijst}"
    assert line.startswith('<iframe src="https://cijfers.example/stand/verken.html#i=banen&#38;g=GM0106')
    assert 'title="Banen &#34;&#38; &#60;werk&#62;"' in line


# --- the file ---


def lees(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


@pytest.mark.parametrize("kaart", KAARTEN, ids=lambda k: k.id)
def test_the_file_that_is_saved_is_that_of_the_report(kaart: Indicator, rapport: Any, folder: Path) -> None:
    (text,) = ask(
        folder,
        [kaart.id],
        f"V.csv('{kaart.id}', Object.keys(V.data['{kaart.id}'].r).flatMap((c) => V.data['{kaart.id}'].p.map((_, n) => "
        f"({{ r: {{ ...V.regios[c], r: c }}, n, punt: V.punt('{kaart.id}', c, n) }})).filter((x) => x.punt)))",
    )
    wanted = csvbestand.write(gegevens.CIJFER, gegevens.of_indicator(kaart, voorbeeld=True)).decode("utf-8-sig")
    assert sorted(lees(text)) == sorted(lees(wanted))


@pytest.mark.parametrize(
    "naam",
    [
        *(
            "=1+1",
            "+31 592",
            "-",
            "-1,5",
            "-1.5e3",
            "@x",
            "12",
            "-cmd|' /C calc'!A0",
            'Assen; "x"',
            "\tx",
            "a\nb",
            "a\rb",
        ),
        *("\r=1", " =1", "+1", "-1e5", "--1", "\uff1d1"),
    ],
)
def test_a_name_becomes_no_formula_as_in_the_files_of_the_report(naam: str, folder: Path) -> None:
    r = f"{{ code: 'eigen', naam: {json.dumps(naam)}, soort: 'samengesteld', r: 'GM0106' }}"
    (text,) = ask(folder, ["banen"], f"V.csv('banen', [{{ r: {r}, n: 0, punt: V.punt('banen', 'GM0106', 0) }}])")
    assert lees(text)[1][6] == ontscherp(naam)


def test_a_number_in_a_file_has_the_digits_of_the_report(folder: Path) -> None:
    toeval = random.Random(5)
    grof = [toeval.gauss(0, 1) * 10 ** toeval.randint(-9, 18) for _ in range(300)]
    waarden = [*WAARDEN, *HAAR, 1e15, 1e16, 123456789012345.6, 1e-4, 1e-5, 1 / 3, *grof]
    (found,) = ask(folder, [], f"{json.dumps(waarden)}.map(V.kaal)")
    assert found == [csvbestand.getal(w) for w in waarden]


def test_the_legend_is_that_of_the_tables(folder: Path) -> None:
    (tekens,) = ask(folder, [], "V.lijst.tekens")
    assert tekens == TEKENS[0] and "onderdrukt" in tekens
