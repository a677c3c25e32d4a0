"""The metadata that a momentopname keeps, read again as the source gave it; no network."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from assets.bron.bronlijst import Brontabel
from assets.bron.cbs_v3 import CbsV3
from assets.bron.cbs_v4 import CbsV4
from assets.bron.http import AfwezigError, BronError, Client, read_kept
from assets.bron.momentopname import Momentopname
from assets.bron.structuur import Structuur
from begrippen.redenen import Reden


class _Kept(Client):
    """Answers from the metadata that a momentopname keeps, in place of the source."""

    def __init__(self, meta: Path) -> None:
        super().__init__(connections=0)
        self._meta = meta
        self._asked: dict[str, int] = {}

    def get_whole_json(self, url: str) -> bytes:
        name = urlsplit(url).path.rsplit("/", 1)[-1]
        # the pages of a list are kept under its name, numbered from the second on
        self._asked[name] = page = self._asked.get(name, 0) + 1
        path = self._meta / (f"{name}.json.gz" if page == 1 else f"{name}-{page}.json.gz")
        try:
            return read_kept(path)
        except FileNotFoundError:
            raise AfwezigError(Reden("niet_bewaard", {"naam": name}, waar=str(self._meta))) from None
        except (OSError, EOFError, zlib.error) as error:
            raise BronError(Reden("beschadigd", {"melding": str(error)}, waar=str(path))) from None


def read_structuur(bron: CbsV3 | CbsV4, tabel: Brontabel, momentopname: Momentopname) -> Structuur:
    """Read the topics and code lists of a table from a momentopname. Raises BronError when they were not kept."""
    return replace(bron, client=_Kept(momentopname.folder / "meta")).read_structuur(tabel.id, None)


def read_eerder(bron: CbsV3 | CbsV4, tabel: Brontabel, earlier: Sequence[Momentopname]) -> Structuur | None:
    """Read what the source said of a table at its last accepted answer; None where there is none, or it was not kept.

    earlier: the momentopnamen of the table, oldest first.
    """
    accepted = next((m for m in reversed(earlier) if m.aangenomen), None)
    try:
        return read_structuur(bron, tabel, accepted) if accepted else None
    except BronError:
        return None
