"""A small archive and source list: two StatLine tables and a delivery."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assets.bouw.bouwen import Bouwinvoer
from assets.bouw.invoer.maak import tabellen
from assets.bron.bronlijst import Brontabel
from assets.bron.momentopname import Archief, Momentopname, hash_file, make_id
from assets.indicatoren.kaart import Kaart
from assets.tabel import arrow_schema

INWONERS = Brontabel.model_validate(
    {
        "id": "03759ned",
        "titel": "Bevolking op 1 januari",
        "api": "v4",
        "zekerheid": "K",
        "dimensies": {
            "RegioS": {"soort": "regio", "regios": ["NL01", "PV22", "GM*"]},
            "Perioden": {"soort": "periode", "vanaf": 2024},
            "Geslacht": {"soort": "uitsplitsing", "codes": {"T001038": "Totaal mannen en vrouwen"}},
        },
        "onderwerpen": {
            "inwoners": {"titel": "Bevolking op 1 januari", "eenheid": "aantal", "decimalen": 0, "zekerheid": "K"}
        },
    }
)
KAART = Kaart.model_validate(
    {
        "id": "inwoners",
        "naam": "Inwoners",
        "thema": "demografie",
        "groep": "D",
        "eenheid": "aantal",
        "decimalen": 0,
        "richting": "neutraal",
        "richting_herkomst": "geen gewenste richting",
        "definitie": "inwoners op 1 januari",
        "bewerking": "geen",
        "aggregatie": "som",
        "bronnen": [{"tabel": "03759ned", "teller": [{"onderwerp": "inwoners"}]}],
    }
)
GETAL = "Geslacht=T001038"
MOMENT = datetime(2026, 7, 2, 3, 4, 5, 6, tzinfo=UTC)


def write_parquet(path: Path, naam: str, rows: list[dict[str, Any]]) -> None:
    """Write rows of `invoer.<naam>` as the file of a momentopname: which one it is of, its folder says."""
    own = pa.schema([f for f in arrow_schema(tabellen()[naam]) if f.name not in {"bron", "tabel", "momentopname"}])
    pq.write_table(pa.Table.from_pylist(rows, schema=own), path)


@dataclass(frozen=True)
class Werkplaats:
    """An archive below a temporary folder, and what is needed to build from it."""

    opslag: Path

    def add(
        self, cellen: list[tuple[str, str, float | None]], moment: datetime = MOMENT, beschrijving: str = ""
    ) -> Momentopname:
        """Write a momentopname of 03759ned with (regio, periode, waarde) in that order, and what its periods say."""

        def fill(folder: Path) -> dict[str, Any]:
            rows = [
                {
                    "rij": n,
                    "onderwerp": "M000352",
                    "regio": regio,
                    "periode": periode,
                    "uitsplitsing": GETAL,
                    "waarde": waarde,
                    "leeg": "Impossible" if waarde is None else None,
                    "bestand": "0001.json.gz",
                }
                for n, (regio, periode, waarde) in enumerate(cellen, start=1)
            ]
            write_parquet(folder / "waarnemingen.parquet", "waarneming_alle", rows)
            topic = {
                "onderwerp": "M000352",
                "naam": "inwoners",
                "titel": "Bevolking op 1 januari",
                "groeppad": "",
                "eenheid": "aantal",
                "decimalen": 0,
            }
            write_parquet(folder / "onderwerpen.parquet", "onderwerp", [topic])
            codes = [
                {"dimensie": "Perioden", "soort": "periode", "code": p, "titel": p[:4], "status": "Definitief"}
                | {"beschrijving": beschrijving}
                for p in sorted({c[1] for c in cellen})
            ]
            write_parquet(folder / "codelijsten.parquet", "code", codes)
            return {
                "titel": "Bevolking op 1 januari",
                "api": "v4",
                "oordeel": "aangenomen",
                "rijen": len(rows),
                "sha256": hash_file(folder / "waarnemingen.parquet"),
                "fetched_at": moment.isoformat(),
            }

        return Archief(self.opslag, "opname").write("cbs", "03759ned", make_id(moment), fill)

    def invoer(self, *momentopnamen: Momentopname, **changes: Any) -> Bouwinvoer:
        """Name the inputs of a build."""
        invoer = Bouwinvoer(
            soort="opname",
            momentopnamen=momentopnamen,
            tabellen={"03759ned": INWONERS},
            aanleveringen={},
            kaarten={"inwoners": KAART},
            editie=2026,
            built_at=datetime(2026, 11, 22, 12, tzinfo=UTC),
            code_versie="0.1.0",
        )
        return replace(invoer, **changes)


@pytest.fixture
def werkplaats(tmp_path: Path) -> Werkplaats:
    return Werkplaats(tmp_path / "opslag")


@pytest.fixture
def kern_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the indicators out of the build: for tests of how a build is made, not of what is in it."""
    from assets.bouw import bouwen, tabellen

    own = {"monitor.bouw", "monitor.momentopname", "reken.cel", "reken.periodecode"}
    kept = [t for t in tabellen.all_tabellen() if t.naam in own or t.naam.startswith("kern.")]
    monkeypatch.setattr(bouwen, "all_tabellen", lambda: kept)
