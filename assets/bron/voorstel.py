"""What to change in the list of sources where a table is not what it says: the change itself, best candidates in order.

The command applies what is certain, and all else is for a person. Certain is what the gate takes as well, by a stated
sign, and what leaves the figure as it is: the total of a dimension that is new, or of one that is gone. What only
looks alike is never certain, also where there is just one: a word more, less or other can be another thing ('banen',
'banen van werknemers', 'banen van zelfstandigen'). A name that cards or queries use is never changed without a person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assets.bron.bronlijst import ONBEKENDE_CODE, Brontabel, Dimensie
from assets.bron.herkenning import find_codes, find_dimensions, find_exact, find_topics, of_kind
from assets.bron.kandidaten import SAME, likeness_of_titles, rank_codes, rank_topics
from assets.bron.lijstbestand import Wijziging
from assets.bron.schrijfwijze import fold, fold_unit, is_totaal, numbers, on_path, same_unit
from assets.bron.structuur import BronOnderwerp, Code, Structuur
from begrippen.lijsten import HERKENNINGEN
from begrippen.redenzinnen import regel

MOST = 3
ANDERE_EENHEID = "; LET OP: een andere eenheid, dus een ander cijfer"


@dataclass(frozen=True)
class Kandidaat:
    """Something of the source that can be meant, and the changes of the entry that say so."""

    wat: str
    wijzigingen: tuple[Wijziging, ...]
    zeker: bool = False
    # the id of the table, where it is one that follows ours
    tabel: str = ""


@dataclass(frozen=True)
class Voorstel:
    """A proposal for one thing that an entry asks. `naam`: a topic, `Dimensie`, `Dimensie=code` or `tabel`."""

    tabel: str
    naam: str
    waarom: str
    kandidaten: tuple[Kandidaat, ...]
    # the entry stays as it is, or is marked as stopped, and a copy with the changes of the candidate comes under it
    kopie: Literal["", "blijft", "stopt"] = ""

    @property
    def toepasbaar(self) -> bool:
        """Whether the command may apply it: one candidate, and that one is sure."""
        return len(self.kandidaten) == 1 and self.kandidaten[0].zeker


# --- topics ---


def _topic_changes(
    tabel: Brontabel, naam: str, found: BronOnderwerp, structuur: Structuur, *, gegist: bool
) -> tuple[Wijziging, ...]:
    """Give the changes with which a topic is found to the letter. gegist: it was not seen that it is the one."""
    o = tabel.onderwerpen[naam]
    new: dict[str, str | int | Sequence[str]] = {}
    if fold(o.titel) != fold(found.titel):
        new["titel"] = found.titel.strip()
    if not on_path(o.pad, found.pad):
        new["pad"] = found.pad or ()
    if fold_unit(o.eenheid) != fold_unit(found.eenheid):
        new["eenheid"] = found.eenheid
    if None not in (o.decimalen, found.decimalen) and o.decimalen != found.decimalen:
        new["decimalen"] = found.decimalen or 0
    if tabel.api == "v4" and o.v4_code != found.sleutel:
        new["v4_code"] = found.sleutel
    if found.pad and find_exact(o.model_copy(update=new), structuur.onderwerpen).onderwerp != found:
        new["pad"] = found.pad  # it has namesakes
    if gegist and o.zekerheid == "K":
        new["zekerheid"] = "V"
    return tuple(Wijziging("waarde", ("onderwerpen", naam, field), value) for field, value in new.items())


def _topics(tabel: Brontabel, structuur: Structuur, eerder: Structuur | None) -> Iterator[Voorstel]:
    known = eerder.onderwerpen if eerder else ()
    vondsten = find_topics(tabel.onderwerpen, structuur.onderwerpen, known)
    bezet = {v.onderwerp.sleutel for v in vondsten.values() if v.onderwerp}
    for naam, vondst in vondsten.items():
        o = tabel.onderwerpen[naam]
        if (found := vondst.onderwerp) is None:
            kandidaten = tuple(
                Kandidaat(
                    t.regel + ("" if same_unit(o.eenheid, t.eenheid) else ANDERE_EENHEID),
                    _topic_changes(tabel, naam, t, structuur, gegist=True),
                )
                for t in rank_topics(o, structuur.onderwerpen, bezet, known)[:MOST]
            )
            yield Voorstel(tabel.id, naam, regel((vondst.reden,)) if vondst.reden else "", kandidaten)
        elif vondst.hoe != "letterlijk":
            sure = Kandidaat(found.regel, _topic_changes(tabel, naam, found, structuur, gegist=False), zeker=True)
            yield Voorstel(tabel.id, naam, f"al herkend, {HERKENNINGEN[vondst.hoe]}", (sure,))


# --- codes ---


def _used(naam: str, gebruik: Collection[str]) -> str:
    """A note where cards or queries name a dimension or a code of it; empty where nothing does."""
    used = sorted(g for g in gebruik if g == naam or g.startswith(f"{naam}="))
    return f"; LET OP: kaarten of berekeningen noemen {', '.join(used)}: verander die mee" if used else ""


def _code_changes(dim: str, own: str, code: Code) -> tuple[Wijziging, ...]:
    changes = [Wijziging("waarde", ("dimensies", dim, "codes", own), code.titel.strip())]
    if own != code.code:
        changes.append(Wijziging("naam", ("dimensies", dim, "codes", own), code.code))
    return tuple(changes)


def _codes(
    tabel: Brontabel, dim: str, wanted: Dimensie, codes: Sequence[Code], gebruik: Collection[str]
) -> Iterator[Voorstel]:
    vondsten = find_codes(dim, wanted, codes)
    bezet = {v.code.code for v in vondsten.values() if v.code}
    for own, titel in wanted.codes.items():
        vondst, naam = vondsten[own], f"{dim}={own}"
        if (same := vondst.code) is None:
            ranked = rank_codes(titel, [c for c in codes if c.code not in bezet])[:MOST]
            note = _used(naam, gebruik)
            changes = tuple(Kandidaat(f"{c.code} {c.titel.strip()}{note}", _code_changes(dim, own, c)) for c in ranked)
            yield Voorstel(tabel.id, naam, regel((vondst.reden,)) if vondst.reden else "", changes)
        elif same.code != own or fold(same.titel) != fold(titel):
            sign = (
                "de code is nu gezien" if own.startswith(ONBEKENDE_CODE) else f"al herkend, {HERKENNINGEN[vondst.hoe]}"
            )
            note = _used(naam, gebruik) if same.code != own else ""
            found = f"{same.code} {same.titel.strip()}{note}"
            # of several codes each is picked out by its name somewhere; of one nobody needs to name it
            sure = same.code == own or (not note and len(wanted.codes) == 1)
            yield Voorstel(tabel.id, naam, sign, (Kandidaat(found, _code_changes(dim, own, same), sure),))


# --- dimensions ---


def _likeness_of_dimension(naam: str, wanted: Dimensie, other: str, structuur: Structuur) -> float:
    titles = {fold(c.titel) for c in structuur.codes[other]}
    shared = sum(fold(t) in titles for t in wanted.codes.values()) / max(len(wanted.codes), 1)
    kind = of_kind(wanted, other, structuur)
    return likeness_of_titles(_split(naam), _split(other)) + shared + (0.5 if kind else -0.5)


def _split(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", name)


def _rename(naam: str, other: str, wanted: Dimensie, structuur: Structuur) -> tuple[Wijziging, ...]:
    changes = [
        change
        for own, v in find_codes(naam, wanted, structuur.codes[other]).items()
        if v.code and own in wanted.codes and v.code.code != own
        for change in _code_changes(naam, own, v.code)
    ]
    return (*changes, Wijziging("naam", ("dimensies", naam), other))


def _is_all(title: str) -> bool:
    """Whether this is the total of all, and not of those of 15 to 75 years."""
    return is_totaal(title) and not numbers(title)


def _new_dimension(tabel: Brontabel, naam: str, structuur: Structuur) -> Kandidaat | None:
    """Ask the total of a dimension that the entry does not name: the figure stays the same."""
    codes = structuur.codes[naam]
    total = next((c for c in codes if is_totaal(c.titel)), None)
    if structuur.soorten.get(naam) == "TimeDimension" and tabel.periode_vast:
        dim: dict[str, object] = {"soort": "periode", "vanaf": int(tabel.periode_vast[:4])}
        changes = (Wijziging("waarde", ("dimensies", naam), dim), Wijziging("weg", ("periode_vast",)))
        return Kandidaat(f"{naam}: perioden", changes)
    if total is None or structuur.soorten.get(naam) == "TimeDimension":
        return None
    entry = {"soort": "uitsplitsing", "codes": {total.code: total.titel.strip()}}
    one = sum(is_totaal(c.titel) for c in codes) == 1 and codes[0] is total and _is_all(total.titel)
    added = (Wijziging("waarde", ("dimensies", naam), entry),)
    return Kandidaat(f"{naam} met {total.code} {total.titel.strip()}", added, zeker=one)


def _gone(tabel: Brontabel, naam: str, wanted: Dimensie, note: str) -> Kandidaat | None:
    """Leave out a dimension that the source does not have, where that leaves the figure as it is."""
    gone = Wijziging("weg", ("dimensies", naam))
    if wanted.soort == "uitsplitsing" and len(wanted.codes) == 1 and not wanted.ook_regios:
        total = all(map(_is_all, wanted.codes.values()))
        return Kandidaat(f"geen {naam}: de tabel heeft die dimensie niet{note}", (gone,), total and not note)
    years = re.findall(r"\b(?:19|20)\d\d\b", tabel.titel)
    if wanted.soort == "periode" and len(years) == 1:
        fixed = Wijziging("waarde", ("periode_vast",), f"{years[0]}JJ00")
        return Kandidaat(f"geen {naam}: alles gaat over {years[0]}", (gone, fixed))
    return None


def _dimensions(tabel: Brontabel, structuur: Structuur, gebruik: Collection[str]) -> Iterator[Voorstel]:
    dims = find_dimensions(tabel, structuur)
    left = list(dims.over)
    for naam, wanted in tabel.dimensies.items():
        note = _used(naam, gebruik)
        if (other := dims.namen.get(naam)) == naam:
            yield from _codes(tabel, naam, wanted, structuur.codes[naam], gebruik)
            continue
        if other is not None:
            found = Kandidaat(other + note, _rename(naam, other, wanted, structuur), not note)
            yield Voorstel(tabel.id, naam, f"al herkend, {HERKENNINGEN[dims.hoe[naam]]}", (found,))
            continue
        likeness = {n: _likeness_of_dimension(naam, wanted, n, structuur) for n in left}
        shown = sorted((n for n in left if likeness[n] > SAME), key=lambda n: -likeness[n])[:MOST]
        kandidaten = [Kandidaat(n + note, _rename(naam, n, wanted, structuur)) for n in shown]
        if shown:
            left.remove(shown[0])
        elif gone := _gone(tabel, naam, wanted, note):
            kandidaten = [gone]
        there = ", ".join(structuur.codes)
        yield Voorstel(tabel.id, naam, f"de tabel heeft geen dimensie {naam}; wel {there}", tuple(kandidaten))
    for naam in left:
        new = _new_dimension(tabel, naam, structuur)
        yield Voorstel(tabel.id, naam, f"de bronlijst noemt dimensie {naam} niet", (new,) if new else ())


def make_voorstellen(
    tabel: Brontabel, structuur: Structuur, eerder: Structuur | None = None, gebruik: Collection[str] = ()
) -> list[Voorstel]:
    """Propose what to change in the entry of a table; empty where all is found to the letter.

    eerder: what the source said at the last accepted answer. gebruik: the names of this entry that cards and queries
    use, as `Dimensie` and `Dimensie=code`: these are not changed but by a person, with what uses them.
    """
    return [*_dimensions(tabel, structuur, gebruik), *_topics(tabel, structuur, eerder)]
