"""How the main report begins: contents, answers and messages, the core indicators, and what changed since last time."""

from __future__ import annotations

from collections.abc import Sequence

from begrippen.rekenregels import REKENREGELS
from begrippen.taal import telwoord
from reports import cellen
from reports.bewering import Bewering
from reports.document import Alinea, Blad, Blok, Feiten, Kop, Lijst, Melding
from reports.gedrukt.drukwerk import Drukwerk, make_inleiding, make_standtabel, zonder_nb
from reports.getallen import format_datum, join
from reports.hoofdstukken.antwoorden import gezegd, make_antwoord, make_antwoorden, onder_antwoord
from reports.hoofdstukken.boodschappen import make_boodschappen
from reports.hoofdstukken.samenvatting import kop_boodschappen
from reports.html import notices
from reports.inhoud import Doel, Koppeling, Merk, Nadruk
from reports.pdf import INHOUDSOPGAVE
from reports.zinnen import tel

MEER = "meer-weten"
ONTBREEKT = "ontbreekt"


def make_inhoud(druk: Drukwerk) -> Blad:
    """The contents with their pages, and how to read a verdict."""
    blokken: list[Blok] = []
    if gezegd := notices(druk.site):
        # the line in the margin is not read out
        blokken.append(Melding("let op", (Alinea((" ".join(gezegd),)),)))
    blokken += [
        Kop(2, "Zo leest u dit rapport", "lezen"),
        Feiten(
            (
                (
                    "Gunstig en ongunstig",
                    (
                        Merk("+", "gunstig", "gunstig"),
                        " betekent dat een cijfer de gewenste kant op gaat of beter is dan waar het naast staat, ",
                        Merk("\N{MINUS SIGN}", "ongunstig", "ongunstig"),
                        " het omgekeerde, ",
                        Merk("=", "gelijk", "neutraal"),
                        " (of klein of toeval?) dat er geen duidelijk verschil is. Het is een signaal, en geen "
                        "waardering van beleid.",
                    ),
                ),
                (
                    "Sinds twee jaar",
                    (
                        f"het verschil met twee jaar voor het laatste cijfer. {cellen.KLEIN_UITLEG} Van een "
                        "bedrag is, waar dat kan, de inflatie eraf.",
                    ),
                ),
                (
                    "Trend",
                    (
                        f"hoe het cijfer over hoogstens {telwoord(REKENREGELS.venster)} jaar beweegt, getoetst; twee "
                        "jaar kan de andere kant op gaan.",
                    ),
                ),
                ("Plaats", ("plaats 1 is het gunstigst. Heeft een cijfer geen gewenste kant, dan is het het hoogst.",)),
                (
                    "Zekerheid",
                    ("* is voorlopig: de bron kan het nog wijzigen. ≈ is een benadering. \N{EN DASH} is er niet.",),
                ),
            )
        ),
        Alinea(
            (
                f"Dit is het hoofdrapport. Van {join(_gebieden(druk))} is er een gebiedsblad van twee bladzijden. De "
                "bijlage verantwoording zegt hoe de cijfers tot stand komen. Elke indicator, met figuren, herkomst en "
                "downloads, staat op de website.",
            )
        ),
    ]
    return Blad(INHOUDSOPGAVE, "Inhoud", "", tuple(blokken), een_pagina=True)


def _gebieden(druk: Drukwerk) -> list[str]:
    r = druk.tafel.rapport
    namen = [r.provincie.wie]
    if r.corop:
        namen.append(f"de {telwoord(len(r.corop))} COROP-gebieden")
    namen.append(f"de {telwoord(len(r.gemeenten))} gemeenten")
    if r.samengesteld:
        namen.append(f"{tel(len(r.samengesteld), 'samengestelde regio', 'samengestelde regio’s')}")
    return namen


def make_antwoordenblad(druk: Drukwerk) -> Blad:
    """Three questions with their answers, and the messages."""
    r = druk.tafel.rapport
    antwoord = make_antwoord(druk.tafel) or (
        f"De cijfers van deze editie zeggen niet in één zin of het met {r.provincie.wie} de gewenste kant op gaat."
    )
    blokken = make_inleiding(antwoord)
    antwoorden = make_antwoorden(druk.tafel)
    for vraag in antwoorden:
        blokken += [Kop(2, vraag.kop, f"vraag-{len(blokken)}"), Alinea((vraag.tekst,))]
        blokken += onder_antwoord(vraag)
    if boodschappen := make_boodschappen(druk.tafel, gezegd(antwoorden)):
        kop = kop_boodschappen(len(boodschappen))
        items = tuple((Nadruk(b.kop), f" {b.tekst}") for b in boodschappen)
        blokken += [Kop(2, kop, "boodschappen"), Lijst(items, genummerd=True)]
    return Blad("antwoorden", f"Hoe gaat het met {r.provincie.wie}?", "In het kort", tuple(blokken), een_pagina=True)


def make_kernblad(druk: Drukwerk) -> Blad:
    """The core indicators in one table, and which of them have no figure."""
    r = druk.tafel.rapport
    gekozen = druk.tafel.gekozen(druk.kern)
    tabel = make_standtabel(
        druk,
        "kernindicatoren",
        f"Kernindicatoren van {r.provincie.naam}",
        [("", gekozen)],
        r.provincie,
        naast=True,
    )
    met = [i for i in gekozen if i.punt(r.provincie.code)]
    blokken: list[Blok] = [
        *make_inleiding(_kern_zin(druk, len(met))),
        *([tabel] if tabel else []),
    ]
    if zonder := _zonder(druk):
        blokken.append(
            Alinea(
                (
                    f"Geen cijfer voor {r.provincie.wie} is er in deze editie van: {join(zonder)}. ",
                    Koppeling("De reden staat bij wat wij niet kunnen zeggen", Doel(ONTBREEKT)),
                    ".",
                )
            )
        )
    blokken.append(
        Alinea(
            (
                "De editie kiest deze indicatoren, elk met een reden, en nooit twee die hetzelfde meten. Van alle "
                "andere staan de cijfers op de website.",
            ),
            "noot",
        )
    )
    return Blad("kern", "De kernindicatoren", "In het kort", tuple(blokken), een_pagina=True, aansluiten=True)


def _kern_zin(druk: Drukwerk, aantal: int) -> str:
    r = druk.tafel.rapport
    counts, vergeleken, claims = {"gunstig": 0, "ongunstig": 0}, 0, []
    for indicator in druk.tafel.gekozen(druk.kern):
        b = next(
            (
                found
                for soort in ("verandering", "verandering_reeel")
                if (found := r.beweringen.find(soort, indicator.id, r.provincie.code)) and found.met_kant
            ),
            None,
        )
        if b is not None:
            vergeleken += 1
            counts[b.oordeel] = counts.get(b.oordeel, 0) + 1
            claims.append(b)
    if not vergeleken:
        return f"Van {tel(aantal, 'kernindicator', 'kernindicatoren')} is er een cijfer voor {r.provincie.wie}."
    beter, slechter = counts["gunstig"], counts["ongunstig"]
    zin = (
        f"Van de {tel(vergeleken, 'kernindicator', 'kernindicatoren')} die wij kunnen vergelijken, "
        f"{'is' if beter == 1 else 'zijn'} er {beter or 'geen'} beter en {slechter or 'geen'} slechter dan twee jaar "
        "eerder."
    )
    # as monitor.bewering has it for the answer: the sign test, with its continuity correction
    if 0 < abs(beter - slechter) <= 1 + REKENREGELS.marge_se * (beter + slechter) ** 0.5:
        zin += " Met zo weinig kan dat verschil toeval zijn."
    return f"{zin} De cijfers zijn van {_jaren(claims)}.{_toeval(claims)}"


def _jaren(claims: Sequence[Bewering]) -> str:
    van, tot = min(b.periode for b in claims)[:4], max(b.periode for b in claims)[:4]
    return van if van == tot else f"{van} tot en met {tot}"


def _toeval(claims: Sequence[Bewering]) -> str:
    """Of how many that moved the source gives no margin; empty where it gives all."""
    aantal = sum(b.zekerheid == "marge_onbekend" and b.oordeel in ("gunstig", "ongunstig") for b in claims)
    kan = "kan" if aantal == 1 else "kunnen"
    return f" {aantal} daarvan {kan} toeval zijn: de bron geeft er geen marge bij." if aantal else ""


def _zonder(druk: Drukwerk) -> list[str]:
    """The names of the core indicators without a figure for the province, in their order."""
    r = druk.tafel.rapport
    namen = {n.indicator: n.naam for n in r.niet_beschikbaar} | {i.id: i.naam for i in r.indicatoren}
    met = {i.id for i in r.indicatoren if i.punt(r.provincie.code)}
    return [_klein(namen[k]) for k in druk.kern if k in namen and k not in met]


def _klein(naam: str) -> str:
    return naam if naam[1:2].isupper() else naam[:1].lower() + naam[1:]


def _hoeveel(aantal: int, van: int) -> str:
    """'Alle 3 kernindicatoren uit de vorige editie hebben', 'Van de 3 ... heeft er 1'."""
    wat = f"{van} kernindicatoren uit de vorige editie"
    if aantal == van > 1:
        return f"Alle {wat} hebben"
    return f"Van de {wat} {'heeft' if aantal == 1 else 'hebben'} er {aantal or 'geen'}"


def make_veranderd_blad(druk: Drukwerk) -> Blad:
    """Since the previous edition: what really changed, what the source revised, what is measured otherwise."""
    r = druk.tafel.rapport
    verschillen = druk.tabel("edities")
    blokken: list[Blok] = []
    if verschillen is None:
        zin = "Er is geen vorige editie die met deze monitor is gemaakt: er is nog niets om mee te vergelijken."
        blokken += make_inleiding(zin)
    else:
        kern = [v for v in druk.tafel.analyses.editieverschillen if v.indicator in druk.kern]
        nieuwer = sum(bool(v.verandering) for v in kern)
        herzien = sum(bool(v.herziening) for v in kern)
        anders = sum(bool(v.definitie) for v in kern)
        blokken += make_inleiding(
            f"{_hoeveel(nieuwer, len(kern))} een nieuwer jaar met een ander cijfer; bij {herzien or 'geen'} herzag de "
            f"bron haar cijfers, en bij {anders or 'geen'} meten wij iets anders. Eén cijfer kan bij alle drie horen."
        )
        ids = {v.indicator for v in kern}
        names = {i.naam for i in druk.tafel.gekozen(druk.kern) if i.id in ids}
        groepen = tuple(
            type(g)(tuple(row for row in g.rijen if _naam(row.kop) in names), g.kop) for g in verschillen.groepen
        )
        if any(g.rijen for g in groepen):
            tabel = type(verschillen)(
                "kern-edities",
                verschillen.bijschrift,
                verschillen.kolommen,
                groepen,
                verschillen.noten,
                dicht=True,
            )
            blokken.append(zonder_nb(tabel))
    if r.herziening and r.herziening.vorige:
        blokken.append(
            Alinea(
                (
                    f"De vorige publicatie is van {format_datum(r.herziening.vorige)}. ",
                    Koppeling("Wat er sindsdien veranderde", Doel("veranderd", "publicatie")),
                    " staat op de website.",
                )
            )
        )
    return Blad(
        "sinds-vorige", "Sinds de vorige editie", "In het kort", tuple(blokken), een_pagina=True, aansluiten=True
    )


def _naam(kop: tuple[object, ...]) -> str:
    return str(getattr(kop[0], "tekst", kop[0]))
