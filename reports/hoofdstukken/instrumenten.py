"""What the province uses, how it was evaluated, and what it directly brought. Beside each other, and no sum of them."""

from __future__ import annotations

from begrippen.beleidslijsten import BESLUITEN, EVALUATIESOORTEN, HERKOMSTEN
from reports.getallen import format_euro, join
from reports.hoofdstukken import beleidsblad as blad
from reports.hoofdstukken.beleidsblad import STUK, Delen, Regel, bron, deel, getal, met, of_nb, tabel, tabeldeel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud, Koppeling
from reports.uitvoering import Uitvoering


@blad.beleidsblad(blad.INSTRUMENTEN, "Instrumenten en evaluaties", "Instrumenten", "instrument")
def make_instrumenten(tafel: Schrijftafel, u: Uitvoering) -> Delen:
    """The instruments with their costs, recommendations (what waits longest first), evaluations, direct yields."""
    namen: dict[str, str] = {i["id"]: i["naam"] for i in u.rijen("instrument")}

    def naam(r: Regel) -> str:
        return namen[r["instrument"]]

    yield (
        f"Regelingen, fondsen en programma's van de {tafel.rapport.gebied.provincie}, met hun evaluaties en wat "
        f"daarmee is gedaan. {blad.GEEN_EFFECT}"
    )
    kosten = tabel(
        "instrumenten-tabel",
        "Instrumenten, met de opgaven waar zij bij horen en het geld van een jaar",
        u.rijen("instrument"),
        {
            "Instrument": lambda i: met(
                i["naam"],
                i["opmerking"],
                f"loopt tot {i['loopt_tot']}" if i["loopt_tot"] else "",
                f"de gedachte: {i['aannamen']}" if i["aannamen"] else "",
                f"wat ook meespeelt: {i['andere_oorzaken']}" if i["andere_oorzaken"] else "",
            ),
            "Soort": lambda i: i["soort"],
            "Opgaven": lambda i: join(i["opgaven"]) if i["opgaven"] else "geen",
            "Geld": lambda i: of_nb(_euro(i["kosten"]) and met(_euro(i["kosten"]), str(i["kosten_jaar"]))),
            "Per ondernemer": lambda i: of_nb(_euro(i["kosten_per_bereikte"]), "bereik niet bekend"),
            STUK: bron,
        },
        ("Kosten per ondernemer staan er alleen als bereik en geld van hetzelfde jaar bekend zijn.",),
    )
    yield from deel("Instrumenten en hun kosten", "instrumenten-kosten", kosten)
    yield from tabeldeel(
        "Aanbevelingen",
        "aanbevelingen",
        "Aanbevelingen en wat ermee is gedaan",
        sorted(u.rijen("aanbeveling"), key=lambda a: (not a["lang_open"], a["besluit"] != "open")),
        {
            "Aanbeveling": lambda a: a["tekst"],
            "Instrument": naam,
            "Besluit": _besluit,
            "Uitgevoerd": lambda a: of_nb(a["uitgevoerd"]),
        },
    )
    evaluaties = sorted(u.rijen("evaluatie"), key=lambda e: (-(e["jaar"] or 0), naam(e)))
    yield from tabeldeel(
        "Evaluatiekalender",
        "evaluaties",
        "Evaluaties, de laatste eerst",
        evaluaties,
        {
            "Instrument": naam,
            "Soort": _evaluatie,
            "Jaar": lambda e: str(e["jaar"] or "jaar onbekend"),
            "Stand": _stand,
        },
        f"{len(evaluaties)} evaluaties; bij {sum(e['jaar'] is None for e in evaluaties)} noemt het stuk geen jaar.",
    )
    yield from tabeldeel(
        "Directe opbrengsten",
        "opbrengsten",
        "Directe opbrengsten van instrumenten",
        u.rijen("opbrengst"),
        {
            "Instrument": naam,
            "Wat": lambda o: o["maat"],
            "Aantal": lambda o: met(
                f"{getal(o['waarde'])} {o['eenheid']}",
                str(o["jaar"] or "jaar niet genoemd"),
                o["duur"] if o["duur"] != "niet_genoemd" else "",
            ),
            "Is dit gehaald": lambda o: HERKOMSTEN[o["herkomst"]],
        },
        "Zo noemt het stuk ze. Zij zijn niet opgeteld: de getallen zijn van verschillende dingen.",
    )


def _euro(bedrag: float | None) -> str:
    return "" if bedrag is None else format_euro(bedrag)


def _besluit(a: Regel) -> Inhoud:
    lang = f"al langer dan twee jaar, sinds {a['sinds']}" if a["lang_open"] else ""
    return met(BESLUITEN[a["besluit"]], lang, a["reden"], a["opmerking"])


def _evaluatie(e: Regel) -> Inhoud:
    soort = EVALUATIESOORTEN[e["soort"]]
    wat = (Koppeling(soort, e["link"], f" van {e['jaar'] or 'onbekend jaar'}"),) if e["link"] else (soort,)
    return met(
        wat,
        f"uitvoerder: {e['uitvoerder']}" if e["uitvoerder"] else "",
        f"vraag: {e['vraag']}" if e["vraag"] else "",
    )


def _stand(e: Regel) -> Inhoud:
    if e["stand"] == "tegenstrijdig":
        return met(f"tegenstrijdig: {e['bron']} {e['plaats']}", e["opmerking"] or "zonder toelichting")
    if e["voorbij"]:
        return met(f"{e['stand']} voor {e['jaar']}", "niet bekend of zij er kwam")
    return (e["stand"],)
