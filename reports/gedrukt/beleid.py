"""What the province wants and does, beside the figures: tasks with their chain, the regional deal, signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reports.document import Alinea, Blad, Blok
from reports.familie import uniek
from reports.gedrukt.drukwerk import Drukwerk, make_inleiding, make_standtabel, zonder_nb
from reports.gedrukt.thema import RIJEN, op_volgorde
from reports.getallen import format_euro
from reports.hoofdstukken.beleidsblad import GEEN_EFFECT, NIETS_AANGELEVERD, Regel
from reports.hoofdstukken.thema import beeld_aantallen
from reports.inhoud import Doel, Inhoud, Klein, Koppeling, plain
from reports.patroon import Kolomvak, tabel
from reports.tabel import Rij, Rijgroep, Tabel
from reports.zinnen import noem, tel

GROEP = "Beleid"
SIGNALEN, PANEEL = 8, 6


def make_ketenblad(druk: Drukwerk) -> Blad | None:
    """All tasks in one table, each with what belongs to it; None for a province without tasks."""
    r = druk.tafel.rapport
    if not r.beleid.opgaven:
        return None
    u = r.uitvoering
    rijen = u.rijen("ketting") if u else []
    blokken: list[Blok] = [
        Alinea(
            (
                f"Bij elke opgave staat hoe {r.provincie.wie} ervoor staat, wat mensen zien, wat de provincie wil doen "
                "en wat zij daarvoor gebruikt.",
            ),
            "inleiding",
        ),
        Alinea((GEEN_EFFECT if rijen else NIETS_AANGELEVERD,)),
    ]
    if rijen:
        kolommen: dict[str, Kolomvak[Regel]] = {
            **{"Opgave": "{opgave}. {naam}", "Indicatoren": "{indicatoren}"},
            "Signalen": lambda k: (str(k["signalen"]), Klein(f", {k['signalen_past_niet']} andere kant")),
            "Beoogde resultaten": lambda k: (
                str(k["resultaten"]),
                Klein(f", {k['resultaten_verantwoord']} verantwoord"),
            ),
            **{"Instrumenten": "{instrumenten}", "Evaluaties": "{evaluaties}", "Geld": _geld},
        }
        blokken.append(
            tabel(
                "ketting",
                f"Wat er bij elke opgave is aangeleverd voor editie {r.editie}",
                rijen,
                kolommen,
                ("‘Andere kant’: die kant wijst het cijfer op. ‘Verantwoord’: er is gezegd wat ervan kwam.",),
                getallen=[*kolommen][1:],
            )
        )
    return Blad(
        "opgaven-keten", f"De opgaven van {r.beleid.koers}", GROEP, tuple(blokken), een_pagina=True, aansluiten=True
    )


def _geld(k: Regel) -> Inhoud:
    """The money of a task, with the years that it is of."""
    if not k["geld_van"]:
        return ("niet aangeleverd",)
    if k["geld"] is None:
        return ("niet op te tellen",)
    return format_euro(k["geld"]), Klein(f", {k['geld_van']}-{k['geld_tot']}")


def make_opgavebladen(druk: Drukwerk) -> list[Blad]:
    """Each task: how its indicators move, four rows, and where its results, money and signals are."""
    r = druk.tafel.rapport
    bladen = []
    for opgave in r.beleid.opgaven:
        eigen = [i for i in r.indicatoren if opgave.nummer in i.opgaven]
        met = uniek(op_volgorde(druk, eigen))
        if met:
            zin = beeld_aantallen(druk.tafel, f"opgave_{opgave.nummer}")
        else:
            zin = f"Bij deze opgave is er geen indicator met een cijfer voor {r.provincie.wie}."
        blokken = make_inleiding(zin)
        if stand := make_standtabel(
            druk,
            f"rijen-opgave-{opgave.nummer}",
            f"Indicatoren bij opgave {opgave.nummer}",
            [("", met[:RIJEN])],
            r.provincie,
        ):
            blokken.append(stand)
        if druk.has_blad("uitvoering"):
            naar = Doel("uitvoering", f"opgave-{opgave.nummer}")
            links = (
                "Op de website: ",
                Koppeling(f"resultaten, geld en signalen bij opgave {opgave.nummer}", naar),
                ".",
            )
            blokken.append(Alinea(links, "noot"))
        titel = f"Opgave {opgave.nummer}: {opgave.naam}"
        bladen.append(Blad(f"opgave-{opgave.nummer}", titel, GROEP, tuple(blokken), een_pagina=True, aansluiten=True))
    return bladen


def make_dealblad(druk: Drukwerk) -> Blad | None:
    """The regional deal by pillar: the first rows of its panel; None without a deal or figures for it."""
    r, deal = druk.tafel.rapport, druk.tafel.rapport.beleid.regiodeal
    if deal is None:
        return None
    tabellen = [t for p in deal.pijlers if (t := druk.tabel(f"paneel-{p.naam.lower()}"))]
    if not tabellen:
        return None
    namen = [noem(s) for s in r.samengesteld if s.code in deal.regios]
    blokken: list[Blok] = [
        Alinea((f"De {deal.naam}, per pijler naast {r.provincie.naam} en Nederland.",), "inleiding"),
        Alinea(
            (
                f"De gebieden: {'; '.join(namen)}. Van elk is er een gebiedsblad. ",
                Koppeling("Op de website: alle indicatoren van de deal", Doel("regiodeal")),
                ".",
            )
        ),
    ]
    blokken += [_paneel(druk, t) for t in tabellen]
    return Blad("deal", deal.naam, GROEP, tuple(blokken), een_pagina=True, aansluiten=True)


def _paneel(druk: Drukwerk, tabel: Tabel) -> Tabel:
    """The first rows of a pillar: the areas of the deal, the province and the country; without the sources."""
    weg = {c.naam for c in druk.tafel.rapport.corop}
    houden = [n for n, k in enumerate(tabel.kolommen[1:-1]) if plain(k.kop) not in weg]
    (groep,) = tabel.groepen
    rijen = tuple(replace(r, cellen=tuple(r.cellen[n] for n in houden)) for r in groep.rijen[:PANEEL])
    return zonder_nb(
        replace(
            tabel,
            id=f"{tabel.id}-papier",
            kolommen=(tabel.kolommen[0], *(tabel.kolommen[n + 1] for n in houden)),
            groepen=(Rijgroep(rijen),),
            noten=(),
        )
    )


def make_signaalblad(druk: Drukwerk) -> Blad | None:
    """The signals whose figure points the other way; None where none were delivered."""
    agenda = druk.tabel("agenda-tabel")
    if not druk.has_blad("signalen"):
        return None
    blokken: list[Blok] = []
    if agenda is None or not agenda.rijen:
        blokken.append(Alinea(("Bij geen signaal wijst een cijfer de andere kant op.",), "inleiding"))
    else:
        getoond = agenda.rijen[:SIGNALEN]
        aantal = len(agenda.rijen)
        meer = f" De eerste {len(getoond)} staan hier." if aantal > len(getoond) else ""
        zin = tel(aantal, "signaal", "signalen")
        blokken += [
            Alinea((f"Bij {zin} wijst een cijfer de andere kant op.{meer}",), "inleiding"),
            Alinea(
                (
                    "Een signaal is een beeld van toen, het cijfer is van nu. Het kan ook gaan over iets wat de "
                    "indicator niet meet. Daarover gaat het gesprek. ",
                    Koppeling("Op de website: alle signalen, met de stukken", Doel("signalen")),
                    ".",
                )
            ),
            replace(zonder_nb(_zonder_stuk(agenda, getoond)), id="agenda-papier"),
        ]
    return Blad("signalen-agenda", "Signalen en cijfers", GROEP, tuple(blokken), een_pagina=True, aansluiten=True)


def _zonder_stuk(tabel: Tabel, rijen: Sequence[Rij]) -> Tabel:
    kort = tuple(replace(r, cellen=r.cellen[:-1]) for r in rijen)
    return replace(tabel, kolommen=tabel.kolommen[:-1], groepen=(Rijgroep(kort),))
