"""The differences within the province: all indicators in all municipalities, and a page for each area, all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from begrippen.lijsten import REGIOSOORT_MEERVOUD
from begrippen.redenzinnen import ONTBREEKREDENEN
from begrippen.rekenregels import REKENREGELS
from begrippen.taal import telwoord
from reports import cellen, zinnen
from reports.document import Alinea, Blad, Blok, Feiten, Figuur, Figuurblok, Kop, Lijst, Naast, Uitklap
from reports.downloads import gegevens
from reports.figuurzinnen import reeksbeeld
from reports.getallen import format_periode, join
from reports.hoofdstukken import hoe
from reports.hoofdstukken.indicator import HERKOMST_KOLOMMEN, draw_reeks
from reports.hoofdstukken.naast_cijfers import make_gedrukt
from reports.hoofdstukken.samenvatting import make_kerncijfers
from reports.hoofdstukken.schrijftafel import Schrijftafel, downloads, opsomming
from reports.hoofdstukken.tabellen import TEKENS, make_hitte, naam_met_eenheid
from reports.hoofdstukken.themaoverzicht import make_themaoverzicht
from reports.hoofdstukken.veelluiken import make_veelluiken
from reports.inhoud import Code, Doel, Inhoud, Koppeling, Nadruk
from reports.ledenzin import leden_zin
from reports.model import Indicator, NietBeschikbaar, Regio
from reports.standzinnen import stand_zin
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from reports.telzinnen import onder_soort, oud_zin, plaats_telzin, toestand_zinnen
from reports.totaal import is_totaal

# What a reader asks first of an area: work, income, people, and how content they are.
VOORAAN = (
    *("werkloosheid", "netto_arbeidsparticipatie", "bbp_per_inwoner", "mediaan_besteedbaar_inkomen"),
    *("bevolking", "tevredenheid_leven", "aandeel_potentiele_beroepsbevolking", "koopwoningen"),
)
# Of those, with a figure over time.
GETEKEND = 3
KORT = 6
# So many names are read in a line.
IN_EEN_REGEL = 5


def make_verschillen(tafel: Schrijftafel, teksten: Sequence[Blok] = ()) -> Blad:
    """The overview of the areas, and every indicator in every municipality and COROP area."""
    r = tafel.rapport
    lagen = join([f"de {laag}" for laag in reversed(zinnen.lagen(r))])
    blokken: list[Blok] = [
        Alinea(
            (f"Hoe verschillen {lagen}? Kies een gebied voor al zijn cijfers, of vergelijk ze in de tabellen.",),
            "inleiding",
        ),
        *teksten,
    ]
    lijst = Lijst(
        tuple((tafel.regio(c), ": ", *opsomming([tafel.regio(g) for g in r.leden.get(c.code, ())])) for c in r.corop),
        genummerd=True,
    )
    if not r.corop:
        blokken.append(Alinea((*opsomming([tafel.regio(g) for g in r.gemeenten]), ".")))
    elif tafel.landkaart and r.leden:
        blokken.append(Naast((_gebieden(tafel, tafel.landkaart.draw_overzicht(r)), lijst)))
    else:
        blokken.append(lijst)
    if veelluiken := make_veelluiken(tafel, VOORAAN, GETEKEND):
        blokken += [Kop(2, "Hoe het per gemeente ging", "per-gemeente"), Naast(veelluiken)]
    groepen: list[tuple[Inhoud, list[Indicator]]] = [((t.naam,), list(t.indicatoren)) for t in r.themas]
    uitleg = (
        "Elke cel is de laatste stand. Groen met een plus: het gunstigste kwart van alle gebieden van die soort in "
        "Nederland. Rood met een min: het ongunstigste kwart. Zonder gunstige kant staat er een driehoek bij het "
        "hoogste "
        "(▲) en het laagste (▼) kwart. Een cel zonder teken ligt in het midden of heeft geen plaats."
    )
    soorten = (
        ("corop", "COROP-gebieden", r.corop, "de 40"),
        ("gemeenten", "gemeenten", r.gemeenten, "alle gemeenten"),
    )
    for anker, wie, gebieden, onder in soorten:
        if gebieden:
            hitte = make_hitte(tafel, f"hitte-{anker}", f"Laatste stand in de {wie}", gebieden, groepen)
            tabel = cellen.met_kwart(hitte, f"met het kwart onder {onder} van Nederland")
            blokken.append(Kop(2, f"Alle indicatoren in de {wie}", anker))
            # who has no place in the whole table is told nothing of quarters
            blokken += [*([Alinea((uitleg,), "noot")] if tabel != hitte else []), tabel]
    blokken += [
        Alinea((TEKENS[0],), "noot"),
        Alinea(downloads(tafel.standen(), "deze tabellen, met het oordeel"), "bron"),
    ]
    return Blad(
        "verschillen",
        _groep(tafel),
        _groep(tafel),
        tuple(blokken),
        kort="Alle gebieden naast elkaar",
        liggend=True,
    )


def _groep(tafel: Schrijftafel) -> str:
    return f"Verschillen binnen {tafel.rapport.provincie.wie}"


def _gebieden(tafel: Schrijftafel, figuur: Figuur) -> Figuurblok:
    """The map of the areas, with the list of which municipality lies where."""
    r = tafel.rapport
    rijen = [(c.code, c.naam, g.code, g.naam) for c in r.corop for g in r.leden.get(c.code, ())]
    bestanden = tafel.bewaar_rijen("data/gebieden-en-gemeenten", "Gemeenten per COROP-gebied", gegevens.GEBIED, rijen)
    codes = ", ".join(f"'{c.code}'" for c in r.corop)
    sql = (
        f"SELECT regio, lid\nFROM kern.regio_lid\nWHERE regio IN ({codes}) AND geldig_tot IS NULL\nORDER BY regio, lid;"
    )
    return Figuurblok(
        "gebieden",
        figuur,
        downloads(bestanden, "de gebieden"),
        uitklap=(hoe.of_analyse("de gebieden", sql),),
    )


def make_regio(tafel: Schrijftafel, regio: Regio, teksten: Sequence[Blok] = ()) -> Blad:
    """The page of an area: what matters first, then all its figures with trend, place, certainty and source."""
    r = tafel.rapport
    met = [i for i in r.indicatoren if i.punt(regio.code)]
    # what there is for the country only is lacking nowhere
    zonder = _zonder(tafel, regio)
    blokken: list[Blok] = [*_inleiding(tafel, regio), *teksten]
    if kern := make_kerncijfers(tafel, VOORAAN, regio):
        blokken.append(kern)
    blokken += make_themaoverzicht(tafel, regio)
    vooraan = [i for i in tafel.gekozen(VOORAAN) if i.punt(regio.code)][:KORT]
    if items := _items(tafel, regio, vooraan):
        blokken += [Kop(2, "In het kort", "kort"), Lijst(tuple(items))]
    if figuren := _figuren(tafel, regio, vooraan[:GETEKEND]):
        blokken.append(Naast(figuren))
    blokken.append(Kop(2, "Alle cijfers", "cijfers"))
    blokken.append(
        Alinea(
            (
                "Bij elk cijfer staat hoe zeker het is, en de tabel waar het uit komt. De naam van een indicator "
                "leidt naar "
                "de uitleg, de figuren en de herkomst. ",
                *downloads(
                    tafel.bewaar_rijen(
                        f"data/regio/{regio.code}",
                        regio.naam,
                        gegevens.CIJFER,
                        gegevens.of_regio(met, regio.code, voorbeeld=tafel.voorbeeld),
                    ),
                    regio.naam,
                ),
            )
        )
    )
    blokken.append(_tabel(tafel, regio))
    if zonder:
        blokken.append(Kop(2, "Niet beschikbaar", "niet-beschikbaar"))
        blokken += [
            Alinea(
                (
                    f"Van deze indicatoren is er voor {regio.wie} geen cijfer. Wat er voor heel {r.provincie.wie} "
                    "niet is, staat met de reden bij ",
                    Koppeling("niet beschikbaar", Doel("niet-beschikbaar")),
                    ".",
                )
            ),
            *_namen(tafel, zonder),
        ]
    blokken += make_gedrukt(tafel, regio)
    if uit := _broncellen(tafel, regio, met):
        blokken.append(Kop(2, "Herkomst", "herkomst"))
        blokken.append(
            Alinea(
                (
                    "Welke cellen van de bron onder elk laatste cijfer liggen, is in de webversie van deze bladzijde "
                    "open te klappen. In de database staan zij in ",
                    Code("monitor.herkomst"),
                    ".",
                )
            )
        )
        blokken.append(uit)
    return Blad(f"regio/{regio.code}", regio.titel, _groep(tafel), tuple(blokken), kort=regio.naam)


def _namen(tafel: Schrijftafel, zonder: dict[str, list[Indicator]]) -> list[Blok]:
    """Names under what they share: a few in a line, and more as a list that a reader opens."""
    kort = tuple((kop, tafel.namen(found)) for kop, found in zonder.items() if len(found) <= IN_EEN_REGEL)
    lang = (
        Uitklap(f"{kop} ({len(found)} indicatoren)", (Lijst(tuple((tafel.naam(i),) for i in found)),))
        for kop, found in zonder.items()
        if len(found) > IN_EEN_REGEL
    )
    return [*([Feiten(kort)] if kort else []), *lang]


def _zonder(tafel: Schrijftafel, regio: Regio) -> dict[str, list[Indicator]]:
    """What an area has no figure of: by theme, or by the reason where that lies with its members."""
    found: dict[str, list[Indicator]] = {}
    for thema in tafel.rapport.themas:
        for i in thema.indicatoren:
            if _ontbreekt(tafel, i, regio):
                kop = leden_zin(tafel.rapport, i, regio) if regio.soort == "samengesteld" else thema.naam
                found.setdefault(kop, []).append(i)
    return found


def _ontbreekt(tafel: Schrijftafel, indicator: Indicator, regio: Regio) -> bool:
    """Whether an area has no figure where the province or another area has one."""
    r = tafel.rapport
    return not indicator.punt(regio.code) and any(indicator.punt(g.code) for g in (r.provincie, *r.gebieden))


def _items(tafel: Schrijftafel, regio: Regio, vooraan: Sequence[Indicator]) -> list[Inhoud]:
    """What a reader asks first, in that order: where the area stands, or why that is not known."""
    redenen = {n.indicator: n for n in tafel.rapport.niet_beschikbaar}
    items: list[Inhoud] = []
    for id_ in VOORAAN:
        indicator = tafel.indicator(id_)
        if indicator is not None and indicator in vooraan:
            items.append(_kort(tafel, regio, indicator))
        elif id_ in redenen and not (indicator and indicator.punt(regio.code)):
            items.append(_geen_cijfer(tafel, regio, redenen[id_]))
    return items


def _geen_cijfer(tafel: Schrijftafel, regio: Regio, reden: NietBeschikbaar) -> Inhoud:
    """Why an area has no figure, and which of its municipalities have one."""
    indicator = tafel.indicator(reden.indicator)
    leden = [g for g in tafel.rapport.leden.get(regio.code, ()) if indicator and indicator.punt(g.code)]
    wel: Inhoud = (" Er is wel een cijfer voor ", *opsomming([tafel.regio(g) for g in leden]), ".") if leden else ()
    waarom = reden.uitleg or reden.reden
    # what the source has not of the province, says nothing of another area
    if reden.reden in ("niveau", "leeg") and regio != tafel.rapport.provincie:
        waarom = f"{ONTBREEKREDENEN[reden.reden].capitalize()}."
    if indicator is not None and leden and regio.soort == "samengesteld":
        # why the province has none says nothing of an area that is made of other municipalities
        waarom = f"{leden_zin(tafel.rapport, indicator, regio)}."
    return (Nadruk(f"{reden.naam}:"), f" geen cijfer voor {regio.wie}. {waarom}", *wel, *_buiten(tafel, regio, leden))


def _buiten(tafel: Schrijftafel, regio: Regio, met_cijfer: Sequence[Regio]) -> Inhoud:
    """Which members lie outside the province: of these the report shows no figure, which is not that there is none."""
    r = tafel.rapport
    buiten = [g.naam for g in r.leden.get(regio.code, ()) if g not in r.gebieden] if met_cijfer else []
    if not buiten:
        return ()
    ligt = "ligt" if len(buiten) == 1 else "liggen"
    return (f" {join(buiten)} {ligt} buiten {r.provincie.wie}: daarvan toont dit rapport geen cijfers.",)


def _kort(tafel: Schrijftafel, regio: Regio, indicator: Indicator) -> Inhoud:
    """Where the area stands on one indicator, with the source and the way to the rest."""
    return (
        Nadruk(f"{zinnen.naam_in_zin(indicator)}:"),
        f" {stand_zin(indicator, regio, tafel.rapport)} Bron: ",
        *_bron(tafel, indicator, indicator.standen[regio.code].tabellen),
        ". ",
        _lees(tafel, indicator),
    )


def _lees(tafel: Schrijftafel, indicator: Indicator) -> Koppeling:
    return Koppeling("Herkomst en uitleg", tafel.doel(indicator), f" van {indicator.naam}")


def _inleiding(tafel: Schrijftafel, regio: Regio) -> list[Blok]:
    """What the area is and whether it is better off; the counts that this is made of in the letter of the page."""
    r = tafel.rapport
    leden = r.leden.get(regio.code, ())
    if regio == r.provincie:
        begin: Inhoud = (f"Alle cijfers van de {r.gebied.provincie}, met {telwoord(len(r.gemeenten))} gemeenten.",)
    elif regio.soort == "samengesteld":
        namen = [tafel.regio(g) if g in r.gemeenten else g.naam for g in leden]
        heet = f" Hier heet het verder {regio.naam}." if regio.officieel else ""
        begin = (
            "Samengesteld gebied met ",
            *opsomming(namen),
            f".{heet} Wat niet uit zijn gemeenten is te rekenen, is n.b.",
        )
    elif regio.soort == "corop":
        begin = ("COROP-gebied met ", *opsomming([tafel.regio(g) for g in leden]), ".")
    else:
        corop = next((c for c in r.corop if regio in r.leden.get(c.code, ())), None)
        begin = ("Gemeente in ", tafel.regio(corop), ".") if corop else ("Gemeente.",)
    plaats = r.beweringen.telling("plaats", "alles", regio.code, regio.soort)
    sinds = r.beweringen.telling("verandering", "alles", regio.code, regio.soort)
    kop, *zinnetjes = toestand_zinnen(r.beweringen, regio, r.editie) or [""]
    if sinds and not kop:
        zinnetjes.append(oud_zin(sinds.eerste, r.editie))
    if plaats and plaats.van >= REKENREGELS.minste_telling:
        zinnetjes.append(plaats_telzin(plaats, regio.wie, onder_soort(regio.soort)))
    verder = " ".join(z for z in zinnetjes if z)
    return [
        Alinea((*begin, *([f" {kop}"] if kop else [])), "inleiding"),
        *([Alinea((verder,))] if verder else []),
    ]


def _figuren(tafel: Schrijftafel, regio: Regio, indicatoren: Sequence[Indicator]) -> tuple[Figuurblok, ...]:
    r = tafel.rapport
    drawn = []
    for indicator in indicatoren:
        beeld = reeksbeeld(indicator, regio, r)
        if beeld is not None and beeld.lijnen[0].regio == regio:
            figuur = draw_reeks(tafel, indicator, beeld, regio)
            figuur = replace(figuur, kop=f"{indicator.naam}. {figuur.kop}")
            uitleg = hoe.of_indicator(tafel, indicator, [lijn.regio for lijn in beeld.lijnen], "lijn")
            drawn.append(Figuurblok(f"lijn-{indicator.id}", figuur, uitklap=(uitleg,)))
    return tuple(drawn)


def _tabel(tafel: Schrijftafel, regio: Regio) -> Tabel:
    kolommen = (
        Kolom(("Indicator",)),
        Kolom(("Waarde",), "eind", nadruk=True),
        Kolom(("Sinds twee jaar",), "eind"),
        Kolom(("Naast Nederland",), "eind"),
        Kolom(("Trend",)),
        Kolom((f"Plaats onder {REGIOSOORT_MEERVOUD[regio.soort]}",)),
        Kolom(("Hoe zeker",)),
        Kolom(("Bron",)),
    )
    groepen = []
    for thema in tafel.rapport.themas:
        rijen = tuple(_rij(tafel, regio, i) for i in thema.indicatoren if i.punt(regio.code))
        if rijen:
            groepen.append(Rijgroep(rijen, (thema.naam,)))
    bijschrift = f"{regio.naam}: laatste stand van elke indicator, vergeleken met twee jaar eerder en met Nederland"
    marge = zinnen.marge_zin((i, i.punt(regio.code)) for t in tafel.rapport.themas for i in t.indicatoren)
    noten = (*TEKENS, *([marge] if marge else []))
    return Tabel("alle-cijfers", bijschrift, kolommen, tuple(groepen), noten, dicht=True)


def _rij(tafel: Schrijftafel, regio: Regio, indicator: Indicator) -> Rij:
    r = tafel.rapport
    stand = indicator.standen[regio.code]
    punt = stand.punt
    assert punt is not None
    oordeel = indicator.oordelen.get(regio.code)
    naast = r.beweringen.find("verschil_nl", indicator.id, regio.code)
    nl: Inhoud = (
        cellen.verschil_nl(r, indicator, stand, naast)
        if not is_totaal(indicator, r.provincie, r.nederland)
        else cellen.verschil_nl(r, indicator, stand)
    )
    return Rij(
        naam_met_eenheid(tafel, indicator),
        (
            Cel(cellen.waarde_met_periode(punt, indicator.decimalen)),
            Cel(cellen.sinds(r, indicator, regio)),
            Cel(nl),
            Cel(cellen.trend(oordeel)),
            Cel(cellen.plaats(r, indicator, regio, punt.periode)),
            Cel((zinnen.zekerheid(indicator, punt),)),
            Cel(_bron(tafel, indicator, stand.tabellen)),
        ),
    )


def _bron(tafel: Schrijftafel, indicator: Indicator, tabellen: Sequence[str]) -> Inhoud:
    per_tabel = {b.tabel: b for b in indicator.bronnen}
    runs: list[Inhoud] = []
    for tabel in tabellen:
        bron = per_tabel.get(tabel)
        runs.append((*((", ",) if runs else ()), *(cellen.bron_naam(bron) if bron else (tabel,))))
    return tuple(run for part in runs for run in part) or cellen.nb("geen bron")


def _broncellen(tafel: Schrijftafel, regio: Regio, indicatoren: Sequence[Indicator]) -> Uitklap | None:
    """The source cells under every figure of the table: the last step of the walk back, on the page itself."""
    groepen = []
    for indicator in indicatoren:
        rijen = tuple(Rij((c.rol,), cellen.broncel_rij(c)) for c in indicator.herkomst.get(regio.code, ()))
        if rijen:
            punt = indicator.punt(regio.code)
            wanneer = f" {format_periode(punt.periode)}" if punt else ""
            groepen.append(Rijgroep(rijen, (f"{indicator.naam}{wanneer} ", Code(indicator.id))))
    if not groepen:
        return None
    aantal = sum(len(g.rijen) for g in groepen)
    tabel = Tabel(
        "broncellen",
        f"{regio.naam}: de cellen van de bronnen onder elk laatste cijfer",
        HERKOMST_KOLOMMEN,
        tuple(groepen),
        dicht=True,
    )
    return Uitklap(f"Uit welke cellen komen deze cijfers ({aantal})", (tabel,), f" van {regio.wie}")
