"""The register in Dagster: one asset, the protected momentopname. Its metadata holds counts of cells and nothing else.

The attack on what goes out is a check that stops the refresh: a figure that can be undone keeps the build from running.
What could not be protected is a check to look at; the cells stand in the confidential folder, for the data team only.
"""

from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster._core.errors import DagsterAssetCheckFailedError

from assets.bron.assets import Gemaakt, make_versheid
from assets.bron.bronlijst import Registertabel
from assets.keten import Registerkeuze, Report
from assets.register.doorgeven import Doorgegeven
from assets.register.vooruit import Beveiligen

AANVAL, OPENSTAAND = "aanval", "openstaand"
PWR = "pwr"


def register_key(tabel: str) -> dg.AssetKey:
    """The asset of a table of the register."""
    return dg.AssetKey(["register", tabel])


def _metadata(uitkomst: Doorgegeven) -> dict[str, Any]:
    metadata: dict[str, Any] = {"resultaat": uitkomst.resultaat}
    if (momentopname := uitkomst.momentopname) is not None:
        e = momentopname.eigenschappen
        metadata |= {
            "momentopname": momentopname.id,
            "dagster/row_count": int(e["rijen"]),
            "onderdrukt": int(e["onderdrukt"]),
            "jaren": int(e["lichtingen"]),
        }
    return metadata | {f"seconden {what}": round(seconds, 2) for what, seconds in uitkomst.seconden.items()}


def make_pwr(tabel: Registertabel) -> dg.AssetsDefinition:
    """The step that protects the register; `tabel` is what may leave it."""

    @dg.asset(
        key=register_key(tabel.id),
        group_name="register",
        description=f"{tabel.titel}\n\nIs er geen levering ingelezen, of gaat het register niet mee, dan staat hier "
        "geen 'Materialized' maar een observatie met de reden; de bouw gaat dan door zonder cijfers van het register.",
        kinds={"python"},
        output_required=False,
        # the last of what comes before the build: a whole refresh begins it before all of that
        op_tags={"dagster/priority": "-1"},
        freshness_policy=make_versheid(tabel),
        check_specs=[
            dg.AssetCheckSpec(
                name=AANVAL,
                asset=register_key(tabel.id),
                description="Is geen onderdrukt cijfer terug te rekenen uit alles wat wordt gepubliceerd? Anders stopt "
                "de verversing.",
                # not `blocking`: behind such a check Dagster runs nothing when this asset was not made; the step stops
                # the refresh itself
            ),
            dg.AssetCheckSpec(
                name=OPENSTAAND,
                asset=register_key(tabel.id),
                description="Kon alles wat beveiligd moet worden ook worden beveiligd?",
            ),
        ],
    )
    def pwr(
        context: dg.AssetExecutionContext,
        register: dg.ResourceParam[Registerkeuze],
        beveiligen: dg.ResourceParam[Beveiligen],
        voortgang: dg.ResourceParam[Report],
    ) -> Iterator[Gemaakt | dg.AssetCheckResult]:
        """Protect the accepted vintages of the register and hand on what may leave it."""
        uitkomst = None
        told = "het register is niet meegenomen"
        if register.mee:
            told, uitkomst = "er is nog geen levering ingelezen", beveiligen(voortgang)
        if uitkomst is None:
            context.log_event(dg.AssetObservation(register_key(tabel.id), description=told))
            yield from _checks(narrow=0, open_cells=0, told=told)
            return
        momentopname = uitkomst.momentopname
        still = momentopname.eigenschappen["openstaand"] if momentopname is not None else 0
        open_cells = still if uitkomst.resultaat == "ongewijzigd" else len(uitkomst.openstaand)
        checks = _checks(narrow=len(uitkomst.te_smal), open_cells=open_cells)
        if len(uitkomst.te_smal):
            yield from checks
            raise DagsterAssetCheckFailedError(f"{AANVAL} op {register_key(tabel.id).to_user_string()}")
        yield dg.MaterializeResult(metadata=_metadata(uitkomst), check_results=checks)

    return pwr


def _checks(*, narrow: int, open_cells: int, told: str = "") -> list[dg.AssetCheckResult]:
    def check(naam: str, found: int, severity: dg.AssetCheckSeverity, wrong: str, right: str) -> dg.AssetCheckResult:
        where = f"zie {naam}.csv in de vertrouwelijke map van het register (docs/register.md)"
        said = f"{found} {wrong}; {where}" if found else told or right
        return dg.AssetCheckResult(check_name=naam, passed=found == 0, severity=severity, description=said)

    error, warn = dg.AssetCheckSeverity.ERROR, dg.AssetCheckSeverity.WARN
    narrow_said = "onderdrukte cijfers zijn te nauw terug te rekenen", "geen onderdrukt cijfer is terug te rekenen"
    open_said = "cellen konden niet helemaal worden beveiligd", "alles is beveiligd"
    return [check(AANVAL, narrow, error, *narrow_said), check(OPENSTAAND, open_cells, warn, *open_said)]
