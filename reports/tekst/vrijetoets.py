"""Claims in free text, held against the figures: what is the most, the first, more than, gone, or caused by policy.

A claim that the figures confirm may stay; what they contradict is refused with what they say, and so is what can be
held against nothing. Cause is refused always: nothing here measures it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from reports.getallen import format_getal
from reports.model import Indicator, Regio
from reports.tekst.cijfers import NEDERLAND, Cijfers, Verwijzing, movement, shown_sign, sign
from reports.tekst.fout import LET_OP
from reports.tekst.getalregels import mask_cijfers
from reports.tekst.hoeveelheid import Hoeveelheid, find_hoeveelheden
from reports.tekst.onderwerp import Onderwerp, find_onderwerp
from reports.tekst.vrijeplaats import Plaatszin
from reports.tekst.vrijezin import LIJST, Bevinding, bedrag, kort, stand
from reports.tekst.vrijgetal import Kandidaat, candidates, describe, nearest, point, rounded, spans
from reports.tekst.vrijwoorden import (
    BIJNA_EVEN,
    ELK_JAAR,
    EVEN,
    GEVOLG,
    IEDEREEN,
    NAAST,
    ONZEKER,
    VERDWENEN,
    VERGELIJK,
    VERSCHIL,
    VRAAG,
)
from reports.tekst.zinregels import split_zinnen
from reports.tekst.zinswoorden import BEWEGING, NIET, STRAKS


class Toetszin(Plaatszin):
    """A sentence, held against all figures."""

    def check(self) -> Iterator[Bevinding]:
        """All its claims."""
        yield from self._cause()
        yield from self._gone()
        taken = []
        for regel in (self._rank, self._record, self._none_other, self._extreme, self._all_of):
            for b in regel():
                taken.append((b.begin - self.begin, b.eind - self.begin))
                yield b
        yield from self._numbers(taken)
        if not self.met_cijfer:
            yield from self._comparison(taken)
        yield from self._movement()
        yield from self._equal()
        yield from self._everybody()

    # --- what no figure can say ---

    def _cause(self) -> Iterator[Bevinding]:
        m = GEVOLG.search(self.tekst)
        # who sees to roads says nothing of a figure; who sees to fewer people without work does
        gaat = self.onderwerp.bekend or BEWEGING.search(self.tekst) or VERSCHIL.search(self.tekst)
        if m is not None and gaat and not ONZEKER.search(self.tekst):
            yield self._found(
                m,
                f"hier staat een oorzaak: '{kort(m[0])}'",
                "Wat het beleid uitwerkte is niet gemeten. Zet naast elkaar wat is gedaan en wat de cijfers zeggen.",
            )

    def _gone(self) -> Iterator[Bevinding]:
        for m in VERDWENEN.finditer(self.tekst):
            if self._denied(m.start()):
                continue
            wat, o = f"'{m[0]}' klopt niet", self.onderwerp
            if not o.kaarten:
                yield self._unknown(m)
                continue
            kaart, regio = o.kaarten[0], o.regio
            ours, land = kaart.punt(regio.code), self.cijfers.regios.get(NEDERLAND)
            theirs = point(kaart, land, ours.jaar) if ours and land else None
            if ours and theirs and ours.waarde is not None and theirs.waarde is not None:
                if regio != land and land in o.daar and shown_sign(kaart, ours.waarde, theirs.waarde) == 0:
                    yield self._found(m)
                    continue
                wat += f": {stand(kaart, regio, ours.waarde, ours.periode)}, Nederland {bedrag(kaart, theirs.waarde)}"
            yield self._found(m, wat, f'Schrijf: {{{{ verschil_nl("{kaart.id}", "{regio.code}") }}}}')

    # --- numbers ---

    def _numbers(self, taken: list[tuple[int, int]]) -> Iterator[Bevinding]:
        masked = mask_cijfers(self.tekst, self.namen)
        for h in find_hoeveelheden(masked):
            if any(a < h.eind and h.begin < b for a, b in taken) or "\ufffc" in h.woorden:
                continue
            o = self._clause(h.begin)
            if not o.bekend:
                continue
            found = list(candidates(h, self.tekst, o, self.cijfers))
            begin, eind = self.begin + h.begin, self.begin + h.eind
            if not h.rond:
                # an exact number is to be a reference, right or wrong
                continue
            if any(h.holds(k.waarde) for k in found):
                yield Bevinding(begin, eind, True)
            elif found:
                yield self._wrong(h, begin, eind, nearest(h, found))
            elif h.soort == "keer":
                wat = f"'{h.woorden}' is aan geen cijfer te toetsen"
                yield Bevinding(
                    begin, eind, False, wat, "Noem het gebied, en de jaren waartussen: tussen 2020 en 2024."
                )

    @staticmethod
    def _wrong(h: Hoeveelheid, begin: int, eind: int, k: Kandidaat) -> Bevinding:
        anders = f", of {rounded(h, k)}" if rounded(h, k) else ""
        call = f"{{{{ {k.call} }}}}" if k.call else "een verwijzing"
        return Bevinding(
            begin, eind, False, f"'{h.woorden}' klopt niet: {k.wat}: {describe(h, k)}", f"Schrijf: {call}{anders}."
        )

    # --- more and less, up and down ---

    def _comparison(self, taken: list[tuple[int, int]]) -> Iterator[Bevinding]:
        matches = list(VERGELIJK.finditer(self.tekst))
        if not matches and NAAST.search(self.tekst):
            matches = list(VERSCHIL.finditer(self.tekst))
        for m in matches:
            if any(a < m.end() and m.start() < b for a, b in taken) or re.match(r"\s*[0-9]", self.tekst[m.end() :]):
                continue
            if any(h.begin <= m.start() < h.eind for h in find_hoeveelheden(self.tekst)):
                continue
            o, want = self._clause(m.start()), 1 if m["op"] or m.groupdict().get("op2") else -1
            if not o.bekend:
                if o.genoemd and (o.daar or o.vreemd):
                    yield self._found(
                        m, f"'{kort(m[0])}' is niet aan cijfers te toetsen",
                        f"Noem het cijfer waar het om gaat. {LIJST}", LET_OP,
                    )  # fmt: skip
                continue
            settled = self._settle(o)
            if settled is None:
                if o.daar or o.vreemd:
                    yield self._unknown(m)
                continue
            richting, waarom = settled
            denied = self._denied(m.start())
            if (richting == want) if denied else (richting != want):
                yield self._found(
                    m, f"'{'niet ' if denied else ''}{kort(m[0])}', maar {waarom}",
                    "Draai het woord om, of laat de monitor kiezen: {{ verschil_nl(...) }} of {{ verandering(...) }}.",
                )  # fmt: skip

    def _settle(self, o: Onderwerp) -> tuple[int, str] | None:
        """How what the sentence is about lies beside what it names: sign and words."""
        for b in o.beweringen:
            if b.verschil is None or b.waarde is None or b.waarde_tegen is None:
                continue
            gelijk = b.oordeel in ("binnen_interval", "nagenoeg_gelijk", "binnen_marge")
            return (
                0 if gelijk else sign(b.verschil),
                f"{b.naam}: {format_getal(b.waarde, 0)} naast {format_getal(b.waarde_tegen, 0)}"
                + (", binnen haar interval" if gelijk else ""),
            )
        if not o.kaarten or o.vreemd:
            return None
        kaart, regio = o.kaarten[0], o.regio
        daar = next((r for r in o.daar if r != regio), None)
        if daar is not None:
            ours = point(kaart, regio, o.jaren[0] if len(o.jaren) == 1 else None)
            theirs = point(kaart, daar, ours.jaar) if ours else None
            if ours is None or theirs is None or ours.waarde is None or theirs.waarde is None:
                return None
            return (
                shown_sign(kaart, ours.waarde, theirs.waarde),
                f"{stand(kaart, regio, ours.waarde, ours.periode)}, {daar.naam} {bedrag(kaart, theirs.waarde)}",
            )
        return self._change(kaart, regio, spans(self.tekst, o, kaart, regio))

    @staticmethod
    def _change(kaart: Indicator, regio: Regio, jaren: list[tuple[int, int]]) -> tuple[int, str] | None:
        for van, tot in jaren:
            a, b = point(kaart, regio, van), point(kaart, regio, tot)
            if a is None or b is None or a.waarde is None or b.waarde is None or kaart.crosses_break(van, tot):
                return None
            return (
                shown_sign(kaart, b.waarde, a.waarde),
                f"'{kaart.naam}' in {regio.naam} ging van {bedrag(kaart, a.waarde)} in {van} naar "
                f"{bedrag(kaart, b.waarde)} in {tot}",
            )
        return None

    def _equal(self) -> Iterator[Bevinding]:
        for m in EVEN.finditer(self.tekst):
            o = self._clause(m.start())
            if self.met_cijfer or not o.bekend or not (o.daar or o.beweringen) or self._denied(m.start()):
                continue
            settled = self._settle(o)
            if settled is None:
                yield self._unknown(m)
            elif settled[0] == 0 or (BIJNA_EVEN.search(self.tekst[: m.start()]) and self._near_equal(o)):
                yield self._found(m)
            else:
                yield self._found(m, f"'{kort(m[0])}', maar {settled[1]}", "Zeg wat hoger of lager is, en hoeveel.")

    @staticmethod
    def _near_equal(o: Onderwerp) -> bool:
        """Whether two figures differ so little that a text may call them about the same: a fiftieth."""
        if not o.kaarten or not o.daar:
            return False
        ours = o.kaarten[0].punt(o.regio.code)
        theirs = point(o.kaarten[0], o.daar[0], ours.jaar) if ours else None
        if ours is None or theirs is None or ours.waarde is None or theirs.waarde is None:
            return False
        return abs(ours.waarde - theirs.waarde) <= abs(theirs.waarde) / 50

    def _everybody(self) -> Iterator[Bevinding]:
        m = IEDEREEN.search(self.tekst)
        if m is not None and self.met_cijfer and self.tekst[: m.start()].rstrip().lower().endswith("van"):
            # 'van alle inwoners had 71,1% werk': what the figure beside it is a share of
            return
        if m is not None and self.onderwerp.kaarten and not ONZEKER.search(self.tekst):
            kaart = self.onderwerp.kaarten[0]
            advies = f'Schrijf: {{{{ cijfer("{kaart.id}", "{self.onderwerp.regio.code}") }}}}'
            yield self._found(m, f"'{m[0]}' zegt geen cijfer: '{kaart.naam}' geldt nooit voor allen of geen", advies)

    def _movement(self) -> Iterator[Bevinding]:
        for m in BEWEGING.finditer(self.tekst):
            o = self._clause(m.start())
            if self.met_cijfer:
                # with a figure beside it `zinregels` holds it; what a semicolon parts is about something else
                begin = self.tekst.rfind(";", 0, m.start()) + 1
                eind = self.tekst.find(";", m.end())
                deel = self.tekst[begin : eind if eind >= 0 else len(self.tekst)]
                if any(c in self.verwijzingen for c in deel):
                    continue
                o = find_onderwerp(deel, [], self.cijfers)
            if (
                not o.bekend
                or (STRAKS.search(self.tekst) and not o.beweringen)
                or VRAAG.search(self.tekst[: m.start()])
            ):
                continue
            want = 1 if m["op"] else -1
            settled = self._moved(m, o)
            if settled is None:
                yield self._unknown(m)
                continue
            richting, waarom = settled
            denied = self._denied(m.start()) or NIET.match(self.tekst[m.end() :].lstrip())
            if (richting != want) if denied else (richting == want):
                yield self._found(m)
            else:
                kaart = o.kaarten[0].id if o.kaarten else ""
                plek = f'"{kaart}", "{o.regio.code}"'
                advies = f"Schrijf: {{{{ trend({plek}) }}}} of {{{{ verandering({plek}) }}}}"
                yield self._found(m, f"'{kort(m[0])}', maar {waarom}", advies if kaart else "Draai het woord om.")

    def _moved(self, m: re.Match[str], o: Onderwerp) -> tuple[int, str] | None:
        if o.beweringen and not o.kaarten:
            return self._settle(Onderwerp(beweringen=o.beweringen, hier=o.hier))
        if not o.kaarten:
            return None
        kaart, regio = o.kaarten[0], o.regio
        if ELK_JAAR.search(self.tekst):
            punten = [p.waarde for p in kaart.points(regio.code) if p.waarde is not None]
            kanten = {sign(b - a) for a, b in itertools.pairwise(punten)}
            return (
                kanten.pop() if len(kanten) == 1 else 0
            ), f"'{kaart.naam}' in {regio.naam} ging niet elk jaar dezelfde kant op"
        near = re.search(r"\bin ((?:19|20)[0-9]{2})\b", self.tekst[m.end() : m.end() + 40])
        before = re.search(r"\bin ((?:19|20)[0-9]{2})\b[^;,]{0,30}$", self.tekst[: m.start()])
        one = near or before
        if one is not None and not re.search(r"\b(?:sinds|tussen|vanaf|van (?:19|20)[0-9]{2})\b", self.tekst, re.I):
            jaar = int(one[1])
            return self._change(kaart, regio, [(jaar - 1, jaar)])
        if jaren := spans(self.tekst, o, kaart, regio):
            return self._change(kaart, regio, jaren)
        richting = movement(kaart, regio)
        if richting is None:
            # without a trend: the last two years
            nu = kaart.punt(regio.code)
            return self._change(kaart, regio, [(nu.jaar - 2, nu.jaar)]) if nu else None
        hoe = {1: "stijgt", -1: "daalt", 0: "verandert niet duidelijk"}[richting]
        return richting, f"'{kaart.naam}' {hoe} in {regio.naam}"


def check_vrij(
    tekst: str, verwijzingen: dict[str, Verwijzing], cijfers: Cijfers, namen: tuple[str, ...]
) -> Iterator[Bevinding]:
    """Every claim in a text, in which each reference is one character, with whether the figures confirm it."""
    if cijfers.provincie not in cijfers.regios:
        # figures of no region: there is nothing to hold a sentence against
        return
    vorige: Onderwerp | None = None
    for begin, zin in split_zinnen(tekst):
        eigen = [verwijzingen[c] for c in zin if c in verwijzingen]
        onderwerp = find_onderwerp(zin, eigen, cijfers, vorige)
        yield from Toetszin(zin, begin, verwijzingen, cijfers, onderwerp, namen).check()
        vorige = onderwerp
