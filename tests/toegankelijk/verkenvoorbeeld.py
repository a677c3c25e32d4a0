"""A small report with its page to explore, on disk, and what its scripts answer without a browser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from begrippen.lijsten import LEEG_ORDE, LeegReden
from begrippen.oordeellijsten import POSITIES
from reports.analyse import Analyses
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.model import Breuk, Punt, Rapport, Reeks
from reports.oordeel import Oordeel
from reports.verken.model import Verkenner, Verkenreeks
from reports.verken.verkenblad import make_verken
from tests.reports.voorbeeldrapport import (
    BRON,
    COROP,
    DRENTHE,
    GEMEENTEN,
    NL,
    OORDEEL,
    make_indicator,
    punten,
)
from tests.toegankelijk.conftest import HERE

REGIOS = (NL, DRENTHE, *COROP, *GEMEENTEN)
# a place in each quarter, shared or not, among each kind of region
OORDELEN = {
    regio.code: replace(
        OORDEEL, positie=positie, gedeeld=bool(n % 2), rang=n + 1, rang_van=342, eerste=2019, laatste=2024
    )
    for n, (regio, positie) in enumerate(zip((DRENTHE, *COROP[:1], *GEMEENTEN), POSITIES, strict=False))
}
VOL = GEMEENTEN[-2].code


def geen(waarden: Sequence[float | None], reden: LeegReden) -> tuple[Punt, ...]:
    """Points with this reason where there is no value."""
    return tuple(replace(p, leeg_reden=reden if p.waarde is None else None) for p in punten(list(waarden)))


def reeksen(per_regio: Mapping[str, tuple[Punt, ...]]) -> dict[str, Reeks]:
    """Series by code."""
    return {r.code: Reeks(r, per_regio[r.code]) for r in REGIOS if r.code in per_regio}


KLEIN = {r.code: punten([3.0, 0.0, 4.9, 5.0, 2.0]) for r in GEMEENTEN} | {"NL01": punten([4.0] * 5)}
# each reason that a figure is not there, a secret that never was one, an approximation, and a whole series
GATEN = {
    **{
        r.code: geen([1.5, None, -1e-7, 123456789.123456789, None], reden)
        for r, reden in zip(GEMEENTEN, LEEG_ORDE, strict=False)
    },
    "GM1701": geen([None] * 5, "geheim"),
    VOL: punten([1.0, 2.0, 3.0, 4.0, 5.0]),
    "PV22": tuple(
        replace(p, benadering=True, zonder=("Assen",), marge_onder=1.0, marge_boven=2.5) for p in punten([2.0, 3.0])
    ),
}
KAARTEN = (
    make_indicator(oordelen=OORDELEN, aggregatie="niet"),
    make_indicator(id="neutraal", richting="neutraal", oordelen=OORDELEN),
    # as a card of the register
    make_indicator(
        id="banen",
        eenheid="per 1 000 inwoners",
        decimalen=-1,
        reeksen=reeksen(KLEIN),
        bronnen=(replace(BRON, bron="register"),),
    ),
    make_indicator(
        id="gaten",
        aggregatie="som",
        eenheid="x 1 000",
        naam='=WAAR("x"); of "niet"',
        breuken=(Breuk(2022, "Anders."), Breuk(2023, "Weer.")),
        reeksen=reeksen(GATEN),
    ),
    make_indicator(
        id="bedrag",
        naam="Bedrag",
        eenheid="euro",
        prijzen="lopend",
        prijspeil=2025,
        kaart={"deflator": "consumentenprijzen"},
        oordelen=OORDELEN,
    ),
)


def verkenreeks(reeks: Reeks) -> Verkenreeks:
    """A series of the report as the page to explore reads it."""
    p = reeks.punten
    return Verkenreeks(
        tuple(x.periode for x in p),
        tuple(x.waarde for x in p),
        (None,) * len(p),
        (None,) * len(p),
        tuple(x.status for x in p),
        tuple(x.leeg_reden for x in p),
        tuple(x.benadering for x in p),
        tuple(x.marge_onder for x in p),
        tuple(x.marge_boven for x in p),
        {n: x.zonder for n, x in enumerate(p) if x.zonder},
    )


def make_verkenner(rapport: Rapport, **anders: Any) -> Verkenner:
    """All figures and judgements of a report."""
    oordelen: Mapping[str, Mapping[str, Oordeel]] = {i.id: i.oordelen for i in rapport.indicatoren}
    fields: dict[str, Any] = {
        "regios": (rapport.nederland, rapport.provincie, *rapport.corop, *rapport.gemeenten),
        "soortgenoten": {},
        "reeksen": {i.id: {c: verkenreeks(r) for c, r in i.reeksen.items()} for i in rapport.indicatoren},
        "oordelen": oordelen,
        "cellen": {},
        "factoren": {},
    }
    return Verkenner(**(fields | anders))


def write_verken(folder: Path, rapport: Rapport, verkenner: Verkenner | None = None) -> Path:
    """Write the scripts of the page; gives the folder."""
    tafel = Schrijftafel(rapport, Analyses(verken=verkenner or make_verkenner(rapport)))
    assert make_verken(tafel) is not None
    for pad, bytes_ in tafel.bestanden.items():
        (folder / pad).parent.mkdir(parents=True, exist_ok=True)
        (folder / pad).write_bytes(bytes_)
    return folder


def run_node(program: str, folder: Path, vragen: Any) -> Any:
    """What a program of this folder answers on the scripts of a report in `folder`."""
    done = subprocess.run(
        ["node", program, str(folder)],
        cwd=HERE,
        input=json.dumps(vragen),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def ask(folder: Path, indicatoren: Sequence[str], *vragen: str) -> list[Any]:
    """What expressions of JavaScript give, with the figures of these indicators loaded."""
    return run_node("script.mjs", folder, [list(indicatoren), *vragen])
