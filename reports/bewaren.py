"""How whoever draws or sets asks for what may have been made before; a report keeps nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence

# neem(kind, all that it is made of, make): the same bytes as `make` gives, made now or before
Neem = Callable[[str, bytes, Callable[[], bytes]], bytes]
# the same for many: `make` gets those that are to be made, and gives them in that order
NeemAlle = Callable[[str, Sequence[bytes], Callable[[Sequence[bytes]], Sequence[bytes]]], list[bytes]]


def maak_zelf(soort: str, invoer: bytes, maak: Callable[[], bytes]) -> bytes:
    """Make it now."""
    return maak()


def maak_alle(soort: str, invoeren: Sequence[bytes], maak: Callable[[Sequence[bytes]], Sequence[bytes]]) -> list[bytes]:
    """Make all now."""
    return list(maak(invoeren))
