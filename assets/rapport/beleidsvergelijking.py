"""The policy of two editions beside each other: which rows came, which went, and of which a field is another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.beleid.vormen import VORMEN
from assets.gesloten import open_gesloten

# where a row stands says nothing of what it says
_PLEK = {"editie", "regel"}
# how many rows are named of those that came or went
GENOEMD = 12


@dataclass(frozen=True)
class Beleidsverschil:
    """A row that is not as it was. `velden`: name, then, now; none where the row is new or gone."""

    tabel: str
    rij: str
    soort: str
    velden: tuple[tuple[str, Any, Any], ...] = ()


def _read(parquet: Path, tabel: str) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    """The rows of the edition itself, by their key; none where this build has no such table."""
    path = parquet / f"beleid.{tabel}.parquet"
    if not path.is_file():
        return {}
    with open_gesloten(parquet) as db:
        # the build says of which edition it is: a table can hold rows of earlier ones alone
        cursor = db.execute(
            "FROM read_parquet($p) WHERE editie = "
            "(SELECT decode(value)::INTEGER FROM parquet_kv_metadata($p) WHERE decode(key) = 'editie')",
            {"p": str(path)},
        )
        names = [c[0] for c in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return {tuple(r[k] for k in VORMEN[tabel].sleutel): r for r in rows}


def compare_beleid(toen: Path, nu: Path) -> tuple[Beleidsverschil, ...]:
    """Compare the rows of policy in the Parquet of two builds, each of its own edition."""
    found = []
    for tabel in VORMEN:
        a, b = _read(toen, tabel), _read(nu, tabel)
        for key in sorted(a.keys() | b.keys(), key=str):
            naam = ", ".join(str(k) for k in key if k is not None)
            if key not in a or key not in b:
                found.append(Beleidsverschil(tabel, naam, "nieuw" if key not in a else "vervallen"))
                continue
            # a field that one of both does not have is a matter of the version, and no change
            shared = [v for v in a[key] if v in b[key] and v not in _PLEK]
            if velden := tuple((v, a[key][v], b[key][v]) for v in shared if a[key][v] != b[key][v]):
                found.append(Beleidsverschil(tabel, naam, "veranderd", velden))
    return tuple(found)


def show_beleid(verschillen: tuple[Beleidsverschil, ...]) -> list[str]:
    """The comparison as lines for a person, in Dutch; none where nothing is other."""
    lines = []
    for tabel in dict.fromkeys(v.tabel for v in verschillen):
        own = [v for v in verschillen if v.tabel == tabel]
        lines.append(f"\nBeleid, {tabel} ({len(own)})")
        for v in own:
            if v.soort == "veranderd":
                anders = "; ".join(f"{veld} van {_zeg(toen)} naar {_zeg(nu)}" for veld, toen, nu in v.velden)
                lines.append(f"  {v.rij}: {anders}")
        for soort in ("nieuw", "vervallen"):
            if found := [v.rij for v in own if v.soort == soort]:
                meer = f" en nog {len(found) - GENOEMD}" if len(found) > GENOEMD else ""
                lines.append(f"  {soort} ({len(found)}): {'; '.join(found[:GENOEMD])}{meer}")
    return lines


def _zeg(waarde: Any) -> str:
    if waarde is None or waarde == []:
        return "leeg"
    return (
        ", ".join(map(str, waarde))
        if isinstance(waarde, list)
        else f"{waarde:g}"
        if isinstance(waarde, float)
        else str(waarde)
    )
