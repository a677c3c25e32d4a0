"""What stands and who hears of it, for who asks at the command line; and a trial message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from begrippen.fout import MonitorError
from pipelines.instellingen import Instellingen, InstellingError, variabele
from pipelines.meldingen.bezorgen import deliver, kanalen
from pipelines.meldingen.geheugen import find_geheugen, read
from pipelines.meldingen.oorzaak import WEEK, Melding, group, merge

PROEF = Melding(
    "proef",
    "Proefbericht",
    "Dit is een proef. Er is niets aan de hand: u ziet nu dat berichten van de monitor aankomen.",
    "niets",
)
GEEN = (
    "Er is geen kanaal ingesteld, dus niemand krijgt bericht.\n"
    f"Zet {variabele('smtp')} en {variabele('meld_aan')}, {variabele('webhook')} of {variabele('teams')}; "
    "zie docs/verversen.md"
)


class BezorgError(MonitorError):
    """A trial message that did not arrive everywhere."""

    code = "bezorgen"
    exit_code = 1


def read_staand(instelling: Instellingen, opslag: Path, soort: str) -> dict[str, Any]:
    """The channels that are set and the causes that stand, as fields. Raises InstellingError for a wrong channel.

    Of each cause: since when (a moment in ISO), whether somebody was reached, its heading and its keys.
    """
    standing = {v.sleutel: v for v in read(find_geheugen(opslag, soort)).values() if not v.sleutel.startswith(WEEK)}
    rows = []
    for meldingen in group(v.as_melding() for v in standing.values()):
        parts = [standing[m.sleutel] for m in meldingen]
        told = {"sinds": min(v.sinds for v in parts), "gemeld": all(v.bezorgd for v in parts)}
        rows.append(told | {"kop": merge(meldingen).gezegd, "sleutels": [v.sleutel for v in parts]})
    return {"soort": soort, "kanalen": list(kanalen(instelling)), "open": rows}


def show_staand(staand: dict[str, Any]) -> str:
    """What `read_staand` gives, as lines."""
    via, rows = staand["kanalen"], staand["open"]
    lines = [f"Bericht gaat naar: {', '.join(via)}" if via else GEEN]
    lines.append(f"Wat openstaat ({staand['soort']}): {len(rows) or 'niets'}")
    for row in rows:
        reached = "gemeld" if row["gemeld"] else "nog niemand bereikt"
        lines.append(f"  sinds {row['sinds'][:10]}, {reached}: {row['kop']}")
    return "\n".join(lines)


def send_trial(instelling: Instellingen) -> str:
    """Send a trial message by every channel. Raises InstellingError where none is set, BezorgError where one failed."""
    via, fouten = kanalen(instelling), list[str]()
    if not via:
        raise InstellingError(GEEN)
    deliver(PROEF, via, fouten)
    if fouten:
        raise BezorgError("niet aangekomen: " + "; ".join(fouten), vervolg="Kijk het adres na: monitor melden --proef")
    return f"Proefbericht verstuurd: {', '.join(via)}"
