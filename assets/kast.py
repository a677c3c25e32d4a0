"""What was made before, by exactly what it was made of: what comes out the same is not made again.

A figure, a picture, a PDF or a verdict on rows is a function of what it is given and of the code that makes it. Its
name in the store is the hash of both, so nothing has to be known of what hangs on what: who gives something else asks
for another name. What stands there holds its own hash: what is damaged, cut off or of another name counts as not there,
and is made and kept again. What can not be written is made each time; that costs time and nothing else. Several may use
a store at once: each writes beside it and swaps.

Nothing confidential comes here: only what stands in a build as well, and no longer than that (`prune`).
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

# below the folder in which all is kept, with a folder in it for each kind of source
KAST = "kast"
# the hash that stands before what is kept
MERK = hashlib.sha256().digest_size


class Kast:
    """A store in `folder`; None: nothing is kept and everything is made. `code` marks the code that makes things.

    `opnieuw`: all is made, and kept anew. `gemaakt` and `genomen` count by kind what was made and what was there.
    """

    def __init__(self, folder: Path | None = None, code: str = "", *, opnieuw: bool = False) -> None:
        self._folder, self._code, self._opnieuw = folder, code, opnieuw
        self.gemaakt: Counter[str] = Counter()
        self.genomen: Counter[str] = Counter()

    @property
    def merk(self) -> str | None:
        """The mark of the code, for what keeps by itself what it made; None: nothing is kept."""
        return self._code if self._folder else None

    @property
    def opnieuw(self) -> bool:
        """Whether all is made, whatever is kept."""
        return self._opnieuw

    def neem(self, soort: str, invoer: bytes, maak: Callable[[], bytes]) -> bytes:
        """What `maak` makes of `invoer`: taken where it was made before, else made and kept. Raises as `maak` does."""
        return self.neem_alle(soort, [invoer], lambda _: [maak()])[0]

    def neem_alle(
        self, soort: str, invoeren: Sequence[bytes], maak: Callable[[Sequence[bytes]], Sequence[bytes]]
    ) -> list[bytes]:
        """What each of these gives, in their order; `maak` makes all that were not there, together and in one go."""
        names = [self._name(soort, invoer) for invoer in invoeren]
        found = [self._read(name) for name in names]
        missing = [n for n, content in enumerate(found) if content is None]
        self.gemaakt[soort] += len(missing)
        self.genomen[soort] += len(names) - len(missing)
        if missing:
            for n, content in zip(missing, maak([invoeren[n] for n in missing]), strict=True):
                found[n] = content
                self._keep(names[n], content)
        return [content for content in found if content is not None]

    def _name(self, soort: str, invoer: bytes) -> str:
        whole = hashlib.sha256()
        for part in (self._code.encode(), soort.encode(), invoer):
            # with its length: no two that differ run together to the same
            whole.update(len(part).to_bytes(8) + part)
        return whole.hexdigest()

    def _path(self, name: str) -> Path | None:
        return self._folder / name[:2] / name if self._folder else None

    def _read(self, name: str) -> bytes | None:
        path = self._path(name)
        try:
            whole = path.read_bytes() if path and not self._opnieuw else b""
        except OSError:
            return None
        merk, content = whole[:MERK], whole[MERK:]
        if path is None or merk != _merk(name, content):
            return None
        with suppress(OSError):
            # it is still used: see `prune`
            os.utime(path)
        return content

    def _keep(self, name: str, content: bytes) -> None:
        if (path := self._path(name)) is None:
            return
        beside = path.with_name(f".{name}-{os.getpid()}-{threading.get_ident()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(_merk(name, content) + content)
            beside.replace(path)
        except OSError:
            with suppress(OSError):
                beside.unlink()

    def prune(self, since: float) -> int:
        """Remove what was not made or taken since this moment (seconds as a clock gives them); give how much went.

        Never raises: what will not go stays.
        """
        gone = 0
        for path in sorted(self._folder.glob("*/*")) if self._folder else []:
            with suppress(OSError):
                if path.stat().st_mtime < since:
                    path.unlink()
                    gone += 1
        return gone


def _merk(name: str, content: bytes) -> bytes:
    return hashlib.sha256(name.encode() + content).digest()
