"""A small built database with the tables and columns that the report reads, for tests of this room."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from assets.tabel import read_queries

DRENTHE, NL = "PV22", "NL01"
COROP = {"CR07": "Noord-Drenthe (CR)", "CR08": "Zuidoost-Drenthe (CR)", "CR09": "Zuidwest-Drenthe (CR)"}
GEMEENTEN = {
    "GM0106": "Assen",
    "GM0109": "Coevorden",
    "GM0114": "Emmen",
    "GM0118": "Hoogeveen",
    "GM0119": "Meppel",
    "GM1680": "Aa en Hunze",
    "GM1681": "Borger-Odoorn",
    "GM1690": "De Wolden",
    "GM1699": "Noordenveld",
    "GM1701": "Westerveld",
    "GM1730": "Tynaarlo",
    "GM1731": "Midden-Drenthe",
}
COROP_VAN = {
    **dict.fromkeys(("GM0106", "GM1680", "GM1699", "GM1730", "GM1731"), "CR07"),
    **dict.fromkeys(("GM0109", "GM0114", "GM1681"), "CR08"),
    **dict.fromkeys(("GM0118", "GM0119", "GM1690", "GM1701"), "CR09"),
}

# ruff: noqa: E501
# id, name, theme, unit, decimals, direction, prices, aggregation, level in Drenthe, level in NL, growth a year, spread
INDICATOREN = [
    ("bbp_per_inwoner", "Bruto binnenlands product per inwoner", "verdienvermogen", "euro per inwoner", 0, "hoger",
     "lopend", "niet", 31853, 46714, 0.028, 0.16),
    ("netto_arbeidsparticipatie", "Netto arbeidsparticipatie", "arbeid_en_vrije_tijd", "%", 1, "hoger", "nvt",
     "verhouding", 66.9, 68.8, 0.009, 0.05),
    ("werkloosheid", "Werkloosheidspercentage", "arbeidsmarkt", "%", 1, "lager", "nvt", "verhouding", 3.6, 3.4, 0.01, 0.2),
    ("bevolking", "Bevolking op 1 januari", "demografie", "aantal", 0, "neutraal", "nvt", "som", 494771, 17407585, 0.004,
     0.4),
    ("afstand_sportterrein", "Afstand tot sportterrein", "vrijetijdseconomie", "km", 1, "lager", "nvt", "gewogen", 1.2,
     0.7, 0.0, 0.3),
    ("migratiesaldo", "Binnenlands migratiesaldo van jongvolwassenen", "demografie", "aantal", 0, "hoger", "nvt", "som",
     -812, 0, 0.01, 0.6),
    ("woz_waarde", "Gemiddelde WOZ-waarde van woningen", "wonen", "1 000 euro", 0, "neutraal", "lopend", "niet", 211, 270,
     0.06, 0.2),
    ("nagerekend", "Bbp, revisie 2015", "verdienvermogen", "mln euro", 0, "neutraal", "lopend", "som", 18000, 900000, 0.02,
     0.1),
    ("leeg", "Indicator zonder enig cijfer", "milieu", "kg", 1, "lager", "nvt", "niet", None, None, 0, 0),
    ("alleen_gemeenten", "Vertrouwen in anderen", "samenleving", "%", 1, "hoger", "nvt", "niet", None, None, 0.01, 0.1),
]  # fmt: skip
# The columns that the rows below fill, in their order; all others, and the type of each, come from the headers.
COLUMNS = {
    "kern.regio": "code naam soort stedelijkheid geldig_van geldig_tot",
    "kern.regio_lid": "regio lid geldig_van geldig_tot herkomst",
    "kern.waarneming": "bron tabel onderwerp uitsplitsing regio periode waarde leeg_reden status momentopname",
    "monitor.indicator": (
        "id naam thema groep eenheid decimalen richting richting_herkomst prijzen definitie bewerking "
        "bronvermelding aggregatie jaarregel zekerheid doel opmerking opgave meting"
    ),
    "monitor.indicatorwaarde": (
        "indicator uitsplitsing regio periode waarde status benadering leeg_reden marge_onder marge_boven"
    ),
    "kern.onderwerp": "bron tabel onderwerp titel",
    "kern.correctie": (
        "correctie bron tabel onderwerp uitsplitsing regio periode verwacht bron_waarde wordt uitkomst reden "
        "gemeld_aan datum"
    ),
    "monitor.gecorrigeerd": "indicator uitsplitsing regio periode correctie",
    "monitor.ontbrekend_lid": "indicator uitsplitsing regio periode lid leeg_reden dekking",
    "monitor.reele_waarde": "indicator uitsplitsing regio periode waarde bronpeil prijspeil",
    "monitor.herkomst": (
        "indicator uitsplitsing regio periode rol lid term bron tabel onderwerp cel_uitsplitsing cel_regio "
        "cel_periode momentopname"
    ),
    "monitor.stand": (
        "indicator uitsplitsing regio laatste_periode waarde status leeg_reden benadering waarde_nl "
        "verschil_nl verschil_nl_pct vorige_periode verandering_jaar editie_periode verandering_editie"
    ),
    "monitor.breuk": "indicator vanaf reden",
    "monitor.niet_beschikbaar": "indicator naam reden tabel uitleg",
    "monitor.momentopname": (
        "bron tabel momentopname titel uitgever url modified status licentie fetched_at verouderd"
    ),
    "monitor.bouw": "bouw soort editie code_versie built_at vorige",
    "monitor.oordeel": (
        "indicator uitsplitsing regio editie venster_van venster_tot laatste_periode trend trend_helling "
        "trend_p trend_p_bh aantoonbaar trend_rho trend_ols p_ols trend_n trend_van trend_tot robuust positie plaats_reden rang rang_midden rang_van "
        "verschil_nl kloof kloof_reden telt_mee toelichting kanttekening"
    ),
    "monitor.oordeel_regiosoort": "editie soort gebied toetsen signalen verwacht_toeval signalen_bh nagenoeg_gelijk robuust "
    "signalen_ols anders_ols",
    "monitor.herziening": "tegenover indicator uitsplitsing regio periode oud nieuw soort",
    "monitor.kaartherziening": "tegenover indicator soort velden",
    "kern.bedrijfstak": "bedrijfstak letter naam grof",
    "monitor.productiviteitskloof": (
        "tabel indeling regio periode bedrijfstak aandeel aandeel_nl productiviteit productiviteit_nl "
        "structuur regiospecifiek interactie afronding kloof status"
    ),
    "monitor.shift_share": (
        "indeling soort regio periode_van periode bedrijfstak banen_van banen nationaal sectormix regionaal "
        "afronding verandering status"
    ),
    "monitor.locatiequotient": "regio periode bedrijfstak banen aandeel aandeel_nl waarde status leeg_reden",
    "monitor.woon_werkbalans": (
        "regio periode banen banen_van_inwoners uitgaand inkomend uitgaand_pct inkomend_pct waarde status"
    ),
    "monitor.pendel": "woonregio werkregio periode waarde",
    "monitor.prognose": "regio periode waarde marge_onder marge_boven werkelijk",
    "monitor.prognose_leeftijd": "leeftijd regio periode waarde aandeel",
    "monitor.record": "indicator uitsplitsing regio record mag uitleg reeks_van",
    "monitor.editieverschil": (
        "indicator uitsplitsing regio periode_toen periode_nu waarde_toen waarde_nu verandering herziening definitie"
    ),
}
REGISTER = ("werkgelegenheid", "grootste_sector", "locatiequotient_register", "stuwend", "banenbegrippen")
HEADERS = {t.naam: t for t in read_queries()}
COLUMNS |= {n: " ".join(k.naam for k in HEADERS[n].kolommen) for n in (f"monitor.{r}" for r in REGISTER)}
MOMENT = "20261122T021500000000Z"
# Two branches; the parts add up. The older table and a year that can not be split must lose from the newest that can.
ANALYSES: dict[str, list[tuple]] = {
    "kern.bedrijfstak": [("T001081", "A-U", "Alles", False), ("A", "A", "Landbouw", True), ("B", "B", "Rest", True)],
    "monitor.productiviteitskloof": [
        *(
            ("85925NED", "grof", regio, "2023JJ00", tak, aandeel, 50.0, 80.0, 100.0, *delen, 0.0, sum(delen),
             "voorlopig")
            for regio in (DRENTHE, "CR08")
            for tak, aandeel, delen in (
                ("T001081", 100.0, (-3.0, -20.0, 3.0)), ("A", 60.0, (-1.0, -12.0, 1.0)), ("B", 40.0, (-2.0, -8.0, 2.0)),
            )
        ),
        ("85925NED", "grof", DRENTHE, "2024JJ00", "T001081", 100.0, 100.0, 81.0, 101.0, None, None, None, None, -20.0,
         "voorlopig"),
        ("84419NED", "grof", DRENTHE, "2022JJ00", "T001081", 100.0, 100.0, 70.0, 90.0, -1.0, -19.0, 0.0, 0.0, -20.0,
         "definitief"),
    ],
    "monitor.shift_share": [
        ("grof", soort, DRENTHE, "2018JJ00", "2024JJ00", tak, 100.0, 110.0, 12.0, -1.0, -1.0, 0.0, 10.0, "definitief")
        for soort in ("venster", "jaar")
        for tak in ("T001081", "A", "B")
    ],
    "monitor.locatiequotient": [
        (DRENTHE, "2024JJ00", "A", 60.0, 60.0, 50.0, 1.2, "definitief", None),
        (DRENTHE, "2024JJ00", "B", None, None, 50.0, None, "definitief", "geheim"),
    ],
    "monitor.woon_werkbalans": [
        (regio, periode, 100.0, 120.0, 50.0, 30.0, 41.7, 30.0, 0.83, "voorlopig")
        for regio in (DRENTHE, "CR08")
        for periode in ("2023MM12", "2024MM12")
    ],
    "monitor.pendel": [
        (DRENTHE, "PV20", "2024MM12", 40.0), ("PV20", DRENTHE, "2024MM12", 20.0), (DRENTHE, "PV20", "2023MM12", 99.0),
        (DRENTHE, DRENTHE, "2024MM12", 70.0),
    ],
    "monitor.prognose": [
        (DRENTHE, "2025JJ00", 500000.0, 498000.0, 502000.0, 501000.0),
        (DRENTHE, "2030JJ00", 505000.0, 495000.0, 515000.0, None),
        (DRENTHE, "2050JJ00", 490000.0, 460000.0, 520000.0, None),
    ],
    "monitor.prognose_leeftijd": [
        ("15_tot_75", DRENTHE, "2025JJ00", 370000.0, 73.0), ("15_tot_75", DRENTHE, "2050JJ00", 319000.0, 65.0),
    ],
    "monitor.record": [
        ("bevolking", "totaal", DRENTHE, "hoogste", True, "de hoogste waarde in de reeks 2013-2025", "2013JJ00"),
        ("werkloosheid", "totaal", DRENTHE, "geen", False, "geen record", "2013JJ00"),
    ],
    "monitor.editieverschil": [
        ("werkloosheid", "totaal", DRENTHE, "2023JJ00", "2025JJ00", 3.5, 3.9, 0.3, 0.1, 0.0),
        ("bevolking", "totaal", DRENTHE, "2023JJ00", "2025JJ00", 490000.0, 500000.0, 9000.0, None, 1000.0),
    ],
}  # fmt: skip
JAREN = range(2013, 2026)


def _series(row: tuple, regio: str, n: int) -> list[tuple]:
    """The values of a region: growth with a wave, provisional at the end, one secret and one unpublished."""
    naam, level, nl, growth, spread = row[0], row[8], row[9], row[10], row[11]
    if naam == "leeg" or (naam == "alleen_gemeenten" and not regio.startswith("GM")):
        return []
    base = nl if regio == NL else level
    base = 62.0 if base is None else base
    if regio not in (NL, DRENTHE):
        share = (1 / 12 if regio.startswith("GM") else 1 / 3) if row[7] == "som" else 1
        base *= share * (1 + spread * ((n * 7) % 12 - 5.5) / 5.5)
    values = []
    for jaar in JAREN:
        waarde: float | None = base * (1 + growth) ** (jaar - 2019) * (1 + 0.012 * ((jaar * 13 + n) % 5 - 2))
        reden = None
        if regio == "GM1701" and jaar == 2025:
            waarde, reden = None, "geheim"
        if naam == "werkloosheid" and jaar == 2016:
            waarde, reden = None, "niet_gepubliceerd"
        status = {2025: "voorlopig", 2024: "nader_voorlopig"}.get(jaar, "definitief")
        values.append((naam, "totaal", regio, f"{jaar}JJ00", waarde, status, row[7] == "gewogen", reden, None, None))
    return values


def write_database(path: Path, soort: str = "voorbeeld", copies: int = 1) -> Path:
    """Write the database at `path`, whose name is `monitor.duckdb`: its tables of `monitor` stand in the main schema.

    `copies` repeats the indicators, to measure a report of real size."""
    with duckdb.connect(str(path)) as db:
        # at once: each statement by itself would wait for the disk
        db.execute("BEGIN")
        db.execute("CREATE SCHEMA kern")
        for naam in COLUMNS:
            columns = ", ".join(f"{k.naam} {k.type}" for k in HEADERS[naam].kolommen)
            db.execute(f"CREATE TABLE {naam} ({columns})")

        collected: dict[str, list[tuple]] = {naam: [] for naam in COLUMNS}

        def insert(naam: str, rows: list[tuple]) -> None:
            collected[naam] += rows

        regios = [(NL, "Nederland", "land"), (DRENTHE, "Drenthe (PV)", "provincie")]
        regios += [(c, n, "corop") for c, n in COROP.items()] + [(c, n, "gemeente") for c, n in GEMEENTEN.items()]
        insert("kern.regio", [(*r, None, None, None) for r in regios])
        insert("kern.regio", [("GM0105", "Afgeschaft", "gemeente", None, None, date(1998, 1, 1))])
        insert("kern.regio_lid", [(DRENTHE, c, None, None, "test") for c in GEMEENTEN])
        insert("kern.regio_lid", [(corop, lid, None, None, "test") for lid, corop in COROP_VAN.items()])
        insert("kern.regio_lid", [(DRENTHE, "GM0105", None, date(1998, 1, 1), "test")])
        for copy in range(copies):
            for row in INDICATOREN:
                _insert_indicator(insert, (row[0] + (f"_{copy}" if copy else ""), *row[1:]), row[0], regios)
        insert("monitor.breuk", [("netto_arbeidsparticipatie", 2021, "Nieuwe opzet van de enquête.")])
        insert(
            "monitor.niet_beschikbaar",
            [
                (
                    "leeg",
                    "Indicator zonder enig cijfer",
                    "tabel ontbreekt",
                    "99999NED",
                    "Tabel 99999NED is er niet: de bron kent dit niet (404).",
                )
            ],
        )
        insert(
            "monitor.momentopname",
            [
                ("cbs", "84432NED", MOMENT, "Regionale kerncijfers <nationale rekeningen> & meer", "CBS",
                 "http://127.0.0.1:4711/84432NED", "2025-12-17T02:00:00", "Regulier", "CC BY 4.0",
                 datetime(2026, 11, 22, 2, 15), None),
                ("cbs", "70072ned", MOMENT, "Regionale kerncijfers Nederland", "CBS", "http://127.0.0.1:4711/70072ned",
                 "2026-09-24T02:00:00+02:00", "Regulier", "CC BY 4.0", datetime(2026, 11, 22, 2, 15),
                 "het nieuwste antwoord is geweigerd: onderwerp ontbreekt"),
            ],
        )  # fmt: skip
        insert(
            "monitor.bouw",
            [
                (
                    "20261122T023000000000Z",
                    soort,
                    2026,
                    "0.1.0+abc",
                    datetime(2026, 11, 22, 2, 30),
                    "20261015T041500000000Z",
                )
            ],
        )
        insert(
            "monitor.oordeel",
            [
                ("werkloosheid", "totaal", regio, 2026, 2018, 2025, "2025JJ00", trend, -0.1, 0.01, 0.02, None, 0.4,
                 trend, 0.001, 7, 2019, 2025, "robuust", "midden", None, 6, 6.0, 12, 0.2, "kleiner", None, True, "gewogen met de marges",
                 "Gewogen met de marges.")
                for regio, trend in ((DRENTHE, "gunstig"), (NL, "ongunstig"))
            ],
        )  # fmt: skip
        insert(
            "monitor.oordeel_regiosoort",
            [
                (2026, "provincie", gebied, n, 3, n / 20, 2, 0, 1, 5, 2)
                for gebied, n in (("nederland", 120), ("rapport", 10))
            ],
        )
        insert(
            "monitor.herziening",
            [
                ("vorige_publicatie", "werkloosheid", "totaal", NL, "2024JJ00", 2.0, 4.0, "herzien"),
                ("vorige_publicatie", "werkloosheid", "totaal", DRENTHE, "2023JJ00", 3.5, 3.6, "herzien"),
                ("vorige_publicatie", "werkloosheid", "totaal", DRENTHE, "2012JJ00", 3.5, None, "vervallen"),
                ("vorige_publicatie", "werkloosheid", "totaal", "GM0363", "2023JJ00", 3.5, 9.6, "herzien"),
                ("vorige_publicatie", "bevolking", "totaal", DRENTHE, "2025JJ00", None, 500000.0, "nieuw"),
                ("vorige_editie", "bevolking", "totaal", DRENTHE, "2024JJ00", 1.0, 2.0, "herzien"),
            ],
        )
        insert("kern.onderwerp", [("cbs", "84432NED", "woz_waarde", "Gemiddelde WOZ-waarde")])
        keys = ("cbs", "84432NED", "woz_waarde", "totaal")
        told = ("de komma staat verkeerd", "CBS", date(2026, 11, 24))
        insert(
            "kern.correctie",
            [
                ("woz_fout", *keys, "GM0106", "2024JJ00", 21.1, 21.1, 211.0, "toegepast", *told),
                ("woz_hersteld", *keys, "GM0106", "2023JJ00", 20.5, 205.0, 205.0, "hersteld", *told),
            ],
        )
        insert("monitor.gecorrigeerd", [("woz_waarde", "totaal", "GM0106", "2024JJ00", "woz_fout")])
        insert(
            "monitor.ontbrekend_lid",
            [("afstand_sportterrein", "totaal", DRENTHE, "2025JJ00", "GM1701", "geheim", 0.96)],
        )
        insert(
            "monitor.kaartherziening",
            [
                ("vorige_publicatie", "werkloosheid", "definitie", ["eenheid"]),
                ("vorige_publicatie", "verdwenen", "vervallen", []),
                ("vorige_editie", "bevolking", "nieuw", []),
            ],
        )
        insert("kern.regio", [("PV20", "Groningen (PV)", "provincie", None, None, None)])
        for naam, rows in ANALYSES.items():
            insert(naam, rows)
        for naam, rows in ((n, r) for n, r in collected.items() if r):
            # in one go: a statement a row takes DuckDB ten seconds
            names = COLUMNS[naam].split()
            arrays = [pa.array(column) for column in zip(*rows, strict=True)]
            content = pa.table(dict(zip(names, arrays, strict=True)))  # noqa: F841 - DuckDB reads it by name
            db.execute(f"INSERT INTO {naam} BY NAME FROM content")
        db.execute("COMMIT")
    return path


def _insert_indicator(insert, row: tuple, key: str, regios: list[tuple]) -> None:
    naam, tabel = row[0], "70072ned" if row[7] == "som" else "84432NED"
    insert(
        "monitor.indicator",
        [(naam, row[1], row[2], "A1", row[3], row[4], row[5], "Economische Koers, paragraaf 1.1", row[6],
          f"Wat de bron onder {row[1].lower()} verstaat.", "Overgenomen van de bron.", "CBS", row[7], "alleen_jaar", "K",
          "toetsing" if naam == "nagerekend" else "rapport", "", [2],
          "steekproef" if naam == "werkloosheid" else "telling")],
    )  # fmt: skip
    series = {r[0]: [(naam, *v[1:]) for v in _series((key, *row[1:]), r[0], n)] for n, r in enumerate(regios)}
    for values in series.values():
        insert("monitor.indicatorwaarde", values)
        insert(
            "monitor.herkomst",
            [
                (v[0], v[1], v[2], v[3], "teller", v[2], 1, "cbs", tabel, naam, "totaal", v[2], v[3], MOMENT)
                for v in values
            ],
        )
        insert(
            "kern.waarneming",
            [("cbs", tabel, naam, "totaal", v[2], v[3], v[4], v[7], v[5], MOMENT) for v in values],
        )
    nl = {v[3]: v[4] for v in series[NL]}
    for values in series.values():
        if not values:
            continue
        last, before, editie = values[-1], values[-2], values[-3]
        theirs = nl.get(last[3])

        def minus(a: float | None, b: float | None) -> float | None:
            return None if a is None or b is None else a - b

        insert(
            "monitor.stand",
            [(last[0], last[1], last[2], last[3], last[4], last[5], last[7], last[6], theirs, minus(last[4], theirs), None,
              before[3], minus(last[4], before[4]), editie[3], minus(last[4], editie[4]))],
        )  # fmt: skip
