"""Figures as they are read for a report."""

import pytest

from assets.vragen.cijfers import als_bron


@pytest.mark.parametrize(
    ("bedrag", "afronding", "gedrukt"),
    [
        # a source in hundreds, in thousands, in whole euros, and one of which it is not known
        (37_128.4, 50.0, 37_100.0),
        (391_512.0, 500.0, 392_000.0),
        (37_128.4, 0.5, 37_128.0),
        (37_128.4, None, 37_128.4),
        # a sum of rounded figures is as fine as the step below what rounding can make of it
        (37_128.4, 26.7, 37_130.0),
        (None, 50.0, None),
    ],
)
def test_an_amount_in_other_prices_is_no_finer_than_that_of_its_source(
    bedrag: float | None, afronding: float | None, gedrukt: float | None
) -> None:
    assert als_bron(bedrag, afronding) == gedrukt
