"""Sentences made from the figures: what a picture says, for who sees it (caption) and for who does not (alt text)."""

from __future__ import annotations

from reports.beeld import Lijnbeeld, Plek, Puntbeeld
from reports.getallen import format_getal, format_periode, format_verschil, round_half_away, with_eenheid
from reports.model import Indicator

GELIJK = "ongeveer even hoog als"
GEBIEDEN = {"gemeente": "gemeenten", "corop": "COROP-gebieden"}


def _bedrag(indicator: Indicator, waarde: float) -> str:
    return with_eenheid(format_getal(waarde, indicator.decimalen), indicator.eenheid)


def _voorlopig(plek: Plek) -> str:
    return " (voorlopig)" if plek.punt.is_voorlopig else ""


def opsomming(namen: list[str]) -> str:
    """Names as a Dutch sentence lists them: 'a, b en c'."""
    return namen[0] if len(namen) == 1 else ", ".join(namen[:-1]) + " en " + namen[-1]


def _moves(eerste: float, laatste: float, decimalen: int) -> str:
    """The present tense serves the past and a forecast alike."""
    before, after = round_half_away(eerste, decimalen), round_half_away(laatste, decimalen)
    if before == after:
        return "blijft gelijk,"
    return "stijgt" if after > before else "daalt"


def compare_with_nl(indicator: Indicator, waarde: float, waarde_nl: float) -> str:
    """Drenthe beside the Netherlands in words: '2,1 procentpunt lager dan', 'ongeveer even hoog als'."""
    if round_half_away(waarde, indicator.decimalen) == round_half_away(waarde_nl, indicator.decimalen):
        return GELIJK
    hoeveel = format_verschil(indicator, waarde, waarde - waarde_nl, lang=True).lstrip("+\N{MINUS SIGN}")
    return f"{hoeveel} {'hoger' if waarde > waarde_nl else 'lager'} dan"


def lijn_kop(indicator: Indicator, beeld: Lijnbeeld) -> str:
    """The message of a line chart, as its heading."""
    laatste = beeld.lijnen[0].plekken[-1]
    begin = f"{beeld.lijnen[0].regio.naam} in {format_periode(laatste.punt.periode)}"
    if beeld.soort == "waarde" and len(beeld.lijnen) == 2:
        theirs = {p.punt.periode: p for p in beeld.lijnen[1].plekken}.get(laatste.punt.periode)
        if theirs is not None:
            return f"{begin}: {compare_with_nl(indicator, laatste.y, theirs.y)} Nederland"
    if beeld.soort == "index" and beeld.basis:
        groei = [f"{x.regio.naam} {format_getal(x.plekken[-1].y - 100, 1, teken=True)}%" for x in beeld.lijnen]
        return f"Sinds {format_periode(beeld.basis)}: {', '.join(groei)}"
    return f"{begin}: {_bedrag(indicator, laatste.y)}"


def lijn_alt(indicator: Indicator, beeld: Lijnbeeld) -> str:
    """What a line chart shows, in full sentences."""
    naam, stuk = beeld.lijnen[0].regio.naam, beeld.lijnen[0].stukken[-1]
    eerste, laatste = stuk[0], stuk[-1]
    van, tot = format_periode(eerste.punt.periode), format_periode(laatste.punt.periode)
    parts = []
    if beeld.soort == "index":
        parts.append(f"Lijngrafiek van {indicator.naam} als index, {van} is 100.")
        for lijn in beeld.lijnen:
            p = lijn.plekken[-1]
            parts.append(
                f"{lijn.regio.naam} komt in {format_periode(p.punt.periode)} uit op "
                f"{format_getal(p.y, 1)}{_voorlopig(p)}."
            )
        return " ".join(parts)
    parts.append(f"Lijngrafiek van {indicator.naam}.")
    if eerste is laatste:
        parts.append(f"{naam} heeft in {tot} {_bedrag(indicator, laatste.y)}{_voorlopig(laatste)}.")
    else:
        hoe = _moves(eerste.y, laatste.y, indicator.decimalen)
        parts.append(
            f"{naam} {hoe} van {_bedrag(indicator, eerste.y)} in {van} "
            f"naar {_bedrag(indicator, laatste.y)} in {tot}{_voorlopig(laatste)}."
        )
    if len(beeld.lijnen) == 2:
        p = beeld.lijnen[1].plekken[-1]
        parts.append(
            f"{beeld.lijnen[1].regio.naam} staat in {format_periode(p.punt.periode)} op "
            f"{_bedrag(indicator, p.y)}{_voorlopig(p)}."
        )
    if beeld.breuken:
        jaren = opsomming([str(j) for j in beeld.breuken])
        parts.append(f"De reeks is onderbroken in {jaren}: cijfers ervoor en erna zijn niet te vergelijken.")
    return " ".join(parts)


def punt_kop(indicator: Indicator, beeld: Puntbeeld) -> str:
    """The message of a dot plot, as its heading."""
    known = [s for s in beeld.stippen if s.waarde is not None]
    periode = format_periode(beeld.periode)
    if len(known) == 1:
        return f"{known[0].regio.naam} in {periode}"
    return f"Hoogst in {known[0].regio.naam}, laagst in {known[-1].regio.naam} ({periode})"


def punt_alt(indicator: Indicator, beeld: Puntbeeld) -> str:
    """What a dot plot shows, in full sentences."""
    known = [s for s in beeld.stippen if s.waarde is not None]
    unknown = [s.regio.naam for s in beeld.stippen if s.waarde is None]
    top, bottom = known[0], known[-1]
    assert top.waarde is not None and bottom.waarde is not None
    parts = [
        f"Stippengrafiek van {indicator.naam} in {format_periode(beeld.periode)} "
        f"voor {len(known)} {GEBIEDEN[top.regio.soort]}.",
        f"Het hoogst is {top.regio.naam} met {_bedrag(indicator, top.waarde)}, "
        f"het laagst {bottom.regio.naam} met {_bedrag(indicator, bottom.waarde)}.",
    ]
    parts += [f"{r.naam}: {_bedrag(indicator, p.waarde)}." for r, p in beeld.lijnen if p.waarde is not None]
    if unknown:
        parts.append(f"Geen cijfer: {opsomming(unknown)}.")
    return " ".join(parts)
