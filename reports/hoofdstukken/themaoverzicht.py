"""What stands out in an area, theme by theme and by name: best, worst, better and worse than two years ago."""

from __future__ import annotations

from collections.abc import Sequence

from begrippen.lijsten import REGIOSOORT_MEERVOUD
from reports.bewering import Telling
from reports.beweringzinnen import jaren
from reports.document import Alinea, Blok, Kop
from reports.getallen import join
from reports.hoofdstukken.antwoorden import VRAAG, vraag_uitleg
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud, Run
from reports.model import Regio, Thema
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel

# What is counted, the verdict that a column shows, and its heading.
KOLOMMEN = (
    ("plaats", "bovenste_kwart", "In het gunstigste kwart"),
    ("plaats", "onderste_kwart", "In het ongunstigste kwart"),
    ("verandering", "gunstig", "Beter dan twee jaar eerder"),
    ("verandering", "ongunstig", "Slechter dan twee jaar eerder"),
)
NIET_BEOORDEELD, GEEN = "niet beoordeeld", "geen"
LEEG: tuple[Inhoud, ...] = ((NIET_BEOORDEELD,), (GEEN,))


def make_themaoverzicht(tafel: Schrijftafel, regio: Regio) -> tuple[Blok, ...]:
    """A heading and the table; nothing where no theme of the area has a judgement.

    A cell names exactly the indicators that the counts of that theme count, so that table and sentences agree. A theme
    in which nothing stands out is named below the table.
    """
    b, themas = tafel.rapport.beweringen, tafel.rapport.themas
    # a column of what is judged nowhere in this area, such as a place of a composite region, says nothing
    kolommen = [k for k in KOLOMMEN if any(b.telling(k[0], t.id, regio.code, regio.soort) for t in themas)]
    alle = [(thema, rij) for thema in themas if (rij := _rij(tafel, regio, thema, kolommen)) is not None]
    if not alle:
        return ()
    rijen = [rij for _, rij in alle if any(cel.inhoud not in LEEG for cel in rij.cellen)]
    stil = [thema.naam for thema, rij in alle if rij not in rijen]
    onder = REGIOSOORT_MEERVOUD[regio.soort]
    tabel = Tabel(
        "opvallend",
        f"{regio.naam}: wat opvalt per thema",
        (Kolom(("Thema",)), *(Kolom((kop,)) for _, _, kop in kolommen)),
        (Rijgroep(tuple(rijen)),),
    )
    geplaatst = any(soort == "plaats" for soort, _, _ in kolommen)
    if regio.soort == "samengesteld":
        kwart = "Een samengesteld gebied heeft geen plaats onder andere gebieden: die overlappen elkaar."
    elif geplaatst:
        kwart = f"Een kwart is dat van alle {onder} in Nederland{_wanneer(tafel, regio)}."
    else:
        kwart = f"Niets van wat hier meetelt heeft een plaats onder alle {onder} in Nederland."
    rest = f"{'Wat niet in de tabel staat' if rijen else 'Wat er is'}, {'ligt in het midden, ' if geplaatst else ''}"
    # of indicators of one family only the leading one counts, also where that has no figure here
    noot = (
        f"{kwart} Alleen indicatoren met een gewenste kant tellen mee, en van indicatoren die hetzelfde meten een. "
        f"{rest}veranderde niet duidelijk, is te oud, of telt niet mee omdat een andere indicator hetzelfde meet."
    )
    if stil:
        kwarten = "staat niets in een van die kwarten en " if geplaatst else ""
        noot = f"Van wat meetelt bij {join(stil)} {kwarten}veranderde in twee jaar niets duidelijk. {noot}"
    zonder = [t.naam for t in themas if not any(i.punt(regio.code) for i in t.indicatoren)]
    # figures without a wanted side, or too old: nothing was judged
    los = [t.naam for t in themas if t.naam not in (*zonder, *(thema.naam for thema, _ in alle))]
    if los:
        noot = f"Van {join(los)} is er wel een cijfer, maar niets dat hier meetelt. {noot}"
    if zonder:
        noot = f"Van {join(zonder)} is er voor dit gebied geen cijfer. {noot}"
    if vraag := vraag_uitleg(cel.inhoud for rij in rijen for cel in rij.cellen):
        noot = f"{noot} {vraag}"
    kop = Kop(2, "Wat opvalt, per thema", "per-thema")
    return (kop, *([tabel] if rijen else []), Alinea((noot,), "noot"))


def _wanneer(tafel: Schrijftafel, regio: Regio) -> str:
    plaats = tafel.rapport.beweringen.telling("plaats", "alles", regio.code, regio.soort)
    return f" ({jaren(plaats.eerste)})" if plaats else ""


def _rij(tafel: Schrijftafel, regio: Regio, thema: Thema, kolommen: Sequence[tuple[str, str, str]]) -> Rij | None:
    b = tafel.rapport.beweringen
    tellingen = {soort: b.telling(soort, thema.id, regio.code, regio.soort) for soort, _, _ in kolommen}
    if not any(tellingen.values()):
        return None
    cellen = tuple(_cel(tafel, tellingen[soort], oordeel) for soort, oordeel, _ in kolommen)
    return Rij((thema.naam,), cellen)


def _cel(tafel: Schrijftafel, telling: Telling | None, oordeel: str) -> Cel:
    if telling is None:
        return Cel((NIET_BEOORDEELD,))
    geteld = [tafel.rapport.beweringen.met_naam(naam) for naam in telling.per_oordeel[oordeel].geteld]
    claims = {b.indicator: b for b in geteld if b is not None and b.indicator}
    runs: list[Run] = []
    for indicator in sorted(tafel.gekozen(list(claims)), key=lambda i: i.naam):
        runs += [", "] if runs else []
        runs += [tafel.naam(indicator), *([VRAAG] if claims[indicator.id].kan_toeval else [])]
    if not runs:
        return Cel((GEEN,))
    return Cel(tuple(runs), "gunstig" if oordeel in ("bovenste_kwart", "gunstig") else "ongunstig")
