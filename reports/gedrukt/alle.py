"""All that is printed of an edition, by its path: what is published beside the pages, and the sheet for GS."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reports.document import Document
from reports.engels import SAMENVATTING, make_samenvatting_en
from reports.gedrukt.bijlage import make_bijlage
from reports.gedrukt.drukwerk import Drukwerk
from reports.gedrukt.gebiedsblad import make_gebiedsblad
from reports.gedrukt.gsblad import make_gsblad
from reports.gedrukt.hoofdrapport import make_hoofdrapport
from reports.gedrukt.legenda import met_legenda
from reports.gedrukt.papier import op_papier
from reports.inhoud import Koppeling
from reports.model import Rapport, Regio
from reports.pdf import Drukopdracht

HOOFDRAPPORT, VERANTWOORDING, GSBLAD = "hoofdrapport.pdf", "verantwoording.pdf", "gs-blad.pdf"
HOOFDRAPPORT_HOOGSTENS, VERANTWOORDING_HOOGSTENS, BLAD = 36, 12, 2


def gebieden(rapport: Rapport) -> tuple[Regio, ...]:
    """The areas that have a sheet: the province, its COROP areas, its municipalities, the composite regions."""
    return (rapport.provincie, *rapport.corop, *rapport.gemeenten, *rapport.samengesteld)


def pad_van(regio: Regio) -> str:
    """Where the sheet of an area stands beside the pages."""
    return f"gebied/{regio.code}.pdf"


def make_uitgegeven(druk: Drukwerk) -> dict[str, Drukopdracht]:
    """What is published beside the pages of the website: path -> what to set."""
    r = druk.tafel.rapport
    found = {
        HOOFDRAPPORT: Drukopdracht(
            _af(druk, make_hoofdrapport(druk)), voorblad=True, site=r.adres or "./", hoogstens=HOOFDRAPPORT_HOOGSTENS
        ),
        VERANTWOORDING: Drukopdracht(
            _af(druk, make_bijlage(druk)), site=r.adres or "./", hoogstens=VERANTWOORDING_HOOGSTENS
        ),
    }
    for regio in gebieden(r):
        blad = partial(make_gebiedsblad, druk, regio)
        found[pad_van(regio)] = Drukopdracht(
            _af(druk, blad()),
            site=r.adres or "../",
            minstens=BLAD,
            hoogstens=BLAD,
            krapper=_krapper(druk, blad),
        )
    return found


def _af(druk: Drukwerk, document: Document) -> Document:
    """A paper with what its signs mean and its figures as wide as paper has room for."""
    return op_papier(met_legenda(document), druk.doek)


def _krapper(druk: Drukwerk, make: Callable[[int], Document]) -> Callable[[int], Document]:
    """The same sheet with less in it."""
    return lambda minder: _af(druk, make(minder))


def make_stukken(druk: Drukwerk) -> dict[str, Drukopdracht]:
    """What goes to the executive and is not published: name -> what to set."""
    blad = partial(make_gsblad, druk)
    found = {GSBLAD: Drukopdracht(_af(druk, blad()), minstens=BLAD, hoogstens=BLAD, krapper=_krapper(druk, blad))}
    if (engels := make_samenvatting_en(druk.tafel, druk.site)) is not None:
        found[SAMENVATTING] = Drukopdracht(engels, hoogstens=1)
    return found


def koppelingen(rapport: Rapport) -> tuple[Koppeling, ...]:
    """The sheets as links, for a page at the top of the website."""
    return tuple(Koppeling(g.naam, pad_van(g), ": gebiedsblad als PDF") for g in gebieden(rapport))
