"""The register is protected in a process of its own, begun before the steps that come first: they use one processor.

What it needs is there when a run begins, and the memory that it takes goes back when it is ready.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from multiprocessing.connection import Connection

from assets.keten import Plek, Registerkeuze, Report
from assets.register import aangetoond
from assets.register.bescherming.naast import hear
from assets.register.doorgeven import Doorgegeven, hand_on
from assets.register.gepubliceerd import read_gepubliceerd
from assets.register.toegang import discreet, open_kluis, open_register_of, take_in_sample, write_account
from begrippen.kind import Kind

# gives what came of it, None where there is no delivery, and tells meanwhile how far it is
Beveiligen = Callable[[Report], Doorgegeven | None]


def protect(plek: Plek, keuze: Registerkeuze, moment: datetime, report: Report) -> Doorgegeven | None:
    """Protect the accepted vintages and store what may leave the register; None where there is no delivery.

    Raises MonitorError; of what a library raised, its kind alone.
    """
    with discreet("het beveiligen van het register"):
        return _protect(plek, keuze, moment, report)


def _protect(plek: Plek, keuze: Registerkeuze, moment: datetime, report: Report) -> Doorgegeven | None:
    take_in_sample(plek, moment, report)
    register = open_register_of(plek, keuze)
    if register is None:
        return None
    kluis = open_kluis(plek)
    gepubliceerd = read_gepubliceerd(kluis.folder)
    uitkomst = hand_on(
        register,
        plek.archief,
        replace(gepubliceerd.geheugen, getuigen=aangetoond.find(kluis.folder)),
        geheugen_sha256=gepubliceerd.sha256,
        moment=moment,
        is_current=gepubliceerd.is_current,
        report=lambda what: report("register", what, 0, 1),
    )
    report("register", f"pwr: {uitkomst.resultaat}", 1, 1)
    if uitkomst.resultaat != "ongewijzigd":
        write_account(kluis, uitkomst)
    # they have their place now, and nobody here needs them
    return replace(uitkomst, getuigen={})


@contextmanager
def begin(plek: Plek, keuze: Registerkeuze, moment: datetime) -> Iterator[Beveiligen]:
    """Begin `protect` beside this process; gives what waits for it. With the block the process ends, ready or not."""
    kind = Kind(_tell, plek, keuze, moment)

    def collect(report: Report) -> Doorgegeven | None:
        while isinstance(told := hear(kind), tuple):
            report(*told)
        found: Doorgegeven | None = told
        return found

    try:
        yield collect
    finally:
        kind.stop()


def _tell(line: Connection, plek: Plek, keuze: Registerkeuze, moment: datetime) -> None:
    """Send how far it is, and at the end what came of it or what went wrong."""
    # who asked may be gone
    with suppress(BrokenPipeError):
        try:
            line.send(protect(plek, keuze, moment, lambda *told: line.send(told)))
        except Exception as error:
            line.send(error)
