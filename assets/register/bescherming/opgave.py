"""From the system of a year to the tasks of the search: blocks that stand on their own, demands and insiders."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from assets.register.bescherming.parameters import Parameters
from assets.register.bescherming.primair import Risico, derive_sets, find_risks, round_level
from assets.register.bescherming.programma import INF, Block, Demand, Insider, coupling_rules
from assets.register.bescherming.stelsel import IN, UIT, Stelsel

# who has at least this part of a base variable is an insider of it; who has all of it knows it exactly
OVERWICHT = 0.5
# the part with all counts that change the stock
STAND = "stand"
# sums that are always known: what they are called, and of which base variables with which sign
_Known = list[tuple[tuple[str, str], list[tuple[np.ndarray, float]]]]


@dataclass(frozen=True)
class Jaar:
    """A year with its risks. sets: published cells first, then derived sums; names: of each (regio, uitsplitsing)."""

    stelsel: Stelsel
    sets: sparse.csr_matrix
    names: tuple[tuple[str, str], ...]
    risico: Risico

    @property
    def primair(self) -> np.ndarray:
        """Which published cells are unsafe."""
        return self.risico.onveilig[: len(self.stelsel.cellen)]


def judge_year(stelsel: Stelsel, parameters: Parameters) -> Jaar:
    """Find what is unsafe in a year, published or derived."""
    derived, names = derive_sets(stelsel)
    sets = sparse.vstack([stelsel.matrix, derived], format="csr")
    risico = find_risks(stelsel, sets, parameters)
    # all that is published, and what is derived and unsafe
    kept = risico.onveilig.copy()
    kept[: len(stelsel.cellen)] = True
    every = [*((c.regio, c.uitsplitsing) for c in stelsel.cellen), *names]
    return Jaar(
        stelsel,
        sets[kept],
        tuple(every[i] for i in np.flatnonzero(kept)),
        Risico(risico.totaal[kept], risico.niveau[kept]),
    )


@dataclass(frozen=True)
class Part:
    """A block with its place in the year: which base variables and cells of the system it holds."""

    base: np.ndarray
    cells: np.ndarray
    block: Block
    row_keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Prepared:
    """A part of a year, ready to be searched, apart from what other years tell."""

    part: Part
    demands: tuple[Demand, ...]
    first: tuple[int, ...]
    insiders: tuple[Insider, ...]
    levels: np.ndarray
    names: tuple[str, ...] = field(repr=False)
    base_keys: tuple[tuple[str, str, str], ...]
    target_keys: tuple[tuple[str, str], ...]


def prepare_year(jaar: Jaar, suppressed: np.ndarray, parameters: Parameters) -> dict[str, Prepared]:
    """Cut a year into parts and work out what each must withstand. `suppressed`: cells that are withheld anyway."""
    prepared = {}
    for name, part in split_year(jaar, suppressed).items():
        demands, first = make_demands(jaar, part)
        insiders, levels, names = make_insiders(jaar, part, demands, parameters)
        base_keys = tuple(jaar.stelsel.sleutels[i] for i in part.base)
        target_keys = tuple(jaar.names[d.target] for d in demands)
        prepared[name] = Prepared(part, demands, first, insiders, levels, names, base_keys, target_keys)
    return prepared


def split_year(jaar: Jaar, suppressed: np.ndarray) -> dict[str, Part]:
    """Cut a year into parts that stand on their own: its kanten, unless a withheld total or the stock ties them.

    `suppressed`: cells that are withheld anyway.
    """
    stelsel = jaar.stelsel
    kanten = stelsel.kanten
    names = sorted(set(kanten))
    if not stelsel.maten.gekoppeld:
        tied = [k for k in names if k in stelsel.maten.stand]
        groups: dict[str, tuple[list[str], _Known]] = {k: ([k], []) for k in names if k not in tied}
        if tied:
            groups[STAND] = tied, _stock(stelsel)
        return {
            name: _part(jaar, np.flatnonzero(np.isin(kanten, own)), _cells_of(stelsel, *own, totals=True), known)
            for name, (own, known) in groups.items()
        }
    totals = np.flatnonzero(stelsel.totalen)
    covered = {c.gemeenten[0] for c in (stelsel.cellen[i] for i in totals) if len(c.gemeenten) == 1}
    if suppressed[totals].any() or {g for g, _, _ in stelsel.sleutels} - covered:
        cells = np.arange(len(stelsel.cellen))
        return {"+".join(names): _part(jaar, np.arange(len(stelsel.sleutels)), cells, _links(stelsel))}
    parts = {}
    for kant in names:
        base = np.flatnonzero(kanten == kant)
        gemeenten = np.array([g for g, _, _ in stelsel.sleutels], dtype=object)
        known: _Known = [
            ((c.regio, c.uitsplitsing), [(base[np.isin(gemeenten[base], c.gemeenten)], 1.0)])
            for c in (stelsel.cellen[i] for i in totals)
        ]
        parts[kant] = _part(jaar, base, _cells_of(stelsel, kant, totals=False), known, totals_known=True)
    return parts


def _cells_of(stelsel: Stelsel, *kanten: str, totals: bool) -> np.ndarray:
    return np.array(
        [i for i, c in enumerate(stelsel.cellen) if c.kant in kanten and (totals or c.atomen)], dtype=np.int64
    )


def _places_of(stelsel: Stelsel) -> dict[tuple[str, str], list[int]]:
    """The base variables of each kant of a gemeente."""
    place: dict[tuple[str, str], list[int]] = {}
    for i, (g, k, _) in enumerate(stelsel.sleutels):
        place.setdefault((g, k), []).append(i)
    return place


def _stock(stelsel: Stelsel) -> _Known:
    """What is known of the counts that change the stock: how much it changed, and that who came from here left here.

    Who is back after a year away makes the first not quite so; the attacker who uses it all the same is near enough.
    """
    stand = stelsel.maten.stand
    changed: dict[tuple[str, str], list[tuple[np.ndarray, float]]] = {}
    moved: list[tuple[np.ndarray, float]] = []
    for (gemeente, kant), own in sorted(_places_of(stelsel).items()):
        if kant in stand:
            changed.setdefault((gemeente, STAND), []).append((np.array(own), float(stand[kant])))
        if kant in (IN, UIT):
            moved.append((np.array(own), float(stand[kant])))
    return [*changed.items(), (("", "verhuisd"), moved)] if moved else [*changed.items()]


def _links(stelsel: Stelsel) -> _Known:
    """Each kant of a gemeente sums to the same: the difference with the first kant is 0."""
    place = _places_of(stelsel)
    rows: _Known = []
    for gemeente in sorted({g for g, _ in place}):
        first, *others = sorted(k for g, k in place if g == gemeente)
        for other in others:
            plus, minus = np.array(place[gemeente, first]), np.array(place[gemeente, other])
            rows.append(((gemeente, f"{first}={other}"), [(plus, 1.0), (minus, -1.0)]))
    return rows


def _part(
    jaar: Jaar,
    base: np.ndarray,
    cells: np.ndarray,
    known: _Known,
    *,
    totals_known: bool = False,
) -> Part:
    stelsel = jaar.stelsel
    inverse = np.full(len(stelsel.sleutels), -1)
    inverse[base] = np.arange(len(base))
    extra = sparse.lil_matrix((len(known), len(base)))
    for r, (_, sums) in enumerate(known):
        for members, sign in sums:
            extra[r, inverse[members]] = sign
    matrix = sparse.vstack([stelsel.matrix[cells][:, base], extra.tocsr()], format="csr")
    matrix.sort_indices()
    values = stelsel.waarden[base]
    rules, bounds = coupling_rules(stelsel.maten, [stelsel.sleutels[i][2] for i in base], values)
    open_ended = np.full((len(cells), len(stelsel.maten.bekend)), INF)
    block = Block(
        stelsel.maten, matrix, len(cells), values, _ceiling(stelsel, base, totals_known=totals_known), rules, bounds,
        (matrix[: len(cells)] @ values)[:, 0] > 0, -open_ended, open_ended,
    )  # fmt: skip
    keys = [(stelsel.cellen[i].regio, stelsel.cellen[i].uitsplitsing) for i in cells]
    return Part(base, cells, block, (*keys, *(key for key, _ in known)))


def _ceiling(stelsel: Stelsel, base: np.ndarray, *, totals_known: bool) -> np.ndarray:
    """How far a base variable can go up: to the total of its gemeente where that is known, else beyond any figure."""
    values = stelsel.waarden[base]
    if not totals_known:
        return np.full(values.shape, 2.0 * values.sum() + 10)
    gemeente = np.unique([stelsel.sleutels[i][0] + "/" + stelsel.sleutels[i][1] for i in base], return_inverse=True)[1]
    totals = np.zeros((int(gemeente.max(initial=-1)) + 1, values.shape[1]))
    np.add.at(totals, gemeente, values)
    others: np.ndarray = totals[gemeente] - values
    return others


def make_demands(jaar: Jaar, part: Part) -> tuple[tuple[Demand, ...], tuple[int, ...]]:
    """Give the demands of a part, and which to begin with: what is published, and does not follow from the others."""
    maten = jaar.stelsel.maten
    inverse = np.full(len(jaar.stelsel.sleutels), -1)
    inverse[part.base] = np.arange(len(part.base))
    demands: list[Demand] = []
    first: list[int] = []
    published = set(part.cells.tolist())
    for target in np.flatnonzero(jaar.risico.onveilig):
        base = inverse[jaar.sets[target].indices]
        if (base < 0).any() or (target < len(jaar.stelsel.cellen) and int(target) not in published):
            continue
        levels = dict(zip(maten.gevoelig, jaar.risico.niveau[target], strict=True))
        parts = sum(level for name, level in levels.items() if sum(maten.gevoelig[name]) == 1)
        for name, level in levels.items():
            if level <= 0:
                continue
            for sign in (1, -1):
                if target < len(jaar.stelsel.cellen) and (sum(maten.gevoelig[name]) == 1 or level > parts):
                    first.append(len(demands))
                demands.append(Demand(int(target), np.sort(base), maten.gevoelig[name], sign, float(level)))
    return tuple(demands), tuple(first)


def make_insiders(
    jaar: Jaar, part: Part, demands: Sequence[Demand], parameters: Parameters
) -> tuple[tuple[Insider, ...], np.ndarray, tuple[str, ...]]:
    """Give what each enterprise knows that is (nearly) alone somewhere, the levels against it, and which it is.

    Against an enterprise that is no part of a sum the level is that of the sum. One that is, subtracts itself; what is
    left is then judged by the same rules.
    """
    stelsel, gifts = jaar.stelsel, jaar.stelsel.bijdragen
    inverse = np.full(len(stelsel.sleutels), -1)
    inverse[part.base] = np.arange(len(part.base))
    here = inverse[gifts.basis] >= 0
    base, who, own = inverse[gifts.basis[here]], gifts.onderneming[here], gifts.waarden[here]
    alone = np.bincount(base, minlength=len(part.base)) == 1
    values = part.block.values[base]
    most = ((own >= OVERWICHT * values) & (values > 0)).any(axis=1)
    names = np.unique(who[alone[base] | most])
    insiders, order = [], np.argsort(who, kind="stable")
    start, stop = np.searchsorted(who[order], names), np.searchsorted(who[order], names, side="right")
    for a, b in zip(start, stop, strict=True):
        rows = order[a:b]
        sole, large = rows[alone[base[rows]]], rows[~alone[base[rows]] & most[rows]]
        insiders.append(Insider(base[sole], base[large], own[large].astype(float)))
    levels = _levels(part, demands, parameters, names, (base, who, own))
    return tuple(insiders), levels, tuple(str(n) for n in gifts.namen[names])


def make_levels(
    jaar: Jaar, part: Part, demands: Sequence[Demand], parameters: Parameters, names: Sequence[str]
) -> np.ndarray:
    """Give the levels against enterprises that may be no insiders of this part, or not even be there."""
    stelsel, gifts = jaar.stelsel, jaar.stelsel.bijdragen
    inverse = np.full(len(stelsel.sleutels), -1)
    inverse[part.base] = np.arange(len(part.base))
    here = inverse[gifts.basis] >= 0
    number = {str(name): i for i, name in enumerate(gifts.namen)}
    # who is not there has a number that nobody has
    known = np.array([number.get(name, -1 - i) for i, name in enumerate(names)], dtype=np.int64)
    order = np.argsort(known)
    contributions = inverse[gifts.basis[here]], gifts.onderneming[here], gifts.waarden[here]
    levels = np.zeros((len(demands), len(names)))
    levels[:, order] = _levels(part, demands, parameters, known[order], contributions)
    return levels


def _levels(
    part: Part,
    demands: Sequence[Demand],
    parameters: Parameters,
    names: np.ndarray,
    contributions: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> np.ndarray:
    """Demands x enterprises (sorted numbers). `contributions`: base variable, enterprise and values of each."""
    base, who, own = contributions
    levels = np.tile(np.array([d.level for d in demands], dtype=float)[:, None], (1, len(names)))
    by_base = np.argsort(base, kind="stable")
    edges = np.searchsorted(base[by_base], np.arange(len(part.base) + 1))
    for i, demand in enumerate(demands):
        rows = np.concatenate([by_base[edges[j] : edges[j + 1]] for j in demand.base])
        inside, place = np.unique(who[rows], return_inverse=True)
        sums = np.bincount(place, weights=own[rows] @ np.array(demand.weights, dtype=float))
        column = np.searchsorted(names, inside)
        found = (
            (column < len(names)) & (names[np.minimum(column, len(names) - 1)] == inside) if len(names) else inside < 0
        )
        levels[i, column[found]] = _levels_of_others(sums, parameters)[found]
    return levels


def _levels_of_others(sums: np.ndarray, parameters: Parameters) -> np.ndarray:
    """Give, for each contributor of a sum, the level that must remain of the others when it subtracts itself."""
    order = np.argsort(-sums, kind="stable")
    largest = np.full(len(sums), sums[order[0]])
    largest[order[0]] = sums[order[1]] if len(sums) > 1 else 0.0
    part = parameters.p / 100 * largest
    level = part if len(sums) < parameters.minimum else part - (sums.sum() - sums - largest)
    return round_level(largest, level)
