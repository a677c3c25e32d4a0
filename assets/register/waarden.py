"""How a field of a record is kept: the SQL that gives it back what a spreadsheet or statistics program took from it.

Zeros before a code (`114`, `4000062`), a decimal that is none (`12.0`), a blank between thousands, blanks that nobody
sees. The same for every kind of file. What then still has two readings is not chosen here: `keuren` rejects the record.
"""

from __future__ import annotations

from collections.abc import Iterable

from assets.register.indeling import Veld, read_velden
from assets.register.sbi import VERSIES, read_afdelingen, sectie_sql

# A number that a program wrote with decimals that say nothing. Three zeros are thousands as well, so they stay.
_HEEL = r"\d{1,18}[.,]0{1,2}"
# As a program writes a long number that does not fit its column; the other digits are lost.
_WETENSCHAPPELIJK = r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+"
# space, tab, no-break spaces, figure space, and signs that take no room (those that `vel.clean` takes off)
_LEEG = "' ' || " + " || ".join(f"chr({n})" for n in (9, 160, 173, 8199, 8203, 8204, 8205, 8239, 8288, 65279))
KVK_CIJFERS = 8
_KVK_GROEPEN = r"\d{1,2}([ .]\d{3}){2}"
# A blank between thousands has one reading; a point or comma has two.
_DUIZENDEN = r"[1-9]\d{0,2}([ \x{A0}\x{2009}\x{202F}]\d{3})+"
_CIJFERCODES = ("gemnr", "bronjaar", "afdeling", "afdeling25")


def any_of(conditions: Iterable[str]) -> str:
    """Give the SQL that is true when one of the conditions is."""
    return " OR ".join(f"({c})" for c in conditions) or "false"


def scientific_sql(*columns: str) -> str:
    """Give the SQL that is true when one of the columns holds a number of which the last digits are lost."""
    return any_of(f"regexp_full_match({column}, '{_WETENSCHAPPELIJK}')" for column in columns)


def error_sql(*columns: str) -> str:
    """Give the SQL that is true when one of the columns holds an error of a sheet (#N/A, #REF!) or hashes."""
    return any_of(f"starts_with({column}, '#')" for column in columns)


def text_sql(column: str, *, plain: bool = False) -> str:
    """Give the SQL of a column without the blanks around it; `plain`: it has no signs but those of ASCII, and no tabs.

    Of most columns that is so, and the short way takes an eighth of the time.
    """
    return f"trim({column})" if plain else f"trim({column}, {_LEEG})"


def _either(text: str, plain: str, otherwise: str) -> str:
    """Give the SQL of a text as it is when it fits the pattern, as nearly all do; else of the other expression."""
    return f"CASE WHEN regexp_full_match({text}, '{plain}') THEN {text} ELSE {otherwise} END"


def _whole(text: str) -> str:
    """Give the SQL of a text of which decimals that say nothing are left out."""
    return f"CASE WHEN regexp_full_match({text}, '{_HEEL}') THEN regexp_extract({text}, '^\\d+') ELSE {text} END"


def _grouped(text: str, pattern: str) -> str:
    """Give the SQL of a text without the blanks or points between its thousands."""
    return (
        f"CASE WHEN regexp_full_match({text}, '{pattern}') THEN regexp_replace({text}, '[^0-9]', '', 'g') "
        f"ELSE {text} END"
    )


def _padded(text: str, wide: int) -> str:
    return f"CASE WHEN regexp_full_match({text}, '\\d{{1,{wide}}}') THEN lpad({text}, {wide}, '0') ELSE {text} END"


def kvk_sql(column: str) -> str:
    """Give the SQL of a KvK number: eight digits, however many zeros were lost; what is no number stays as it is.

    Without them one enterprise spelled in two ways counts as two, also in years that were kept before.
    """
    grouped = f"({_grouped(f'({_whole(column)})', _KVK_GROEPEN)})"
    plain = rf"\d{{{KVK_CIJFERS}}}"
    return f"({_either(column, plain, _padded(grouped, KVK_CIJFERS))})"


def value_sql(name: str, veld: Veld) -> str:
    """Give the SQL of a field as it is kept, of the column with its name as `text_sql` gives it."""
    if name == "kvkdosnr":
        return kvk_sql(name)
    if veld.breedte and (veld.soort == "code" or name in _CIJFERCODES):
        return _either(name, rf"\d{{{veld.breedte}}}", _padded(f"({_whole(name)})", veld.breedte))
    if veld.soort == "getal":
        # one or two signs are no number with decimals, and most counts have no more: a pattern takes longer
        whole = f"({_whole(name)})"
        return f"CASE WHEN strlen({name}) < 3 THEN {name} ELSE {_grouped(whole, _DUIZENDEN)} END"
    if name == "lisanr":
        return _whole(name)
    return f"upper({name})" if veld.codes else name


def mogelijk_sql(column: str, versies: Iterable[str]) -> str:
    """Give the SQL of the list of what a code of the SBI can be: codes that exist; NULL for one of the full width.

    A code is digits, or digits with the dots of the classification (`01.41`); a number (`1410`, `1410.0`) may have lost
    the zero before it.
    """
    wide = read_velden()[column].breedte or 0
    bare = f"replace({column}, '.', '')"
    code = (
        f"CASE WHEN regexp_full_match({column}, '\\d{{2,{wide}}}|\\d{{2}}\\.\\d{{1,2}}(\\.\\d)?') "
        f"AND length({bare}) <= {wide} THEN {bare} END"
    )
    whole = f"regexp_extract({column}, '^(\\d{{1,{wide}}})([.,]0{{1,2}})?$', 1)"
    short = f"CASE WHEN length({whole}) = {wide - 1} THEN '0' || {whole} END"
    divisions = sorted({division for versie in versies for division in read_afdelingen(versie)})
    exists = f"list_contains({divisions!r}, substr(x, 1, 2))"
    possible = f"list_filter([{code}, CASE WHEN ({code}) IS NULL THEN {whole} END, {short}], lambda x: {exists})"
    return f"CASE WHEN NOT regexp_full_match({column}, '\\d{{{wide}}}') THEN {possible} END"


def lezingen_sql(mogelijk: str, afdeling: str, sectie: str = "''", versie: str = "") -> str:
    """Give the SQL of the readings of a code: those that agree with what else the record says; if none does, all.

    `mogelijk` is a column of `mogelijk_sql`; `afdeling` and `sectie` are SQL of the division and section of the record,
    `''` where it says nothing. Without a version the section tells nothing.
    """
    agrees = f"({afdeling} = '' OR {afdeling} = substr(x, 1, 2))"
    if versie:
        agrees += f" AND ({sectie} = '' OR {sectie} = {sectie_sql('x', versie)})"
    agreeing = f"list_filter({mogelijk}, lambda x: {agrees})"
    return f"CASE WHEN len({mogelijk}) > 1 AND len({agreeing}) > 0 THEN {agreeing} ELSE {mogelijk} END"


def sbi_sql(column: str, lezingen: str) -> str:
    """Give the SQL of a code of the SBI: the first of its readings; as it stands where there is none."""
    return f"coalesce({lezingen}[1], {column})"


def telling_sql(column: str, afdeling: str, sectie: str) -> str:
    """Give the SQL that counts what `sbi.recognise` asks, over the table `kaal`: afdeling, sectie, aantal.

    A code that can be of two divisions tells nothing of its version.
    """
    return f"""
        SELECT
            CASE WHEN len(lezingen) > 1 THEN '' ELSE substr({sbi_sql(column, "lezingen")}, 1, 2) END AS afdeling,
            sectie, count(*) AS aantal
        FROM (
            SELECT *, {lezingen_sql("mogelijk", "deel")} AS lezingen
            FROM (
                SELECT {column}, {afdeling} AS deel, {sectie} AS sectie, {mogelijk_sql(column, VERSIES)} AS mogelijk
                FROM kaal
            )
        )
        GROUP BY ALL"""
