"""The claims of a report made by hand: its figures laid in tables, and the very queries of the build run on them."""

from __future__ import annotations

from dataclasses import fields
from functools import cache, cached_property
from typing import Any

import duckdb
import pyarrow as pa

from assets.tabel import Tabel, read_queries
from assets.vragen.beweringen import LIJSTEN
from begrippen.eenheid import read_eenheid, telt_op
from begrippen.rekenregels import REKENREGELS
from begrippen.themas import read_themas
from reports.analyse import Analyses
from reports.bewering import Bewering, Beweringen
from reports.model import Rapport

NAMEN = (
    "reken.prognosejaar",
    "reken.bewering_cijfer",
    "reken.bewering_figuur",
    "reken.bewering_analyse",
    "monitor.bewering",
)
GELEZEN = (
    *(
        "monitor.indicator",
        "monitor.indicatorwaarde",
        "monitor.oordeel",
        "monitor.stand",
        "monitor.prognose",
        "monitor.breuk",
        "monitor.reele_waarde",
    ),
    *("monitor.prognose_leeftijd", "monitor.productiviteitskloof", "monitor.shift_share", "monitor.woon_werkbalans"),
    *("kern.bedrijfstak", "monitor.editieverschil", "reken.rapportregio", "reken.reeks", "reken.toets"),
    "reken.gebeurtenis",
)
# of tables that the build makes in Python or lays ready, what the queries of claims read
ANDERS = {
    "reken.toets": {"reeks": "BIGINT", "van": "BIGINT", "tot": "BIGINT"},
    "invoer.editie": {"editie": "INTEGER"},
    "invoer.thema": {"id": "VARCHAR", "deel": "VARCHAR"},
    "invoer.gebied": {"code": "VARCHAR", "buren": "VARCHAR[]"},
    "invoer.rekenregel": REKENREGELS.types(),
}
GEHEEL = {"indeling": "grof", "bedrijfstak": "T001081"}


@cache
def _queries() -> dict[str, Tabel]:
    return {t.naam: t for t in read_queries()}


def lay(db: duckdb.DuckDBPyConnection, naam: str, rows: list[dict[str, Any]]) -> None:
    """Make a table with the columns of its header, and these rows; a column that a row does not have is empty."""
    kolommen = ANDERS.get(naam) or {k.naam: k.type for k in _queries()[naam].kolommen}
    db.execute(f"CREATE TABLE {naam} ({', '.join(f'{k} {t}' for k, t in kolommen.items())})")
    if rows:
        inhoud = pa.Table.from_pylist([{k: r.get(k) for k in kolommen} for r in rows])  # noqa: F841 - DuckDB reads it
        db.execute(f"INSERT INTO {naam} FROM inhoud")


def _cijfers(r: Rapport) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {naam: [] for naam in GELEZEN}
    for i in r.indicatoren:
        rows["monitor.indicator"].append(
            {"doel": "rapport"}
            | {
                k: i.kaart.get(k)
                for k in (
                    "merkbaar",
                    "merkbaar_maat",
                    "deflator",
                    "gebeurtenissen",
                    "basisjaar",
                    "groei",
                    "volume",
                    "eigen_prijzen",
                    "jaren_later",
                )
            }
            | {"opgave": list(i.opgaven), "telt_op": telt_op(i.aggregatie, i.eenheid)}
            | {"klasse": read_eenheid(i.eenheid).klasse}
            | {f.name: getattr(i, f.name) for f in fields(i) if f.name not in ("kaart", "bronnen", "herkomst")}
        )
        rows["monitor.breuk"] += [{"indicator": i.id, "vanaf": b.vanaf} for b in i.breuken]
        for code, reeks in i.reeksen.items():
            for p in reeks.punten:
                cel = {k: getattr(p, k) for k in ("periode", "waarde", "status", "marge_onder", "marge_boven")}
                plek = {"indicator": i.id, "uitsplitsing": "totaal", "regio": code}
                rows["monitor.indicatorwaarde"].append(plek | cel)
                if i.kaart.get("gebeurtenissen") and i.aggregatie in ("som", "verhouding"):
                    # counts, unless the card says how many came and went
                    toeval = REKENREGELS.marge_se * (i.kaart.get("stromen") or p.waarde or 0) ** 0.5
                    rows["reken.gebeurtenis"].append(plek | {"periode": p.periode, "toeval": toeval})
                if i.prijzen != "nvt":
                    peil = {"prijsbasis": i.prijzen, "bronpeil": None if i.prijzen == "onbekend" else p.jaar}
                    rows["monitor.reele_waarde"].append(plek | peil | {"periode": p.periode, "waarde": p.reeel})
        for code, s in i.standen.items():
            if s.punt:
                stand = {k: getattr(s, k) for k in ("waarde_nl", "editie_periode", "verandering_editie")}
                plek = {"indicator": i.id, "uitsplitsing": "totaal", "regio": code}
                nu = {"laatste_periode": s.punt.periode, "waarde": s.punt.waarde}
                rows["monitor.stand"].append(plek | nu | stand)
        for code, o in i.oordelen.items():
            plek = {"indicator": i.id, "uitsplitsing": "totaal", "regio": code}
            nummer = len(rows["reken.reeks"])
            rows["reken.reeks"].append({"reeks": nummer, **plek})
            rows["reken.toets"].append(
                {"reeks": nummer, "van": o.eerste or o.van, "tot": o.laatste or int((o.periode or str(o.tot))[:4])}
            )
            gelijk = ("trend", "robuust", "positie", "rang", "rang_van", "verschil_nl", "kloof")
            oordeel = {k: getattr(o, k) for k in gelijk} | {"aantoonbaar": o.aantoonbaar, "trend_n": o.aantal}
            oordeel |= {"venster_van": o.van, "venster_tot": o.tot}
            # shared by two, unless the card says by how many
            oordeel["rang_midden"] = o.rang and o.rang + (i.kaart.get("delers", 2) - 1) / 2 * o.gedeeld
            rows["monitor.oordeel"].append(
                {**plek, "laatste_periode": o.periode, "trend_helling": o.helling, **oordeel}
            )
    return rows


def _analyses(a: Analyses, provincie: str) -> dict[str, list[dict[str, Any]]]:
    kloven = [k for k in (a.kloof, *a.kloof_corop) if k]
    return {
        "monitor.prognose": [
            {"regio": provincie, "periode": j.periode, "waarde": j.prognose, "marge_onder": j.onder,
             "marge_boven": j.boven, "werkelijk": j.werkelijk,
             "binnen_interval": None if None in (j.onder, j.boven, j.werkelijk) else j.onder <= j.werkelijk <= j.boven}
            for j in a.prognose
        ],
        "monitor.prognose_leeftijd": [
            {"tabel": "prognose_leeftijd", "leeftijd": d.leeftijd, "regio": provincie, "periode": p, "waarde": w,
             "aandeel": s}
            for d in a.leeftijden
            for p, w, s in ((d.van, d.waarde_van, d.aandeel_van), (d.tot, d.waarde_tot, d.aandeel_tot))
        ],
        "monitor.productiviteitskloof": [
            GEHEEL | {f.name: getattr(k, f.name) for f in fields(k) if f.name not in ("regio", "delen")}
            | {"regio": k.regio.code} for k in kloven
        ],
        "monitor.shift_share": [
            GEHEEL | {f.name: getattr(g, f.name) for f in fields(g) if f.name not in ("regio", "delen")}
            | {"soort": "venster", "regio": g.regio.code, "verandering": g.banen - g.banen_van}
            for g in (a.banengroei,) if g
        ] + [
            {f.name: getattr(d, f.name) for f in fields(d) if f.name not in ("code", "naam")}
            | {"indeling": "grof", "soort": "venster", "regio": g.regio.code, "bedrijfstak": d.code or d.naam,
               "banen_van": d.banen - d.verandering, "periode_van": g.periode_van, "periode": g.periode,
               "status": g.status}
            for g in (a.banengroei,) if g for d in g.delen
        ],
        "kern.bedrijfstak": [
            {"bedrijfstak": d.code or d.naam, "naam": d.naam} for g in (a.banengroei,) if g for d in g.delen
        ],
        "monitor.editieverschil": [
            {f.name: getattr(v, f.name) for f in fields(v)}
            | {"uitsplitsing": "totaal", "regio": provincie, "verschil": (v.waarde_nu or 0) - (v.waarde_toen or 0)}
            for v in a.editieverschillen
        ],
        "monitor.woon_werkbalans": [
            {f.name: getattr(b, f.name) for f in fields(b)} | {"regio": b.regio.code} for b in a.balansen
        ],
    }  # fmt: skip


def make_beweringen(rapport: Rapport, analyses: Analyses | None = None) -> tuple[Bewering, ...]:
    """The claims that the build would make of the figures of this report."""
    r = rapport
    with duckdb.connect(config={"threads": 1}) as db:
        db.execute("CREATE SCHEMA invoer; CREATE SCHEMA kern; CREATE SCHEMA monitor; CREATE SCHEMA reken")
        lay(db, "invoer.editie", [{"editie": r.editie}])
        lay(db, "invoer.gebied", [{"code": r.provincie.code, "buren": list(r.gebied.buren)}])
        lay(db, "invoer.rekenregel", [REKENREGELS.row()])
        lay(db, "invoer.thema", [{"id": t.id, "deel": t.deel} for t in read_themas(r.gebied).values()])
        rows = _cijfers(r) | _analyses(analyses or Analyses(), r.provincie.code)
        regios = (r.nederland, r.provincie, *r.gebieden, *r.samengesteld)
        rows["reken.rapportregio"] = [{"regio": g.code, "laag": g.soort, "in_gebied": True} for g in regios]
        for naam in GELEZEN:
            lay(db, naam, rows[naam])
        for naam in NAMEN:
            _queries()[naam].create(db)
        names = [f.name for f in fields(Bewering)]
        found = db.execute(f"SELECT {', '.join(names)} FROM monitor.bewering ORDER BY bewering").fetchall()
    rijen = [dict(zip(names, row, strict=True)) for row in found]
    return tuple(Bewering(**(rij | {k: tuple(rij[k]) for k in LIJSTEN})) for rij in rijen)


class Vanzelf(Beweringen):
    """The claims of a report, made when somebody first asks for them."""

    def __init__(self, rapport: Rapport, analyses: Analyses | None = None) -> None:
        super().__init__(families={i.id: f for i in rapport.indicatoren if (f := i.kaart.get("familie"))})
        self._van = (rapport, analyses)

    @cached_property
    def rijen(self) -> tuple[Bewering, ...]:  # type: ignore[override]
        return make_beweringen(*self._van)
