"""Protection and attack on small registers made by hand: each way to a secret is open without it, and shut with it."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.register.bescherming.aanval import ONDERNEMING, attack
from assets.register.bescherming.beschermen import protect
from assets.register.bescherming.geheugen import Geheugen, remember
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import OPEN, PRIMAIR, SECUNDAIR, Cel
from assets.register.bescherming.tellingen import attack_tellingen, protect_tellingen

GEMEENTEN = ("GM1", "GM2", "GM3")
MATEN = ["vestigingen", "banen", "fulltime"]
REGELS = Parameters()


def cells(sectors: Iterable[str] = ("C", "Q"), regios: dict[str, tuple[str, ...]] | None = None) -> list[Cel]:
    """Totals and sectors of every gemeente, of all together, and of other regions."""
    areas = {g: (g,) for g in GEMEENTEN} | {"PV": GEMEENTEN} | (regios or {})
    return [
        *(Cel(r, "totaal", own, "sector") for r, own in areas.items()),
        *(Cel(r, f"Sectie={s}", own, "sector", (s,)) for r, own in areas.items() for s in sectors),
    ]


def gift(  # noqa: PLR0917 - a row of numbers
    gemeente: str, atoom: str, onderneming: str, banen: int, jaar: int = 2020, fulltime: int | None = None
) -> dict:
    """What one enterprise contributes."""
    return {
        "jaar": jaar, "gemeente": gemeente, "kant": "sector", "atoom": atoom, "onderneming": onderneming,
        "banen": banen, "fulltime": banen if fulltime is None else fulltime, "vestigingen": 1,
    }  # fmt: skip


def crowd(gemeente: str, atoom: str, size: int = 30, jaar: int = 2020) -> list[dict]:
    """Eight enterprises of a like size: nothing to protect."""
    return [gift(gemeente, atoom, f"{gemeente}{atoom}{n}", size + n, jaar) for n in range(8)]


def everywhere(jaar: int = 2020) -> list[dict]:
    """A crowd in each sector of each gemeente."""
    return [row for g in GEMEENTEN for s in ("C", "Q") for row in crowd(g, s, jaar=jaar)]


def publish(bijdragen: pd.DataFrame, cellen: dict[int, list[Cel]], withheld: set[tuple[int, str, str]]) -> pd.DataFrame:
    """What a careless publisher gives out: everything but these cells."""
    rows = []
    for jaar, own in cellen.items():
        for c in own:
            part = bijdragen[(bijdragen["jaar"] == jaar) & bijdragen["gemeente"].isin(c.gemeenten)]
            part = part[part["atoom"].isin(c.atomen)] if c.atomen else part
            secret = (jaar, c.regio, c.uitsplitsing) in withheld
            rows += [(jaar, c.regio, c.uitsplitsing, m, pd.NA if secret else int(part[m].sum())) for m in MATEN]
    frame = pd.DataFrame(rows, columns=["jaar", "regio", "uitsplitsing", "maat", "waarde"])
    return frame.astype({"waarde": "Int64"})


def protected(bijdragen: pd.DataFrame, cellen: dict[int, list[Cel]], geheugen: Geheugen | None = None):
    """The protection, and what goes out by it."""
    found = protect(bijdragen, cellen, REGELS, geheugen or Geheugen())
    hidden = found.cellen[found.cellen["patroon"] != OPEN]
    withheld = set(zip(hidden["jaar"], hidden["regio"], hidden["uitsplitsing"], strict=True))
    return found, publish(bijdragen, cellen, withheld)


def narrow(bijdragen: pd.DataFrame, cellen: dict[int, list[Cel]], out: pd.DataFrame, geheugen: Geheugen | None = None):
    """The attack on what goes out."""
    return attack(bijdragen, cellen, out, REGELS, geheugen or Geheugen()).te_smal


def pattern(found, regio: str, uitsplitsing: str, jaar: int = 2020) -> str:
    """How one cell came out."""
    c = found.cellen
    return c[(c["jaar"] == jaar) & (c["regio"] == regio) & (c["uitsplitsing"] == uitsplitsing)]["patroon"].item()


DOMINANT = [*everywhere(), gift("GM1", "Q", "groot", 9_000)]


def test_without_anything_to_hide_everything_is_published():
    bijdragen, cellen = pd.DataFrame(everywhere()), {2020: cells()}
    found, out = protected(bijdragen, cellen)
    assert set(found.cellen["patroon"]) == {OPEN}
    assert found.openstaand.empty and narrow(bijdragen, cellen, out).empty


def test_fewer_enterprises_than_the_minimum_is_unsafe():
    rows = [r for r in everywhere() if (r["gemeente"], r["atoom"]) != ("GM2", "C")]
    rows += [gift("GM2", "C", "een", 40), gift("GM2", "C", "twee", 41)]
    found, _ = protected(pd.DataFrame(rows), {2020: cells()})
    assert pattern(found, "GM2", "Sectie=C") == PRIMAIR


def test_establishments_of_one_enterprise_count_once():
    rows = [r for r in everywhere() if (r["gemeente"], r["atoom"]) != ("GM2", "C")]
    rows += [gift("GM2", "C", "keten", 40) | {"vestigingen": 9}]
    found, _ = protected(pd.DataFrame(rows), {2020: cells()})
    assert pattern(found, "GM2", "Sectie=C") == PRIMAIR


def test_a_total_minus_the_rest_gives_a_secret_away_and_the_protection_shuts_that():
    rows = [r for r in everywhere() if (r["gemeente"], r["atoom"]) != ("GM1", "Q")] + [gift("GM1", "Q", "alleen", 500)]
    bijdragen, cellen = pd.DataFrame(rows), {2020: cells()}
    careless = publish(bijdragen, cellen, {(2020, "GM1", "Sectie=Q")})
    assert ("GM1", "Sectie=Q") in set(
        zip(*[narrow(bijdragen, cellen, careless)[c] for c in ("regio", "uitsplitsing")], strict=True)
    )
    found, out = protected(bijdragen, cellen)
    assert narrow(bijdragen, cellen, out).empty
    assert (found.cellen["patroon"] == SECUNDAIR).any()


def test_a_region_minus_another_gives_the_gemeente_between_away():
    rows = [r for r in everywhere() if (r["gemeente"], r["atoom"]) != ("GM1", "Q")] + [gift("GM1", "Q", "alleen", 500)]
    bijdragen = pd.DataFrame(rows)
    cellen = {2020: cells(regios={"CR": ("GM2", "GM3"), "ZOD": ("GM1", "GM2", "GM3")})}
    # everything of GM1 is withheld, and of the whole too; the two regions are not
    secret = {(2020, r, f"Sectie={s}") for r in ("GM1", "GM2", "GM3", "PV") for s in "CQ"}
    assert not narrow(bijdragen, cellen, publish(bijdragen, cellen, secret)).empty
    _, out = protected(bijdragen, cellen)
    assert narrow(bijdragen, cellen, out).empty


def test_the_year_beside_it_gives_a_secret_away():
    rows = everywhere(2020) + everywhere(2021)
    rows = [r for r in rows if (r["gemeente"], r["atoom"], r["jaar"]) != ("GM1", "Q", 2020)]
    rows = [r for r in rows if (r["gemeente"], r["atoom"], r["jaar"]) != ("GM1", "Q", 2021)]
    # 2020: one enterprise has nearly all; 2021: the same number of jobs in a crowd at the edge of the margin
    rows += [gift("GM1", "Q", "alleen", 400)] + [gift("GM1", "Q", f"x{n}", 40, 2021) for n in range(8)]
    bijdragen, cellen = pd.DataFrame(rows), {2020: cells(), 2021: cells()}
    secret = {(2020, r, f"Sectie={s}") for r in GEMEENTEN for s in "CQ"}
    found = narrow(bijdragen, cellen, publish(bijdragen, cellen, secret))
    assert set(found["jaar"]) == {2020}
    _, out = protected(bijdragen, cellen)
    assert narrow(bijdragen, cellen, out).empty


def test_an_enterprise_that_is_alone_knows_the_cell_that_hides_another():
    rows = [r for r in everywhere() if r["atoom"] != "Q" or r["gemeente"] == "GM3"]
    rows += [gift("GM1", "Q", "een", 300), gift("GM2", "Q", "twee", 310)]
    bijdragen, cellen = pd.DataFrame(rows), {2020: cells()}
    secret = {(2020, r, f"Sectie={s}") for r in ("GM1", "GM2") for s in "CQ"}
    found = narrow(bijdragen, cellen, publish(bijdragen, cellen, secret))
    assert ONDERNEMING in set(found["tegen"])
    _, out = protected(bijdragen, cellen)
    assert narrow(bijdragen, cellen, out).empty


def test_one_measure_that_gets_out_is_enough():
    bijdragen, cellen = pd.DataFrame(DOMINANT), {2020: cells()}
    found, out = protected(bijdragen, cellen)
    assert pattern(found, "GM1", "Sectie=Q") == PRIMAIR
    leak = (out["regio"] == "GM1") & (out["uitsplitsing"] == "Sectie=Q") & (out["maat"] == "fulltime")
    assert not narrow(bijdragen, cellen, out.assign(waarde=out["waarde"].mask(leak, 9_270))).empty


def test_what_was_published_before_stays_known_and_is_listed():
    bijdragen, cellen = pd.DataFrame(DOMINANT), {2020: cells()}
    before = remember(Geheugen(), publish(bijdragen, cellen, set()), "bouw-1")
    found, out = protected(bijdragen, cellen, before)
    assert "eerder gepubliceerd" in set(found.openstaand["tegen"])
    # nothing that is withheld now can mend it, so it does not hold up what is published now
    assert narrow(bijdragen, cellen, out, before).empty


def test_a_cell_that_was_withheld_stays_so_and_the_pattern_is_the_same_every_time():
    bijdragen, cellen = pd.DataFrame(DOMINANT), {2020: cells()}
    first, out = protected(bijdragen, cellen)
    again, _ = protected(bijdragen, cellen, remember(Geheugen(), out, "bouw-1"))
    assert set(first.cellen[first.cellen["patroon"] != OPEN].index) <= set(
        again.cellen[again.cellen["patroon"] != OPEN].index
    )
    pd.testing.assert_frame_equal(first.cellen, protected(bijdragen, cellen)[0].cellen)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            st.sampled_from(GEMEENTEN),
            st.sampled_from("CQG"),
            st.integers(0, 9),
            st.integers(1, 400),
            st.integers(0, 50),
        ),
        min_size=4,
        max_size=40,
    )
)
def test_whatever_the_register_the_attack_finds_only_what_is_listed_as_open(rows):
    bijdragen = pd.DataFrame([gift(g, s, f"o{who}", full + part, fulltime=full) for g, s, who, full, part in rows])
    bijdragen = bijdragen.groupby(["jaar", "gemeente", "kant", "atoom", "onderneming"], as_index=False).sum()
    cellen = {2020: cells("CQG", {"CR": ("GM1", "GM2")})}
    found, out = protected(bijdragen, cellen)
    keys = ["jaar", "regio", "uitsplitsing"]
    listed = set(map(tuple, found.openstaand[keys].to_numpy().tolist()))
    assert set(map(tuple, narrow(bijdragen, cellen, out)[keys].to_numpy().tolist())) <= listed
    # what is published of a gemeente adds up to what is published of all
    whole = found.cellen.set_index(["regio", "uitsplitsing"])["banen"]
    for part in ("totaal", "Sectie=C", "Sectie=Q", "Sectie=G"):
        assert sum(whole[g, part] for g in GEMEENTEN) == whole["PV", part]


def counts(rows: list[tuple[str, str, int]]) -> pd.DataFrame:
    return pd.DataFrame(
        [(2020, g, "oprichtingen", "alle", who, n) for g, who, n in rows],
        columns=["jaar", "gemeente", "kant", "atoom", "onderneming", "aantal"],
    )


@pytest.mark.parametrize("few", [1, 2])
def test_a_count_of_few_enterprises_is_withheld_and_cannot_be_found_by_subtraction(few):
    rows = [(g, f"{g}{n}", 1) for g in ("GM2", "GM3") for n in range(6)] + [("GM1", f"a{n}", 1) for n in range(few)]
    areas = {g: (g,) for g in GEMEENTEN} | {"PV": GEMEENTEN}
    cellen = {2020: [Cel(r, "oprichtingen:totaal", own, "oprichtingen") for r, own in areas.items()]}
    found = protect_tellingen(counts(rows), cellen, REGELS, Geheugen())
    assert pattern(found, "GM1", "oprichtingen:totaal") == PRIMAIR
    out = found.cellen.assign(maat="aantal", waarde=found.cellen["aantal"].astype("Int64"))
    careless = out.assign(waarde=out["waarde"].mask(out["patroon"] == PRIMAIR))
    assert not attack_tellingen(counts(rows), cellen, careless, REGELS, Geheugen()).te_smal.empty
    hidden = out.assign(waarde=out["waarde"].mask(out["patroon"] != OPEN))
    assert attack_tellingen(counts(rows), cellen, hidden, REGELS, Geheugen()).te_smal.empty
