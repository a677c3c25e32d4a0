"""The pages of the PDF are set in a process of its own, so that the memory it takes is not added to that of a build.

What Typst takes it keeps. In the process of a build, which has used a gigabyte by then, the two would stand beside each
other until the end.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import date

from begrippen.kind import end_with
from reports.fout import DocumentError
from reports.zetten import zet_alle

REFUSED = 3


def zet_apart(inhouden: Sequence[tuple[bytes, date]]) -> list[bytes]:
    """The same as `zet_alle`. Raises DocumentError as that does, and where the other process came to grief."""
    done = subprocess.run(
        # -P: a folder `assets` where someone happens to stand is not ours
        [sys.executable, "-P", "-m", "assets.rapport.pdfproces", str(os.getpid())],
        input=pickle.dumps(list(inhouden)),
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
    made: list[bytes] = pickle.loads(done.stdout)
    return made


def _ending(code: int) -> str:
    """How a process ended, by the code that its parent gets: a signal comes as a negative number."""
    if code < 0:
        return f"is afgebroken door het systeem ({signal.Signals(-code).name})"
    return f"stopte met code {code}"


def _last_line(stderr: bytes) -> str:
    lines = stderr.decode(errors="replace").strip().splitlines()
    return lines[-1].rstrip(".") if lines else "het gaf geen melding"


def main() -> int:
    """Read documents from standard input, write the pages of each to standard output, or why there are none."""
    end_with(int(sys.argv[1]))
    try:
        sys.stdout.buffer.write(pickle.dumps(zet_alle(pickle.load(sys.stdin.buffer))))
    except DocumentError as fout:
        sys.stdout.buffer.write(str(fout).encode())
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
