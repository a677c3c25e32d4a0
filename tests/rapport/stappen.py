"""Make the reports of a row of databases in this process, and say what was made of each and what was taken.

    python -m tests.rapport.stappen KAST < steps

Steps: JSON, a list of [database, folder to write in, texts of the editors]. `KAST`: a folder, or `-` for none. Printed
is JSON: of each step by kind what was made, and what was taken.
"""

import json
import sys
from pathlib import Path

from assets.kast import Kast
from assets.rapport.editie import Editie, Editiemap
from assets.rapport.schrijven import write_rapport


def main() -> None:
    """Make them one after the other, as nights do."""
    folder = None if sys.argv[1] == "-" else Path(sys.argv[1])
    told = []
    for database, uit, teksten in json.load(sys.stdin):
        kast = Kast(folder, "code")
        editiemap = Editiemap(Editie(jaar=2026), teksten=tuple((naam, tekst) for naam, tekst in teksten))
        write_rapport(Path(database), Path(uit), editiemap=editiemap, kast=kast)
        told.append([kast.gemaakt, kast.genomen])
    print(json.dumps(told))


if __name__ == "__main__":
    main()
