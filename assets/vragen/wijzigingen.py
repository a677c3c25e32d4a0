"""From a built database to what a report says of change: since the previous publication, and by our corrections."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import duckdb

from assets.vragen.lezen import read_day, read_rows, strip_soort
from reports.herziening import Correctie, Herziening, Kaartwijziging, Wijziging
from reports.model import Regio


def read_correcties(db: duckdb.DuckDBPyConnection) -> tuple[Correctie, ...]:
    """The corrections that were applied, with the indicators of the report that rest on them."""
    indicatoren: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for r in read_rows(
        db,
        """
        SELECT DISTINCT g.correctie, i.naam, i.id
        FROM monitor.gecorrigeerd AS g JOIN monitor.indicator AS i ON i.id = g.indicator
        WHERE i.doel = 'rapport' ORDER BY ALL
        """,
    ):
        indicatoren[r["correctie"]].append((r["id"], r["naam"]))
    return tuple(
        Correctie(
            naam=r["correctie"],
            tabel=r["tabel"],
            onderwerp=r["titel"],
            regio=strip_soort(r["regio_naam"]),
            periode=r["periode"],
            bron_waarde=r["bron_waarde"],
            wordt=r["wordt"],
            reden=r["reden"],
            gemeld_aan=r["gemeld_aan"],
            datum=r["datum"],
            indicatoren=tuple(indicatoren[r["correctie"]]),
        )
        for r in read_rows(
            db,
            """
            SELECT k.*, r.naam AS regio_naam, coalesce(o.titel, k.onderwerp) AS titel
            FROM kern.correctie AS k
            JOIN kern.regio AS r ON r.code = k.regio
            LEFT JOIN kern.onderwerp AS o ON o.bron = k.bron AND o.tabel = k.tabel AND o.onderwerp = k.onderwerp
            WHERE k.uitkomst = 'toegepast' ORDER BY k.correctie
            """,
        )
    )


def read_herziening(
    db: duckdb.DuckDBPyConnection, vorige: str | None, regios: dict[str, Regio], provincie: str
) -> Herziening | None:
    """What changed in the regions of the report since the publication of build `vorige`; None where there is none.

    Of each indicator the greatest change relatively, of the province where that changed.
    """
    if vorige is None:
        return None
    soorten: dict[str, dict[str, int]] = defaultdict(dict)
    for r in read_rows(
        db,
        """
        SELECT indicator, soort, count(*) AS aantal FROM monitor.herziening
        WHERE tegenover = 'vorige_publicatie' AND uitsplitsing = 'totaal' AND list_contains(?, regio)
        GROUP BY ALL ORDER BY ALL
        """,
        list(regios),
    ):
        soorten[r["indicator"]][r["soort"]] = r["aantal"]
    nieuw = {indicator: found.pop("nieuw") for indicator, found in soorten.items() if "nieuw" in found}
    greatest = {
        r["indicator"]: r
        for r in read_rows(
            db,
            """
            FROM monitor.herziening
            WHERE tegenover = 'vorige_publicatie' AND uitsplitsing = 'totaal' AND list_contains(?, regio)
                AND soort IN ('herzien', 'definitie')
            QUALIFY row_number() OVER (
                PARTITION BY indicator
                ORDER BY regio <> ?, abs(nieuw - oud) / nullif(abs(oud), 0) DESC NULLS LAST, regio, periode DESC
            ) = 1
            """,
            list(regios),
            provincie,
        )
    }
    namen = {r["id"]: r for r in read_rows(db, "SELECT id, naam, eenheid, decimalen FROM monitor.indicator")}
    wijzigingen = []
    for indicator, found in soorten.items():
        if found:
            kaart = namen.get(indicator, {})
            wijziging = Wijziging(
                indicator, kaart.get("naam", indicator), kaart.get("eenheid", ""), kaart.get("decimalen", 1), found
            )
            if (change := greatest.get(indicator)) is not None:
                regio = regios[change["regio"]].naam
                wijziging = replace(
                    wijziging, regio=regio, periode=change["periode"], oud=change["oud"], nieuw=change["nieuw"]
                )
            wijzigingen.append(wijziging)
    kaarten = [
        Kaartwijziging(
            r["indicator"],
            namen.get(r["indicator"], {}).get("naam", r["indicator"]),
            r["soort"],
            tuple(r["velden"] or ()),
        )
        for r in read_rows(
            db, "FROM monitor.kaartherziening WHERE tegenover = 'vorige_publicatie' ORDER BY soort, indicator"
        )
    ]
    return Herziening(
        read_day(f"{vorige[:4]}-{vorige[4:6]}-{vorige[6:8]}"),
        sum(nieuw.values()),
        len(nieuw),
        tuple(sorted(wijzigingen, key=lambda w: (w.naam, w.indicator))),
        tuple(kaarten),
    )
