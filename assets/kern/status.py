"""How final a figure is: from the period's own status, its description, or the prose of 70072ned by topic."""

from __future__ import annotations

import re
from collections.abc import Iterable

from begrippen.lijsten import STATUS_ORDE, Status

_KOP = re.compile(r"(?:de\s+)?uitkomsten\s+zijn\s+(?P<status>nader\s+voorlopig|voorlopig|definitief)\s+over\s*:?")
_HAAKJES = re.compile(r"\([^)]*\)")


def _normalise(text: str) -> str:
    """Text without bullet, note between brackets, punctuation at the end, double blanks and capitals."""
    bare = _HAAKJES.sub(" ", text.replace("\xa0", " ")).strip().lstrip("-•* ").rstrip(" ;.,")
    return " ".join(bare.casefold().split())


def parse_prose(beschrijving: str) -> dict[str, Status]:
    """Read a period description that names topics under headings: normalised group -> status.

    Knows 'Uitkomsten zijn voorlopig over:' and 'Uitkomsten zijn nader voorlopig over:', each followed by a line a
    group, with or without '- ' and ';'. A group under both headings has the least final of the two.
    """
    found: dict[str, Status] = {}
    status: Status | None = None
    for line in beschrijving.splitlines():
        text = _normalise(line)
        if not text:
            continue
        if kop := _KOP.fullmatch(text.rstrip(":") + ":"):
            words = kop["status"].split()
            status = "nader_voorlopig" if len(words) == 2 else "voorlopig" if words[0] == "voorlopig" else "definitief"
        elif status is not None:
            found[text] = max(found.get(text, status), status, key=STATUS_ORDE.index)
    return found


def status_from_prose(beschrijving: str, statusgroepen: Iterable[str]) -> Status:
    """Tell the status of a topic from a period description, by the groups under which it can be named there.

    A line that names a group above ours ('Wonen' for 'Wonen - Voorraad woningen') holds for ours. What the description
    does not name is final.
    """
    named = parse_prose(beschrijving)
    groups = [_normalise(g) for g in statusgroepen]
    hits: list[Status] = [
        s for line, s in named.items() if any(g == line or g.startswith(f"{line} - ") for g in groups)
    ]
    return max(hits, key=STATUS_ORDE.index, default="definitief")


def read_status(status: str | None, beschrijving: str = "") -> Status:
    """Tell the status of a period from its `Status` (CBS: Definitief, Voorlopig, NaderVoorlopig), else its description.

    Also reads what a delivery writes in its status column: 'voorlopig', 'nader voorlopig', '*', '**'.
    """
    text = re.sub(r"[\s_]", "", (status or "").casefold())
    known: dict[str, Status] = {
        "definitief": "definitief",
        "voorlopig": "voorlopig",
        "nadervoorlopig": "nader_voorlopig",
        "*": "voorlopig",
        "**": "nader_voorlopig",
    }
    if text in known:
        return known[text]
    prose = beschrijving.casefold()
    if "nader voorlopig" in prose:
        return "nader_voorlopig"
    if "voorlopig" in prose:
        return "voorlopig"
    return "definitief" if "definitie" in prose else "onbekend"
