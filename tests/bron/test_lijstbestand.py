"""A change of the list touches the piece that it is about, and nothing else."""

import subprocess

import pytest
import yaml

from assets.bron.bronlijst import TABELLEN
from assets.bron.lijstbestand import Wijziging, change, copy_entry, find_file, make_patch
from begrippen.fout import BestandError

TEXT = """# kop
- id: 1NED
  titel: "Een" # waarom
  api: v3
  dimensies:
    # de regio
    RegioS: {soort: regio, regios: ["NL*"]}
    Leeftijd:
      soort: uitsplitsing
      codes: &leeftijd
        "10000": "Totaal"
        "10010": "0 jaar"
  onderwerpen:
    a: {titel: "A b", eenheid: "%", zekerheid: K}
  opmerking: >-
    Iets wat
    doorloopt.

# --- volgende ---

- id: 2NED
  titel: "Twee"
  dimensies:
    Leeftijd: {soort: uitsplitsing, codes: *leeftijd}
"""
# The same, with a list of its own for each table.
ALONE = TEXT.replace(" &leeftijd", "").replace("*leeftijd", '{"1": "a"}')


@pytest.mark.parametrize(
    ("wijziging", "was", "wordt"),
    [
        (("waarde", ("titel",), 'Twee "x"'), '"Een" #', '"Twee \\"x\\"" #'),
        (("waarde", ("api",), "v4"), "api: v3", "api: v4"),
        (("waarde", ("onderwerpen", "a", "pad"), ["G"]), "zekerheid: K}", 'zekerheid: K, pad: ["G"]}'),
        (("waarde", ("onderwerpen", "a", "eenheid"), "x 1 000"), '"%"', '"x 1 000"'),
        (("naam", ("dimensies", "RegioS"), "Gebied"), "RegioS:", "Gebied:"),
        (("naam", ("dimensies", "Leeftijd", "codes", "10000"), "?t"), '"10000":', '"?t":'),
        (("naam", ("dimensies", "Leeftijd", "codes", "10000"), "T1"), '"10000":', '"T1":'),
        (("naam", ("dimensies", "RegioS"), "2e regio"), "RegioS:", '"2e regio":'),
        (("weg", ("dimensies", "RegioS"), ""), '    RegioS: {soort: regio, regios: ["NL*"]}\n', ""),
        (("weg", ("onderwerpen", "a", "zekerheid"), ""), ", zekerheid: K}", "}"),
        (("weg", ("onderwerpen", "a", "titel"), ""), 'titel: "A b", ', ""),
        (("waarde", ("dimensies", "Leeftijd", "codes", "T"), "Alle"), '"0 jaar"\n', '"0 jaar"\n        T: "Alle"\n'),
        (("waarde", ("gestopt",), True), "doorloopt.\n", "doorloopt.\n  gestopt: true\n"),
        (("weg", ("opmerking",), ""), "  opmerking: >-\n    Iets wat\n    doorloopt.\n", ""),
    ],
)
def test_a_change_replaces_one_piece(wijziging, was, wordt):
    new = change(ALONE, "1NED", Wijziging(*wijziging))
    assert new == ALONE.replace(was, wordt, 1) != ALONE
    assert yaml.safe_load(new)[1] is not None


@pytest.mark.parametrize(
    ("tabel", "andere", "wijziging"),
    [
        ("1NED", "2NED", ("naam", ("dimensies", "Leeftijd", "codes", "10000"), "x")),
        ("2NED", "1NED", ("naam", ("dimensies", "Leeftijd", "codes", "10000"), "x")),
        ("1NED", "2NED", ("waarde", ("dimensies", "Leeftijd", "codes", "10000"), "x")),
        ("1NED", "2NED", ("waarde", ("dimensies", "Leeftijd", "codes", "nieuw"), "x")),
        ("2NED", "1NED", ("waarde", ("dimensies", "Leeftijd", "codes"), {"1": "x"})),
        ("1NED", "2NED", ("weg", ("dimensies", "Leeftijd"), "")),
        ("1NED", "2NED", ("waarde", ("dimensies",), {})),
    ],
)
def test_what_tables_share_is_refused_with_the_tables_that_would_change_too(tabel, andere, wijziging):
    with pytest.raises(BestandError, match=f"van tabel {tabel} staat ook bij {andere} .* met de hand"):
        change(TEXT, tabel, Wijziging(*wijziging))


def test_a_name_above_what_tables_share_is_of_one_table():
    for tabel in ("1NED", "2NED"):
        new = yaml.safe_load(change(TEXT, tabel, Wijziging("naam", ("dimensies", "Leeftijd"), "Jaren")))
        assert ["Jaren" in entry["dimensies"] for entry in new] == [tabel == "1NED", tabel == "2NED"]


def test_no_change_at_the_shared_lists_of_the_house_reaches_another_table():
    text = find_file(TABELLEN, "83582NED").read_text(encoding="utf-8")
    pad = ("dimensies", "BedrijfstakkenBranchesSBI2008", "codes", "T001081")
    for soort in ("waarde", "naam", "weg"):
        with pytest.raises(BestandError, match="83582NED staat ook bij"):
            change(text, "83582NED", Wijziging(soort, pad, "x"))


def test_what_is_not_there_is_not_changed():
    for tabel, pad in (("1NED", ("dimensies", "Weg")), ("1NED", ("weg", "a")), ("9NED", ("titel",))):
        with pytest.raises(BestandError, match=r"geen|niet in"):
            change(TEXT, tabel, Wijziging("naam", pad, "x"))


def test_a_copy_stands_under_its_example():
    new = copy_entry(ALONE, "1NED", [Wijziging("waarde", ("titel",), "Drie")], "3NED")
    one, three, _ = yaml.safe_load(new)
    assert three == one | {"id": "3NED", "titel": "Drie"} and new.startswith(ALONE[: ALONE.index("\n\n# --- volg")])
    with pytest.raises(BestandError, match="deelt een lijst"):
        copy_entry(TEXT, "2NED", [], "3NED")
    with pytest.raises(BestandError, match="staat er al in"):
        copy_entry(ALONE, "1NED", [], "2NED")
    assert "R&D *" in copy_entry(ALONE.replace("Een", "R&D *"), "1NED", [], "3NED").rpartition("3NED")[2]


@pytest.mark.parametrize("path", sorted(TABELLEN.glob("*.yaml")), ids=lambda p: p.stem)
def test_every_entry_of_the_list_can_be_changed_and_the_rest_stays(path):
    text = new = path.read_text(encoding="utf-8")
    wanted = yaml.load(text, Loader=yaml.CSafeLoader)
    for entry in wanted:
        naam = next(iter(entry["onderwerpen"]))
        new = change(new, entry["id"], Wijziging("waarde", ("onderwerpen", naam, "titel"), "Nieuw"))
        entry["onderwerpen"][naam]["titel"] = "Nieuw"
    changed = [
        li for li in make_patch("a.yaml", text, new).splitlines() if li[0] in "+-" and li[:3] not in ("+++", "---")
    ]
    assert yaml.load(new, Loader=yaml.CSafeLoader) == wanted and len(changed) == 2 * len(wanted)


def test_the_patch_is_one_that_git_takes(tmp_path):
    (tmp_path / "a.yaml").write_text(TEXT, encoding="utf-8")
    new = change(TEXT, "1NED", Wijziging("waarde", ("titel",), "Café"))
    patch = "# uitleg vooraf\n" + make_patch("a.yaml", TEXT, new)
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=tmp_path, check=True)
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == new
