"""How a text comes to look: the page of its chapter as it was published, with the text in its place.

Nothing is built: the page is read from what was published, and only the text is new.
"""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path

from markupsafe import Markup

from begrippen.fout import MonitorError
from reports.bladschrijver import Bladschrijver
from reports.document import Blad
from reports.tekst.teksten import Tekst

# What a text begins the ids of its headings with (`reports.tekst.teksten`).
EIGEN = "tekst-"
# Where the new text stands on the page.
ANKER = "nieuwe-tekst"
_HOOFD = re.compile(r"(<main id=\"inhoud\"[^>]*>)(.*)(</main>)", re.S)
# A heading of the page itself begins a line; one within a figure is no heading but part of a picture.
_KOP = re.compile(r"^<h2 id=\"([^\"]*)\"", re.M)
_LINK = re.compile(r"(<a (?:[^>]*? )?href=\")([^\"#:]+)((?:#[^\"]*)?\")")
_STIJL = (
    "<style>.svd-nieuw{border-left:.35rem solid currentColor;padding-left:1rem;margin:1.5rem 0}"
    ".svd-nieuw__naam{font-weight:700;margin:0}</style>\n"
)


class VoorbeeldError(MonitorError):
    """A page that can not be shown, because its chapter was not published."""

    code = "voorbeeld"
    exit_code = 1


def make_voorbeeld(actueel: Path, tekst: Tekst, naar: Path) -> str:
    """The published page of the chapter with the text in it, as HTML that stands at `naar`.

    A text of an earlier build makes way where it has a title. Raises VoorbeeldError where the chapter is not in what
    was published.
    """
    rapport = actueel / "rapport"
    pad = rapport / f"{tekst.hoofdstuk}.html"
    found = _HOOFD.search(pagina := pad.read_text(encoding="utf-8")) if pad.is_file() else None
    if found is None:
        raise VoorbeeldError(
            f"hoofdstuk '{tekst.hoofdstuk}' staat niet in wat is gepubliceerd",
            waar=str(rapport),
            vervolg="Kies een hoofdstuk dat er wel is met --hoofdstuk, of bouw opnieuw met: monitor run",
        )
    inhoud = f"{found[1]}{_insert(found[2], tekst)}{found[3]}"
    hier = posixpath.join(Path(os.path.relpath(rapport, naar.parent)).as_posix(), tekst.hoofdstuk)

    def back(link: re.Match[str]) -> str:
        return f"{link[1]}{posixpath.normpath(posixpath.join(posixpath.dirname(hier), link[2]))}{link[3]}"

    voor, na = pagina[: found.start()], pagina[found.end() :]
    return _LINK.sub(back, voor.replace("</head>", f"{_STIJL}</head>", 1) + inhoud + na)


def _insert(inhoud: str, tekst: Tekst) -> str:
    """The main part of a page with the text at its beginning, before the first heading, or at its end."""
    koppen = [(k.start(), k[1].startswith(EIGEN)) for k in _KOP.finditer(inhoud)]
    eerste = next((plaats for plaats, eigen in koppen if not eigen), len(inhoud))
    plaats = eerste if tekst.plaats == "begin" else len(inhoud)
    stukken, vorige = [], 0
    for n, (begin, eigen) in enumerate(koppen):
        einde = koppen[n + 1][0] if n + 1 < len(koppen) else len(inhoud)
        # an earlier text of the same place goes; one of the other place stays
        if eigen and (begin < eerste) == (tekst.plaats == "begin"):
            stukken.append(inhoud[vorige:begin])
            vorige = einde
            plaats = plaats if begin > plaats else max(plaats, einde)
    rest = inhoud[vorige:]
    cut = max(plaats - vorige, 0)
    return "".join([*stukken, rest[:cut], _nieuw(tekst), rest[cut:]])


def _nieuw(tekst: Tekst) -> str:
    """The text as it is laid out, in a frame that says which part of the page it is."""
    inhoud = Bladschrijver(Blad(tekst.hoofdstuk, "", "", tekst.blokken)).blokken(tekst.blokken)
    naam = f"Voorbeeld van {tekst.bestand}: nog niet gepubliceerd."
    return str(
        Markup(
            '<section class="svd-nieuw" id="{}" aria-label="Nieuwe tekst">\n'
            '<p class="svd-nieuw__naam">{}</p>\n{}\n</section>\n'
        ).format(ANKER, naam, inhoud)
    )
