"""From a built database to the analyses of the report: read once, in a fixed order, none of them computed here."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb

from assets.bouw.uitkomst import TOETSEN, describe, read_uitkomsten
from assets.indicatoren.niet_berekend import read_niet_berekend
from assets.vragen.apart import read_apart
from assets.vragen.lezen import has_table, open_monitor, read_rows, strip_soort
from reports.analyse import (
    Analyses,
    Balans,
    Banengroei,
    Editieverschil,
    Groeideel,
    Kloofdeel,
    Leeftijdsprognose,
    NietBerekend,
    Pendelstroom,
    Productiviteitskloof,
    Prognosejaar,
    Specialisatie,
    Terugtoets,
    Toets,
)
from reports.model import Regio

GEHEEL = "T001081"


def _pick(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _read_kloven(db: duckdb.DuckDBPyConnection, regios: dict[str, Regio]) -> dict[str, Productiviteitskloof]:
    """The newest gap of each region that can be split, by the ten branches; a newer table goes before an older one."""
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for r in read_rows(
        db,
        """
        SELECT k.*, b.naam FROM monitor.productiviteitskloof AS k
        LEFT JOIN kern.bedrijfstak AS b ON b.bedrijfstak = k.bedrijfstak
        WHERE list_contains(?, k.regio) AND k.indeling = 'grof' AND (k.regio, k.tabel, k.periode) IN (
            SELECT (regio, arg_max(tabel, periode || tabel), max(periode)) FROM monitor.productiviteitskloof
            WHERE indeling = 'grof' AND bedrijfstak = ? AND structuur IS NOT NULL GROUP BY regio)
        ORDER BY k.regio, b.letter
        """,
        list(regios),
        GEHEEL,
    ):
        rows[r["regio"]].append(r)
    kloven = {}
    for code, found in rows.items():
        whole = next(r for r in found if r["bedrijfstak"] == GEHEEL)
        delen = tuple(
            Kloofdeel(
                **_pick(r, "naam", "aandeel", "aandeel_nl", "productiviteit", "productiviteit_nl"),
                **_pick(r, "structuur", "regiospecifiek", "interactie"),
                code=r["bedrijfstak"],
            )
            for r in found
            if r["bedrijfstak"] != GEHEEL
        )
        kloven[code] = Productiviteitskloof(
            regio=regios[code],
            delen=delen,
            **_pick(whole, "tabel", "periode", "productiviteit", "productiviteit_nl", "structuur", "regiospecifiek"),
            **_pick(whole, "interactie", "afronding", "kloof", "status"),
        )
    return kloven


def _read_banengroei(db: duckdb.DuckDBPyConnection, regio: Regio) -> Banengroei | None:
    rows = read_rows(
        db,
        """
        SELECT s.*, b.naam FROM monitor.shift_share AS s
        LEFT JOIN kern.bedrijfstak AS b ON b.bedrijfstak = s.bedrijfstak
        WHERE s.regio = ? AND s.soort = 'venster' AND s.indeling = 'grof' AND s.verandering IS NOT NULL
            AND s.nationaal IS NOT NULL
        ORDER BY b.letter
        """,
        regio.code,
    )
    whole = next((r for r in rows if r["bedrijfstak"] == GEHEEL), None)
    if whole is None:
        return None
    delen = tuple(
        Groeideel(
            **_pick(r, "naam", "banen", "verandering", "nationaal", "sectormix", "regionaal"), code=r["bedrijfstak"]
        )
        for r in rows
        if r["bedrijfstak"] != GEHEEL
    )
    return Banengroei(
        regio=regio,
        delen=delen,
        **_pick(whole, "periode_van", "periode", "banen_van", "banen", "nationaal", "sectormix", "regionaal"),
        **_pick(whole, "afronding", "status"),
    )


def _read_specialisatie(db: duckdb.DuckDBPyConnection, regio: Regio) -> tuple[str, tuple[Specialisatie, ...]]:
    """The newest period with quotients, and the ten branches in it."""
    rows = read_rows(
        db,
        """
        SELECT q.*, b.naam FROM monitor.locatiequotient AS q
        JOIN kern.bedrijfstak AS b ON b.bedrijfstak = q.bedrijfstak
        WHERE q.regio = ? AND b.grof AND q.periode = (
            SELECT max(periode) FROM monitor.locatiequotient WHERE regio = ? AND waarde IS NOT NULL)
        ORDER BY b.letter
        """,
        regio.code,
        regio.code,
    )
    return rows[0]["periode"] if rows else "", tuple(
        Specialisatie(
            quotient=r["waarde"],
            code=r["bedrijfstak"],
            **_pick(r, "naam", "banen", "aandeel", "aandeel_nl", "status", "leeg_reden"),
        )
        for r in rows
    )


def _read_balansen(db: duckdb.DuckDBPyConnection, regios: dict[str, Regio], provincie: Regio) -> tuple[Balans, ...]:
    rows = read_rows(
        db,
        """
        FROM monitor.woon_werkbalans WHERE list_contains(?, regio) AND waarde IS NOT NULL
            AND periode = (SELECT max(periode) FROM monitor.woon_werkbalans WHERE regio = ? AND waarde IS NOT NULL)
        """,
        list(regios),
        provincie.code,
    )
    found = {r["regio"]: r for r in rows}
    return tuple(
        Balans(
            regio=regio,
            **_pick(found[code], "periode", "banen", "banen_van_inwoners", "uitgaand", "inkomend"),
            **_pick(found[code], "uitgaand_pct", "inkomend_pct", "waarde", "status"),
        )
        for code, regio in regios.items()
        if code in found
    )


def _read_pendel(db: duckdb.DuckDBPyConnection, provincie: Regio) -> tuple[Pendelstroom, ...]:
    """Between the province and each other province, the largest exchange first."""
    rows = read_rows(
        db,
        """
        SELECT r.naam, r.code,
            max(p.waarde) FILTER (p.woonregio = ?) AS naar,
            max(p.waarde) FILTER (p.werkregio = ?) AS uit
        FROM monitor.pendel AS p
        JOIN kern.regio AS r ON r.code = CASE WHEN p.woonregio = ? THEN p.werkregio ELSE p.woonregio END
        WHERE r.soort = 'provincie' AND r.code <> ? AND (p.woonregio = ? OR p.werkregio = ?)
            AND p.periode = (SELECT max(periode) FROM monitor.woon_werkbalans WHERE regio = ? AND waarde IS NOT NULL)
        GROUP BY r.naam, r.code ORDER BY coalesce(naar, 0) + coalesce(uit, 0) DESC, r.naam
        """,
        *[provincie.code] * 7,
    )
    return tuple(Pendelstroom(strip_soort(r["naam"]), r["naar"], r["uit"], r["code"]) for r in rows)


def _read_prognose(db: duckdb.DuckDBPyConnection, provincie: Regio) -> tuple[Prognosejaar, ...]:
    rows = read_rows(db, "FROM monitor.prognose WHERE regio = ? ORDER BY periode", provincie.code)
    if not any(r["waarde"] is not None for r in rows):
        return ()
    return tuple(
        Prognosejaar(
            r["periode"], int(r["periode"][:4]), r["waarde"], r["marge_onder"], r["marge_boven"], r["werkelijk"]
        )
        for r in rows
    )


def _read_leeftijden(db: duckdb.DuckDBPyConnection, provincie: Regio) -> tuple[Leeftijdsprognose, ...]:
    rows = read_rows(
        db,
        """
        SELECT leeftijd, min(periode) AS van, max(periode) AS tot, arg_min(waarde, periode) AS waarde_van,
            arg_max(waarde, periode) AS waarde_tot, arg_min(aandeel, periode) AS aandeel_van,
            arg_max(aandeel, periode) AS aandeel_tot
        FROM monitor.prognose_leeftijd WHERE regio = ? AND waarde IS NOT NULL AND aandeel IS NOT NULL
        GROUP BY leeftijd ORDER BY leeftijd
        """,
        provincie.code,
    )
    return tuple(Leeftijdsprognose(*r.values()) for r in rows if r["van"] != r["tot"])


def _read_editieverschillen(db: duckdb.DuckDBPyConnection, provincie: Regio) -> tuple[Editieverschil, ...]:
    rows = read_rows(
        db,
        """
        SELECT v.*, i.naam, i.eenheid, i.decimalen
        FROM monitor.editieverschil AS v JOIN monitor.indicator AS i ON i.id = v.indicator
        WHERE v.regio = ? AND v.uitsplitsing = 'totaal' AND i.doel = 'rapport' ORDER BY i.naam, v.indicator
        """,
        provincie.code,
    )
    return tuple(
        Editieverschil(
            **_pick(r, "indicator", "naam", "eenheid", "decimalen", "periode_toen", "periode_nu"),
            **_pick(r, "waarde_toen", "waarde_nu", "verandering", "herziening", "definitie"),
        )
        for r in rows
    )


def _read_toetsen(path: Path) -> tuple[Toets, ...]:
    """The checks of the build, as they stand beside its database; empty where there are none."""
    return tuple(
        Toets(t.toets, t.tabel, t.zwaarte == "blokkeert", t.geslaagd, t.uitleg, t.aantal, describe(t))
        for t in read_uitkomsten(path)
    )


def _read_terugtoetsen(db: duckdb.DuckDBPyConnection) -> tuple[Terugtoets, ...]:
    """Each theme, its years added up; none from a build of before there was a table of them."""
    if not has_table(db, "monitor.terugtoets"):
        return ()
    rows = read_rows(
        db,
        """
        SELECT thema, min(jaar) AS van, max(jaar) AS tot, sum(voorspellingen)::BIGINT AS voorspellingen,
            sum(binnen)::BIGINT AS binnen, sum(voorspellingen_apart)::BIGINT AS voorspellingen_apart,
            sum(binnen_apart)::BIGINT AS binnen_apart
        FROM monitor.terugtoets GROUP BY thema ORDER BY thema
        """,
    )
    return tuple(Terugtoets(**r) for r in rows)


def _read_niet_berekend() -> tuple[NietBerekend, ...]:
    """What is not computed, with why not and what it would take."""
    return tuple(
        NietBerekend(groep.onderwerp, niet.namen, niet.uitleg, niet.stap)
        for groep in read_niet_berekend()
        for niet in groep.niet
    )


def read_analyses(database: Path, regios: tuple[Regio, ...]) -> Analyses:
    """Read the analyses of `regios` (the province first, then its COROP areas) from a built database, read-only."""
    provincie, *corop = regios
    per_code = {r.code: r for r in regios}
    with open_monitor(database) as db:
        kloven = _read_kloven(db, per_code)
        specialisatie_periode, specialisatie = _read_specialisatie(db, provincie)
        return Analyses(
            kloof=kloven.get(provincie.code),
            kloof_corop=tuple(kloven[c.code] for c in corop if c.code in kloven),
            banengroei=_read_banengroei(db, provincie),
            specialisatie=specialisatie,
            specialisatie_periode=specialisatie_periode,
            balansen=_read_balansen(db, per_code, provincie),
            pendel=_read_pendel(db, provincie),
            prognose=_read_prognose(db, provincie),
            leeftijden=_read_leeftijden(db, provincie),
            editieverschillen=_read_editieverschillen(db, provincie),
            toetsen=_read_toetsen(database.parent / TOETSEN),
            niet_berekend=_read_niet_berekend(),
            apart=read_apart(db),
            terugtoetsen=_read_terugtoetsen(db),
        )
