"""The build, its checks and the judgements, on the whole sample: all cards, all regions, every year that a source has.

    python tests/bench/bench_bouw.py [--herhaal 3] [--kaarten 12] [--map MAP] [--oud BOOM]

Each side runs as a whole process, imports included, one after the other in the same run. Filling the archive is not
counted, nor is a first run of each side, which makes what the next one reads. The judgement is measured against the
same rules in plain pandas and scipy, a series at a time; that takes minutes for all series, so both sides also judge
all series of some cards drawn by lot. Another judgement than pandas gives ends the run.

With `--oud` an older tree of this house (`git worktree add BOOM COMMIT`) is measured beside it instead, in turn, each
by its own script on its own sample: the ratio is also given per value, since the one has more of them.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from begrippen.rekenregels import REKENREGELS
from tests.bench.maat import python, van

EDITIE = 2026
ALFA = REKENREGELS.alfa
# of the largest value of a series: what is smaller is rounding in the computer
RUIS = REKENREGELS.ruis


def fill(folder: Path, _: list[str]) -> None:
    """Fetch the whole sample as a run does: the tables, of those it revises also the answer before, the deliveries."""
    from assets.bron.aanlevering import read_deliveries
    from assets.bron.bronlijst import read_aanleveringen, read_tabellen
    from assets.bron.fetch import fetch_tabellen
    from assets.bron.gezienlijst import read_gezien
    from assets.bron.momentopname import Archief
    from assets.bron.voorbeeld.aanleveringen import write_sample_deliveries
    from assets.bron.voorbeeld.server import HERZIEN, sample_server
    from begrippen.regio import known_codes, read_leden, read_regios

    tabellen, archief = read_tabellen(), Archief(folder / "opslag", "voorbeeld")
    regios = (read_regios(), read_leden())

    def now() -> datetime:
        return datetime.now(UTC)

    with sample_server(read_gezien(), *regios, vintage=1) as adressen:
        came = fetch_tabellen([tabellen[t] for t in HERZIEN], adressen, archief, now, known_codes())
    with sample_server(read_gezien(), *regios) as adressen:
        came += fetch_tabellen(tabellen.values(), adressen, archief, now, known_codes())
    write_sample_deliveries(folder / "levering", *regios)
    came += read_deliveries(folder / "levering", read_aanleveringen(), archief, now, known_codes())
    assert all(u.resultaat == "nieuw" for u in came), [u for u in came if u.resultaat != "nieuw"]


def _invoer(folder: Path) -> Any:
    from assets.bouw.bouwen import Bouwinvoer
    from assets.bron.bronlijst import read_aanleveringen, read_registertabellen, read_tabellen
    from assets.bron.momentopname import Archief
    from assets.indicatoren.kaart import read_kaarten
    from assets.kern.correctie import read_correcties

    archief = Archief(folder / "opslag", "voorbeeld")
    kept = [archief.list(b.bron, b.id) for b in (*read_tabellen().values(), *read_aanleveringen().values())]
    return Bouwinvoer(
        soort="voorbeeld",
        momentopnamen=tuple(k[-1] for k in kept),
        eerdere=tuple(m for k in kept for m in k[:-1]),
        tabellen=read_tabellen(),
        aanleveringen=read_aanleveringen(),
        register=read_registertabellen(),
        kaarten=read_kaarten(),
        editie=EDITIE,
        correcties=read_correcties(),
        built_at=datetime(2026, 11, 22, tzinfo=UTC),
        code_versie="meting",
    )


def build(folder: Path, _: list[str]) -> None:
    """Build all values and judgements from the archive."""
    from assets.bouw.bouwen import build_database

    shutil.rmtree(folder / "bouw", ignore_errors=True)
    build_database(_invoer(folder), folder / "bouw")


def check(folder: Path, _: list[str]) -> None:
    """Hold the quality checks against the build."""
    from assets.bouw.bouwen import lay_invoer
    from assets.kwaliteit.toetsen import check_build

    invoer = _invoer(folder)
    toetsen = check_build(
        folder / "bouw" / "monitor.duckdb",
        lambda db: lay_invoer(db, invoer),
        invoer.gebied.naam,
        mappen=invoer.folders,
    )
    wrong = [t.uitleg for t in toetsen if not t.geslaagd and t.zwaarte == "blokkeert"]
    assert toetsen and not wrong, wrong


def judge_ours(folder: Path, chosen: list[str]) -> None:
    """Judge from the published Parquet with the tables of the build; an empty `chosen` is every card."""
    import duckdb

    from assets.indicatoren.oordeel import toets
    from assets.tabel import SQL, from_function, read_query
    from tests.conftest import lay_rekenregels

    parquet = folder / "bouw" / "parquet"
    db = duckdb.connect(config={"threads": 2})
    db.execute("CREATE SCHEMA invoer; CREATE SCHEMA kern; CREATE SCHEMA monitor; CREATE SCHEMA reken")
    for view in ("kern.regio", "kern.regio_lid"):
        db.execute(f"CREATE VIEW {view} AS FROM '{parquet / view}.parquet'")
    only = f"WHERE indicator IN ({', '.join(repr(c) for c in chosen)})" if chosen else ""
    for naam in ("indicatorwaarde", "reele_waarde", "stand", "ontbrekend_lid", "apart_gezet"):
        db.execute(f"CREATE TABLE monitor.{naam} AS FROM '{parquet}/monitor.{naam}.parquet' {only}")
    for naam, source in (("kaart", "indicator"), ("breuk", "breuk"), ("editie", "bouw")):
        db.execute(f"CREATE TABLE invoer.{naam} AS FROM '{parquet}/monitor.{source}.parquet'")
    lay_rekenregels(db)
    # how coarse a division of rounded counts is takes the terms of a card; no series is left out for it here
    db.execute("CREATE TABLE reken.te_grof (reeks BIGINT, afronding DOUBLE, spreiding DOUBLE)")
    # which series a source names without any value is known in a build only
    db.execute("CREATE TABLE reken.rooster (indicator VARCHAR, regio VARCHAR)")
    db.execute("CREATE TABLE invoer.gebied AS SELECT 'PV22' AS code")
    # nor which tables are of the country alone
    db.execute("CREATE TABLE invoer.brontabel (bron VARCHAR, tabel VARCHAR, regio_vast VARCHAR)")
    db.execute("CREATE TABLE invoer.kaart_term (indicator VARCHAR, rol VARCHAR, bron VARCHAR, tabel VARCHAR)")
    for tabel in (
        read_query(SQL / "reken" / "rapportregio.sql"),
        read_query(SQL / "reken" / "reeks.sql"),
        read_query(SQL / "reken" / "reekspunt.sql"),
        from_function("reken.toets", toets),
        read_query(SQL / "reken" / "drempel.sql"),
        read_query(SQL / "monitor" / "oordeel.sql"),
    ):
        tabel.create(db)
    db.execute(
        f"""
        COPY (
            SELECT o.indicator, o.regio, t.n, t.helling, t.p, t.robuust, o.rang, o.rang_midden, o.rang_van
            FROM monitor.oordeel AS o
            JOIN reken.reeks AS s USING (indicator, uitsplitsing, regio)
            JOIN reken.toets AS t USING (reeks)
        ) TO '{folder / "wij.parquet"}'
        """
    )


def judge_pandas(folder: Path, chosen: list[str]) -> None:
    """Judge from the published Parquet with pandas and scipy, a series at a time, in the same rules."""
    import numpy as np
    import pandas as pd
    from scipy import stats

    from tests.indicatoren.onafhankelijk import Punten, fit, pool_rho

    parquet = folder / "bouw" / "parquet"
    columns = ["indicator", "regio", "periode", "waarde", "marge_onder", "marge_boven", "afronding", "status"]
    only = [("indicator", "in", chosen)] if chosen else None
    punten = pd.read_parquet(parquet / "monitor.indicatorwaarde.parquet", columns=columns, filters=only)
    punten["jaar"] = punten["periode"].str[:4].astype(int)
    punten = punten[punten["waarde"].notna() & punten["jaar"].between(EDITIE - 9, EDITIE - 1)]
    kaarten = pd.read_parquet(parquet / "monitor.indicator.parquet").set_index("id")
    # what only recomputes earlier publications, or prices, is not judged
    punten = punten[punten["indicator"].map(kaarten["doel"]) == "rapport"]
    breuken = pd.read_parquet(parquet / "monitor.breuk.parquet").groupby("indicator")["vanaf"].apply(list).to_dict()
    regios = pd.read_parquet(parquet / "kern.regio.parquet").set_index("code")
    leden = pd.read_parquet(parquet / "kern.regio_lid.parquet")
    provincie = {"PV22", *leden[(leden["regio"] == "PV22") & leden["geldig_tot"].isna()]["lid"]}
    punten["voorlopig"] = punten["status"].isin(["voorlopig", "nader_voorlopig"])
    breedte = (punten["marge_boven"] - punten["marge_onder"]) / 2
    # a margin that was rounded to nothing is at most what that rounding can make
    breedte = breedte.where(breedte != 0, punten.pop("afronding"))
    punten["se"] = (breedte / 1.96).where(breedte > 0)
    # a place is of the amount as it was, a trend of the amount in prices of one year
    nominaal = punten
    prijzen = pd.read_parquet(
        parquet / "monitor.reele_waarde.parquet",
        columns=["indicator", "regio", "periode", "waarde", "prijsindex", "prijsindex_peil"],
        filters=only,
    ).rename(columns={"waarde": "reeel"})
    punten = punten.merge(prijzen, on=["indicator", "regio", "periode"], how="left", indicator="bedrag")
    bedrag = punten.pop("bedrag") == "both"
    punten["se"] = punten["se"].mask(bedrag, punten["se"] * punten["prijsindex_peil"] / punten["prijsindex"])
    punten["waarde"] = punten["waarde"].mask(bedrag, punten["reeel"])
    punten = punten[punten["waarde"].notna()].sort_values(["indicator", "regio", "jaar"])

    def points_of(g: pd.DataFrame) -> Punten:
        """The points of a series, with their margins where each has one."""
        se = None if g["se"].isna().any() else tuple(g["se"])
        return Punten(tuple(g["jaar"].astype(float)), tuple(g["waarde"]), se)

    def line(g: pd.DataFrame, rho: float) -> tuple[float, float]:
        """Slope and p of a line at the autocorrelation of the pool, weighted where each point has a margin."""
        if len(g) < 4:
            return np.nan, np.nan
        found = fit(points_of(g), rho)
        return found.helling, found.p

    def ends(g: pd.DataFrame, _: float) -> tuple[float, float]:
        """Last minus first against their margins."""
        if len(g) < 2 or g["se"].iloc[[0, -1]].isna().any():
            return np.nan, np.nan
        first, last = g.iloc[0], g.iloc[-1]
        step = last["waarde"] - first["waarde"]
        p = 2 * stats.norm.sf(abs(step) / np.hypot(first["se"], last["se"]))
        return step / (last["jaar"] - first["jaar"]), p

    def apart(g: pd.DataFrame, moving: bool) -> pd.DataFrame:
        """Of an average over four years, only points that share no year, from the last one back."""
        if not moving:
            return g
        kept: list[int] = []
        for year in g["jaar"].iloc[::-1]:
            if not kept or kept[-1] - year >= 4:
                kept.append(year)
        return g[g["jaar"].isin(kept)]

    def newest(indicator: str, g: pd.DataFrame) -> tuple[pd.Series[bool], pd.Series[bool]]:
        """Which points lie in the window, and which on the newest side of the series breaks there."""
        zijde = sum((g["jaar"] >= vanaf).astype(int) for vanaf in breuken.get(indicator, [])) + 0 * g["jaar"]
        window = g["jaar"] >= EDITIE - 8
        return window, zijde == (zijde[window].max() if window.any() else -1)

    def judge(indicator: str, g: pd.DataFrame, rho: float) -> tuple[int, float, float, list[tuple[float, float]]]:
        """Number of points, slope, p, and the sign and p of other choices."""
        meting = kaarten.at[indicator, "meting"]
        moving = meting == "voortschrijdend"
        window, side = newest(indicator, g)
        if not window.any():
            return 0, np.nan, np.nan, []
        points = apart(g[window & side], moving)
        if (window & ~side).any() and (window & side).sum() < 4:
            return len(points), np.nan, np.nan, []
        test = ends if meting == "om_de_paar_jaar" and 2 <= len(points) < 4 else line
        slope, p = test(points, rho)
        if np.isnan(p):
            return len(points), np.nan, np.nan, []
        earlier = apart(g[side & (g["jaar"] < EDITIE - 1)], moving)
        others = [earlier, points[~points["voorlopig"]], points.iloc[1:], points.iloc[:-1], points.iloc[1:-1]]
        found = [test(o, rho) for o in others if list(o["jaar"]) != list(points["jaar"])]
        if test is line and len(points) >= 5:
            y = points["waarde"].to_numpy()
            y = np.round(y / np.abs(y).max(), 10) if y.any() else y
            kendall = stats.kendalltau(points["jaar"], y).pvalue
            found.append((stats.theilslopes(y, points["jaar"]).slope, 1.0 if np.isnan(kendall) else kendall))
        found = [(s, q) for s, q in found if not np.isnan(q)]
        noise = RUIS * g["waarde"].abs().max()
        signs = [0.0 if abs(s) * 9 <= noise else np.sign(s) for s, _ in found]
        return len(points), slope, p, [(s, q) for s, (_, q) in zip(signs, found, strict=True)]

    punten["soort"] = punten["regio"].map(regios["soort"])
    pools: dict[tuple[str, str], float] = {}
    for (indicator, soort), pool in punten.groupby(["indicator", "soort"], sort=False):
        moving = kaarten.at[indicator, "meting"] == "voortschrijdend"
        sides = [(g, *newest(indicator, g)) for _, g in pool.groupby("regio", sort=False)]
        pools[indicator, soort] = pool_rho([points_of(apart(g[window & side], moving)) for g, window, side in sides])
    rows = [
        (i, r, *judge(i, g, pools[i, g["soort"].iloc[0]]))
        for (i, r), g in punten.groupby(["indicator", "regio"], sort=False)
    ]
    oordeel = pd.DataFrame(rows, columns=["indicator", "regio", "n", "helling", "p", "varianten"])
    # the p that decides among the tests of a theme in one kind of region, those in the report apart
    soort = oordeel["regio"].map(regios["soort"])
    getoond = soort.isin(["land", "samengesteld"]) | oordeel["regio"].isin(provincie)
    family = [oordeel["indicator"].map(kaarten["thema"]), soort, getoond]
    there = oordeel["p"].notna()

    def correct(p: pd.Series[float]) -> pd.Series[float]:
        return pd.Series(stats.false_discovery_control(p), p.index)

    oordeel["p_bh"] = oordeel["p"][there].groupby([f[there] for f in family]).transform(correct)
    count = (oordeel["p_bh"] < ALFA)[there].groupby([f[there] for f in family]).transform("sum").clip(lower=1)
    oordeel["grens"] = ALFA * count / oordeel["p"][there].groupby([f[there] for f in family]).transform("size")

    def robust(row: pd.Series[Any]) -> str:
        """Whether other choices give the same."""
        if not row["varianten"]:
            return "niet_toetsbaar"
        sign, grens, found = np.sign(row["helling"]), row["grens"], row["p_bh"] < ALFA
        agrees = (q <= grens and s == sign if found else q > grens for s, q in row["varianten"])
        return "robuust" if all(agrees) else "niet_robuust"

    oordeel["robuust"] = oordeel.apply(robust, axis=1)
    oordeel = oordeel.drop(columns=["varianten", "p_bh", "grens"])

    window = nominaal[nominaal["jaar"] >= EDITIE - 8].assign(soort=lambda d: d["regio"].map(regios["soort"]))
    in_rapport = window["soort"].isin(["land", "samengesteld"]) | window["regio"].isin(provincie)
    kind = ["indicator", "soort"]
    latest = window[in_rapport].groupby(kind)["periode"].max()
    latest = latest.combine_first(window.groupby(kind)["periode"].max()).rename("laatste")
    last = window.join(latest, on=kind)
    last = last[(last["periode"] == last["laatste"]) & ~last["soort"].isin(["land", "samengesteld", "overig"])]
    # a total has no place
    last = last[~last["indicator"].map(kaarten["telt_op"]).astype(bool)]
    lower = last["indicator"].map(kaarten["richting"]) == "lager"
    last = last.assign(gelijk=[float(f"{v:.9e}") for v in last["waarde"]])
    last["gelijk"] = last["gelijk"].where(lower, -last["gelijk"])
    last["rang"] = last.groupby(kind)["gelijk"].rank(method="min")
    last["rang_midden"] = last.groupby(kind)["gelijk"].rank(method="average")
    last["rang_van"] = last.groupby(kind)["gelijk"].transform("size")
    oordeel.merge(last[["indicator", "regio", "rang", "rang_midden", "rang_van"]], how="left").to_parquet(
        folder / "pandas.parquet"
    )


def compare(folder: Path, _: list[str]) -> None:
    """Hold the two judgements against each other, and ours against what was published."""
    import numpy as np
    import pandas as pd

    key = ["indicator", "regio"]
    ours, theirs = (pd.read_parquet(folder / f"{side}.parquet").set_index(key).sort_index() for side in SIDES)
    silent = ours.index.difference(theirs.index)
    assert (ours.loc[silent, "n"] == 0).all(), "pandas mist reeksen"
    assert theirs.index.difference(ours.index).empty, "wij missen reeksen"
    both = ours.loc[theirs.index]
    for naam in ("n", "helling", "p", "rang", "rang_midden", "rang_van"):
        a, b = both[naam].to_numpy(float, na_value=np.nan), theirs[naam].to_numpy(float, na_value=np.nan)
        # an exact fit leaves only rounding in p
        wrong = ~np.isclose(a, b, rtol=1e-6, atol=1e-9, equal_nan=True)
        assert not wrong.any(), f"{naam}: {wrong.sum()} anders\n{both[wrong].head()}\n{theirs[wrong].head()}"
    wrong = (both["robuust"] != theirs["robuust"]).to_numpy()
    assert not wrong.any(), f"robuust: {wrong.sum()} anders\n{both[wrong].head()}\n{theirs[wrong].head()}"
    published = pd.read_parquet(folder / "bouw" / "parquet" / "monitor.oordeel.parquet").set_index(key)
    # a card of the country alone has no series elsewhere: only the build knows which
    national = ours.index.difference(published.index)
    assert (ours.loc[national, "n"] == 0).all(), "er mist een oordeel"
    ours = ours.drop(national)
    published = published.loc[ours.index]
    # of some cards alone there are fewer tests to correct for, so robust may differ from what was published
    assert (published["trend_n"] == ours["n"]).all()
    assert np.array_equal(published["trend_p"].to_numpy(), ours["p"].to_numpy(), equal_nan=True)


WORK = {
    "archief": fill,
    "vergelijk": compare,
    "bouw": build,
    "toetsen": check,
    "wij": judge_ours,
    "pandas": judge_pandas,
}
SIDES = ("wij", "pandas")


def run(side: str, folder: Path, chosen: list[str], tree: Path | None = None) -> tuple[float, float, float]:
    """Run one side, of another tree by its own script, as a process: seconds, those of the processor, peak in MB.

    The peak of a process is at least that of the one that started it, so the parent loads and makes nothing large.
    """
    start = time.perf_counter()
    script = str(tree / "tests" / "bench" / Path(__file__).name) if tree else __file__
    asked = [python(tree), script, side, "--map", str(folder), "--kies", *chosen]
    process = subprocess.Popen(asked, env=van(tree))
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit(f"{side} mislukte; draai: {' '.join(asked)}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def show(*cells: str) -> None:
    """Print a row of the table, with decimal commas."""
    print(("| " + " | ".join(cells) + " |").replace(".", ","), flush=True)


def measure(folder: Path, repeat: int, cards: int) -> None:
    """Run every side `repeat` times and print the medians in Markdown."""
    import duckdb

    if not (folder / "opslag").exists():
        run("archief", folder, [])
    every: list[str] = []
    for side in ("bouw", "toetsen"):
        run(side, folder, every)
    values = f"'{folder}/bouw/parquet/monitor.indicatorwaarde.parquet'"
    known = [i for (i,) in duckdb.sql(f"SELECT DISTINCT indicator FROM {values} ORDER BY 1").fetchall()]
    chosen = sorted(random.Random(1).sample(known, min(cards, len(known))))
    rows = [("bouw", every), ("toetsen", every), ("wij", every), ("wij", chosen), ("pandas", chosen)]
    found: list[list[tuple[float, float, float]]] = [[] for _ in rows]
    for _ in range(repeat):
        for place, (side, only) in enumerate(rows):
            found[place].append(run(side, folder, only))
        run("vergelijk", folder, [])
    medians = [[statistics.median(c) for c in zip(*times, strict=True)] for times in found]
    series = duckdb.sql(f"SELECT count(*) FROM '{folder}/pandas.parquet'").fetchall()[0][0]
    count = "SELECT count(DISTINCT (indicator, regio)), count(*)"
    reeksen, waarden = duckdb.sql(f"{count} FROM {values}").fetchall()[0]
    print(f"{len(known)} kaarten, {reeksen} reeksen, {waarden} waarden; geloot: {', '.join(chosen)}")
    print(f"load {os.getloadavg()[0]:.1f}; pandas en wij geven hetzelfde oordeel over {series} reeksen\n")
    show("wat", "tijd", "rekentijd", "geheugen", "wij zijn sneller", "in rekentijd")
    show(*["---"] * 6)
    names = ("bouw", "toetsen", "oordeel, alle reeksen, wij", f"oordeel, {series} reeksen, wij", "hetzelfde, pandas")
    for name, (seconds, cpu, memory) in zip(names, medians, strict=True):
        ours_seconds, ours_cpu, _ = medians[3]
        ratio = (f"{seconds / ours_seconds:.1f} keer", f"{cpu / ours_cpu:.1f} keer") if "pandas" in name else ("", "")
        show(name, f"{seconds:.2f} s", f"{cpu:.2f} s", f"{memory:.0f} MB", *ratio)


def against(older: Path, folder: Path, repeat: int) -> None:
    """Run both trees `repeat` times in turn on their own sample, and print the medians and what they are per value."""
    import duckdb

    trees, sides = {"nu": None, "oud": older}, ("bouw", "toetsen", "wij")
    found: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
    for name, tree in trees.items():
        (folder / name).mkdir(exist_ok=True)
        for side in ("archief", *sides):  # not counted: what a first run makes, the next one reads
            if side != "archief" or not (folder / name / "opslag").exists():
                run(side, folder / name, [], tree)
    for _ in range(repeat):
        for side in sides:
            for name, tree in trees.items():
                found.setdefault((side, name), []).append(run(side, folder / name, [], tree))
    values = {}
    for name in trees:
        asked = f"SELECT count(*) FROM '{folder}/{name}/bouw/parquet/monitor.indicatorwaarde.parquet'"
        ((values[name],),) = duckdb.sql(asked).fetchall()
    print(f"waarden: nu {values['nu']}, oud {values['oud']}; load {os.getloadavg()[0]:.1f}\n")
    show(
        "wat", "stand", "tijd", "rekentijd", "geheugen", "rekentijd per waarde, nu naast oud", "geheugen, nu naast oud"
    )
    show(*["---"] * 7)
    for side in sides:
        medians = {name: [statistics.median(c) for c in zip(*found[side, name], strict=True)] for name in trees}
        (_, cpu, memory), (_, old_cpu, old_memory) = medians["nu"], medians["oud"]
        ratio = (f"{cpu / values['nu'] / (old_cpu / values['oud']):.2f}", f"{memory / old_memory:.2f}")
        for name, (seconds, of_cpu, megabytes) in medians.items():
            told = ratio if name == "nu" else ("", "")
            show(side, name, f"{seconds:.2f} s", f"{of_cpu:.2f} s", f"{megabytes:.0f} MB", *told)


def main() -> None:
    """Measure, or be one of the sides."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wie", nargs="?", choices=["meet", *WORK], default="meet")
    parser.add_argument("--map", type=Path)
    parser.add_argument("--kies", nargs="*", default=[])
    parser.add_argument("--herhaal", type=int, default=3)
    parser.add_argument("--kaarten", type=int, default=12)
    parser.add_argument("--oud", type=Path, metavar="BOOM")
    arguments = parser.parse_args()
    if arguments.wie != "meet":
        WORK[arguments.wie](arguments.map, arguments.kies)
        return
    with tempfile.TemporaryDirectory() as made:
        folder = arguments.map or Path(made)
        if arguments.oud:
            against(arguments.oud, folder, arguments.herhaal)
        else:
            measure(folder, arguments.herhaal, arguments.kaarten)


if __name__ == "__main__":
    main()
