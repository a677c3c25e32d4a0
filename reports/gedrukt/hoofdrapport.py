"""The main report: at most 36 pages, chosen from what the website has. The table of contents is the order here.

| pages | what |
|---|---|
| 1 | cover with the verdict in one sentence and the key figures |
| 1 | contents, and how to read a verdict |
| 1 | three questions, three answers, the messages |
| 2 | core indicators; since the previous edition |
| 1 | well-being: the wheel, what is high and low, what gets better and worse |
| 3 | the areas, their core indicators and the municipalities beside each other |
| 1 | beside the neighbours and peers |
| 5 | jobs, sectors, earning power, labour market, what is coming |
| 15 | a page for each other theme; themes with little share one |
| 5 | tasks, deal, signals |
| 2 | what we can not say; more |
"""

from __future__ import annotations

from begrippen.beleid import REGIO_DEAL
from reports.document import Blad, Blok, Document
from reports.gedrukt.beleid import make_dealblad, make_ketenblad, make_opgavebladen, make_signaalblad
from reports.gedrukt.drukwerk import Drukwerk, make_inleiding
from reports.gedrukt.economie import FIGUREN, make_economieblad, make_sectorblad
from reports.gedrukt.gebieden import make_gebiedenkern, make_gemeentenblad, make_naastblad, make_verschillenblad
from reports.gedrukt.keuze import make_opvallend
from reports.gedrukt.opening import make_antwoordenblad, make_inhoud, make_kernblad, make_veranderd_blad
from reports.gedrukt.slot import make_meer, make_ontbreekt
from reports.gedrukt.thema import make_themablad
from reports.hoofdstukken.antwoorden import make_antwoord
from reports.hoofdstukken.samenvatting import make_kerncijfers
from reports.hoofdstukken.thema import beeld_aantallen, beeld_telling
from reports.model import Thema
from reports.telzinnen import onder_soort

# key figures on the cover: two rows of three
OP_VOORKANT = 6


def make_hoofdrapport(druk: Drukwerk) -> Document:
    """The document of the main report."""
    r, site = druk.tafel.rapport, druk.site
    economie = [t for t in r.themas if t.id in FIGUREN]
    verder = [t for t in r.themas if t.id not in FIGUREN and (t.id != REGIO_DEAL or not r.beleid.regiodeal)]
    bladen: list[Blad | None] = [
        make_inhoud(druk),
        make_antwoordenblad(druk),
        make_kernblad(druk),
        make_veranderd_blad(druk),
        _brede_welvaart(druk),
        make_verschillenblad(druk),
        make_gebiedenkern(druk),
        make_gemeentenblad(druk),
        make_naastblad(druk),
    ]
    for thema in sorted(economie, key=lambda t: list(FIGUREN).index(t.id)):
        bladen.append(make_economieblad(druk, thema))
        if thema.id == "werkgelegenheid":
            bladen.append(make_sectorblad(druk))
    # what is of the economy stands with it
    bladen += [make_themablad(druk, t, _groep(t)) for t in sorted(verder, key=lambda t: t.is_welvaart)]
    bladen += [
        make_ketenblad(druk),
        *make_opgavebladen(druk),
        make_dealblad(druk),
        make_signaalblad(druk),
        make_ontbreekt(druk),
        make_meer(druk),
    ]
    return Document(
        titel=r.titel,
        ondertitel=f"Hoofdrapport over de economie en de brede welvaart in {r.provincie.wie}",
        editie=r.editie,
        datum=r.datum,
        bladen=tuple(b for b in bladen if b is not None),
        voorbeeld=site.voorbeeld,
        melding=site.melding,
        concept=site.concept,
        uitgever=site.uitgever,
        oordeel=make_antwoord(druk.tafel),
        kerncijfers=make_kerncijfers(druk.tafel, druk.kern, r.provincie, OP_VOORKANT),
    )


def _groep(thema: Thema) -> str:
    return thema.groep or "Overig"


def _brede_welvaart(druk: Drukwerk) -> Blad | None:
    """The wheel once, and what stands out, by name; None where no theme is one of well-being."""
    r = druk.tafel.rapport
    indicatoren = [i for t in r.themas if t.is_welvaart for i in t.indicatoren]
    if not indicatoren:
        return None
    wiel, tekst = druk.figuur("wiel"), druk.teksten.get("brede-welvaart", ())
    opvallend = make_opvallend(druk, r.provincie, indicatoren, onder_soort(r.provincie.soort))
    if not (wiel or tekst or opvallend or beeld_telling(druk.tafel, "brede_welvaart")):
        # a page that only says that there is nothing to say
        return None
    blokken: list[Blok] = [*make_inleiding(beeld_aantallen(druk.tafel, "brede_welvaart")), *tekst]
    blokken += [*([wiel] if wiel else []), *opvallend]
    return Blad(
        "brede-welvaart-kort", "Brede welvaart", "Brede welvaart", tuple(blokken), een_pagina=True, aansluiten=True
    )
