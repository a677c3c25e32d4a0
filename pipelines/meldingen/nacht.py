"""After a run: tell what is new of it, and once a week that all goes well or what still stands."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from assets.bron.bronlijst import read_tabellen
from pipelines import klok
from pipelines.afloop import Afloop
from pipelines.instellingen import Instellingen
from pipelines.meldingen import bezorgen, geheugen
from pipelines.meldingen.oorzaak import (
    FOUT,
    SCHIJF,
    WEEK,
    Melding,
    from_afgebroken,
    from_afloop,
    from_schijf,
    from_tabellen,
    group,
    merge,
    still_stands,
)
from pipelines.resources import Ketenbron


def report_run(
    keten: Ketenbron,
    afloop: Afloop,
    instelling: Instellingen,
    now: datetime | None = None,
    *,
    afgebroken: bool = False,
) -> list[str]:
    """Tell the channels of `instelling` what this run gives reason to; gives what could not be delivered.

    A cause is told once for as long as it lasts. `afgebroken`: the refresh before this one did not come to its end, and
    nobody heard. Raises InstellingError for a channel that can not be used.
    """
    found = _find(keten, afloop) + ([from_afgebroken()] if afgebroken else [])
    return _report(keten, [*found, *_stays(keten, afloop, found)], instelling, now or klok.now())


def keep_seen(keten: Ketenbron, afloop: Afloop, now: datetime | None = None, *, afgebroken: bool = False) -> list[str]:
    """Keep what a refresh by hand found, for the next one that tells: it may find a night in which nothing changes.

    Who started it saw it, so what is over before that night is not told; but nobody saw that the refresh before it did
    not come to its end (`afgebroken`). Of one that did not publish, the next finds all again. Gives what went wrong.
    """
    file, moment = geheugen.find_geheugen(Path(keten.opslag), keten.plek().soort), now or klok.now()
    try:
        if afloop.geslaagd:
            found = _find(keten, afloop)
            said = [*found, *_stays(keten, afloop, found)]
            geheugen.tell_new(file, said, moment, lambda _: False, gezien=True)
        if afgebroken:
            geheugen.keep_untold(file, from_afgebroken(), moment)
    except OSError as error:
        return [_not_kept(file, error)]
    return []


def _find(keten: Ketenbron, afloop: Afloop) -> list[Melding]:
    return [*from_afloop(afloop), *from_tabellen(read_tabellen().values(), keten.plek().archief)]


def _stays(keten: Ketenbron, afloop: Afloop, found: list[Melding]) -> list[Melding]:
    """What stands open and could not be looked at."""
    seen = {m.sleutel for m in found}
    return [m for m in _standing(keten) if m.sleutel not in seen and still_stands(m.sleutel, afloop, found)]


def _not_kept(file: Path, error: OSError) -> str:
    return f"onthouden wat er is gemeld, in {file}: {error.strerror}"


def report_quiet(keten: Ketenbron, instelling: Instellingen, now: datetime | None = None) -> list[str]:
    """Tell the channels of a night in which nothing changed: the disk, the week, the sign of life.

    What stood open stands: the same input gives the same cause. Of a refresh that failed or was killed nothing stands:
    the one after it came to its end. Gives and raises as `report_run`.
    """
    stays = [m for m in _standing(keten) if not m.sleutel.startswith(FOUT)]
    return _report(keten, stays, instelling, now or klok.now())


def _standing(keten: Ketenbron) -> list[Melding]:
    """What stands open, but for what is looked at every night."""
    known = geheugen.read(geheugen.find_geheugen(Path(keten.opslag), keten.plek().soort)).values()
    return [v.as_melding() for v in known if v.sleutel != SCHIJF and not v.sleutel.startswith(WEEK)]


def _report(keten: Ketenbron, found: list[Melding], instelling: Instellingen, now: datetime) -> list[str]:
    opslag = Path(keten.opslag)
    meldingen = [*found, *from_schijf(shutil.disk_usage(opslag).free, instelling.schijf_gb)]
    via, fouten = bezorgen.kanalen(instelling), list[str]()
    file = geheugen.find_geheugen(opslag, keten.plek().soort)
    week = weekly(meldingen, geheugen.read(file), now)
    try:
        said = [*meldingen, week]
        geheugen.tell_new(file, said, now, lambda m: bezorgen.deliver(m, via, fouten), bereikbaar=bool(via))
    except OSError as error:
        # a run that was published is not undone by what could not be noted of it
        fouten.append(_not_kept(file, error))
    bezorgen.give_sign_of_life(instelling, fouten)
    return fouten


def weekly(meldingen: list[Melding], standing: dict[str, geheugen.Verteld], now: datetime) -> Melding:
    """The message of the week: the first run of a week sends it, so that silence is noticed."""
    year, week, _ = now.isocalendar()
    if not meldingen:
        tekst = "De laatste verversing is gepubliceerd. Er is niets om naar te kijken."
    else:
        rows = [f"- {merge(together).gezegd} ({_since(together, standing)})" for together in group(meldingen)]
        tekst = "De monitor draait. Dit staat nog open:\n" + "\n".join(rows)
    return Melding(f"{WEEK}{year}-{week:02d}", f"Week {week}: de monitor draait", tekst, "monitor status")


def _since(together: list[Melding], standing: dict[str, geheugen.Verteld]) -> str:
    days = [standing[m.sleutel].sinds[:10] for m in together if m.sleutel in standing]
    return f"sinds {min(days)}" if days else "nieuw"
