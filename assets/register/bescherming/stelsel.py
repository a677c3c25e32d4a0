"""The joint system of one year: which figures are published, of which base variables each is a sum.

A base variable is what one gemeente has of one atom of one kant (`sector`, `klasse`, ...). Every published cell is a sum
of base variables, and each kant of a gemeente sums to the same total. All tables of a year stand in one system, because
an attacker adds and subtracts across tables.
"""

from dataclasses import dataclass

import pandas as pd

OPEN, PRIMARY, SECONDARY = "open", "primair", "secundair"


@dataclass(frozen=True)
class Cel:
    """One published figure: the sum over `gemeenten` of `atomen` of one kant; no atomen means all of them, the total."""

    regio: str
    uitsplitsing: str
    gemeenten: tuple[str, ...]
    kant: str
    atomen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bescherming:
    """What may be published, with true values: confidential until the suppressed ones are removed.

    cellen: jaar, regio, uitsplitsing, the measures, patroon (open, primair, secundair).
    openstaand: what could not be protected, for the data team only: jaar, regio, uitsplitsing, maat, kant (onder, boven),
        tegen (buitenstaander, insider, eerder gepubliceerd, buurjaar), advies. It holds no values.
    """

    cellen: pd.DataFrame
    openstaand: pd.DataFrame
