"""The small part of Markdown that a text may use: headings, paragraphs, lists, stress, links and marked quotes.

What is not in that part is refused by name rather than printed as it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from markdown_it import MarkdownIt
from markdown_it.token import Token

from reports.document import Alinea, Blok, Citaat, Kop, Lijst
from reports.inhoud import Doel, Inhoud, Koppeling, Nadruk, Run, Voorlees
from reports.tekst.cijfers import Verwijzing
from reports.tekst.sjabloon import Vlak

# `lheading` would turn a line above a row of dashes into a heading, `code` a line with four spaces into program text.
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).disable(["lheading", "code", "autolink"])
BRON = re.compile(r"^[-–—]*\s*bron:\s*(?P<van>.*\w.*)$", re.I)
SAFE_ID = re.compile(r"[^a-z0-9]+")

GEEN = {
    "html_block": ("HTML", "Schrijf gewone tekst; nadruk is **woord**."),
    "html_inline": ("HTML", "Schrijf gewone tekst; nadruk is **woord**."),
    "fence": ("een codeblok", "Schrijf gewone tekst."),
    "code_inline": ("een codewoord tussen ` en `", "Laat de tekens ` weg."),
    "image": ("een plaatje", "Figuren maakt de monitor zelf."),
    "hr": ("een lijn", "Gebruik een tussenkop: ## Kop"),
    "hardbreak": ("een harde regelovergang", "Begin een nieuwe alinea met een lege regel."),
}


@dataclass(frozen=True)
class Stuk:
    """Text of one form; a reference in it is one character."""

    tekst: str
    nadruk: bool = False
    naar: str = ""


@dataclass(frozen=True)
class Deel:
    """A heading, paragraph, list item or quote. `begin`: where it starts in the text of the `Vlak`, as a line from 0.

    `lijst`: number of the list that an item is in, and whether that is numbered. `van`: whose words a quote are.
    """

    soort: Literal["kop", "alinea", "item", "citaat"]
    stukken: tuple[Stuk, ...]
    begin: int
    niveau: int = 0
    lijst: int = 0
    genummerd: bool = False
    van: str = ""

    @property
    def tekst(self) -> str:
        """All of it as one text."""
        return "".join(s.tekst for s in self.stukken)


def _stukken(inline: Token, vlak: Vlak, regel: int) -> tuple[Stuk, ...]:
    stukken: list[Stuk] = []
    nadruk, naar = 0, ""
    for token in inline.children or []:
        match token.type:
            case "text":
                stukken.append(Stuk(token.content, nadruk > 0, naar))
            case "softbreak":
                stukken.append(Stuk("\n", nadruk > 0, naar))
                regel += 1
            case "em_open" | "strong_open":
                nadruk += 1
            case "em_close" | "strong_close":
                nadruk -= 1
            case "link_open":
                naar = str(token.attrs.get("href", ""))
            case "link_close":
                naar = ""
            case soort:
                wat, advies = GEEN.get(soort, (soort, "Schrijf gewone tekst."))
                vlak.fout(_line(vlak, regel), f"{wat} mag niet in een tekst", advies)
    return tuple(s for s in stukken if s.tekst)


def _line(vlak: Vlak, flat: int) -> int:
    """The line in the file of a line of the flat text, both may differ where an `if` left lines out."""
    start = 0
    for _ in range(flat):
        start = vlak.tekst.find("\n", start) + 1
        if start == 0:
            return vlak.regel(len(vlak.tekst))
    return vlak.regel(start)


def line_of(vlak: Vlak, deel: Deel, plaats: int) -> int:
    """The line in the file of a character of the text of a part."""
    return _line(vlak, deel.begin + deel.tekst.count("\n", 0, plaats))


def _quote(tokens: list[Token], vlak: Vlak, regel: int) -> Deel | None:
    """The quote in the tokens between its opening and closing one."""
    inlines = [t for t in tokens if t.type == "inline"]
    if not inlines or any(t.type not in ("paragraph_open", "paragraph_close", "inline") for t in tokens):
        vlak.fout(_line(vlak, regel), "in een citaat staan alleen alinea's", "Zet voor elke regel een > en een spatie.")
        return None
    stukken = [s for t in inlines for s in (*_stukken(t, vlak, (t.map or [regel])[0]), Stuk("\n"))]
    lines = "".join(s.tekst for s in stukken).strip().split("\n")
    found = BRON.match(lines[-1].strip())
    if found is None or len(lines) < 2:
        vlak.fout(
            _line(vlak, regel),
            "een citaat zonder bron",
            "Zet onder het citaat een regel met de bron: > — bron: de titel van het stuk, paragraaf 1.1",
        )
        return None
    return Deel("citaat", (Stuk(" ".join(x.strip() for x in lines[:-1]).strip()),), regel, van=found["van"].strip())


def read_delen(vlak: Vlak) -> list[Deel]:
    """The parts of a text, in their order; what is wrong is noted in `vlak`."""
    delen: list[Deel] = []
    tokens = _MARKDOWN.parse(vlak.tekst)
    lijst, depth, genummerd, in_item = 0, 0, False, 0
    n = 0
    while n < len(tokens):
        token = tokens[n]
        regel = (token.map or [0])[0]
        match token.type:
            case "heading_open":
                niveau = int(token.tag[1:])
                inline = tokens[n + 1]
                if niveau not in (2, 3) or depth:
                    vlak.fout(
                        _line(vlak, regel),
                        f"een kop van niveau {niveau}",
                        "Gebruik ## voor een tussenkop, ### daaronder.",
                    )
                delen.append(Deel("kop", _stukken(inline, vlak, regel), regel, niveau=niveau))
                n += 2
            case "paragraph_open":
                if in_item > 1:
                    vlak.fout(
                        _line(vlak, regel), "meer dan één alinea in een punt van een lijst", "Maak er een punt bij."
                    )
                in_item += bool(in_item)
                stukken = _stukken(tokens[n + 1], vlak, regel)
                delen.append(
                    Deel("item", stukken, regel, lijst=lijst, genummerd=genummerd)
                    if depth
                    else Deel("alinea", stukken, regel)
                )
                n += 2
            case "bullet_list_open" | "ordered_list_open":
                lijst, depth, genummerd = lijst + 1, depth + 1, token.type == "ordered_list_open"
                if depth > 1:
                    vlak.fout(_line(vlak, regel), "een lijst in een lijst", "Maak er één lijst van, of een tussenkop.")
                if token.attrs.get("start", 1) != 1:
                    vlak.fout(
                        _line(vlak, regel),
                        f"een lijst die begint bij {token.attrs['start']}",
                        "Begin een genummerde lijst bij 1. Is het een getal? Gebruik dan een verwijzing.",
                    )
            case "bullet_list_close" | "ordered_list_close":
                depth -= 1
            case "list_item_open":
                in_item = 1
            case "list_item_close":
                in_item = 0
            case "blockquote_open":
                end = next(
                    m
                    for m in range(n, len(tokens))
                    if tokens[m].type == "blockquote_close" and tokens[m].level == token.level
                )
                if (quote := _quote(tokens[n + 1 : end], vlak, regel)) is not None and not depth:
                    delen.append(quote)
                elif depth:
                    vlak.fout(_line(vlak, regel), "een citaat in een lijst", "Zet het citaat na de lijst.")
                n = end
            case soort:
                wat, advies = GEEN.get(soort, (soort, "Schrijf gewone tekst."))
                vlak.fout(_line(vlak, regel), f"{wat} mag niet in een tekst", advies)
        n += 1
    return delen


def _runs(stuk: Stuk, verwijzingen: dict[str, Verwijzing]) -> list[Run]:
    words = re.sub(r"\s*\n\s*", " ", stuk.tekst)
    if stuk.nadruk or stuk.naar:
        plain = "".join(verwijzingen[c].tekst if c in verwijzingen else c for c in words)
        if stuk.naar:
            blad, _, anker = stuk.naar.partition("#")
            return [Koppeling(plain, stuk.naar if stuk.naar.startswith("https://") else Doel(blad, anker))]
        return [Nadruk(plain)]
    runs: list[Run] = []
    for c in words:
        found = verwijzingen.get(c)
        if found is not None and found.spreek:
            runs.append(Voorlees(found.tekst, found.spreek))
            continue
        text = found.tekst if found is not None else c
        last = runs[-1] if runs else None
        if isinstance(last, str):
            runs[-1] = last + text
        else:
            runs.append(text)
    return runs


def inhoud(deel: Deel, verwijzingen: dict[str, Verwijzing]) -> Inhoud:
    """The runs of a part, references filled in."""
    runs: list[Run] = []
    for run in (run for stuk in deel.stukken for run in _runs(stuk, verwijzingen)):
        if isinstance(run, str) and runs and isinstance(last := runs[-1], str):
            runs[-1] = last + run
        else:
            runs.append(run)
    return tuple(runs)


def _plain(deel: Deel, verwijzingen: dict[str, Verwijzing]) -> str:
    return "".join(verwijzingen[c].tekst if c in verwijzingen else c for c in deel.tekst).replace("\n", " ")


def make_blokken(delen: list[Deel], verwijzingen: dict[str, Verwijzing], prefix: str) -> tuple[Blok, ...]:
    """The blocks of a text. `prefix` begins the ids of its headings, so that they are unique on the page."""
    blokken: list[Blok] = []
    n = 0
    while n < len(delen):
        deel = delen[n]
        match deel.soort:
            case "kop":
                text = _plain(deel, verwijzingen)
                id_ = f"{prefix}-{SAFE_ID.sub('-', text.lower()).strip('-') or n}-{n}"
                blokken.append(Kop(cast("Literal[2, 3, 4]", deel.niveau), text, id_))
            case "alinea":
                blokken.append(Alinea(inhoud(deel, verwijzingen)))
            case "citaat":
                blokken.append(Citaat(inhoud(deel, verwijzingen), deel.van))
            case "item":
                items = [d for d in delen[n:] if d.soort == "item" and d.lijst == deel.lijst]
                blokken.append(Lijst(tuple(inhoud(d, verwijzingen) for d in items), deel.genummerd))
                n += len(items) - 1
        n += 1
    if any(v.spreek for v in verwijzingen.values()):
        blokken.append(Alinea(("* Voorlopig cijfer: de bron kan het nog wijzigen.",), "noot"))
    return tuple(blokken)
