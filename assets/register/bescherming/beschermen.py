"""Protect the published tables of the register: which cells are withheld, and what could not be protected."""

from collections.abc import Mapping, Sequence

import pandas as pd

from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import Bescherming, Cel


def protect(
    bijdragen: pd.DataFrame, cellen: Mapping[int, Sequence[Cel]], parameters: Parameters, geheugen: Geheugen
) -> Bescherming:
    """Choose which cells to withhold.

    bijdragen: jaar, gemeente, kant, atoom, onderneming, banen, fulltime, vestigingen (whole numbers).
    cellen: the published cells of each year. Returns every cell with its true values and patroon.
    """
    raise NotImplementedError
