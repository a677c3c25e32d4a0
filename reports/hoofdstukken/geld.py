"""Money per task and per year, as the papers give it. An amount is of one stage of one budget; no two are mixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from begrippen.beleidslijsten import BEGROTINGSSTANDEN, FASEN, FASEN_ZEKER, VERBANDEN
from reports import cellen
from reports.document import Alinea, Blad, Blok, Kop, Lijst, Uitklap
from reports.getallen import format_euro, format_getal, join
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.uitvoering import GEEN_EFFECT, GELD, GROEP, bron
from reports.inhoud import Inhoud, Klein, Voorlees
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from reports.uitvoering import Uitvoering

Regel = Mapping[str, Any]


def make_geld(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
    """Money per task, the crosswalk, money of several parties, and earlier budgets; None where there is none."""
    u = tafel.rapport.uitvoering
    if u is None or not u.rijen("bedrag"):
        return None
    blokken: list[Blok] = [
        Alinea(
            (
                f"Wat de {tafel.rapport.gebied.provincie} per opgave te besteden heeft, zoals de stukken het geven. "
                + GEEN_EFFECT,
            ),
            "inleiding",
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

    def kop(jaar: int, stand: str) -> str:
        return str(jaar) if len(standen) == 1 else f"{jaar}, {BEGROTINGSSTANDEN[stand]}"

    rows = [
        Rij((f"{o}. {naam}",), tuple(Cel(_euro(zo.get((o, *k)))) for k in kolommen)) for o, naam in u.opgaven.items()
    ]
    samen = [sum(r["bedrag"] or 0 for r in rijen if (r["jaar"], r["begrotingsstand"]) == k) for k in kolommen]
    rows.append(Rij(("Samen",), tuple(Cel((format_getal(s, 0),)) for s in samen)))
    (indeling,) = {r["indeling"] for r in rijen}
    jaren = [j for j, _ in kolommen]
    naam = u.rijen("opgave", indeling=indeling)[0]["indeling_naam"]
    zin = f"De bedragen komen uit: {naam}."
    if standen == ["niet_genoemd"]:
        zin += " Het stuk noemt ze beschikbaar budget, en zegt niet van welke stand van de begroting zij zijn."
    if len(standen) == 1:
        zin += f" Over {min(jaren)} tot en met {max(jaren)} is het samen {format_euro(sum(samen))}."
    blokken: list[Blok] = [
        Kop(2, "Per opgave en jaar", "per-opgave"),
        Alinea((zin,)),
        Tabel(
            "geld-per-opgave",
            "Geld per opgave en jaar, in euro",
            (Kolom(("Opgave",)), *(Kolom((kop(*k),), "eind") for k in kolommen)),
            (Rijgroep(tuple(rows)),),
            ("Wat aan meer opgaven bijdraagt, telt bij één opgave.",),
        ),
    ]
    for opgave, naam in u.opgaven.items():
        posten = [
            b
            for b in u.rijen("bedrag", indeling=indeling, opgave=opgave, soort="post", kant="lasten")
            if b["begrotingsstand"]
        ]
        blokken.append(Kop(3, f"Opgave {opgave}: {naam}", f"opgave-{opgave}"))
        if not posten:
            blokken.append(Alinea(("Bij deze opgave is geen geld aangeleverd.",)))
            continue
        per = {(b["post"], b["jaar"], b["begrotingsstand"]): b for b in posten}
        namen = {b["post"]: b for b in posten}
        blokken.append(
            Tabel(
                f"posten-{opgave}",
                f"Posten bij opgave {opgave}, in euro",
                (Kolom(("Post",)), *(Kolom((kop(*k),), "eind") for k in kolommen), Kolom(("Stuk",))),
                (
                    Rijgroep(
                        tuple(
                            Rij((post,), (*(Cel(_euro(per.get((post, *k)))) for k in kolommen), bron(first)))
                            for post, first in namen.items()
                        )
                    ),
                ),
            )
        )
    return blokken


def _kruistabel(u: Uitvoering) -> list[Blok]:
    rijen = u.rijen("kruis")
    if not rijen:
        return []
    van, naar = rijen[0]["van_jaar"], rijen[0]["naar_jaar"]

    woorden = {r["indeling"]: r["woord"] for r in u.rijen("opgave")}

    def kant(r: Regel, k: str) -> Inhoud:
        if not r[f"{k}_post"]:
            return ("geen post",)
        euro = r[f"{k}_bedrag"]
        told = format_euro(euro) if euro is not None else "niet gegeven"
        return (
            r[f"{k}_post"],
            Klein(f" ({woorden[r[f'{k}_indeling']]} {r[f'{k}_opgave']}: {told})"),
        )

    verdwenen = sum(r["van_bedrag"] or 0 for r in rijen if r["verband"] == "geen" and r["van_post"])
    rows = tuple(
        Rij(
            kant(r, "van"),
            (
                Cel(kant(r, "naar")),
                Cel((VERBANDEN[r["verband"]], *((Klein(f" ({r['opmerking']})"),) if r["opmerking"] else ()))),
            ),
        )
        for r in rijen
    )
    return [
        Kop(2, f"Van {van} naar {naar}: een andere indeling", "kruistabel"),
        Alinea(
            (
                f"In {van} was het geld anders ingedeeld. Per opgave zijn {van} en {naar} daarom niet te vergelijken "
                f"(n.b.: andere indeling). Deze tabel zegt per post waar zij bleef. Van {format_euro(verdwenen)} uit "
                f"{van} heeft {naar} geen post met die naam.",
            )
        ),
        Uitklap(
            "Alle posten",
            (
                Tabel(
                    "kruistabel-posten",
                    f"Posten van {van} en {naar} naast elkaar",
                    (Kolom((f"Post in {van}",)), Kolom((f"Post in {naar}",)), Kolom(("Verband",))),
                    (Rijgroep(rows),),
                ),
            ),
        ),
    ]


def _partijen(u: Uitvoering) -> list[Blok]:
    """Money of several parties: what was asked, intended and granted stand apart, and only what is sure adds up."""
    rijen = [b for b in u.rijen("bedrag") if b["fase"]]
    if not rijen:
        return []
    namen = {(r["indeling"], r["opgave"]): r["naam"] for r in u.rijen("opgave")}
    groepen, zinnen = [], []
    for deel in dict.fromkeys((b["indeling"], b["opgave"]) for b in rijen):
        own = [b for b in rijen if (b["indeling"], b["opgave"]) == deel]
        naam = namen.get(deel, "Overig")
        groepen.append(Rijgroep(tuple(map(_fase, own)), (naam,)))
        zeker = [b for b in own if b["fase"] in FASEN_ZEKER and b["bedrag"] is not None and not b["gebied"]]
        if len({b["partij"] for b in zeker}) > 1:
            wie = join([f"{b['partij']} {format_euro(b['bedrag'])}" for b in zeker])
            zinnen.append((f"{naam}: {wie}; samen {format_euro(sum(b['bedrag'] for b in zeker))} zeker.",))
    return [
        Kop(2, "Geld van meer partijen", "partijen"),
        Alinea(("Gevraagd, voorgenomen en toegekend geld staat apart. Alleen wat zeker is, is opgeteld.",)),
        *((Lijst(tuple(zinnen)),) if zinnen else ()),
        Tabel(
            "partijen-tabel",
            "Geld van meer partijen, per stap",
            tuple(Kolom((k,)) for k in ("Waarvoor", "Partij", "Stap", "Bedrag", "Jaar", "Stuk")),
            tuple(groepen),
        ),
    ]


def _fase(b: Regel) -> Rij:
    noot = " ".join(t for t in (f"gebied: {b['gebied']}" if b["gebied"] else "", b["opmerking"] or "") if t)
    precisie = "" if b["precisie"] == "exact" else f"{b['precisie']} "
    bedrag: Inhoud = (
        (f"{precisie}{format_euro(b['bedrag'])}",) if b["bedrag"] is not None else cellen.nb("niet gegeven")
    )
    kop: Inhoud = (b["post"], Klein(f" ({noot})")) if noot else (b["post"],)
    return Rij(kop, (Cel((b["partij"],)), Cel((FASEN[b["fase"]],)), Cel(bedrag), Cel((str(b["jaar"]),)), bron(b)))


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
    rows = [
        Rij((f"{o['opgave']} {o['naam']}",), tuple(Cel(_euro(zo.get((o["opgave"], s)))) for s in standen))
        for o in u.rijen("opgave", editie=jaar, indeling=indeling)
    ]
    rows += [
        Rij((woord,), tuple(Cel(_euro(heel.get((kant, s)))) for s in standen))
        for kant, woord in (("lasten", "Lasten samen"), ("baten", "Baten samen"), ("saldo", "Saldo"))
        if any((kant, s) in heel for s in standen)
    ]
    blokken: list[Blok] = [Kop(2, f"Begroot en besteed in {jaar}", f"begroting-{jaar}")]
    besteed, gewijzigd = (heel.get(("saldo", s)) for s in ("realisatie", "gewijzigd"))
    if besteed and gewijzigd and besteed["bedrag"] and gewijzigd["bedrag"]:
        deel = format_getal(100 * besteed["bedrag"] / gewijzigd["bedrag"], 0)
        blokken.append(
            Alinea(
                (
                    f"{naam}: besteed is {deel}% van de begroting na wijziging. De eerste begroting is daarvoor geen "
                    "maat.",
                )
            )
        )
    blokken.append(
        Tabel(
            f"begroting-{jaar}-tabel",
            f"{naam}, in euro",
            (Kolom(("Product",)), *(Kolom((BEGROTINGSSTANDEN[s].capitalize(),), "eind") for s in standen)),
            (Rijgroep(tuple(rows)),),
        )
    )
    scheelt = [c for c in u.rijen("bedragcontrole", editie=jaar) if c["verschil"]]
    if scheelt:
        klein = [c for c in scheelt if abs(c["verschil"]) == 1]
        zin = f"In dit stuk kloppen {len(scheelt)} totalen niet met wat eronder staat"
        zin += f", waarvan {len(klein)} door afronding op één euro." if klein else "."
        blokken.append(Alinea((zin,), "noot"))
    return blokken
