"""The list of regions: closed, dated, and the only one in the house.

Two files in `gegevens/` (`;`, utf-8) hold it: `regio.csv` (a region a row) and `regio_lid.csv` (a member a row); the
composite regions of a tenant stand in files of the same names in its folder, where `kort` may give a short name for
running text. Every row names where it comes from in
`herkomst`; 'niet bevestigd' there means that the yearly CBS table 'Gebieden in Nederland' still has to confirm it.
Facts are from Statistics Netherlands (CBS, CC BY 4.0): the code lists of 03759ned and 85554NED (names, codes,
provinces, abolished municipalities), 84799NED (stedelijkheid 2020), and the municipal division 1970-2025.

How to read it:

- `geldig_van` is the first day, `geldig_tot` the first day on which it is no longer so; empty is still so. In
  `geldig_van` 1970-01-01 means 'in 1970 or before'; empty means unknown (labour market regions). A municipality that
  changed its name and code within a year changes here on 1 January after it, as the municipal division does.
- `stedelijkheid` is 1 (very urban) to 5 (rural), of 2020; municipalities formed later have none.
- A municipality has had one code all its life, so a code is one row; a municipality that moved to another province
  (Vianen, 2002) is twice a member. COROP areas have the members of today only: what CBS publishes for a COROP area is
  taken as published, never added up.
- `overig` are codes for what lies outside the division ('Niet in te delen', 'Buitenland'). They are known, so they do
  not refuse an answer, and belong to no region.
- Neighbourhoods (`WK`, `BU`) are no regions of ours. The `selectie` of a table leaves them out, by asking for `NL*` and
  `GM*`; `is_wijk_of_buurt` recognises them.
- `NL00` is how 'Kerncijfers wijken en buurten' (v3) writes the Netherlands. It is an alias, no region: it is known to
  the gate, stays as it is in a momentopname, and becomes `NL01` where `kern.waarneming` is made (`read_aliassen`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from begrippen.fout import BestandError
from begrippen.gebied import Gebied, gekozen

# Who only needs a code of this page (a fetch, a command) does not wait for pandas: it doubled the time and the memory
# of fetching a table.
if TYPE_CHECKING:
    import pandas as pd

GEGEVENS = Path(__file__).parent / "gegevens"

# the column with a short name, that only the file of a tenant may have
KORT = "kort"
# behind a line and above a column there is no room for more
LANGSTE_NAAM = 24

NEDERLAND = "NL01"

# what a source calls it -> our code
ALIASSEN = {"NL00": NEDERLAND}
# A municipality that ended after this day still has figures in the years that an edition looks back on.
TERUG_TOT = date(2014, 1, 1)


@cache
def _read(name: str, gebied: Gebied) -> pd.DataFrame:
    import pandas as pd

    files = [path for folder in (GEGEVENS, gebied.map) if (path := folder / name).is_file()]
    frames = [pd.read_csv(f, sep=";", dtype=str, encoding="utf-8", keep_default_na=False) for f in files]
    frame = pd.concat(frames, ignore_index=True)
    for column in ("geldig_van", "geldig_tot"):
        frame[column] = pd.to_datetime(frame[column].replace("", None), format="%Y-%m-%d").astype("datetime64[s]")
    if "stedelijkheid" in frame:
        frame["stedelijkheid"] = pd.to_numeric(frame["stedelijkheid"].replace("", None)).astype("Int8")
    return frame


def read_regios(gebied: Gebied | None = None) -> pd.DataFrame:
    """Read all regions, of today and before, with the composite ones of a tenant (that of this process).

    Returns one row a code: code, naam, soort (see sql/kern/regio.sql), stedelijkheid (Int8, missing where unknown),
    geldig_van, geldig_tot (datetime64[s], missing where unknown or still valid), herkomst.
    """
    return _read("regio.csv", gebied or gekozen()).drop(columns=KORT, errors="ignore")


def korte_namen(gebied: Gebied) -> dict[str, str]:
    """Region -> how running text, a heading and a column call it, where its own name is too long for that.

    Raises BestandError for a composite region without a name that fits, or with one that another region has.
    """
    regios = _read("regio.csv", gebied)
    eigen = regios[regios["soort"] == "samengesteld"]
    if KORT not in eigen:
        return {}
    namen, found = set(regios["naam"]), {}
    for code, naam, kort in zip(eigen["code"], eigen["naam"], eigen[KORT], strict=True):
        heet, dubbel = kort or naam, kort and kort in namen
        if dubbel or len(heet) > LANGSTE_NAAM:
            wat = "heet ook een ander gebied" if dubbel else f"is langer dan {LANGSTE_NAAM} tekens"
            raise BestandError(
                f"de naam '{heet}' van {code} {wat}",
                waar=str(gebied.map / "regio.csv"),
                vervolg="Zet in de kolom 'kort' hoe dit gebied in een zin en boven een kolom heet.",
            )
        if kort:
            found[code] = kort
            namen.add(kort)
    return found


def read_leden(gebied: Gebied | None = None) -> pd.DataFrame:
    """Read which region is a member of which, and when.

    Returns regio, lid, geldig_van, geldig_tot (datetime64[s]), herkomst: provinces of the Netherlands and of
    landsdelen, COROP areas and municipalities of provinces, municipalities of COROP areas and of composite regions.
    """
    return _read("regio_lid.csv", gebied or gekozen()).copy()


def read_aliassen() -> pd.DataFrame:
    """Codes that a source uses for one of our regions: columns alias, code."""
    import pandas as pd

    return pd.DataFrame({"alias": list(ALIASSEN), "code": list(ALIASSEN.values())})


def known_codes(gebied: Gebied | None = None) -> frozenset[str]:
    """Every region code that may occur in an answer, aliases included; another code refuses the answer."""
    return frozenset(_ends(gebied or gekozen())) | ALIASSEN.keys()


@cache
def _ends(gebied: Gebied) -> dict[str, date | None]:
    import pandas as pd

    regios = _read("regio.csv", gebied)
    return {c: None if pd.isna(e) else e.date() for c, e in zip(regios["code"], regios["geldig_tot"], strict=True)}


def known_until(bekend: Iterable[str]) -> dict[str, date | None]:
    """Give each of these regions with the first day on which it is no more, None for one that still is."""
    ended = _ends(gekozen())
    return {code: ended.get(code) for code in bekend}


def is_wijk_of_buurt(code: str) -> bool:
    """Tell whether a code of 'Kerncijfers wijken en buurten' is a neighbourhood, which is no region of ours."""
    return code.startswith(("WK", "BU"))


def as_of(frame: pd.DataFrame, datum: date) -> pd.DataFrame:
    """Give a list (regions or members) as it stood on a day: what ended later still is, what came later is not yet.

    What came later stays in it, as over from its first day on: a code that an answer has is known.
    """
    import pandas as pd

    stood, day = frame.copy(), pd.Timestamp(datum)
    stood["geldig_tot"] = stood["geldig_tot"].where(stood["geldig_tot"] <= day)
    stood["geldig_tot"] = stood["geldig_tot"].mask(stood["geldig_van"] > day, stood["geldig_van"])
    return stood


def of_edition(
    regios: pd.DataFrame, leden: pd.DataFrame, provincie: str, datum: date
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give both lists with the municipalities of a province as they stood on the day of an edition.

    The rest of the country stays as it is now: sources count back to the division of today. A composite region is what
    its own rows say.
    """
    own = set(leden.loc[(leden["regio"] == provincie) & leden["lid"].str.startswith("GM"), "lid"])
    mine = regios["code"].isin(own), leden["lid"].isin(own) & leden["regio"].str.match("PV|CR")
    found = regios.copy(), leden.copy()
    for frame, rows in zip(found, mine, strict=True):
        frame.loc[rows, "geldig_tot"] = as_of(frame[rows], datum)["geldig_tot"]
    return found


def valid_on(frame: pd.DataFrame, datum: date) -> pd.DataFrame:
    """Give the rows of a list (regions or members) that are valid on a day."""
    stood = as_of(frame, datum)
    return stood[stood["geldig_tot"].isna()]


def gemeenten_op(datum: date) -> pd.DataFrame:
    """List the municipalities of a day: code, naam, provincie, corop, sorted by code.

    `corop` is missing for a municipality that has since been abolished.
    """
    regios = valid_on(read_regios(), datum)
    leden = valid_on(read_leden(), datum).set_index("lid")["regio"]
    gemeenten = regios.loc[regios["soort"] == "gemeente", ["code", "naam"]].sort_values("code", ignore_index=True)
    for column, prefix in (("provincie", "PV"), ("corop", "CR")):
        gemeenten[column] = gemeenten["code"].map(leden[leden.str.startswith(prefix)])
    return gemeenten


def _municipalities(leden: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Region -> its municipalities in a list of members."""
    own = leden[leden["lid"].str.startswith("GM")]
    return {str(regio): tuple(sorted(set(codes))) for regio, codes in own.groupby("regio")["lid"]}


def registergebieden(datum: date, gebied: Gebied | None = None) -> dict[str, tuple[str, ...]]:
    """The regions that lie wholly in the province, for which a register has figures: code -> their municipalities.

    The province, its COROP areas, its municipalities, and the composite regions without a member elsewhere, as they
    stood on a day (of an edition: 1 January of its year).
    """
    gebied = gebied or gekozen()
    per_regio = _municipalities(valid_on(_read("regio_lid.csv", gebied), datum))
    own = per_regio[gebied.code]
    regios = valid_on(_read("regio.csv", gebied), datum)
    composites = regios.loc[regios["soort"] == "samengesteld", "code"]
    whole = [c for c in sorted(composites) if set(per_regio.get(c, ())) <= set(own)]
    return {
        **{regio: per_regio[regio] for regio in (gebied.code, *gebied.corop)},
        **{gemeente: (gemeente,) for gemeente in own},
        **{regio: per_regio[regio] for regio in whole},
    }


def vraag(gebied: Gebied) -> dict[str, tuple[str, ...]]:
    """What a selection in the source list may ask of a tenant: placeholder -> codes.

    `{provincie}`, `{corop}` its COROP areas, `{gemeenten}` its municipalities by name, also those that were abolished
    in the years that a report looks back on, and after them those elsewhere that it wants beside its own.
    """
    regios, leden = _read("regio.csv", gebied), _read("regio_lid.csv", gebied)
    names = dict(zip(regios["code"], regios["naam"], strict=True))
    asked = leden[leden["geldig_tot"].isna() | (leden["geldig_tot"].dt.date > TERUG_TOT)]
    own = sorted(_municipalities(asked)[gebied.code], key=names.__getitem__)
    return {"{provincie}": (gebied.code,), "{corop}": gebied.corop, "{gemeenten}": (*own, *gebied.omgeving)}
