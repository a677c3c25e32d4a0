"""The pages for who carries on: all listed, and every link and file that they name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "CONTRIBUTING.md", ROOT / ".github" / "pull_request_template.md", *sorted(DOCS.glob("*.md"))]
LINK = re.compile(r"\]\((?!https?://|#)([^)#\s]+)(?:#[^)]*)?\)")
# a path of this repository between backticks; one with a placeholder, a star or a moment in it names no single file
NAMED = re.compile(r"`((?:assets|begrippen|docs|gebied|notebooks|pipelines|reports|sql|tests)/[\w./-]+)`")


def test_every_page_is_in_the_index_once() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| \[([\w-]+\.md)\]\(\1\)", index, re.M)
    assert sorted(listed) == sorted(p.name for p in DOCS.glob("*.md") if p.name != "README.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    # an example of a link between backticks is none
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.S)
    assert [link for link in LINK.findall(text) if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["huis.md", "namen.md"])
def test_the_house_and_its_words_name_what_is_there(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8").partition("## Namen die wij niet gebruiken")[0]
    named = NAMED.findall(text)
    assert len(named) > 10
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_room_stands_in_the_house() -> None:
    text = (DOCS / "huis.md").read_text(encoding="utf-8")
    rooms = {f"assets/{p.name}/" for p in (ROOT / "assets").iterdir() if p.is_dir() and p.name != "__pycache__"}
    rooms |= {"begrippen/", "gebied/<naam>/", "sql/", "reports/", "pipelines/"}
    assert [room for room in sorted(rooms) if f"| `{room}` |" not in text] == []
