"""A chapter of one theme: what there is to say of it as a whole, then its indicators one by one."""

from __future__ import annotations

from collections.abc import Sequence

from begrippen.beweringen import GEEN_VERANDERING
from begrippen.themas import DELEN
from reports.bewering import Bewering
from reports.beweringzinnen import trendjaren
from reports.document import Alinea, Blad, Blok, Lijst, Naast
from reports.familie import leidende
from reports.getallen import join
from reports.hoofdstukken.indicator import make_indicator
from reports.hoofdstukken.schrijftafel import Schrijftafel, downloads
from reports.hoofdstukken.tabellen import has_stand, make_stand
from reports.hoofdstukken.veelluiken import begin_gemeenten
from reports.inhoud import Doel, Inhoud, Koppeling
from reports.model import Indicator, Thema
from reports.standzinnen import trend_naam, trends_samen
from reports.telzinnen import elders_zin, onder_soort, plaats_telzin, trend_telzin
from reports.zinnen import tel

# More than this many indicators are counted, not named.
BIJ_NAAM = 4


def beeld_zin(tafel: Schrijftafel, thema: Thema) -> str:
    """What moves which way among the indicators of a theme of the province, and where it stands. May be empty."""
    r = tafel.rapport
    provincie = r.provincie
    trends = {
        i.id: trend
        for i in thema.indicatoren
        if (trend := r.beweringen.find("trend", i.id, provincie.code)) is not None and trend.actueel
    }
    per_oordeel: dict[str, list[tuple[Indicator, Bewering]]] = {}
    # jobs, larger jobs and their index are one development
    for indicator in leidende(i for i in thema.indicatoren if i.id in trends):
        per_oordeel.setdefault(trends[indicator.id].oordeel, []).append((indicator, trends[indicator.id]))
    parts = []
    for oordeel, zin in (
        ("gunstig", "{jaren} {gaan} {wie} de gewenste kant op."),
        ("ongunstig", "{jaren} {gaan} {wie} niet de gewenste kant op."),
        ("hoger", "gestegen {jaren}, zonder gewenste kant: {wie}."),
        ("lager", "gedaald {jaren}, zonder gewenste kant: {wie}."),
    ):
        if found := per_oordeel.get(oordeel):
            namen = [trend_naam(i, r.beweringen, t) for i, t in found]
            wie = join(namen) if len(namen) <= BIJ_NAAM else trends_samen(found)
            gaan = "gaat" if len(namen) == 1 else "gaan"
            gezegd = zin.format(wie=wie, gaan=gaan, jaren=trendjaren([t for _, t in found]))
            parts.append(f"{gezegd[0].upper()}{gezegd[1:]}")
    if gelijk := [t for oordeel in GEEN_VERANDERING for _, t in per_oordeel.get(oordeel, ())]:
        wie = str(len(gelijk)) if len(gelijk) < len(trends) else tel(len(gelijk), "indicator", "indicatoren")
        andere = " andere" if parts else ""
        parts.append(f"Bij {wie}{andere} is {trendjaren(gelijk)} geen trend te zien die ertoe doet.")
    if plaats := r.beweringen.telling("plaats", thema.id, provincie.code, provincie.soort):
        parts.append(plaats_telzin(plaats, provincie.naam, onder_soort(provincie.soort)))
    return " ".join(part for part in parts if part)


def make_thema(
    tafel: Schrijftafel,
    thema: Thema,
    *,
    inleiding: Inhoud = (),
    begin: Sequence[Blok] = (),
    teksten: Sequence[Blok] = (),
) -> Blad:
    """A chapter. `begin` stands before the indicators, `teksten` are the editors' own, right after the introduction."""
    blokken: list[Blok] = []
    if inleiding:
        blokken.append(Alinea(inleiding, "inleiding"))
    if zin := beeld_zin(tafel, thema):
        blokken.append(Alinea((zin,), "gewoon" if inleiding else "inleiding"))
    blokken += teksten
    if any(has_stand(tafel, i) for i in thema.indicatoren):
        blokken.append(
            make_stand(
                tafel,
                f"stand-{thema.id}",
                f"{thema.naam}: laatste stand en oordeel van {tafel.rapport.provincie.naam}",
                [((), thema.indicatoren)],
            )
        )
        blokken.append(Alinea(downloads(tafel.standen(), f"deze tabel en alle laatste standen ({thema.naam})"), "bron"))
    else:
        geen = f"Voor {tafel.rapport.provincie.wie} en {tafel.rapport.nederland.naam} is er bij dit thema geen cijfer."
        blokken.append(Alinea((" ".join(z for z in (geen, elders_zin(tafel.rapport, thema.indicatoren)) if z),)))
    blokken += begin
    blokken += begin_gemeenten(tafel, thema.id, thema.indicatoren)
    for indicator in thema.indicatoren:
        blokken += make_indicator(tafel, indicator)
    return Blad(thema.blad, thema.titel or thema.naam, DELEN.get(thema.deel, thema.groep) or "Overig", tuple(blokken))


def make_brede_welvaart(tafel: Schrijftafel, wiel: Blok | None, teksten: Sequence[Blok] = ()) -> Blad | None:
    """The overview of well-being: the wheel and all its indicators; None where the report has none."""
    themas = [t for t in tafel.rapport.themas if t.is_welvaart]
    if not themas:
        return None
    blokken: list[Blok] = [
        Alinea(
            ("Brede welvaart gaat over de kwaliteit van leven hier en nu, en over wat er overblijft voor later.",),
            "inleiding",
        ),
        Alinea((beeld_aantallen(tafel, "brede_welvaart"),)),
        *teksten,
    ]
    lijst = Lijst(tuple((Koppeling(t.naam, Doel(t.blad)),) for t in themas), genummerd=True)
    blokken += [Naast((wiel, lijst))] if wiel else [lijst]
    blokken.append(Alinea(("‘Elders’, wat wij mensen in andere landen kosten, is er niet per regio.",), "noot"))
    blokken.append(
        make_stand(
            tafel,
            "stand-brede-welvaart",
            f"Brede welvaart: laatste stand en oordeel van {tafel.rapport.provincie.naam}",
            [((Koppeling(t.naam, Doel(t.blad)),), t.indicatoren) for t in themas],
        )
    )
    return Blad("brede-welvaart", "Brede welvaart in een oogopslag", DELEN["brede_welvaart"], tuple(blokken))


def beeld_aantallen(tafel: Schrijftafel, groep: str) -> str:
    """How many of the indicators of a set go which way for the province, and where it stands, as far as is judged."""
    # a table may show trends without a wanted side, and places in the middle
    return beeld_telling(tafel, groep) or (
        f"Geen indicator met een gewenste kant heeft hier voor {tafel.rapport.provincie.wie} een trend die meetelt, of "
        "een plaats in het gunstigste of het ongunstigste kwart."
    )


def beeld_telling(tafel: Schrijftafel, groep: str) -> str:
    """The same, and empty where nothing is judged."""
    r = tafel.rapport
    p, b = r.provincie, r.beweringen
    trend = b.telling("trend", groep, p.code, p.soort)
    plaats = b.telling("plaats", groep, p.code, p.soort)
    parts = [trend_telzin(trend, b)] if trend else []
    if plaats:
        parts.append(plaats_telzin(plaats, p.naam, onder_soort(p.soort)))
    return " ".join(part for part in parts if part)
