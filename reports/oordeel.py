"""What the rules say of a region: its trend, its place and its gap with the Netherlands; how many were tested."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Oordeel:
    """The judgement on a region: does it move, where does it stand, and how does the gap with the Netherlands move.

    `trend`: gunstig, ongunstig, stijgend, dalend, nagenoeg gelijk, geen significante verandering, te weinig gegevens or
    reeksbreuk; `aantoonbaar`: the smallest change over the window that could have been found, where none was;
    `helling`: change a year, in the unit of the indicator; `aantal`: points tested; `van`, `tot`: the window, in years;
    `eerste`, `laatste`: the years of the first and the last point tested, None where none was.
    `robuust`: robuust, niet_robuust or niet_toetsbaar. `positie`: bovenste_kwart, midden, onderste_kwart, hoog, laag,
    als_nederland or n.b. (then `plaats_reden` says why), by `rang` of `rang_van` in `periode`;
    `gedeeld`: others have the same value and rank. `kloof`: groter, kleiner, gelijk or n.b. p-values are None: not
    tested.
    `kanttekening`: of the `toelichting` what is not told by the fields above.
    """

    trend: str
    van: int
    tot: int
    aantal: int = 0
    eerste: int | None = None
    laatste: int | None = None
    helling: float | None = None
    p: float | None = None
    p_bh: float | None = None
    aantoonbaar: float | None = None
    robuust: str = "niet_toetsbaar"
    positie: str = "n.b."
    plaats_reden: str | None = None
    rang: int | None = None
    gedeeld: bool = False
    rang_van: int | None = None
    periode: str | None = None
    waarde: float | None = None
    verschil_nl: float | None = None
    kloof: str = "n.b."
    kloof_reden: str | None = None
    toelichting: str = ""
    kanttekening: str = ""

    @property
    def looptijd(self) -> tuple[int, int]:
        """The years that the trend is about: of the first and last point tested, or of the window where none was."""
        return self.eerste or self.van, self.laatste or self.tot


@dataclass(frozen=True)
class Toetsing:
    """How many trends of the province were tested and how many are significant.

    `signalen` counts each test by itself, `signalen_bh` what stays significant among so many tests, of which
    `nagenoeg_gelijk` is too small to matter. `signalen_ols`: how many plain least squares calls significant;
    `anders_ols`: in how many cases it says otherwise.
    """

    toetsen: int
    signalen: int
    signalen_bh: int
    robuust: int
    signalen_ols: int = 0
    anders_ols: int = 0
    nagenoeg_gelijk: int = 0
