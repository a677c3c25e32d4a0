"""What a source says about a table, as it is kept beside its cells."""

from __future__ import annotations

from pathlib import Path

import duckdb

from assets.bron import inlezen
from assets.bron.bronlijst import Brontabel
from assets.bron.structuur import Keuze, Structuur


def write_metadata(
    db: duckdb.DuckDBPyConnection, folder: Path, tabel: Brontabel, structuur: Structuur, keuze: Keuze
) -> None:
    """Write the topics that were found and the whole code lists, by our names where the source has others."""
    inlezen.write_onderwerpen(
        db,
        folder,
        (
            (o.sleutel, naam, o.titel.strip(), o.groeppad, o.eenheid, o.decimalen, o.datatype, o.beschrijving)
            for naam, o in keuze.onderwerpen.items()
        ),
    )
    soort = {naam: d.soort for naam, d in tabel.dimensies.items()}
    namen = {source: naam for naam, source in keuze.dimensies.items()}
    inlezen.write_codelijsten(
        db,
        folder,
        (
            (
                naam,
                soort.get(naam, "uitsplitsing"),
                keuze.own_code(naam, c.code),
                c.titel.strip(),
                c.beschrijving,
                c.groep,
                c.status,
                c.volgorde,
            )
            for naam, codes in ((namen.get(dim, dim), codes) for dim, codes in structuur.codes.items())
            for c in codes
        ),
    )
