"""What `monitor indicator` found, as plain lines for a terminal: Dutch, wrapped, rounded last."""

from __future__ import annotations

import textwrap
from itertools import groupby
from operator import gt, lt
from typing import Any

from assets.vragen.indicatorbeeld import Antwoord, Broncel, Indicatorbeeld, Jaarwaarde, Lid, Toeval
from assets.vragen.opmaak import format_moment, melding_regels, row, table
from begrippen.eenheid import read_eenheid
from begrippen.gebied import gekozen
from begrippen.lijsten import (
    GESCHAT,
    LEEG_UITLEG,
    METING_IN_ZIN,
    PRIJZEN,
    REGIOSOORT_MEERVOUD,
    RICHTING_UITLEG,
    STATUS_UITLEG,
    ZEKERHEID_UITLEG,
)
from begrippen.oordeellijsten import KLOOF_UITLEG, KLOOFREDENEN, PLAATSREDENEN, POSITIE_UITLEG, ROBUUST_UITLEG
from begrippen.rekenregels import REKENREGELS
from begrippen.taal import procent
from begrippen.themas import read_themas
from reports.getallen import (
    format_datum,
    format_getal,
    format_leeg,
    format_periode,
    format_tijdstip,
    format_waarde,
    is_percentage,
    with_eenheid,
)

CELLEN = 30


def _verschil(waarde: float, eenheid: str, decimalen: int) -> str:
    getal = format_getal(waarde, decimalen, teken=True)
    return f"{getal} procentpunt" if is_percentage(eenheid) else with_eenheid(getal, eenheid)


def _p(waarde: float | None) -> str:
    if waarde is None:
        return "niet getoetst"
    return "< 0,001" if waarde < 0.001 else f"= {format_getal(waarde, 3)}"


def _why_not(b: Indicatorbeeld, punt: Jaarwaarde) -> str:
    """Why there is no figure; of a region that is made of its members, what is the matter with those."""
    if not b.leden:
        return LEEG_UITLEG[punt.leeg_reden or "onbekend"]
    if b.aggregatie == "niet":
        return "dit cijfer is niet uit dat van gemeenten samen te stellen"
    if not any(lid.ooit for lid in b.leden):
        return "de bron geeft dit cijfer niet voor de gemeenten van deze regio"
    missing = [lid for lid in b.leden if not lid.waarde]
    if not missing:
        return f"het gewicht ({b.gewicht}) is er dat jaar niet voor elke gemeente van deze regio"
    if len(missing) == len(b.leden) and len({lid.leeg_reden for lid in missing}) == 1:
        return f"geen van de gemeenten van deze regio heeft een cijfer ({_reason(missing[0])})"
    return "zonder cijfer: " + "; ".join(f"{lid.naam} ({_reason(lid)})" for lid in missing)


def _reason(lid: Lid) -> str:
    # a municipality without a row was not there that year
    return LEEG_UITLEG[lid.leeg_reden] if lid.leeg_reden else "bestond nog niet"


def _meting(b: Indicatorbeeld, punt: Jaarwaarde) -> list[str]:
    """How it was measured where it is no full count, and between which figures it lies with 95% certainty."""
    notes = [METING_IN_ZIN[b.meting]] if b.meting in METING_IN_ZIN else []
    if punt.marge_onder is not None and punt.marge_boven is not None:
        onder, boven = (format_getal(m, b.decimalen) for m in (punt.marge_onder, punt.marge_boven))
        return [*notes, f"met 95% zekerheid tussen {onder} en {boven}"]
    return [*notes, "marge niet gepubliceerd"] if b.meting in GESCHAT else notes


def _waarde(b: Indicatorbeeld, punt: Jaarwaarde) -> str:
    if punt.waarde is None:
        return f"n.b. in {format_periode(punt.periode)}: {_why_not(b, punt)}"
    notes = [STATUS_UITLEG[punt.status]]
    if punt.benadering:
        how = "gewogen gemiddelde" if b.aggregatie == "gewogen" else "verhouding"
        notes.append(f"benadering: {how} van gemeenten")
    notes += _meting(b, punt)
    getal = with_eenheid(format_getal(punt.waarde, b.decimalen), b.eenheid)
    van = read_eenheid(b.eenheid).van
    return f"{getal}{f' {van}' if van else ''} in {format_periode(punt.periode)} ({', '.join(notes)})"


MAAT = {"leden": "de leden", "gewicht": "het gewicht", "noemer": "de noemer"}


def _zonder(b: Indicatorbeeld) -> list[str]:
    """The members that the figure does without, each with the reason why it has no value."""
    if not b.zonder:
        return []
    named = "; ".join(f"{z.naam} ({z.regio}): {LEEG_UITLEG[z.leeg_reden]}" for z in b.zonder)
    deel = format_getal(100 * b.zonder[0].dekking, 1)
    return row("Zonder", f"{named}. Wat meetelt is {deel}% van {MAAT[b.dekking_maat or 'leden']}")


def _oordeel(b: Indicatorbeeld) -> list[str]:
    if not b.beoordeeld:
        return row("Oordeel", "deze bouw heeft geen oordelen; vernieuw hem met: monitor run")
    o = b.oordeel
    if o is None and b.doel == "toetsing":
        return row("Oordeel", "geen: deze indicator dient alleen om eerdere publicaties na te rekenen")
    if o is None:
        return row("Oordeel", "geen: deze regio of indicator wordt niet beoordeeld")
    trend = o.trend
    if o.trend_helling is not None and o.trend_p is not None:
        helling = _verschil(o.trend_helling, b.eenheid, b.decimalen + 2)
        trend += (
            f": {helling} per jaar; p {_p(o.trend_p)}, na correctie voor het aantal toetsen p {_p(o.trend_p_bh)}; "
            f"n = {o.trend_n}"
        )
    else:
        trend += f"; n = {o.trend_n}"
    lines = row("Trend", f"{trend} (venster {o.venster_van}-{o.venster_tot})")
    if o.p_ols is not None and o.trend_rho is not None:
        rho = format_getal(o.trend_rho, 2)
        lines += row(
            "Gewoon",
            f"{o.trend_ols}, p {_p(o.p_ols)}: kleinste kwadraten, zonder de samenhang van {rho} met het jaar ervoor",
        )
    if o.aantoonbaar is not None:
        kleinste = with_eenheid(format_getal(o.aantoonbaar, b.decimalen + 1), b.eenheid)
        kans = procent(REKENREGELS.onderscheidend)
        lines += row("Aantoonbaar", f"minstens {kleinste} over het venster: dat was met {kans} kans gevonden")
    lines += row("Robuust", ROBUUST_UITLEG.get(o.robuust, o.robuust))
    if b.toeval is not None and o.trend_p is not None:
        lines += row("Toeval", _toeval(b, b.toeval))
    positie = POSITIE_UITLEG.get(o.positie, o.positie)
    soort = REGIOSOORT_MEERVOUD.get(b.regio_soort, "regio's")
    if o.plaats_reden is not None:
        positie += f": {PLAATSREDENEN.get(o.plaats_reden, o.plaats_reden)}"
    elif o.rang is not None:
        positie += f"; plaats {o.rang} van de {o.rang_van} {soort} met een cijfer in {(o.laatste_periode or '')[:4]}"
    lines += row("Positie", positie)
    if b.regio != "NL01":
        kloof = KLOOF_UITLEG.get(o.kloof, o.kloof)
        if o.kloof_reden is not None:
            kloof += f": {KLOOFREDENEN.get(o.kloof_reden, o.kloof_reden)}"
        if o.verschil_nl is not None and b.waarde_nl is not None:
            nl = with_eenheid(format_getal(b.waarde_nl, b.decimalen), b.eenheid)
            verschil = _verschil(o.verschil_nl, b.eenheid, b.decimalen)
            if b.waarde_nl:
                verschil += f" ({format_getal(100 * o.verschil_nl / abs(b.waarde_nl), 1, teken=True)}%)"
            kloof = f"{verschil} ten opzichte van Nederland ({nl}); {kloof}"
        lines += row("Kloof", kloof)
    return lines + (row("Toelichting", o.toelichting) if o.toelichting else [])


def _toeval(b: Indicatorbeeld, t: Toeval) -> str:
    soort = REGIOSOORT_MEERVOUD.get(b.regio_soort, "regio's")
    return (
        f"van {format_getal(t.toetsen, 0)} getoetste trends van {soort} zijn er {format_getal(t.signalen, 0)} "
        f"duidelijk; bij louter toeval waren dat er ongeveer {format_getal(t.verwacht_toeval, 0)} "
        f"({procent(REKENREGELS.alfa)})"
    )


def _antwoord(a: Antwoord) -> str:
    parts = [f"{a.uitgever}, {a.tabel} {a.titel}", f"opgehaald {format_tijdstip(a.fetched_at)}"]
    if a.modified:
        parts.append(f"gewijzigd door de bron {a.modified[:10]}")
    if a.status:
        parts.append(f"status {a.status}")
    if a.verouderd:
        parts.append(f"ouder antwoord, want {a.verouderd}")
    return "; ".join(parts)


def _number(cel: Broncel) -> str:
    """A cell as the source gave it: no rounding of ours."""
    return format_leeg(cel.leeg_reden) if cel.waarde is None else _exact(cel.waarde)  # type: ignore[arg-type]


def _exact(waarde: float) -> str:
    text = f"{waarde:.10f}".rstrip("0")
    return format_getal(waarde, len(text) - text.index(".") - 1)


def _cellen(b: Indicatorbeeld) -> list[str]:
    if not b.cellen:
        return ["Broncellen: geen; geen van de cellen die de kaart vraagt staat in een antwoord van de bron."]
    rows = [
        (
            c.rol,
            c.lid if c.lid != b.regio else "",
            f"{c.gewicht:+g}",
            c.tabel,
            c.onderwerp,
            c.uitsplitsing,
            c.regio,
            c.periode,
            _number(c),
            c.eenheid,
            (STATUS_UITLEG[c.status] if c.waarde is not None else LEEG_UITLEG[c.leeg_reden or "onbekend"])
            + (", gecorrigeerd" if c.correctie else ""),
        )
        for c in b.cellen[:CELLEN]
    ]
    kop = (
        "rol",
        "lid",
        "telt",
        "tabel",
        "onderwerp",
        "uitsplitsing",
        "regio",
        "periode",
        "waarde",
        "eenheid",
        "status",
    )
    keep = [n for n in range(len(kop)) if any(r[n] for r in rows)]
    given = "zoals de bron ze gaf" + (", op de correctie na" if b.correcties else "")
    lines = [f"Broncellen ({len(b.cellen)}), {given}; factor van de kaart: {b.cellen[0].factor:g}"]
    lines += table(
        [kop[n] for n in keep],
        [[r[n] for n in keep] for r in rows],
        frozenset(keep.index(n) for n in (2, 8) if n in keep),
    )
    more = len(b.cellen) - CELLEN
    lines += [f"  en nog {more}; de tweede query hieronder geeft ze alle"] if more > 0 else []
    for c in b.correcties:
        used = "geen waarde" if c.wordt is None else _exact(c.wordt)
        given = "geen waarde" if c.bron_waarde is None else _exact(c.bron_waarde)
        text = (
            f"de bron geeft {given}, gebruikt is {used}. {c.reden.rstrip('.')}. Gemeld aan: {c.gemeld_aan} "
            f"({format_datum(c.datum)})"
        )
        lines += row("  Correctie", f"{c.correctie}: {text}")
    return lines


def _soortgenoten(b: Indicatorbeeld) -> list[str]:
    if not b.soortgenoten:
        has = b.regio_soort in ("gemeente", "corop")
        why = (
            "geen: er waren te weinig cijfers, of de regio bestond nog niet toen zij werden vastgesteld. "
            f"Zie: monitor editie soortgenoten {b.editie}"
            if has
            else "geen: die zijn er alleen voor gemeenten en COROP-gebieden"
        )
        return row("Soortgenoten", why)
    # what all have in common is said once
    shared = {s.vergeleken_op for s in b.soortgenoten}
    common = shared.pop() if len(shared) == 1 else None
    rows = [
        (
            f"{s.rang}",
            f"{s.naam} ({s.regio})",
            format_waarde(s.waarde, b.decimalen, s.status or "onbekend", s.leeg_reden),  # type: ignore[arg-type]
            format_getal(s.afstand, 2),
            s.reden + (f" (opgeheven per {format_datum(s.opgeheven)})" if s.opgeheven is not None else ""),
        )
        for s in b.soortgenoten
    ]
    lines = [
        f"Soortgenoten: de regio's van het land die het meest op {b.regio_naam} lijken",
        *table(("", "regio", format_periode(b.periode), "afstand", "waarom"), rows, frozenset({0, 2, 3})),
    ]
    if common:
        lines.append(f"  Vergeleken op {common}; de cijfers staan in monitor.soortgenoot_kenmerk.")
    since = format_moment(b.soortgenoten[0].vastgesteld)
    lines.append(f"  Vastgesteld op {since}; in editie {b.editie} veranderen zij niet meer met de cijfers.")
    known = [s.waarde for s in b.soortgenoten if s.waarde is not None]
    if known and b.waarde.waarde is not None:
        higher, lower = (sum(f(w, b.waarde.waarde) for w in known) for f in (gt, lt))
        lines.append(f"  Een hogere waarde dan {b.regio_naam}: {higher}; een lagere: {lower}.")
    return lines


def _reeks(b: Indicatorbeeld) -> list[str]:
    """The series, with a bar at each series break."""
    if all(p.waarde is None for p in b.reeks):
        return row("Reeks", "geen enkel cijfer")
    text, breuk = "", False
    for earlier, punt in zip((None, *b.reeks), b.reeks, strict=False):
        jaar = int(punt.periode[:4])
        if earlier is not None:
            here = any(int(earlier.periode[:4]) < vanaf <= jaar for vanaf, _ in b.breuken)
            text += " | " if here else "; "
            breuk |= here
        waarde = format_waarde(punt.waarde, b.decimalen, punt.status, punt.leeg_reden)  # type: ignore[arg-type]
        benadering = "~" if punt.benadering else ""
        text += f"{format_periode(punt.periode)}: {benadering}{waarde or 'n.v.t.'}"
    known = [p for p in b.reeks if p.waarde is not None]
    signs = {
        "~ benadering": any(p.benadering for p in known),
        "* voorlopig": any(p.status == "voorlopig" for p in known),
        "** nader voorlopig": any(p.status == "nader_voorlopig" for p in known),
        "| reeksbreuk": breuk,
    }
    legend = ", ".join(sign for sign, there in signs.items() if there)
    lines = row("Reeks", text + (f" ({legend})" if legend else ""))
    for vanaf, reden in b.breuken:
        lines += row("", f"reeksbreuk in {vanaf}: {reden}")
    return lines


def show_indicator(b: Indicatorbeeld) -> str:
    """An indicator for a region, from the figure and its judgement down to the cells and the SQL."""
    lines = [
        f"{b.naam} ({b.indicator})",
        f"{b.regio_naam} ({b.regio}), editie {b.editie}",
        *melding_regels(b.soort),
        "",
    ]
    lines += row("Waarde", _waarde(b, b.waarde))
    lines += _zonder(b)
    lines += _oordeel(b)
    lines += _reeks(b)
    lines += ["", *_soortgenoten(b), ""]
    lines += row("Richting", f"{RICHTING_UITLEG[b.richting]}. Herkomst: {b.richting_herkomst}")
    if b.prijzen != "nvt":
        lines += row("Prijzen", b.prijzen_reden or PRIJZEN[b.prijzen])
    lines += row("Definitie", b.definitie)
    lines += row("Bewerking", b.bewerking)
    if b.opmerking:
        lines += row("Opmerking", b.opmerking)
    lines += row("Zekerheid", ZEKERHEID_UITLEG[b.zekerheid])
    for n, seen in enumerate(b.gezien):
        lines += row("" if n else "Gezien", seen)
    for n, antwoord in enumerate(b.antwoorden):
        lines += row("" if n else "Bron", _antwoord(antwoord))
    lines += ["", *_cellen(b), ""]
    queries = [("de cellen die meetellen", b.herkomst_sql), ("die cellen zoals de bron ze gaf", b.waarneming_sql)]
    if b.correcties:
        named = ", ".join(f"'{c.correctie}'" for c in b.correcties)
        queries.append(("de correcties", f"FROM kern.correctie WHERE correctie IN ({named});"))
    if b.waarde.waarde is not None:
        queries.append(("het cijfer, berekend uit die cellen", b.waarde_sql))
    lines.append("SQL, voor een DuckDB-client met monitor.duckdb (alleen lezen) open")
    for n, (what, query) in enumerate(queries, start=1):
        lines += [f"  -- {n}. {what}", textwrap.indent(query, "  "), ""]
    return "\n".join(lines).rstrip()


def _note(row: dict[str, Any]) -> str:
    notes = (f"n.b. voor {gekozen().naam}", not row["waarde"]), ("alleen om te toetsen", row["doel"] == "toetsing")
    said = ", ".join(text for text, holds in notes if holds)
    return f" ({said})" if said else ""


def show_lijst(rows: list[dict[str, Any]]) -> str:
    """All indicators by theme, as `read_kaartnamen` gives them."""
    lines, themas = [], read_themas(gekozen())
    for thema, group in groupby(rows, key=lambda r: r["thema"]):
        # an older build may have a theme that was dropped since
        lines.append(themas[thema].naam if thema in themas else thema)
        lines += table(("id", "naam"), [(r["code"], r["naam"] + _note(r)) for r in group])[1:]
    return "\n".join([*lines, "", f"Een daarvan: monitor indicator werkloosheid --regio {gekozen().corop[0]}"])
