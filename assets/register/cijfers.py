"""The figures of the register that leave it: protected, long, and the same whether just made or read from a build.

A frame of `cijfers` has: jaar (int), regio, onderwerp, uitsplitsing (text), waarde (Int64; missing: suppressed).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import duckdb
import pandas as pd

from assets.register.bescherming.aanval import BUITENSTAANDER, attack
from assets.register.bescherming.beschermen import protect
from assets.register.bescherming.geheugen import Geheugen
from assets.register.bescherming.naast import SAMEN, employ
from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.stelsel import OPEN, Bescherming, Cel, Voorraad
from assets.register.bescherming.tellingen import attack_tellingen, protect_tellingen
from assets.register.tellen import PER_NAAM, TOTAAL, Geteld
from begrippen.fout import MonitorError

KOLOMMEN = ["jaar", "regio", "onderwerp", "uitsplitsing", "waarde"]
MATEN = ("vestigingen", "banen", "fulltime")
AANTAL = "aantal"
# the base year of the index: its jobs stand beside those of each year
BASISJAAR, BASIS = 2019, "banen_2019"
# Counts and tables are protected apart, and say something of each other. A count is withheld wherever one of these is:
# who works alone has one job in size class 0 or 1, so what is withheld of that class has at least so many.
Soort = tuple[str, str]
Getuigen = tuple[Voorraad | None, Voorraad | None]
ALLEEN: Mapping[Soort, tuple[Soort, ...]] = {
    ("zzp", "Uren=0-12"): (("banen", "Klasse=0"),),
    ("zzp", "Uren=12+"): (("banen", "Klasse=1"),),
    ("zzp", TOTAAL): (("banen", "Klasse=0"), ("banen", "Klasse=1")),
}


class CijfersError(MonitorError):
    """Figures that are not those of the register; the message names a cell, never a value."""

    code = "cijfers"
    exit_code = 1


@dataclass(frozen=True)
class Beveiligd:
    """`cijfers` as above; `openstaand` is what could not be protected, for the data team only, without values.

    `getuigen`: of the tables and of the counts, for the attack (`Bescherming`); confidential.
    """

    cijfers: pd.DataFrame
    openstaand: pd.DataFrame
    getuigen: Getuigen = field(default=(None, None), repr=False)


def _with_aliases(frame: pd.DataFrame, namen: Mapping[int, Mapping[str, tuple[str, ...]]]) -> pd.DataFrame:
    """Give every name of a cell its row: Sectie=Q and Groep=zorg are one cell."""
    pairs = pd.DataFrame(
        [(jaar, naam, alias) for jaar, own in namen.items() for naam, all_of in own.items() for alias in all_of],
        columns=["jaar", "uitsplitsing", "alias"],
    )
    joined = frame.merge(pairs, on=["jaar", "uitsplitsing"], how="left", validate="many_to_many")
    return joined.assign(uitsplitsing=joined["alias"]).drop(columns="alias")


def _alone(cijfers: pd.DataFrame) -> pd.Series:
    """Which counts stand there while what they say something of is withheld. A count of 0 is no secret."""
    withheld = cijfers[cijfers["waarde"].isna()]
    secret = set(zip(*(withheld[c] for c in ("jaar", "regio", "onderwerp", "uitsplitsing")), strict=True))
    rows = zip(*(cijfers[c] for c in ("jaar", "regio", "onderwerp", "uitsplitsing")), strict=True)
    told = [any((j, r, *soort) in secret for soort in ALLEEN.get((o, u), ())) for j, r, o, u in rows]
    return pd.Series(told, index=cijfers.index, dtype=bool) & (cijfers["waarde"] > 0).fillna(False).astype(bool)


def _with_base_year(cijfers: pd.DataFrame) -> pd.DataFrame:
    """Add the jobs of the base year to each year from then on and before, as a topic of its own."""
    banen = cijfers[(cijfers["onderwerp"] == "banen") & (cijfers["uitsplitsing"] == TOTAAL)]
    base = banen[banen["jaar"] == BASISJAAR][["regio", "waarde"]]
    beside = banen[["jaar", "regio"]].merge(base, on="regio")
    return pd.concat([cijfers, beside.assign(onderwerp=BASIS, uitsplitsing=TOTAAL)[KOLOMMEN]], ignore_index=True)


def _masked(bescherming: Bescherming, maten: tuple[str, ...]) -> pd.DataFrame:
    """One row a measure, without the values of what is suppressed."""
    cellen = bescherming.cellen
    long = cellen.melt(["jaar", "regio", "uitsplitsing", "patroon"], list(maten), "onderwerp", "waarde")
    long["waarde"] = long["waarde"].astype("Int64").mask(long["patroon"].to_numpy() != OPEN)
    return long.drop(columns="patroon")


def _canonical(geteld: Geteld) -> dict[tuple[int, str], str]:
    """(jaar, name of a cell) -> the name under which it is protected."""
    return {
        (jaar, alias): naam for jaar, own in geteld.namen.items() for naam, all_of in own.items() for alias in all_of
    }


def _as_published(cells: pd.DataFrame, geteld: Geteld) -> pd.DataFrame:
    """Cells under the name that the data team finds in the publication."""
    rows = zip(cells["jaar"], cells["uitsplitsing"], strict=True)
    return cells.assign(uitsplitsing=[geteld.namen.get(j, {}).get(u, (u,))[0] for j, u in rows])


def _as_named_now(geheugen: Geheugen, geteld: Geteld) -> Geheugen:
    """The memory with each cell under the name that it has now: a year can be coded anew, in one SBI or in both."""
    names, tabel = _canonical(geteld), geheugen.tabel
    keys = zip(tabel["jaar"], tabel["uitsplitsing"], strict=True)
    return replace(geheugen, tabel=tabel.assign(uitsplitsing=[names.get(key, key[1]) for key in keys]))


# what is counted of events, and the rules
_Tellingen = tuple[pd.DataFrame, Mapping[int, Sequence[Cel]], Parameters, Geheugen]


def _kept(load: _Tellingen) -> _Tellingen:
    return load


def _protect_tellingen(load: _Tellingen) -> Bescherming:
    return protect_tellingen(*load)


def _attack_tellingen(load: _Tellingen, counts: pd.DataFrame, counted: Voorraad | None) -> pd.DataFrame:
    bijdragen, cellen, parameters, geheugen = load
    return attack_tellingen(bijdragen, cellen, counts, parameters, geheugen, counted).te_smal


def protect_register(geteld: Geteld, parameters: Parameters, geheugen: Geheugen) -> Beveiligd:
    """Protect what was counted. Returns only what may be published."""
    geheugen = _as_named_now(geheugen, geteld)
    load = partial(_kept, (geteld.tellingen, geteld.telcellen, parameters, geheugen))
    # the counts take a tenth of what the tables take, which leave a processor free now and then
    with employ([load], together=len(geteld.cellen) >= SAMEN, haast=False) as [beside]:
        beside.ask(_protect_tellingen)
        tabellen = protect(geteld.bijdragen, geteld.cellen, parameters, geheugen)
        tellingen = beside.answer()
    main = _with_aliases(_masked(tabellen, MATEN), geteld.namen)
    counts = _masked(tellingen, (AANTAL,))
    names = {naam: (t.onderwerp, t.uitsplitsing) for naam, t in PER_NAAM.items()}
    counts["onderwerp"] = counts["uitsplitsing"].map({n: o for n, (o, _) in names.items()})
    counts["uitsplitsing"] = counts["uitsplitsing"].map({n: u for n, (_, u) in names.items()})
    together = pd.concat([main[KOLOMMEN], counts[KOLOMMEN]], ignore_index=True)
    together["waarde"] = together["waarde"].mask(_alone(together))
    cijfers = _with_base_year(together)
    order = ["onderwerp", "uitsplitsing", "jaar", "regio"]
    return Beveiligd(
        cijfers.sort_values(order, kind="stable", ignore_index=True),
        pd.concat([_as_published(tabellen.openstaand, geteld), tellingen.openstaand], ignore_index=True),
        (tabellen.getuigen, tellingen.getuigen),
    )


def as_attacked(cijfers: pd.DataFrame, geteld: Geteld) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What an attacker sees, cell by cell: jaar, regio, uitsplitsing, maat, waarde of the tables, and of the counts.

    A cell that stands there under several names counts as published when it is under one of them. Raises CijfersError
    for a figure that is in no list of cells, or that stands there with two values.
    """
    base = cijfers["onderwerp"] == BASIS
    frame = cijfers.assign(
        jaar=cijfers["jaar"].mask(base, BASISJAAR), onderwerp=cijfers["onderwerp"].mask(base, "banen")
    )
    is_table = frame["onderwerp"].isin(MATEN)
    tables = frame[is_table].rename(columns={"onderwerp": "maat"})
    canonical = _canonical(geteld)
    keys = zip(tables["jaar"], tables["uitsplitsing"], strict=True)
    tables["uitsplitsing"] = [canonical.get(key, key[1]) for key in keys]
    counts = frame[~is_table].assign(maat=AANTAL)
    counts["uitsplitsing"] = counts["onderwerp"] + ":" + counts["uitsplitsing"]
    seen = ["jaar", "regio", "uitsplitsing", "maat"]
    found = []
    for part, cellen in ((tables, geteld.cellen), (counts, geteld.telcellen)):
        known = {(jaar, c.regio, c.uitsplitsing) for jaar, own in cellen.items() for c in own}
        strange = [k for k in zip(part["jaar"], part["regio"], part["uitsplitsing"], strict=True) if k not in known]
        if strange:
            raise CijfersError(
                f"{len(strange)} cijfers van het register staan niet in de lijst van cellen, zoals {strange[0]}: "
                "zij zijn nooit beveiligd",
                vervolg="Maak het register opnieuw met: monitor run",
            )
        per_cell = part.groupby(seen, sort=True)["waarde"]
        if (per_cell.nunique() > 1).any():
            cell = per_cell.nunique().idxmax()
            raise CijfersError(f"cel {cell} staat er met twee verschillende waarden. Maak het register opnieuw.")
        found.append(per_cell.max().reset_index())
    return found[0], found[1]


def as_remembered(cijfers: pd.DataFrame, geteld: Geteld) -> pd.DataFrame:
    """What an attacker sees, under every name of a cell, for it can have another one in a later delivery."""
    tables, counts = as_attacked(cijfers, geteld)
    return pd.concat([_with_aliases(tables, geteld.namen), counts], ignore_index=True)


def attack_cijfers(
    cijfers: pd.DataFrame,
    geteld: Geteld,
    parameters: Parameters,
    geheugen: Geheugen,
    getuigen: Getuigen = (None, None),
) -> pd.DataFrame:
    """Attack figures as they are (to be) published, with all that was published before.

    `getuigen`: of tables and counts, what may show that they are safe; the attack holds it against all that it knows.
    Returns the cells whose interval is too narrow, without values: jaar, regio, uitsplitsing, maat, tegen. Empty is
    safe. Raises CijfersError for a figure that was never protected.
    """
    tables, counts = as_attacked(cijfers, geteld)
    geheugen, (shown, counted) = _as_named_now(geheugen, geteld), getuigen
    load = partial(_kept, (geteld.tellingen, geteld.telcellen, parameters, geheugen))
    with employ([load], together=len(geteld.cellen) >= SAMEN) as [beside]:
        beside.ask(_attack_tellingen, counts, counted)
        found = attack(geteld.bijdragen, geteld.cellen, tables, parameters, geheugen, shown).te_smal
        narrow: list[pd.DataFrame] = [_as_published(found, geteld), beside.answer()]
    told = cijfers[_alone(cijfers)].assign(maat=AANTAL, tegen=BUITENSTAANDER)
    narrow.append(told.assign(uitsplitsing=told["onderwerp"] + ":" + told["uitsplitsing"]))
    # the bounds that were found stay in here: they say what they should not
    columns = ["jaar", "regio", "uitsplitsing", "maat", "tegen"]
    return pd.concat([n[columns] for n in narrow], ignore_index=True)


def read_built(db: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Read the `cijfers` that stand in a built database; empty where it has none of the register."""
    frame = db.execute(
        """
        SELECT DISTINCT left(periode, 4)::INTEGER AS jaar, regio, onderwerp, uitsplitsing, waarde::BIGINT AS waarde
        FROM (
            SELECT bron, periode, regio, onderwerp, uitsplitsing, waarde FROM kern.waarneming
            UNION ALL
            -- the history of cells is published too
            SELECT bron, periode, regio, onderwerp, uitsplitsing, waarde FROM kern.waarneming_versie
        )
        WHERE bron = 'register'
        ORDER BY onderwerp, uitsplitsing, jaar, regio
        """
    ).df()
    return frame.assign(waarde=frame["waarde"].astype("Int64"))
