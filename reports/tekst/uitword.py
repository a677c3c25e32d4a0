"""A chapter that was written in Word, as a text of an edition: its forms, its references, and everything wrong with it.

The words of the document become Markdown in which every sign that could mean something there is written as itself, so
that `{{ }}`, HTML or Typst in a document comes out as the letters that were typed. Only what stands between square
brackets is a reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docx.oxml.ns import qn

from reports.tekst.cijfers import Cijfers, VerwijzingError
from reports.tekst.fout import Tekstfout
from reports.tekst.haakjes import as_haakjes, read_haakjes
from reports.tekst.sjabloon import PLAATSEN
from reports.tekst.teksten import Tekst, read_tekst
from reports.tekst.wordbestand import open_word

ALINEAS = 2_000
_HAAK = re.compile(r"\[([^\[\]]*)\]")
_LOS = re.compile(r"[\[\]]")
# Signs that mean something in Markdown or in a reference, where they stand.
_TEKEN = re.compile(r"[\\`*_\[\]<>#&!~|]")
_ACCOLADE = {"{": "&#123;", "}": "&#125;"}
_REGELBEGIN = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))")

# Element -> what it is called, and what to do.
_GEEN = {
    "w:drawing": ("een plaatje, tekstvak of grafiek", "Haal het weg: figuren maakt de monitor zelf."),
    "w:pict": ("een plaatje of tekstvak", "Haal het weg: figuren maakt de monitor zelf."),
    "w:object": ("een ingesloten object", "Haal het weg."),
    "w:ins": ("een bijgehouden wijziging", "Accepteer of verwerp alle wijzigingen (Controleren)."),
    "w:del": ("een bijgehouden wijziging", "Accepteer of verwerp alle wijzigingen (Controleren)."),
    "w:moveFrom": ("een bijgehouden wijziging", "Accepteer of verwerp alle wijzigingen (Controleren)."),
    "w:moveTo": ("een bijgehouden wijziging", "Accepteer of verwerp alle wijzigingen (Controleren)."),
    "w:footnoteReference": ("een voetnoot", "Zet de woorden in de tekst zelf."),
    "w:endnoteReference": ("een eindnoot", "Zet de woorden in de tekst zelf."),
    "w:commentReference": ("een opmerking", "Verwijder alle opmerkingen (Controleren)."),
    "w:fldChar": ("een veld, zoals een inhoudsopgave of een datum die meeloopt", "Typ de woorden zelf."),
    "w:fldSimple": ("een veld, zoals een inhoudsopgave of een datum die meeloopt", "Typ de woorden zelf."),
    "w:vanish": ("verborgen tekst", "Maak haar zichtbaar of verwijder haar (Lettertype, Verborgen)."),
    "w:sym": ("een teken uit een symbolenlettertype", "Kies een gewoon teken."),
    "w:subDoc": ("een ander document", "Plak de tekst zelf in dit document."),
    "w:altChunk": ("een ander document", "Plak de tekst zelf in dit document."),
}


@dataclass(frozen=True)
class Letter:
    """A character of a paragraph with its form; `naar`: the address of the link that it is part of."""

    teken: str
    vet: bool = False
    naar: str = ""


@dataclass(frozen=True)
class Alineavorm:
    """A paragraph as it is read: its number in the document, what it is, and its characters.

    `soort`: kop, alinea, punt, nummer or citaat; `niveau`: of a heading, 0 for the title.
    """

    nummer: int
    soort: str
    letters: tuple[Letter, ...]
    niveau: int = 0

    @property
    def woorden(self) -> str:
        """Its words."""
        return "".join(x.teken for x in self.letters)


@dataclass
class Woordtekst:
    """A document as the source of a text. `alineas[n]`: the paragraph from which line n of `bron` comes, from 0."""

    bestand: str
    bron: str = ""
    alineas: list[int] = field(default_factory=list)
    begin: dict[int, str] = field(default_factory=dict)
    fouten: list[Tekstfout] = field(default_factory=list)

    def fout(self, nummer: int, wat: str, advies: str) -> None:
        """Note a fault in a paragraph."""
        self.fouten.append(self._at(Tekstfout(self.bestand, nummer, wat, advies)))

    def _at(self, fout: Tekstfout) -> Tekstfout:
        begin = self.begin.get(fout.regel, "")
        where = f" De alinea begint met: ‘{begin}’." if begin else ""
        return replace(fout, eenheid="alinea", wat=as_haakjes(fout.wat), advies=as_haakjes(fout.advies) + where)

    def of_regel(self, fout: Tekstfout) -> Tekstfout:
        """A fault in a line of `bron` as one in its paragraph."""
        nummer = self.alineas[min(max(fout.regel, 1), len(self.alineas)) - 1] if self.alineas else 1
        return self._at(replace(fout, regel=nummer))


def read_word(bestand: str, raw: bytes, cijfers: Cijfers, velden: dict[str, str]) -> Woordtekst:
    """Read a document. `velden`: what the head of the text says beside its title (hoofdstuk, plaats).

    Raises TekstError for what is no document, or may not be opened.
    """
    document = open_word(bestand, raw)
    woord = Woordtekst(bestand)
    vormen = list(_alineas(document, woord))
    titel = next((v for v in vormen if v.soort == "kop" and v.niveau == 0), None)
    if titel is not None and _HAAK.search(titel.woorden):
        woord.fout(titel.nummer, "een verwijzing in de titel", "Zet het cijfer in de tekst eronder.")
    kop = dict(velden)
    if titel is not None:
        kop["titel"] = " ".join(titel.woorden.split())
    regels: list[tuple[int, str]] = [(1, "---"), *((1, f"{n}: {w}") for n, w in kop.items() if w), (1, "---")]
    if kop.get("plaats", "begin") not in PLAATSEN:
        woord.fout(1, f"plaats '{kop['plaats']}' bestaat niet", f"Kies uit: {', '.join(PLAATSEN)}.")
    niveaus = sorted({v.niveau for v in vormen if v.soort == "kop" and v.niveau})
    vorige = ""
    for vorm in vormen:
        if vorm is titel:
            continue
        if vorm.soort != vorige or vorm.soort not in ("punt", "nummer", "citaat"):
            regels.append((vorm.nummer, ""))
        vorige = vorm.soort
        regels += [(vorm.nummer, r) for r in _markdown(vorm, niveaus, cijfers, woord)]
    woord.bron = "\n".join(r for _, r in regels) + "\n"
    woord.alineas = [n for n, _ in regels]
    return woord


def _alineas(document: Any, woord: Woordtekst) -> Iterator[Alineavorm]:
    """The paragraphs with words, in order; what a text can not hold is noted."""
    body = document.element.body
    if any(True for _ in body.iter(qn("w:tbl"))):
        woord.fout(1, "er staat een tabel in", "Haal haar weg: tabellen maakt de monitor zelf.")
    if any(True for _ in body.iter("{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath")):
        woord.fout(1, "er staat een formule in", "Schrijf haar in woorden.")
    stijlen = {s.style_id: s for s in document.styles}
    seen_title = seen_text = False
    alle = list(body.iter(qn("w:p")))
    if len(alle) > ALINEAS:
        woord.fout(1, f"er staan meer dan {ALINEAS} alinea's in", "Verdeel de tekst over meer documenten.")
    for nummer, element in enumerate(alle[:ALINEAS], start=1):
        letters = tuple(_letters(element, document))
        woorden = "".join(x.teken for x in letters)
        if woorden.strip():
            woord.begin[nummer] = " ".join(woorden.split()[:6])
        for tag, (wat, advies) in _GEEN.items():
            if any(True for _ in element.iter(qn(tag))):
                woord.fout(nummer, f"hier staat {wat}", advies)
        if not woorden.strip() or any(True for _ in element.iterancestors(qn("w:tbl"))):
            continue
        soort, niveau = _soort(element, stijlen, document)
        if soort == "kop" and niveau <= 1 and not seen_title and not seen_text:
            niveau, seen_title = 0, True
        elif soort == "kop" and niveau == 0:
            niveau = 1
        seen_text = seen_text or soort != "kop"
        if soort in ("punt", "nummer") and _level(element):
            woord.fout(nummer, "een lijst in een lijst", "Maak er één lijst van, of een tussenkop.")
        yield Alineavorm(nummer, soort, letters, niveau)


def _letters(element: Any, document: Any) -> Iterator[Letter]:
    for node in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen"), qn("w:softHyphen")):
        run = node.getparent()
        if run.tag != qn("w:r") or next(node.iterancestors(qn("w:p"))) is not element:
            continue
        tekst = {qn("w:t"): node.text or "", qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}.get(node.tag, " ")
        vet = any(_is_on(run.find(f"{qn('w:rPr')}/{qn(tag)}")) for tag in ("w:b", "w:i"))
        link = next(node.iterancestors(qn("w:hyperlink")), None)
        naar = ""
        if link is not None and (id_ := link.get(qn("r:id"))) is not None:
            rel = document.part.rels.get(id_)
            naar = rel.target_ref if rel is not None and rel.is_external else ""
        yield from (Letter(" " if c in "\t\n\r" else c, vet, naar) for c in tekst)


def _is_on(mark: Any) -> bool:
    return mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false", "none")


def _soort(element: Any, stijlen: dict[str, Any], document: Any) -> tuple[str, int]:
    """What a paragraph is, by its style (under the name that every language of Word stores) and its list."""
    found = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    stijl = stijlen.get(found.get(qn("w:val"))) if found is not None else None
    naam = (stijl.name or "").lower() if stijl is not None else ""
    if naam == "title":
        return "kop", 0
    if kop := re.fullmatch(r"heading (\d)", naam):
        return "kop", int(kop[1])
    if naam in ("quote", "intense quote"):
        return "citaat", 0
    nummering = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if nummering is None and stijl is not None:
        nummering = stijl.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if nummering is not None:
        return ("nummer" if _is_numbered(nummering, document) else "punt"), 0
    if naam.startswith(("list bullet", "list number")):
        return ("nummer" if "number" in naam else "punt"), 0
    return "alinea", 0


def _level(element: Any) -> int:
    found = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
    waarde = found.get(qn("w:val"), "0") if found is not None else "0"
    return int(waarde) if waarde.isdecimal() else 0


def _is_numbered(nummering: Any, document: Any) -> bool:
    """Whether a list counts: what its first level shows is no bullet."""
    id_ = nummering.find(qn("w:numId"))
    if id_ is None or not any(str(r.reltype).endswith("/numbering") for r in document.part.rels.values()):
        return False
    root = document.part.numbering_part.element
    for num in root.iter(qn("w:num")):
        if num.get(qn("w:numId")) != id_.get(qn("w:val")):
            continue
        wanted = num.find(qn("w:abstractNumId"))
        for abstract in root.iter(qn("w:abstractNum")):
            if wanted is not None and abstract.get(qn("w:abstractNumId")) == wanted.get(qn("w:val")):
                vorm = next(abstract.iter(qn("w:numFmt")), None)
                return vorm is not None and vorm.get(qn("w:val")) not in ("bullet", "none")
    return False


def _markdown(vorm: Alineavorm, niveaus: list[int], cijfers: Cijfers, woord: Woordtekst) -> list[str]:
    """A paragraph as lines of Markdown."""
    als, letters = _als(vorm, cijfers, woord)
    tekst = "".join(_runs(_verwijs(replace(vorm, letters=letters), cijfers, woord), vorm.nummer, woord)).strip()
    if not tekst:
        return []
    match vorm.soort:
        case "kop":
            diep = niveaus.index(vorm.niveau)
            if diep > 1:
                woord.fout(vorm.nummer, "een derde soort tussenkop", "Gebruik hoogstens twee soorten koppen.")
            regel = f"{'##' if diep == 0 else '###'} {tekst}"
        case "punt":
            regel = f"- {tekst}"
        case "nummer":
            regel = f"1. {tekst}"
        case "citaat":
            regel = f"> {tekst}"
        case _:
            regel = tekst
    if not als:
        return [regel]
    if vorm.soort in ("punt", "nummer", "citaat"):
        woord.fout(vorm.nummer, "[als er is: ...] in een lijst of citaat", "Zet het voor een gewone alinea.")
    return [f"{{% if aanwezig({als}) %}}", regel, "{% endif %}"]


def _als(vorm: Alineavorm, cijfers: Cijfers, woord: Woordtekst) -> tuple[str, tuple[Letter, ...]]:
    """What a paragraph waits for, from `[als er is: bbp]` at its start, and the characters after that."""
    found = re.match(r"\s*\[(\s*als er is\b[^\[\]]*)\]\s*", vorm.woorden, re.I)
    if found is None:
        return "", vorm.letters
    try:
        return read_haakjes(found[1], cijfers).call, vorm.letters[found.end() :]
    except VerwijzingError as error:
        woord.fout(vorm.nummer, error.wat, error.vervolg)
        return "", vorm.letters[found.end() :]


def _verwijs(vorm: Alineavorm, cijfers: Cijfers, woord: Woordtekst) -> Iterator[Letter]:
    """The characters of a paragraph; a reference in brackets is one, and holds its call."""
    tekst, plaats = vorm.woorden, 0
    for found in _HAAK.finditer(tekst):
        yield from _los(vorm, plaats, found.start(), woord)
        plaats = found.end()
        try:
            gelezen = read_haakjes(found[1], cijfers)
        except VerwijzingError as error:
            woord.fout(vorm.nummer, f"[{found[1]}]: {error.wat}", error.vervolg)
            continue
        if gelezen.als:
            woord.fout(vorm.nummer, f"[{found[1]}] midden in een alinea", "Zet het vooraan in de alinea.")
            continue
        yield replace(vorm.letters[found.start()], teken=f"{{{{ {gelezen.call} }}}}")
    yield from _los(vorm, plaats, len(tekst), woord)


def _los(vorm: Alineavorm, begin: int, end: int, woord: Woordtekst) -> Iterator[Letter]:
    if _LOS.search(vorm.woorden[begin:end]):
        woord.fout(
            vorm.nummer,
            "een vierkante haak zonder de andere",
            "Een verwijzing begint met [ en eindigt met ]. Gebruik voor iets anders ronde haken.",
        )
    yield from (x for x in vorm.letters[begin:end] if x.teken not in "[]")


def _runs(letters: Iterator[Letter], nummer: int, woord: Woordtekst) -> Iterator[str]:
    """Characters of one form together, with the marks of that form; blanks stay outside the marks."""
    groepen: list[tuple[bool, str, list[str]]] = []
    for x in letters:
        if groepen and groepen[-1][:2] == (x.vet, x.naar):
            groepen[-1][2].append(x.teken)
        else:
            groepen.append((x.vet, x.naar, [x.teken]))
    first = True
    for vet, naar, tekens in groepen:
        tekst = "".join(t if t.startswith("{{") else _escape(t) for t in tekens)
        if first:
            tekst = _REGELBEGIN.sub(lambda m: f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}", tekst)
        first = False
        kern = tekst.strip()
        if not kern or not (vet or naar):
            yield tekst
            continue
        voor, na = tekst[: len(tekst) - len(tekst.lstrip())], tekst[len(tekst.rstrip()) :]
        if naar and not re.fullmatch(r"https://[^\s<>()\"]+", naar):
            woord.fout(nummer, f"een koppeling naar '{naar[:80]}'", "Een koppeling begint met https://.")
        elif naar:
            kern = f"[{kern}]({naar})"
        yield f"{voor}{f'**{kern}**' if vet and not naar else kern}{na}"


def _escape(teken: str) -> str:
    return _ACCOLADE.get(teken) or _TEKEN.sub(r"\\\g<0>", teken)


def check_word(
    bestand: str,
    raw: bytes,
    cijfers: Cijfers,
    hoofdstukken: list[str],
    *,
    velden: dict[str, str],
    namen: tuple[str, ...] = (),
) -> tuple[Woordtekst, Tekst, list[Tekstfout]]:
    """Read and check a chapter from Word: its source, the text, and every fault with its paragraph.

    `velden` holds `hoofdstuk`; `hoofdstukken` are those of the report. Raises TekstError for what may not be opened.
    """
    woord = read_word(bestand, raw, cijfers, velden)
    tekst, fouten = read_tekst(f"{bestand}.md", woord.bron, cijfers, hoofdstukken, namen)
    if not woord.begin:
        woord.fout(1, "er staan geen woorden in het document", "Schrijf er tekst in.")
    alle = [*woord.fouten, *(woord.of_regel(replace(f, bestand=bestand)) for f in fouten)]
    return woord, replace(tekst, bestand=bestand), sorted(set(alle))
