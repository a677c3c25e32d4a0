"""Look at a table downloaded from StatLine without a mapping: which dimensions, labels and units seem to be where.

What comes of it is a guess, for `voorstel`: nothing is read with it before a person has checked it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from assets.bron.kruistabel.deel import EENHEDEN, VOETREGEL, filled, spread
from assets.bron.kruistabel.label import LabelError, read_legenda, read_periodelabel
from assets.bron.kruistabel.onderwerp import TUSSEN
from assets.bron.vellen.vel import Regel, Vel, VelError
from begrippen.regionaam import RegionaamError, fold, read_regionaam

_REGIO = re.compile(r"regio.*|gemeente[ns]?|provincies?|corop.*|landsde.*|arbeidsmarktregio.*|gebied(en)?")
_PERIODE = re.compile(r"perioden?|ja(ar|ren)|kwarta(al|len)|maand(en)?")
_ONDERWERP = re.compile(r"onderwerp(en)?")
_WAARDE = re.compile(r"[-+\u2212]?[\d .,]*\d\*{0,2}|[-\u2013xX.]|")
_EENHEID = re.compile(r"(?P<titel>.+) \((?P<eenheid>[^()]+(?:\([^()]*\)[^()]*)?)\)")
# this share of the labels of a dimension must be read to take it for regions or periods
_MEESTE = 0.5


@dataclass
class Indruk:
    """What was found in a file, dimension by dimension."""

    titel: str = ""
    namen: dict[str, str] = field(default_factory=dict)  # regio, periode, onderwerp -> its name in the file
    rijen: list[str] = field(default_factory=list)
    kolommen: list[str] = field(default_factory=list)
    andere: dict[str, list[str]] = field(default_factory=dict)  # other dimension -> its categories
    regios: list[str] = field(default_factory=list)
    perioden: list[str] = field(default_factory=list)
    onderwerpen: dict[tuple[str, ...], str] = field(default_factory=dict)  # path -> unit
    waarden: list[str] = field(default_factory=list)
    voet: list[str] = field(default_factory=list)


def reads(read: Callable[[str], object], text: str) -> bool:
    """Whether a text reads as a label; a name that more than one region has does."""
    try:
        read(text)
    except LabelError:
        return False
    except RegionaamError as error:
        # a name of more than one region is a region, and which one is for a person to say
        return bool(error.gevonden)
    return True


def _mostly(read: Callable[[str], object], texts: Sequence[str]) -> bool:
    return bool(texts) and sum(reads(read, t) for t in texts) > _MEESTE * len(texts)


def _kind(name: str) -> str:
    folded = fold(name)
    for kind, pattern in (("regio", _REGIO), ("periode", _PERIODE), ("onderwerp", _ONDERWERP)):
        if pattern.fullmatch(folded):
            return kind
    return ""


def unique(texts: Iterable[str]) -> list[str]:
    """List the texts that are not blank, each once and in their order."""
    return list(dict.fromkeys(t for t in texts if t))


def _names_line(lines: Sequence[Regel], bestand: str) -> int:
    """Where the names of the dimensions in the rows stand: the last line near the top that names a dimension."""
    found = [n for n, regel in enumerate(lines[:25]) if any(_kind(vak.tekst) for _, vak in filled(regel))]
    if not found or found[-1] + 1 >= len(lines):
        raise VelError(
            f"{bestand}: geen regel noemt Regio's, Perioden of Onderwerp; dit lijkt geen tabel die van StatLine is "
            "gehaald",
            vervolg="Voor andere bestanden: docs/kaart-toevoegen.md, stap 5",
        )
    return found[-1]


def _joined(regel: Regel) -> str:
    return " : ".join(vak.tekst for _, vak in filled(regel))


def _is_row(regel: Regel) -> bool:
    """Whether a line below the names holds figures, or is of a region or period that has none."""
    cells = filled(regel)
    if len(cells) > 1:
        return not read_legenda(_joined(regel)) and not VOETREGEL.match(cells[0][1].tekst)
    return reads(read_regionaam, cells[0][1].tekst) or reads(read_periodelabel, cells[0][1].tekst)


def look(vel: Vel) -> Indruk:
    """Tell how a table seems to be laid out. Raises VelError for what does not look like one."""
    lines = spread(vel).regels
    named = _names_line(lines, vel.bestand)
    seen = Indruk()
    body: list[Regel] = []
    below: list[Regel] = []
    for regel in lines[named + 1 :]:
        (body if _is_row(regel) else below).append(regel)
    seen.voet = [_joined(r) for r in below]
    head = lines[named]
    first, units = _label_columns(seen, head, body)
    names = {fold(n) for n in seen.rijen}
    # a line of units alone, below the names, belongs to the head
    while body and all(fold(body[0].vak(c).tekst) in names | {""} for c in range(len(seen.rijen))):
        named, body = lines.index(body[0]), body[1:]
    topics, under = _above(seen, vel, lines[: named + 1], first, many=bool(body) and len(body[0].vakken) > first + 1)
    _topics(seen, topics, under, units)
    seen.waarden = [v.tekst for r in body for c, v in filled(r) if c >= first]
    return seen


def _label_columns(seen: Indruk, head: Regel, body: Sequence[Regel]) -> tuple[int, dict[str, str]]:
    """Find the columns of labels: gives the first column of figures, and topic -> unit where a column has units."""
    columns: dict[str, list[str]] = {}
    for place in range(len(head.vakken)):
        name = head.vak(place).tekst
        texts = [r.vak(place).tekst for r in body]
        labels, kind = unique(texts), _kind(name)
        # a column without anything has a label above it when it is one of figures
        figures = sum(bool(_WAARDE.fullmatch(t)) for t in texts) > _MEESTE * len(texts) and bool(labels or name)
        # the name of a dimension above the figures can stand over a column of units, and none of those is a label
        if kind == "periode" and any(reads(read_periodelabel, t) for t in labels):
            seen.namen[kind], seen.perioden = name, labels
        elif kind == "regio" and any(reads(read_regionaam, t) for t in labels):
            seen.namen[kind], seen.regios = name, labels
        elif kind == "onderwerp" and labels and not figures:
            seen.namen[kind] = name
        elif figures:
            return place, {}
        elif not kind and name and fold(name) not in EENHEDEN and labels:
            seen.andere[name] = labels
        else:
            topics = columns.get(seen.namen.get("onderwerp", ""), [])
            return place + 1, dict(zip(topics, texts, strict=False))
        columns[name] = texts
        seen.rijen.append(name)
        if kind == "onderwerp":
            seen.onderwerpen = {_path(t): "" for t in labels}
    return len(seen.rijen), {}


def _path(label: str) -> tuple[str, ...]:
    return tuple(TUSSEN.split(label)) if re.search(r"[/|]", label) else (label,)


def _above(
    seen: Indruk, vel: Vel, lines: Sequence[Regel], first: int, *, many: bool
) -> tuple[dict[int, tuple[str, ...]], dict[int, str]]:
    """Read the lines above the figures: title, choices, labels of the columns. Gives topics and units by column.

    `many`: there is more than one column of figures, so that a single label above them is a choice.
    """
    original = {r.nummer: r for r in vel.regels}
    topics: dict[int, tuple[str, ...]] = {}
    under: dict[int, str] = {}
    for n, regel in enumerate(lines):
        cells = filled(original.get(regel.nummer, regel))
        labels = {c: v.tekst for c, v in filled(regel) if c >= first}
        left = unique(regel.vak(c).tekst for c in range(first))
        last = n == len(lines) - 1
        if not last and len(cells) == 1 and cells[0][0] == 0:
            seen.titel = seen.titel or cells[0][1].tekst
            continue
        pair = not last and [c for c, _ in cells] == [0, 1]
        if pair and (first > 1 or (many and not _kind(cells[0][1].tekst))):
            _choice(seen, cells[0][1].tekst, cells[1][1].tekst)
            continue
        if not labels:
            continue
        names = [t for t in left if t not in seen.rijen]
        kind = _kind(names[-1]) if names else ""
        texts = unique(labels.values())
        if kind == "periode" or (not kind and _mostly(read_periodelabel, texts)):
            _column(seen, "periode", names[-1] if kind else "Perioden")
            seen.perioden = texts
        elif kind == "regio" or (not kind and not names and _mostly(read_regionaam, texts)):
            _column(seen, "regio", names[-1] if kind else "Regio's")
            seen.regios = texts
        elif not kind and names and fold(names[-1]) not in EENHEDEN:
            seen.andere[names[-1]] = texts
            seen.kolommen.append(names[-1])
        elif last and topics and not kind:
            under = labels
        elif "onderwerp" in seen.namen and seen.namen["onderwerp"] in seen.rijen:
            continue
        else:
            _column(seen, "onderwerp", names[-1] if kind else seen.namen.get("onderwerp", "Onderwerp"))
            for place, text in labels.items():
                topics[place] = (*topics.get(place, ()), text)
    return topics, under


def _column(seen: Indruk, kind: str, name: str) -> None:
    seen.namen[kind] = name
    if name not in seen.kolommen:
        seen.kolommen.append(name)


def _choice(seen: Indruk, name: str, value: str) -> None:
    kind = _kind(name)
    if kind == "periode":
        seen.namen[kind], seen.perioden = name, [value]
    elif kind == "regio":
        seen.namen[kind], seen.regios = name, [value]
    elif kind == "onderwerp":
        seen.namen[kind], seen.onderwerpen = name, {_path(value): ""}
    else:
        seen.andere[name] = [value]


def _topics(seen: Indruk, topics: dict[int, tuple[str, ...]], under: dict[int, str], units: dict[str, str]) -> None:
    for place, labels in topics.items():
        path, unit = labels, under.get(place, "")
        if not unit and (match := _EENHEID.fullmatch(labels[-1])):
            path, unit = (*labels[:-1], match["titel"]), match["eenheid"]
        short = tuple(p for n, p in enumerate(path) if n == 0 or p != path[n - 1])
        seen.onderwerpen[_path(short[0]) if len(short) == 1 else short] = unit
    for label, unit in units.items():
        seen.onderwerpen[_path(label)] = unit
