"""What people see, beside what the figures say: the agenda of the meeting with those people, then all by task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from begrippen.beleidslijsten import WOORDEN
from begrippen.oordeellijsten import TREND_BEWEEGT, TREND_WOORDEN
from reports import zinnen
from reports.document import Alinea
from reports.getallen import join, met_eenheid
from reports.hoofdstukken import beleidsblad as blad
from reports.hoofdstukken.beleidsblad import Delen, Regel, deel
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud
from reports.patroon import met, vul
from reports.tabel import Tabel
from reports.uitvoering import Uitvoering

_VOLGORDE, _SOORTEN = list(WOORDEN["signaaluitkomst"]), list(WOORDEN["signaalsoort"])


@blad.beleidsblad(blad.SIGNALEN, "Signalen naast de cijfers", "Signalen")
def make_signalen(tafel: Schrijftafel, u: Uitvoering) -> Delen:
    """The signals laid beside the figures: what contradicts them first, then of each task chances before threats."""
    rijen = sorted(u.rijen("signaal"), key=lambda s: _VOLGORDE.index(s["uitkomst"]))
    tel, toetsbaar = Counter(s["soort"] for s in rijen), sum(bool(s["bewering"]) for s in rijen)
    yield (
        f"{zinnen.tel(len(rijen), 'signaal', 'signalen')} van ondernemers, partners en de provincie zelf: "
        f"{zinnen.tel(tel['kans'], 'kans', 'kansen')}, {zinnen.tel(tel['bedreiging'], 'bedreiging', 'bedreigingen')} "
        f"en {zinnen.tel(tel['signaal'], 'ander', 'andere')}. Zij zijn van {_van_wanneer(rijen)}. Iets dat naast een "
        f"cijfer is te leggen, staat in {zinnen.tel(toetsbaar, 'signaal', 'signalen')}."
    )
    zin = (
        "Een signaal is een beeld van toen, het cijfer is van nu. Past het niet bij de cijfers, dan kan het signaal "
        "ouder zijn, of over iets gaan wat de indicator niet meet. Noemt een signaal meer dan een ding, dan is alleen "
        "gekeken naar de indicator die erbij staat. Daarover gaat het gesprek."
    )
    yield Alinea((zin,), "noot")

    def per_soort(id_: str, bijschrift: str, own: Iterable[Regel]) -> Tabel:
        op_soort = sorted(own, key=lambda s: _SOORTEN.index(s["soort"]))
        return _tabel(tafel, id_, bijschrift, op_soort, groep=lambda s: vul("{soort:signaalsoort}", s).capitalize())

    def opgave(nummer: str) -> Delen:
        own = [s for s in rijen if nummer in (s["opgaven"] or ())]
        bij = per_soort(f"signalen-{nummer}", f"Signalen bij opgave {nummer}", own)
        yield bij if own else "Bij deze opgave zijn er geen signalen."

    botst = [s for s in rijen if s["bewering"] and s["uitkomst"] == "past_niet"]
    agenda = _tabel(tafel, "agenda-tabel", "Signalen die niet bij de cijfers passen", botst)
    geen = "Er is geen signaal dat niet bij de cijfers past."
    yield from deel("Agenda voor het gesprek", "agenda", agenda if botst else geen)
    yield from blad.per_opgave(u, opgave)
    if los := [s for s in rijen if not s["opgaven"]]:
        zonder = per_soort("signalen-los", "Signalen die bij geen opgave staan", los)
        yield from deel("Zonder opgave", "zonder-opgave", zonder)


def _van_wanneer(rijen: Iterable[Regel]) -> str:
    """How many are of which year: '2014 (51) en 2024 (9)'."""
    return join([f"{jaar} ({n})" for jaar, n in sorted(Counter(s["ontvangen"][:4] for s in rijen).items())])


def _tabel(tafel: Schrijftafel, id_: str, bijschrift: str, rijen: Collection[Regel], **meer: Any) -> Tabel:
    kolommen: blad.Kolommen = {
        "Signaal": "{beeld} | zegt: {bewering:bewering} | {gebied:mits}gebied: {gebied_naam} | {opmerking}",
        "Van wie": "{kring}, {ontvangen} | {eigen_toedeling:eigen toedeling}",
        "Wat de cijfers zeggen": lambda s: _uitkomst(tafel, s),
        "Indicator": lambda s: blad.indicatoren(tafel, [s["kaart"]] if s["kaart"] else (), "geen"),
    }
    return blad.tabel(id_, bijschrift, rijen, kolommen, **meer)


def _uitkomst(tafel: Schrijftafel, s: Regel) -> Inhoud:
    """Whether it fits, and by what: over which years a trend was tested and which way it went; else the figures."""
    woord = WOORDEN["signaaluitkomst"][s["uitkomst"]]
    kaart = tafel.indicator(s["kaart"]) if s["kaart"] else None
    if kaart is None or s["van_jaar"] is None or not s["bewering"]:
        return (woord,)
    eigen, nl = (
        met_eenheid(s[k], kaart.decimalen, kaart.eenheid) if s[k] is not None else "" for k in ("cijfer", "cijfer_nl")
    )
    if s["trend"]:
        # which way it goes, whatever is wanted; or why nothing is to be said
        beweegt = s["trend"] in TREND_BEWEEGT and s["trend_helling"] is not None
        kant = ("stijgt" if s["trend_helling"] > 0 else "daalt") if beweegt else TREND_WOORDEN[s["trend"]]
        jaren = vul("{trend_van} tot en met {van_jaar} || tot en met {van_jaar}", s)
        return met(woord, f"{kant}, {jaren}", f"nog onder nul: {eigen} in {s['van_jaar']}" if eigen else "")
    if s["bewering"] == "onder_nul":
        return met(woord, f"{eigen}, {s['van_jaar']}")
    return met(woord, f"{eigen}, Nederland {nl}, {s['van_jaar']}" if eigen and nl else "geen cijfer van Nederland")
