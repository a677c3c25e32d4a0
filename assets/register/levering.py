"""Take in a delivery of the register: read it, check every record, judge the whole, keep it in the confidential store.

The gate refuses a delivery that can not be right as a whole. It is kept all the same, with the reason; history goes on
with the one before. A file that can not be read as records is not kept: there is nothing to give an account of.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from assets.bron.momentopname import Rij
from assets.register import sbi
from assets.register.fout import LeesError
from assets.register.keuren import check
from assets.register.keuringsverslag import Verslag
from assets.register.kluis import VESTIGINGEN, Kluis, Lichting
from assets.register.lezen import read_file

# Own limits of 2026-11-25. A good delivery has few faults: more of them point to another layout or a damaged file.
MEESTE_FOUTEN = 0.02
# The number of establishments changes by 2 to 5 percent a year.
MINDER, MEER = 0.85, 1.20
# Some 94 in 100 establishments are there a year later; keys that do not come back are of another source.
MINST_BEKEND = 0.60
VOORBEELD = "voorbeeld"


@dataclass(frozen=True)
class Uitkomst:
    """What became of a delivery: its vintage, what the gate holds against it, and whether it was there already."""

    lichting: Lichting
    verslag: Verslag
    bezwaren: tuple[str, ...]
    al_ingelezen: bool = False


def parse_peildatum(text: str) -> date:
    """Read a reference date. Raises ValueError unless it is 1 April of a year from 1996 to 2100."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is geen datum; geef haar als jjjj-mm-dd, bijvoorbeeld 2026-04-01") from None
    if (day.month, day.day) != (4, 1) or not 1996 <= day.year <= 2100 or len(text) != 10:
        raise ValueError(f"{text}: de peildatum van het register is 1 april, bijvoorbeeld 2026-04-01")
    return day


def _previous(kluis: Kluis, peildatum: str) -> Lichting | None:
    """Give what history has of exactly a year earlier."""
    year = f"{int(peildatum[:4]) - 1}{peildatum[4:]}"
    return next((lichting for lichting in kluis.current() if lichting.peildatum == year), None)


def _check_kind(verslag: Verslag, records: int, soort: str) -> None:
    """Check that sample and real do not mix. Raises LeesError; nothing is kept then."""
    if soort == VOORBEELD and verslag.gegenereerd < records:
        raise LeesError(
            "deze levering zegt niet in elk record dat zij is gegenereerd; in het voorbeeld komen alleen gegenereerde "
            "records. Is het een echte levering, gebruik dan --bron cbs"
        )
    if soort != VOORBEELD and verslag.gegenereerd:
        raise LeesError(
            f"{verslag.gegenereerd} records zeggen dat zij gegenereerd zijn; die horen alleen bij --bron voorbeeld"
        )


def judge(verslag: Verslag, peildatum: str, eerder: int | None) -> list[str]:
    """Say what is against a delivery as a whole; `eerder` is the number of records that history has of about then."""
    found = []
    records = verslag.regels - verslag.redenen.get("lege_regel", 0)
    if not verslag.aangenomen:
        return ["geen enkel record is aangenomen"]
    if verslag.fout > MEESTE_FOUTEN * records:
        found.append(
            f"{verslag.fout} van de {records} records hebben een fout; meer dan {MEESTE_FOUTEN:.0%} kan niet kloppen"
        )
    if eerder and not MINDER * eerder <= verslag.aangenomen <= MEER * eerder:
        found.append(f"{verslag.aangenomen} records, en eerder {eerder}; is dit de hele levering van deze peildatum?")
    if verslag.bronjaar and verslag.bronjaar != peildatum[2:4]:
        found.append(
            f"de meeste opgaven zijn van het jaar '{verslag.bronjaar}, niet '{peildatum[2:4]}; klopt de peildatum?"
        )
    if verslag.bekend is not None and verslag.bekend < MINST_BEKEND:
        found.append(f"maar {verslag.bekend:.0%} van de vestigingen van een jaar eerder is terug te vinden")
    return found


def import_delivery(
    path: Path,
    peildatum: str,
    kluis: Kluis,
    moment: datetime,
    *,
    versie: str | None = None,
    concordantie: Path | None = None,
    toch: str = "",
) -> Uitkomst:
    """Take in one file. `toch` is the reason to accept it in spite of what the gate holds against it.

    Raises LeesError or LeesError when the file is refused as a whole and not kept; both quote nothing of the records.
    """
    content = path.read_bytes()
    pairs = sbi.read_concordantie(concordantie) if concordantie else None
    extra = concordantie.read_bytes() if concordantie else b""
    key = hashlib.sha256(content).hexdigest()
    how = hashlib.sha256(repr((key, versie, toch)).encode() + extra).hexdigest()
    history = kluis.lichtingen()
    current = {lichting.peildatum: lichting for lichting in kluis.current()}
    now = current.get(peildatum)
    if now is not None and now.eigenschappen["invoer"] == how:
        return Uitkomst(now, Verslag(**now.eigenschappen["verslag"]), (), al_ingelezen=True)
    previous = _previous(kluis, peildatum)
    gelezen = read_file(path)
    vorig = previous.folder / VESTIGINGEN if previous else None
    keuring = check(gelezen, peildatum, kluis.temporary(), vorig=vorig, versie=versie, concordantie=pairs)
    with keuring.connection:
        verslag = keuring.verslag
        _check_kind(verslag, gelezen.tabel.num_rows, kluis.soort)
        near = now or previous
        bezwaren = judge(verslag, peildatum, near.eigenschappen["verslag"]["aangenomen"] if near else None)
        others = [x.peildatum for x in history if x.eigenschappen["sha256"] == key and x.peildatum != peildatum]
        if others:
            bezwaren.append(f"hetzelfde bestand is al ingelezen voor {others[0]}; klopt de peildatum?")
        accepted = not bezwaren or (bool(toch) and verslag.aangenomen > 0)

        def fill(folder: Path) -> Rij:
            (folder / f"levering{path.suffix.lower()}.zst").write_bytes(
                pa.compress(content, codec="zstd", asbytes=True)
            )
            if extra:
                (folder / "concordantie.csv").write_bytes(extra)
            keuring.write(folder)
            (folder / "verslag.json").write_text(
                json.dumps(verslag.to_json(), ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
            )
            return {
                "sha256": key,
                "invoer": how,
                "bytes": len(content),
                "bestandsnaam": path.name,
                "oordeel": "aangenomen" if accepted else "geweigerd",
                "bezwaren": bezwaren,
                "toch": toch,
                "verslag": verslag.to_json(),
            }

        return Uitkomst(kluis.write(peildatum, moment, fill), verslag, tuple(bezwaren))
