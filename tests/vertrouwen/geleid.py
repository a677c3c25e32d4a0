"""Words that atheris looks for: it sees which lines a reader reached, and changes a text towards those it did not.

A program of its own, since libFuzzer ends its process: `python -m tests.vertrouwen.geleid RUNS SEED`. Ends with 0 when
every text was read or refused, and prints the one that was not. Atheris is not among the locked packages: it has wheels
for some versions of Python on Linux alone. `uv run --with atheris` brings it.
"""

from __future__ import annotations

import sys
from importlib import import_module

# of what is read, the modules whose lines are seen
GEZIEN = (
    *("assets.bron.kruistabel.label", "assets.bron.kruistabel.lezen", "assets.bron.vellen.getal"),
    *("assets.indicatoren.uitdrukking", "assets.kern.periode", "begrippen.eenheid", "begrippen.regionaam"),
)


def main(runs: int, seed: int) -> None:
    """Give so many texts to the readers of `test_lezers.WOORDEN`, which of them each time is up to atheris."""
    import atheris

    with atheris.instrument_imports(include=list(GEZIEN)):
        for module in GEZIEN:
            import_module(module)
    from tests.vertrouwen.test_lezers import WOORDEN

    readers = list(WOORDEN.values())

    def one(data: bytes) -> None:
        given = atheris.FuzzedDataProvider(data)
        read, told = readers[given.ConsumeIntInRange(0, len(readers) - 1)]
        try:
            read(given.ConsumeUnicodeNoSurrogates(60))
        except told:
            return

    atheris.Setup([sys.argv[0], f"-atheris_runs={runs}", f"-seed={seed}"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
