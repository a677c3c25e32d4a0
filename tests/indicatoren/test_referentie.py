"""Figures as CBS published them, with page, vintage and tolerance, against the source list, the cards and the replay.

`tests/ijk/referentiewaarden.csv`: a row is a cell of a page. `tolerantie` is how far a later state of the same cell may
be, in its unit: 0 for a table that has stopped, more for what was provisional or is told by another.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from assets.bron.gezienlijst import read_gezien
from assets.indicatoren.kaart import Kaart, read_kaarten

IJK = Path(__file__).parents[1] / "ijk" / "referentiewaarden.csv"
# what a figure that is printed in whole thousands hides
AFRONDING = 0.5


@cache
def referentie() -> pd.DataFrame:
    return pd.read_csv(IJK, dtype=str, keep_default_na=False)


def value(tabel: str, onderwerp: str, regio: str, periode: str) -> float:
    f = referentie()
    (found,) = f[
        (f.tabel == tabel) & (f.onderwerp == onderwerp) & (f.regio == regio) & (f.periode == periode)
    ].waarde.unique()
    return float(found)


def asked_rows() -> list[dict[str, Any]]:
    """The rows of a topic that the list of what was seen has too."""
    rows = referentie().to_dict("records")
    return [r for r in rows if (t := read_gezien().get(r["tabel"])) and r["onderwerp"] in topics(t.onderwerpen)]


def topics(onderwerpen: dict[str, Any]) -> set[str]:
    return {o.titel for o in onderwerpen.values()}


def test_every_value_has_its_page_vintage_and_tolerance() -> None:
    f = referentie()
    assert len(f) >= 270
    assert not f.duplicated(["tabel", "onderwerp", "regio", "periode", "waarde"]).any()
    for naam in ("tabel", "onderwerp", "periode", "stand", "bron", "licentie"):
        assert f[naam].str.len().gt(0).all(), naam
    assert f.gezien.str.fullmatch(r"\d{4}-\d\d-\d\d").all()
    assert f.periode.str.fullmatch(r"\d{4}(JJ|KW|MM)\d\d").all()
    assert f.regio.str.fullmatch(r"(NL|LD|PV|CR)\d\d|GM\d{4}").all()
    assert (f.tolerantie.astype(float) >= 0).all()
    assert IJK.stat().st_size < 200_000


def test_unit_and_decimals_are_those_of_the_topic_as_it_was_seen() -> None:
    wrong = []
    for r in asked_rows():
        found = [o for o in read_gezien()[r["tabel"]].onderwerpen.values() if o.titel == r["onderwerp"]]
        # news leaves the unit out, and rounds
        units = {o.eenheid for o in found}
        decimals = -int(Decimal(r["waarde"]).as_tuple().exponent)
        if (r["eenheid"] and r["eenheid"] not in units) or decimals > max(o.decimalen for o in found):
            wrong.append((r["tabel"], r["onderwerp"], r["eenheid"], r["waarde"], units))
    assert len(asked_rows()) >= 90
    assert wrong == []


# of one cell of a page: the parts that make it up, and the rates of CBS beside the counts they are made of
DELEN = {
    "Beroepsbevolking": ("Werkzame beroepsbevolking", "Werkloze beroepsbevolking"),
    "Beroeps- en niet-beroepsbevolking": ("Beroepsbevolking", "Niet-beroepsbevolking"),
    "Werkzame beroepsbevolking": ("Wil meer uren werken, beschikbaar", "Wil niet meer werken of niet beschikbaar"),
}
VERHOUDINGEN = {
    "Werkloosheidspercentage": ("Werkloze beroepsbevolking", "Beroepsbevolking"),
    "Netto arbeidsparticipatie": ("Werkzame beroepsbevolking", "Beroeps- en niet-beroepsbevolking"),
}


def groups() -> list[tuple[tuple[str, str, str], dict[str, float]]]:
    """The figures of a page for a region and a period: topic -> value."""
    keys = ["tabel", "regio", "periode"]
    rows = referentie().sort_values(keys, kind="stable").to_dict("records")
    found = groupby(rows, key=lambda r: (r["tabel"], r["regio"], r["periode"]))
    return [(key, {r["onderwerp"]: float(r["waarde"]) for r in of}) for key, of in found]


def test_parts_and_rates_of_a_page_agree_within_rounding() -> None:
    """Guards the table itself: a figure copied with a slip, or of another region or year, does not add up."""
    compared = 0
    for key, found in groups():
        for whole, parts in DELEN.items():
            if {whole, *parts} <= found.keys():
                compared += 1
                assert abs(found[whole] - sum(found[p] for p in parts)) <= AFRONDING * (1 + len(parts)), (key, whole)
        for rate, (part, whole) in VERHOUDINGEN.items():
            if {rate, part, whole} <= found.keys():
                compared += 1
                low = 100 * (found[part] - AFRONDING) / (found[whole] + AFRONDING)
                high = 100 * (found[part] + AFRONDING) / (found[whole] - AFRONDING)
                assert low - 0.05 <= found[rate] <= high + 0.05, (key, rate)
    assert compared >= 45


def compute(kaart: Kaart, tabel: str, onderwerpen: dict[str, str], where: list[tuple[str, str]], maak):
    """The values of a card from the published cells of one table: (region, period) -> value."""
    wereld, maak_cel = maak
    bron = kaart.bronnen[0]
    own = [b for b in kaart.bronnen if b.tabel == tabel] or [bron.model_copy(update={"tabel": tabel})]
    alone = own[0].model_copy(update={"vanaf": None, "tot_en_met": None})
    card = kaart.model_copy(update={"bronnen": (alone,), "breuken": ()})
    cells = [
        maak_cel(naam, regio, periode, value(tabel, titel, regio, periode), tabel=tabel)
        for regio, periode in where
        for naam, titel in onderwerpen.items()
    ]
    with wereld([card], cells) as db:
        rows = db.execute("SELECT regio, periode, waarde FROM monitor.indicatorwaarde").fetchall()
    return {(r, p): w for r, p, w in rows if w is not None}


def test_unused_labour_is_the_sum_of_its_four_parts(wereld, maak_cel) -> None:
    parts = {
        "meer_uren_beschikbaar": "Wil meer uren werken, beschikbaar",
        "werkloze_beroepsbevolking": "Werkloze beroepsbevolking",
        "beschikbaar_niet_gezocht": "Beschikbaar, niet gezocht",
        "gezocht_niet_beschikbaar": "Gezocht, niet beschikbaar",
        "beroeps_en_niet_beroepsbevolking": "Beroeps- en niet-beroepsbevolking",
    }
    where = [("NL01", "2022JJ00"), ("PV22", "2022JJ00")]
    card = read_kaarten()["onbenut_arbeidspotentieel_pct"]
    found = compute(card, "84915NED", parts, where, (wereld, maak_cel))
    assert found["PV22", "2022JJ00"] == pytest.approx(100 * 29 / 365)
    assert found["NL01", "2022JJ00"] == pytest.approx(100 * 1159 / 13228)


@pytest.mark.parametrize(
    ("tabel", "periode", "regios"),
    [("85269NED", "2021JJ00", ("NL01", "PV22", "GM0160"))],
)
def test_gross_participation_agrees_with_net_and_unemployment(tabel, periode, regios, wereld, maak_cel) -> None:
    topics = {
        "netto_arbeidsparticipatie": "Netto arbeidsparticipatie",
        "werkloosheidspercentage": "Werkloosheidspercentage",
    }
    card = read_kaarten()["bruto_arbeidsparticipatie"]
    found = compute(card, tabel, topics, [(r, periode) for r in regios], (wereld, maak_cel))
    for regio in regios:
        labour, people = (
            value(tabel, t, regio, periode) for t in ("Beroepsbevolking", "Beroeps- en niet-beroepsbevolking")
        )
        # from the counts in thousands, which can be half a thousand off
        half = 100 * (0.5 + 0.5 * labour / people) / people + 0.1
        assert found[regio, periode] == pytest.approx(100 * labour / people, abs=half), regio


# a topic of a page -> where the replay or a delivery has the same figure: table, name of the topic
GELIJK = {
    ("85269NED", "Netto arbeidsparticipatie"): ("85224NED", "netto_arbeidsparticipatie"),
    ("85268NED", "Netto arbeidsparticipatie"): ("85224NED", "netto_arbeidsparticipatie"),
    ("84703NED", "Netto arbeidsparticipatie"): ("85224NED", "netto_arbeidsparticipatie"),
    ("85269NED", "Werkloosheidspercentage"): ("80590ned", "werkloosheidspercentage"),
    ("85494NED", "Werkloosheidspercentage"): ("80590ned", "werkloosheidspercentage"),
    ("85268NED", "Werkloosheidspercentage"): ("80590ned", "werkloosheidspercentage"),
    ("83524NED", "Werkloosheidspercentage"): ("80590ned", "werkloosheidspercentage"),
    # a stopped table and the delivery that was made of it
    ("83674NED", "Ervaren gezondheid (goed/zeer goed)"): ("rmbw", "01_KL_PK_01"),
    ("83674NED", "Eén of meer langdurige aandoeningen"): ("rmbw", "R_GZ_03"),
    ("83674NED", "Overgewicht"): ("rmbw", "01_GZ_08"),
}
# pages of before the new method of 2022, by which all from 2013 on was computed again: 68,8 became 70,0 and 6,0 7,0
ANDERE_METHODE = {"84703NED": 1.2, "83524NED": 1.0}
Cellen = dict[tuple[str, str, str, str], float]  # (table, topic, region, period) -> value


def places(r: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Where the figure of a row stands when it is there: in its own table, or in another that has the same."""
    gezien = read_gezien().get(r["tabel"])
    own = [(r["tabel"], n) for n, o in gezien.onderwerpen.items() if o.titel == r["onderwerp"]] if gezien else []
    other = GELIJK.get((r["tabel"], r["onderwerp"]))
    return [(*place, r["regio"], r["periode"]) for place in (*own, *([other] if other else []))]


def compare(cellen: Cellen) -> tuple[int, list[str]]:
    """Hold cells against what was published: how many, and those further apart than `tolerantie` and rounding allow."""
    compared, wrong = 0, []
    for r in referentie().to_dict("records"):
        for place in places(r):
            if place not in cellen:
                continue
            compared += 1
            published = Decimal(r["waarde"])
            rounding = 0.5 * 10.0 ** int(published.as_tuple().exponent)
            allowed = float(r["tolerantie"]) + ANDERE_METHODE.get(r["tabel"], 0) + rounding
            if abs(cellen[place] - float(published)) > allowed + 1e-9:
                wrong.append(
                    f"{r['tabel']} {r['onderwerp']}, {r['regio']} {r['periode']}: gepubliceerd {published} "
                    f"({r['stand']}, gezien {r['gezien']}), {place[0]} geeft {cellen[place]}; mag {allowed} schelen"
                )
    return compared, wrong


def test_a_cell_further_off_than_its_tolerance_is_named_with_table_and_vintage() -> None:
    rows = [(place, r) for r in referentie().to_dict("records") for place in places(r)]
    count = Counter(place for place, _ in rows)
    # of a cell with two vintages one number can not be both
    once = {place: r for place, r in rows if count[place] == 1}
    assert len(once) >= 90

    def moved(steps: float) -> Cellen:
        cells = {}
        for place, r in once.items():
            step = 10.0 ** int(Decimal(r["waarde"]).as_tuple().exponent)
            allowed = float(r["tolerantie"]) + ANDERE_METHODE.get(r["tabel"], 0)
            cells[place] = float(r["waarde"]) + (allowed + abs(steps) * step) * (1 if steps > 0 else -1)
        return cells

    for inside in (0.4, -0.4):
        assert compare(moved(inside)) == (len(once), [])
    for beyond in (0.7, -0.7):
        compared, wrong = compare(moved(beyond))
        assert compared == len(wrong) == len(once)
        for text, r in zip(wrong, once.values(), strict=True):
            assert all(part in text for part in (r["tabel"], r["onderwerp"], r["regio"], r["periode"], r["stand"]))


def test_the_replay_gives_what_was_published(opname) -> None:
    with duckdb.connect(str(opname.actueel / "monitor.duckdb"), read_only=True) as db:
        found = db.execute(
            """SELECT tabel, onderwerp, regio, periode, any_value(waarde) FROM kern.waarneming
            WHERE waarde IS NOT NULL GROUP BY ALL HAVING count(DISTINCT waarde) = 1"""
        ).fetchall()
    compared, wrong = compare({(tabel, naam, regio, periode): w for tabel, naam, regio, periode, w in found})
    assert wrong == []
    assert compared >= len(GELIJK), "van elke rij hierboven is er een cel"
