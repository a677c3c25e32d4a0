"""A sheet of two pages about one area: what stands out, and its figures beside the country and its peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from begrippen.rekenregels import REKENREGELS
from begrippen.taal import telwoord
from reports import cellen
from reports.document import Alinea, Blad, Blok, Document, Figuurblok, Melding, Naast
from reports.familie import uniek
from reports.gedrukt.drukwerk import Drukwerk, make_standtabel, zonder_nb
from reports.gedrukt.gebieden import kwartnoten, make_naasttabel
from reports.gedrukt.keuze import HOOGSTENS as MEESTE
from reports.gedrukt.keuze import make_opvallend
from reports.getallen import join
from reports.hoofdstukken.samenvatting import make_kerncijfers
from reports.hoofdstukken.tabellen import make_hitte
from reports.html import notices
from reports.inhoud import Koppeling
from reports.model import Indicator, Rapport, Regio
from reports.tabel import Tabel
from reports.telzinnen import antwoord_kop, antwoord_uitleg, onder_soort, oud_zin, plaats_telzin, verandering_telzin
from reports.totaal import is_totaal

# rows that fit on the second page with the peers under them
RIJEN, NAAST_RIJEN = 18, 6
# rows that go where the page takes more than it has, at each try
STAP = 3
MEESTE_LEDEN, LEDEN_RIJEN = 7, 8
GEEN_ANTWOORD = "Er zijn geen recente cijfers om te zeggen of het in {wie} beter of slechter gaat dan twee jaar eerder."
SOORT = {
    "provincie": "Provincie",
    "corop": "COROP-gebied",
    "gemeente": "Gemeente",
    "samengesteld": "Samengestelde regio",
}


def make_gebiedsblad(druk: Drukwerk, regio: Regio, minder: int = 0) -> Document:
    """The sheet of an area: the story on the first page, the figures on the second.

    `minder`: so many steps less in it, for an area whose names and lists take more room than most.
    """
    r, site = druk.tafel.rapport, druk.site
    document = Document(
        titel=f"{regio.titel} in {r.titel}",
        ondertitel=f"Gebiedsblad: {SOORT[regio.soort]} {regio.titel}",
        editie=r.editie,
        datum=r.datum,
        bladen=(),
        voorbeeld=site.voorbeeld,
        melding=site.melding,
        concept=site.concept,
        uitgever=site.uitgever,
    )
    groep = f"Gebiedsblad, {SOORT[regio.soort]}"
    eerste = Blad("verhaal", regio.titel, groep, _verhaal(druk, regio, document, minder), een_pagina=True)
    tweede = Blad("cijfers", f"De cijfers van {regio.naam}", groep, _cijfers(druk, regio, minder), een_pagina=True)
    return replace(document, bladen=(eerste, tweede))


def _verhaal(druk: Drukwerk, regio: Regio, document: Document, minder: int) -> tuple[Blok, ...]:
    r, b = druk.tafel.rapport, druk.tafel.rapport.beweringen
    blokken: list[Blok] = []
    if gezegd := notices(document):
        # the line in the margin is not read out
        blokken.append(Melding("let op", (Alinea((" ".join(gezegd),)),)))
    antwoord = b.antwoord("alles", regio.code, regio.soort)
    zin = antwoord_kop(antwoord, regio.wie) if antwoord else GEEN_ANTWOORD.format(wie=regio.wie)
    blokken.append(Alinea((zin,), "inleiding"))
    if uitleg := _uitleg(druk, regio):
        blokken.append(Alinea((uitleg,)))
    if kern := make_kerncijfers(druk.tafel, _kern(druk), regio):
        blokken.append(replace(kern, items=tuple(replace(k, naar=replace(k.naar)) for k in kern.items)))
    alle = [i for i in r.indicatoren if i.punt(regio.code)]
    if regio.soort != "samengesteld":
        opvallend = make_opvallend(druk, regio, alle, onder_soort(regio.soort), MEESTE - min(minder, 1))
    else:
        # it has no place: composite regions overlap
        opvallend = make_opvallend(druk, regio, alle, "vergelijkbare gebieden")[-1:]
    blokken += opvallend
    ruimte = (2 if len(opvallend) > 1 else 4) - (2 if minder > 1 else 0)
    if ruimte and (figuren := _figuren(druk, regio, ruimte)):
        blokken.append(Naast(tuple(figuren)))
    return tuple(blokken)


def _kern(druk: Drukwerk) -> tuple[str, ...]:
    """The core indicators, then the key figures of the policy: an area may lack the first."""
    return tuple(dict.fromkeys((*druk.kern, *druk.tafel.rapport.kerncijfers)))


def _uitleg(druk: Drukwerk, regio: Regio) -> str:
    """Which area this is, and the counts behind the verdict."""
    r, b = druk.tafel.rapport, druk.tafel.rapport.beweringen
    leden = r.leden.get(regio.code, ())
    zinnen = []
    if leden:
        heet = f", hierna {regio.naam}," if regio.officieel else ""
        zinnen.append(f"Dit gebied{heet} heeft {telwoord(len(leden))} gemeenten: {join([g.naam for g in leden])}.")
    elif regio.soort == "gemeente" and (corop := next((c for c in r.corop if regio in r.leden.get(c.code, ())), None)):
        zinnen.append(f"Gemeente in {corop.naam}.")
    sinds = b.telling("verandering", "alles", regio.code, regio.soort)
    antwoord = b.antwoord("alles", regio.code, regio.soort)
    if sinds and antwoord and sinds.van >= REKENREGELS.minste_telling:
        zinnen += [verandering_telzin(sinds, f"van {regio.wie}"), antwoord_uitleg(antwoord, r.editie)]
    elif sinds:
        zinnen.append(oud_zin(sinds.eerste, r.editie))
    plaats = b.telling("plaats", "alles", regio.code, regio.soort)
    if plaats and plaats.van >= REKENREGELS.minste_telling:
        zinnen.append(plaats_telzin(plaats, regio.wie, onder_soort(regio.soort)))
    if regio.soort == "samengesteld":
        zinnen.append("De cijfers komen uit die van de gemeenten; een gewogen gemiddelde is een benadering (≈).")
    return " ".join(z for z in zinnen if z)


def _figuren(druk: Drukwerk, regio: Regio, aantal: int) -> list[Figuurblok]:
    """Where the area lies, the course of its core indicators, and where these are high and low: two beside two."""
    r, tafel = druk.tafel.rapport, druk.tafel
    found: list[Figuurblok] = []
    leden = {g.code for g in (r.leden.get(regio.code) or (regio,))}
    if tafel.landkaart and regio != r.provincie and leden & {g.code for g in r.gemeenten}:
        figuur = tafel.landkaart.draw_ligging(r, regio, leden)
        found.append(Figuurblok(f"ligging-{regio.code}", figuur))
    elif regio == r.provincie and (kaart := druk.figuur("gebieden")):
        found.append(kaart)
    volgorde = _volgorde(druk, regio)
    for indicator in volgorde:
        if len(found) < aantal and (lijn := druk.lijn(indicator, regio)) is not None:
            found.append(lijn)
    for indicator in volgorde:
        # drawing is most of what a sheet costs
        if len(found) >= aantal:
            break
        if not is_totaal(indicator, r.provincie, r.nederland) and (dots := druk.stippen(indicator, regio)):
            found.append(dots)
    return found[: aantal if len(found) >= aantal else len(found) // 2 * 2 or 1]


def _volgorde(druk: Drukwerk, regio: Regio) -> list[Indicator]:
    """What the area has a figure for: core first, then as the themes have them, without two that measure the same."""
    r = druk.tafel.rapport
    kern = druk.tafel.gekozen(_kern(druk))
    return uniek(i for i in (*kern, *r.indicatoren) if i.punt(regio.code))


def _cijfers(druk: Drukwerk, regio: Regio, minder: int) -> tuple[Blok, ...]:
    r, a = druk.tafel.rapport, druk.tafel.analyses
    gekozen = _volgorde(druk, regio)
    kern = [i for i in gekozen if i.id in druk.kern]
    naast = a.naast.get(regio.code, ())
    met = [i for i in gekozen if any(i.id in n.punten for n in naast)][: NAAST_RIJEN - minder]
    leden = _leden(druk, regio, gekozen, LEDEN_RIJEN - minder)
    vol = (RIJEN if met or leden else RIJEN + NAAST_RIJEN) - STAP * minder
    # what is left of the room goes to the themes in their order, a row each, until it is full
    rest = _per_thema(r, gekozen, kern)
    groepen: list[tuple[str, Sequence[Indicator]]] = [("Kernindicatoren", kern[:vol])]
    groepen.append(("Uit de andere thema’s", rest[: max(0, vol - len(kern))]))
    blokken: list[Blok] = []
    tabel = make_standtabel(
        druk,
        "cijfers-tabel",
        f"{regio.naam}: de laatste cijfers",
        groepen,
        regio,
        naast=True,
        land=regio == r.provincie,
    )
    blokken.append(tabel or Alinea((f"Voor {regio.wie} zijn er in deze editie geen cijfers.",)))
    if met:
        wie = "de provincies eromheen" if regio == r.provincie else "de drie gebieden die er het meest op lijken"
        titel = f"{regio.naam} naast {wie}"
        if beside := make_naasttabel(druk, ("naast-tabel", titel), met, regio, naast, land=False):
            blokken.append(beside)
    if leden:
        blokken.append(leden)
    n = len([i for i in r.indicatoren if i.punt(regio.code)])
    blokken.append(Alinea((_meer(druk, regio, n),), "noot"))
    if druk.has_blad(f"regio/{regio.code}"):
        naar = f"{r.adres}regio/{regio.code}.html" if r.adres else f"../regio/{regio.code}.html"
        blokken.append(Alinea((Koppeling(f"Op de website: alle cijfers van {regio.naam}", naar), "."), "noot"))
    return tuple(blokken)


def _leden(druk: Drukwerk, regio: Regio, gekozen: Sequence[Indicator], rijen: int) -> Tabel | None:
    """The municipalities of an area beside each other; None for what has none, or more than fit."""
    r = druk.tafel.rapport
    leden = r.leden.get(regio.code, ())
    if not 1 < len(leden) <= MEESTE_LEDEN:
        return None
    # an area with few figures of its own has room for more of its municipalities
    rijen += max(0, RIJEN - len(gekozen))
    met = [i for i in uniek((*gekozen, *r.indicatoren)) if any(i.punt(g.code) for g in leden)][:rijen]
    # of those in another province there is no figure
    getoond = [g for g in leden if any(i.punt(g.code) for i in met)]
    elders = any(g not in r.gemeenten for g in leden if g not in getoond)
    wie = f"De {r.gebied.bijvoeglijk} gemeenten" if elders else "De gemeenten"
    hitte = make_hitte(druk.tafel, "leden", f"{wie} in {regio.naam}", getoond, [((), met)])
    tabel = cellen.met_kwart(hitte, "met het kwart waarin zij staan onder alle gemeenten")
    kop = tuple(replace(k, kop=tuple(getattr(run, "tekst", run) for run in k.kop)) for k in tabel.kolommen)
    return (
        cellen.met_vraag(replace(zonder_nb(replace(tabel, kolommen=kop)), noten=kwartnoten(tabel)))
        if tabel.rijen
        else None
    )


def _per_thema(r: Rapport, gekozen: Sequence[Indicator], kern: Sequence[Indicator]) -> list[Indicator]:
    """The other indicators, one of each theme in turn, so that a full page leaves no theme out."""
    rest = [[i for i in t.indicatoren if i in gekozen and i not in kern] for t in r.themas]
    return [found[n] for n in range(max(map(len, rest), default=0)) for found in rest if n < len(found)]


def _meer(druk: Drukwerk, regio: Regio, aantal: int) -> str:
    r = druk.tafel.rapport
    bron = "Alle cijfers zijn voorbeeldcijfers. " if druk.tafel.voorbeeld else ""
    return (
        f"{bron}Er zijn {aantal} indicatoren met een cijfer voor {regio.wie}. * voorlopig, ≈ benadering. Gunstig en "
        "ongunstig zijn een signaal, en geen waardering van beleid. Het hoofdrapport zegt hoe u ze leest, de "
        f"verantwoording hoe zij tot stand komen. Cijfers van het CBS: CC BY 4.0. Bewerking: {r.gebied.provincie}."
    )
