"""Sentences that count claims: how much is better or worse, moves, or stands high or low; and the answer made of that.

Each gives its years, and how many of what it counts may be chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from begrippen.lijsten import REGIOSOORT_MEERVOUD
from begrippen.rekenregels import REKENREGELS
from begrippen.taal import telwoord
from reports.bewering import Bewering, Beweringen, Telling, count_onzeker
from reports.beweringzinnen import KANT, WEINIG, jaren, looptijd
from reports.getallen import join
from reports.model import Indicator, Rapport, Regio
from reports.zinnen import tel

KWART = {"bovenste_kwart": "in het gunstigste kwart", "onderste_kwart": "in het ongunstigste kwart"}
_UITERSTEN = tuple(KWART)
# what is counted: who is judged without a side that is wanted is in no count
MET_KANT = "met een gewenste kant"
INDICATOREN_MET_KANT = (f"indicator {MET_KANT}", f"indicatoren {MET_KANT}")
TRENDS_MET_KANT = (f"getoetste trend {MET_KANT}", f"getoetste trends {MET_KANT}")
# from so many distances on a count of places says how many there are
AFSTANDEN = 3
# why a count may be chance: told in full once, where more counts stand under each other
ZONDER_MARGE = ": de bron geeft er geen marge bij"
# of places: one keeps its quarter where its figure, with the margin, may lie in another
OM_MARGE = ": de marge is groot of onbekend"


def geen(aantal: int) -> str:
    """A count in a sentence: 'geen', '12'."""
    return str(aantal) if aantal else "geen"


def bij(aantal: int) -> str:
    """At how many a region stands somewhere: 'bij 12', 'bij geen'."""
    return f"bij {geen(aantal)}"


def oud_zin(b: Bewering, editie: int) -> str:
    """How many figures are too old to count, behind the count of those that do; empty where none is too old."""
    if not b.verouderd:
        return ""
    van, cijfers = b.telling_van or 0, "is het laatste cijfer" if b.verouderd == 1 else "zijn de laatste cijfers"
    # of so few the count was not told: that they are there is
    maar = (
        f"Maar {tel(van, *INDICATOREN_MET_KANT)} {'telt' if van == 1 else 'tellen'} mee: te weinig om te tellen wat "
        "beter of slechter werd. "
    )
    # there are more old figures: of these only age is the reason that they are not counted
    return (
        f"{maar if van < REKENREGELS.minste_telling else ''}Nog {tel(b.verouderd, *INDICATOREN_MET_KANT)} "
        f"{'is' if b.verouderd == 1 else 'zijn'} te vergelijken, maar daarvan {cijfers} van voor "
        f"{editie - REKENREGELS.actueel_jaren}: {'die telt' if b.verouderd == 1 else 'die tellen'} niet mee."
    )


def verandering_telzin(
    t: Telling, wie: str, *, wat: tuple[str, str] = ("indicator", "indicatoren"), kop: Bewering | None = None
) -> str:
    """How many figures are better and worse than two years earlier, with the years.

    `kop`: the answer whose headline stands before it, which says of how many no clear difference is seen.
    """
    rest = "" if kop is not None and kop.oordeel != "geen" and antwoord_stil(kop) is not None else _rest(t)
    return (
        f"Van {_de(t.van, wat)} {wie} {MET_KANT} {_is(t['gunstig'])} {geen(t['gunstig'])} beter en "
        f"{geen(t['ongunstig'])} slechter dan twee jaar eerder{rest}. "
        f"{'Het laatste cijfer is' if t.van == 1 else 'De laatste cijfers zijn'} van {jaren(t.eerste)}.{_onzeker(t)}"
    )


def _onzeker(t: Telling) -> str:
    """Of how many that are better or worse the source gives no margin; empty where it gives all."""
    zin = _kan_toeval(*count_onzeker([t], KANT), "Dat ene verschil", "verschillen")
    return f" {zin}{ZONDER_MARGE}." if zin else ""


def _kan_toeval(aantal: int, samen: int, een: str, meer: str) -> str:
    """How many of what is counted together may be chance, and what that is; empty where none may."""
    if not aantal:
        return ""
    deel = een if samen == 1 else f"Alle {samen} {meer}" if aantal == samen else f"{aantal} van de {samen} {meer}"
    return f"{deel} {'kan' if aantal == 1 else 'kunnen'} toeval zijn"


def _rest(t: Telling) -> str:
    """Of how many no clear difference is seen, behind the two sides; empty where each is on one of them."""
    return f"; bij {t['gelijk']} is er geen duidelijk verschil" if t["gelijk"] else ""


def _is(aantal: int) -> str:
    return "is er" if aantal == 1 else "zijn er"


def _de(aantal: int, wat: tuple[str, str]) -> str:
    return f"de enige {wat[0]}" if aantal == 1 else f"de {aantal} {wat[1]}"


def jaren_samen(*tellingen: Telling) -> str:
    """The years of all figures in these counts together: '2022 tot en met 2025'."""
    oudst = min(t.eerste.periode_oudst for t in tellingen)
    return jaren(replace(tellingen[0].eerste, periode_oudst=oudst, periode=max(t.eerste.periode for t in tellingen)))


def trend_telzin(t: Telling, beweringen: Beweringen) -> str:
    """How many trends go the wanted way, with their years, and how many of those hang on how we calculate."""
    goed, slecht = t["gunstig"], t["ongunstig"]
    if t.van == 1:
        hoe = "gaat de gewenste kant op" if goed else "gaat niet de gewenste kant op" if slecht else "is niet duidelijk"
        return f"Er is één {TRENDS_MET_KANT[0]} ({looptijd(t.eerste)}): die {hoe}."
    if t.van in (goed, slecht):
        kant = "de gewenste kant op" if goed else "niet de gewenste kant op"
        return f"Alle {t.van} {TRENDS_MET_KANT[1]} ({looptijd(t.eerste)}) gaan {kant}.{_wankel(t, beweringen)}"
    return (
        f"Van de {t.van} {TRENDS_MET_KANT[1]} ({looptijd(t.eerste)}) "
        f"{'gaan' if goed > 1 else 'gaat'} er {geen(goed)} de gewenste kant op en {geen(slecht)} de andere kant"
        + (f"; bij {t['gelijk']} is er geen duidelijke verandering." if t["gelijk"] else ".")
        + _wankel(t, beweringen)
    )


def _wankel(t: Telling, beweringen: Beweringen) -> str:
    """Of how many trends that go one way another way of calculating says otherwise, and how many are of few figures."""
    found = [beweringen.met_naam(naam) for kant in KANT if kant in t.per_oordeel for naam in t.per_oordeel[kant].geteld]
    trends = [b for b in found if b is not None]
    anders = sum(b.zekerheid == "niet_robuust" for b in trends)
    kort = sum((b.aantal or WEINIG + 1) <= WEINIG for b in trends)
    if not anders and not kort:
        return ""
    delen = (
        _deel(anders, ("hangt", "hangen"), "van de rekenwijze af", len(trends)),
        _deel(kort, ("rust", "rusten"), f"op hooguit {telwoord(WEINIG)} cijfers", len(trends)),
    )
    wie = "De ene die een kant op gaat," if len(trends) == 1 else f"Van de {len(trends)} die een kant op gaan,"
    return f" {wie} {join([deel for deel in delen if deel])}."


def _deel(aantal: int, gaat: tuple[str, str], hoe: str, van: int) -> str:
    """So many of a count: 'hangen er 3 van de rekenwijze af', of one alone 'hangt van de rekenwijze af'."""
    if not aantal:
        return ""
    return f"{gaat[aantal > 1]} {hoe}" if van == 1 else f"{gaat[aantal > 1]} er {aantal} {hoe}"


def plaats_toeval(*tellingen: Telling) -> str:
    """How many of these high and low places may be chance, behind a sentence; empty where none may."""
    zin = plaatsen_toeval(*tellingen)
    return f" {zin}" if zin else ""


def plaatsen_toeval(*tellingen: Telling, kanten: Sequence[str] = _UITERSTEN, waar: str = "") -> str:
    """How many of these high and low places together may be chance: '15 van de 44 plaatsen in ... '.

    `waar`: which places these are. Empty where none may be.
    """
    waar = waar or "in die kwarten"
    zin = _kan_toeval(*count_onzeker(tellingen, kanten), "Die ene plaats", f"plaatsen {waar}")
    return f"{zin}{OM_MARGE}." if zin else ""


def plaats_telzin(t: Telling, naam: str, onder: str) -> str:
    """How often a region stands high and low among its kind, with the years. `onder`: 'de provincies'.

    Of one place alone only where that is high or low: in the middle stands half of all, or who is as the country.
    """
    if t.van == 1:
        kwart = next((oordeel for oordeel in _UITERSTEN if t[oordeel]), "")
        zin = (
            f"Eén {INDICATOREN_MET_KANT[0]} heeft een plaats onder {onder} ({jaren(t.eerste)}): {naam} staat daar "
            f"{KWART.get(kwart)}.{plaats_toeval(t)}"
        )
        return zin if kwart else ""
    return (
        f"Van de {t.van} {INDICATOREN_MET_KANT[1]} en een plaats onder {onder} ({jaren(t.eerste)}) staat {naam} "
        f"{bij(t['bovenste_kwart'])} in het gunstigste kwart en {bij(t['onderste_kwart'])} in het ongunstigste."
        f"{afstanden_zin(t)}{plaats_toeval(t)}"
    )


def afstanden_zin(*tellingen: Telling) -> str:
    """How many of the places are distances, that a thinly populated area hardly can do much about; empty for a few.

    Of more areas together: the fewest and the most, where they differ.
    """
    aantallen = sorted({t.eerste.afstanden or 0 for t in tellingen})
    if not aantallen or aantallen[-1] < AFSTANDEN:
        return ""
    if len({t.van for t in tellingen}) == len(aantallen) == 1:
        return f" Van die {tellingen[0].van} zijn er {aantallen[0]} een afstand in kilometers."
    hoeveel = str(aantallen[0]) if len(aantallen) == 1 else f"{aantallen[0]} tot {aantallen[-1]}"
    return f" Van elk zijn er {hoeveel} een afstand in kilometers."


def naast_telzin(t: Telling, naam: str, ander: str) -> str:
    """How often a region stands better and worse than another one, or than the country, with the years."""
    zijn = "is" if t.van == 1 else "zijn"
    return (
        f"Van {_de(t.van, INDICATOREN_MET_KANT)} die naast {ander} te leggen {zijn} ({jaren(t.eerste)}) staat "
        f"{naam} er {bij(t['gunstig'])} beter voor en {bij(t['ongunstig'])} slechter{_rest(t)}."
        f"{_onzeker(t)}"
    )


def onder_soort(laag: str) -> str:
    """All regions of a kind that have a place, as a sentence names them: not each has a figure of everything."""
    return "de provincies" if laag == "provincie" else f"de {REGIOSOORT_MEERVOUD[laag]} in Nederland met een cijfer"


def _delen(rapport: Rapport) -> tuple[Regio, ...]:
    return (*rapport.gemeenten, *rapport.corop, *rapport.samengesteld)


def elders_begin(rapport: Rapport, indicatoren: Sequence[Indicator]) -> str:
    """Which kinds of area have a figure of these indicators, up to of which; empty where none has one."""
    wie = {g.soort: REGIOSOORT_MEERVOUD[g.soort] for g in _delen(rapport) if any(i.punt(g.code) for i in indicatoren)}
    cijfers = "is er wel een cijfer" if len(indicatoren) == 1 else "zijn er wel cijfers"
    return f"Voor {join(list(wie.values()))} {cijfers}, van " if wie else ""


def elders_zin(rapport: Rapport, indicatoren: Sequence[Indicator]) -> str:
    """The same with of how many."""
    met = [i for i in indicatoren if any(i.punt(g.code) for g in _delen(rapport))]
    return f"{elders_begin(rapport, met)}{tel(len(met), 'indicator', 'indicatoren')}." if met else ""


# --- the answer ---


def antwoord_kop(b: Bewering, wie: str) -> str:
    """Whether it goes better or worse, in one sentence; with how many did not clearly change, where that is most."""
    match b.oordeel:
        case "gunstig":
            zin = f"Vergeleken met twee jaar eerder is er in {wie} duidelijk meer verbeterd dan verslechterd"
        case "geen":
            return (
                f"Deze editie heeft te weinig recente cijfers om te zeggen of het in {wie} beter of slechter gaat "
                "dan twee jaar eerder."
            )
        case "ongunstig":
            zin = f"Vergeleken met twee jaar eerder is er in {wie} duidelijk meer verslechterd dan verbeterd"
        case _:
            zin = f"Vergeleken met twee jaar eerder gaat het in {wie} niet duidelijk beter of slechter"
    if (stil := antwoord_stil(b)) is None:
        return f"{zin}."
    voeg = ":" if b.oordeel == "gelijk" else ", maar"
    return f"{zin}{voeg} bij de meeste indicatoren ({stil} van de {b.telling_van}) is er geen duidelijk verschil."


def antwoord_stil(b: Bewering) -> int | None:
    """Of how many of what was judged no clear change was seen; None where that is not most of them."""
    van = b.telling_van or 0
    stil = van - int((b.waarde or 0) + (b.waarde_tegen or 0))
    return stil if 2 * stil > van else None


def antwoord_uitleg(b: Bewering, editie: int) -> str:
    """How certain the answer is, behind the count that it is made of: what chance does, and what was left out."""
    parts = []
    if b.oordeel == "gelijk" and b.verschil:
        zonder = ""
        if abs(b.verschil) > (b.grens or 0.0):
            aantal = b.onzeker or 0
            die = "dat ene cijfer dat zelf" if aantal == 1 else f"de {aantal} die zelf"
            zonder = f": zonder {die} toeval {'kan' if aantal == 1 else 'kunnen'} zijn, is het te klein"
        parts.append(f"Het verschil tussen {b.aantal} en {b.waarde_tegen:.0f} kan toeval zijn{zonder}.")
    parts.append(oud_zin(b, editie))
    return " ".join(p for p in parts if p)


def toestand_zinnen(beweringen: Beweringen, regio: Regio, editie: int) -> list[str]:
    """Whether an area is better off, the count that this is made of, and how certain it is: no count without the rest.

    Nothing where too few were compared.
    """
    sinds = beweringen.telling("verandering", "alles", regio.code, regio.soort)
    antwoord = beweringen.antwoord("alles", regio.code, regio.soort)
    if sinds is None or antwoord is None or sinds.van < REKENREGELS.minste_telling:
        return []
    uitleg = antwoord_uitleg(antwoord, editie)
    zinnen = [antwoord_kop(antwoord, regio.wie), verandering_telzin(sinds, f"van {regio.wie}", kop=antwoord), uitleg]
    return [z for z in zinnen if z]


def zonder_reden(tekst: str) -> str:
    """A text without why a count in it may be chance."""
    return tekst.replace(ZONDER_MARGE, "").replace(OM_MARGE, "")


def een_keer(teksten: Iterable[str], al: Iterable[str] = ()) -> list[str]:
    """Texts that stand under each other, with why a count may be chance in full where it first stands, behind `al`."""
    uit, eerder = list(teksten), list(al)
    for reden in (ZONDER_MARGE, OM_MARGE):
        told = any(reden in t for t in eerder)
        for n, tekst in enumerate(uit):
            begin, found, rest = tekst.partition(reden)
            uit[n] = begin + ("" if told else found) + rest.replace(reden, "")
            told = told or bool(found)
    return uit


def namen(regios: Sequence[Regio]) -> str:
    """Regions as a sentence lists them."""
    return join([r.naam for r in regios])
