"""Claims about who is the most: superlatives, places, records, and what holds for all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.model import Indicator, Regio
from reports.tekst.cijfers import NEDERLAND, shown_sign
from reports.tekst.fout import FOUT, LET_OP
from reports.tekst.onderwerp import Onderwerp, find_onderwerp
from reports.tekst.vrijezin import Bevinding, Vrijezin, bedrag, kleinst, kort, laatste
from reports.tekst.vrijwoorden import (
    ALLE,
    EEN_VAN,
    GEBIEDEN,
    GEEN_ANDER,
    GEMEENTEN,
    GETAL,
    PROVINCIES,
    RANG,
    SINDS,
    UITERSTE,
    VERGELIJK,
    VRAAG,
)
from reports.tekst.zinswoorden import BEWEGING, HOOG, LAAG, RECORD, STRAKS
from reports.zinnen import has_gunstige_kant


class Plaatszin(Vrijezin):
    """A sentence, held against the order of regions and the records."""

    def _extreme(self) -> Iterator[Bevinding]:
        uitersten = [v for v in self.eigen if v.soort == "uiterste"]
        for m in UITERSTE.finditer(self.tekst):
            if EEN_VAN.search(self.tekst[: m.start()]) or SINDS.match(self.tekst, m.start()) or self._in_record(m):
                continue
            if uitersten:
                plek = {c: n for n, c in enumerate(self.tekst) if c in self.verwijzingen}
                near = min(plek, key=lambda c: abs(plek[c] - m.start()) + (1000 if plek[c] < m.start() else 0))
                v = self.verwijzingen[near]
                if v.soort == "uiterste" and (m["op"] or m["neer"]) and (v.functie == "hoogste") != bool(m["op"]):
                    yield self._found(
                        m, f"'{m[0]}', maar {v.functie} geeft {v.tekst}", "Draai het woord of de verwijzing om."
                    )
                continue
            o = self._clause(m.start())
            scope = self._scope(m, o)
            if not o.kaarten or scope is None:
                if (
                    scope is not None
                    and not VRAAG.search(self.tekst[: m.start()])
                    and (o.genoemd or scope != "gemeente")
                ):
                    yield self._unknown(m)
                continue
            if VRAAG.search(self.tekst[: m.start()]):
                continue
            yield self._settle_extreme(m, o, scope)

    def _in_record(self, m: re.Match[str]) -> bool:
        return any(r.start() <= m.start() < r.end() for r in RECORD.finditer(self.tekst))

    def _scope(self, m: re.Match[str], o: Onderwerp) -> str | None:
        """Among which regions it is the most; None where the sentence does not say."""
        soorten = {r.soort for r in (*o.hier, *o.daar)}
        if GEBIEDEN.search(self.tekst):
            return "corop"
        if "gemeente" in soorten and not PROVINCIES.search(self.tekst.replace("de provincie", "")):
            return "gemeente"
        if PROVINCIES.search(self.tekst) or m["goed"] or m["slecht"]:
            return "provincie" if "gemeente" not in soorten else "land"
        if "corop" in soorten:
            return "corop"
        return "gemeente" if GEMEENTEN.search(self.tekst) else None

    def _settle_extreme(self, m: re.Match[str], o: Onderwerp, scope: str) -> Bevinding:
        kaart = o.kaarten[0]
        if scope in ("provincie", "land"):
            return self._by_rank(m, kaart, next(r for r in o.hier) if scope == "provincie" else kleinst(o), first=True)
        alle = {c: w for c in self._codes(scope) if (w := laatste(kaart, c)) is not None}
        wie = [r for r in self._near(m, o) if r.soort == scope]
        if not wie:
            wie = [r for r in o.hier if r.soort == scope]
        if not wie or not alle or any(r.code not in alle for r in wie):
            return self._unknown(m)
        na = [r for r in o.daar if r.soort == scope and re.search(rf"\bna\b[^.;]*{re.escape(r.naam)}", self.tekst)]
        op = self._is_up(m, kaart)
        order = sorted(alle, key=lambda c: -alle[c] if op else alle[c])
        top, ours = order[: len(na)], [r.code for r in wie]
        grens = alle[order[min(len(na) + len(ours), len(order)) - 1]]
        good = all((alle[c] >= grens if op else alle[c] <= grens) and c not in top for c in ours)
        if good and set(top) == {r.code for r in na}:
            return self._found(m)
        eerste = [self.cijfers.regios[c].naam for c in order[: len(na) + len(ours)]]
        wat = "hoogst" if op else "laagst"
        cijfer = ", ".join(f"{n} ({bedrag(kaart, alle[c])})" for n, c in zip(eerste, order, strict=False))
        return self._found(
            m, f"'{m[0]}' klopt niet: '{kaart.naam}' is het {wat} in {cijfer}",
            f'Schrijf: {{{{ {"hoogste" if op else "laagste"}("{kaart.id}") }}}}',
        )  # fmt: skip

    def _near(self, m: re.Match[str], o: Onderwerp) -> list[Regio]:
        """The regions in the same clause as a superlative, where a sentence has more than one."""
        if len(UITERSTE.findall(self.tekst)) < 2:
            return o.hier
        begin = max(self.tekst.rfind(c, 0, m.start()) for c in ";:,") + 1
        eind = min((p for c in ";," if (p := self.tekst.find(c, m.end())) >= 0), default=len(self.tekst))
        return find_onderwerp(self.tekst[begin:eind], [], self.cijfers).hier

    def _codes(self, scope: str) -> list[str]:
        if scope == "gemeente":
            return list(self.cijfers.gemeenten)
        return [c for c, r in self.cijfers.regios.items() if r.soort == scope]

    @staticmethod
    def _is_up(m: re.Match[str], kaart: Indicator) -> bool:
        """Whether the highest value is meant; 'best' and 'worst' follow the wanted side."""
        if m["op"] or m["neer"]:
            return bool(m["op"])
        return bool(m["goed"]) == (kaart.richting != "lager")

    def _by_rank(self, m: re.Match[str], kaart: Indicator, regio: Regio, *, first: bool) -> Bevinding:
        oordeel = kaart.oordelen.get(regio.code)
        if oordeel is None or oordeel.rang is None or oordeel.rang_van is None:
            return self._unknown(m)
        groups = m.groupdict()
        goed = groups.get("goed") is not None or groups.get("slecht") is not None
        up = groups.get("op") is not None
        if goed:
            want = 1 if groups.get("goed") else oordeel.rang_van
        else:
            top_is_one = not has_gunstige_kant(kaart) or kaart.richting == "hoger"
            want = 1 if up == top_is_one else oordeel.rang_van
        if oordeel.rang == want:
            return self._found(m)
        return self._found(
            m, f"'{kort(m[0])}' klopt niet: {regio.naam} staat bij '{kaart.naam}' op plaats {oordeel.rang} van de "
            f"{oordeel.rang_van}", f'Schrijf: {{{{ rang("{kaart.id}", "{regio.code}") }}}}',
        )  # fmt: skip

    def _none_other(self) -> Iterator[Bevinding]:
        for m in GEEN_ANDER.finditer(self.tekst):
            o = self.onderwerp
            wie = [r for r in (*o.daar, *o.hier) if r.code != NEDERLAND]
            if not o.kaarten or not wie:
                yield self._unknown(m)
            elif wie[0].soort == "provincie":
                yield self._by_rank(m, o.kaarten[0], wie[0], first=True)
            else:
                yield self._settle_extreme(m, Onderwerp(o.kaarten, [], wie), wie[0].soort)

    def _all_of(self) -> Iterator[Bevinding]:
        for m in ALLE.finditer(self.tekst):
            v, o = VERGELIJK.search(self.tekst), self.onderwerp
            if v is None:
                if BEWEGING.search(self.tekst) and not STRAKS.search(self.tekst):
                    yield self._unknown(m)
                continue
            land = next(iter(o.daar), None)
            if not o.kaarten or land is None:
                yield self._unknown(m)
                continue
            kaart, grens = o.kaarten[0], laatste(o.kaarten[0], land.code)
            op = bool(v["op"] or v["op2"])
            waarden = {c: laatste(kaart, c) for c in self.cijfers.gemeenten}
            anders = [
                self.cijfers.regios[c].naam
                for c, w in waarden.items()
                if w is None or grens is None or (shown_sign(kaart, w, grens) != (1 if op else -1))
            ]
            if anders:
                yield self._found(
                    m, f"'{m[0]}' klopt niet: bij '{kaart.naam}' geldt het niet voor {', '.join(anders[:4])}",
                    "Noem de gemeenten voor wie het wel geldt, of hoeveel het er zijn.",
                )  # fmt: skip
            else:
                yield self._found(v)

    def _rank(self) -> Iterator[Bevinding]:
        for m in RANG.finditer(self.tekst):
            o = self.onderwerp
            woord = (m["a"] or m["b"] or m["c"]).lower()
            getal = GETAL.get(woord) or int(woord)
            van = (m["van"] or m["van2"] or m["van3"] or "").lower()
            oordeel = o.kaarten[0].oordelen.get(kleinst(o).code) if o.kaarten else None
            if oordeel is None or oordeel.rang is None:
                if o.kaarten or van:
                    yield self._unknown(m)
                continue
            uit = GETAL.get(van) or (int(van) if van else None)
            if oordeel.rang == getal and uit in (None, oordeel.rang_van):
                yield self._found(m)
                continue
            kaart, regio = o.kaarten[0], kleinst(o)
            yield self._found(
                m, f"'{kort(m[0])}' klopt niet: {regio.naam} staat bij '{kaart.naam}' op plaats {oordeel.rang} van de "
                f"{oordeel.rang_van}", f'Schrijf: {{{{ rang("{kaart.id}", "{regio.code}") }}}}',
            )  # fmt: skip

    def _record(self) -> Iterator[Bevinding]:
        """Records where the sentence refers to no figure; with one `zinregels` holds it."""
        if any(v.is_cijfer and v.regio is not None for v in self.eigen):
            return
        for m in (*RECORD.finditer(self.tekst), *SINDS.finditer(self.tekst)):
            o = self.onderwerp
            if not o.kaarten:
                yield self._found(
                    m, f"'{kort(m[0])}' zonder cijfer in de zin",
                    'Noem de reeks waarover dit gaat: {{ record("werkloosheid") }} schrijft dat, als het waar is.',
                    LET_OP if kort(m[0]).lower() == "dan ooit" else FOUT,
                )  # fmt: skip
                continue
            kaart, regio = o.kaarten[0], o.regio
            record = self.cijfers.records.get((kaart.id, regio.code))
            want = -1 if LAAG.search(m[0]) else 1 if HOOG.search(m[0]) else 0
            want = want or (-1 if LAAG.search(self.tekst) else 1 if HOOG.search(self.tekst) else 0)
            call = f'{{{{ record("{kaart.id}", "{regio.code}") }}}}'
            if record is None or not record.mag:
                uitleg = record.uitleg if record else "er is geen reeks"
                yield self._found(
                    m, f"'{kort(m[0])}' mag hier niet: '{kaart.naam}' in {regio.naam}: {uitleg}", "Laat het weg."
                )
            elif want and want != (1 if record.record == "hoogste" else -1):
                yield self._found(m, f"'{kort(m[0])}', maar het is de {record.record} waarde", f"Schrijf: {call}")
            elif int(record.reeks_van[:4]) not in o.jaren:
                yield self._found(
                    m, f"'{kort(m[0])}' zonder te zeggen sinds wanneer ({record.uitleg})", f"Schrijf: {call}"
                )
            else:
                yield self._found(m)
