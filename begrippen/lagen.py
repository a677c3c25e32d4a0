"""Files in layers: what the house says of a thing, what a tenant has otherwise, what an edition has otherwise again.

A thing is named by its file: `bevolking.yaml` of a later folder holds only the fields that differ from `bevolking.yaml`
of an earlier one, or the whole thing where no earlier folder has it. A text may name the tenant with a placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from begrippen.fout import BestandError
from begrippen.gebied import Gebied

PLAATSHOUDER = re.compile(r"\{([^{}]*)\}")


def find_lagen(folders: Sequence[Path], pattern: str) -> dict[str, tuple[Path, ...]]:
    """The files of each thing, the first layer first: name without suffix -> paths, sorted by name.

    Raises BestandError for a thing that stands twice in one folder.
    """
    found: dict[str, list[Path]] = {}
    for folder in folders:
        here: dict[str, Path] = {}
        for path in sorted(folder.glob(pattern), key=lambda p: (p.stem, p)):
            if (other := here.get(path.stem)) is not None:
                raise BestandError(f"{path.stem} staat al in {other}; een naam komt een keer voor", waar=str(path))
            here[path.stem] = path
        for naam, path in here.items():
            found.setdefault(naam, []).append(path)
    return {naam: tuple(found[naam]) for naam in sorted(found)}


def waarden(gebied: Gebied) -> dict[str, str]:
    """What the placeholders stand for: name -> text."""
    return {"gebied": gebied.naam, "gebied_bijvoeglijk": gebied.bijvoeglijk}


def fill(content: Any, gebied: Gebied, waar: Path, behalve: Collection[str] = ()) -> Any:
    """Fill the placeholders in all texts of `content`, but for its fields `behalve`. Raises BestandError."""
    known = waarden(gebied)

    def word(found: re.Match[str]) -> str:
        if (text := known.get(found[1])) is None:
            allowed = ", ".join(f"{{{n}}}" for n in known)
            raise BestandError(f"{found[0]} is geen naam die wordt ingevuld; toegestaan: {allowed}", waar=str(waar))
        return text

    def walk(part: Any) -> Any:
        match part:
            case str():
                return PLAATSHOUDER.sub(word, part)
            case Mapping():
                return {naam: walk(inner) for naam, inner in part.items()}
            case list():
                return [walk(inner) for inner in part]
        return part

    if isinstance(content, Mapping):
        return {naam: inner if naam in behalve else walk(inner) for naam, inner in content.items()}
    return walk(content)
