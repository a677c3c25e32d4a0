"""A printed page explains the signs that it uses: there is no other page beside it."""

import re
from dataclasses import replace

import pytest

from reports.cellen import VRAAG_UITLEG
from reports.document import Alinea, Blad, Figuur, Figuurblok, walk
from reports.gedrukt.alle import make_stukken, make_uitgegeven
from reports.gedrukt.legenda import legenda
from reports.inhoud import Inhoud, Merk, Voorlees
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from tests.reports.test_gedrukt import make_druk, make_volle_tafel
from tests.reports.voorbeeldrapport import seen

# what a reader sees in a cell or a figure, and what has to stand on the same page
TEKENS = {
    r"(?<=\d)\*(?!\*)": r"\* voorlopig",
    r"\d\*?≈": r"≈ (is een )?benadering",
    r"= klein\b": r"‘klein’",
    r"= te grof": r"‘te grof’",
    r"= toeval\?": r"‘toeval\?’",
    r"[−+▲▼]\?|gunstig\?|klein\?|kwart\?": r"vraagteken achter een",
    r"\d\*? [+−▲▼](?=\?|\||$)": r"in het gunstigste kwart",
    r"%-punt(?! is)": r"%-punt is procentpunt|%-punt: procentpunt",
    r"\|–(?=\||$)": r"– is er niet",
}


def pagina(*cellen: Inhoud, noten: tuple[str, ...] = (), tekst: str = "") -> Blad:
    rij = Rij(("rij",), tuple(Cel(c) for c in cellen))
    kolommen = tuple(Kolom((f"k{n}",)) for n in range(len(cellen) + 1))
    blokken = (Tabel("t", "Tabel", kolommen, (Rijgroep((rij,)),), noten), *([Alinea((tekst,))] if tekst else []))
    return Blad("b", "Blad", "", blokken, een_pagina=True)


@pytest.mark.parametrize(
    ("cel", "uitleg"),
    [
        (("3,2", Voorlees("*", " voorlopig")), "* voorlopig."),
        (("3,2", Voorlees("**", " nader voorlopig")), "** nader voorlopig."),
        (("3,2", Voorlees("≈", " benadering")), "≈ benadering uit de gemeenten."),
        ((Merk("=", "klein", "neutraal"),), "‘klein’ is kleiner dan de afronding of dan wat ertoe doet."),
        (
            (Merk("=", "klein?", "neutraal"),),
            f"‘klein’ is kleiner dan de afronding of dan wat ertoe doet; {VRAAG_UITLEG}",
        ),
        ((Merk("=", "te grof", "neutraal"),), "‘te grof’: de bron rondt te grof af om een verschil te zien."),
        ((Merk("=", "toeval?", "neutraal"),), "‘toeval?’ is binnen de marge van de meting."),
        ((Merk("+", "gunstig?", "gunstig"),), VRAAG_UITLEG),
        (("+0,2 %-punt",), "%-punt is procentpunt."),
        ((Voorlees("–", "niet beschikbaar"),), "– is er niet, of is niet te vergelijken."),
        ((Merk("+", "gunstig", "gunstig"),), ""),
    ],
)
def test_of_each_sign_of_a_page_it_says_what_it_means(cel: Inhoud, uitleg: str) -> None:
    assert legenda(pagina(cel)) == uitleg


def test_what_a_page_explains_itself_is_not_said_again() -> None:
    ster = ("3,2", Voorlees("*", " voorlopig"))
    assert legenda(pagina(ster, noten=("* voorlopig; n.b. niet beschikbaar.",))) == ""
    assert legenda(pagina(ster, tekst="* voorlopig, ≈ benadering.")) == ""
    # in a cell it is the sign itself
    assert legenda(pagina(ster, ("* voorlopig",))) == "* voorlopig."


def test_a_sign_in_a_figure_counts() -> None:
    blok = Figuurblok("f", Figuur("<svg><text>62,4*</text><text>n.b.</text></svg>", "Kop", "Alt"))
    assert legenda(replace(pagina(("1",)), blokken=(blok,))) == "* voorlopig; n.b. is niet beschikbaar."


def test_every_printed_page_explains_every_sign_on_it() -> None:
    druk = make_druk(make_volle_tafel())
    found, missing = set[str](), []
    for naam, opdracht in (make_uitgegeven(druk) | make_stukken(druk)).items():
        krap = [opdracht.krapper(1)] if opdracht.krapper else []
        for blad in (b for d in (opdracht.document, *krap) if d.taal == "nl" for b in d.bladen):
            noten = [noot for blok in walk(blad.blokken) if isinstance(blok, Tabel) for noot in blok.noten]
            text = "\n".join((seen(blad.blokken), *noten))
            used = [teken for teken in TEKENS if re.search(teken, text, re.MULTILINE)]
            found.update(used)
            missing += [(naam, blad.id, t) for t in used if not re.search(TEKENS[t], text, re.IGNORECASE)]
    assert missing == []
    assert len(found) >= 5, found
