"""The references that an editor can choose from, each with what it prints today."""

from __future__ import annotations

from reports.tekst.cijfers import Cijfers, VerwijzingError, find_regio
from reports.tekst.haakjes import PARAMETERS, as_haakjes
from reports.tekst.verwijzingen import FUNCTIES


def list_verwijzingen(cijfers: Cijfers, woord: str = "", regio: str | None = None) -> list[tuple[str, str]]:
    """Every reference to an indicator whose name holds `woord`, as typed in Word, and the words that it becomes.

    Those that a region has no figure for are left out. Raises VerwijzingError for a region that is not there.
    """
    gebied = find_regio(cijfers, regio)
    wanted = woord.lower().replace("_", " ").strip()
    found: list[tuple[str, str]] = []
    for kaart in sorted(cijfers.indicatoren.values(), key=lambda i: i.id):
        if wanted not in f"{kaart.id.replace('_', ' ')} {kaart.naam}".lower():
            continue
        for naam, functie in FUNCTIES.items():
            parameters = PARAMETERS[naam]
            if parameters[0] != "indicator":
                continue
            more = [gebied.code] if regio is not None and "regio" in parameters else []
            if regio is not None and not more:
                continue
            try:
                tekst = functie(cijfers, kaart.id, *more).tekst
            except VerwijzingError:
                continue
            call = ", ".join(f'"{a}"' for a in (kaart.id, *([gebied.naam] if more else [])))
            found.append(
                (as_haakjes(f"{{{{ {naam}({call}) }}}}"), tekst if naam != "cijfer" else f"{tekst} ({kaart.naam})")
            )
    return found
