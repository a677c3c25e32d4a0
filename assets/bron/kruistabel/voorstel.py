"""Look at a table downloaded from StatLine and write the mapping that would read it, for a person to check.

What the file says (labels, units, title) is taken over; what it does not say is a guess, and stands in the mapping with
a comment. The mapping reads nothing until somebody fills in `nagekeken`.
"""

from __future__ import annotations

import glob
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assets.bron.bronlijst import Aanlevering
from assets.bron.kruistabel.bekijken import Indruk, look, reads, unique
from assets.bron.kruistabel.deel import VOETREGEL, is_star_line
from assets.bron.kruistabel.label import LabelError, check_months, read_legenda, read_periodelabel, read_teken
from assets.bron.kruistabel.levering import read_moment, strip_moment
from assets.bron.kruistabel.lezen import Tabel, read_peildatum, read_statline
from assets.bron.vellen.vel import Vel, VelError
from begrippen.fout import BestandError
from begrippen.regionaam import RegionaamError, fold, read_regionaam
from begrippen.yamlbestand import parse_yaml


@dataclass
class Voorstel:
    """A mapping as text, and what came of reading the file with it: the table, or why it is not read yet."""

    mapping: Aanlevering
    tekst: str
    tabel: Tabel | None = None
    nog: str = ""


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


def _head(seen: Indruk, own: str, bestand: str, vel: Vel) -> list[str]:
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
        f"bestanden: {_quote([f'{glob.escape(stem)}*{Path(bestand).suffix.lower()}'])}",
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


def _form(seen: Indruk, blad: str) -> list[str]:
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
    unread = [r for r in seen.regios if not reads(read_regionaam, r)]
    unread += [p for p in seen.perioden if not reads(read_periodelabel, p)]
    below = [t for t in seen.voet if not (VOETREGEL.match(t) or read_legenda(t) or is_star_line([t]))]
    if unread or below:
        lines += ["  # nakijken: hiervan kent de monitor geen regio, periode of voetregel; het wordt niet gelezen"]
        lines += [f"  overslaan: {_quote([*unread, *below])}"]
    return lines + _signs(seen) + _doubts(seen)


def _signs(seen: Indruk) -> list[str]:
    legend = dict(filter(None, map(read_legenda, seen.voet)))
    unsaid = []
    for text in unique(w.strip() for w in seen.waarden):
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


def _doubts(seen: Indruk) -> list[str]:
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
    periods = [read_periodelabel(p) for p in seen.perioden if reads(read_periodelabel, p)]
    try:
        check_months(periods)
    except LabelError:
        lines += ["  # invullen: is dit de maand, of de stand van het hele jaar?", "  # maand_is: jaar"]
    return lines


def _onderwerpen(seen: Indruk) -> list[str]:
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
    seen = look(vel)
    if not seen.onderwerpen:
        raise VelError(f"{vel.bestand}: geen onderwerp gevonden; zet in StatLine het onderwerp in de rijen of kolommen")
    own = own_id or f"statline_{_slug(seen.titel or strip_moment(vel.bestand), 30)}"
    taken = set(bezet)
    if own_id in taken:
        raise VelError(f"de naam {own_id} is al van een andere mapping; kies er een die nog niet bestaat")
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
