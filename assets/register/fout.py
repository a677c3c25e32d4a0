"""What a delivery of the register that is refused as a whole raises."""

from __future__ import annotations

from begrippen.fout import MonitorError


class LeesError(MonitorError):
    """A delivery that can not be read or coded; the message says why, and quotes nothing of what is in it."""

    code = "levering"
    exit_code = 1
