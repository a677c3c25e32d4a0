"""The chain as a Dagster resource: settings in, a running `Keten` out, with a local server where the kind wants one."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dagster as dg

from assets.bron.bronlijst import read_tabellen
from assets.bron.fetch import Adressen
from assets.keten import Keten, Report, no_report
from assets.rapport.editie import EditieError, cards_of, read_editie
from begrippen.regio import known_codes, read_leden, read_regios, registergebieden
from pipelines import instellingen

# Who hears how far the run is: the command line sets it; a schedule leaves it as it is.
REPORT: ContextVar[Report] = ContextVar("report", default=no_report)

CONFIG: dict[str, Any] = {
    "bron": dg.Field(str, default_value="cbs", description="voorbeeld, cbs of opname:MAP"),
    "opslag": dg.Field(str, is_required=False, description="wat bewaard wordt (MONITOR_OPSLAG)"),
    "uit": dg.Field(str, is_required=False, description="waar gepubliceerd wordt; zonder: uitvoer/<soort>"),
    "aanlevering": dg.Field(str, is_required=False, description="map met aangeleverde bestanden"),
    "geo": dg.Field(str, is_required=False, description="gemeentegrenzen: bestand of map met GeoJSON"),
    "editie": dg.Field(int, default_value=instellingen.EDITIE, description="jaar van de editie"),
    "opnieuw": dg.Field(bool, default_value=False, description="ook ophalen wat niet gewijzigd is"),
    "register": dg.Field(bool, default_value=False, description="neem het werkgelegenheidsregister mee"),
}


@contextmanager
def alone(opslag: Path) -> Iterator[None]:
    """One refresh at a time in an `opslag`, whoever starts it. Raises InstellingError when another one is busy."""
    opslag.mkdir(parents=True, exist_ok=True)
    with (opslag / ".bezig").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise instellingen.InstellingError(
                f"er loopt al een verversing in {opslag}; wacht tot die klaar is en draai dan opnieuw: monitor run"
            ) from None
        yield


def _path(text: str | None) -> Path | None:
    return Path(text).resolve() if text else None


@dg.resource(config_schema=CONFIG)
def keten(context: dg.InitResourceContext) -> Iterator[Keten]:
    """Start what the kind of source needs, hand out the chain, and stop it at the end of the run."""
    config = context.resource_config
    keuze = instellingen.parse_bron(config["bron"])
    aanlevering = _path(config.get("aanlevering"))
    adressen, eerste, herzien = instellingen.addresses(), None, frozenset[str]()
    opslag = _path(config.get("opslag")) or instellingen.opslag()
    vorige: Adressen | None = None
    editiemap = read_editie(instellingen.EDITIES, config["editie"])
    if keuze.soort not in editiemap.editie.soorten:
        soorten = ", ".join(editiemap.editie.soorten)
        raise EditieError(f"editie {config['editie']} is alleen voor {soorten}, niet voor {keuze.soort}")
    with ExitStack() as stack:
        stack.enter_context(alone(opslag))
        if keuze.soort == "voorbeeld":
            from assets.bron.voorbeeld.aanleveringen import write_sample_deliveries
            from assets.bron.voorbeeld.server import HERZIEN, VORIGE_EDITIE, sample_server

            tabellen, regios = read_tabellen(), (read_regios(), read_leden())
            adressen = stack.enter_context(sample_server(tabellen, *regios))
            eerste = stack.enter_context(sample_server(tabellen, *regios, vintage=1))
            herzien = frozenset(HERZIEN)
            vorige = stack.enter_context(sample_server(tabellen, *regios, vintage=VORIGE_EDITIE))
            if aanlevering is None:
                aanlevering = Path(stack.enter_context(TemporaryDirectory(prefix="aanlevering-")))
                write_sample_deliveries(aanlevering, *regios)
        elif keuze.soort == "opname":
            from assets.bron.voorbeeld.server import replay_server

            assert keuze.folder is not None
            adressen = stack.enter_context(replay_server(keuze.folder))
        yield Keten(
            soort=keuze.soort,
            adressen=adressen,
            opslag=opslag,
            uitvoer=instellingen.uitvoer(keuze.soort, _path(config.get("uit"))),
            editie=config["editie"],
            now=lambda: datetime.now(UTC),
            code_versie=instellingen.code_versie(),
            aanlevering=aanlevering,
            geo=_path(config.get("geo")),
            force=config["opnieuw"],
            report=REPORT.get(),
            bekende_regios=known_codes(),
            edities=instellingen.EDITIES,
            kaarten=cards_of(editiemap) if editiemap.map is not None else {},
            # the sample and a replay are fetched anew each time, of answers that lie fast: only live ones have a day
            peildatum=editiemap.editie.bronnen.peildatum if keuze.soort == "cbs" else None,
            lock=instellingen.LOCK,
            vorige_lichting=vorige,
            eerste_lichting=eerste,
            herzien=herzien,
            # the generated register belongs to the sample, and to nothing else
            register=config["register"] or keuze.soort == "voorbeeld",
            registerregels=instellingen.registerregels(),
            registergebieden=registergebieden(),
        )
