"""Read what an edition says of policy: `edities/<jaar>/beleid/`, all its files, all that is wrong at once.

What is wrong names the file, the line, the field, what is allowed there, and the next command.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import textwrap
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from assets.beleid.vormen import (
    LIJSTEN,
    RIJEN,
    Accent,
    Bedrag,
    Indeling,
    Instrument,
    Instrumenten,
    Kruis,
    Opgaven,
    Resultaat,
    Rij,
    Signaal,
    Vorm,
)
from assets.indicatoren.kaart import Kaart, read_kaarten
from begrippen.beleid import read_beleid
from begrippen.fout import BestandError, MonitorError
from begrippen.gebied import Gebied, gekozen
from begrippen.regio import known_codes
from begrippen.veldfout import explain
from begrippen.yamlbestand import read_text, read_yaml

MAP = "beleid"
# of these files nothing may stand in the folder of an edition: that is public
BESLOTEN = ("projecten.csv", "voorstellen.yaml")
VERVOLG = "Zet het recht en kijk na met: monitor beleid controleer (uitleg: docs/beleid.md)"

_Rij = TypeVar("_Rij", bound=Vorm)
# a row with the line where it stands
Regels = tuple[tuple[int, _Rij], ...]


class BeleidError(MonitorError):
    """Something that a province wrote down of its policy is not right; the message names every place."""

    code = "beleid"


@dataclass(frozen=True)
class Beleidsmap:
    """What one edition says of policy: its rows with their lines, by file, and its two lists.

    `delen`: each division with its parts, number -> name, in their order.
    """

    editie: int
    opgaven: Opgaven
    delen: Mapping[str, Mapping[str, str]]
    instrumenten: tuple[Instrument, ...] = ()
    rijen: Mapping[str, Regels[Any]] = field(default_factory=dict)

    @property
    def inhoud(self) -> dict[str, Any]:
        """All of it in plain values."""
        return {
            "editie": self.editie,
            "opgaven": self.opgaven.model_dump(mode="json"),
            "delen": {k: dict(v) for k, v in self.delen.items()},
            "instrumenten": [i.model_dump(mode="json") for i in self.instrumenten],
            "rijen": {f: [r.model_dump(mode="json") for _, r in rows] for f, rows in self.rijen.items()},
        }

    @property
    def indeling(self) -> Indeling:
        """The division of the edition itself."""
        return self.opgaven.indelingen[0]

    @property
    def resultaten(self) -> Regels[Resultaat]:
        """The rows of `resultaten.csv`."""
        return self.rijen.get("resultaten.csv", ())

    @property
    def bedragen(self) -> Regels[Bedrag]:
        """The rows of `bedragen.csv`."""
        return self.rijen.get("bedragen.csv", ())

    @property
    def kruistabel(self) -> Regels[Kruis]:
        """The rows of `kruistabel.csv`."""
        return self.rijen.get("kruistabel.csv", ())

    @property
    def signalen(self) -> Regels[Signaal]:
        """The rows of `signalen.csv`."""
        return self.rijen.get("signalen.csv", ())

    @property
    def accenten(self) -> Regels[Accent]:
        """The rows of `accenten.csv`."""
        return self.rijen.get("accenten.csv", ())


def bedoelt(name: str, known: Iterable[str]) -> str:
    """What may have been meant by a name that is not there, as the end of a message."""
    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.5)
    return f"; bedoelt u {' of '.join(close)}?" if close else ""


def read_rijen(path: Path, vorm: type[_Rij], faults: list[str], *, geheim: bool = False) -> Regels[_Rij]:
    """Read a CSV with a row a thing; what is wrong is added to `faults`, with `geheim` without what stands there.

    Raises BestandError for what is no text.
    """
    text = read_text(path)
    known = list(vorm.model_fields)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    found: list[tuple[int, _Rij]] = []
    kop: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            here, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if kop is None:
                kop = [cell.strip() for cell in cells]
                if wrong := _check_kop(kop, vorm, known, geheim=geheim):
                    faults += [f"  {path.name}, regel {here}: {what}" for what in wrong]
                    return ()
                continue
            if len(cells) != len(kop):
                few, more = (
                    "ook een leeg vak heeft een puntkomma",
                    "zet tekst met een puntkomma tussen aanhalingstekens",
                )
                what = f"{len(cells)} vakken, en de kop heeft er {len(kop)}; {few if len(cells) < len(kop) else more}"
                faults.append(f"  {path.name}, regel {here}: {what}")
                continue
            row = {naam: cell.strip() for naam, cell in zip(kop, cells, strict=True) if cell.strip()}
            try:
                found.append((here, vorm.model_validate(row)))
            except ValidationError as error:
                told = explain(error, vorm, row, lambda _, here=here: here, geheim=geheim)  # type: ignore[misc]
                faults += [f"  {path.name}, {what.strip()}" for what in told]
    except csv.Error:
        faults.append(f"  {path.name}, regel {line}: een aanhalingsteken dat niet wordt gesloten, of midden in een vak")
    if kop is None:
        faults.append(f"  {path.name}: leeg; de eerste regel hoort de namen van de velden te geven, met ; ertussen")
    return tuple(found)


def _check_kop(kop: list[str], vorm: type[Vorm], known: list[str], *, geheim: bool) -> list[str]:
    if len(kop) == 1 and re.search(r"[,\t]", kop[0]):
        return ["de velden horen gescheiden te zijn door een puntkomma (;)"]
    wrong = [
        f"veld {place if geheim else repr(n)} bestaat niet{bedoelt(n, known) or '; toegestaan: ' + ', '.join(known)}"
        for place, n in enumerate(kop, start=1)
        if n not in known
    ]
    wrong += [f"veld {n} staat er twee keer" for n, times in Counter(kop).items() if times > 1 and n in known]
    wrong += [f"veld {n} ontbreekt" for n, f in vorm.model_fields.items() if f.is_required() and n not in kop]
    return wrong


def read_beleidsmap(
    folder: Path, jaar: int, gebied: Gebied, kaarten: Mapping[str, Kaart], regios: Collection[str]
) -> Beleidsmap:
    """Read the policy of an edition from its folder `beleid/`.

    `kaarten`: every card there is; `regios`: every code of a region. Raises BeleidError with all that is wrong.
    """
    faults: list[str] = []
    for path in sorted(folder.iterdir()):
        if path.name in BESLOTEN:
            faults.append(
                f"  {path.name}: dit is vertrouwelijk en de map van een editie is openbaar; haal het hier weg"
            )
        elif path.name not in RIJEN | LIJSTEN and not path.name.startswith("."):
            allowed = ", ".join(RIJEN | LIJSTEN)
            faults.append(f"  {path.name}: dit bestand hoort hier niet; toegestaan: {allowed}")
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
    if faults:
        # what a row points at is only sure when all rows were read
        raise BeleidError("dit klopt niet:\n" + "\n".join(faults), waar=str(folder), vervolg=VERVOLG)
    opgaven: Opgaven = lists["opgaven.yaml"]
    instrumenten: Instrumenten | None = lists.get("instrumenten.yaml")
    eigen = {str(o.nummer): o.naam for o in read_beleid(gebied).opgaven}
    found = Beleidsmap(
        editie=jaar,
        opgaven=opgaven,
        delen={i.id: {d.nummer: d.naam for d in i.delen} or eigen for i in opgaven.indelingen},
        instrumenten=instrumenten.instrumenten if instrumenten else (),
        rijen=rows,
    )
    if faults := _Verwijzingen(folder, found, kaarten, regios).check():
        raise BeleidError("dit klopt niet:\n" + "\n".join(faults), waar=str(folder), vervolg=VERVOLG)
    return found


@dataclass
class _Verwijzingen:
    """Whether all that rows point at is there: tasks, cards, regions, each other."""

    folder: Path
    map: Beleidsmap
    kaarten: Mapping[str, Kaart]
    regios: Collection[str]
    faults: list[str] = field(default_factory=list)

    def _say(self, file: str, line: int | None, veld: str, what: str) -> None:
        self.faults.append(f"  {file}, {f'regel {line}, ' if line else ''}{veld}: {what}")

    def _line(self, file: str, word: str) -> int | None:
        """The line of a list where a name first stands."""
        lines = enumerate(read_text(self.folder / file).splitlines(), start=1)
        return next((n for n, text in lines if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)), None)

    def _known(self, place: tuple[str, int | None, str], name: str, known: Iterable[str], what: str) -> None:
        known = list(known)
        if name not in known:
            few = f"; er zijn: {', '.join(known)}" if 0 < len(known) <= 12 else ""
            self._say(*place, f"{name!r} is geen {what}{bedoelt(name, known) or few}")

    def _opgaven(self, file: str, line: int | None, veld: str, indeling: str, nummers: Iterable[str]) -> None:
        naam = indeling or self.map.indeling.id
        if naam not in self.map.delen:
            self._known((file, line, "indeling"), naam, self.map.delen, "indeling in opgaven.yaml")
            return
        for nummer in nummers:
            self._known((file, line, veld), nummer, self.map.delen[naam], f"deel van indeling {naam}")

    def _once(self, file: str, keys: Iterable[tuple[int | None, str]]) -> None:
        seen: dict[str, int | None] = {}
        for line, key in keys:
            if key in seen:
                self._say(file, line, "id", f"{key} staat er twee keer (ook op regel {seen[key]})")
            seen.setdefault(key, line)

    def check(self) -> list[str]:
        """What is wrong, in the order of the files."""
        m = self.map
        self._bronnen()
        for lijn in m.opgaven.inzetlijnen:
            self._opgaven("opgaven.yaml", self._line("opgaven.yaml", lijn.id), "opgave", "", [lijn.opgave])
        self._resultaten()
        self._bedragen()
        posten = {b.post for _, b in m.bedragen}
        self._once("instrumenten.yaml", [(self._line("instrumenten.yaml", i.id), i.id) for i in m.instrumenten])
        for i in m.instrumenten:
            line = self._line("instrumenten.yaml", i.id)
            self._opgaven("instrumenten.yaml", line, f"{i.id}.opgaven", "", i.opgaven)
            for post in i.posten:
                self._known(
                    ("instrumenten.yaml", self._line("instrumenten.yaml", post), f"{i.id}.posten"),
                    post,
                    posten,
                    "post in bedragen.csv",
                )
        self._signalen()
        self._once("accenten.csv", [(n, a.id) for n, a in m.accenten])
        for n, a in m.accenten:
            self._opgaven("accenten.csv", n, "opgaven", "", [o for o in a.opgaven if o != "alle"])
            for kaart in a.kaarten:
                self._known(("accenten.csv", n, "kaarten"), kaart, self.kaarten, "kaart")
        return self.faults

    def _bronnen(self) -> None:
        """Every row comes from a paper that is named."""
        known = [s.id for s in self.map.opgaven.stukken]
        for file, rows in self.map.rijen.items():
            for n, row in rows:
                self._known((file, n, "bron"), row.bron, known, "stuk in opgaven.yaml")
        o = self.map.opgaven
        nested = [(x, i.id) for i in self.map.instrumenten for x in (*i.evaluaties, *i.aanbevelingen, *i.opbrengsten)]
        lists: list[tuple[str, Rij, str]] = [("instrumenten.yaml", i, i.id) for i in self.map.instrumenten]
        lists += [("instrumenten.yaml", x, id) for x, id in nested]
        lists += [("opgaven.yaml", x, x.id) for x in o.inzetlijnen]
        lists += [("opgaven.yaml", x, x.id) for x in o.gewenste_situatie]
        for file, thing, id in lists:
            self._known((file, self._line(file, id), f"{id}.bron"), thing.bron, known, "stuk in opgaven.yaml")

    def _resultaten(self) -> None:
        m, file = self.map, "resultaten.csv"
        self._once(file, [(n, r.id) for n, r in m.resultaten])
        ids = {r.id for _, r in m.resultaten if not r.onder}
        accenten, lijnen = {a.id for _, a in m.accenten}, {i.id: i.opgave for i in m.opgaven.inzetlijnen}
        for n, r in m.resultaten:
            self._opgaven(file, n, "opgave", r.indeling, [r.opgave])
            self._opgaven(file, n, "ook_opgaven", r.indeling, r.ook_opgaven)
            if r.inzetlijn:
                self._known((file, n, "inzetlijn"), r.inzetlijn, lijnen, "inzetlijn in opgaven.yaml")
                if lijnen.get(r.inzetlijn, r.opgave) != r.opgave:
                    self._say(
                        file, n, "inzetlijn", f"{r.inzetlijn} hoort bij opgave {lijnen[r.inzetlijn]}, niet {r.opgave}"
                    )
            if r.onder:
                self._known((file, n, "onder"), r.onder, ids, "resultaat dat zelf geen onderdeel is")
            for kaart in r.kaarten:
                self._known((file, n, "kaarten"), kaart, self.kaarten, "kaart")
            for accent in r.accenten:
                self._known((file, n, "accenten"), accent, accenten, "accent in accenten.csv")

    def _bedragen(self) -> None:
        m, file = self.map, "bedragen.csv"
        seen: dict[tuple[object, ...], int] = {}
        for n, b in m.bedragen:
            self._opgaven(file, n, "opgave", b.indeling, [b.opgave] if b.opgave else [])
            key = (
                b.indeling or m.indeling.id,
                b.opgave,
                b.jaar,
                b.kant,
                b.soort,
                b.begrotingsstand,
                b.fase,
                b.partij,
                b.post,
            )
            if key in seen:
                self._say(file, n, "post", f"{b.post!r} van {b.jaar} staat er twee keer (ook op regel {seen[key]})")
            seen.setdefault(key, n)
        posten = {(b.indeling or m.indeling.id, b.opgave, b.post) for _, b in m.bedragen}
        for n, k in m.kruistabel:
            for kant in ("van", "naar"):
                indeling, opgave, post = (
                    cast("str", getattr(k, f"{kant}_{w}")) for w in ("indeling", "opgave", "post")
                )
                if post and (indeling, opgave, post) not in posten:
                    known = [p for i, o, p in posten if (i, o) == (indeling, opgave)]
                    what = (
                        f"{post!r} is geen post van {indeling}, opgave {opgave}, in bedragen.csv{bedoelt(post, known)}"
                    )
                    self._say("kruistabel.csv", n, f"{kant}_post", what)

    def _signalen(self) -> None:
        file = "signalen.csv"
        self._once(file, [(n, s.id) for n, s in self.map.signalen])
        for n, s in self.map.signalen:
            self._opgaven(file, n, "opgaven", "", s.opgaven)
            if s.gebied:
                self._known((file, n, "gebied"), s.gebied, self.regios, "code van een regio")
            if not s.kaart:
                continue
            self._known((file, n, "kaart"), s.kaart, self.kaarten, "kaart")
            kaart = self.kaarten.get(s.kaart)
            if kaart and s.bewering in ("hoger_dan_nl", "lager_dan_nl") and is_aantal(kaart):
                self._say(
                    file,
                    n,
                    "bewering",
                    f"{s.bewering} kan niet bij {s.kaart}: deze kaart is een aantal, en dat is van een provincie "
                    "altijd lager dan van het land; kies een kaart die deelt, of laat kaart leeg",
                )


def is_aantal(kaart: Kaart) -> bool:
    """Whether a card counts totals, so that its level can not be put beside that of the country."""
    return kaart.telt_op


def read_edities(edities: Path, jaar: int, gebied: Gebied | None = None) -> tuple[Beleidsmap, ...]:
    """Read the policy of the edition of `jaar` and of those before it, the latest first; an edition may have none.

    `gebied`: the tenant, without it that of this process. Raises BeleidError with all that is wrong in the first folder
    that has something wrong.
    """
    gebied = gebied or gekozen()
    kaarten, regios = read_kaarten(gebied=gebied), known_codes()
    years = sorted((int(p.parent.name) for p in edities.glob(f"[0-9]*/{MAP}") if p.is_dir()), reverse=True)
    return tuple(read_beleidsmap(edities / str(y) / MAP, y, gebied, kaarten, regios) for y in years if y <= jaar)
