"""What every refresh in a process of its own begins with: read once, by the process that they are forked of."""

from __future__ import annotations

from tests.vertrouwen import keten, rapportketen

__all__ = ["keten", "rapportketen"]

# before the tests put it in its place: a hundred headers of queries take half a second to read
keten.needed()
