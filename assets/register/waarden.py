"""How a field of a record is kept: the SQL that gives it back what a spreadsheet or statistics program took from it.

Zeros before a code (`114`, `4000062`), a decimal that is none (`12.0`), blanks that nobody sees. What then still has
two readings is not chosen here: `keuren` rejects the record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assets.register.indeling import Veld, read_velden

# A number that a program wrote with decimals that say nothing. Three zeros are thousands as well, so they stay.
_HEEL = r"\d{1,18}[.,]0{1,2}"
# As Excel writes a long number that does not fit its column; the other digits are lost.
WETENSCHAPPELIJK = r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+"
# space, no-break space, zero width spaces, byte order mark
_LEEG = "' ' || chr(160) || chr(8203) || chr(8239) || chr(65279)"
KVK_CIJFERS = 8
_GEEN = "''"
_CIJFERCODES = ("gemnr", "bronjaar", "afdeling", "afdeling25")


def any_of(conditions: Iterable[str]) -> str:
    """Give the SQL that is true when one of the conditions is."""
    return " OR ".join(f"({c})" for c in conditions) or "false"


def scientific_sql(*columns: str) -> str:
    """Give the SQL that is true when one of the columns holds a number of which the last digits are lost."""
    return any_of(f"regexp_full_match({column}, '{WETENSCHAPPELIJK}')" for column in columns)


def text_sql(column: str) -> str:
    """Give the SQL of a column without the blanks around it."""
    return f"trim({column}, {_LEEG})"


def _whole(text: str) -> str:
    """Give the SQL of a text of which decimals that say nothing are left out."""
    return f"CASE WHEN regexp_full_match({text}, '{_HEEL}') THEN regexp_extract({text}, '^\\d+') ELSE {text} END"


def _padded(text: str, wide: int) -> str:
    return f"CASE WHEN regexp_full_match({text}, '\\d{{1,{wide}}}') THEN lpad({text}, {wide}, '0') ELSE {text} END"


def kvk_sql(column: str) -> str:
    """Give the SQL of a KvK number: eight digits, however many zeros were lost; what is no number stays as it is."""
    text = f"({_whole(text_sql(column))})"
    grouped = (
        f"CASE WHEN regexp_full_match({text}, '\\d{{1,2}}([ .]\\d{{3}}){{2}}') "
        f"THEN regexp_replace({text}, '[ .]', '', 'g') ELSE {text} END"
    )
    return _padded(f"({grouped})", KVK_CIJFERS)


def value_sql(name: str, veld: Veld) -> str:
    """Give the SQL of a field as it is kept, of the column with its name."""
    text = text_sql(name)
    if name == "kvkdosnr":
        return kvk_sql(name)
    if veld.breedte and (veld.soort == "code" or name in _CIJFERCODES):
        return _padded(f"({_whole(text)})", veld.breedte)
    if veld.soort == "getal" or name == "lisanr":
        return _whole(text)
    return f"upper({text})" if veld.codes else text


def sbi_sql(
    column: str, afdeling: str = "", sectie: str = "", sectie_of: Callable[[str], str] = lambda code: "NULL"
) -> str:
    """Give the SQL of a code of the SBI: its digits, with the zero before them where another column tells it was lost.

    `afdeling` and `sectie`: SQL of what the record says of its division and section ('' where it has none).
    `sectie_of` gives the SQL of the section of a code.
    """
    wide = read_velden()[column].breedte or 0
    text = text_sql(column)
    # 36.00 is a code with its dot; 1410.0 is a number
    bare = (
        f"CASE WHEN regexp_full_match({text}, '\\d{{3,5}}[.,]0') THEN regexp_extract({text}, '^\\d+') "
        f"ELSE replace({text}, '.', '') END"
    )
    lost = f"regexp_full_match(({bare}), '\\d{{{wide - 1}}}')"
    with_zero = f"('0' || ({bare}))"
    told = []
    if afdeling:
        told.append(f"{afdeling} = substr({with_zero}, 1, 2)")
    if sectie:
        told.append(f"({afdeling or _GEEN} = '' AND {sectie} = {sectie_of(with_zero)})")
    if not told:
        return f"({bare})"
    return f"(CASE WHEN {lost} AND ({' OR '.join(told)}) THEN {with_zero} ELSE ({bare}) END)"
