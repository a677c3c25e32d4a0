"""What to change in the list of sources where a table is not what it says: the change itself, best candidates in order.

A proposal with one candidate that is sure can be applied by the command; all others are for a person. Sure is what the
gate would take as well, and a topic that can be no other: the only one that looks like it, in the same unit, and new
since the last answer. What a card names by the old name is never changed without that person.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assets.bron.bronlijst import ONBEKENDE_CODE, Brontabel, Dimensie, Onderwerp
from assets.bron.herkenning import Codevondst, find_codes, find_dimensions, find_exact, find_topics, of_kind
from assets.bron.kandidaten import SAME, likeness_of_titles, rank_codes, rank_topics
from assets.bron.lijstbestand import Wijziging
from assets.bron.schrijfwijze import content, fold, fold_unit, is_totaal, numbers, on_path, same_unit
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


@dataclass(frozen=True)
class Voorstel:
    """A proposal for one thing that an entry asks. `naam`: a topic, `Dimensie`, `Dimensie=code` or `tabel`."""

    tabel: str
    naam: str
    waarom: str
    kandidaten: tuple[Kandidaat, ...]
    # set where the entry stays, and a copy of it with the changes of the candidate comes under it: id -> its changes
    kopie: str = ""

    @property
    def toepasbaar(self) -> bool:
        """Whether the command may apply it: one candidate, and that one is sure."""
        return len(self.kandidaten) == 1 and self.kandidaten[0].zeker


# --- topics ---


def _topic_changes(
    tabel: Brontabel, naam: str, found: BronOnderwerp, structuur: Structuur, *, gegist: bool
) -> tuple[Wijziging, ...]:
    o = tabel.onderwerpen[naam]
    new: dict[str, str | int | Sequence[str]] = {}
    if fold(o.titel) != fold(found.titel):
        new["titel"] = found.titel.strip()
    namesakes = [
        t
        for t in structuur.onderwerpen
        if fold(t.titel) == fold(found.titel) and same_unit(t.eenheid, found.eenheid) and t.sleutel != found.sleutel
    ]
    if found.pad and (not on_path(o.pad, found.pad) or (namesakes and not o.pad)):
        new["pad"] = found.pad
    elif o.pad and found.pad == ():
        new["pad"] = ()
    if fold_unit(o.eenheid) != fold_unit(found.eenheid):
        new["eenheid"] = found.eenheid
    if None not in (o.decimalen, found.decimalen) and o.decimalen != found.decimalen:
        new["decimalen"] = found.decimalen or 0
    if tabel.api == "v4" and o.v4_code != found.sleutel:
        new["v4_code"] = found.sleutel
    if gegist and o.zekerheid == "K":
        new["zekerheid"] = "V"
    return tuple(Wijziging("waarde", ("onderwerpen", naam, field), value) for field, value in new.items())


def _only_one(o: Onderwerp, found: BronOnderwerp, before: BronOnderwerp | None) -> bool:
    """Whether the only candidate can be no other: its unit is the same, and it took the place of what is gone."""
    if not same_unit(o.eenheid, found.eenheid) or numbers(o.titel) != numbers(found.titel):
        return False
    if before is not None:
        return likeness_of_titles(o.titel, found.titel) >= SAME
    a, b = content(o.titel), content(found.titel)
    # without an answer of before, another word can be another thing: words may have been added or left out
    return (a <= b or b <= a) and on_path(o.pad, found.pad, spelling=True)


def _topics(tabel: Brontabel, structuur: Structuur, eerder: Structuur | None) -> Iterator[Voorstel]:
    known = eerder.onderwerpen if eerder else ()
    vondsten = find_topics(tabel.onderwerpen, structuur.onderwerpen, known)
    bezet = {v.onderwerp.sleutel for v in vondsten.values() if v.onderwerp}
    for naam, vondst in vondsten.items():
        o = tabel.onderwerpen[naam]
        if vondst.onderwerp is not None:
            if vondst.hoe != "letterlijk":
                changes = _topic_changes(tabel, naam, vondst.onderwerp, structuur, gegist=False)
                sure = Kandidaat(vondst.onderwerp.regel, changes, zeker=True)
                yield Voorstel(tabel.id, naam, f"gevonden {HERKENNINGEN[vondst.hoe]}", (sure,))
            continue
        before = find_exact(o, known).onderwerp
        kandidaten = tuple(
            Kandidaat(
                t.regel + ("" if same_unit(o.eenheid, t.eenheid) else ANDERE_EENHEID),
                _topic_changes(tabel, naam, t, structuur, gegist=True),
                _only_one(o, t, before),
            )
            for t in rank_topics(o, structuur.onderwerpen, bezet, known)[:MOST]
        )
        yield Voorstel(tabel.id, naam, regel((vondst.reden,)) if vondst.reden else "niet gevonden", kandidaten)


# --- codes ---


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
            changes = tuple(Kandidaat(f"{c.code} {c.titel.strip()}", _code_changes(dim, own, c)) for c in ranked)
            yield Voorstel(tabel.id, naam, _why(vondst), changes)
        elif same.code != own or fold(same.titel) != fold(titel):
            sign = "de code is nu gezien" if own.startswith(ONBEKENDE_CODE) else f"gevonden {HERKENNINGEN[vondst.hoe]}"
            sure = naam not in gebruik or same.code == own
            found = Kandidaat(f"{same.code} {same.titel.strip()}", _code_changes(dim, own, same), sure)
            yield Voorstel(tabel.id, naam, sign, (found,))


def _why(vondst: Codevondst) -> str:
    return regel((vondst.reden,)) if vondst.reden else "niet gevonden"


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


def _total(codes: Sequence[Code]) -> Code | None:
    return next((c for c in codes if is_totaal(c.titel)), None)


def _new_dimension(tabel: Brontabel, naam: str, structuur: Structuur) -> Kandidaat | None:
    """Ask the total of a dimension that the entry does not name: the figure stays the same."""
    codes = structuur.codes[naam]
    total = _total(codes)
    if structuur.soorten.get(naam) == "TimeDimension" and tabel.periode_vast:
        dim: dict[str, object] = {"soort": "periode", "vanaf": int(tabel.periode_vast[:4])}
        changes = (Wijziging("waarde", ("dimensies", naam), dim), Wijziging("weg", ("periode_vast",)))
        return Kandidaat(f"{naam}: perioden", changes)
    if total is None or structuur.soorten.get(naam) == "TimeDimension":
        return None
    entry = {"soort": "uitsplitsing", "codes": {total.code: total.titel.strip()}}
    one = sum(is_totaal(c.titel) for c in codes) == 1 and codes[0] is total
    added = (Wijziging("waarde", ("dimensies", naam), entry),)
    return Kandidaat(f"{naam} met {total.code} {total.titel.strip()}", added, zeker=one)


def _gone(tabel: Brontabel, naam: str, wanted: Dimensie, *, free: bool) -> Kandidaat | None:
    """Leave out a dimension that the source does not have, where that leaves the figure as it is."""
    gone = Wijziging("weg", ("dimensies", naam))
    if wanted.soort == "uitsplitsing" and len(wanted.codes) == 1 and not wanted.ook_regios:
        total = all(map(is_totaal, wanted.codes.values()))
        return Kandidaat(f"geen {naam}: de tabel heeft die dimensie niet", (gone,), zeker=total and free)
    years = re.findall(r"\b(?:19|20)\d\d\b", tabel.titel)
    if wanted.soort == "periode" and len(years) == 1:
        fixed = Wijziging("waarde", ("periode_vast",), f"{years[0]}JJ00")
        return Kandidaat(f"geen {naam}: alles gaat over {years[0]}", (gone, fixed))
    return None


def _dimensions(tabel: Brontabel, structuur: Structuur, gebruik: Collection[str]) -> Iterator[Voorstel]:
    dims = find_dimensions(tabel, structuur)
    left = list(dims.over)
    for naam, wanted in tabel.dimensies.items():
        free = not any(g == naam or g.startswith(f"{naam}=") for g in gebruik)
        if naam in dims.namen:
            codes = structuur.codes[dims.namen[naam]]
            if (hoe := dims.hoe[naam]) != "letterlijk":
                other = dims.namen[naam]
                found = Kandidaat(other, _rename(naam, other, wanted, structuur), free)
                yield Voorstel(tabel.id, naam, f"gevonden {HERKENNINGEN[hoe]}", (found,))
            else:
                yield from _codes(tabel, naam, wanted, codes, gebruik)
            continue
        ranked = sorted(left, key=lambda n: -_likeness_of_dimension(naam, wanted, n, structuur))
        shown = [n for n in ranked if _likeness_of_dimension(naam, wanted, n, structuur) > SAME][:MOST]
        kandidaten = [Kandidaat(n, _rename(naam, n, wanted, structuur)) for n in shown]
        if not kandidaten and (gone := _gone(tabel, naam, wanted, free=free)):
            kandidaten = [gone]
        if shown:
            left.remove(shown[0])
        there = ", ".join(structuur.codes)
        yield Voorstel(tabel.id, naam, f"de tabel heeft geen dimensie {naam}; wel {there}", tuple(kandidaten))
    for naam in left:
        new = _new_dimension(tabel, naam, structuur)
        yield Voorstel(tabel.id, naam, f"de bronlijst noemt dimensie {naam} niet", (new,) if new else ())


def make_voorstellen(
    tabel: Brontabel, structuur: Structuur, eerder: Structuur | None = None, gebruik: Collection[str] = ()
) -> list[Voorstel]:
    """Propose what to change in the entry of a table; empty where all is found to the letter.

    eerder: what the source said at the last accepted answer. gebruik: the names of this entry that cards use as
    `Dimensie` and `Dimensie=code`: these are not changed but by a person, with the cards.
    """
    return [*_dimensions(tabel, structuur, gebruik), *_topics(tabel, structuur, eerder)]
