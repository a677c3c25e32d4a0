"""The areas within the province beside each other, and the province beside its neighbours and peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from begrippen.rekenregels import REKENREGELS
from reports import cellen
from reports.analyse import Naast
from reports.document import Alinea, Blad, Blok, Kop, Lijst
from reports.familie import uniek
from reports.gedrukt.drukwerk import STREEP_UITLEG, Drukwerk, has_dash, make_inleiding, zonder_nb, zonder_noten
from reports.gedrukt.thema import op_volgorde
from reports.getallen import join
from reports.hoofdstukken.antwoorden import make_antwoorden
from reports.hoofdstukken.tabellen import hittecel, hittekop, make_hitte, met_jaren, naam_van_rij
from reports.inhoud import Doel, Inhoud, Klein, Voorlees, plain
from reports.model import Indicator, Punt, Regio
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from reports.telzinnen import naast_telzin, onder_soort, plaats_telzin, plaatsen_toeval
from reports.zinnen import nagaan_noten

GROEP = "Verschillen"
# so many core indicators beside the peers of an area: all of them stand with the areas themselves
BIJ_SOORTGENOTEN = 5
# so many areas stand beside each other in one table of peers; more do not fit beside the names of indicators
SAMEN = 8
# signs of a quarter, and what they mean
KWARTEN = (
    ("+\N{MINUS SIGN}", "+ in het gunstigste kwart van Nederland, \N{MINUS SIGN} in het ongunstigste."),
    ("▲▼", "▲ hoogste en ▼ laagste kwart, waar geen kant de gewenste is."),
    ("≈", "≈ benadering uit de gemeenten."),
)

# the same in words, where there is room for them
KWARTWOORD = {"+": "gunstig", "\N{MINUS SIGN}": "ongunstig", "▲": "hoog", "▼": "laag"}


def kwartnoten(tabel: Tabel) -> tuple[str, ...]:
    """What the signs in the cells of this table mean, as far as it has them."""
    runs = [run.zichtbaar for r in tabel.rijen for c in r.cellen for run in c.inhoud if isinstance(run, Voorlees)]
    seen = "".join(text.strip()[:1] for text in runs)
    noot = " ".join(uitleg for tekens, uitleg in KWARTEN if any(teken in seen for teken in tekens))
    return (noot,) if noot else ()


def _in_woorden(tabel: Tabel) -> Tabel:
    """The table with words for the quarters: behind a figure a minus reads as a value that is missing."""
    groepen = tuple(
        replace(g, rijen=tuple(replace(r, cellen=tuple(map(_woordcel, r.cellen))) for r in g.rijen))
        for g in tabel.groepen
    )
    return replace(tabel, groepen=groepen)


def _woordcel(cel: Cel) -> Cel:
    inhoud = tuple(
        replace(run, zichtbaar=f" {KWARTWOORD[run.zichtbaar[1]]}{run.zichtbaar[2:]}")
        if isinstance(run, Voorlees) and run.zichtbaar[:1] == " " and run.zichtbaar[1:2] in KWARTWOORD
        else run
        for run in cel.inhoud
    )
    return replace(cel, inhoud=inhoud)


def make_verschillenblad(druk: Drukwerk) -> Blad:
    """The areas on a map with their names, and per theme how often each is favourable and unfavourable."""
    r = druk.tafel.rapport
    vraag = next((a for a in make_antwoorden(druk.tafel) if a.naar == Doel("verschillen")), None)
    zin = (
        vraag.tekst
        if vraag
        else f"Er zijn te weinig cijfers om te tellen welk gebied in {r.provincie.wie} het vaakst gunstig staat."
    )
    blokken: list[Blok] = [*make_inleiding(zin), *druk.teksten.get("verschillen", ())]
    blokken += [b for b in (druk.figuur("gebieden"), _per_thema(druk)) if b]
    return Blad(
        "verschillen-in-het-kort", "De gebieden naast elkaar", GROEP, tuple(blokken), een_pagina=True, aansluiten=True
    )


def make_gebiedenkern(druk: Drukwerk) -> Blad | None:
    """The core indicators in the COROP areas beside each other; None where none has a figure there."""
    r, gekozen = druk.tafel.rapport, druk.tafel.gekozen(druk.kern)
    tabel = make_hitte(
        druk.tafel,
        "kern-corop",
        "De kernindicatoren in de COROP-gebieden: het laatste cijfer",
        r.corop,
        [((), gekozen)],
    )
    if not r.corop or not tabel.rijen:
        return None
    tabel = _in_woorden(cellen.met_kwart(zonder_nb(tabel), "met het kwart waarin het staat"))
    getoond = [i for i in gekozen if any(i.punt(g.code) for g in r.corop)]
    noten = (*kwartnoten(tabel), *zonder_noten(gekozen, r.corop), *nagaan_noten(getoond))
    blokken = (cellen.met_vraag(replace(tabel, noten=noten)),)
    titel = "De kernindicatoren in de gebieden"
    return Blad("gebieden-kern", titel, GROEP, blokken, een_pagina=True, aansluiten=True)


def _per_thema(druk: Drukwerk) -> Tabel | None:
    """Per theme how often each COROP area is in the highest and the lowest quarter."""
    r = druk.tafel.rapport
    rijen = []
    for thema in r.themas:
        tellingen = [r.beweringen.telling("plaats", thema.id, c.code, c.soort) for c in r.corop]
        if not any(tellingen):
            continue
        cells = [
            Cel((str(t[kant]), Klein(f" van {t.van}"))) if t else Cel(cellen.nb("geen plaats"))
            for t in tellingen
            for kant in ("bovenste_kwart", "onderste_kwart")
        ]
        rijen.append(Rij((thema.naam,), tuple(cells)))
    if not rijen:
        return None
    alle = (r.beweringen.telling("plaats", t.id, c.code, c.soort) for t in r.themas for c in r.corop)
    toeval = plaatsen_toeval(*(t for t in alle if t))
    tabel = Tabel(
        "themas-corop",
        "Hoe vaak in het gunstigste en het ongunstigste kwart",
        (
            Kolom(("Thema",)),
            *(Kolom((f"{c.naam}, {kant}",), "eind") for c in r.corop for kant in ("gunstig", "ongunstig")),
        ),
        (Rijgroep(tuple(rijen)),),
        (toeval,) if toeval else (),
        dicht=True,
    )
    return zonder_nb(tabel)


def make_gemeentenblad(druk: Drukwerk) -> Blad | None:
    """Two core indicators in all municipalities by name, and all of them in a table; None where there are none."""
    r = druk.tafel.rapport
    gekozen = [i for i in druk.tafel.gekozen(druk.kern) if any(i.punt(g.code) for g in r.gemeenten)]
    figuren = [f for i in gekozen if (f := druk.figuur_van(i, "stippen"))][:2]
    tabel = _gemeentetabel(druk, gekozen)
    if not figuren and tabel is None:
        return None
    blokken: list[Blok] = [*figuren, *([tabel] if tabel else [])]
    return Blad("gemeenten", "De gemeenten naast elkaar", GROEP, tuple(blokken), een_pagina=True, aansluiten=True)


def _gemeentetabel(druk: Drukwerk, gekozen: Sequence[Indicator]) -> Tabel | None:
    """A row for each municipality; the indicators are the columns, as many as fit."""
    r = druk.tafel.rapport
    kolommen = [i for i in gekozen if len([g for g in r.gemeenten if i.punt(g.code)]) * 2 > len(r.gemeenten)][:6]
    if not kolommen:
        return None
    koppen = {i.id: hittekop(i, r.gemeenten, een_jaar=False) for i in kolommen}
    rijen = tuple(
        Rij((druk.tafel.regio(g),), tuple(hittecel(r, i, g, koppen[i.id][0]) for i in kolommen)) for g in r.gemeenten
    )
    tabel = Tabel(
        "kern-gemeenten",
        met_jaren(
            "Kernindicatoren per gemeente: het laatste cijfer",
            kolommen,
            r.gemeenten,
        ),
        (Kolom(("Gemeente",)), *(Kolom((i.naam, Klein(f" {koppen[i.id][1]}")), "eind") for i in kolommen)),
        (Rijgroep(rijen),),
        dicht=True,
    )
    tabel = replace(tabel, noten=(*kwartnoten(tabel), *nagaan_noten(kolommen)))
    return cellen.met_vraag(cellen.met_kwart(zonder_nb(tabel), "met het kwart waarin het staat onder alle gemeenten"))


def make_naastblad(druk: Drukwerk) -> Blad:
    """The province beside the provinces around it, and its areas beside those that resemble them."""
    r, buren = druk.tafel.rapport, druk.buren
    p = r.provincie
    naast = r.beweringen.telling("verschil_nl", "alles", p.code, p.soort)
    plaats = r.beweringen.telling("plaats", "alles", p.code, p.soort)
    zinnen = []
    if plaats and plaats.van >= REKENREGELS.minste_telling:
        zinnen.append(plaats_telzin(plaats, p.naam, onder_soort(p.soort)))
    elif naast and naast.van >= REKENREGELS.minste_telling:
        zinnen.append(naast_telzin(naast, p.naam, r.nederland.naam))
    namen = join([n.regio.naam for n in buren])
    naast_wie = [*(n.regio.naam for n in buren), r.nederland.naam]
    blokken = make_inleiding(
        zinnen[0]
        if zinnen
        else f"Er zijn te weinig cijfers om te zeggen hoe {p.wie} er naast de andere provincies voor staat."
    )
    kern = druk.tafel.gekozen(druk.kern)
    anders = [i for i in uniek(op_volgorde(druk, r.indicatoren)) if i not in kern]
    met = [i for i in (*kern, *anders) if i.punt(p.code) and any(i.id in n.punten for n in buren)][:15]
    if tabel := make_naasttabel(druk, ("buren", f"{p.naam} naast {join(naast_wie)}"), met, p, buren):
        blokken += [Kop(2, "Naast de provincies eromheen", "buren-kop"), tabel]
    else:
        blokken.append(Alinea((f"Voor {namen} zijn er geen cijfers om naast {p.wie} te leggen.",)))
    lijken = {c.code: n for c in r.corop if (n := druk.tafel.analyses.naast.get(c.code, ()))}
    genoten = _soortgenoten(druk, lijken)
    if genoten:
        # names beside each other, as over a table: each table of its own says so itself
        paren = [f"{c.naam} naast {join([n.regio.naam for n in lijken[c.code]])}" for c in r.corop if c.code in lijken]
        blokken += [
            Kop(2, "Naast gebieden die erop lijken", "soortgenoten-kop"),
            Alinea(
                (
                    "Van elk COROP-gebied de gebieden in Nederland die er het meest op lijken: in inwonertal, "
                    "leeftijden, bedrijfstakken en stedelijkheid.",
                )
            ),
            *((Lijst(tuple((paar,) for paar in paren)),) if len(genoten) < len(paren) else ()),
            *genoten,
        ]
    else:
        blokken.append(Alinea(("Welke gebieden op elkaar lijken, is met de cijfers van deze editie niet te zeggen.",)))
    return Blad("naast", f"{p.naam} naast andere", GROEP, tuple(blokken), een_pagina=True, aansluiten=True)


def _soortgenoten(druk: Drukwerk, lijken: Mapping[str, Sequence[Naast]]) -> list[Tabel]:
    """The areas with those that resemble them, each once: in one table where they fit, else in one for each area."""
    r, kern = druk.tafel.rapport, druk.tafel.gekozen(druk.kern)
    eigen = [c for c in r.corop if c.code in lijken]
    buiten = {n.regio.code: n.regio for naast in lijken.values() for n in naast if n.regio.code not in lijken}

    def one(regio: Regio, naast: Sequence[Naast], id_: str, titel: str) -> Tabel | None:
        met = [i for i in kern if i.punt(regio.code) and any(i.id in n.punten for n in naast)][:BIJ_SOORTGENOTEN]
        return make_naasttabel(druk, (id_, titel), met, regio, naast, land=False)

    if len(eigen) + len(buiten) > SAMEN:
        each = [
            one(c, naast, f"soortgenoten-{c.code}", f"{c.naam} naast {join([n.regio.naam for n in naast])}")
            for c in eigen
            for naast in (lijken[c.code],)
        ]
        return [t for t in each if t]
    jaren = {i.id: p.periode for i in kern if eigen and (p := i.punt(eigen[0].code))}

    def punt(i: Indicator, regio: Regio) -> Punt | None:
        """The figure of the year of the row: of our own areas all years are known, of another those beside ours."""
        reeks = i.reeksen.get(regio.code)
        own = [reeks.point(jaren[i.id]) if reeks else None]
        found = own + [n.punten.get(i.id) for naast in lijken.values() for n in naast if n.regio.code == regio.code]
        return next((p for p in found if p and p.periode == jaren[i.id]), None)

    naast = [
        Naast(g, {i.id: p for i in kern if i.id in jaren and (p := punt(i, g))}) for g in (*eigen[1:], *buiten.values())
    ]
    titel = f"{join([c.naam for c in eigen])} naast {join([g.naam for g in buiten.values()]) or 'elkaar'}"
    if not eigen or (tabel := one(eigen[0], naast, "soortgenoten", titel)) is None:
        return []
    kolommen = [replace(k, nadruk=k.nadruk or plain(k.kop) in {c.naam for c in eigen}) for k in tabel.kolommen]
    gebruikt = [i for i in kern if i.id in jaren][:BIJ_SOORTGENOTEN]
    # what is said of the figures is said of those of all our areas
    noten = dict.fromkeys((*tabel.noten, *zonder_noten(gebruikt, eigen)))
    return [replace(tabel, kolommen=tuple(kolommen), noten=tuple(noten))]


def make_naasttabel(
    druk: Drukwerk,
    titel: tuple[str, str],
    indicatoren: Sequence[Indicator],
    regio: Regio,
    naast: Sequence[Naast],
    *,
    land: bool = True,
) -> Tabel | None:
    """These indicators of a region beside those of others, all in one year; None where there is nothing beside.

    `titel`: the id and the caption.
    """
    r = druk.tafel.rapport
    if not indicatoren or not naast:
        return None
    rijen = []
    for i in indicatoren:
        punt = i.punt(regio.code)
        cells = [Cel(cellen.waarde_met_periode(punt, i.decimalen))]
        cells += [Cel(_waarde(n.punten.get(i.id), i)) for n in naast]
        if land and punt is not None:
            reeks = i.reeksen.get(r.nederland.code)
            cells.append(Cel(_waarde(reeks.point(punt.periode) if reeks else None, i)))
        rijen.append(Rij(naam_van_rij(druk.tafel, i), tuple(cells)))
    kolommen = [Kolom(("Indicator",)), Kolom((regio.naam,), "eind", nadruk=True)]
    kolommen += [Kolom((n.regio.naam,), "eind") for n in naast]
    if land:
        kolommen.append(Kolom((r.nederland.naam,), "eind"))
    tabel = zonder_nb(Tabel(*titel, tuple(kolommen), (Rijgroep(tuple(rijen)),), dicht=True))
    noot = "Alle cijfers van een rij zijn van het jaar dat erbij staat."
    noot = f"{noot} {STREEP_UITLEG}" if has_dash(tabel) else noot
    return replace(tabel, noten=(noot, *zonder_noten(indicatoren, [regio]), *nagaan_noten(indicatoren)))


def _waarde(punt: Punt | None, indicator: Indicator) -> Inhoud:
    if punt is None or punt.waarde is None:
        return cellen.nb()
    return cellen.waarde(punt, indicator.decimalen)
