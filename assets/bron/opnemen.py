"""Recording what a source answers, as files that can be sent to somebody and replayed with `--bron opname:MAP`.

Of each table the metadata and code lists come whole and as they were; of its figures a slim selection: what is asked of
each dimension, of the regions those of the tenant and the country, of the periods the last few, and every topic, also
those that the source list does not name. An answer that cannot be used is kept too: that is the one to look at.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from assets.bron.bronlijst import Brontabel, Dimensie
from assets.bron.cbs_v4 import CbsV4
from assets.bron.fetch import Adressen, open_bron
from assets.bron.http import AfwezigError, BronError, Client, read_kept
from assets.bron.rijen import Bron
from assets.bron.structuur import Code, Keuze, Structuur, choose_codes, is_periode
from begrippen.redenen import Reden, Redenen
from begrippen.redenzinnen import regel

# of each kind of period
LAATSTE = 3
# of a dimension of which nothing that we ask for is there
EERSTE = 5
# pages of figures of a table; the slim selection takes one or two
MEESTE = 10
# The folder of each catalogue, below the one that is recorded in.
MAPPEN = {("v3", "cbs"): "cbs_v3", ("v4", "cbs"): "cbs_v4", ("v3", "derden"): "derden"}
VERSLAG = "opname.json"

# The names of files of v4; v3 keeps the names of the source.
_V4 = {"Properties": "properties", "Dimensions": "dimensions", "MeasureCodes": "measure-codes"}
_V4 |= {"MeasureGroups": "measure-groups", "Observations": "observations"}


@dataclass(frozen=True)
class Opgenomen:
    """What came of recording a table: pages of figures, and the reasons why something is not there."""

    tabel: str
    paginas: int
    redenen: Redenen

    @property
    def gelukt(self) -> bool:
        """Whether the table can be replayed."""
        return self.paginas > 0 and not self.redenen

    @property
    def regel(self) -> str:
        """What came of it, as the command line says it."""
        if self.gelukt:
            return f"{self.tabel}: opgenomen, {self.paginas} pagina{'s' if self.paginas > 1 else ''} met cijfers"
        return f"{self.tabel}: niet (heel) opgenomen: {regel(self.redenen)}"


class _Recorder(Client):
    """A client that remembers what came, by address: also what it then finds to be no answer."""

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.came: dict[str, bytes] = {}

    def _body(self, url: str) -> bytes:
        self.came[url] = super()._body(url)
        return self.came[url]


def _file(api: str, url: str) -> str:
    """Give the name of the file for an answer, without its end."""
    name = urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]
    if api == "v3" or name in _V4:
        return name if api == "v3" else _V4[name]
    for end, begin in (("Codes", "codes"), ("Groups", "groups")):
        if name.endswith(end):
            return f"{begin}-{name.removesuffix(end)}"
    return name


def _slim(tabel: Brontabel, structuur: Structuur, regios: frozenset[str]) -> tuple[Brontabel, Keuze]:
    """Choose what to record, by the dimensions that the source has; without topics, which means all of them."""
    dimensies: dict[str, Dimensie] = {}
    chosen: dict[str, tuple[Code, ...]] = {}
    for naam, codes in structuur.codes.items():
        dated = bool(codes) and all(is_periode(c.code) for c in codes)
        dimensies[naam] = tabel.dimensies.get(naam) or Dimensie(soort="periode" if dated else "uitsplitsing")
        asked = dimensies[naam].codes
        wanted = choose_codes(dimensies[naam], codes, asked) if naam in tabel.dimensies else ()
        if dimensies[naam].soort == "periode":
            by_kind: dict[str, list[Code]] = {}
            for code in sorted(wanted or codes, key=lambda c: c.code):
                by_kind.setdefault(code.code[4:6], []).append(code)
            wanted = tuple(c for kind in by_kind.values() for c in kind[-LAATSTE:])
        elif dimensies[naam].soort == "regio":
            wanted = tuple(c for c in wanted if c.code in regios or c.code.startswith("NL"))
        elif not {*asked} <= {c.code for c in wanted}:
            # A code that is called otherwise: its total and the first ones show what it is called now.
            totals = [c for c in codes if c.titel.casefold().startswith("totaal")]
            wanted = tuple(dict.fromkeys((*wanted, *totals[:EERSTE], *codes[:EERSTE])))
        chosen[naam] = wanted or codes[:EERSTE]
    return tabel.model_copy(update={"dimensies": dimensies}), Keuze({}, chosen, structuur.codes)


def _record_rows(bron: Bron, tabel: Brontabel, keuze: Keuze, scratch: Path) -> Iterator[bytes]:
    """Give the pages of figures as they came. Raises BronError."""
    for deel in bron.plan(tabel, keuze, 1):
        url: str | None = bron.first_page(tabel.id, keuze, deel)
        for _ in range(MEESTE):
            if url is None:
                break
            url = bron.client.get_page(url, scratch / "pagina", scratch / "rijen")
            yield read_kept(scratch / "pagina")


def record_tabel(
    tabel: Brontabel, adressen: Adressen, naar: Path, regios: frozenset[str], client: _Recorder
) -> Opgenomen:
    """Record one table in its folder below `naar`, in the place of what was there.

    Never raises for trouble at the source.
    """
    folder = naar / MAPPEN[tabel.api, tabel.catalogus] / tabel.id
    beside = folder.with_name(f".nieuw-{folder.name}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    client.came.clear()
    redenen: Redenen = ()
    bron, pages = open_bron(tabel, adressen, client), 0
    rows = "observations" if isinstance(bron, CbsV4) else "UntypedDataSet"
    try:
        bron.read_info(tabel.id)
        with TemporaryDirectory(prefix="opname-") as scratch:
            slim, keuze = _slim(tabel, bron.read_structuur(tabel.id, None), regios)
            for body in _record_rows(bron, slim, keuze, Path(scratch)):
                pages += 1
                (beside / f"{rows}-page-{pages}.json").write_bytes(body)
    except AfwezigError:
        redenen = (Reden("afwezig"),)
    except BronError as error:
        redenen = error.redenen
    except Exception as error:
        redenen = (Reden("onverwacht", {"soort": type(error).__name__, "melding": f"{error!s:.300}"}),)
    times: dict[str, int] = {}
    for url, body in client.came.items():
        name = _file(tabel.api, url)
        times[name] = times.get(name, 0) + 1
        suffix = "" if times[name] == 1 else f"-{times[name]}"
        (beside / f"{name}{suffix}.json").write_bytes(body)
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)
    return Opgenomen(tabel.id, pages, redenen)


def record(
    tabellen: Iterable[Brontabel],
    adressen: Adressen,
    naar: Path,
    regios: frozenset[str],
    moment: datetime,
    *,
    report: Callable[[Opgenomen], None] | None = None,
    **options: object,
) -> list[Opgenomen]:
    """Record tables one after the other, with a report of what came of each in VERSLAG.

    regios: the regions of the tenant, the only ones of which figures are recorded, beside the country. `options` go to
    the client. Raises OSError when `naar` cannot be written.
    """
    found = []
    client = _Recorder(**options)
    with client:
        for tabel in tabellen:
            found.append(record_tabel(tabel, adressen, naar, regios, client))
            if report:
                report(found[-1])
    verslag = {
        "moment": moment.isoformat(timespec="seconds"),
        "adressen": vars(adressen),
        "selectie": f"regio's van het gebied en het land, per soort de laatste {LAATSTE} perioden, alle onderwerpen",
        "licentie": "CC BY 4.0, met de naam van de uitgever van elke tabel",
        "tabellen": {o.tabel: {"paginas": o.paginas, "reden": regel(o.redenen)} for o in found},
    }
    (naar / VERSLAG).write_text(json.dumps(verslag, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return found
