"""Tables of indicators that more than one chapter shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from begrippen.lijsten import GESCHAT, STATUS_UITLEG
from reports import cellen, zinnen
from reports.beweringzinnen import LOOPTIJD
from reports.getallen import eenheid_naast, format_eenheid, format_periode
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.inhoud import Inhoud, Klein
from reports.model import Indicator, Rapport, Regio
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel

TEKENS = (
    ". onbekend, geheim of onderdrukt (zou iets over een enkel bedrijf zeggen); 0 minder dan de helft van de eenheid; "
    "leeg: kan niet voorkomen; n.b. niet beschikbaar; * voorlopig; ** nader voorlopig; ≈ benadering.",
    "Een verschil in een percentage is in procentpunten (%-punt), bij bedragen en totalen in procenten, anders in de "
    "eenheid zelf. ‘Sinds twee jaar’ vergelijkt met twee jaar voor het laatste cijfer, nooit over een reeksbreuk heen; "
    "bij een bedrag zonder inflatie of, als er geen prijsindex is, met inflatie en zonder oordeel. "
    f"{cellen.KLEIN_UITLEG} {cellen.VRAAG_UITLEG}",
)


def naam_met_eenheid(tafel: Schrijftafel, indicator: Indicator) -> Inhoud:
    """The name as a link, with the unit where the name does not say it."""
    return (tafel.naam(indicator), *klein_eenheid(indicator.naam, indicator.eenheid))


def naam_van_rij(tafel: Schrijftafel, indicator: Indicator) -> Inhoud:
    """The same at the head of a row of figures, which says where these are estimates."""
    naam, *eenheid = naam_met_eenheid(tafel, indicator)
    if indicator.meting in GESCHAT:
        eenheid.append(Klein(f"{',' if eenheid else ''} {zinnen.SCHATTINGEN}"))
    return (naam, *eenheid)


def klein_eenheid(naam: str, eenheid: str) -> Inhoud:
    """The unit in small print behind a name, with the space before it; empty where the name says it."""
    rest = eenheid_naast(naam, eenheid)
    return (Klein(f" {format_eenheid(rest)}"),) if rest else ()


def has_stand(tafel: Schrijftafel, indicator: Indicator) -> bool:
    """Whether there is a row for it in `make_stand`: a figure for the province or for the Netherlands."""
    return any(indicator.punt(r.code) for r in (tafel.rapport.provincie, tafel.rapport.nederland))


def make_stand(
    tafel: Schrijftafel,
    id_: str,
    bijschrift: str,
    groepen: Sequence[tuple[Inhoud, Iterable[Indicator]]],
    *,
    uitleg: bool = True,
) -> Tabel:
    """Latest value and judgement of the province: value, beside the Netherlands, since two years, trend and place.

    What has a figure neither for the province nor for the Netherlands has no row. `uitleg`: with what the signs mean.
    Of how many the margin is not published stands once under the table.
    """
    r = tafel.rapport
    shown = [(kop, [i for i in indicatoren if has_stand(tafel, i)]) for kop, indicatoren in groepen]
    rows = tuple(Rijgroep(tuple(_stand_rij(tafel, i) for i in found), kop) for kop, found in shown)
    marge = zinnen.marge_zin((i, i.punt(r.provincie.code)) for _, found in shown for i in found)
    noten = (*(TEKENS if uitleg else ()), *([marge] if marge else []))
    kolommen = (
        Kolom(("Indicator",)),
        Kolom((r.provincie.naam,), "eind", nadruk=True),
        Kolom((r.nederland.naam,), "eind"),
        Kolom(("Naast Nederland",), "eind"),
        Kolom(("Sinds twee jaar",), "eind"),
        Kolom(("Trend",)),
        Kolom(("Plaats onder provincies",)),
    )
    return Tabel(id_, bijschrift, kolommen, tuple(g for g in rows if g.rijen), noten, dicht=True)


def _stand_rij(tafel: Schrijftafel, indicator: Indicator) -> Rij:
    r = tafel.rapport
    stand = indicator.standen.get(r.provincie.code)
    punt = stand.punt if stand else None
    oordeel = indicator.oordelen.get(r.provincie.code)
    # the year that stands in the row: of a figure that is not there none does
    periode = punt.periode if punt and punt.waarde is not None else None
    naast = r.beweringen.find("verschil_nl", indicator.id, r.provincie.code)
    return Rij(
        naam_met_eenheid(tafel, indicator),
        (
            Cel(cellen.laatste(r, indicator, r.provincie)),
            Cel(cellen.laatste(r, indicator, r.nederland, periode)),
            Cel(cellen.verschil_nl(r, indicator, stand, naast)),
            Cel(cellen.sinds(r, indicator, r.provincie)),
            Cel(cellen.trend(oordeel)),
            Cel(cellen.plaats(r, indicator, r.provincie, periode)),
        ),
    )


def met_jaren(bijschrift: str, indicatoren: Iterable[Indicator], regios: Sequence[Regio]) -> str:
    """A caption with the years of the latest figures under it, for cells that have no room for a year each."""
    jaren = {p.jaar for i in indicatoren for g in regios if (p := i.punt(g.code))}
    if not jaren:
        return bijschrift
    wanneer = LOOPTIJD.format(van=min(jaren), tot=max(jaren)) if len(jaren) > 1 else str(min(jaren))
    return f"{bijschrift} ({wanneer})"


def make_hitte(
    tafel: Schrijftafel,
    id_: str,
    bijschrift: str,
    regios: Sequence[Regio],
    groepen: Sequence[tuple[Inhoud, Iterable[Indicator]]],
) -> Tabel:
    """All these indicators in all these regions, each cell tinted and signed by its quarter; over it the years.

    Where these are more than one a row says of which its figures are, and a cell where it is of another; and a row says
    what its figures are where they are not just counted.
    """
    kolommen = (Kolom(("Indicator",)), *(Kolom((tafel.regio(g),), "eind") for g in regios))
    alle = [(kop, tuple(indicatoren)) for kop, indicatoren in groepen]
    getoond = [i for _, indicatoren in alle for i in indicatoren]
    een_jaar = len({p.periode for i in getoond for g in regios if (p := i.punt(g.code))}) == 1
    rows = []
    for kop, indicatoren in alle:
        rijen = tuple(
            _hitterij(tafel, i, regios, een_jaar=een_jaar) for i in indicatoren if any(i.punt(g.code) for g in regios)
        )
        if rijen:
            rows.append(Rijgroep(rijen, kop))
    return cellen.met_vraag(Tabel(id_, met_jaren(bijschrift, getoond, regios), kolommen, tuple(rows), dicht=True))


def _hitterij(tafel: Schrijftafel, indicator: Indicator, regios: Sequence[Regio], *, een_jaar: bool) -> Rij:
    periode, klein = hittekop(indicator, regios, een_jaar=een_jaar)
    kop: Inhoud = (tafel.naam(indicator), Klein(f" {klein}")) if klein else (tafel.naam(indicator),)
    return Rij(kop, tuple(hittecel(tafel.rapport, indicator, g, periode) for g in regios))


def hittekop(indicator: Indicator, regios: Sequence[Regio], *, een_jaar: bool) -> tuple[str, str]:
    """Of which period most of these regions have their figure, and what stands in small print behind the name.

    That is the unit, the period unless all figures are of `een_jaar`, and what the figures are where not just counted.
    """
    punten = {g.code: p for g in regios if (p := indicator.punt(g.code))}
    # the period of most cells, of as many the latest
    periode = max(Counter(p.periode for p in punten.values()).items(), key=lambda n: (n[1], n[0]))[0]
    soorten = {p.status for p in punten.values()}
    eigen = eenheid_naast(indicator.naam, indicator.eenheid)
    woorden = (
        format_eenheid(eigen),
        "" if een_jaar else format_periode(periode),
        (zinnen.SCHATTING if len(punten) == 1 else zinnen.SCHATTINGEN) if indicator.meting in GESCHAT else "",
        # the asterisk of a cell says it where not all of them are
        STATUS_UITLEG[soorten.pop()] if len(soorten) == 1 and all(p.is_voorlopig for p in punten.values()) else "",
    )
    return periode, ", ".join(filter(None, woorden))


def hittecel(rapport: Rapport, indicator: Indicator, regio: Regio, periode: str) -> Cel:
    """A cell of the heat table, which says of which period it is where that is another."""
    cel, punt = cellen.kwartcel(rapport, indicator, regio), indicator.punt(regio.code)
    if punt and punt.periode != periode:
        return replace(cel, inhoud=(*cel.inhoud, Klein(f" {format_periode(punt.periode)}")))
    return cel
