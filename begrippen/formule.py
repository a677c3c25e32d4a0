"""Text that a spreadsheet would take for a formula: a name or title may begin with `=`, and must not run."""

from __future__ import annotations

import re

# What Excel and LibreOffice take for the beginning of one; a tab or line end before it is skipped by them.
BEGIN = r"=+@\t\r\n-"
# a number that stands in a column of text is no formula, nor is a sign alone
GETAL = r"[-+]?([0-9][0-9.,]*)?"
_FORMULE = re.compile(f"[{BEGIN}]")


def ontscherp(tekst: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it; a number stays as it is."""
    return f"'{tekst}" if _FORMULE.match(tekst) and not re.fullmatch(GETAL, tekst) else tekst


def ontscherp_sql(kolom: str) -> str:
    """The same for a column of text in DuckDB; `kolom` as it is quoted there."""
    formule = f"regexp_matches({kolom}, '^[{BEGIN}]') AND NOT regexp_full_match({kolom}, '{GETAL}')"
    return f"CASE WHEN {formule} THEN chr(39) || {kolom} ELSE {kolom} END"
