"""Hundreds of answers that are wrong in one place, seeded: no error gets out, and no wrong figure gets in."""

from __future__ import annotations

import copy
import gzip
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from assets.bron.bronlijst import Brontabel
from assets.bron.fetch import Adressen, Uitkomst, fetch_tabellen
from assets.bron.http import AfwezigError, Client
from assets.bron.momentopname import Archief
from begrippen.redenen import Reden
from tests.bron import rauw

SEED = 20261129
# of each protocol, in the ordinary suite; the long one does LANG
AANTAL, LANG = 150, 1_500
BASE = "http://127.0.0.1:9"
Pad = tuple[str | int, ...]
Antwoorden = dict[str, Any]

ODD: list[Any] = [
    *(None, True, False, -1, 0, 1.5, 10**30, -(10**400), float("nan"), float("inf"), float("-inf")),
    *(
        "",
        " ",
        "tekst",
        "1e5",
        "NaN",
        "../../x",
        "/etc/passwd",
        "a'b",
        'a"; DROP TABLE ruw; --',
        "\x00",
        "\ud800",
        "\u0665",
        "x" * 500,
    ),
    *("1) - (SELECT count(*) FROM read_text('/etc/hostname'))", "2023JJ00", "GM0114", "Banen_1", "M000001"),
    *([], {}, [1], {"a": 1}, [[[[[[[[1]]]]]]]]),
]
LINKS: list[Any] = [5, "", "x", [], True, "https://example.org/x", "file:///etc/passwd", "http://[", "?$skip=0", "../x"]


class Nep(Client):
    """A client that finds answers without a line: by table and by the last part of the address."""

    def __init__(self, per_tabel: dict[str, Antwoorden]) -> None:
        super().__init__(connections=0, tries=1, sleep=lambda _: None)
        self._per_tabel = per_tabel

    def _ask(self, url: str, hops: int = 3) -> Iterator[tuple[bytes, bytes]]:
        *_, table, name = urlsplit(url).path.replace("/$count", "").split("/")
        answers = self._per_tabel[table]
        if url.partition("?")[0].endswith("/$count"):
            body: Any = str(rauw.AANTAL["v3" if name == "UntypedDataSet" else "v4"]).encode()
        else:
            body = answers.get(name)
        if body is None:
            raise AfwezigError(Reden("adres_onbekend", {"http": 404}, waar=url))
        plain = body if isinstance(body, bytes) else json.dumps(body).encode()
        yield gzip.compress(plain, 1), plain


def paths(content: Any, above: Pad = ()) -> Iterator[Pad]:
    """Every place in an answer, itself included."""
    yield above
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in inner:
        yield from paths(value, (*above, key))


def _put(answers: Antwoorden, path: Pad, change: Callable[[Any, Any], None]) -> None:
    place: Any = answers
    for key in path[:-1]:
        place = place[key]
    change(place, path[-1])


def _is_figure(api: str, path: Pad) -> bool:
    """Whether the place holds a figure: another figure there is another answer, and no wrong one."""
    return path[0] == rauw.ROWS[api] and path[-1] in ("Value", "Banen_1", "Lonen_2")


def _lies(api: str, value: Any) -> bool:
    """Whether this can be told from a figure, or from a cell that is empty."""
    number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300
    return not number and (api == "v4" or value not in ("", " ", None))


def _replace(answers: Antwoorden, api: str, chance: random.Random) -> str:
    path = chance.choice([p for p in paths(answers) if p])
    value = chance.choice([v for v in ODD if not _is_figure(api, path) or _lies(api, v)])
    _put(answers, path, lambda place, key: place.__setitem__(key, copy.deepcopy(value)))
    return f"{path} is {value!r:.40}"


def _delete(answers: Antwoorden, api: str, chance: random.Random) -> str:
    path = chance.choice([p for p in paths(answers) if p])
    _put(answers, path, lambda place, key: place.pop(key))
    return f"{path} is weg"


def _double(answers: Antwoorden, api: str, chance: random.Random) -> str:
    path = chance.choice([p for p in paths(answers) if p and isinstance(p[-1], int)])
    _put(answers, path, lambda place, key: place.append(copy.deepcopy(place[key])))
    return f"{path} staat er twee keer"


def _swap(answers: Antwoorden, api: str, chance: random.Random) -> str:
    one, other = chance.sample(sorted(answers), 2)
    answers[one] = copy.deepcopy(answers[other])
    return f"{one} is {other}"


def _whole(answers: Antwoorden, api: str, chance: random.Random) -> str:
    name = chance.choice(sorted(n for n in answers if not isinstance(answers[n], bytes)))
    body = json.dumps(answers[name]).encode()
    cut = chance.randrange(len(body))
    answers[name] = chance.choice(
        [
            {"error": {"message": "onderhoud"}},
            {"odata.error": {"message": {"value": "onderhoud"}}},
            *(b"", b"null", b"[]", b"5", b'"x"', b"<html>Onderhoud</html>", b"\xff\xfe" + body, body + body),
            *(body[:cut], body[:cut] + b"\x00" + body[cut + 1 :], b"[" * 100_000, b'{"value":' * 100_000),
            b'{"value":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        ]
    )
    return f"{name} is {answers[name]!r:.40}"


def _link(answers: Antwoorden, api: str, chance: random.Random) -> str:
    name = chance.choice(sorted(answers))
    key, link = chance.choice(["odata.nextLink", "@odata.nextLink"]), chance.choice(LINKS)
    if not isinstance(answers[name], dict):
        return "niets"
    first = chance.random() < 0.5
    answers[name] = {key: link} | answers[name] if first else answers[name] | {key: link}
    return f"{name} heeft {key} {link!r}"


CHANGES = (_replace, _replace, _replace, _delete, _delete, _double, _swap, _whole, _link)


def shifted(api: str, seed: int) -> tuple[Antwoorden, str]:
    """The answers of a protocol with one to three things wrong, and what."""
    chance = random.Random(f"{SEED} {api} {seed}")
    answers: Antwoorden = rauw.MAKE[api]()
    # as the table is called here
    info = answers["TableInfos"]["value"][0] if api == "v3" else answers["Properties"]
    info["Identifier"] = f"{seed:05d}NED"
    return answers, spoil(answers, api, chance)


def spoil(answers: Antwoorden, api: str, chance: random.Random) -> str:
    """Make one to three things wrong in these answers; give what."""
    return "; ".join(chance.choice(CHANGES)(answers, api, chance) for _ in range(chance.choice((1, 1, 1, 2, 3))))


def run(api: str, seeds: range, opslag: Path) -> list[tuple[Uitkomst, str]]:
    per_tabel, tabellen, said = {}, [], []
    plain = rauw.make_tabel(api)
    for seed in seeds:
        naam = f"{seed:05d}NED"
        per_tabel[naam], what = shifted(api, seed)
        tabellen.append(plain.model_copy(update={"id": naam}))
        said.append(what)
    archief = Archief(opslag, "voorbeeld")
    with Nep(per_tabel) as client:
        found = fetch_tabellen(tabellen, Adressen(BASE, BASE, BASE), archief, rauw.Klok(), rauw.BEKEND, client=client)
    return list(zip(found, said, strict=True))


def check(api: str, seeds: range, tmp_path: Path) -> dict[str, int]:
    clean, counts = rauw.cells(api), dict.fromkeys(("nieuw", "geweigerd", "mislukt", "afwezig"), 0)
    for uitkomst, said in run(api, seeds, tmp_path / "a" / "b"):
        about = f"{uitkomst.tabel}: {said}: {uitkomst.resultaat} {uitkomst.reden}"
        counts[uitkomst.resultaat] += 1
        # nothing that only the last net caught
        assert "onverwacht" not in {r.code for r in uitkomst.redenen}, about
        if uitkomst.resultaat == "nieuw":
            wrong = rauw.read_cells(uitkomst) - clean
            assert not wrong, f"{about}: {wrong}"
        else:
            assert uitkomst.redenen and "monitor " in uitkomst.reden and uitkomst.momentopname is None, about
    outside = [p for p in tmp_path.rglob("*") if p.is_file() and (tmp_path / "a" / "b") not in p.parents]
    assert outside == []
    return counts


@pytest.mark.parametrize("api", ["v3", "v4"])
def test_no_error_gets_out_and_no_wrong_figure_gets_in(api, tmp_path):
    counts = check(api, range(AANTAL), tmp_path)
    # they are wrong in earnest, and not all in the same way
    assert counts["geweigerd"] > AANTAL / 10 and counts["mislukt"] > AANTAL / 4, counts


@pytest.mark.lang
@pytest.mark.parametrize("api", ["v3", "v4"])
def test_many_more(api, tmp_path):
    check(api, range(AANTAL, LANG), tmp_path)


def test_the_answers_are_good_before_they_are_made_wrong(tmp_path):
    for api in ("v3", "v4"):
        tabel: Brontabel = rauw.make_tabel(api)
        with Nep({tabel.id: rauw.MAKE[api]()}) as client:
            (found,) = fetch_tabellen(
                [tabel], Adressen(BASE, BASE, BASE), Archief(tmp_path, "voorbeeld"), rauw.Klok(), client=client
            )
        assert rauw.read_cells(found) == rauw.cells(api)
