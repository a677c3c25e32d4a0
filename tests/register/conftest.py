"""The generated register, made once for all tests of this room."""

import pandas as pd
import pytest

from assets.register.voorbeeld import generate
from assets.register.voorbeeld_levering import sample_vestigingen


@pytest.fixture(scope="session")
def jaren() -> dict[int, pd.DataFrame]:
    """Every year of the generated register."""
    return {int(frame["jaar"].iloc[0]): frame for frame in generate()}


@pytest.fixture(scope="session")
def klein() -> dict[int, pd.DataFrame]:
    """The last years of a register of some hundred establishments."""
    return {int(frame["jaar"].iloc[0]): frame for frame in generate(schaal=0.01)}


@pytest.fixture(scope="session")
def vestigingen(jaren: dict[int, pd.DataFrame]) -> pd.DataFrame:
    """The generated register as the table `vestiging`."""
    return sample_vestigingen(jaren.values())
