"""The sheets of the workbook: what each holds, from cover to sources, as a user of the province needs it.

One sheet per theme has a row for each indicator and region and a column for each year; a summary sets all latest
figures beside each other. What a note says stands once, on the sheet of notes, and is referred to as `[noot 3]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from begrippen.lijsten import (
    AGGREGATIES,
    BRONSOORTEN,
    LEEGWOORDEN,
    METINGEN,
    PERIODESOORTEN,
    PRIJZEN,
    REGIOSOORTEN,
    RICHTINGEN,
    STATUS_UITLEG,
)
from begrippen.oordeellijsten import POSITIES, ROBUUST, TREND_WOORDEN
from reports import getallen
from reports.downloads.gegevens import Cijfertabel, Maat
from reports.downloads.noten import NB, Noten, cel_van, getalcel, leegcel, of_anders
from reports.downloads.werkboek import INHOUD, LANGST, VERBODEN, Cel, Getal, Kolom, Sprong, Werkblad, Werkboek
from reports.model import Indicator, Punt, Rapport, Regio, Thema
from reports.prijzen import ONBEKEND, prijzen_zin

GEEN = "geen"
SMAL, GETAL, MIDDEL, BREED, TEKST = 12, 13, 24, 38, 60


def _decimalen_verschil(indicator: Indicator) -> int:
    """The decimals of a difference: a percentage in tenths of a percentage point at the least."""
    return max(indicator.decimalen, 1) if getallen.is_percentage(indicator.eenheid) else indicator.decimalen


class Bladen:
    """Makes the sheets of one report; `meldingen` stand on every one of them."""

    def __init__(self, rapport: Rapport, tabellen: Sequence[Cijfertabel], meldingen: Sequence[str]) -> None:
        self.rapport = rapport
        self.tabellen = tabellen
        self.meldingen = tuple(meldingen)
        self.noten = Noten()

    def werkboek(self) -> Werkboek:
        """All of them: first those that say what this is, then the figures, then where they come from."""
        r = self.rapport
        cijfers = [
            self._laatste_stand(),
            self._oordelen(),
            *(b for thema in r.themas for b in self._thema(thema)),
            *(self._analyse(t) for t in self.tabellen if t.rijen),
        ]
        naslag = [self._indicatoren(), self._breuken(), self._niet_beschikbaar(), self._bronnen()]
        noten = self._blad(
            "Noten",
            "Noten en tekens in dit werkboek",
            (Kolom("Noot", 12), Kolom("Waarbij", MIDDEL), Kolom("Uitleg", 100)),
            self.noten.rijen(),
        )
        bladen = [b for b in (noten, *cijfers, *naslag) if b is not None]
        voorblad = self._voorblad(len(bladen) + 2)
        assert r.bouw.gebouwd_op is not None
        return Werkboek(
            titel=f"{r.titel} {r.editie}: cijfers",
            onderwerp=" ".join((*self.meldingen, "Alle cijfers van het rapport, per thema, gemeente en jaar.")),
            maker=r.gebied.uitgever,
            moment=r.bouw.gebouwd_op,
            bladen=(voorblad, self._inhoud((voorblad, *bladen)), *bladen),
        )

    def _blad(
        self,
        naam: str,
        titel: str,
        kolommen: tuple[Kolom, ...],
        rijen: Iterable[tuple[Cel, ...]],
        regels: Sequence[Cel] = (),
        *,
        vast: int = 1,
    ) -> Werkblad | None:
        """A sheet with the notices and the way back; None where the table would be empty."""
        rows = tuple(rijen)
        back = Sprong("Naar de inhoud", INHOUD)
        return Werkblad(naam, titel, kolommen, rows, (*self.meldingen, *regels, back), vast) if rows else None

    # --- what this is ---

    def _voorblad(self, aantal: int) -> Werkblad:
        r = self.rapport
        soort = BRONSOORTEN[r.soort]
        rows: list[tuple[Cel, ...]] = [
            ("Titel", f"{r.titel} {r.editie}"),
            ("Wat is dit", "Alle cijfers van het rapport, per thema, regio en jaar. Bedoeld om mee verder te rekenen."),
            ("Uitgever", r.gebied.uitgever),
            ("Editie", str(r.editie)),
            ("Soort cijfers", soort),
            ("Gemaakt op", getallen.format_datum(r.datum)),
            ("Opgehaald bij de bronnen", _tussen([b.opgehaald.date() for b in r.bronnen if b.opgehaald])),
            ("Bronnen", f"{len(r.bronnen)} tabellen; zie het werkblad Bronnen"),
            (
                "Gebruik",
                "U mag de cijfers gebruiken met vermelding van de bron. Cijfers van het CBS: CC BY 4.0. Van andere "
                "bronnen staat de licentie in het werkblad Bronnen.",
            ),
            ("Vragen", Sprong(f"{r.gebied.provincie}, {r.gebied.webadres}", r.gebied.website)),
            ("Werkbladen", f"{aantal}, elk met een tabel"),
            ("Bouw", r.bouw.id),
            ("Versie van de programmatuur", r.bouw.code_versie),
        ]
        return Werkblad(
            "Voorblad",
            f"{r.titel} {r.editie}: cijfers",
            (Kolom("Onderwerp", 30), Kolom("Wat het is", 90)),
            tuple(rows),
            (*self.meldingen, Sprong("Naar de inhoud", INHOUD)),
        )

    def _inhoud(self, bladen: Sequence[Werkblad]) -> Werkblad:
        rows = tuple((Sprong(b.naam, b.naam), b.titel, Getal(len(b.rijen))) for b in bladen)
        kolommen = (Kolom("Werkblad", 34), Kolom("Wat erin staat", 90), Kolom("Rijen", SMAL, True))
        return Werkblad(INHOUD, "Inhoud: alle werkbladen", kolommen, rows, self.meldingen)

    # --- figures ---

    @property
    def _regios(self) -> tuple[Regio, ...]:
        r = self.rapport
        return (r.nederland, r.provincie, *r.corop, *r.gemeenten, *r.samengesteld)

    def _noten_bij(self, indicator: Indicator, punten: Iterable[Punt | None] = ()) -> str:
        """The references that belong to a row: breaks, prices, and how an approximation came about."""
        found = [
            self.noten.noot(indicator.naam, f"Reeksbreuk in {b.vanaf}, niet te vergelijken met eerder: {b.reden}")
            for b in indicator.breuken
        ]
        if indicator.prijzen == "lopend":
            jaar = indicator.prijspeil
            trend = f" De trend is die van het bedrag in prijzen van {jaar}." if jaar else ""
            found.append(self.noten.noot("bedragen", f"In lopende prijzen: niet gecorrigeerd voor inflatie.{trend}"))
        elif indicator.prijzen == ONBEKEND:
            found.append(self.noten.noot("bedragen", prijzen_zin(indicator)))
        near = [p for p in punten if p is not None and p.waarde is not None and p.benadering]
        if near:
            hoe = getallen.explain_benadering(indicator.aggregatie)
            found.append(self.noten.noot("≈", f"Dit gebied is {hoe}."))
        for zonder in dict.fromkeys(p.zonder for p in near if p.zonder):
            found.append(self.noten.noot("≈", f"Zonder {getallen.join(zonder)}: daar is geen cijfer van."))
        return " ".join(dict.fromkeys(found)) or GEEN

    def _laatste_stand(self) -> Werkblad | None:
        """All indicators beside each other: a row an indicator, a column a region, all of one period."""
        rows = []
        regios = [g for g in self._regios if any(i.punt(g.code) for i in self.rapport.indicatoren)]
        for thema in self.rapport.themas:
            for i in thema.indicatoren:
                punt = i.punt(self.rapport.provincie.code) or max(
                    (p for g in regios if (p := i.punt(g.code))), key=lambda p: p.moment, default=None
                )
                if punt is None:
                    continue
                punten = [i.reeksen[g.code].point(punt.periode) if g.code in i.reeksen else None for g in regios]
                rows.append(
                    (
                        *(i.naam, getallen.format_eenheid(i.eenheid), getallen.format_periode(punt.periode)),
                        *(cel_van(p, i.decimalen) for p in punten),
                        *(self._noten_bij(i, punten), thema.naam, i.id),
                    )
                )
        kolommen = (
            *(Kolom("Indicator", BREED), Kolom("Eenheid", MIDDEL), Kolom("Periode", SMAL)),
            *(Kolom(g.titel, GETAL, True) for g in regios),
            *(Kolom("Noten", 20), Kolom("Thema", MIDDEL), Kolom("Code van de indicator", BREED)),
        )
        regel = (
            f"Alle regio’s in dezelfde periode: de laatste met een cijfer voor {self.rapport.provincie.naam}, of "
            "anders voor een andere "
            "regio. Eerdere jaren staan per thema."
        )
        return self._blad("Laatste stand", "Laatste stand van alle indicatoren, alle regio’s", kolommen, rows, (regel,))

    def _oordelen(self) -> Werkblad | None:
        rows = [
            self._oordeel(i, regio)
            for thema in self.rapport.themas
            for i in thema.indicatoren
            for regio in self._regios
            if i.punt(regio.code)
        ]
        kolommen = (
            *(Kolom("Indicator", BREED), Kolom("Regio", MIDDEL), Kolom("Eenheid", MIDDEL), Kolom("Periode", SMAL)),
            *(Kolom("Cijfer", GETAL, True), Kolom("Verschil met Nederland", GETAL, True)),
            *(
                Kolom("Verandering sinds twee jaar", GETAL, True),
                Kolom("Zonder inflatie", GETAL, True),
                Kolom("Gewenste richting", SMAL),
            ),
            *(
                Kolom("Trend", MIDDEL),
                Kolom("Jaren van de trend", GETAL),
                Kolom("Kleinste die te vinden was", GETAL, True),
                Kolom("Robuust", MIDDEL),
            ),
            *(Kolom("Plaats", 10, True), Kolom("Van", 10, True), Kolom("Kwart", MIDDEL)),
            *(Kolom("Code van de indicator", BREED), Kolom("Code van de regio", SMAL)),
        )
        regel = (
            "Verschillen zijn in de eenheid van de indicator; die van een percentage in procentpunten. Is er geen "
            "duidelijke verandering, dan staat erbij welke verandering over het venster te vinden was geweest."
        )
        return self._blad(
            "Oordelen", "Laatste cijfer en oordeel per indicator en regio", kolommen, rows, (regel,), vast=2
        )

    def _oordeel(self, i: Indicator, regio: Regio) -> tuple[Cel, ...]:
        stand, o = i.standen[regio.code], i.oordelen.get(regio.code)
        punt = stand.punt
        assert punt is not None
        digits = _decimalen_verschil(i)
        toen = stand.editie_periode
        breuk = toen is not None and i.crosses_break(int(toen[:4]), punt.jaar)
        verandering: Cel = "reeksbreuk" if breuk else of_anders(stand.verandering_editie, digits)
        reeel = self.rapport.beweringen.find("verandering_reeel", i.id, regio.code)
        # a place among a few regions, such as those of the register, says nothing
        plaats = o if o and o.positie in POSITIES else None
        return (
            *(
                i.naam,
                regio.titel,
                getallen.format_eenheid(i.eenheid),
                getallen.format_periode(punt.periode),
                cel_van(punt, i.decimalen),
            ),
            *(of_anders(stand.verschil_nl, digits), verandering),
            *(of_anders(reeel.verschil if reeel and not breuk else None, digits), RICHTINGEN[i.richting][1]),
            *(
                TREND_WOORDEN.get(o.trend, o.trend) if o else NB,
                "-".join(map(str, o.looptijd)) if o else NB,
                of_anders(o.aantoonbaar if o else None, digits),
            ),
            *(ROBUUST.get(o.robuust, o.robuust) if o else NB,),
            *(of_anders(plaats.rang if plaats else None, 0), of_anders(plaats.rang_van if plaats else None, 0)),
            *(POSITIES[plaats.positie] if plaats else NB, i.id, regio.code),
        )

    def _thema(self, thema: Thema) -> list[Werkblad]:
        """The years of a theme. A forecast, or years of another kind, would leave all others empty: a sheet apart."""
        groups: dict[tuple[str, bool], list[Indicator]] = {}
        for i in thema.indicatoren:
            last = max((p.jaar for c in i.reeksen for p in i.points(c) if p.waarde is not None), default=0)
            groups.setdefault((i.periodesoort, last > self.rapport.editie), []).append(i)
        made = []
        for (soort, vooruit), indicatoren in sorted(groups.items(), key=lambda g: g[0] != ("JJ", False)):
            extra = (
                " (prognose)" if vooruit else "" if soort == "JJ" else f" ({PERIODESOORTEN.get(soort, soort).lower()})"
            )
            made.append(self._jaren(thema, indicatoren, extra, PERIODESOORTEN.get(soort, "Periode").lower()))
        return [b for b in made if b is not None]

    def _jaren(self, thema: Thema, indicatoren: Sequence[Indicator], extra: str, soort: str) -> Werkblad | None:
        moments = {
            p.periode: p.moment
            for i in indicatoren
            for c in i.reeksen
            if i.has_value(c)
            for p in i.points(c)
            if p.waarde is not None or leegcel(p.leeg_reden) != NB
        }
        perioden = sorted(moments, key=lambda p: moments[p])
        rows = []
        for i in indicatoren:
            for regio in self._regios:
                if not i.has_value(regio.code):
                    continue
                found = {p.periode: p for p in i.points(regio.code)}
                rows.append(
                    (
                        *(i.naam, regio.titel, getallen.format_eenheid(i.eenheid)),
                        *(cel_van(found.get(p), i.decimalen) for p in perioden),
                        *(self._noten_bij(i, found.values()), i.id, regio.code, REGIOSOORTEN[regio.soort]),
                    )
                )
        kolommen = (
            *(Kolom("Indicator", BREED), Kolom("Regio", MIDDEL), Kolom("Eenheid", MIDDEL)),
            *(Kolom(getallen.format_periode(p), SMAL, True) for p in perioden),
            *(Kolom("Noten", 20), Kolom("Code van de indicator", BREED), Kolom("Code van de regio", SMAL)),
            Kolom("Soort regio", MIDDEL),
        )
        titel = f"{thema.naam}{extra}: alle indicatoren, per regio en {soort}"
        return self._blad(_bladnaam(thema.naam, extra), titel, kolommen, rows, vast=2)

    # --- the analyses ---

    def _analyse(self, tabel: Cijfertabel) -> Werkblad | None:
        """The figures of an analysis, a column a measure."""
        kolommen = (
            *((Kolom(tabel.onderdeel, BREED),) if tabel.onderdeel else ()),
            *(Kolom("Regio", MIDDEL), Kolom("Periode", SMAL + 4)),
            *(Kolom(f"{m.naam} ({_eenheid(m)})", 16, True) for m in tabel.maten),
            *(Kolom("Status", SMAL + 3), Kolom("Code van de regio", SMAL)),
            *((Kolom(f"Code: {tabel.onderdeel.lower()}", MIDDEL),) if tabel.onderdeel else ()),
        )
        rows = [
            (
                *((r.naam,) if tabel.onderdeel else ()),
                *(r.regio.titel, getallen.format_periode(r.periode)),
                *(
                    LEEGWOORDEN[r.leeg_reden] if w is None else getalcel(w, m.decimalen, r.status)
                    for m, w in zip(tabel.maten, r.waarden, strict=True)
                ),
                *("onbekend" if r.status == "onbekend" else STATUS_UITLEG[r.status], r.regio.code),
                *((r.code or GEEN,) if tabel.onderdeel else ()),
            )
            for r in tabel.rijen
        ]
        return self._blad(_bladnaam(tabel.titel), tabel.titel, kolommen, rows, tabel.noten)

    # --- where it comes from ---

    def _indicatoren(self) -> Werkblad | None:
        namen = {t.id: t.naam for t in self.rapport.themas}
        rows = [
            (
                *(i.naam, namen[i.thema], getallen.format_eenheid(i.eenheid), i.definitie, i.bewerking),
                *(RICHTINGEN[i.richting][1], (ONBEKEND if i.prijzen == ONBEKEND else PRIJZEN.get(i.prijzen, "n.v.t."))),
                *(METINGEN.get(i.meting, i.meting), AGGREGATIES.get(i.aggregatie, i.aggregatie)),
                *(", ".join(b.tabel for b in i.bronnen) or GEEN, i.opmerking or GEEN, i.id),
            )
            for i in self.rapport.indicatoren
        ]
        kolommen = (
            *(Kolom("Indicator", BREED), Kolom("Thema", MIDDEL), Kolom("Eenheid", MIDDEL), Kolom("Definitie", TEKST)),
            *(Kolom("Bewerking", TEKST), Kolom("Gewenste richting", SMAL), Kolom("Prijzen", SMAL + 4)),
            *(Kolom("Soort meting", MIDDEL), Kolom("Hoe een gebied uit gemeenten ontstaat", BREED)),
            *(Kolom("Tabellen van de bron", MIDDEL), Kolom("Opmerking", TEKST), Kolom("Code van de indicator", BREED)),
        )
        return self._blad("Indicatoren", "Alle indicatoren: wat zij meten en waar zij uit komen", kolommen, rows)

    def _breuken(self) -> Werkblad | None:
        rows = [(i.naam, str(b.vanaf), b.reden, i.id) for i in self.rapport.indicatoren for b in i.breuken]
        kolommen = (
            *(Kolom("Indicator", BREED), Kolom("Vanaf", SMAL), Kolom("Waarom", 80)),
            Kolom("Code van de indicator", BREED),
        )
        return self._blad(
            "Reeksbreuken", "Reeksbreuken: cijfers van ervoor en erna zijn niet te vergelijken", kolommen, rows
        )

    def _niet_beschikbaar(self) -> Werkblad | None:
        rows = [
            (n.naam, n.tabel or GEEN, n.uitleg or n.reden or NB, n.indicator) for n in self.rapport.niet_beschikbaar
        ]
        kolommen = (
            *(Kolom("Indicator", BREED), Kolom("Tabel van de bron", MIDDEL), Kolom("Waarom niet", 80)),
            Kolom("Code van de indicator", BREED),
        )
        return self._blad(
            "Niet beschikbaar", f"Indicatoren zonder cijfer voor {self.rapport.provincie.naam}", kolommen, rows
        )

    def _bronnen(self) -> Werkblad | None:
        rows = [
            (
                *(b.tabel, b.titel, b.uitgever or "onbekend", getallen.format_datum(b.gewijzigd)),
                *(getallen.format_tijdstip(b.opgehaald), b.status or "onbekend", b.licentie or "onbekend"),
                *(b.verouderd or GEEN, Sprong(b.url, b.url) if b.url.startswith("https://") else GEEN),
            )
            for b in self.rapport.bronnen
        ]
        kolommen = (
            *(Kolom("Tabel", MIDDEL), Kolom("Titel", TEKST), Kolom("Uitgever", MIDDEL)),
            *(Kolom("Gewijzigd door de bron", 20), Kolom("Opgehaald", MIDDEL), Kolom("Status", SMAL + 4)),
            *(Kolom("Licentie", MIDDEL), Kolom("Ouder antwoord gebruikt, omdat", BREED), Kolom("Adres", TEKST)),
        )
        return self._blad("Bronnen", "Bronnen: de tabellen onder de cijfers", kolommen, rows)


def _eenheid(maat: Maat) -> str:
    eenheid = getallen.format_eenheid(maat.eenheid)
    return f"{eenheid}, in tientallen" if maat.decimalen < 0 else eenheid


def _bladnaam(naam: str, extra: str = "") -> str:
    """A name that a sheet may have; what tells it apart from another (`extra`) is not cut off."""
    allowed = " ".join(VERBODEN.sub(" ", naam).split())
    return allowed[: LANGST - len(extra)].strip() + extra


def _tussen(dagen: Sequence[date]) -> str:
    if not dagen:
        return "onbekend"
    first, last = (getallen.format_datum(d) for d in (min(dagen), max(dagen)))
    return first if first == last else f"{first} tot en met {last}"
