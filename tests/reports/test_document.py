"""The document tree: what it gathers, and what it refuses."""

from datetime import date

from reports.document import Alinea, Blad, Document, Figuur, Figuurblok, Kop, Naast, Uitklap, check, walk
from reports.inhoud import Bestand, Doel, Klein, Koppeling, Merk, Voorlees, plain
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel


def make_tabel(*rijen: Rij, id_: str = "t") -> Tabel:
    return Tabel(id_, "Banen", (Kolom(("Gemeente",)), Kolom(("2025",), "eind")), (Rijgroep(rijen),))


def make_document(*blokken, **anders) -> Document:
    bladen = (Blad("index", "Voorkant", "", ()), Blad("banen", "Banen", "Economie", blokken))
    return Document("Stand", "", 2026, date(2026, 11, 22), **({"bladen": bladen} | anders))


def test_a_sound_document_has_nothing_wrong() -> None:
    figuur = Figuurblok("f", Figuur("<svg/>", "Banen stijgen", "Lijn van banen."))
    more = Uitklap("Cijfers", (make_tabel(Rij(("Assen",), (Cel(("12",)),))),))
    link = Alinea((Koppeling("terug", Doel("index")), Koppeling("CSV", Bestand("data/a.csv")), "https://x"))
    document = make_document(Kop(2, "Banen", "banen"), Naast((figuur,)), more, link, bestanden={"data/a.csv": b""})
    assert check(document) == []


def test_what_a_renderer_would_stumble_over_is_named() -> None:
    document = make_document(
        Kop(3, "Te diep", "dubbel"),
        Kop(2, "Nog een", "dubbel"),
        Figuurblok("f", Figuur("<svg/>", "Kop", " ")),
        make_tabel(Rij(("Assen",), ())),
        Alinea((Koppeling("weg", Doel("nergens")), Koppeling("weg", Doel("banen", "niets")))),
        Alinea((Koppeling("CSV", Bestand("data/weg.csv")),)),
        Alinea(("", " ")),
    )
    wrong = check(document)
    assert len(wrong) == 8
    assert any("zonder woorden" in w for w in wrong)
    for part in ("slaat een niveau over", "dubbel staat er twee keer", "figuur f", "rij 'Assen'", "nergens#", "#niets"):
        assert any(part in w for w in wrong), part
    assert any("data/weg.csv is er niet" in w for w in wrong)


def test_neighbours_of_a_group_are_gathered_in_order() -> None:
    bladen = tuple(Blad(i, i, g, ()) for i, g in (("a", ""), ("b", "X"), ("c", "X"), ("d", "Y")))
    groepen = make_document(bladen=bladen).groepen
    assert [(g, [b.id for b in found]) for g, found in groepen] == [("", ["a"]), ("X", ["b", "c"]), ("Y", ["d"])]


def test_walk_goes_into_blocks_and_plain_text_is_what_is_seen() -> None:
    inner = Alinea((Merk("+", "gunstig", "gunstig"), " ", Voorlees(".", "geheim"), Klein(" 2025")))
    assert [type(b).__name__ for b in walk((Naast((Uitklap("x", (inner,)),)),))] == ["Naast", "Uitklap", "Alinea"]
    assert plain(inner.inhoud) == "+ gunstig . 2025"
