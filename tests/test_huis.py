"""The house stays whole: who may import whom, and who may know Dagster."""

import ast
import re
import subprocess
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# The order in which data passes: a later room may use an earlier one, never the other way round.
STAGES = ("motor", "bron", "register", "kern", "indicatoren", "beleid", "kwaliteit", "bouw", "vragen", "rapport")
FILES = sorted(p for top in ("assets", "begrippen", "pipelines", "reports") for p in (ROOT / top).rglob("*.py"))


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{a.name}" for a in node.names)}
    return found


def stage(module: str) -> int | None:
    parts = module.split(".")
    return STAGES.index(parts[1]) if parts[0] == "assets" and len(parts) > 1 and parts[1] in STAGES else None


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_one_way(path):
    place = path.relative_to(ROOT).parts
    names = imports(path)
    tops = {n.split(".")[0] for n in names}
    if place[0] == "begrippen":
        assert not tops & {"assets", "pipelines", "reports", "dagster", "duckdb"}
    if place[0] == "reports":
        assert not tops & {"assets", "pipelines", "dagster", "duckdb"}
    if place[0] == "assets":
        assert "pipelines" not in tops
        own = STAGES.index(place[1]) if place[1] in STAGES else len(STAGES)
        later = sorted(n for n in names if (s := stage(n)) is not None and s > own)
        assert not later, f"{'/'.join(place)} gebruikt een latere fase"
        if place[-1] != "assets.py":
            assert "dagster" not in tops, "alleen assets.py kent Dagster"


def test_no_file_comes_back_to_itself():
    """A circle is one of types, too: what two files tell each other belongs below both."""
    names = {".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): p for p in FILES}
    uses = {name: (imports(path) & names.keys()) - {name} for name, path in names.items()}
    assert sum(map(len, uses.values())) > len(names)
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as error:
        pytest.fail(" <- ".join(error.args[1]))


# kilobytes: what is larger is no text that somebody wrote here; the lock is made, and belongs to it
GROOTST, GEMAAKT = 200, {"uv.lock"}


def test_nothing_lies_in_the_project_that_was_made_elsewhere():
    """A package or an archive that was fetched to be looked at, a figure, a database: none is tracked."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if told.returncode:
        pytest.skip("dit is geen kloon van git")
    tracked = [ROOT / naam for naam in told.stdout.split("\0") if naam and (ROOT / naam).is_file()]
    assert len(tracked) > 900
    assert [p.name for p in tracked if p.stat().st_size > 1000 * GROOTST and p.name not in GEMAAKT] == []
    assert [p.name for p in tracked if p.suffix in {".whl", ".zip", ".gz", ".duckdb", ".parquet", ".pdf"}] == []


def test_every_stage_has_its_folder():
    assert {p.name for p in (ROOT / "assets").iterdir() if p.is_dir() and p.name != "__pycache__"} == set(STAGES)


def test_names_are_those_of_docs_namen():
    """A module is not called like its folder, and no name points at a place instead of a thing."""
    assert [str(p) for p in FILES if p.stem == p.parent.name] == []
    classes = {n.name for p in FILES for n in ast.walk(ast.parse(p.read_text("utf-8"))) if isinstance(n, ast.ClassDef)}
    assert {n for n in classes if n.endswith("Here") or n in ("Stof", "Data", "Info", "Helper", "Util")} == set()


# Written by hand and read by people: so many lines, and of the tests that were longer when this was first counted 750.
LANG, LANGST = 400, 750
WRITTEN = ("*.py", "*.sql", "*.css", "*.html", "*.yaml", "*.toml", "*.typ")
TE_LANG = {
    "tests/bench/bench_bouw.py",
    "tests/bron/test_aanlevering.py",
    "tests/indicatoren/test_analyses.py",
    "tests/indicatoren/test_motor.py",
    "tests/indicatoren/test_onafhankelijk.py",
    "tests/indicatoren/test_oordeel.py",
    "tests/indicatoren/test_regels.py",
    "tests/kwaliteit/test_toetsen.py",
}


def test_no_file_is_too_long_to_read():
    tops = ("assets", "begrippen", "gebied", "notebooks", "pipelines", "reports", "sql", "tests")
    files = [p for top in tops for pattern in WRITTEN for p in (ROOT / top).rglob(pattern)]
    assert len(files) > 700
    lines = {p.relative_to(ROOT).as_posix(): p.read_text("utf-8").count("\n") for p in files}
    assert {naam: n for naam, n in lines.items() if n > (LANGST if naam in TE_LANG else LANG)} == {}
    assert [naam for naam in TE_LANG if lines.get(naam, 0) <= LANG] == []


# What a room says in words for people. Who needs one of these as a fact takes the code or the column beside it.
ZINNEN = (
    *("reden", "redenen", "uitleg", "toelichting", "kanttekening", "verouderd", "description", "message"),
    *("wat", "zin", "kop", "titel", "label", "eenheid", "uitsplitsing", "bewering"),
)
TAKE_APART = {"split", "rsplit", "partition", "rpartition", "removeprefix", "removesuffix", "startswith", "endswith"}
# What stands in a file of a source is text until it is read: there, and where the sample makes it, it is taken apart.
LEZERS = ("assets/bron", "assets/kern")


def test_no_room_takes_a_sentence_apart():
    """No method that takes text apart on a name or key that holds a sentence or a unit, and no regexp on one in SQL."""
    found = []
    for path in (p for p in FILES if not str(p.relative_to(ROOT)).startswith(LEZERS)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            of = node.func.value
            name = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else None
            if isinstance(of, ast.Subscript) and isinstance(of.slice, ast.Constant):
                name = of.slice.value
            # split() without an argument only folds blanks
            if node.func.attr in TAKE_APART and name in ZINNEN and node.args:
                found.append((str(path.relative_to(ROOT)), name))
    assert found == []
    for query in (ROOT / "sql").rglob("*.sql"):
        text = query.read_text(encoding="utf-8")
        assert not re.search(r"regexp_\w+\(\s*(\w+\.)?(reden|uitleg|toelichting|verouderd)\b", text), query.name


COMMAND = re.compile(r"\bmonitor (?:run|bron|register|editie|tekst|status|indicator|gebied)\b|\bdocs/[a-z-]+\.md")


def test_an_error_gives_its_next_step_as_a_field():
    """The next command of an error stands in `vervolg`, where a reader of fields finds it, not in what was wrong."""
    glued = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                name = ast.unparse(node.exc.func)
                said = [c.value for c in ast.walk(node.exc.args[0]) if isinstance(c, ast.Constant)]
                if name.endswith("Error") and COMMAND.search("".join(map(str, said))):
                    glued.append(f"{path}:{node.lineno}")
    assert glued == []


def test_a_web_server_of_a_test_keeps_no_answer_back():
    """Each that did cost its tests 40 milliseconds a question."""
    files = [p for p in (ROOT / "tests").rglob("*.py") if "bench" not in p.parts]
    handlers = {m for p in files for m in re.findall(r"^ *class \w+\((.*HTTPRequestHandler)\)", p.read_text(), re.M)}
    assert handlers and all(bases.startswith("Stil, ") for bases in handlers), handlers
