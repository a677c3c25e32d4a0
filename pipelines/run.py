"""Run the job in this process and tell a person how it goes: progress, what was made, what was refused and why."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from assets.bouw.terugblik import check_dag, describe_verslag
from assets.bron.bronlijst import read_bronlijst
from assets.keten import TIJDZONE
from begrippen.fout import SchijfError, is_vol
from begrippen.gebied import gekozen
from pipelines import instellingen, klok, voorsprong
from pipelines.afloop import Afloop, by_reason, has_answer, namen, read_afloop, toets_zin
from pipelines.alleen import marked
from pipelines.instellingen import Instellingen
from pipelines.jobs import JOB, TERUG, run_config
from pipelines.meldingen.bezorgen import kanalen
from pipelines.meldingen.nacht import keep_seen, report_quiet, report_run
from pipelines.nachten import Aanleiding, Gepubliceerd, describe_quiet, find_mark, hold_quiet
from pipelines.resources import Ketenbron

STAGES = ("bron", "aanlevering", "register", "bouw", "kwaliteit", "rapport", "publicatie")


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


def check_peildatum(keten: Ketenbron) -> None:
    """Refuse a day in the past of which nothing can be built, before the work. Raises PeildatumError."""
    check_dag(keten.plek(), read_bronlijst(), klok.now().astimezone(TIJDZONE).date())


def run_job(keten: Ketenbron, *, meld: bool = False) -> int:
    """Run the job with these settings for the chain; print what came of it and return the exit code of `monitor run`.

    0 published; 1 refused by a check or failed, what stood still stands; 3 published on an older answer of a
    source, or without a delivered file that could not be read. With `meld` the channels of the environment are told
    what is new of it. Where nothing changed since the last refresh, nothing is made: the code is that of then.
    Raises MonitorError for a list or a channel that is wrong.
    """
    console, instelling = Console(highlight=False), instellingen.read()
    if meld:
        # a channel that is wrong is told now, and not after the work
        kanalen(instelling)
    plek = keten.plek()
    # what is built of a day in the past is no refresh
    with nullcontext(False) if keten.peildatum else marked(find_mark(plek.opslag, plek.soort)) as gedood:
        return _held(console, keten, instelling, meld=meld, gedood=gedood)


def _held(console: Console, keten: Ketenbron, instelling: Instellingen, *, meld: bool, gedood: bool) -> int:
    """Ask whether anything changed, refresh where it did, and tell it."""
    with _telling(console, keten, instelling, meld=meld, gedood=gedood):
        aanleiding = hold_quiet(keten, klok.now(), gedood=gedood)
    head = f"[bold]{gekozen().titel}[/bold], editie {keten.editie}, bron: {keten.bron}"
    if (last := aanleiding.gepubliceerd) is not None and not aanleiding.waarom:
        if meld:
            _not_delivered(console, report_quiet(keten, instelling))
        console.print(head, soft_wrap=True)
        return _unchanged(console, Path(keten.uitvoer), aanleiding, last)
    with (
        _telling(console, keten, instelling, meld=meld, gedood=aanleiding.afgebroken),
        voorsprong.begin(keten),
    ):
        afloop, voortgang = _refresh(console, keten, head, aanleiding.waarom)
    _report(console, keten, afloop, instelling, meld=meld, afgebroken=aanleiding.afgebroken)
    if not afloop.geslaagd:
        return _refused(console, Path(keten.uitvoer), afloop)
    return _published(console, keten, afloop, voortgang)


@contextmanager
def _telling(
    console: Console, keten: Ketenbron, instelling: Instellingen, *, meld: bool, gedood: bool
) -> Iterator[None]:
    """Tell of what went wrong before there was a run that could tell it."""
    try:
        yield
    except Exception as error:
        text = str(SchijfError()) if is_vol(error) else str(error) or type(error).__name__
        _report(console, keten, Afloop(False, (), (), (f"start: {text}",)), instelling, meld=meld, afgebroken=gedood)
        raise


def _report(
    console: Console, keten: Ketenbron, afloop: Afloop, instelling: Instellingen, *, meld: bool, afgebroken: bool
) -> None:
    """Tell the channels what came of it, with `meld`; without, keep it for the one that does."""
    if meld:
        _not_delivered(console, report_run(keten, afloop, instelling, afgebroken=afgebroken))
    elif not keten.peildatum:
        _not_delivered(console, keep_seen(keten, afloop, afgebroken=afgebroken))


def _refresh(console: Console, keten: Ketenbron, head: str, waarom: tuple[str, ...]) -> tuple[Afloop, Voortgang]:
    """Run the job and show how far it is; gives what came of it."""
    from pipelines.definitions import defs
    from pipelines.home import open_instance

    # a list that is wrong is told by itself, before anything is said of a refresh
    job = defs().resolve_job_def(TERUG if keten.peildatum else JOB)
    console.print(head, soft_wrap=True)
    console.print(*(f"  {why}" for why in waarom), sep="\n", markup=False, soft_wrap=True)
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
        return read_afloop(result.all_events, geslaagd=result.success), voortgang


def _not_delivered(console: Console, fouten: list[str]) -> None:
    for fout in fouten:
        console.print(f"Niet bezorgd: {fout}", markup=False, soft_wrap=True)


def _unchanged(console: Console, uitvoer: Path, aanleiding: Aanleiding, last: Gepubliceerd) -> int:
    console.print(f"\n[bold]Niets veranderd.[/bold] {describe_quiet(aanleiding, last)}", soft_wrap=True)
    _places(console, uitvoer / "actueel")
    if aanleiding.ouder:
        console.print(f"Nog steeds met een ouder antwoord: {', '.join(aanleiding.ouder)}", soft_wrap=True)
    console.print("Toch alles opnieuw ophalen en maken: monitor run --opnieuw")
    return last.code


def _places(console: Console, actueel: Path) -> None:
    for label, path in (
        ("rapport", actueel / "rapport" / "index.html"),
        ("database", actueel / "monitor.duckdb"),
        ("downloads", actueel / "parquet"),
    ):
        console.print(f"  {label:<10} {path}", soft_wrap=True)


def _refused(console: Console, uitvoer: Path, afloop: Afloop) -> int:
    console.print("\n[bold]Niet gepubliceerd.[/bold]")
    for check in afloop.tegengehouden:
        told = toets_zin(check)
        console.print(f"  toets {check.check_name} op {'.'.join(check.asset_key.path)}: {told}", markup=False)
    for error in afloop.fouten:
        console.print(f"  {error}", markup=False, soft_wrap=True)
    actueel = uitvoer / "actueel"
    stood = f"Wat er stond, staat er nog: {actueel}" if actueel.exists() else "Er stond nog niets."
    console.print(f"{stood}\nMeer weten: monitor status, of monitor dagster", soft_wrap=True)
    return 1


def _published(console: Console, keten: Ketenbron, afloop: Afloop, voortgang: Voortgang) -> int:
    actueel = Path(keten.uitvoer) / "actueel"
    older = [c for c in afloop.poort if has_answer(c)]
    absent = [c for c in afloop.poort if not has_answer(c)]
    told = "Gebouwd; wat gepubliceerd is, veranderde niet." if keten.peildatum else "Gepubliceerd."
    console.print(f"\n[bold]{told}[/bold]")
    _places(console, actueel)
    times = ", ".join(f"{s} {_seconds(voortgang.seconds[s])}" for s in STAGES if s in voortgang.seconds)
    console.print(f"  {'tijd':<10} {times}; samen {_seconds(sum(voortgang.seconds.values()))}", soft_wrap=True)
    if keten.peildatum:
        console.print(*describe_verslag(actueel), sep="\n", markup=False, soft_wrap=True)
    for title, checks in (
        ("Zonder antwoord; de indicatoren daarvan zijn 'n.b.'", absent),
        ("Met een ouder antwoord", older),
        ("Aangeleverd en niet gelezen", afloop.ongelezen),
        ("Om naar te kijken", afloop.overig),
    ):
        if checks:
            console.print(f"{title}:")
        for told, group in by_reason(checks).items():
            console.print(f"  {', '.join(namen(group))}: {told}", markup=False, soft_wrap=True)
    return afloop.code
