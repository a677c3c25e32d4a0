"""Finding what the list of sources asks in what a source has: topics, dimensions and codes, each by what it is.

In a stated order, from the letter to the weaker signs, and never by a guess: where two things fit, neither is taken;
where two signs point at different things, nothing is. `hoe` says by which sign something was found, as a code of
`begrippen.lijsten.Herkenning`; what was not found by the letter is told as a warning and in `monitor bron toets`.

A topic: title, path and unit to the letter; the same in another spelling of the groups, the unit or the title; the key
of its column; the code of its measure. A dimension: name; kind (region, period); all asked codes with their titles. A
code: code and title; title alone; the only total.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from assets.bron.bronlijst import ONBEKENDE_CODE, Brontabel, Dimensie, Onderwerp
from assets.bron.schrijfwijze import (
    alike,
    camel,
    content,
    distinctive,
    fold,
    fold_unit,
    is_totaal,
    numbers,
    on_path,
    only,
    same_title,
    same_unit,
    stem,
)
from assets.bron.structuur import BronOnderwerp, Code, Structuur, is_periode
from begrippen.lijsten import Herkenning
from begrippen.redenen import Gegeven, Reden
from begrippen.regio import ALIASSEN

_GEO = frozenset({"GeoDimension", "GeoDetail"})
_TIME = frozenset({"TimeDimension"})


# --- topics ---


@dataclass(frozen=True)
class Vondst:
    """A topic of the source and how it was found; or None with the reason why it was not."""

    onderwerp: BronOnderwerp | None = None
    hoe: Herkenning = "letterlijk"
    reden: Reden | None = None


Zeef = Callable[[Onderwerp, BronOnderwerp], bool]


def _unit(expected: Onderwerp, topic: BronOnderwerp) -> bool:
    return same_unit(expected.eenheid, topic.eenheid)


def _path(expected: Onderwerp, topic: BronOnderwerp) -> bool:
    return on_path(expected.pad, topic.pad, spelling=True)


def _title(expected: Onderwerp, topic: BronOnderwerp) -> bool:
    return fold(expected.titel) == fold(topic.titel)


def _key(expected: Onderwerp, topic: BronOnderwerp) -> bool:
    # a key is the title of before, run together: alone it may be that of something else by now
    key = stem(topic.sleutel)
    named = distinctive(expected.titel) and key == camel(expected.titel)
    # long keys are cut, so one that its own title begins with says nothing of a title of before
    return named and not camel(topic.titel).startswith(key) and bool(content(expected.titel) & content(topic.titel))


# The weaker signs, in order; each on top of a unit that is the same.
_ZEVEN: tuple[tuple[Herkenning, Zeef], ...] = (
    ("andere_groep", lambda e, t: _title(e, t) and fold_unit(e.eenheid) == fold_unit(t.eenheid) and _path(e, t)),
    ("zelfde_eenheid", lambda e, t: _title(e, t) and _path(e, t)),
    ("zelfde_titel", lambda e, t: same_title(e.titel, t.titel) and _path(e, t)),
    ("kolomsleutel", lambda e, t: _key(e, t) and _path(e, t)),
    ("maatcode", lambda e, t: t.sleutel == e.v4_code),
)


def _keys(topics: Iterable[BronOnderwerp]) -> set[str]:
    return {t.sleutel for t in topics}


def find_exact(expected: Onderwerp, onderwerpen: Sequence[BronOnderwerp]) -> Vondst:
    """Find a topic by title, group path and unit to the letter."""
    titled = [t for t in onderwerpen if _title(expected, t)]
    if not titled:
        return Vondst(reden=Reden("titel_ontbreekt", {"titel": expected.titel}))
    placed = [t for t in titled if on_path(expected.pad, t.pad)]
    if not placed:
        return Vondst(reden=Reden("ander_pad", {"titel": expected.titel, "pad": expected.pad}))
    found = [t for t in placed if fold_unit(t.eenheid) == fold_unit(expected.eenheid)]
    if not found:
        units = tuple(sorted({t.eenheid for t in placed}))
        differs = {"titel": expected.titel, "eenheden": units, "verwacht": expected.eenheid}
        return Vondst(reden=Reden("andere_eenheid", differs))
    if len(_keys(found)) > 1:
        # Namesakes: the stable code of v4 tells them apart, and else a topic that stands under no group at all.
        coded = [t for t in found if t.sleutel == expected.v4_code]
        bare = [t for t in found if not t.pad] if not expected.pad else []
        found = coded or bare or found
    if len(_keys(found)) > 1:
        many: dict[str, Gegeven] = {"titel": expected.titel, "eenheid": expected.eenheid, "aantal": len(found)}
        return Vondst(reden=Reden("meer_keer", many))
    return Vondst(found[0])


def _find_weaker(expected: Onderwerp, free: Sequence[BronOnderwerp]) -> Vondst:
    for hoe, fits in _ZEVEN:
        found = [t for t in free if fits(expected, t) and _unit(expected, t)]
        if len(_keys(found)) > 1:
            found = [t for t in found if t.sleutel == expected.v4_code]
            if not found:
                return Vondst()
        if found:
            return Vondst(found[0], hoe)
    return Vondst()


def _find_moved(expected: Onderwerp, now: Sequence[BronOnderwerp], eerder: Sequence[BronOnderwerp]) -> Vondst:
    """Find a topic under another group: a title of its own, that stood once in the last answer and stands once now."""

    def named(topics: Sequence[BronOnderwerp]) -> list[BronOnderwerp]:
        return [t for t in topics if _title(expected, t) and _unit(expected, t)]

    found = named(now)
    once = distinctive(expected.titel) and len(named(eerder)) == len(found) == 1
    return Vondst(found[0], "andere_groep") if once else Vondst()


def _contradicts(expected: Onderwerp, found: BronOnderwerp, onderwerpen: Sequence[BronOnderwerp]) -> bool:
    """Whether the measure code, that keeps its meaning in v4, stands in the table at another topic than was found."""
    return expected.v4_code not in (None, found.sleutel) and any(t.sleutel == expected.v4_code for t in onderwerpen)


def find_topics(
    expected: Mapping[str, Onderwerp],
    onderwerpen: Sequence[BronOnderwerp],
    eerder: Sequence[BronOnderwerp] = (),
) -> dict[str, Vondst]:
    """Find topics: our name -> what was found, or why it was not.

    eerder: the topics of the last accepted answer. One that stood there beside the topic that we look for is another
    topic. What one name has to the letter is not there for a weaker sign of another, and what two names would have by
    a weaker sign neither has.
    """
    exact = {naam: find_exact(o, onderwerpen) for naam, o in expected.items()}
    taken = {v.onderwerp.sleutel for v in exact.values() if v.onderwerp}
    vondsten: dict[str, Vondst] = {}
    for naam, o in expected.items():
        vondst = exact[naam]
        if vondst.onderwerp is None:
            before = find_exact(o, eerder).onderwerp
            others = identities_of_others(before, eerder)
            free = [t for t in onderwerpen if t.sleutel not in taken and identity(t) not in others]
            weaker = _find_weaker(o, free)
            if weaker.onderwerp is None and before is not None:
                weaker = _find_moved(o, onderwerpen, eerder)
            vondst = weaker if weaker.onderwerp else vondst
        if vondst.onderwerp and _contradicts(o, vondst.onderwerp, onderwerpen):
            clash: dict[str, str] = {
                "titel": o.titel,
                "gevonden": vondst.onderwerp.sleutel,
                "maatcode": o.v4_code or "",
            }
            vondst = Vondst(reden=Reden("andere_maatcode", clash))
        vondsten[naam] = vondst
    weak = [v.onderwerp.sleutel for v in vondsten.values() if v.onderwerp and v.hoe != "letterlijk"]
    return {
        naam: exact[naam] if v.onderwerp and v.hoe != "letterlijk" and weak.count(v.onderwerp.sleutel) > 1 else v
        for naam, v in vondsten.items()
    }


def identity(topic: BronOnderwerp) -> tuple[str, tuple[str, ...] | None, str]:
    """Give what a topic is known by from one answer to the next."""
    return fold(topic.titel), topic.pad, fold_unit(topic.eenheid)


def identities_of_others(
    before: BronOnderwerp | None, eerder: Sequence[BronOnderwerp]
) -> set[tuple[str, tuple[str, ...] | None, str]]:
    """Give what stood in the last answer beside the topic that we had then; empty where we had none."""
    return {identity(t) for t in eerder if t.sleutel != before.sleutel} if before else set()


# --- dimensions ---


@dataclass(frozen=True)
class Dimensievondst:
    """Which dimension of the source is which of ours, and how. `over`: those of the source that are none of ours."""

    namen: Mapping[str, str]
    hoe: Mapping[str, Herkenning]
    over: tuple[str, ...]


def _fits(wanted: Dimensie, codes: Sequence[Code]) -> bool:
    """Whether every code that is asked for stands in a dimension with the title that we know."""
    titles = {c.code: c.titel for c in codes}
    return bool(wanted.codes) and all(
        same_title(titles.get(code, ""), title)
        if not code.startswith(ONBEKENDE_CODE)
        else sum(same_title(c.titel, title) for c in codes) == 1
        for code, title in wanted.codes.items()
    )


def of_kind(wanted: Dimensie, naam: str, structuur: Structuur) -> bool:
    """Whether a dimension of the source is of the kind that is asked for."""
    codes, kind = structuur.codes[naam], structuur.soorten.get(naam)
    if wanted.soort == "periode":
        return kind in _TIME and bool(codes) and all(is_periode(c.code) for c in codes)
    if wanted.soort == "regio" or wanted.ook_regios:
        return kind in _GEO
    return kind not in _TIME | _GEO


def _role(naam: str) -> str:
    """Give the part that a region has in a table, where the name of its dimension says so: woonregio, werkregio."""
    found = re.match(r"(.+?)(regio|gemeente|provincie|gebied)", naam.casefold())
    return found[1] if found else ""


def find_dimensions(tabel: Brontabel, structuur: Structuur) -> Dimensievondst:
    """Find the dimensions of a table by name, and what is left by kind or by the codes and titles that we ask for."""
    namen = {naam: naam for naam in tabel.dimensies if naam in structuur.codes}
    hoe: dict[str, Herkenning] = dict.fromkeys(namen, "letterlijk")
    left = [naam for naam in structuur.codes if naam not in namen]
    # Two of regions tell one figure from the other (where one lives, where one works): kind alone can not.
    regions = sum(d.soort == "regio" or bool(d.ook_regios) for d in tabel.dimensies.values())
    signs: dict[str, tuple[Herkenning, list[str]]] = {}
    for naam, wanted in tabel.dimensies.items():
        if naam in namen:
            continue
        if wanted.soort in ("periode", "regio"):
            several = wanted.soort == "regio" and regions > 1
            same = [n for n in left if of_kind(wanted, n, structuur) and _role(n) in ("", _role(naam))]
            signs[naam] = "zelfde_soort", [] if several else same
        else:
            signs[naam] = (
                "zelfde_codes",
                [
                    n
                    for n in left
                    if structuur.soorten.get(n) not in (_TIME if wanted.ook_regios else _TIME | _GEO)
                    and _fits(wanted, structuur.codes[n])
                ],
            )
    for naam, (sign, fitting) in signs.items():
        claims = [n for n, (_, others) in signs.items() if set(others) & set(fitting)]
        if len(fitting) == 1 and claims == [naam]:
            namen[naam], hoe[naam] = fitting[0], sign
    return Dimensievondst(namen, hoe, tuple(n for n in structuur.codes if n not in namen.values()))


# --- codes ---


@dataclass(frozen=True)
class Codevondst:
    """A code of the source and how it was found; or None with the reason why it was not."""

    code: Code | None = None
    hoe: Herkenning = "letterlijk"
    reden: Reden | None = None


def _one(codes: Sequence[Code]) -> Code | None:
    return codes[0] if only(c.code for c in codes) else None


def _find_total(title: str, codes: Sequence[Code]) -> Code | None:
    """Find the total of a dimension: the only one that says so, and the first of the list, as totals of all are."""
    totals = [c for c in codes if is_totaal(c.titel)]
    one = is_totaal(title) and len(totals) == 1 and totals[0] is codes[0]
    # the total of those of 15 to 75 years is not that of all
    return totals[0] if one and numbers(title) == numbers(totals[0].titel) else None


def _find_code(dim: str, code: str, title: str, codes: Sequence[Code], free: Sequence[Code]) -> Codevondst:
    by_title = _one([c for c in free if fold(c.titel) == fold(title)]) or _one(
        [c for c in free if same_title(c.titel, title)]
    )
    same = next((c for c in codes if c.code == code), None)
    if same is not None:
        if alike(same.titel, title) and by_title in (None, same):
            return Codevondst(same)
        renamed = {"dimensie": dim, "code": code, "titel": same.titel.strip(), "verwacht": title}
        return Codevondst(reden=Reden("code_andere_titel", renamed))
    if by_title is not None:
        # a code that was never seen is asked for by its title: that is the letter
        return Codevondst(by_title, "letterlijk" if code.startswith(ONBEKENDE_CODE) else "zelfde_titel")
    if (total := _find_total(title, codes)) is not None and total in free:
        return Codevondst(total, "enige_totaal")
    return Codevondst(reden=Reden("code_ontbreekt", {"code": code, "titel": title}))


def find_codes(naam: str, dimensie: Dimensie, codes: Sequence[Code]) -> dict[str, Codevondst]:
    """Find the codes that are asked for by name in a dimension: our code -> what was found, or why it was not.

    A region that is asked for by its code counts as one: the source may have another code for the same country.
    """
    asked = dict(dimensie.codes)
    free = [c for c in codes if c.code not in asked]
    # the codes of margins are the same in every table; the titles are not
    found = {c.code: Codevondst(c) for c in codes if c.code in asked and dimensie.soort == "marges"}
    for code, title in asked.items():
        found.setdefault(code, _find_code(naam, code, title, codes, [*free, *(c for c in codes if c.code == code)]))
    for regio in (r for r in dimensie.regios if not r.endswith("*")):
        other = [c for c in codes if ALIASSEN.get(c.code) == regio or ALIASSEN.get(regio) == c.code]
        if not any(c.code == regio for c in codes) and len(other) == 1:
            found[regio] = Codevondst(other[0], "zelfde_titel")
    weak = [v.code.code for v in found.values() if v.code]
    return {
        ours: Codevondst(reden=Reden("code_ontbreekt", {"code": ours, "titel": asked.get(ours, ours)}))
        if v.code and weak.count(v.code.code) > 1
        else v
        for ours, v in found.items()
    }
