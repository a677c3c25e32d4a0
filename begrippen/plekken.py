"""Where what comes with the code stands: in a checkout beside the rooms, in an installed package within this one.

What is kept and published stands below the folder in which one works, and is a setting (`pipelines.instellingen`).
"""

from pathlib import Path

WORTEL = Path(__file__).parent.parent
# pyproject.toml puts there, in the wheel, what in a checkout stands in the root
_GELEVERD = Path(__file__).parent / "geleverd"


def is_checkout() -> bool:
    """Whether this code runs from a checkout, not from an installed package."""
    return (WORTEL / "pyproject.toml").is_file()


def geleverd(naam: str) -> Path:
    """Give the file or folder of the root that comes with the code: sql, gebied, dagster.yaml or uv.lock."""
    return (WORTEL if is_checkout() else _GELEVERD) / naam
