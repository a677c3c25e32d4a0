"""After a run: tell what is new of it, and once a week that all goes well or what still stands."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from assets.bron.bronlijst import read_tabellen
from pipelines.afloop import Afloop
from pipelines.instellingen import Instellingen
from pipelines.meldingen import bezorgen, geheugen
from pipelines.meldingen.oorzaak import SCHIJF, WEEK, Melding, from_afloop, from_schijf, from_tabellen
from pipelines.resources import Ketenbron


def report_run(keten: Ketenbron, afloop: Afloop, instelling: Instellingen, now: datetime | None = None) -> list[str]:
    """Tell the channels of `instelling` what this run gives reason to; gives what could not be delivered.

    A cause is told once for as long as it lasts. Raises InstellingError for a channel that can not be used.
    """
    found = [*from_afloop(afloop), *from_tabellen(read_tabellen().values(), keten.plek().archief)]
    return _report(keten, found, instelling, now or datetime.now(UTC))


def report_quiet(keten: Ketenbron, instelling: Instellingen, now: datetime | None = None) -> list[str]:
    """Tell the channels of a night in which nothing changed: the disk, the week, the sign of life.

    What stood open stands: the same input gives the same cause. Gives and raises as `report_run`.
    """
    standing = geheugen.read(geheugen.find_geheugen(Path(keten.opslag), keten.plek().soort)).values()
    found = [
        Melding(v.sleutel, v.kop, f"Dit staat open sinds {v.sinds[:10]}.", "monitor status")
        for v in standing
        if v.sleutel != SCHIJF and not v.sleutel.startswith(WEEK)
    ]
    return _report(keten, found, instelling, now or datetime.now(UTC))


def _report(keten: Ketenbron, found: list[Melding], instelling: Instellingen, now: datetime) -> list[str]:
    opslag = Path(keten.opslag)
    meldingen = [*found, *from_schijf(shutil.disk_usage(opslag).free, instelling.schijf_gb)]
    via, fouten = bezorgen.kanalen(instelling), list[str]()
    file = geheugen.find_geheugen(opslag, keten.plek().soort)
    week = weekly(meldingen, geheugen.read(file), now)
    try:
        geheugen.tell_new(file, [*meldingen, week], now, lambda m: bezorgen.deliver(m, via, fouten))
    except OSError as error:
        # a run that was published is not undone by what could not be noted of it
        fouten.append(f"onthouden wat er is gemeld, in {file}: {error.strerror}")
    bezorgen.give_sign_of_life(instelling, fouten)
    return fouten


def weekly(meldingen: list[Melding], standing: dict[str, geheugen.Verteld], now: datetime) -> Melding:
    """The message of the week: the first run of a week sends it, so that silence is noticed."""
    year, week, _ = now.isocalendar()
    if not meldingen:
        tekst = "De laatste verversing is gepubliceerd. Er is niets om naar te kijken."
    else:
        rows = [
            f"- {m.kop} (sinds {standing[m.sleutel].sinds[:10]})" if m.sleutel in standing else f"- {m.kop} (nieuw)"
            for m in meldingen
        ]
        tekst = "De monitor draait. Dit staat nog open:\n" + "\n".join(rows)
    return Melding(f"{WEEK}{year}-{week:02d}", f"Week {week}: de monitor draait", tekst, "monitor status")
