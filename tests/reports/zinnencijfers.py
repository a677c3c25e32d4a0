"""The figures that the planted sentences of `zinnen/` are true or false of: a small province, made by hand."""

from __future__ import annotations

from dataclasses import replace

from reports.bewering import Bewering, Beweringen
from reports.model import Indicator, Reeks, Stand
from reports.oordeel import Oordeel
from reports.tekst.cijfers import Cijfers, Record
from tests.reports.voorbeeldcijfers import REGIOS, make_reeks
from tests.reports.voorbeeldrapport import GEMEENTEN, punten


def oordeel(trend: str, helling: float, rang: int | None, positie="midden", jaar: int = 2024, *, van: int = 12):
    plaats = {"positie": positie, "rang": rang, "rang_van": van} if rang else {}
    return Oordeel(trend, 2018, 2025, aantal=7, helling=helling, periode=f"{jaar}JJ00", kloof="onbekend", **plaats)


def make(
    id_, naam, drenthe, nederland, gemeenten=None, *, stap=0.0, van=2020, o=None, corop=None, **anders
) -> Indicator:
    """An indicator: series of the province and the country, and of each municipality its last value and its step."""
    per_regio = {"PV22": drenthe, "NL01": nederland}
    laatste = len(drenthe) - 1
    for code, waarde in {
        **dict(zip((g.code for g in GEMEENTEN), gemeenten or (), strict=False)),
        **(corop or {}),
    }.items():
        per_regio[code] = [round(waarde - stap * (laatste - n), 3) for n in range(laatste + 1)]
    kaart = make_reeks(id_, naam, per_regio, van, trend=o, **anders)
    return kaart


# Aa en Hunze, Assen, Borger-Odoorn, Coevorden, De Wolden, Emmen, Hoogeveen, Meppel, Midden-Drenthe, Noordenveld,
# Tynaarlo, Westerveld
WERKLOOS = [2.4, 3.9, 3.0, 3.3, 2.1, 4.2, 3.6, 3.1, 2.6, 2.7, 2.3, 2.5]
WERKEND = [72.4, 71.5, 70.1, 69.3, 75.6, 67.4, 70.8, 74.2, 72.0, 71.9, 73.8, 71.1]
PRIJS = [371_200, 318_700, 331_500, 309_800, 428_300, 289_400, 312_600, 341_900, 352_400, 389_700, 448_900, 441_200]
INWONERS = [25_800, 70_100, 26_100, 35_600, 24_900, 109_200, 56_500, 36_100, 34_400, 31_900, 34_300, 20_200]
OUD = [14.2, 10.3, 13.1, 12.4, 13.5, 10.9, 10.6, 9.4, 11.9, 13.9, 13.0, 15.1]


def make_kaarten() -> list[Indicator]:
    som = {"eenheid": "aantal", "decimalen": 0, "aggregatie": "som"}
    geld = {"eenheid": "euro", "decimalen": 0, "aggregatie": "gewogen"}
    return [
        make(
            "werkloosheid",
            "Werkloosheidspercentage",
            [4.4, 4.0, 3.8, 3.5, 3.2],
            [4.6, 4.4, 4.1, 3.9, 3.7],
            WERKLOOS,
            stap=-0.3,
            o=oordeel("gunstig", -0.3, 2, "bovenste_kwart"),
            richting="lager",
            corop={"CR07": 3.0, "CR08": 3.8, "CR09": 2.9},
        ),
        make(
            "netto_arbeidsparticipatie",
            "Netto arbeidsparticipatie",
            [70.2, 70.6, 71.0, 71.1, 71.2],
            [71.9, 72.4, 72.9, 73.1, 73.3],
            WERKEND,
            stap=0.2,
            o=oordeel("geen significante verandering", 0.1, 10, "onderste_kwart"),
        ),
        make(
            "bevolking",
            "Bevolking op 1 januari",
            [493_700, 494_800, 497_700, 502_100, 504_100, 506_100],
            [17.4e6, 17.5e6, 17.6e6, 17.8e6, 17.9e6, 18.0e6],
            INWONERS,
            stap=300,
            o=oordeel("stijgend", 2500.0, None),
            **som,
            richting="context",
        ),
        make(
            "uitgaande_pendel",
            "Uitgaande pendel",
            [32.4, 32.7, 33.0, 33.2, 33.4],
            [None] * 5,
            o=oordeel("stijgend", 0.25, None),
            richting="context",
            definitie="Aandeel van de banen van inwoners dat buiten de provincie ligt.",
        ),
        make(
            "inkomende_pendel",
            "Inkomende pendel",
            [26.0, 26.0, 26.2, 26.2, 26.3],
            [None] * 5,
            o=oordeel("geen significante verandering", 0.02, None),
            richting="context",
            definitie="Aandeel van de banen in de provincie van iemand die er niet woont.",
        ),
        make(
            "verkoopprijs_woningen",
            "Gemiddelde verkoopprijs van woningen",
            [246_300, 288_900, 331_200, 322_800, 347_600],
            [334_500, 386_700, 428_600, 416_200, 450_900],
            PRIJS,
            stap=20_000,
            o=oordeel("stijgend", 24_000.0, None),
            **geld,
            richting="context",
        ),
        make(
            "ww_uitkeringen",
            "Lopende WW-uitkeringen",
            [7_940, 6_010, 4_620, 4_310, 4_080],
            [286_000, 212_000, 161_000, 165_000, 180_000],
            o=oordeel("gunstig", -900.0, None),
            **som,
            richting="lager",
        ),
        make(
            "zonnestroom",
            "Opgesteld vermogen zonnestroom",
            [610, 790, 960, 1_090, 1_190],
            [11_100, 14_800, 19_100, 24_400, 28_600],
            o=oordeel("gunstig", 145.0, None),
            **(som | {"eenheid": "MW"}),
        ),
        make(
            "aandeel_75plus",
            "Aandeel inwoners van 75 jaar en ouder",
            [9.6, 9.9, 10.3, 10.7, 11.1, 11.4],
            [8.0, 8.2, 8.4, 8.7, 8.9, 9.1],
            OUD,
            stap=0.3,
            o=oordeel("stijgend", 0.36, 2, "hoog", 2025),
            richting="context",
        ),
        make(
            "bbp_per_inwoner",
            "Bruto binnenlands product per inwoner",
            [31_200, 31_000, 33_100, 35_900, 37_600],
            [46_700, 45_700, 49_600, 55_300, 59_700],
            van=2019,
            o=oordeel("gunstig", 1600.0, 12, "onderste_kwart", 2023),
            **geld,
        ),
        make(
            "tevreden_met_leven",
            "Tevredenheid met het leven",
            [88.3, 87.5, 87.1, 87.6, 87.9],
            [86.2, 84.9, 84.3, 85.2, 85.7],
            o=oordeel("geen significante verandering", -0.05, 1, "bovenste_kwart"),
        ),
        make(
            "armoede",
            "Aandeel personen in armoede",
            [4.1, 3.6, 3.3, 2.6, 2.4],
            [5.0, 4.5, 4.0, 3.4, 3.1],
            o=oordeel("gunstig", -0.4, 3, "bovenste_kwart"),
            richting="lager",
        ),
        make(
            "vestigingen",
            "Vestigingen van bedrijven",
            [44_300, 46_100, 48_000, 49_600, 51_000, 52_100],
            [1.9e6, 2.0e6, 2.1e6, 2.2e6, 2.3e6, 2.35e6],
            o=oordeel("stijgend", 1600.0, None),
            **som,
        ),
    ]


def bewering(
    soort: str, groep: str, waarde: float, regio: str = "PV22", periode: str = "2024JJ00", **anders
) -> Bewering:
    velden = {"periode_oudst": periode, "oordeel": "geen", "zekerheid": "telling", "naam": soort, "laag": "provincie"}
    return Bewering(
        bewering=f"{soort}/{groep}/{regio}", soort=soort, regio=regio, periode=periode, groep=groep, waarde=waarde,
        **(velden | anders),
    )  # fmt: skip


def make_beweringen() -> Beweringen:
    toen = {"periode_eerder": "2018JJ00"}
    return Beweringen(
        [
            bewering(
                "prognose",
                "inwoners",
                506_000,
                periode="2050JJ00",
                periode_eerder="2026JJ00",
                waarde_tegen=505_600,
                verschil=400,
                marge_onder=474_600,
                marge_boven=537_400,
                oordeel="binnen_interval",
                zekerheid="interval",
                reeks="prognose",
                naam="inwoners volgens de prognose",
            ),
            bewering(
                "prognose_leeftijd",
                "75_plus",
                96_400,
                periode="2050JJ00",
                periode_eerder="2025JJ00",
                waarde_tegen=57_700,
                verschil=38_700,
                oordeel="hoger",
                reeks="prognose",
                naam="inwoners van 75 jaar en ouder volgens de prognose",
            ),
            bewering(
                "prognose_leeftijd",
                "15_tot_75",
                331_200,
                periode="2050JJ00",
                periode_eerder="2025JJ00",
                waarde_tegen=369_100,
                verschil=-37_900,
                oordeel="lager",
                reeks="prognose",
                naam="inwoners van 15 tot 75 jaar",
            ),
            bewering(
                "productiviteit",
                "geheel",
                95_178,
                waarde_tegen=120_487,
                verschil=-25_309,
                oordeel="ongunstig",
                tegen="nederland",
                naam="opbrengst per arbeidsjaar",
            ),
            bewering(
                "productiviteitsdeel", "structuur", -1_968, verschil=-1_968, oordeel="ongunstig", tegen="nederland"
            ),
            bewering(
                "productiviteitsdeel",
                "regiospecifiek",
                -22_941,
                verschil=-22_941,
                oordeel="ongunstig",
                tegen="nederland",
            ),
            bewering("productiviteitsdeel", "interactie", -400, verschil=-400, oordeel="ongunstig", tegen="nederland"),
            bewering("banengroei", "geheel", 214_300, waarde_tegen=196_800, verschil=17_500, oordeel="hoger", **toen),
            bewering("pendel", "uitgaand", 71_100, naam="banen van inwoners buiten het gebied"),
            bewering("pendel", "inkomend", 52_300, naam="banen in het gebied van wie er niet woont"),
        ]
    )


def make_zinnencijfers() -> Cijfers:
    """What `zinnen/` is held against: thirteen indicators, some claims, and two records."""
    kaarten = {k.id: k for k in make_kaarten()}
    emmen = {"GM0114": oordeel("gunstig", -0.2, 301, "onderste_kwart", van=342)}
    w = kaarten["werkloosheid"]
    kaarten["werkloosheid"] = replace(w, oordelen=w.oordelen | emmen)
    return Cijfers(
        editie=2026,
        provincie="PV22",
        indicatoren=kaarten,
        regios=REGIOS,
        records={
            ("werkloosheid", "PV22"): Record("laagste", True, "2013JJ00", "de laagste waarde in de reeks 2013-2024"),
            ("ww_uitkeringen", "PV22"): Record("laagste", True, "2013JJ00", "de laagste waarde in de reeks 2013-2024"),
            ("bevolking", "PV22"): Record("hoogste", True, "2013JJ00", "de hoogste waarde in de reeks 2013-2025"),
            ("tevreden_met_leven", "PV22"): Record("geen", False, "2013JJ00", "geen uiterste in de reeks 2013-2024"),
        },
        gemeenten=tuple(g.code for g in GEMEENTEN),
        beweringen=make_beweringen(),
    )


__all__ = ["Reeks", "Stand", "make_zinnencijfers", "punten"]
