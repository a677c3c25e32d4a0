"""From the figures to the document: which chapters there are, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from begrippen.beleid import REGIO_DEAL
from reports.analyse import Analyses
from reports.berichten import Bericht, make_berichten
from reports.bewaren import Neem, maak_zelf
from reports.document import Blad, Blok, Document, check
from reports.engels import make_english
from reports.fout import DocumentError
from reports.hoofdstukken.beleid import make_opgaven, make_regiodeal
from reports.hoofdstukken.beleidsblad import CYCLUS, GELD, INSTRUMENTEN, MIDTERM, SIGNALEN, UITVOERING
from reports.hoofdstukken.downloads import make_bestanden, make_downloads
from reports.hoofdstukken.economie import begin_arbeidsmarkt, begin_werkgelegenheid
from reports.hoofdstukken.geld import make_geld
from reports.hoofdstukken.naast_cijfers import make_midterm, make_signalen
from reports.hoofdstukken.naslag import make_indicatoren, make_niet_beschikbaar, make_veranderd
from reports.hoofdstukken.regio import make_regio, make_verschillen
from reports.hoofdstukken.samenvatting import make_samenvatting, make_voorkant, make_wiel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.thema import make_brede_welvaart, make_thema
from reports.hoofdstukken.toegankelijkheid import make_toegankelijkheid
from reports.hoofdstukken.uitgaven import make_uitgaven
from reports.hoofdstukken.uitvoering import make_cyclus, make_instrumenten, make_uitvoering
from reports.hoofdstukken.verantwoording import make_verantwoording
from reports.hoofdstukken.verdienvermogen import begin_verdienvermogen
from reports.hoofdstukken.vooruitblik import begin_vooruitblik
from reports.hoofdstukken.vragen import make_vragen
from reports.html import notices
from reports.model import Rapport, Regio, Thema
from reports.verken.verkenblad import make_verken
from reports.vraag import Vraag

# What stands before the indicators of a chapter.
BEGIN: dict[str, Callable[[Schrijftafel], tuple[Blok, ...]]] = {
    "werkgelegenheid": begin_werkgelegenheid,
    "verdienvermogen": begin_verdienvermogen,
    "arbeidsmarkt": begin_arbeidsmarkt,
    "demografie": begin_vooruitblik,
}

# a page that is planned: its name, and what makes it, or None where the figures give no reason for it
Gepland = tuple[str, Callable[[], Blad | None]]


def make_document(
    rapport: Rapport,
    analyses: Analyses | None = None,
    *,
    concept: bool = False,
    vragen: tuple[Vraag, ...] = (),
    teksten: Mapping[str, tuple[Blok, ...]] | None = None,
    report: Callable[[str, int, int], None] | None = None,
    neem: Neem = maak_zelf,
) -> Document:
    """Make the whole document.

    `vragen`: what the edition has answered; `teksten`: the editors' own blocks by the id of a page, after its
    introduction. `report(page, done, total)` hears how far it is; `neem` may have a figure from before.
    Raises DocumentError where the pages do not fit together, or where there is a text for a page that does not exist.
    """
    tafel = Schrijftafel(rapport, analyses or Analyses(), vragen, neem)
    eigen = dict(teksten or {})
    berichten = make_berichten(rapport, tafel.analyses.editieverschillen, concept=concept)
    plan = _plan(tafel, lambda blad: eigen.pop(blad, ()), berichten)
    bladen: list[Blad] = []
    for n, (naam, make) in enumerate(plan, start=1):
        if (blad := make()) is not None:
            bladen.append(blad)
        if report:
            report(naam, n, len(plan) + 1)
    document = Document(
        titel=rapport.titel,
        ondertitel=f"Economie en brede welvaart in {rapport.provincie.wie}",
        editie=rapport.editie,
        datum=rapport.datum,
        bladen=(),
        voorbeeld=rapport.soort == "voorbeeld",
        melding=rapport.melding,
        concept=concept,
        uitgever=rapport.gebied.uitgever,
        adres=rapport.adres,
    )
    vormen = make_bestanden(tafel, notices(document), berichten, concept=concept)
    if report:
        report("downloads", len(plan) + 1, len(plan) + 1)
    # before the statement on accessibility, which is last
    bladen.insert(-1, make_downloads(tafel, vormen))
    voorkant = make_voorkant(tafel, tuple(bladen))
    document = replace(document, bladen=(voorkant, *bladen), bestanden=tafel.bestanden)
    wrong = check(document) + [
        f"er is een tekst voor het blad {blad}, en dat blad is er niet" for blad in sorted(eigen)
    ]
    if wrong:
        raise DocumentError("Het rapport klopt niet: " + "; ".join(wrong[:10]))
    return document


def _plan(tafel: Schrijftafel, tekst: Callable[[str], tuple[Blok, ...]], berichten: Sequence[Bericht]) -> list[Gepland]:
    """The chapters in their order: a name, and what makes the page, or None where the figures give no reason for it."""
    rapport = tafel.rapport
    wiel = make_wiel(tafel)
    plan: list[Gepland] = [
        ("samenvatting", lambda: make_samenvatting(tafel, wiel, tekst("samenvatting"))),
        ("vragen", lambda: make_vragen(tafel)),
        ("Engels", lambda: make_english(tafel)),
        ("brede welvaart", lambda: make_brede_welvaart(tafel, wiel, tekst("brede-welvaart"))),
    ]
    plan += [(thema.naam, partial(_thema, tafel, thema, tekst)) for thema in _in_volgorde(rapport)]
    plan.append(("verschillen", lambda: make_verschillen(tafel, tekst("verschillen"))))
    plan += [
        (g.naam, partial(_regio, tafel, g, tekst))
        for g in (rapport.provincie, *rapport.gebieden, *rapport.samengesteld)
    ]
    plan += [
        ("Regio Deal", lambda: make_regiodeal(tafel, tekst("regiodeal"))),
        *_beleid(tafel, tekst),
        ("verken", lambda: make_verken(tafel)),
        ("indicatoren", lambda: make_indicatoren(tafel)),
        ("veranderd", lambda: make_veranderd(tafel, tekst("veranderd"))),
        ("uitgaven", lambda: make_uitgaven(berichten)),
        ("niet beschikbaar", lambda: make_niet_beschikbaar(tafel)),
        ("verantwoording", lambda: make_verantwoording(tafel, tekst("verantwoording"))),
        ("toegankelijkheid", lambda: make_toegankelijkheid(tafel)),
    ]
    return plan


def _beleid(tafel: Schrijftafel, tekst: Callable[[str], tuple[Blok, ...]]) -> list[Gepland]:
    make = {
        **{"opgaven": make_opgaven, UITVOERING: make_uitvoering, INSTRUMENTEN: make_instrumenten, GELD: make_geld},
        **{SIGNALEN: make_signalen, MIDTERM: make_midterm, CYCLUS: make_cyclus},
    }
    return [(naam, lambda naam=naam, one=one: one(tafel, tekst(naam))) for naam, one in make.items()]  # type: ignore[misc]


def make_beleidsbladen(tafel: Schrijftafel) -> tuple[Blad, ...]:
    """The tasks and the pages of policy by themselves, for who is still filling them in."""
    return tuple(blad for _, make in _beleid(tafel, lambda _: ()) if (blad := make()) is not None)


def _thema(tafel: Schrijftafel, thema: Thema, tekst: Callable[[str], tuple[Blok, ...]]) -> Blad:
    return make_thema(
        tafel,
        thema,
        begin=BEGIN[thema.id](tafel) if thema.id in BEGIN else (),
        teksten=tekst(thema.blad),
    )


def _regio(tafel: Schrijftafel, regio: Regio, tekst: Callable[[str], tuple[Blok, ...]]) -> Blad:
    return make_regio(tafel, regio, tekst(f"regio/{regio.code}"))


def _in_volgorde(rapport: Rapport) -> list[Thema]:
    """Well-being first, then the economy, then what is in neither; that of a deal has its own page."""
    order = ("brede_welvaart", "economie", "")
    themas = [t for t in rapport.themas if t.id != REGIO_DEAL or not rapport.beleid.regiodeal]
    return sorted(themas, key=lambda t: (order.index(t.deel), t.achteraan))
