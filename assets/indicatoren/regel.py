"""The consistency rules: what must hold between indicators, one rule, one file under `regels/<id>.yaml`.

A rule says that two sides are equal within a tolerance. A side is an expression over indicators, as an economist would
write it: `netto_arbeidsparticipatie + werkloosheid / 100 * bruto_arbeidsparticipatie`. An indicator stands for its
value in the region and year that is checked; `bbp[NL01]` is that of a fixed region, `bevolking[+1]` that of a year
later. The expressions are taken apart here, once, into sums of products; `sql/monitor/regelcontrole.sql` evaluates all
rules for all regions and years at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import duckdb
from pydantic import BaseModel, ConfigDict, Field, model_validator

from assets.indicatoren.kaart import Kaart, no_kaarten, read_kaarten
from assets.indicatoren.uitdrukking import Grootheid, Product, Som, parse_uitdrukking
from assets.tabel import documented
from begrippen.fout import BestandError
from begrippen.gebied import Gebied, gekozen
from begrippen.lagen import fill, find_lagen
from begrippen.lijsten import Bronregiosoort, Zwaarte
from begrippen.yamlbestand import read_lagen

REGELS = Path(__file__).parent / "regels"

Zijde = Literal["links", "rechts"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Tolerantie(_Model):
    """How far the sides may differ. What is given adds up; `factor` stands alone."""

    absoluut: float = Field(default=0.0, ge=0, description="in de eenheid van de linkerkant")
    relatief: float = Field(default=0.0, ge=0, description="deel van de rechterkant: 0.01 is een procent")
    afronding: float = Field(
        default=1.0, ge=0, description="zo vaak komt erbij wat de decimalen van de bron kunnen schelen"
    )
    factor: float | None = Field(default=None, gt=1, description="links is hoogstens zoveel keer groter of kleiner")
    reden: str
    datum: date


class IJkpunt(_Model):
    """A published figure that a value must lie near."""

    indicator: str
    regio: str
    periode: str = Field(pattern=r"^\d{4}JJ00$")
    waarde: float
    bron: str = Field(description="waar het cijfer staat, met de stand of revisie")


class Uitzondering(_Model):
    """Where a rule does not hold, with the reason; an empty field stands for all."""

    indicator: str | None = None
    regio: str | None = None
    vanaf: int | None = None
    tot_en_met: int | None = None
    reden: str
    datum: date


class Regel(_Model):
    """A consistency rule.

    `aandeel_en_niveau`, `identiteit` and `delen_tot_totaal` hold `links` against `rechts`; `delen_tot_totaal` with
    `gebieden` holds the sum of regions against the figure of the region that they make up; `index` the base year
    against 100; `grootteorde` a value against that of a year earlier; `ijkpunt` against a published figure.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$", description="gelijk aan de naam van het bestand")
    naam: str = Field(description="wat er moet gelden, als zin")
    soort: Literal["aandeel_en_niveau", "delen_tot_totaal", "identiteit", "index", "grootteorde", "ijkpunt"]
    zwaarte: Zwaarte
    uitleg: str = Field(description="waarom het moet gelden, en wat een verschil kan betekenen")
    links: str | None = None
    rechts: str | None = None
    gebieden: Literal["gemeente", "corop", "provincie"] | None = None
    indicatoren: tuple[str, ...] = ()
    basisjaar: int | None = None
    ijkpunten: tuple[IJkpunt, ...] = ()
    regiosoorten: tuple[Bronregiosoort, ...] = get_args(Bronregiosoort)
    vanaf: int | None = None
    tot_en_met: int | None = None
    tolerantie: Tolerantie
    uitzonderingen: tuple[Uitzondering, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Regel:
        given = {
            naam
            for naam in ("links", "rechts", "gebieden", "indicatoren", "basisjaar", "ijkpunten")
            if getattr(self, naam) not in (None, ())
        }
        sides = {"links", "rechts"}
        needed = {
            "aandeel_en_niveau": sides,
            "identiteit": sides,
            "delen_tot_totaal": {"gebieden"} if self.gebieden else sides,
            "index": {"indicatoren", "basisjaar"},
            "grootteorde": {"indicatoren"},
            "ijkpunt": {"ijkpunten"},
        }[self.soort]
        # a rule about regions may be for all indicators that add up, or for those that it names
        if given - ({"indicatoren"} if self.gebieden else set()) != needed:
            raise ValueError(f"een regel van soort {self.soort} vraagt {', '.join(sorted(needed))}, en niets anders")
        if (self.soort in ("grootteorde", "ijkpunt")) != (self.tolerantie.factor is not None):
            raise ValueError("een factor als tolerantie hoort bij grootteorde en ijkpunt, en alleen daarbij")
        links = self.zijden()[0] if needed == sides else ()
        if needed == sides and not any(p.grootheden for p in links):
            raise ValueError("links noemt geen indicator")
        if self.soort == "aandeel_en_niveau" and (len(links) != 1 or len(links[0].grootheden) != 1):
            raise ValueError("links is het aandeel of quotiënt zelf: een indicator")
        if self.soort == "delen_tot_totaal" and needed == sides and len(links) < 2:
            raise ValueError("links is een som van twee of meer delen")
        return self

    def zijden(self) -> tuple[Som, Som]:
        """The sides of a rule that has them, as sums of products. Raises ValueError."""
        return parse_uitdrukking(self.links or ""), parse_uitdrukking(self.rechts or "")

    @property
    def formule(self) -> str:
        """What is compared, for who reads the table of rules."""
        match self.soort:
            case "index":
                return f"{', '.join(self.indicatoren)} in {self.basisjaar} = 100"
            case "grootteorde":
                return f"waarde en waarde een jaar eerder: {', '.join(self.indicatoren)}"
            case "ijkpunt":
                points = (f"{p.indicator} {p.regio} {p.periode[:4]} = {p.waarde:.10g}" for p in self.ijkpunten)
                return "; ".join(points)
        if self.gebieden:
            which = ", ".join(self.indicatoren) or "alles wat optelt"
            return f"som van elke {self.gebieden} = het geheel: {which}"
        return f"{self.links} = {self.rechts}"

    def vergelijkingen(self) -> list[Vergelijking]:
        """Take the rule apart into comparisons; none for a rule about regions, which `monitor.controle` adds up."""

        def one(naam: str) -> Som:
            return (Product(1.0, (Grootheid(naam),)),)

        match self.soort:
            case "index":
                return [
                    Vergelijking(i, one(i), (Product(100.0),), vanaf=self.basisjaar, tot_en_met=self.basisjaar)
                    for i in self.indicatoren
                ]
            case "grootteorde":
                return [
                    Vergelijking(
                        i, one(i), (Product(1.0, (Grootheid(i, verschuiving=-1),)),), None, self.vanaf, self.tot_en_met
                    )
                    for i in self.indicatoren
                ]
            case "ijkpunt":
                return [
                    Vergelijking(
                        p.indicator, one(p.indicator), (Product(p.waarde),), p.regio, *(int(p.periode[:4]),) * 2
                    )
                    for p in self.ijkpunten
                ]
        if self.gebieden:
            return []
        links, rechts = self.zijden()
        first = next(g.indicator for p in links for g in p.grootheden)
        return [Vergelijking(first, links, rechts, None, self.vanaf, self.tot_en_met)]


@dataclass(frozen=True)
class Vergelijking:
    """Two sides that must be equal wherever `indicator` has a value: in `regio` (all if None), in these years."""

    indicator: str
    links: Som
    rechts: Som
    regio: str | None = None
    vanaf: int | None = None
    tot_en_met: int | None = None


def read_regel(paths: Sequence[Path], kaarten: Mapping[str, Kaart], gebied: Gebied) -> Regel:
    """Read one rule from its layers. Raises BestandError naming file and field, and an indicator that is no card."""
    path = paths[-1]
    regel = read_lagen(paths, Regel, lambda content: fill(content, gebied, path))
    if path.stem != regel.id:
        raise BestandError(f"dit bestand hoort te heten naar zijn id: {regel.id}.yaml", waar=str(path))
    named = {*regel.indicatoren, *(u.indicator for u in regel.uitzonderingen if u.indicator)}
    for v in regel.vergelijkingen():
        named |= {g.indicator for p in (*v.links, *v.rechts) for g in p.grootheden}
    if unknown := sorted(named - kaarten.keys()):
        raise no_kaarten(unknown, kaarten, path)
    return regel


@cache
def read_regels(folder: Path = REGELS, gebied: Gebied | None = None) -> dict[str, Regel]:
    """Read all rules as a tenant has them, without one that of this process: id -> Regel, sorted by id.

    Raises BestandError, also for a placeholder that nothing fills.
    """
    gebied = gebied or gekozen()
    kaarten = read_kaarten(gebied=gebied)
    layers = find_lagen((folder, gebied.map / "regels"), "*.yaml")
    return {id: read_regel(paths, kaarten, gebied) for id, paths in layers.items()}


def regel_rows(regels: Iterable[Regel]) -> list[dict[str, Any]]:
    """Rows of `reken.regel`."""
    return [
        {
            "regel": r.id,
            **{naam: getattr(r, naam) for naam in ("naam", "soort", "zwaarte", "uitleg", "formule", "gebieden")},
            "indicatoren": list(r.indicatoren),
            "regiosoorten": list(r.regiosoorten),
            **{naam: getattr(r.tolerantie, naam) for naam in ("absoluut", "relatief", "afronding", "factor")},
            "tolerantie_reden": r.tolerantie.reden,
            "tolerantie_datum": r.tolerantie.datum,
            "uitzonderingen": [u.model_dump(exclude={"datum"}) for u in r.uitzonderingen],
        }
        for r in regels
    ]


def term_rows(regels: Iterable[Regel]) -> list[dict[str, Any]]:
    """Rows of `reken.regel_term`: a row a value, and one without a value for a product that is only a number."""
    rows: list[dict[str, Any]] = []
    for regel in regels:
        for number, v in enumerate(regel.vergelijkingen(), start=1):
            where = {"indicator": v.indicator, "regio": v.regio, "vanaf": v.vanaf, "tot_en_met": v.tot_en_met}
            for zijde, som in (("links", v.links), ("rechts", v.rechts)):
                for place, product in enumerate(som, start=1):
                    of: dict[str, Any] = {"regel": regel.id, "vergelijking": number, **where, "zijde": zijde}
                    of |= {"product": place, "getal": product.getal}
                    rows += [
                        {
                            **of,
                            "grootheid": n,
                            "van_indicator": g.indicator if g else None,
                            "van_regio": g.regio if g else None,
                            "verschuiving": g.verschuiving if g else 0,
                            "macht": g.macht if g else 1,
                        }
                        for n, g in enumerate(product.grootheden or (None,), start=1)
                    ]
    return rows


def regel(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """Lay the rules ready as rows.

    ---
    omschrijving: De regels voor de samenhang tussen indicatoren, zoals hun bestanden ze beschrijven.
    sleutel: [regel]
    kolommen:
      regel: {type: VARCHAR, uitleg: naam van de regel}
      naam: {type: VARCHAR, uitleg: wat er moet gelden}
      soort: {type: VARCHAR, uitleg: soort regel}
      zwaarte: {type: VARCHAR, uitleg: blokkeert of beoordeelt}
      uitleg: {type: VARCHAR, uitleg: waarom het moet gelden}
      formule: {type: VARCHAR, uitleg: wat er wordt vergeleken}
      gebieden: {type: VARCHAR, uitleg: soort van de delen bij een regel over gebieden}
      indicatoren: {type: "VARCHAR[]", uitleg: de indicatoren van een regel over gebieden; leeg is alles wat optelt}
      regiosoorten: {type: "VARCHAR[]", uitleg: soorten regio waarvoor de regel geldt}
      absoluut: {type: DOUBLE, uitleg: tolerantie in de eenheid van de linkerkant}
      relatief: {type: DOUBLE, uitleg: tolerantie als deel van de rechterkant}
      afronding: {type: DOUBLE, uitleg: hoe vaak de afronding van de bron erbij komt}
      factor: {type: DOUBLE, uitleg: hoeveel keer links groter of kleiner mag zijn}
      tolerantie_reden: {type: VARCHAR, uitleg: waarom de tolerantie zo groot is}
      tolerantie_datum: {type: DATE, uitleg: wanneer zij is gezet}
      uitzonderingen:
        type: "STRUCT(indicator VARCHAR, regio VARCHAR, vanaf INTEGER, tot_en_met INTEGER, reden VARCHAR)[]"
        uitleg: waar de regel niet geldt
    """
    return db.from_arrow(documented(regel, [tuple(row.values()) for row in regel_rows(read_regels().values())]))


def regel_term(db: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """Lay the sides of the rules ready as rows.

    ---
    omschrijving: >
      De twee kanten van elke regel, als som van producten: getal maal de waarden van indicatoren. Een product van
      alleen een getal heeft een regel zonder indicator.
    sleutel: [regel, vergelijking, zijde, product, grootheid]
    kolommen:
      regel: {type: VARCHAR, uitleg: naam van de regel}
      vergelijking: {type: INTEGER, uitleg: nummer van de vergelijking binnen de regel}
      indicator: {type: VARCHAR, uitleg: indicator waarvan elke waarde wordt getoetst}
      regio: {type: VARCHAR, uitleg: de enige regio waarvoor de vergelijking geldt; leeg is elke regio}
      vanaf: {type: INTEGER, uitleg: eerste jaar}
      tot_en_met: {type: INTEGER, uitleg: laatste jaar}
      zijde: {type: VARCHAR, uitleg: links of rechts}
      product: {type: INTEGER, uitleg: nummer van het product in de som}
      getal: {type: DOUBLE, uitleg: waarmee het product begint}
      grootheid: {type: INTEGER, uitleg: nummer van de waarde in het product}
      van_indicator: {type: VARCHAR, uitleg: indicator van de waarde}
      van_regio: {type: VARCHAR, uitleg: vaste regio van de waarde; leeg is de regio die wordt getoetst}
      verschuiving: {type: INTEGER, uitleg: jaren erbij}
      macht: {type: INTEGER, uitleg: "1 is vermenigvuldigen, -1 is delen"}
    """
    return db.from_arrow(documented(regel_term, [tuple(row.values()) for row in term_rows(read_regels().values())]))
