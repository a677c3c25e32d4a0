"""Money per task and per year, as the papers give it. An amount is of one stage of one budget; no two are mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from operator import itemgetter

from begrippen.beleidslijsten import FASEN_ZEKER, WOORDEN
from reports import cellen
from reports.document import Alinea, Blok, Kop, Lijst, Uitklap, deel
from reports.getallen import format_euro, format_getal, join, round_half_away
from reports.hoofdstukken import beleidsblad as blad
from reports.hoofdstukken.beleidsblad import STUK, Delen, Kolommen, Regel, tabeldeel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud, Voorlees
from reports.patroon import Vak, met, tabel, vak, vul
from reports.tabel import Tabel
from reports.uitvoering import Uitvoering

TOEGEZEGD = "toegezegd"
Rijen = list[tuple[Vak, ...]]
# a number that the paper is not sure of, with its word
BEDRAG = "{precisie:behalve exact} {bedrag:euro} || {bedrag:euro}"
# whether an amount holds that of the other party; the paper may not say
INCLUSIEF = "{inclusief:met het geld van de andere partij erin/zonder het geld van de andere partij}"
VAN_PARTIJEN: Kolommen = {
    "Waarvoor": "{post} | gebied: {gebied} | {opmerking}",
    **{"Partij": "{partij}", "Stap": "{fase:fase}"},
    "Bedrag": vak(f"{BEDRAG} | {INCLUSIEF}", "niet gegeven"),
    "Jaar": "{jaar}",
}
APART = "Gevraagd, voorgenomen, toegezegd en toegekend geld staat apart en is niet bij elkaar opgeteld."
ANDERE_PARTIJ = "Staat er niets bij, dan zegt het stuk niet of het geld van de andere partij in een bedrag zit."


@blad.beleidsblad(blad.GELD, "Geld per opgave", "Geld")
def make_geld(tafel: Schrijftafel, u: Uitvoering) -> Delen:
    """Money per task, the crosswalk, money of several parties, and earlier budgets."""
    wie = tafel.rapport.gebied.provincie
    yield f"Wat de {wie} per opgave te besteden heeft, zoals de stukken het geven. {blad.GEEN_EFFECT}"
    yield from _per_opgave(u)
    yield from _kruistabel(u)
    yield from _partijen(u)
    for jaar in u.eerdere:
        yield from _eerder(u, jaar)


def _euro(regel: Regel | None) -> Inhoud:
    if regel is None:
        return cellen.nb("niet in het stuk")
    if regel["bedrag"] is not None:
        return (format_getal(regel["bedrag"], 0),)
    return (Voorlees("–", "streepje in het stuk"),) if regel.get("streepje") else cellen.nb("niet gegeven")


def _geldtabel(id_: str, naam: str, koppen: Sequence[str], rijen: Rijen, *noten: str) -> Tabel:
    cel = {kop: itemgetter(n) for n, kop in enumerate(koppen)}
    return tabel(id_, f"{naam}, in euro", rijen, cel, noten, getallen={*koppen[1:]} - {STUK})


def _per_opgave(u: Uitvoering) -> Iterator[Blok]:
    """The own division: a table of sums, and below it the posts of each task."""
    rijen = u.rijen("opgavebedrag", eigen=True, kant="lasten")
    if not rijen:
        return
    zo = {(r["opgave"], r["jaar"], r["begrotingsstand"]): r for r in rijen}
    kolommen = sorted({(jaar, stand) for _, jaar, stand in zo})
    standen, (indeling,) = {s for _, s in kolommen}, {r["indeling"] for r in rijen}
    koppen = [str(j) if len(standen) == 1 else f"{j}, {WOORDEN['begrotingsstand'][s]}" for j, s in kolommen]
    samen = [sum(r["bedrag"] or 0 for (_, *k), r in zo.items() if (*k,) == kolom) for kolom in kolommen]
    rows: Rijen = [(f"{o}. {naam}", *(_euro(zo.get((o, *k))) for k in kolommen)) for o, naam in u.opgaven.items()]
    rows.append(("Samen", *((format_getal(s, 0),) for s in samen)))
    zin = f"De bedragen komen uit: {u.rijen('opgave', indeling=indeling)[0]['indeling_naam']}."
    if standen == {"niet_genoemd"}:
        zin += " Het stuk noemt ze beschikbaar budget, en zegt niet van welke stand van de begroting zij zijn."
    if len(standen) == 1:
        (stand,) = standen
        # an amount that is quoted by itself says whether it was planned or spent
        wat = "dat budget" if stand == "niet_genoemd" else f"het volgens de {WOORDEN['begrotingsstand'][stand]}"
        zin += f" Over {kolommen[0][0]} tot en met {kolommen[-1][0]} is {wat} samen {format_euro(sum(samen))}."
    noot = "Wat aan meer opgaven bijdraagt, telt bij één opgave."
    som = _geldtabel("geld-per-opgave", "Geld per opgave en jaar", ("Opgave", *koppen), rows, noot)
    yield from deel("Per opgave en jaar", "per-opgave", zin, som)

    def opgave(nummer: str) -> Delen:
        posten = u.rijen("bedrag", indeling=indeling, opgave=nummer, soort="post", kant="lasten", fase=None)
        van = {(b["post"], b["jaar"], b["begrotingsstand"]): b for b in posten}
        laatste = {b["post"]: b for b in posten}
        rows = [(p, *(_euro(van.get((p, *k))) for k in kolommen), b["bron"]) for p, b in laatste.items()]
        per_post = _geldtabel(f"posten-{nummer}", f"Posten bij opgave {nummer}", ("Post", *koppen, STUK), rows)
        yield per_post if posten else "Bij deze opgave is geen geld aangeleverd."

    yield from blad.per_opgave(u, opgave, niveau=3)


def _kruistabel(u: Uitvoering) -> Iterator[Blok]:
    if not (rijen := u.rijen("kruis")):
        return
    van, naar = rijen[0]["van_jaar"], rijen[0]["naar_jaar"]
    woorden = {r["indeling"]: r["woord"] for r in u.rijen("opgave")}

    def kant(k: str, r: Regel) -> Vak:
        if not r[f"{k}_post"]:
            return "geen post"
        euro = r[f"{k}_bedrag"]
        told = format_euro(euro) if euro is not None else "niet gegeven"
        return met(r[f"{k}_post"], f"{woorden[r[f'{k}_indeling']]} {r[f'{k}_opgave']}: {told}")

    kolommen: Kolommen = {f"Post in {van}": partial(kant, "van"), f"Post in {naar}": partial(kant, "naar")}
    kolommen = {**kolommen, "Verband": "{verband:verband} | {opmerking}"}
    posten = tabel("kruistabel-posten", f"Posten van {van} en {naar} naast elkaar", rijen, kolommen)
    verdwenen = sum(r["van_bedrag"] or 0 for r in rijen if r["verband"] == "geen" and r["van_post"])
    yield from deel(
        f"Van {van} naar {naar}: een andere indeling",
        "kruistabel",
        f"In {van} was het geld anders ingedeeld. Per opgave zijn {van} en {naar} daarom niet te vergelijken (n.b.: "
        f"andere indeling). Deze tabel zet per post naast elkaar wat dezelfde naam heeft of erop lijkt. Van "
        f"{format_euro(verdwenen)} uit {van} vonden wij in {naar} geen post met die naam. Dat zegt niet dat dit geld "
        "er niet meer is: het kan in een andere post zitten.",
        Uitklap("Alle posten", (posten,)),
    )


def _zeker(rijen: Iterable[Regel], naam: str) -> str:
    """What parties grant and what they promise to one thing, each by its own word; nothing where it is of one party."""
    geven = [b for b in rijen if b["fase"] in (TOEGEZEGD, *FASEN_ZEKER) and b["bedrag"] is not None and not b["gebied"]]
    if len({b["partij"] for b in geven}) < 2:
        return ""
    wie = [f"{b['partij']} {vul(BEDRAG, b)} {vul('{fase:fase} ({jaar})', b)}" for b in geven]
    zin = f"{naam}: {join(wie)}."
    if any(b["fase"] == TOEGEZEGD for b in geven):
        zin += " Wat is toegezegd, is nog niet zeker."
    # what is sure of two parties or more, as one sum: what holds money of another party can not be in it
    zeker = [b for b in geven if b["fase"] == "toegekend"]
    if len({b["partij"] for b in zeker}) > 1 and not any(b["inclusief"] for b in zeker):
        zin += f" Samen is {format_euro(sum(b['bedrag'] for b in zeker))} toegekend."
    return zin


def _partijen(u: Uitvoering) -> Iterator[Blok]:
    """Money of several parties: what was asked, intended and granted stand apart, and only what is sure adds up."""
    rijen, deal = [b for b in u.rijen("bedrag") if b["fase"]], partial(u.deelnaam, anders="Overig")
    zinnen = [_zeker((b for b in rijen if deal(b) == d), d) for d in dict.fromkeys(map(deal, rijen))]
    zeker = tuple((zin,) for zin in zinnen if zin)
    begin = (APART, *((Lijst(zeker),) if zeker else ()))
    kop, noten = "Geld van meer partijen", (ANDERE_PARTIJ,)
    return tabeldeel(kop, "partijen", f"{kop}, per stap", rijen, VAN_PARTIJEN, *begin, noten=noten, groep=deal)


def _eerder(u: Uitvoering, jaar: int) -> Iterator[Blok]:
    """The budget of an earlier edition: what was budgeted, changed and spent in its year, side by side."""
    totalen = [b for b in u.rijen("bedrag", editie=jaar, soort="totaal", jaar=jaar) if b["begrotingsstand"]]
    if not totalen:
        return
    (indeling,) = {b["indeling"] for b in totalen}
    delen = u.rijen("opgave", editie=jaar, indeling=indeling)
    naam = delen[0]["indeling_naam"]
    subtotalen = u.rijen("bedrag", editie=jaar, soort="subtotaal", jaar=jaar, kant="lasten", indeling=indeling)
    zo = {(b["opgave"], b["begrotingsstand"]): b for b in subtotalen}
    heel = {(b["kant"], b["begrotingsstand"]): b for b in totalen}
    standen = [s for s in WOORDEN["begrotingsstand"] if any(b["begrotingsstand"] == s for b in totalen)]
    rows: Rijen = [(f"{o['opgave']} {o['naam']}", *(_euro(zo.get((o["opgave"], s))) for s in standen)) for o in delen]
    for kant, woord in (("lasten", "Lasten samen"), ("baten", "Baten samen"), ("saldo", "Saldo")):
        if any(b["kant"] == kant for b in totalen):
            rows.append((woord, *(_euro(heel.get((kant, s))) for s in standen)))
    koppen = ("Product", *(WOORDEN["begrotingsstand"][s].capitalize() for s in standen))
    yield Kop(2, f"Begroot en besteed in {jaar}", f"begroting-{jaar}")
    besteed, gewijzigd = (heel.get(("saldo", s), {}).get("bedrag") for s in ("realisatie", "gewijzigd"))
    if besteed and gewijzigd:
        meer = round_half_away(100 * (besteed - gewijzigd) / abs(gewijzigd), 0)
        # expenses less income: more of it is more spent, or less received
        hoe = f"{abs(meer):.0f}% {'meer' if meer > 0 else 'minder'}" if meer else "ongeveer evenveel"
        zin = (
            f"{naam}: per saldo (lasten min baten) is {hoe} uitgegeven {'dan' if meer else 'als'} begroot na "
            "wijziging. De eerste begroting is daarvoor geen maat."
        )
        yield Alinea((zin,))
    yield _geldtabel(f"begroting-{jaar}-tabel", naam, koppen, rows)
    if scheelt := [c for c in u.rijen("bedragcontrole", editie=jaar) if c["verschil"]]:
        redenen = Counter(c["reden"] for c in scheelt)
        waardoor = join([f"{reden} ({aantal})" for reden, aantal in redenen.most_common()])
        # of all years that the paper has, not only the one above
        jaren = sorted({c["jaar"] for c in scheelt})
        van = f"{jaren[0]}" if len(jaren) == 1 else f"{jaren[0]} tot en met {jaren[-1]}"
        anders = "is 1 totaal" if len(scheelt) == 1 else f"zijn {len(scheelt)} totalen"
        noot = (
            f"In de bedragen van {van} {anders} anders dan de som van {'zijn' if len(scheelt) == 1 else 'hun'} delen. "
            f"{'De reden' if len(redenen) == 1 else 'De redenen'}: {waardoor}."
        )
        yield Alinea((noot,), "noot")
