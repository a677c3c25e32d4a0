"""What people see, beside what the figures say: the agenda of the meeting with those people, then all by task."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from begrippen.beleidslijsten import BEWERINGEN, SIGNAALSOORTEN, SIGNAALUITKOMSTEN
from begrippen.oordeellijsten import TREND_WOORDEN, TRENDS
from reports import zinnen
from reports.document import Alinea, Blad, Blok, Kop
from reports.getallen import format_getal, with_eenheid
from reports.hoofdstukken.beleidsblad import (
    GROEP,
    SIGNALEN,
    Regel,
    Vak,
    bron,
    hoofdletter,
    indicatoren,
    inleiding,
    met,
    per,
    tabel,
    uitvoering_van,
)
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud
from reports.tabel import Tabel
from reports.uitvoering import of_opgave

_VOLGORDE = list(SIGNAALUITKOMSTEN)


def make_signalen(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad | None:
    """The signals laid beside the figures; None where nothing was delivered."""
    u = uitvoering_van(tafel, "signaal")
    if u is None:
        return None
    rijen = u.rijen("signaal")
    rijen.sort(key=lambda s: _VOLGORDE.index(s["uitkomst"]))
    tel = Counter(s["soort"] for s in rijen)
    soorten = (
        f"{zinnen.tel(tel['kans'], 'kans', 'kansen')}, {zinnen.tel(tel['bedreiging'], 'bedreiging', 'bedreigingen')} "
        f"en {zinnen.tel(tel['signaal'], 'ander', 'andere')}"
    )
    toetsbaar = [s for s in rijen if s["bewering"]]
    botst = [s for s in toetsbaar if s["uitkomst"] == "past_niet"]
    blokken: list[Blok] = [
        inleiding(
            f"{zinnen.tel(len(rijen), 'signaal', 'signalen')} van ondernemers, partners en de provincie zelf: "
            f"{soorten}. Iets dat naast een cijfer is te leggen, staat in "
            f"{zinnen.tel(len(toetsbaar), 'signaal', 'signalen')}."
        ),
        *teksten,
        Alinea(
            (
                "Een signaal is een beeld van toen, het cijfer is van nu. Past het niet bij de cijfers, dan kan het "
                "signaal ouder zijn, of over iets gaan wat de indicator niet meet. Daarover gaat het gesprek.",
            ),
            "noot",
        ),
        Kop(2, "Agenda voor het gesprek", "agenda"),
    ]
    if botst:
        blokken.append(_tabel(tafel, "agenda-tabel", "Signalen die niet bij de cijfers passen", botst))
    else:
        blokken.append(Alinea(("Er is geen signaal dat niet bij de cijfers past.",)))
    for opgave, naam in u.opgaven.items():
        blokken.append(Kop(2, f"Opgave {opgave}: {naam}", f"opgave-{opgave}"))
        own = of_opgave(rijen, opgave)
        if own:
            blokken.append(_per_soort(tafel, f"signalen-{opgave}", f"Signalen bij opgave {opgave}", own))
        else:
            blokken.append(Alinea(("Bij deze opgave zijn er geen signalen.",)))
    if los := [s for s in rijen if not s["opgaven"]]:
        blokken += [
            Kop(2, "Zonder opgave", "zonder-opgave"),
            _per_soort(tafel, "signalen-los", "Signalen die bij geen opgave staan", los),
        ]
    return Blad(SIGNALEN, "Signalen naast de cijfers", GROEP, tuple(blokken), kort="Signalen")


_KOLOMMEN = ("Signaal", "Van wie", "Wat de cijfers zeggen", "Indicator", "Stuk")


def _tabel(tafel: Schrijftafel, id_: str, bijschrift: str, rijen: Sequence[Regel]) -> Tabel:
    return tabel(id_, bijschrift, _KOLOMMEN, [_rij(tafel, s) for s in rijen])


def _per_soort(tafel: Schrijftafel, id_: str, bijschrift: str, rijen: Sequence[Regel]) -> Tabel:
    """The same with the chances first, then the threats, then what is neither."""
    op_soort = [
        {**s, "kop": hoofdletter(kop)} for soort, kop in SIGNAALSOORTEN.items() for s in rijen if s["soort"] == soort
    ]
    return tabel(id_, bijschrift, _KOLOMMEN, per(op_soort, "kop", lambda s: _rij(tafel, s)))


def _rij(tafel: Schrijftafel, s: Regel) -> Sequence[Vak]:
    return (
        met(
            s["beeld"],
            f"zegt: {BEWERINGEN[s['bewering']]}" if s["bewering"] else "",
            f"gebied: {s['gebied_naam']}" if s["gebied"] else "",
        ),
        met(f"{s['kring']}, {s['ontvangen']}", "eigen toedeling" if s["eigen_toedeling"] else ""),
        _uitkomst(tafel, s),
        indicatoren(tafel, [s["kaart"]] if s["kaart"] else (), "geen"),
        bron(s),
    )


def _uitkomst(tafel: Schrijftafel, s: Regel) -> Inhoud:
    woord = SIGNAALUITKOMSTEN[s["uitkomst"]]
    kaart = tafel.indicator(s["kaart"]) if s["kaart"] else None
    if kaart is None or s["van_jaar"] is None or not s["bewering"]:
        return (woord,)
    if s["trend"]:
        # the wanted side does not matter here: which way it goes does
        beweegt = TRENDS[s["trend"]][1] != "geen" and s["trend_helling"] is not None
        kant = "stijgt" if beweegt and s["trend_helling"] > 0 else "daalt"
        stil = s["uitkomst"] in ("geen_uitspraak", "niet_gebleken")
        return met(woord, TREND_WOORDEN[s["trend"]] if stil else f"{kant}, tot en met {s['van_jaar']}")
    if s["cijfer"] is None or s["cijfer_nl"] is None:
        return met(woord, "geen cijfer van Nederland")
    eigen, nl = (with_eenheid(format_getal(s[k], kaart.decimalen), kaart.eenheid) for k in ("cijfer", "cijfer_nl"))
    return met(woord, f"{eigen}, Nederland {nl}, {s['van_jaar']}")
