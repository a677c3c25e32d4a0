"""What every delivery of the register is read into: records as text, and the columns of the layout that a file has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from assets.bron.vellen.vel import clean
from assets.register.fout import LeesError
from assets.register.indeling import read_velden, used_fields


@dataclass
class Gelezen:
    """A file as records.

    `tabel` has a text column for each field that the file has and an import uses, and `regel`. `geen_record` has the
    lines that are no record, with the reason; together they are all lines but the header. `ruw` gives lines as they
    came.
    """

    vorm: str
    tabel: pa.Table
    ruw: Callable[[Iterable[int]], list[str]]
    geen_record: list[tuple[int, str]] = field(default_factory=list)
    codering: str = ""
    scheiding: str = ""
    onbekende_kolommen: int = 0

    @property
    def regels(self) -> int:
        """How many lines there are below the header."""
        records: int = self.tabel.num_rows
        return records + len(self.geen_record)


def find_columns(names: Sequence[str], where: str) -> dict[str, int]:
    """Give the place of each field that is used in a header. Raises LeesError when one is missing or there twice."""
    velden = read_velden()
    lowered = [clean(name).lower() for name in names]
    known = [name for name in lowered if name in velden]
    if not known:
        raise LeesError(
            f"{where}: geen enkele kolom van de indeling gevonden. De eerste regel moet de kolomnamen geven (lisanr, "
            "gemnr, banen, ...), gescheiden door ; of , of | of een tab. De namen staan in assets/register/velden.yaml"
        )
    if double := sorted({name for name in known if known.count(name) > 1}):
        raise LeesError(f"{where}: kolom {', '.join(double)} staat er meer dan een keer; laat er van elke een staan")
    required = [name for name, veld in velden.items() if veld.verplicht != "nee"]
    if missing := [name for name in required if name not in known]:
        raise LeesError(
            f"{where}: verplichte kolom {', '.join(missing)} ontbreekt; nodig zijn {', '.join(required)} en een kolom "
            "met de SBI. Vraag een volledige levering"
        )
    return {name: lowered.index(name) for name in known if name in used_fields()}


def is_plain(column: pa.ChunkedArray) -> bool:
    """Whether a column of texts has no signs but those of ASCII, and no tabs."""
    odd = pc.or_(pc.invert(pc.string_is_ascii(column)), pc.match_substring(column, "\t"))
    return not pc.any(odd).as_py()


def count_unknown(names: Sequence[str]) -> int:
    """Count the columns that are not in the layout."""
    velden = read_velden()
    return sum(clean(name).lower() not in velden for name in names)
