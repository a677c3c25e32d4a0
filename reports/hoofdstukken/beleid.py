"""The figures by policy of the tenant: the panel of its regional deal by pillar, and the tasks that it set itself."""

from __future__ import annotations

from collections.abc import Sequence

from begrippen.beleid import REGIO_DEAL, Pijler, Regiodeal
from begrippen.taal import telwoord
from reports import cellen
from reports.document import Alinea, Blad, Blok, Kop, Lijst, deel
from reports.getallen import format_periode, join
from reports.hoofdstukken.beleidsblad import NIETS_AANGELEVERD
from reports.hoofdstukken.indicator import make_indicator
from reports.hoofdstukken.naast_cijfers import gedrukt_tabel, gedrukt_van
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.tabellen import TEKENS, has_stand, make_stand, naam_van_rij
from reports.hoofdstukken.thema import beeld_aantallen
from reports.hoofdstukken.uitvoering import make_rij_links
from reports.inhoud import Doel, Inhoud, Klein, Koppeling
from reports.model import Indicator, Regio
from reports.patroon import hoofdletter
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from reports.telzinnen import elders_begin
from reports.zinnen import noem

GROEP = "Beleid"


def make_regiodeal(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
    """The panel, then the indicators of the theme in full; None without a deal, or where the report has neither."""
    r, deal = tafel.rapport, tafel.rapport.beleid.regiodeal
    if deal is None:
        return None
    thema = next((t for t in r.themas if t.id == REGIO_DEAL), None)
    regios = (*(s for s in r.samengesteld if s.code in deal.regios), *r.corop, r.provincie, r.nederland)
    blokken: list[Blok] = []
    for pijler in deal.pijlers:
        if tabel := _paneel(tafel, deal, pijler, regios):
            blokken += [Kop(2, f"Pijler {pijler.naam.lower()}", f"pijler-{pijler.naam.lower()}"), tabel]
    if not blokken and thema is None:
        return None
    pijlers = join([p.naam.lower() for p in deal.pijlers])
    begin: list[Blok] = [
        Alinea(
            (
                f"De {deal.naam} heeft {telwoord(len(deal.pijlers))} pijlers: {pijlers}. Dit paneel zet de regio per "
                f"pijler naast {r.provincie.naam} en Nederland.",
            ),
            "inleiding",
        ),
        *teksten,
        Alinea(_gebieden(tafel, deal, regios), "noot"),
    ]
    if toen := gedrukt_van(r.uitvoering, soort="paneel"):
        kop = "Het paneel van toen, naast nu"
        cijfers = gedrukt_tabel(tafel, "paneel-toen-tabel", kop, toen, groep=lambda r: r["regio_naam"])
        blokken += deel(kop, "paneel-toen", cijfers)
    for indicator in thema.indicatoren if thema else ():
        blokken += make_indicator(tafel, indicator)
    return Blad("regiodeal", deal.naam, GROEP, (*begin, *blokken), kort=deal.kort)


def _gebieden(tafel: Schrijftafel, deal: Regiodeal, regios: Sequence[Regio]) -> Inhoud:
    """Which municipalities the composite regions are: the names look alike and the areas are not."""
    parts = [
        f"{noem(regio)}: {join([g.naam for g in tafel.rapport.leden[regio.code]])}."
        for regio in regios
        if regio.soort == "samengesteld" and tafel.rapport.leden.get(regio.code)
    ]
    slot = (
        "Een samengesteld gebied wordt uit zijn gemeenten berekend; een gewogen gemiddelde is een benadering (≈), en "
        "wat niet samen te stellen is, is n.b."
    )
    return (" ".join(part for part in ("Let op de gebieden.", *parts, deal.toelichting, slot) if part),)


def _paneel(tafel: Schrijftafel, deal: Regiodeal, pijler: Pijler, regios: Sequence[Regio]) -> Tabel | None:
    naam = pijler.naam.lower()
    indicatoren = [i for i in tafel.gekozen(pijler.indicatoren) if any(i.punt(g.code) for g in regios)]
    getoond = [g for g in regios if any(i.punt(g.code) for i in indicatoren)]
    if not indicatoren:
        return None
    rijen = tuple(Rij(naam_van_rij(tafel, i), _cellen(tafel, i, getoond)) for i in indicatoren)
    kolommen = (
        Kolom(("Indicator",)),
        *(Kolom((g.naam,), "eind", nadruk=g.soort == "samengesteld") for g in getoond),
        Kolom(("Periode",)),
        Kolom(("Bron",)),
    )
    rows = tuple(
        Rij(rij.kop, (*rij.cellen, Cel((_periode(i, getoond),)), Cel(_bronnen(i))))
        for i, rij in zip(indicatoren, rijen, strict=True)
    )
    return Tabel(
        f"paneel-{naam}",
        f"Pijler {naam}: de {deal.kort} naast {tafel.rapport.provincie.naam} en Nederland",
        kolommen,
        (Rijgroep(rows),),
        TEKENS[:1],
        dicht=True,
    )


def _periode(indicator: Indicator, regios: Sequence[Regio]) -> str:
    punten = [p for g in regios if (p := indicator.punt(g.code))]
    return format_periode(max(punten, key=lambda p: p.moment).periode)


def _cellen(tafel: Schrijftafel, indicator: Indicator, regios: Sequence[Regio]) -> tuple[Cel, ...]:
    """The values, each with its period where that is not the latest of the row."""
    periode = max((p for g in regios if (p := indicator.punt(g.code))), key=lambda p: p.moment).periode
    return tuple(Cel(cellen.laatste(tafel.rapport, indicator, g, periode)) for g in regios)


def _bronnen(indicator: Indicator) -> Inhoud:
    runs: list[Inhoud] = []
    for b in indicator.bronnen[:2]:
        runs.append((*((", ",) if runs else ()), *cellen.bron_naam(b)))
    if (rest := len(indicator.bronnen) - 2) > 0:
        runs.append((f" en nog {rest}",))
    return tuple(run for part in runs for run in part)


def make_opgaven(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
    """Each task with its indicators; None for a province without tasks."""
    r, beleid = tafel.rapport, tafel.rapport.beleid
    if not beleid.opgaven:
        return None
    koers = beleid.koers_voluit or beleid.koers
    aantal = "één opgave" if len(beleid.opgaven) == 1 else f"{telwoord(len(beleid.opgaven))} opgaven"
    blokken: list[Blok] = [
        Alinea(
            (
                f"{koers[0].upper()}{koers[1:]} heeft {aantal}. Bij elke opgave staan de indicatoren die erbij horen. "
                f"Zij zeggen hoe {r.provincie.wie} ervoor staat, niet wat het beleid heeft bewerkt.",
            ),
            "inleiding",
        ),
        *teksten,
        *(() if r.uitvoering else (Alinea((NIETS_AANGELEVERD,), "noot"),)),
        *_gewenst(tafel),
    ]
    namen = {o.nummer: o.naam for o in beleid.opgaven}
    sporen = {o.nummer: f"Spoor: {_zacht(o.spoor)}. " if o.spoor else "" for o in beleid.opgaven}
    per_opgave = {nummer: [i for i in r.indicatoren if nummer in i.opgaven] for nummer in namen}
    met_tabel = [nummer for nummer, found in per_opgave.items() if any(has_stand(tafel, i) for i in found)]
    for nummer, naam in namen.items():
        indicatoren = per_opgave[nummer]
        blokken.append(Kop(2, f"Opgave {nummer}: {naam}", f"opgave-{nummer}"))
        if links := make_rij_links(tafel, str(nummer)):
            blokken.append(links)
        spoor = sporen[nummer]
        if not indicatoren:
            zin = f"{spoor}Van de indicatoren bij deze opgave is er geen met een cijfer; zie "
            blokken.append(Alinea((zin, Koppeling("niet beschikbaar", Doel("niet-beschikbaar")), ".")))
            continue
        if nummer not in met_tabel:
            zin = f"{spoor}Voor {r.provincie.wie} en {r.nederland.naam} is er bij deze opgave geen cijfer."
            blokken.append(Alinea((f"{zin} {elders_begin(r, indicatoren)}", *tafel.namen(indicatoren), ".")))
            continue
        blokken.append(Alinea((f"{spoor}{beeld_aantallen(tafel, f'opgave_{nummer}')}",)))
        bijschrift = f"Indicatoren bij opgave {nummer}"
        blokken.append(
            make_stand(tafel, f"tabel-opgave-{nummer}", bijschrift, [((), indicatoren)], uitleg=nummer == met_tabel[-1])
        )
    titel = "De opgave" if len(namen) == 1 else f"De {aantal}"
    return Blad("opgaven", f"{titel} van {beleid.koers}", GROEP, tuple(blokken), kort=titel)


def _gewenst(tafel: Schrijftafel) -> list[Blok]:
    """What the province wants to come true, in the words of its papers; nothing where that was not delivered."""
    u = tafel.rapport.uitvoering
    wensen = u.rijen("wens") if u else []
    if not wensen:
        return []
    zin = "Zo zeggen de stukken wat de provincie wil bereiken. Het is een wens, en geen cijfer."
    items = tuple((hoofdletter(w["naam"]), Klein(" ("), w["bron"], Klein(")")) for w in wensen)
    return [*deel("De gewenste situatie", "gewenst", zin, Lijst(items))]


def _zacht(naam: str) -> str:
    """A name within a sentence: without its capital, names of places left alone."""
    return naam[0].lower() + naam[1:]
