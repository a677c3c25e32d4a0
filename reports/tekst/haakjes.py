"""References as one types them in Word: `[werkloosheid, Emmen, 2022]`, and back from a call to that form.

Between square brackets stand a kind of reference (none: the figure itself), the name of an indicator, and where wanted
a region and a year. Names are read as an editor knows them: the id, the id with spaces, or the name of the card.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from reports.tekst.analyseverwijzingen import keuzes
from reports.tekst.cijfers import Cijfers, GeenWaardeError, VerwijzingError, find_indicator, find_regio
from reports.tekst.verwijzingen import FUNCTIES

# What an editor types -> the function that is meant.
SOORTEN = {naam.replace("_", " "): naam for naam in FUNCTIES} | {
    "verschil": "verschil_nl",
    "verschil met nederland": "verschil_nl",
    "plaats": "rang",
    "hoogste gemeente": "hoogste",
    "laagste gemeente": "laagste",
}
ALS = re.compile(r"^als er is:?\s+", re.I)
_JAAR = re.compile(r"(?:sinds\s+)?(?:19|20)[0-9]{2}(?:[A-Z]{2}[0-9]{2})?", re.I)
_CALL = re.compile(r"\{\{\s*(\w+)\((.*?)\)\s*\}\}|\b(\w+)\((\"[^)]*)\)")
_ARGUMENT = re.compile(r"(?:(\w+)=)?(?:\"([^\"]*)\"|(\w+))")
PARAMETERS: dict[str, tuple[str, ...]] = {
    naam: functie.__code__.co_varnames[1 : functie.__code__.co_argcount] for naam, functie in FUNCTIES.items()
}


@dataclass(frozen=True)
class Verwijzingstekst:
    """A reference in brackets as the template language has it: the call, and whether it only asks if it is there."""

    call: str
    als: bool = False


def _known(cijfers: Cijfers) -> dict[str, set[str]]:
    """What an indicator may be called, in lower case -> ids."""
    names: dict[str, set[str]] = {}
    alle = [(i.id, i.naam) for i in cijfers.indicatoren.values()] + [
        (a.indicator, a.naam) for a in cijfers.afwezig.values()
    ]
    for id_, naam in alle:
        for n in (id_, id_.replace("_", " "), naam):
            names.setdefault(" ".join(n.lower().split()), set()).add(id_)
    return names


def read_haakjes(inhoud: str, cijfers: Cijfers) -> Verwijzingstekst:
    """What stands between brackets as a call. Raises VerwijzingError, which says what is allowed."""
    tekst = " ".join(inhoud.replace("\N{NO-BREAK SPACE}", " ").strip("‘’“”\"' ").split())
    als = ALS.match(tekst)
    if als is not None:
        tekst = tekst[als.end() :]
    if not tekst or '"' in tekst or "\\" in tekst:
        raise VerwijzingError(
            f"tussen vierkante haken staat '{inhoud}'", "Schrijf: [werkloosheid, Emmen]. Lijst: monitor tekst lijst"
        )
    known = _known(cijfers)
    functie, delen = _functie(tekst, known)
    if functie == "citaat":
        woorden, _, van = ", ".join(delen).rpartition(", ")
        return Verwijzingstekst(f'citaat("{woorden}", "{van}")')
    parameters = PARAMETERS[functie]
    args: list[str] = []
    named: dict[str, str] = {}
    if parameters[:1] and parameters[0] != "regio":
        namen = known if parameters[0] == "indicator" else [n.lower() for n in keuzes(cijfers)[parameters[0]]]
        eerste, delen = _eerste(delen, namen)
        args.append(f'"{_indicator(eerste, known, cijfers)}"' if parameters[0] == "indicator" else f'"{eerste}"')
    for deel in delen:
        _place(deel, functie, parameters, named, cijfers)
    args += [f"{naam}={waarde}" for naam, waarde in named.items()]
    return Verwijzingstekst(f"{functie}({', '.join(args)})", als is not None)


def _functie(tekst: str, known: dict[str, set[str]]) -> tuple[str, list[str]]:
    """The function that is meant, and the parts that are left."""
    delen = [d.strip() for d in tekst.split(",")]
    if delen[0].lower() in known:
        return "cijfer", delen
    for soort in sorted(SOORTEN, key=len, reverse=True):
        found = re.match(rf"{soort}(?::|\b)\s*", delen[0], re.I)
        if found:
            rest = delen[0][found.end() :].strip()
            return SOORTEN[soort], ([rest] if rest else []) + delen[1:]
    return "cijfer", delen


def _eerste(delen: list[str], namen: Container[str]) -> tuple[str, list[str]]:
    """The name in front, which may hold commas itself."""
    for n in range(len(delen), 0, -1):
        if ", ".join(delen[:n]).lower() in namen:
            return ", ".join(delen[:n]), delen[n:]
    return (delen[0], delen[1:]) if delen else ("", [])


def _indicator(naam: str, known: dict[str, set[str]], cijfers: Cijfers) -> str:
    ids = known.get(naam.lower(), set())
    if len(ids) > 1:
        raise VerwijzingError(
            f"'{naam}' kan meer dan één cijfer zijn", f"Kies: {' of '.join(f'[{i}]' for i in sorted(ids))}."
        )
    if ids:
        return next(iter(ids))
    if not naam:
        raise VerwijzingError("er staat geen cijfer in de haken", "Schrijf: [werkloosheid, Emmen].")
    try:
        return find_indicator(cijfers, naam).id
    except GeenWaardeError:
        return naam


def _place(deel: str, functie: str, parameters: tuple[str, ...], named: dict[str, str], cijfers: Cijfers) -> None:
    """Add a part to the arguments it can only be: a year, a word, or a region."""
    if not deel:
        raise VerwijzingError("er staat een komma te veel in de haken", "Schrijf: [werkloosheid, Emmen, 2022].")
    if deel.lower() == "meervoud" and "meervoud" in parameters:
        naam, waarde = "meervoud", "true"
    elif _JAAR.fullmatch(deel):
        naam = "sinds" if deel.lower().startswith("sinds") else "periode"
        if naam not in parameters:
            raise VerwijzingError(f"'{functie}' kent geen jaar ({deel})", f"Laat '{deel}' weg.")
        waarde = f'"{deel.rsplit(maxsplit=1)[-1]}"'
    elif "regio" in parameters:
        naam, waarde = "regio", f'"{find_regio(cijfers, deel).code}"'
    else:
        raise VerwijzingError(f"'{functie}' kent geen '{deel}'", f"Laat '{deel}' weg.")
    if naam in named:
        raise VerwijzingError(
            f"er staan twee waarden voor {naam} in de haken: {named[naam]} en '{deel}'", "Laat er een weg."
        )
    named[naam] = waarde


def as_haakjes(tekst: str) -> str:
    """A message with every call as one types it in Word: `{{ cijfer("bbp", periode=2020) }}` -> `[bbp, 2020]`."""

    def bracket(found: re.Match[str]) -> str:
        functie, inside = (found[1], found[2]) if found[1] else (found[3], found[4])
        if functie not in FUNCTIES:
            return found[0]
        delen = []
        for naam, geciteerd, kaal in _ARGUMENT.findall(inside):
            waarde = geciteerd or kaal
            delen.append(f"sinds {waarde}" if naam == "sinds" else "meervoud" if naam == "meervoud" else waarde)
        soort = "" if functie == "cijfer" else functie.replace("_", " ")
        binnen = ", ".join(d for d in delen if d)
        # a region behind a kind that names nothing else: [prognose, Emmen]
        tussen = ", " if PARAMETERS[functie][:1] == ("regio",) and binnen else " "
        return f"[{(soort + tussen + binnen).strip()}]"

    return _CALL.sub(bracket, tekst)
