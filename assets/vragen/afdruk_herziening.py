"""What `monitor herziening` found, as plain lines for a terminal."""

from __future__ import annotations

from assets.vragen.herziening import Herziening, Herzieningbeeld, Vergelijking
from assets.vragen.opmaak import format_moment, melding_regels, row, table
from begrippen.lijsten import LIJSTEN
from reports.getallen import format_getal, format_periode

REGELS = 40
TEGENOVER = {"vorige_publicatie": "de vorige publicatie", "vorige_editie": "de vorige editie"}


def _relative(oud: float, nieuw: float) -> str:
    """The change in percent; beside a base of nearly nothing only that it is large."""
    if not oud:
        return ""
    percent = 100 * (nieuw - oud) / abs(oud)
    return f"{format_getal(percent, 1, teken=True)}%" if abs(percent) <= 1000 else "> 1.000%"


def _change(h: Herziening) -> str:
    assert h.oud is not None
    assert h.nieuw is not None
    values = f"{format_getal(h.oud, h.decimalen)} -> {format_getal(h.nieuw, h.decimalen)}"
    return f"{h.regio_naam} {format_periode(h.periode)}: {values} {_relative(h.oud, h.nieuw)}".rstrip()


def _overzicht(b: Vergelijking) -> list[str]:
    counted = LIJSTEN["herzieningsoort"]
    rows = [
        (t.indicator, *(str(t.aantallen.get(s, 0)) for s in counted), _change(t.grootste) if t.grootste else "")
        for t in b.tellingen
    ]
    total = sum(sum(t.aantallen.values()) for t in b.tellingen)
    lines = table(("indicator", *counted, "grootste verandering"), rows, frozenset({1, 2, 3, 4}))
    lines.append(f"Samen {format_getal(total, 0)} waarden van {len(rows)} indicatoren.")
    return lines


def _regels(b: Vergelijking) -> list[str]:
    def value(waarde: float | None, h: Herziening) -> str:
        return "n.b." if waarde is None else format_getal(waarde, h.decimalen)

    rows = [
        (
            f"{h.regio_naam} ({h.regio})",
            format_periode(h.periode),
            value(h.oud, h),
            value(h.nieuw, h),
            _relative(h.oud, h.nieuw) if h.oud is not None and h.nieuw is not None else "",
            h.soort,
        )
        for h in b.regels[:REGELS]
    ]
    lines = table(("regio", "periode", "oud", "nieuw", "verschil", "soort"), rows, frozenset({2, 3, 4}))
    more = len(b.regels) - REGELS
    return lines + ([f"  en nog {more}; alle staan in monitor.herziening"] if more > 0 else [])


def show_herziening(b: Herzieningbeeld) -> str:
    """What changed since the previous publication or edition."""
    lines = ["Wat er veranderde", f"Bouw {format_moment(b.bouw)}", *melding_regels(b.soort)]
    if not b.vergeleken:
        lines += ["", "Dit is de eerste publicatie: er is geen vorige om mee te vergelijken."]
        for tabel, titel, aantal in b.herziene_cellen:
            lines.append(
                f"  {tabel} {titel}: de bron herzag {format_getal(aantal, 0)} cellen sinds wij haar antwoorden bewaren "
                "(kern.waarneming_versie)"
            )
        return "\n".join(lines)
    for deel in b.vergeleken:
        lines += ["", f"Sinds {TEGENOVER[deel.tegenover]} ({format_moment(deel.vorige)})"]
        for soort, what in (("nieuw", "Nieuwe kaart"), ("vervallen", "Vervallen"), ("definitie", "Andere kaart")):
            changed = [k for k in deel.kaarten if k.soort == soort]
            names = (f"{k.indicator} ({', '.join(k.velden)})" if k.velden else k.indicator for k in changed)
            lines += row(f"  {what}", ", ".join(names)) if changed else []
        if not deel.tellingen:
            lines.append("  geen enkele waarde veranderde")
        elif deel.regels:
            lines += _regels(deel)
        else:
            lines += [*_overzicht(deel), f"Per waarde: monitor herziening --indicator {deel.tellingen[0].indicator}"]
    return "\n".join(lines)
