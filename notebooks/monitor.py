"""The published figures in three lines of Python, for economists: a tidy table with unit, status, margin and source.

    from monitor import reeks
    reeks("werkloosheid", regio=["CR08", "NL01"])

It reads what is published last (`uitvoer/`, or MONITOR_UITVOER), or the folder or address that `open_uitgave` is given.
The file is opened read-only. What is missing stays in the table, without a value and with its reason; it is never 0.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from numbers import Integral
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import requests

from assets.tabel import SQL, arrow_schema, read_query
from assets.vragen.lezen import VraagError, find, open_monitor
from begrippen.lijsten import NIET_OPTELBAAR, REGISTER_APART, WOORDEN

BESTAND = "monitor.duckdb"
SOORTEN = ("cbs", "opname", "voorbeeld")
WACHT_SECONDEN = 60
REGISTER = "register"
# The columns of a series, of a region of the report and of an own one.
KOLOMMEN = (
    *("indicator", "naam", "regio", "regionaam", "periode", "jaar", "waarde", "eenheid", "status", "leeg_reden"),
    *("marge_onder", "marge_boven", "benadering", "bron"),
)


def find_database() -> Path:
    """Give the published database.

    It is looked for below MONITOR_UITVOER, or `uitvoer` beside the folder of the notebooks: real figures first, the
    sample last. Raises FileNotFoundError with the next command.
    """
    root = Path(os.environ.get("MONITOR_UITVOER", "").strip() or Path(__file__).parent.parent / "uitvoer")
    for folder in (root, *(root / soort for soort in SOORTEN)):
        # the build itself, not the link to it: all that follows is then read from one and the same build
        found = (folder / "actueel").resolve() / "monitor.duckdb"
        if found.is_file():
            return found
    raise FileNotFoundError(
        f"Er is nog niets gepubliceerd in {root}. Maak het met: monitor run, of wijs met MONITOR_UITVOER de map aan."
    )


@dataclass(frozen=True)
class Eigenregio:
    """Municipalities taken together; `reeks` adds them up by the rule of the card."""

    naam: str
    leden: tuple[str, ...]


@dataclass
class _Keuze:
    """Which published file is read; None: the one that was published last."""

    plek: Path | None = None


_gekozen = _Keuze()


def open_uitgave(plek: str | Path) -> Path:
    """Choose what is read from now on: a folder with `monitor.duckdb`, that file, or the address of such a folder.

    Of an address the file is fetched once and kept in the folder for temporary files. Gives the file. Raises VraagError
    where there is none.
    """
    text = str(plek)
    found = _fetch(text) if text.startswith(("http://", "https://")) else Path(text)
    found = found / BESTAND if found.is_dir() else found
    if not found.is_file():
        raise VraagError(f"In {plek} staat geen {BESTAND}", vervolg="Wijs de map aan waarin dat bestand staat")
    _gekozen.plek = found.resolve()
    return _gekozen.plek


def _fetch(adres: str) -> Path:
    """The database of a published folder, fetched when the one that is kept is of another version."""
    url = adres if adres.endswith(".duckdb") else f"{adres.rstrip('/')}/{BESTAND}"
    try:
        with requests.get(url, timeout=WACHT_SECONDEN, stream=True) as answer:
            answer.raise_for_status()
            merk = "|".join(answer.headers.get(k, "") for k in ("ETag", "Last-Modified", "Content-Length"))
            kept = Path(tempfile.gettempdir()) / f"monitor-{sha256(f'{url}|{merk}'.encode()).hexdigest()[:16]}.duckdb"
            if not kept.is_file():
                half = kept.with_suffix(".half")
                with half.open("wb") as file:
                    for part in answer.iter_content(1 << 20):
                        file.write(part)
                half.replace(kept)
    except requests.RequestException as error:
        raise VraagError(f"{url} is niet op te halen ({error})", vervolg="Kijk of het adres klopt") from error
    return kept


def _vraag(query: str, *waarden: Any) -> pd.DataFrame:
    with open_monitor(_gekozen.plek or find_database()) as db:
        return db.execute(query, list(waarden)).df()


def _find(wat: str, code: str, query: str, lijst: str) -> dict[str, Any]:
    rows = [dict(zip(("code", "naam"), r, strict=True)) for r in _vraag(query).itertuples(index=False, name=None)]
    return find(wat, code, rows, "{}", lijst)


def kaart(indicator: str) -> pd.Series:
    """Everything that the card of an indicator says. The name counts as well as the id.

    Raises VraagError with the nearest ones.
    """
    row = _find(
        "Indicator", indicator, "SELECT id, naam FROM monitor.indicator ORDER BY id", "Alle indicatoren: indicatoren()"
    )
    return _vraag("FROM monitor.indicator WHERE id = ?", row["code"]).iloc[0]


def indicatoren(zoek: str = "") -> pd.DataFrame:
    """Every indicator: id, name, theme, unit, definition; with `zoek` those that hold this text in one of these."""
    return _vraag(
        "SELECT id, naam, thema, eenheid, definitie FROM monitor.indicator "
        "WHERE contains(lower(concat_ws(' ', id, naam, thema, definitie)), lower(?)) ORDER BY thema, naam",
        zoek,
    )


def regios(soort: str | None = None) -> pd.DataFrame:
    """Every region of today and every composite one: code, name, kind; only of one kind with `soort`."""
    return _vraag(
        "SELECT code, naam, soort::VARCHAR AS soort FROM kern.regio "
        "WHERE (geldig_tot IS NULL OR soort = 'samengesteld') AND (? IS NULL OR soort = ?) ORDER BY soort, code",
        soort,
        soort,
    )


def _code(regio: str) -> str:
    rows = "SELECT code, naam FROM kern.regio WHERE geldig_tot IS NULL OR soort = 'samengesteld' ORDER BY code"
    return str(_find("Regio", regio, rows, "Alle regio's: regios()")["code"])


def _gemeente(lid: str) -> str:
    """The code of a member: a name that a province has too is that of the municipality."""
    named = _vraag("SELECT code FROM kern.regio WHERE soort = 'gemeente' AND geldig_tot IS NULL AND naam ILIKE ?", lid)
    return str(named["code"].iloc[0]) if len(named) == 1 else _code(lid)


def _jaar(jaar: int | None, anders: int) -> int:
    if jaar is None:
        return anders
    # what numpy and pandas give counts as a whole number too
    if isinstance(jaar, Integral) and not isinstance(jaar, bool):
        return int(jaar)
    raise VraagError(f"{jaar!r} is geen jaar", vervolg="Schrijf het als getal, zonder aanhalingstekens: van=2015")


def eigen_regio(leden: str | Iterable[str], naam: str = "Eigen gebied") -> Eigenregio:
    """Take municipalities together, by code or name.

    Raises VraagError for what is no municipality, and for one that is named twice.
    """
    codes = [_gemeente(lid) for lid in ([leden] if isinstance(leden, str) else leden)]
    gemeenten = set(regios("gemeente")["code"])
    wrong = [c for c in codes if c not in gemeenten]
    if wrong or len(set(codes)) < len(codes) or not codes:
        said = f"{', '.join(wrong)}: geen gemeente" if wrong else "een gemeente staat er twee keer, of er is er geen"
        raise VraagError(f"Een eigen regio bestaat uit gemeenten. {said}", vervolg="Zie regios('gemeente')")
    return Eigenregio(naam, tuple(codes))


_REEKS = """
    SELECT w.indicator, i.naam, w.regio, coalesce(r.naam, w.regio) AS regionaam, w.periode,
        left(w.periode, 4)::INTEGER AS jaar, w.waarde, i.eenheid, w.status::VARCHAR AS status,
        w.leeg_reden::VARCHAR AS leeg_reden, w.marge_onder, w.marge_boven, coalesce(w.benadering, false) AS benadering,
        b.bron
    FROM monitor.indicatorwaarde AS w
    JOIN monitor.indicator AS i ON i.id = w.indicator
    LEFT JOIN (SELECT code, any_value(naam) AS naam FROM kern.regio WHERE geldig_tot IS NULL OR soort = 'samengesteld'
        GROUP BY code) AS r ON r.code = w.regio
    LEFT JOIN (
        SELECT h.indicator, h.regio, h.periode, string_agg(DISTINCT m.uitgever || ', ' || m.tabel || ', opgehaald '
            || strftime(m.fetched_at, '%Y-%m-%d'), '; ') AS bron
        FROM monitor.herkomst AS h JOIN monitor.momentopname AS m USING (bron, tabel)
        WHERE h.uitsplitsing = 'totaal' AND h.rol IN ('teller', 'noemer') AND h.indicator = ?
            AND list_contains(?, h.regio)
        GROUP BY ALL
    ) AS b ON b.indicator = w.indicator AND b.regio = w.regio AND b.periode = w.periode
    WHERE w.uitsplitsing = 'totaal' AND w.indicator = ? AND list_contains(?, w.regio)
    ORDER BY list_position(?, w.regio), w.periode
"""


def reeks(
    indicator: str,
    regio: str | Eigenregio | Iterable[str | Eigenregio] = "NL01",
    van: int | None = None,
    tot: int | None = None,
) -> pd.DataFrame:
    """The figures of an indicator: a row a region and period.

    Columns: indicator, naam, regio, regionaam, periode, jaar, waarde (unrounded), eenheid, status, leeg_reden,
    marge_onder, marge_boven (95%, where the source has them), benadering, bron. `van`, `tot`: years, both included.
    Raises VraagError for an unknown indicator or region, for none at all, for what is no year, and for an own region
    that this card does not add up.
    """
    jaren = _jaar(van, 0), _jaar(tot, 9999)
    card = kaart(indicator)
    gevraagd = [regio] if isinstance(regio, str | Eigenregio) else list(regio)
    if not gevraagd:
        raise VraagError("Er is geen regio genoemd", vervolg="Noem een of meer regio's; alle regio's: regios()")
    codes = [_code(r) for r in gevraagd if isinstance(r, str)]
    parts = [_vraag(_REEKS, card["id"], codes, card["id"], codes, codes)] if codes else []
    parts += [_add_up(card, r) for r in gevraagd if isinstance(r, Eigenregio)]
    table = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    return table[table["jaar"].between(*jaren)].reset_index(drop=True)


_LEDEN = """
    SELECT ? AS indicator, ? AS aggregatie, 'eigen' AS regio, left(p.periode, 4)::INTEGER AS jaar, p.periode, l.lid,
        w.waarde, f.factor, w.teller, w.noemer, (w.marge_boven - w.marge_onder) / 2 AS marge, w.afronding,
        w.status::VARCHAR AS status,
        -- a member without a row was not there that year
        CASE WHEN w.regio IS NULL THEN 'niet_van_toepassing' ELSE w.leeg_reden::VARCHAR END AS leeg_reden,
        ? AS weging, g.waarde AS lid_gewicht, g.status::VARCHAR AS gewicht_status,
        CASE WHEN weging IS NOT NULL AND g.regio IS NULL THEN 'niet_in_selectie' ELSE g.leeg_reden::VARCHAR END
            AS gewicht_reden
    FROM (SELECT DISTINCT periode FROM monitor.indicatorwaarde WHERE indicator = ? AND uitsplitsing = 'totaal') AS p
    CROSS JOIN (SELECT unnest(?) AS lid) AS l
    LEFT JOIN monitor.indicatorwaarde AS w
        ON w.indicator = ? AND w.uitsplitsing = 'totaal' AND w.regio = l.lid AND w.periode = p.periode
    LEFT JOIN monitor.indicatorwaarde AS g
        ON g.indicator = ? AND g.uitsplitsing = 'totaal' AND g.regio = l.lid
        AND left(g.periode, 4) = left(p.periode, 4)
    LEFT JOIN (SELECT regio, periode, any_value(factor) AS factor FROM monitor.herkomst
        WHERE indicator = ? AND rol = 'teller' GROUP BY ALL) AS f ON f.regio = l.lid AND f.periode = p.periode
"""


def _add_up(card: pd.Series, eigen: Eigenregio) -> pd.DataFrame:
    """An own region by the queries of the build, so by the rule of the card; a region that is refused raises."""
    bronnen = set(_vraag("SELECT DISTINCT bron FROM monitor.herkomst WHERE indicator = ?", card["id"])["bron"])
    if card["aggregatie"] == "niet" or REGISTER in bronnen:
        waarom = REGISTER_APART if REGISTER in bronnen else NIET_OPTELBAAR
        raise VraagError(f"{card['naam']}: {waarom}", vervolg="Kies een regio die zelf een cijfer heeft")
    weging, codes = card["gewicht"] or None, list(eigen.leden)
    asked = (card["id"], card["aggregatie"], weging, card["id"], codes, card["id"], weging, card["id"])
    with open_monitor(_gekozen.plek or find_database()) as db:
        leden = db.sql(_LEDEN, params=list(asked)).to_arrow_table()
        of_card = "SELECT id, dekking, dekking_maat FROM monitor.indicator WHERE id = ?"
        kaarten = db.sql(of_card, params=[card["id"]]).to_arrow_table()
    woorden = WOORDEN["aggregatie"][card["aggregatie"]]
    row = {"naam": card["naam"], "regionaam": eigen.naam, "eenheid": card["eenheid"]}
    row |= {"bron": f"opgeteld uit {len(eigen.leden)} gemeenten ({woorden})"}
    table = _compute(leden, kaarten).assign(**row)
    return table.assign(jaar=table["periode"].str[:4].astype(int))[list(KOLOMMEN)]


def _compute(leden: pa.Table, kaarten: pa.Table) -> pd.DataFrame:
    """What the build computes of these members (the rows of `reken.lid`) under these cards, in order of time."""
    mist, berekend = (read_query(SQL / naam) for naam in ("monitor/ontbrekend_lid.sql", "reken/berekend.sql"))
    waarde = arrow_schema(read_query(SQL / "reken/waarde.sql")).empty_table()  # noqa: F841 - DuckDB reads it by name
    with duckdb.connect() as db:
        db.execute("CREATE SCHEMA reken; CREATE SCHEMA invoer; CREATE TABLE reken.lid AS FROM leden")
        db.execute("CREATE TABLE reken.waarde AS FROM waarde; CREATE TABLE invoer.kaart AS FROM kaarten")
        mist.create(db)
        return db.execute(f"FROM ({berekend.query}) ORDER BY periode").df()


def oordeel(indicator: str | None = None, regio: str | Iterable[str] | None = None) -> pd.DataFrame:
    """The judgements: trend with its window and p-values, place, gap; of one indicator or all, of some regions or all.

    Raises VraagError for an unknown indicator or region.
    """
    codes = None if regio is None else [_code(r) for r in ([regio] if isinstance(regio, str) else regio)]
    return _vraag(
        "SELECT o.* EXCLUDE (uitsplitsing), i.naam, i.eenheid FROM monitor.oordeel AS o "
        "JOIN monitor.indicator AS i ON i.id = o.indicator WHERE o.uitsplitsing = 'totaal' "
        "AND (? IS NULL OR o.indicator = ?) AND (? OR list_contains(?, o.regio)) ORDER BY o.indicator, o.regio",
        *2 * [kaart(indicator)["id"] if indicator else None],
        codes is None,
        codes or [],
    )


def herkomst(indicator: str, regio: str, periode: str | int | None = None) -> pd.DataFrame:
    """The source cells under a figure, with what the source gave in them.

    Of one period (a year, or a code of CBS), or of all.
    """
    code = f"{periode}JJ00" if isinstance(periode, int) else periode
    return _vraag(
        "SELECT h.periode, h.rol, h.bron, h.tabel, h.onderwerp, h.cel_uitsplitsing, h.cel_regio, h.cel_periode, "
        "w.waarde, w.status::VARCHAR AS status, w.leeg_reden::VARCHAR AS leeg_reden, h.momentopname "
        "FROM monitor.herkomst AS h LEFT JOIN kern.waarneming AS w ON w.bron = h.bron AND w.tabel = h.tabel "
        "AND w.onderwerp = h.onderwerp AND w.uitsplitsing = h.cel_uitsplitsing AND w.regio = h.cel_regio "
        "AND w.periode = h.cel_periode AND w.momentopname = h.momentopname "
        "WHERE h.indicator = ? AND h.regio = ? AND h.uitsplitsing = 'totaal' AND (? IS NULL OR h.periode = ?) "
        "ORDER BY h.periode, h.rol DESC, h.tabel, h.onderwerp, h.cel_regio",
        kaart(indicator)["id"],
        _code(regio),
        code,
        code,
    )
