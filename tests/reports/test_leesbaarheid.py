"""Long words and long sentences score lower; numbers, tables and notes are not counted."""

from datetime import date

import pytest

from reports.document import Alinea, Blad, Document, Lijst
from reports.inhoud import Doel, Koppeling, Taal
from reports.tekst.leesbaarheid import DREMPEL, measure, score

MAKKELIJK = "De bus rijdt elk uur. Wie naar zijn werk gaat, neemt de fiets of de bus. Dat kost weinig tijd en geld."
MOEILIJK = (
    "De arbeidsmarktparticipatieontwikkeling van laaggekwalificeerde beroepsbevolkingscategorieën correspondeert met "
    "conjunctuurafhankelijke werkgelegenheidsverschuivingen binnen kapitaalintensieve bedrijfstakclassificaties."
)


def test_short_words_in_short_sentences_read_easier():
    assert score([MAKKELIJK])[0] > 80
    assert score([MOEILIJK])[0] < 0


def test_the_formula_is_that_of_douma():
    # 2 sentences, 6 words, 7 syllables
    found, woorden, zinnen = score(["De man loopt. Water is nat."])
    assert (woorden, zinnen) == (6, 2)
    assert found == pytest.approx(206.84 - 0.93 * 3 - 77 * 7 / 6)


def test_numbers_are_no_words():
    assert score(["Dat zijn 12.345 banen in 2024."])[1] == 4
    with pytest.raises(ValueError, match="zonder woorden"):
        score(["12.345"])


def document(*bladen: Blad) -> Document:
    return Document("Titel", "Ondertitel", 2026, date(2026, 11, 29), bladen)


def test_pages_are_measured_hardest_first_and_a_note_does_not_count():
    makkelijk = Blad("een", "Een", "", (Alinea((MAKKELIJK * 3,)), Alinea((MOEILIJK * 9,), "noot")))
    moeilijk = Blad("twee", "Twee", "", (Lijst(((MOEILIJK * 4,),)),))
    kort = Blad("drie", "Drie", "", (Alinea((MOEILIJK,)),))
    found = measure(document(makkelijk, moeilijk, kort))
    assert [m.blad for m in found] == ["twee", "een"]
    assert found[0].score < DREMPEL < found[1].score


def test_a_list_of_links_is_no_text_to_read():
    namen = Lijst(tuple((Koppeling("Aandeel hoogopgeleiden beroepsbevolking", Doel("x")),) for _ in range(40)))
    zin = Alinea((MAKKELIJK * 4,))
    met, zonder = (measure(document(Blad("a", "A", "", blokken))) for blokken in ((zin, namen), (zin,)))
    assert met == zonder
    assert len(met) == 1


def test_words_of_another_language_are_not_measured_with_the_weights_of_dutch():
    engels = Alinea((Taal("The province compares itself with the country, as far as comparable. " * 6, "en"),))
    zin = Alinea((MAKKELIJK * 4,))
    met, zonder = (measure(document(Blad("a", "A", "", blokken))) for blokken in ((zin, engels), (zin,)))
    assert met == zonder and len(met) == 1
    assert not measure(document(Blad("english", "Summary in English", "", (engels,))))
