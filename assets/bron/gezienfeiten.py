"""What a stored answer shows of a table, as an entry of the list of what was seen.

The metadata and code lists of an answer are the table itself: what the list had filled in (`niet_gezien`), taken from a
sister table or read from a page gives way to them. A topic or code of the entry that is not there any more goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from assets.bron import poort
from assets.bron.bronlijst import Brontabel, Onderwerp
from assets.bron.gezienlijst import GezieneDimensie, GezieneTabel, GezienOnderwerp, Vindplek
from assets.bron.herkenning import find_exact
from assets.bron.momentopname import Rij
from assets.bron.structuur import BronOnderwerp, Code, Keuze, Structuur, is_periode
from begrippen.lijsten import PER_JAAR, Bronperiodesoort

# how CBS says in v3 that nothing more comes
_STOPGEZET = "Stopgezet"
_WHOLE = ("JJ", "SJ")
# of the regions of a kind that we know: from this share on a dimension has that kind, else it has these few
_MOST = 0.5


@dataclass(frozen=True)
class Gezien:
    """An entry as an answer shows it. `bevestigd`: our names of topics that were found to the letter; `weg`: names of
    topics that the entry had, or that we ask for, and that the source does not have.
    """

    tabel: GezieneTabel
    bevestigd: tuple[str, ...]
    weg: tuple[str, ...]


def _regions(codes: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Name regions by kind (`GM*`) where most of that kind are there, and one by one where they are not."""
    there: dict[str, list[str]] = defaultdict(list)
    for code in codes:
        there[code[:2]].append(code)
    total: dict[str, int] = defaultdict(int)
    for code in known:
        total[code[:2]] += 1
    return tuple(
        part
        for kind, own in there.items()
        for part in ([f"{kind}*"] if total[kind] and len(own) >= _MOST * total[kind] else own)
    )


def _periods(codes: Sequence[Code]) -> dict[str, Any]:
    """The kinds and years of a dimension of periods; empty where it has none that we know."""
    asked = get_args(Bronperiodesoort)
    found = sorted(c.code for c in codes if is_periode(c.code) and c.code[4:6] in asked)
    by_kind: dict[str, list[str]] = defaultdict(list)
    for code in found:
        by_kind[code[4:6]].append(code)
    if not found:
        return {}
    years = {int(c[:4]) for kind in _WHOLE for c in by_kind.get(kind, ())}
    parts = {kind: by_kind[kind] for kind in PER_JAAR if kind in by_kind}
    finest = max(parts, key=PER_JAAR.__getitem__, default=None)
    seen: dict[str, Any] = {"soorten": tuple(k for k in asked if k in by_kind), "van": int(found[0][:4])}
    last = max(years, default=0)
    if finest:
        numbers = {int(c[6:]) for c in parts[finest]}
        if len(numbers) < PER_JAAR[finest] and len({c[:4] for c in parts[finest]}) > 1:
            seen["maanden"] = tuple(sorted(numbers))
        newest, complete = int(parts[finest][-1][:4]), int(parts[finest][-1][6:]) == max(numbers)
        if not complete:
            # 2026JJ00 beside 2026MM08 is the part of a year
            years.discard(newest)
            seen |= {"deel_tot": parts[finest][-1]} if newest > max(years, default=0) else {}
        last = max(max(years, default=0), newest if complete else newest - 1)
    if years and years != set(range(min(years), max(years) + 1)):
        return {"soorten": seen["soorten"], "jaren": tuple(sorted(years))}
    return seen | ({"tot": last} if last >= seen["van"] else {})


def _dimensie(
    naam: str,
    tabel: Brontabel,
    keuze: Keuze,
    structuur: Structuur,
    *,
    oud: GezieneDimensie | None,
    known: Iterable[str],
) -> GezieneDimensie:
    ours = next((o for o in tabel.dimensies if keuze.dimensie(o) == naam), naam)
    asked = tabel.dimensies.get(ours)
    codes = structuur.codes[naam]
    if asked is None:
        soort = "periode" if codes and all(is_periode(c.code) for c in codes) else "uitsplitsing"
    else:
        soort = asked.soort
    fields: dict[str, Any] = {"soort": soort, "titel": oud.titel if oud else ""}
    if soort == "regio":
        fields["regios"] = _regions((c.code for c in codes), known)
    elif soort == "periode":
        fields |= _periods(codes)
    else:
        wanted = {c.code for c in keuze.codes.get(ours, ())} | set(oud.codes if oud else ())
        second = tuple(p.removesuffix("*") for p in asked.ook_regios) if asked else ()
        regions = {c.code for c in codes if second and c.code.startswith(second)}
        fields["regios"] = _regions(sorted(regions), known)
        fields["codes"] = {c.code: c.titel.strip() for c in codes if c.code in wanted - regions} or {
            c.code: c.titel.strip() for c in codes[:1]
        }
    return GezieneDimensie.model_validate(fields)


def _onderwerp(topic: BronOnderwerp, api: str, oud: GezienOnderwerp | None) -> GezienOnderwerp:
    fields: dict[str, Any] = {
        "titel": topic.titel.strip(),
        "pad": topic.pad if topic.pad is not None else (oud.pad if oud else ()),
        "eenheid": topic.eenheid,
        "decimalen": topic.decimalen or 0,
        "sleutel": topic.sleutel if api == "v3" else "",
        "v4_code": topic.sleutel if api == "v4" else (oud.v4_code if oud else ""),
        "statusgroep": oud.statusgroep if oud else "",
        # the groups of a topic are not in every recording
        "niet_gezien": ("pad",) if topic.pad is None else (),
    }
    return GezienOnderwerp.model_validate(fields)


def _status(info: Mapping[str, Any], oud: GezieneTabel | None) -> str:
    said = info.get("status")
    if said == _STOPGEZET:
        return oud.status if oud and oud.gestopt else "Gediscontinueerd"
    known = get_args(GezieneTabel.model_fields["status"].annotation)
    return cast("str", said) if said in known else "Regulier"


def _same_topic(own: GezienOnderwerp, structuur: Structuur) -> str | None:
    """The key that the source now has for a topic of the entry; None where it is not there."""
    asked = Onderwerp(titel=own.titel, pad=own.pad, eenheid=own.eenheid, zekerheid="V", v4_code=own.v4_code or None)
    found = find_exact(asked, structuur.onderwerpen).onderwerp
    return found.sleutel if found else None


def _onderwerpen(
    tabel: Brontabel, keuze: Keuze, structuur: Structuur, oud: GezieneTabel | None
) -> tuple[dict[str, GezienOnderwerp], list[str]]:
    """The topics by the names of the entry, and the names that the source has nothing for."""
    before = oud.onderwerpen if oud else {}
    # the entry calls a topic after the concept of the sample, which need not be the name that we ask it by
    keys = {naam: _same_topic(own, structuur) for naam, own in before.items()}
    names = {key: naam for naam, key in keys.items() if key}
    by_key = {t.sleutel: t for t in structuur.onderwerpen}
    found = {names.get(o.sleutel, naam): o for naam, o in keuze.onderwerpen.items()}
    taken = {o.sleutel for o in found.values()}
    for naam, key in keys.items():
        if key and naam not in found and key not in taken:
            found[naam] = by_key[key]
    gone = [n for n in before if n not in found]
    gone += [n for n in tabel.onderwerpen if n not in keuze.onderwerpen and n not in gone]
    # in the order of the entry, what is new behind it
    order = [*(n for n in before if n in found), *(n for n in found if n not in before)]
    return {n: _onderwerp(found[n], tabel.api, before.get(n)) for n in order}, gone


def make_gezien(
    tabel: Brontabel,
    structuur: Structuur,
    info: Rij,
    oud: GezieneTabel | None,
    *,
    plek: Vindplek,
    regios: Iterable[str],
    deel: bool = False,
) -> Gezien:
    """Make the entry of a table from its metadata and code lists.

    info: what the source says of the table itself (titel, status). oud: the entry as it is. plek: where this was seen.
    regios: the codes of the regions of today. deel: the answer may be a part of the table; what is not in it stays as
    it was seen before. Raises ValidationError for what is no table, as one without a period.
    """
    known = tuple(regios)
    keuze, bevinding = poort.choose(tabel, structuur)
    otherwise = {str(w.gegevens["naam"]) for w in bevinding.waarschuwingen if w.code == "anders_gevonden"}
    topics, weg = _onderwerpen(tabel, keuze, structuur, oud)
    before = oud.dimensies if oud else {}
    if deel and oud:
        kept = {
            n: o.model_copy(update={"gezien": o.gezien or oud.gezien}) for n, o in oud.onderwerpen.items() if n in weg
        }
        topics = {n: topics.get(n) or kept[n] for n in (*oud.onderwerpen, *topics) if n in topics or n in kept}
        weg = [n for n in weg if n not in kept]
    dims = {n: _dimensie(n, tabel, keuze, structuur, oud=before.get(n), known=known) for n in structuur.codes}
    if deel:
        dims |= {n: d for n, d in before.items() if n in dims and d.soort in ("regio", "periode")}
    soorten = {d.soort for d in dims.values()}
    fields: dict[str, Any] = {
        "id": tabel.id,
        "titel": str(info.get("titel") or tabel.titel).strip(),
        "catalogus": tabel.catalogus,
        "api": oud.api if oud else ("v3", "v4") if tabel.catalogus == "cbs" else ("v3",),
        "status": _status(info, oud),
        "opvolger": tabel.opvolger or (oud.opvolger if oud else ""),
        "gezien": (plek,),
        "regio": None if "regio" in soorten else tabel.regio_vast,
        "jaar": None if "periode" in soorten or not tabel.periode_vast else int(tabel.periode_vast[:4]),
        "status_uit_proza": tabel.status_uit_proza,
        "dimensies": dims,
        "onderwerpen": topics,
        "opmerking": oud.opmerking if oud else "",
    }
    sure = tuple(n for n in keuze.onderwerpen if n not in otherwise)
    return Gezien(GezieneTabel.model_validate(fields), sure, tuple(weg))
