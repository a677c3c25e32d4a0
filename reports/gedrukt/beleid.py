"""What the province wants and does, beside the figures: tasks with their chain, the regional deal, signals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from reports.document import Alinea, Blad, Blok
from reports.familie import uniek
from reports.gedrukt.drukwerk import Drukwerk, make_inleiding, make_standtabel, zonder_nb
from reports.gedrukt.thema import RIJEN, op_volgorde
from reports.getallen import format_euro, join
from reports.hoofdstukken.beleidsblad import GEEN_EFFECT, NIETS_AANGELEVERD, Regel
from reports.hoofdstukken.naast_cijfers import niets_botst
from reports.hoofdstukken.thema import beeld_aantallen
from reports.inhoud import Doel, Inhoud, Klein, Koppeling, plain
from reports.model import Indicator
from reports.patroon import Kolomvak, tabel
from reports.tabel import Rij, Rijgroep, Tabel
from reports.zinnen import noem, tel

GROEP = "Beleid"
SIGNALEN, PANEEL = 8, 6
ANDERE_KANT = "‘Andere kant’: die kant wijst het cijfer op."
VERANTWOORD = "‘Verantwoord’: er is gezegd wat ervan kwam."


def make_ketenblad(druk: Drukwerk) -> Blad | None:
    """All tasks in one table, each with what belongs to it; None for a province without tasks."""
    r = druk.tafel.rapport
    if not r.beleid.opgaven:
        return None
    u = r.uitvoering
    rijen = u.rijen("ketting") if u else []
    met = Counter(str(nummer) for i in r.indicatoren if i.punt(r.provincie.code) for nummer in i.opgaven)
    signalen = u.rijen("signaal") if u else []
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
            "Opgave": "{opgave}. {naam}",
            "Indicatoren met een cijfer": lambda k: (str(met[k["opgave"]]), Klein(f" van {k['indicatoren']}")),
            "Signalen": lambda k: _signalen([s for s in signalen if k["opgave"] in s["opgaven"]]),
            "Beoogde resultaten": lambda k: (
                str(k["resultaten"]),
                Klein(f", {k['resultaten_verantwoord']} verantwoord"),
            ),
            **{"Instrumenten": "{instrumenten}", "Evaluaties": "{evaluaties}", "Geld": _geld},
        }
        blokken.append(
            tabel(
                "ketting",
                "Wat er bij elke opgave hoort",
                rijen,
                kolommen,
                ((ANDERE_KANT,) if any(map(_te_vergelijken, signalen)) else ()) + (VERANTWOORD,),
                getallen=[*kolommen][1:],
            )
        )
    return Blad(
        "opgaven-keten", f"De opgaven van {r.beleid.koers}", GROEP, tuple(blokken), een_pagina=True, aansluiten=True
    )


def _te_vergelijken(signaal: Regel) -> bool:
    """Whether a figure says of a signal that it fits, or that it does not."""
    return signaal["uitkomst"] in ("past", "past_niet")


def _signalen(signalen: Sequence[Regel]) -> Inhoud:
    """How many signals, of which years, and of how many the figure points the other way where any can be compared."""
    if not signalen:
        return ("0",)
    erbij = f", van {_jaren(signalen)}"
    if any(map(_te_vergelijken, signalen)):
        erbij += f", {sum(s['uitkomst'] == 'past_niet' for s in signalen)} andere kant"
    return str(len(signalen)), Klein(erbij)


def _jaren(signalen: Sequence[Regel], tot: str = "-") -> str:
    jaren = sorted({s["ontvangen"][:4] for s in signalen})
    return jaren[0] if len(jaren) == 1 else f"{jaren[0]}{tot}{jaren[-1]}"


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
    per_opgave = {
        o.nummer: uniek(op_volgorde(druk, [i for i in r.indicatoren if o.nummer in i.opgaven]))
        for o in r.beleid.opgaven
    }
    if per_opgave and all(len(found) < RIJEN for found in per_opgave.values()):
        return [_samen(druk, per_opgave)]
    bladen = []
    for opgave in r.beleid.opgaven:
        met = per_opgave[opgave.nummer]
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


def _samen(druk: Drukwerk, per_opgave: Mapping[int, Sequence[Indicator]]) -> Blad:
    """All tasks on one page, for an edition with a row or two of each: each figure once, under the tasks it is of."""
    r = druk.tafel.rapport
    bij: dict[str, list[str]] = {}
    for nummer, found in per_opgave.items():
        for i in found:
            bij.setdefault(i.id, []).append(str(nummer))
    kaarten = {i.id: i for found in per_opgave.values() for i in found}
    groepen: dict[str, list[Indicator]] = {}
    for id_, nummers in bij.items():
        groepen.setdefault(f"Opgave {join(nummers)}", []).append(kaarten[id_])
    zonder = [str(nummer) for nummer, found in per_opgave.items() if not found]
    if not kaarten:
        zin = f"Bij geen opgave is er een indicator met een cijfer voor {r.provincie.wie}."
    elif zonder:
        zin = f"Bij opgave {join(zonder)} is er geen indicator met een cijfer voor {r.provincie.wie}."
    else:
        zin = f"Bij elke opgave is er een indicator met een cijfer voor {r.provincie.wie}."
    blokken = make_inleiding(zin)
    tabel = make_standtabel(druk, "rijen-opgaven", "Indicatoren bij de opgaven", list(groepen.items()), r.provincie)
    blokken += [tabel] if tabel else []
    if druk.has_blad("uitvoering"):
        naar = Koppeling("resultaten, geld en signalen bij elke opgave", Doel("uitvoering"))
        blokken.append(Alinea(("Op de website: ", naar, "."), "noot"))
    return Blad("opgaven", "De cijfers bij de opgaven", GROEP, tuple(blokken), een_pagina=True, aansluiten=True)


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
    agenda, u = druk.tabel("agenda-tabel"), druk.tafel.rapport.uitvoering
    if u is None or not druk.has_blad("signalen"):
        return None
    blokken: list[Blok] = []
    if agenda is None or not agenda.rijen:
        blokken += make_inleiding(
            f"{niets_botst(u)} De signalen zijn van {_jaren(u.rijen('signaal'), ' tot en met ')}."
        )
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
