"""Check every record of a delivery against the layout: accepted, rejected with reasons, or accepted and to look at.

Nothing gets lost: the lines of a file are those that are accepted plus those that are rejected. What a record holds
stays in the tables here, for the confidential store; `Verslag` has counts only and may be printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from assets.gesloten import Duckdbinstellingen, lay_table, open_gesloten, sql_text
from assets.register import sbi
from assets.register.fout import LeesError
from assets.register.gelezen import Gelezen, is_plain
from assets.register.historie import RECORD
from assets.register.indeling import classify_sql, read_gemeenten, read_velden
from assets.register.keuringsverslag import (
    GEEN_FOUT,
    GROEPEN_ENQTYPE,
    SPRONG_BANEN,
    SPRONG_FACTOR,
    VEEL_BANEN,
    Verslag,
)
from assets.register.sbi import sectie_sql
from assets.register.voorbeeld import MERK_NAAM, MERK_NUMMER
from assets.register.waarden import (
    error_sql,
    lezingen_sql,
    mogelijk_sql,
    sbi_sql,
    scientific_sql,
    telling_sql,
    text_sql,
    value_sql,
)


@dataclass
class Keuring:
    """The outcome: the account, and three tables in `connection`: `aangenomen`, `geweigerd`, `nakijken`."""

    connection: duckdb.DuckDBPyConnection
    verslag: Verslag

    def write(self, folder: Path) -> None:
        """Write the three tables as Parquet in a folder, in the order of the lines."""
        how = "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1)"
        for name, file in (("aangenomen", "vestigingen"), ("geweigerd", "geweigerd"), ("nakijken", "nakijken")):
            target = sql_text(str(folder / f"{file}.parquet"))
            self.connection.execute(f"COPY (FROM {name} ORDER BY regel) TO {target} {how}")


def _list(values: object) -> str:
    return ", ".join(f"'{v}'" for v in values)  # type: ignore[attr-defined]


@dataclass
class _Regel:
    """A check: its reason, when a record fails it, and whether it is then rejected or looked at."""

    reden: str
    sql: str
    weigeren: bool = True


@dataclass
class _Plan:
    """What of the layout can be checked in this file."""

    kolommen: list[str]
    peildatum: str
    sbi_versies: dict[str, str]  # version -> column with the code
    controle: list[tuple[str, str, str]] = field(default_factory=list)  # version, column, how many digits (0: section)

    def value(self, name: str) -> str:
        """The column as trimmed text; a code that lost its zeros gets them back. Blank where the column is absent."""
        if name not in self.kolommen:
            return "''"
        return value_sql(name, read_velden()[name])

    def lezingen(self, versie: str) -> str:
        """What the code of the SBI in a version can be, by what else the record says."""
        told = {digits: c for v, c, digits in self.controle if v == versie}
        return lezingen_sql(f"mogelijk_{versie}", told.get("2", "''"), told.get("0", "''"), versie)

    def has(self, *names: str) -> bool:
        return all(n in self.kolommen for n in names)

    def rules(self) -> list[_Regel]:
        """All checks, over the columns of `waarde`: text as `name`, numbers as `n_name`, dates as `d_name`."""
        found: list[_Regel] = []
        for name, veld in read_velden().items():
            if name not in self.kolommen:
                continue
            reject = veld.gevolg == "weigeren"
            if veld.verplicht == "ja":
                found.append(_Regel(f"leeg:{name}", f"{name} = ''"))
            if veld.soort == "getal":
                # Of the optional ones only what a sum is checked with is needed.
                found.append(_Regel(f"getal:{name}", f"{name} <> '' AND n_{name} IS NULL", reject))
            elif veld.soort == "datum":
                found.append(_Regel(f"datum:{name}", f"{name} <> '' AND d_{name} IS NULL", reject))
            elif veld.codes:
                found.append(_Regel(f"code:{name}", f"{name} <> '' AND {name} NOT IN ({_list(veld.codes)})", reject))
        day = f"DATE '{self.peildatum}'"
        far = " OR ".join(
            f"d_{n} < DATE '1600-01-01' OR d_{n} > {day} + INTERVAL 10 YEAR" for n in ("datummut", "datumeinde")
        )
        found += [
            _Regel("lisanr_vorm", "length(lisanr) > 30"),
            _Regel("wetenschappelijk", scientific_sql("lisanr", "kvkdosnr")),
            _Regel("foutcode", error_sql("lisanr", "kvkdosnr")),
            _Regel("sbi_nullen", " OR ".join(f"len(lezingen_{v}) > 1" for v in self.sbi_versies)),
            _Regel("dubbel", "aantal > 1 AND NOT gelijk"),
            _Regel("dubbel_gelijk", "aantal > 1 AND gelijk AND volgnummer > 1"),
            _Regel("gemeente", f"gemnr <> '' AND gemnr NOT IN ({_list(read_gemeenten())})"),
            _Regel("som_banen", "n_banen <> n_wpft + n_wppt"),
            _Regel("som_wpft", "n_wpft <> n_manf + n_vrouwf"),
            _Regel("som_wppt", "n_wppt <> n_manp + n_vrouwp"),
            _Regel("grootteklasse", f"grtklas <> '00' AND grtklas <> {classify_sql('n_wpft')}"),
            _Regel("datum_ver", far),
            _Regel("opgeheven", f"d_datumeinde < {day}"),
            _Regel("sbi_leeg", " AND ".join(f"code_{v} = ''" for v in self.sbi_versies)),
            _Regel("sbi_onbekend", " OR ".join(f"(code_{v} <> '' AND s_{v} IS NULL)" for v in self.sbi_versies)),
            _Regel("som_mannen", "n_mannen <> n_manf + n_manp", weigeren=False),
            _Regel("som_vrouwen", "n_vrouwen <> n_vrouwf + n_vrouwp", weigeren=False),
            _Regel("veel_banen", f"n_banen > {VEEL_BANEN}", weigeren=False),
            _Regel(
                "kvk_vorm", f"kvkdosnr <> '' AND NOT regexp_full_match(kvkdosnr, '({MERK_NUMMER})?\\d{{1,8}}')", False
            ),
            _Regel("datum_later", f"d_datummut > {day}", weigeren=False),
            _Regel("einde_voor_begin", "d_datumeinde < d_datummut", weigeren=False),
            _Regel(
                "sprong",
                f"abs(n_banen - vorig) >= {SPRONG_BANEN} AND "
                f"greatest(n_banen, vorig) > {SPRONG_FACTOR} * least(n_banen, vorig)",
                weigeren=False,
            ),
        ]
        if self.controle:
            differs = [
                f"({c} <> '' AND code_{v} <> '' AND {c} <> " + (f"substr(code_{v}, 1, {n}))" if n != "0" else f"s_{v})")
                for v, c, n in self.controle
            ]
            found.append(_Regel("sbi_verschil", " OR ".join(differs)))
        return found

    def kept(self) -> str:
        """The columns of `waarde` that the tables and the account need; the others were for the checks."""
        codes = ", ".join(f"code_{v}" for v in self.sbi_versies)
        return (
            f"regel, lisanr, kvkdosnr, gemnr, enqtype, bronjaar, n_banen, n_wpft, n_wppt, d_datummut, d_datumeinde, "
            f"vorig, gegenereerd, {codes}"
        )

    def select(self, *, dubbel: bool) -> str:
        """The SQL of `waarde`: all that a check needs, with its number or date; `dubbel`: a lisanr comes twice."""
        names = [n for n in read_velden() if n in self.kolommen or n in _ALWAYS]
        columns = [f"{self.value(n)} AS {n}" for n in names]
        velden = read_velden()
        numbers = [
            f"CASE WHEN regexp_full_match({n}, '\\d{{1,7}}') THEN {n}::INTEGER END AS n_{n}"
            for n in names
            if velden[n].soort == "getal"
        ]
        dates = [
            f"CASE WHEN regexp_full_match({n}, '\\d{{4}}-\\d{{2}}-\\d{{2}}') THEN try_cast({n} AS DATE) END AS d_{n}"
            for n in names
            if velden[n].soort == "datum"
        ]
        possible = [f"{mogelijk_sql(c, [v])} AS mogelijk_{v}" for v, c in self.sbi_versies.items()]
        readings = [f"{self.lezingen(v)} AS lezingen_{v}" for v in self.sbi_versies]
        codes = [f"{sbi_sql(c, f'lezingen_{v}')} AS code_{v}" for v, c in self.sbi_versies.items()]
        letters = [
            f"CASE WHEN regexp_full_match(code_{v}, '\\d{{2,5}}') THEN {sectie_sql(f'code_{v}', v)} END AS s_{v}"
            for v in self.sbi_versies
        ]
        # What makes two records with one lisanr the same: everything that is kept of them.
        same = "hash(" + ", ".join(n for n in _ALWAYS if n in self.kolommen) + ")"
        return f"""
            WITH tekst AS (SELECT regel, {", ".join([*columns, *possible])} FROM kaal),
            gelezen AS (SELECT *, {", ".join(readings)} FROM tekst),
            gecodeerd AS (SELECT *, {", ".join(codes)} FROM gelezen),
            getypeerd AS (SELECT *, {", ".join([*numbers, *dates, *letters])}, {same} AS inhoud FROM gecodeerd),
            dubbel AS (
                SELECT lisanr, count(*) AS aantal, count(DISTINCT inhoud) = 1 AS gelijk, min(regel) AS eerste
                FROM getypeerd WHERE {dubbel} AND lisanr <> '' GROUP BY lisanr HAVING count(*) > 1
            )
            SELECT
                getypeerd.*, coalesce(dubbel.aantal, 1) AS aantal, coalesce(dubbel.gelijk, false) AS gelijk,
                CASE WHEN regel > dubbel.eerste THEN 2 ELSE 1 END AS volgnummer, vorig.banen AS vorig,
                starts_with(lisanr, '{MERK_NUMMER}') OR starts_with(kvkdosnr, '{MERK_NUMMER}')
                OR starts_with(upper(naam), '{MERK_NAAM}') AS gegenereerd
            FROM getypeerd LEFT JOIN dubbel USING (lisanr) LEFT JOIN vorig USING (lisanr)"""


# Columns that the checks and the records need, present in the file or not.
_ALWAYS = (
    "lisanr", "kvkdosnr", "naam", "manf", "vrouwf", "manp", "vrouwp", "banen", "wpft", "wppt", "mannen", "vrouwen",
    "grtklas", "enqtype", "bronjaar", "datummut", "datumeinde", "gemnr",
    "sectie", "afdeling", "sbi08", "sectie25", "afdeling25", "sbi25",
)  # fmt: skip
_CODE_2008 = ("sbi08", "sbi08_4", "sbi08_3", "afdeling")
_CODE_2025 = ("sbi25", "sbi25_4", "sbi25_3", "afdeling25")


def _plan_sbi(connection: duckdb.DuckDBPyConnection, plan: _Plan, jaar: int, declared: str | None) -> None:
    """Find out which columns hold which version. Raises LeesError."""
    old = next((c for c in _CODE_2008 if c in plan.kolommen), None)
    new = next((c for c in _CODE_2025 if c in plan.kolommen), None)
    if old is None and new is None:
        raise LeesError("er is geen kolom met de SBI (sbi08 of sbi25); vraag een volledige levering")
    if old is not None:
        told = plan.value("afdeling") if old != "afdeling" else "''"
        counts = connection.execute(telling_sql(old, told, plan.value("sectie"))).df()
        versie = declared or sbi.recognise(jaar, counts, new is not None)
        if new is not None and versie == "2025":
            raise LeesError("--sbi 2025 kan niet: deze levering heeft al een kolom voor de SBI 2025")
        plan.sbi_versies[versie] = old
        plan.controle += [
            (versie, c, n) for c, n in (("sectie", "0"), ("afdeling", "2")) if c in plan.kolommen and c != old
        ]
    if new is not None:
        plan.sbi_versies["2025"] = new
        plan.controle += [
            ("2025", c, n) for c, n in (("sectie25", "0"), ("afdeling25", "2")) if c in plan.kolommen and c != new
        ]


def check(
    gelezen: Gelezen,
    peildatum: str,
    temporary: Path | None,
    *,
    vorig: Path | None = None,
    versie: str | None = None,
    concordantie: pd.DataFrame | None = None,
) -> Keuring:
    """Check all records of a file.

    `vorig` is the Parquet of a year earlier; `versie` says in which SBI `sbi08` is when the file can not tell; of
    `concordantie` see `sbi.read_concordantie`. What does not fit in memory goes to `temporary`, whose folder, the
    vault, is all that is reached, or nowhere. Raises LeesError when the activity can not be read at all.
    """
    room: Duckdbinstellingen = {"temp_directory": str(temporary or ""), "memory_limit": "500MB"}
    reach = [temporary.parent] if temporary else []
    connection = open_gesloten(*reach, config={**room, "preserve_insertion_order": False})
    connection.register("levering", gelezen.tabel)
    previous = "SELECT NULL::VARCHAR AS lisanr, NULL::INTEGER AS banen WHERE false"
    if vorig is not None:
        previous = f"SELECT lisanr, banen FROM read_parquet({sql_text(str(vorig))})"
    connection.execute(f"CREATE TABLE vorig AS {previous}")
    plan = _Plan([c for c in gelezen.tabel.column_names if c != "regel"], peildatum, {})
    bare = ", ".join(f"{text_sql(c, plain=is_plain(gelezen.tabel[c]))} AS {c}" for c in plan.kolommen)
    connection.execute(f"CREATE TEMP VIEW kaal AS SELECT regel, {bare} FROM levering")
    _plan_sbi(connection, plan, int(peildatum[:4]), versie)
    rules = plan.rules()
    weigeren = [r for r in rules if r.weigeren]
    kijken = [r for r in rules if not r.weigeren]

    def mask(chosen: list[_Regel]) -> str:
        bits = [f"CASE WHEN {r.sql} THEN {1 << n}::BIGINT ELSE 0 END" for n, r in enumerate(chosen)]
        return " + ".join(bits)

    # known in no time, and of nearly every delivery the answer is no: what is double need not be compared then
    lisanr = f"(SELECT {plan.value('lisanr')} AS lisanr FROM kaal)"
    ((dubbel,),) = connection.execute(f"SELECT count(*) > count(DISTINCT lisanr) FROM {lisanr}").fetchall()
    connection.execute(
        f"CREATE TABLE waarde AS SELECT {plan.kept()}, {mask(weigeren)} AS fouten, {mask(kijken)} AS opvallend "
        f"FROM ({plan.select(dubbel=dubbel)})"
    )
    _make_tables(connection, gelezen, plan, (weigeren, kijken), concordantie)
    keuring = Keuring(connection, _account(connection, gelezen, plan, concordantie is not None, vorig is not None))
    connection.unregister("levering")
    return keuring


def _reasons(column: str, chosen: list[_Regel]) -> str:
    """SQL for the reasons of a record, as a list."""
    items = ", ".join(f"CASE WHEN {column} & {1 << n} <> 0 THEN '{r.reden}' END" for n, r in enumerate(chosen))
    return f"list_filter([{items}], lambda r: r IS NOT NULL)"


def _make_tables(
    connection: duckdb.DuckDBPyConnection,
    gelezen: Gelezen,
    plan: _Plan,
    rules: tuple[list[_Regel], list[_Regel]],
    concordantie: pd.DataFrame | None,
) -> None:
    """Make `aangenomen`, `geweigerd` and `nakijken` of `waarde`."""
    weigeren, kijken = rules
    codes = {v: f"nullif(code_{v}, '')" if v in plan.sbi_versies else "NULL" for v in sbi.VERSIES}
    join = ""
    if concordantie is not None:
        lay_table(connection, "concordantie", concordantie, "sbi25 AS nieuw, sbi08 AS oud")
        join = "LEFT JOIN concordantie ON nieuw = code_2025"
        codes["2008"] = f"coalesce({codes['2008']}, oud)"
    # A number of zeros only is no number.
    values = {
        "jaar": plan.peildatum[:4],
        "kvkdosnr": "CASE WHEN regexp_full_match(kvkdosnr, '0*') THEN NULL ELSE kvkdosnr END",
        "sbi08": codes["2008"],
        "sbi25": codes["2025"],
    }
    values |= {n: f"n_{n}" for n in ("banen", "wpft", "wppt")} | {n: f"d_{n}" for n in ("datummut", "datumeinde")}
    columns = ", ".join(f"({values.get(n, n)})::{kind} AS {n}" for n, kind in RECORD.items())
    connection.execute(f"CREATE TABLE aangenomen AS SELECT {columns} FROM waarde {join} WHERE fouten = 0")
    connection.execute(
        f"CREATE TABLE nakijken AS SELECT regel, lisanr, {_reasons('opvallend', kijken)} AS redenen, vorig, "
        "n_banen AS banen FROM waarde WHERE opvallend <> 0 AND fouten = 0"
    )
    rows = connection.execute(
        f"SELECT regel, {_reasons('fouten', weigeren)} FROM waarde WHERE fouten <> 0 ORDER BY regel"
    ).fetchall()
    rejected = sorted([*rows, *((regel, [reden]) for regel, reden in gelezen.geen_record)])
    refused = pd.DataFrame(
        {
            "regel": pd.Series([r for r, _ in rejected], dtype="int32"),
            "redenen": [" ".join(reasons) for _, reasons in rejected],
            "ruw": gelezen.ruw([r for r, _ in rejected]),
        }
    ).astype({"redenen": "str", "ruw": "str"})
    lay_table(connection, "geweigerd", refused, "regel, str_split(redenen, ' ') AS redenen, ruw")


def _account(
    connection: duckdb.DuckDBPyConnection, gelezen: Gelezen, plan: _Plan, concordantie: bool, vorig: bool
) -> Verslag:
    """Count everything. That the lines add up is checked here, and is an error of the program when they do not."""

    def one(sql: str) -> tuple[Any, ...]:
        return connection.execute(sql).fetchall()[0]

    def counts(sql: str) -> dict[str, int]:
        return {str(key): int(count) for key, count in connection.execute(sql).fetchall()}

    accepted, empty, jobs, fulltime, without = one(
        "SELECT count(*), count(*) FILTER (banen = 0), coalesce(sum(banen), 0), coalesce(sum(wpft), 0), "
        "count(*) FILTER (sbi08 IS NULL) FROM aangenomen"
    )
    refused, faulty = one(
        f"SELECT count(*), count(*) FILTER (len(list_filter(redenen, lambda r: r NOT IN ({_list(GEEN_FOUT)}))) > 0) "
        "FROM geweigerd"
    )
    if accepted + refused != gelezen.regels:
        raise AssertionError(f"{gelezen.regels} regels, {accepted} aangenomen en {refused} geweigerd")
    per_reason = "SELECT r, count(*) FROM (SELECT unnest(redenen) AS r FROM {}) GROUP BY r ORDER BY count(*) DESC, r"
    groups = " ".join(f"WHEN enqtype IN ({_list(c)}) THEN '{g}'" for g, c in GROEPEN_ENQTYPE.items())
    group = f"CASE {groups} END"
    versies = set(plan.sbi_versies)
    mark = "beide" if len(versies) == 2 else versies.pop()
    if concordantie and mark == "2025":
        mark = "concordantie"
    known = None
    if vorig:
        (known,) = one(
            "SELECT count(*) FILTER (lisanr IN (SELECT lisanr FROM aangenomen))::DOUBLE / greatest(count(*), 1) "
            "FROM vorig"
        )
    source_years = counts(
        "SELECT bronjaar, count(*) FROM waarde WHERE enqtype IN ('01', '11') AND regexp_full_match(bronjaar, '\\d{2}') "
        "GROUP BY bronjaar ORDER BY count(*) DESC, bronjaar"
    )
    optional = {
        "manf/vrouwf": ("manf", "vrouwf"),
        "manp/vrouwp": ("manp", "vrouwp"),
        "mannen/vrouwen": ("mannen", "vrouwen"),
    }
    return Verslag(
        regels=gelezen.regels,
        aangenomen=accepted,
        redenen=counts(per_reason.format("geweigerd")),
        geweigerd=refused,
        fout=faulty,
        nakijken=counts(per_reason.format("nakijken")),
        leeg=empty,
        banen=int(jobs),
        fulltime=int(fulltime),
        enqtype=counts(f"SELECT {group} AS g, count(*) FROM aangenomen GROUP BY g ORDER BY count(*) DESC, g"),
        banen_enqtype=counts(f"SELECT {group} AS g, sum(banen) FROM aangenomen GROUP BY g ORDER BY sum(banen) DESC, g"),
        sbi=mark,
        zonder_2008=without,
        niet_getoetst=[name for name, needed in optional.items() if not plan.has(*needed)],
        vorm=gelezen.vorm,
        codering=gelezen.codering,
        scheiding=gelezen.scheiding,
        onbekende_kolommen=gelezen.onbekende_kolommen,
        gegenereerd=one("SELECT count(*) FROM waarde WHERE gegenereerd")[0],
        bronjaar=next(iter(source_years), ""),
        bekend=known,
    )
