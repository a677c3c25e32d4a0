"""Since the previous edition: what of it is inflation, what may still change, and how many of how many."""

from __future__ import annotations

from dataclasses import replace

from reports.analyse import Analyses, Editieverschil
from reports.berichten import make_berichten
from reports.document import Alinea, walk
from reports.gedrukt.drukwerk import Drukwerk
from reports.gedrukt.opening import make_veranderd_blad
from reports.hoofdstukken.naslag import make_veranderd
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import plain
from reports.samenstelling import make_document
from reports.tabel import Tabel
from tests.reports.voorbeeldrapport import make_indicator, make_rapport

CARD = make_indicator(id="inkomen", naam="Inkomen", eenheid="euro", decimalen=0, meting="telling", prijzen="lopend")
VERSCHIL = Editieverschil(
    "inkomen", "Inkomen", "euro", 0, "2022JJ00", "2024JJ00", 30_000.0, 33_383.0, 3_383.0, 0.0, 0.0
)  # fmt: skip


def cells(prijzen: str) -> list[str]:
    """The row of the table of differences, of a figure in these prices."""
    tafel = Schrijftafel(make_rapport(replace(CARD, prijzen=prijzen)), Analyses(editieverschillen=(VERSCHIL,)))
    (tabel,) = [b for b in walk(make_veranderd(tafel).blokken) if isinstance(b, Tabel) and b.id == "edities"]
    return [plain(c.inhoud) for c in tabel.rijen[0].cellen]


def test_in_the_table_of_what_changed_inflation_stands_with_the_amount_it_is_in() -> None:
    """A table goes to paper without the sentence above it."""
    assert cells("lopend")[2] == "+3.383 met inflatie" and cells("geen")[2] == "+3.383"
    # and what its source may still change has its mark
    assert "*" in cells("geen")[1] and "*" not in cells("geen")[0]


def test_a_message_about_the_editions_says_what_is_provisional_and_how_many_it_leaves_out() -> None:
    verschillen = (VERSCHIL, *(replace(VERSCHIL, indicator=f"x{n}", naam=f"X {n}", verandering=1.0) for n in range(6)))
    (edities,) = [b for b in make_berichten(make_rapport(CARD), verschillen, concept=False) if b.soort == "edities"]
    (zin,) = edities.zinnen
    assert "(van 2022 tot 2024, voorlopig)" in zin and zin.endswith("; en nog 2.") and "meest" not in zin


def test_all_is_not_told_as_so_many_of_so_many() -> None:
    ids = ("a", "b")
    rapport = replace(make_rapport(*(replace(CARD, id=i, naam=i) for i in ids)), kern=ids)
    wat = "2 kernindicatoren uit de vorige editie"
    for gelijk, begin in ((0, f"Alle {wat} hebben een nieuwer"), (1, f"Van de {wat} heeft er 1 een nieuwer")):
        verschillen = tuple(
            replace(VERSCHIL, indicator=i, naam=i, verandering=0.0 if n < gelijk else 5.0) for n, i in enumerate(ids)
        )
        tafel = Schrijftafel(rapport, Analyses(editieverschillen=verschillen))
        druk = Drukwerk(tafel, make_document(rapport, tafel.analyses), {})
        assert plain(next(b for b in make_veranderd_blad(druk).blokken if isinstance(b, Alinea)).inhoud).startswith(
            begin
        )
