"""What every printed paper needs: the figures and texts of the website to choose from, and tables without holes.

Nothing is drawn twice: a paper takes the figures that the pages of the website have. On paper nothing unfolds and
nothing is downloaded, and what has no figure is a dash, of which one place in the paper tells why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from begrippen.lijsten import REGIOSOORT_MEERVOUD
from reports import cellen
from reports.analyse import Naast
from reports.document import Alinea, Blok, Document, Figuurblok, walk
from reports.figuren import PAPIER, Doek, draw_lijn, draw_stippen, make_puntbeeld
from reports.figuurzinnen import met_uitersten, reeks_kop, reeksbeeld
from reports.getallen import join
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.tabellen import naam_met_eenheid
from reports.inhoud import Bestand, Inhoud, Koppeling, Merk, Run, Voorlees, plain
from reports.model import Indicator, Regio
from reports.stukken.kerncijfers import bronnen_van
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from reports.tekst.zinregels import split_zinnen
from reports.totaal import is_totaal
from reports.zinnen import marge_zin, nagaan_zin, tel

STREEP = "\N{EN DASH}"
# columns of where a region stands that its caption names
NAAST_LAND, SINDS = "Naast Nederland", "Sinds twee jaar"
STREEP_UITLEG = f"{STREEP} is er niet, of is niet te vergelijken."
# a line of fewer points is no course of years
LIJN_VANAF = 3
# sources that a line under a figure names
BRONNEN = 2


def make_inleiding(tekst: str) -> list[Blok]:
    """What a page opens with: its first sentence large, and what belongs to that in the letter of the page.

    Nothing where there is no sentence.
    """
    if not tekst:
        return []
    (_, eerst), *rest = split_zinnen(tekst)
    verder = tekst[len(eerst) :].strip() if rest else ""
    return [Alinea((eerst,), "inleiding"), *([Alinea((verder,))] if verder else [])]


@dataclass
class Drukwerk:
    """The desk, the figures of the website by their id, and the editors' texts by the id of a page.

    `doek` is as wide as a figure is that stands by itself on paper.
    """

    tafel: Schrijftafel
    site: Document
    teksten: Mapping[str, tuple[Blok, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._figuren = {b.id: b for blad in self.site.bladen for b in walk(blad.blokken) if isinstance(b, Figuurblok)}
        self.doek = Doek(self.tafel.neem, PAPIER)
        self._tabellen = {b.id: b for blad in self.site.bladen for b in walk(blad.blokken) if isinstance(b, Tabel)}
        self._bladen = {blad.id for blad in self.site.bladen}
        self._per_blad = {
            (blad.id, b.id): b.figuur
            for blad in self.site.bladen
            for b in walk(blad.blokken)
            if isinstance(b, Figuurblok)
        }

    @property
    def kern(self) -> tuple[str, ...]:
        """The ids of the core indicators: those of the edition, else the key figures of the policy."""
        return self.tafel.rapport.kern or self.tafel.rapport.kerncijfers

    @property
    def buren(self) -> tuple[Naast, ...]:
        """The provinces beside this one, each figure of the period in which the province has its latest."""
        return self.tafel.analyses.naast.get(self.tafel.rapport.provincie.code, ())

    def has_blad(self, id_: str) -> bool:
        """Whether the website has this page."""
        return id_ in self._bladen

    def figuur(self, id_: str) -> Figuurblok | None:
        """A figure of an analysis, with its source only."""
        found = self._figuren.get(id_)
        return replace(found, bijschrift=_without_files(found.bijschrift), uitklap=()) if found else None

    def tabel(self, id_: str) -> Tabel | None:
        """A table of the website."""
        return self._tabellen.get(id_)

    def figuur_van(self, indicator: Indicator, soort: str, regio: Regio | None = None) -> Figuurblok | None:
        """The figure of an indicator of this kind (lijn, stippen, kaart), with its name in the message."""
        found = self._figuren.get(f"{indicator.id}-{soort}")
        return self._op_papier(found, indicator, regio) if found else None

    def lijn(self, indicator: Indicator, regio: Regio) -> Figuurblok | None:
        """The course of an indicator in a region beside the country; None where that is no course."""
        getekend = self._per_blad.get((f"regio/{regio.code}", f"lijn-{indicator.id}"))
        beeld = reeksbeeld(indicator, regio, self.tafel.rapport)
        if beeld is None or beeld.lijnen[0].regio != regio or len(beeld.lijnen[0].plekken) < LIJN_VANAF:
            return None
        if regio == self.tafel.rapport.provincie and (found := self.figuur_van(indicator, "lijn")):
            return found
        figuur = getekend or draw_lijn(self.tafel.doek, indicator, beeld, regio)
        figuur = replace(figuur, kop=reeks_kop(indicator, beeld, self.tafel.rapport, regio))
        return self._op_papier(Figuurblok(f"lijn-{indicator.id}-{regio.code}", figuur), indicator, regio)

    def stippen(self, indicator: Indicator, regio: Regio) -> Figuurblok | None:
        """The municipalities of the province as the page of the indicator has them, with those of an area marked.

        A COROP area or a composite region has its own line in it, beside that of the country.
        """
        r = self.tafel.rapport
        if regio == r.provincie or (found := self.figuur_van(indicator, "stippen", regio)) is None:
            return self.figuur_van(indicator, "stippen", regio)
        beeld = make_puntbeeld(indicator, r.lagen, r.provincie, r.nederland)
        assert beeld is not None
        reeks = indicator.reeksen.get(regio.code)
        punt = reeks.point(beeld.periode) if reeks and regio.soort != "gemeente" else None
        van = regio if punt and punt.waarde is not None else r.provincie
        if punt and van == regio:
            beeld = replace(beeld, lijnen=((regio, punt), *(x for x in beeld.lijnen if x[0] == r.nederland)))
        eigen = {g.code for g in r.leden.get(regio.code, (regio,))}
        figuur = draw_stippen(self.tafel.doek, indicator, beeld, van, eigen)
        figuur = met_uitersten(figuur, indicator, beeld, r, elders=True)
        vet = f"Vet: {'de gemeenten in ' if regio.code in r.leden else ''}{regio.naam}."
        figuur = replace(figuur, noten=(*figuur.noten, vet))
        return self._op_papier(replace(found, id=f"{found.id}-{regio.code}", figuur=figuur), indicator, regio)

    def _op_papier(self, blok: Figuurblok, indicator: Indicator, regio: Regio | None) -> Figuurblok:
        regio = regio or self.tafel.rapport.provincie
        figuur = replace(blok.figuur, kop=f"{indicator.naam}. {blok.figuur.kop}")
        return replace(blok, figuur=figuur, bijschrift=(self.bron(indicator, regio),), uitklap=())

    def bron(self, indicator: Indicator, regio: Regio) -> str:
        """Where the latest figure of a region comes from, in a few words."""
        alle = [cellen.bron_voluit(self.tafel.rapport, b) for b in bronnen_van(indicator, regio.code)]
        wie = list(dict.fromkeys(alle))
        meer = f"; en nog {tel(len(wie) - BRONNEN, 'tabel', 'tabellen')}" if len(wie) > BRONNEN else ""
        return f"{cellen.bron_kop(self.tafel.rapport)} {'; '.join(wie[:BRONNEN])}{meer}." if wie else ""


def _without_files(inhoud: Inhoud) -> Inhoud:
    """A line under a figure up to where it begins to offer files."""
    kept: list[Run] = []
    for run in inhoud:
        if isinstance(run, Koppeling) and isinstance(run.naar, Bestand):
            break
        kept.append(run)
    if kept and isinstance(kept[-1], str) and kept[-1].startswith("Download"):
        kept.pop()
    return tuple(kept)


def zonder_nb(tabel: Tabel) -> Tabel:
    """The table with a dash for what is not available, and without columns that hold nothing else."""
    holes = {n for n in range(len(tabel.kolommen) - 1) if all(_is_hole(r.cellen[n]) for r in tabel.rijen)}
    groepen = tuple(
        replace(
            g,
            rijen=tuple(
                replace(r, cellen=tuple(_dash(c) for n, c in enumerate(r.cellen) if n not in holes)) for r in g.rijen
            ),
        )
        for g in tabel.groepen
    )
    kolommen = tuple(k for n, k in enumerate(tabel.kolommen) if n - 1 not in holes)
    return replace(tabel, kolommen=kolommen, groepen=groepen)


def _is_hole(cel: Cel) -> bool:
    return plain(cel.inhoud) in (cellen.NB, STREEP)


def _dash(cel: Cel) -> Cel:
    return replace(
        cel,
        inhoud=tuple(
            Voorlees(STREEP, r.gesproken) if isinstance(r, Voorlees) and r.zichtbaar == cellen.NB else r
            for r in cel.inhoud
        ),
    )


def has_dash(tabel: Tabel) -> bool:
    """Whether the reader meets a dash."""
    return any(
        isinstance(run, Voorlees) and run.zichtbaar == STREEP for r in tabel.rijen for c in r.cellen for run in c.inhoud
    )


def make_standtabel(
    druk: Drukwerk,
    id_: str,
    bijschrift: str,
    groepen: Sequence[tuple[str, Sequence[Indicator]]],
    regio: Regio,
    *,
    land: bool = True,
    naast: bool = False,
) -> Tabel | None:
    """Where a region stands: value, the country, since two years, trend, place. None where it has no value at all.

    `land`: with the value of the country too, not only the difference with it. `naast`: the caption says beside what
    the figures stand, as far as the table has it.
    """
    r = druk.tafel.rapport
    groups = tuple(
        Rijgroep(
            tuple(_rij(druk.tafel, i, regio, land=land) for i in found if i.punt(regio.code)), (kop,) if kop else ()
        )
        for kop, found in groepen
    )
    groups = tuple(g for g in groups if g.rijen)
    if not groups:
        return None
    kolommen = [
        Kolom(("Indicator",)),
        Kolom((regio.naam,), "eind", nadruk=True),
        *([Kolom((r.nederland.naam,), "eind")] if land else []),
        Kolom((NAAST_LAND,), "eind"),
        Kolom((SINDS,), "eind"),
        Kolom(("Trend",)),
        Kolom((f"Plaats onder {REGIOSOORT_MEERVOUD[regio.soort]}",)),
    ]
    tabel = zonder_nb(Tabel(id_, bijschrift, tuple(kolommen), groups, dicht=True))
    noten = [STREEP_UITLEG] if has_dash(tabel) else []
    getoond = [i for _, found in groepen for i in found if i.punt(regio.code)]
    noten += zonder_noten(getoond, [regio])
    noten += [z for z in (marge_zin((i, i.punt(regio.code)) for i in getoond), nagaan_zin(getoond)) if z]
    if naast:
        koppen = {plain(k.kop) for k in tabel.kolommen}
        erbij = [wat for kop, wat in ((NAAST_LAND, r.nederland.naam), (SINDS, "twee jaar eerder")) if kop in koppen]
        tabel = replace(tabel, bijschrift=f"{bijschrift}{f', naast {join(erbij)}' if erbij else ''}")
    return cellen.met_vraag(replace(tabel, noten=tuple(noten)))


def zonder_noten(indicatoren: Iterable[Indicator], regios: Iterable[Regio]) -> list[str]:
    """Which of these figures of these regions are an approximation without some of its municipalities, in words."""
    per: dict[tuple[str, ...], list[str]] = {}
    for i, g in product(indicatoren, regios):
        if (punt := i.punt(g.code)) and punt.zonder and i.naam not in per.setdefault(punt.zonder, []):
            per[punt.zonder].append(i.naam)
    return [f"Een benadering zonder {join(wie)}: {'; '.join(namen)}." for wie, namen in per.items()]


def _rij(tafel: Schrijftafel, indicator: Indicator, regio: Regio, *, land: bool) -> Rij:
    r = tafel.rapport
    stand, nl = indicator.standen[regio.code], indicator.standen.get(r.nederland.code)
    assert stand.punt is not None
    periode = stand.punt.periode
    oordeel = indicator.oordelen.get(regio.code)
    naast = r.beweringen.find("verschil_nl", indicator.id, regio.code)
    totaal = is_totaal(indicator, r.provincie, r.nederland)
    cells = [
        Cel(cellen.waarde_met_periode(stand.punt, indicator.decimalen)),
        *([Cel(cellen.waarde_met_periode(nl.punt if nl else None, indicator.decimalen, periode))] if land else []),
        Cel(cellen.verschil_nl(r, indicator, stand, None if totaal else naast)),
        Cel(cellen.sinds(r, indicator, regio)),
        Cel(_trend(cellen.trend(oordeel))),
        Cel(cellen.plaats(r, indicator, regio, periode)),
    ]
    return Rij(naam_met_eenheid(tafel, indicator), tuple(cells))


def _trend(inhoud: Inhoud) -> Inhoud:
    """The trend as a mark; a dash where there is none to tell."""
    merken = [run for run in inhoud if isinstance(run, Merk)]
    return cellen.nb(plain(inhoud)) if any(m.soort == "geen" for m in merken) else inhoud
