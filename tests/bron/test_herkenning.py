"""What the list asks is found by what it is; what is not certain is not taken."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from assets.bron.bronlijst import Brontabel, Dimensie, Onderwerp
from assets.bron.herkenning import find_codes, find_dimensions, find_topics
from assets.bron.schrijfwijze import EENHEDEN, alike, is_totaal, same_title, same_unit
from assets.bron.structuur import BronOnderwerp, Code, Structuur


def topic(sleutel="T_1", titel="Afstand tot ziekenhuis", pad=("Zorg",), eenheid="km"):
    return BronOnderwerp(sleutel, titel, pad, eenheid)


def asked(**changed):
    fields = {"titel": "Afstand tot ziekenhuis", "pad": ("Zorg",), "eenheid": "km", "zekerheid": "K"}
    return Onderwerp.model_validate(fields | changed)


def found(expected, *topics, eerder=()):
    vondst = find_topics({"x": expected}, topics, eerder)["x"]
    return (vondst.onderwerp.sleutel, vondst.hoe) if vondst.onderwerp else vondst.reden.code


@pytest.mark.parametrize(
    ("expected", "topics", "uitkomst"),
    [
        (asked(), [topic()], ("T_1", "letterlijk")),
        (asked(pad=["Zorg en welzijn"]), [topic(pad=("Zorg- en welzijn",))], ("T_1", "andere_groep")),
        (asked(pad=["Zorg, welzijn"]), [topic(pad=("Zorg; welzijn",))], ("T_1", "andere_groep")),
        (asked(), [topic(eenheid="kilometer")], ("T_1", "zelfde_eenheid")),
        (asked(), [topic(eenheid="x 1 000")], "andere_eenheid"),
        (asked(titel="Café, e.d."), [topic(titel="cafe e.d")], ("T_1", "zelfde_titel")),
        (asked(), [topic("AfstandTotZiekenhuis_7", "Afstand ziekenhuis")], ("AfstandTotZiekenhuis_7", "kolomsleutel")),
        (asked(), [topic("AfstandTotZiekenhuis_7", "Bedden")], "titel_ontbreekt"),
        (asked(), [topic("AfstandTotZiekenhuis_7", "Afstand tot ziekenhuis, mutatie")], "titel_ontbreekt"),
        (asked(titel="Totaal"), [topic("Totaal_7", "Totaal aantal")], "titel_ontbreekt"),
        (asked(v4_code="M1"), [topic("M1", "Hospitaal")], ("M1", "maatcode")),
        (asked(v4_code="M1"), [topic("M1", "Hospitaal", eenheid="m")], "titel_ontbreekt"),
        # two that fit, or two signs that differ: neither
        (asked(pad=[]), [topic("A"), topic("B", pad=("Land",))], "meer_keer"),
        (asked(titel="Café's"), [topic("A", "Cafes"), topic("B", "cafés")], "titel_ontbreekt"),
        (asked(v4_code="B", titel="Café's"), [topic("A", "Cafes"), topic("B", "cafés")], ("B", "zelfde_titel")),
        (asked(v4_code="M1"), [topic("M2"), topic("M1", "Afstand tot kliniek")], "andere_maatcode"),
        # the group was named because it tells two apart
        (asked(), [topic(pad=("Excl. poliklinieken",))], "ander_pad"),
    ],
)
def test_a_topic_is_found_by_the_first_sign_that_is_certain(expected, topics, uitkomst):
    assert found(expected, *topics) == uitkomst


def test_a_topic_that_another_name_has_to_the_letter_is_not_there_for_a_weaker_sign():
    one, other = asked(titel="Café's"), asked(titel="Cafes")
    vondsten = find_topics({"een": one, "ander": other}, [topic(titel="Cafes")])
    assert vondsten["een"].onderwerp is None and vondsten["ander"].onderwerp is not None


def test_what_two_names_would_have_by_a_weaker_sign_neither_has():
    vondsten = find_topics({"een": asked(titel="Café's"), "ander": asked(titel="café-s")}, [topic(titel="cafes!")])
    assert [v.onderwerp for v in vondsten.values()] == [None, None]


def test_the_last_answer_says_what_is_another_topic_and_what_only_moved():
    before = topic("M1"), topic("M2", "Afstand tot ziekenhuis!")
    assert found(asked(), before[1]) == ("M2", "zelfde_titel")
    assert found(asked(), before[1], eerder=before) == "titel_ontbreekt"
    moved = topic("M1", pad=("Voorzieningen",))
    assert found(asked(), moved) == "ander_pad"
    assert found(asked(), moved, eerder=[topic("M1")]) == ("M1", "andere_groep")
    two = [topic("M1"), topic("M3", pad=("Excl. poliklinieken",))]
    assert found(asked(), moved, eerder=two) == "ander_pad", "the group told them apart"


KINDS = {"RegioS": "GeoDimension", "Perioden": "TimeDimension"}


def codes(dim, **titles):
    return tuple(Code(dim, c, t, c) for c, t in titles.items())


def structuur(soorten=KINDS, **dims):
    every = {
        "RegioS": codes("RegioS", NL01="Nederland", GM0106="Assen"),
        "Perioden": codes("Perioden", **{"2024JJ00": "2024"}),
        "Geslacht": codes("Geslacht", T1="Totaal", M="Mannen"),
    } | dims
    return Structuur((topic(),), {n: c for n, c in every.items() if c}, soorten)


def tabel(**dims):
    every = {
        "RegioS": {"soort": "regio", "regios": ["NL01", "GM*"]},
        "Perioden": {"soort": "periode", "vanaf": 2020},
        "Geslacht": {"soort": "uitsplitsing", "codes": {"T1": "Totaal"}},
    } | dims
    fields = {"id": "1NED", "titel": "t", "api": "v3", "zekerheid": "K", "onderwerpen": {"x": asked().model_dump()}}
    return Brontabel.model_validate(fields | {"dimensies": {n: d for n, d in every.items() if d}})


def test_a_renamed_dimension_is_found_by_its_kind_or_by_its_codes_and_titles():
    shifted = structuur(
        {"Gebied": "GeoDimension", "Jaar": "TimeDimension"},
        **{"RegioS": (), "Perioden": (), "Geslacht": ()},
        Gebied=codes("Gebied", NL01="Nederland"),
        Jaar=codes("Jaar", **{"2024JJ00": "2024"}),
        Sekse=codes("Sekse", T1="totaal", M="Mannen"),
    )
    dims = find_dimensions(tabel(), shifted)
    assert dims.namen == {"RegioS": "Gebied", "Perioden": "Jaar", "Geslacht": "Sekse"}
    assert (dims.hoe["RegioS"], dims.hoe["Geslacht"], dims.over) == ("zelfde_soort", "zelfde_codes", ())


def test_a_dimension_that_could_be_two_is_neither():
    two = structuur(Geslacht=(), A=codes("A", T1="Totaal"), B=codes("B", T1="Totaal"))
    dims = find_dimensions(tabel(), two)
    assert "Geslacht" not in dims.namen and set(dims.over) == {"A", "B"}
    second = {"soort": "uitsplitsing", "codes": {"T1": "Totaal"}}
    one = find_dimensions(tabel(Leeftijd=second), structuur(Geslacht=(), A=codes("A", T1="Totaal")))
    assert not {"Geslacht", "Leeftijd"} & set(one.namen), "two of ours, one of theirs"


def test_where_one_lives_is_never_taken_for_where_one_works():
    werk = {"soort": "uitsplitsing", "codes": {"NL01": "Nederland"}, "ook_regios": ["GM*"]}
    kinds = KINDS | {"Werkregio": "GeoDimension", "Studieregio": "GeoDimension"}
    regions = {n: codes(n, NL01="Nederland", GM0106="Assen") for n in ("Werkregio", "Studieregio")}
    dims = find_dimensions(tabel(Werkregio=werk), structuur(kinds, RegioS=(), **regions))
    assert "RegioS" not in dims.namen and dims.over == ("Studieregio",)
    for own, other, taken in (
        ("WoonregioS", "WerkregioS", False),
        ("RegioS", "Werkregio", False),
        ("WoonregioS", "Gebied", True),
    ):
        one = tabel(**{"RegioS": None, own: {"soort": "regio", "regios": ["NL01"]}})
        there = structuur({**KINDS, other: "GeoDimension"}, **{"RegioS": (), other: codes(other, NL01="Nederland")})
        assert (own in find_dimensions(one, there).namen) == taken, (own, other)


@pytest.mark.parametrize(
    ("wanted", "there", "uitkomst"),
    [
        ({"T1": "Totaal"}, {"T1": "Totaal", "M": "Mannen"}, ("T1", "letterlijk")),
        ({"T1": "Totaal"}, {"T9": "Totaal", "M": "Mannen"}, ("T9", "zelfde_titel")),
        ({"T1": "Totaal mannen en vrouwen"}, {"T9": "Totaal", "M": "Mannen"}, ("T9", "enige_totaal")),
        ({"?totaal": "Totaal"}, {"10000": "Totaal", "M": "Mannen"}, ("10000", "letterlijk")),
        ({"NL00": "Nederland"}, {"NL01": "Nederland", "PV22": "Drenthe (PV)"}, ("NL01", "zelfde_titel")),
        ({"T1": "Totaal"}, {"A": "Totaal", "B": "totaal"}, "code_ontbreekt"),
        ({"?totaal": "Totaal"}, {"A": "Totaal", "B": "totaal"}, "code_ontbreekt"),
        # a part that calls itself a total, and a code that was given to something else
        ({"T1": "Totaal"}, {"C": "Landbouw", "D": "Totaal industrie"}, "code_ontbreekt"),
        ({"T1": "Totaal"}, {"C": "Totaal industrie", "D": "Totaal diensten"}, "code_ontbreekt"),
        ({"T1": "Totaal 15 tot 75 jaar"}, {"X": "Totaal 15 tot 65 jaar"}, "code_ontbreekt"),
        ({"T1": "Totaal"}, {"X": "Totaal 15 tot 75 jaar"}, "code_ontbreekt"),
        ({"T1": "Totaal"}, {"T1": "Mannen", "X": "Vrouwen"}, "code_andere_titel"),
        ({"T1": "Totaal"}, {"T1": "Mannen", "X": "Totaal"}, "code_andere_titel"),
        ({"11800": "18 jaar"}, {"11800": "19 jaar"}, "code_andere_titel"),
    ],
)
def test_a_code_is_found_by_code_and_title_or_by_the_only_title_or_total(wanted, there, uitkomst):
    dimensie = Dimensie(soort="uitsplitsing", codes=wanted)
    (vondst,) = find_codes("D", dimensie, codes("D", **there)).values()
    assert ((vondst.code.code, vondst.hoe) if vondst.code else vondst.reden.code) == uitkomst


@pytest.mark.parametrize("code", ["?", "?Totaal 1", "A|B", "A=B", ""])
def test_a_code_of_ours_can_stand_in_the_name_of_a_cell(code):
    with pytest.raises(ValidationError):
        Dimensie(soort="uitsplitsing", codes={code: "Totaal"})


def test_units_are_one_by_spelling_or_by_the_closed_list_and_never_by_scale():
    assert same_unit("x 1 000", "1000") and same_unit("km²", "km2") and same_unit("mln euro", "x mln euro")
    for one, other in (
        ("x 1 000", "aantal"),
        ("euro", "1 000 euro"),
        ("%", "per 1 000 inwoners"),
        ("2015=100", "2020=100"),
    ):
        assert not same_unit(one, other)
    spelled = [s for row in EENHEDEN for s in row]
    assert len(set(spelled)) == len(spelled), "a spelling belongs to one unit"


def test_titles_are_one_by_spelling_alone():
    assert same_title("Personenauto's, relatief", "personenautos relatief") and same_title("per 1 000", "per 1.000")
    assert not same_title("0-5 jaar", "05 jaar") and not same_title("80 jaar", "80+ jaar") and not same_title("", "")
    assert is_totaal("A-U Alle economische activiteiten") and not is_totaal("Subtotaal industrie")
    assert alike("Totaal personen", "Totaal") and not alike("Totaal", "Mannen")


@pytest.mark.parametrize("api", ["v3", "v4"])
def test_a_shifted_table_is_fetched_under_our_names(bank, rows, api):
    plain = rows(bank.fetch(bank.tabel(api)))
    make = {"v3": bank.make_v3, "v4": bank.make_v4}[api]
    bank.restock(shift(make(), api))
    again = bank.fetch(bank.tabel(api))
    assert again.resultaat == "nieuw", again.reden
    keys = ("onderwerp", "regio", "periode", "uitsplitsing", "waarde")
    assert [[r[k] for k in keys] for r in rows(again)] == [[r[k] for k in keys] for r in plain]
    told = {(w.gegevens["naam"], w.gegevens["hoe"]) for w in again.momentopname.waarschuwingen}
    assert told == {
        ("Geslacht", "zelfde_codes"),
        ("Perioden", "zelfde_soort"),
        ("RegioS", "zelfde_soort"),
        ("RegioS=NL01", "zelfde_titel"),
    }


def shift(table, api):
    """The same table with every dimension renamed, and with another code for the country."""
    names = {"Geslacht": "Sekse", "RegioS": "Gebied", "Perioden": "Jaar"}
    index, key, suffix = ("DataProperties", "Key", "") if api == "v3" else ("Dimensions", "Identifier", "Codes")
    documents = {
        next((new + suffix for old, new in names.items() if n == old + suffix), n): d
        for n, d in table.documenten.items()
    }
    documents[index] = [d | {key: names.get(d[key], d[key])} for d in documents[index]]
    country = f"Gebied{suffix}"
    documents[country] = [c | {key: c[key].replace("NL01", "NL00")} for c in documents[country]]

    def rijen(data):
        kolommen = {names.get(n, n): k for n, k in table.rijen(data).items()}
        texts = tuple(t.replace("NL01", "NL00") for t in kolommen["Gebied"].teksten)
        return kolommen | {"Gebied": replace(kolommen["Gebied"], teksten=texts)}

    changed = {"Modified": "2026-03-01T02:00:00"}
    return replace(table, documenten=documents, rijen=rijen, eigenschappen=table.eigenschappen | changed)
