"""What was told already: a cause is told once for as long as it lasts, and told again when it comes back."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from begrippen.jsontekst import parse_json
from pipelines.meldingen.oorzaak import WEEK, Melding, group, is_known, merge

# so many weeks that were told stay known
WEKEN = 8
# said of a cause that was over before anybody could be reached
VOORBIJ = "Dit was er op {dag}. Er ging toen geen bericht uit; intussen is het voorbij."


@dataclass(frozen=True)
class Verteld:
    """A cause that stands: since when, and whether anybody was reached (moments in ISO, empty: not yet).

    `gezien`: only refreshes by hand found it, and who started those saw it. `groep` and `namen` as in a message: what
    shares a group and a moment is shown together.
    """

    sleutel: str
    kop: str
    sinds: str
    bezorgd: str = ""
    groep: str = ""
    namen: tuple[str, ...] = ()
    gezien: bool = False

    def as_melding(self, tekst: str = "Dit staat open sinds {dag}.") -> Melding:
        """The cause as a message says it, with the text of one that stands open."""
        said = tekst.format(dag=self.sinds[:10])
        return Melding(self.sleutel, self.kop, said, "monitor status", self.groep, self.namen)


def find_geheugen(opslag: Path, soort: str) -> Path:
    """Where it is kept what was told of a kind of source."""
    return opslag / "meldingen" / f"{soort}.json"


def read(file: Path) -> dict[str, Verteld]:
    """The causes that stand, by key; none where nothing was kept or what was kept can not be read."""
    try:
        rows = parse_json(file.read_text(encoding="utf-8"))
        return {row["sleutel"]: Verteld(**row | {"namen": tuple(row.get("namen", ()))}) for row in rows}
    except (OSError, ValueError, TypeError, KeyError):
        # told once too often is better than not at all
        return {}


def _write(file: Path, staand: Iterable[Verteld]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(f".{os.getpid()}.nieuw")
    beside.write_text(json.dumps([asdict(v) for v in staand], ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(file)


def keep_untold(file: Path, melding: Melding, now: datetime) -> None:
    """Keep a cause of which nobody was told, for the next one that tells. Raises OSError."""
    untold = Verteld(melding.sleutel, melding.kop, now.isoformat(timespec="seconds"), "", melding.groep, melding.namen)
    _write(file, (read(file) | {melding.sleutel: untold}).values())


def tell_new(
    file: Path,
    meldingen: Sequence[Melding],
    now: datetime,
    bezorg: Callable[[Melding], bool],
    *,
    bereikbaar: bool = True,
    gezien: bool = False,
) -> dict[str, Verteld]:
    """Tell what was not told yet and forget what is over; gives what stands now.

    What is new of one group is one message. `bezorg` gives whether anybody was reached: if not, the same is tried after
    the next run, also when the cause is over by then: a night that failed while the mail was down is told all the same.
    Not where there is nobody to be reached (`bereikbaar`), nor what is over of a refresh by hand (`gezien`). Raises
    OSError when it can not be kept what was told; all of it is told then.
    """
    moment = now.isoformat(timespec="seconds")
    before, staand = read(file), dict[str, Verteld]()
    told = [k for k, v in before.items() if v.bezorgd]
    here = {m.sleutel for m in meldingen}
    untold = [v for v in before.values() if not (v.bezorgd or v.gezien or v.sleutel in here)]
    late = [v for v in untold if bereikbaar and not v.sleutel.startswith(WEEK)]
    for together in group([*meldingen, *(v.as_melding(VOORBIJ) for v in late)]):
        new = [m for m in together if not is_known(m, told)]
        reached = bool(new) and bezorg(merge(new))
        for m in together:
            known = before.get(m.sleutel) or Verteld(m.sleutel, m.kop, moment, "", m.groep, m.namen, gezien)
            told_at = known.bezorgd or (moment if reached or m not in new else "")
            staand[m.sleutel] = replace(known, bezorgd=told_at, gezien=known.gezien and gezien)
        # after each: a cause that somebody heard of is not told again when the next one fails
        rest = {k: v for k, v in before.items() if k not in staand}
        with suppress(OSError):
            _write(file, [*staand.values(), *rest.values()])
    for v in late:
        if staand[v.sleutel].bezorgd:
            del staand[v.sleutel]
    # a clock that stood wrong for a night and was put right does not make a week begin again
    weken = [v for k, v in before.items() if k.startswith(WEEK) and k not in staand][-WEKEN:]
    _write(file, [*weken, *staand.values()])
    return staand
