"""What a refresh of the command line begins before it loads Dagster: its lock, and the register in its own process.

Loading the definitions and opening the instance takes seconds of one processor, and who protects the register needs
none of it. The run takes over what was begun; one that Dagster itself starts begins it by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assets.keten import Plek, Registerkeuze
from pipelines import klok
from pipelines.alleen import alone
from pipelines.instellingen import InstellingError
from pipelines.keteninstellingen import Keteninstellingen
from pipelines.opruimen import clear_files

if TYPE_CHECKING:
    from assets.register.vooruit import Beveiligen


@dataclass(frozen=True)
class _Begonnen:
    plek: Plek
    keuze: Registerkeuze
    beveiligen: Beveiligen


_NU: ContextVar[_Begonnen | None] = ContextVar("_NU", default=None)


@contextmanager
def begin(keten: Keteninstellingen) -> Iterator[None]:
    """Begin the register of a whole refresh, which holds its lock for as long as the block lasts.

    Nothing where the register stays out, and where another refresh is busy: the run itself says so. With the block
    ends what was begun, ready or not. Raises InstellingError for rules that can not be.
    """
    plek, keuze = keten.plek(), keten.registerkeuze()
    with ExitStack() as stack:
        if keuze.mee and not keten.peildatum:
            with suppress(InstellingError):
                stack.enter_context(alone(Path(keten.opslag)))
                _begin(stack, plek, keuze)
        yield


def _begin(stack: ExitStack, plek: Plek, keuze: Registerkeuze) -> None:
    # who asks only whether anything changed needs none of what that loads
    from assets.register import vooruit

    clear_files(plek)
    begonnen = _Begonnen(plek, keuze, stack.enter_context(vooruit.begin(plek, keuze, klok.now())))
    stack.callback(_NU.reset, _NU.set(begonnen))


def find(plek: Plek, keuze: Registerkeuze) -> Beveiligen | None:
    """What waits for the register that was begun in this place and with this choice, under the lock of this place."""
    begonnen = _NU.get()
    return begonnen.beveiligen if begonnen and (begonnen.plek, begonnen.keuze) == (plek, keuze) else None
