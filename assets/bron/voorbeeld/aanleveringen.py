"""Sample deliveries: files as they are handed in, made from the same levels as the sample tables.

One has the shape of the Regionale Monitor Brede Welvaart, in which a blank became `0.0`; the others are in the long
template.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from assets.bron.bronlijst import Aanlevering, read_aanleveringen
from assets.bron.voorbeeld.generator import Onderwerpmaker
from assets.bron.voorbeeld.indeling import Gebieden, list_tijden
from assets.bron.voorbeeld.profielen import read_profielen
from assets.bron.voorbeeld.velden import BEVOLKING, Velden
from begrippen.regio import NEDERLAND

PEILDATUM = "2026-03-01"
BRON = "Voorbeeldgegevens, geen echte cijfers"


def _frame(mapping: Aanlevering, gebieden: Gebieden) -> pd.DataFrame:
    """All cells of a delivery: indicator, regiocode, periode, waarde (NaN where blank), decimalen."""
    profielen = read_profielen()
    usual = profielen["aanleveringen"][mapping.id]
    fields: dict[tuple[str, ...], Velden] = {}
    parts = []
    for naam, onderwerp in mapping.onderwerpen.items():
        own: dict[str, Any] = {"regios": usual.get("regios", ["GM*"]), "jaren": usual["jaren"]} | usual.get(naam, {})
        asked = [c for a in own["regios"] for c in profielen["vraag"].get(a, (a,))]
        regios = [c for c in gebieden.choose(asked) if c in gebieden.leden]
        soorten = ["KW"] if own.get("kwartalen") else ["JJ"]
        tijden = list_tijden(soorten, 0, {"jaren": own["jaren"]}, max(own["jaren"]))
        codes = tuple(t.code for t in tijden)
        velden = fields.setdefault(codes, Velden(gebieden, profielen, tijden))
        matrix = gebieden.matrix(regios)
        values = Onderwerpmaker(mapping, naam, onderwerp, velden, matrix).values([])
        blank = (matrix @ velden.veld(BEVOLKING))[:, -1] < own.get("inwoners", 0)
        if "alleen" in own:
            blank |= ~np.isin(regios, own["alleen"])
        values[blank] = np.nan
        cells = {"regiocode": np.repeat(regios, len(codes)), "periode": np.tile(codes, len(regios))}
        parts.append(pd.DataFrame(cells | {"waarde": values.ravel()}))
        parts[-1]["indicator"], parts[-1]["decimalen"] = naam, onderwerp.decimalen or 0
    return pd.concat(parts, ignore_index=True)


def _write_rmbw(path: Path, mapping: Aanlevering, gebieden: Gebieden) -> None:
    frame = _frame(mapping, gebieden)
    zero = [naam for naam, o in mapping.onderwerpen.items() if o.nul_is_leeg]
    frame = frame[frame["waarde"].notna() | frame["indicator"].isin(zero)]
    out = pd.DataFrame(
        {
            "indicator_code": frame["indicator"],
            "regiocode": frame["regiocode"],
            "regionaam": frame["regiocode"].map(gebieden.namen),
            "jaar": frame["periode"].str[:4],
            # what makes a zero of a blank
            "waarde": frame["waarde"].fillna(0.0),
        }
    )
    out.to_csv(path, index=False, lineterminator="\n")


def _write_sjabloon(path: Path, mapping: Aanlevering, gebieden: Gebieden) -> None:
    frame = _frame(mapping, gebieden).dropna(subset="waarde")
    texts = [f"{w:.{d}f}".replace(".", ",") for w, d in zip(frame["waarde"], frame["decimalen"], strict=True)]
    last = frame["periode"].str[:4] == frame["periode"].str[:4].max()
    out = frame[["indicator", "regiocode", "periode"]].assign(
        waarde=texts, status=np.where(last, "voorlopig", "definitief"), bron=BRON, peildatum=PEILDATUM
    )
    out.to_csv(path, index=False, sep=";", lineterminator="\n")


def _write_lisa(path: Path) -> None:
    """Write the jobs of the whole country by section, from a level and two shares a section."""
    lisa = read_profielen()["lisa"]
    jaren = range(min(lisa["totaal"]), max(lisa["totaal"]) + 1)
    totaal = np.interp(list(jaren), list(lisa["totaal"]), [1000 * w for w in lisa["totaal"].values()])
    delen = np.array([np.linspace(eerst, laatst, len(jaren)) for eerst, laatst in lisa["aandeel"].values()])
    banen = np.rint(delen / delen.sum(axis=0) * totaal).astype(int)
    rows = {f"banen_{sectie.lower()}": row for sectie, row in zip(lisa["aandeel"], banen, strict=True)}
    out = pd.DataFrame(
        [
            (naam, NEDERLAND, f"{jaar}JJ00", waarde, "definitief", BRON, PEILDATUM)
            # the sections make the total, to the unit
            for naam, row in {"banen_totaal": banen.sum(axis=0), **rows}.items()
            for jaar, waarde in zip(jaren, row, strict=True)
        ],
        columns=["indicator", "regiocode", "periode", "waarde", "status", "bron", "peildatum"],
    )
    out.to_csv(path, index=False, sep=";", lineterminator="\n")


def write_sample_deliveries(folder: Path, regios: pd.DataFrame, leden: pd.DataFrame) -> None:
    """Write the sample deliveries into `folder` (made when absent): `rmbw_gemeenten_*.csv`, `sjabloon_*.csv` and more.

    `regios` and `leden` as for `sample_server`.
    """
    gebieden = Gebieden(regios, leden, read_profielen())
    mappings = read_aanleveringen()
    folder.mkdir(parents=True, exist_ok=True)
    _write_rmbw(folder / "rmbw_gemeenten_2013_2024.csv", mappings["rmbw"], gebieden)
    for naam in ("sjabloon", "prognose_leeftijd"):
        _write_sjabloon(folder / f"{naam}_voorbeeld.csv", mappings[naam], gebieden)
    _write_lisa(folder / "lisa_voorbeeld.csv")
