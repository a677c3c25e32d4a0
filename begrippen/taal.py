"""Numbers in sentences that say a rule in force: in words, or as Dutch writes a share."""

from __future__ import annotations

TELWOORDEN = (
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"),
    *("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig"),
)


def telwoord(getal: int) -> str:
    """A whole number in words up to twenty, in digits beyond: 'acht', '21'. Raises ValueError below zero."""
    if getal < 0:
        raise ValueError(f"{getal} is geen aantal")
    return TELWOORDEN[getal] if getal < len(TELWOORDEN) else str(getal)


def decimaal(getal: float) -> str:
    """A number with a comma, in as few digits as say it: '0,05'."""
    return f"{getal:g}".replace(".", ",")


def procent(deel: float) -> str:
    """A share as percentage, in as few digits as say it: 0.05 is '5%'."""
    return f"{decimaal(100 * deel)}%"
