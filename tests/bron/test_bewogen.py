"""Content that can not be: a source that goes back, changes while it is read, or gives figures of another size."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from assets.bron.bronlijst import Brontabel
from assets.bron.fetch import fetch_tabellen
from assets.bron.http import Client
from assets.bron.intrekken import withdraw
from assets.bron.momentopname import Archief, make_id
from tests.bron import rauw

APIS = ("v3", "v4")
both = pytest.mark.parametrize("api", APIS)
REGIOS = {"NL01": "Nederland", "PV22": "Drenthe (PV)", "GM0114": "Emmen", "GM0106": "Assen", "GM0109": "Coevorden"}
JAREN = range(2018, 2026)
INFO = {"v3": "TableInfos", "v4": "Properties"}
Waarde = Callable[[str, int, int], float | None]


def value(regio: str, jaar: int, topic: int) -> float:
    """A level for each region and topic, with some growth."""
    return round(1000.0 / (1 + list(REGIOS).index(regio)) * topic * (1 + (jaar - 2018) / 50), 1)


def answers(
    api: str, waarde: Waarde = value, jaren: Any = JAREN, modified: str = "2026-03-01T02:00:00"
) -> dict[str, Any]:
    """The answers of a table with enough regions and years to have a level."""
    found = rauw.MAKE[api]()
    places = list(itertools.product(REGIOS, jaren))
    if api == "v3":
        found["RegioS"] = {"value": [{"Key": k.ljust(6), "Title": t} for k, t in REGIOS.items()]}
        found["Perioden"] = {"value": [{"Key": f"{j}JJ00", "Title": str(j), "Status": "Definitief"} for j in jaren]}
        found["UntypedDataSet"]["value"] = [
            {"Geslacht": "T001038", "RegioS": r.ljust(6), "Perioden": f"{j}JJ00"}
            | {k: str(waarde(r, j, t)).rjust(10) for t, k in ((1, "Banen_1"), (2, "Lonen_2"))}
            for r, j in places
        ]
        found["TableInfos"]["value"][0] |= {"Modified": modified, "MetaDataModified": modified}
        found["$count"] = str(len(places)).encode()
        return found
    found["RegioSCodes"] = {"value": [{"Identifier": k, "Title": t} for k, t in REGIOS.items()]}
    found["PeriodenCodes"] = {"value": [{"Identifier": f"{j}JJ00", "Title": str(j)} for j in jaren]}
    found["Observations"]["value"] = [
        {"Id": i, "Measure": f"M00000{t}", "ValueAttribute": "None", "Value": waarde(r, j, t)}
        | {"Geslacht": "T001038", "RegioS": r, "Perioden": f"{j}JJ00"}
        for i, (t, (r, j)) in enumerate(itertools.product((1, 2), places))
    ]
    found["Properties"] |= {"Modified": modified}
    found["$count"] = str(2 * len(places)).encode()
    return found


def fetch(inhoud, tabel, opslag, *, now=None, soort="voorbeeld", later=0):
    with (
        rauw.serve(rauw.Antwoorden(inhoud)) as adressen,
        Client(sleep=lambda _: None, timeout=(2.0, 2.0), tries=2) as client,
    ):
        (uitkomst,) = fetch_tabellen(
            [tabel], adressen, Archief(opslag, soort), now or rauw.Klok(later), frozenset(REGIOS), client=client
        )
    return uitkomst


# --- a source that goes back ---


@both
def test_an_older_answer_than_the_one_in_use_is_refused_until_that_one_is_withdrawn(api, tmp_path):
    tabel, archief = rauw.make_tabel(api), Archief(tmp_path, "voorbeeld")
    newer = fetch(answers(api), tabel, tmp_path)
    back = answers(api, RIGHT["a revision of 8%"], modified="2026-02-01T02:00:00")
    refused = fetch(back, tabel, tmp_path, later=60)
    assert (refused.resultaat, refused.momentopname) == ("geweigerd", newer.momentopname)
    assert "2026-02-01" in refused.reden and f"monitor bron intrekken {tabel.id}" in refused.reden
    withdraw(archief, tabel, newer.momentopname.id, "de bron nam het terug", datetime(2026, 3, 2, tzinfo=UTC))
    after = fetch(back, tabel, tmp_path, later=120)
    assert after.resultaat == "nieuw" and after.momentopname.eigenschappen["Modified"].startswith("2026-02-01")


@both
def test_recordings_of_any_day_may_follow_each_other(api, tmp_path):
    tabel = rauw.make_tabel(api)
    fetch(answers(api), tabel, tmp_path, soort="opname")
    older = fetch(answers(api, modified="2025-02-01T02:00:00"), tabel, tmp_path, soort="opname", later=60)
    assert older.resultaat == "nieuw", older.reden


# --- a table that changes while it is read ---


def _then(first: Any, second: Any) -> Callable[[], Any]:
    given: Iterator[Any] = itertools.chain([first], itertools.repeat(second))
    return lambda: next(given)


@both
@pytest.mark.parametrize("what", ["Modified", "$count"])
def test_a_table_that_changed_between_its_pages_is_not_taken(api, tmp_path, what):
    tabel = rauw.make_tabel(api)
    first = fetch(answers(api, modified="2026-01-01T02:00:00"), tabel, tmp_path)
    before, after = answers(api), answers(api, modified="2026-03-01T02:00:01")
    name = "$count" if what == "$count" else INFO[api]
    changing = before | {name: _then(before[name], b"999" if what == "$count" else after[name])}
    moved = fetch(changing, tabel, tmp_path, later=60)
    assert moved.resultaat == "mislukt" and moved.momentopname == first.momentopname
    assert "veranderde terwijl" in moved.reden and "monitor run" in moved.reden
    assert len(list(Archief(tmp_path, "voorbeeld").folders("cbs", tabel.id))) == 1
    assert fetch(after, tabel, tmp_path, later=120).resultaat == "nieuw"


# --- figures of another size ---


def _only(topic: int, factor: float) -> Waarde:
    return lambda r, j, t: round(value(r, j, t) * (factor if t == topic else 1), 1)


def _exchanged(codes: dict[str, str]) -> Waarde:
    return lambda r, j, t: value(codes.get(r, r), j, t)


ORDER = list(REGIOS)
WRONG: dict[str, tuple[Waarde, str]] = {
    "x 1000": (lambda r, j, t: value(r, j, t) * 1000, "1e+03 keer"),
    "divided by 1000": (lambda r, j, t: round(value(r, j, t) / 1000, 4), "0,001 keer"),
    "x 1.5": (lambda r, j, t: round(value(r, j, t) * 1.5, 1), "1,5 keer"),
    "x 1.3": (lambda r, j, t: round(value(r, j, t) * 1.3, 1), "1,3 keer"),
    "divided by 1.5": (lambda r, j, t: round(value(r, j, t) / 1.5, 1), "0,667 keer"),
    "one topic x 1.5": (_only(2, 1.5), "onderwerp lonen"),
    "of the other sign": (lambda r, j, t: -value(r, j, t), "-1 keer"),
    "topics exchanged": (lambda r, j, t: value(r, j, 3 - t), "onderwerp banen"),
    "all codes exchanged": (
        _exchanged(dict(zip(ORDER, ORDER[::-1], strict=True))),
        "van GM0106, GM0109, NL01, PV22 zijn",
    ),
    "two codes exchanged": (_exchanged({"PV22": "GM0109", "GM0109": "PV22"}), "van GM0109, PV22 zijn"),
    "years up and down": (lambda r, j, t: round(value(r, j, t) * (1.4 if j % 2 else 1 / 1.4), 1), "verschilt 100%"),
    "one region x 2": (lambda r, j, t: value(r, j, t) * (2 if r == "GM0106" else 1), "GM0106"),
}
RIGHT: dict[str, Waarde] = {
    "the same": value,
    "a revision of 8%": lambda r, j, t: round(value(r, j, t) * 1.08, 1),
    "the last year doubles": lambda r, j, t: value(r, j, t) * (2 if j == 2025 else 1),
    "one cell x 1000": lambda r, j, t: value(r, j, t) * (1000 if (r, j) == ("GM0106", 2020) else 1),
}


@both
@pytest.mark.parametrize("kind", WRONG)
def test_figures_of_another_size_are_refused(api, tmp_path, kind):
    tabel = rauw.make_tabel(api)
    first = fetch(answers(api, modified="2026-01-01T02:00:00"), tabel, tmp_path)
    waarde, named = WRONG[kind]
    second = fetch(answers(api, waarde), tabel, tmp_path, later=60)
    assert (second.resultaat, second.momentopname) == ("geweigerd", first.momentopname), second.reden
    assert named in second.reden and f"monitor bron toets {tabel.id}" in second.reden


@both
@pytest.mark.parametrize("kind", RIGHT)
def test_a_revision_is_none(api, tmp_path, kind):
    tabel = rauw.make_tabel(api)
    fetch(answers(api, modified="2026-01-01T02:00:00", jaren=range(2018, 2025)), tabel, tmp_path)
    second = fetch(answers(api, RIGHT[kind]), tabel, tmp_path, later=60)
    assert second.resultaat == "nieuw", second.reden


def test_small_figures_that_are_rounded_otherwise_are_of_the_same_size(tmp_path):
    tabel = rauw.make_tabel("v4")
    fetch(answers("v4", lambda r, j, t: 0.2, modified="2026-01-01T02:00:00"), tabel, tmp_path)
    assert fetch(answers("v4", lambda r, j, t: 0.3), tabel, tmp_path, later=60).resultaat == "nieuw"


def signed(api: str, *lines: dict[str, object]) -> Brontabel:
    own = {"onderwerp": "lonen", "factor": 1.5, "reden": "nieuw begrip", "door": "A. de Vries", "datum": "2026-01-05"}
    content = json.loads(rauw.make_tabel(api).model_dump_json()) | {"niveaus": [own | line for line in lines]}
    return Brontabel.model_validate(content)


LINES: dict[str, tuple[dict[str, object], str]] = {
    "of this change": ({}, "nieuw"),
    "of nearly this change": ({"factor": 1.45}, "nieuw"),
    "of another change": ({"factor": 1000.0}, "geweigerd"),
    "of another topic": ({"onderwerp": "banen"}, "geweigerd"),
    "of before the answer that is in use": ({"datum": "2026-01-04"}, "geweigerd"),
}


@pytest.mark.parametrize("kind", LINES)
def test_a_signed_line_lets_one_change_through(tmp_path, kind):
    line, resultaat = LINES[kind]
    fetch(answers("v4", modified="2026-01-01T02:00:00"), rauw.make_tabel("v4"), tmp_path)
    second = fetch(answers("v4", _only(2, 1.5)), signed("v4", line), tmp_path, later=60)
    assert second.resultaat == resultaat, second.reden


def test_a_line_without_a_name_or_a_reason_is_none():
    for empty in ({"door": ""}, {"reden": ""}, {"factor": 0}, {"onderwerp": "bestaat_niet"}):
        with pytest.raises(ValueError, match="niveaus"):
            signed("v4", empty)
    assert signed("v4", {}).niveaus[0].datum == date(2026, 1, 5)


# --- a clock that was wrong ---


@both
def test_what_was_fetched_last_is_used_whatever_the_clock_said(api, tmp_path):
    tabel = rauw.make_tabel(api)
    wrong, right = datetime(2099, 1, 1, tzinfo=UTC), datetime(2026, 3, 2, tzinfo=UTC)
    first = fetch(answers(api, modified="2026-01-01T02:00:00"), tabel, tmp_path, now=lambda: wrong)
    second = fetch(answers(api, RIGHT["a revision of 8%"]), tabel, tmp_path, now=lambda: right)
    third = fetch(answers(api, modified="2026-04-01T02:00:00"), tabel, tmp_path, now=lambda: right)
    assert [u.resultaat for u in (first, second, third)] == ["nieuw"] * 3
    archief = Archief(tmp_path, "voorbeeld")
    assert archief.latest("cbs", tabel.id) == third.momentopname
    assert [m.id for m in archief.list("cbs", tabel.id)] == [u.momentopname.id for u in (first, second, third)]
    assert first.momentopname.id == make_id(wrong) and len({u.momentopname.id for u in (first, second, third)}) == 3
    assert third.momentopname.eigenschappen["fetched_at"] == right.isoformat()
