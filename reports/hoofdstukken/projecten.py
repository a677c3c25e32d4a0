"""What may be told of projects together: gross, in its own unit, and of three parties or more."""

from __future__ import annotations

from collections.abc import Sequence

from begrippen.beleidslijsten import EFFECTMATEN, EFFECTSTATEN
from reports.document import Alinea, Blok, Kop
from reports.getallen import format_getal
from reports.hoofdstukken.beleidsblad import Regel, Vak, hoofdletter, met, per, tabel
from reports.uitvoering import Uitvoering

BRUTO = "Bruto, en niet gemeten tegen wat er zonder de provincie was gebeurd."
MEERVOUD = {"voltijdbaan": "voltijdbanen", "mensjaar": "mensjaren", "project": "projecten"}


def _wat(e: Regel) -> str:
    door = f" de {e['soort']}" if e["maat"] == "geraamd" else ""
    return EFFECTMATEN[e["maat"]] + door


def _waarde(e: Regel) -> str:
    if e["staat"] != "gegeven":
        return EFFECTSTATEN[e["staat"]]
    whole = all(float(e[k]).is_integer() for k in ("laag", "hoog"))
    decimals = 2 if e["maat"] == "hefboom" else 0 if whole else 1
    laag, hoog = (format_getal(e[k], decimals) for k in ("laag", "hoog"))
    eenheid = MEERVOUD.get(e["eenheid"], e["eenheid"])
    return f"{laag} {eenheid}" if laag == hoog else f"{laag} tot {hoog} {eenheid}"


def _erbij(e: Regel) -> str:
    if e["maat"] != "blijvend":
        return ""
    return f"{'nieuw of behoud onbekend' if e['soort'] == 'onbekend' else e['soort']}, {e['wanneer']}"


def effectzin(e: Regel) -> str:
    """One figure of projects as a line."""
    erbij = f", {_erbij(e)}" if _erbij(e) else ""
    return f"{_wat(e)}{erbij}: {_waarde(e)}"


def make_projecten(u: Uitvoering) -> list[Blok]:
    """The projects of an edition, a table with a group per theme; nothing where none were delivered."""
    rijen = u.rijen("effect")
    if not rijen:
        return []

    return [
        Kop(2, "Projecten samen", "projecten"),
        Alinea(
            (
                f"{BRUTO} Tijdelijk werk staat in mensjaren, blijvend werk in voltijdbanen. Die twee zijn niet op te "
                "tellen. Een raming is een bereik.",
            )
        ),
        tabel(
            "projecten-tabel",
            "Projecten samen, per thema",
            ("Wat", "Samen"),
            per(({**e, "thema": e["thema"] or "Alle thema’s samen"} for e in rijen), "thema", _rij),
            ("Elk cijfer is van minstens drie partijen. Van een project of partij apart staat hier niets.",),
        ),
    ]


def _rij(e: Regel) -> Sequence[Vak]:
    return met(hoofdletter(_wat(e)), _erbij(e)), _waarde(e)
