"""Who works where in the sample: jobs by region of residence and region of work."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assets.bron.voorbeeld.generator import Onderwerpmaker
from assets.bron.voorbeeld.indeling import Gebieden
from assets.bron.voorbeeld.toeval import Veld, normal

# rounds of scaling rows and columns: enough to be within a part of a promille
FIT = 6


def pendel(maker: Onderwerpmaker, gebieden: Gebieden, wonen: Sequence[str], werken: Sequence[str]) -> Veld:
    """Jobs of employees by region of residence x time x region of work, or how far apart those are.

    From municipality to municipality: most work where they live, then in the COROP area, the province, elsewhere.
    """
    home, work = gebieden.matrix(wonen), gebieden.matrix(werken)
    # of who lives there, and of who works there: the same jobs that stand by branch
    jobs, wanted = maker.velden.veld("banen"), maker.velden.veld("banen_werknemers")
    province = gebieden.provincie[:, None] == gebieden.provincie[None, :]
    corop = gebieden.corop[:, None] == gebieden.corop[None, :]
    same = np.eye(len(gebieden.codes), dtype=bool)
    lands = np.zeros_like(same)
    for code, members in gebieden.leden.items():
        if code.startswith("LD"):
            lands |= members[:, None] & members[None, :]
    # the province with a profile may draw fewer people in than it lets go
    draw = np.where(gebieden.eigen, maker.velden.eigen.get("pendeltrek", 1.0), 1.0) * np.exp(
        0.4 * normal("pendel", gebieden.keys)
    )
    pull = (jobs.mean(axis=1) * draw)[None, :]
    parts = ((same, 0.42), (corop & ~same, 0.16), (province & ~corop, 0.11), (lands & ~province, 0.2), (~lands, 0.11))
    chance = np.zeros(same.shape)
    for where, share in parts:
        weights = np.where(where, pull, 0.0)
        total = weights.sum(axis=1, keepdims=True)
        chance += share * np.divide(weights, total, out=np.zeros_like(weights), where=total > 0)
    chance /= chance.sum(axis=1, keepdims=True)
    near = np.exp(0.15 * normal("afstand", gebieden.keys))[:, None]
    distance = near * np.select([same, corop, province, lands], [4.0, 11.0, 21.0, 36.0], 70.0)
    placed = [_fit(chance * jobs[:, [t]], wanted[:, t]) for t in range(jobs.shape[1])]
    flows = np.stack([home @ each @ work.T for each in placed], axis=1)
    if maker.profiel["pendel"] == "banen":
        return np.round(flows, maker.decimalen)
    far = np.stack([home @ (distance * each) @ work.T for each in placed], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.round(far / flows, maker.decimalen)


def _fit(flows: Veld, work: Veld) -> Veld:
    """Scale flows from home to work so that each place of work has its jobs, and homes keep their part of them."""
    home = flows.sum(axis=1) * (work.sum() / flows.sum())
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(FIT):
            flows = flows * np.nan_to_num(home / flows.sum(axis=1))[:, None]
            flows = flows * np.nan_to_num(work / flows.sum(axis=0))[None, :]
    return flows
