"""A withheld cell of the register empties every indicator that uses it, and changes nothing else."""

from __future__ import annotations

import pytest

from assets.indicatoren.kaart import Kaart, read_kaarten
from assets.indicatoren.kaartbron import Term

REGIOS = ("PV22", "CR07", "GM0106", "GM1680", "RGA")
JAREN = range(2017, 2024)
KAARTEN = {
    k.id: k
    for k in read_kaarten().values()
    if any((t.tabel or b.tabel) == "pwr" for b in k.bronnen for t in (*b.teller, *b.noemer))
}
# (onderwerp, uitsplitsing), and where and when it is
Soort = tuple[str, str]
Cel = tuple[Soort, str, int]


def kinds(term: Term) -> list[Soort]:
    """The kinds of cells of a term. None of the register has more than one dimension."""
    if not term.uitsplitsing:
        return [(term.onderwerp, "totaal")]
    ((dimensie, codes),) = term.uitsplitsing.items()
    return [(term.onderwerp, f"{dimensie}={c}") for c in ([codes] if isinstance(codes, str) else codes)]


def used_by(kaart: Kaart, regio: str, jaar: int, part: str) -> set[Cel]:
    """The cells from which a card makes its `teller` or `noemer` for a region and year."""
    (bron,) = kaart.bronnen
    terms: tuple[Term, ...] = getattr(bron, part)
    assert not any(t.regio or t.tabel for t in terms)
    return {(kind, regio, jaar + t.periode_verschuiving) for t in terms for kind in kinds(t)}


ALL = sorted({kind for k in KAARTEN.values() for p in ("teller", "noemer") for kind, _, _ in used_by(k, "", 0, p)})


def test_the_cards_take_counts_and_tables():
    assert len(KAARTEN) >= 25
    assert {"banen", "vestigingen", "fulltime", "oprichtingen", "groei", "zzp", "banen_2019"} <= {o for o, _ in ALL}


@pytest.fixture(scope="module")
def values(wereld, maak_cel):
    """Build with these cells withheld: what every indicator is, with all that stands beside its value."""

    def make(withheld: set[Cel]) -> dict[tuple[str, str, int], tuple]:
        cells = [
            maak_cel(
                *(onderwerp, regio, jaar),
                "onderdrukt" if ((onderwerp, deel), regio, jaar) in withheld else 1000.0 + 37 * n + 5 * r + jaar,
                tabel="pwr",
                uitsplitsing=deel,
            )
            for n, (onderwerp, deel) in enumerate(ALL)
            for r, regio in enumerate(REGIOS)
            for jaar in JAREN
        ]
        db = wereld(KAARTEN.values(), cells, bron="register")
        rows = db.execute(
            "SELECT indicator, regio, left(periode, 4)::INTEGER, waarde, teller, noemer, marge_onder, marge_boven, "
            "leeg_reden FROM monitor.indicatorwaarde"
        ).fetchall()
        return {row[:3]: row[3:] for row in rows if row[1] in REGIOS}

    return make


@pytest.fixture(scope="module")
def everything(values):
    return values(set())


@pytest.mark.parametrize("regio", ["GM0106", "RGA", "PV22"])
def test_what_uses_a_withheld_cell_is_withheld_and_the_rest_is_as_it_was(values, everything, regio):
    """Each year another part of the cells is withheld, so that every cell of every card is so once, beside others.

    Of a composite region too, although those of its gemeenten are there.
    """
    withheld = {(kind, regio, JAREN[n % len(JAREN)]) for n, kind in enumerate(ALL)}
    found, empty = values(withheld), 0
    assert found.keys() == everything.keys()
    for (indicator, where, jaar), row in found.items():
        teller, noemer = (used_by(KAARTEN[indicator], where, jaar, part) for part in ("teller", "noemer"))
        before = everything[indicator, where, jaar]
        # what is told of municipalities alone, or of no composite region, has no figure here to withhold
        if not withheld & (teller | noemer) or before[-1] in ("niet_in_selectie", "niet_van_toepassing"):
            assert row == before
            continue
        empty += before[0] is not None
        # what is left of it is a sum of cells that are published
        parts = tuple(
            None if withheld & own else value for own, value in zip((teller, noemer), before[1:3], strict=True)
        )
        assert row == (None, *parts, None, None, "onderdrukt")
    assert empty >= len(ALL)
