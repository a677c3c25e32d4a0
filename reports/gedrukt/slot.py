"""The end of the main report: what it can not say, in one place, and where more is to be found."""

from __future__ import annotations

from collections import Counter

from begrippen.redenzinnen import ONTBREEKREDENEN
from begrippen.taal import telwoord
from reports.document import Alinea, Blad, Blok, Feiten, Kop, Lijst
from reports.gedrukt.drukwerk import Drukwerk, make_inleiding
from reports.gedrukt.opening import MEER, ONTBREEKT
from reports.getallen import join
from reports.inhoud import Doel, Inhoud, Koppeling
from reports.stukken.kerncijfers import gemist_zin
from reports.zinnen import tel

GROEP = "Tot slot"
# names of a theme that are told; the website has them all
BIJ_NAAM = 8
# reasons that are told
REDENEN = 5


def make_ontbreekt(druk: Drukwerk) -> Blad:
    """What lacks a figure for the province, by theme, with how often which reason; and what figures never say."""
    r = druk.tafel.rapport
    blokken: list[Blok] = make_inleiding(gemist_zin(r))
    if r.gemist:
        redenen = Counter(ONTBREEKREDENEN.get(m.reden, m.reden) for m in r.gemist if m.reden)
        waarom = "; ".join(f"{reden} ({aantal})" for reden, aantal in redenen.most_common(REDENEN))
        welke = "De meest genoemde redenen" if len(redenen) > REDENEN else "De redenen"
        bij = f"{welke} bij deze {redenen.total()} samen: {waarom}. "
        blokken.append(
            Alinea(
                (
                    bij if redenen else "",
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
                ("Wat er dit jaar gebeurt. Cijfers lopen achter; het jaar staat erbij.",),
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
    for m in r.gemist:
        found.setdefault(van.get(m.indicator, "Nergens een cijfer"), []).append(m.naam)
    order = [t.naam for t in r.themas] + ["Nergens een cijfer"]
    return dict(sorted(found.items(), key=lambda f: order.index(f[0])))


def _namen(namen: list[str]) -> str:
    if len(namen) <= BIJ_NAAM:
        return f"{'; '.join(namen)}."
    return f"{'; '.join(namen[:BIJ_NAAM])}; en nog {tel(len(namen) - BIJ_NAAM, 'andere', 'andere')}."


def _woorden(druk: Drukwerk) -> tuple[tuple[str, Inhoud], ...]:
    """The words of the report that a reader may not know, each in a sentence or two."""
    r = druk.tafel.rapport
    corop = [
        (
            "COROP-gebied",
            f"Een deel van een provincie, zo ingedeeld voor cijfers. {r.provincie.naam} heeft er "
            f"{telwoord(len(r.corop))}: {join([c.naam for c in r.corop])}.",
        )
    ]
    woorden = (
        ("Brede welvaart", "Alles wat mensen van waarde vinden: inkomen, en ook gezondheid, wonen, natuur en contact."),
        ("Bruto binnenlands product", "Wat alle bedrijven en instellingen in een jaar samen hebben verdiend."),
        *(corop if r.corop else []),
        (
            "Index",
            "Een cijfer naast een ijkpunt dat 100 heet: een jaar, of een gebied zoals de Europese Unie. 112 is dan 12% "
            "meer dan dat ijkpunt.",
        ),
        (
            "Inflatie",
            "Prijzen stijgen, dus met een euro koopt u elk jaar minder. ‘Zonder inflatie’ rekent elk bedrag om naar "
            "prijzen van hetzelfde jaar. ‘Met inflatie’ doet dat niet.",
        ),
        (
            "Kwart",
            "Alle gebieden van een soort staan op volgorde, het gunstigste eerst. Het eerste kwart daarvan is het "
            "gunstigste kwart, het laatste het ongunstigste.",
        ),
        (
            "Marge",
            "Hoe ver een schatting ernaast kan zitten. Bij 95 van de 100 van zulke metingen ligt het echte cijfer "
            "binnen de marge.",
        ),
        ("Mediaan", "Het middelste cijfer: de helft heeft meer en de helft heeft minder."),
        (
            "Procentpunt",
            "Het verschil tussen twee percentages. Van 3% naar 4% is 1 procentpunt meer, en een derde meer.",
        ),
        (
            "Prognose",
            "Wat er komt als de aannames van de makers uitkomen. Met een kans van twee op de drie komt het volgens hen "
            "uit tussen de grenzen die erbij staan.",
        ),
        (
            "Schatting",
            "Een cijfer dat niet is geteld, maar uit een steekproef, een enquête of een model komt. Het echte cijfer "
            "kan hoger of lager zijn.",
        ),
        (
            "Toeval",
            "Wat in het ene jaar anders uitvalt dan in het andere zonder dat er iets is veranderd. Hoe minder mensen "
            "of bedrijven achter een cijfer zitten, hoe meer toeval erin zit.",
        ),
        ("Trend", "Een stijging of daling over meer jaren, groter dan wat toeval zou geven."),
        ("Voorlopig", "De bron heeft het cijfer gegeven en kan het nog wijzigen."),
    )
    return tuple((woord, (zin,)) for woord, zin in woorden)


def make_meer(druk: Drukwerk) -> Blad:
    """What else there is of the edition, the words that it uses, and the colophon: the last page."""
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
            Kop(2, "Woorden in dit rapport", "woorden"),
            Feiten(_woorden(druk)),
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
