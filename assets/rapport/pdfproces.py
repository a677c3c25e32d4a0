"""What Typst sets and draws is made in processes of their own, so that their memory is not added to that of a build.

What Typst takes it keeps. In the process of a build, which has used a gigabyte by then, the two would stand beside each
other until the end. Two run at a time, each with few documents: that is twice as fast as one with all, and takes less.
The same documents give the same bytes, whichever process makes them.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from begrippen.kind import end_with
from reports.fout import DocumentError
from reports.zetten import Gezet, teken_alle, zet_alle

REFUSED = 3
# Processes at a time, and how many bytes of documents one gets: the main report is alone in its own. With twice as many
# bytes the two take 930 MB together, and with so many 740 (30-11-2026), for a tenth more time.
GELIJK, HOOGSTENS = 2, 120_000
WERK: dict[str, Callable[[Any], Any]] = {"zet": zet_alle, "teken": teken_alle}


def zet_apart(inhouden: Sequence[bytes]) -> list[Gezet]:
    """The same as `zet_alle`. Raises DocumentError as that does, and where the other process came to grief."""
    made: dict[int, Gezet] = {}
    batches = _batches([len(inhoud) for inhoud in inhouden])
    done = _parallel("zet", [[inhouden[n] for n in batch] for batch in batches])
    for batch, found in zip(batches, done, strict=True):
        made |= dict(zip(batch, found, strict=True))
    return [made[n] for n in range(len(inhouden))]


def teken_apart(inhouden: Sequence[bytes]) -> list[bytes]:
    """The pictures of each of these, as `teken_alle` makes them, one after the other. Raises as `zet_apart` does."""
    return [picture for found in _parallel("teken", inhouden) for picture in found]


def _batches(sizes: Sequence[int]) -> list[list[int]]:
    """Which documents go together, by their place: the largest first, as many as stay under the limit."""
    batches: list[tuple[int, list[int]]] = []
    for n in sorted(range(len(sizes)), key=lambda n: (-sizes[n], n)):
        if batches and batches[-1][0] + sizes[n] <= HOOGSTENS:
            size, places = batches.pop()
            batches.append((size + sizes[n], [*places, n]))
        else:
            batches.append((sizes[n], [n]))
    return [places for _, places in batches]


def _parallel(wat: str, werk: Sequence[Any]) -> list[Any]:
    with ThreadPoolExecutor(GELIJK) as pool:
        return list(pool.map(lambda one: _apart(wat, one), werk))


def _apart(wat: str, werk: Any) -> Any:
    done = subprocess.run(
        # -P: a folder `assets` where someone happens to stand is not ours
        [sys.executable, "-P", "-m", "assets.rapport.pdfproces", str(os.getpid())],
        input=pickle.dumps((wat, werk)),
        capture_output=True,
        check=False,
    )
    if done.returncode == REFUSED:
        raise DocumentError(done.stdout.decode())
    if done.returncode != 0:
        raise DocumentError(
            f"Het maken van de PDF {_ending(done.returncode)}: {_last_line(done.stderr)}",
            vervolg="Daar is een halve gigabyte geheugen voor nodig. Is dat er, probeer het opnieuw met: monitor run",
        )
    return pickle.loads(done.stdout)


def _ending(code: int) -> str:
    """How a process ended, by the code that its parent gets: a signal comes as a negative number."""
    if code < 0:
        return f"is afgebroken door het systeem ({signal.Signals(-code).name})"
    return f"stopte met code {code}"


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1].rstrip(".") if lines else "het gaf geen melding"


def main() -> int:
    """Read what to make from standard input, write it to standard output, or why it can not be made."""
    end_with(int(sys.argv[1]))
    try:
        wat, werk = pickle.load(sys.stdin.buffer)
        sys.stdout.buffer.write(pickle.dumps(WERK[wat](werk)))
    except DocumentError as fout:
        sys.stdout.buffer.write(str(fout).encode())
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
