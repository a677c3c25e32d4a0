"""Look at a table downloaded from StatLine and write the mapping that would read it, for a person to check.

What the file says (labels, units, title) is taken over; what it does not say is a guess, and stands in the mapping with
a comment. The mapping reads nothing until somebody fills in `nagekeken`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assets.bron.bronlijst import Aanlevering
from assets.bron.kruistabel.deel import EENHEDEN, VOETREGEL, filled, is_star_line, spread
from assets.bron.kruistabel.label import LabelError, check_months, read_legenda, read_periodelabel, read_teken
from assets.bron.kruistabel.levering import read_moment, strip_moment
from assets.bron.kruistabel.lezen import Tabel, read_peildatum, read_statline
from assets.bron.kruistabel.onderwerp import TUSSEN
from assets.bron.vellen.vel import Regel, Vel, VelError
from begrippen.fout import BestandError
from begrippen.regionaam import RegionaamError, fold, read_regionaam
from begrippen.yamlbestand import parse_yaml

_REGIO = re.compile(r"regio.*|gemeente[ns]?|provincies?|corop.*|landsde.*|arbeidsmarktregio.*|gebied(en)?")
_PERIODE = re.compile(r"perioden?|ja(ar|ren)|kwarta(al|len)|maand(en)?")
_ONDERWERP = re.compile(r"onderwerp(en)?")
_WAARDE = re.compile(r"[-+\u2212]?[\d .,]*\d\*{0,2}|[-\u2013xX.]|")
_EENHEID = re.compile(r"(?P<titel>.+) \((?P<eenheid>[^()]+(?:\([^()]*\)[^()]*)?)\)")
# this share of the labels of a dimension must be read to take it for regions or periods
_MEESTE = 0.5


@dataclass
class Voorstel:
    """A mapping as text, and what came of reading the file with it: the table, or why it is not read yet."""

    mapping: Aanlevering
    tekst: str
    tabel: Tabel | None = None
    nog: str = ""


@dataclass
class _Gezien:
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


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except LabelError:
        return False
    except RegionaamError as error:
        # a name of more than one region is a region, and which one is for a person to say
        return bool(error.gevonden)
    return True


def _mostly(read: Callable[[str], object], texts: Sequence[str]) -> bool:
    return bool(texts) and sum(_reads(read, t) for t in texts) > _MEESTE * len(texts)


def _kind(name: str) -> str:
    folded = fold(name)
    for kind, pattern in (("regio", _REGIO), ("periode", _PERIODE), ("onderwerp", _ONDERWERP)):
        if pattern.fullmatch(folded):
            return kind
    return ""


def _unique(texts: Iterable[str]) -> list[str]:
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
    return _reads(read_regionaam, cells[0][1].tekst) or _reads(read_periodelabel, cells[0][1].tekst)


def _look(vel: Vel) -> _Gezien:
    lines = spread(vel).regels
    named = _names_line(lines, vel.bestand)
    seen = _Gezien()
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


def _label_columns(seen: _Gezien, head: Regel, body: Sequence[Regel]) -> tuple[int, dict[str, str]]:
    """Find the columns of labels: gives the first column of figures, and topic -> unit where a column has units."""
    columns: dict[str, list[str]] = {}
    for place in range(len(head.vakken)):
        name = head.vak(place).tekst
        texts = [r.vak(place).tekst for r in body]
        unique, kind = _unique(texts), _kind(name)
        # a column without anything has a label above it when it is one of figures
        figures = sum(bool(_WAARDE.fullmatch(t)) for t in texts) > _MEESTE * len(texts) and bool(unique or name)
        # the name of a dimension above the figures can stand over a column of units, and none of those is a label
        if kind == "periode" and any(_reads(read_periodelabel, t) for t in unique):
            seen.namen[kind], seen.perioden = name, unique
        elif kind == "regio" and any(_reads(read_regionaam, t) for t in unique):
            seen.namen[kind], seen.regios = name, unique
        elif kind == "onderwerp" and unique and not figures:
            seen.namen[kind] = name
        elif figures:
            return place, {}
        elif not kind and name and fold(name) not in EENHEDEN and unique:
            seen.andere[name] = unique
        else:
            topics = columns.get(seen.namen.get("onderwerp", ""), [])
            return place + 1, dict(zip(topics, texts, strict=False))
        columns[name] = texts
        seen.rijen.append(name)
        if kind == "onderwerp":
            seen.onderwerpen = {_path(t): "" for t in unique}
    return len(seen.rijen), {}


def _path(label: str) -> tuple[str, ...]:
    return tuple(TUSSEN.split(label)) if re.search(r"[/|]", label) else (label,)


def _above(
    seen: _Gezien, vel: Vel, lines: Sequence[Regel], first: int, *, many: bool
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
        left = _unique(regel.vak(c).tekst for c in range(first))
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
        texts = _unique(labels.values())
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


def _column(seen: _Gezien, kind: str, name: str) -> None:
    seen.namen[kind] = name
    if name not in seen.kolommen:
        seen.kolommen.append(name)


def _choice(seen: _Gezien, name: str, value: str) -> None:
    kind = _kind(name)
    if kind == "periode":
        seen.namen[kind], seen.perioden = name, [value]
    elif kind == "regio":
        seen.namen[kind], seen.regios = name, [value]
    elif kind == "onderwerp":
        seen.namen[kind], seen.onderwerpen = name, {_path(value): ""}
    else:
        seen.andere[name] = [value]


def _topics(seen: _Gezien, topics: dict[int, tuple[str, ...]], under: dict[int, str], units: dict[str, str]) -> None:
    for place, labels in topics.items():
        path, unit = labels, under.get(place, "")
        if not unit and (match := _EENHEID.fullmatch(labels[-1])):
            path, unit = (*labels[:-1], match["titel"]), match["eenheid"]
        short = tuple(p for n, p in enumerate(path) if n == 0 or p != path[n - 1])
        seen.onderwerpen[_path(short[0]) if len(short) == 1 else short] = unit
    for label, unit in units.items():
        seen.onderwerpen[_path(label)] = unit


def _slug(text: str, length: int = 40) -> str:
    return re.sub(r"[^a-z0-9]+", "_", fold(text)).strip("_")[:length].strip("_") or "onderwerp"


def _quote(value: object) -> str:
    """A value as YAML reads it: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)


def _topic_names(paths: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    paths = list(paths)
    twice = Counter(_slug(p[-1]) for p in paths)
    names: dict[tuple[str, ...], str] = {}
    for path in paths:
        name = _slug(path[-1]) if twice[_slug(path[-1])] == 1 else _slug("_".join(path), 60)
        while name in names.values():
            name += "_2"
        names[path] = name
    return names


def _head(seen: _Gezien, own: str, bestand: str, vel: Vel) -> list[str]:
    stem = strip_moment(bestand)
    point = any(re.fullmatch(r"-?\d+\.\d{1,2}", w) for w in seen.waarden) and not any("," in w for w in seen.waarden)
    lines = [
        f"# Voorstel, gemaakt uit {bestand}.",
        "# Onder 'nakijken' staat een gok, bij 'invullen' ontbreekt iets. Vul daarna `nagekeken` in: zonder die datum",
        "# leest de monitor er niets mee. Uitleg: docs/statline-aanleveren.md.",
        f"id: {own}",
        f"titel: {_quote(seen.titel or stem)}",
        "uitgever: CBS",
        "licentie: CC BY 4.0",
        f"bestanden: {_quote([f'{stem}*{Path(bestand).suffix.lower()}'])}",
    ]
    if vel.scheiding:
        lines += [f"scheiding: {_quote(vel.scheiding)}", f"decimaal: {_quote('.' if point else ',')}"]
    lines += ["vast:", f"  bron: {_quote('CBS StatLine, ' + (seen.titel or stem))}"]
    if not (read_moment(bestand) or any(map(read_peildatum, seen.voet))):
        lines += ["  # invullen: de dag waarop het bestand is gedownload (JJJJ-MM-DD)", '  peildatum: ""']
    if not seen.regios:
        lines += [
            "  # nakijken: het bestand noemt geen regio's; voor welke regio zijn de cijfers?",
            "  regiocode: NL01",
        ]
    if not seen.perioden:
        lines += [
            "  # invullen: het bestand noemt geen perioden; over welke periode gaan de cijfers?",
            '  periode: "?"',
        ]
    if not any("*" in p for p in seen.perioden):
        lines += ["  # nakijken: het bestand zegt niet of cijfers voorlopig zijn", "  status: onbekend"]
    return lines


def _form(seen: _Gezien, blad: str) -> list[str]:
    lines = [
        "statline:",
        "  nagekeken: null  # JJJJ-MM-DD, als u alles hebt nagekeken",
        f"  tabel: {_quote(seen.titel)}",
    ]
    lines += [f"  blad: {_quote(blad)}"] if blad else []
    lines += [f"  rijen: {_quote(seen.rijen)}", f"  kolommen: {_quote(seen.kolommen)}"]
    lines += [f"  {kind}: {_quote(name)}" for kind, name in seen.namen.items()]
    if seen.andere:
        lines += ["  # nakijken: van deze dimensies wordt een categorie gelezen, de andere niet", "  keuzes:"]
        for name, found in seen.andere.items():
            total = next((c for c in found if fold(c).startswith("totaal")), found[0])
            rest = (
                f"  # ook in het bestand: {', '.join(c for c in found if c != total)[:100]}" if len(found) > 1 else ""
            )
            lines += [f"    {_quote(name)}: {_quote(total)}{rest}"]
    unread = [r for r in seen.regios if not _reads(read_regionaam, r)]
    unread += [p for p in seen.perioden if not _reads(read_periodelabel, p)]
    below = [t for t in seen.voet if not (VOETREGEL.match(t) or read_legenda(t) or is_star_line([t]))]
    if unread or below:
        lines += ["  # nakijken: hiervan kent de monitor geen regio, periode of voetregel; het wordt niet gelezen"]
        lines += [f"  overslaan: {_quote([*unread, *below])}"]
    return lines + _signs(seen) + _doubts(seen)


def _signs(seen: _Gezien) -> list[str]:
    legend = dict(filter(None, map(read_legenda, seen.voet)))
    unsaid = []
    for text in _unique(w.strip() for w in seen.waarden):
        try:
            read_teken(text.rstrip("* "), legend)
        except LabelError:
            unsaid.append(text)
    if not unsaid:
        return []
    listed = ", ".join(f"{_quote(t)}: ..." for t in unsaid)
    return [
        "  # invullen: het bestand zegt niet wat deze tekens betekenen: nul, onbekend, geheim of niet_van_toepassing",
        f"  # tekens: {{{listed}}}",
    ]


def _doubts(seen: _Gezien) -> list[str]:
    lines = []
    kinds: Counter[str] = Counter()
    for label in seen.regios:
        try:
            read_regionaam(label)
        except RegionaamError as error:
            kinds.update(soort for _, soort in error.gevonden)
    if kinds:
        lines += [
            "  # nakijken: een naam zonder merk heeft hier meer dan een regio; welke soort is bedoeld?",
            f"  kale_namen: {'gemeente' if kinds['gemeente'] else kinds.most_common(1)[0][0]}",
        ]
    periods = [read_periodelabel(p) for p in seen.perioden if _reads(read_periodelabel, p)]
    try:
        check_months(periods)
    except LabelError:
        lines += ["  # invullen: is dit de maand, of de stand van het hele jaar?", "  # maand_is: jaar"]
    return lines


def _onderwerpen(seen: _Gezien) -> list[str]:
    digits = (re.fullmatch(r"-?\d+[.,](\d+)\*{0,2}", w) for w in seen.waarden)
    decimals = max((len(d[1]) for d in digits if d), default=0)
    lines = ["# nakijken: haal weg wat u niet nodig hebt, en zet de titel daarvan onder overslaan", "onderwerpen:"]
    for path, name in _topic_names(seen.onderwerpen).items():
        unit = seen.onderwerpen[path]
        fields = f"titel: {_quote(path[-1])}, " + (f"pad: {_quote(list(path[:-1]))}, " if path[:-1] else "")
        doubt = "" if unit else "  # invullen: de eenheid staat niet in het bestand"
        lines += [f"  {name}: {{{fields}eenheid: {_quote(unit or '?')}, decimalen: {decimals}, zekerheid: U}}{doubt}"]
    return lines


def make_voorstel(vel: Vel, own_id: str = "", bezet: Iterable[str] = (), blad: str = "") -> Voorstel:
    """Propose the mapping of a downloaded table. Raises VelError for what does not look like one.

    `own_id`: the id to use; else one is made of the title. `bezet`: ids that other mappings have. `blad`:
    the sheet that was asked for by name.
    """
    seen = _look(vel)
    if not seen.onderwerpen:
        raise VelError(f"{vel.bestand}: geen onderwerp gevonden; zet in StatLine het onderwerp in de rijen of kolommen")
    own = own_id or f"statline_{_slug(seen.titel or strip_moment(vel.bestand), 30)}"
    taken = set(bezet)
    while not own_id and own in taken:
        own += "_2"
    text = "\n".join([*_head(seen, own, vel.bestand, vel), *_form(seen, blad), *_onderwerpen(seen), ""])
    try:
        mapping = parse_yaml(text, Aanlevering, f"voorstel voor {vel.bestand}")
    except BestandError as error:
        raise VelError(f"{vel.bestand}: te weinig herkend om een mapping te maken. {error}") from None
    form = mapping.statline
    try:
        checked = form and form.model_copy(update={"nagekeken": date.min})
        return Voorstel(mapping, text, read_statline(vel, mapping.model_copy(update={"statline": checked})))
    except VelError as error:
        return Voorstel(mapping, text, nog=str(error))
