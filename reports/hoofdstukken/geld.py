"""Money per task and per year, as the papers give it. An amount is of one stage of one budget; no two are mixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from begrippen.beleidslijsten import BEGROTINGSSTANDEN, FASEN, FASEN_ZEKER, VERBANDEN
from reports import cellen
from reports.document import Alinea, Blad, Blok, Kop, Lijst, Uitklap
from reports.getallen import format_euro, format_getal, join
from reports.hoofdstukken.beleidsblad import (
    GEEN_EFFECT,
    GELD,
    GROEP,
    Regel,
    Vak,
    bron,
    inleiding,
    met,
    per,
    tabel,
    uitvoering_van,
)
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud, Voorlees
from reports.uitvoering import Uitvoering


def make_geld(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
    """Money per task, the crosswalk, money of several parties, and earlier budgets; None where there is none."""
    u = uitvoering_van(tafel, "bedrag")
    if u is None:
        return None
    blokken: list[Blok] = [
        inleiding(
            f"Wat de {tafel.rapport.gebied.provincie} per opgave te besteden heeft, zoals de stukken het geven. "
            + GEEN_EFFECT
        ),
        *teksten,
        *_per_opgave(u),
        *_kruistabel(u),
        *_partijen(u),
        *(b for jaar in u.eerdere for b in _eerder(u, jaar)),
    ]
    return Blad(GELD, "Geld per opgave", GROEP, tuple(blokken), kort="Geld")


def _euro(regel: Regel | None) -> Inhoud:
    if regel is None:
        return cellen.nb("niet in het stuk")
    if regel["bedrag"] is not None:
        return (format_getal(regel["bedrag"], 0),)
    return (Voorlees("–", "streepje in het stuk"),) if regel.get("streepje") else cellen.nb("niet gegeven")


def _per_opgave(u: Uitvoering) -> list[Blok]:
    """The own division: a table of sums, and below it the posts of each task."""
    rijen = u.rijen("opgavebedrag", eigen=True, kant="lasten")
    if not rijen:
        return []
    standen = list(dict.fromkeys(r["begrotingsstand"] for r in rijen))
    kolommen = sorted({(r["jaar"], r["begrotingsstand"]) for r in rijen})
    zo = {(r["opgave"], r["jaar"], r["begrotingsstand"]): r for r in rijen}
    koppen = [str(j) if len(standen) == 1 else f"{j}, {BEGROTINGSSTANDEN[s]}" for j, s in kolommen]
    rows: list[Sequence[Vak]] = [
        (f"{o}. {naam}", *(_euro(zo.get((o, *k))) for k in kolommen)) for o, naam in u.opgaven.items()
    ]
    samen = [sum(r["bedrag"] or 0 for r in rijen if (r["jaar"], r["begrotingsstand"]) == k) for k in kolommen]
    rows.append(("Samen", *(format_getal(s, 0) for s in samen)))
    (indeling,) = {r["indeling"] for r in rijen}
    zin = f"De bedragen komen uit: {u.rijen('opgave', indeling=indeling)[0]['indeling_naam']}."
    if standen == ["niet_genoemd"]:
        zin += " Het stuk noemt ze beschikbaar budget, en zegt niet van welke stand van de begroting zij zijn."
    if len(standen) == 1:
        zin += f" Over {kolommen[0][0]} tot en met {kolommen[-1][0]} is het samen {format_euro(sum(samen))}."
    noot = "Wat aan meer opgaven bijdraagt, telt bij één opgave."
    blokken: list[Blok] = [
        Kop(2, "Per opgave en jaar", "per-opgave"),
        Alinea((zin,)),
        tabel(
            "geld-per-opgave",
            "Geld per opgave en jaar, in euro",
            ("Opgave", *koppen),
            rows,
            (noot,),
            getallen=True,
        ),
    ]
    for opgave, naam in u.opgaven.items():
        posten = u.rijen("bedrag", indeling=indeling, opgave=opgave, soort="post", kant="lasten", fase=None)
        blokken.append(Kop(3, f"Opgave {opgave}: {naam}", f"opgave-{opgave}"))
        if not posten:
            blokken.append(Alinea(("Bij deze opgave is geen geld aangeleverd.",)))
            continue
        van = {(b["post"], b["jaar"], b["begrotingsstand"]): b for b in posten}
        namen = {b["post"]: b for b in posten}
        blokken.append(
            tabel(
                f"posten-{opgave}",
                f"Posten bij opgave {opgave}, in euro",
                ("Post", *koppen, "Stuk"),
                [(p, *(_euro(van.get((p, *k))) for k in kolommen), bron(b)) for p, b in namen.items()],
                getallen=True,
            )
        )
    return blokken


def _kruistabel(u: Uitvoering) -> list[Blok]:
    rijen = u.rijen("kruis")
    if not rijen:
        return []
    van, naar = rijen[0]["van_jaar"], rijen[0]["naar_jaar"]
    woorden = {r["indeling"]: r["woord"] for r in u.rijen("opgave")}

    def kant(r: Regel, k: str) -> Vak:
        if not r[f"{k}_post"]:
            return "geen post"
        euro = r[f"{k}_bedrag"]
        told = format_euro(euro) if euro is not None else "niet gegeven"
        return met(r[f"{k}_post"], f"{woorden[r[f'{k}_indeling']]} {r[f'{k}_opgave']}: {told}")

    verdwenen = sum(r["van_bedrag"] or 0 for r in rijen if r["verband"] == "geen" and r["van_post"])
    posten = tabel(
        "kruistabel-posten",
        f"Posten van {van} en {naar} naast elkaar",
        (f"Post in {van}", f"Post in {naar}", "Verband"),
        [(kant(r, "van"), kant(r, "naar"), met(VERBANDEN[r["verband"]], r["opmerking"])) for r in rijen],
    )
    zin = (
        f"In {van} was het geld anders ingedeeld. Per opgave zijn {van} en {naar} daarom niet te vergelijken (n.b.: "
        f"andere indeling). Deze tabel zegt per post waar zij bleef. Van {format_euro(verdwenen)} uit {van} heeft "
        f"{naar} geen post met die naam."
    )
    return [
        Kop(2, f"Van {van} naar {naar}: een andere indeling", "kruistabel"),
        Alinea((zin,)),
        Uitklap("Alle posten", (posten,)),
    ]


def _zeker(rijen: Iterable[Regel], naam: str) -> str:
    """What parties together surely give to one thing; nothing where it is of one party."""
    zeker = [b for b in rijen if b["fase"] in FASEN_ZEKER and b["bedrag"] is not None and not b["gebied"]]
    if len({b["partij"] for b in zeker}) < 2:
        return ""
    wie = join([f"{b['partij']} {format_euro(b['bedrag'])}" for b in zeker])
    return f"{naam}: {wie}; samen {format_euro(sum(b['bedrag'] for b in zeker))} zeker."


def _partijen(u: Uitvoering) -> list[Blok]:
    """Money of several parties: what was asked, intended and granted stand apart, and only what is sure adds up."""
    namen = {(r["indeling"], r["opgave"]): r["naam"] for r in u.rijen("opgave")}
    rijen = [{**b, "deal": namen.get((b["indeling"], b["opgave"]), "Overig")} for b in u.rijen("bedrag") if b["fase"]]
    if not rijen:
        return []
    deals = dict.fromkeys(b["deal"] for b in rijen)
    zinnen = [(zin,) for d in deals if (zin := _zeker((b for b in rijen if b["deal"] == d), d))]
    return [
        Kop(2, "Geld van meer partijen", "partijen"),
        Alinea(("Gevraagd, voorgenomen en toegekend geld staat apart. Alleen wat zeker is, is opgeteld.",)),
        *((Lijst(tuple(zinnen)),) if zinnen else ()),
        tabel(
            "partijen-tabel",
            "Geld van meer partijen, per stap",
            ("Waarvoor", "Partij", "Stap", "Bedrag", "Jaar", "Stuk"),
            per(rijen, "deal", _fase),
        ),
    ]


def _fase(b: Regel) -> Sequence[Vak]:
    noot = " ".join(t for t in (f"gebied: {b['gebied']}" if b["gebied"] else "", b["opmerking"] or "") if t)
    precisie = "" if b["precisie"] == "exact" else f"{b['precisie']} "
    bedrag: Vak = f"{precisie}{format_euro(b['bedrag'])}" if b["bedrag"] is not None else cellen.nb("niet gegeven")
    return met(b["post"], noot), b["partij"], FASEN[b["fase"]], bedrag, str(b["jaar"]), bron(b)


def _eerder(u: Uitvoering, jaar: int) -> list[Blok]:
    """The budget of an earlier edition: what was budgeted, changed and spent in its year, side by side."""
    totalen = [b for b in u.rijen("bedrag", editie=jaar, soort="totaal", jaar=jaar) if b["begrotingsstand"]]
    if not totalen:
        return []
    (indeling,) = {b["indeling"] for b in totalen}
    naam = u.rijen("opgave", editie=jaar, indeling=indeling)[0]["indeling_naam"]
    standen = [s for s in BEGROTINGSSTANDEN if any(b["begrotingsstand"] == s for b in totalen)]
    subtotalen = u.rijen("bedrag", editie=jaar, soort="subtotaal", jaar=jaar, kant="lasten", indeling=indeling)
    zo = {(b["opgave"], b["begrotingsstand"]): b for b in subtotalen}
    heel = {(b["kant"], b["begrotingsstand"]): b for b in totalen}
    rows: list[Sequence[Vak]] = [
        (f"{o['opgave']} {o['naam']}", *(_euro(zo.get((o["opgave"], s))) for s in standen))
        for o in u.rijen("opgave", editie=jaar, indeling=indeling)
    ]
    rows += [
        (woord, *(_euro(heel.get((kant, s))) for s in standen))
        for kant, woord in (("lasten", "Lasten samen"), ("baten", "Baten samen"), ("saldo", "Saldo"))
        if any((kant, s) in heel for s in standen)
    ]
    blokken: list[Blok] = [Kop(2, f"Begroot en besteed in {jaar}", f"begroting-{jaar}")]
    besteed, gewijzigd = (heel.get(("saldo", s)) for s in ("realisatie", "gewijzigd"))
    if besteed and gewijzigd and besteed["bedrag"] and gewijzigd["bedrag"]:
        deel = format_getal(100 * besteed["bedrag"] / gewijzigd["bedrag"], 0)
        zin = f"{naam}: besteed is {deel}% van de begroting na wijziging. De eerste begroting is daarvoor geen maat."
        blokken.append(Alinea((zin,)))
    koppen = ("Product", *(BEGROTINGSSTANDEN[s].capitalize() for s in standen))
    blokken.append(tabel(f"begroting-{jaar}-tabel", f"{naam}, in euro", koppen, rows, getallen=True))
    scheelt = [c for c in u.rijen("bedragcontrole", editie=jaar) if c["verschil"]]
    if scheelt:
        redenen = Counter(c["reden"] for c in scheelt)
        waardoor = join([f"{reden} ({aantal})" for reden, aantal in redenen.most_common()])
        zin = f"Bij {len(scheelt)} totalen telt wat eronder staat niet op tot het totaal: {waardoor}."
        blokken.append(Alinea((zin,), "noot"))
    return blokken
