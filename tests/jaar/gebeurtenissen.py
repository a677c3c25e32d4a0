"""The year as a plain table: in which night what happens, and what must be told of it.

The messages are those that `docs/verversen.md` promises ('Bericht als er iets is', 'Een stille nacht', and where it is
about a source, a delivery or a figure that is set aside), and not what the code happens to send. A night that is not
named here tells nothing, but for the message of the week.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assets.kern.correctie import Correctie
from tests.jaar import ingrepen as doe
from tests.jaar.ingrepen import MOMENTEN, Ingreep, Kwaad
from tests.jaar.wereld import APIS, HOOGST, PERIODEN, SJABLOON, TITELS, base, levering

DAG = timedelta(days=1)
NIETS = doe.samen()
MISLUKT, AFGEBROKEN, SCHIJF = "mislukt", "afgebroken", "schijf"


@dataclass(frozen=True)
class Rij:
    """What happens in a night. `berichten`: what must be told after it, whoever did what to it.

    `oud`: tables (or `sjabloon`, the delivery) of which from now on an older answer must be used, `goed`: no longer.
    `kwaad`: what is done to the night itself, in a process of its own. `weg`: it can not come to its end. `doof`:
    nobody can be reached. `klok`: by so much its clock is wrong. `nieuw`: it counts as an event of the year, and does
    not just mend one.
    """

    nacht: int
    wat: str
    doe: Ingreep = NIETS
    berichten: tuple[str, ...] = ()
    oud: tuple[str, ...] = ()
    goed: tuple[str, ...] = ()
    kwaad: Kwaad | None = None
    weg: bool = False
    doof: bool = False
    klok: timedelta = timedelta()
    nieuw: bool = True


def hersteld(nacht: int, ingreep: Ingreep, *goed: str, berichten: tuple[str, ...] = ()) -> Rij:
    """What an event did is over: nothing is told of that, unless it is."""
    return Rij(nacht, "hersteld", ingreep, berichten, goed=goed, nieuw=False)


def geen(*namen: str) -> str:
    """No new answer of these."""
    more = f" en {len(namen) - 3} andere" if len(namen) > 3 else ""
    return f"geen antwoord: {', '.join(sorted(namen)[:3])}{more}"


def kijken(toets: str) -> str:
    """A check asks to be looked at."""
    return f"kijken: {toets}"


def tegen(toets: str) -> str:
    """A check holds the publication back."""
    return f"tegengehouden: {toets}"


def gestopt(tabel: str) -> str:
    """A table to which nothing more comes."""
    return f"gestopt: {tabel}"


A, B, C, D, E, F, G, H, STIL = APIS
DUBBEL = {(t, "GM0106", p): 2 * base(t, "GM0106", p) for t in TITELS for p in PERIODEN}
ANDERS = {"banen": "Banen van werknemers", "lonen": "Lonen"}
FEEST = date(2027, 1, 1)
CORRECTIE = Correctie(
    **{"id": "proef", "soorten": ("cbs",), "bron": "cbs", "tabel": E, "onderwerp": "banen", "regio": "GM0106"},
    **{"periode": "2022JJ00", "verwacht": 230.0, "wordt": 231.0, "reden": "proef", "gemeld_aan": "CBS", "datum": FEEST},
)

BRON: tuple[Rij, ...] = (
    Rij(0, "de eerste verversing, met een aanlevering", doe.lever_in(0)),
    Rij(3, "een kleine herziening", doe.herzie(A)),
    Rij(
        6,
        "een grote herziening van een cel",
        doe.zet(B, anders={("lonen", "GM0106", "2025JJ00"): 500.0}),
        (kijken("sprong"),),
    ),
    hersteld(13, doe.zet(B, anders={})),
    Rij(13, "een onderwerp krijgt een andere naam", doe.zet(C, titels=ANDERS), (geen(C),), oud=(C,)),
    hersteld(16, doe.zet(C, titels=TITELS), C),
    Rij(16, "een andere eenheid", doe.zet(D, eenheid="1 000 euro"), (geen(D),), oud=(D,)),
    hersteld(25, doe.zet(D, eenheid="x 1 000"), D),
    Rij(25, "de cijfers zijn duizend keer zo groot", doe.zet(E, factor=1000.0), (geen(E),), oud=(E,)),
    hersteld(32, doe.zet(E, factor=1.0), E),
    Rij(32, "een tabel (v4) wordt stopgezet, met dezelfde datum", doe.noem_stil(D, "Gediscontinueerd"), (gestopt(D),)),
    Rij(36, "een tabel (v3) wordt stopgezet", doe.zet(F, status="Stopgezet"), (gestopt(F),)),
    Rij(39, "een gestopte tabel komt terug", doe.zet(D, status="Regulier")),
    Rij(41, "een onderwerp wordt anders gespeld", doe.zet(C, titels={"banen": "BANEN", "lonen": "lonen "})),
    Rij(
        43,
        "zij wordt opnieuw stopgezet, en heeft een opvolger",
        doe.samen(doe.zet(D, status="Gediscontinueerd"), doe.volg_op(D, "10009NED")),
        (gestopt(D),),
    ),
    Rij(46, "een tabel is weg (404)", doe.haal_weg(E), (geen(E),), oud=(E,)),
    hersteld(52, doe.breng_terug(E), E),
    Rij(55, "de hele bron zwijgt vier dagen (503)", doe.lijn("", "503"), (geen(*APIS),), oud=tuple(APIS)),
    hersteld(58, doe.lijn("", ""), *APIS),
    Rij(62, "een tabel geeft drie dagen 503", doe.samen(doe.zet(G), doe.lijn(G, "503")), (geen(G),), oud=(G,)),
    hersteld(64, doe.lijn(G, ""), G),
    Rij(67, "de bron is traag", doe.samen(doe.herzie(A), doe.lijn(A, "traag"))),
    hersteld(69, doe.lijn(A, "")),
    Rij(
        71,
        "een tabel zwijgt langer dan wij wachten",
        doe.samen(doe.herzie(B), doe.lijn(B, "zwijgt")),
        (geen(B),),
        oud=(B,),
    ),
    hersteld(72, doe.lijn(B, ""), B),
    Rij(75, "HTML in plaats van cijfers", doe.samen(doe.herzie(C), doe.lijn(C, "html")), (geen(C),), oud=(C,)),
    hersteld(76, doe.lijn(C, ""), C),
    Rij(80, "een half antwoord", doe.samen(doe.herzie(A), doe.lijn(A, "half")), (geen(A),), oud=(A,)),
    hersteld(81, doe.lijn(A, ""), A),
    Rij(
        84,
        "de verbinding valt weg, van twee tabellen",
        doe.samen(doe.herzie(H), doe.herzie(G), doe.lijn(f"{G}|{H}", "verbreek")),
        (geen(G, H),),
        oud=(G, H),
    ),
    hersteld(85, doe.lijn(f"{G}|{H}", ""), G, H),
    Rij(88, "de bron zet een oudere versie terug", doe.zet_terug(A, 30), (geen(A),), oud=(A,)),
    hersteld(95, doe.herzie(A), A),
    Rij(95, "twee jaren zijn weg", doe.zet(B, weg=frozenset({"2019JJ00", "2020JJ00"})), (geen(B),), oud=(B,)),
    hersteld(101, doe.zet(B, weg=frozenset()), B),
    Rij(101, "een onbekende regio", doe.zet(C, regio={"GM0114": "GM9999"}), (geen(C),), oud=(C,)),
    hersteld(107, doe.zet(C, regio={}), C),
    Rij(107, "een regio is ineens twee keer zo groot", doe.zet(H, anders=DUBBEL), (geen(H),), oud=(H,)),
    hersteld(113, doe.zet(H, anders={}), H),
    Rij(
        113, "een leeg antwoord", doe.zet(H, weg=frozenset(f"{j}JJ00" for j in range(2019, 2026))), (geen(H),), oud=(H,)
    ),
    hersteld(119, doe.zet(H, weg=frozenset()), H),
    Rij(
        119,
        "een onmogelijk cijfer in het rapport",
        doe.zet(A, anders={("banen", "PV22", "2025JJ00"): HOOGST + 1}),
        (tegen("bereik"),),
    ),
    hersteld(121, doe.zet(A, anders={})),
    Rij(
        125,
        "een onmogelijk cijfer buiten het rapport",
        doe.zet(A, anders={("banen", "CR39", "2025JJ00"): HOOGST + 1}),
    ),
    hersteld(131, doe.zet(A, anders={})),
)
HUIS: tuple[Rij, ...] = (
    Rij(131, "een correctie waar de bron niet meer op past", doe.corrigeer(CORRECTIE), (kijken("correcties"),)),
    hersteld(137, doe.corrigeer()),
    Rij(137, "een nieuwe aanlevering", doe.lever_in(1)),
    Rij(
        140,
        "een half geschreven aanlevering",
        doe.lever(doe.LEVERING, levering(2)[:150]),
        (geen(SJABLOON),),
        oud=(SJABLOON,),
    ),
    hersteld(141, doe.lever_in(2), SJABLOON),
    Rij(
        144,
        "een aanlevering met verkeerde kolommen",
        doe.lever(doe.LEVERING, levering(3, kop="a;b;c;d;e;f;g")),
        (geen(SJABLOON),),
        oud=(SJABLOON,),
    ),
    hersteld(147, doe.lever_in(4), SJABLOON),
    Rij(150, "een aanlevering ingetrokken", doe.samen(doe.trek_in(SJABLOON), doe.gebruik(2)), (geen(SJABLOON),)),
    hersteld(156, doe.samen(doe.trek_in(SJABLOON, terug=True), doe.gebruik(4))),
    Rij(156, "een bestand dat niemand leest", doe.lever("vreemd.csv", "a;b\n1;2\n"), ("niet gelezen",)),
    hersteld(170, doe.lever("vreemd.csv", "")),
    Rij(162, "de schijf raakt vol", doe.vrij(3.0), (SCHIJF,)),
    hersteld(166, doe.vrij(100.0)),
    Rij(168, "de schijf raakt weer vol", doe.vrij(2.0), (SCHIJF,)),
    hersteld(169, doe.vrij(100.0)),
    # it changed last before the year began, and nobody looks in a night in which nothing happens
    Rij(170, "een bron die anderhalf jaar niet veranderde", doe.schrijf("code/regel.py", "x = 1\n"), (kijken("stil"),)),
    Rij(172, "de schijf is vol bij het ophalen", doe.herzie(A), (MISLUKT,), oud=(A,), kwaad=doe.schijf_vol(12)),
    hersteld(173, doe.samen(), A),
    Rij(
        176,
        "twee nachten kan er geen bouw meer op de schijf",
        doe.herzie(B),
        (MISLUKT,),
        oud=(B,),
        kwaad=doe.schijf_bijna_vol,
    ),
    Rij(177, "nog steeds", kwaad=doe.schijf_bijna_vol, nieuw=False),
    hersteld(178, doe.samen(), B),
    Rij(
        181,
        "het webadres voor berichten is een nacht weg",
        doe.samen(doe.web(503), doe.zet(C, eenheid="1 000 euro")),
        oud=(C,),
        doof=True,
    ),
    hersteld(182, doe.web(200), berichten=(geen(C),)),
    hersteld(187, doe.zet(C, eenheid="x 1 000"), C),
    Rij(
        185,
        "de schijf is vol, en niemand te bereiken",
        doe.samen(doe.herzie(B), doe.web(503)),
        oud=(B,),
        kwaad=doe.schijf_bijna_vol,
        doof=True,
    ),
    hersteld(186, doe.web(200), B, berichten=(MISLUKT,)),
    Rij(187, "een andere versie van de monitor", doe.schrijf("code/regel.py", "x = 2\n")),
    Rij(190, "een andere regel voor het register", doe.omgeving(REGISTER_P="12")),
    Rij(193, "een instelling die niet kan", doe.omgeving(REGISTER_P="120"), (MISLUKT,)),
    hersteld(194, doe.omgeving(REGISTER_P="12")),
    Rij(198, "een fout in de editie", doe.schrijf("gebied/edities/2026/editie.toml", "jaar = \n"), (MISLUKT,)),
    hersteld(199, doe.schrijf("gebied/edities/2026/editie.toml", 'jaar = 2026\nstaat = "concept"\n')),
    Rij(203, "van wat gepubliceerd is raakt een bestand weg", doe.verlies("rapport/index.html")),
    Rij(206, "de editie wordt bevroren", doe.bevries(2026)),
    Rij(
        209,
        "een bevroren editie wordt stil veranderd",
        doe.schrijf("gebied/edities/2026/teksten/a.md", "x\n"),
        (MISLUKT,),
    ),
    hersteld(211, doe.schrijf("gebied/edities/2026/teksten/a.md", "")),
    Rij(215, "de volgende editie wordt geopend", doe.open_editie(2028)),
)
# each kill is of a night that had to tell something, which the next one then tells
GESTOPT: tuple[Rij, ...] = (
    *(
        rij
        for n, (moment, kwaad) in enumerate(MOMENTEN.items())
        for stuk, heel in [(E, G) if n % 2 else (G, E)]
        for rij in (
            hersteld(220 + 8 * n, doe.zet(heel, eenheid="x 1 000"), heel),
            Rij(220 + 8 * n, f"gedood {moment}", doe.zet(stuk, eenheid="euro"), oud=(stuk,), kwaad=kwaad, weg=True),
            Rij(221 + 8 * n, "de nacht erna", berichten=(AFGEBROKEN, geen(stuk)), nieuw=False),
        )
    ),
    hersteld(292, doe.samen(doe.zet(E, eenheid="x 1 000"), doe.zet(G, eenheid="x 1 000")), E, G),
    # of two messages the first reached somebody
    Rij(
        300,
        "gedood onder het melden",
        doe.samen(doe.zet(E, eenheid="euro"), doe.zet(G, factor=1000.0)),
        (geen(E),),
        oud=(E, G),
        kwaad=doe.tweede_bericht,
        weg=True,
    ),
    Rij(301, "de nacht erna", berichten=(AFGEBROKEN, geen(G)), nieuw=False),
    hersteld(306, doe.samen(doe.zet(E, eenheid="x 1 000"), doe.zet(G, factor=1.0)), E, G),
)
KLOK: tuple[Rij, ...] = (
    Rij(
        306,
        "gedood, en de nacht erna is niemand te bereiken",
        doe.herzie(A),
        oud=(A,),
        kwaad=MOMENTEN["bij het rapport"],
        weg=True,
    ),
    Rij(307, "er kan geen bericht komen", doe.web(503), goed=(A,), doof=True, nieuw=False),
    hersteld(308, doe.web(200), berichten=(AFGEBROKEN,)),
    Rij(330, "de klok staat een nacht 200 dagen voor", doe.herzie(A), klok=200 * DAG),
    Rij(331, "zij staat weer goed", doe.herzie(A), nieuw=False),
    Rij(334, "de klok staat een nacht drie dagen achter", doe.herzie(B), klok=-3 * DAG + timedelta(minutes=7)),
    Rij(
        309,
        "twee tabellen met elk hun eigen gebrek",
        doe.samen(doe.zet(A, eenheid="euro"), doe.zet(H, factor=1000.0)),
        (geen(A), geen(H)),
        oud=(A, H),
    ),
    Rij(311, "en in die nacht valt de hele bron weg", doe.lijn("", "503"), (geen(*APIS),), oud=tuple(APIS)),
    hersteld(312, doe.lijn("", ""), *(t for t in APIS if t not in {A, H})),
    hersteld(318, doe.samen(doe.zet(A, eenheid="x 1 000"), doe.zet(H, factor=1.0)), A, H),
    Rij(
        318,
        "een gebrek terwijl een onmogelijk cijfer tegenhoudt",
        doe.samen(doe.zet(B, anders={("lonen", "PV22", "2025JJ00"): HOOGST + 1}), doe.zet(C, eenheid="euro")),
        (tegen("bereik"), geen(C)),
        oud=(C,),
    ),
    hersteld(323, doe.samen(doe.zet(B, anders={}), doe.zet(C, eenheid="x 1 000")), C),
    Rij(323, "een gebrek gaat over in een ander", doe.zet(G, eenheid="euro"), (geen(G),), oud=(G,)),
    Rij(325, "van dezelfde tabel", doe.zet(G, eenheid="x 1 000", factor=1000.0), (geen(G),), nieuw=False),
    hersteld(328, doe.zet(G, factor=1.0), G),
)
JAAR = (*BRON, *HUIS, *GESTOPT, *KLOK)


def join_rijen(rijen: Sequence[Rij]) -> dict[int, Rij]:
    """What happens in each night, by night: what is mended in it first."""
    found: dict[int, Rij] = {}
    for rij in sorted(rijen, key=lambda r: r.nieuw):
        if (eerst := found.get(rij.nacht)) is None:
            found[rij.nacht] = rij
            continue
        assert eerst.kwaad is None and eerst.klok == timedelta(), f"twee rijen van nacht {rij.nacht}"
        oud = (set(eerst.oud) - set(rij.goed)) | set(rij.oud)
        found[rij.nacht] = replace(
            rij,
            wat=rij.wat if eerst.wat == "hersteld" else f"{eerst.wat}; {rij.wat}",
            doe=doe.samen(eerst.doe, rij.doe),
            berichten=(*eerst.berichten, *rij.berichten),
            oud=tuple(sorted(oud)),
            goed=(*eerst.goed, *rij.goed),
        )
    return found


def _kies(rijen: Sequence[Rij], *nachten: tuple[int, int]) -> tuple[Rij, ...]:
    """Rows of the year by their night, each in a night of the twin."""
    of = dict(nachten)
    return tuple(replace(r, nacht=of[r.nacht]) for r in rijen if r.nacht in of)


# A twin of twelve nights: the first one, figures of another size, one that holds the build back, a table that is
# stopped, a full disk with nobody to be reached, a kill, and a disk that fills.
TWEELING = _kies(JAAR, (0, 0), (25, 1), (119, 3), (121, 4), (32, 4), (185, 5), (186, 6), (244, 7), (245, 8), (168, 11))
