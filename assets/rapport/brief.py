"""The template of the letter to Provinciale Staten: that of the house, or the edition's own in its folder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assets.rapport.editie import Editiemap
from reports.stukken.briefsjabloon import Sjabloon, read_statenbrief, vaste_woorden
from reports.tekst.cijfers import Cijfers

STATENBRIEF = "statenbrief.docx"
# The template of an edition that has none of its own.
SJABLOON = Path(__file__).parents[2] / "reports" / "sjablonen" / STATENBRIEF


def read_brief(editiemap: Editiemap, cijfers: Cijfers, woorden: dict[str, str] | None = None) -> Sjabloon:
    """The template of the letter, read against the figures of a build. Raises TekstError for what is no template."""
    own = editiemap.bestanden.get(STATENBRIEF)
    naam = f"edities/{editiemap.editie.jaar}/{STATENBRIEF}" if own else f"reports/sjablonen/{STATENBRIEF}"
    return read_statenbrief(
        naam,
        (own or SJABLOON).read_bytes(),
        replace(cijfers, vast=vaste_woorden(woorden)),
        editiemap.editie.namen_met_cijfer,
    )
