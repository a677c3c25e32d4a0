"""Memory that a build gives back and asks for again: kept by the process until the build is done."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

# of mallopt(3): from so many free bytes on, the end of the heap goes back; so large a piece stands apart from it
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
# the most that can be said; and what glibc comes to by itself in a process that uses much
_NEVER, _SELDOM = 2**31 - 1, 2**26


@contextmanager
def kept_memory() -> Iterator[None]:
    """Let glibc keep what is freed meanwhile, and give it back afterwards; without glibc nothing is different.

    A build makes and drops a hundred tables: that the kernel handed the same pages out again for each, emptied, took a
    twentieth of all its time.
    """
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "mallopt"):
        yield
        return
    libc.mallopt(_MMAP_THRESHOLD, _SELDOM // 2)
    libc.mallopt(_TRIM_THRESHOLD, _NEVER)
    try:
        yield
    finally:
        libc.mallopt(_TRIM_THRESHOLD, _SELDOM)
        libc.malloc_trim(0)
