"""Whether a sentence says of its figures what they say: rise and fall, more and less, years, percent and records.

A sentence is read by its words: a word of movement or comparison belongs to the reference that stands nearest in its
clause. What can not be settled that way is reported as 'let op' and stops nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.getallen import format_periode, is_percentage, met_eenheid
from reports.model import Indicator
from reports.tekst.cijfers import (
    NEDERLAND,
    Cijfers,
    GeenWaardeError,
    Verwijzing,
    find_punt,
    movement,
    shown_sign,
)
from reports.tekst.fout import FOUT, LET_OP, Ernst
from reports.tekst.zinswoorden import (
    AFGEROND,
    AFKORTING,
    BEWEGING,
    DEELZIN,
    HOOG,
    JAAR,
    LAAG,
    NIET,
    NL,
    PROCENT,
    RECORD,
    STRAKS,
    VERGELIJKING,
)

CIJFERSOORTEN = ("stand", "uiterste")
WOORD = {1: "stijgt", -1: "daalt", 0: "verandert niet duidelijk"}


@dataclass(frozen=True)
class Bevinding:
    """What is wrong at a place in a text."""

    plaats: int
    wat: str
    advies: str
    ernst: Ernst = FOUT


@dataclass(frozen=True)
class Plek:
    """A reference at its place in a sentence."""

    plaats: int
    v: Verwijzing


def split_zinnen(tekst: str) -> list[tuple[int, str]]:
    """Sentences with their place. A full stop after an abbreviation ends none."""
    zinnen, begin = [], 0
    for found in re.finditer(r"[.!?][’'\")]*(?=\s|$)", tekst):
        if AFKORTING.search(tekst[: found.end()]):
            continue
        zinnen.append((begin, tekst[begin : found.end()]))
        begin = found.end()
    if tekst[begin:].strip():
        zinnen.append((begin, tekst[begin:]))
    return zinnen


@dataclass
class Zin:
    """A sentence with its references, held against the figures."""

    tekst: str
    begin: int
    plekken: list[Plek]
    cijfers: Cijfers

    def check(self) -> Iterator[Bevinding]:
        """Everything that is wrong with it."""
        for rule in (self._years, self._percent, self._rounding, self._movement, self._comparison, self._record):
            yield from rule()

    def _found(self, plaats: int, wat: str, advies: str, ernst: Ernst = FOUT) -> Bevinding:
        return Bevinding(self.begin + plaats, wat, advies, ernst)

    def _of(self, *soorten: str) -> list[Plek]:
        return [p for p in self.plekken if p.v.soort in soorten]

    @property
    def named_years(self) -> set[int]:
        """The years that the sentence names, typed or by a reference."""
        typed = {int(j) for j in JAAR.findall(self.tekst)}
        return typed | {j for p in self.plekken for j in p.v.jaren}

    def _years(self) -> Iterator[Bevinding]:
        of = [p for p in self._of("stand", "uiterste", "verschil_nl") if p.v.punt is not None]
        years = {p.v.punt.jaar for p in of if p.v.punt is not None}
        if len(years) < 2 or not (missing := years - self.named_years):
            return
        listed = "; ".join(f"{p.v.functie} van '{_naam(p.v)}' is van {_periode(p.v)}" for p in of)
        voorbeeld = next(p.v for p in of if p.v.punt is not None and p.v.punt.jaar in missing)
        assert voorbeeld.indicator is not None and voorbeeld.punt is not None
        yield self._found(
            of[0].plaats,
            f"cijfers van verschillende jaren in één zin, zonder dat de zin het zegt: {listed}",
            f'Noem elk jaar, bijvoorbeeld: in {{{{ jaar("{voorbeeld.indicator.id}") }}}}; of maak er twee zinnen van.',
        )

    def _percent(self) -> Iterator[Bevinding]:
        punten = [p for p in self.plekken if p.v.eenheid == "procentpunt"]
        for found in PROCENT.finditer(self.tekst):
            before = self.tekst[: found.start()].rstrip()
            ref = next((p.v for p in self.plekken if p.plaats == len(before) - 1), None)
            is_punt = "punt" in found[0].lower()
            if ref is not None and ref.is_cijfer:
                eenheid = "procentpunt" if ref.eenheid == "procentpunt" else ref.eenheid
                if ref.eenheid == "procentpunt" and not is_punt:
                    wat = f"'{found[0]}' achter een verschil tussen percentages: dat is procentpunt"
                elif is_percentage(ref.eenheid) and is_punt:
                    wat = f"'{found[0]}' achter een percentage: procentpunt is alleen voor een verschil"
                else:
                    wat = f"'{found[0]}' achter een verwijzing die haar eenheid zelf schrijft"
                yield self._found(
                    found.start(), wat, f"Haal '{found[0]}' weg; er komt te staan: '{ref.tekst}' ({eenheid})."
                )
            elif is_punt and not punten and self.plekken:
                yield self._found(
                    found.start(),
                    f"'{found[0]}' in een zin zonder verschil tussen percentages",
                    'Gebruik {{ verandering("...") }} of {{ verschil_nl("...") }}: die schrijven zelf procentpunt.',
                )
            elif not is_punt and any(abs(p.plaats - found.start()) < 40 for p in punten):
                yield self._found(
                    found.start(),
                    f"'{found[0]}' bij een verschil in procentpunt",
                    "Een verschil tussen twee percentages is in procentpunt; de verwijzing schrijft dat zelf.",
                )
        for p in self._of("stand"):
            if re.search(r"\bmet(?: gemiddeld| zo’n)?\s$", self.tekst[: p.plaats]) and BEWEGING.search(self.tekst):
                assert p.v.indicator is not None
                if not re.search(r"\b(?:groei|verandering)", p.v.indicator.naam, re.I):
                    yield self._found(
                        p.plaats,
                        f"'met' voor een stand: {p.v.tekst} is hoe hoog '{_naam(p.v)}' is, niet hoeveel het veranderde",
                        f"Schrijf: {{{{ verandering({_plek(p.v)}) }}}}",
                    )

    def _rounding(self) -> Iterator[Bevinding]:
        for p in self._of("stand"):
            if found := AFGEROND.search(self.tekst[: p.plaats]):
                yield self._found(
                    found.start(),
                    f"'{found[0].strip()}' voor een precies cijfer ({p.v.tekst})",
                    "Laat het woord weg: de verwijzing geeft het cijfer zelf.",
                    LET_OP,
                )

    def _nearest(self, plaats: int, among: list[Plek]) -> list[Plek]:
        """The references to the indicator that a word at `plaats` is about: nearest within its clause, else nearest."""
        cuts = [m.start() for m in DEELZIN.finditer(self.tekst)]
        clause = sum(c < plaats for c in cuts)
        best = min(among, key=lambda p: (sum(c < p.plaats for c in cuts) != clause, abs(p.plaats - plaats)))
        return [p for p in among if p.v.indicator is best.v.indicator]

    def _movement(self) -> Iterator[Bevinding]:
        for found in BEWEGING.finditer(self.tekst):
            # what stands beyond a semicolon is about something else
            begin = self.tekst.rfind(";", 0, found.start())
            end = self.tekst.find(";", found.end())
            reach = range(begin, end if end >= 0 else len(self.tekst))
            among = [p for p in self.plekken if p.v.is_cijfer and p.v.soort != "verschil_nl" and p.plaats in reach]
            if found[0].lower() in ("omhoog", "omlaag") and re.search(r"\b(?:weg|trap)\b", self.tekst):
                continue
            woord = " ".join(found[0].split())
            if not among:
                if not STRAKS.search(self.tekst):
                    yield self._found(
                        found.start(),
                        f"'{woord}' zonder cijfer in de zin",
                        'Noem het cijfer waar het om gaat, of schrijf het werkwoord met {{ trend("...") }}.',
                        LET_OP,
                    )
                continue
            if STRAKS.search(self.tekst):
                continue
            own = self._nearest(found.start(), among)
            richting, waarom = self._direction(own)
            yield from self._judge(found, woord, richting, waarom, own[0].v)

    def _direction(self, own: list[Plek]) -> tuple[int | None, str]:
        """How the figures of one indicator move, and by what that is known."""
        kaart = own[0].v.indicator
        assert kaart is not None
        for p in own:
            if p.v.soort == "verandering":
                return p.v.richting, f"'{kaart.naam}' is {p.v.tekst}"
        levels = [p for p in own if p.v.soort == "stand" and p.v.punt is not None]
        for a in levels:
            for b in levels:
                if a.v.regio == b.v.regio and a.v.punt and b.v.punt and a.v.punt.moment < b.v.punt.moment:
                    assert a.v.punt.waarde is not None and b.v.punt.waarde is not None
                    return (
                        shown_sign(kaart, b.v.punt.waarde, a.v.punt.waarde),
                        f"van {a.v.tekst} in {_periode(a.v)} naar {b.v.tekst} in {_periode(b.v)}",
                    )
        regio = next((p.v.regio for p in own if p.v.regio is not None), self.cijfers.regios.get(self.cijfers.provincie))
        if regio is None:
            return None, ""
        richting = movement(kaart, regio)
        oordeel = kaart.oordelen.get(regio.code)
        if oordeel is None or richting is None:
            reden = oordeel.trend if oordeel else "niet getoetst"
            return None, f"de trend van '{kaart.naam}' in {regio.naam} is niet vast te stellen ({reden})"
        return richting, f"'{kaart.naam}' {WOORD[richting]} in {regio.naam}, {oordeel.van}-{oordeel.tot}"

    def _judge(
        self, found: re.Match[str], woord: str, richting: int | None, waarom: str, v: Verwijzing
    ) -> Iterator[Bevinding]:
        (begin, end), want = found.span(), 1 if found["op"] else -1
        denied = NIET.search(self.tekst[max(0, begin - 12) : begin]) or NIET.match(self.tekst[end:].lstrip())
        assert v.indicator is not None
        advies = (
            f"Laat de monitor het werkwoord kiezen: {{{{ trend({_plek(v)}) }}}}; of noem de "
            f"verandering zelf: {{{{ verandering({_plek(v)}) }}}}."
        )
        if denied:
            if richting == want:
                yield self._found(begin, f"'niet {woord}', maar {waarom}", advies)
        elif richting != want:
            yield self._found(begin, f"'{woord}', maar {waarom or 'het cijfer beweegt anders'}", advies)

    def _comparison(self) -> Iterator[Bevinding]:
        for found in VERGELIJKING.finditer(self.tekst):
            want, woord = (1 if found["op"] else -1), " ".join(found[0].split())
            among = self._of("stand", "verandering", "verschil_nl", "uiterste")
            rest = re.match(r"(?: dan)? ?", self.tekst[found.end() :])
            assert rest is not None
            # 'meer dan 3,2%' compares with nothing; see _rounding
            bare = len(among) == 1 and among[0].plaats == found.end() + rest.end()
            if not among or bare:
                continue
            own = self._nearest(found.start(), among)
            settled = self._settle(found.start(), own)
            if settled is None:
                yield self._found(
                    found.start(),
                    f"'{woord}' is niet aan cijfers te toetsen",
                    "Noem beide cijfers, of gebruik {{ verschil_nl(...) }} of {{ verandering(...) }}.",
                    LET_OP,
                )
                continue
            richting, waarom = settled
            denied = NIET.search(self.tekst[max(0, found.start() - 12) : found.start()])
            if (richting == want) if denied else (richting != want):
                yield self._found(
                    found.start(),
                    f"'{'niet ' if denied else ''}{woord}', maar {waarom}",
                    "Draai het woord om, of laat de monitor kiezen: {{ verschil_nl(...) }} of {{ verandering(...) }}.",
                )

    def _settle(self, plaats: int, own: list[Plek]) -> tuple[int, str] | None:
        """What the figures say of a comparison: its sign as the word should have it, and in words. None: unknown."""
        kaart = own[0].v.indicator
        assert kaart is not None
        levels = [p.v for p in own if p.v.soort in CIJFERSOORTEN and p.v.punt is not None and p.v.regio is not None]
        if len(levels) >= 2:
            return self._settle_two(kaart, levels)
        after = self.tekst[plaats:]
        than = re.search(r"\bdan\b([^,;.]*)", after)
        target = than[1] if than else after
        if levels and NL.search(target):
            return self._beside_nl(kaart, levels[0], 1)
        if levels and than and levels[0].regio and re.search(rf"\b{re.escape(levels[0].regio.naam)}\b", target):
            return self._beside_nl(kaart, levels[0], -1) if NL.search(self.tekst[:plaats]) else None
        if levels and than and (year := JAAR.search(target)):
            return self._since(kaart, levels[0], year[0])
        for p in own:
            if p.v.soort in ("verandering", "verschil_nl") and p.v.richting is not None:
                return p.v.richting, f"'{kaart.naam}' is {p.v.tekst}"
        return None

    @staticmethod
    def _settle_two(kaart: Indicator, levels: list[Verwijzing]) -> tuple[int, str] | None:
        first, second = levels[0], levels[1]
        assert first.punt and second.punt and first.regio and second.regio
        assert first.punt.waarde is not None and second.punt.waarde is not None
        if first.regio != second.regio:
            return (
                shown_sign(kaart, first.punt.waarde, second.punt.waarde),
                f"{first.regio.naam} heeft {first.tekst} en {second.regio.naam} {second.tekst}",
            )
        early, late = sorted((first, second), key=lambda v: v.punt.moment if v.punt else 0)
        assert early.punt and late.punt and early.punt.waarde is not None and late.punt.waarde is not None
        return (
            shown_sign(kaart, late.punt.waarde, early.punt.waarde),
            f"van {early.tekst} in {_periode(early)} naar {late.tekst} in {_periode(late)}",
        )

    def _beside_nl(self, kaart: Indicator, ours: Verwijzing, sign: int) -> tuple[int, str] | None:
        assert ours.punt and ours.regio and ours.punt.waarde is not None
        try:
            theirs = find_punt(self.cijfers, kaart, self.cijfers.regios[NEDERLAND], ours.punt.periode)
        except GeenWaardeError:
            return None
        assert theirs.waarde is not None
        return (
            sign * shown_sign(kaart, ours.punt.waarde, theirs.waarde),
            f"{ours.regio.naam} heeft {ours.tekst} en Nederland {_waarde(kaart, theirs.waarde)}",
        )

    def _since(self, kaart: Indicator, ours: Verwijzing, year: str) -> tuple[int, str] | None:
        assert ours.punt and ours.regio and ours.punt.waarde is not None
        try:
            before = find_punt(self.cijfers, kaart, ours.regio, year)
        except GeenWaardeError:
            return None
        assert before.waarde is not None
        return (
            shown_sign(kaart, ours.punt.waarde, before.waarde),
            f"{ours.regio.naam} heeft {ours.tekst} en had {_waarde(kaart, before.waarde)} in {year}",
        )

    def _record(self) -> Iterator[Bevinding]:
        for found in RECORD.finditer(self.tekst):
            woord = " ".join(found[0].split())
            want = -1 if LAAG.search(woord) else 1 if HOOG.search(woord) else None
            if want is None:
                want = -1 if LAAG.search(self.tekst) else 1 if HOOG.search(self.tekst) else None
            refs = [p for p in self.plekken if p.v.is_cijfer and p.v.regio is not None]
            if not refs:
                # without a reference it is a claim in free text (`vrijezin`)
                continue
            own = self._nearest(found.start(), refs)[0].v
            assert own.indicator is not None and own.regio is not None
            record = self.cijfers.records.get((own.indicator.id, own.regio.code))
            call = f'{{{{ record("{own.indicator.id}", "{own.regio.code}") }}}}'
            if record is None or not record.mag:
                yield self._found(
                    found.start(),
                    f"'{woord}' mag hier niet: '{own.indicator.naam}' in {own.regio.naam}: "
                    f"{record.uitleg if record else 'er is geen reeks'}",
                    "Laat de recordtaal weg.",
                )
            elif want is not None and want != (1 if record.record == "hoogste" else -1):
                yield self._found(
                    found.start(), f"'{woord}', maar het is de {record.record} waarde", f"Schrijf: {call}"
                )
            elif not self._of("record") and int(record.reeks_van[:4]) not in self.named_years:
                yield self._found(
                    found.start(),
                    f"'{woord}' zonder de reeks te noemen waarover dit gaat ({record.uitleg})",
                    f"Schrijf: {call}",
                )


def _waarde(kaart: Indicator, waarde: float) -> str:
    return met_eenheid(waarde, kaart.decimalen, kaart.eenheid)


def _naam(v: Verwijzing) -> str:
    return v.indicator.naam if v.indicator else ""


def _plek(v: Verwijzing) -> str:
    """Indicator and region as a call names them."""
    return ", ".join(f'"{code}"' for code in (v.indicator and v.indicator.id, v.regio and v.regio.code) if code)


def _periode(v: Verwijzing) -> str:
    return format_periode(v.punt.periode) if v.punt else ""


def check_zinnen(tekst: str, verwijzingen: dict[str, Verwijzing], cijfers: Cijfers) -> Iterator[Bevinding]:
    """Everything that is wrong with the sentences of a text, in which each reference is one character."""
    for begin, zin in split_zinnen(tekst):
        plekken = [Plek(n, verwijzingen[c]) for n, c in enumerate(zin) if c in verwijzingen]
        yield from Zin(zin, begin, plekken, cijfers).check()
