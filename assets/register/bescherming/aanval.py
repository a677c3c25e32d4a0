"""The attack: the narrowest interval of every withheld figure, from what is published and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import Cel


@dataclass(frozen=True)
class Aanval:
    """Outcome of the attack; confidential.

    intervallen: jaar, regio, uitsplitsing, maat, tegen, gevonden_onder, gevonden_boven, vereist_onder, vereist_boven.
    te_smal: the rows that are narrower than required by what is published now; empty means safe.
    """

    intervallen: pd.DataFrame
    te_smal: pd.DataFrame


def attack(
    bijdragen: pd.DataFrame,
    cellen: Mapping[int, Sequence[Cel]],
    gepubliceerd: pd.DataFrame,
    parameters: Parameters,
    geheugen: Geheugen,
) -> Aanval:
    """Attack `gepubliceerd` (jaar, regio, uitsplitsing, maat in vestigingen/banen/fulltime, waarde, <NA> = withheld)."""
    raise NotImplementedError
