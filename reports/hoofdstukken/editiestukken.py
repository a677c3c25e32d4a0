"""What goes with an edition and is not in it: questions about its headline figures, and who saw what when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from begrippen.rekenregels import REKENREGELS
from reports import cellen
from reports.analyse import Analyses, Editieverschil
from reports.document import Alinea, Blad, Blok, Document, Feiten, Kop
from reports.getallen import (
    format_datum,
    format_periode,
    format_stap,
    join,
    met_eenheid,
)
from reports.inhoud import Inhoud
from reports.model import Indicator, Rapport
from reports.oordeelzinnen import oordeel_zin
from reports.prijzen import inflatie
from reports.standzinnen import stand_zin
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from reports.telzinnen import antwoord_kop, antwoord_uitleg, verandering_telzin
from reports.zinnen import haakjes, marge_zin

VRAGEN, TOEGANG = "vragen-en-antwoorden", "toegangslijst"
ONDERTITEL = "Stukken bij de editie, niet voor publicatie"


@dataclass(frozen=True)
class Inzage:
    """Somebody who saw something before the embargo."""

    wie: str
    wat: str
    op: datetime
    waarom: str


def _waar_vandaan(indicator: Indicator, rapport: Rapport) -> Inhoud:
    """The sources of the latest figure, as the report names them: those of the sample are not whose shape they have."""
    stand = indicator.standen.get(rapport.provincie.code)
    bronnen = [b for b in indicator.bronnen if b.tabel in (stand.tabellen if stand else ())] or indicator.bronnen
    return tuple(run for n, b in enumerate(bronnen) for run in (*([" "] if n else []), *cellen.bron(rapport, b)))


def _hoe_zeker(indicator: Indicator, rapport: Rapport) -> Inhoud:
    return (oordeel_zin(indicator, rapport.provincie, rapport.beweringen) or "Er is geen oordeel over deze indicator.",)


def _deel(v: Editieverschil, naam: str, waarde: float | None) -> str:
    if waarde is None:
        return f"{naam} (niet te bepalen)"
    return f"{naam} ({format_stap(waarde, v.decimalen, v.eenheid)})"


def _wat_veranderde(indicator: Indicator, verschillen: Sequence[Editieverschil]) -> Inhoud:
    v = next((v for v in verschillen if v.indicator == indicator.id), None)
    if v is None or v.waarde_toen is None:
        return ("Deze indicator stond niet in een vorige editie die met deze monitor is gemaakt.",)
    toen = met_eenheid(v.waarde_toen, v.decimalen, v.eenheid)
    delen = (
        _deel(v, f"verandering sinds {format_periode(v.periode_toen)}", v.verandering),
        _deel(v, "herziening door de bron", v.herziening),
        _deel(v, "andere definitie of indeling", v.definitie),
    )
    vroeger = f"De vorige editie gaf {toen} voor {format_periode(v.periode_toen)}."
    met = haakjes(inflatie(indicator)) if inflatie(indicator) else ""
    return (f"{vroeger} Het verschil met nu{met} bestaat uit {join(delen)}.",)


def _gekozen(rapport: Rapport) -> list[Indicator]:
    """The headline figures that the province has a value of, in their order."""
    per_id = {i.id: i for i in rapport.indicatoren}
    return [per_id[k] for k in rapport.kerncijfers if k in per_id and per_id[k].punt(rapport.provincie.code)]


def _vragen(rapport: Rapport, analyses: Analyses) -> tuple[Blok, ...]:
    naam, gekozen = rapport.provincie.wie, _gekozen(rapport)
    blokken: list[Blok] = [
        Alinea(
            (
                "Van elk kerncijfer: hoe hoog het is, waar het vandaan komt, hoe zeker het is en wat er veranderde "
                "sinds de vorige editie. De antwoorden komen uit de cijfers zelf. ",
                marge_zin((i, i.punt(rapport.provincie.code)) for i in gekozen),
            ),
            "inleiding",
        )
    ]
    for n, indicator in enumerate(gekozen, start=1):
        blokken += [
            Kop(2, indicator.naam, f"vraag-{n}"),
            Feiten(
                (
                    (
                        f"Hoe hoog is het in {naam}?",
                        (stand_zin(indicator, rapport.provincie, rapport),),
                    ),
                    ("Wat is het precies?", (indicator.definitie,)),
                    ("Waar komt het cijfer vandaan?", _waar_vandaan(indicator, rapport)),
                    ("Hoe zeker is het, en beweegt het?", _hoe_zeker(indicator, rapport)),
                    (
                        "Wat veranderde er sinds de vorige editie?",
                        _wat_veranderde(indicator, analyses.editieverschillen),
                    ),
                )
            ),
        ]
    if not gekozen:
        blokken.append(Alinea((f"Geen van de kerncijfers heeft in deze bouw een waarde voor {naam}.",)))
    return tuple(blokken)


def _waarover(rapport: Rapport, embargo: datetime | None) -> tuple[Blok, ...]:
    """What is not to be told yet: the verdict and the headline figures, from the claims that the edition tells."""
    p = rapport.provincie
    antwoord = rapport.beweringen.antwoord("alles", p.code, p.soort)
    paren = [(i.naam, (zin,)) for i in _gekozen(rapport) if (zin := stand_zin(i, p, rapport))]
    waar = "Hierover gaat het embargo." if embargo else "Hierover gaat deze editie."
    begin = f"{waar} Zo staat het in deze bouw; wie eerder iets zag, kan iets anders hebben gezien."
    blokken: list[Blok] = [Kop(2, "De uitkomst en de kerncijfers", "waarover"), Alinea((begin,))]
    if antwoord:
        sinds = rapport.beweringen.telling("verandering", "alles", p.code, p.soort)
        genoeg = sinds is not None and sinds.van >= REKENREGELS.minste_telling
        telzin = verandering_telzin(sinds, f"van {p.wie}", kop=antwoord) if sinds and genoeg else ""
        delen = (antwoord_kop(antwoord, p.wie), telzin, antwoord_uitleg(antwoord, rapport.editie))
        blokken.append(Alinea((" ".join(d for d in delen if d),)))
    if paren:
        blokken.append(Feiten(tuple(paren)))
    return tuple(blokken) if antwoord or paren else ()


def _toegang(rapport: Rapport, inzage: Sequence[Inzage], embargo: datetime | None) -> tuple[Blok, ...]:
    tot = (
        f"Het embargo eindigt op {format_datum(embargo.date())}, {embargo:%H.%M} uur."
        if embargo
        else "Er is geen embargo."
    )
    blokken: list[Blok] = [
        Alinea((f"Wie voor de publicatie iets van deze editie zag, wat, wanneer en waarom. {tot}",), "inleiding")
    ]
    if not inzage:
        return (*blokken, Alinea(("Er is nog niemand die iets zag.",)), *_waarover(rapport, embargo))
    rijen = tuple(
        Rij((i.wie,), (Cel((i.wat,)), Cel((f"{format_datum(i.op.date())}, {i.op:%H.%M} uur",)), Cel((i.waarom,))))
        for i in inzage
    )
    kolommen = tuple(Kolom((k,)) for k in ("Wie", "Wat", "Wanneer", "Waarom"))
    tabel = Tabel("inzage", "Inzage voor het embargo", kolommen, (Rijgroep(rijen),))
    return (*blokken, tabel, *_waarover(rapport, embargo))


def make_editiestukken(
    rapport: Rapport, analyses: Analyses, inzage: Sequence[Inzage], embargo: datetime | None, concept: bool
) -> Document:
    """The questions and answers and the access list of an edition, as a document of two pages."""
    return Document(
        titel=f"{rapport.titel}: stukken",
        ondertitel=ONDERTITEL,
        editie=rapport.editie,
        datum=rapport.datum,
        bladen=(
            Blad(VRAGEN, "Vragen en antwoorden", "", _vragen(rapport, analyses)),
            Blad(TOEGANG, "Toegangslijst", "", _toegang(rapport, inzage, embargo)),
        ),
        voorbeeld=rapport.soort == "voorbeeld",
        melding=rapport.melding,
        concept=concept,
        uitgever=rapport.gebied.uitgever,
    )
