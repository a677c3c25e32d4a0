"""The report as one page of HTML with the data of each indicator as CSV beside it.

The page holds its own style and figures, loads nothing from elsewhere and runs no script, so it can be mailed, archived
and read offline.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from reports import getallen, zinnen
from reports.beeld import Puntbeeld, is_totaal, make_puntbeeld
from reports.figuren import Figuur, Tekenaar
from reports.kaart import Kaarttekenaar, make_kaartbeeld, make_ondergrond
from reports.model import Bron, Cel, Indicator, Punt, Rapport, Reeks, Regio, Stand
from reports.register import STUWEND, begrip_cel, leegteken, procent, quotient, register_kern, tien

HERE = Path(__file__).parent
RICHTINGEN = {
    "hoger": ("▲", "hoger"),
    "lager": ("▼", "lager"),
    "neutraal": ("○", "geen"),
    "evenwicht": ("◆", "evenwicht"),
}
# Beside each word a sign, and for good and bad another shape of box: never colour alone.
TRENDS = {
    "gunstig": ("+", "gunstig"),
    "ongunstig": ("\N{MINUS SIGN}", "ongunstig"),
    "stijgend": ("↗", "neutraal"),
    "dalend": ("↘", "neutraal"),
    "geen significante verandering": ("=", "neutraal"),
    "te weinig gegevens": ("?", "geen"),
    "reeksbreuk": ("≠", "geen"),
}
ROBUUST = {"robuust": "robuust", "niet_robuust": "niet robuust", "niet_toetsbaar": "robuustheid niet te toetsen"}
POSITIES = {
    "bovenste_kwart": "bovenste kwart",
    "midden": "midden",
    "onderste_kwart": "onderste kwart",
    "hoog": "hoogste kwart",
    "laag": "laagste kwart",
}
SOORTEN = {"JJ": "Jaar", "KW": "Kwartaal", "MM": "Maand", "HJ": "Halfjaar", "SJ": "Schooljaar"}
ZEKERHEDEN = {
    "K": "tabel en onderwerp bevestigd",
    "V": "tabel bevestigd, titel van het onderwerp nog niet",
    "U": "nog niet bevestigd",
}
AGGREGATIES = {
    "som": "optellen van de gemeenten",
    "verhouding": "som van de tellers gedeeld door som van de noemers",
    "gewogen": "gewogen gemiddelde van de gemeenten, een benadering",
    "niet": "niet: dit cijfer is niet uit gemeenten samen te stellen",
}
CSV_KOLOMMEN = (
    *("indicator", "naam", "eenheid", "regiocode", "regio", "regiosoort"),
    *("periode", "periode_naam", "waarde", "status", "leeg_reden", "opmerking"),
)


@dataclass(frozen=True)
class Blad:
    """An indicator as the page shows it: its figures, drawn, and the period and order of its municipalities."""

    indicator: Indicator
    lijn: Figuur | None
    stippen: Figuur | None
    punten: Puntbeeld | None
    totaal: bool
    kaart: Figuur | None = None


def make_bladen(rapport: Rapport, report: Callable[[str, int, int], None] | None = None) -> dict[str, Blad]:
    """Draw the figures of every indicator: id -> Blad. `report(id, done, total)` hears how far it is."""
    tekenaar = Tekenaar()
    ondergrond = make_ondergrond(rapport.grenzen, rapport.gemeenten)
    kaarttekenaar = Kaarttekenaar(ondergrond) if ondergrond else None
    bladen: dict[str, Blad] = {}
    for n, indicator in enumerate(rapport.indicatoren, start=1):
        lijn, stippen = tekenaar.draw(indicator, rapport)
        punten = make_puntbeeld(indicator, rapport.lagen, rapport.drenthe, rapport.nederland)
        totaal = is_totaal(indicator, rapport.drenthe, rapport.nederland)
        beeld = make_kaartbeeld(indicator, punten) if not totaal else None
        kaart = kaarttekenaar.draw_kaart(indicator, beeld) if kaarttekenaar and beeld else None
        bladen[indicator.id] = Blad(indicator, lijn, stippen, punten, totaal, kaart)
        if report:
            report(indicator.id, n, len(rapport.indicatoren))
    return bladen


def make_overzicht(rapport: Rapport) -> Figuur | None:
    """The map of where the municipalities lie; None where there is no map of them."""
    ondergrond = make_ondergrond(rapport.grenzen, rapport.gemeenten)
    return Kaarttekenaar(ondergrond).draw_overzicht(rapport) if ondergrond and rapport.leden else None


def data_uri(svg: str) -> Markup:
    """An SVG as an address that holds it. As an image it has an alt text that every reader knows, and its own ids."""
    return Markup("data:image/svg+xml," + quote(svg.replace('"', "'"), safe=" =:/;,()!*@+?$-_.~'{}[]|^"))


def csv_of(indicator: Indicator) -> str:
    """All values of an indicator as CSV: one row a region and period, unrounded, as Dutch spreadsheets open it.

    Semicolons, decimal comma. A missing value is an empty field with its reason beside it.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(CSV_KOLOMMEN)
    for reeks in indicator.reeksen.values():
        for p in reeks.punten:
            writer.writerow(
                (
                    indicator.id,
                    indicator.naam,
                    indicator.eenheid,
                    reeks.regio.code,
                    reeks.regio.naam,
                    reeks.regio.soort,
                    p.periode,
                    getallen.format_periode(p.periode),
                    "" if p.waarde is None else format(p.waarde, ".15g").replace(".", ","),
                    p.status,
                    p.leeg_reden or "",
                    getallen.benadering_of(p) if p.benadering else "",
                )
            )
    return text.getvalue()


def cel(punt: Punt | None, decimalen: int) -> Markup:
    """A table cell's content: the number with its marks; a symbol also in words for who listens."""
    text = getallen.format_punt(punt, decimalen)
    if punt is None or punt.waarde is None:
        return leegteken(text, getallen.explain_punt(punt))
    mark = Markup('<abbr title="{}">≈</abbr>').format(getallen.benadering_of(punt)) if punt.benadering else ""
    return Markup("{}").format(text) + mark


def verandering(indicator: Indicator, stand: Stand | None, vorige: str | None, verschil: float | None) -> str:
    """A change since an earlier period, 'reeksbreuk' where the two can not be compared, 'n.b.' where one is missing."""
    if stand is None or stand.punt is None or stand.punt.waarde is None or vorige is None:
        return "n.b."
    if indicator.crosses_break(int(vorige[:4]), stand.punt.jaar):
        return "reeksbreuk"
    return "n.b." if verschil is None else getallen.format_verschil(indicator, stand.punt.waarde, verschil)


def verschil_nl(blad: Blad, stand: Stand | None) -> str:
    """The latest value of Drenthe beside that of the Netherlands; a total as a share of it."""
    if stand is None or stand.punt is None or stand.punt.waarde is None or stand.waarde_nl is None:
        return "n.b."
    if blad.totaal:
        if stand.waarde_nl <= 0 or stand.punt.waarde < 0 or getallen.is_percentage(blad.indicator.eenheid):
            return "n.v.t."
        return f"{getallen.format_getal(100 * stand.punt.waarde / stand.waarde_nl, 1)}% van NL"
    return getallen.format_verschil(blad.indicator, stand.punt.waarde, stand.punt.waarde - stand.waarde_nl)


def walk(indicator: Indicator, regio: Regio) -> tuple[str, str]:
    """The two queries that lead from the latest figure of a region to its source cells in `monitor.duckdb`."""
    stand = indicator.standen.get(regio.code)
    periode = stand.punt.periode if stand and stand.punt else ""
    waar = (
        f"WHERE h.indicator = '{indicator.id}' AND h.uitsplitsing = 'totaal'\n"
        f"  AND h.regio = '{regio.code}' AND h.periode = '{periode}'"
    )
    return (
        f"FROM monitor.herkomst AS h\n{waar};",
        "SELECT w.*\nFROM monitor.herkomst AS h\nJOIN kern.waarneming AS w\n"
        "  ON w.bron = h.bron AND w.tabel = h.tabel AND w.onderwerp = h.onderwerp\n"
        "  AND w.uitsplitsing = h.cel_uitsplitsing AND w.regio = h.cel_regio AND w.periode = h.cel_periode\n"
        f"{waar};",
    )


def broncel(bron: Cel) -> str:
    """The value of a source cell, unrounded as the source has it, or the symbol for its absence."""
    if bron.waarde is None:
        return getallen.format_leeg(bron.leeg_reden)
    if bron.tientallen:
        return getallen.format_waarde(bron.waarde, -1, bron.status)
    return bronwaarde(bron.waarde) + getallen.STATUSTEKENS.get(bron.status, "")


def bronwaarde(waarde: float | None) -> str:
    """A number unrounded, as a source has it; 'geen' where there is none."""
    if waarde is None:
        return "geen"
    decimalen = len(format(waarde, ".12g").partition(".")[2]) if abs(waarde) >= 1e-4 else 6
    return getallen.format_getal(waarde, min(decimalen, 8))


def perioden(indicator: Indicator, regios: tuple[Regio, ...]) -> list[tuple[str, list[Punt | None]]]:
    """Rows of a table of periods, newest first: (period, a point per region)."""
    found: dict[str, float] = {p.periode: p.moment for r in regios for p in indicator.points(r.code)}
    reeksen: list[Reeks | None] = [indicator.reeksen.get(r.code) for r in regios]
    return [(p, [r.point(p) if r else None for r in reeksen]) for p in sorted(found, key=lambda p: -found[p])]


def p_waarde(p: float | None) -> str:
    """A p-value with three decimals: '0,012', 'kleiner dan 0,001'; 'niet getoetst' where there is none."""
    if p is None:
        return "niet getoetst"
    return "kleiner dan 0,001" if p < 0.0005 else getallen.format_getal(p, 3)


def bron_link(bron: Bron) -> str:
    """The page of a source for people, or empty."""
    return bron.url if bron.url.startswith("https://") else ""


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "sjablonen"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        periode=getallen.format_periode,
        datum=getallen.format_datum,
        tijdstip=getallen.format_tijdstip,
        getal=getallen.format_getal,
        waarde=getallen.format_punt,
        data_uri=data_uri,
        cel=cel,
        link=bron_link,
        tien=tien,
        procent=procent,
        quotient=quotient,
    )
    environment.globals.update(
        RICHTINGEN=RICHTINGEN,
        SOORTEN=SOORTEN,
        AGGREGATIES=AGGREGATIES,
        ZEKERHEDEN=ZEKERHEDEN,
        is_percentage=getallen.is_percentage,
        met_eenheid=getallen.with_eenheid,
        STATUS_UITLEG=getallen.STATUS_UITLEG,
        verandering=verandering,
        verschil_nl=verschil_nl,
        walk=walk,
        broncel=broncel,
        bronwaarde=bronwaarde,
        perioden=perioden,
        TRENDS=TRENDS,
        ROBUUST=ROBUUST,
        POSITIES=POSITIES,
        oordeel_zin=zinnen.oordeel_zin,
        toeval_zin=zinnen.toeval_zin,
        kanttekening=zinnen.kanttekening,
        p_waarde=p_waarde,
        STUWEND=STUWEND,
        begrip_cel=begrip_cel,
        register_kern=register_kern,
    )
    return environment


def render_page(rapport: Rapport, bladen: dict[str, Blad]) -> str:
    """The page as HTML text."""
    stijl = Markup((HERE / "stijl.css").read_text(encoding="utf-8"))
    return (
        _environment()
        .get_template("pagina.html.j2")
        .render(r=rapport, bladen=bladen, overzicht=make_overzicht(rapport), stijl=stijl, css_text=css_text)
    )


def css_text(text: str) -> Markup:
    """A text as a CSS string, for what the style sheet prints in the margin of each page."""
    safe = "".join(c if c.isalnum() or c in " .,:;-()" else f"\\{ord(c):x} " for c in text)
    return Markup(f'"{safe}"')


def write_page(rapport: Rapport, folder: Path, report: Callable[[str, int, int], None] | None = None) -> Path:
    """Write `index.html` and `data/<indicator>.csv` into `folder`, which may exist. Returns the path of the page."""
    bladen = make_bladen(rapport, report)
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    for indicator in rapport.indicatoren:
        # The mark in front lets Excel see that this is UTF-8.
        (data / f"{indicator.id}.csv").write_text(csv_of(indicator), encoding="utf-8-sig", newline="")
    index = folder / "index.html"
    index.write_text(render_page(rapport, bladen), encoding="utf-8", newline="\n")
    return index
