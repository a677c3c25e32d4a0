"""Slides in the form of the house: 16:9, one master, real titles, and nothing placed by guess.

A slide has a title (a placeholder, so that the outline and a screen reader know it), blocks in the order of reading,
and below what every page of the edition says with the number of the slide. The letter of a text is the largest in
which it fits in its box; what fits in no letter is an error, never cut off.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RELATIE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from begrippen import huisstijl
from begrippen.huisstijl import office
from reports.fout import DocumentError
from reports.stukken import ooxml, passen
from reports.stukken.kerncijfers import alle_teksten
from reports.stukken.ooxml import NAMEN, TAAL, inkt, set_taal
from reports.tabel import Tabel

LETTER = "Arial"
INKT, KOP, GRIJS, WIT = map(office, (huisstijl.INKT, huisstijl.KOP, huisstijl.GRIJS, huisstijl.WIT))
BLAUW, ORANJE, LICHT = map(office, (huisstijl.BLAUW, huisstijl.ORANJE, huisstijl.LICHT))
GUNSTIG, ONGUNSTIG = map(office, (huisstijl.GUNSTIG, huisstijl.ONGUNSTIG))
MELDING = office(huisstijl.MELDING)
VLAK = {soort: office(tint) for soort, tint in huisstijl.TINT.items()}
# In points: the slide, its margin, the title, what lies below it, the line at the bottom.
BREED, HOOG, RAND = 960.0, 540.0, 42.0
TITEL_TOP, TITEL_HOOG = 24.0, 52.0
TOP, BODEM = 88.0, 490.0
VOET_TOP, VOET_HOOG = 497.0, 32.0
NUMMER_BREED = 46.0
TITELMATEN = (28.0, 26.0, 24.0, 22.0, 20.0)
TEKSTMATEN = (20.0, 18.0, 16.0, 15.0, 14.0, 13.0, 12.0)
TABELMATEN = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
VOETMATEN = (11.0, 10.0, 9.0, 8.0)
# Between paragraphs, in sizes of the letter; within a cell and a box, in points.
TUSSEN = 0.5
CEL_X, CEL_Y = 5.0, 3.0
KLEIN = 11.0
TABELSTIJL = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_KLEUREN = {"dk2": KOP, "accent1": BLAUW, "accent2": ORANJE, "accent3": GRIJS, "hlink": BLAUW, "folHlink": BLAUW}
SOORTEN = {"title": "Titel", "ctrTitle": "Titel", "subTitle": "Ondertitel", "ftr": "Voettekst", "sldNum": "Dianummer"}


@dataclass(frozen=True)
class Vak:
    """A place on a slide, in points from its corner left above."""

    x: float
    y: float
    breed: float
    hoog: float

    def emu(self) -> tuple[Emu, Emu, Emu, Emu]:
        """Left, top, width and height as the file wants them."""
        x, y, breed, hoog = (Emu(round(v * 12700)) for v in (self.x, self.y, self.breed, self.hoog))
        return x, y, breed, hoog


VOL = Vak(RAND, TOP, BREED - 2 * RAND, BODEM - TOP)
PLAATSEN = {
    "title": Vak(RAND, TITEL_TOP, BREED - 2 * RAND, TITEL_HOOG),
    "ctrTitle": Vak(RAND, 130, BREED - 2 * RAND, 130),
    "subTitle": Vak(RAND, 280, BREED - 2 * RAND, 130),
    "ftr": Vak(RAND, VOET_TOP, BREED - 2 * RAND - NUMMER_BREED, VOET_HOOG),
    "sldNum": Vak(BREED - RAND - NUMMER_BREED, VOET_TOP, NUMMER_BREED, VOET_HOOG),
}


@dataclass(frozen=True)
class Stuk:
    """Words of one form in a paragraph."""

    tekst: str
    vet: bool = False


Alineatekst = tuple[Stuk, ...]


def _plain(alinea: Alineatekst) -> str:
    return "".join(s.tekst for s in alinea)


def kleur(code: str) -> RGBColor:
    """A colour by its six hexadecimal digits."""
    rgb: RGBColor = RGBColor.from_string(code)
    return rgb


class Dek:
    """Slides under the making. `voet`: what each says at the bottom, `melding`: whether that is a notice."""

    def __init__(self, titel: str, onderwerp: str, uitgever: str, voet: str, melding: bool) -> None:
        self.prs: Any = Presentation()
        self.titel, self.voet, self.melding = titel, voet, melding
        self.titels: list[str] = []
        _make_model(self.prs)
        eigen = self.prs.core_properties
        eigen.title, eigen.subject, eigen.author, eigen.language = titel, onderwerp, uitgever, TAAL
        eigen.keywords, eigen.last_modified_by, eigen.comments = ooxml.kort(voet), uitgever, ""
        self.voetmaat = passen.grootste((voet,), (BREED - 2 * RAND - NUMMER_BREED - 16, VOET_HOOG - 2), VOETMATEN)
        if self.voetmaat is None:
            raise DocumentError(f"De melding past niet onder aan een dia: '{voet}'. Maak haar korter.")

    def titelblad(self, ondertitel: Sequence[str]) -> Any:
        """The first slide: the title of it all, and lines under it."""
        slide = self._slide(0, self.titel)
        slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(40)
        slide.placeholders[1].name = SOORTEN["subTitle"]
        vul(slide.placeholders[1].text_frame, [(Stuk(o),) for o in ondertitel], 20.0, GRIJS, tussen=0.2)
        return slide

    def dia(self, titel: str) -> Any:
        """A slide with a title that no other slide has."""
        return self._slide(1, titel)

    def _slide(self, layout: int, titel: str) -> Any:
        if titel in self.titels:
            raise DocumentError(f"Twee dia's heten '{titel}': geef elke dia een eigen titel.")
        self.titels.append(titel)
        slide = self.prs.slides.add_slide(self.prs.slide_layouts[layout])
        slide.shapes.title.text_frame.text = titel
        slide.shapes.title.name = SOORTEN["title"]
        if layout == 1:
            vak = (BREED - 2 * RAND, TITEL_HOOG)
            maat = passen.grootste((titel,), vak, TITELMATEN, vet=True)
            if maat is None:
                raise DocumentError(f"De titel '{titel}' past niet boven een dia. Maak haar korter.")
            slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(maat)
        return slide

    def tekst(
        self,
        slide: Any,
        naam: str,
        alineas: Sequence[Alineatekst],
        vak: Vak,
        maten: Sequence[float] = TEKSTMATEN,
        *,
        ink: str = INKT,
        tussen: float = TUSSEN,
    ) -> float:
        """Put paragraphs in a box, in the largest letter that fits; returns the height that they take, in points."""
        plain = [_plain(a) for a in alineas]
        vet = any(s.vet for a in alineas for s in a)
        maat = passen.grootste(plain, (vak.breed, vak.hoog), maten, tussen=tussen, vet=vet)
        if maat is None:
            raise DocumentError(f"Dia '{self.titels[-1]}': '{plain[0][:60]}' past niet in zijn vak.")
        used = passen.hoogte(plain, vak.breed, maat, tussen=tussen, vet=vet)
        box = slide.shapes.add_textbox(*Vak(vak.x, vak.y, vak.breed, min(vak.hoog, used + 1)).emu())
        box.name = naam
        vul(box.text_frame, alineas, maat, ink, tussen=tussen)
        return used

    def beeld(self, slide: Any, naam: str, png: bytes, alt: str, vak: Vak) -> None:
        """Put a picture in a box, as large as it goes, with what it says for who can not see it."""
        picture = slide.shapes.add_picture(io.BytesIO(png), *vak.emu()[:2])
        scale = min(vak.breed * 12700 / picture.width, vak.hoog * 12700 / picture.height)
        picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
        picture.left = round(vak.x * 12700 + (vak.breed * 12700 - picture.width) / 2)
        beschrijf(picture, naam, alt)

    def tabel(self, slide: Any, tabel: Tabel, vak: Vak) -> float:
        """Put a table in a box, in the largest letter that fits; returns its height in points."""
        rijen = list(alle_teksten(tabel))
        for maat in TABELMATEN:
            breedtes = passen.kolommen(rijen, vak.breed, maat, CEL_X)
            if breedtes is None:
                continue
            hoogtes = [_rijhoogte(rij, breedtes, maat, kop=n == 0) for n, rij in enumerate(rijen)]
            if sum(hoogtes) <= vak.hoog:
                break
        else:
            raise DocumentError(f"Dia '{self.titels[-1]}': de tabel '{tabel.bijschrift}' past niet.")
        assert breedtes is not None
        frame = slide.shapes.add_table(
            len(rijen), len(breedtes), *Vak(vak.x, vak.y, vak.breed, sum(hoogtes)).emu()
        )  # fmt: skip
        beschrijf(frame, "Tabel", tabel.bijschrift)
        grid = frame.table
        grid.first_row, grid.first_col, grid.horz_banding = True, True, False
        frame._element.find(f".//{qn('a:tableStyleId')}").text = TABELSTIJL
        for column, wide in zip(grid.columns, breedtes, strict=True):
            column.width = Emu(round(wide * 12700))
        vlakken = [(None,) * len(breedtes), *((None, *(c.vlak for c in r.cellen)) for r in tabel.rijen)]
        for n, (rij, hoog, tinten) in enumerate(zip(rijen, hoogtes, vlakken, strict=True)):
            grid.rows[n].height = Emu(round(hoog * 12700))
            for m, (tekst, vlak) in enumerate(zip(rij, tinten, strict=True)):
                eind = tabel.kolommen[m].uitlijning == "eind"
                _cel(grid.cell(n, m), tekst, maat, kop=n == 0, vet=m == 0, eind=eind, vlak=VLAK.get(vlak or "", ""))
        return sum(hoogtes)

    def bytes(self, moment: datetime) -> bytes:
        """The finished file: notes of language and notice on every slide, the same bytes for the same slides."""
        for slide in self.prs.slides:
            _voet(slide, self.voet, self.voetmaat or VOETMATEN[-1], self.melding)
        eigen = self.prs.core_properties
        eigen.created = eigen.modified = eigen.last_printed = moment.replace(tzinfo=None)
        eigen.revision = 1
        for part in self.prs.part.package.iter_parts():
            if (root := getattr(part, "_element", None)) is not None:
                set_taal(root)
        out = io.BytesIO()
        self.prs.save(out)
        return ooxml.fix(out.getvalue(), moment)


def notitie(slide: Any, tekst: str) -> None:
    """What the speaker reads with a slide."""
    slide.notes_slide.notes_text_frame.text = tekst


def beschrijf(shape: Any, naam: str, alt: str) -> None:
    """Name a shape, and say what it shows for who can not see it."""
    shape.name = naam
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def vul(frame: Any, alineas: Sequence[Alineatekst], maat: float, ink: str, *, tussen: float = TUSSEN) -> None:
    """Fill a frame with paragraphs in one letter, without margins of its own."""
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for n, alinea in enumerate(alineas):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.space_before = Pt(maat * tussen if n else 0)
        for stuk in alinea:
            run = paragraph.add_run()
            run.text = stuk.tekst
            run.font.size, run.font.bold, run.font.color.rgb = Pt(maat), stuk.vet, kleur(ink)


def _rijhoogte(rij: Sequence[str], breedtes: Sequence[float], maat: float, *, kop: bool) -> float:
    lines = [
        passen.regels(t, b - 2 * CEL_X, maat, vet=kop or m == 0)
        for m, (t, b) in enumerate(zip(rij, breedtes, strict=True))
    ]
    return max(lines) * maat * passen.REGEL + 2 * CEL_Y


def _cel(cel: Any, tekst: str, maat: float, *, kop: bool, vet: bool, eind: bool, vlak: str) -> None:
    cel.margin_left = cel.margin_right = Pt(CEL_X)
    cel.margin_top = cel.margin_bottom = Pt(CEL_Y)
    cel.vertical_anchor = MSO_ANCHOR.BOTTOM if kop else MSO_ANCHOR.TOP
    for n, regel in enumerate(tekst.split("\n")):
        paragraph = cel.text_frame.add_paragraph() if n else cel.text_frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.RIGHT if eind else PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = regel
        run.font.size, run.font.bold, run.font.color.rgb = Pt(maat), kop or vet, kleur(KOP if kop else INKT)
    if vlak:
        cel.fill.solid()
        cel.fill.fore_color.rgb = kleur(vlak)
    else:
        cel.fill.background()
    rand = cel._tc.get_or_add_tcPr()
    line = rand.makeelement(qn("a:lnB"), {"w": str(12700 if kop else 6350)})
    solid = line.makeelement(qn("a:solidFill"), {})
    solid.append(solid.makeelement(qn("a:srgbClr"), {"val": GRIJS if kop else LICHT}))
    line.append(solid)
    # borders stand before the fill
    rand.insert(0, line)


# --- the master ---


def _make_model(prs: Any) -> None:
    """Make of the empty presentation of python-pptx that of the house: size, colours, letter, two layouts."""
    prs.slide_width, prs.slide_height = Emu(round(BREED * 12700)), Emu(round(HOOG * 12700))
    package = prs.part.package
    # a picture of the empty presentation, and the settings of a printer
    for holder, soort in ((package, RELATIE.THUMBNAIL), (prs.part, RELATIE.PRINTER_SETTINGS)):
        for naam in [n for n, r in holder._rels.items() if r.reltype == soort]:
            holder._rels.pop(naam)
    package.part_related_by(RELATIE.EXTENDED_PROPERTIES)._blob = ooxml.BREEDBEELD
    master = prs.slide_masters[0]
    keep = [prs.slide_layouts[0], prs.slide_layouts[5]]
    for layout in [x for x in prs.slide_layouts if x not in keep]:
        prs.slide_layouts.remove(layout)
    for layout, naam in zip(keep, ("Titelblad", "Titel en inhoud"), strict=True):
        layout._element.cSld.set("name", naam)
    theme = master.part.part_related_by(RELATIE.THEME)
    theme._blob = _thema(theme.blob)
    _stijl(master)
    for part in (master, *keep):
        for shape in list(part.placeholders):
            soort = shape._element.xpath(".//p:ph")[0].get("type", "")
            if soort == "dt":
                shape._element.getparent().remove(shape._element)
                continue
            shape.name = SOORTEN.get(soort, "Tekst")
            for paragraph in shape.text_frame.paragraphs if soort not in ("sldNum", "ftr") else ():
                for run in paragraph.runs:
                    run.text = SOORTEN.get(soort, "Tekst")
            x, y, breed, hoog = PLAATSEN.get(soort, VOL).emu()
            shape.left, shape.top, shape.width, shape.height = x, y, breed, hoog
    tree = master.shapes._spTree
    for n, (vak, ink) in enumerate(((Vak(0, 0, BREED, 8), BLAUW), (Vak(0, 8, 150, 3), ORANJE))):
        tree.insert(2 + n, _balk(901 + n, vak, ink))


def _thema(raw: bytes) -> bytes:
    """The colours and the letter of the house in the theme, so that who edits finds them in the menus."""
    text = raw.decode()
    text = re.sub(r'<a:theme ([^>]*)name="[^"]*"', r'<a:theme \1name="Huisstijl"', text)
    for naam, code in _KLEUREN.items():
        text = re.sub(rf"(<a:{naam}>).*?(</a:{naam}>)", rf'\1<a:srgbClr val="{code}"/>\2', text, flags=re.S)
    text = re.sub(r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*', rf"\1{LETTER}", text)
    return text.encode()


def _stijl(master: Any) -> None:
    """Titles bold, in the colour of headings, at the left."""
    for level in master._element.iter(qn("p:titleStyle")):
        style = level.find(qn("a:lvl1pPr"))
        style.set("algn", "l")
        letter = style.find(qn("a:defRPr"))
        letter.set("sz", str(round(TITELMATEN[0] * 100)))
        letter.set("b", "1")
        for fill in letter.findall(qn("a:solidFill")):
            letter.remove(fill)
        letter.insert(0, parse_xml(f'<a:solidFill {NAMEN}><a:srgbClr val="{KOP}"/></a:solidFill>'))
    for layout_part in (master, *master.slide_layouts):
        for body in layout_part._element.iter(qn("p:sp")):
            soort = next((ph.get("type", "") for ph in body.iter(qn("p:ph"))), "")
            for level in body.iter(qn("a:lvl1pPr")) if soort == "subTitle" else ():
                level.set("algn", "l")
            if soort in ("title", "ctrTitle"):
                frame = body.find(qn("p:txBody")).find(qn("a:bodyPr"))
                for kant in ("lIns", "tIns", "rIns", "bIns"):
                    frame.set(kant, "0")
                frame.set("anchor", "b")
                for fit in list(frame):
                    frame.remove(fit)


def _balk(nummer: int, vak: Vak, ink: str) -> Any:
    """A bar of colour on the master: decoration, so it has no words."""
    x, y, breed, hoog = vak.emu()
    return parse_xml(
        f"<p:sp {NAMEN}>"
        f'<p:nvSpPr><p:cNvPr id="{nummer}" name="Balk"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{breed}" cy="{hoog}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _voet(slide: Any, tekst: str, maat: float, melding: bool) -> None:
    """What every slide says and its number, as the placeholders that Office knows for them."""
    vulling = (
        f'<a:solidFill><a:srgbClr val="{MELDING}"/></a:solidFill><a:ln w="9525"><a:solidFill>'
        f'<a:srgbClr val="{ORANJE}"/></a:solidFill></a:ln>'
        if melding
        else ""
    )
    run = (
        f'<a:r><a:rPr lang="{TAAL}" sz="{round(maat * 100)}" b="{int(melding)}">{inkt(INKT)}</a:rPr>'
        f"<a:t>{escape(tekst)}</a:t></a:r>"
    )
    nummer = (
        f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="{TAAL}" sz="1100">'
        f"{inkt(GRIJS)}</a:rPr><a:t>{slide.part.package.presentation_part.presentation.slides.index(slide) + 1}</a:t>"
        "</a:fld>"
    )
    tree = slide.shapes._spTree
    used = max(int(e.get("id")) for e in tree.iter(qn("p:cNvPr")))
    for n, (soort, idx, inhoud, extra, kant) in enumerate(
        (("ftr", 11, run, vulling, "l"), ("sldNum", 12, nummer, "", "r")), start=1
    ):
        x, y, breed, hoog = PLAATSEN[soort].emu()
        tree.append(
            parse_xml(
                f'<p:sp {NAMEN}><p:nvSpPr><p:cNvPr id="{used + n}" name="{SOORTEN[soort]}"/>'
                f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph type="{soort}" sz="quarter" idx="{idx}"/>'
                f'</p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{breed}" cy="{hoog}"/>'
                f'</a:xfrm>{extra}</p:spPr><p:txBody><a:bodyPr lIns="50800" tIns="0" rIns="50800" bIns="0" '
                f'anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="{kant}"/>{inhoud}</a:p></p:txBody></p:sp>'
            )
        )
