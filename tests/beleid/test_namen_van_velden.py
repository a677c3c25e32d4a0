"""No free text of the policy files bears the name of a code: the build holds those against closed lists."""

import pytest

from assets.beleid.vormen import RIJEN
from assets.kwaliteit.algemeen import _KNOWN, _LISTS


@pytest.mark.parametrize("bestand", RIJEN)
def test_a_field_with_the_name_of_a_code_is_a_code(bestand):
    velden = RIJEN[bestand].model_fields
    vrij = [naam for naam, veld in velden.items() if veld.annotation is str and not veld.metadata]
    assert "niet_naast" in vrij or bestand != "gedrukt.csv"
    assert sorted({*_KNOWN, *_LISTS} & {*vrij}) == []
