"""Read what an edition says of policy: `edities/<jaar>/beleid/`, all its files, all that is wrong at once.

What is wrong names the file, the line, the field, what is allowed there, and the next command.
"""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field
from pydantic.dataclasses import dataclass as pydantic_dataclass

from assets.beleid import vormen
from assets.beleid.velden import Naar, Vorm
from assets.beleid.vormen import LIJSTEN, RIJEN, Deel, Indeling, Instrument, Opgaven
from assets.indicatoren.kaart import Kaart, read_kaarten
from begrippen.beleid import read_beleid
from begrippen.eenheid import read_eenheid
from begrippen.fout import BestandError, MonitorError
from begrippen.gebied import Gebied, gekozen
from begrippen.regio import known_codes
from begrippen.rijbestand import Regels, read_rijen
from begrippen.veldfout import bedoelt, find_regel
from begrippen.yamlbestand import read_text, read_yaml

MAP = "beleid"
# of these files nothing may stand in the folder of an edition: that is public
BESLOTEN = ("projecten.csv", "voorstellen.yaml")
VERVOLG = "Zet het recht en kijk na met: monitor beleid controleer (uitleg: docs/beleid.md)"

_Rij = TypeVar("_Rij", bound=Vorm)
# a file, the line in it, what it holds there, the nearest id, and the place within what has that
Ding = tuple[str, int | None, Vorm, str, int]


class BeleidError(MonitorError):
    """Something that a province wrote down of its policy is not right; the message names every place."""

    code = "beleid"


def refuse(faults: list[str], waar: Path, vervolg: str = VERVOLG) -> None:
    """Raise a BeleidError with all of `faults`, where there are any."""
    if faults:
        raise BeleidError("dit klopt niet:\n" + "\n".join(faults), waar=str(waar), vervolg=vervolg)


@pydantic_dataclass(frozen=True)
class Opgavedeel:
    """De delen van elke indeling (opgaven, thema's of producten) van deze editie en die daarvoor."""

    indeling: str = Field(description="id van de indeling")
    opgave: str = Field(description="nummer van de opgave, het thema of het product")
    naam: str = Field(description="naam daarvan")
    indeling_naam: str = Field(description="naam van de indeling")
    woord: str = Field(description="hoe een deel heet: opgave, thema, product")
    eigen: bool = Field(description="waar bij de indeling van de editie zelf")
    volgorde: int = Field(description="plaats in de editie")
    kaarten: tuple[str, ...] = Field(description="indicatoren waaraan de omgeving is af te lezen")


@dataclass(frozen=True)
class Beleidsmap:
    """What one edition says of policy: its rows with their lines, by file, and its two lists.

    `delen`: of each division its parts, in their order; where it names none, the tasks of the tenant.
    """

    editie: int
    opgaven: Opgaven
    delen: tuple[Opgavedeel, ...]
    instrumenten: tuple[Instrument, ...] = ()
    rijen: Mapping[str, Regels[Any]] = field(default_factory=dict)

    @property
    def indeling(self) -> Indeling:
        """The division of the edition itself."""
        return self.opgaven.indelingen[0]

    @cached_property
    def dingen(self) -> tuple[Ding, ...]:
        """All that the files hold, file by file."""
        lists: dict[str, tuple[Vorm, ...]] = {"opgaven.yaml": (self.opgaven,), "instrumenten.yaml": self.instrumenten}
        found: list[Ding] = [(f, None, *x) for f, things in lists.items() for thing in things for x in thing.walk()]
        return (*found, *((f, n, *x) for f, rows in self.rijen.items() for n, row in rows for x in row.walk()))

    def of(self, vorm: type[_Rij]) -> list[tuple[int | None, _Rij]]:
        """All of a shape, in their order, each with its line in a CSV."""
        return [(regel, ding) for _, regel, ding, *_ in self.dingen if isinstance(ding, vorm)]


def read_beleidsmap(
    folder: Path, jaar: int, gebied: Gebied, kaarten: Mapping[str, Kaart], regios: Collection[str]
) -> Beleidsmap:
    """Read the policy of an edition from its folder `beleid/`.

    `kaarten`: every card there is; `regios`: every code of a region. Raises BeleidError with all that is wrong.
    """
    faults: list[str] = []
    for naam in sorted(p.name for p in folder.iterdir() if p.name not in RIJEN | LIJSTEN and p.name[0] != "."):
        what = "dit bestand hoort hier niet; toegestaan: " + ", ".join(RIJEN | LIJSTEN)
        if naam in BESLOTEN:
            what = "dit is vertrouwelijk en de map van een editie is openbaar; haal het hier weg"
        faults.append(f"  {naam}: {what}")
    lists: dict[str, Any] = {}
    for naam, vorm in LIJSTEN.items():
        if (folder / naam).is_file():
            try:
                lists[naam] = read_yaml(folder / naam, vorm)
            except BestandError as error:
                faults.append(textwrap.indent(f"{naam}: {error.wat}", "  "))
    rows = {n: read_rijen(folder / n, vorm, faults) for n, vorm in RIJEN.items() if (folder / n).is_file()}
    if not (folder / "opgaven.yaml").is_file():
        faults.append("  opgaven.yaml: dit bestand ontbreekt; het zegt bij welke indeling de rest hoort")
    if "opgaven.yaml" not in lists:
        refuse(faults, folder)
    opgaven: Opgaven = lists["opgaven.yaml"]
    # an empty division is that of the edition
    own = {"indeling": opgaven.indelingen[0].id}
    rows = {
        n: tuple((k, r.model_copy(update=own) if getattr(r, "indeling", None) == "" else r) for k, r in found)
        for n, found in rows.items()
    }
    eigen = [Deel(nummer=str(o.nummer), naam=o.naam) for o in read_beleid(gebied).opgaven]
    delen = [(i, d) for i in opgaven.indelingen for d in {d.nummer: d for d in i.delen or eigen}.values()]
    found = Beleidsmap(
        editie=jaar,
        opgaven=opgaven,
        delen=tuple(
            Opgavedeel(i.id, d.nummer, d.naam, i.naam, i.woord, i == opgaven.indelingen[0], n, d.kaarten)
            for n, (i, d) in enumerate(delen, start=1)
        ),
        instrumenten=lists["instrumenten.yaml"].instrumenten if "instrumenten.yaml" in lists else (),
        rijen=rows,
    )
    half = {naam for naam in RIJEN if any(fault.startswith(f"  {naam}") for fault in faults)}
    refuse([*faults, *_Samenhang(found, kaarten, regios, half).check(folder)], folder)
    return found


class _Samenhang:
    """Whether all that rows name is there (`velden.Naar`), no key stands twice, and rows go with each other."""

    def __init__(
        self, m: Beleidsmap, kaarten: Mapping[str, Kaart], regios: Collection[str], half: Collection[str]
    ) -> None:
        self.map, self.kaarten, self.half = m, kaarten, half
        self.lijnen = {i.id: i.opgave for i in m.opgaven.inzetlijnen}
        self.posten = [(b.indeling, b.opgave, b.post) for _, b in m.of(vormen.Bedrag)]
        self.indelingen = [i.id for i in m.opgaven.indelingen]
        hele = [r.id for _, r in m.of(vormen.Resultaat) if not r.onder]
        # what a field names: how the message calls it, what there is of it, and in which file: of one of which a row
        # could not be read it is not to be said what it does not name
        self.there: dict[str, tuple[str, Collection[str] | None, str]] = {
            "stuk": ("stuk in opgaven.yaml", [s.id for s in m.opgaven.stukken], ""),
            "indeling": ("indeling in opgaven.yaml", self.indelingen, ""),
            "inzetlijn": ("inzetlijn in opgaven.yaml", self.lijnen, ""),
            **{"kaart": ("kaart", kaarten, ""), "regio": ("code van een regio", regios, "")},
            "accent": ("accent in accenten.csv", [a.id for _, a in m.of(vormen.Accent)], "accenten.csv"),
            "post": ("post in bedragen.csv", dict.fromkeys(p for *_, p in self.posten), "bedragen.csv"),
            "resultaat": ("resultaat dat zelf geen onderdeel is", hele, "resultaten.csv"),
        }

    def check(self, folder: Path) -> Iterator[str]:
        """What is wrong, file by file. Of a list the line of a name is the first where it stands."""
        texts = {file: read_text(folder / file).splitlines() for file in LIJSTEN if (folder / file).is_file()}
        seen: dict[tuple[str, ...], int | None] = {}
        for file, regel, thing, in_, _ in self.map.dingen:
            faults, lines = [*self._unknown(thing), *self._between(thing)], texts.get(file, [])
            key = {k: str(getattr(thing, k) or "") for k in thing.sleutel if hasattr(thing, k)}
            veld, naam = next(((v, n) for v, n in reversed(key.items()) if n), ("", ""))
            if key and (found := (file, *key.values())) in seen:
                zelfde = f", met dezelfde {', '.join(k for k in key if k != veld)}" if len(key) > 1 else ""
                faults.append((veld, naam, f"{naam} staat er twee keer (ook op regel {seen[found]}){zelfde}"))
            elif key:
                seen[found] = regel or find_regel(lines, naam)
            for veld, naam, what in faults:
                line, waar = regel or find_regel(lines, naam), f"{in_}." if lines and in_ else ""
                yield f"  {file}, {f'regel {line}, ' if line else ''}{waar}{veld}: {what}"

    def _unknown(self, thing: Vorm) -> Iterator[tuple[str, str, str]]:
        """The names in a thing of what is not there: the field, the name, and what is wrong."""
        indeling = getattr(thing, "indeling", self.map.indeling.id)
        alle = ("alle",) if isinstance(thing, vormen.Accent) else ()
        delen = [d.opgave for d in self.map.delen if d.indeling == indeling]
        # None where it is not to be said what a field may name
        known = (*delen, *alle) if indeling in self.indelingen else None
        there = self.there | {"opgave": (f"deel van indeling {indeling}", known, "")}
        for veld, info in type(thing).model_fields.items():
            for wat, known, file in (there[x.wat] for x in info.metadata if isinstance(x, Naar)):
                value = getattr(thing, veld)
                for name in (value,) if isinstance(value, str) else value:
                    if name and known is not None and name not in known and file not in self.half:
                        few = f"; er zijn: {', '.join(known)}" if 0 < len(known) <= 12 else ""
                        yield veld, name, f"{name!r} is geen {wat}{bedoelt(name, known) or few}"

    def _between(self, r: Vorm) -> Iterator[tuple[str, str, str]]:
        """What of a row does not go with other rows or with its card: the field, the name, and what is wrong."""
        kaart = self.kaarten.get(getattr(r, "kaart", ""))
        if isinstance(r, vormen.Resultaat) and self.lijnen.get(r.inzetlijn, r.opgave) != r.opgave:
            what = f"{r.inzetlijn} hoort bij opgave {self.lijnen[r.inzetlijn]}, niet {r.opgave}"
            yield "inzetlijn", r.inzetlijn, what
        if isinstance(r, vormen.Kruis) and "bedragen.csv" not in self.half:
            for kant in ("van", "naar"):
                indeling, opgave, post = (getattr(r, f"{kant}_{wat}") for wat in ("indeling", "opgave", "post"))
                known = [p for *van, p in self.posten if van == [indeling, opgave]]
                if post and post not in known:
                    waar = f"{indeling}, opgave {opgave}, in bedragen.csv"
                    yield f"{kant}_post", post, f"{post!r} is geen post van {waar}{bedoelt(post, known)}"
        if isinstance(r, vormen.Signaal) and r.bewering in ("hoger_dan_nl", "lager_dan_nl") and kaart and kaart.telt_op:
            what = (
                f"{r.bewering} kan niet bij {r.kaart}: deze kaart is een aantal, en dat is van een provincie altijd "
                "lager dan van het land; kies een kaart die deelt, of laat kaart leeg"
            )
            yield "bewering", r.kaart, what
        # a change can be below zero; a share can not, and its level is no growth
        share = kaart and read_eenheid(kaart.eenheid).procent and not (kaart.bereik and kaart.bereik.minimum < 0)
        if isinstance(r, vormen.Gedrukt) and r.maat == "groei" and share:
            what = (
                f"{r.kaart} kan niet bij maat groei: deze kaart is een aandeel in procenten, geen verandering; "
                "kies een kaart die een aantal of een verandering geeft, of laat kaart leeg en vul niet_naast in"
            )
            yield "kaart", r.kaart, what


def read_edities(edities: Path, jaar: int, gebied: Gebied | None = None) -> tuple[Beleidsmap, ...]:
    """Read the policy of the edition of `jaar` and of those before it, the latest first; an edition may have none.

    `gebied`: the tenant, without it that of this process. Raises BeleidError with all that is wrong in the first folder
    that has something wrong.
    """
    gebied = gebied or gekozen()
    kaarten, regios = read_kaarten(gebied=gebied), known_codes()
    years = sorted((int(p.parent.name) for p in edities.glob(f"[0-9]*/{MAP}") if p.is_dir()), reverse=True)
    return tuple(read_beleidsmap(edities / str(y) / MAP, y, gebied, kaarten, regios) for y in years if y <= jaar)
