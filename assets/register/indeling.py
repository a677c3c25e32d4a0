"""The closed layout of a register delivery (`velden.yaml`, a field an entry), and the size classes of LISA."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from begrippen.gebied import gekozen
from begrippen.yamlbestand import read_yaml

if TYPE_CHECKING:
    import pandas as pd

VELDEN = Path(__file__).parent / "velden.yaml"

# Lower limits of the size classes on fulltime persons; class 00 is 'unknown' and fits every number.
GROOTTEKLASSEN = {
    "01": 0, "02": 1, "03": 2, "04": 5, "05": 10, "06": 20, "07": 50, "08": 100, "09": 200, "10": 500, "11": 800,
    "12": 1000,
}  # fmt: skip


class Veld(BaseModel):
    """One field of the layout, as `velden.yaml` describes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    uitleg: str
    verplicht: Literal["ja", "kolom", "nee"] = "nee"
    soort: Literal["tekst", "getal", "datum", "code"]
    breedte: int | None = None
    codes: tuple[str, ...] = ()
    gevolg: Literal["weigeren", "nakijken"] = "weigeren"
    bevestigd: bool = True


@cache
def read_velden(path: Path = VELDEN) -> dict[str, Veld]:
    """Give the fields of the layout, in its order. Raises BestandError."""
    # `tekst`: yes and no ('ja', 'nee', JA) and 00 stay the text that they are
    return read_yaml(path, dict[str, Veld], tekst=True, woorden={"{provcode}": gekozen().code.removeprefix("PV")})


# Text that an import reads as well, besides what has to be there or can be checked by itself.
_TEKST_GEBRUIKT = (
    "naam", "bronjaar", "sectie", "afdeling", "sbi08_3", "sbi08_4", "sbi08",
    "sectie25", "afdeling25", "sbi25_3", "sbi25_4", "sbi25",
)  # fmt: skip


@cache
def used_fields() -> tuple[str, ...]:
    """Give the fields that an import reads; the others stay in the file as it came, which is kept whole."""
    return tuple(
        name
        for name, veld in read_velden().items()
        if veld.verplicht != "nee" or veld.soort != "tekst" or name in _TEKST_GEBRUIKT
    )


def read_indeling() -> pd.DataFrame:
    """Give the municipalities of the tenant with the codes and names that its register gives them and their areas."""
    import pandas as pd

    return pd.read_csv(gekozen().register / "gemeenten.csv", sep=";", dtype=str, encoding="utf-8")


@cache
def read_gemeenten() -> dict[str, str]:
    """Give the municipalities of the tenant: their code without GM, and their name."""
    frame = read_indeling()
    return dict(zip(frame["gemnr"], frame["naam"], strict=True))


def classify_sql(column: str) -> str:
    """Give the SQL that turns a number of fulltime persons into its size class."""
    steps = " ".join(f"WHEN {column} >= {low} THEN '{code}'" for code, low in reversed(GROOTTEKLASSEN.items()))
    return f"CASE {steps} END"
