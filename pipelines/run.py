"""Run the job in this process and tell a person how it goes: progress, what was made, what was refused and why."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.errors import DagsterAssetCheckFailedError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from assets.bouw.uitkomst import describe
from assets.kwaliteit.toets import Toets
from begrippen.fout import MonitorError
from begrippen.gebied import gekozen
from begrippen.redenen import Redenen, from_json
from begrippen.redenzinnen import regel, zin
from pipelines.home import open_instance
from pipelines.jobs import JOB, run_config
from pipelines.resources import Ketenbron

STAGES = ("bron", "aanlevering", "register", "bouw", "kwaliteit", "rapport", "publicatie")
# of a check that did not hold a run tells so many rows, of a refused answer so many reasons, and where the others are
REGELS, ALLES = 3, " (alles: monitor status)"


class Voortgang:
    """A progress bar a stage, and the seconds that each took. Call it as a `Report`."""

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.tasks: dict[str, TaskID] = {}
        self.seconds: dict[str, float] = {}
        self._last = time.monotonic()

    def __call__(self, stage: str, what: str, done: int, total: int) -> None:
        """Show how far a stage is; the time since the previous report counts for this stage."""
        now = time.monotonic()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now
        if stage not in self.tasks:
            self.tasks[stage] = self.progress.add_task(stage, total=total, wat="")
        self.progress.update(self.tasks[stage], completed=done, total=total, wat=what)
        if not self.progress.console.is_terminal and done == total:
            # A log file gets a line a stage, so that it tells where a run hangs.
            self.progress.console.print(f"  {stage}: {what}", markup=False, soft_wrap=True)


def _seconds(value: float) -> str:
    return f"{value:.1f}".replace(".", ",") + " s"


def _failed_checks(result: dg.ExecuteInProcessResult) -> list[Any]:
    evaluations = [
        e.asset_check_evaluation_data for e in result.all_events if e.event_type_value == "ASSET_CHECK_EVALUATION"
    ]
    return [e for e in evaluations if not e.passed]


def _errors(result: dg.ExecuteInProcessResult) -> list[str]:
    """The message of what failed, without the machinery around it; of a step, or of the start of the run."""
    messages: list[str] = []
    own = _names(MonitorError)
    for event in result.all_events:
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
            messages.append(f"{event.step_key or 'start'}: {text}")
    return messages


def _names(base: type[Exception]) -> set[str]:
    """The names of a class and all that derive from it: of an error in an event only its name and text are left."""
    return {base.__name__}.union(*(_names(inner) for inner in base.__subclasses__()))


def run_job(keten: Ketenbron) -> int:
    """Run the job with these settings for the chain; print what came of it and return the exit code of `monitor run`.

    0 published; 1 refused by a check or failed, what stood still stands; 3 published on an older answer of a
    source, or without a delivered file that could not be read. Raises MonitorError for a list that is wrong.
    """
    from pipelines.definitions import defs

    console = Console(highlight=False)
    job = defs().resolve_job_def(JOB)
    console.print(
        f"[bold]{gekozen().titel}[/bold], editie {keten.editie}, bron: {keten.bron}",
        soft_wrap=True,
    )
    columns = (
        TextColumn("  {task.description:<12}"),
        BarColumn(24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[wat]}"),
    )
    with (
        open_instance(Path(keten.opslag)) as instance,
        Progress(*columns, console=console, disable=not console.is_terminal) as progress,
    ):
        voortgang = Voortgang(progress)
        config = run_config(keten)
        config.loggers = {"console": {"config": {"log_level": "CRITICAL"}}}
        result = job.execute_in_process(
            run_config=config, instance=instance, resources={"voortgang": voortgang}, raise_on_error=False
        )
    failed = _failed_checks(result)
    blocking = [c for c in failed if c.severity == dg.AssetCheckSeverity.ERROR]
    review = [c for c in failed if c.severity == dg.AssetCheckSeverity.WARN]
    errors = _errors(result)
    if not result.success:
        return _refused(console, Path(keten.uitvoer), blocking, errors)
    return _published(console, Path(keten.uitvoer), review, voortgang)


def _refused(console: Console, uitvoer: Path, blocking: list[Any], errors: list[str]) -> int:
    console.print("\n[bold]Niet gepubliceerd.[/bold]")
    for check in blocking:
        console.print(
            f"  toets {check.check_name} op {'.'.join(check.asset_key.path)}: {_describe(check)}", markup=False
        )
    for error in errors:
        console.print(f"  {error}", markup=False, soft_wrap=True)
    actueel = uitvoer / "actueel"
    stood = f"Wat er stond, staat er nog: {actueel}" if actueel.exists() else "Er stond nog niets."
    console.print(f"{stood}\nMeer weten: monitor status, of monitor dagster", soft_wrap=True)
    return 1


def _published(console: Console, uitvoer: Path, review: list[Any], voortgang: Voortgang) -> int:
    actueel = uitvoer / "actueel"
    poort = [c for c in review if c.check_name == "poort"]
    unread = [c for c in review if c.check_name == "gelezen"]
    other = [c for c in review if c.check_name not in {"poort", "gelezen"}]
    older = [c for c in poort if _has_answer(c)]
    absent = [c for c in poort if not _has_answer(c)]
    console.print("\n[bold]Gepubliceerd.[/bold]")
    for label, path in (
        ("rapport", actueel / "rapport" / "index.html"),
        ("database", actueel / "monitor.duckdb"),
        ("downloads", actueel / "parquet"),
    ):
        console.print(f"  {label:<10} {path}", soft_wrap=True)
    times = ", ".join(f"{s} {_seconds(voortgang.seconds[s])}" for s in STAGES if s in voortgang.seconds)
    console.print(f"  {'tijd':<10} {times}; samen {_seconds(sum(voortgang.seconds.values()))}", soft_wrap=True)
    for title, checks in (
        ("Zonder antwoord; de indicatoren daarvan zijn 'n.b.'", absent),
        ("Met een ouder antwoord", older),
        ("Aangeleverd en niet gelezen", unread),
        ("Om naar te kijken", other),
    ):
        if checks:
            console.print(f"{title}:")
        for told, names in _by_reason(checks).items():
            console.print(f"  {', '.join(names)}: {told}", markup=False, soft_wrap=True)
    return 3 if older or unread else 0


def _describe(check: Any, hoogstens: int | None = None) -> str:
    """What came of a check; of one of the build with at most so many of its rows."""
    found = check.metadata.get("toets")
    if found is None:
        return check.description or ""
    toets = Toets(**found.value)
    return describe(toets, hoogstens) + (ALLES if hoogstens and toets.aantal > hoogstens else "")


def _has_answer(check: Any) -> bool:
    return bool(check.metadata.get("gebruikt") and check.metadata["gebruikt"].value)


def _by_reason(checks: list[Any]) -> dict[str, list[str]]:
    """What to say -> of which tables, or of which check: tables that share their reasons share a line."""
    groups: dict[str, list[Any]] = {}
    for check in checks:
        shared = zin(_redenen(check)) if check.check_name == "poort" else _describe(check, REGELS)
        groups.setdefault(shared or "", []).append(check)
    return dict(_line(shared, group) for shared, group in groups.items())


def _line(shared: str, group: list[Any]) -> tuple[str, list[str]]:
    if group[0].check_name != "poort":
        return shared, [c.check_name for c in group]
    tabellen = [c.asset_key.path[-1] for c in group]
    # the first of the tables will do in the command that shows what is different
    redenen = _redenen(group[0])
    more = f"; en nog {len(redenen) - REGELS}{ALLES}" if len(redenen) > REGELS else ""
    return regel(redenen[:REGELS], tabellen[0]) + more, tabellen


def _redenen(check: Any) -> Redenen:
    return from_json(check.metadata["redenen"].value)
