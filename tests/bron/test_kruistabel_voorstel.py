"""A proposal reads the file that it was made of, says what it guesses, and does nothing until a person looked."""

import re
import textwrap
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.bron.bronlijst import Aanlevering, read_aanleveringen
from assets.bron.kruistabel.voorstel import make_voorstel
from assets.bron.vellen.lezen import read_vellen
from assets.bron.vellen.vel import VelError, visible_vel
from begrippen.yamlbestand import parse_yaml
from pipelines.cli import cli
from tests.bron.kruistabel_vormen import VORMEN, Kruistabel, write, write_csv
from tests.bron.test_kruistabel import ONDERWERPEN, PERIODEN, REGIOS, expected, found, perioden, tabel, teksten

ROOT = Path(__file__).parent.parent.parent


def propose(path, naam=""):
    return make_voorstel(visible_vel(read_vellen(path), path.name), naam)


def named(k: Kruistabel, mapping: Aanlevering):
    """Our name in a proposal -> the name in the table, by title, groups and unit."""
    topics = {(*pad, titel, eenheid): name for name, (pad, titel, eenheid) in k.onderwerpen.items()}
    return {name: topics[*o.pad, o.titel, o.eenheid] for name, o in mapping.onderwerpen.items()}


def same(k: Kruistabel, made):
    names = named(k, made.mapping)
    assert {(names[o], r, p): cell for (o, r, p), cell in found(made.tabel).items()} == expected(k)


@pytest.mark.parametrize("vorm", VORMEN)
def test_a_proposal_reads_the_file_that_it_was_made_of(tmp_path, vorm):
    k = tabel({("bb", "PV22", "2024JJ00"): ".", ("werkloos", "GM1680", "2022JJ00"): ""})
    path, _ = write(tmp_path / "proef_01032026_101500", k, vorm)
    made = propose(path)
    assert made.nog == ""
    same(k, made)
    assert made.mapping.statline.nagekeken is None
    assert made.mapping.bestanden == (f"proef*{path.suffix}",)
    assert parse_yaml(made.tekst, Aanlevering, "voorstel") == made.mapping


@settings(max_examples=120, deadline=None)
@given(vorm=st.sampled_from(VORMEN), periode=perioden, data=st.data())
def test_a_proposal_never_reads_another_figure(tmp_path_factory, vorm, periode, data):
    """Of a small table it can know too little to read it, and then says so; what it reads is what was written."""
    topics = {o: ONDERWERPEN[o] for o in sorted(data.draw(st.sets(st.sampled_from(sorted(ONDERWERPEN)), min_size=1)))}
    regios = {r: REGIOS[r] for r in sorted(data.draw(st.sets(st.sampled_from(sorted(REGIOS)), min_size=1)))}
    k = tabel(onderwerpen=topics, regios=regios, perioden=periode)
    k.cellen = {key: data.draw(teksten) for key in k.cellen}
    path, _ = write(tmp_path_factory.mktemp("voorstel") / "proef", k, vorm)
    try:
        made = propose(path)
    except VelError:
        return
    if made.tabel:
        same(k, made)


def test_what_is_a_guess_or_missing_is_said(tmp_path):
    grid = [
        ["Arbeid; proef"],
        ["Leeftijd", "15 tot 75 jaar"],
        ["Geslacht", "Regio's", "Perioden", "Deelname", "Vorm (aantal)"],
        ["Mannen", "Amersfoort", "2024 december", "1,5", "-"],
        ["Totaal mannen en vrouwen", "Landelijke gebieden", "2024 december", "2,5", "3"],
        ["Let op: herzien"],
    ]
    path = write_csv(tmp_path / "arbeid.csv", grid)
    made = propose(path)
    form = made.mapping.statline
    assert form.keuzes == {"Leeftijd": "15 tot 75 jaar", "Geslacht": "Totaal mannen en vrouwen"}
    assert (form.overslaan, form.kale_namen) == (("Landelijke gebieden", "Let op: herzien"), "gemeente")
    for words in (
        "# ook in het bestand: Mannen",
        '# tekens: {"-": ...}',
        "# maand_is: jaar",
        "# invullen: de eenheid staat niet in het bestand",
        "# invullen: de dag waarop het bestand is gedownload",
        "# nakijken: het bestand zegt niet of cijfers voorlopig zijn",
    ):
        assert words in made.tekst, words
    assert made.tabel is None
    assert "noem in de mapping" not in made.nog and "arbeid.csv" in made.nog


@pytest.mark.parametrize("grid", [[["a", "b"], ["1", "2"]], [["Regio's", "2024"]], [["Titel"], ["Perioden"]]])
def test_what_is_no_table_of_statline_is_refused(tmp_path, grid):
    with pytest.raises(VelError, match=r"geen tabel|geen onderwerp"):
        propose(write_csv(tmp_path / "proef.csv", grid))


@pytest.fixture
def eigen(tmp_path, monkeypatch):
    """A tenant of our own, so that a mapping can be written beside it."""
    from begrippen.gebied import gekozen

    own = tmp_path / "eigen"
    own.mkdir()
    (own / "gebied.toml").write_bytes((gekozen().map / "gebied.toml").read_bytes())
    monkeypatch.setenv("MONITOR_GEBIED", str(own))
    for cached in (gekozen, read_aanleveringen):
        cached.cache_clear()
    yield own
    monkeypatch.undo()
    for cached in (gekozen, read_aanleveringen):
        cached.cache_clear()


def test_from_a_download_to_a_mapping_of_the_tenant(tmp_path, eigen):
    path, _ = write(tmp_path / "proef_01032026_101500", tabel(perioden=PERIODEN), "jaren als kolommen")

    def run(*words, code=0):
        result = CliRunner().invoke(cli, ["aanlevering", *map(str, words)])
        assert result.exit_code == code, result.output
        return result.output

    assert "geen mapping leest" in run("bekijk", path, code=2)
    output = run("voorstel", path, "--id", "arbeid")
    target = eigen / "aanleveringen" / "arbeid.yaml"
    assert str(target) in output
    assert "54 vakjes" in output
    assert f"monitor aanlevering bekijk {path}" in output
    assert "is al van een andere mapping" in run("voorstel", path, "--id", "sjabloon", code=2)
    assert "deze mapping is er al" in run("voorstel", path, "--id", "arbeid", code=2)
    read_aanleveringen.cache_clear()
    assert "nog een voorstel" in run("bekijk", path, code=2)
    target.write_text(target.read_text("utf-8").replace("nagekeken: null", f"nagekeken: {date(2026, 3, 2)}"), "utf-8")
    read_aanleveringen.cache_clear()
    assert read_aanleveringen()["arbeid"].statline.nagekeken == date(2026, 3, 2)
    assert "nog een voorstel" not in run("bekijk", path)
    beside = tmp_path / "arbeid.mapping.yaml"
    beside.write_text(target.read_text("utf-8").replace("Arbeidsdeelname; regio", "Iets anders; regio"), "utf-8")
    assert "de tabel heet" in run("bekijk", path, code=2)
    beside.unlink()
    output = run("bekijk", path)
    assert "Mapping: arbeid" in output and "54 vakjes" in output
    assert "regel 4, kolom D" in output and f"monitor run --aanlevering {path.parent}" in output


def test_the_example_in_the_docs_is_what_the_commands_say(tmp_path, eigen, monkeypatch):
    """The page for the data team shows a file, the mapping that was made of it, and what is read."""
    page = (ROOT / "docs" / "statline-aanleveren.md").read_text("utf-8")
    blocks = [textwrap.dedent(b) for b in re.findall(r"^ *```\w*\n(.*?)^ *```", page, re.M | re.S)]
    bestand, voorstel, mapping, bekijk = blocks[:4]
    monkeypatch.chdir(tmp_path)
    name = re.search(r"aanlevering/(\S+\.csv)", voorstel)[1]
    (tmp_path / "aanlevering").mkdir()
    (tmp_path / "aanlevering" / name).write_text(bestand, "utf-8")
    commands = [re.search(r"^\$ monitor (.+)", block, re.M)[1].split() for block in (voorstel, bekijk)]
    output = CliRunner().invoke(cli, commands[0]).output
    shown = " ".join(voorstel.split("\n", 1)[1].split()).replace("gebied/drenthe", "eigen")
    assert " ".join(output.split()) == shown
    target = eigen / "aanleveringen" / "arbeid_statline.yaml"
    proposed = parse_yaml(target.read_text("utf-8"), Aanlevering, "voorstel")
    checked = parse_yaml(mapping, Aanlevering, "docs")
    changed = {"nagekeken": checked.statline.nagekeken, "tekens": checked.statline.tekens}
    assert proposed.model_copy(update={"statline": proposed.statline.model_copy(update=changed)}) == checked
    target.write_text(mapping, "utf-8")
    read_aanleveringen.cache_clear()
    assert CliRunner().invoke(cli, commands[1]).output.strip() == bekijk.split("\n", 1)[1].strip()
