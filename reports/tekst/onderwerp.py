"""What a sentence is about, where it does not refer to a figure: which indicators or claims, which regions and years.

Words point at cards: those of its name, and those of `spreektaal.yaml`. What points nowhere stays unknown; it is never
guessed from a number that happens to fit.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from reports.bewering import Bewering
from reports.model import Indicator, Regio
from reports.tekst.cijfers import NEDERLAND, Cijfers, Verwijzing
from reports.tekst.zinswoorden import JAAR

_STOP = frozenset(
    (
        *("aandeel", "aantal", "gemiddeld", "gemiddelde", "inwoner", "inwoners", "personen", "mensen", "ouder"),
        *("totaal", "heeft", "banen", "gemeente", "gemeenten", "provincie", "landelijk", "ander", "andere"),
        *("aantallen", "onder", "boven", "sinds", "binnen", "buiten", "bedrijven", "bedrijf", "ondernemers"),
    )
)
_WOORD = re.compile(r"[a-zà-ÿ0-9+]+")
_LAND = re.compile(r"\b(?:Nederland(?:se|s|ers?)?|landelijke?|het land)\b")
_PROVINCIE = re.compile(r"\b(?:de|onze|deze) provincie\b(?! (?:heeft een|met))|\bprovinciale gemiddelde\b", re.I)
# What the sentence lays its figure beside.
_DAN = re.compile(
    r"\b(?:dan|vergeleken met|ten opzichte van|naast|tegenover|tegen|dat van|als(?= in\b| (?-i:[A-Z])))\b|"
    r"\b(?:na|met|op)(?= (?-i:[A-Z]))(?! (?-i:[A-Z])\w* [a-z]* ?(?:gemiddeld|werk))|"
    r"\b(?:onder|boven)\b(?= het| dat| de)",
    re.I,
)


@cache
def _spreektaal() -> tuple[tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]], ...]:
    regels: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "spreektaal.yaml").read_text("utf-8"))
    return tuple(
        (re.compile("|".join(r["woorden"])), tuple(r["kaarten"]), tuple(r.get("beweringen", ()))) for r in regels
    )


def _stems(kaart: Indicator) -> set[str]:
    words = _WOORD.findall(f"{kaart.id.replace('_', ' ')} {kaart.naam}".lower())
    return {w[:8] for w in words if len(w) >= 5 and w not in _STOP}


@dataclass
class Onderwerp:
    """Cards and claims that a sentence can be about (the likeliest alone), and the regions and years that it names.

    `hier`: the regions that it speaks of, in order, the province where it names none; `daar`: those that it lays beside
    them, from the place `grens` on; `vreemd`: a region of which a text has no figures.
    """

    kaarten: list[Indicator] = field(default_factory=list)
    beweringen: list[Bewering] = field(default_factory=list)
    hier: list[Regio] = field(default_factory=list)
    daar: list[Regio] = field(default_factory=list)
    jaren: list[int] = field(default_factory=list)
    genoemd: bool = False
    vreemd: str = ""
    grens: int | None = None

    @property
    def bekend(self) -> bool:
        """Whether there is a figure to hold the sentence against."""
        return bool(self.kaarten or self.beweringen)

    @property
    def regio(self) -> Regio:
        """The region that the sentence is about in the first place."""
        return self.hier[0]


def _regions(zin: str, cijfers: Cijfers) -> list[tuple[int, Regio]]:
    """Regions with their place, the longest names first; people of the province count as the province."""
    provincie = cijfers.regios[cijfers.provincie]
    masked, found = zin, []
    namen = {naam: r for r in cijfers.regios.values() for naam in (r.naam, r.wie, r.titel)}
    for naam in sorted(namen, key=len, reverse=True):
        for m in re.finditer(rf"(?<![\w-]){re.escape(naam)}(?![\w-])", masked):
            if namen[naam].code != NEDERLAND:
                found.append((m.start(), namen[naam]))
            masked = (
                masked[: m.start()] + "\0" * len(naam) + masked[m.end() :] if namen[naam].code != NEDERLAND else masked
            )
    stam = provincie.naam[:5] if len(provincie.naam) > 6 else provincie.naam
    found += [(m.start(), provincie) for m in re.finditer(rf"(?<![\w-]){re.escape(stam)}\w*", masked)]
    found += [(m.start(), provincie) for m in _PROVINCIE.finditer(masked)]
    if (land := cijfers.regios.get(NEDERLAND)) is not None:
        found += [(m.start(), land) for m in _LAND.finditer(masked)]
    return sorted(found, key=lambda f: f[0])


def find_onderwerp(
    zin: str, verwijzingen: list[Verwijzing], cijfers: Cijfers, vorige: Onderwerp | None = None
) -> Onderwerp:
    """What a sentence is about. `vorige`: that of the sentence before, which 'dat' may go on about."""
    o = Onderwerp(jaren=[int(j) for j in JAAR.findall(zin)])
    o.jaren += sorted({j for v in verwijzingen for j in v.jaren if j not in o.jaren})
    laag = zin.lower()
    scores: Counter[str] = Counter()
    claims: list[str] = []
    leeg = False
    for patroon, ids, beweringen in _spreektaal():
        if patroon.search(laag):
            eigen = [i for i in ids if i in cijfers.indicatoren][:1]
            scores.update(dict.fromkeys(eigen, 3))
            claims += beweringen
            # what is named and has no figure is not to be taken for a number of people
            leeg = leeg or not eigen
    words = set(_WOORD.findall(laag))
    stems = {i: _stems(k) for i, k in cijfers.indicatoren.items()}
    freq = Counter(s for own in stems.values() for s in own)
    for id_, own in stems.items():
        for stem in own:
            if any(w.startswith(stem) for w in words):
                scores[id_] += max(1, round(4 / freq[stem]))
    for v in verwijzingen:
        if v.indicator is not None:
            scores[v.indicator.id] += 10
    best = max(scores.values(), default=0)
    # a number of people is said of nearly every figure: it is the topic only where nothing else is
    if (leeg or len([i for i in scores if scores[i] >= 3]) > 1) and "bevolking" in scores and not verwijzingen:
        del scores["bevolking"]
        best = max(scores.values(), default=0)
    o.kaarten = [cijfers.indicatoren[i] for i, s in scores.items() if s == best and s >= 2]
    plekken = _regions(zin, cijfers)
    cut = next((m.start() for m in _DAN.finditer(zin)), len(zin))
    o.hier = list(dict.fromkeys(r for p, r in plekken if p < cut))
    o.daar = list(dict.fromkeys(r for p, r in plekken if p >= cut))
    o.genoemd, o.grens = bool(plekken), cut
    if not o.hier:
        o.hier = [r for v in verwijzingen if (r := v.regio) is not None][:1] or [cijfers.regios[cijfers.provincie]]
    o.vreemd = next((n for n in ("Randstad", *cijfers.elders) if re.search(rf"(?<![\w-]){re.escape(n)}\b", zin)), "")
    o.beweringen = [b for c in claims for b in _claim(c, laag, o, cijfers)]
    o.beweringen += [v.bewering for v in verwijzingen if v.bewering is not None and v.bewering not in o.beweringen]
    if o.beweringen and any(b.reeks == "prognose" for b in o.beweringen):
        o.kaarten = []
    if (
        not o.bekend
        and vorige is not None
        and vorige.bekend
        and re.match(r"\s*(?:dat|dit|die|zij|het|daar\w*)\b", laag)
    ):
        o.kaarten, o.beweringen = vorige.kaarten, vorige.beweringen
        if not plekken:
            o.hier = vorige.hier
    return o


def _claim(naam: str, laag: str, o: Onderwerp, cijfers: Cijfers) -> list[Bewering]:
    soort, _, groep = naam.partition("/")
    if soort == "prognose" and (leeftijd := re.search(r"75|15 tot 75|0 tot 15|kinderen|jongeren", laag)):
        tekst = leeftijd[0]
        soort = "prognose_leeftijd"
        groep = {"75": "75_plus", "15 tot 75": "15_tot_75"}.get(tekst, "0_tot_15")
    found = cijfers.beweringen.find(soort, groep, next((r.code for r in o.hier if r.code != NEDERLAND), o.regio.code))
    return [found] if found is not None and found.waarde is not None else []
