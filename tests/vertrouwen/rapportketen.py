"""The small chain with all that the large one has: a register that is protected, a report of a few pages, and Dagster.

Every step is that of the product: the vault, the count, the protection, the attack on what was built, the processes
that set and draw, the run in Dagster and the lock. Only the tables are few and the pages are a handful.
"""

import time
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb

from assets.bouw import bouwen
from assets.bron.bronlijst import Bronlijst, read_registertabellen
from assets.keten import Plek, Registerkeuze
from assets.rapport.pdfproces import teken_apart, zet_apart
from assets.register.levering import import_delivery
from assets.register.toegang import attack_build, open_kluis, remember_build
from assets.register.voorbeeld import generate, read_doelen
from assets.register.voorbeeld_levering import write_delivery
from assets.register.vooruit import protect
from begrippen.regio import registergebieden
from pipelines.alleen import alone
from pipelines.home import open_instance
from pipelines.opruimen import clear_left
from reports.document import Alinea, Blad, Document
from reports.html import write_html
from reports.inhoud import Run
from reports.pdf import Drukopdracht, render_alle
from reports.platen import make_platen
from reports.tabel import Cel, Kolom, Rij, Rijgroep, Tabel
from tests.attack.test_niets_naar_buiten import files, holds_mark, texts
from tests.bron.test_storingen import BASE, Nep
from tests.reports.test_pdf import make_figuur
from tests.vertrouwen.keten import EERSTE, Adressen, Keten, antwoorden, tabellen

SCHAAL = 0.01
# the reference days that are delivered: one before the first refresh, one more with each
JAREN = (2024, 2025)
# so many municipalities the register is shown for: protecting the whole province takes a minute, however small it is
GEMEENTEN = 1
# how long a process that works for one that was killed may be seen, in seconds
WEG_NA = 20.0


class Rapportketen(Keten):
    """Where it keeps and publishes; `levering/` holds what the register delivers."""

    @property
    def plek(self) -> Plek:
        """Its place. The vault takes generated records for the sample alone."""
        return Plek("voorbeeld", self.root / "opslag", self.root / "uitvoer")

    @property
    def keuze(self) -> Registerkeuze:
        """The register goes along, with the rules as they are."""
        gemeenten = [
            (code, leden) for code, leden in registergebieden(date(2026, 1, 1)).items() if code.startswith("GM")
        ]
        return Registerkeuze(mee=True, gebieden=dict(gemeenten[:GEMEENTEN]))

    @property
    def lijst(self) -> Bronlijst:
        """The tables, and what the register hands on."""
        return Bronlijst(tabellen(), {}, read_registertabellen())

    def lever(self) -> None:
        """Write what the register will deliver, year by year."""
        (self.root / "levering").mkdir(parents=True)
        goals = {jaar: doel for jaar, doel in read_doelen(SCHAAL).items() if jaar in JAREN}
        for frame in generate(schaal=SCHAAL, doelen=goals):
            write_delivery(frame, self.root / "levering" / f"{int(frame['jaar'].iloc[0])}.csv")

    def neem_in(self, dag: int) -> None:
        """Take in what was delivered by a day, and protect it."""
        moment = self.moment(dag, 40)
        for jaar in JAREN[: dag + 1]:
            path = self.root / "levering" / f"{jaar}.csv"
            taken = import_delivery(path, f"{jaar}-04-01", open_kluis(self.plek), moment)
            assert taken.lichting.aangenomen, taken.lichting.eigenschappen
        protect(self.plek, self.keuze, moment, lambda *_: None)

    def voor_publicatie(self, folder: Path) -> None:
        """Attack what was built, write the report beside it, and remember what is shown of the register."""
        narrow = attack_build(self.plek, self.keuze, folder / bouwen.DATABASE)
        assert narrow.empty, narrow
        document = make_document(folder / bouwen.DATABASE)
        pdfs = render_alle({"hoofdrapport.pdf": Drukopdracht(document, voorblad=True)}, zetten=zet_apart)
        write_html(document, folder / "rapport", pdfs, make_platen(document, teken_apart))
        remember_build(self.plek, self.keuze, folder / bouwen.DATABASE)

    def draai(self, dag: int) -> None:
        """A whole refresh, as a run of Dagster in an `opslag` of which it holds the lock."""
        with alone(self.plek.opslag), open_instance(self.plek.opslag) as instance:
            config = {"root": str(self.root), "dag": dag}
            done = _job.execute_in_process(
                run_config={"ops": {"_verversing": {"config": config}}}, instance=instance, raise_on_error=True
            )
            assert done.success

    def stappen(self, dag: int, instance: dg.DagsterInstance, run: str) -> None:
        """What that run does."""
        clear_left(self.plek, instance, run)
        with Nep({t.id: antwoorden(t.api, dag) for t in tabellen().values()}) as client:
            self.haal(client, Adressen(BASE, BASE, BASE), dag)
        self.neem_in(dag)
        self.bouw(dag)

    def left(self) -> list[str]:
        """Also runs of Dagster that nothing runs, and what was written for a moment in the vault or elsewhere."""
        with open_instance(self.plek.opslag) as instance:
            runs = instance.get_runs(
                dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING])
            )
        kluis = open_kluis(self.plek).folder
        beside = [*kluis.rglob(".nieuw-*"), *(kluis / ".tijdelijk").glob("*"), *(self.root / "tijdelijk").glob("*")]
        return [*super().left(), *(r.run_id for r in runs), *(str(p.relative_to(self.root)) for p in beside)]

    def marks(self) -> list[str]:
        """Where something of a single enterprise stands outside the vault and what was delivered: nowhere, is meant."""
        inside = (open_kluis(self.plek).opslag / "vertrouwelijk", self.root / "levering")
        outside = [p for p in files(self.root) if not any(place in p.parents for place in inside)]
        wrong = [str(p) for p in outside if holds_mark(p.read_bytes()) or holds_mark(p.name.encode())]
        with duckdb.connect() as db:
            for p in outside:
                # a half one cannot be read; what it holds was looked at as it stands
                if p.suffix == ".parquet" and p.read_bytes().endswith(b"PAR1"):
                    wrong += texts(f"'{p}'", db)
        return wrong


@dg.op(config_schema={"root": str, "dag": int})
def _verversing(context: dg.OpExecutionContext) -> None:
    config = context.op_config
    Rapportketen(Path(config["root"])).stappen(config["dag"], context.instance, context.run_id)


@dg.job(logger_defs={}, executor_def=dg.in_process_executor)
def _job() -> None:
    _verversing()


def make_document(database: Path) -> Document:
    """A report of a few pages with the figures of a build, one of them drawn."""
    with duckdb.connect(str(database), read_only=True) as db:
        rows = db.execute(
            "SELECT indicator, regio, periode, waarde FROM monitor.indicatorwaarde ORDER BY 1, 2, 3 LIMIT 40"
        ).fetchall()
        ((register,),) = db.execute("SELECT count(waarde) FROM kern.waarneming WHERE bron = 'register'").fetchall()
    assert register > 0
    kop: tuple[Run, ...] = ("Waarde",)
    shown = ((f"{i} {r} {p}", "." if w is None else f"{w:.2f}".replace(".", ",")) for i, r, p, w in rows)
    rijen = tuple(Rij((naam,), (Cel((waarde,)),)) for naam, waarde in shown)
    tabel = Tabel("cijfers", "Cijfers", (Kolom(("Reeks",)), Kolom(kop, "eind")), (Rijgroep(rijen),))
    bladen = (
        Blad("index", "Begin", "", (Alinea((f"{register} cijfers uit het register.",)),)),
        Blad("cijfers", "Cijfers", "", (tabel,)),
        Blad("beeld", "Beeld", "", (make_figuur(),)),
    )
    return Document("Kleine stand", "Proef", 2026, EERSTE.date(), bladen, bestanden={"data/a.csv": b""})


def helpers_of(pid: int) -> list[int]:
    """The processes that work for this one, by what they were started with."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
            state = (path.parent / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        # what sets and draws, and what Dagster starts to keep what a run prints
        works = b"assets.rapport.pdfproces" in words or any(w.endswith(b"watch_orphans.py") for w in words)
        if works and str(pid).encode() in words and state != "Z":
            found.append(int(path.parent.name))
    return found


def wait_for_helpers(pid: int) -> list[int]:
    """Wait until nothing works for this process any more; give what still does when that takes too long."""
    end = time.monotonic() + WEG_NA
    while (found := helpers_of(pid)) and time.monotonic() < end:
        time.sleep(0.05)
    return found
