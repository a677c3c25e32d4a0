"""Expected against found, from what is kept."""

from assets.bron.bronlijst import Brontabel
from assets.bron.toets import show, toets


def test_toets_shows_found_missing_and_candidates(bank):
    for api in ("v3", "v4"):
        topics = bank.tabel(api).model_dump()["onderwerpen"]
        topics["zzp"] = {"titel": "Totaal banen", "eenheid": "x 1 000", "zekerheid": "U"}
        tabel = bank.tabel(api, onderwerpen=topics)
        bank.fetch(tabel)
        asked = len(bank.storing.verzoeken)
        rows = toets([tabel], bank.archief)
        assert len(bank.storing.verzoeken) == asked, "toets vraagt niets aan de bron"
        assert [(r.naam, r.gevonden) for r in rows] == [("banen", True), ("werknemers", True), ("zzp", False)]
        assert rows[2].kandidaten[0].startswith("Banen > Totaal (x 1 000)")
        text = show(rows)
        assert f"{tabel.id}: 2 van 3 gevonden" in text and "lijkt op Banen > Totaal" in text and "monitor run" in text


def test_mended_entry_shows_at_once_and_refusal_is_told(bank):
    wrong = bank.tabel("v4").model_dump()
    wrong["onderwerpen"]["banen"]["eenheid"] = "aantal"
    bank.fetch(Brontabel.model_validate(wrong))
    rows = toets([Brontabel.model_validate(wrong)], bank.archief)
    assert [r.gevonden for r in rows] == [False, True] and "x 1 000" in rows[0].antwoord
    # the source list was mended; the answer that was refused holds no rows, so it says so
    assert [r.gevonden for r in toets([bank.tabel("v4")], bank.archief)] == [True, True, False]


def test_refusal_for_its_rows_is_told(bank):
    bank.storing.leeg = frozenset({"20000NED"})
    bank.restock()
    bank.fetch(bank.tabel("v4"))
    *found, last = toets([bank.tabel("v4")], bank.archief)
    assert all(r.gevonden for r in found) and "leeg" in last.antwoord and not last.gevonden


def test_table_that_was_never_fetched_says_so(bank):
    (row,) = toets([bank.tabel("v3")], bank.archief)
    assert not row.gevonden and "monitor run" in row.antwoord
