"""A small built database with the tables and columns that the report reads, for tests of this room."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa

from assets.tabel import SQL, read_query

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
COLUMNS = {
    "kern.regio": "code VARCHAR, naam VARCHAR, soort VARCHAR, stedelijkheid VARCHAR, geldig_van DATE, geldig_tot DATE",
    "kern.regio_lid": "regio VARCHAR, lid VARCHAR, geldig_van DATE, geldig_tot DATE, herkomst VARCHAR",
    "kern.waarneming": "bron VARCHAR, tabel VARCHAR, onderwerp VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, "
    "periode VARCHAR, waarde DOUBLE, leeg_reden VARCHAR, status VARCHAR, momentopname VARCHAR",
    "monitor.indicator": "id VARCHAR, naam VARCHAR, thema VARCHAR, groep VARCHAR, eenheid VARCHAR, decimalen INTEGER, "
    "richting VARCHAR, richting_herkomst VARCHAR, prijzen VARCHAR, definitie VARCHAR, bewerking VARCHAR, "
    "bronvermelding VARCHAR, aggregatie VARCHAR, jaarregel VARCHAR, zekerheid VARCHAR, doel VARCHAR, opmerking VARCHAR, "
    "opgave INTEGER[], meting VARCHAR",
    "monitor.indicatorwaarde": "indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, periode VARCHAR, waarde DOUBLE, "
    "status VARCHAR, benadering BOOLEAN, leeg_reden VARCHAR, marge_onder DOUBLE, marge_boven DOUBLE",
    "kern.onderwerp": "bron VARCHAR, tabel VARCHAR, onderwerp VARCHAR, titel VARCHAR",
    "kern.correctie": "correctie VARCHAR, bron VARCHAR, tabel VARCHAR, onderwerp VARCHAR, uitsplitsing VARCHAR, "
    "regio VARCHAR, periode VARCHAR, verwacht DOUBLE, bron_waarde DOUBLE, wordt DOUBLE, uitkomst VARCHAR, reden VARCHAR, "
    "gemeld_aan VARCHAR, datum DATE",
    "monitor.gecorrigeerd": "indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, periode VARCHAR, correctie VARCHAR",
    "monitor.ontbrekend_lid": "indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, periode VARCHAR, lid VARCHAR, "
    "leeg_reden VARCHAR, dekking DOUBLE",
    "monitor.herkomst": "indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, periode VARCHAR, rol VARCHAR, "
    "lid VARCHAR, term INTEGER, bron VARCHAR, tabel VARCHAR, onderwerp VARCHAR, cel_uitsplitsing VARCHAR, "
    "cel_regio VARCHAR, cel_periode VARCHAR, momentopname VARCHAR",
    "monitor.stand": "indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, laatste_periode VARCHAR, waarde DOUBLE, "
    "status VARCHAR, leeg_reden VARCHAR, benadering BOOLEAN, waarde_nl DOUBLE, verschil_nl DOUBLE, "
    "verschil_nl_pct DOUBLE, vorige_periode VARCHAR, verandering_jaar DOUBLE, editie_periode VARCHAR, "
    "verandering_editie DOUBLE",
    "monitor.breuk": "indicator VARCHAR, vanaf INTEGER, reden VARCHAR",
    "monitor.niet_beschikbaar": "indicator VARCHAR, naam VARCHAR, reden VARCHAR, tabel VARCHAR, uitleg VARCHAR",
    "monitor.momentopname": "bron VARCHAR, tabel VARCHAR, momentopname VARCHAR, titel VARCHAR, uitgever VARCHAR, "
    "url VARCHAR, modified VARCHAR, status VARCHAR, licentie VARCHAR, fetched_at TIMESTAMP, verouderd VARCHAR",
    "monitor.bouw": "bouw VARCHAR, soort VARCHAR, editie INTEGER, code_versie VARCHAR, built_at TIMESTAMP, vorige VARCHAR",
    "monitor.oordeel": "indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, editie INTEGER, venster_van INTEGER, "
    "venster_tot INTEGER, laatste_periode VARCHAR, trend VARCHAR, trend_helling DOUBLE, trend_p DOUBLE, trend_p_bh DOUBLE, "
    "trend_n INTEGER, robuust VARCHAR, positie VARCHAR, rang INTEGER, rang_van INTEGER, verschil_nl DOUBLE, kloof VARCHAR, "
    "toelichting VARCHAR",
    "monitor.oordeel_regiosoort": "editie INTEGER, soort VARCHAR, gebied VARCHAR, toetsen BIGINT, signalen BIGINT, "
    "verwacht_toeval DOUBLE, signalen_bh BIGINT, robuust BIGINT",
    "monitor.herziening": "tegenover VARCHAR, indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, periode VARCHAR, "
    "oud DOUBLE, nieuw DOUBLE, soort VARCHAR",
    "monitor.kaartherziening": "tegenover VARCHAR, indicator VARCHAR, soort VARCHAR, velden VARCHAR[]",
    "kern.bedrijfstak": "bedrijfstak VARCHAR, letter VARCHAR, naam VARCHAR, grof BOOLEAN",
    "monitor.productiviteitskloof": "tabel VARCHAR, indeling VARCHAR, regio VARCHAR, periode VARCHAR, "
    "bedrijfstak VARCHAR, aandeel DOUBLE, aandeel_nl DOUBLE, productiviteit DOUBLE, productiviteit_nl DOUBLE, "
    "structuur DOUBLE, regiospecifiek DOUBLE, interactie DOUBLE, afronding DOUBLE, kloof DOUBLE, status VARCHAR",
    "monitor.shift_share": "indeling VARCHAR, soort VARCHAR, regio VARCHAR, periode_van VARCHAR, periode VARCHAR, "
    "bedrijfstak VARCHAR, banen_van DOUBLE, banen DOUBLE, nationaal DOUBLE, sectormix DOUBLE, regionaal DOUBLE, "
    "afronding DOUBLE, verandering DOUBLE, status VARCHAR",
    "monitor.locatiequotient": "regio VARCHAR, periode VARCHAR, bedrijfstak VARCHAR, banen DOUBLE, aandeel DOUBLE, "
    "aandeel_nl DOUBLE, waarde DOUBLE, status VARCHAR, leeg_reden VARCHAR",
    "monitor.woon_werkbalans": "regio VARCHAR, periode VARCHAR, banen DOUBLE, banen_van_inwoners DOUBLE, "
    "uitgaand DOUBLE, inkomend DOUBLE, uitgaand_pct DOUBLE, inkomend_pct DOUBLE, waarde DOUBLE, status VARCHAR",
    "monitor.pendel": "woonregio VARCHAR, werkregio VARCHAR, periode VARCHAR, waarde DOUBLE",
    "monitor.prognose": "regio VARCHAR, periode VARCHAR, waarde DOUBLE, marge_onder DOUBLE, marge_boven DOUBLE, "
    "werkelijk DOUBLE",
    "monitor.prognose_leeftijd": "leeftijd VARCHAR, regio VARCHAR, periode VARCHAR, waarde DOUBLE, aandeel DOUBLE",
    "monitor.record": "indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, record VARCHAR, mag BOOLEAN, "
    "uitleg VARCHAR, reeks_van VARCHAR",
    "monitor.editieverschil": "indicator VARCHAR, uitsplitsing VARCHAR, regio VARCHAR, periode_toen VARCHAR, "
    "periode_nu VARCHAR, waarde_toen DOUBLE, waarde_nu DOUBLE, verandering DOUBLE, herziening DOUBLE, "
    "definitie DOUBLE",
}
REGISTER = ("werkgelegenheid", "grootste_sector", "locatiequotient_register", "stuwend", "banenbegrippen")
for _naam in REGISTER:
    _kolommen = read_query(SQL / "monitor" / f"{_naam}.sql").kolommen
    COLUMNS[f"monitor.{_naam}"] = ", ".join(f"{k.naam} {k.type}" for k in _kolommen)
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
        db.execute("CREATE SCHEMA kern")
        for naam, columns in COLUMNS.items():
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
                    "Tabel 99999NED is er niet: http://127.0.0.1:4711/x?%24format=json: de bron kent dit niet (404).",
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
                ("werkloosheid", "totaal", regio, 2026, 2018, 2025, "2025JJ00", trend, -0.1, 0.01, 0.02, 7, "robuust",
                 "midden", 6, 12, 0.2, "kleiner", "marge onbekend")
                for regio, trend in ((DRENTHE, "gunstig"), (NL, "ongunstig"))
            ],
        )  # fmt: skip
        insert(
            "monitor.oordeel_regiosoort",
            [(2026, "provincie", gebied, n, 3, n / 20, 2, 1) for gebied, n in (("nederland", 120), ("rapport", 10))],
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
            names = [c.split()[0] for c in COLUMNS[naam].split(", ")]
            arrays = [pa.array(column) for column in zip(*rows, strict=True)]
            content = pa.table(dict(zip(names, arrays, strict=True)))  # noqa: F841 - DuckDB reads it by name
            db.execute(f"INSERT INTO {naam} FROM content")
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
