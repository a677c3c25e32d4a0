"""All municipalities in one frame: which indicator of a theme is drawn so, and the block for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reports.document import Alinea, Blok, Figuurblok, Kop
from reports.figuren import draw_veelluik, make_veelluik
from reports.figuurzinnen import met_telling
from reports.hoofdstukken import hoe
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Doel, Koppeling
from reports.model import Indicator
from reports.zinnen import gemeenten

# Of these themes the indicator that the chapter is about; of another theme the one with most figures.
VOORKEUR = {"demografie": "aandeel_75plus", "arbeid_en_vrije_tijd": "werkloosheid"}


def make_veelluikblok(tafel: Schrijftafel, indicator: Indicator) -> Figuurblok | None:
    """The municipalities in one frame; None where there is too little to draw."""
    r = tafel.rapport
    beeld = make_veelluik(indicator, r.gemeenten, r.provincie, r.nederland)
    if beeld is None:
        return None
    figuur = met_telling(draw_veelluik(tafel.doek, indicator, beeld), indicator, beeld, r)
    getekend = [g for g in (*r.gemeenten, r.nederland) if indicator.has_value(g.code)]
    uitleg = hoe.of_indicator(tafel, indicator, getekend, "gemeenten")
    return Figuurblok(f"{indicator.id}-veelluik", figuur, (tafel.naam(indicator), "."), uitklap=(uitleg,))


def make_veelluiken(tafel: Schrijftafel, ids: Iterable[str], aantal: int) -> tuple[Figuurblok, ...]:
    """The frames of the first `aantal` of these indicators that can be drawn so."""
    blokken = (make_veelluikblok(tafel, i) for i in tafel.gekozen(ids))
    return tuple(b for b in blokken if b)[:aantal]


def begin_gemeenten(tafel: Schrijftafel, thema: str, indicatoren: Sequence[Indicator]) -> tuple[Blok, ...]:
    """For a chapter of a theme: one of its indicators in all municipalities; empty where none can be drawn."""
    blok = next((b for i in _by_choice(tafel, thema, indicatoren) if (b := make_veelluikblok(tafel, i))), None)
    if blok is None:
        return ()
    return (
        Kop(2, f"In de {gemeenten(tafel.rapport)}", "gemeenten"),
        blok,
        Alinea(
            (
                "Dit is één indicator van dit hoofdstuk. De andere staan per gemeente in ",
                Koppeling("alle gebieden naast elkaar", Doel("verschillen", "hitte-gemeenten")),
                ".",
            ),
            "noot",
        ),
    )


def _by_choice(tafel: Schrijftafel, thema: str, indicatoren: Sequence[Indicator]) -> list[Indicator]:
    """The preferred one first, then those with most figures of municipalities; the order of the cards decides a tie."""

    def count(indicator: Indicator) -> int:
        codes = [g.code for g in tafel.rapport.gemeenten]
        return sum(p.waarde is not None for code in codes for p in indicator.points(code))

    return sorted(indicatoren, key=lambda i: (i.id != VOORKEUR.get(thema), -count(i)))
