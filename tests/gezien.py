"""A table of a test's own source list as it would have been seen at the source."""

from __future__ import annotations

from collections.abc import Mapping

from assets.bron.bronlijst import Brontabel
from assets.bron.gezienlijst import GezieneTabel

LAATSTE_JAAR = 2025


def as_seen(tabellen: Mapping[str, Brontabel]) -> dict[str, GezieneTabel]:
    """Give the shape that each table asks for, from two years before what it asks to 2025."""
    return {naam: _seen(tabel) for naam, tabel in tabellen.items()}


def _seen(tabel: Brontabel) -> GezieneTabel:
    dimensies = {}
    for naam, d in tabel.dimensies.items():
        dimensies[naam] = {"soort": d.soort, "codes": d.codes, "regios": (*d.regios, *d.ook_regios)}
        if d.soort == "periode":
            first = max(2005, (d.vanaf or 2008) - 2)
            dimensies[naam] = {"soort": d.soort, "soorten": d.periodesoorten, "van": first, "tot": LAATSTE_JAAR}
    return GezieneTabel.model_validate(
        {
            "id": tabel.id,
            "titel": tabel.titel,
            "catalogus": tabel.catalogus,
            "api": ("v3",) if tabel.catalogus == "derden" else ("v3", "v4"),
            "gezien": [{"hoe": "niet", "waar": "een toets", "zekerheid": "niet"}],
            "regio": tabel.regio_vast,
            "jaar": int(tabel.periode_vast[:4]) if tabel.periode_vast else None,
            "dimensies": dimensies,
            "onderwerpen": {
                naam: {"titel": o.titel, "pad": o.pad, "eenheid": o.eenheid}
                | {"decimalen": (1 if o.eenheid == "%" else 0) if o.decimalen is None else o.decimalen}
                for naam, o in tabel.onderwerpen.items()
            },
        }
    )
