"""Sentences on one indicator in one region, made of its claims: where it stands and how it moves over the years.

What two years hide, what stands above or below nought all the same and what others did is told with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from begrippen.beweringen import GEEN_VERANDERING
from begrippen.eenheid import read_eenheid
from begrippen.oordeellijsten import ROBUUST_IN_ZIN
from begrippen.rekenregels import REKENREGELS
from begrippen.taal import telwoord
from reports.bewering import Bewering, Beweringen
from reports.beweringzinnen import KANT, REEEL, WEINIG, cijfer_delen, hoeveel, looptijd, zonder_inflatie
from reports.getallen import format_periode, join
from reports.model import Indicator, Rapport, Regio
from reports.prijzen import in_prijzen, is_gedefleerd, is_nominaal
from reports.zinnen import VERWACHTING, bedrag, bedrag_naast, haakjes, voorbehoud, zekerheid_zin

# a mean price also moves by what is sold, which differs by what it is put beside
VERKOOPPRIJS = "verkoopprijs_woningen"
ANDERE_WONINGEN = {REEEL: "elk jaar", "verschil_nl": "overal"}
# of a trend of which another way of calculating says otherwise
REKENWIJZE = "hangt van de rekenwijze af"


def stand_zin(indicator: Indicator, regio: Regio, rapport: Rapport) -> str:
    """Where a region stands: its value, beside that of two years before and of the Netherlands, and how certain.

    Empty where the region has no value.
    """
    b, punt = rapport.beweringen, indicator.punt(regio.code)
    stand = b.find("stand", indicator.id, regio.code)
    if stand is None or stand.waarde is None or punt is None:
        return ""
    zeker = haakjes(*voorbehoud(indicator, punt))
    parts = [f"{bedrag_naast(indicator, stand.waarde)} in {format_periode(stand.periode)}{zeker}."]
    if delen := cijfer_delen(indicator, b, regio, rapport.nederland):
        # '36 hoger' of a balance below nought is not 36 of what comes and goes
        wat = "Dat saldo is" if read_eenheid(indicator.eenheid).saldo else "Dat is"
        parts.append(f"{wat} {' en '.join(delen)}.")
    parts += [volume_zin(rapport, indicator, regio), tegenspraak_zin(b, indicator, regio)]
    parts.append(zekerheid_zin(indicator, punt))
    return " ".join(p for p in parts if p)


def woningen_zin(rapport: Rapport, indicator: Indicator, regio: Regio) -> str:
    """Of a mean price of what was sold: that it is not the same every year and everywhere, as far as it is compared."""
    anders = [hoe for soort, hoe in ANDERE_WONINGEN.items() if rapport.beweringen.find(soort, indicator.id, regio.code)]
    if indicator.id != VERKOOPPRIJS or not anders:
        return ""
    return f"Het zijn niet {' en niet '.join(anders)} dezelfde soorten woningen."


def volume_zin(rapport: Rapport, indicator: Indicator, regio: Regio) -> str:
    """Of an amount of what was made: that what it buys more is no growth, with how much more was made in those years.

    Empty of other amounts, and where no change apart from inflation is told.
    """
    b = rapport.beweringen.find(REEEL, indicator.id, regio.code)
    volume = indicator.kaart.get("volume")
    if not volume or b is None or not b.periode_eerder:
        return ""
    groei = next((i for i in rapport.indicatoren if i.id == volume), None)
    jaren = [p for p in groei.points(regio.code) if b.periode_eerder < p.periode <= b.periode] if groei else []
    delen = [
        f"{bedrag(groei, p.waarde)} in {format_periode(p.periode)}{haakjes(*voorbehoud(groei, p))}"
        for p in jaren
        if groei and p.waarde is not None
    ]
    zin = "Koopkracht is wat er met het bedrag te koop is, en niet hoe de economie groeide"
    return f"{zin}: die groei was in {regio.wie} {join(delen)}." if delen else f"{zin}."


def tegenspraak_zin(beweringen: Beweringen, indicator: Indicator, regio: Regio) -> str:
    """What the trend says that the last two years do not: the other way, or a movement where they show none.

    With both periods; empty where the two say the same.
    """
    trend = beweringen.find("trend", indicator.id, regio.code)
    if trend is None:
        return _vroeger(beweringen, indicator, regio)
    if _is_stil(beweringen, indicator, trend):
        return f"Over een langere tijd ({looptijd(trend)}) {_loopt(indicator, trend)}.{_robuust(trend)}"
    verandering = beweringen.tegenspraak(trend)
    if verandering is None or not verandering.periode_eerder:
        return ""
    return (
        f"Let op: over {looptijd(trend)} {_loopt(indicator, trend)}, maar tussen "
        f"{format_periode(verandering.periode_eerder)} en {format_periode(verandering.periode)} ging het de andere "
        "kant op."
    )


def _vroeger(beweringen: Beweringen, indicator: Indicator, regio: Regio) -> str:
    """Of a figure without a trend what it was long before, where the last two years go the other way, and less far.

    Empty of an amount, that inflation makes larger, and where the source began to measure otherwise in between.
    """
    sinds = beweringen.find("verandering", indicator.id, regio.code)
    if sinds is None or sinds.oordeel in GEEN_VERANDERING or is_nominaal(indicator):
        return ""
    punten = [p for p in indicator.points(regio.code) if p.waarde is not None and p.periode <= sinds.periode]
    vroeger = next((p for p in punten if p.jaar > int(sinds.periode[:4]) - REKENREGELS.venster), None)
    if vroeger is None or vroeger.waarde is None or indicator.crosses_break(vroeger.jaar, int(sinds.periode[:4])):
        return ""
    lang, kort = (sinds.waarde or 0.0) - vroeger.waarde, sinds.verschil or 0.0
    if lang * kort >= 0 or abs(lang) <= abs(kort):
        return ""
    zeker = haakjes(*voorbehoud(indicator, vroeger))
    return f"Maar in {format_periode(vroeger.periode)} was het {bedrag_naast(indicator, vroeger.waarde)}{zeker}."


def _is_stil(beweringen: Beweringen, indicator: Indicator, trend: Bewering) -> bool:
    """Whether a trend moves where the last two years, in the prices of the trend, are told as no difference."""
    soort = "verandering_reeel" if is_gedefleerd(indicator) else "verandering"
    sinds = beweringen.find(soort, indicator.id, trend.regio)
    return (
        sinds is not None
        and sinds.oordeel in GEEN_VERANDERING
        and trend.actueel
        and trend.oordeel not in GEEN_VERANDERING
    )


def is_gestopt(beweringen: Beweringen, indicator: Indicator, trend: Bewering) -> bool:
    """Whether the last two years do not show what a trend says: they went the other way, or nowhere."""
    return beweringen.tegenspraak(trend) is not None or _is_stil(beweringen, indicator, trend)


def _loopt(indicator: Indicator, trend: Bewering) -> str:
    gaat = "steeg" if (trend.verschil or 0) > 0 else "daalde"
    return f"{gaat} het cijfer{in_prijzen(indicator)}{KANT.get(trend.oordeel, '')}"


def _robuust(trend: Bewering) -> str:
    """How certain a trend is, with the space before it; empty where nothing is to be said of that."""
    zin = ROBUUST_IN_ZIN.get(trend.zekerheid, "") if trend.zekerheid != "robuust" else ""
    return f" {zin}" if zin else ""


def trend_naam(indicator: Indicator, beweringen: Beweringen, trend: Bewering) -> str:
    """An indicator in a list of those that move one way, with between brackets what a reader must know of that.

    That an amount is one without inflation, that another way of calculating says otherwise, over how few figures it
    goes, what is so all the same, and the last two years where those went the other way.
    """
    zonder = zonder_inflatie(indicator) if is_gedefleerd(indicator) and indicator.prijspeil else ""
    delen = [zonder, naast_nul(indicator, beweringen, trend)]
    if trend.zekerheid == "niet_robuust":
        delen.append(REKENWIJZE)
    if trend.aantal and trend.aantal <= WEINIG:
        delen.append(f"over {telwoord(trend.aantal)} cijfers")
    anders = beweringen.tegenspraak(trend)
    if anders is not None and anders.periode_eerder and anders.waarde is not None:
        delen.append(
            f"maar in {format_periode(anders.periode)} {hoeveel(indicator, anders)} dan in "
            f"{format_periode(anders.periode_eerder)}"
        )
    return f"‘{indicator.naam}’{haakjes(*filter(None, delen))}"


def trends_samen(trends: Sequence[tuple[Indicator, Bewering]]) -> str:
    """So many indicators that move one way, where too many to name, with what a reader must know of how many."""
    kort = sum(0 < (t.aantal or 0) <= WEINIG for _, t in trends)
    anders = sum(t.samen_met is not None for _, t in trends)
    delen = (
        (sum(t.zekerheid == "niet_robuust" for _, t in trends), f"bij {{}} {REKENWIJZE.replace('hangt', 'hangt dat')}"),
        (kort, f"bij {{}} gaat het over hooguit {telwoord(WEINIG)} cijfers"),
        (anders, "bij {} ging het de laatste twee jaar de andere kant op"),
    )
    return f"{len(trends)} indicatoren{haakjes(*(zin.format(aantal) for aantal, zin in delen if aantal))}"


def naast_nul(indicator: Indicator, beweringen: Beweringen, trend: Bewering) -> str:
    """What is still so of a balance or a growth that moves: a smaller loss is a loss, a smaller growth is growth.

    'nog onder nul' of what rises, 'nog boven nul' of a growth that falls; else empty.
    """
    stand, helling = beweringen.find("stand", trend.indicator or "", trend.regio), trend.verschil or 0.0
    waarde = (stand.waarde if stand else None) or 0.0
    if waarde < 0 < helling:
        return "nog onder nul"
    return "nog boven nul" if helling < 0 < waarde and indicator.kaart.get("groei") else ""


def trendgang_zin(beweringen: Beweringen, indicator: Indicator, regio: Regio) -> str:
    """Whether a figure rose or fell over the window, with its years and how sure; empty where another one says so."""
    trend = beweringen.find("trend", indicator.id, regio.code)
    if trend is None:
        return "" if indicator.meting == VERWACHTING else GEEN_TOETS
    if is_gestopt(beweringen, indicator, trend):
        return ""
    if trend.oordeel in GEEN_VERANDERING:
        hoe = "bleef het cijfer nagenoeg gelijk" if trend.oordeel == "nagenoeg_gelijk" else GEEN_TREND
        return f"Over {looptijd(trend)} {hoe}{in_prijzen(indicator)}."
    nog = f", en het is {nul}" if (nul := naast_nul(indicator, beweringen, trend)) else ""
    anders = anders_zin(beweringen, trend)
    return f"Over {looptijd(trend)} {_loopt(indicator, trend)}{nog}.{_robuust(trend)} {anders}".rstrip()


def anders_zin(beweringen: Beweringen, trend: Bewering) -> str:
    """That another indicator of the same goes the other way, as a share does where the whole moved more; else empty."""
    anders = beweringen.anders_gemeten(trend)
    return f"‘{anders.naam}’ meet het anders en gaat de andere kant op." if anders else ""


GEEN_TOETS = "Of dat een trend is, is met deze cijfers niet te zeggen."
GEEN_TREND = "is er geen duidelijke stijging of daling"


def kloofgang_zin(beweringen: Beweringen, indicator: Indicator, regio: Regio) -> str:
    """Whether the gap with the Netherlands grew over the window; empty where that was not judged."""
    kloof = beweringen.find("kloof", indicator.id, regio.code)
    if kloof is None:
        return ""
    hoe = {
        "groter": "groter geworden",
        "kleiner": "kleiner geworden",
    }.get(kloof.oordeel, "nagenoeg gelijk gebleven")
    kant = _staat_ervoor(indicator, regio, kloof)
    staat = f": naast Nederland staat {regio.wie} er {kant} voor dan in {_eerst(kloof)}" if kant else ""
    # of an amount the gap is a part of that of the country: in euros it may do otherwise
    wat = "Het verschil met Nederland in procenten" if is_nominaal(indicator) else "Het verschil met Nederland"
    if kloof.oordeel not in ("groter", "kleiner", "nagenoeg_gelijk"):
        return f"Of {wat[0].lower()}{wat[1:]} over {looptijd(kloof)} groter of kleiner werd, is niet te zeggen."
    return f"{wat} is over {looptijd(kloof)} {hoe}{staat}{_toch(beweringen, indicator, kloof, kant)}."


def _eerst(kloof: Bewering) -> str:
    return format_periode(kloof.periode_eerder or kloof.periode)


def _staat_ervoor(indicator: Indicator, regio: Regio, kloof: Bewering) -> str:
    """On which side of the country a region came to stand, 'gunstiger' or 'ongunstiger': a gap may grow the wanted way.

    Empty where the gap did not clearly change, has no wanted side, or where its first and last figure say otherwise.
    """
    if kloof.oordeel not in ("groter", "kleiner") or not kloof.met_kant or not kloof.periode_eerder:
        return ""
    toen, nu = (_naast_land(indicator, regio, periode) for periode in (kloof.periode_eerder, kloof.periode))
    if toen is None or nu is None or toen == nu or (abs(nu) > abs(toen)) != (kloof.oordeel == "groter"):
        return ""
    return "gunstiger" if (nu > toen) == (indicator.richting == "hoger") else "ongunstiger"


def _naast_land(indicator: Indicator, regio: Regio, periode: str) -> float | None:
    """A figure minus that of the country, of an amount as a part of it; None where one of both is not there."""
    land = next((r for r in indicator.reeksen.values() if r.regio.soort == "land"), None)
    eigen = indicator.reeksen.get(regio.code)
    ours, theirs = (r.point(periode) if r else None for r in (eigen, land))
    if ours is None or theirs is None or ours.waarde is None or theirs.waarde is None:
        return None
    verschil = ours.waarde - theirs.waarde
    return verschil / theirs.waarde if is_nominaal(indicator) and theirs.waarde else verschil


def _toch(beweringen: Beweringen, indicator: Indicator, kloof: Bewering, kant: str) -> str:
    """What the region did itself where who hears of the gap alone thinks otherwise: the country moved more.

    `kant`: on which side of the country it came to stand; without one a smaller gap sounds good and a larger bad.
    """
    trend = beweringen.find("trend", indicator.id, kloof.regio)
    klinkt = kant or {"kleiner": "gunstiger", "groter": "ongunstiger"}.get(kloof.oordeel, "")
    anders = {("gunstiger", "ongunstig"): " niet", ("ongunstiger", "gunstig"): ""}
    niet = anders.get((klinkt, trend.oordeel if trend else ""))
    return "" if niet is None else f", terwijl het cijfer zelf{niet} de gewenste kant op ging"
