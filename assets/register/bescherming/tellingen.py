"""Tables that only count events (births, deaths, moves): the same idea with one measure."""

from collections.abc import Mapping, Sequence

import pandas as pd

from assets.register.bescherming.aanval import Aanval, attack_measures
from assets.register.bescherming.beschermen import protect_measures
from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.naast import NOOIT_SAMEN
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import TELLING, Bescherming, Cel, Voorraad


def protect_tellingen(
    bijdragen: pd.DataFrame, cellen: Mapping[int, Sequence[Cel]], parameters: Parameters, geheugen: Geheugen
) -> Bescherming:
    """Choose which counts to withhold.

    bijdragen: jaar, gemeente, kant, atoom, onderneming, aantal. A kant is one event table, for instance births by size
    class, or survival of a cohort with the atoms 'bestaat' and 'gestopt' (the cohort is then their total).
    """
    return protect_measures(bijdragen, cellen, TELLING, parameters, geheugen, NOOIT_SAMEN)


def attack_tellingen(  # noqa: PLR0917 - as `attack`
    bijdragen: pd.DataFrame,
    cellen: Mapping[int, Sequence[Cel]],
    gepubliceerd: pd.DataFrame,
    parameters: Parameters,
    geheugen: Geheugen,
    getuigen: Voorraad | None = None,
) -> Aanval:
    """Attack counts: gepubliceerd is jaar, regio, uitsplitsing, maat ('aantal'), waarde (<NA> = withheld)."""
    return attack_measures(bijdragen, cellen, gepubliceerd, TELLING, parameters, geheugen, NOOIT_SAMEN, getuigen)
