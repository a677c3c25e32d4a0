"""From a built database to the chapter of the employment register."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import duckdb

from assets.register.groep import read_groepen
from assets.vragen.lezen import read_rows
from begrippen.gebied import Gebied
from reports.model import Gemeentewerk, Regio, Register, Werk
from reports.registerwerk import Begrip, Stuwend

# the largest sections that the table of municipalities names
GROOTSTE = 3


def _werk(row: Mapping[str, Any], **extra: Any) -> Werk:
    return Werk(
        code=row["code"],
        naam=row["naam"],
        vestigingen=row["vestigingen"],
        banen=row["banen"],
        fulltime=row["fulltime"],
        aandeel_vestigingen=row["aandeel_vestigingen"],
        aandeel_banen=row["aandeel_banen"],
        groei=row["groei_banen"],
        leeg_reden=row["leeg_reden"],
        **extra,
    )


def _read_gemeenten(
    db: duckdb.DuckDBPyConnection, regios: Mapping[str, Regio], totals: Mapping[str, Werk], periode: str
) -> tuple[Gemeentewerk, ...]:
    grootste: dict[str, list[Werk]] = defaultdict(list)
    onderdrukt: dict[str, int] = {}
    for r in read_rows(
        db,
        "FROM monitor.grootste_sector WHERE periode = ? AND rang <= ? AND indeling = 'SBI 2008' ORDER BY regio, rang",
        periode,
        GROOTSTE,
    ):
        onderdrukt[r["regio"]] = r["onderdrukt"]
        grootste[r["regio"]].append(Werk(r["sectie"], r["naam"], banen=r["banen"], aandeel_banen=r["aandeel_banen"]))
    gemeenten = sorted((r for r in regios.values() if r.soort == "gemeente"), key=lambda r: r.naam)
    return tuple(
        Gemeentewerk(r, totals[r.code], tuple(grootste[r.code]), onderdrukt.get(r.code, 0))
        for r in gemeenten
        if r.code in totals
    )


def _read_begrippen(db: duckdb.DuckDBPyConnection, gebied: Gebied) -> tuple[str, tuple[Begrip, ...]]:
    """The notions of the last year in which most of them have a figure for the province, and that year."""
    shown = [gebied.code, *gebied.delen]
    periode = None
    for r in read_rows(
        db,
        "SELECT periode FROM monitor.banenbegrippen WHERE regio = ? GROUP BY periode "
        "ORDER BY count(waarde) DESC, periode DESC LIMIT 1",
        gebied.code,
    ):
        periode = r["periode"]
    begrippen: dict[str, Begrip] = {}
    for r in read_rows(
        db,
        "FROM monitor.banenbegrippen WHERE periode = ? AND list_contains(?, regio) ORDER BY volgorde, regio",
        periode,
        shown,
    ):
        begrip = begrippen.setdefault(r["begrip"], Begrip(r["naam"], r["bron"], r["moment"], r["telt"], {}))
        begrip.waarden[r["regio"]] = (r["waarde"], r["status"], r["leeg_reden"])
    return periode or "", tuple(begrippen.values())


def read_register(db: duckdb.DuckDBPyConnection, regios: Mapping[str, Regio], gebied: Gebied) -> Register:
    """Read the chapter of the register. Without a register in the build it says why."""
    per_deel: dict[str, dict[str, list[Werk]]] = defaultdict(lambda: defaultdict(list))
    quotienten = {
        (r["periode"], r["sectie"]): r
        for r in read_rows(db, "FROM monitor.locatiequotient_register WHERE regio = ?", gebied.code)
    }
    groepen = read_groepen()
    for r in read_rows(
        db, "FROM monitor.werkgelegenheid WHERE regio = ? ORDER BY periode, dimensie, code", gebied.code
    ):
        extra: dict[str, Any] = {}
        if r["dimensie"] == "Groep" and (groep := groepen.get(r["code"])) is not None:
            extra = {"bevestigd": groep.bevestigd, "herkomst": groep.herkomst}
        if r["code"] == "onbekend" and r["vestigingen"] == 0:
            # every establishment has a section: nothing to say
            continue
        if r["dimensie"] == "Sectie" and (found := quotienten.get((r["periode"], r["code"]))) is not None:
            extra = {"quotient": found["waarde"]}
        per_deel[r["dimensie"]][r["periode"]].append(_werk(r, **extra))
    if not per_deel:
        reden = next((r["reden"] for r in read_rows(db, "FROM monitor.niet_beschikbaar WHERE tabel = 'pwr'")), "")
        uitleg = next((r["uitleg"] for r in read_rows(db, "FROM monitor.niet_beschikbaar WHERE tabel = 'pwr'")), "")
        return Register(reden=uitleg or reden or "Het werkgelegenheidsregister is niet meegenomen.")
    periode = max(per_deel["totaal"])
    sbi = max(per_deel["Sectie"], default=periode)
    totals = {
        r["regio"]: _werk(r)
        for r in read_rows(
            db, "FROM monitor.werkgelegenheid WHERE periode = ? AND dimensie = 'totaal' ORDER BY regio", periode
        )
    }
    klassen = sorted(per_deel["Klasse"][periode], key=lambda w: int(w.code.rstrip("+").split("-")[0]))
    begrippen_periode, begrippen = _read_begrippen(db, gebied)
    return Register(
        periode=periode,
        periode_sbi=sbi,
        totaal=per_deel["totaal"][periode][0],
        jaren=tuple(
            Werk(p, p[:4], w.vestigingen, w.banen, w.fulltime, groei=w.groei, leeg_reden=w.leeg_reden)
            for p, (w,) in sorted(per_deel["totaal"].items())
        ),
        secties=tuple(per_deel["Sectie"].get(sbi, ())),
        secties_2025=tuple(per_deel["Sectie2025"].get(periode, ())),
        klassen=tuple(klassen),
        groepen=tuple(per_deel["Groep"].get(sbi, ())),
        gemeenten=_read_gemeenten(db, regios, totals, sbi),
        stuwend=tuple(
            Stuwend(r["definitie"], r["banen"], r["aandeel"], r["leeg_reden"])
            for r in read_rows(
                db, "FROM monitor.stuwend WHERE regio = ? AND periode = ? ORDER BY definitie", gebied.code, sbi
            )
        ),
        begrippen=begrippen,
        begrippen_periode=begrippen_periode,
        landelijk=next((r["landelijk_begrip"] for (p, _), r in quotienten.items() if p == sbi), ""),
    )
