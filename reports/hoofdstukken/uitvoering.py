"""What was promised at each task and what was reported of it, what was used for it, and the steps between two Standen.

These pages lay things beside each other. Nowhere do they say that one caused the other: that was not measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Any

from begrippen.beleidslijsten import RESULTAATSTAAT_UITLEG, WOORDEN
from begrippen.taal import telwoord
from reports import patroon
from reports.document import Alinea, Blok, Uitklap, deel
from reports.getallen import format_datum, format_getal
from reports.hoofdstukken import beleidsblad as blad
from reports.hoofdstukken.beleidsblad import Delen, Kolommen, Regel, tabel, tabeldeel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud, Koppeling
from reports.patroon import hoofdletter, met, vak, vul
from reports.tabel import Tabel
from reports.uitvoering import Uitvoering
from reports.zinnen import tel

BRUTO = "Bruto, en niet gemeten tegen wat er zonder de provincie was gebeurd."
MEERVOUD = {"voltijdbaan": "voltijdbanen", "mensjaar": "mensjaren", "project": "projecten"}


def make_rij_links(tafel: Schrijftafel, opgave: str) -> Alinea | None:
    """What else there is at a task, as one row of links; None where nothing was delivered."""
    u = tafel.rapport.uitvoering
    if u is None or not (ketting := u.rijen("ketting", opgave=opgave)):
        return None
    (k,) = ketting
    naar, jaren = f"opgave-{opgave}", "-".join(dict.fromkeys((str(k["geld_van"]), str(k["geld_tot"]))))
    parts = [
        (tel(k["signalen"], "signaal", "signalen"), blad.SIGNALEN, naar),
        (tel(k["resultaten"], "beoogd resultaat", "beoogde resultaten"), blad.UITVOERING, naar),
        (tel(k["instrumenten"], "instrument", "instrumenten"), blad.INSTRUMENTEN, ""),
        *([(tel(n, "evaluatie", "evaluaties"), blad.INSTRUMENTEN, "evaluaties")] if (n := k["evaluaties"]) else ()),
        *([(f"geld in {jaren}", blad.GELD, naar)] if k["geld_van"] else ()),
    ]
    return blad.naar_bladen(u, "Bij deze opgave: ", opgave, parts)


@blad.beleidsblad(blad.UITVOERING, "Uitvoering: wat is beloofd en verantwoord", "Uitvoering")
def make_uitvoering(tafel: Schrijftafel, u: Uitvoering) -> Delen:
    """The intended results of each task, projects together, accents, and what earlier editions promised."""
    wie = tafel.rapport.gebied.provincie
    eigen = u.rijen("resultaat", indeling=u.rijen("opgave")[0]["indeling"])
    verteld = any(r["staat"] not in ("geen_opgave", "nog_niet") for r in eigen)
    zin = f"Per opgave staat hier wat de {wie} wil doen, en wat daarvan is verantwoord."
    if eigen and not verteld:
        zin = f"Per opgave staat hier wat de {wie} wil doen. Wat ervan kwam, staat nog niet in de stukken."
    yield f"{zin} {blad.GEEN_EFFECT}"
    lijn = "{naam!h} (rol van de provincie: {rol}) || {naam!h}"
    lijnen = {(r["opgave"], r["id"]): vul(lijn, r) for r in u.rijen("inzetlijn")}

    def opgave(nummer: str) -> Delen:
        anker = f"opgave-{nummer}"
        zie = [("indicatoren", "opgaven", anker), ("signalen", blad.SIGNALEN, anker), ("geld", blad.GELD, anker)]
        yield blad.naar_bladen(u, "Zie ook: ", nummer, (deel for deel in zie if blad.has_blad(u, deel[1])))
        own = [r for r in eigen if nummer in (r["opgave"], *(r["ook_opgaven"] or ()))]
        id_, kop = f"resultaten-{nummer}", f"Beoogde resultaten bij opgave {nummer}"
        beoogd = _resultaten(tafel, id_, kop, own, lambda r: lijnen.get((nummer, r["inzetlijn"]), ()))
        yield beoogd if own else "Bij deze opgave zijn geen beoogde resultaten aangeleverd."

    yield from blad.per_opgave(u, opgave)
    kop, zin = "Projecten samen", f"{BRUTO} {EENHEDEN}"
    yield from tabeldeel(kop, "projecten", f"{kop}, per thema", u.rijen("effect"), EFFECT, zin, **PER_THEMA)
    accenten, erbij = u.rijen("accent"), "met de opgaven en indicatoren die erbij horen"
    kolommen = {**ACCENT, "Indicatoren": lambda a: tafel.namen(tafel.gekozen(a["kaarten"]), "geen cijfer")}
    zin = f"De {len(accenten)} punten uit het akkoord, {erbij}."
    yield from tabeldeel("Accenten", "accenten", f"Accenten, {erbij}", accenten, kolommen, zin, **PER_GROEP)
    for jaar in u.eerdere:
        yield from _eerder(tafel, u, jaar)


RESULTAAT = (
    "{onder:mits}onderdeel: {resultaat} || {resultaat} | {opmerking} | ook bij opgave {ook_opgaven} | "
    "{besluit}: {besluit_reden} || {besluit} | trekker: {trekker} || {trekker_reden:mits}trekker onbekend | "
    "partners: {partners} | rol van de provincie: {rol} | accent: {accent}"
)


def _resultaten(tafel: Schrijftafel, id_: str, bijschrift: str, rijen: Sequence[Regel], groep: Any) -> Tabel:
    u, staten = tafel.rapport.uitvoering, {r["staat"] for r in rijen}
    accenten = {(a["editie"], a["id"]): a["accent"] for a in (u.tabellen.get("accent", ()) if u else ())}
    geen, woorden = {"geen maat": "geen maat", "kaart": "geen cijfer"}, WOORDEN["resultaatstaat"]
    return tabel(
        id_,
        bijschrift,
        [{**r, "accent": "; ".join(accenten[r["editie"], a] for a in r["accenten"] or ())} for r in rijen],
        {
            "Resultaat": RESULTAAT,
            "Norm": "{vergelijking} {norm:getal} ({eenheid}) || geen",
            "Realisatie": vak("{realisatie:getal} van {norm:getal} || {realisatie:getal}", "niet gegeven"),
            "Stand": "{staat:resultaatstaat} | {eigen_opgave:eigen opgave van de provincie} | {toelichting}",
            "Indicatoren": lambda r: tafel.namen(tafel.gekozen(r["kaarten"]), geen.get(r["maat"], "geen")),
        },
        [f"‘{hoofdletter(woorden[s])}’: {text}." for s, text in RESULTAATSTAAT_UITLEG.items() if s in staten],
        groep=groep,
    )


def _eerder(tafel: Schrijftafel, u: Uitvoering, jaar: int) -> Iterator[Blok]:
    """What an earlier edition promised: history, in full for who opens it."""
    if not (rijen := u.rijen("resultaat", editie=jaar)):
        return
    delen = u.rijen("opgave", editie=jaar, eigen=True)
    doel = {r["doelstelling_nr"]: r["doelstelling"] for r in rijen}
    onderdelen = sum(bool(r["onder"]) for r in rijen)
    stil = sum(r["staat"] == "geen_opgave" for r in rijen)
    met_delen = f", met {tel(onderdelen, 'onderdeel', 'onderdelen')}" if onderdelen else ""
    van = f"deze {stil}" if stil == len(rijen) else f"{stil} van deze {len(rijen)}"
    staat = "kwam, weten wij niet: dat staat niet in de stukken die wij hebben. Het zegt niet of het is gelukt."
    weet = f" Wat er van {van} {staat}" if stil else ""
    tabellen = tuple(
        _resultaten(
            tafel,
            f"beoogd-{jaar}-{o['opgave'].replace('.', '-')}",
            f"{o['woord'].capitalize()} {o['opgave']}: {o['naam']}",
            [r for r in rijen if (r["opgave"], r["indeling"]) == (o["opgave"], o["indeling"])],
            lambda r: doel[r["doelstelling_nr"]] or "",
        )
        for o in delen
    )
    yield from deel(
        f"Beoogde resultaten {jaar}",
        f"beoogd-{jaar}",
        f"{delen[0]['indeling_naam']}: {len(rijen) - onderdelen} resultaten bij {len(doel)} doelen{met_delen}.{weet}",
        Uitklap(f"Alle resultaten van {jaar}", tabellen),
    )


ACCENT: Kolommen = {"Accent": "{accent}", "Opgaven": "{opgaven} || geen | {eigen_toedeling:eigen toedeling}"}
PER_GROEP: dict[str, Any] = {
    "noten": ("‘Eigen toedeling’: het stuk noemt geen opgave; wij kozen er een.",),
    "groep": itemgetter("groep"),
}
# Projects together: gross, each figure in its own unit and of three parties or more.
MAAT = "{maat:is geraamd}geraamd door de {soort} || {maat:effectmaat}"
# of lasting jobs whether they are new, and whether they are there
ERBIJ = (
    "{maat:is blijvend}{soort:is onbekend}nieuw of behoud onbekend, {wanneer} || {maat:is blijvend}{soort}, {wanneer}"
)
EENHEDEN = (
    "Tijdelijk werk staat in mensjaren, blijvend werk in voltijdbanen. Die twee zijn niet op te tellen. Een raming is "
    "een bereik."
)
PER_THEMA: dict[str, Any] = {
    "noten": ("Elk cijfer is van minstens drie partijen. Van een project of partij apart staat hier niets.",),
    "groep": lambda e: e["thema"] or "Alle thema’s samen",
}


def _waarde(e: Regel) -> str:
    if e["staat"] != "gegeven":
        return WOORDEN["effectstaat"][e["staat"]]
    whole = all(float(e[k]).is_integer() for k in ("laag", "hoog"))
    decimals = 2 if e["maat"] == "hefboom" else 0 if whole else 1
    laag, hoog = (format_getal(e[k], decimals) for k in ("laag", "hoog"))
    eenheid = MEERVOUD.get(e["eenheid"], e["eenheid"])
    return f"{laag} {eenheid}" if laag == hoog else f"{laag} tot {hoog} {eenheid}"


EFFECT: Kolommen = {"Wat": lambda e: met(hoofdletter(vul(MAAT, e)), vul(ERBIJ, e)), "Samen": _waarde}


def effectzin(e: Regel) -> str:
    """One figure of projects as a line."""
    return f"{', '.join(filter(None, (vul(MAAT, e), vul(ERBIJ, e))))}: {_waarde(e)}"


def _evaluatiesoort(e: Regel) -> Inhoud:
    soort = WOORDEN["evaluatiesoort"][e["soort"]]
    wat = (Koppeling(soort, e["link"], f" van {e['jaar'] or 'onbekend jaar'}"),) if e["link"] else (soort,)
    return met(wat, vul("uitvoerder: {uitvoerder}", e), vul("vraag: {vraag}", e))


INSTRUMENT: Kolommen = {
    "Instrument": "{naam} | {opmerking} | loopt tot {loopt_tot} | de gedachte: {aannamen} | "
    "wat ook meespeelt: {andere_oorzaken}",
    "Soort": "{soort}",
    "Opgaven": "{opgaven} || geen",
    "Geld": "{kosten:euro} | {kosten_jaar}",
    "Per ondernemer": vak("{kosten_per_bereikte:euro}", "bereik niet bekend"),
}
AANBEVELING: Kolommen = {
    "Aanbeveling": "{tekst}",
    "Instrument": "{naam}",
    "Besluit": "{besluit:besluit} | {lang_open:al langer dan twee jaar}, sinds {sinds} | {reden} | {opmerking}",
    "Uitgevoerd": "{uitgevoerd}",
}
EVALUATIE: Kolommen = {
    "Instrument": "{naam}",
    "Soort": _evaluatiesoort,
    "Jaar": "{jaar} || jaar onbekend",
    "Stand": "{stand:is tegenstrijdig}tegenstrijdig: {bron} {plaats} || {voorbij:mits}{stand} voor {jaar} || "
    "{stand} | {stand:is tegenstrijdig}{opmerking} || {stand:is tegenstrijdig}zonder toelichting || "
    "{voorbij:mits}niet bekend of zij er kwam",
}
OPBRENGST: Kolommen = {
    "Instrument": "{naam}",
    "Wat": "{maat}",
    "Aantal": "{waarde:getal} {eenheid} | {jaar} || jaar niet genoemd | {duur:behalve niet_genoemd}",
    "Is dit gehaald": "{herkomst:herkomst}",
}
PER_ONDERNEMER = "Kosten per ondernemer staan er alleen als bereik en geld van hetzelfde jaar bekend zijn."
GEEN_SOM = "Zo noemt het stuk ze. Zij zijn niet opgeteld: de getallen zijn van verschillende dingen."


@blad.beleidsblad(blad.INSTRUMENTEN, "Instrumenten en evaluaties", "Instrumenten")
def make_instrumenten(tafel: Schrijftafel, u: Uitvoering) -> Delen:
    """The instruments with their costs, recommendations (what waits longest first), evaluations, direct yields."""
    instrumenten = u.rijen("instrument")
    namen: dict[str, str] = {i["id"]: i["naam"] for i in instrumenten}
    adviezen, evaluaties, opbrengsten = (
        [{**r, "naam": namen[r["instrument"]]} for r in u.rijen(t)] for t in ("aanbeveling", "evaluatie", "opbrengst")
    )
    yield (
        f"Regelingen, fondsen en programma's van de {tafel.rapport.gebied.provincie}, met hun evaluaties en wat "
        f"daarmee is gedaan. {blad.GEEN_EFFECT}"
    )
    kop = "Instrumenten, met de opgaven waar zij bij horen en het geld van een jaar"
    kosten = tabel("instrumenten-tabel", kop, instrumenten, INSTRUMENT, (PER_ONDERNEMER,))
    yield from deel("Instrumenten en hun kosten", "instrumenten-kosten", kosten)
    adviezen.sort(key=lambda a: (not a["lang_open"], a["besluit"] != "open"))
    kop = "Aanbevelingen en wat ermee is gedaan"
    yield from tabeldeel("Aanbevelingen", "aanbevelingen", kop, adviezen, AANBEVELING)
    evaluaties.sort(key=lambda e: (-(e["jaar"] or 0), e["naam"]))
    zin, laat = f"{len(evaluaties)} evaluaties, gedaan of gepland.", sum(e["voorbij"] for e in evaluaties)
    zin += f" Van {laat} is niet bekend of zij er kwamen." if laat else ""
    kop = "Evaluaties, de laatste eerst"
    yield from tabeldeel("Evaluatiekalender", "evaluaties", kop, evaluaties, EVALUATIE, zin)
    kop = "Directe opbrengsten"
    yield from tabeldeel(kop, "opbrengsten", f"{kop} van instrumenten", opbrengsten, OPBRENGST, GEEN_SOM)


STAP: Kolommen = {
    **{"Stap": "{stap}. {naam!h}", "Stand": "{staat}", "Datum": "{dag:datum}", "Wacht op": "{mist} || niets"}
}
KLAAR = "Een stap is klaar als alles er is wat erbij hoort. Dat volgt uit de bestanden en datums van de editie."
BESLUIT: Kolommen = {
    **{"Activiteit": "{resultaat}", "Opgave": "{opgave}", "Besluit": "{besluit}"},
    "Reden": vak("{besluit_reden}", "geen reden nodig"),
}


@blad.beleidsblad(blad.CYCLUS, "De cyclus van twee jaar", "Cyclus")
def make_cyclus(_: Schrijftafel, u: Uitvoering) -> Delen:
    """The nine steps, what each misses and which day comes next; then the activities that were decided on."""
    stappen, jaren = u.rijen("cyclus"), u.rijen("cyclus")[0]["jaren"]
    komt = min((s for s in stappen if s["komt_nog"]), key=lambda s: s["dag"], default=None)
    eerst, aantal = "Er is geen datum bekend die nog komt.", sum(s["staat"] == "klaar" for s in stappen)
    if komt:
        eerst = f"De eerstvolgende datum is {format_datum(komt['dag'])}: {komt['naam']}."
    klaar = {0: "was nog geen stap", 1: "was één stap"}.get(aantal, f"waren {telwoord(aantal)} stappen")
    yield (
        f"De Stand verschijnt elke {telwoord(jaren)} jaar. Daartussen zitten negen stappen. Toen dit rapport werd "
        f"gemaakt, {klaar} klaar. {eerst}"
    )
    kop = "De stappen van de cyclus, met wat er nog ontbreekt"
    yield patroon.tabel("cyclus-tabel", kop, stappen, STAP, (KLAAR,))
    yield f"De volgende Stand is die van {u.editie + jaren}."
    kop, id_, besluiten = "Activiteiten met een besluit", "besluiten", [r for r in u.rijen("resultaat") if r["besluit"]]
    if not besluiten:
        yield from deel(kop, id_, "Bij deze editie is van geen activiteit gemeld of zij doorgaat.")
    yield from tabeldeel(kop, id_, "Activiteiten, met het besluit en de reden", besluiten, BESLUIT)
