"""Whatever a source gives: every value can be computed again from the cells that its walk back names."""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from math import isclose

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

REGIOS = ("NL01", "PV22", "GM0106", "GM0114", "GM0160", "GM0003")
JAREN = (2020, 2021)
TOTAL = {"onderwerp": "a"}
MINUS = {"onderwerp": "b", "gewicht": -1}
REASONS = ("geheim", "onbekend", "niet_gepubliceerd", "niet_van_toepassing")


def bron(teller, noemer=(), factor=1.0, tabel="t"):
    return {"tabel": tabel, "teller": list(teller), "noemer": list(noemer), "factor": factor}


CARDS = {
    "aantal": {"bronnen": [bron([TOTAL, {"onderwerp": "b"}], factor=1000)]},
    "saldo": {"bronnen": [bron([TOTAL, MINUS])]},
    "aandeel": {"aggregatie": "verhouding", "bronnen": [bron([TOTAL, MINUS], [TOTAL, {"onderwerp": "b"}], 100)]},
    "aandeel_nl": {"bronnen": [bron([TOTAL], [TOTAL | {"regio": "NL01"}], 100)]},
    "gemiddeld": {"aggregatie": "gewogen", "gewicht": "aantal"},
    "groei": {
        "aggregatie": "niet",
        "bronnen": [bron([TOTAL, TOTAL | {"periode_verschuiving": -1, "gewicht": -1}], [TOTAL], 100)],
    },
    "kwartaal_som": {"jaarregel": "som", "bronnen": [bron([{"onderwerp": "k"}], [TOTAL])]},
    "kwartaal_gemiddeld": {"jaarregel": "gemiddelde", "bronnen": [bron([{"onderwerp": "k"}], factor=10)]},
    "kwartaal_ultimo": {"jaarregel": "ultimo", "bronnen": [bron([{"onderwerp": "k"}])]},
    "twee_bronnen": {"bronnen": [bron([TOTAL], tabel="u"), bron([TOTAL], factor=2.0)]},
}
KEYS = [
    *(("t", o, r, f"{j}JJ00") for o, r, j in product("ab", REGIOS, JAREN)),
    *(("t", "k", r, f"{j}KW0{q}") for r, j, q in product(REGIOS, JAREN, (1, 2, 3, 4))),
    *(("u", "a", r, f"{j}JJ00") for r, j in product(REGIOS[:3], JAREN)),
]
numbers = st.one_of(st.integers(-50, 10**6).map(float), st.integers(0, 9999).map(lambda n: n / 10))
contents = st.one_of(numbers, numbers, numbers, st.sampled_from(REASONS), st.none())
answers = st.lists(contents, min_size=len(KEYS), max_size=len(KEYS))


def recompute(steps, cells, aggregatie, regio):
    """The value of a figure from the steps of its walk back, in plain Python; None when a cell has no value."""
    sums = defaultdict(lambda: defaultdict(float))
    counts = defaultdict(set)
    for step in steps:
        cell = cells[
            tuple(step[k] for k in ("bron", "tabel", "onderwerp", "cel_uitsplitsing", "cel_regio", "cel_periode"))
        ]
        if cell["waarde"] is None:
            return None
        sums[step["lid"]][step["rol"]] += step["gewicht"] * cell["waarde"]
        counts[step["rol"]].add(step["factor"])
    (factor,) = counts["teller"]
    values = {lid: factor * s["teller"] / s.get("noemer", 1.0) for lid, s in sums.items() if s.get("noemer") != 0}
    if set(sums) == {regio}:
        return values.get(regio)
    if aggregatie == "som":
        return sum(values.values())
    if aggregatie == "verhouding":
        return factor * sum(s["teller"] for s in sums.values()) / sum(s["noemer"] for s in sums.values())
    weights = {lid: s["gewicht"] for lid, s in sums.items()}
    return sum(weights[lid] * values[lid] for lid in values) / sum(weights.values())


def dicts(db, query):
    answer = db.execute(query)
    names = [d[0] for d in answer.description]
    return [dict(zip(names, r, strict=True)) for r in answer.fetchall()]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(contents=answers)
def test_every_value_follows_from_its_cells(wereld, maak_cel, maak_kaart, contents):
    cards = {naam: maak_kaart(naam, **extra) for naam, extra in CARDS.items()}
    cells = [maak_cel(o, r, p, c, tabel=t) for (t, o, r, p), c in zip(KEYS, contents, strict=True) if c is not None]
    db = wereld(cards.values(), cells)
    by_key = {(c["bron"], c["tabel"], c["onderwerp"], c["uitsplitsing"], c["regio"], c["periode"]): c for c in cells}
    assert len(by_key) == len(cells)
    steps = defaultdict(list)
    for step in dicts(db, "FROM monitor.herkomst"):
        assert step["momentopname"]
        steps[step["indicator"], step["regio"], step["periode"]].append(step)
    values = {(v["indicator"], v["regio"], v["periode"]): v for v in dicts(db, "FROM monitor.indicatorwaarde")}
    assert len(values) == db.execute("SELECT count(*) FROM monitor.indicatorwaarde").fetchone()[0]
    assert set(steps) <= set(values)
    for (naam, regio, _), value in values.items():
        own = steps.get((naam, regio, value["periode"]), [])
        assert (value["waarde"] is None) != (value["leeg_reden"] is None)
        if value["waarde"] is not None:
            again = recompute(own, by_key, cards[naam].aggregatie, regio)
            assert again is not None
            assert isclose(value["waarde"], again, rel_tol=1e-9, abs_tol=1e-9), value
        elif value["leeg_reden"] == "geheim":
            # what is called secret was secret in the source
            assert any(
                by_key[s["bron"], s["tabel"], s["onderwerp"], s["cel_uitsplitsing"], s["cel_regio"], s["cel_periode"]][
                    "leeg_reden"
                ]
                == "geheim"
                for s in own
            )
