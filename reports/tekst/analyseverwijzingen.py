"""References to what is worked out beyond a value per region: the forecast, commuting, the gap, sectors, peers, policy.

What they print comes from `monitor.bewering`, or from the rows that the chapters show; none of it is computed here.
"""

from __future__ import annotations

from reports.analysezinnen import KANS, LEEFTIJD
from reports.bewering import Bewering
from reports.getallen import afgetrokken, format_euro, format_getal, format_periode, met_eenheid, round_half_away
from reports.model import Regio
from reports.tekst.cijfers import (
    Cijfers,
    GeenWaardeError,
    Verwijzing,
    VerwijzingError,
    als_aanwezig,
    find_indicator,
    find_punt,
    find_regio,
    nearest_names,
    shown_sign,
)
from reports.zinnen import vergelijking

# What an editor calls a part of the gap -> the part.
DELEN = {"mix": "structuur", "eigen": "regiospecifiek", "samen": "interactie"}


def keuzes(cijfers: Cijfers) -> dict[str, list[str]]:
    """What can be named in the first place of a reference: parameter -> names, in the order in which they are shown."""
    namen = [d.naam for delen in cijfers.sectoren.values() for d in delen]
    opgaven = cijfers.uitvoering.opgaven if cijfers.uitvoering else {}
    return {
        "leeftijd": list(LEEFTIJD.values()),
        "deel": list(DELEN),
        "sector": list(dict.fromkeys(namen)),
        "opgave": [*opgaven, *opgaven.values()],
    }


def _claim(cijfers: Cijfers, soort: str, groep: str, regio: Regio, call: str) -> Bewering:
    found = cijfers.beweringen.find(soort, groep, regio.code)
    if found is None or found.waarde is None:
        raise GeenWaardeError(f"er is geen {call} van {regio.naam}", als_aanwezig(f'{call}("{regio.code}")'))
    return found


def _verwijzing(functie: str, tekst: str, b: Bewering, regio: Regio) -> Verwijzing:
    jaren = {int(p[:4]) for p in (b.periode, b.periode_eerder) if p}
    return Verwijzing(functie, "analyse", tekst, regio=regio, jaren=frozenset(jaren), bewering=b)


def _keuze(wat: str, gekozen: str, namen: dict[str, str]) -> str:
    """The key whose name is meant. Raises VerwijzingError with what there is."""
    laag = gekozen.strip().lower()
    for sleutel, naam in namen.items():
        if laag in (sleutel.lower(), naam.lower()):
            return sleutel
    near = nearest_names(gekozen, namen.values())
    hint = f"Bedoelt u {' of '.join(repr(n) for n in near)}? " if near else ""
    raise VerwijzingError(f"{wat} '{gekozen}' bestaat niet", f"{hint}Er zijn: {', '.join(namen.values()) or 'geen'}.")


def prognose(cijfers: Cijfers, regio: str | None = None) -> Verwijzing:
    """What the forecast expects last: '506.000 inwoners in 2050 (met een kans van ... 474.600 tot 537.400)'."""
    gebied = find_regio(cijfers, regio)
    b = _claim(cijfers, "prognose", "inwoners", gebied, "prognose")
    assert b.waarde is not None
    tekst = f"{format_getal(b.waarde, 0)} inwoners in {format_periode(b.periode)}"
    if b.marge_onder is not None and b.marge_boven is not None:
        tekst += f" (met een {KANS} {format_getal(b.marge_onder, 0)} tot {format_getal(b.marge_boven, 0)})"
    return _verwijzing("prognose", tekst, b, gebied)


def prognose_leeftijd(cijfers: Cijfers, leeftijd: str, regio: str | None = None) -> Verwijzing:
    """A group of ages in the forecast: 'van 57.700 in 2025 naar 96.400 in 2050'."""
    gebied = find_regio(cijfers, regio)
    b = _claim(cijfers, "prognose_leeftijd", _keuze("leeftijd", leeftijd, LEEFTIJD), gebied, "prognose_leeftijd")
    assert b.waarde is not None and b.waarde_tegen is not None and b.periode_eerder is not None
    van, tot = format_getal(b.waarde_tegen, 0), format_getal(b.waarde, 0)
    tekst = f"van {van} in {format_periode(b.periode_eerder)} naar {tot} in {format_periode(b.periode)}"
    return _verwijzing("prognose_leeftijd", tekst, b, gebied)


def pendel_uit(cijfers: Cijfers, regio: str | None = None) -> Verwijzing:
    """How many jobs of inhabitants lie outside a region: '71.100 banen'."""
    gebied = find_regio(cijfers, regio)
    b = _claim(cijfers, "pendel", "uitgaand", gebied, "pendel_uit")
    return _verwijzing("pendel_uit", f"{format_getal(b.waarde or 0.0, 0)} banen", b, gebied)


def pendel_in(cijfers: Cijfers, regio: str | None = None) -> Verwijzing:
    """How many jobs in a region are of somebody who does not live there: '52.300 banen'."""
    gebied = find_regio(cijfers, regio)
    b = _claim(cijfers, "pendel", "inkomend", gebied, "pendel_in")
    return _verwijzing("pendel_in", f"{format_getal(b.waarde or 0.0, 0)} banen", b, gebied)


def kloof(cijfers: Cijfers, regio: str | None = None) -> Verwijzing:
    """The gap in what a working year brings: '25.309 euro (21,0%) minder dan in Nederland'."""
    gebied = find_regio(cijfers, regio)
    b = _claim(cijfers, "productiviteit", "geheel", gebied, "kloof")
    if b.waarde is None or b.verschil is None or not b.waarde_tegen:
        raise GeenWaardeError(f"er is geen kloof van {gebied.naam}", als_aanwezig(f'kloof("{gebied.code}")'))
    pct = format_getal(abs(100 * b.verschil / b.waarde_tegen), 1)
    tekst = f"{format_euro(abs(afgetrokken(b.waarde, b.waarde_tegen)))} ({pct}%) {_meer(b.verschil)} dan in Nederland"
    return _verwijzing("kloof", tekst, b, gebied)


def ontleding(cijfers: Cijfers, deel: str, regio: str | None = None) -> Verwijzing:
    """A part of that gap (mix, eigen, samen): '1.968 euro minder'."""
    gebied = find_regio(cijfers, regio)
    sleutel = _keuze("deel", deel, {d: d for d in DELEN})
    b = _claim(cijfers, "productiviteitsdeel", DELEN[sleutel], gebied, "ontleding")
    tekst = f"{format_euro(abs(b.waarde or 0.0))} {_meer(b.waarde or 0.0)}"
    return _verwijzing("ontleding", tekst, b, gebied)


def banengroei(cijfers: Cijfers, regio: str | None = None) -> Verwijzing:
    """How the jobs of employees changed: '17.500 banen meer dan in 2018'."""
    gebied = find_regio(cijfers, regio)
    b = _claim(cijfers, "banengroei", "geheel", gebied, "banengroei")
    assert b.periode_eerder is not None
    return _verwijzing("banengroei", _banen(b.verschil or 0.0, b.periode_eerder), b, gebied)


def sector(cijfers: Cijfers, sector: str, regio: str | None = None) -> Verwijzing:
    """How the jobs in a branch changed over the same years: '7.700 banen meer dan in 2018'."""
    gebied = find_regio(cijfers, regio)
    b = _claim(cijfers, "banengroei", "geheel", gebied, "banengroei")
    delen = {d.code: d for d in cijfers.sectoren.get(gebied.code, ())}
    deel = delen[_keuze("sector", sector, {c: d.naam for c, d in delen.items()})]
    assert b.periode_eerder is not None
    return _verwijzing("sector", _banen(deel.verandering, b.periode_eerder), b, gebied)


def soortgenoten(cijfers: Cijfers, indicator: str, regio: str | None = None) -> Verwijzing:
    """Beside its peers: '0,4 procentpunt hoger dan het midden van de 10 gebieden die er het meest op lijken'."""
    kaart, gebied = find_indicator(cijfers, indicator), find_regio(cijfers, regio)
    if kaart.aggregatie == "som":
        raise VerwijzingError(
            f"'{kaart.naam}' is een totaal: een groter gebied heeft er meer van",
            "Laat soortgenoten weg, of neem een indicator die een aandeel of een gemiddelde is.",
        )
    genoten = cijfers.soortgenoten.get((kaart.id, gebied.code))
    punt = find_punt(cijfers, kaart, gebied, None)
    if genoten is None or genoten.periode != punt.periode or punt.waarde is None:
        raise GeenWaardeError(
            f"'{kaart.naam}' is voor {gebied.naam} niet naast gebieden te leggen die erop lijken",
            als_aanwezig(f'soortgenoten("{kaart.id}", "{gebied.code}")'),
        )
    midden = met_eenheid(genoten.midden, kaart.decimalen, kaart.eenheid)
    hoe = " ".join(w for w in vergelijking(kaart, punt.waarde, genoten.midden) if w)
    tekst = f"{hoe} het midden van de {genoten.aantal} gebieden die er het meest op lijken ({midden})"
    return Verwijzing(
        "soortgenoten",
        "verschil_nl",
        tekst,
        indicator=kaart,
        regio=gebied,
        punt=punt,
        richting=shown_sign(kaart, punt.waarde, genoten.midden),
    )


def budget(cijfers: Cijfers, opgave: str | int, periode: str | int | None = None) -> Verwijzing:
    """The money for a task in a year, as the papers give it: '1.849.488 euro in 2026'."""
    nummer = _opgave(cijfers, opgave)
    assert cijfers.uitvoering is not None
    rijen = cijfers.uitvoering.rijen("opgavebedrag", eigen=True, kant="lasten", opgave=nummer)
    jaren = sorted({r["jaar"] for r in rijen if r["bedrag"] is not None})
    jaar = int(periode) if periode is not None else cijfers.editie
    found = [r for r in rijen if r["jaar"] == jaar and r["bedrag"] is not None]
    call = als_aanwezig(f'budget("{nummer}", {jaar})')
    if not found:
        er_zijn = f"Er zijn bedragen van {', '.join(map(str, jaren))}. {call}" if jaren else call
        raise GeenWaardeError(f"opgave {nummer} heeft geen bedrag van {jaar}", er_zijn)
    if len(found) > 1:
        raise VerwijzingError(
            f"opgave {nummer} heeft in {jaar} bedragen van meer dan een stand van de begroting",
            "Die zijn niet op te tellen of te kiezen; noem een ander jaar.",
        )
    tekst = f"{format_euro(found[0]['bedrag'])} in {jaar}"
    return Verwijzing("budget", "analyse", tekst, jaren=frozenset({jaar}))


def resultaten(cijfers: Cijfers, opgave: str | int) -> Verwijzing:
    """How many of the promised results of a task were accounted for: '2 van de 4 beoogde resultaten'."""
    nummer = _opgave(cijfers, opgave)
    assert cijfers.uitvoering is not None
    rij = next(iter(cijfers.uitvoering.rijen("ketting", opgave=nummer)), None)
    if rij is None or not rij["resultaten"]:
        raise GeenWaardeError(f"opgave {nummer} heeft geen beoogde resultaten", als_aanwezig(f'resultaten("{nummer}")'))
    aantal = rij["resultaten_verantwoord"] or "geen"
    tekst = f"{aantal} van de {rij['resultaten']} beoogde resultaten"
    return Verwijzing("resultaten", "analyse", tekst)


def _opgave(cijfers: Cijfers, opgave: str | int) -> str:
    if cijfers.uitvoering is None:
        raise GeenWaardeError("bij deze editie staat geen beleid", als_aanwezig(f'budget("{opgave}")'))
    return _keuze("opgave", str(opgave), dict(cijfers.uitvoering.opgaven))


def _meer(verschil: float) -> str:
    return "meer" if verschil > 0 else "minder"


def _banen(verschil: float, van: str) -> str:
    if not round_half_away(verschil, 0):
        return f"evenveel banen als in {format_periode(van)}"
    return f"{format_getal(abs(verschil), 0)} banen {_meer(verschil)} dan in {format_periode(van)}"


ANALYSES = (
    *(prognose, prognose_leeftijd, pendel_uit, pendel_in, kloof, ontleding, banengroei, sector, soortgenoten),
    *(budget, resultaten),
)
VOORBEELDEN = {
    "prognose": "{{ prognose() }}",
    "prognose_leeftijd": '{{ prognose_leeftijd("75 jaar en ouder") }}',
    "pendel_uit": "{{ pendel_uit() }}",
    "pendel_in": "{{ pendel_in() }}",
    "kloof": "{{ kloof() }}",
    "ontleding": '{{ ontleding("mix") }}',
    "banengroei": "{{ banengroei() }}",
    "sector": '{{ sector("Overheid en zorg") }}',
    "soortgenoten": '{{ soortgenoten("werkloosheid", "Emmen") }}',
    "budget": '{{ budget("1", 2026) }}',
    "resultaten": '{{ resultaten("1") }}',
}
