"""A second opinion on which cells of one table are unsafe: pytauargus, the engine of tau-ARGUS behind Python.

It reads records, knows which belong to one enterprise (a holding), and applies the minimum and the p%-rule to holdings.
What we withhold besides (secondary cells) is not compared: it looks at one table, and protects single cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from assets.register.bescherming.opgave import judge_year
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import BANEN, Cel, build_stelsel
from assets.register.tellen import Geteld

pytestmark = pytest.mark.lang

REGELS = Parameters()
JAAR = 2019
MATEN = ("banen", "fulltime", "parttime")
TOTAAL = "Total"
# cell (gemeente, sectie) -> how far its figure must stay from its truth
Niveaus = Mapping[tuple[str, str], float]


def read_records(geteld: Geteld) -> pd.DataFrame:
    """The table as records: gemeente, sectie, onderneming and what it has there. Enterprises stand together."""
    own = geteld.bijdragen
    own = own[(own["jaar"] == JAAR) & (own["kant"] == "sector") & (own["vestigingen"] > 0)]
    records = pd.DataFrame(
        {
            "gemeente": own["gemeente"].astype(str),
            # a section that a group cuts through has more than one atom
            "sectie": own["atoom"].astype(str).str.split("+").str[0],
            "onderneming": pd.factorize(own["onderneming"].astype(str), sort=True)[0] + 1,
            "vestigingen": own["vestigingen"],
            "banen": own["banen"],
            "fulltime": own["fulltime"],
            "parttime": own["banen"] - own["fulltime"],
        }
    )
    return records.sort_values("onderneming", kind="stable", ignore_index=True)


def ask_ours(records: pd.DataFrame, regels: Parameters) -> dict[str, Niveaus]:
    """What our rules ask of every cell of the table; cells of which they ask nothing are left out."""
    gemeenten, secties = sorted(set(records["gemeente"])), sorted(set(records["sectie"]))
    bijdragen = records.rename(columns={"sectie": "atoom"}).assign(kant="sector")
    cellen = [
        Cel(regio, sectie, tuple(own), "sector", atomen)
        for regio, own in ((TOTAAL, gemeenten), *((g, [g]) for g in gemeenten))
        for sectie, atomen in ((TOTAAL, ()), *((s, (s,)) for s in secties))
    ]
    jaar = judge_year(build_stelsel(JAAR, bijdragen, cellen, BANEN), regels)
    names = [(c.regio, c.uitsplitsing) for c in cellen]
    levels = jaar.risico.niveau[: len(cellen)]
    return {
        maat: {name: int(level) for name, level in zip(names, levels[:, column], strict=True) if level > 0}
        for column, maat in enumerate(MATEN)
    }


def ask_pytauargus(records: pd.DataFrame, regels: Parameters, folder: Path) -> dict[str, Niveaus]:
    """The same of pytauargus, which is not asked to withhold anything besides."""
    from pytauargus.dataframe import to_microdata
    from pytauargus.engine import run_batch
    from pytauargus.micro import micro_asc_rda
    from pytauargus.result import TableResult

    asc, rda, arb = (folder / f"register.{suffix}" for suffix in ("asc", "rda", "arb"))
    micro_asc_rda(to_microdata(records), str(asc), str(rda), holding_var="onderneming", decimals=0)
    # the first and second p%-rule, and the first minimum, are about records; those after them about holdings
    rule = f"P(0,1)|P(0,1)|P({regels.p:.0f},1)|FREQ(0,0)|FREQ({regels.minimum},{regels.p:.0f})"
    tables = [folder / f"{maat}.tab" for maat in MATEN]
    batch = [f'<OPENMICRODATA> "{asc}"', f'<OPENMETADATA> "{rda}"']
    for maat in MATEN:
        batch += [f'<SPECIFYTABLE> "gemeente""sectie"|"{maat}"||', f"<SAFETYRULE> {rule}"]
    batch += ["<READMICRODATA>", *(f'<WRITETABLE> ({n},5,SO+,"{t}")' for n, t in enumerate(tables, 1))]
    arb.write_text("\n".join(batch) + "\n")
    run_batch(str(arb))
    found: dict[str, Niveaus] = {}
    for maat, table in zip(MATEN, tables, strict=True):
        cells = TableResult(path=table, exp_vars=["gemeente", "sectie"], response=maat).rows
        # where few enterprises have none of it at all there is nothing to protect
        unsafe = [c for c in cells if c["status"] == "U" and c[maat] > 0]
        found[maat] = {(c["gemeente"], c["sectie"]): c["upper"] for c in unsafe}
    return found


@pytest.fixture(scope="module")
def records(vol: Geteld) -> pd.DataFrame:
    return read_records(vol)


@pytest.mark.parametrize("regels", [REGELS, Parameters(minimum=5, p=35.0), Parameters(minimum=10, p=80.0)], ids=str)
def test_both_find_the_same_cells_unsafe_for_the_same_distance(records, tmp_path, regels):
    ours, theirs = ask_ours(records, regels), ask_pytauargus(records, regels, tmp_path)
    behind = records.groupby(["gemeente", "sectie"])["onderneming"].nunique()
    compared = 0
    for maat in MATEN:
        assert set(ours[maat]) == set(theirs[maat])
        for cell in ours[maat]:
            # of too few enterprises we ask p percent of the largest, and it asks that of the sum, or what p% asks
            if behind.get(cell, regels.minimum) >= regels.minimum:
                # we round up to whole jobs, and it rounds down
                assert 0 <= ours[maat][cell] - theirs[maat][cell] <= 1, (maat, cell)
                compared += 1
    assert compared > 5


def test_establishments_of_one_enterprise_are_one_in_both(tmp_path):
    """Without its three establishments taken together nobody would be large in the first cell."""
    sizes = [("GM1", "C", 1, 40), ("GM1", "C", 1, 40), ("GM1", "C", 1, 40), ("GM1", "C", 2, 4), ("GM1", "C", 3, 3)]
    sizes += [(g, s, 10 + n, 20) for n, (g, s) in enumerate([("GM1", "Q"), ("GM2", "C"), ("GM2", "Q")] * 5)]
    records = pd.DataFrame(sizes, columns=["gemeente", "sectie", "onderneming", "banen"])
    records = records.assign(vestigingen=1, fulltime=records["banen"], parttime=0).sort_values("onderneming")
    together, apart = ask_pytauargus(records, REGELS, tmp_path), records.assign(onderneming=range(len(records)))
    assert set(together["banen"]) == set(ask_ours(records, REGELS)["banen"]) == {("GM1", "C")}
    assert set(ask_pytauargus(apart, REGELS, tmp_path)["banen"]) == set(ask_ours(apart, REGELS)["banen"]) == set()
