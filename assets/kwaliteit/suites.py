"""The suites: what must hold in a build, generated from the cards, the source list and the headers of the tables.

A suite is a frame (a query on the built database) with the expectations that Great Expectations holds against it. There
are few of them and they are wide, since an expectation costs little and a validation costs a copy of its frame: one for
each table (key, closed lists, emptiness), one for the structure of all tables, and one for each question about the
figures. This module does not import Great Expectations, which takes seven seconds; `toetsen` does, when it checks.

Every expectation belongs to a check (`toets`) of a table. A check is `blokkeert` when a failure must keep the build
from being published, `beoordeelt` when a person has to look at it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, get_args

import pandas as pd

from assets.bron.bronlijst import Brontabel, Drempel
from assets.indicatoren.kaart import Bron, Kaart
from assets.indicatoren.regel import Regel, read_regels
from assets.tabel import Tabel
from begrippen.regio import DRENTHE, NEDERLAND, SOORTEN, leden_op, read_regios

Zwaarte = Literal["blokkeert", "beoordeelt"]

STATUS = ("definitief", "voorlopig", "nader_voorlopig", "onbekend")
LEEG_REDEN = (
    "onbekend",
    "geheim",
    "niet_van_toepassing",
    "niet_gepubliceerd",
    "niet_in_selectie",
    "onderdrukt",
)

# A change of a year is looked at when it is this many times the indicator's own usual change.
SPRONG = Drempel(
    waarde=8,
    reden="minder dan 1 op de 1.000 gewone jaren wijkt zo ver af; wat overblijft past in een kwartier nakijken",
    datum=date(2026, 11, 22),
)
# A change of so many units of the last decimal that a card shows is rounding, not a jump.
AFRONDING = Drempel(
    waarde=5,
    reden="afstanden en percentages met een decimaal staan jaren stil en springen dan een of twee tienden",
    datum=date(2026, 11, 22),
)
# A year in which fewer municipalities have a value than this share of those of the year before is looked at.
KRIMP = Drempel(
    waarde=0.92,
    reden="herindeling kostte in een jaar hoogstens 7% van de gemeenten (2019: van 380 naar 355)",
    datum=date(2026, 11, 22),
)
# A source that did not change for this many days is looked at.
STIL = Drempel(
    waarde=550,
    reden="een jaartabel van CBS verandert elk jaar; na anderhalf jaar is zij gestopt of gemist",
    datum=date(2026, 11, 22),
)
# A quotient of stored numerator and denominator may differ this much, relatively, from the stored value.
GELIJK = Drempel(
    waarde=1e-9, reden="dubbele precisie: twee volgordes van rekenen verschillen minder", datum=date(2026, 11, 22)
)

# column -> closed list, for every table that has the column; with a table's own list under 'table.column'
_LISTS: dict[str, tuple[str, ...]] = {
    "status": STATUS,
    "leeg_reden": LEEG_REDEN,
    **{naam: get_args(Kaart.model_fields[naam].annotation) for naam in ("richting", "prijzen", "jaarregel")},
    **{naam: get_args(Kaart.model_fields[naam].annotation) for naam in ("aggregatie", "thema", "zekerheid", "doel")},
    "kern.regio.soort": SOORTEN,
    "kern.periode.soort": ("JJ", "SJ", "HJ", "KW", "MM", "DJ"),
    "kern.correctie.uitkomst": ("toegepast", "hersteld", "anders", "niet_gevonden"),
    "monitor.bouw.soort": ("voorbeeld", "cbs", "opname"),
    "monitor.herziening.soort": ("nieuw", "herzien", "definitie", "vervallen"),
    "monitor.kaartherziening.soort": ("nieuw", "definitie", "vervallen"),
    "tegenover": ("vorige_publicatie", "vorige_editie"),
    "monitor.niet_beschikbaar.reden": (
        "aanlevering_ontbreekt",
        "tabel_ontbreekt",
        "onderwerp_niet_gevonden",
        "geen_heel_jaar",
        "niet_in_selectie",
        "niveau",
        "leeg",
    ),
}
# a column of these names that means something else there, or holds what is no longer on the list
_OTHER_MEANING = {
    "monitor.momentopname.status",
    *(f"monitor.herziening.{kolom}" for kolom in ("indicator", "regio", "periode")),
    "monitor.kaartherziening.indicator",
    "monitor.editieverschil.indicator",
    "monitor.editieverschil.regio",
}


@dataclass(frozen=True)
class Verwachting:
    """One expectation of Great Expectations: its `type` (class name) and `kwargs`, and the check that it is part of."""

    toets: str
    tabel: str
    zwaarte: Zwaarte
    uitleg: str
    type: str
    kwargs: Mapping[str, Any]
    # what to do about it: the last sentence of the message
    vervolg: str = ""
    # column and value: only the rows of the frame that hold it
    alleen: tuple[str, str] | None = None


@dataclass(frozen=True)
class Suite:
    """A frame and what is expected of it.

    `frame` is a query that gives the columns of the expectations and `rij`, which identifies a row; `toon` a query that
    gives for each `rij` what a reader wants to see of a wrong row. `invoer` are frames that the queries read by name.
    """

    naam: str
    frame: str
    verwachtingen: tuple[Verwachting, ...]
    toon: str = ""
    invoer: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def _quote(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


# The number of a row: the place where it stands. A view, as some tables of a build are, has no `rowid`.
_RIJ = "row_number() OVER () - 1 AS rij"
_VALUES = f"SELECT {_RIJ}, * FROM monitor.indicatorwaarde"


def _numbered(query: str) -> str:
    return f"SELECT row_number() OVER () - 1 AS rij, * FROM (SELECT * FROM ({query}) ORDER BY ALL)"


# ------------------------------------------------------------------------------------------------ tables


def _structure(koppen: Sequence[Tabel]) -> Suite:
    """Every table has the columns of its header, in that order and of that type."""
    kop = pd.DataFrame(
        [(k.naam, i, c.naam, c.type) for k in koppen for i, c in enumerate(k.kolommen, 1)],
        columns=["tabel", "plaats", "kolom", "type"],
    )
    names = ", ".join(_quote(k.naam) for k in koppen)
    query = f"""
        SELECT coalesce(kop.tabel, bouw.tabel) AS tabel, coalesce(kop.plaats, bouw.plaats) AS plaats,
               coalesce(kop.kolom || ' ' || kop.type, 'geen kolom') AS kop,
               coalesce(bouw.kolom || ' ' || bouw.type, 'geen kolom') AS bouw
        FROM toets_kop AS kop FULL JOIN (
            SELECT tabel, column_name AS kolom, data_type AS type,
                   row_number() OVER (PARTITION BY tabel ORDER BY column_index) AS plaats
            FROM (
                -- the tables of monitor stand in the main schema, since DuckDB names the database after its file
                SELECT *, CASE schema_name WHEN 'main' THEN 'monitor' ELSE schema_name END || '.' || table_name AS tabel
                FROM duckdb_columns() WHERE database_name = current_database()
            ) WHERE tabel IN ({names})
        ) AS bouw ON bouw.tabel = kop.tabel AND bouw.plaats = kop.plaats"""
    return Suite(
        naam="structuur",
        frame=_numbered(query),
        invoer={"toets_kop": kop},
        verwachtingen=tuple(
            Verwachting(
                toets="structuur",
                tabel=k.naam,
                zwaarte="blokkeert",
                uitleg="de kolommen zijn die van de kop van de tabel, in die volgorde en van dat type",
                type="ExpectColumnPairValuesToBeEqual",
                kwargs={"column_A": "kop", "column_B": "bouw"},
                alleen=("tabel", k.naam),
                vervolg=f"Maak de kop in {k.source} gelijk aan de query en bouw opnieuw met: monitor run",
            )
            for k in koppen
        ),
    )


def _table(kop: Tabel, known: Mapping[str, str], invoer: Mapping[str, pd.DataFrame]) -> Suite:
    """The key of a table is unique and complete, its closed lists are closed, and what is empty has a reason.

    `known` gives for a column (or 'table.column') the query of the codes that it may hold; `invoer` what that reads.
    """
    columns = [k.naam for k in kop.kolommen]
    key = ", ".join(kop.sleutel)
    whole = " AND ".join(f"{k} IS NOT NULL" for k in kop.sleutel)
    selected = [f"CASE WHEN {whole} THEN hash({key}) END AS sleutel"]
    shown = [*kop.sleutel]
    verwachtingen: list[Verwachting] = []

    def expect(toets: str, uitleg: str, type: str, vervolg: str = "", **kwargs: Any) -> None:
        vervolg = vervolg or f"Kijk in {kop.source}."
        verwachtingen.append(Verwachting(toets, kop.naam, "blokkeert", uitleg, type, kwargs, vervolg))

    uniek = f"de sleutel ({key}) is overal gevuld en komt nergens twee keer voor"
    expect("sleutel", uniek, "ExpectColumnValuesToNotBeNull", column="sleutel")
    expect("sleutel", uniek, "ExpectColumnValuesToBeUnique", column="sleutel")
    for column in columns:
        own = f"{kop.naam}.{column}"
        values = _LISTS.get(own, _LISTS.get(column))
        codes = known.get(own, known.get(column))
        if own in _OTHER_MEANING or not (values or codes):
            continue
        shown.append(column)
        if values:
            selected.append(column)
            check: dict[str, Any] = {"column": column, "value_set": list(values)}
        else:
            # a list of hundreds of codes is held against the column by DuckDB: Great Expectations copies it many times
            selected.append(f"{column} IS NULL OR {column} IN ({codes}) AS {column}_bekend")
            check = {"column": f"{column}_bekend", "value_set": [True]}
        expect(
            "gesloten_lijsten",
            f"elke {column} komt uit de gesloten lijst" + (f" ({', '.join(values)})" if values else ""),
            "ExpectColumnValuesToBeInSet",
            "Een nieuwe code hoort eerst in de lijst: de regio's in assets/kern/gegevens, de kaarten of de query.",
            **check,
        )
    if {"waarde", "status"} <= set(columns):
        always = "elke waarde, ook een lege, heeft een status"
        expect("gesloten_lijsten", always, "ExpectColumnValuesToNotBeNull", column="status")
    if {"waarde", "leeg_reden"} <= set(columns):
        reason = "een lege waarde heeft een reden, een waarde heeft er geen en is een eindig getal"
        selected += ["waarde IS NULL AS leeg", "leeg_reden IS NOT NULL AS met_reden"]
        selected.append("waarde IS NULL OR isfinite(waarde) AS eindig")
        shown += ["waarde", "leeg_reden"]
        expect("leeg_met_reden", reason, "ExpectColumnPairValuesToBeEqual", column_A="leeg", column_B="met_reden")
        expect("leeg_met_reden", reason, "ExpectColumnValuesToBeInSet", column="eindig", value_set=[True])
    return Suite(
        naam=kop.naam,
        frame=f"SELECT {_RIJ}, {', '.join(selected)} FROM {kop.naam}",
        toon=f"SELECT {_RIJ}, {', '.join(dict.fromkeys(shown))} FROM {kop.naam}",
        verwachtingen=tuple(verwachtingen),
        invoer=invoer,
    )


# ------------------------------------------------------------------------------------------------ figures


def is_aandeel(kaart: Kaart) -> bool:
    """Tell whether a card is a share of a whole in percents, which lies between 0 and 100 whatever its card says.

    A share adds nothing but positive terms of one moment; growth and balances do not, and have no such bounds.
    """

    def part_of_whole(bron: Bron) -> bool:
        terms = (*bron.teller, *bron.noemer)
        return (
            bool(bron.noemer)
            and bron.factor == 100
            and all(t.gewicht > 0 for t in terms)
            and {t.periode_verschuiving for t in terms} == {0}
            and {t.tabel for t in bron.teller} == {t.tabel for t in bron.noemer}
        )

    return kaart.eenheid in ("%", "procent") and all(map(part_of_whole, kaart.bronnen))


def _bereik(kaarten: Mapping[str, Kaart]) -> pd.DataFrame:
    """The least and greatest value that a card allows: indicator, minimum, maximum, reden. No row: no bounds."""
    rows = []
    for kaart in kaarten.values():
        if kaart.bereik is not None:
            rows.append((kaart.id, kaart.bereik.minimum, kaart.bereik.maximum, kaart.bereik.reden))
    return pd.DataFrame(rows, columns=["indicator", "minimum", "maximum", "reden"])


def _range_suites(kaarten: Mapping[str, Kaart]) -> list[Suite]:
    """Values lie within the range of their card, and shares within 0 and 100."""
    tabel = "monitor.indicatorwaarde"
    aandelen = pd.DataFrame(
        [(k.id, 0.0, 100.0, "een deel van een geheel") for k in kaarten.values() if is_aandeel(k)],
        columns=["indicator", "minimum", "maximum", "reden"],
    )
    suites = []
    for naam, bounds, uitleg, vervolg in (
        (
            "bereik",
            _bereik(kaarten),
            "elke waarde ligt binnen het bereik dat op haar kaart staat",
            "Vergelijk met de bron (monitor bron toets); klopt de waarde, verruim dan het bereik op de kaart.",
        ),
        (
            "aandeel",
            aandelen,
            "elk aandeel ligt tussen 0 en 100",
            "Teller en noemer horen bij verschillende gehelen: kijk naar teller, noemer en factor op de kaart.",
        ),
    ):
        query = f"""
            SELECT w.rij, w.indicator, w.uitsplitsing, w.regio, w.periode, w.waarde, b.minimum, b.maximum
            FROM ({_VALUES}) AS w JOIN toets_{naam} AS b USING (indicator) WHERE w.waarde IS NOT NULL"""
        suites.append(
            Suite(
                naam=naam,
                frame=f"SELECT rij, waarde, minimum, maximum FROM ({query})",
                toon=query,
                invoer={f"toets_{naam}": bounds},
                verwachtingen=tuple(
                    Verwachting(
                        naam,
                        tabel,
                        "blokkeert",
                        uitleg,
                        "ExpectColumnPairValuesAToBeGreaterThanB",
                        {"column_A": a, "column_B": b, "or_equal": True, "ignore_row_if": "either_value_is_missing"},
                        vervolg,
                    )
                    for a, b in (("waarde", "minimum"), ("maximum", "waarde"))
                ),
            )
        )
    return suites


def _coverage(editie: int) -> Suite:
    """A card with values has a row for the Netherlands, Drenthe, its COROP areas and its municipalities."""
    day = date(editie, 1, 1)
    regios = [NEDERLAND, DRENTHE, *leden_op(DRENTHE, day)]
    wanted = pd.DataFrame({"regio": regios})
    query = """
        SELECT l.indicator, l.uitsplitsing, r.regio, l.periode,
               CAST(count(w.regio) AS BIGINT) AS rijen
        FROM (
            SELECT indicator, uitsplitsing, max(periode) AS periode FROM monitor.indicatorwaarde
            WHERE waarde IS NOT NULL GROUP BY ALL
        ) AS l CROSS JOIN toets_regio AS r
        LEFT JOIN monitor.indicatorwaarde AS w
          ON w.indicator = l.indicator AND w.uitsplitsing = l.uitsplitsing
         AND w.regio = r.regio AND w.periode = l.periode
        GROUP BY ALL"""
    return Suite(
        naam="dekking",
        frame=_numbered(query),
        invoer={"toets_regio": wanted},
        verwachtingen=(
            Verwachting(
                "dekking",
                "monitor.indicatorwaarde",
                "blokkeert",
                "elke indicator met waarden heeft in zijn laatste periode een regel voor Nederland, Drenthe, de "
                "COROP-gebieden en de twaalf gemeenten, met een waarde of de reden waarom die er niet is",
                "ExpectColumnValuesToBeBetween",
                {"column": "rijen", "min_value": 1},
                "Kijk in sql/monitor/indicatorwaarde.sql waarom deze regel wegvalt.",
            ),
        ),
    )


def _traceable() -> Suite:
    """Every value leads back to at least one cell of a stored answer."""
    query = f"""
        SELECT w.rij, w.indicator, w.uitsplitsing, w.regio, w.periode, w.waarde,
               h.indicator IS NOT NULL AS met_herkomst
        FROM ({_VALUES}) AS w LEFT JOIN (
            SELECT DISTINCT indicator, uitsplitsing, regio, periode FROM monitor.herkomst
        ) AS h USING (indicator, uitsplitsing, regio, periode)
        WHERE w.waarde IS NOT NULL"""
    return Suite(
        naam="herleidbaar",
        frame=f"SELECT rij, met_herkomst FROM ({query})",
        toon=query,
        verwachtingen=(
            Verwachting(
                "herleidbaar",
                "monitor.indicatorwaarde",
                "blokkeert",
                "elke waarde is terug te voeren op cellen van een bewaard antwoord",
                "ExpectColumnValuesToBeInSet",
                {"column": "met_herkomst", "value_set": [True]},
                "Kijk in sql/monitor/herkomst.sql.",
            ),
        ),
    )


def _ratio(kaarten: Mapping[str, Kaart]) -> Suite:
    """A ratio and its level agree: the value is a factor of its card times numerator over denominator."""
    factors = pd.DataFrame(
        sorted({(k.id, b.factor) for k in kaarten.values() for b in k.bronnen if b.noemer}),
        columns=["indicator", "factor"],
    )
    query = f"""
        SELECT w.rij, w.indicator, w.uitsplitsing, w.regio, w.periode, w.waarde, w.teller, w.noemer,
               min(abs(w.waarde - f.factor * w.teller / w.noemer)) AS afwijking,
               {GELIJK.waarde} * greatest(abs(w.waarde), 1) AS tolerantie
        FROM ({_VALUES}) AS w JOIN toets_factor AS f USING (indicator)
        WHERE w.waarde IS NOT NULL AND w.teller IS NOT NULL AND w.noemer <> 0 AND NOT w.benadering
        GROUP BY ALL"""
    return Suite(
        naam="verhouding",
        frame=f"SELECT rij, afwijking, tolerantie FROM ({query})",
        toon=query,
        invoer={"toets_factor": factors},
        verwachtingen=(
            Verwachting(
                "verhouding",
                "monitor.indicatorwaarde",
                "blokkeert",
                "elke verhouding is haar teller gedeeld door haar noemer, maal de factor van de kaart",
                "ExpectColumnPairValuesAToBeGreaterThanB",
                {"column_A": "tolerantie", "column_B": "afwijking", "or_equal": True},
                "Kijk in sql/monitor/indicatorwaarde.sql en naar de factor op de kaart.",
            ),
        ),
    )


def _parts() -> Suite:
    """Parts add up to the total that the source published."""
    return Suite(
        naam="delen_tot_totaal",
        frame="SELECT rowid AS rij, abs(verschil) AS afwijking, tolerantie FROM monitor.controle",
        toon="SELECT rowid AS rij, * FROM monitor.controle",
        verwachtingen=(
            Verwachting(
                "delen_tot_totaal",
                "monitor.controle",
                "blokkeert",
                "de delen tellen op tot het totaal dat de bron zelf geeft, op afronding na",
                "ExpectColumnPairValuesAToBeGreaterThanB",
                {
                    "column_A": "tolerantie",
                    "column_B": "afwijking",
                    "or_equal": True,
                    "ignore_row_if": "either_value_is_missing",
                },
                "Vergelijk met de tabel van de bron; haal haar opnieuw op met: monitor run --opnieuw",
            ),
        ),
    )


def _rules(regels: Mapping[str, Regel]) -> Suite:
    """The indicators agree with each other: a check for each rule of `assets/indicatoren/regels`.

    A rule about regions has no check here: `delen_tot_totaal` holds the same sums with the same rounding. The rules
    that ask more of them than it does (no room for what belongs to no province) do have one.
    """
    tabel = "monitor.regelcontrole"
    own = [r for r in regels.values() if r.gebieden is None or r.indicatoren]
    return Suite(
        naam="regels",
        frame=f"SELECT rowid AS rij, regel, klopt IS NOT FALSE AS klopt FROM {tabel}",
        toon=f"SELECT rowid AS rij, * EXCLUDE (regel, klopt) FROM {tabel}",
        verwachtingen=tuple(
            Verwachting(
                r.id,
                tabel,
                r.zwaarte,
                r.naam[0].lower() + r.naam[1:],
                "ExpectColumnValuesToBeInSet",
                {"column": "klopt", "value_set": [True]},
                f"Vergelijk met de bron (monitor bron toets); de regel staat in assets/indicatoren/regels/{r.id}.yaml.",
                ("regel", r.id),
            )
            for r in own
        ),
    )


def _jumps(kaarten: Mapping[str, Kaart], editie: int) -> Suite:
    """The last change of a year is not far outside the usual changes of that indicator.

    Compared is what the report shows: the Netherlands, Drenthe, its COROP areas and municipalities. The usual change is
    the median of the absolute changes of the municipalities together, and of every other region by itself. A break
    that the card names is no jump, nor is what the rounding of the source can bring about.
    """
    day = date(editie, 1, 1)
    regios = pd.DataFrame(
        [(r, "gemeente" if r.startswith("GM") else r) for r in (NEDERLAND, DRENTHE, *leden_op(DRENTHE, day))],
        columns=["regio", "vergelijk"],
    )
    breaks = pd.DataFrame(
        [(k.id, b.vanaf) for k in kaarten.values() for b in k.breuken], columns=["indicator", "vanaf"]
    ).astype({"vanaf": "int64"})
    rounding = pd.DataFrame(
        [(k.id, AFRONDING.waarde * 10.0**-k.decimalen) for k in kaarten.values()], columns=["indicator", "afronding"]
    )
    query = f"""
        WITH jaar AS (
            SELECT w.indicator, w.uitsplitsing, w.regio, r.vergelijk, w.periode, w.waarde,
                   CAST(left(w.periode, 4) AS BIGINT) AS jaar,
                   lag(w.waarde) OVER reeks AS vorige,
                   CAST(left(lag(w.periode) OVER reeks, 4) AS BIGINT) AS vorig_jaar
            FROM monitor.indicatorwaarde AS w JOIN toets_sprongregio AS r USING (regio)
            WHERE w.waarde IS NOT NULL AND w.periode LIKE '%JJ00'
            WINDOW reeks AS (PARTITION BY w.indicator, w.uitsplitsing, w.regio ORDER BY w.periode)
        ), verandering AS (
            SELECT *, round(abs(waarde - vorige), 9) AS verandering FROM jaar
            WHERE vorig_jaar = jaar - 1
              AND NOT EXISTS (FROM toets_breuk AS b WHERE b.indicator = jaar.indicator AND b.vanaf = jaar.jaar)
        )
        SELECT indicator, uitsplitsing, regio, periode, waarde, vorige, verandering,
               greatest({SPRONG.waarde} * median(verandering) OVER groep, afronding) AS grens,
               count(*) OVER groep AS aantal
        FROM verandering JOIN toets_afronding USING (indicator)
        WINDOW groep AS (PARTITION BY indicator, uitsplitsing, vergelijk)
        QUALIFY aantal >= 5 AND periode = max(periode) OVER (PARTITION BY indicator, uitsplitsing)"""
    return Suite(
        naam="sprong",
        frame=_numbered(query),
        toon=f"SELECT * EXCLUDE (aantal) FROM ({_numbered(query)})",
        invoer={"toets_sprongregio": regios, "toets_breuk": breaks, "toets_afronding": rounding},
        verwachtingen=(
            Verwachting(
                "sprong",
                "monitor.indicatorwaarde",
                "beoordeelt",
                f"geen laatste jaar verandert meer dan {SPRONG.waarde:g} keer zo veel als gewoonlijk",
                "ExpectColumnPairValuesAToBeGreaterThanB",
                {"column_A": "grens", "column_B": "verandering", "or_equal": True},
                "Zoek de reden bij de bron; een breuk hoort met jaar en reden op de kaart, onder breuken.",
            ),
        ),
    )


def _shrink() -> Suite:
    """The last year of an indicator has about as many municipalities as the year before."""
    query = f"""
        SELECT indicator, uitsplitsing, periode, gemeenten, vorige_gemeenten,
               {KRIMP.waarde} * vorige_gemeenten AS ten_minste
        FROM (
            SELECT *, lag(gemeenten) OVER (PARTITION BY indicator, uitsplitsing ORDER BY periode) AS vorige_gemeenten
            FROM (
                SELECT indicator, uitsplitsing, periode, count(*) AS gemeenten FROM monitor.indicatorwaarde
                WHERE waarde IS NOT NULL AND regio LIKE 'GM%' AND periode LIKE '%JJ00' GROUP BY ALL
            )
        )
        QUALIFY periode = max(periode) OVER (PARTITION BY indicator, uitsplitsing) AND vorige_gemeenten IS NOT NULL"""
    return Suite(
        naam="krimp",
        frame=_numbered(query),
        verwachtingen=(
            Verwachting(
                "krimp",
                "monitor.indicatorwaarde",
                "beoordeelt",
                f"het laatste jaar heeft ten minste {KRIMP.waarde:.0%} van de gemeenten van het jaar ervoor",
                "ExpectColumnPairValuesAToBeGreaterThanB",
                {"column_A": "gemeenten", "column_B": "ten_minste", "or_equal": True},
                "Kijk of de bron dit jaar al compleet is: monitor bron toets",
            ),
        ),
    )


def _cards(kaarten: Mapping[str, Kaart]) -> Suite:
    """The indicators of the build are the cards, with the unit of the card."""
    kaart = pd.DataFrame([(k.id, k.eenheid) for k in kaarten.values()], columns=["id", "eenheid"])
    query = """
        SELECT coalesce(k.id, i.id) AS indicator,
               coalesce(k.id || ' in ' || k.eenheid, 'geen kaart') AS kaart,
               coalesce(i.id || ' in ' || i.eenheid, 'niet in de bouw') AS bouw
        FROM toets_kaart AS k FULL JOIN monitor.indicator AS i ON i.id = k.id"""
    return Suite(
        naam="kaarten",
        frame=_numbered(query),
        invoer={"toets_kaart": kaart},
        verwachtingen=(
            Verwachting(
                "kaarten",
                "monitor.indicator",
                "blokkeert",
                "elke kaart is een indicator van de bouw en omgekeerd, met dezelfde eenheid",
                "ExpectColumnPairValuesToBeEqual",
                {"column_A": "kaart", "column_B": "bouw"},
                "Bouw opnieuw met: monitor run",
            ),
        ),
    )


def _units(tabellen: Mapping[str, Brontabel]) -> Suite:
    """The unit of a topic is the one that the source list expects."""
    expected = pd.DataFrame(
        [(t.bron, t.id, naam, o.eenheid) for t in tabellen.values() for naam, o in t.onderwerpen.items()],
        columns=["bron", "tabel", "onderwerp", "verwacht"],
    )
    query = """
        SELECT o.bron, o.tabel, o.onderwerp, coalesce(o.eenheid, '') AS eenheid, v.verwacht
        FROM kern.onderwerp AS o JOIN toets_onderwerp AS v USING (bron, tabel, onderwerp)"""
    return Suite(
        naam="eenheid",
        frame=_numbered(query),
        invoer={"toets_onderwerp": expected},
        verwachtingen=(
            Verwachting(
                "eenheid",
                "kern.onderwerp",
                "blokkeert",
                "elk onderwerp heeft de eenheid die de bronlijst verwacht",
                "ExpectColumnPairValuesToBeEqual",
                {"column_A": "eenheid", "column_B": "verwacht"},
                "Kijk wat de bron nu geeft met: monitor bron toets",
            ),
        ),
    )


def _stale(tabellen: Mapping[str, Brontabel]) -> Suite:
    """Every source gave its newest answer, and none fell silent."""
    stopped = pd.DataFrame({"tabel": [t.id for t in tabellen.values() if t.gestopt]}, dtype="str")
    query = """
        SELECT m.bron, m.tabel, m.titel, m.modified AS gewijzigd, m.verouderd AS reden,
               m.verouderd IS NULL AS nieuwste,
               CASE WHEN m.tabel NOT IN (SELECT tabel FROM toets_gestopt) THEN
                   date_diff('day', TRY_CAST(left(m.modified, 10) AS DATE), CAST(b.gebouwd AS DATE))
               END AS dagen_stil
        FROM monitor.momentopname AS m CROSS JOIN (SELECT max(built_at) AS gebouwd FROM monitor.bouw) AS b"""
    return Suite(
        naam="bronnen",
        frame=_numbered(query),
        invoer={"toets_gestopt": stopped},
        verwachtingen=(
            Verwachting(
                "verouderd",
                "monitor.momentopname",
                "beoordeelt",
                "van elke bron is het nieuwste antwoord gebruikt",
                "ExpectColumnValuesToBeInSet",
                {"column": "nieuwste", "value_set": [True]},
                "Kijk waarom het nieuwe antwoord niet kon: monitor bron toets",
            ),
            Verwachting(
                "stil",
                "monitor.momentopname",
                "beoordeelt",
                f"elke bron die niet gestopt is, veranderde in de laatste {STIL.waarde:g} dagen",
                "ExpectColumnValuesToBeBetween",
                {"column": "dagen_stil", "max_value": STIL.waarde},
                "Zoek de opvolger van de tabel en zet gestopt en opvolger in de bronlijst.",
            ),
        ),
    )


def _corrections() -> Suite:
    """A correction is still needed: the source still says what it expects.

    To look at, not to block: where the source says something else its own figure is used, and all other checks hold
    that one as they hold any figure. A source that mended an error would otherwise keep every refresh from publishing.
    """
    query = """
        SELECT correctie, tabel, onderwerp, regio, periode, verwacht, bron_waarde, wordt, uitkomst
        FROM kern.correctie"""
    return Suite(
        naam="correcties",
        frame=_numbered(query),
        verwachtingen=(
            Verwachting(
                "correcties",
                "kern.correctie",
                "beoordeelt",
                "de bron geeft nog het foute cijfer dat elke correctie verwacht",
                "ExpectColumnValuesToBeInSet",
                {"column": "uitkomst", "value_set": ["toegepast"]},
                "Deze correctie is niet toegepast. Haal haar weg als de bron de fout herstelde, of pas haar aan: "
                "assets/kern/gegevens/correcties.yaml.",
            ),
        ),
    )


def _edition(editie: int) -> Suite:
    """The database is of one build, of the edition that was asked for."""
    return Suite(
        naam="editie",
        frame="SELECT 0 AS rij, count(*) AS bouwen, max(editie) AS editie FROM monitor.bouw",
        verwachtingen=tuple(
            Verwachting(
                "editie",
                "monitor.bouw",
                "blokkeert",
                f"het bestand is van een enkele bouw, voor editie {editie}",
                "ExpectColumnValuesToBeInSet",
                {"column": column, "value_set": [value]},
                f"Bouw opnieuw met: monitor run --editie {editie}",
            )
            for column, value in (("bouwen", 1), ("editie", editie))
        ),
    )


def _register_parts() -> Suite:
    """In the protected tables of the register, parts add up to their total wherever all of them are published."""
    tabel = "monitor.werkgelegenheid"
    maten = ("vestigingen", "banen", "fulltime")
    sums = ", ".join(f"sum(d.{m} ORDER BY d.code) AS {m}_som, any_value(t.{m}) AS {m}" for m in maten)
    query = f"""
        SELECT d.regio, d.periode, d.dimensie, {sums}
        FROM {tabel} AS d JOIN {tabel} AS t ON t.regio = d.regio AND t.periode = d.periode AND t.dimensie = 'totaal'
        WHERE d.dimensie IN ('Sectie', 'Sectie2025', 'Klasse')
        GROUP BY d.regio, d.periode, d.dimensie HAVING count(d.banen) = count(*)"""
    return Suite(
        naam="register_telt_op",
        frame=_numbered(query),
        verwachtingen=tuple(
            Verwachting(
                "register_telt_op",
                tabel,
                "blokkeert",
                "secties en grootteklassen tellen op tot het totaal, overal waar zij alle zijn gepubliceerd",
                "ExpectColumnPairValuesToBeEqual",
                {"column_A": f"{maat}_som", "column_B": maat},
                "Dan is er na het beveiligen iets met de cellen gebeurd. Maak het register opnieuw met: monitor run",
            )
            for maat in maten
        ),
    )


def _filled() -> Suite:
    """There is something to publish: Drenthe has values."""
    return Suite(
        naam="gevuld",
        frame=f"""
            SELECT 0 AS rij, '{DRENTHE}' AS regio, count(waarde) AS waarden
            FROM monitor.indicatorwaarde WHERE regio = '{DRENTHE}'""",
        verwachtingen=(
            Verwachting(
                "gevuld",
                "monitor.indicatorwaarde",
                "blokkeert",
                "er is ten minste een waarde voor Drenthe",
                "ExpectColumnValuesToBeBetween",
                {"column": "waarden", "min_value": 1},
                "Kijk welke bronnen er zijn met: monitor bron toets",
            ),
        ),
    )


def _explained() -> list[Suite]:
    """An indicator has a value for Drenthe or a reason why not; one whose source was confirmed has a value."""
    tabel = "monitor.niet_beschikbaar"
    every = f"""
        SELECT i.id AS indicator,
               i.id NOT IN (
                   SELECT indicator FROM monitor.indicatorwaarde WHERE regio = '{DRENTHE}' AND waarde IS NOT NULL
               ) AS zonder_waarde,
               i.id IN (SELECT indicator FROM {tabel}) AS met_uitleg
        FROM monitor.indicator AS i"""
    # a level that the source does not have and a delivery that nobody made are no surprise
    confirmed = f"""
        SELECT n.indicator, n.reden, n.tabel, n.uitleg,
               i.zekerheid = 'K' AND n.reden NOT IN ('niveau', 'aanlevering_ontbreekt') AS mist
        FROM {tabel} AS n JOIN monitor.indicator AS i ON i.id = n.indicator"""
    return [
        Suite(
            naam="uitgelegd",
            frame=_numbered(every),
            verwachtingen=(
                Verwachting(
                    "uitgelegd",
                    tabel,
                    "blokkeert",
                    "elke indicator heeft een waarde voor Drenthe, of hier een reden waarom niet; nooit beide",
                    "ExpectColumnPairValuesToBeEqual",
                    {"column_A": "zonder_waarde", "column_B": "met_uitleg"},
                    "Kijk in sql/monitor/niet_beschikbaar.sql.",
                ),
            ),
        ),
        Suite(
            naam="bevestigd",
            frame=_numbered(confirmed),
            toon=f"SELECT * EXCLUDE (mist) FROM ({_numbered(confirmed)})",
            verwachtingen=(
                Verwachting(
                    "bevestigd",
                    tabel,
                    "beoordeelt",
                    "een indicator waarvan de bron bevestigd is (zekerheid K), heeft een waarde voor Drenthe",
                    "ExpectColumnValuesToBeInSet",
                    {"column": "mist", "value_set": [False]},
                    "Kijk wat de bron nu geeft met: monitor bron toets",
                ),
            ),
        ),
    ]


def make_suites(
    kaarten: Mapping[str, Kaart], tabellen: Mapping[str, Brontabel], editie: int, koppen: Sequence[Tabel]
) -> list[Suite]:
    """Generate every suite: from the headers one a table, from the cards and the source list one a question.

    A question about a table that `koppen` does not hold is left out, since there is nothing to ask it of.
    """
    koppen = [k for k in koppen if k.naam.split(".")[0] in ("kern", "monitor")]
    names = {k.naam for k in koppen}
    lists = {
        "toets_bekende_regio": read_regios()[["code"]],
        "toets_bekende_kaart": pd.DataFrame({"id": list(kaarten)}, dtype="str"),
    }
    known = {
        **dict.fromkeys(("regio", "lid", "kern.regio.code"), "SELECT code FROM toets_bekende_regio"),
        **dict.fromkeys(("indicator", "monitor.indicator.id"), "SELECT id FROM toets_bekende_kaart"),
    }
    if "kern.periode" in names:
        known["periode"] = "SELECT periode FROM kern.periode"
    suites = [_structure(koppen)]
    suites += [_table(k, known, lists) for k in koppen]
    questions = {
        ("monitor.indicator",): [_cards(kaarten)],
        ("kern.onderwerp",): [_units(tabellen)],
        ("monitor.indicatorwaarde",): [
            _filled(),
            *_range_suites(kaarten),
            _ratio(kaarten),
            _coverage(editie),
            _jumps(kaarten, editie),
            _shrink(),
        ],
        ("monitor.indicatorwaarde", "monitor.herkomst"): [_traceable()],
        ("monitor.indicatorwaarde", "monitor.indicator", "monitor.niet_beschikbaar"): _explained(),
        ("monitor.controle",): [_parts()],
        ("monitor.werkgelegenheid",): [_register_parts()],
        ("monitor.regelcontrole",): [_rules(read_regels())],
        ("monitor.momentopname", "monitor.bouw"): [_stale(tabellen)],
        ("monitor.bouw",): [_edition(editie)],
        ("kern.correctie",): [_corrections()],
    }
    for needed, of_these in questions.items():
        if names.issuperset(needed):
            suites += of_these
    return suites
