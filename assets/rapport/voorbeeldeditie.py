"""The small edition of 2024 that the sample compares with: a few cards, on the sample as it stood two years before.

It is made once, on the first run of the sample, with a clock of its own, so that its figures and dates are the same on
every machine.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from assets.bouw.bouwen import build_database
from assets.bouw.invoer.bouwinvoer import Bouwinvoer
from assets.bron.bronlijst import Brontabel, read_tabellen
from assets.bron.fetch import Adressen, fetch_tabellen
from assets.bron.momentopname import Archief
from assets.indicatoren.kaart import Kaart
from assets.keten import Editiekeuze, Plek
from assets.rapport.bevriezen import freeze
from assets.rapport.editie import EditieError, cards_of, read_editie

JAAR = 2024
# When its answers were fetched, when it was built and sealed.
MOMENT = datetime(2024, 10, 1, 6, tzinfo=UTC)


def tables_of(kaarten: dict[str, Kaart]) -> dict[str, Brontabel]:
    """The source tables that cards ask for."""
    terms = [(b, t) for k in kaarten.values() for b in k.bronnen for t in (*b.teller, *b.noemer)]
    wanted = {t.tabel or b.tabel for b, t in terms} | {b.tabel for b, _ in terms}
    return {naam: tabel for naam, tabel in read_tabellen().items() if naam in wanted}


def make_voorbeeldeditie(
    plek: Plek, keuze: Editiekeuze, adressen: Adressen, bekende_regios: frozenset[str], code_versie: str
) -> Path | None:
    """Fetch, build and seal the small edition of the sample; returns its archive, None where it is not described.

    Everything but the archive is made in a folder that is gone afterwards.
    """
    if keuze.edities is None or keuze.lock is None or not (keuze.edities / str(JAAR)).is_dir():
        return None
    editiemap = read_editie(keuze.edities, JAAR)
    kaarten = cards_of(editiemap)
    tabellen = tables_of(kaarten)
    with TemporaryDirectory(prefix="editie-", dir=plek.opslag) as name:
        opslag = Path(name)
        archief = Archief(opslag, plek.soort)
        uitkomsten = fetch_tabellen(tabellen.values(), adressen, archief, lambda: MOMENT, bekende_regios)
        failed = [u for u in uitkomsten if u.momentopname is None]
        if failed:
            raise EditieError(f"de voorbeeldeditie van {JAAR} mist tabel {failed[0].tabel}: {failed[0].reden}")
        invoer = Bouwinvoer(
            soort=plek.soort,
            momentopnamen=tuple(u.momentopname for u in uitkomsten if u.momentopname is not None),
            tabellen=tabellen,
            aanleveringen={},
            kaarten=kaarten,
            editie=JAAR,
            built_at=MOMENT,
            code_versie=code_versie,
        )
        bouw = opslag / "bouw"
        build_database(invoer, bouw)
        archive, _ = freeze(bouw, opslag, editiemap, lock=keuze.lock, now=MOMENT)
        target = plek.opslag / archive.relative_to(opslag)
        target.parent.mkdir(parents=True, exist_ok=True)
        for made in (archive.with_suffix(".zip.sha256"), archive):
            made.replace(target.with_name(made.name))
    return target
