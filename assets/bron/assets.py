"""The sources in Dagster: an asset a table, all in one step that can be run for a part of them.

Fetching is bound by the other side's answers, so a step a table would cost more than it brings. A source that fails
does not skip the build: its asset says what happened, its check warns, and its last accepted answer is used. Only a
source that answered, and whose answer was taken, is materialized; of another its asset holds an observation with the
reason.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import dagster as dg
from dagster._core.definitions.composition import MappedInputPlaceholder

from assets.bron.aanlevering import read_deliveries
from assets.bron.bronlijst import Aanlevering, Brontabel, Registertabel
from assets.bron.fetch import Resultaat, Uitkomst, fetch_tabellen
from assets.bron.http import Client
from assets.bron.momentopname import Archief
from assets.bron.poging import write_poging
from assets.bron.schade import set_aside
from assets.bron.versheid import LAAT, OUD, find_frequentie
from assets.keten import Bronnen, Maker, Plek, Report
from begrippen.redenen import Reden, Redenen, to_json

# What an asset gives back. Dagster compares the annotation of an asset with the bare class; mypy wants to know what
# it holds, which is no value.
if TYPE_CHECKING:
    Gemaakt = dg.MaterializeResult[None]
else:
    Gemaakt = dg.MaterializeResult

# What a step gives that is asked for a part: what was made beside that too.
Gegeven = Gemaakt | dg.AssetCheckResult | dg.AssetMaterialization | dg.AssetCheckEvaluation

POORT = "poort"
GELEZEN = "gelezen"


def bron_key(bron: str, tabel: str) -> dg.AssetKey:
    """The asset of a source table."""
    return dg.AssetKey(["bron", bron, tabel])


def make_versheid(tabel: Brontabel | Aanlevering | Registertabel) -> dg.FreshnessPolicy | None:
    """When the page shows that a source is late or stale, by how often it comes out; never for one that stopped."""
    if (frequentie := find_frequentie(tabel)) is None:
        return None
    late, stale = frequentie.tussen + LAAT, frequentie.tussen + OUD
    return dg.FreshnessPolicy.time_window(fail_window=stale, warn_window=late)


def _describe(tabel: Brontabel | Aanlevering) -> str:
    """The title of a source, how often it comes out, and what it means when its asset is not materialized."""
    frequentie = find_frequentie(tabel)
    comes = f"Verschijnt {frequentie.woord}." if frequentie else "Deze tabel is stopgezet: er komt niets meer bij."
    absent = (
        "Ligt er geen nieuw bestand, dan staat hier geen 'Materialized' maar een observatie met de reden; de bouw "
        "gebruikt dan het laatste bestand dat is aangenomen, of doet het zonder."
        if isinstance(tabel, Aanlevering)
        else "Gaf de bron geen goed antwoord, dan staat hier een observatie met de reden, en gebruikt de bouw het "
        "laatste antwoord dat is aangenomen."
    )
    return f"{tabel.titel}\n\n{comes} {absent}"


def _spec(tabel: Brontabel | Aanlevering) -> dg.AssetSpec:
    # kinds and tags that who knows Dagster knows: what answers, and by which of its interfaces
    kind, tags = ("odata", {"api": tabel.api}) if isinstance(tabel, Brontabel) else ("file", {})
    return dg.AssetSpec(
        key=bron_key(tabel.bron, tabel.id),
        group_name="bron",
        description=_describe(tabel),
        kinds={kind},
        tags=tags,
        # what did not come is not materialized; what is made of it runs all the same (`ook_zonder`)
        skippable=True,
        metadata={"zekerheid": tabel.zekerheid, "onderwerpen": len(tabel.onderwerpen)},
        freshness_policy=make_versheid(tabel),
    )


def _check_spec(tabel: Brontabel | Aanlevering) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        name=POORT, asset=bron_key(tabel.bron, tabel.id), description="Is het nieuwste antwoord er, en aangenomen?"
    )


def _results(
    context: dg.AssetExecutionContext, archief: Archief, uitkomst: Uitkomst, moment: datetime, *, kwam: bool = True
) -> Iterator[Gemaakt | dg.AssetCheckResult]:
    """What Dagster hears of a source: made when it gave an answer that was taken (`kwam`: now), else seen only."""
    poging = write_poging(archief, uitkomst, moment, kwam=kwam)
    metadata: dict[str, Any] = {"resultaat": uitkomst.resultaat, "seconden": round(uitkomst.seconden, 2)}
    if uitkomst.reden:
        metadata["reden"] = uitkomst.reden
    if (gebruikt := uitkomst.momentopname) is not None:
        eigenschappen = gebruikt.eigenschappen
        metadata |= {
            "momentopname": gebruikt.id,
            "titel": eigenschappen.get("titel") or "",
            "Modified": eigenschappen.get("Modified") or "onbekend",
            "dagster/row_count": int(eigenschappen.get("rijen") or 0),
        }
        if eigenschappen.get("url"):
            metadata["url"] = dg.MetadataValue.url(eigenschappen["url"])
    key = bron_key(uitkomst.bron, uitkomst.tabel)
    check = dg.AssetCheckResult(
        asset_key=key,
        check_name=POORT,
        passed=poging.is_goed,
        severity=dg.AssetCheckSeverity.WARN,
        description=uitkomst.reden or "aangenomen",
        metadata={"gebruikt": gebruikt is not None, "redenen": dg.MetadataValue.json(to_json(uitkomst.redenen))},
    )
    if kwam and poging.is_goed:
        yield dg.MaterializeResult(asset_key=key, metadata=metadata, check_results=[check])
        return
    told = poging.reden or "Er is niets nieuws aangeleverd; het vorige bestand blijft in gebruik."
    context.log_event(dg.AssetObservation(key, description=told, metadata=metadata))
    yield check


# A file in the delivery folder that nothing reads belongs to no asset of its own: the template's asset tells of it.
_GELEZEN = dg.AssetCheckSpec(
    name=GELEZEN,
    asset=bron_key("aanlevering", "sjabloon"),
    description="Is elk bestand in de map met aanleveringen gelezen?",
)


def make_statline(tabellen: Mapping[str, Brontabel]) -> dg.AssetsDefinition:
    """The step that fetches StatLine tables, with an asset a table."""

    @dg.multi_asset(
        name="statline",
        specs=[_spec(t) for t in tabellen.values()],
        check_specs=[_check_spec(t) for t in tabellen.values()],
        can_subset=True,
        op_tags={"bron": "statline"},
        description="Haal de gekozen tabellen van StatLine op, hoogstens vier tegelijk.",
    )
    def statline(
        context: dg.AssetExecutionContext,
        plek: dg.ResourceParam[Plek],
        bronnen: dg.ResourceParam[Bronnen],
        maker: dg.ResourceParam[Maker],
        voortgang: dg.ResourceParam[Report],
    ) -> Iterator[Gemaakt | dg.AssetCheckResult]:
        """Fetch the selected StatLine tables, at most four connections at a time."""
        wanted = [t for t in tabellen.values() if bron_key(t.bron, t.id) in context.selected_asset_keys]
        archief = plek.archief
        done = 0

        def report(uitkomst: Uitkomst) -> None:
            nonlocal done
            done += 1
            voortgang("bron", f"{uitkomst.tabel}: {uitkomst.resultaat}", done, len(wanted))

        with Client(grenzen=bronnen.grenzen) as client:
            fetch = partial(
                fetch_tabellen, archief=archief, now=maker.now, bekende_regios=bronnen.bekende_regios, client=client
            )
            if bronnen.lichtingen is not None:
                # The sample shows a revision: of these tables it first stores the answer as it stood before.
                old = [t for t in wanted if t.id in bronnen.lichtingen.herzien and archief.latest(t.bron, t.id) is None]
                fetch(old, bronnen.lichtingen.eerste)
            for uitkomst in fetch(wanted, bronnen.adressen, force=bronnen.opnieuw, report=report):
                yield from _results(context, archief, uitkomst, maker.now())

    return statline


def make_aanleveringen(aanleveringen: dict[str, Aanlevering]) -> dg.AssetsDefinition:
    """The step that takes in what was delivered, with an asset a delivery."""

    @dg.multi_asset(
        name="aanleveringen",
        specs=[_spec(a) for a in aanleveringen.values()],
        check_specs=[*(_check_spec(a) for a in aanleveringen.values()), _GELEZEN],
        can_subset=True,
        op_tags={"bron": "aanlevering"},
        description="Neem in wat in de map met aanleveringen ligt; wat er niet is, houdt zijn laatste goede antwoord.",
    )
    def take_in(
        context: dg.AssetExecutionContext,
        plek: dg.ResourceParam[Plek],
        bronnen: dg.ResourceParam[Bronnen],
        maker: dg.ResourceParam[Maker],
        voortgang: dg.ResourceParam[Report],
    ) -> Iterator[Gemaakt | dg.AssetCheckResult]:
        """Take in what lies in the delivery folder; a delivery that did not come leaves its last accepted one."""
        archief = plek.archief
        damaged = {a.id: set_aside(archief, a.bron, a.id) for a in aanleveringen.values()}
        outcomes = (
            read_deliveries(bronnen.aanlevering, aanleveringen, archief, maker.now, bronnen.bekende_regios)
            if bronnen.aanlevering
            else []
        )
        delivered = {u.tabel: u for u in outcomes if u.tabel in aanleveringen}
        for done, aanlevering in enumerate(aanleveringen.values(), start=1):
            if bron_key(aanlevering.bron, aanlevering.id) not in context.selected_asset_keys:
                continue
            here = delivered.get(aanlevering.id)
            uitkomst = here or _not_delivered(archief, aanlevering, damaged[aanlevering.id])
            voortgang("aanlevering", f"{uitkomst.tabel}: {uitkomst.resultaat}", done, len(aanleveringen))
            yield from _results(context, archief, uitkomst, maker.now(), kwam=here is not None)
        if _GELEZEN.key in context.selected_asset_check_keys:
            yield _read_check([u for u in outcomes if u.tabel not in aanleveringen])

    return take_in


def _not_delivered(archief: Archief, aanlevering: Aanlevering, damaged: Redenen) -> Uitkomst:
    """The outcome of a delivery that is not in the folder: its last accepted one, unless withdrawn or damaged."""
    vorige = archief.latest(aanlevering.bron, aanlevering.id)
    resultaat: Resultaat = "ongewijzigd" if vorige else "afwezig"
    redenen: Redenen = () if vorige else (Reden("niet_aangeleverd"),)
    if gone := archief.withdrawn(aanlevering.bron, aanlevering.id):
        resultaat, redenen = "geweigerd", gone.redenen
    elif damaged:
        resultaat, redenen = "mislukt", damaged
    return Uitkomst(aanlevering.bron, aanlevering.id, resultaat, vorige, redenen, 0.0)


def _read_check(unread: list[Uitkomst]) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=_GELEZEN.asset_key,
        check_name=_GELEZEN.name,
        passed=not unread,
        severity=dg.AssetCheckSeverity.WARN,
        description="; ".join(f"{u.tabel}: {u.reden or u.resultaat}" for u in unread) or "alles is gelezen",
    )


class _Samen(dg.AssetsDefinition):
    """A step in a graph with one node, of which a part of the assets can be asked: the node stays as it is.

    Dagster makes a graph anew for each part, and forgets there that inputs come together (`get_graph_subset`, 1.13).
    """

    @staticmethod
    def dagster_internal_init(**parts: Any) -> "_Samen":
        # materialized it is unless said; to say so is a thing that may change, and Dagster warns of it
        return _Samen(**parts | {"execution_type": None})

    def subset_for(
        self, selected_asset_keys: Set[dg.AssetKey], selected_asset_check_keys: Set[dg.AssetCheckKey] | None
    ) -> dg.AssetsDefinition:
        keys = selected_asset_keys & self.keys
        checks: Set[dg.AssetCheckKey] = {k for k in self.check_keys if k.asset_key in keys}
        if selected_asset_check_keys is not None:
            checks = self.check_keys & selected_asset_check_keys
        chosen = {"selected_asset_keys": keys, "selected_asset_check_keys": checks, "is_subset": True}
        return self.dagster_internal_init(**self.get_attributes_dict() | chosen)


def ook_zonder(step: dg.AssetsDefinition) -> dg.AssetsDefinition:
    """The same step, that also runs where some of what comes before it was not materialized.

    Dagster skips a step of which one input did not come (an absent delivery); not one with an input in which several
    come together, as long as one of them came. So what comes before this step comes into one input. None of it may
    have a blocking check: Dagster puts those together in the same way, and does not do that twice.
    """
    op, before = step.op, list(step.keys_by_input_name)
    inner = dg.OpDefinition(
        compute_fn=op.compute_fn,
        name="tabellen",
        ins={"eerder": dg.In(dg.Nothing)},
        outs={
            naam: dg.Out(dg.Nothing, is_required=out.is_required, io_manager_key=out.io_manager_key)
            for naam, out in op.output_dict.items()
        },
        required_resource_keys=set(op.required_resource_keys),
        description=op.description,
    )
    together = dg.GraphDefinition(
        name=op.name,
        description=op.description,
        node_defs=[inner],
        dependencies={inner.name: {"eerder": dg.MultiDependencyDefinition([MappedInputPlaceholder] * len(before))}},
        input_mappings=[
            dg.InputMapping(
                graph_input_name=naam, mapped_node_name=inner.name, mapped_node_input_name="eerder", fan_in_index=n
            )
            for n, naam in enumerate(before)
        ],
        output_mappings=[
            dg.OutputMapping(graph_output_name=naam, mapped_node_name=inner.name, mapped_node_output_name=naam)
            for naam in op.output_dict
        ],
    )
    return _Samen(
        keys_by_input_name=step.keys_by_input_name,
        keys_by_output_name=step.node_keys_by_output_name,
        check_specs_by_output_name=step.node_check_specs_by_output_name,
        node_def=together,
        specs=list(step.specs),
        can_subset=step.can_subset,
    )


def hand_over(
    context: dg.AssetExecutionContext, made: Iterable[Gemaakt] = (), checks: Iterable[dg.AssetCheckResult] = ()
) -> Iterator[Gegeven]:
    """Give Dagster what a step made: what was asked as its outcome, and what came with it as having been made too.

    A step that makes all at once can be asked for a part. What came with that is there, so the page shows it; and a
    check of it that must hold stops the run, as where all was asked. Each result names its asset.
    """
    for result in made:
        if result.asset_key in context.selected_asset_keys:
            yield result
        elif result.asset_key is not None:
            yield dg.AssetMaterialization(result.asset_key, metadata=result.metadata)
    for check in checks:
        if check.asset_key is None or check.check_name is None:
            raise ValueError("een toets zonder naam of onderdeel")
        key = dg.AssetCheckKey(check.asset_key, check.check_name)
        if key in context.selected_asset_check_keys:
            yield check
            continue
        yield dg.AssetCheckEvaluation(
            asset_key=key.asset_key,
            check_name=key.name,
            passed=check.passed,
            metadata=check.metadata,
            severity=check.severity,
            description=check.description,
            blocking=context.assets_def.get_spec_for_check_key(key).blocking,
        )
