"""The figures of the pages as pictures that can travel alone: with what they are of, their source and the notices."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from reports.bewaren import NeemAlle, maak_alle
from reports.bladschrijver import figuurbestand, size_of
from reports.document import Document, Figuurblok
from reports.html import notices
from reports.losbeeld import find_losse, onder_figuur, uitgave
from reports.pdf import set_letter
from reports.zetten import teken_alle

# So many in one go: more takes more memory, fewer more time.
SAMEN = 100

Tekenen = Callable[[Sequence[bytes]], list[bytes]]


def _teken(inhouden: Sequence[bytes]) -> list[bytes]:
    return [picture for inhoud in inhouden for picture in teken_alle(inhoud)]


def make_platen(document: Document, tekenen: Tekenen = _teken, neem: NeemAlle = maak_alle) -> dict[str, bytes]:
    """Each figure of the pages as PNG, by its path. `tekenen` draws them, here or in other processes.

    `neem` may have them from before; what it has not is drawn together.

    The same document gives the same bytes. Raises DocumentError where a figure can not be drawn.
    """
    found = dict(_figuren(document))
    onder = uitgave(document, notices(document))

    def written(figuren: Sequence[Any]) -> bytes:
        return json.dumps({"taal": document.taal, "onder": onder, "figuren": figuren}, ensure_ascii=False).encode()

    def draw(missing: Sequence[bytes]) -> list[bytes]:
        figuren = [figuur for one in missing for figuur in json.loads(one)["figuren"]]
        return tekenen([written(figuren[n : n + SAMEN]) for n in range(0, len(figuren), SAMEN)])

    return dict(zip(found, neem("plaat", [written([figuur]) for figuur in found.values()], draw), strict=True))


def _figuren(document: Document) -> Iterator[tuple[str, dict[str, Any]]]:
    for blad in document.bladen:
        for blok, waarvan in find_losse(blad):
            yield figuurbestand(blad, blok, "png").pad, _data(blok, waarvan)


def _data(blok: Figuurblok, waarvan: str) -> dict[str, Any]:
    width, height = size_of(blok.figuur)
    return {
        "svg": set_letter(blok.figuur.svg),
        "waarvan": waarvan,
        "kop": blok.figuur.kop,
        "width": width,
        "height": height,
        "onder": [*onder_figuur(blok)],
    }
