"""From a built database to the model of a report: what `reports/` draws and writes, read once and in a fixed order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb

from assets.vragen.lezen import VraagError, melding, open_monitor, read_rows
from assets.vragen.register import read_register
from begrippen import themas as themas_model
from begrippen.beleid import read_beleid
from begrippen.gebied import Gebied, gekozen
from begrippen.regio import NEDERLAND
from begrippen.themas import read_themas
from reports.grenzen import Grenzen
from reports.herziening import Correctie, Herziening, Kaartwijziging, Wijziging
from reports.model import Bouw, Breuk, Bron, Cel, Indicator, NietBeschikbaar, Punt, Rapport, Reeks, Regio, Stand, Thema
from reports.oordeel import Oordeel, Toetsing

# How v4 names a licence -> as people know it.
LICENTIES = {
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
}


def _moment(value: datetime | None) -> datetime | None:
    return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


def _day(text: str | None) -> date | None:
    """The day in a date as a source writes it (2026-06-23T00:00:00+02:00); None where it is no date."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _page(bron: str, tabel: str, url: str | None) -> str:
    """Where people read a table: the StatLine page for a table of CBS, else what the source list says."""
    match bron:
        case "cbs":
            return f"https://opendata.cbs.nl/statline/#/CBS/nl/dataset/{tabel}/table"
        case "derden":
            return f"https://dataderden.cbs.nl/statline/#/CBS/nl/dataset/{tabel}/table"
    return url or ""


def _strip(naam: str) -> str:
    """'Veluwe (CR)' -> 'Veluwe': the kind of region is clear from the column it stands in."""
    return naam.rsplit(" (", 1)[0] if naam.endswith(")") else naam


def _regio(code: str, naam: str, soort: str, namen: Mapping[str, int]) -> Regio:
    """A region whose name says which of two it is, where the report has a region with the same name."""
    wat = {"provincie": "de provincie", "gemeente": "de gemeente", "corop": "het COROP-gebied"}.get(soort)
    if namen[naam] < 2 or wat is None:
        return Regio(code, naam, soort)
    label = naam if soort == "provincie" else f"{naam} ({wat.partition(' ')[2]})"
    return Regio(code, label, soort, f"{wat} {naam}")


def _read_regios(db: duckdb.DuckDBPyConnection, gebied: Gebied) -> dict[str, Regio]:
    """Regions of today that a report speaks of: the country, the province, its COROP areas and members, composites."""
    rows = read_rows(
        db,
        """
        SELECT r.code, r.naam, r.soort FROM kern.regio AS r
        WHERE r.geldig_tot IS NULL AND (
            list_contains(?, r.code) OR r.soort = 'samengesteld' OR r.soort = 'gemeente' AND r.code IN (
                SELECT lid FROM kern.regio_lid WHERE regio = ? AND geldig_tot IS NULL))
        ORDER BY list_position(['land', 'provincie', 'corop', 'gemeente'], r.soort) NULLS LAST, r.code
        """,
        [NEDERLAND, gebied.code, *gebied.delen],
        gebied.code,
    )
    namen = Counter(_strip(r["naam"]) for r in rows)
    regios = {r["code"]: _regio(r["code"], _strip(r["naam"]), r["soort"], namen) for r in rows}
    if missing := {NEDERLAND, gebied.code, *gebied.delen} - set(regios):
        raise VraagError(
            f"kern.regio mist {', '.join(sorted(missing))}: zonder die regio's is er geen rapport. "
            "Bouw opnieuw met: monitor run"
        )
    return regios


def _read_zonder(db: duckdb.DuckDBPyConnection) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """The members that a value does without: (indicator, regio, periode) -> their names."""
    zonder: dict[tuple[str, str, str], tuple[str, ...]] = defaultdict(tuple)
    for r in read_rows(
        db,
        """
        SELECT o.indicator, o.regio, o.periode, r.naam
        FROM monitor.ontbrekend_lid AS o JOIN kern.regio AS r ON r.code = o.lid
        WHERE o.uitsplitsing = 'totaal' ORDER BY ALL
        """,
    ):
        zonder[r["indicator"], r["regio"], r["periode"]] += (_strip(r["naam"]),)
    return zonder


def _read_reeksen(db: duckdb.DuckDBPyConnection, regios: dict[str, Regio]) -> dict[str, dict[str, Reeks]]:
    punten: dict[str, dict[str, list[Punt]]] = defaultdict(lambda: {code: [] for code in regios})
    zonder = _read_zonder(db)
    for r in read_rows(
        db,
        """
        SELECT indicator, regio, periode, waarde, status, leeg_reden, coalesce(benadering, false) AS benadering,
            marge_onder, marge_boven
        FROM monitor.indicatorwaarde WHERE uitsplitsing = 'totaal' AND list_contains(?, regio)
        ORDER BY indicator, regio, periode
        """,
        list(regios),
    ):
        punten[r["indicator"]][r["regio"]].append(
            Punt(
                periode=r["periode"],
                jaar=int(r["periode"][:4]),
                waarde=r["waarde"],
                status=r["status"],
                leeg_reden=r["leeg_reden"],
                benadering=r["benadering"],
                marge_onder=r["marge_onder"],
                marge_boven=r["marge_boven"],
                zonder=zonder.get((r["indicator"], r["regio"], r["periode"]), ()),
            )
        )
    return {
        indicator: {code: Reeks(regios[code], tuple(p)) for code, p in per_regio.items() if p}
        for indicator, per_regio in punten.items()
    }


def _read_standen(
    db: duckdb.DuckDBPyConnection, regios: dict[str, Regio], reeksen: dict[str, dict[str, Reeks]]
) -> dict[str, dict[str, Stand]]:
    """The latest values, each the very point of its series."""
    standen: dict[str, dict[str, Stand]] = defaultdict(dict)
    for r in read_rows(
        db,
        """
        SELECT s.*, h.tabellen
        FROM monitor.stand AS s
        LEFT JOIN (
            SELECT indicator, uitsplitsing, regio, periode, list(DISTINCT tabel ORDER BY tabel) AS tabellen
            FROM monitor.herkomst WHERE rol IN ('teller', 'noemer') GROUP BY ALL
        ) AS h ON h.indicator = s.indicator AND h.uitsplitsing = s.uitsplitsing AND h.regio = s.regio
            AND h.periode = s.laatste_periode
        WHERE s.uitsplitsing = 'totaal' AND list_contains(?, s.regio) ORDER BY s.indicator, s.regio
        """,
        list(regios),
    ):
        reeks = reeksen.get(r["indicator"], {}).get(r["regio"])
        standen[r["indicator"]][r["regio"]] = Stand(
            reeks.point(r["laatste_periode"]) if reeks else None,
            r["waarde_nl"],
            r["verschil_nl"],
            r["vorige_periode"],
            r["verandering_jaar"],
            r["editie_periode"],
            r["verandering_editie"],
            tuple(r["tabellen"] or ()),
        )
    return standen


def _read_bronnen(db: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], Bron]:
    return {
        (r["bron"], r["tabel"]): Bron(
            bron=r["bron"],
            tabel=r["tabel"],
            titel=(r["titel"] or r["tabel"]).strip(),
            uitgever=r["uitgever"] or "",
            momentopname=r["momentopname"],
            opgehaald=_moment(r["fetched_at"]),
            gewijzigd=_day(r["modified"]),
            status=r["status"] or "",
            licentie=LICENTIES.get(r["licentie"], r["licentie"] or ""),
            url=_page(r["bron"], r["tabel"], r["url"]),
            verouderd=r["verouderd"] or "",
        )
        for r in read_rows(db, "FROM monitor.momentopname ORDER BY bron, tabel")
    }


def _read_gebruik(db: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """The tables under the figures that a report shows: indicator -> (bron, tabel), the one used last first."""
    gebruik: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for r in read_rows(
        db,
        """
        SELECT indicator, bron, tabel FROM monitor.herkomst
        WHERE uitsplitsing = 'totaal' AND rol IN ('teller', 'noemer')
        GROUP BY ALL ORDER BY indicator, max(periode) DESC, min(rol) DESC, bron, tabel
        """,
    ):
        gebruik[r["indicator"]].append((r["bron"], r["tabel"]))
    return gebruik


def _read_herkomst(db: duckdb.DuckDBPyConnection, regios: list[str]) -> dict[str, dict[str, list[Cel]]]:
    """The source cells under the latest figure of each indicator: indicator -> region -> cells."""
    cellen: dict[str, dict[str, list[Cel]]] = defaultdict(lambda: defaultdict(list))
    for r in read_rows(
        db,
        """
        SELECT h.*, s.regio AS van, w.waarde, w.status, w.leeg_reden
        FROM monitor.stand AS s
        JOIN monitor.herkomst AS h ON h.indicator = s.indicator AND h.uitsplitsing = s.uitsplitsing
            AND h.regio = s.regio AND h.periode = s.laatste_periode
        LEFT JOIN kern.waarneming AS w ON w.bron = h.bron AND w.tabel = h.tabel AND w.onderwerp = h.onderwerp
            AND w.uitsplitsing = h.cel_uitsplitsing AND w.regio = h.cel_regio AND w.periode = h.cel_periode
            AND w.momentopname = h.momentopname
        WHERE list_contains(?, s.regio) AND s.uitsplitsing = 'totaal' AND s.waarde IS NOT NULL
        ORDER BY h.indicator, s.regio, h.rol DESC, h.lid, h.term, h.tabel, h.onderwerp, h.cel_regio, h.cel_periode,
            h.cel_uitsplitsing
        """,
        regios,
    ):
        cellen[r["indicator"]][r["van"]].append(
            Cel(
                rol=r["rol"],
                tabel=r["tabel"],
                onderwerp=r["onderwerp"],
                uitsplitsing=r["cel_uitsplitsing"],
                regio=r["cel_regio"],
                periode=r["cel_periode"],
                waarde=r["waarde"],
                status=r["status"] or "onbekend",
                leeg_reden=r["leeg_reden"],
                momentopname=r["momentopname"],
                tientallen=r["bron"] == "register",
            )
        )
    return cellen


def _read_correcties(db: duckdb.DuckDBPyConnection) -> tuple[Correctie, ...]:
    """The corrections that were applied, with the indicators of the report that rest on them."""
    indicatoren: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for r in read_rows(
        db,
        """
        SELECT DISTINCT g.correctie, i.naam, i.id
        FROM monitor.gecorrigeerd AS g JOIN monitor.indicator AS i ON i.id = g.indicator
        WHERE i.doel = 'rapport' ORDER BY ALL
        """,
    ):
        indicatoren[r["correctie"]].append((r["id"], r["naam"]))
    return tuple(
        Correctie(
            naam=r["correctie"],
            tabel=r["tabel"],
            onderwerp=r["titel"],
            regio=_strip(r["regio_naam"]),
            periode=r["periode"],
            bron_waarde=r["bron_waarde"],
            wordt=r["wordt"],
            reden=r["reden"],
            gemeld_aan=r["gemeld_aan"],
            datum=r["datum"],
            indicatoren=tuple(indicatoren[r["correctie"]]),
        )
        for r in read_rows(
            db,
            """
            SELECT k.*, r.naam AS regio_naam, coalesce(o.titel, k.onderwerp) AS titel
            FROM kern.correctie AS k
            JOIN kern.regio AS r ON r.code = k.regio
            LEFT JOIN kern.onderwerp AS o ON o.bron = k.bron AND o.tabel = k.tabel AND o.onderwerp = k.onderwerp
            WHERE k.uitkomst = 'toegepast' ORDER BY k.correctie
            """,
        )
    )


def _read_breuken(db: duckdb.DuckDBPyConnection) -> dict[str, list[Breuk]]:
    breuken: dict[str, list[Breuk]] = defaultdict(list)
    for r in read_rows(db, "FROM monitor.breuk ORDER BY indicator, vanaf"):
        breuken[r["indicator"]].append(Breuk(r["vanaf"], r["reden"]))
    return breuken


def _read_oordelen(db: duckdb.DuckDBPyConnection, regios: list[str]) -> dict[str, dict[str, Oordeel]]:
    """The judgements: indicator -> region -> judgement."""
    oordelen: dict[str, dict[str, Oordeel]] = defaultdict(dict)
    for r in read_rows(
        db,
        """
        SELECT o.*, w.waarde
        FROM monitor.oordeel AS o
        LEFT JOIN monitor.indicatorwaarde AS w ON w.indicator = o.indicator AND w.uitsplitsing = o.uitsplitsing
            AND w.regio = o.regio AND w.periode = o.laatste_periode
        WHERE list_contains(?, o.regio) AND o.uitsplitsing = 'totaal' ORDER BY o.indicator, o.regio
        """,
        regios,
    ):
        oordelen[r["indicator"]][r["regio"]] = Oordeel(
            trend=r["trend"],
            van=r["venster_van"],
            tot=r["venster_tot"],
            aantal=r["trend_n"] or 0,
            helling=r["trend_helling"],
            p=r["trend_p"],
            p_bh=r["trend_p_bh"],
            robuust=r["robuust"],
            positie=r["positie"],
            rang=r["rang"],
            rang_van=r["rang_van"],
            periode=r["laatste_periode"],
            waarde=r["waarde"],
            verschil_nl=r["verschil_nl"],
            kloof=r["kloof"],
            toelichting=r["toelichting"] or "",
            kanttekening=r["kanttekening"] or "",
        )
    return oordelen


def _read_toetsing(db: duckdb.DuckDBPyConnection) -> Toetsing | None:
    """The tests of the trends of the province: of the provinces, the only one in the report."""
    for r in read_rows(db, "FROM monitor.oordeel_regiosoort WHERE soort = 'provincie' AND gebied = 'rapport'"):
        return Toetsing(r["toetsen"], r["signalen"], r["verwacht_toeval"], r["signalen_bh"], r["robuust"])
    return None


def _read_herziening(
    db: duckdb.DuckDBPyConnection, vorige: str | None, regios: dict[str, Regio], provincie: str
) -> Herziening | None:
    """What changed in the regions of the report since the publication of build `vorige`; None where there is none.

    Of each indicator the greatest change relatively, of the province where that changed.
    """
    if vorige is None:
        return None
    soorten: dict[str, dict[str, int]] = defaultdict(dict)
    for r in read_rows(
        db,
        """
        SELECT indicator, soort, count(*) AS aantal FROM monitor.herziening
        WHERE tegenover = 'vorige_publicatie' AND uitsplitsing = 'totaal' AND list_contains(?, regio)
        GROUP BY ALL ORDER BY ALL
        """,
        list(regios),
    ):
        soorten[r["indicator"]][r["soort"]] = r["aantal"]
    nieuw = {indicator: found.pop("nieuw") for indicator, found in soorten.items() if "nieuw" in found}
    greatest = {
        r["indicator"]: r
        for r in read_rows(
            db,
            """
            FROM monitor.herziening
            WHERE tegenover = 'vorige_publicatie' AND uitsplitsing = 'totaal' AND list_contains(?, regio)
                AND soort IN ('herzien', 'definitie')
            QUALIFY row_number() OVER (
                PARTITION BY indicator
                ORDER BY regio <> ?, abs(nieuw - oud) / nullif(abs(oud), 0) DESC NULLS LAST, regio, periode DESC
            ) = 1
            """,
            list(regios),
            provincie,
        )
    }
    namen = {r["id"]: r for r in read_rows(db, "SELECT id, naam, eenheid, decimalen FROM monitor.indicator")}
    wijzigingen = []
    for indicator, found in soorten.items():
        if found:
            kaart = namen.get(indicator, {})
            wijziging = Wijziging(
                indicator, kaart.get("naam", indicator), kaart.get("eenheid", ""), kaart.get("decimalen", 1), found
            )
            if (change := greatest.get(indicator)) is not None:
                regio = regios[change["regio"]].naam
                wijziging = replace(
                    wijziging, regio=regio, periode=change["periode"], oud=change["oud"], nieuw=change["nieuw"]
                )
            wijzigingen.append(wijziging)
    kaarten = [
        Kaartwijziging(
            r["indicator"],
            namen.get(r["indicator"], {}).get("naam", r["indicator"]),
            r["soort"],
            tuple(r["velden"] or ()),
        )
        for r in read_rows(
            db, "FROM monitor.kaartherziening WHERE tegenover = 'vorige_publicatie' ORDER BY soort, indicator"
        )
    ]
    return Herziening(
        _day(f"{vorige[:4]}-{vorige[4:6]}-{vorige[6:8]}"),
        sum(nieuw.values()),
        len(nieuw),
        tuple(sorted(wijzigingen, key=lambda w: (w.naam, w.indicator))),
        tuple(kaarten),
    )


def _read_indicatoren(db: duckdb.DuckDBPyConnection, regios: dict[str, Regio]) -> list[Indicator]:
    reeksen = _read_reeksen(db, regios)
    standen = _read_standen(db, regios, reeksen)
    bronnen, gebruik = _read_bronnen(db), _read_gebruik(db)
    codes = list(regios)
    herkomst, breuken, oordelen = _read_herkomst(db, codes), _read_breuken(db), _read_oordelen(db, codes)
    return [
        Indicator(
            id=r["id"],
            naam=r["naam"],
            thema=r["thema"],
            eenheid=r["eenheid"],
            decimalen=r["decimalen"],
            richting=r["richting"],
            definitie=r["definitie"],
            bewerking=r["bewerking"],
            aggregatie=r["aggregatie"],
            richting_herkomst=r["richting_herkomst"] or "",
            prijzen=r["prijzen"],
            zekerheid=r["zekerheid"],
            opmerking=r["opmerking"] or "",
            reeksen=reeksen.get(r["id"], {}),
            standen=standen.get(r["id"], {}),
            breuken=tuple(breuken.get(r["id"], ())),
            bronnen=tuple(bronnen[b] for b in gebruik.get(r["id"], ()) if b in bronnen),
            herkomst={regio: tuple(cellen) for regio, cellen in herkomst.get(r["id"], {}).items()},
            oordelen=oordelen.get(r["id"], {}),
            opgaven=tuple(r["opgave"] or ()),
            meting=r["meting"] or "telling",
            kaart=r,
        )
        for r in read_rows(db, "FROM monitor.indicator WHERE doel = 'rapport' ORDER BY naam, id")
    ]


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
        WHERE l.geldig_tot IS NULL AND r.geldig_tot IS NULL AND r.soort = 'gemeente' AND list_contains(?, l.regio)
        ORDER BY l.regio, l.lid
        """,
        [code for code, regio in regios.items() if regio.soort in ("corop", "samengesteld")],
    ):
        leden[r["regio"]].append(regios.get(r["lid"]) or Regio(r["lid"], _strip(r["naam"]), "gemeente"))
    return {corop: tuple(sorted(g, key=lambda r: r.naam)) for corop, g in leden.items()}


def read_rapport(database: Path, grenzen: Grenzen | None = None, gebied: Gebied | None = None) -> Rapport:
    """Read the model of a report on `gebied` (the tenant of this process) from a built database, opened read-only.

    `grenzen` are the boundaries for the maps; without them the maps are made of tiles.

    An indicator without a value in any region of the report gets no chapter; it stands in `niet_beschikbaar`, as does
    one that lacks only the province. Raises VraagError where the database lacks the regions or the build.
    """
    gebied = gebied or gekozen()
    with open_monitor(database) as db:
        bouw = next(iter(read_rows(db, "FROM monitor.bouw")), None)
        if bouw is None:
            raise VraagError(
                f"{database} zegt niet hoe het gebouwd is (monitor.bouw is leeg). Bouw opnieuw met: monitor run"
            )
        regios = _read_regios(db, gebied)
        leden = _read_leden(db, regios)
        alle = _read_indicatoren(db, regios)
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
        bronnen = tuple(_read_bronnen(db).values())
        toetsing = _read_toetsing(db)
        herziening = _read_herziening(db, bouw["vorige"], regios, gebied.code)
        correcties = _read_correcties(db)
        register = read_register(db, regios, gebied)
    shown = [i for i in alle if any(i.has_value(code) for code in regios)]
    for indicator in alle:
        if not indicator.has_value(gebied.code) and indicator.id not in absent:
            absent[indicator.id] = NietBeschikbaar(
                *(indicator.id, indicator.naam, "geen waarde", ""),
                f"De bron geeft voor {gebied.naam} geen waarde.",
            )
    built_at = _moment(bouw["built_at"])
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
    )
