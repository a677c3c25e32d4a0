"""From a built database to the model of a report: what `reports/` draws and writes, read once and in a fixed order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import duckdb

from assets.vragen.beleid import read_uitvoering
from assets.vragen.beweringen import read_beweringen
from assets.vragen.bronnen import read_bronnen
from assets.vragen.cijfers import read_indicatoren
from assets.vragen.lezen import VraagError, as_utc, melding, open_monitor, read_rows, strip_soort
from assets.vragen.register import read_register
from assets.vragen.wijzigingen import read_correcties, read_herziening
from begrippen import themas as themas_model
from begrippen.beleid import read_beleid
from begrippen.gebied import Gebied, gekozen
from begrippen.lijsten import REGIOSOORTEN, LeegReden
from begrippen.regio import NEDERLAND, korte_namen
from begrippen.themas import read_themas
from reports.grenzen import Grenzen
from reports.model import Bouw, Indicator, NietBeschikbaar, Rapport, Regio, Thema
from reports.oordeel import Toetsing


def make_regio(
    code: str, naam: str, soort: str, namen: Mapping[str, int], kort: Mapping[str, str] | None = None
) -> Regio:
    """A region whose name says which of two it is, where the report has a region with the same name.

    `kort`: the short names that tenants gave, by code.
    """
    if kort and code in kort:
        return Regio(code, kort[code], soort, officieel=naam)
    lidwoord = {"provincie": "de", "gemeente": "de", "corop": "het"}.get(soort)
    if namen[naam] < 2 or lidwoord is None:
        return Regio(code, naam, soort)
    label = naam if soort == "provincie" else f"{naam} ({REGIOSOORTEN[soort]})"
    return Regio(code, label, soort, f"{lidwoord} {REGIOSOORTEN[soort]} {naam}")


def _read_regios(db: duckdb.DuckDBPyConnection, gebied: Gebied) -> dict[str, Regio]:
    """Regions that a report speaks of: the country, the province, its COROP areas and members of today, composites.

    A composite region stays when what it was made for has ended: its figures still say something of its members.
    """
    rows = read_rows(
        db,
        """
        SELECT r.code, r.naam, r.soort FROM kern.regio AS r
        WHERE r.soort = 'samengesteld' OR r.geldig_tot IS NULL AND (
            list_contains(?, r.code) OR r.soort = 'gemeente' AND r.code IN (
                SELECT lid FROM kern.regio_lid WHERE regio = ? AND geldig_tot IS NULL))
        ORDER BY list_position(['land', 'provincie', 'corop', 'gemeente'], r.soort) NULLS LAST, r.code
        """,
        [NEDERLAND, gebied.code, *gebied.delen],
        gebied.code,
    )
    kort = korte_namen(gebied)
    # between the brackets of a composite region stands which one it is, not its kind
    heet = {r["code"]: r["naam"] if r["soort"] == "samengesteld" else strip_soort(r["naam"]) for r in rows}
    namen = Counter(heet.values())
    regios = {r["code"]: make_regio(r["code"], heet[r["code"]], r["soort"], namen, kort) for r in rows}
    if missing := {NEDERLAND, gebied.code, *gebied.delen} - set(regios):
        raise VraagError(
            f"kern.regio mist {', '.join(sorted(missing))}: zonder die regio's is er geen rapport",
            vervolg="Bouw opnieuw met: monitor run",
        )
    return regios


def _read_buren(db: duckdb.DuckDBPyConnection, gebied: Gebied) -> tuple[Regio, ...]:
    """The provinces that the province is put beside, in the order in which the tenant names them."""
    rows = read_rows(
        db,
        "SELECT code, naam, soort FROM kern.regio WHERE list_contains(?, code) AND geldig_tot IS NULL "
        "ORDER BY list_position(?, code)",
        [*gebied.buren],
        [*gebied.buren],
    )
    return tuple(Regio(r["code"], strip_soort(r["naam"]), r["soort"]) for r in rows)


def _read_toetsing(db: duckdb.DuckDBPyConnection) -> Toetsing | None:
    """The tests of the trends of the province: of the provinces, the only one in the report."""
    for r in read_rows(db, "FROM monitor.oordeel_regiosoort WHERE soort = 'provincie' AND gebied = 'rapport'"):
        return Toetsing(
            r["toetsen"],
            r["signalen"],
            r["signalen_bh"],
            r["robuust"],
            r["signalen_ols"],
            r["anders_ols"],
            r["nagenoeg_gelijk"],
        )
    return None


def _make_themas(indicatoren: list[Indicator], gebied: Gebied) -> tuple[Thema, ...]:
    """The themes that have an indicator, in the order of `themas.yaml`; one that was dropped there since comes last."""
    themas = dict(read_themas(gebied))
    for id in sorted({i.thema for i in indicatoren} - themas.keys()):
        themas[id] = themas_model.Thema(id=id, naam=id.replace("_", " ").capitalize(), groep="")
    return tuple(
        Thema(t.id, t.naam, t.groep, own, t.blad, t.titel, t.deel, t.achteraan)
        for t in themas.values()
        if (own := tuple(i for i in indicatoren if i.thema == t.id))
    )


def _read_leden(db: duckdb.DuckDBPyConnection, regios: dict[str, Regio]) -> dict[str, tuple[Regio, ...]]:
    """The municipalities of today of each COROP area of the report and of each composite region, wherever they lie."""
    leden: dict[str, list[Regio]] = defaultdict(list)
    for r in read_rows(
        db,
        """
        SELECT l.regio, l.lid, r.naam FROM kern.regio_lid AS l JOIN kern.regio AS r ON r.code = l.lid
        WHERE (l.geldig_tot IS NULL OR list_contains(?, l.regio)) AND r.geldig_tot IS NULL AND r.soort = 'gemeente'
            AND list_contains(?, l.regio)
        ORDER BY l.regio, l.lid
        """,
        [code for code, regio in regios.items() if regio.soort == "samengesteld"],
        [code for code, regio in regios.items() if regio.soort in ("corop", "samengesteld")],
    ):
        leden[r["regio"]].append(regios.get(r["lid"]) or Regio(r["lid"], strip_soort(r["naam"]), "gemeente"))
    return {corop: tuple(sorted(g, key=lambda r: r.naam)) for corop, g in leden.items()}


def _read_zonder(
    db: duckdb.DuckDBPyConnection, regios: dict[str, Regio]
) -> dict[tuple[str, str], tuple[tuple[str, LeegReden | None], ...]]:
    """The members of composite regions without a figure in the latest year that any of them has, with the reason.

    Nothing for an indicator that no member has, and for one that all of them have. Without a reason: no row at all.
    """
    zonder: dict[tuple[str, str], tuple[tuple[str, LeegReden | None], ...]] = defaultdict(tuple)
    for r in read_rows(
        db,
        """
        WITH lid AS (
            SELECT DISTINCT l.regio, l.lid, r.naam
            FROM kern.regio_lid AS l
            JOIN kern.regio AS r ON r.code = l.lid AND r.soort = 'gemeente' AND r.geldig_tot IS NULL
            WHERE list_contains(?, l.regio)
        ),
        waarde AS (FROM monitor.indicatorwaarde WHERE uitsplitsing = 'totaal'),
        laatst AS (
            SELECT l.regio, w.indicator, max(w.periode) AS periode
            FROM lid AS l
            JOIN waarde AS w ON w.regio = l.lid AND w.waarde IS NOT NULL
            GROUP BY ALL
        )
        SELECT n.indicator, l.regio, l.naam, w.leeg_reden
        FROM laatst AS n
        JOIN lid AS l USING (regio)
        LEFT JOIN waarde AS w ON w.indicator = n.indicator AND w.regio = l.lid AND w.periode = n.periode
        WHERE w.waarde IS NULL
        ORDER BY ALL
        """,
        [code for code, regio in regios.items() if regio.soort == "samengesteld"],
    ):
        zonder[r["indicator"], r["regio"]] += ((strip_soort(r["naam"]), r["leeg_reden"]),)
    return dict(zonder)


def read_rapport(
    database: Path, grenzen: Grenzen | None = None, gebied: Gebied | None = None, *, cellen: bool = True
) -> Rapport:
    """Read the model of a report on `gebied` (the tenant of this process) from a built database, opened read-only.

    `grenzen` are the boundaries for the maps; without them the maps are made of tiles. Without `cellen` no figure knows
    its source cells: enough for a text, not for a report.

    An indicator without a value in any region of the report gets no chapter; it stands in `niet_beschikbaar`, as does
    one that lacks only the province. Raises VraagError where the database lacks the regions or the build.
    """
    gebied = gebied or gekozen()
    with open_monitor(database) as db:
        bouw = next(iter(read_rows(db, "FROM monitor.bouw")), None)
        if bouw is None:
            raise VraagError(
                f"{database} zegt niet hoe het gebouwd is (monitor.bouw is leeg)",
                vervolg="Bouw opnieuw met: monitor run",
            )
        regios = _read_regios(db, gebied)
        leden = _read_leden(db, regios)
        alle = read_indicatoren(db, regios, cellen=cellen)
        absent = {
            r["indicator"]: NietBeschikbaar(
                r["indicator"], r["naam"], r["reden"] or "", r["tabel"] or "", r["uitleg"] or ""
            )
            for r in read_rows(
                db,
                "SELECT n.* FROM monitor.niet_beschikbaar AS n JOIN monitor.indicator AS i ON i.id = n.indicator "
                "WHERE i.doel = 'rapport' ORDER BY n.naam, n.indicator",
            )
        }
        bronnen = tuple(read_bronnen(db).values())
        toetsing = _read_toetsing(db)
        herziening = read_herziening(db, bouw["vorige"], regios, gebied.code)
        correcties = read_correcties(db)
        register = read_register(db, regios, gebied)
        uitvoering = read_uitvoering(db, bouw["editie"])
        beweringen = read_beweringen(db)
        buren = _read_buren(db, gebied)
        zonder = _read_zonder(db, regios)
    shown = [i for i in alle if any(i.has_value(code) for code in regios)]
    for indicator in alle:
        if not indicator.has_value(gebied.code) and indicator.id not in absent:
            absent[indicator.id] = NietBeschikbaar(
                *(indicator.id, indicator.naam, "geen waarde", ""),
                f"De bron geeft voor {gebied.naam} geen waarde.",
            )
    built_at = as_utc(bouw["built_at"])
    assert built_at is not None
    return Rapport(
        gebied=gebied,
        editie=bouw["editie"],
        soort=bouw["soort"],
        datum=built_at.date(),
        melding=melding(bouw["soort"], gebied),
        provincie=regios[gebied.code],
        nederland=regios[NEDERLAND],
        corop=tuple(regios[c] for c in gebied.delen),
        gemeenten=tuple(sorted((r for r in regios.values() if r.soort == "gemeente"), key=lambda r: r.naam)),
        themas=_make_themas(shown, gebied),
        niet_beschikbaar=tuple(sorted(absent.values(), key=lambda n: (n.naam, n.indicator))),
        bronnen=bronnen,
        bouw=Bouw(bouw["bouw"], bouw["code_versie"], built_at),
        beleid=read_beleid(gebied),
        grenzen=grenzen,
        leden=leden,
        samengesteld=tuple(sorted((r for r in regios.values() if r.soort == "samengesteld"), key=lambda r: r.code)),
        toetsing=toetsing,
        herziening=herziening,
        correcties=correcties,
        register=register,
        uitvoering=uitvoering,
        beweringen=beweringen,
        buren=buren,
        zonder=zonder,
    )
