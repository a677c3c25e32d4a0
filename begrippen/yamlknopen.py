"""What a YAML text holds: its nodes, counted and checked before values are made of them, and their lines.

Apart from `yamlbestand.py`, which loads this when it reads a text: who reads none does not load a parser.
"""

from __future__ import annotations

from typing import Any

import yaml

from begrippen.fout import BestandError
from begrippen.veldfout import GEHEIM, Loc, refuse

# libyaml reads the list of sources ten times as fast as Python does; it is in every wheel of PyYAML
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN = {f"tag:yaml.org,2002:{kind}" for kind in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")}
# the longest list of the house has some thousands of values
_MOST_VALUES, _DEEPEST = 200_000, 50

# What the YAML parser says, by a part of it -> what to do
_YAML_FOUTEN = (
    ("mapping values are not allowed", "een dubbele punt te veel; zet tekst waar een dubbele punt in staat in ' '"),
    ("cannot start any token", "een teken dat hier niet kan (een tab, @, % of `); spring in met spaties"),
    ("could not find expected ':'", "er ontbreekt een dubbele punt na de naam van een veld"),
    ("while scanning a quoted scalar", "een aanhalingsteken dat niet wordt gesloten"),
    ("expected ',' or", "een [ of { die niet wordt gesloten, of een komma die ontbreekt"),
    ("block", "de regels springen niet op dezelfde manier in"),
    ("alias", "een verwijzing (*naam) naar iets dat er niet is"),
    ("tag", "een label (!) dat hier niet kan"),
)


def _check_depth(text: str, waar: str) -> None:
    """Refuse lists in lists without end before a node is made of them: libyaml recurses, and would take us down."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise BestandError(f"dit gaat dieper dan {_DEEPEST} lijsten in elkaar", waar=waar)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


class Knopen:
    """The nodes of a YAML text: counted, checked, turned into values, and asked for their lines."""

    def __init__(self, root: yaml.Node, *, tekst: bool, geheim: bool = False) -> None:
        self.root, self.tekst, self.geheim, self.faults = root, tekst, geheim, list[str]()
        self._sizes: dict[int, int] = {}
        self._scalars = yaml.constructor.SafeConstructor()

    def check(self) -> bool:
        """Whether the nodes can be turned into values; else `faults` says why not."""
        if self._size(self.root) > _MOST_VALUES and not self.faults:
            self.faults.append("  de verwijzingen (& en *) maken er miljoenen waarden van; schrijf ze uit")
        return not self.faults

    def _size(self, node: yaml.Node) -> int:
        if (known := self._sizes.get(id(node))) is not None:
            if known == 0:
                self.faults.append(f"  regel {_line(node)}: een verwijzing (*) naar waar zij zelf in staat")
            return known
        self._sizes[id(node)] = 0
        self._check_tag(node)
        size = 1
        if isinstance(node, yaml.MappingNode):
            names = set()
            for key, value in node.value:
                # a name has a tag too: `<<` says that what follows is to be merged
                self._check_tag(key)
                name = getattr(key, "value", None)
                if not isinstance(name, str):
                    self.faults.append(f"  regel {_line(key)}: de naam van een veld moet tekst zijn")
                elif name in names:
                    veld = GEHEIM if self.geheim else name
                    self.faults.append(f"  regel {_line(key)}, {veld}: staat er twee keer; laat er een staan")
                names.add(name if isinstance(name, str) else "")
                size += 1 + self._size(value)
        elif isinstance(node, yaml.SequenceNode):
            size += sum(self._size(item) for item in node.value)
        self._sizes[id(node)] = size
        return size

    def _check_tag(self, node: yaml.Node) -> None:
        if node.tag not in _PLAIN:
            said = "" if self.geheim else f" {node.tag.removeprefix('tag:yaml.org,2002:')}"
            self.faults.append(f"  regel {_line(node)}: het label{said} kan hier niet; schrijf gewone waarden")

    def value(self, node: yaml.Node) -> Any:
        """The value of a node. A value that can not be, such as 30 February, is a fault."""
        if isinstance(node, yaml.MappingNode):
            return {self.value(key): self.value(value) for key, value in node.value}
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item) for item in node.value]
        if self.tekst:
            return node.value
        try:
            return self._scalars.construct_object(node)
        except ValueError:
            told = GEHEIM if self.geheim else repr(node.value)
            self.faults.append(f"  regel {_line(node)}: {told} kan niet; bedoelt u tekst, zet het dan in ' '")
            return None

    def line_of(self, loc: Loc) -> int | None:
        """The line where a place stands; of what is not there, that of what it should stand in."""
        node, line = self.root, _line(self.root)
        for step in loc:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = _line(node)
            elif isinstance(node, yaml.MappingNode):
                pair = next(((k, v) for k, v in node.value if str(self.value(k)) == str(step)), None)
                if pair is None:
                    break
                line, node = _line(pair[0]), pair[1]
        return line


def read_nodes(text: str, waar: str, tekst: bool, geheim: bool = False) -> tuple[Any, Knopen]:
    """Read YAML text: its values, and its nodes to ask for lines. Raises BestandError."""
    try:
        _check_depth(text, waar)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        said = f"{error.context or ''} {error.problem or ''}"
        what = next((w for part, w in _YAML_FOUTEN if part in said), "kijk naar inspringing en aanhalingstekens")
        mark = error.problem_mark or error.context_mark
        place = f"regel {mark.line + 1}, kolom {mark.column + 1}: " if mark else ""
        raise BestandError(f"dit is geen geldige YAML: {place}{what}", waar=waar) from None
    except yaml.YAMLError:
        raise BestandError("dit is geen geldige YAML: een teken dat niet in tekst hoort", waar=waar) from None
    if root is None:
        raise BestandError("dit is leeg; hier horen velden met waarden te staan", waar=waar)
    knopen = Knopen(root, tekst=tekst, geheim=geheim)
    try:
        content = knopen.value(root) if knopen.check() else None
    except RecursionError:
        raise BestandError("dit verwijst (& en *) te vaak door", waar=waar) from None
    if knopen.faults:
        raise refuse(waar, knopen.faults)
    return content, knopen
