"""What the pack for GS and PS tells, once for all its papers: messages, key figures, where they come from, what lacks.

Tables are those of the report, without its links: a paper that is mailed stands by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from begrippen.rekenregels import REKENREGELS
from begrippen.taal import telwoord
from reports import cellen
from reports.getallen import HARDE_SPATIE, format_datum, join
from reports.hoofdstukken.schrijftafel import Schrijftafel
from reports.hoofdstukken.tabellen import make_hitte, make_stand
from reports.inhoud import Inhoud, Klein, Merk, plain, zonder
from reports.model import Bron, Indicator, Rapport
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from reports.zinnen import corop, marge_zin, nagaan_noten, tel, zekerheid

# What the signs in the table of key figures say; the report itself has them all.
TEKENS = (
    "* voorlopig; ** nader voorlopig; n.b. niet beschikbaar; %-punt: procentpunt. Bij gunstig en ongunstig telt de "
    "gewenste richting. ‘Sinds twee jaar’ vergelijkt met twee jaar voor het laatste cijfer. "
    f"{cellen.KLEIN_UITLEG} Een trend is getoetst over hoogstens {telwoord(REKENREGELS.venster)} jaren. Plaats 1 onder "
    "de provincies is het gunstigst. Heeft een cijfer geen gewenste kant, dan is het het hoogst."
)
TEKENS_GEBIEDEN = (
    "+ in het gunstigste kwart van de COROP-gebieden in Nederland, \N{MINUS SIGN} in het ongunstigste; ▲ in het "
    "hoogste kwart, ▼ in het laagste, waar geen kant de gewenste is. ≈ benadering uit de gemeenten."
)


def zonder_koppelingen(tabel: Tabel) -> Tabel:
    """The table with the words of its links in the place of the links."""
    return replace(
        tabel,
        kolommen=tuple(replace(k, kop=zonder(k.kop)) for k in tabel.kolommen),
        groepen=tuple(
            Rijgroep(
                tuple(
                    Rij(zonder(r.kop), tuple(replace(c, inhoud=zonder(c.inhoud)) for c in r.cellen)) for r in g.rijen
                ),
                zonder(g.kop),
            )
            for g in tabel.groepen
        ),
    )


def kerncijfers(tafel: Schrijftafel) -> list[Indicator]:
    """The key figures that have a value for the province."""
    r = tafel.rapport
    return [i for i in tafel.gekozen(r.kerncijfers) if i.punt(r.provincie.code)]


def make_kerntabel(tafel: Schrijftafel) -> Tabel | None:
    """The key figures: value, beside the Netherlands, since two years, trend and place; None where there are none."""
    found = kerncijfers(tafel)
    if not found:
        return None
    naam = f"Kerncijfers van {tafel.rapport.provincie.naam}, naast Nederland en twee jaar eerder"
    tabel = make_stand(tafel, "kerncijfers", naam, [((), found)], uitleg=False)
    return cellen.met_vraag(replace(zonder_koppelingen(tabel), noten=(TEKENS,)))


def make_gebiedentabel(tafel: Schrijftafel) -> Tabel | None:
    """The key figures in the COROP areas, each marked by its quarter; None where no area has any."""
    gekozen = tafel.gekozen(tafel.rapport.kerncijfers)
    tabel = make_hitte(
        tafel,
        "gebieden",
        f"Kerncijfers in de {corop(tafel.rapport)}: het laatste cijfer",
        tafel.rapport.corop,
        [((), gekozen)],
    )
    if not tabel.rijen:
        return None
    getoond = [i for i in gekozen if any(i.punt(c.code) for c in tafel.rapport.corop)]
    tabel = cellen.met_kwart(zonder_koppelingen(tabel), "met het kwart waarin het staat")
    return cellen.met_vraag(replace(tabel, noten=(TEKENS_GEBIEDEN, *nagaan_noten(getoond))))


def bronnen_van(indicator: Indicator, regio: str) -> list[Bron]:
    """The sources under the latest figure of a region; where it is not known which, all of the indicator."""
    stand = indicator.standen.get(regio)
    found = [b for b in indicator.bronnen if stand and b.tabel in stand.tabellen]
    return found or list(indicator.bronnen)


def bron_kort(tafel: Schrijftafel, indicator: Indicator) -> str:
    """The source of the latest figure of the province in a few words: who, which table, as it stood when."""
    parts = []
    for b in bronnen_van(indicator, tafel.rapport.provincie.code):
        datum = format_datum(b.gewijzigd).replace(" ", HARDE_SPATIE)
        wanneer = f", stand {datum}" if b.gewijzigd else ""
        oud = " (ouder antwoord)" if b.verouderd else ""
        parts.append(f"{cellen.bron_voluit(tafel.rapport, b)}{wanneer}{oud}")
    return join(list(dict.fromkeys(parts)))


def zekerheid_van(tafel: Schrijftafel, indicator: Indicator) -> str:
    """How certain the latest figure of the province is."""
    punt = indicator.punt(tafel.rapport.provincie.code)
    return zekerheid(indicator, punt) if punt else "geen cijfer"


def make_brontabel(tafel: Schrijftafel) -> Tabel | None:
    """Of each key figure where it comes from and how certain it is; None where there are none."""
    rijen = tuple(
        Rij((i.naam,), (Cel((bron_kort(tafel, i),)), Cel((zekerheid_van(tafel, i),)))) for i in kerncijfers(tafel)
    )
    kolommen = (Kolom(("Kerncijfer",)), Kolom((cellen.bron_kop(tafel.rapport, "Bron"),)), Kolom(("Zekerheid",)))
    naam = "Waar de kerncijfers vandaan komen en hoe zeker zij zijn"
    return Tabel("bronnen", naam, kolommen, (Rijgroep(rijen),)) if rijen else None


# what a paper calls the figures that it chose
KERNCIJFER = ("kerncijfer", "kerncijfers")


def ontbreekt_zin(tafel: Schrijftafel, gekozen: Iterable[str] = (), wat: tuple[str, str] = KERNCIJFER) -> str:
    """Which key figures have no value for the province, and how many other indicators; what is complete is said too.

    `gekozen`: the indicators of the table that it stands under, where these are not the key figures; `wat`: their name.
    """
    r = tafel.rapport
    known = {i.id for i in r.indicatoren if i.punt(r.provincie.code)}
    namen = {n.indicator: n.naam for n in r.niet_beschikbaar} | {i.id: i.naam for i in r.indicatoren}
    eigen = [k for k in dict.fromkeys(gekozen or r.kerncijfers) if k in namen]
    weg = [namen[k] for k in eigen if k not in known]
    # out of how many: else it reads as a count of those that were counted just before
    hoeveel = tel(len(weg), *wat) if len(weg) == len(eigen) else f"{len(weg)} van de {len(eigen)} {wat[1]}"
    zin = (
        f"Van {hoeveel} hebben wij geen cijfer voor {r.provincie.wie}: "
        f"{join([naam[:1].lower() + naam[1:] for naam in weg])}. "
        if weg
        else ""
    )
    if not r.gemist:
        return f"{zin}Alle {'andere ' if weg else ''}indicatoren van deze editie hebben een cijfer."
    return f"{zin}{gemist_zin(r)} Het rapport noemt ze, met de reden."


def gemist_zin(r: Rapport) -> str:
    """How many lack a figure, out of as many as the website has; what has one nowhere is not among those."""
    ids = {i.id for i in r.indicatoren}
    nergens = sum(m.indicator not in ids for m in r.gemist)
    weg, met = len(r.gemist) - nergens, sum(bool(i.punt(r.provincie.code)) for i in r.indicatoren)
    land = len(ids) - weg - met
    zinnen = []
    if weg:
        zinnen.append(f"Van {weg} van de {len(ids)} indicatoren hebben wij geen cijfer voor {r.provincie.wie}.")
    else:
        zinnen.append(f"{'' if land else 'Alle '}{met} indicatoren hebben een cijfer voor {r.provincie.wie}.")
    if land:
        zinnen.append(f"{land} andere {'gaat' if land == 1 else 'gaan'} alleen over {r.nederland.naam}.")
    if nergens:
        zinnen.append(f"Van nog {nergens} die wij willen tonen, hebben wij nergens een cijfer.")
    return " ".join(zinnen)


def verschillen_zin(tafel: Schrijftafel) -> str:
    """What stands before the table of areas in a letter; empty where there is no such table."""
    rapport = tafel.rapport
    if make_gebiedentabel(tafel) is None:
        return ""
    return (
        f"Ook binnen {rapport.provincie.wie} zijn er verschillen. De tabel hieronder zet de "
        f"{telwoord(len(rapport.corop))} gebieden naast elkaar."
    )


def voorlopig_zin(
    tafel: Schrijftafel, gekozen: Sequence[Indicator] | None = None, wat: tuple[str, str] = KERNCIJFER
) -> str:
    """How many of the key figures may still change, or of the others in `gekozen`: those of the table that it is under.

    `wat` says what these are called there.
    """
    found = kerncijfers(tafel) if gekozen is None else gekozen
    provincie = tafel.rapport.provincie.code
    aantal = sum((p := i.punt(provincie)) is not None and p.is_voorlopig for i in found)
    if not found:
        return ""
    if not aantal:
        return f"Alle {wat[1]} zijn definitief."
    if aantal == len(found):
        begin = f"{'Het' if wat == KERNCIJFER else 'De'} {wat[0]} is" if aantal == 1 else f"Alle {wat[1]} zijn"
        return f"{begin} voorlopig: de bron kan dat nog wijzigen."
    is_zijn = "is" if aantal == 1 else "zijn"
    # of what was chosen some have no figure: these are in no count
    weg = gekozen is not None or len(found) < len(tafel.rapport.kerncijfers)
    totaal = f"{tel(len(found), *wat)}{' met een cijfer' if weg else ''}"
    return (
        f"Van de {totaal} {is_zijn} er {aantal} voorlopig: de bron kan {'dat' if aantal == 1 else 'die'} nog wijzigen."
    )


def marge_van(tafel: Schrijftafel) -> str:
    """Of how many of the key figures the margin is not published; empty where that is none."""
    return marge_zin((i, i.punt(tafel.rapport.provincie.code)) for i in kerncijfers(tafel))


def tekst_van(inhoud: Inhoud) -> str:
    """A cell as plain text: what may stand smaller between brackets, a mark behind other words on a line of its own."""
    parts: list[str] = []
    for run in inhoud:
        match run:
            case Klein():
                klein = run.tekst.strip()
                parts.append(f" ({klein})" if klein not in ("", "aantal") else "")
            case Merk():
                begin = "".join(parts).strip()
                parts.append(f"\n{run.tekst}" if begin else f"{run.teken}{HARDE_SPATIE}{run.tekst}")
            case _:
                parts.append(plain((run,)))
    return "".join(parts).strip()


def alle_teksten(tabel: Tabel) -> Iterable[tuple[str, ...]]:
    """The rows of a table as texts, its heading first; groups have no row of their own."""
    yield tuple(tekst_van(k.kop) for k in tabel.kolommen)
    for rij in tabel.rijen:
        yield (tekst_van(rij.kop), *(tekst_van(c.inhoud) for c in rij.cellen))
