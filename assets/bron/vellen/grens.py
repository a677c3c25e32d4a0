"""How large a delivered file may be, packed and unpacked: looked at before anything in it is read.

A file of a kilobyte can hold a cell at the far end of a sheet, a row that is repeated a million times, or a zip that
unpacks to gigabytes. Beyond these limits nothing is a delivery.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from typing import IO

from assets.bron.grenzen import MB
from assets.bron.vellen.vel import VelError

# below this it does not matter how well a zip is packed
KLEIN = 5 * MB
_PROLOOG = 1 << 16  # bytes: the first element stands within these
_TOELICHTING = re.compile(rb"<!--.*?-->|<\?.*?\?>|\s+|\xef\xbb\xbf|\xff\xfe|\xfe\xff", re.DOTALL)


@dataclass(frozen=True)
class Bestandsgrens:
    """Bytes of the file, of what is in it, how many times larger that may be; rows, columns and elements of XML."""

    bestand: int
    uitgepakt: int
    rijen: int
    elementen: int
    kolommen: int = 1_024
    verhouding: int = 100
    delen: int = 1_000

    def check_file(self, name: str, size: int) -> None:
        """Raise VelError for a file that is too large to read."""
        if size > self.bestand:
            raise VelError(f"{name}: het bestand is groter dan {self.bestand // MB} MB; dat is geen levering")

    def check_zip(self, name: str, archive: zipfile.ZipFile) -> None:
        """Raise VelError for a zip that unpacks to too much. A part gives no more than its header says."""
        parts = archive.infolist()
        unpacked, packed = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
        if len(parts) > self.delen:
            raise VelError(f"{name}: er zitten meer dan {self.delen} delen in; dat is geen levering")
        if unpacked > self.uitgepakt:
            raise VelError(f"{name}: uitgepakt is het groter dan {self.uitgepakt // MB} MB; dat is geen levering")
        if unpacked > KLEIN and unpacked > self.verhouding * packed:
            raise VelError(
                f"{name}: uitgepakt is het meer dan {self.verhouding} keer zo groot als ingepakt; dat is geen levering"
            )

    def count_rows(self, ingepakt: int, kolommen: int, breedte: int) -> int:
        """At most so many rows are in a file of so many bytes, of so many columns, together so many bytes wide.

        SPSS fills its texts up with blanks, so that an honest file of some size packs better than a sheet does.
        """
        uitgepakt = min(self.uitgepakt, max(10 * KLEIN, self.verhouding * ingepakt))
        return min(self.rijen, self.elementen // max(1, kolommen), uitgepakt // max(1, breedte))

    def check_row(self, plek: str, rijen: int, kolommen: int) -> None:
        """Raise VelError for more rows or columns than a delivery has. plek: file and line."""
        if kolommen > self.kolommen:
            raise VelError(f"{plek}: meer dan {self.kolommen} kolommen; dat is geen levering")
        if rijen > self.rijen:
            raise VelError(f"{plek}: meer dan {self.rijen} regels; dat is geen levering")


# Of 29 November 2026: the largest delivery had 40,000 rows and 4 MB unpacked, a register of a province 60,000 rows
# and 25 MB; what is larger does not fit in the memory that an import may use.
LEVERING = Bestandsgrens(bestand=50 * MB, uitgepakt=60 * MB, rijen=300_000, elementen=4_000_000)
REGISTER = Bestandsgrens(bestand=200 * MB, uitgepakt=1_000 * MB, rijen=1_048_576, elementen=60_000_000)


def open_part(archive: zipfile.ZipFile, part: str) -> IO[bytes]:
    """Open a part of a zipped document. Raises ValueError for one that may declare entities before its start."""
    with archive.open(part) as start:
        # UTF-16 hides a word between zeros
        head = _TOELICHTING.sub(b"", start.read(_PROLOOG).replace(b"\0", b""))
    if not re.match(rb"<[A-Za-z_]", head):
        raise ValueError("een document met een DTD")
    return archive.open(part)
