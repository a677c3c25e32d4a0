"""Putting an entry in the list of what was seen, in its own text: the other entries stay as they are.

What other entries share with the one that goes (`&naam` and `*naam`) moves to the first of those that use it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any

import yaml

from assets.bron.gezienlijst import GezieneTabel
from assets.bron.lijstbestand import write_name, write_value
from begrippen.yamlknopen import LOADER

WIDTH = 118
_ID = re.compile(r"^- id: [\"']?(\w+)[\"']?\s*$", re.MULTILINE)


def write_entry(tabel: GezieneTabel) -> str:
    """Write an entry as text, without what has its default value; it ends with a line end."""
    content = tabel.model_dump(mode="json", exclude_defaults=True)
    lines = [f"- id: {tabel.id}"]
    for name, value in content.items():
        if name in ("dimensies", "onderwerpen"):
            lines.append(f"  {name}:")
            lines += [f"    {write_name(own)}: {write_value(part)}" for own, part in value.items()]
        elif name == "opmerking":
            lines.append("  opmerking: >-")
            lines += textwrap.wrap(
                value, WIDTH, initial_indent=" " * 4, subsequent_indent=" " * 4, break_on_hyphens=False
            )
        elif name != "id":
            lines.append(f"  {name}: {write_value(value)}")
    return "\n".join(lines) + "\n"


def _anchors(text: str) -> dict[str, tuple[int, Any]]:
    """Give each `&naam` of a text: where it stands, and what it says."""
    places = [(t.value, t.start_mark.index) for t in yaml.scan(text, Loader=LOADER) if isinstance(t, yaml.AnchorToken)]
    made: dict[int, Any] = {}

    def visit(node: yaml.Node) -> Any:
        if isinstance(node, yaml.MappingNode):
            value: Any = {key.value: visit(part) for key, part in node.value}
        elif isinstance(node, yaml.SequenceNode):
            value = [visit(part) for part in node.value]
        else:
            value = yaml.constructor.SafeConstructor().construct_object(node)
        made[node.start_mark.index] = value
        return value

    root = yaml.compose(text, Loader=LOADER)
    if root is not None:
        visit(root)
    # what an anchor stands before begins after it, on its own line or the next
    return {name: (at, made[min(i for i in made if i > at)] if at not in made else made[at]) for name, at in places}


def _shared(value: Any, column: int) -> str:
    if not isinstance(value, Mapping):
        return write_value(value)
    own = (f"{write_name(str(name))}: {write_value(part)}" for name, part in value.items())
    inner = ",\n".join(" " * (column + 2) + line for line in own)
    return f"{{\n{inner}\n{' ' * column}}}"


def put_entry(text: str, tabel: GezieneTabel) -> str:
    """Put an entry in the place of the one with its id, or at the end. Comments within the old entry go with it."""
    starts = [(m.group(1), m.start()) for m in _ID.finditer(text)]
    begin = next((at for id, at in starts if id == tabel.id), None)
    if begin is None:
        return f"{text.rstrip()}\n\n{write_entry(tabel)}"
    end = min((at for _, at in starts if at > begin), default=len(text))
    block = text[begin:end]
    # a heading before the next entry belongs to what comes after
    kept = re.search(r"\n(?:\s*\n|#[^\n]*\n)*\Z", block)
    tail = block[kept.start() + 1 :] if kept else ""
    after = text[end:]
    for name, (at, value) in _anchors(text).items():
        used = re.search(rf"\*{re.escape(name)}\b", after)
        if begin <= at < end and used:
            line = after.rfind("\n", 0, used.start()) + 1
            column = len(after[line : used.start()]) - len(after[line : used.start()].lstrip())
            after = f"{after[: used.start()]}&{name} {_shared(value, column)}{after[used.end() :]}"
    return text[:begin] + write_entry(tabel) + tail + after
