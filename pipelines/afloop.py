"""What came of a run, from the events that Dagster kept of it: for the command line and for the messages of a night."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import dagster as dg
from dagster._core.errors import DagsterAssetCheckFailedError

from assets.bouw.uitkomst import describe
from assets.bron.assets import GELEZEN, POORT
from assets.kwaliteit.toets import Toets
from begrippen.fout import MonitorError, SchijfError, is_vol
from begrippen.redenen import Redenen, from_json
from begrippen.redenzinnen import regel, zin

# of a check that did not hold a run tells so many rows, of a refused answer so many reasons, and where the others are
REGELS, ALLES = 3, " (alles: monitor status)"


@dataclass(frozen=True)
class Afloop:
    """Whether a run came to its end, the checks that held it back or ask to be looked at, and what failed."""

    geslaagd: bool
    tegengehouden: tuple[Any, ...]
    bekijken: tuple[Any, ...]
    fouten: tuple[str, ...]

    @property
    def poort(self) -> list[Any]:
        """The sources of which the last answer was not taken."""
        return [c for c in self.bekijken if c.check_name == POORT]

    @property
    def ongelezen(self) -> list[Any]:
        """The deliveries with a file that could not be read."""
        return [c for c in self.bekijken if c.check_name == GELEZEN]

    @property
    def code(self) -> int:
        """The exit code: 0 published, 1 not, 3 published with an older answer or without a delivered file."""
        return 1 if not self.geslaagd else 3 if self.ongelezen or any(map(has_answer, self.poort)) else 0

    @property
    def overig(self) -> list[Any]:
        """The checks of the build that ask to be looked at."""
        return [c for c in self.bekijken if c.check_name not in {POORT, GELEZEN}]


def read_afloop(events: Iterable[Any], *, geslaagd: bool) -> Afloop:
    """Read what came of a run from its Dagster events."""
    told = list(events)
    failed = [
        e.asset_check_evaluation_data
        for e in told
        if e.event_type_value == "ASSET_CHECK_EVALUATION" and not e.asset_check_evaluation_data.passed
    ]
    return Afloop(
        geslaagd,
        tuple(c for c in failed if c.severity == dg.AssetCheckSeverity.ERROR),
        tuple(c for c in failed if c.severity == dg.AssetCheckSeverity.WARN),
        tuple(_errors(told)),
    )


def _errors(events: Sequence[Any]) -> list[str]:
    """The message of what failed, without the machinery around it; of a step, or of the start of the run."""
    messages: list[str] = []
    own = _names(MonitorError)
    for event in events:
        if event.event_type_value not in {"STEP_FAILURE", "RESOURCE_INIT_FAILURE", "PIPELINE_FAILURE"}:
            continue
        error = getattr(event.event_specific_data, "error", None)
        if error is None or (event.event_type_value == "PIPELINE_FAILURE" and messages):
            continue
        while error.cause is not None:
            error = error.cause
        if error.cls_name != DagsterAssetCheckFailedError.__name__:
            # An error of our own explains itself; of another the name helps.
            said = error.message.strip()
            text = said.partition(": ")[2] if error.cls_name in own else said
            if error.cls_name not in own and is_vol(said):
                text = str(SchijfError())
            # of a step within a step the name of the whole
            messages.append(f"{(event.step_key or 'start').partition('.')[0]}: {text}")
    return messages


def _names(base: type[Exception]) -> set[str]:
    """The names of a class and all that derive from it: of an error in an event only its name and text are left."""
    return {base.__name__}.union(*(_names(inner) for inner in base.__subclasses__()))


def toets_zin(check: Any, hoogstens: int | None = None) -> str:
    """What came of a check; of one of the build with at most so many of its rows."""
    found = check.metadata.get("toets")
    if found is None:
        return check.description or ""
    toets = Toets(**found.value)
    return describe(toets, hoogstens) + (ALLES if hoogstens and toets.aantal > hoogstens else "")


def has_answer(check: Any) -> bool:
    """Whether a build has an answer of this source, be it an older one."""
    return bool(check.metadata.get("gebruikt") and check.metadata["gebruikt"].value)


def redenen(check: Any) -> Redenen:
    """Why the last answer of a source was not taken."""
    return from_json(check.metadata["redenen"].value)


def by_reason(checks: Iterable[Any]) -> dict[str, list[Any]]:
    """What to say -> its checks: tables that share their reasons share a line."""
    groups: dict[str, list[Any]] = {}
    for check in checks:
        shared = zin(redenen(check)) if check.check_name == POORT else toets_zin(check, REGELS)
        groups.setdefault(shared or "", []).append(check)
    return {_line(shared, group): group for shared, group in groups.items()}


def namen(group: Sequence[Any]) -> list[str]:
    """Which tables a line is about, or which check."""
    return [c.asset_key.path[-1] if c.check_name == POORT else c.check_name for c in group]


def _line(shared: str, group: list[Any]) -> str:
    if group[0].check_name != POORT:
        return shared
    # the first of the tables will do in the command that shows what is different
    why = redenen(group[0])
    more = f"; en nog {len(why) - REGELS}{ALLES}" if len(why) > REGELS else ""
    return regel(why[:REGELS], namen(group)[0]) + more
