"""What was promised at each task, what was reported of it, and what the province uses for it.

These pages lay things beside each other. Nowhere do they say that one caused the other: that was not measured.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from begrippen.beleidslijsten import RESULTAATSTAAT_UITLEG, RESULTAATSTATEN
from reports.document import Alinea, Blad, Blok, Kop, Uitklap
from reports.getallen import join
from reports.hoofdstukken.beleidsblad import (
    GEEN_EFFECT,
    GELD,
    GROEP,
    INSTRUMENTEN,
    SIGNALEN,
    UITVOERING,
    Regel,
    Vak,
    bron,
    getal,
    hoofdletter,
    indicatoren,
    inleiding,
    met,
    per,
    tabel,
    uitvoering_van,
)
from reports.hoofdstukken.projecten import make_projecten
from reports.hoofdstukken.schrijftafel import Schrijftafel, opsomming
from reports.inhoud import Doel, Koppeling
from reports.tabel import Tabel
from reports.uitvoering import Uitvoering


def make_rij_links(tafel: Schrijftafel, opgave: str) -> Alinea | None:
    """What else there is at a task, as one row of links; None where nothing was delivered."""
    u = uitvoering_van(tafel)
    ketting = u.rijen("ketting", opgave=opgave) if u else []
    if not ketting:
        return None
    (k,) = ketting
    naar = f"opgave-{opgave}"
    parts = [
        (_aantal(k["signalen"], "signaal", "signalen"), Doel(SIGNALEN, naar)),
        (_aantal(k["resultaten"], "beoogd resultaat", "beoogde resultaten"), Doel(UITVOERING, naar)),
        (_aantal(k["instrumenten"], "instrument", "instrumenten"), Doel(INSTRUMENTEN)),
    ]
    if k["geld_van"]:
        jaren = str(k["geld_van"]) if k["geld_van"] == k["geld_tot"] else f"{k['geld_van']}-{k['geld_tot']}"
        parts.append((f"geld in {jaren}", Doel(GELD, naar)))
    links = [Koppeling(text, doel, f" bij opgave {opgave}") for text, doel in parts]
    return Alinea(("Bij deze opgave: ", *opsomming(links), "."))


def _aantal(number: int, one: str, more: str) -> str:
    return f"{number or 'geen'} {one if number == 1 else more}"


def make_uitvoering(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
    """The intended results of each task, with what was reported; None where nothing was delivered."""
    u = uitvoering_van(tafel)
    if u is None:
        return None
    resultaten, eigen = u.rijen("resultaat"), u.rijen("opgave")[0]["indeling"]
    blokken: list[Blok] = [
        inleiding(
            f"Per opgave staat hier wat de {tafel.rapport.gebied.provincie} wil doen, en wat daarvan is verantwoord. "
            + GEEN_EFFECT
        ),
        *teksten,
    ]
    for opgave, naam in u.opgaven.items():
        own = [r for r in resultaten if r["indeling"] == eigen and opgave in (r["opgave"], *(r["ook_opgaven"] or ()))]
        blokken += [Kop(2, f"Opgave {opgave}: {naam}", f"opgave-{opgave}"), _links_terug(opgave)]
        if not own:
            blokken.append(Alinea(("Bij deze opgave zijn geen beoogde resultaten aangeleverd.",)))
            continue
        lijnen = {r["id"]: _lijn(r) for r in u.rijen("inzetlijn", opgave=opgave)}
        groepen: dict[Vak, list[Regel]] = {}
        for r in own:
            groepen.setdefault(lijnen.get(r["inzetlijn"], ()), []).append(r)
        blokken.append(_resultaten(tafel, f"resultaten-{opgave}", f"Beoogde resultaten bij opgave {opgave}", groepen))
    blokken += [*make_projecten(u), *_accenten(tafel, u), *(b for jaar in u.eerdere for b in _eerder(tafel, u, jaar))]
    return Blad(UITVOERING, "Uitvoering: wat is beloofd en verantwoord", GROEP, tuple(blokken), kort="Uitvoering")


def _links_terug(opgave: str) -> Alinea:
    bladen = (("opgaven", "indicatoren"), (SIGNALEN, "signalen"), (GELD, "geld"))
    links = [Koppeling(text, Doel(blad, f"opgave-{opgave}"), f" bij opgave {opgave}") for blad, text in bladen]
    return Alinea(("Zie ook: ", *opsomming(links), "."))


def _lijn(lijn: Regel) -> str:
    rol = f" (rol van de provincie: {lijn['rol']})" if lijn["rol"] else ""
    return f"{hoofdletter(lijn['naam'])}{rol}"


def _resultaten(tafel: Schrijftafel, id_: str, bijschrift: str, groepen: Mapping[Vak, Sequence[Regel]]) -> Tabel:
    staten = {r["staat"] for rows in groepen.values() for r in rows}
    return tabel(
        id_,
        bijschrift,
        ("Resultaat", "Norm", "Realisatie", "Stand", "Indicatoren", "Stuk"),
        {kop: [_resultaat(tafel, r) for r in rows] for kop, rows in groepen.items()},
        [f"‘{hoofdletter(RESULTAATSTATEN[s])}’: {text}." for s, text in RESULTAATSTAAT_UITLEG.items() if s in staten],
    )


def _resultaat(tafel: Schrijftafel, r: Regel) -> Sequence[Vak]:
    norm = f"{r['vergelijking']} {getal(r['norm'])} ({r['eenheid']})" if r["norm"] is not None else "geen"
    realisatie = "geen"
    if r["realisatie"] is not None:
        realisatie = getal(r["realisatie"]) + (f" van {getal(r['norm'])}" if r["norm"] is not None else "")
    reden = f": {r['besluit_reden']}" if r["besluit_reden"] else ""
    kop = met(
        f"onderdeel: {r['resultaat']}" if r["onder"] else r["resultaat"],
        r["opmerking"],
        f"ook bij opgave {join(r['ook_opgaven'])}" if r["ook_opgaven"] else "",
        f"{r['besluit']}{reden}" if r["besluit"] else "",
        f"trekker: {r['trekker']}" if r["trekker"] else "trekker onbekend" if r["trekker_reden"] else "",
    )
    eigen = "eigen opgave van de provincie" if r["eigen_opgave"] else ""
    geen = {"geen maat": "geen maat", "kaart": "geen cijfer"}.get(r["maat"], "geen")
    return (
        kop,
        norm,
        realisatie,
        met(RESULTAATSTATEN[r["staat"]], eigen, r["toelichting"]),
        indicatoren(tafel, r["kaarten"], geen),
        bron(r),
    )


def _accenten(tafel: Schrijftafel, u: Uitvoering) -> list[Blok]:
    rijen = u.rijen("accent")
    if not rijen:
        return []

    def row(a: Regel) -> Sequence[Vak]:
        opgaven = "alle" if a["opgaven"] == ["alle"] else join(a["opgaven"] or []) or "geen"
        eigen = "eigen toedeling" if a["eigen_toedeling"] else ""
        return a["accent"], met(opgaven, eigen), indicatoren(tafel, a["kaarten"]), bron(a)

    return [
        Kop(2, "Accenten", "accenten"),
        Alinea((f"De {len(rijen)} punten uit het akkoord, met de opgaven en indicatoren die erbij horen.",)),
        tabel(
            "accenten-tabel",
            "Accenten, met de opgaven en indicatoren die erbij horen",
            ("Accent", "Opgaven", "Indicatoren", "Stuk"),
            per(rijen, "groep", row),
            ("‘Eigen toedeling’: het stuk noemt geen opgave; wij kozen er een.",),
        ),
    ]


def _eerder(tafel: Schrijftafel, u: Uitvoering, jaar: int) -> list[Blok]:
    """What an earlier edition promised: history, in full for who opens it."""
    rijen = u.rijen("resultaat", editie=jaar)
    if not rijen:
        return []
    opgave = u.rijen("opgave", editie=jaar, eigen=True)
    onderdelen = sum(bool(r["onder"]) for r in rijen)
    zijn = "is een onderdeel" if onderdelen == 1 else "zijn onderdelen"
    zin = (
        f"{opgave[0]['indeling_naam']}: {len(rijen)} resultaten bij {len({r['doelstelling_nr'] for r in rijen})} doelen"
        + (f"; {onderdelen} daarvan {zijn} van een ander resultaat" if onderdelen else "")
        + f". Van {sum(r['staat'] == 'geen_opgave' for r in rijen)} is er niets verantwoord: wat ervan kwam, staat "
        "niet in de stukken die wij hebben."
    )
    tabellen: list[Blok] = []
    for o in opgave:
        own = [r for r in rijen if r["opgave"] == o["opgave"] and r["indeling"] == o["indeling"]]
        doel = {r["doelstelling_nr"]: r["doelstelling"] for r in own}
        groepen: dict[Vak, list[Regel]] = {
            naam or "": [r for r in own if r["doelstelling_nr"] == nr] for nr, naam in doel.items()
        }
        kop = f"{o['woord'].capitalize()} {o['opgave']}: {o['naam']}"
        tabellen.append(_resultaten(tafel, f"beoogd-{jaar}-{o['opgave'].replace('.', '-')}", kop, groepen))
    return [
        Kop(2, f"Beoogde resultaten {jaar}", f"beoogd-{jaar}"),
        Alinea((zin,)),
        Uitklap(f"Alle resultaten van {jaar}", tuple(tabellen)),
    ]
