"""The one reader of YAML and TOML: all faults at once, in Dutch, with file, line, field and what is allowed."""

from pathlib import Path
from typing import Any, Literal, get_args

import pytest
from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import core_schema

from begrippen import yamlbestand
from begrippen.fout import BestandError
from begrippen.veldfout import text_of
from begrippen.yamlbestand import hold, parse_yaml, read_geheim, read_lagen, read_toml, read_yaml


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Deel(_Model):
    soort: Literal["groot", "klein"]
    aantal: int = 1


class Geheel(_Model):
    id: str
    delen: tuple[Deel, ...] = ()
    naam: dict[str, Deel] = Field(default_factory=dict)
    waarde: float | Literal["leeg"] = "leeg"


def refusal(text: str, form: type = Geheel, **options: bool) -> str:
    with pytest.raises(BestandError) as raised:
        parse_yaml(text, form, "x.yaml", **options)
    assert raised.value.exit_code == 2
    return str(raised.value)


@pytest.mark.parametrize("kind", get_args(core_schema.ErrorType))
def test_every_kind_of_error_of_pydantic_has_a_dutch_text(kind):
    text = text_of(kind)
    assert text is not None
    for english in ("should", "Input", "must", "valid", "not "):
        assert english not in text


def test_all_faults_are_told_at_once_with_line_field_and_what_is_allowed():
    assert refusal("id: 3\ndelen:\n  - soort: midden\n  - soort: groot\n    kleur: rood\nnaam: {a: {}}\n") == (
        "x.yaml: dit klopt niet:\n"
        "  regel 1, id: moet tekst zijn, niet 3; zet een getal of code tussen aanhalingstekens\n"
        "  regel 3, delen[1].soort: 'midden' mag hier niet; toegestaan: 'groot' of 'klein'\n"
        "  regel 5, delen[2].kleur: dit veld bestaat niet; toegestaan: soort, aantal\n"
        "  regel 6, naam.a.soort: ontbreekt"
    )


class Gevuld(_Model):
    delen: tuple[Deel, ...] = Field(min_length=1)


def test_a_list_of_which_an_entry_is_wrong_is_not_called_empty():
    assert refusal("delen:\n  - soort: midden\n", Gevuld).splitlines()[1:] == [
        "  regel 2, delen[1].soort: 'midden' mag hier niet; toegestaan: 'groot' of 'klein'"
    ]
    assert refusal("delen: []\n", Gevuld).splitlines()[1:] == ["  regel 1, delen: mag niet leeg zijn"]


def test_what_may_be_two_things_is_one_fault():
    assert refusal("id: a\nwaarde: veel\n").splitlines()[1:] == [
        "  regel 2, waarde: moet een getal zijn, niet 'veel'; of 'veel' mag hier niet; toegestaan: 'leeg'"
    ]


def test_a_number_of_either_kind_is_a_number():
    assert "  regel 1: moet een getal zijn, niet 'x'" in refusal("x", int | float)


def test_an_entry_of_a_list_is_named_by_its_id():
    said = refusal("- {id: a}\n- {id: b, waarde: x}\n", tuple[Geheel, ...])
    assert "  regel 2, [b].waarde: moet een getal zijn" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id: [", "geen geldige YAML: regel"),
        ("id: a: b", "regel 1, kolom 6: een dubbele punt te veel"),
        ("id: 'a", "een aanhalingsteken dat niet wordt gesloten"),
        ("\tid: a", "spring in met spaties"),
        ("", "leeg"),
        ("# alleen uitleg\n", "leeg"),
        ("tekst", "moet velden met waarden zijn, niet 'tekst'"),
        ("id: a\nid: b\n", "regel 2, id: staat er twee keer"),
        ("id: !!python/name:os.system ''", "regel 1: het label python/name:os.system kan hier niet"),
        ("id: !eigen a", "het label !eigen kan hier niet"),
        ("!eigen id: a", "regel 1: het label !eigen kan hier niet"),
        ("<<: a", "regel 1: het label merge kan hier niet"),
        ("id: {a: 1}\n<<: {b: 2}", "regel 2: het label merge kan hier niet"),
        ("id: <<", "het label merge kan hier niet"),
        ("id: &a [*a]", "een verwijzing (*) naar waar zij zelf in staat"),
        ("id: *weg", "een verwijzing (*naam) naar iets dat er niet is"),
        ("id: 2026-02-31", "'2026-02-31' kan niet"),
        ("[" * 100_000, "dieper dan 50 lijsten"),
        ("a0: &a0 [1]\n" + "\n".join(f"a{n + 1}: &a{n + 1} [{f'*a{n}, ' * 9}]" for n in range(9)), "miljoenen waarden"),
        ("id: a\x00", "dat niet in tekst hoort"),
    ],
)
def test_what_yaml_can_do_and_these_files_may_not_is_refused(text, said):
    assert said in refusal(text)


def test_a_value_that_is_named_twice_may_be_written_once():
    found = parse_yaml("id: x\nnaam: {a: &groot {soort: groot}, b: *groot}\n", Geheel, "x.yaml")
    assert found.naam["a"] == found.naam["b"] == Deel(soort="groot")


def test_every_value_can_stay_the_text_that_it_is():
    assert parse_yaml("{a: 00, b: no, c: 2026-01-01}", dict[str, str], "x", tekst=True) == {
        "a": "00", "b": "no", "c": "2026-01-01",
    }  # fmt: skip


def test_a_file_that_is_no_utf8_or_not_there_is_refused_by_name(tmp_path):
    path = tmp_path / "a.yaml"
    with pytest.raises(BestandError, match=r"a\.yaml: dit bestand is er niet"):
        read_yaml(path, Geheel)
    path.write_bytes(b"id: a\nopm: caf\xe9\n")
    with pytest.raises(BestandError, match=r"a\.yaml: dit is niet in UTF-8 opgeslagen \(regel 2\)"):
        read_yaml(path, Geheel)
    with pytest.raises(BestandError, match="niet te lezen als bestand"):
        read_yaml(tmp_path, Geheel)


def test_a_later_layer_goes_before_an_earlier_one_and_a_fault_names_both(tmp_path):
    eerst, later = tmp_path / "eerst.yaml", tmp_path / "later.yaml"
    eerst.write_text("id: a\nwaarde: 1\n", encoding="utf-8")
    later.write_text("waarde: 2\n", encoding="utf-8")
    assert read_lagen((eerst, later), Geheel, lambda c: c, {"id": "b"}) == Geheel(id="b", waarde=2)
    later.write_text("waarde: veel\n", encoding="utf-8")
    with pytest.raises(BestandError, match=r"eerst\.yaml met .*later\.yaml: dit klopt niet:\n  waarde: moet een getal"):
        read_lagen((eerst, later), Geheel, lambda c: c)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = ", "geen geldige TOML: aan het eind: kijk naar aanhalingstekens"),
        ("id = a\n", "geen geldige TOML: regel 1, kolom 6"),
        ("id = 'a'\nid = 'b'", "staat er twee keer"),
        ("id = 'a'\nkleur = 1", "regel 2, kleur: dit veld bestaat niet; toegestaan: id, delen"),
        (
            "id = 'a'\n[[delen]]\nsoort = 'midden'",
            "regel 3, delen.1..soort: 'midden' mag hier niet; toegestaan: 'groot'",
        ),
    ],
)
def test_toml_is_explained_alike(tmp_path: Path, text, said):
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BestandError, match=said):
        read_toml(path, Geheel)


def test_values_from_elsewhere_are_held_against_a_form_too():
    with pytest.raises(BestandError, match=r"hier: dit klopt niet:\n  id: ontbreekt"):
        hold({}, Geheel, "hier")


def test_a_text_is_parsed_once_and_each_reader_has_values_of_its_own(tmp_path: Path):
    path = tmp_path / "lijst.yaml"
    path.write_text("a: [1]\n", encoding="utf-8")
    first = read_yaml(path, Any)
    first["a"].append(2)
    before = yamlbestand._kept.cache_info()
    assert read_yaml(path, Any) == {"a": [1]}
    assert yamlbestand._kept.cache_info().misses == before.misses
    path.write_text("a: [3]\n", encoding="utf-8")
    assert read_yaml(path, Any) == {"a": [3]}


def test_nothing_of_a_confidential_file_is_kept(tmp_path: Path):
    path = tmp_path / "besloten.yaml"
    path.write_text("a: geheim\n", encoding="utf-8")
    before = yamlbestand._kept.cache_info()
    assert read_geheim(path, Any) == {"a": "geheim"}
    assert yamlbestand._kept.cache_info() == before
