"""The references that an editor can choose from, each with what it prints today."""

from __future__ import annotations

from collections.abc import Iterator

from reports.model import Regio
from reports.tekst.analyseverwijzingen import keuzes
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
            wat = f"{tekst} ({kaart.naam})" if naam == "cijfer" else tekst
            found.append((as_haakjes(f"{{{{ {naam}({call}) }}}}"), wat))
    return found + [v for v in _analyses(cijfers, gebied, regio is not None) if wanted in v[0].lower()]


def _analyses(cijfers: Cijfers, gebied: Regio, genoemd: bool) -> Iterator[tuple[str, str]]:
    """Those that name no indicator: of analyses of a region, and of policy."""
    te_kiezen = keuzes(cijfers)
    if cijfers.uitvoering is not None:
        # a task is chosen by its number
        te_kiezen["opgave"] = list(cijfers.uitvoering.opgaven)
    for naam, functie in FUNCTIES.items():
        eerste, *rest = PARAMETERS[naam]
        if eerste not in (*te_kiezen, "regio"):
            continue
        for keuze in te_kiezen.get(eerste, [""]):
            args = [keuze] if keuze else []
            if genoemd and "regio" in (eerste, *rest):
                args.append(gebied.naam)
            try:
                tekst = functie(cijfers, *args).tekst
            except VerwijzingError:
                continue
            call = ", ".join(f'"{a}"' for a in args)
            yield as_haakjes(f"{{{{ {naam}({call}) }}}}"), tekst
