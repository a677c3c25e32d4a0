"""What the register raises: a delivery that is refused as a whole, and a protection that can not be completed."""

from __future__ import annotations

from begrippen.fout import MonitorError


class LeesError(MonitorError):
    """A delivery that can not be read or coded; the message says why, and quotes nothing of what is in it."""

    code = "levering"
    exit_code = 1


class BeschermingError(MonitorError):
    """The register can not be protected; the message names tables and years, and no record or figure."""

    code = "bescherming"
    exit_code = 1
