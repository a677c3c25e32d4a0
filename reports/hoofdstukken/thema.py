"""A chapter of one theme: what there is to say of it as a whole, then its indicators one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from begrippen.themas import DELEN
from reports.document import Alinea, Blad, Blok, Lijst, Naast
from reports.getallen import join
from reports.hoofdstukken.indicator import make_indicator
from reports.hoofdstukken.schrijftafel import Schrijftafel, downloads
from reports.hoofdstukken.tabellen import has_stand, make_stand
from reports.hoofdstukken.veelluiken import begin_gemeenten
from reports.inhoud import Doel, Inhoud, Koppeling
from reports.model import Indicator, Thema
from reports.zinnen import tel

# More than this many indicators are counted, not named.
BIJ_NAAM = 4


def beeld_zin(tafel: Schrijftafel, indicatoren: Sequence[Indicator]) -> str:
    """What moves which way among these indicators of the province, and where it stands high and low. May be empty."""
    r = tafel.rapport
    oordelen = [(i, o) for i in indicatoren if (o := i.oordelen.get(r.provincie.code))]
    per_trend: dict[str, list[str]] = {}
    for indicator, oordeel in oordelen:
        per_trend.setdefault(oordeel.trend, []).append(f"‘{indicator.naam}’")
    parts = []
    for trend, zin in (
        ("gunstig", "De gewenste kant op {gaan} {wie}."),
        ("ongunstig", "Niet de gewenste kant op {gaan} {wie}."),
        ("stijgend", "Stijgend, zonder oordeel: {wie}."),
        ("dalend", "Dalend, zonder oordeel: {wie}."),
    ):
        if namen := per_trend.get(trend):
            wie = join(namen) if len(namen) <= BIJ_NAAM else f"{len(namen)} indicatoren"
            parts.append(zin.format(wie=wie, gaan="gaat" if len(namen) == 1 else "gaan"))
    if gelijk := per_trend.get("geen significante verandering"):
        parts.append(f"Bij {tel(len(gelijk), 'indicator', 'indicatoren')} is er geen significante verandering.")
    plaatsen = Counter(o.positie for _, o in oordelen)
    boven, onder = plaatsen["bovenste_kwart"], plaatsen["onderste_kwart"]
    if boven or onder:
        parts.append(
            f"Onder de provincies staat {r.provincie.naam} {_keer(boven)} in het bovenste kwart en {_keer(onder)} in "
            "het onderste."
        )
    return " ".join(parts)


def _keer(aantal: int) -> str:
    return f"{aantal} keer" if aantal else "geen enkele keer"


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
    zin = beeld_zin(tafel, thema.indicatoren)
    if inleiding or zin:
        blokken.append(Alinea((*inleiding, *((" ",) if inleiding and zin else ()), zin), "inleiding"))
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
        naam = tafel.rapport.provincie.wie
        blokken.append(Alinea((f"Voor {naam} en Nederland is er bij dit thema geen cijfer; voor gebieden wel.",)))
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
    indicatoren = [i for t in themas for i in t.indicatoren]
    blokken: list[Blok] = [
        Alinea(
            (
                "Brede welvaart gaat over de kwaliteit van leven hier en nu, en over wat er overblijft voor later. ",
                beeld_aantallen(indicatoren, tafel),
            ),
            "inleiding",
        ),
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


def beeld_aantallen(indicatoren: Sequence[Indicator], tafel: Schrijftafel) -> str:
    """How many of these indicators of the province move which way, and where it stands, as far as is judged."""
    naam, aantal = tafel.rapport.provincie.naam, len(indicatoren)
    oordelen = [o for i in indicatoren if (o := i.oordelen.get(tafel.rapport.provincie.code))]
    trends, plaatsen = Counter(o.trend for o in oordelen), Counter(o.positie for o in oordelen)
    plus, minus, gelijk = (trends[t] for t in ("gunstig", "ongunstig", "geen significante verandering"))
    boven, midden, onder = (plaatsen[p] for p in ("bovenste_kwart", "midden", "onderste_kwart"))
    parts = []
    if plus + minus + gelijk:
        if aantal == 1:
            hoe = "gunstig" if plus else "ongunstig" if minus else "zonder significante verandering"
            parts.append(f"De trend van de enige indicator is {hoe}.")
        else:
            parts.append(
                f"Van de {aantal} indicatoren is de trend bij {plus or 'geen'} gunstig, bij {minus or 'geen'} "
                f"ongunstig en bij {gelijk or 'geen'} zonder significante verandering."
            )
    if boven + midden + onder:
        parts.append(
            f"{naam} staat bij {boven or 'geen'} in het bovenste kwart van de provincies en bij {onder or 'geen'} in "
            "het onderste."
        )
    if parts:
        return " ".join(parts)
    wie = "de enige indicator geen" if aantal == 1 else f"geen van de {aantal} indicatoren een"
    return f"Voor {naam} is bij {wie} trend of plaats gunstig of ongunstig te noemen."
