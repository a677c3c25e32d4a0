"""The pack that goes with an edition to Gedeputeerde and Provinciale Staten: slides and letter.

It is written beside the report, in `stukken`, in the same pass and of the same model.
"""

from __future__ import annotations

from assets.rapport.brief import STATENBRIEF, read_brief
from assets.rapport.editie import Editiemap
from reports.analyse import Analyses
from reports.bewaren import Neem, maak_zelf
from reports.document import Document
from reports.getallen import format_datum
from reports.hoofdstukken.antwoorden import make_antwoord
from reports.hoofdstukken.boodschappen import make_boodschappen
from reports.hoofdstukken.samenvatting import make_wiel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.html import notices
from reports.model import Rapport
from reports.stukken.kerncijfers import (
    TEKENS,
    make_brontabel,
    make_gebiedentabel,
    make_kerntabel,
    ontbreekt_zin,
    verschillen_zin,
    voorlopig_zin,
)
from reports.stukken.presentatie import make_presentatie
from reports.stukken.statenbrief import Vulling, write_statenbrief
from reports.tekst.cijfers import Cijfers

PRESENTATIE = "presentatie.pptx"


def make_gspakket(
    rapport: Rapport,
    analyses: Analyses,
    cijfers: Cijfers,
    document: Document,
    editiemap: Editiemap,
    *,
    neem: Neem = maak_zelf,
) -> dict[str, bytes]:
    """The files of the pack: name -> content. `document`: the report of the edition, whose notices they carry.

    Raises TekstError for the letter, DocumentError for the slides.
    """
    moment = rapport.bouw.gebouwd_op
    assert moment is not None
    tafel = Schrijftafel(rapport, analyses, neem=neem)
    wiel, boodschappen, meldingen = make_wiel(tafel), make_boodschappen(tafel), notices(document)
    kern = make_kerntabel(tafel)
    brief = read_brief(
        editiemap,
        cijfers,
        {
            "titel": f"{rapport.titel} {rapport.editie}",
            "editie": str(rapport.editie),
            "datum": format_datum(rapport.datum),
            "status": " ".join(meldingen) or "Deze editie is vastgesteld.",
            "tekens": TEKENS,
            "voorlopig": voorlopig_zin(tafel),
            "ontbreekt": ontbreekt_zin(tafel),
            "naam": rapport.gebied.naam,
            "uitgever": rapport.gebied.uitgever,
            "koers": rapport.beleid.koers,
            "verschillen": verschillen_zin(tafel),
        },
    )
    vulling = Vulling(
        boodschappen,
        {"kerncijfers": kern, "gebieden": make_gebiedentabel(tafel), "bronnen": make_brontabel(tafel)},
        meldingen,
        f"Brief aan Provinciale Staten: {rapport.titel} {rapport.editie}",
        rapport.gebied.uitgever,
        make_antwoord(tafel),
    )
    return {
        PRESENTATIE: make_presentatie(tafel, wiel, boodschappen, meldingen, moment),
        STATENBRIEF: write_statenbrief(brief, vulling, moment),
    }
