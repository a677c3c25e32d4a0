"""Changing an entry of the list of sources in its own text: comments, order and layout of the rest stay as they are.

A YAML reader says where each value stands in the text; a change replaces just that piece. What several tables share
(`&naam` and `*naam`) is one piece of text: it is changed by a person, who knows whether it holds for all of them.
"""

from __future__ import annotations

import difflib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from begrippen.fout import BestandError
from begrippen.yamlknopen import LOADER

Waarde = str | int | bool | Sequence[str] | Mapping[str, object]
# A name that YAML reads as text without quotes.
_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


@dataclass(frozen=True)
class Wijziging:
    """One change to an entry: a value set (and its name added where it is not there), a name changed, or both gone.

    `pad`: the names from the entry down.
    """

    soort: Literal["waarde", "naam", "weg"]
    pad: tuple[str, ...]
    waarde: Waarde = ""


def write_value(value: object) -> str:
    """Write a value as YAML on one line, text in double quotes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{write_name(str(k))}: {write_value(v)}" for k, v in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(write_value(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def write_name(name: str) -> str:
    """Write the name of a value as YAML: bare where it reads as text, else in double quotes."""
    return name if _BARE.fullmatch(name) and name.lower() not in _WORDS else json.dumps(name, ensure_ascii=False)


def _plain(value: object, old: str) -> str:
    """Write a value or a name as the one before was written: a bare word stays bare, and quotes stay."""
    bare = isinstance(value, str) and not old.startswith(('"', "'")) and _BARE.fullmatch(value) is not None
    return str(value) if bare and str(value).lower() not in _WORDS else write_value(value)


def _entries(text: str) -> dict[str, yaml.MappingNode]:
    root = yaml.compose(text, Loader=LOADER)
    nodes = root.value if isinstance(root, yaml.SequenceNode) else []
    return {v.value: n for n in nodes if isinstance(n, yaml.MappingNode) for k, v in n.value if k.value == "id"}


def _below(node: yaml.Node) -> Iterator[int]:
    """Name a node and all below it; what stands in more than one place is named more than once."""
    yield id(node)
    if isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _below(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _below(value)


def _refuse_shared(entries: Mapping[str, yaml.Node], tabel: str, what: str, nodes: Iterable[int]) -> None:
    """Raise BestandError where one of the nodes stands in more than one place of the list."""
    touched = set(nodes)
    places = {t: Counter(n for n in _below(e) if n in touched) for t, e in entries.items()}
    others = [t for t, count in places.items() if t != tabel and count]
    if others or any(n > 1 for n in places[tabel].values()):
        where = f"ook bij {', '.join(others)}" if others else "meer dan één keer in die tabel"
        raise BestandError(
            f"{what} van tabel {tabel} staat {where} (& en *): een wijziging zou die mee veranderen; "
            "kijk of zij overal geldt, en wijzig de lijst met de hand"
        )


def _pair(node: yaml.Node, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next(((k, v) for k, v in pairs if k.value == name), None)


def _end(text: str, node: yaml.Node) -> int:
    """Where what a node says ends: a block ends at what follows it, blank lines and comments included."""
    end = int(node.end_mark.index)
    folded = isinstance(node, yaml.ScalarNode) and node.style in (">", "|")
    if getattr(node, "flow_style", True) and not folded:
        return end
    lines = text[:end].splitlines(keepends=True)
    if end and not text[:end].endswith("\n"):
        lines.pop()  # the beginning of what follows
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return len("".join(lines).rstrip("\n"))


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _insert(text: str, node: yaml.MappingNode, name: str, value: object) -> str:
    new = f"{write_name(name)}: {write_value(value)}"
    if node.flow_style:
        at = int(node.end_mark.index) - 1
        return text[:at] + (", " if node.value else "") + new + text[at:]
    at = _line_end(text, _end(text, node.value[-1][1]))
    return text[:at] + "\n" + " " * int(node.value[0][0].start_mark.column) + new + text[at:]


def _remove(text: str, node: yaml.MappingNode, name: str) -> str:
    place = next(i for i, (k, _) in enumerate(node.value) if k.value == name)
    key, value = node.value[place]
    start, end = int(key.start_mark.index), _end(text, value)
    if not node.flow_style:
        return text[: text.rfind("\n", 0, start) + 1] + text[_line_end(text, end) + 1 :]
    if place + 1 < len(node.value):
        return text[:start] + text[node.value[place + 1][0].start_mark.index :]
    before = _end(text, node.value[place - 1][1]) if place else start
    return text[:before] + text[end:]


def change(text: str, tabel: str, wijziging: Wijziging) -> str:
    """Make one change in the text of a list.

    Raises BestandError when there is nothing to change, or when it would change another place as well.
    """
    entries = _entries(text)
    *above, name = wijziging.pad
    what = ".".join(wijziging.pad)
    if tabel not in entries:
        raise BestandError(f"tabel {tabel} staat er niet in")
    node: yaml.Node = entries[tabel]
    touched = [id(node)]
    for step in above:
        pair = _pair(node, step)
        if pair is None:
            raise BestandError(f"tabel {tabel} heeft geen {what}")
        node = pair[1]
        touched.append(id(node))
    pair = _pair(node, name)
    if not isinstance(node, yaml.MappingNode) or (pair is None and wijziging.soort != "waarde"):
        raise BestandError(f"tabel {tabel} heeft geen {what}")
    if pair is not None and wijziging.soort != "naam":
        touched += _below(pair[1])
    _refuse_shared(entries, tabel, what, touched)
    if wijziging.soort == "weg":
        return _remove(text, node, name)
    if pair is None:
        return _insert(text, node, name, wijziging.waarde)
    old = pair[0] if wijziging.soort == "naam" else pair[1]
    start, end = old.start_mark.index, _end(text, old)
    new = _plain(wijziging.waarde, text[start:end])
    return text[:start] + new + text[end:]


def copy_entry(text: str, tabel: str, wijzigingen: Iterable[Wijziging], nieuw: str) -> str:
    """Put a copy of an entry under it, with another id and with changes. Raises BestandError as `change` does."""
    entries = _entries(text)
    if nieuw in entries:
        raise BestandError(f"tabel {nieuw} staat er al in")
    entry = entries[tabel]
    start = text.rfind("\n", 0, entry.start_mark.index) + 1
    end = _line_end(text, _end(text, entry.value[-1][1]))
    block = text[start:end]
    if any(isinstance(token, yaml.AnchorToken | yaml.AliasToken) for token in yaml.scan(block, Loader=LOADER)):
        raise BestandError(f"tabel {tabel} deelt een lijst met andere tabellen (& of *); maak de kopie met de hand")
    for wijziging in (*wijzigingen, Wijziging("waarde", ("id",), nieuw)):
        block = change(block, tabel, wijziging)
    return f"{text[:end]}\n\n{block}{text[end:]}"


def find_file(folder: Path, tabel: str) -> Path:
    """Find the file of the list that has a table. Raises BestandError."""
    for path in sorted(folder.glob("*.yaml")):
        if re.search(rf"^- id: [\"']?{re.escape(tabel)}[\"']?\s*$", path.read_text(encoding="utf-8"), re.MULTILINE):
            return path
    raise BestandError(f"tabel {tabel} staat niet in de bronlijst", waar=str(folder))


def make_patch(name: str, old: str, new: str) -> str:
    """Write a change of a file as a unified patch for `git apply` and `patch -p1`; empty where nothing changes."""
    lines = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
