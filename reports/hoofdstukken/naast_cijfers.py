"""What lies beside the figures of today, and is none: signals of people, what papers printed once, and the midterm.

A signal and a printed figure are of then, a figure is of now: they stand side by side and make no series.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from begrippen.beleidslijsten import NAGEGAAN, WOORDEN
from begrippen.oordeellijsten import TREND_BEWEEGT, TREND_WOORDEN
from begrippen.regio import NEDERLAND
from reports import cellen, patroon
from reports.document import Alinea, Blok, Uitklap, deel
from reports.getallen import afgetrokken, format_groei, format_periode, join, met_eenheid, with_eenheid
from reports.hoofdstukken import beleidsblad as blad
from reports.hoofdstukken.beleidsblad import Delen, Kolommen, Regel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.uitvoering import MEERVOUD
from reports.inhoud import Doel, Inhoud, Koppeling
from reports.model import Indicator, Regio
from reports.patroon import Kolomvak, Vak, getal, met, vak, vul
from reports.prijzen import inflatie
from reports.tabel import Tabel
from reports.uitvoering import Uitvoering
from reports.zinnen import tel

_VOLGORDE, _SOORTEN = list(WOORDEN["signaaluitkomst"]), list(WOORDEN["signaalsoort"])


@blad.beleidsblad(blad.SIGNALEN, "Signalen naast de cijfers", "Signalen")
def make_signalen(tafel: Schrijftafel, u: Uitvoering) -> Delen:
    """The signals laid beside the figures: what contradicts them first, then of each task chances before threats."""
    rijen = sorted(u.rijen("signaal"), key=lambda s: _VOLGORDE.index(s["uitkomst"]))
    soorten, kringen = (Counter(s[k] for s in rijen) for k in ("soort", "kring"))
    # who says it, most first: what the province sees itself is no signal of others
    van = join([f"{n} van {'de provincie zelf' if k == 'intern' else k}" for k, n in kringen.most_common()])
    jaren = join([f"{jaar} ({n})" for jaar, n in sorted(Counter(s["ontvangen"][:4] for s in rijen).items())])
    toetsbaar = [s for s in rijen if s["bewering"]]
    yield (
        f"{tel(len(rijen), 'signaal', 'signalen')}: {van}. Daarbij zijn {tel(soorten['kans'], 'kans', 'kansen')}, "
        f"{tel(soorten['bedreiging'], 'bedreiging', 'bedreigingen')} en {tel(soorten['signaal'], 'ander', 'andere')}. "
        f"Zij zijn van {jaren}. Bij {tel(len(toetsbaar), 'signaal', 'signalen')} hoort een cijfer: van "
        f"{sum(s['uitkomst'] != 'geen_cijfer' for s in toetsbaar)} hebben wij dat, en bij "
        f"{sum(s['uitkomst'] in NAGEGAAN for s in toetsbaar) or 'geen'} is ermee na te gaan of het signaal klopt."
    )
    zin = (
        "Een signaal is een beeld van toen, het cijfer is van nu. Wijst het cijfer de andere kant op, dan kan het "
        "signaal ouder zijn. Meet een cijfer maar een deel van een signaal, dan staat er geen uitspraak bij."
    )
    yield Alinea((zin,), "noot")

    kolommen: Kolommen = {
        "Signaal": "{beeld} | zegt: {bewering:bewering} | {gebied:mits}gebied: {gebied_naam} | "
        "{deels:de indicator meet er maar een deel van} | {opmerking}",
        "Van wie": "{kring}, {ontvangen} | {eigen_toedeling:eigen toedeling}",
        "Wat de cijfers zeggen": lambda s: _uitkomst(tafel, s),
        "Gekeken naar": lambda s: tafel.namen(tafel.gekozen([s["kaart"]]), "geen"),
    }
    op_soort = sorted(rijen, key=lambda s: _SOORTEN.index(s["soort"]))
    per_soort: dict[str, Any] = {"groep": lambda s: vul("{soort:signaalsoort}", s).capitalize()}

    def opgave(nummer: str) -> Delen:
        own = [s for s in op_soort if nummer in (s["opgaven"] or ())]
        bij = blad.tabel(f"signalen-{nummer}", f"Signalen bij opgave {nummer}", own, kolommen, **per_soort)
        yield bij if own else "Bij deze opgave zijn er geen signalen."

    botst = [s for s in rijen if s["bewering"] and s["uitkomst"] == "past_niet"]
    agenda = blad.tabel("agenda-tabel", "Signalen waar een cijfer de andere kant op wijst", botst, kolommen)
    yield from deel("Agenda voor het gesprek", "agenda", agenda if botst else niets_botst(u))
    yield from blad.per_opgave(u, opgave)
    if los := [s for s in op_soort if not s["opgaven"]]:
        zonder = blad.tabel("signalen-los", "Signalen die bij geen opgave staan", los, kolommen, **per_soort)
        yield from deel("Zonder opgave", "zonder-opgave", zonder)


def niets_botst(u: Uitvoering) -> str:
    """What the figures say of the signals where none points the other way: of how many, and how many were not seen.

    Of signals that fit on the same card it is one figure that fits.
    """
    rijen = u.rijen("signaal")
    met = [s for s in rijen if s["bewering"] and s["uitkomst"] in NAGEGAAN]
    van = "het ene signaal" if len(rijen) == 1 else f"{len(met) or 'geen'} van de {len(rijen)} signalen"
    niet = "niet " if len(rijen) == 1 and not met else ""
    zinnen = [f"Van {van} is {niet}met een cijfer na te gaan of het klopt."]
    past = [s["kaart"] for s in met if s["uitkomst"] == "past"]
    if met and len(past) == len(met):
        zinnen.append("Daar wijst het cijfer dezelfde kant op als het signaal.")
    elif past:
        rest = len(met) - len(past)
        zinnen.append(f"Bij {len(past)} wijst het cijfer dezelfde kant op als het signaal, bij {rest} bleek dat niet.")
    elif met:
        zinnen.append("Bij geen daarvan bleek het." if len(met) > 1 else "Het bleek niet.")
    if len(past) > len(set(past)) == 1:
        zinnen.append(f"Bij die {len(past)} is het hetzelfde cijfer.")
    return " ".join(zinnen)


NAAST = (
    "{kant}, {trend_van} tot en met {van_jaar} || {kant}, tot en met {van_jaar} || {bewering:is onder_nul}{cijfer}, "
    "{van_jaar} || {cijfer}, Nederland {cijfer_nl}, {van_jaar} || geen cijfer van Nederland"
)


def _uitkomst(tafel: Schrijftafel, s: Regel) -> Inhoud:
    """Whether it fits, and by what: over which years a trend was tested and which way it went; else the figures."""
    woord, kaart = WOORDEN["signaaluitkomst"][s["uitkomst"]], tafel.indicator(s["kaart"])
    if kaart is None or s["van_jaar"] is None or not s["bewering"]:
        return (woord,)
    # which way it goes, whatever is wanted; or why nothing is to be said
    beweegt = s["trend"] in TREND_BEWEEGT and s["trend_helling"] is not None
    kant = ("stijgt" if s["trend_helling"] > 0 else "daalt") if beweegt else TREND_WOORDEN.get(s["trend"])
    r = {**s, "kant": kant}
    for k in ("cijfer", "cijfer_nl"):
        r[k] = None if s[k] is None else met_eenheid(s[k], kaart.decimalen, kaart.eenheid)
    return met(woord, vul(NAAST, r), vul("{kant:mits}nog onder nul: {cijfer} in {van_jaar}", r))


LET_OP = "Toen en nu staan naast elkaar en vormen geen reeks: de bron kan intussen zijn veranderd."
# a growth then is over the years of the paper, one of today over a year or a mean of two
LET_OP_GROEI = (
    "Bij een groei staat over welke jaren zij gaat. Een groei over een jaar wisselt meer dan een gemiddelde per jaar: "
    "leg ze niet zonder meer naast elkaar."
)


def gedrukt_van(u: Uitvoering | None, **waar: object) -> list[Regel]:
    """The printed rows of all editions whose columns hold these values; of the country only what stands alone."""

    def key(r: Regel) -> tuple[object, ...]:
        return (r["editie"], r["soort"], r["maatstaf"], r["tijdvak"])

    alle = [r for r in u.tabellen.get("gedrukt", ()) if all(r[k] == v for k, v in waar.items())] if u else []
    naast = {key(r) for r in alle if r["regio"] != NEDERLAND}
    return [r for r in alle if NEDERLAND in (waar.get("regio"),) or r["regio"] != NEDERLAND or key(r) not in naast]


def gedrukt_tabel(
    tafel: Schrijftafel, id_: str, bijschrift: str, rijen: Sequence[Regel], *, waar: bool = False, **meer: Any
) -> Tabel:
    """A table of printed figures (`beleidsblad.tabel`); with `waar` of which region each is.

    What no row lays a figure of today beside, has no column for it.
    """
    kolommen: Kolommen = {
        "Wat": f"{{maatstaf!h}}{' | {regio_naam}' if waar else ''} | {{tijdvak}} | "
        "{maat:is groei}groei in dat tijdvak | {opmerking}",
        "Toen": _toen,
    }
    if not (naast := {r["maat"] for r in rijen if r["kaart"]}):
        return blad.tabel(id_, bijschrift, rijen, kolommen, **meer)
    noten = (LET_OP, LET_OP_GROEI) if "groei" in naast else (LET_OP,)
    return blad.tabel(id_, bijschrift, rijen, {**kolommen, "Nu": lambda r: _nu(tafel, r)}, noten, **meer)


def make_gedrukt(tafel: Schrijftafel, regio: Regio) -> Iterator[Blok]:
    """What papers printed of a region, for its page; of a region of a deal without any, the panel of that deal."""
    u, deal = tafel.rapport.uitvoering, tafel.rapport.beleid.regiodeal
    rijen = [r for r in gedrukt_van(u, regio=regio.code) if r["soort"] != "effect"]
    zin = f"Eerdere stukken noemden cijfers van {regio.wie}. Hier staan zij naast die van nu."
    if waar := not rijen and deal is not None and regio.code in deal.regios:
        rijen = gedrukt_van(u, soort="paneel")
        zin = (
            f"Van dit gebied zelf noemt een eerder stuk geen cijfers. Dit is het paneel van de {deal.kort} van toen: "
            "de cijfers zijn van het gebied dat erboven staat."
        )
    if rijen:
        van = f"Het paneel van de {deal.kort}" if waar and deal else regio.naam
        kop = f"{van}: cijfers uit eerdere stukken naast die van nu"
        cijfers = gedrukt_tabel(tafel, "gedrukt-tabel", kop, rijen, groep=lambda r: r["regio_naam"] if waar else ())
        yield from deel("Toen en nu", "gedrukt", zin, cijfers)


def _getal(r: Regel, waarde: float, hoogste: float | None = None) -> str:
    # a growth has its sign, as that of today beside it
    number = " tot ".join(getal(w, r["maat"] == "groei") for w in (waarde, hoogste) if w is not None)
    eenheid: str = r["eenheid"]
    if r["maat"] == "rang":
        return f"{eenheid} {number}"
    # points are no percentage of anything
    if eenheid == "procentpunt":
        return f"{number} procentpunt"
    return with_eenheid(number, eenheid if waarde == 1 else MEERVOUD.get(eenheid, eenheid))


def _toen(r: Regel) -> Inhoud:
    if r["waarde"] is None:
        return cellen.nb("niet gegeven")
    nl = f"Nederland {_getal(r, r['nl'])}" if r["nl"] is not None else ""
    return met(_getal(r, r["waarde"], r["hoogste"]), vul("{precisie:behalve exact}", r), nl)


def _nu(tafel: Schrijftafel, r: Regel) -> Inhoud:
    if r["niet_naast"]:
        return (f"niet te vergelijken: {r['niet_naast']}",)
    indicator = tafel.indicator(r["kaart"])
    if indicator is None or r["nu"] is None:
        return cellen.nb("geen cijfer")

    def now(waarde: float) -> str:
        if r["nu_groei"]:
            return format_groei(waarde)
        return met_eenheid(waarde, indicator.decimalen, indicator.eenheid)

    nl = f"Nederland {now(r['nu_nl'])}" if r["nu_nl"] is not None and r["regio"] != NEDERLAND else ""
    over = "gemiddeld per jaar, " if r["nu_groei"] else "in één jaar, " if r["maat"] == "groei" else ""
    return met(now(r["nu"]), f"{over}{format_periode(r['nu_periode'])}", nl)


GROEI = vak("{per_jaar:mits}{punten:mits}{per_jaar:punten} || {per_jaar:groei} | {van}-{tot}", "{reden}")
GEEN_GROEI = {"per_jaar": None, "reden": "geen cijfer"}
LOPEND = "inflatie zit erin"
NOTEN = (
    "Een aandeel verandert in procentpunten, de rest in procenten. Over een reeksbreuk heen is er geen cijfer. Welke "
    "indicatoren bij een thema horen, is onze keuze. Hier is niet getoetst of een verandering meer is dan toeval. "
    "Groei vanaf 2020 of 2021 is soms herstel na de coronatijd.",
)


VERANTWOORDING: Kolommen = {
    "Opgave": "{opgave}. {naam}",
    **{"Beoogde resultaten": "{resultaten}", "Verantwoord": "{resultaten_verantwoord}"},
    **{"Instrumenten": "{instrumenten}", "Evaluaties": "{evaluaties}"},
    "Geld": vak(
        "{geld:euro} || {geld_van:mits}niet op te tellen | {geld:mits}{geld_van}-{geld_tot}", "niet aangeleverd"
    ),
}


@blad.beleidsblad(blad.MIDTERM, "Tussenstand in drie delen (midterm)", "Midterm")
def make_midterm(tafel: Schrijftafel, u: Uitvoering) -> Delen:
    """The three parts, each by itself."""
    yield (
        "Drie delen naast elkaar: hoe de omgeving veranderde, wat van projecten is geteld en wat is verantwoord. Geen "
        f"cijfer van het ene deel telt mee in het andere. {blad.GEEN_EFFECT}"
    )
    yield from deel("Deel 1: de omgeving", "omgeving", *_omgeving(tafel, u))
    yield from deel("Deel 2: projecten", "projecten", *_projecten(tafel, u))
    zin = "Wat de provincie zich voornam, en waarvan is gezegd wat ervan kwam. Of het hielp, staat hier niet."
    kop = "Per opgave wat is beloofd, verantwoord en begroot"
    ketting = patroon.tabel("verantwoording-tabel", kop, u.rijen("ketting"), VERANTWOORDING)
    yield from deel("Deel 3: verantwoording", "verantwoording", zin, ketting)


def _omgeving(tafel: Schrijftafel, u: Uitvoering) -> Delen:
    """Of each theme with indicators: their change per year in two periods, the province beside the country."""
    groei = {(g["indicator"], g["regio"], g["wanneer"]): g for g in u.tabellen.get("groei", ())}
    eigen, wie = tafel.rapport.provincie.code, tafel.rapport.provincie.naam
    delen = [o for o in u.tabellen.get("opgave", ()) if o["kaarten"]]
    rijen = [(o, i) for o in delen for i in tafel.gekozen(o["kaarten"]) if (i.id, eigen, "nu") in groei]

    def cel(regio: str, wanneer: str) -> Kolomvak[tuple[Regel, Indicator]]:
        return lambda r: GROEI(groei.get((r[1].id, regio, wanneer), GEEN_GROEI))

    namen = " en ".join(dict.fromkeys(o["indeling_naam"] for o in delen))
    if not delen:
        yield "Bij geen thema is opgegeven aan welke indicatoren de omgeving is af te lezen."
    elif not rijen:
        horen = tel(len({k for o in delen for k in o["kaarten"]}), "indicator hoort", "indicatoren horen")
        yield f"{horen} bij de thema’s van het {namen}. Van geen daarvan weten wij hoeveel er veranderde."
    else:
        yield f"Per thema van het {namen}: hoeveel een indicator gemiddeld per jaar veranderde, in twee perioden."
        yield patroon.tabel(
            "omgeving-tabel",
            f"Gemiddelde verandering per jaar in {wie} en Nederland, in de periode ervoor en de laatste",
            rijen,
            {
                "Indicator": lambda r: met((tafel.naam(r[1]),), LOPEND if r[1].prijzen == "lopend" else inflatie(r[1])),
                **{f"{wie} ervoor": cel(eigen, "vorige"), "Nederland ervoor": cel(NEDERLAND, "vorige")},
                **{f"{wie} laatst": cel(eigen, "nu"), "Nederland laatst": cel(NEDERLAND, "nu")},
                "Verschil laatst": lambda r: _verschil(*(groei.get((r[1].id, x, "nu")) for x in (eigen, NEDERLAND))),
            },
            NOTEN,
            groep=lambda r: vul("{woord!h} {opgave}: {naam}", r[0]),
        )
    if toen := gedrukt_van(u, soort="omgeving"):
        kop = "Cijfers uit de omgevingsmonitor van toen, naast die van nu"
        thema = partial(u.deelnaam, anders="Het geheel")
        cijfers = gedrukt_tabel(tafel, "omgeving-gedrukt", kop, toen, waar=True, groep=thema)
        yield Uitklap("Wat de omgevingsmonitor van toen noemde", (cijfers,))


def _verschil(*naast: Regel | None) -> Vak:
    hier, daar = (g["per_jaar"] if g else None for g in naast)
    if hier is None or daar is None:
        return cellen.nb("een van de twee mist")
    return format_groei(afgetrokken(hier, daar, 1), punten=True)


def _projecten(tafel: Schrijftafel, u: Uitvoering) -> Delen:
    if u.rijen("effect"):
        naar = Koppeling("projecten samen", Doel(blad.UITVOERING, "projecten"))
        yield Alinea(("Wat van de projecten van deze editie is geteld, staat per thema bij ", naar, "."))
    else:
        yield "Bij deze editie zijn geen projecten aangeleverd. Daarover is er dus geen cijfer."
    if toen := gedrukt_van(u, soort="effect"):
        yield "Wat een eerder stuk van projecten telde. Elke rij heeft haar eigen eenheid; zij zijn niet op te tellen."
        yield gedrukt_tabel(tafel, "effect-gedrukt", "Wat een eerder stuk van projecten telde", toen)
