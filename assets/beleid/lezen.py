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
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from assets.beleid.opgaven import Indeling, Opgaven, Stuk
from assets.beleid.velden import Naar, Vorm
from assets.beleid.vormen import (
    LIJSTEN,
    RIJEN,
    Accent,
    Bedrag,
    Gedrukt,
    Instrument,
    Instrumenten,
    Kruis,
    Resultaat,
    Signaal,
)
from assets.indicatoren.kaart import Kaart, read_kaarten
from begrippen.beleid import read_beleid
from begrippen.eenheid import read_eenheid
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

    def of(self, vorm: type[_Rij]) -> Regels[_Rij]:
        """The rows of a shape, each with its line; none where the edition lacks the file."""
        return next((self.rijen.get(file, ()) for file, own in RIJEN.items() if own is vorm), ())


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


# what a field names -> how the message calls it
_WAT = {
    **{"stuk": "stuk in opgaven.yaml", "indeling": "indeling in opgaven.yaml", "kaart": "kaart"},
    **{"inzetlijn": "inzetlijn in opgaven.yaml", "accent": "accent in accenten.csv", "post": "post in bedragen.csv"},
    **{"resultaat": "resultaat dat zelf geen onderdeel is", "regio": "code van een regio"},
}


@dataclass
class _Verwijzingen:
    """Whether all that rows point at is there (`vormen.Naar`), and what else holds between rows."""

    folder: Path
    map: Beleidsmap
    kaarten: Mapping[str, Kaart]
    regios: Collection[str]
    faults: list[str] = field(default_factory=list)

    def check(self) -> list[str]:
        """What is wrong, in the order of the files."""
        m = self.map
        self._there = {
            **{"stuk": [s.id for s in m.opgaven.stukken], "indeling": list(m.delen), "kaart": list(self.kaarten)},
            **{"inzetlijn": [i.id for i in m.opgaven.inzetlijnen], "accent": [a.id for _, a in m.of(Accent)]},
            **{"post": list({b.post for _, b in m.of(Bedrag)}), "regio": list(self.regios)},
            "resultaat": [r.id for _, r in m.of(Resultaat) if not r.onder],
        }
        for file, things in (("opgaven.yaml", (m.opgaven,)), ("instrumenten.yaml", m.instrumenten)):
            lines = read_text(self.folder / file).splitlines() if things else []
            found = [x for thing in things for x in self._walk(file, lines, thing, None, "")]
            self._once(file, found)
        for file, rows in m.rijen.items():
            self._once(file, [x for n, row in rows for x in self._walk(file, [], row, n, "")])
        self._inzetlijnen()
        self._bedragen()
        self._signalen()
        self._groei()
        return self.faults

    def _say(self, file: str, line: int | None, veld: str, what: str) -> None:
        self.faults.append(f"  {file}, {f'regel {line}, ' if line else ''}{veld}: {what}")

    def _walk(
        self, file: str, lines: Sequence[str], thing: Vorm, line: int | None, waar: str
    ) -> list[tuple[int | None, str]]:
        """Check the names in a thing and in what it holds; gives the lines of their ids.

        Of a list the line of a name is the first where it stands; `waar` is the thing that holds this one.
        """

        def place(name: str) -> int | None:
            word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            return line or next((n for n, text in enumerate(lines, start=1) if word.search(text)), None)

        id_ = getattr(thing, "id", "")
        waar = f"{id_}." if lines and id_ else waar
        ids = [(place(id_), id_)] if id_ and not isinstance(thing, Indeling | Stuk) else []
        for veld, info in type(thing).model_fields.items():
            value = getattr(thing, veld)
            for part in value if isinstance(value, tuple) else ():
                if isinstance(part, Vorm):
                    ids += self._walk(file, lines, part, line, waar)
            for naar in (x for x in info.metadata if isinstance(x, Naar)):
                known, wat = self._known(thing, naar.wat)
                for name in (value,) if isinstance(value, str) else value:
                    if name and known is not None and name not in known:
                        few = f"; er zijn: {', '.join(known)}" if 0 < len(known) <= 12 else ""
                        what = f"{name!r} is geen {wat}{bedoelt(name, known) or few}"
                        self._say(file, place(name), f"{waar}{veld}", what)
        return ids

    def _known(self, thing: Vorm, wat: str) -> tuple[Collection[str] | None, str]:
        """What a field may name; None where that is not to be said, as its division is not there."""
        if wat != "opgave":
            return self._there[wat], _WAT[wat]
        indeling = getattr(thing, "indeling", "") or self.map.indeling.id
        delen = self.map.delen.get(indeling)
        alle = ("alle",) if isinstance(thing, Accent) else ()
        return None if delen is None else (*delen, *alle), f"deel van indeling {indeling}"

    def _once(self, file: str, keys: Iterable[tuple[int | None, str]], veld: str = "id", wat: str = "") -> None:
        seen: dict[str, int | None] = {}
        for line, key in keys:
            if key in seen:
                self._say(file, line, veld, f"{key}{wat} staat er twee keer (ook op regel {seen[key]})")
            seen.setdefault(key, line)

    def _inzetlijnen(self) -> None:
        lijnen = {i.id: i.opgave for i in self.map.opgaven.inzetlijnen}
        for n, r in self.map.of(Resultaat):
            if lijnen.get(r.inzetlijn, r.opgave) != r.opgave:
                what = f"{r.inzetlijn} hoort bij opgave {lijnen[r.inzetlijn]}, niet {r.opgave}"
                self._say("resultaten.csv", n, "inzetlijn", what)

    def _bedragen(self) -> None:
        m, own = self.map, self.map.indeling.id
        seen: dict[tuple[object, ...], int] = {}
        for n, b in m.of(Bedrag):
            key = (b.indeling or own, b.opgave, b.jaar, b.kant, b.soort, b.begrotingsstand, b.fase, b.partij, b.post)
            if key in seen:
                what = f"{b.post!r} van {b.jaar} staat er twee keer (ook op regel {seen[key]})"
                self._say("bedragen.csv", n, "post", what)
            seen.setdefault(key, n)
        posten = {(b.indeling or own, b.opgave, b.post) for _, b in m.of(Bedrag)}
        for n, k in m.of(Kruis):
            for kant, place in (
                ("van", (k.van_indeling, k.van_opgave, k.van_post)),
                ("naar", (k.naar_indeling, k.naar_opgave, k.naar_post)),
            ):
                indeling, opgave, post = place
                if post and place not in posten:
                    known = [p for *waar, p in posten if waar == [indeling, opgave]]
                    what = (
                        f"{post!r} is geen post van {indeling}, opgave {opgave}, in bedragen.csv{bedoelt(post, known)}"
                    )
                    self._say("kruistabel.csv", n, f"{kant}_post", what)

    def _signalen(self) -> None:
        for n, s in self.map.of(Signaal):
            kaart = self.kaarten.get(s.kaart)
            if kaart and s.bewering in ("hoger_dan_nl", "lager_dan_nl") and kaart.telt_op:
                what = (
                    f"{s.bewering} kan niet bij {s.kaart}: deze kaart is een aantal, en dat is van een provincie "
                    "altijd lager dan van het land; kies een kaart die deelt, of laat kaart leeg"
                )
                self._say("signalen.csv", n, "bewering", what)

    def _groei(self) -> None:
        for n, g in self.map.of(Gedrukt):
            kaart = self.kaarten.get(g.kaart)
            # a change can be below zero; a share can not, and its level is no growth
            below = bool(kaart and kaart.bereik and kaart.bereik.minimum < 0)
            if kaart and g.maat == "groei" and read_eenheid(kaart.eenheid).procent and not below:
                what = (
                    f"{g.kaart} kan niet bij maat groei: deze kaart is een aandeel in procenten, geen verandering; "
                    "kies een kaart die een aantal of een verandering geeft, of laat kaart leeg en vul niet_naast in"
                )
                self._say("gedrukt.csv", n, "kaart", what)


def read_edities(edities: Path, jaar: int, gebied: Gebied | None = None) -> tuple[Beleidsmap, ...]:
    """Read the policy of the edition of `jaar` and of those before it, the latest first; an edition may have none.

    `gebied`: the tenant, without it that of this process. Raises BeleidError with all that is wrong in the first folder
    that has something wrong.
    """
    gebied = gebied or gekozen()
    kaarten, regios = read_kaarten(gebied=gebied), known_codes()
    years = sorted((int(p.parent.name) for p in edities.glob(f"[0-9]*/{MAP}") if p.is_dir()), reverse=True)
    return tuple(read_beleidsmap(edities / str(y) / MAP, y, gebied, kaarten, regios) for y in years if y <= jaar)
