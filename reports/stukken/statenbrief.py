"""The letter to Provinciale Staten: a template that the secretariat edits in Word, filled with figures and sentences.

A template is read as the texts of an edition are (`reports.tekst`): the same references, the same rules, never run. A
paragraph is a line. Word cuts the words of a paragraph into pieces wherever it likes; they are joined before they are
read, so that a reference survives that, and curved quotes in it too. Beside the references of a text a letter knows
those of `WOORDEN`, and those of `BLOKKEN`, which take a paragraph of their own and become a list or a table.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from begrippen.huisstijl import TINT, office
from reports.hoofdstukken.boodschappen import Boodschap
from reports.stukken import ooxml, passen
from reports.stukken.kerncijfers import alle_teksten
from reports.stukken.ooxml import TAAL
from reports.tabel import Tabel
from reports.tekst.cijfers import Cijfers, Verwijzing
from reports.tekst.fout import TekstError, Tekstfout
from reports.tekst.getalregels import NAMEN
from reports.tekst.sjabloon import Vlak, read_sjabloon
from reports.tekst.teksten import find_fouten, refuse

WOORDEN = (
    *("titel", "editie", "datum", "status", "tekens", "voorlopig", "ontbreekt"),
    *("naam", "uitgever", "koers", "verschillen"),
)
BLOKKEN = ("boodschappen", "kerncijfers", "gebieden", "bronnen")
# Styles of the template; what is not there is set without.
GEGEVENS, MELDING, BIJSCHRIFT, TABELTEKST, CIJFERTABEL = (
    "Briefgegevens",
    "Melding",
    "Caption",
    "Tabeltekst",
    "Cijfertabel",
)
# Where no style says how large letters in a table are; and room beside the words of a cell, in points.
TABELMAAT, CEL_X = 10.0, 4.0
CONTROLEER = "Controleer opnieuw met: monitor tekst controleer"
_VERWIJZING = re.compile(r"\{\{.*?\}\}")
_OPDRACHT = re.compile(r"\{%.*?%\}")
_TUSSEN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
# What Word makes of straight quotes and of a space while one types.
_RECHT = str.maketrans({**dict.fromkeys("“”„‘’", '"'), "\N{NO-BREAK SPACE}": " "})
_GEWIJZIGD = ("w:ins", "w:del", "w:moveFrom", "w:moveTo")
_LOOK = ("firstRow", "lastRow", "firstColumn", "lastColumn", "noHBand", "noVBand")
_TINT = {soort: office(tint) for soort, tint in TINT.items()}


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
    try:
        document = docx.Document(io.BytesIO(raw))
    except Exception as error:  # zip, zlib, XML and the library each have their own errors for what is no document
        raise TekstError(
            f"{bestand} is geen document van Word (.docx): {error}. Sla het opnieuw op als Word-document. {CONTROLEER}"
        ) from None
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
        if _OPDRACHT.search(bron) and _OPDRACHT.sub("", bron).strip():
            advies = "Zet {% if ... %}, {% else %} en {% endif %} elk in een eigen alinea."
            yield Tekstfout(bestand, n, "een if midden in een alinea", advies)
        found = brief.verwijzingen(n)
        if n in brief.bewaard - known and not _OPDRACHT.search(bron) and len(_VERWIJZING.findall(bron)) != len(found):
            yield Tekstfout(bestand, n, "een verwijzing loopt niet goed door", "Typ haar in één keer opnieuw.")
        blokken = [v.functie for v in found if v.functie in BLOKKEN]
        if blokken and (_VERWIJZING.sub("", bron).strip() or len(found) > 1 or not regel.tekst):
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


# --- filling ---


@dataclass(frozen=True)
class Vulling:
    """What the blocks of a letter become, and what stands above every page."""

    boodschappen: Sequence[Boodschap]
    tabellen: Mapping[str, Tabel | None]
    meldingen: Sequence[str]
    titel: str
    uitgever: str


def write_statenbrief(brief: Sjabloon, vulling: Vulling, moment: datetime) -> bytes:
    """The letter, filled. Raises TekstError where the template has faults; the same input gives the same bytes."""
    refuse(brief.fouten)
    document = brief.document
    tabellen = list(document.element.body.iter(qn("w:tbl")))
    bewaard = brief.bewaard
    gone = []
    for n, regel in enumerate(brief.regels, start=1):
        found = brief.verwijzingen(n)
        words = _VERWIJZING.sub("", regel.bron).strip() or "".join(v.tekst for v in found)
        block = bool(found) and found[0].functie in BLOKKEN
        # a paragraph of words that are empty in this report goes, as one that an `if` leaves out
        if _OPDRACHT.search(regel.bron) or n not in bewaard or (found and not words and not block):
            gone.append(regel.element)
        elif block:
            _blok(document, regel, found[0].functie, vulling)
        elif found:
            _schrijf(regel, [v.tekst for v in found])
    _verwijder(gone, tabellen)
    _boven_elke_bladzijde(document, vulling.meldingen)
    eigen = document.core_properties
    eigen.title, eigen.author, eigen.last_modified_by = vulling.titel, vulling.uitgever, vulling.uitgever
    eigen.language, eigen.keywords, eigen.comments = TAAL, ooxml.kort(" ".join(vulling.meldingen)), ""
    eigen.created = eigen.modified = moment.replace(tzinfo=None)
    eigen.revision = 1
    out = io.BytesIO()
    document.save(out)
    return ooxml.fix(out.getvalue(), moment)


def _schrijf(regel: Regel, woorden: Sequence[str]) -> None:
    """Put words in the place of the references, in the form of the piece in which each begins."""
    spans = [m.span() for m in _VERWIJZING.finditer(regel.bron)]
    texts = [s for _, s in regel.stukken]
    starts = [sum(map(len, texts[:n])) for n in range(len(texts))]
    for (begin, end), woord in reversed(list(zip(spans, woorden, strict=True))):
        first = True
        for n, (start, text) in enumerate(zip(starts, list(texts), strict=True)):
            low, high = max(begin - start, 0), min(end - start, len(text))
            if low < high:
                texts[n] = text[:low] + (woord if first else "") + text[high:]
                first = False
    for (node, old), new in zip(regel.stukken, texts, strict=True):
        if new == old:
            continue
        if node.tag != qn("w:t"):
            # a line that broke within a reference
            node.getparent().remove(node)
            continue
        node.text = new
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _verwijder(gone: Sequence[Any], tabellen: Sequence[Any]) -> None:
    """Remove paragraphs; a table of which nothing is left goes with them, a cell keeps an empty paragraph."""
    out = {id(e) for e in gone}
    for tabel in tabellen:
        paragraphs = list(tabel.iter(qn("w:p")))
        if paragraphs and all(id(p) in out for p in paragraphs):
            tabel.getparent().remove(tabel)
    for element in gone:
        holder = element.getparent()
        if holder.tag == qn("w:tc") and len(holder.findall(qn("w:p"))) == 1:
            for run in element.findall(qn("w:r")):
                element.remove(run)
        else:
            holder.remove(element)


def _blok(document: Any, regel: Regel, naam: str, vulling: Vulling) -> None:
    """Put a list or a table in the place of the paragraph that asks for it."""
    element = regel.element
    if naam == "boodschappen":
        for b in vulling.boodschappen:
            element.addprevious(_alinea_als(element, ((b.kop, True), (f" {b.tekst}", False))))
        if not vulling.boodschappen:
            element.addprevious(_alinea_als(element, (("De cijfers geven in deze editie geen boodschap.", False),)))
    elif (tabel := vulling.tabellen.get(naam)) is not None:
        bijschrift = Paragraph(OxmlElement("w:p"), document._body)
        _set_style(document, bijschrift, BIJSCHRIFT)
        bijschrift.add_run(tabel.bijschrift)
        bijschrift.paragraph_format.keep_with_next = True
        element.addprevious(bijschrift._p)
        element.addprevious(_tabel(document, tabel))
        # between a table and what follows, and as its end: Word joins tables that touch
        element.addprevious(_alinea_als(element, ((" ".join(tabel.noten), False),)))
    else:
        element.addprevious(_alinea_als(element, (("Voor deze tabel zijn er in deze editie geen cijfers.", False),)))
    element.getparent().remove(element)


def _alinea_als(element: Any, stukken: Sequence[tuple[str, bool]]) -> Any:
    """A paragraph in the form of another one, with these words; True: bold."""
    new = copy.deepcopy(element)
    letter = next((copy.deepcopy(r) for r in element.iter(qn("w:rPr")) if r.getparent().tag == qn("w:r")), None)
    for child in list(new):
        if child.tag != qn("w:pPr"):
            new.remove(child)
    paragraph = Paragraph(new, None)  # type: ignore[arg-type]
    for tekst, vet in stukken:
        run = paragraph.add_run(tekst)
        if letter is not None:
            run._r.insert(0, copy.deepcopy(letter))
        if vet:
            run.bold = True
    return new


def _set_style(document: Any, thing: Any, naam: str) -> None:
    if naam in [s.name for s in document.styles]:
        thing.style = document.styles[naam]


def _tabel(document: Any, tabel: Tabel) -> Any:
    """A table with marked headings of columns and rows, and what it shows for who can not see it."""
    rijen = list(alle_teksten(tabel))
    grid = document.add_table(len(rijen), len(tabel.kolommen))
    _set_style(document, grid, CIJFERTABEL)
    grid.autofit = False
    # of the first page: a letter has one width
    section = document.sections[0]
    ruimte = (section.page_width - section.left_margin - section.right_margin) / 12700
    breedtes = passen.kolommen(rijen, ruimte, _maat(document), CEL_X) or [ruimte / len(rijen[0])] * len(rijen[0])
    for column, wide in zip(grid.columns, breedtes, strict=True):
        column.width = Pt(wide)
    eigen = grid._tbl.tblPr
    look = eigen.find(qn("w:tblLook"))
    if look is not None:
        eigen.remove(look)
    for tag, waarden in (
        ("w:tblLook", {naam: "01"[naam in ("firstRow", "firstColumn", "noHBand", "noVBand")] for naam in _LOOK}),
        ("w:tblCaption", {"val": tabel.bijschrift}),
        ("w:tblDescription", {"val": f"{tabel.bijschrift}. {' '.join(tabel.noten)}".strip()}),
    ):
        part = OxmlElement(tag)
        for naam, waarde in waarden.items():
            part.set(qn(f"w:{naam}"), waarde)
        eigen.append(part)
    for n, (rij, inhoud) in enumerate(zip(grid.rows, rijen, strict=True)):
        vorm = rij._tr.get_or_add_trPr()
        vorm.append(OxmlElement("w:cantSplit"))
        if n == 0:
            vorm.append(OxmlElement("w:tblHeader"))
        vlakken = tabel.rijen[n - 1].cellen if n else ()
        for m, (cel, tekst) in enumerate(zip(rij.cells, inhoud, strict=True)):
            cel.width = Pt(breedtes[m])
            _cel(document, cel, tekst, vet=n == 0 or m == 0, eind=tabel.kolommen[m].uitlijning == "eind")
            if n and m and (tint := _TINT.get(vlakken[m - 1].vlak or "")):
                kleur = OxmlElement("w:shd")
                for naam, waarde in (("val", "clear"), ("color", "auto"), ("fill", tint)):
                    kleur.set(qn(f"w:{naam}"), waarde)
                cel._tc.get_or_add_tcPr().append(kleur)
    element = grid._tbl
    element.getparent().remove(element)
    return element


def _maat(document: Any) -> float:
    """The size of the letter in tables, in points: that of its style, else of the letter itself."""
    for naam in (TABELTEKST, "Normal"):
        found = next((s for s in document.styles if s.name == naam), None)
        if found is not None and found.font.size is not None:
            return float(found.font.size.pt)
    return TABELMAAT


def _cel(document: Any, cel: Any, tekst: str, *, vet: bool, eind: bool) -> None:
    paragraph = cel.paragraphs[0]
    _set_style(document, paragraph, TABELTEKST)
    if eind:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(tekst)
    run.bold = vet or None


def _boven_elke_bladzijde(document: Any, meldingen: Sequence[str]) -> None:
    """Put what every page says first in every header, whatever headers the template has."""
    if not meldingen:
        return
    for n, section in enumerate(document.sections):
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for header in headers:
            if header.is_linked_to_previous:
                if n:
                    continue
                header.is_linked_to_previous = False
            melding = header.paragraphs[0].insert_paragraph_before(" ".join(meldingen))
            _set_style(document, melding, MELDING)
