"""A workbook as ODS (OpenDocument 1.3), written as XML: a library makes an object of each cell and is far slower."""

from __future__ import annotations

from datetime import UTC
from xml.sax.saxutils import escape, quoteattr

from reports import getallen
from reports.downloads.vastzip import write_zip
from reports.downloads.werkboek import Cel, Getal, Sprong, Werkblad, Werkboek, as_text

SOORT = "application/vnd.oasis.opendocument.spreadsheet"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        **{
            n: f"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"
            for n in ("office", "style", "text", "table", "meta", "config")
        },
        "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
LETTER = "Arial"
# A column of a character is about this wide.
CENTIMETER = 0.21
TITEL, REGEL, KOP, GETALKOP, TEKST, GETALTEKST = "titel", "regel", "kop", "getalkop", "tekst", "getaltekst"


def _escape(text: str) -> str:
    return escape(as_text(text))


def _cell_style(name: str, text: str, cell: str = "", paragraph: str = "", data: str = "") -> str:
    data = f' style:data-style-name="{data}"' if data else ""
    return (
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default"{data}>'
        f'<style:table-cell-properties style:vertical-align="top" {cell}/>'
        f"<style:paragraph-properties {paragraph}/>"
        f"<style:text-properties {text}/></style:style>"
    )


def _number_style(name: str, getal: Getal) -> str:
    before = "<number:text>≈ </number:text>" if getal.benadering else ""
    behind = f"<number:text>{escape(getal.teken)}</number:text>" if getal.teken else ""
    body = (
        f'<number:number number:decimal-places="{getal.decimalen}" number:min-decimal-places="{getal.decimalen}" '
        'number:min-integer-digits="1" number:grouping="true"/>'
    )
    return (
        f'<number:number-style style:name="{name}" number:language="nl" number:country="NL">{before}{body}{behind}'
        "</number:number-style>"
    )


class _Schrijver:
    """Writes the sheets, and keeps the styles that they turn out to need."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[int, str, bool], tuple[str, Getal]] = {}
        self.widths: dict[int, str] = {}

    def number(self, getal: Getal) -> str:
        key = (getal.decimalen, getal.teken, getal.benadering)
        if key not in self.numbers:
            self.numbers[key] = (f"getal{len(self.numbers) + 1}", getal)
        return self.numbers[key][0]

    def width(self, breedte: int) -> str:
        return self.widths.setdefault(breedte, f"kolom{breedte}")

    def cell(self, cel: Cel, style: str) -> str:
        match cel:
            case Getal():
                shown = getallen.format_getal(cel.waarde, cel.decimalen) + cel.teken
                shown = f"≈ {shown}" if cel.benadering else shown
                return (
                    f'<table:table-cell table:style-name="{self.number(cel)}" office:value-type="float" '
                    f'office:value="{cel.waarde!r}"><text:p>{escape(shown)}</text:p></table:table-cell>'
                )
            case Sprong():
                naar = cel.naar if cel.extern else f"#'{cel.naar}'.A1"
                link = f'<text:a xlink:type="simple" xlink:href={quoteattr(naar)}>{_escape(cel.tekst)}</text:a>'
                return self._text(link, style)
        return self._text(_escape(cel), style)

    def _text(self, content: str, style: str) -> str:
        return (
            f'<table:table-cell table:style-name="{style}" office:value-type="string">'
            f"<text:p>{content}</text:p></table:table-cell>"
        )

    def row(self, cellen: tuple[Cel, ...], *styles: str) -> str:
        shown = zip(cellen, styles, strict=True)
        return f'<table:table-row table:style-name="rij">{"".join(self.cell(c, s) for c, s in shown)}</table:table-row>'

    def blad(self, blad: Werkblad) -> str:
        name = quoteattr(blad.naam)
        columns = "".join(
            f'<table:table-column table:style-name="{self.width(k.breedte)}" table:default-cell-style-name="{TEKST}"/>'
            for k in blad.kolommen
        )
        koppen = self.row(tuple(k.kop for k in blad.kolommen), *(GETALKOP if k.getal else KOP for k in blad.kolommen))
        styles = [GETALTEKST if k.getal else TEKST for k in blad.kolommen]
        parts = [
            f'<table:table table:name={name} table:style-name="blad"><table:title>{escape(blad.titel)}</table:title>',
            columns,
            self.row((blad.titel,), TITEL),
            *(self.row((regel,), REGEL) for regel in blad.regels),
            f"<table:table-header-rows>{koppen}</table:table-header-rows>",
            *(self.row(rij, *styles) for rij in blad.rijen),
            "</table:table>",
        ]
        return "".join(parts)


def _letters(column: int) -> str:
    """The letters of a column, from 1: 'A', 'Z', 'AA'."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _range(blad: Werkblad, number: int) -> str:
    """A table as the programs know it: with a name, and its first row as headings."""
    end = f"{_letters(len(blad.kolommen))}{blad.kopregel + len(blad.rijen)}"
    place = quoteattr(f"'{blad.naam}'.A{blad.kopregel}:'{blad.naam}'.{end}")
    return (
        f'<table:database-range table:name="tabel_{number}" table:target-range-address={place} '
        'table:contains-header="true" table:display-filter-buttons="true"/>'
    )


def _content(werkboek: Werkboek) -> str:
    schrijver = _Schrijver()
    sheets = "".join(schrijver.blad(b) for b in werkboek.bladen)
    wrap = 'fo:wrap-option="wrap"'
    font = f'style:font-name="{LETTER}" fo:font-size="11pt" fo:language="nl" fo:country="NL"'
    bold = font + ' fo:font-weight="bold"'
    right, aside = 'fo:text-align="end"', 'style:text-align-source="fix" fo:padding-right="0.2cm"'
    styles = [
        '<style:style style:name="blad" style:family="table"><style:table-properties table:display="true"/>'
        "</style:style>",
        '<style:style style:name="rij" style:family="table-row"><style:table-row-properties '
        'style:use-optimal-row-height="true"/></style:style>',
        _cell_style(TITEL, bold.replace("11pt", "16pt")),
        _cell_style(REGEL, font),
        _cell_style(KOP, bold, wrap),
        _cell_style(GETALKOP, bold, f"{wrap} {aside}", right),
        _cell_style(TEKST, font, wrap),
        _cell_style(GETALTEKST, font, f"{wrap} {aside}", right),
        *(
            f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties '
            f'style:column-width="{breedte * CENTIMETER:.2f}cm"/></style:style>'
            for breedte, name in schrijver.widths.items()
        ),
    ]
    for name, getal in schrijver.numbers.values():
        styles.append(_number_style(f"{name}vorm", getal))
        styles.append(_cell_style(name, font, aside, right, f"{name}vorm"))
    ranges = "".join(_range(b, n) for n, b in enumerate(werkboek.bladen, start=1))
    return (
        f'{HEAD}<office:document-content {NAMESPACES} office:version="1.3">'
        f'<office:font-face-decls><style:font-face style:name="{LETTER}" svg:font-family="{LETTER}"/>'
        f"</office:font-face-decls><office:automatic-styles>{''.join(styles)}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{sheets}<table:database-ranges>{ranges}</table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _styles() -> str:
    page = (
        '<style:page-layout style:name="blad"><style:page-layout-properties style:print-orientation="landscape" '
        'fo:page-width="29.7cm" fo:page-height="21cm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout>'
    )
    return (
        f'{HEAD}<office:document-styles {NAMESPACES} office:version="1.3"><office:styles>'
        '<style:style style:name="Default" style:family="table-cell"><style:text-properties fo:language="nl" '
        'fo:country="NL"/></style:style></office:styles>'
        f"<office:automatic-styles>{page}</office:automatic-styles><office:master-styles>"
        '<style:master-page style:name="Default" style:page-layout-name="blad"/></office:master-styles>'
        "</office:document-styles>"
    )


def _settings(werkboek: Werkboek) -> str:
    """The first columns and the headings of each table stay in sight; the workbook opens on its first sheet."""

    def item(name: str, soort: str, value: object) -> str:
        return f'<config:config-item config:name="{name}" config:type="{soort}">{value}</config:config-item>'

    def entry(blad: Werkblad) -> str:
        across, down = blad.vast, blad.kopregel
        items = (
            item("HorizontalSplitMode", "short", 2),
            item("VerticalSplitMode", "short", 2),
            item("HorizontalSplitPosition", "int", across),
            item("VerticalSplitPosition", "int", down),
            item("ActiveSplitRange", "short", 3),
            item("PositionLeft", "int", 0),
            item("PositionRight", "int", across),
            item("PositionTop", "int", 0),
            item("PositionBottom", "int", down),
        )
        name = quoteattr(blad.naam)
        return f"<config:config-item-map-entry config:name={name}>{''.join(items)}</config:config-item-map-entry>"

    tables = "".join(entry(b) for b in werkboek.bladen)
    return (
        f'{HEAD}<office:document-settings {NAMESPACES} office:version="1.3"><office:settings>'
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        f"<config:config-item-map-entry>{item('ViewId', 'string', 'view1')}"
        f'<config:config-item-map-named config:name="Tables">{tables}</config:config-item-map-named>'
        f"{item('ActiveTable', 'string', escape(werkboek.bladen[0].naam))}"
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>"
    )


def _meta(werkboek: Werkboek) -> str:
    moment = werkboek.moment.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"
    maker = escape(werkboek.maker)
    return (
        f'{HEAD}<office:document-meta {NAMESPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{escape(werkboek.titel)}</dc:title><dc:subject>{escape(werkboek.onderwerp)}</dc:subject>"
        f"<meta:initial-creator>{maker}</meta:initial-creator><dc:creator>{maker}</dc:creator>"
        f"<meta:creation-date>{moment}</meta:creation-date><dc:date>{moment}</dc:date><dc:language>nl-NL</dc:language>"
        "</office:meta></office:document-meta>"
    )


def render(werkboek: Werkboek) -> bytes:
    """The workbook as the bytes of an ODS file, the same for the same workbook."""
    files = {
        "content.xml": _content(werkboek),
        "styles.xml": _styles(),
        "settings.xml": _settings(werkboek),
        "meta.xml": _meta(werkboek),
    }
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{soort}"/>'
        for name, soort in (("/", SOORT), *((name, "text/xml") for name in files))
    )
    manifest = (
        f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3">{entries}</manifest:manifest>'
    )
    parts = {"mimetype": SOORT, "META-INF/manifest.xml": manifest, **files}
    return write_zip({name: text.encode() for name, text in parts.items()}, los=("mimetype",))
