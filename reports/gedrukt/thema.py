"""A theme on one page: its finding, at most two figures, four rows, and what the editors say of it."""

from __future__ import annotations

from collections.abc import Sequence

from reports.beweringzinnen import cijfer_delen
from reports.document import Alinea, Blad, Blok, Figuurblok
from reports.familie import uniek
from reports.gedrukt.drukwerk import Drukwerk, make_inleiding, make_standtabel
from reports.getallen import format_periode
from reports.hoofdstukken.thema import beeld_zin
from reports.inhoud import Doel, Koppeling
from reports.model import Indicator, Rapport, Thema
from reports.standzinnen import tegenspraak_zin, volume_zin, woningen_zin
from reports.telzinnen import elders_zin
from reports.totaal import is_totaal
from reports.zinnen import bedrag_naast, haakjes, naam_in_zin, tel, voorbehoud_los

FIGUREN, RIJEN = 2, 4


def bevinding(druk: Drukwerk, indicator: Indicator) -> str:
    """What a chapter opens with: one figure with its year, beside two years earlier and beside the country."""
    r = druk.tafel.rapport
    b = r.beweringen.find("stand", indicator.id, r.provincie.code)
    if b is None or b.waarde is None:
        return ""
    zeker = haakjes(*voorbehoud_los(indicator, indicator.punt(r.provincie.code)))
    zin = f"{naam_in_zin(indicator)}: {bedrag_naast(indicator, b.waarde)} in {format_periode(b.periode)}{zeker}"
    if delen := cijfer_delen(indicator, r.beweringen, r.provincie, r.nederland):
        zin += f", {' en '.join(delen)}"
    return f"{zin}."


def op_volgorde(druk: Drukwerk, indicatoren: Sequence[Indicator]) -> list[Indicator]:
    """The indicators of a theme that the province has a figure for: core first, then those that are judged most."""
    r = druk.tafel.rapport
    code = r.provincie.code

    def weight(indicator: Indicator) -> tuple[bool, bool, int]:
        judged = [r.beweringen.find(s, indicator.id, code) for s in ("trend", "verandering", "plaats", "verschil_nl")]
        stand = r.beweringen.find("stand", indicator.id, code)
        return (
            indicator.id not in druk.kern,
            not (stand and stand.actueel),
            -sum(b is not None and b.actueel for b in judged),
        )

    return uniek(sorted((i for i in indicatoren if i.punt(code)), key=weight))


def make_figuren(druk: Drukwerk, indicatoren: Sequence[Indicator], al: Sequence[Figuurblok] = ()) -> list[Figuurblok]:
    """At most two figures: the course of the first, and where it is high and low; else those of the next."""
    r = druk.tafel.rapport
    found = list(al)
    for soort in ("lijn", "stippen"):
        for indicator in indicatoren:
            if len(found) >= FIGUREN:
                return found
            if soort == "stippen" and is_totaal(indicator, r.provincie, r.nederland):
                # the dots of a total only say which municipality is large
                continue
            blok = druk.lijn(indicator, r.provincie) if soort == "lijn" else druk.figuur_van(indicator, soort)
            if blok is not None and blok.id not in {b.id for b in found}:
                found.append(blok)
                break
    return found


def _figuren(indicator: Indicator) -> tuple[str, ...]:
    """The ids of the figures that a page of a theme can have of an indicator."""
    return tuple(f"{indicator.id}-{soort}" for soort in ("lijn", "stippen"))


def _geen_cijfer(rapport: Rapport, thema: Thema) -> str:
    """That the province has no figure of a theme, and who has: areas within it, or the country alone."""
    if not (elders := elders_zin(rapport, thema.indicatoren)):
        return f"Over dit thema is er alleen een cijfer voor {rapport.nederland.naam}."
    return f"Over dit thema is er voor {rapport.provincie.wie} geen cijfer. {elders}"


def make_themablad(druk: Drukwerk, thema: Thema, groep: str) -> Blad:
    """The page of a theme; a theme without figures is a sentence that says so."""
    r = druk.tafel.rapport
    eigen = op_volgorde(druk, thema.indicatoren)
    titel = thema.titel or thema.naam
    blokken: list[Blok] = []
    if eigen:
        blokken += make_inleiding(bevinding(druk, eigen[0]))
        beeld = beeld_zin(druk.tafel, thema)
        verder = (
            volume_zin(r, eigen[0], r.provincie),
            woningen_zin(r, eigen[0], r.provincie),
            # a trend that is named among those of the theme is told once
            "" if f"‘{eigen[0].naam}’" in beeld else tegenspraak_zin(r.beweringen, eigen[0], r.provincie),
            beeld,
        )
        if zin := " ".join(z for z in verder if z):
            blokken.append(Alinea((zin,)))
    else:
        blokken.append(Alinea((_geen_cijfer(r, thema),), "inleiding"))
    blokken += druk.teksten.get(thema.blad, ())
    figuren = make_figuren(druk, eigen or list(thema.indicatoren))
    blokken += figuren
    if tabel := make_standtabel(
        druk,
        f"rijen-{thema.id}",
        f"{titel}: de laatste cijfers van {r.provincie.naam}",
        [("", eigen[:RIJEN])],
        r.provincie,
    ):
        blokken.append(tabel)
    getoond = {i.id for i in eigen[:RIJEN]} | {i.id for i in thema.indicatoren for f in figuren if f.id in _figuren(i)}
    if rest := len(thema.indicatoren) - len(getoond):
        # 'other' than none is no count
        meer = f"{tel(rest, 'andere indicator', 'andere indicatoren')} van dit thema" if getoond else "dit thema"
        blokken.append(Alinea((Koppeling(f"Op de website: {meer}", Doel(thema.blad)), "."), "noot"))
    return Blad(f"thema-{thema.id}", titel, groep, tuple(blokken), een_pagina=True, aansluiten=True)
