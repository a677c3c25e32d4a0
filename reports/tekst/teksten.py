"""All texts of an edition: read, checked at once, and put into the pages of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from reports.document import Blad, Blok, Document, Kop
from reports.tekst.cijfers import Cijfers, Verwijzing, suggest
from reports.tekst.fout import FOUT, LET_OP, Ernst, TekstError, Tekstfout, count
from reports.tekst.getalregels import NAMEN, Vondst, find_cijfers, find_telwoorden
from reports.tekst.opmaak import Deel, line_of, make_blokken, read_delen
from reports.tekst.sjabloon import Vlak, read_sjabloon
from reports.tekst.vrijetoets import check_vrij
from reports.tekst.zinregels import check_zinnen
from reports.tekst.zinswoorden import HEFBOOM_MINSTENS, OORZAAK, ZONDER_OORZAAK

VOLGNUMMER = re.compile(r"^[0-9]+-")


@dataclass(frozen=True)
class Tekst:
    """A text that stands in a chapter: `hoofdstuk` is the id of its page, `plaats` begin or slot."""

    bestand: str
    hoofdstuk: str
    plaats: str
    blokken: tuple[Blok, ...]


def _advice(vondst: Vondst, cijfers: Cijfers, beside: str) -> str:
    if vondst.vorm == "jaartal":
        return f"Is het een jaar? Schrijf: in {vondst.woorden}. Is het een aantal? Gebruik een verwijzing."
    found = re.search(r"[0-9][0-9.,]*[0-9]|[0-9]", vondst.woorden)
    near = suggest(cijfers, found[0], "%" in vondst.woorden, beside) if found else []
    if near:
        return f"Dit cijfer is nu: {' of '.join(near)}. Schrijf die verwijzing."
    if vondst.vorm == "woorden":
        return (
            'Een getal in woorden blijft staan als het cijfer verandert. Schrijf een verwijzing ({{ cijfer("...") }}), '
            'of is het van een ander: {{ citaat("de woorden", "de bron") }}.'
        )
    return (
        'Schrijf een verwijzing: {{ cijfer("werkloosheid") }}. '
        'Is het van een ander: {{ citaat("de woorden", "de bron") }}. '
        "Hoort het bij een naam (SBI 2008): zet de naam in editie.toml bij namen_met_cijfer."
    )


def _check_deel(vlak: Vlak, deel: Deel, cijfers: Cijfers, namen: tuple[str, ...]) -> None:
    if deel.soort == "citaat":
        if any(c in vlak.verwijzingen for c in deel.tekst):
            vlak.fout(
                line_of(vlak, deel, 0),
                "een verwijzing in een citaat",
                "Een citaat geeft letterlijk de woorden van een ander.",
            )
        return
    for v in find_fouten(deel.tekst, vlak.verwijzingen, cijfers, namen):
        vlak.fouten.append(Tekstfout(vlak.bestand, line_of(vlak, deel, v.plaats), v.wat, v.advies, v.ernst))


def _check_oorzaak(vlak: Vlak, delen: Iterable[Deel]) -> None:
    """Refuse words of cause in a chapter that lays policy beside figures, in a quotation too."""
    for deel in delen:
        for found in OORZAAK.finditer(deel.tekst):
            vlak.fout(
                line_of(vlak, deel, found.start()),
                f"hier staat een oorzaak: '{' '.join(found[0].split())}'",
                "Wat het beleid uitwerkte is niet gemeten. Zet naast elkaar wat is gedaan en wat de cijfers zeggen.",
            )
        for found in HEFBOOM_MINSTENS.finditer(deel.tekst):
            vlak.fout(
                line_of(vlak, deel, found.start()),
                f"hier staat een ondergrens van een hefboom: '{' '.join(found[0].split())}'",
                "Afgeronde bedragen geven een bereik. Schrijf het laagste en het hoogste: tussen 4,5 en 5,1.",
            )


@dataclass(frozen=True)
class Misslag:
    """Something wrong at a character of a text: what, what to write, and whether it stops the build."""

    plaats: int
    wat: str
    advies: str
    ernst: Ernst


def find_fouten(
    tekst: str, verwijzingen: dict[str, Verwijzing], cijfers: Cijfers, namen: tuple[str, ...]
) -> Iterator[Misslag]:
    """Every figure that is no reference, and every sentence that says something else than its figures.

    In `tekst` each reference is one character, the key of it in `verwijzingen`. `namen`: names that may hold a digit.
    """
    vrij = list(check_vrij(tekst, verwijzingen, cijfers, namen))
    yield from (Misslag(b.begin, b.wat, b.advies, b.ernst) for b in vrij if not b.klopt)
    for vondst in (*find_cijfers(tekst, namen), *find_telwoorden(tekst, namen)):
        # a number that was held against the figures has been told of, or may stay
        if any(b.begin < vondst.begin + len(vondst.woorden) and vondst.begin < b.eind for b in vrij):
            continue
        wat, advies = f"{vondst.wat}: '{vondst.woorden}'", _advice(vondst, cijfers, tekst)
        yield Misslag(vondst.begin, wat, advies, vondst.ernst)
    for b in check_zinnen(tekst, verwijzingen, cijfers):
        # what has no reference beside it is only reported there, and settled as free text
        if b.ernst == LET_OP and any(v.begin <= b.plaats < v.eind for v in vrij):
            continue
        yield Misslag(b.plaats, b.wat, b.advies, b.ernst)


def read_tekst(
    bestand: str,
    source: str,
    cijfers: Cijfers,
    hoofdstukken: Iterable[str] | None,
    namen: tuple[str, ...] = (),
) -> tuple[Tekst, list[Tekstfout]]:
    """Read and check one text. `bestand`: its path, whose name says the chapter where its head does not.

    `hoofdstukken`: the ids of the pages, None where they are not known yet.
    """
    naam = bestand.rsplit("/", 1)[-1].removesuffix(".md")
    vlak = read_sjabloon(bestand, source, cijfers)
    delen = read_delen(vlak)
    for deel in delen:
        _check_deel(vlak, deel, cijfers, (*NAMEN, *namen))
    titel = vlak.velden.get("titel", "")
    for vondst in (*find_cijfers(titel, (*NAMEN, *namen)), *find_telwoorden(titel, (*NAMEN, *namen))):
        vlak.fout(1, f"{vondst.wat} in de titel: '{vondst.woorden}'", _advice(vondst, cijfers, titel))
    hoofdstuk = vlak.velden.get("hoofdstuk") or VOLGNUMMER.sub("", naam)
    if hoofdstukken is not None and hoofdstuk not in (known := list(hoofdstukken)):
        vlak.fout(
            1,
            f"het rapport heeft geen hoofdstuk '{hoofdstuk}'",
            f"Noem het bestand naar een hoofdstuk, of zet in de kop hoofdstuk: ... Er zijn: {', '.join(known)}.",
        )
    if hoofdstuk in ZONDER_OORZAAK:
        _check_oorzaak(vlak, delen)
    if not delen and not vlak.fouten and not vlak.verwijzingen and not source.strip():
        vlak.fout(1, "het bestand is leeg", "Schrijf er tekst in, of verwijder het bestand.")
    blokken = make_blokken(delen, vlak.verwijzingen, f"tekst-{VOLGNUMMER.sub('', naam)}")
    # a heading over what its conditions left out promises a text that is not there
    if titel and blokken:
        blokken = (Kop(2, titel, f"tekst-{naam}"), *blokken)
    return Tekst(bestand, hoofdstuk, vlak.velden.get("plaats", "begin"), blokken), sorted(set(vlak.fouten))


def read_teksten(
    bestanden: Iterable[tuple[str, str]],
    cijfers: Cijfers,
    hoofdstukken: Iterable[str] | None,
    namen: tuple[str, ...] = (),
) -> tuple[list[Tekst], list[Tekstfout]]:
    """Read and check all texts: (path to show, content), in the order in which they are to stand."""
    known = None if hoofdstukken is None else list(hoofdstukken)
    teksten, fouten = [], []
    for bestand, source in bestanden:
        tekst, own = read_tekst(bestand, source, cijfers, known, namen)
        teksten.append(tekst)
        fouten += own
    return teksten, fouten


def refuse(fouten: list[Tekstfout]) -> None:
    """Raise TekstError when there are faults that stop the build; it lists all of them."""
    stop, _ = count(fouten)
    if stop:
        listed = "\n".join(str(f) for f in fouten if f.ernst == FOUT)
        raise TekstError(
            f"{stop} {'fout' if stop == 1 else 'fouten'} in de teksten:\n{listed}", vervolg="Zie docs/teksten.md"
        )


def _insert(blad: Blad, teksten: list[Tekst]) -> Blad:
    """The page with its texts: those for the beginning after what introduces it, before its first heading."""
    begin = tuple(b for t in teksten if t.plaats == "begin" for b in t.blokken)
    slot = tuple(b for t in teksten if t.plaats == "slot" for b in t.blokken)
    first = next((n for n, b in enumerate(blad.blokken) if isinstance(b, Kop)), len(blad.blokken))
    return replace(blad, blokken=(*blad.blokken[:first], *begin, *blad.blokken[first:], *slot))


def insert_teksten(document: Document, teksten: list[Tekst]) -> Document:
    """The document with the texts of the editors in their chapters."""
    per_blad: dict[str, list[Tekst]] = {}
    for tekst in teksten:
        per_blad.setdefault(tekst.hoofdstuk, []).append(tekst)
    return replace(
        document,
        bladen=tuple(_insert(b, per_blad[b.id]) if b.id in per_blad else b for b in document.bladen),
    )
