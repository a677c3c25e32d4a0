"""The one way in for every list of the house: a YAML or TOML file, held against a model, all its faults at once.

Every fault becomes one BestandError that names the file, the line where that can be had, the field and what is allowed.
What YAML can do beyond lists, fields and values has no place in these files and is refused: tags, a field that stands
twice, and anchors that grow a few lines into millions.
"""

from __future__ import annotations

import pickle
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from begrippen.fout import BestandError
from begrippen.veldfout import GEHEIM, Loc, explain

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

T = TypeVar("T")


@cache
def _adapter(form: Any) -> TypeAdapter[Any]:
    return TypeAdapter(form)


def _refuse(waar: str, faults: list[str]) -> BestandError:
    return BestandError("dit klopt niet:\n" + "\n".join(faults), waar=waar)


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, with or without the mark at its start. Raises BestandError."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise BestandError("dit bestand is er niet", waar=str(path)) from None
    except OSError as error:
        raise BestandError(f"dit is niet te lezen als bestand ({error.strerror})", waar=str(path)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BestandError(
            f"dit is niet in UTF-8 opgeslagen (regel {line}); sla het bestand opnieuw op als UTF-8",
            waar=str(path),
        ) from None


def _check_depth(text: str, waar: str) -> None:
    """Refuse lists in lists without end before a node is made of them: libyaml recurses, and would take us down."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise BestandError(f"dit gaat dieper dan {_DEEPEST} lijsten in elkaar", waar=waar)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


class _Knopen:
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


@dataclass(frozen=True)
class _Inhoud:
    """What a text holds, before it is held against a form; `line_of` gives the line of a place in `waarde`."""

    waarde: Any
    waar: str
    line_of: Callable[[Loc], int | None]


def _read(text: str, waar: str, tekst: bool, geheim: bool = False) -> tuple[Any, _Knopen]:
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
    knopen = _Knopen(root, tekst=tekst, geheim=geheim)
    try:
        content = knopen.value(root) if knopen.check() else None
    except RecursionError:
        raise BestandError("dit verwijst (& en *) te vaak door", waar=waar) from None
    if knopen.faults:
        raise _refuse(waar, knopen.faults)
    return content, knopen


@lru_cache(maxsize=4096)
def _kept(text: str, waar: str, tekst: bool) -> bytes:
    """The values of a text, pickled: the heads of `sql/` and the cards are read many times in one process."""
    return pickle.dumps(_read(text, waar, tekst)[0])


def _load(text: str, waar: str, *, tekst: bool = False, geheim: bool = False) -> _Inhoud:
    if geheim:
        # nothing of it is kept
        content, knopen = _read(text, waar, tekst, geheim)
        return _Inhoud(content, waar, knopen.line_of)
    # values of its own for who asks, since those may be changed; lines are asked for where there is a fault only
    again = cache(lambda: _read(text, waar, tekst)[1])
    return _Inhoud(pickle.loads(_kept(text, waar, tekst)), waar, lambda loc: again().line_of(loc))


def parse_yaml(text: str, form: type[T], waar: str, *, tekst: bool = False) -> T:
    """Read YAML text as `form`: a model, or a type such as `tuple[Model, ...]` or `dict[str, Model]`.

    `waar` names the text in a message. With `tekst` every value stays the text that it is: 'no', 00 and 2026-01-01 too.
    Raises BestandError.
    """
    found = _load(text, waar, tekst=tekst)
    return hold(found.waarde, form, waar, found.line_of)


def read_geheim(path: Path, form: type[T]) -> T:
    """Read a confidential YAML file. Raises BestandError that names lines and fields, and nothing that stands there."""
    found = _load(read_text(path), str(path), geheim=True)
    return hold(found.waarde, form, str(path), found.line_of, geheim=True)


def read_yaml(path: Path, form: type[T], *, tekst: bool = False, woorden: Mapping[str, str] | None = None) -> T:
    """Read a YAML file as `parse_yaml` reads text, each of `woorden` replaced by what it stands for beforehand.

    Raises BestandError.
    """
    text = read_text(path)
    for word, meant in (woorden or {}).items():
        text = text.replace(word, meant)
    return parse_yaml(text, form, str(path), tekst=tekst)


def read_lagen(
    paths: Sequence[Path],
    form: type[T],
    vul: Callable[[dict[str, Any]], dict[str, Any]],
    onder: Mapping[str, Any] | None = None,
) -> T:
    """Read one thing from its layers: a field of a later file goes before that of an earlier one. Raises BestandError.

    `onder`: fields that go before those of the first file only; `vul` gets all fields and fills what is open in them.
    """
    layers = [_load(read_text(path), str(path)) for path in paths]
    content: dict[str, Any] = {}
    for n, layer in enumerate(layers):
        if not isinstance(layer.waarde, dict):
            raise BestandError("hier horen velden met waarden te staan", waar=layer.waar)
        content |= layer.waarde | dict((onder or {}) if n == 0 else {})

    def line_of(loc: Loc) -> int | None:
        """Of two files a number alone says too little."""
        return layers[0].line_of(loc) if len(layers) == 1 else None

    return hold(vul(content), form, " met ".join(map(str, paths)), line_of)


def read_toml(path: Path, form: type[T], extra: Mapping[str, Any] | None = None) -> T:
    """Read a TOML file as `form`; `extra` are fields that the file does not hold. Raises BestandError."""
    text = read_text(path)
    try:
        content = tomllib.loads(text) | dict(extra or {})
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        place = f"regel {at[1]}, kolom {at[2]}: " if at else "aan het eind: "
        double = "overwrite" in str(error) or "twice" in str(error)
        what = "een veld of [kop] staat er twee keer" if double else "kijk naar aanhalingstekens, haken en ="
        raise BestandError(f"dit is geen geldige TOML: {place}{what}", waar=str(path)) from None

    def line_of(loc: Loc) -> int | None:
        """TOML keeps no lines: that of the only line that begins with the name of the field."""
        name = next((step for step in reversed(loc) if isinstance(step, str)), "")
        begin = re.compile(rf'\s*"?{re.escape(name)}"?\s*=')
        lines = [n for n, line in enumerate(text.splitlines(), 1) if begin.match(line)]
        return lines[0] if len(lines) == 1 else None

    return hold(content, form, str(path), line_of)


def hold(
    content: Any,
    form: type[T],
    waar: str,
    line_of: Callable[[Loc], int | None] = lambda _: None,
    *,
    geheim: bool = False,
) -> T:
    """Hold values against a form, wherever they came from. Raises BestandError that names `waar` and all faults."""
    try:
        # a form is hashable whatever it is: a class, or a type with its arguments
        result: T = _adapter(form).validate_python(content)  # type: ignore[arg-type]
    except ValidationError as error:
        raise _refuse(waar, explain(error, form, content, line_of, geheim=geheim)) from None
    return result
