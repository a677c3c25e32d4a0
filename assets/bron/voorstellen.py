"""Proposals for the whole list of sources: gathered from what is kept and from the catalogues, shown, and applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assets.bron.antwoord import Catalogustitel
from assets.bron.bewaard import read_eerder, read_structuur
from assets.bron.bronlijst import TABELLEN, Brontabel, read_tabellen
from assets.bron.fetch import Adressen, open_bron
from assets.bron.http import BronError, Client
from assets.bron.lijstbestand import Wijziging, change, copy_entry, find_file, make_patch
from assets.bron.momentopname import Archief
from assets.bron.opvolger import propose_opvolger
from assets.bron.voorstel import Kandidaat, Voorstel, make_voorstellen
from begrippen.fout import BestandError
from begrippen.yamlbestand import parse_yaml

# Where the list stands in the house: a patch names it from there.
HOUSE = TABELLEN.parents[2]
# a line that names more tables is not read
MOST_NAMED = 5


@dataclass
class Uitkomst:
    """The list of sources with proposals worked in. `teksten`: file -> (before, after); `gedaan`, `gelaten`: lines."""

    teksten: dict[Path, tuple[str, str]] = field(default_factory=dict)
    gedaan: list[str] = field(default_factory=list)
    gelaten: list[str] = field(default_factory=list)

    @property
    def patch(self) -> str:
        """The changes as one unified patch; what `patch` and `git apply` skip says what they are."""
        notes = [f"# {line}" for line in (*self.gedaan, *self.gelaten)]
        parts = [make_patch(_name(path), old, new) for path, (old, new) in sorted(self.teksten.items())]
        return "\n".join([*notes, "".join(parts)]).rstrip("\n")


def _name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix() if path.is_relative_to(HOUSE) else path.name


def _list(ids: Sequence[str]) -> str:
    more = f" en nog {len(ids) - MOST_NAMED}" if len(ids) > MOST_NAMED else ""
    return ", ".join(ids[:MOST_NAMED]) + more


Catalogi = Mapping[tuple[str, str], Sequence[Catalogustitel]]


def read_catalogi(tabellen: Iterable[Brontabel], adressen: Adressen, client: Client) -> tuple[Catalogi, list[str]]:
    """Read the catalogues that can hold these tables: (catalogus, api) -> its titles.

    One that does not answer, or holds nothing, is not among them; the messages say so.
    """
    wanted: dict[tuple[str, str], list[Brontabel]] = {}
    for tabel in tabellen:
        for api in ("v3", "v4") if tabel.catalogus == "cbs" else ("v3",):
            wanted.setdefault((tabel.catalogus, api), []).append(tabel)
    found: dict[tuple[str, str], Sequence[Catalogustitel]] = {}
    messages: list[str] = []
    for (catalogus, api), asking in wanted.items():
        why = "is leeg"
        try:
            with client.measure():
                titels = open_bron(asking[0].model_copy(update={"api": api}), adressen, client).read_titels()
        except BronError as error:
            titels, why = [], f"gaf geen antwoord ({error})"
        if titels:
            found[catalogus, api] = titels
        elif own := [t.id for t in asking if t.api == api]:
            messages.append(
                f"de catalogus {catalogus} {api} {why}; of deze tabellen er nog zijn en wat hun opvolger is, "
                f"is dus niet bekeken: {_list(own)}"
            )
    return found, messages


def gather(
    tabellen: Iterable[Brontabel], archief: Archief, catalogi: Catalogi, gebruik: Mapping[str, frozenset[str]]
) -> tuple[list[Voorstel], list[str]]:
    """Propose for each table, from the metadata of its last momentopname and from the catalogues.

    gebruik: table -> what cards and queries name of it, as `make_voorstellen` takes it. Also gives messages of what
    could not be looked at.
    """
    bekend = read_tabellen()
    found: list[Voorstel] = []
    never: list[str] = []
    messages: list[str] = []
    with Client(connections=0) as nobody:
        for tabel in tabellen:
            bron, momentopnamen = open_bron(tabel, Adressen(), nobody), archief.list(tabel.bron, tabel.id)
            own = {api: rows for (catalogus, api), rows in catalogi.items() if catalogus == tabel.catalogus}
            found += propose_opvolger(tabel, own, bekend)
            if not momentopnamen:
                never.append(tabel.id)
                continue
            try:
                structuur = read_structuur(bron, tabel, momentopnamen[-1])
            except BronError as error:
                messages.append(f"tabel {tabel.id} is niet bekeken: {error}")
                continue
            eerder = read_eerder(bron, tabel, momentopnamen[:-1])
            found += make_voorstellen(tabel, structuur, eerder, gebruik.get(tabel.id, frozenset()))
    if never:
        messages.append(f"nog niet opgehaald, dus niet bekeken: {_list(never)}; haal op met: monitor run")
    return found, messages


def _work_in(text: str, voorstel: Voorstel, kandidaat: Kandidaat) -> str:
    if voorstel.kopie:
        nieuw = kandidaat.tabel
        text = copy_entry(text, voorstel.tabel, kandidaat.wijzigingen, nieuw)
        if voorstel.kopie == "stopt":
            for pad, waarde in ((("gestopt",), True), (("opvolger",), nieuw)):
                text = change(text, voorstel.tabel, Wijziging("waarde", pad, waarde))
        return text
    for wijziging in kandidaat.wijzigingen:
        text = change(text, voorstel.tabel, wijziging)
    return text


def work_in(voorstellen: Iterable[Voorstel], folder: Path = TABELLEN, *, alleen_zeker: bool = False) -> Uitkomst:
    """Work the first candidate of each proposal into the text of the list; nothing is written.

    alleen_zeker: only of proposals that the command may apply. What can not be worked in stands in `gelaten`.
    """
    uitkomst = Uitkomst()
    for voorstel in voorstellen:
        place = f"{voorstel.tabel} {voorstel.naam}: {voorstel.waarom}"
        others = [k.wat for k in voorstel.kandidaten]
        if not others:
            uitkomst.gelaten.append(f"{place}. Niets lijkt erop; kijk op de pagina van de tabel bij de bron")
            continue
        if alleen_zeker and not voorstel.toepasbaar:
            why = "kies zelf" if len(others) > 1 else "dit is aan u"
            uitkomst.gelaten.append(f"{place}. {why}: {'; of '.join(others)}")
            continue
        path = find_file(folder, voorstel.tabel)
        old, text = uitkomst.teksten.get(path) or (path.read_text(encoding="utf-8"),) * 2
        try:
            text = _work_in(text, voorstel, voorstel.kandidaten[0])
        except BestandError as error:
            uitkomst.gelaten.append(f"{place}. {error}")
            continue
        uitkomst.teksten[path] = old, text
        also = f"; anders: {'; of '.join(others[1:])}" if others[1:] else ""
        uitkomst.gedaan.append(f"{place}. Wordt {others[0]}{also}")
    return uitkomst


def write(uitkomst: Uitkomst) -> None:
    """Write the changed files of the list, each held against its model first. Raises BestandError."""
    for path, (_, text) in uitkomst.teksten.items():
        parse_yaml(text, tuple[Brontabel, ...], str(path))
    for path, (_, text) in uitkomst.teksten.items():
        path.write_text(text, encoding="utf-8")
