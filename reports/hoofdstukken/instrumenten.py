"""What the province uses, how it was evaluated, and what it directly brought. Beside each other, and no sum of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from begrippen.beleidslijsten import BESLUITEN, EVALUATIESOORTEN, HERKOMSTEN
from reports.document import Alinea, Blad, Blok, Kop
from reports.getallen import format_euro, join
from reports.hoofdstukken.beleidsblad import (
    GEEN_EFFECT,
    GROEP,
    INSTRUMENTEN,
    Regel,
    Vak,
    bron,
    getal,
    inleiding,
    met,
    of_nb,
    tabel,
    uitvoering_van,
)
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud
from reports.uitvoering import Uitvoering


def make_instrumenten(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
    """The instruments, their evaluations and what came of them; None where nothing was delivered."""
    u = uitvoering_van(tafel, "instrument")
    if u is None:
        return None
    instrumenten = u.rijen("instrument")
    namen = {i["id"]: i["naam"] for i in instrumenten}
    blokken: list[Blok] = [
        inleiding(
            f"Regelingen, fondsen en programma's van de {tafel.rapport.gebied.provincie}, met hun evaluaties en wat "
            f"daarmee is gedaan. {GEEN_EFFECT}"
        ),
        *teksten,
        Kop(2, "Instrumenten en hun kosten", "instrumenten-kosten"),
        tabel(
            "instrumenten-tabel",
            "Instrumenten, met de opgaven waar zij bij horen en het geld van een jaar",
            ("Instrument", "Soort", "Opgaven", "Geld", "Per ondernemer", "Stuk"),
            map(_instrument, instrumenten),
            ("Kosten per ondernemer staan er alleen als bereik en geld van hetzelfde jaar bekend zijn.",),
        ),
        *_aanbevelingen(u, namen),
        *_kalender(u, namen),
        *_opbrengsten(u, namen),
    ]
    return Blad(INSTRUMENTEN, "Instrumenten en evaluaties", GROEP, tuple(blokken), kort="Instrumenten")


def _instrument(i: Regel) -> Sequence[Vak]:
    geld = met(format_euro(i["kosten"]), str(i["kosten_jaar"])) if i["kosten"] is not None else None
    per = i["kosten_per_bereikte"]
    return (
        met(i["naam"], i["opmerking"]),
        i["soort"],
        join(i["opgaven"]) if i["opgaven"] else "geen",
        of_nb(geld),
        of_nb(None if per is None else format_euro(per), "bereik niet bekend"),
        bron(i),
    )


def _kalender(u: Uitvoering, namen: Mapping[str, str]) -> list[Blok]:
    rijen = sorted(u.rijen("evaluatie"), key=lambda e: (-(e["jaar"] or 0), namen[e["instrument"]]))
    if not rijen:
        return []

    def stand(e: Regel) -> Inhoud:
        if e["stand"] == "tegenstrijdig":
            return met(f"tegenstrijdig: {e['bron']} {e['plaats']}", e["opmerking"] or "zonder toelichting")
        if e["voorbij"]:
            return met(f"{e['stand']} voor {e['jaar']}", "niet bekend of zij er kwam")
        return (e["stand"],)

    def row(e: Regel) -> Sequence[Vak]:
        jaar = str(e["jaar"]) if e["jaar"] else "jaar onbekend"
        return namen[e["instrument"]], EVALUATIESOORTEN[e["soort"]], jaar, stand(e), bron(e)

    zonder = sum(e["jaar"] is None for e in rijen)
    return [
        Kop(2, "Evaluatiekalender", "evaluaties"),
        Alinea((f"{len(rijen)} evaluaties; bij {zonder} noemt het stuk geen jaar.",)),
        tabel(
            "evaluaties-tabel",
            "Evaluaties, de laatste eerst",
            ("Instrument", "Soort", "Jaar", "Stand", "Stuk"),
            map(row, rijen),
        ),
    ]


def _aanbevelingen(u: Uitvoering, namen: Mapping[str, str]) -> list[Blok]:
    # what waits longest for a decision comes first
    rijen = sorted(u.rijen("aanbeveling"), key=lambda a: (not a["lang_open"], a["besluit"] != "open"))
    if not rijen:
        return []

    def row(a: Regel) -> Sequence[Vak]:
        lang = f"al langer dan twee jaar, sinds {a['sinds']}" if a["lang_open"] else ""
        besluit = met(BESLUITEN[a["besluit"]], lang, a["reden"], a["opmerking"])
        return a["tekst"], namen[a["instrument"]], besluit, of_nb(a["uitgevoerd"]), bron(a)

    return [
        Kop(2, "Aanbevelingen", "aanbevelingen"),
        tabel(
            "aanbevelingen-tabel",
            "Aanbevelingen en wat ermee is gedaan",
            ("Aanbeveling", "Instrument", "Besluit", "Uitgevoerd", "Stuk"),
            map(row, rijen),
        ),
    ]


def _opbrengsten(u: Uitvoering, namen: Mapping[str, str]) -> list[Blok]:
    rijen = u.rijen("opbrengst")
    if not rijen:
        return []

    def row(o: Regel) -> Sequence[Vak]:
        aantal = f"{getal(o['waarde'])} {o['eenheid']}"
        return namen[o["instrument"]], o["maat"], aantal, HERKOMSTEN[o["herkomst"]], bron(o)

    return [
        Kop(2, "Directe opbrengsten", "opbrengsten"),
        Alinea(("Zo noemt het stuk ze. Zij zijn niet opgeteld: de getallen zijn van verschillende dingen.",)),
        tabel(
            "opbrengsten-tabel",
            "Directe opbrengsten van instrumenten",
            ("Instrument", "Wat", "Aantal", "Is dit gehaald", "Stuk"),
            map(row, rijen),
        ),
    ]
