"""The cycle of two years on one page: nine steps, what is there, what is missing, and which day comes next."""

from __future__ import annotations

from collections.abc import Sequence

from begrippen.taal import telwoord
from reports.document import Alinea, Blad, Blok, Kop
from reports.getallen import format_datum
from reports.hoofdstukken.beleidsblad import (
    CYCLUS,
    GROEP,
    Regel,
    Vak,
    bron,
    hoofdletter,
    inleiding,
    of_nb,
    tabel,
    uitvoering_van,
)
from reports.hoofdstukken.schrijftafel import Schrijftafel


def make_cyclus(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
    """The nine steps, then the activities that were decided on; None where nothing was delivered."""
    u = uitvoering_van(tafel, "cyclus")
    if u is None:
        return None
    stappen = u.rijen("cyclus")
    komt = sorted((s for s in stappen if s["komt_nog"]), key=lambda s: s["dag"])
    eerst = (
        f"De eerstvolgende datum is {format_datum(komt[0]['dag'])}: {komt[0]['naam']}."
        if komt
        else ("Er is geen datum bekend die nog komt.")
    )
    klaar = sum(s["staat"] == "klaar" for s in stappen)
    besluiten = [r for r in u.rijen("resultaat") if r["besluit"]]
    blokken: list[Blok] = [
        inleiding(
            f"De Stand verschijnt elke {telwoord(stappen[0]['jaren'])} jaar. Daartussen zitten negen stappen. Toen dit "
            f"rapport werd gemaakt, waren er {telwoord(klaar)} klaar. {eerst}"
        ),
        *teksten,
        tabel(
            "cyclus-tabel",
            "De stappen van de cyclus, met wat er nog ontbreekt",
            ("Stap", "Stand", "Datum", "Wacht op"),
            map(_stap, stappen),
            ("Een stap is klaar als alles er is wat erbij hoort. Dat volgt uit de bestanden en datums van de editie.",),
        ),
        Alinea((f"De volgende Stand is die van {u.editie + stappen[0]['jaren']}.",)),
        Kop(2, "Activiteiten met een besluit", "besluiten"),
    ]
    if besluiten:
        blokken.append(
            tabel(
                "besluiten-tabel",
                "Activiteiten, met het besluit en de reden",
                ("Activiteit", "Opgave", "Besluit", "Reden", "Stuk"),
                map(_besluit, besluiten),
            )
        )
    else:
        blokken.append(Alinea(("Bij deze editie is van geen activiteit gemeld of zij doorgaat.",)))
    return Blad(CYCLUS, "De cyclus van twee jaar", GROEP, tuple(blokken), kort="Cyclus")


def _stap(s: Regel) -> Sequence[Vak]:
    dag = format_datum(s["dag"]) if s["dag"] else None
    return (
        f"{s['stap']}. {hoofdletter(s['naam'])}",
        s["staat"],
        of_nb(dag),
        s["mist"] or "niets",
    )


def _besluit(r: Regel) -> Sequence[Vak]:
    return r["resultaat"], r["opgave"], r["besluit"], of_nb(r["besluit_reden"], "geen reden nodig"), bron(r)
