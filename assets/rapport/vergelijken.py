"""Two editions beside each other: of each indicator what is real change, what revision, and what another definition.

The split is that of the build (`sql/monitor/editieverschil.sql`), made here for any two editions: the data of the later
one are laid out as the build has them, those of the earlier one as its `vorige_editie`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assets.bouw.invoer.bouwinvoer import InvoerError, read_manifest
from assets.bouw.invoer.maak import create_vorige
from assets.bouw.zegel import GEGEVENS, ZegelError, find_zegel, opened_zegel
from assets.gesloten import open_gesloten, sql_text
from assets.rapport.beleidsvergelijking import Beleidsverschil, compare_beleid, show_beleid
from assets.rapport.editie import EditieError
from assets.tabel import SQL, read_query
from reports.getallen import format_getal, format_periode, is_percentage, met_eenheid

# How many cards are named of those that came or went.
GENOEMD = 12
# What the two queries read of the later edition.
NODIG = ("kern.waarneming", "monitor.herkomst", "monitor.indicator", "monitor.indicatorwaarde", "monitor.stand")


@dataclass(frozen=True)
class Verschil:
    """Why an indicator has another value than in the earlier edition; a part is None where it can not be told."""

    indicator: str
    naam: str
    eenheid: str
    decimalen: int
    periode_toen: str
    periode_nu: str | None
    waarde_toen: float
    waarde_nu: float | None
    verandering: float | None
    herziening: float | None
    definitie: float | None
    kaart_gewijzigd: bool
    leden_gewijzigd: bool


@dataclass(frozen=True)
class Kaartverschil:
    """A card that came, went or measures something else."""

    indicator: str
    soort: str
    velden: tuple[str, ...]


@dataclass(frozen=True)
class Editievergelijking:
    """Two editions beside each other, for one region. `toen` and `nu`: how each is called."""

    toen: str
    nu: str
    regio: str
    verschillen: tuple[Verschil, ...]
    kaarten: tuple[Kaartverschil, ...]
    beleid: tuple[Beleidsverschil, ...] = ()


@contextmanager
def opened_editie(opslag: Path, soort: str, jaar: int, gepubliceerd: Path) -> Iterator[tuple[str, Path]]:
    """The data of an edition: of its last sealed version, else of what is published, with how that is called.

    Raises EditieError when it is neither sealed nor published.
    """
    if (zegel := find_zegel(opslag, soort, jaar)) is not None:
        with opened_zegel(zegel.pad, (f"{GEGEVENS}/",)) as (_, folder):
            yield f"editie {jaar} (versie {zegel.versie}, verzegeld)", folder / GEGEVENS
        return
    try:
        manifest = read_manifest(gepubliceerd)
    except InvoerError:
        manifest = {}
    if manifest.get("editie") != str(jaar) or manifest.get("soort") != soort:
        raise EditieError(
            f"editie {jaar} is niet verzegeld en niet gepubliceerd voor {soort}",
            vervolg="De verzegelde edities toont: monitor editie lijst",
        )
    yield f"editie {jaar} (gepubliceerd, niet verzegeld)", gepubliceerd


def compare_edities(toen: tuple[str, Path], nu: tuple[str, Path], regio: str) -> Editievergelijking:
    """Compare the data of two editions for a region (code). Raises ZegelError where a table is missing."""
    with open_gesloten(toen[1] / "parquet", nu[1] / "parquet") as db:
        db.execute("ATTACH ':memory:' AS monitor; ATTACH ':memory:' AS invoer; USE monitor; CREATE SCHEMA kern")
        for naam in NODIG:
            path = nu[1] / "parquet" / f"{naam}.parquet"
            if not path.is_file():
                raise ZegelError(f"{nu[0]} mist {path.name}; die is van een oudere versie van de monitor")
            db.execute(f"CREATE VIEW {naam} AS FROM read_parquet({sql_text(str(path))})")
        create_vorige(db, toen[1])
        for naam in ("kaartherziening", "editieverschil"):
            read_query(SQL / "monitor" / f"{naam}.sql").create(db)
        rows = db.execute(
            """
            SELECT v.indicator, coalesce(i.naam, v.indicator), coalesce(i.eenheid, t.eenheid), coalesce(i.decimalen, 1),
                v.periode_toen, v.periode_nu, v.waarde_toen, v.waarde_nu, v.verandering, v.herziening, v.definitie,
                v.kaart_gewijzigd, v.leden_gewijzigd
            FROM monitor.editieverschil AS v
            LEFT JOIN monitor.indicator AS i ON i.id = v.indicator
            LEFT JOIN invoer.vorige_indicator AS t ON t.id = v.indicator
            WHERE v.regio = ? AND v.uitsplitsing = 'totaal' ORDER BY 2, 1
            """,
            [regio],
        ).fetchall()
        kaarten = db.execute(
            "SELECT indicator, soort, velden FROM monitor.kaartherziening ORDER BY soort, indicator"
        ).fetchall()
    return Editievergelijking(
        toen[0],
        nu[0],
        regio,
        tuple(Verschil(*r) for r in rows),
        tuple(Kaartverschil(r[0], r[1], tuple(r[2] or ())) for r in kaarten),
        compare_beleid(toen[1] / "parquet", nu[1] / "parquet"),
    )


def _waarde(v: Verschil, waarde: float | None, periode: str | None) -> str:
    if waarde is None or periode is None:
        return "n.b."
    return f"{met_eenheid(waarde, v.decimalen, v.eenheid)} in {format_periode(periode)}"


def _deel(v: Verschil, waarde: float | None) -> str:
    if waarde is None:
        return "n.b."
    getal = format_getal(waarde, v.decimalen, teken=True)
    return f"{getal} procentpunt" if is_percentage(v.eenheid) else getal


def show_vergelijking(v: Editievergelijking) -> str:
    """The comparison as lines for a person, in Dutch."""
    lines = [f"Van {v.toen} naar {v.nu}, regio {v.regio}"]
    for d in v.verschillen:
        lines += [
            f"\n{d.naam} ({d.indicator})",
            f"  van {_waarde(d, d.waarde_toen, d.periode_toen)} naar {_waarde(d, d.waarde_nu, d.periode_nu)}",
            f"  verandering in de tijd {_deel(d, d.verandering)}; herziening door de bron {_deel(d, d.herziening)}; "
            f"andere definitie of indeling {_deel(d, d.definitie)}",
        ]
        if d.kaart_gewijzigd or d.leden_gewijzigd:
            anders = ["de kaart"] * d.kaart_gewijzigd + ["de gemeenten van de regio"] * d.leden_gewijzigd
            lines.append(f"  anders dan toen: {' en '.join(anders)}")
    if not v.verschillen:
        lines.append("Geen enkele indicator staat in beide edities met een waarde voor deze regio.")
    for soort, kop in (
        ("nieuw", "Nieuw in de latere editie"),
        ("vervallen", "Niet meer in de latere editie"),
        ("definitie", "Andere kaart"),
    ):
        found = [k for k in v.kaarten if k.soort == soort]
        if found:
            named = [k.indicator + (f" ({', '.join(k.velden)})" if k.velden else "") for k in found[:GENOEMD]]
            more = f" en nog {len(found) - GENOEMD}" if len(found) > GENOEMD else ""
            lines.append(f"\n{kop} ({len(found)}): {', '.join(named)}{more}")
    return "\n".join([*lines, *show_beleid(v.beleid)])
