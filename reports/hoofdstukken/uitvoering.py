"""What was promised at each task, what was reported of it, and what the province uses for it.

These pages lay things beside each other. Nowhere do they say that one caused the other: that was not measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from begrippen.beleidslijsten import (
    BESLUITEN,
    EVALUATIESOORTEN,
    HERKOMSTEN,
    RESULTAATSTAAT_UITLEG,
    RESULTAATSTATEN,
)
from reports import cellen
from reports.document import Alinea, Blad, Blok, Kop, Uitklap
from reports.getallen import format_euro, format_getal, join
from reports.hoofdstukken.projecten import make_projecten
from reports.hoofdstukken.schrijftafel import Schrijftafel, opsomming
from reports.inhoud import Doel, Inhoud, Klein, Koppeling
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from reports.uitvoering import Uitvoering, of_opgave

GROEP = "Beleid"
UITVOERING, INSTRUMENTEN, GELD, SIGNALEN = "uitvoering", "instrumenten", "geld", "signalen"
# the pages of policy; their texts say nothing of cause (`reports.tekst`)
BLADEN = (UITVOERING, INSTRUMENTEN, GELD, SIGNALEN)
NIETS_AANGELEVERD = (
    "Bij deze editie is niets aangeleverd over resultaten, geld, instrumenten en signalen. "
    "Daarover zijn er geen bladen."
)
GEEN_EFFECT = "Dit is geen effectmeting: er is niets om mee te vergelijken."

Regel = Mapping[str, Any]


def vak(text: object) -> Cel:
    """A cell with a text; n.b. where there is none."""
    return Cel((str(text),) if text else cellen.nb())


def bron(regel: Regel) -> Cel:
    """The paper that a row comes from, with the place in it."""
    return Cel((regel["bron"], Klein(f" {regel['plaats']}")))


def getal(waarde: float) -> str:
    """A number as it was promised or counted: whole where it is."""
    return format_getal(waarde, 0 if float(waarde).is_integer() else 1)


def make_rij_links(tafel: Schrijftafel, opgave: str) -> Alinea | None:
    """What else there is at a task, as one row of links; None where nothing was delivered."""
    u = tafel.rapport.uitvoering
    ketting = u.rijen("ketting", opgave=opgave) if u else []
    if not ketting:
        return None
    (k,) = ketting
    naar = f"opgave-{opgave}"
    parts: list[Koppeling | str] = [
        Koppeling(_aantal(k["signalen"], "signaal", "signalen"), Doel(SIGNALEN, naar), f" bij opgave {opgave}"),
        Koppeling(
            _aantal(k["resultaten"], "beoogd resultaat", "beoogde resultaten"),
            Doel(UITVOERING, naar),
            f" bij opgave {opgave}",
        ),
        Koppeling(
            _aantal(k["instrumenten"], "instrument", "instrumenten"), Doel(INSTRUMENTEN), f" bij opgave {opgave}"
        ),
    ]
    if k["geld_van"]:
        jaren = str(k["geld_van"]) if k["geld_van"] == k["geld_tot"] else f"{k['geld_van']}-{k['geld_tot']}"
        parts.append(Koppeling(f"geld in {jaren}", Doel(GELD, naar), f" bij opgave {opgave}"))
    return Alinea(("Bij deze opgave: ", *opsomming(parts), "."))


def _aantal(number: int, one: str, more: str) -> str:
    return f"{number or 'geen'} {one if number == 1 else more}"


def make_uitvoering(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
    """The intended results of each task, with what was reported; None where nothing was delivered."""
    u = tafel.rapport.uitvoering
    if u is None:
        return None
    resultaten = u.rijen("resultaat")
    blokken: list[Blok] = [
        Alinea(
            (
                f"Per opgave staat hier wat de {tafel.rapport.gebied.provincie} wil doen, en wat daarvan is "
                "verantwoord. " + GEEN_EFFECT,
            ),
            "inleiding",
        ),
        *teksten,
    ]
    for opgave, naam in u.opgaven.items():
        blokken.append(Kop(2, f"Opgave {opgave}: {naam}", f"opgave-{opgave}"))
        eigen = u.rijen("opgave")[0]["indeling"]
        own = [r for r in resultaten if r["indeling"] == eigen and opgave in (r["opgave"], *(r["ook_opgaven"] or ()))]
        blokken.append(_links_terug(opgave))
        if not own:
            blokken.append(Alinea(("Bij deze opgave zijn geen beoogde resultaten aangeleverd.",)))
            continue
        lijnen = {r["id"]: r for r in u.rijen("inzetlijn", opgave=opgave)}
        groepen = [
            (_lijn(lijnen[lijn]) if lijn in lijnen else (), [r for r in own if r["inzetlijn"] == lijn])
            for lijn in dict.fromkeys(r["inzetlijn"] for r in own)
        ]
        blokken.append(_resultaten(tafel, f"resultaten-{opgave}", f"Beoogde resultaten bij opgave {opgave}", groepen))
    blokken += [*make_projecten(u), *_accenten(tafel, u)]
    blokken += [b for jaar in u.eerdere for b in _eerder(tafel, u, jaar)]
    return Blad(UITVOERING, "Uitvoering: wat is beloofd en verantwoord", GROEP, tuple(blokken), kort="Uitvoering")


def _links_terug(opgave: str) -> Alinea:
    return Alinea(
        (
            "Zie ook de ",
            Koppeling("indicatoren", Doel("opgaven", f"opgave-{opgave}"), f" bij opgave {opgave}"),
            ", de ",
            Koppeling("signalen", Doel(SIGNALEN, f"opgave-{opgave}"), f" bij opgave {opgave}"),
            " en het ",
            Koppeling("geld", Doel(GELD, f"opgave-{opgave}"), f" bij opgave {opgave}"),
            ".",
        )
    )


def _lijn(lijn: Regel) -> Inhoud:
    rol = f" (rol van de provincie: {lijn['rol']})" if lijn["rol"] else ""
    return (f"{lijn['naam'][0].upper()}{lijn['naam'][1:]}{rol}",)


def _resultaten(
    tafel: Schrijftafel, id_: str, bijschrift: str, groepen: Sequence[tuple[Inhoud, Sequence[Regel]]]
) -> Tabel:
    staten = {r["staat"] for _, rows in groepen for r in rows}
    noten = tuple(
        f"‘{RESULTAATSTATEN[s][0].upper()}{RESULTAATSTATEN[s][1:]}’: {uitleg}."
        for s, uitleg in RESULTAATSTAAT_UITLEG.items()
        if s in staten
    )
    kolommen = ("Resultaat", "Norm", "Realisatie", "Stand", "Indicatoren", "Stuk")
    return Tabel(
        id_,
        bijschrift,
        tuple(Kolom((k,)) for k in kolommen),
        tuple(Rijgroep(tuple(_resultaat(tafel, r) for r in rows), kop) for kop, rows in groepen),
        noten,
    )


def _resultaat(tafel: Schrijftafel, r: Regel) -> Rij:
    norm = f"{r['vergelijking']} {getal(r['norm'])} ({r['eenheid']})" if r["norm"] is not None else ""
    realisatie = ""
    if r["realisatie"] is not None:
        van = f" van {getal(r['norm'])}" if r["norm"] is not None else ""
        realisatie = f"{getal(r['realisatie'])}{van}"
    staat: list[str | Klein] = [RESULTAATSTATEN[r["staat"]]]
    if r["eigen_opgave"]:
        staat.append(Klein(" (eigen opgave van de provincie)"))
    if r["toelichting"]:
        staat.append(Klein(f" ({r['toelichting']})"))
    naam = f"{r['resultaat']}" if not r["onder"] else f"onderdeel: {r['resultaat']}"
    kop: Inhoud = (naam, Klein(f" ({r['opmerking']})")) if r["opmerking"] else (naam,)
    if r["ook_opgaven"]:
        kop = (*kop, Klein(f" (ook bij opgave {join(r['ook_opgaven'])})"))
    if r["besluit"]:
        reden = f": {r['besluit_reden']}" if r["besluit_reden"] else ""
        kop = (*kop, Klein(f" ({r['besluit']}{reden})"))
    if r["trekker"] or r["trekker_reden"]:
        wie = f"trekker: {r['trekker']}" if r["trekker"] else "trekker onbekend"
        kop = (*kop, Klein(f" ({wie})"))
    kaarten = [tafel.naam(i) for i in tafel.gekozen(r["kaarten"] or ())]
    indicatoren: Inhoud = tuple(opsomming(kaarten)) if kaarten else (r["maat"] or "",)
    if not kaarten and r["maat"] in ("norm", "kaart", None):
        indicatoren = ("geen cijfer",) if r["maat"] == "kaart" else ("geen",)
    return Rij(
        kop, (Cel((norm or "geen",)), Cel((realisatie or "geen",)), Cel(tuple(staat)), Cel(indicatoren), bron(r))
    )


def _accenten(tafel: Schrijftafel, u: Uitvoering) -> list[Blok]:
    rijen = u.rijen("accent")
    if not rijen:
        return []

    def row(a: Regel) -> Rij:
        opgaven = "alle" if a["opgaven"] == ["alle"] else join(a["opgaven"] or [])
        eigen: Inhoud = (
            (opgaven or "geen", Klein(" (eigen toedeling)")) if a["eigen_toedeling"] else (opgaven or "geen",)
        )
        kaarten = [tafel.naam(i) for i in tafel.gekozen(a["kaarten"] or ())]
        return Rij(
            (a["accent"],), (Cel(eigen), Cel(tuple(opsomming(kaarten)) if kaarten else ("geen cijfer",)), bron(a))
        )

    groepen = {g: [r for r in rijen if r["groep"] == g] for g in dict.fromkeys(r["groep"] for r in rijen)}
    return [
        Kop(2, "Accenten", "accenten"),
        Alinea((f"De {len(rijen)} punten uit het akkoord, met de opgaven en indicatoren die erbij horen.",)),
        Tabel(
            "accenten-tabel",
            "Accenten, met de opgaven en indicatoren die erbij horen",
            tuple(Kolom((k,)) for k in ("Accent", "Opgaven", "Indicatoren", "Stuk")),
            tuple(Rijgroep(tuple(map(row, rows)), (g,)) for g, rows in groepen.items()),
            ("‘Eigen toedeling’: het stuk noemt geen opgave; wij kozen er een.",),
        ),
    ]


def _eerder(tafel: Schrijftafel, u: Uitvoering, jaar: int) -> list[Blok]:
    """What an earlier edition promised: history, in full for who opens it."""
    rijen = u.rijen("resultaat", editie=jaar)
    if not rijen:
        return []
    opgave = u.rijen("opgave", editie=jaar, eigen=True)
    hoofd = [r for r in rijen if not r["onder"]]
    stil = sum(r["staat"] == "geen_opgave" for r in rijen)
    doelen = len({r["doelstelling_nr"] for r in rijen})
    titel = f"Beoogde resultaten {jaar}"
    delen = (
        f"{len(rijen) - len(hoofd)} daarvan {'is een onderdeel' if len(rijen) - len(hoofd) == 1 else 'zijn onderdelen'}"
    )
    zin = (
        f"{opgave[0]['indeling_naam']}: {len(rijen)} resultaten bij {doelen} doelen"
        + (f"; {delen} van een ander resultaat" if len(hoofd) < len(rijen) else "")
        + f". Van {stil} is er niets verantwoord: wat ervan kwam, staat niet in de stukken die wij hebben."
    )
    tabellen: list[Blok] = []
    for o in opgave:
        own = [r for r in rijen if r["opgave"] == o["opgave"] and r["indeling"] == o["indeling"]]
        doel = {r["doelstelling_nr"]: r["doelstelling"] for r in own}
        groepen = [((naam or "",), [r for r in own if r["doelstelling_nr"] == nr]) for nr, naam in doel.items()]
        kop = f"{o['woord'].capitalize()} {o['opgave']}: {o['naam']}"
        tabellen.append(_resultaten(tafel, f"beoogd-{jaar}-{o['opgave'].replace('.', '-')}", kop, groepen))
    return [
        Kop(2, titel, f"beoogd-{jaar}"),
        Alinea((zin,)),
        Uitklap(f"Alle resultaten van {jaar}", tuple(tabellen)),
    ]


def make_instrumenten(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
    """The instruments, their evaluations and what came of them; None where nothing was delivered."""
    u = tafel.rapport.uitvoering
    if u is None or not (instrumenten := u.rijen("instrument")):
        return None
    namen = {i["id"]: i["naam"] for i in instrumenten}
    blokken: list[Blok] = [
        Alinea(
            (
                f"Regelingen, fondsen en programma's van de {tafel.rapport.gebied.provincie}, met hun evaluaties en "
                f"wat daarmee is gedaan. {GEEN_EFFECT}",
            ),
            "inleiding",
        ),
        *teksten,
        Kop(2, "Instrumenten en hun kosten", "instrumenten-kosten"),
        Tabel(
            "instrumenten-tabel",
            "Instrumenten, met de opgaven waar zij bij horen en het geld van een jaar",
            tuple(Kolom((k,)) for k in ("Instrument", "Soort", "Opgaven", "Geld", "Per ondernemer", "Stuk")),
            (Rijgroep(tuple(map(_instrument, instrumenten))),),
            ("Kosten per ondernemer staan er alleen als bereik en geld van hetzelfde jaar bekend zijn.",),
        ),
        *_aanbevelingen(u, namen),
        *_kalender(u, namen),
        *_opbrengsten(u, namen),
    ]
    return Blad(INSTRUMENTEN, "Instrumenten en evaluaties", GROEP, tuple(blokken), kort="Instrumenten")


def _instrument(i: Regel) -> Rij:
    geld: Inhoud = cellen.nb("niet bekend")
    if i["kosten"] is not None:
        geld = (format_euro(i["kosten"]), Klein(f" ({i['kosten_jaar']})"))
    per = i["kosten_per_bereikte"]
    kop: Inhoud = (i["naam"], Klein(f" ({i['opmerking']})")) if i["opmerking"] else (i["naam"],)
    return Rij(
        kop,
        (
            Cel((i["soort"],)),
            Cel((join(i["opgaven"]) if i["opgaven"] else "geen",)),
            Cel(geld),
            Cel((format_euro(per),) if per is not None else cellen.nb("bereik niet bekend")),
            bron(i),
        ),
    )


def _kalender(u: Uitvoering, namen: Mapping[str, str]) -> list[Blok]:
    rijen = sorted(u.rijen("evaluatie"), key=lambda e: (-(e["jaar"] or 0), namen[e["instrument"]]))
    if not rijen:
        return []
    zonder = sum(e["jaar"] is None for e in rijen)

    def stand(e: Regel) -> Inhoud:
        if e["stand"] == "tegenstrijdig":
            return (f"tegenstrijdig: {e['bron']} {e['plaats']}", Klein(f" ({e['opmerking'] or 'zonder toelichting'})"))
        if e["voorbij"]:
            return (f"{e['stand']} voor {e['jaar']}", Klein(" (niet bekend of zij er kwam)"))
        return (e["stand"],)

    return [
        Kop(2, "Evaluatiekalender", "evaluaties"),
        Alinea((f"{len(rijen)} evaluaties; bij {zonder} noemt het stuk geen jaar.",)),
        Tabel(
            "evaluaties-tabel",
            "Evaluaties, de laatste eerst",
            tuple(Kolom((k,)) for k in ("Instrument", "Soort", "Jaar", "Stand", "Stuk")),
            (
                Rijgroep(
                    tuple(
                        Rij(
                            (namen[e["instrument"]],),
                            (
                                Cel((EVALUATIESOORTEN[e["soort"]],)),
                                Cel((str(e["jaar"]) if e["jaar"] else "jaar onbekend",)),
                                Cel(stand(e)),
                                bron(e),
                            ),
                        )
                        for e in rijen
                    )
                ),
            ),
        ),
    ]


def _aanbevelingen(u: Uitvoering, namen: Mapping[str, str]) -> list[Blok]:
    # what waits longest for a decision comes first
    rijen = sorted(u.rijen("aanbeveling"), key=lambda a: (not a["lang_open"], a["besluit"] != "open"))
    if not rijen:
        return []

    def row(a: Regel) -> Rij:
        besluit: list[str | Klein] = [BESLUITEN[a["besluit"]]]
        if a["lang_open"]:
            besluit.append(Klein(f" (al langer dan twee jaar, sinds {a['sinds']})"))
        besluit += [Klein(f" ({text})") for text in (a["reden"], a["opmerking"]) if text]
        gedaan = Cel((a["uitgevoerd"],)) if a["uitgevoerd"] else Cel(cellen.nb("niet bekend"))
        return Rij((a["tekst"],), (Cel((namen[a["instrument"]],)), Cel(tuple(besluit)), gedaan, bron(a)))

    return [
        Kop(2, "Aanbevelingen", "aanbevelingen"),
        Tabel(
            "aanbevelingen-tabel",
            "Aanbevelingen en wat ermee is gedaan",
            tuple(Kolom((k,)) for k in ("Aanbeveling", "Instrument", "Besluit", "Uitgevoerd", "Stuk")),
            (Rijgroep(tuple(map(row, rijen))),),
        ),
    ]


def _opbrengsten(u: Uitvoering, namen: Mapping[str, str]) -> list[Blok]:
    rijen = u.rijen("opbrengst")
    if not rijen:
        return []
    return [
        Kop(2, "Directe opbrengsten", "opbrengsten"),
        Alinea(("Zo noemt het stuk ze. Zij zijn niet opgeteld: de getallen zijn van verschillende dingen.",)),
        Tabel(
            "opbrengsten-tabel",
            "Directe opbrengsten van instrumenten",
            tuple(Kolom((k,)) for k in ("Instrument", "Wat", "Aantal", "Is dit gehaald", "Stuk")),
            (
                Rijgroep(
                    tuple(
                        Rij(
                            (namen[o["instrument"]],),
                            (
                                Cel((o["maat"],)),
                                Cel((f"{getal(o['waarde'])} {o['eenheid']}",)),
                                Cel((HERKOMSTEN[o["herkomst"]],)),
                                bron(o),
                            ),
                        )
                        for o in rijen
                    )
                ),
            ),
        ),
    ]


__all__ = ["BLADEN", "NIETS_AANGELEVERD", "make_instrumenten", "make_rij_links", "make_uitvoering", "of_opgave"]
