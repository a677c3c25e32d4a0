"""The chain as a Dagster resource: settings in, a running `Keten` out, with a local server where the kind wants one."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import fields
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dagster as dg

from assets.beleid.besloten import keep
from assets.beleid.lezen import BESLOTEN
from assets.bron.fetch import Adressen
from assets.bron.gezienlijst import read_gezien
from assets.keten import Bronnen, Lichtingen, Maker
from begrippen.fout import MonitorError
from begrippen.regio import known_codes, read_leden, read_regios
from pipelines import instellingen, klok, voorsprong
from pipelines.afloop import read_afloop
from pipelines.alleen import alone
from pipelines.keteninstellingen import Keten, Keteninstellingen, make_path
from pipelines.nachten import Nacht
from pipelines.opruimen import OM, clear_left, clear_runs
from pipelines.vingerafdruk import open_kast

# The steps of a refresh from beginning to end.
STAPPEN = {
    "statline",
    "aanleveringen",
    "register__pwr",
    "editie__vorige",
    "bouw.tabellen",
    "rapport__html",
    "publicatie__actueel",
}


def is_whole(run: dg.DagsterRun) -> bool:
    """Whether a run is a refresh from beginning to end, and no part of one or what is left of one."""
    parts = run.asset_selection or run.asset_check_selection or run.parent_run_id
    return not parts and set(run.step_keys_to_execute or STAPPEN) >= STAPPEN


def _deel(naam: str) -> dg.ResourceDefinition:
    """A part of the chain as a resource of its own."""

    @dg.resource(required_resource_keys={"keten"}, description=f"het deel {naam} van de keten")
    def deel(context: dg.InitResourceContext) -> Any:
        return getattr(context.resources.keten, naam)

    return deel


# What an asset can ask for: part -> resource
DELEN = {part.name: _deel(part.name) for part in fields(Keten)}


class Ketenbron(Keteninstellingen):
    """One run of the chain: what its settings ask for is started, handed out, and stopped."""

    def _bronnen(self, stack: ExitStack) -> Bronnen:
        """The sources, answering; what was started for that stops with `stack`."""
        keuze = instellingen.parse_bron(self.bron)
        adressen, aanlevering, lichtingen = self.open_catalogi(stack), make_path(self.aanlevering), None
        if keuze.soort == "voorbeeld":
            from assets.bron.voorbeeld.aanleveringen import write_sample_deliveries
            from assets.bron.voorbeeld.server import HERZIEN, VORIGE_EDITIE, sample_server

            tabellen, regios = read_gezien(), (read_regios(), read_leden())
            lichtingen = Lichtingen(
                eerste=stack.enter_context(sample_server(tabellen, *regios, vintage=1)),
                herzien=frozenset(HERZIEN),
                vorige_editie=stack.enter_context(sample_server(tabellen, *regios, vintage=VORIGE_EDITIE)),
            )
            if aanlevering is None:
                aanlevering = Path(stack.enter_context(TemporaryDirectory(prefix="aanlevering-")))
                write_sample_deliveries(aanlevering, *regios)
        return Bronnen(adressen, known_codes(), aanlevering, self.opnieuw, lichtingen, self.grenzen())

    @contextmanager
    def open_adressen(self) -> Iterator[Adressen]:
        """Where the source answers, for as long as the block lasts. Raises InstellingError, BestandError."""
        with ExitStack() as stack:
            yield self._bronnen(stack).adressen

    @contextmanager
    def _noted(self, instance: dg.DagsterInstance, run_id: str) -> Iterator[None]:
        """Write down that a refresh began, and how it ended; what can not be noted costs a refresh, and stops none."""
        nacht = Nacht(self, klok.now())
        try:
            yield
        finally:
            try:
                events = [e.dagster_event for e in instance.all_logs(run_id) if e.dagster_event is not None]
                with suppress(MonitorError, OSError):
                    nacht.end(run_id, read_afloop(events, geslaagd=True).code, klok.now())
            finally:
                nacht.stop()

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator[Keten, None, None]:
        """Start what the kind of source needs, hand out the chain, and stop it at the end of the run."""
        # who asks only whether anything changed needs none of what that loads
        from assets.register import vooruit

        editie, register = self.editiekeuze(), self.registerkeuze()
        with ExitStack() as stack:
            # under the lock of this place, which the command line may hold already
            if (begonnen := voorsprong.find(self.plek(), register)) is None:
                stack.enter_context(alone(Path(self.opslag)))
            if context.instance is not None and context.run is not None:
                clear = clear_left if begonnen is None else clear_runs
                clear(self.plek(), context.instance, context.run.run_id, context.run.tags.get(OM, ""))
                if is_whole(context.run) and not self.peildatum:
                    stack.enter_context(self._noted(context.instance, context.run.run_id))
            beveiligen: vooruit.Beveiligen = begonnen or partial(vooruit.protect, self.plek(), register, klok.now())
            whole = not self.peildatum and context.run is not None and is_whole(context.run)
            if begonnen is None and register.mee and whole:
                beveiligen = stack.enter_context(vooruit.begin(self.plek(), register, klok.now()))
            if self.beleid:
                keep([p for naam in BESLOTEN if (p := Path(self.beleid) / naam).is_file()], Path(self.opslag))
            yield Keten(
                plek=self.plek(),
                # of a day in the past nothing is asked, so nothing is started either
                bronnen=Bronnen(self.adressen(), known_codes()) if self.peildatum else self._bronnen(stack),
                editie=editie,
                register=register,
                beveiligen=beveiligen,
                maker=Maker(klok.now, instellingen.code_versie(), open_kast(self)),
            )


# what the page of Dagster says of it, to who starts a run there
Ketenbron.__doc__ = "De instellingen van een verversing: wat wordt opgehaald, waar het wordt bewaard en gepubliceerd."
