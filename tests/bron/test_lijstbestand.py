"""A change of the list touches the piece that it is about, and nothing else."""

import subprocess

import pytest
import yaml

from assets.bron.bronlijst import TABELLEN, read_tabellen
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


@pytest.mark.parametrize(
    ("wijziging", "was", "wordt"),
    [
        (("waarde", ("titel",), 'Twee "x"'), '"Een" #', '"Twee \\"x\\"" #'),
        (("waarde", ("api",), "v4"), "api: v3", "api: v4"),
        (("waarde", ("onderwerpen", "a", "pad"), ["G"]), "zekerheid: K}", 'zekerheid: K, pad: ["G"]}'),
        (("waarde", ("onderwerpen", "a", "eenheid"), "x 1 000"), '"%"', '"x 1 000"'),
        (("naam", ("dimensies", "RegioS"), "Gebied"), "RegioS:", "Gebied:"),
        (("naam", ("dimensies", "Leeftijd", "codes", "10000"), "?t"), '"10000":', '"?t":'),
        (("weg", ("dimensies", "RegioS"), ""), '    RegioS: {soort: regio, regios: ["NL*"]}\n', ""),
        (("weg", ("onderwerpen", "a", "zekerheid"), ""), ", zekerheid: K}", "}"),
        (("weg", ("onderwerpen", "a", "titel"), ""), 'titel: "A b", ', ""),
        (("waarde", ("dimensies", "Leeftijd", "codes", "T"), "Alle"), '"0 jaar"\n', '"0 jaar"\n        T: "Alle"\n'),
        (("waarde", ("gestopt",), True), "doorloopt.\n", "doorloopt.\n  gestopt: true\n"),
        (("weg", ("opmerking",), ""), "  opmerking: >-\n    Iets wat\n    doorloopt.\n", ""),
    ],
)
def test_a_change_replaces_one_piece(wijziging, was, wordt):
    new = change(TEXT, "1NED", Wijziging(*wijziging))
    assert new == TEXT.replace(was, wordt, 1) != TEXT
    assert yaml.safe_load(new)[1] is not None


def test_what_stands_in_another_entry_is_not_changed_from_here():
    with pytest.raises(BestandError, match="verwijst"):
        change(TEXT, "2NED", Wijziging("naam", ("dimensies", "Leeftijd", "codes", "10000"), "x"))
    for pad in (("dimensies", "Weg"), ("weg", "a")):
        with pytest.raises(BestandError, match="geen"):
            change(TEXT, "1NED", Wijziging("naam", pad, "x"))


def test_a_copy_stands_under_its_example():
    text = TEXT.replace("&leeftijd", "").replace("*leeftijd", '{"1": "a"}')
    new = copy_entry(text, "1NED", [Wijziging("waarde", ("titel",), "Drie")], "3NED")
    one, three, _ = yaml.safe_load(new)
    assert three == one | {"id": "3NED", "titel": "Drie"} and new.startswith(text[: text.index("\n\n# --- volg")])


def test_every_entry_of_the_list_can_be_changed_and_the_rest_stays(tmp_path):
    for id, tabel in read_tabellen().items():
        text = find_file(TABELLEN, id).read_text(encoding="utf-8")
        naam = next(iter(tabel.onderwerpen))
        new = change(text, id, Wijziging("waarde", ("onderwerpen", naam, "titel"), "Nieuw"))
        patch = make_patch("a.yaml", text, new)
        changed = [li for li in patch.splitlines() if li[0] in "+-" and li[:3] not in ("+++", "---")]
        assert len(changed) == 2, patch
        before, after = ({e["id"]: e for e in yaml.load(t, Loader=yaml.CSafeLoader)} for t in (text, new))
        before[id]["onderwerpen"][naam]["titel"] = "Nieuw"
        assert before == after


def test_the_patch_is_one_that_git_takes(tmp_path):
    (tmp_path / "a.yaml").write_text(TEXT, encoding="utf-8")
    new = change(TEXT, "1NED", Wijziging("waarde", ("titel",), "Café"))
    patch = "# uitleg vooraf\n" + make_patch("a.yaml", TEXT, new)
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=tmp_path, check=True)
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == new
