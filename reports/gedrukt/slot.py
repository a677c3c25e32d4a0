"""The end of the main report: what it can not say, in one place, and where more is to be found."""

from __future__ import annotations

from collections import Counter

from begrippen.redenzinnen import ONTBREEKREDENEN
from reports.document import Alinea, Blad, Blok, Feiten, Kop, Lijst
from reports.gedrukt.drukwerk import Drukwerk
from reports.gedrukt.opening import MEER, ONTBREEKT
from reports.inhoud import Doel, Koppeling
from reports.zinnen import tel

GROEP = "Tot slot"
# names of a theme that are told; the website has them all
BIJ_NAAM = 8


def make_ontbreekt(druk: Drukwerk) -> Blad:
    """What lacks a figure for the province, by theme, with how often which reason; and what figures never say."""
    r = druk.tafel.rapport
    n = len(r.niet_beschikbaar)
    alle = n + sum(bool(i.punt(r.provincie.code)) for i in r.indicatoren)
    if n:
        zin = f"Van {n} van de {alle} indicatoren is er voor {r.provincie.wie} geen cijfer."
    else:
        zin = f"Alle {alle} indicatoren hebben een cijfer voor {r.provincie.wie}."
    blokken: list[Blok] = [Alinea((zin,), "inleiding")]
    if n:
        redenen = Counter(ONTBREEKREDENEN.get(m.reden, m.reden) for m in r.niet_beschikbaar if m.reden)
        waarom = "; ".join(f"{reden} ({aantal})" for reden, aantal in redenen.most_common(5))
        blokken.append(
            Alinea(
                (
                    f"De meest genoemde redenen: {waarom}. ",
                    Koppeling("Op de website: elke indicator met zijn reden", Doel("niet-beschikbaar")),
                    ".",
                )
            )
        )
        blokken.append(Feiten(tuple((thema, (_namen(namen),)) for thema, namen in _per_thema(druk).items())))
    blokken += [
        Kop(2, "Wat cijfers niet zeggen", "niet-zeggen"),
        Lijst(
            (
                ("Of beleid werkte. Er is niets om mee te vergelijken: dit rapport zet naast elkaar.",),
                ("Wat er dit jaar gebeurt. Cijfers zijn vaak een of twee jaar oud; het jaar staat erbij.",),
                ("Hoe het met een persoon of een bedrijf gaat. Elk cijfer is van een gebied.",),
                ("Wat ‘elders’ van onze welvaart merkt. Dat is er niet per regio.",),
            )
        ),
    ]
    return Blad(ONTBREEKT, "Wat wij niet kunnen zeggen", GROEP, tuple(blokken), een_pagina=True, aansluiten=True)


def _per_thema(druk: Drukwerk) -> dict[str, list[str]]:
    """The names of what lacks, by theme; what is in no chapter at all stands last."""
    r = druk.tafel.rapport
    van = {i.id: t.naam for t in r.themas for i in t.indicatoren}
    found: dict[str, list[str]] = {}
    for m in r.niet_beschikbaar:
        found.setdefault(van.get(m.indicator, "Nergens een cijfer"), []).append(m.naam)
    order = [t.naam for t in r.themas] + ["Nergens een cijfer"]
    return dict(sorted(found.items(), key=lambda f: order.index(f[0])))


def _namen(namen: list[str]) -> str:
    if len(namen) <= BIJ_NAAM:
        return f"{'; '.join(namen)}."
    return f"{'; '.join(namen[:BIJ_NAAM])}; en nog {tel(len(namen) - BIJ_NAAM, 'andere', 'andere')}."


def make_meer(druk: Drukwerk) -> Blad:
    """What else there is of the edition, and the colophon."""
    r = druk.tafel.rapport
    return Blad(
        MEER,
        "Meer weten",
        GROEP,
        (
            Feiten(
                (
                    ("Uw gebied", (Koppeling("een gebiedsblad van twee bladzijden", Doel("downloads")), ".")),
                    ("Eén indicator", (Koppeling("alle indicatoren van A tot Z", Doel("indicatoren")), ".")),
                    ("Hoe het is gerekend", (Koppeling("de verantwoording", Doel("verantwoording")), ".")),
                    ("De cijfers zelf", (Koppeling("werkboek, CSV en Parquet", Doel("downloads")), ".")),
                )
            ),
            Alinea(
                (
                    "Cijfers van het CBS: CC BY 4.0; van andere bronnen staat de licentie in de verantwoording. Tekst "
                    f"en bewerking: {r.gebied.provincie}. Bouw {r.bouw.id}, programmatuur {r.bouw.code_versie}.",
                ),
                "noot",
            ),
        ),
        een_pagina=True,
        aansluiten=True,
    )
