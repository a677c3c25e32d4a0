"""What the account says of the figures that were set aside."""

from __future__ import annotations

from reports import cellen, zinnen
from reports.document import Alinea, Blok
from reports.getallen import format_eenheid, format_periode
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.schrijftafel import cellen as maak_cellen
from reports.tabel import Kolom, Rij, Rijgroep, Tabel

# a table for a reader; all of them stand in the database
HOOGSTENS = 50


def make_apart(tafel: Schrijftafel) -> list[Blok]:
    """The figures that were set aside, one by one, with what they should have been."""
    apart = tafel.analyses.apart
    if not apart:
        return [Alinea(("Geen enkel cijfer is apart gezet.",))]
    rijen = tuple(
        Rij(
            (tafel.naam_van(a.indicator, a.naam),),
            maak_cellen(
                f"{a.regionaam} ({a.regio})",
                format_periode(a.periode),
                f"{cellen.bronwaarde(a.waarde)} {format_eenheid(a.eenheid)}".rstrip(),
                f"{a.reden} ({a.toets.replace('_', ' ')})",
            ),
        )
        for a in apart[:HOOGSTENS]
    )
    uitleg = (
        f"{zinnen.tel(len(apart), 'cijfer', 'cijfers').capitalize()} van gebieden waar dit rapport niets van toont, "
        "kunnen niet kloppen. Zij zijn apart gezet: niet gepubliceerd, nooit 0, en een rang of vergelijking doet het "
        "zonder. In de toelichting bij een plaats staat hoeveel gebieden daardoor niet meedoen."
    )
    if len(apart) > HOOGSTENS:
        uitleg += f" Hieronder staan de eerste {HOOGSTENS}; alle staan in de database (monitor.apart_gezet)."
    kolommen = tuple(Kolom((n,)) for n in ("Indicator", "Gebied", "Periode", "Gerekend uit de bron", "Het moet zijn"))
    return [
        Alinea((uitleg,)),
        Tabel("apart-tabel", f"Apart gezette cijfers ({len(apart)})", kolommen, (Rijgroep(rijen),)),
    ]
