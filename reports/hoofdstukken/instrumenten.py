"""What the province uses, how it was evaluated, and what it directly brought. Beside each other, and no sum of them."""

from __future__ import annotations

from begrippen.beleidslijsten import WOORDEN
from reports.hoofdstukken import beleidsblad as blad
from reports.hoofdstukken.beleidsblad import Delen, Regel, deel, tabel, tabeldeel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud, Koppeling
from reports.patroon import met, vak, vul
from reports.uitvoering import Uitvoering


@blad.beleidsblad(blad.INSTRUMENTEN, "Instrumenten en evaluaties", "Instrumenten")
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
            "Instrument": "{naam} | {opmerking} | loopt tot {loopt_tot} | de gedachte: {aannamen} | "
            "wat ook meespeelt: {andere_oorzaken}",
            "Soort": "{soort}",
            "Opgaven": "{opgaven} || geen",
            "Geld": "{kosten:euro} | {kosten_jaar}",
            "Per ondernemer": vak("{kosten_per_bereikte:euro}", "bereik niet bekend"),
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
            "Aanbeveling": "{tekst}",
            "Instrument": naam,
            "Besluit": "{besluit:besluit} | {lang_open:al langer dan twee jaar}, sinds {sinds} | {reden} | {opmerking}",
            "Uitgevoerd": "{uitgevoerd}",
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
            "Soort": _soort,
            "Jaar": "{jaar} || jaar onbekend",
            "Stand": "{stand:is tegenstrijdig}tegenstrijdig: {bron} {plaats} || {voorbij:mits}{stand} voor {jaar} || "
            "{stand} | {stand:is tegenstrijdig}{opmerking} || {stand:is tegenstrijdig}zonder toelichting || "
            "{voorbij:mits}niet bekend of zij er kwam",
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
            "Wat": "{maat}",
            "Aantal": "{waarde:getal} {eenheid} | {jaar} || jaar niet genoemd | {duur:behalve niet_genoemd}",
            "Is dit gehaald": "{herkomst:herkomst}",
        },
        "Zo noemt het stuk ze. Zij zijn niet opgeteld: de getallen zijn van verschillende dingen.",
    )


def _soort(e: Regel) -> Inhoud:
    soort = WOORDEN["evaluatiesoort"][e["soort"]]
    wat = (Koppeling(soort, e["link"], f" van {e['jaar'] or 'onbekend jaar'}"),) if e["link"] else (soort,)
    return met(wat, vul("uitvoerder: {uitvoerder}", e), vul("vraag: {vraag}", e))
