"""The template of the letter, read and checked: the same references and rules as the texts of an edition.

A paragraph is a line. Word cuts the words of a paragraph into pieces wherever it likes; they are joined before they are
read, so that a reference survives that, and curved quotes in it too. Beside the references of a text a letter knows
those of `WOORDEN`, and those of `BLOKKEN`, which take a paragraph of their own and become a list or a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from docx.oxml.ns import qn

from reports.tekst.cijfers import Cijfers, Verwijzing
from reports.tekst.fout import Tekstfout
from reports.tekst.getalregels import NAMEN
from reports.tekst.sjabloon import Vlak, read_sjabloon
from reports.tekst.teksten import find_fouten
from reports.tekst.wordbestand import open_word

WOORDEN = (
    *("titel", "editie", "datum", "status", "tekens", "voorlopig", "ontbreekt"),
    *("naam", "uitgever", "koers", "verschillen"),
)
BLOKKEN = ("boodschappen", "kerncijfers", "gebieden", "bronnen")
# The style of the lines above the first heading: address, date and reference.
GEGEVENS = "Briefgegevens"
CONTROLEER = "Controleer opnieuw met: monitor tekst controleer"
VERWIJZING = re.compile(r"\{\{.*?\}\}")
OPDRACHT = re.compile(r"\{%.*?%\}")
_TUSSEN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
# What Word makes of straight quotes and of a space while one types.
_RECHT = str.maketrans({**dict.fromkeys("“”„‘’", '"'), "\N{NO-BREAK SPACE}": " "})
_GEWIJZIGD = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")


@dataclass
class Regel:
    """A paragraph of the template: its element, and its words in pieces.

    `tekst`: in the body, so held to the rules; `stijl`: the name of its style.
    """

    element: Any
    stukken: list[tuple[Any, str]]
    tekst: bool
    stijl: str

    @property
    def woorden(self) -> str:
        """All its words, as long as they stand in the file."""
        return "".join(s for _, s in self.stukken)

    @property
    def bron(self) -> str:
        """Its words as a line of a text: references with straight quotes."""
        return _TUSSEN.sub(lambda m: m[0].translate(_RECHT), self.woorden)


@dataclass
class Sjabloon:
    """A template that was read: the file, its paragraphs, what the references stand for, and all that is wrong."""

    document: Any
    regels: list[Regel]
    vlak: Vlak
    fouten: list[Tekstfout] = field(default_factory=list)

    def verwijzingen(self, nummer: int) -> list[Verwijzing]:
        """The references in a paragraph (from 1), in order."""
        return [self.vlak.verwijzingen[c] for c in self.vlak_van(nummer) if c in self.vlak.verwijzingen]

    def vlak_van(self, nummer: int) -> str:
        """A paragraph with each reference as one character."""
        return "".join(c for c, n in zip(self.vlak.tekst, self.vlak.regels, strict=True) if n == nummer and c != "\n")

    @property
    def bewaard(self) -> set[int]:
        """The paragraphs that no `if` leaves out."""
        return set(self.vlak.regels)


def vaste_woorden(woorden: Mapping[str, str] | None = None) -> dict[str, Verwijzing]:
    """What a letter may call without naming an indicator; without `woorden` only to check that it does so rightly."""
    known = woorden or {}
    inline = {n: Verwijzing(n, "vast", known.get(n, "...")) for n in WOORDEN}
    return inline | {n: Verwijzing(n, "vast", "") for n in BLOKKEN}


def _pieces(element: Any) -> list[tuple[Any, str]]:
    """The words of a paragraph itself, not of one within it; what a field shows is no typed word."""
    found: list[tuple[Any, str]] = []
    field_depth = 0
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen"), qn("w:fldChar")):
        if next(node.iterancestors(qn("w:p"))) is not element or node.getparent().tag != qn("w:r"):
            continue
        if node.tag == qn("w:fldChar"):
            field_depth += {"begin": 1, "end": -1}.get(node.get(qn("w:fldCharType")), 0)
        elif field_depth or any(True for _ in node.iterancestors(qn("w:fldSimple"))):
            continue
        else:
            text = node.text or "" if node.tag == qn("w:t") else "-" if node.tag == qn("w:noBreakHyphen") else " "
            found.append((node, text))
    return found


def _regels(document: Any) -> Iterator[Regel]:
    """All paragraphs: first those of the body, then those of headers and footers."""
    namen = {s.style_id: s.name or "" for s in document.styles}

    def read(root: Any, tekst: bool) -> Iterator[Regel]:
        for element in root.iter(qn("w:p")):
            stijl = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
            naam = namen.get(stijl.get(qn("w:val")), "") if stijl is not None else ""
            yield Regel(element, _pieces(element), tekst, naam)

    yield from read(document.element.body, True)
    for part in sorted(document.part.package.iter_parts(), key=lambda p: str(p.partname)):
        if re.fullmatch(r"/word/(header|footer)\d*\.xml", str(part.partname)):
            yield from read(part.element, False)


def read_statenbrief(bestand: str, raw: bytes, cijfers: Cijfers, namen: tuple[str, ...] = ()) -> Sjabloon:
    """Read and check a template; `cijfers.vast` says what its own references print. Raises TekstError for no template.

    `bestand`: its path, for messages; `namen`: names that may hold a digit.
    """
    document = open_word(bestand, raw, f"Sla het opnieuw op als Word-document (.docx). {CONTROLEER}")
    regels = list(_regels(document))
    vlak = read_sjabloon(bestand, "".join(f"{r.bron}\n" for r in regels), cijfers)
    brief = Sjabloon(document, regels, vlak)
    fouten = [*vlak.fouten, *_vorm(brief, bestand), *_woorden(brief, bestand, cijfers, (*NAMEN, *namen))]
    brief.fouten = sorted({_name_place(f, regels) for f in fouten})
    return brief


def _name_place(fout: Tekstfout, regels: Sequence[Regel]) -> Tekstfout:
    """A fault with its place as one finds it in Word: the number of the paragraph, and how it begins."""
    regel = regels[min(max(fout.regel, 1), len(regels)) - 1]
    begin = " ".join(regel.woorden.split()[:6])
    where = f" De alinea begint met: ‘{begin}’." if begin else ""
    return replace(fout, eenheid="alinea", advies=f"{fout.advies}{where} {CONTROLEER}")


def _vorm(brief: Sjabloon, bestand: str) -> Iterator[Tekstfout]:
    """What a letter can not hold, or not there."""
    root = brief.document.element
    if any(True for _ in root.iter(*map(qn, _GEWIJZIGD))):
        yield Tekstfout(bestand, 1, "er staan bijgehouden wijzigingen in", "Accepteer of verwerp ze (Controleren).")
    for part in brief.document.part.package.iter_parts():
        for soort, wat in (("comments", "opmerkingen"), ("footnotes", "voetnoten"), ("endnotes", "eindnoten")):
            if str(part.partname) == f"/word/{soort}.xml" and re.search(rb"<w:t[ >]", part.blob):
                yield Tekstfout(bestand, 1, f"er staan {wat} in", "Verwijder ze; zet de woorden in de brief zelf.")
    known = {f.regel for f in brief.vlak.fouten}
    for n, regel in enumerate(brief.regels, start=1):
        bron = regel.bron
        if "{#" in bron:
            yield Tekstfout(bestand, n, "{# ... #} mag niet in een brief", "Verwijder het.")
        if OPDRACHT.search(bron) and OPDRACHT.sub("", bron).strip():
            advies = "Zet {% if ... %}, {% else %} en {% endif %} elk in een eigen alinea."
            yield Tekstfout(bestand, n, "een if midden in een alinea", advies)
        found = brief.verwijzingen(n)
        if n in brief.bewaard - known and not OPDRACHT.search(bron) and len(VERWIJZING.findall(bron)) != len(found):
            yield Tekstfout(bestand, n, "een verwijzing loopt niet goed door", "Typ haar in één keer opnieuw.")
        blokken = [v.functie for v in found if v.functie in BLOKKEN]
        if blokken and (VERWIJZING.sub("", bron).strip() or len(found) > 1 or not regel.tekst):
            advies = f"Zet {{{{ {blokken[0]}() }}}} in een eigen alinea van de brief."
            yield Tekstfout(bestand, n, f"{blokken[0]} staat niet alleen in een alinea", advies)


def _woorden(brief: Sjabloon, bestand: str, cijfers: Cijfers, namen: tuple[str, ...]) -> Iterator[Tekstfout]:
    """Figures that are typed, and sentences that say something else than their figures."""
    kop_gezien = False
    for n, regel in enumerate(brief.regels, start=1):
        kop_gezien = kop_gezien or regel.stijl.lower().startswith("heading")
        if not regel.tekst:
            continue
        if regel.stijl == GEGEVENS:
            if kop_gezien and any(c.isnumeric() for c in regel.woorden):
                advies = f"De stijl {GEGEVENS} is voor adres, datum en kenmerk, boven de eerste kop."
                yield Tekstfout(bestand, n, f"een getal in de stijl {GEGEVENS}", advies)
            continue
        for f in find_fouten(brief.vlak_van(n), brief.vlak.verwijzingen, cijfers, namen):
            yield Tekstfout(bestand, n, f.wat, f.advies, f.ernst)
