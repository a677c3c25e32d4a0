"""From establishments to what protection works on: contributions of enterprises, the cells that are asked, and counts.

Everything here is confidential and stays in memory. A `kant` is a way to divide all establishments of a municipality;
its atoms are the smallest parts from which every cell of that kant adds up. Of 'sector' these are the sections, cut
where a group cuts through them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from assets.bron.bronlijst import Registertabel
from assets.gesloten import Duckdbinstellingen, lay_table, open_gesloten
from assets.motor.keuze import Motor
from assets.register.bescherming.stelsel import Cel
from assets.register.groep import Groep
from assets.register.sbi import same_in_2008
from assets.tabel import SQL, Tabel, read_query

TOTAAL = "totaal"
ONBEKEND = "onbekend"
# kant -> the dimension of its cells
DIMENSIES = {"sector": "Sectie", "sector_2025": "Sectie2025", "klasse": "Klasse"}
# A year that is coded twice is divided by both codes at once: a section that is the same in both, or the sum of others,
# must not stand there in the one and be withheld in the other. Its atoms are an atom of each, with this between them.
BEIDE, EN = "sector_beide", "~"
# A classification counts for a year when this share of its establishments has a code in it: below that the unknown
# would be the largest part.
GECODEERD = 0.5


@dataclass(frozen=True)
class Telling:
    """How a count is given: as `onderwerp` and `uitsplitsing`, the sum of the atoms of `kant` of which `holds` is true.

    `years`: the years, counted from its own, that must have been delivered. A part is always given with its complement,
    for that is known once the part and the whole are.
    """

    kant: str
    onderwerp: str
    uitsplitsing: str
    years: tuple[int, ...]
    holds: Callable[[str], bool] | None = None

    @property
    def naam(self) -> str:
        """The uitsplitsing of its cell, unique in a region and year."""
        return f"{self.onderwerp}:{self.uitsplitsing}"


def _after(place: int, sign: str) -> Callable[[str], bool]:
    """Whether an atom of a founding has this sign for the first, second or third moment at which it is looked for."""
    return lambda atoom: atoom.split("|")[1][place] == sign


TELLINGEN = (
    Telling("zzp", "zzp", TOTAAL, ()),
    Telling("zzp", "zzp", "Uren=12+", (), lambda a: a == "12+"),
    Telling("zzp", "zzp", "Uren=0-12", (), lambda a: a == "0-12"),
    Telling("oprichting", "oprichtingen", TOTAAL, (-1,)),
    Telling("oprichting", "oprichtingen", "Grootte=1", (-1,), lambda a: a.startswith("1|")),
    Telling("oprichting", "oprichtingen", "Grootte=2+", (-1,), lambda a: a.startswith("2+|")),
    *(
        Telling("oprichting", "oprichtingen", f"Na{na}={antwoord}", (-1, na), _after(place, antwoord[0]))
        for place, na in enumerate((1, 3, 5))
        for antwoord in ("ja", "nee")
    ),
    Telling("opheffing", "opheffingen", TOTAAL, (-1,)),
    Telling("verhuisd_in", "verhuisd_in", TOTAAL, (-1,)),
    Telling("verhuisd_uit", "verhuisd_uit", TOTAAL, (-1,)),
    Telling("groei", "groei", TOTAAL, (-3,)),
    Telling("groei", "groei", "Groei=snel", (-3,), lambda a: a == "snel"),
    Telling("groei", "groei", "Groei=anders", (-3,), lambda a: a == "anders"),
)
PER_NAAM = {t.naam: t for t in TELLINGEN}


@dataclass(frozen=True)
class Geteld:
    """What was counted.

    `bijdragen`: jaar, gemeente, kant, atoom, onderneming, vestigingen, banen, fulltime. `cellen`: year -> the cells of
    that year, no two of one region with the same atoms; `namen`: year -> uitsplitsing of a cell -> every uitsplitsing
    under which it is published (Sectie=Q and Groep=zorg are one cell). `tellingen`: jaar, gemeente, kant, atoom,
    onderneming, aantal; `telcellen`: year -> the cells of the counts, whose uitsplitsing is the `naam` of a Telling.
    """

    bijdragen: pd.DataFrame
    cellen: Mapping[int, Sequence[Cel]]
    namen: Mapping[int, Mapping[str, tuple[str, ...]]]
    tellingen: pd.DataFrame
    telcellen: Mapping[int, Sequence[Cel]]


def _atoom(sectie: str, sbi: str, groepen: Sequence[Groep], *, sbi2025: bool) -> str:
    """The atom of a code: its section, and the groups that cut through that section and hold the code."""
    inside = [g.id for g in groepen if g.contains(sectie, sbi, sbi2025=sbi2025)]
    return "+".join((sectie, *inside))


def _cutting(groepen: Mapping[str, Groep], *, sbi2025: bool) -> list[Groep]:
    """The groups that name more than whole sections."""
    return [g for g in groepen.values() if not all(d.isalpha() for d in (g.sbi2025 if sbi2025 else g.sbi2008))]


def make_atomen(codes: pd.DataFrame, groepen: Mapping[str, Groep]) -> pd.DataFrame:
    """Give each code its atom. `codes`: kant, sectie, sbi (empty text where unknown), each once; adds `atoom`."""
    cutting = {kant: _cutting(groepen, sbi2025=kant == "sector_2025") for kant in ("sector", "sector_2025")}
    atomen = [
        _atoom(sectie, sbi, cutting[kant], sbi2025=kant == "sector_2025")
        for kant, sectie, sbi in zip(codes["kant"], codes["sectie"], codes["sbi"], strict=True)
    ]
    return codes.assign(atoom=pd.Series(atomen, index=codes.index, dtype=object))


def _splits(
    atomen: pd.DataFrame, kanten: Iterable[str], groepen: Mapping[str, Groep], tabel: Registertabel
) -> dict[str, dict[tuple[str, ...], list[str]]]:
    """Every set of atoms that is published: kant -> atoms -> its names."""
    found: dict[str, dict[tuple[str, ...], list[str]]] = {}
    for kant in kanten:
        names = found[kant] = {}
        if kant == "klasse":
            names.update({(code,): [f"Klasse={code}"] for code in tabel.dimensies["Klasse"]})
            continue
        own = atomen[atomen["kant"] == kant]
        per_sectie = own.groupby("sectie")["atoom"].unique()
        for code in tabel.dimensies[DIMENSIES[kant]]:
            # a section without any establishment is an atom that is always 0
            parts = tuple(sorted(per_sectie[code])) if code in per_sectie.index else (code,)
            names.setdefault(parts, []).append(f"{DIMENSIES[kant]}={code}")
        for groep in groepen.values():
            sbi2025 = kant == "sector_2025"
            codes = zip(own["sectie"], own["sbi"], own["atoom"], strict=True)
            inside = {atoom for sectie, sbi, atoom in codes if groep.contains(sectie, sbi, sbi2025=sbi2025)}
            if inside:
                names.setdefault(tuple(sorted(inside)), []).append(f"Groep={groep.id}")
    return found


def _lasting_name(names: Sequence[str], taken: Set[str]) -> str:
    """Under which of its names a cell is protected: one that it has in the years beside it too, where there is one.

    A section of SBI 2025 that is one of SBI 2008 goes by that, so that a year before the break is known to tell of it.
    """
    dimensie, _, code = names[0].partition("=")
    if dimensie == DIMENSIES["sector_2025"] and (same := same_in_2008().get(code)):
        naam = f"{DIMENSIES['sector']}={same}"
        return names[0] if naam in taken else naam
    return names[0]


def _cellen(
    kanten: Set[str],
    splits: Mapping[str, Mapping[tuple[str, ...], list[str]]],
    paren: Sequence[str],
    gebieden: Mapping[str, Sequence[str]],
) -> tuple[list[Cel], dict[str, tuple[str, ...]]]:
    """The cells of a year, and the names of each: every area, its total and every part of the kanten of that year.

    `paren`: the atoms of a year that is coded twice.
    """
    parts: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for kant in sorted(kanten):
        for place, source in enumerate(("sector", "sector_2025") if kant == BEIDE else (kant,)):
            for atomen, names in splits[source].items():
                # a year that is coded twice has its groups in SBI 2008, as the years before it
                if here := [n for n in names if not (place and n.startswith("Groep="))]:
                    own = tuple(p for p in paren if p.split(EN)[place] in atomen) if kant == BEIDE else atomen
                    # without any establishment it is an atom that is always 0
                    parts.setdefault((kant, own or (here[0],)), []).extend(here)
    for names in parts.values():
        # a group goes by the same name in either classification, so that the years beside it are known to tell of it
        names.sort(key=lambda n: not n.startswith("Groep="))
    taken = {n for names in parts.values() for n in names}
    lasting = {part: _lasting_name(names, taken) for part, names in parts.items()}
    # every year has size classes, and the total is the same whatever divides it
    namen = {TOTAAL: (TOTAAL,)} | {lasting[part]: tuple(names) for part, names in parts.items()}
    cellen = [
        Cel(regio, naam, tuple(gemeenten), kant, atomen)
        for regio, gemeenten in gebieden.items()
        for kant, atomen, naam in (("klasse", (), TOTAAL), *((*part, naam) for part, naam in lasting.items()))
    ]
    return cellen, namen


def _telcellen(tellingen: pd.DataFrame, jaren: Set[int], gebieden: Mapping[str, Sequence[str]]) -> dict[int, list[Cel]]:
    """The cells of the counts of each year for which all years they need were delivered."""
    atomen = tellingen.groupby(["jaar", "kant"])["atoom"].unique()
    cellen: dict[int, list[Cel]] = {}
    for jaar in sorted(jaren):
        own = cellen[jaar] = []
        for telling in TELLINGEN:
            if not all(jaar + terug in jaren for terug in telling.years):
                continue
            there = sorted(atomen.get((jaar, telling.kant), []))
            # no atoms would be the total: what nobody has is an atom that is always 0
            parts = () if telling.holds is None else tuple(filter(telling.holds, there)) or (telling.naam,)
            own += [Cel(regio, telling.naam, tuple(g), telling.kant, parts) for regio, g in gebieden.items()]
    return cellen


@contextmanager
def open_register(*mappen: Path, threads: int = 2, memory_limit: str = "1GB") -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in memory in which `invoer.vestiging` is to be laid ready, from files in `mappen`.

    Nothing of it reaches a disk.
    """
    # no temporary directory: what is too much for the memory must fail, rather than be written somewhere in the open
    config: Duckdbinstellingen = {"memory_limit": memory_limit, "temp_directory": ""}
    with closing(open_gesloten(*mappen, threads=threads, config=config)) as db:
        db.execute("CREATE SCHEMA invoer")
        yield db


def _query(db: duckdb.DuckDBPyConnection, naam: str, motor: Motor) -> pd.DataFrame:
    tabel = read_query(SQL / "register" / f"{naam}.sql")
    motor(tabel, db)
    chosen = []
    for kolom in tabel.kolommen:
        name = kolom.naam
        if kolom.type == "VARCHAR":
            # a number for each text, in the order of the texts: a million rows in text take gigabytes in pandas
            db.execute(f"CREATE TYPE {name}_code AS ENUM (SELECT DISTINCT {name} FROM {tabel.naam} ORDER BY 1)")
            name = f"{name}::{name}_code AS {name}"
        chosen.append(name)
    frame = db.execute(f"SELECT {', '.join(chosen)} FROM {tabel.naam}").df()
    db.execute(f"DROP TABLE {tabel.naam}")
    for kolom in tabel.kolommen:
        db.execute(f"DROP TYPE IF EXISTS {kolom.naam}_code")
    return frame


def _codes(db: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """Every code that occurs: kant, sectie, sbi."""
    return db.execute(
        """
        SELECT 'sector' AS kant, sectie, coalesce(sbi, '') AS sbi FROM invoer.vestiging WHERE sectie IS NOT NULL
        UNION
        SELECT 'sector_2025', sectie_2025, coalesce(sbi_2025, '') FROM invoer.vestiging WHERE sectie_2025 IS NOT NULL
        ORDER BY ALL
        """
    ).df()


def _kanten(db: duckdb.DuckDBPyConnection) -> dict[int, set[str]]:
    """The kanten of each year: size classes always, a classification when enough establishments have a code in it."""
    kanten: dict[int, set[str]] = {}
    for jaar, sector, sector_2025 in db.execute(
        "SELECT jaar, count(sectie) / count(*), count(sectie_2025) / count(*) FROM invoer.vestiging "
        "GROUP BY jaar ORDER BY jaar"
    ).fetchall():
        shares = {"klasse": 1.0, "sector": sector, "sector_2025": sector_2025}
        own = {kant for kant, share in shares.items() if share >= GECODEERD}
        kanten[jaar] = {"klasse", BEIDE} if {"sector", "sector_2025"} <= own else own
    return kanten


def lay_codes(db: duckdb.DuckDBPyConnection, groepen: Mapping[str, Groep]) -> tuple[pd.DataFrame, dict[int, set[str]]]:
    """Lay ready what the query of the contributions reads beside `invoer.vestiging`: `invoer.atoom`, `invoer.kant`.

    Returns the atom of every code, and the kanten of every year.
    """
    kanten = _kanten(db)
    atomen = make_atomen(_codes(db), groepen)
    per_jaar = pd.DataFrame(
        [(jaar, kant) for jaar, own in kanten.items() for kant in sorted(own)], columns=["jaar", "kant"]
    )
    for naam, frame in (("atoom", atomen), ("kant", per_jaar)):
        lay_table(db, f"invoer.{naam}", frame)
    return atomen, kanten


def count_register(
    db: duckdb.DuckDBPyConnection,
    groepen: Mapping[str, Groep],
    tabel: Registertabel,
    gebieden: Mapping[str, Sequence[str]],
    motor: Motor = Tabel.create,
) -> Geteld:
    """Count what stands in `invoer.vestiging` of `db` (see `open_register`; the columns as `historie` gives them).

    `gebieden`: code of each region that is published -> its municipalities. A region with a municipality that the
    register does not know is for the caller to leave out. `motor`: what the queries run on.
    """
    atomen, kanten = lay_codes(db, groepen)
    splits = _splits(atomen, DIMENSIES, groepen, tabel)
    bijdragen, tellingen = _query(db, "bijdrage", motor), _query(db, "telling", motor)
    cellen: dict[int, list[Cel]] = {}
    namen: dict[int, dict[str, tuple[str, ...]]] = {}
    for jaar, own in kanten.items():
        twice = bijdragen[(bijdragen["jaar"] == jaar) & (bijdragen["kant"] == BEIDE)] if BEIDE in own else None
        paren = [] if twice is None else sorted(twice["atoom"].astype(str).unique())
        cellen[jaar], namen[jaar] = _cellen(own, splits, paren, gebieden)
    return Geteld(bijdragen, cellen, namen, tellingen, _telcellen(tellingen, set(kanten), gebieden))
