"""What a reader looks up: all indicators from A to Z, what changed, what is not there."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from begrippen.lijsten import HERZIENINGEN, KAARTHERZIENINGEN, REGIOSOORT_MEERVOUD
from reports import cellen, zinnen
from reports.analyse import Editieverschil
from reports.document import Alinea, Blad, Blok, Kop, Lijst
from reports.getallen import format_datum, format_getal, format_periode, is_percentage, join
from reports.herziening import Herziening
from reports.hoofdstukken.beleidsblad import NIETS_AANGELEVERD
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.tabellen import TEKENS, klein_eenheid, naam_met_eenheid
from reports.inhoud import Code, Doel, Inhoud, Klein, Koppeling, met_code
from reports.model import Indicator
from reports.patroon import tabel
from reports.prijzen import inflatie
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel

GROEP = "Naslag"


def _letter(indicator: Indicator) -> str:
    return unicodedata.normalize("NFD", indicator.naam)[0].upper()


def _sleutel(indicator: Indicator) -> tuple[str, str]:
    """Where an indicator stands from A to Z."""
    return unicodedata.normalize("NFKD", indicator.naam).casefold(), indicator.id


def make_indicatoren(tafel: Schrijftafel) -> Blad:
    """All indicators from A to Z, with where they stand in full and where the province stands."""
    r = tafel.rapport
    groepen: dict[str, list[Indicator]] = {}
    for indicator in sorted(r.indicatoren, key=_sleutel):
        groepen.setdefault(_letter(indicator), []).append(indicator)

    def rij(indicator: Indicator) -> Rij:
        stand = indicator.standen.get(r.provincie.code)
        gebieden = [g for g in r.gebieden if indicator.punt(g.code)]
        soorten = [s for s in ("corop", "gemeente") if any(g.soort == s for g in gebieden)]
        return Rij(
            naam_met_eenheid(tafel, indicator),
            (
                Cel((tafel.thema(indicator),)),
                Cel(cellen.laatste(r, indicator, r.provincie)),
                Cel(
                    cellen.verschil_nl(
                        r, indicator, stand, r.beweringen.find("verschil_nl", indicator.id, r.provincie.code)
                    )
                ),
                Cel(cellen.trend(indicator.oordelen.get(r.provincie.code))),
                Cel(
                    (
                        join([REGIOSOORT_MEERVOUD[s] for s in soorten])
                        if soorten
                        else f"alleen {r.provincie.naam} of Nederland",
                    )
                ),
            ),
        )

    kolommen = (
        Kolom(("Indicator",)),
        Kolom(("Thema",)),
        Kolom((r.provincie.naam,), "eind", nadruk=True),
        Kolom(("Naast Nederland",), "eind"),
        Kolom(("Trend",)),
        Kolom(("Ook per",)),
    )
    lijst = Tabel(
        "a-z",
        f"Alle {len(r.indicatoren)} indicatoren van A tot Z, met de laatste stand van {r.provincie.naam}",
        kolommen,
        tuple(Rijgroep(tuple(rij(i) for i in found), (letter,)) for letter, found in groepen.items()),
        TEKENS,
        dicht=True,
    )
    inleiding = Alinea(
        (
            "De naam leidt naar de uitleg, de figuren, de cijfers en de herkomst. Het cijfer van een "
            f"{zinnen.gebied(r)} staat op ",
            Koppeling("de bladzijde van dat gebied", Doel("verschillen")),
            ".",
        ),
        "inleiding",
    )
    return Blad("indicatoren", "Alle indicatoren van A tot Z", GROEP, (inleiding, lijst))


def make_veranderd(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad:
    """Since the previous edition: real change, revision, definition; and since the previous publication."""
    blokken: list[Blok] = [
        Alinea(
            (
                "Een cijfer kan anders zijn dan in de vorige editie doordat er een nieuwer jaar is, doordat de bron "
                "haar cijfers herzag, of doordat wij iets anders meten. Hier staan die drie uit elkaar. In een "
                "verandering van een bedrag zit de inflatie."
                if tafel.analyses.editieverschillen
                else "Wat er anders is dan bij de vorige publicatie van deze cijfers."
                if tafel.rapport.herziening
                else "Deze cijfers zijn niet eerder gepubliceerd.",
            ),
            "inleiding",
        ),
        *teksten,
        Kop(2, "Sinds de vorige editie", "editie"),
        *_edities(tafel, tafel.analyses.editieverschillen),
        Kop(2, "Sinds de vorige publicatie", "publicatie"),
        *_publicatie(tafel, tafel.rapport.herziening),
    ]
    # a first edition has nothing before it
    kort = "Wat is er veranderd"
    titel = f"{kort} sinds de vorige editie" if tafel.analyses.editieverschillen else kort
    return Blad("veranderd", titel, GROEP, tuple(blokken), kort=kort)


def _deel(v: Editieverschil, waarde: float | None) -> Inhoud:
    if waarde is None:
        return cellen.nb("niet te scheiden van de definitie")
    getal = format_getal(waarde, v.decimalen, teken=True)
    return (f"{getal} %-punt",) if is_percentage(v.eenheid) else (getal,)


def _edities(tafel: Schrijftafel, verschillen: Sequence[Editieverschil]) -> list[Blok]:
    if not verschillen:
        return [
            Alinea(
                (
                    "Er is geen vorige editie die met deze monitor is gemaakt. De verandering sinds twee jaar "
                    "staat wel bij de indicatoren.",
                )
            )
        ]
    kolommen: dict[str, Callable[[Editieverschil], Inhoud]] = {
        "Indicator": lambda v: (tafel.naam_van(v.indicator, v.naam), *klein_eenheid(v.naam, v.eenheid)),
        "Vorige editie": lambda v: _toen(v, v.waarde_toen, v.periode_toen),
        "Deze editie": lambda v: _nu(tafel, v),
        "Verandering in de tijd": lambda v: _met_inflatie(tafel, v),
        "Herziening door de bron": lambda v: _deel(v, v.herziening),
        "Andere definitie": lambda v: _deel(v, v.definitie),
    }
    return [
        tabel(
            "edities",
            f"{tafel.rapport.provincie.naam}: het verschil met de vorige editie in drie delen",
            verschillen,
            kolommen,
            ("De drie delen tellen op tot het verschil. Over een reeksbreuk heen is er geen verandering te geven.",),
            getallen=[*kolommen][1:],
            dicht=True,
        )
    ]


def _toen(v: Editieverschil, waarde: float | None, periode: str) -> Inhoud:
    if waarde is None:
        return cellen.nb()
    return (format_getal(waarde, v.decimalen), Klein(f" {format_periode(periode)}"))


def _nu(tafel: Schrijftafel, v: Editieverschil) -> Inhoud:
    """The figure of now as it stands everywhere: with the mark of what is provisional."""
    indicator = tafel.indicator(v.indicator)
    punt = indicator.punt(tafel.rapport.provincie.code) if indicator else None
    if punt is None or punt.periode != v.periode_nu:
        return _toen(v, v.waarde_nu, v.periode_nu)
    return cellen.waarde_met_periode(replace(punt, waarde=v.waarde_nu), v.decimalen)


def _met_inflatie(tafel: Schrijftafel, v: Editieverschil) -> Inhoud:
    """What time changed, with that inflation is in it: the cell goes to paper without what is told above the table."""
    indicator = tafel.indicator(v.indicator)
    met = inflatie(indicator) if v.verandering is not None and indicator is not None else ""
    return (*_deel(v, v.verandering), *([Klein(f" {met}")] if met else []))


def _publicatie(tafel: Schrijftafel, h: Herziening | None) -> list[Blok]:
    if h is None:
        return [Alinea(("Er is geen vorige publicatie om mee te vergelijken.",))]
    zin = f"De vorige publicatie is van {format_datum(h.vorige)}."
    if h.nieuw:
        indicatoren = zinnen.tel(h.nieuw_indicatoren, "indicator", "indicatoren")
        cijfers = "is 1 cijfer" if h.nieuw == 1 else f"zijn {format_getal(h.nieuw, 0)} cijfers"
        zin += f" Er {cijfers} bij gekomen, van {indicatoren}."
    if not h.nieuw and not h.wijzigingen and not h.kaarten:
        zin += " Sindsdien is er geen cijfer veranderd."
    elif not h.wijzigingen:
        zin += " Geen cijfer dat er al stond, is veranderd."
    blokken: list[Blok] = [Alinea((zin,))]
    if h.kaarten:
        items = []
        for k in h.kaarten:
            velden = f" ({', '.join(k.velden)})" if k.velden else ""
            items.append((tafel.naam_van(k.indicator, k.naam), f": {KAARTHERZIENINGEN.get(k.soort, k.soort)}{velden}"))
        blokken.append(Lijst(tuple(items)))
    if h.wijzigingen:
        blokken.append(
            tabel(
                "herziening",
                f"Indicatoren met andere cijfers dan toen ({len(h.wijzigingen)})",
                h.wijzigingen,
                {
                    "Indicator": lambda w: (
                        tafel.naam_van(w.indicator, w.naam),
                        *klein_eenheid(w.naam, w.eenheid),
                    ),
                    "Wat er veranderde": lambda w: ", ".join(
                        f"{format_getal(n, 0)} {HERZIENINGEN.get(s, s)}" for s, n in sorted(w.soorten.items())
                    ),
                    "Grootste verschil in": lambda w: (
                        f"{w.regio}, {format_periode(w.periode)}" if w.periode else w.regio
                    ),
                    "Toen": lambda w: "" if w.oud is None else format_getal(w.oud, w.decimalen),
                    "Nu": lambda w: "" if w.nieuw is None else format_getal(w.nieuw, w.decimalen),
                },
                (
                    f"Alleen de regio’s in dit rapport tellen mee. Het grootste verschil is dat van "
                    f"{tafel.rapport.provincie.naam}, als daar iets veranderde. Een verschil kan te klein zijn om na "
                    "afronding te zien.",
                ),
                getallen=("Toen", "Nu"),
            )
        )
    return blokken


def make_niet_beschikbaar(tafel: Schrijftafel) -> Blad:
    """Everything that has no figure, in one list, with the reason."""
    r = tafel.rapport
    beleid = () if r.uitvoering else (Alinea((NIETS_AANGELEVERD,)),)
    if not r.gemist:
        alle = Alinea((f"Alle indicatoren hebben een cijfer voor {r.provincie.wie}.",))
        return Blad("niet-beschikbaar", "Niet beschikbaar", GROEP, (alle, *beleid))
    lijst = tabel(
        "niet-beschikbaar-tabel",
        f"Indicatoren zonder cijfer voor {r.provincie.naam} ({len(r.gemist)})",
        r.gemist,
        {
            "Indicator": lambda n: (tafel.naam_van(n.indicator, n.naam),),
            "Tabel": lambda n: (Code(n.tabel),),
            "Waarom niet": lambda n: met_code(n.uitleg or n.reden),
        },
    )
    inleiding = Alinea(
        (
            f"Voor deze indicatoren is er geen cijfer voor {r.provincie.wie}. De reden staat erbij. Een naam met een "
            "link heeft wel "
            f"cijfers voor gemeenten of voor Nederland. Wat er voor een {zinnen.gebied(r)} ontbreekt, staat op de "
            "bladzijde van dat gebied. ",
            Koppeling("Wat de monitor niet berekent", Doel("verantwoording", "niet-berekend")),
            " staat in de verantwoording.",
        ),
        "inleiding",
    )
    return Blad("niet-beschikbaar", "Niet beschikbaar", GROEP, (inleiding, *beleid, lijst))
