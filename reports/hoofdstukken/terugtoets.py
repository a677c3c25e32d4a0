"""What the account says of how often the model behind the verdicts was right about a next year."""

from __future__ import annotations

from collections.abc import Callable

from begrippen.rekenregels import REKENREGELS
from begrippen.taal import telwoord
from reports.analyse import Terugtoets
from reports.document import Alinea, Blok
from reports.getallen import format_getal
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.patroon import Vak, tabel


def make_terugtoets(tafel: Schrijftafel) -> list[Blok]:
    """The promise of 95 in 100, held against the years that are known: together, and by theme."""
    gedaan = [t for t in tafel.analyses.terugtoetsen if t.voorspellingen]
    if not gedaan:
        return [Alinea(("Er zijn nog geen reeksen die lang genoeg zijn om een bekend jaar mee te voorspellen.",))]
    belofte = round(100 * (1 - REKENREGELS.alfa))
    van, tot = min(t.van for t in gedaan), max(t.tot for t in gedaan)
    alles, binnen = sum(t.voorspellingen for t in gedaan), sum(t.binnen for t in gedaan)
    apart, binnen_apart = sum(t.voorspellingen_apart for t in gedaan), sum(t.binnen_apart for t in gedaan)
    jaren = f"het jaar {van}" if van == tot else f"de jaren {van} tot en met {tot}"
    zinnen = [
        "Een oordeel rust op een lijn door de jaren, en op wat toeval daaromheen kan doen. Of dat klopt, is achteraf "
        f"te zien. Wij trokken elke lijn door tot een jaar dat al bekend is: {jaren}, steeds met hooguit "
        f"{telwoord(REKENREGELS.venster)} jaren ervoor. Het cijfer hoort dan in {belofte} van de 100 gevallen te "
        "liggen waar de lijn het met haar marge verwacht.",
        f"Dat was zo bij {_deel(binnen, alles)} van {format_getal(alles, 0)} cijfers.",
    ]
    if apart:
        zinnen.append(
            "Wat alle gebieden tegelijk trof, zoals de coronatijd, voorziet geen lijn. Gaat van elk cijfer af wat het "
            "middelste gebied van die soort dat jaar in procenten afweek, dan was het "
            f"{_deel(binnen_apart, apart)}."
        )
    if 100 * binnen < (belofte - 5) * alles:
        zinnen.append(
            "De cijfers bewogen in deze jaren dus meer dan de lijn en haar marge verwachtten. Een oordeel zegt hoe een "
            "reeks in het venster bewoog, en niet waar zij het jaar daarna uitkomt."
        )
    namen = {thema.id: thema.naam for thema in tafel.rapport.themas}
    kolommen: dict[str, Callable[[Terugtoets], Vak]] = {
        "Thema": lambda t: namen.get(t.thema, t.thema),
        "Jaren": lambda t: f"{t.van}-{t.tot}" if t.van < t.tot else str(t.van),
        "Cijfers": lambda t: format_getal(t.voorspellingen, 0),
        "Lag waar verwacht": lambda t: _deel(t.binnen, t.voorspellingen),
        "Zonder wat alle gebieden trof": lambda t: _deel(t.binnen_apart, t.voorspellingen_apart),
    }
    bijschrift = "Hoe vaak het volgende jaar lag waar verwacht"
    return [
        Alinea((" ".join(zinnen),)),
        tabel("terugtoets-tabel", bijschrift, gedaan, kolommen, getallen=[*kolommen][2:]),
    ]


def _deel(binnen: int, alles: int) -> str:
    return f"{format_getal(100 * binnen / alles, 0)}%" if alles else "n.b."
