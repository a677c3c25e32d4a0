"""How certain a card is, and where what it asks was seen."""

from __future__ import annotations

import pytest

from assets.bron.bronlijst import (
    Aanlevering,
    Brontabel,
    Dimensie,
    Registertabel,
    read_aanleveringen,
    read_registertabellen,
    read_tabellen,
)
from assets.bron.gezienlijst import GezieneTabel, read_gezien
from assets.indicatoren.kaart import Kaart, read_kaarten
from assets.indicatoren.zekerheid import asked, bewijs, gezien_regels, places, zekerheid
from tests.indicatoren.conftest import kaart as maak_kaart


def bronnen() -> dict[str, Brontabel | Aanlevering | Registertabel]:
    return {**read_tabellen(), **read_aanleveringen(), **read_registertabellen()}


def test_a_card_is_as_certain_as_the_least_certain_of_what_it_asks() -> None:
    def tabel(id: str, zekerheid: str, **onderwerpen: str) -> Brontabel:
        return Brontabel.model_validate(
            {
                "id": id,
                "titel": id,
                "api": "v4",
                "zekerheid": zekerheid,
                "regio_vast": "NL01",
                "dimensies": {"Perioden": {"soort": "periode", "vanaf": 2020}},
                "onderwerpen": {n: {"titel": n, "eenheid": "aantal", "zekerheid": z} for n, z in onderwerpen.items()},
            }
        )

    known = {"T": tabel("T", "K", k="K", r="K", v="V"), "U": tabel("U", "U", k="K")}
    topic = {"titel": "k", "eenheid": "aantal", "decimalen": 0}
    elsewhere = {"hoe": "zustertabel", "waar": "op S", "datum": "2026-11-29", "zekerheid": "waarschijnlijk"}
    seen = GezieneTabel.model_validate(
        {
            "id": "T",
            "titel": "T",
            "gezien": [
                {"hoe": "metadata", "waar": "bij de bron", "datum": "2026-07-02", "zekerheid": "zeker"},
                {"hoe": "catalogus", "waar": "de lijst", "datum": "2025", "zekerheid": "zeker"},
            ],
            "regio": "NL01",
            "jaar": 2024,
            "onderwerpen": {"k": topic, "r": topic | {"gezien": [elsewhere]}, "v": topic | {"niet_gezien": ["titel"]}},
        }
    )

    def card(*terms: dict[str, str]) -> Kaart:
        return maak_kaart(bronnen=[{"tabel": "T", "teller": list(terms[:1]), "noemer": list(terms[1:])}])

    sure = card({"onderwerp": "k"}, {"onderwerp": "r"})
    assert (zekerheid(sure, known), bewijs(sure, known, {"T": seen})) == ("K", "zustertabel")
    assert gezien_regels(sure, known, {"T": seen}) == [
        "T in de metadata van de tabel: bij de bron (2026-07-02)",
        "T op een andere tabel van dezelfde reeks: op S (2026-11-29)",
    ]
    # called confirmed, and yet nowhere seen
    assert (bewijs(sure, known, {}), gezien_regels(sure, known, {})) == ("niet", [])
    half = card({"onderwerp": "k"}, {"onderwerp": "v"})
    assert (zekerheid(half, known), bewijs(half, known, {"T": seen})) == ("V", "niet")
    # filled in for the sample is not seen
    filled = known | {"T": tabel("T", "K", k="K", v="K")}
    assert (zekerheid(half, filled), bewijs(half, filled, {"T": seen})) == ("K", "niet")
    # a topic is never more certain than its table
    assert zekerheid(card({"onderwerp": "k"}, {"onderwerp": "k", "tabel": "U"}), known) == "U"
    assert zekerheid(card({"onderwerp": "onbekend"}), known) == "U"


def test_a_code_of_which_the_title_is_only_expected_makes_a_card_less_certain() -> None:
    tabellen = bronnen()
    low, all_of_them = (
        {"onderwerp": "beroepsbevolking", "uitsplitsing": {"Persoonskenmerken": c}} for c in ("?laag", "?totaal")
    )

    def card(*terms: dict[str, object]) -> Kaart:
        return maak_kaart(bronnen=[{"tabel": "86088NED", "teller": list(terms)}])

    assert zekerheid(card(all_of_them), tabellen) == "K"
    assert zekerheid(card(low), tabellen) == zekerheid(card(all_of_them, low), tabellen) == "V"
    assert zekerheid(read_kaarten()["laagopgeleid_bb"], tabellen) == "V"
    with pytest.raises(ValueError, match="vermoed"):
        Dimensie(soort="uitsplitsing", codes={"a": "A"}, vermoed=("b",))


def test_what_is_confirmed_says_where_it_was_seen() -> None:
    unseen = {
        id
        for id, tabel in bronnen().items()
        for naam in tabel.onderwerpen
        if tabel.zekerheid_van(naam) == "K" and not places(tabel, naam, read_gezien())
    }
    assert unseen == set()
    sure = [k for k in read_kaarten().values() if zekerheid(k, bronnen()) == "K"]
    assert len(sure) >= 125
    for kaart in sure:
        tables = {tabel for tabel, _ in asked(kaart, bronnen())}
        assert {r.split()[0] for r in gezien_regels(kaart, bronnen(), read_gezien())} == tables, kaart.id
