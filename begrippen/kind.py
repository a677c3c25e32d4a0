"""A process that works for another one ends with it, also when that one is killed."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

_PR_SET_PDEATHSIG = 1  # of prctl(2)


def end_with(parent: int) -> None:
    """Have the system end this process when process `parent`, which started it, ends. On Linux; elsewhere nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it was gone before we asked
            os._exit(1)


class Kind:
    """A process of its own that does `work` with a line to this one and these arguments. It may start others."""

    def __init__(self, work: Callable[..., None], *arguments: Any) -> None:
        # started anew and not copied: the process that asks may have threads
        context = multiprocessing.get_context("spawn")
        self.line, other = context.Pipe()
        self.process = context.Process(target=_work, args=(os.getpid(), work, other, *arguments))
        self.process.start()
        other.close()

    def stop(self) -> None:
        """End it, whatever it is doing."""
        self.line.close()
        self.process.kill()
        self.process.join()


def _work(parent: int, work: Callable[..., None], line: Connection, *arguments: Any) -> None:
    end_with(parent)
    # who interrupts means the process that asked, and that one ends this
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work(line, *arguments)
