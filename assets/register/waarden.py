"""How a field of a record is kept: the SQL that gives it back what a spreadsheet or statistics program took from it.

Zeros before a code (`114`, `4000062`), a decimal that is none (`12.0`), a blank between thousands, blanks that nobody
sees. The same for every kind of file. What then still has two readings is not chosen here: `keuren` rejects the record.
"""

from __future__ import annotations

from collections.abc import Iterable

from assets.register.indeling import Veld, read_velden
from assets.register.sbi import sectie_sql

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


def text_sql(column: str) -> str:
    """Give the SQL of a column without the blanks around it."""
    return f"trim({column}, {_LEEG})"


def _either(text: str, plain: str, otherwise: str) -> str:
    """Give the SQL of a text as it is when it fits the pattern, as nearly all do; else of the other expression."""
    return f"CASE WHEN {text} = '' OR regexp_full_match({text}, '{plain}') THEN {text} ELSE {otherwise} END"


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
    text = text_sql(column)
    grouped = f"({_grouped(f'({_whole(text)})', _KVK_GROEPEN)})"
    plain = rf"\d{{{KVK_CIJFERS}}}"
    return f"({_either(text, plain, _padded(grouped, KVK_CIJFERS))})"


def value_sql(name: str, veld: Veld) -> str:
    """Give the SQL of a field as it is kept, of the column with its name."""
    text = text_sql(name)
    if name == "kvkdosnr":
        return kvk_sql(name)
    if veld.breedte and (veld.soort == "code" or name in _CIJFERCODES):
        return _either(text, rf"\d{{{veld.breedte}}}", _padded(f"({_whole(text)})", veld.breedte))
    if veld.soort == "getal":
        return _either(text, r"\d+", _grouped(f"({_whole(text)})", _DUIZENDEN))
    if name == "lisanr":
        return _whole(text)
    return f"upper({text})" if veld.codes else text


def lezingen_sql(column: str, versies: Iterable[str], afdeling: str, sectie: str) -> str:
    """Give the SQL of the list of what a code of the SBI can be: codes that exist; NULL for one of the full width.

    A code is digits, or digits with the dots of the classification (`01.41`); a number (`1410`, `1410.0`) may have lost
    the zero before it. `afdeling` and `sectie` are SQL of what the record says of its division and section (`''` where
    it says nothing): readings that agree with them go before others.
    """
    versies = tuple(versies)
    wide = read_velden()[column].breedte or 0
    text = text_sql(column)
    bare = f"replace({text}, '.', '')"
    code = (
        f"CASE WHEN regexp_full_match({text}, '\\d{{2,{wide}}}|\\d{{2}}\\.\\d{{1,2}}(\\.\\d)?') "
        f"AND length({bare}) <= {wide} THEN {bare} END"
    )
    whole = f"regexp_extract({text}, '^(\\d{{1,{wide}}})([.,]0{{1,2}})?$', 1)"
    short = f"CASE WHEN length({whole}) = {wide - 1} THEN '0' || {whole} END"
    exists = any_of(f"{sectie_sql('x', v)} IS NOT NULL" for v in versies)
    possible = f"list_filter([{code}, CASE WHEN ({code}) IS NULL THEN {whole} END, {short}], lambda x: {exists})"
    agrees = f"({afdeling} = '' OR {afdeling} = substr(x, 1, 2))"
    if len(versies) == 1:
        agrees += f" AND ({sectie} = '' OR {sectie} = {sectie_sql('x', versies[0])})"
    agreeing = f"list_filter({possible}, lambda x: {agrees})"
    return (
        f"CASE WHEN NOT ({text} = '' OR regexp_full_match({text}, '\\d{{{wide}}}')) "
        f"THEN CASE WHEN len({agreeing}) > 0 THEN {agreeing} ELSE {possible} END END"
    )


def sbi_sql(column: str, lezingen: str) -> str:
    """Give the SQL of a code of the SBI: the first of its readings; as it stands where there is none."""
    return f"coalesce(({lezingen})[1], {text_sql(column)})"
