"""The figures behind what a reader sees, as rows under named columns: the same for CSV, Parquet and the workbooks.

Two layouts. `CIJFER` is long, a row a figure, and holds indicators and analyses alike, so that files of it can be put
under each other. `STAND` has a row for each indicator and region: the latest figure, and the judgement on it. Nothing
is rounded; what is missing is None with its reason beside it, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from begrippen.lijsten import LeegReden, Status
from reports import getallen
from reports.model import Breuk, Indicator, Rapport, Reeks, Regio

Waarde = str | float | int | None
Rij = tuple[Waarde, ...]
TOTAAL = ("totaal", "Totaal")
VOORBEELD = "voorbeeldcijfer"


@dataclass(frozen=True)
class Veld:
    """A column of a file: its name, what is in it, and whether that is text, a number or a whole number."""

    naam: str
    uitleg: str
    soort: Literal["tekst", "getal", "geheel"] = "tekst"


CIJFER = (
    Veld("indicator", "code van de indicator, of van de analyse met de maat (productiviteitskloof.structuur)"),
    Veld("naam", "naam in woorden"),
    Veld("eenheid", "waarin de waarde is uitgedrukt"),
    Veld("onderdeelcode", "code van het onderdeel, zoals een bedrijfstak; anders totaal"),
    Veld("onderdeel", "naam van het onderdeel"),
    Veld("regiocode", "code van de regio bij het CBS"),
    Veld("regio", "naam van de regio"),
    Veld("regiosoort", "land, provincie, corop, gemeente of samengesteld"),
    Veld("periode", "code van de periode bij het CBS (2025JJ00 is het jaar 2025)"),
    Veld("periode_naam", "de periode in woorden"),
    Veld("waarde", "het cijfer, niet afgerond; leeg als het er niet is", "getal"),
    Veld("marge_onder", "ondergrens van het interval van 95%, als de bron dat geeft", "getal"),
    Veld("marge_boven", "bovengrens van dat interval", "getal"),
    Veld("status", "definitief, voorlopig, nader_voorlopig of onbekend"),
    Veld("leeg_reden", "waarom er geen waarde is; leeg als zij er is"),
    Veld("opmerking", "wat u verder moet weten: benadering, reeksbreuk, voorbeeldcijfer"),
)
STAND = (
    *CIJFER[:3],
    Veld("thema", "thema waar de indicator bij hoort"),
    *CIJFER[5:11],
    *CIJFER[13:15],
    Veld("waarde_nl", "het cijfer van Nederland in dezelfde periode", "getal"),
    Veld("verschil_nl", "waarde min waarde_nl", "getal"),
    Veld("periode_toen", "periode twee jaar eerder"),
    Veld("verandering", "waarde min die van twee jaar eerder; leeg over een reeksbreuk", "getal"),
    Veld("verandering_reeel", "hetzelfde van een bedrag zonder inflatie; leeg zonder prijsindex", "getal"),
    Veld("trend", "oordeel over de trend"),
    Veld(
        "trend_van",
        "jaar van het eerste cijfer waarop de trend is getoetst; zonder toets het begin van het venster",
        "geheel",
    ),
    Veld("trend_tot", "jaar van het laatste; zonder toets het einde van het venster", "geheel"),
    Veld("trend_p", "p-waarde van de toets; leeg als er niet is getoetst", "getal"),
    Veld("trend_p_bh", "p-waarde na correctie voor het aantal toetsen van het thema: die beslist", "getal"),
    Veld("aantoonbaar", "zonder duidelijke verandering: de kleinste die over die jaren te vinden was", "getal"),
    Veld("robuust", "of een andere keuze van jaren of toets hetzelfde geeft"),
    Veld(
        "positie",
        "plaats onder alle regio’s van dezelfde soort in Nederland, in kwarten; als_nederland: het gebied scheelt te "
        "weinig met Nederland",
    ),
    Veld("rang", "plaats: 1 is het gunstigst, of het hoogst als er geen gunstige kant is", "geheel"),
    Veld("rang_van", "onder hoeveel regio’s", "geheel"),
    Veld("kloof", "of het verschil met Nederland groter of kleiner wordt"),
    CIJFER[15],
)
GEBIED = (
    Veld("regiocode", "code van het gebied bij het CBS"),
    Veld("regio", "naam van het gebied"),
    Veld("lidcode", "code van de gemeente bij het CBS"),
    Veld("lid", "naam van de gemeente"),
)


@dataclass(frozen=True)
class Maat:
    """What an analysis measures, with its unit and the decimals that readers see."""

    id: str
    naam: str
    eenheid: str
    decimalen: int = 0


@dataclass(frozen=True)
class Tabelrij:
    """A part (a branch, another province) of a region in a period, with a value for each measure of its table."""

    code: str
    naam: str
    regio: Regio
    periode: str
    waarden: tuple[float | None, ...]
    status: Status = "onbekend"
    leeg_reden: LeegReden = "niet_gepubliceerd"


@dataclass(frozen=True)
class Cijfertabel:
    """The figures of an analysis. `onderdeel`: what the parts are ('Bedrijfstak'); empty: there is only a total."""

    id: str
    titel: str
    onderdeel: str
    maten: tuple[Maat, ...]
    rijen: tuple[Tabelrij, ...]
    noten: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def _periode(code: str) -> str:
    return getallen.format_periode(code)


def _note(voorbeeld: bool, *parts: str) -> str:
    return "; ".join(p for p in (VOORBEELD if voorbeeld else "", *parts) if p)


def _breaks(indicator: Indicator, reeks: Reeks) -> dict[str, str]:
    """The first period at or after each series break -> what to know of it."""
    found: dict[str, str] = {}
    for breuk in indicator.breuken:
        if (first := next((p for p in reeks.punten if p.jaar >= breuk.vanaf), None)) is not None:
            found[first.periode] = breuktekst(breuk)
    return found


def breuktekst(breuk: Breuk) -> str:
    """What to know of the first figure after a series break."""
    return f"reeksbreuk vanaf {breuk.vanaf}, niet te vergelijken met eerder"


def of_reeks(indicator: Indicator, regio: str, *, voorbeeld: bool) -> Iterator[Rij]:
    """All figures of an indicator in a region, in the layout `CIJFER`."""
    reeks = indicator.reeksen[regio]
    breaks = _breaks(indicator, reeks)
    begin = (indicator.id, indicator.naam, indicator.eenheid, *TOTAAL, *_regio(reeks.regio))
    for p in reeks.punten:
        note = _note(
            voorbeeld, getallen.benadering_of(p) if p.benadering else "", breaks.get(p.periode, "") if breaks else ""
        )
        yield (
            *(*begin, p.periode, _periode(p.periode), p.waarde, p.marge_onder, p.marge_boven),
            *(p.status, p.leeg_reden or "", note),
        )


def of_indicator(indicator: Indicator, *, voorbeeld: bool) -> list[Rij]:
    """All figures of an indicator: a row a region and period."""
    return [rij for code in indicator.reeksen for rij in of_reeks(indicator, code, voorbeeld=voorbeeld)]


def of_regio(indicatoren: Iterable[Indicator], regio: str, *, voorbeeld: bool) -> list[Rij]:
    """All figures of a region: a row an indicator and period."""
    return [rij for i in indicatoren if regio in i.reeksen for rij in of_reeks(i, regio, voorbeeld=voorbeeld)]


def of_tabel(tabel: Cijfertabel, *, voorbeeld: bool) -> list[Rij]:
    """All figures of an analysis: a row a part and measure."""
    return [
        (
            *(f"{tabel.id}.{maat.id}", f"{tabel.titel}: {maat.naam}", maat.eenheid, r.code, r.naam, *_regio(r.regio)),
            *(r.periode, _periode(r.periode), waarde, None, None, r.status),
            *(r.leeg_reden if waarde is None else "", _note(voorbeeld)),
        )
        for r in tabel.rijen
        for maat, waarde in zip(tabel.maten, r.waarden, strict=True)
    ]


def of_standen(rapport: Rapport) -> list[Rij]:
    """The latest figure of each indicator and region with its judgement, in the layout `STAND`."""
    return [
        rij
        for thema in rapport.themas
        for indicator in thema.indicatoren
        for code in indicator.standen
        for rij in _stand(rapport, indicator, code, thema.naam)
    ]


def _stand(rapport: Rapport, indicator: Indicator, code: str, thema: str) -> Iterator[Rij]:
    stand, reeks, oordeel = indicator.standen[code], indicator.reeksen.get(code), indicator.oordelen.get(code)
    punt = stand.punt
    if punt is None or punt.waarde is None or reeks is None:
        return
    voorbeeld = rapport.soort == "voorbeeld"
    reeel = rapport.beweringen.find("verandering_reeel", indicator.id, code)
    toen = stand.editie_periode or ""
    breuk = bool(toen) and indicator.crosses_break(int(toen[:4]), punt.jaar)
    note = _note(
        voorbeeld,
        getallen.benadering_of(punt) if punt.benadering else "",
        "reeksbreuk in de laatste twee jaar" if breuk else "",
    )
    yield (
        *(indicator.id, indicator.naam, indicator.eenheid, thema, *_regio(reeks.regio)),
        *(punt.periode, _periode(punt.periode), punt.waarde, punt.status, punt.leeg_reden or ""),
        *(stand.waarde_nl, stand.verschil_nl, toen, None if breuk else stand.verandering_editie),
        reeel.verschil if reeel and not breuk else None,
        *(
            (oordeel.trend, *oordeel.looptijd, oordeel.p, oordeel.p_bh, oordeel.aantoonbaar, oordeel.robuust)
            if oordeel
            else ("", None, None, None, None, None, "")
        ),
        *((oordeel.positie, oordeel.rang, oordeel.rang_van, oordeel.kloof) if oordeel else ("", None, None, "")),
        note,
    )


def _regio(regio: Regio) -> tuple[str, str, str]:
    return regio.code, regio.titel, regio.soort


def namen(velden: Sequence[Veld]) -> tuple[str, ...]:
    """The names of columns."""
    return tuple(v.naam for v in velden)
