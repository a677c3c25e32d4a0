"""What editions say of policy as inputs of a build; without it these tables are empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from assets.beleid.lezen import Beleidsmap
from assets.beleid.vormen import Rij
from assets.bouw.invoer.kop import Rows, rij
from begrippen.oordeellijsten import TREND_BEWEEGT, TRENDS


class MetBeleid(Protocol):
    """What these rows are made of: all that a build is made from, or the policy alone."""

    @property
    def beleid(self) -> tuple[Beleidsmap, ...]:
        """The policy of the edition and of those before it."""


def _van(function: Callable[..., Any], m: Beleidsmap, row: Rij, **anders: Any) -> dict[str, Any]:
    """A row of a table: the fields of the shape, empty texts as nothing, and the paper by its title."""
    titels = {s.id: s.titel for s in m.opgaven.stukken}
    fields = {k: None if v == "" else list(v) if isinstance(v, tuple) else v for k, v in row}
    if "indeling" in fields:
        fields["indeling"] = fields["indeling"] or m.indeling.id
    return rij(function, fields | {"editie": m.editie, "bron": titels[row.bron]}, **anders)


def _rows(function: Callable[..., Any], invoer: MetBeleid, file: str) -> Iterator[dict[str, Any]]:
    for m in invoer.beleid:
        for regel, row in m.rijen.get(file, ()):
            yield _van(function, m, row, regel=regel)


def trendwoord(invoer: MetBeleid) -> Rows:
    """List the words of a trend, with what each says.

    ---
    omschrijving: Wat een woord voor een trend zegt.
    sleutel: [trend]
    kolommen:
      trend: {type: VARCHAR, uitleg: het woord}
      uitspraak: {type: BOOLEAN, uitleg: "waar als er iets is getoetst; niet bij te weinig gegevens of een breuk"}
      beweegt: {type: BOOLEAN, uitleg: "waar als de reeks beweegt; het teken van de helling zegt welke kant op"}
    """
    for trend, (_, soort) in TRENDS.items():
        yield {"trend": trend, "uitspraak": soort != "geen", "beweegt": trend in TREND_BEWEEGT}


def beleid_opgave(invoer: MetBeleid) -> Rows:
    """List the parts of the divisions.

    ---
    omschrijving: De delen van de indelingen van een editie.
    sleutel: [editie, indeling, opgave]
    zoals: {beleid.opgave: alles}
    """
    for m in invoer.beleid:
        n = 0
        for indeling in m.opgaven.indelingen:
            for opgave, naam in m.delen[indeling.id].items():
                n += 1
                yield {
                    **{"editie": m.editie, "indeling": indeling.id, "opgave": opgave, "naam": naam},
                    **{"indeling_naam": indeling.naam, "woord": indeling.woord},
                    **{"eigen": indeling == m.indeling, "volgorde": n},
                }


def beleid_inzetlijn(invoer: MetBeleid) -> Rows:
    """List what a province does within a task.

    ---
    omschrijving: De inzetlijnen bij een opgave.
    sleutel: [editie, id]
    zoals: {beleid.inzetlijn: alles}
    """
    for m in invoer.beleid:
        for lijn in m.opgaven.inzetlijnen:
            yield _van(beleid_inzetlijn, m, lijn)


def beleid_resultaat(invoer: MetBeleid) -> Rows:
    """List the intended results.

    ---
    omschrijving: De rijen van resultaten.csv. Een kolom is het veld met die naam.
    sleutel: [editie, id]
    velden: assets.beleid.vormen.Resultaat
    zoals: {beleid.resultaat: [editie, regel, kaarten, partners, accenten, ook_opgaven]}
    """
    yield from _rows(beleid_resultaat, invoer, "resultaten.csv")


def beleid_bedrag(invoer: MetBeleid) -> Rows:
    """List the amounts.

    ---
    omschrijving: De rijen van bedragen.csv. Een kolom is het veld met die naam.
    sleutel: [editie, regel]
    zoals: {beleid.bedrag: alles}
    """
    yield from _rows(beleid_bedrag, invoer, "bedragen.csv")


def beleid_kruis(invoer: MetBeleid) -> Rows:
    """List what became of the posts.

    ---
    omschrijving: De rijen van kruistabel.csv. Een kolom is het veld met die naam.
    sleutel: [editie, regel]
    velden: assets.beleid.vormen.Kruis
    zoals: {beleid.kruis: [editie, regel]}
    """
    yield from _rows(beleid_kruis, invoer, "kruistabel.csv")


def beleid_signaal(invoer: MetBeleid) -> Rows:
    """List the signals.

    ---
    omschrijving: De rijen van signalen.csv. Een kolom is het veld met die naam.
    sleutel: [editie, id]
    velden: assets.beleid.vormen.Signaal
    zoals: {beleid.signaal: [editie, regel, opgaven]}
    """
    yield from _rows(beleid_signaal, invoer, "signalen.csv")


def beleid_accent(invoer: MetBeleid) -> Rows:
    """List the accents.

    ---
    omschrijving: De rijen van accenten.csv. Een kolom is het veld met die naam.
    sleutel: [editie, id]
    zoals: {beleid.accent: alles}
    """
    yield from _rows(beleid_accent, invoer, "accenten.csv")


def beleid_instrument(invoer: MetBeleid) -> Rows:
    """List the instruments.

    ---
    omschrijving: De instrumenten.
    sleutel: [editie, id]
    velden: assets.beleid.vormen.Instrument
    zoals: {beleid.instrument: [editie, opgaven, posten]}
    """
    for m in invoer.beleid:
        for instrument in m.instrumenten:
            yield _van(beleid_instrument, m, instrument)


def _nested(function: Callable[..., Any], invoer: MetBeleid, veld: str) -> Iterator[dict[str, Any]]:
    for m in invoer.beleid:
        for instrument in m.instrumenten:
            for n, thing in enumerate(getattr(instrument, veld), start=1):
                yield _van(function, m, thing, instrument=instrument.id, volgnummer=n)


def beleid_evaluatie(invoer: MetBeleid) -> Rows:
    """List the evaluations of the instruments.

    ---
    omschrijving: De evaluaties van een instrument.
    sleutel: [editie, instrument, volgnummer]
    velden: assets.beleid.vormen.Evaluatie
    zoals: {beleid.evaluatie: [editie, instrument, volgnummer]}
    """
    yield from _nested(beleid_evaluatie, invoer, "evaluaties")


def beleid_aanbeveling(invoer: MetBeleid) -> Rows:
    """List the recommendations to the instruments.

    ---
    omschrijving: De aanbevelingen bij een instrument.
    sleutel: [editie, instrument, volgnummer]
    velden: assets.beleid.vormen.Aanbeveling
    zoals: {beleid.aanbeveling: [editie, instrument, volgnummer]}
    """
    yield from _nested(beleid_aanbeveling, invoer, "aanbevelingen")


def beleid_opbrengst(invoer: MetBeleid) -> Rows:
    """List what the instruments directly brought.

    ---
    omschrijving: De directe opbrengsten van een instrument, zoals het stuk ze noemt.
    sleutel: [editie, instrument, volgnummer]
    zoals: {beleid.opbrengst: alles}
    """
    yield from _nested(beleid_opbrengst, invoer, "opbrengsten")


ROWS = (
    *(trendwoord, beleid_opgave, beleid_inzetlijn, beleid_resultaat, beleid_bedrag, beleid_kruis, beleid_signaal),
    *(beleid_accent, beleid_instrument, beleid_evaluatie, beleid_aanbeveling, beleid_opbrengst),
)
