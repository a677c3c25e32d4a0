"""The blocks of one page as HTML: text, tables, figures, each within reach of who reads it on a phone or hears it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import assert_never
from urllib.parse import quote

from markupsafe import Markup, escape

from reports.document import (
    Alinea,
    Blad,
    Blok,
    Citaat,
    Codeblok,
    Feiten,
    Figuur,
    Figuurblok,
    Kerncijfer,
    Kerncijfers,
    Kop,
    Lijst,
    Melding,
    Naast,
    Uitklap,
)
from reports.inhoud import Bestand, Code, Doel, Inhoud, Klein, Koppeling, Merk, Nadruk, Run, Taal, Voorlees, plain
from reports.tabel import Cel, Kolom, Tabel

# Characters from which a column holds sentences.
LANG = 30


def data_uri(svg: str) -> Markup:
    """An SVG as an address that holds it. As an image it has an alt text that every reader knows, and its own ids."""
    return Markup("data:image/svg+xml," + quote(svg.replace('"', "'"), safe=" =:/;,()!*@+?$-_.~'{}[]|^"))


def figuurbestand(blad: Blad, blok: Figuurblok, vorm: str = "svg") -> Bestand:
    """Where a figure stands by itself: an address that stays the same as long as page and figure keep their names."""
    return Bestand(f"figuur/{blad.id.replace('/', '-')}/{blok.id}.{vorm}")


def css_text(text: str) -> Markup:
    """A text as a CSS string, for what the style sheet prints in the margin of each page."""
    safe = "".join(c if c.isalnum() or c in " .,:;-()" else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{safe}"')


def _heard(text: str) -> Markup:
    return Markup('<span class="svd-voorlezen">{}</span>').format(text) if text else Markup()


class Bladschrijver:
    """Writes the blocks of one page; knows the page, so that its links are relative.

    `platen`: the paths of the figures that stand beside the pages as PNG too.
    """

    def __init__(self, blad: Blad, platen: Collection[str] = ()) -> None:
        self.blad = blad
        self.platen = platen
        self.root = "../" * blad.id.count("/")

    def href(self, naar: str | Doel | Bestand) -> str:
        """Where a link goes, from this page."""
        match naar:
            case Doel():
                page = "" if naar.blad == self.blad.id else f"{self.root}{naar.blad}.html"
                return f"{page}#{naar.anker}" if naar.anker or not page else page
            case Bestand():
                return self.root + quote(naar.pad)
        return naar

    def inhoud(self, inhoud: Inhoud) -> Markup:
        """Runs of text."""
        # of a page nearly all are one text
        if len(inhoud) == 1 and isinstance(inhoud[0], str):
            return escape(inhoud[0])
        return Markup("").join([self._run(run) for run in inhoud])

    def _run(self, run: Run) -> Markup:
        match run:
            case str():
                return escape(run)
            case Nadruk():
                return Markup("<strong>{}</strong>").format(run.tekst)
            case Klein():
                return Markup('<span class="svd-klein">{}</span>').format(run.tekst)
            case Code():
                return Markup("<code>{}</code>").format(run.tekst)
            case Voorlees(zichtbaar="", gesproken=heard):
                return _heard(heard)
            case Voorlees():
                return Markup('<span aria-hidden="true">{}</span>').format(run.zichtbaar) + _heard(run.gesproken)
            case Taal():
                return Markup('<span lang="{}">{}</span>').format(run.taal, run.tekst)
            case Merk():
                return Markup(
                    '<span class="svd-merk svd-merk--{}"><span aria-hidden="true">{}</span> {}</span>'
                ).format(run.soort, run.teken, run.tekst)
            case Koppeling():
                download = Markup(" download") if isinstance(run.naar, Bestand) else Markup()
                return Markup('<a href="{}"{}>{}{}</a>').format(
                    self.href(run.naar), download, run.tekst, _heard(run.gesproken)
                )
        assert_never(run)

    def blokken(self, blokken: tuple[Blok, ...]) -> Markup:
        """Blocks, one after the other."""
        return Markup("\n").join(self._blok(blok) for blok in blokken)

    def _blok(self, blok: Blok) -> Markup:
        match blok:
            case Kop():
                return Markup('<h{0} id="{1}" tabindex="-1">{2}</h{0}>').format(blok.niveau, blok.id, blok.tekst)
            case Alinea():
                return Markup('<p class="svd-{}">{}</p>').format(blok.rol, self.inhoud(blok.inhoud))
            case Lijst():
                tag = "ol" if blok.genummerd else "ul"
                items = Markup("\n").join(Markup("<li>{}</li>").format(self.inhoud(i)) for i in blok.items)
                return Markup("<{0}>\n{1}\n</{0}>").format(tag, items)
            case Figuurblok():
                return self._figuur(blok)
            case Naast():
                items = Markup("\n").join(Markup("<div>\n{}\n</div>").format(self._blok(b)) for b in blok.blokken)
                return Markup('<div class="svd-naast">\n{}\n</div>').format(items)
            case Tabel():
                return self._tabel(blok)
            case Feiten():
                pairs = Markup("\n").join(
                    Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(naam, self.inhoud(inhoud))
                    for naam, inhoud in blok.paren
                )
                return Markup('<dl class="svd-feiten">\n{}\n</dl>').format(pairs)
            case Kerncijfers():
                items = Markup("\n").join(self._kerncijfer(k) for k in blok.items)
                return Markup('<ul class="svd-kerncijfers">\n{}\n</ul>').format(items)
            case Melding():
                soort = blok.soort.replace(" ", "-")
                return Markup('<div class="svd-bericht svd-bericht--{}" role="note">\n{}\n</div>').format(
                    soort, self.blokken(blok.blokken)
                )
            case Citaat():
                return Markup("<figure><blockquote><p>{}</p></blockquote><figcaption>{}</figcaption></figure>").format(
                    self.inhoud(blok.inhoud), blok.van
                )
            case Codeblok():
                return Markup(
                    '<div class="svd-scroll" role="group" aria-label="{}" tabindex="0"><pre><code>{}</code></pre></div>'
                ).format(blok.naam, blok.tekst)
            case Uitklap():
                drukken = " svd-meer--drukken" if blok.drukken else ""
                return Markup('<details class="svd-meer{}">\n<summary>{}{}</summary>\n{}\n</details>').format(
                    drukken, blok.titel, _heard(blok.gesproken), self.blokken(blok.blokken)
                )
        assert_never(blok)

    def _kerncijfer(self, k: Kerncijfer) -> Markup:
        eenheid = Markup(' <span class="svd-klein">{}</span>').format(k.eenheid) if k.eenheid else Markup()
        toelichting = Markup("<br>").join(k.toelichting)
        return Markup(
            '<li class="svd-kerncijfer"><p class="svd-kerncijfer__naam"><a href="{}">{}</a></p>'
            '<p class="svd-kerncijfer__waarde">{}{}</p><p class="svd-kerncijfer__toelichting">{}</p></li>'
        ).format(self.href(k.naar), k.naam, k.waarde, eenheid, toelichting)

    def _figuur(self, blok: Figuurblok) -> Markup:
        figuur = blok.figuur
        noten = Markup().join(Markup('<p class="svd-noot">{}</p>\n').format(noot) for noot in figuur.noten)
        losse: Inhoud = (Koppeling("Figuur als SVG", figuurbestand(self.blad, blok), f": {figuur.kop}"),)
        if (png := figuurbestand(self.blad, blok, "png")).pad in self.platen:
            losse = (*losse, ", ", Koppeling("PNG", png, f": {figuur.kop}"))
        under = Markup('<p class="svd-bron">{}</p>\n').format(self.inhoud((*blok.bijschrift, " ", *losse, ".")))
        more = self.blokken(blok.uitklap)
        width, height = size_of(figuur)
        return Markup(
            '<figure class="svd-figuur{}" id="{}">\n<figcaption>{}</figcaption>\n'
            '<img src="{}" alt="{}" width="{}" height="{}" decoding="async">\n{}{}{}</figure>'
        ).format(
            " svd-figuur--breed" if blok.breed else "",
            blok.id,
            figuur.kop,
            data_uri(figuur.svg),
            figuur.alt,
            width,
            height,
            noten,
            under,
            more,
        )

    def _tabel(self, tabel: Tabel) -> Markup:
        head = Markup().join(
            Markup('<th scope="col"{}>{}</th>').format(_klasse(k), self.inhoud(k.kop)) for k in tabel.kolommen
        )
        long = _long_columns(tabel)
        bodies = Markup("\n").join(
            Markup("<tbody>\n{}\n</tbody>").format(Markup("\n").join(self._rijen(tabel, n, long)))
            for n in range(len(tabel.groepen))
        )
        noten = Markup().join(Markup('\n<p class="svd-noot">{}</p>').format(noot) for noot in tabel.noten)
        return Markup(
            '<div class="svd-scroll" role="group" aria-labelledby="{0}-bijschrift" tabindex="0">\n'
            '<table class="svd-tabel{1}" id="{0}" style="{6}">\n'
            '<caption id="{0}-bijschrift"><span>{2}</span></caption>\n'
            "<thead>\n<tr>{3}</tr>\n</thead>\n{4}\n</table>\n</div>{5}"
        ).format(
            tabel.id, " svd-tabel--dicht" if tabel.dicht else "", tabel.bijschrift, head, bodies, noten, _koppen(tabel)
        )

    def _rijen(self, tabel: Tabel, n: int, long: set[int]) -> Iterator[Markup]:
        groep = tabel.groepen[n]
        if groep.kop:
            yield Markup('<tr class="svd-tabel__groep"><th scope="rowgroup" colspan="{}">{}</th></tr>').format(
                len(tabel.kolommen), self.inhoud(groep.kop)
            )
        for rij in groep.rijen:
            # a hundred thousand cells: both parts are Markup already, and what joins them need not look again
            cells = "".join(
                f"<td{_klasse(k, c, lang=column in long)}>{self.inhoud(c.inhoud)}</td>"
                for column, (k, c) in enumerate(zip(tabel.kolommen[1:], rij.cellen, strict=True))
            )
            yield Markup(f'<tr><th scope="row">{self.inhoud(rij.kop)}</th>{cells}</tr>')


def _koppen(tabel: Tabel) -> str:
    """The headings of the columns for the style sheet, which sets them beside each cell where a row is a stack."""
    return ";".join(f"--k{n}:{css_text(plain(k.kop))}" for n, k in enumerate(tabel.kolommen[1:], start=2))


def stapelregels(kolommen: int) -> str:
    """The style by which a cell finds the heading of its column, for tables of so many columns."""
    return "".join(f".svd-tabel td:nth-child({n}){{--k:var(--k{n})}}" for n in range(2, kolommen + 1))


def _long_columns(tabel: Tabel) -> set[int]:
    """The columns of words, by their place after the headings of the rows: they need a width of their own."""
    return {
        n
        for n, kolom in enumerate(tabel.kolommen[1:])
        if kolom.uitlijning == "begin" and any(len(plain(r.cellen[n].inhoud)) > LANG for r in tabel.rijen)
    }


def _klasse(kolom: Kolom, cel: Cel | None = None, *, lang: bool = False) -> Markup:
    return _namen(kolom.uitlijning, kolom.nadruk, cel.vlak if cel else "", lang)


@cache
def _namen(uitlijning: str, nadruk: bool, vlak: str, lang: bool) -> Markup:
    names = ["svd-getal"] if uitlijning == "eind" else []
    names += ["svd-lang"] if lang else []
    names += ["svd-nadruk"] if nadruk else []
    names += [f"svd-vlak--{vlak}"] if vlak else []
    return Markup(' class="{}"').format(" ".join(names)) if names else Markup()


def size_of(figuur: Figuur) -> tuple[int, int]:
    """Width and height of a figure in pixels, as its SVG says. Raises ValueError where it does not."""
    root = figuur.svg[: figuur.svg.index(">")]
    found = [re.search(rf'\b{name}="([\d.]+)"', root) for name in ("width", "height")]
    if not all(found):
        raise ValueError(f"figuur '{figuur.kop}' heeft geen breedte en hoogte")
    width, height = (round(float(m[1])) for m in found if m)
    return width, height
