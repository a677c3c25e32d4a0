"""The build in Dagster: every table of kern and monitor is an asset, all made in one step on one connection.

The checks run in the same step and are yielded with it, so that a failed blocking check keeps the publication from
running and leaves what stood.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import starmap
from pathlib import Path
from typing import Any

import dagster as dg

from assets.beleid.lezen import Beleidsmap
from assets.bouw.bouwboek import keep_boeking, note_invoer
from assets.bouw.bouwen import DATABASE, build_database, find_vorige, lay_invoer, oldest, publish
from assets.bouw.invoer.bouwinvoer import Bouwinvoer, read_manifest
from assets.bouw.lijnen import REGISTER, Lijnen, count_cijfers, find_genoemd, find_lijnen
from assets.bouw.losse_stap import find_reported
from assets.bouw.tabellen import REKEN
from assets.bouw.terugblik import VORIGE, look_back, write_verslag
from assets.bouw.uitkomst import TOETSEN, describe, write_uitkomsten
from assets.bouw.zegel import find_vorige_zegel, find_zegel, unpack_vergelijking
from assets.bron.assets import Gegeven, Gemaakt, bron_key, hand_over, ook_zonder
from assets.bron.bronlijst import Bronlijst
from assets.bron.momentopname import Momentopname
from assets.bron.poging import read_poging
from assets.bron.schade import set_aside
from assets.indicatoren.kaart import Kaart, read_kaarten
from assets.indicatoren.regel import read_regels
from assets.indicatoren.soortgenotenlijst import freeze, read_lijsten
from assets.kern.correctie import read_correcties
from assets.keten import Editiekeuze, Maker, Plek, Registerkeuze, Report, end_of, rapport_adres
from assets.kwaliteit.toets import Toets
from assets.kwaliteit.toetsen import Gepland, check_build
from assets.register.assets import register_key
from assets.register.cijfers import CijfersError
from assets.register.toegang import attack_build, remember_build
from assets.tabel import Tabel
from begrippen.redenen import Reden, Redenen

# the attack on what the build holds of the register: a check of the table of all cells
AANVAL, CELLEN = "aanval", "kern.waarneming"
AANVAL_UITLEG = "geen onderdrukt cijfer van het register is terug te rekenen uit wat deze bouw publiceert"
AANVAL_TOON = ("maat", "uitsplitsing", "regio", "jaar")
AANVAL_VERVOLG = "Er is na het beveiligen iets met de cellen gebeurd. Maak het register opnieuw met: monitor run"
# The data of the edition before this one, unpacked in the folder of the build for as long as that takes; and the asset
# that sees to it that the sample has one.
VORIGE_EDITIE = ".vorige-editie"
VORIGE_EDITIE_KEY = dg.AssetKey(["editie", "vorige"])


def tabel_key(naam: str) -> dg.AssetKey:
    """The asset of a table of the build."""
    return dg.AssetKey(naam.split("."))


def indicator_key(kaart: str) -> dg.AssetKey:
    """The asset of an indicator: its figures in `monitor.indicatorwaarde`."""
    return dg.AssetKey(["indicator", kaart])


def _deps(tabel: Tabel, lijnen: Lijnen) -> list[dg.AssetKey]:
    """What a table changes with, and nothing else (`assets.bouw.lijnen`)."""
    via = lijnen.via[tabel.naam]
    deps = [*map(tabel_key, via.tabellen), *map(indicator_key, via.kaarten), *starmap(any_bron_key, via.bronnen)]
    return [*deps, VORIGE_EDITIE_KEY] if via.vorige else deps


def any_bron_key(bron: str, tabel: str) -> dg.AssetKey:
    """The asset of a source, the register among them."""
    return register_key(tabel) if bron == REGISTER else bron_key(bron, tabel)


def _columns(tabel: Tabel) -> dg.TableSchema:
    return dg.TableSchema(
        columns=[dg.TableColumn(k.naam, k.type, description=k.uitleg) for k in tabel.kolommen],
    )


def _before(accepted: list[Momentopname], peildatum: date | None) -> list[Momentopname]:
    """The answers that count in an edition: those of its day and before; where there are none, the first after it."""
    if peildatum is None:
        return accepted
    return [m for m in accepted if m.opgehaald < end_of(peildatum)] or accepted[:1]


def _nooit(plek: Plek) -> Redenen:
    """Why there is nothing of a table of which no attempt is known."""
    return (Reden("niet_op_dag", {"dag": f"{plek.dag:%d-%m-%Y}"}) if plek.dag else Reden("nooit_opgehaald"),)


def collect_invoer(
    plek: Plek,
    keuze: Editiekeuze,
    lijst: Bronlijst,
    maker: Maker,
    *,
    register: bool = False,
    vorige_editie: Path | None = None,
) -> Bouwinvoer:
    """Name everything that a build is made of: the last accepted answers, and which are missing or old and why.

    `register`: it goes along. `vorige_editie`: folder with the data of the sealed edition before this one.
    """
    momentopnamen, eerdere = [], []
    ontbreekt: dict[str, Redenen] = {}
    verouderd: dict[str, Redenen] = {}
    for bron in lijst.opgehaald:
        poging = read_poging(plek.archief, bron.bron, bron.id)
        # also here: a build can be asked for without its sources
        stuk = () if plek.dag else set_aside(plek.archief, bron.bron, bron.id)
        accepted = [m for m in plek.archief.list(bron.bron, bron.id) if m.aangenomen]
        gone = plek.archief.withdrawn(bron.bron, bron.id)
        if not accepted:
            never = stuk or (poging.redenen if poging else _nooit(plek))
            ontbreekt[bron.id] = gone.redenen if gone else never
            continue
        counted = _before(accepted, keuze.peildatum)
        momentopnamen.append(counted[-1])
        eerdere += counted[:-1]
        if poging is not None and poging.verouderd:
            verouderd[bron.id] = poging.redenen
        if stuk:
            verouderd[bron.id] = stuk
        if gone is not None:
            verouderd[bron.id] = gone.redenen
        if len(counted) < len(accepted):
            verouderd[bron.id] = (Reden("peildatum", {"dag": f"{keuze.peildatum:%d-%m-%Y}"}),)
    for tabel in lijst.register.values():
        # without --register a build has no figure of the register, whatever an earlier run left in the archive
        accepted = [m for m in plek.archief.list(tabel.bron, tabel.id) if m.aangenomen] if register else []
        if accepted:
            # no earlier ones: what was protected and never published would come out as history
            momentopnamen.append(accepted[-1])
        else:
            ontbreekt[tabel.id] = (Reden("register_leeg" if register else "register_niet_mee"),)
    return Bouwinvoer(
        soort=plek.soort,
        momentopnamen=tuple(momentopnamen),
        tabellen=lijst.tabellen,
        aanleveringen=lijst.aanleveringen,
        register=lijst.register,
        kaarten=dict(keuze.kaarten) or read_kaarten(),
        editie=keuze.jaar,
        built_at=maker.now(),
        code_versie=maker.code_versie,
        ontbreekt=ontbreekt,
        verouderd=verouderd,
        eerdere=tuple(eerdere),
        vorige=find_vorige(plek.uitvoer, plek.soort),
        correcties=read_correcties(),
        beleid=keuze.beleid,
        effecten=keuze.effecten,
        cyclus=keuze.cyclus,
        verzegeld=find_zegel(plek.opslag, plek.soort, keuze.jaar, plek.tot) is not None,
        soortgenoten=read_lijsten(plek.opslag, plek.soort, keuze.jaar, plek.tot),
        vorige_editie=vorige_editie,
    )


def _attack(plek: Plek, keuze: Registerkeuze, folder: Path) -> Toets:
    """Attack the figures of the register as they stand in the built file, whatever put them there."""
    try:
        narrow = attack_build(plek, keuze, folder / DATABASE)
    except CijfersError as error:
        return Toets(AANVAL, CELLEN, "blokkeert", False, AANVAL_UITLEG, fout=str(error))
    return Toets(
        AANVAL,
        CELLEN,
        "blokkeert",
        geslaagd=narrow.empty,
        uitleg=AANVAL_UITLEG,
        vervolg=AANVAL_VERVOLG,
        aantal=len(narrow),
        rijen=tuple({k: str(getattr(r, k)) for k in AANVAL_TOON} for r in narrow.head(5).itertuples()),
    )


def _check_result(toets: Toets) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=tabel_key(toets.tabel),
        check_name=toets.toets,
        passed=toets.geslaagd,
        severity=dg.AssetCheckSeverity.ERROR if toets.zwaarte == "blokkeert" else dg.AssetCheckSeverity.WARN,
        description=describe(toets),
        # for who wants to tell it otherwise, as the command line does
        metadata={} if toets.geslaagd else {"toets": dg.MetadataValue.json(asdict(toets))},
    )


def make_bouw(
    lijst: Bronlijst,
    tabellen: Sequence[Tabel],
    toetsen: Sequence[Gepland],
    kaarten: Mapping[str, Kaart],
    beleid: Sequence[Beleidsmap],
) -> dg.AssetsDefinition:
    """The step that makes `tabellen` (in an order in which they can be made) and answers `toetsen`.

    `beleid`: the policy beside whose figures those of the cards are set. It waits for the sources, and also runs
    without those that gave nothing.
    """
    through = {t.naam for t in tabellen if t.naam.startswith(f"{REKEN}.")}
    genoemd = find_genoemd(read_correcties(), read_regels().values(), kaarten, beleid)
    lijnen = find_lijnen(tabellen, kaarten, lijst, REKEN, genoemd)

    @dg.multi_asset(
        name="bouw",
        specs=[
            *(
                dg.AssetSpec(
                    key=indicator_key(id),
                    deps=list(starmap(any_bron_key, sorted(lijnen.kaarten[id]))),
                    group_name="indicator",
                    description=f"{kaart.naam}\n\n{kaart.definitie}",
                    kinds={"duckdb"},
                    tags={"thema": kaart.thema},
                    metadata={"eenheid": kaart.eenheid, "kaart": f"{kaart.thema}/{id}.yaml"},
                )
                for id, kaart in kaarten.items()
            ),
            *(
                dg.AssetSpec(
                    key=tabel_key(t.naam),
                    deps=_deps(t, lijnen),
                    group_name=t.naam.split(".")[0],
                    description=t.omschrijving,
                    kinds={"sql", "duckdb"} if t.query else {"python", "duckdb"},
                    metadata={"dagster/column_schema": _columns(t), "bestand": t.source},
                )
                for t in tabellen
                if t.naam not in through
            ),
        ],
        check_specs=[
            *(
                dg.AssetCheckSpec(name=naam, asset=tabel_key(of), description=uitleg, blocking=zwaarte == "blokkeert")
                for naam, of, zwaarte, uitleg in toetsen
            ),
            dg.AssetCheckSpec(name=AANVAL, asset=tabel_key(CELLEN), description=AANVAL_UITLEG, blocking=True),
        ],
        can_subset=True,
        description="Maak alle tabellen in een nieuwe map, en toets ze. Wie een tabel, indicator of toets kiest, "
        "krijgt de hele bouw, uit de laatste antwoorden die zijn aangenomen: de cijfers van een bouw horen bij elkaar.",
    )
    def bouw(  # noqa: PLR0917 - Dagster gives each part by its name
        context: dg.AssetExecutionContext,
        plek: dg.ResourceParam[Plek],
        editie: dg.ResourceParam[Editiekeuze],
        register: dg.ResourceParam[Registerkeuze],
        maker: dg.ResourceParam[Maker],
        voortgang: dg.ResourceParam[Report],
    ) -> Iterator[Gegeven]:
        """Build all tables in a new folder, then check them."""
        folder = plek.bouw_folder(context.run.run_id)
        zegel = find_vorige_zegel(plek.opslag, plek.soort, editie.jaar, plek.tot)
        vorige = unpack_vergelijking(zegel, folder / VORIGE_EDITIE) if zegel else None
        invoer = collect_invoer(plek, editie, lijst, maker, register=register.mee, vorige_editie=vorige)
        if plek.dag is not None:
            terugblik = look_back(invoer, plek, folder)
            invoer = terugblik.invoer
            folder.mkdir(parents=True, exist_ok=True)
            write_verslag(folder, plek.dag, terugblik)

        def report(naam: str, done: int, total: int) -> None:
            voortgang("bouw", naam, done, total)

        made = build_database(invoer, folder, report=report, kast=maker.kast)
        # first: tables hang on them
        results: list[Gemaakt] = [
            dg.MaterializeResult(asset_key=indicator_key(id), metadata={"dagster/row_count": cijfers})
            for id, cijfers in count_cijfers(folder / "parquet", kaarten).items()
        ]
        results += [
            dg.MaterializeResult(
                asset_key=tabel_key(resultaat.naam),
                metadata={"dagster/row_count": resultaat.rijen, "seconden": round(resultaat.seconden, 3)},
            )
            for resultaat in made
            if resultaat.naam not in through
        ]
        yield from hand_over(context, results)
        note_invoer(folder, invoer)
        voortgang("kwaliteit", "toetsen", 0, 1)
        held = check_build(
            folder / DATABASE,
            lambda db: lay_invoer(db, invoer),
            invoer.gebied.naam,
            mappen=invoer.folders,
            kast=maker.kast,
        )
        # the checks read the inputs of the build too
        for earlier in (VORIGE_EDITIE, VORIGE):
            shutil.rmtree(folder / earlier, ignore_errors=True)
        held.append(_attack(plek, register, folder))
        voortgang("kwaliteit", f"{len(held)} toetsen", 1, 1)
        write_uitkomsten(folder / TOETSEN, held)
        yield from hand_over(context, checks=map(_check_result, held))

    return ook_zonder(bouw)


@dg.asset(
    key=["publicatie", "actueel"],
    group_name="publicatie",
    description="Database, Parquet en rapport, in een keer zichtbaar: de koppeling 'actueel' wijst naar deze bouw.",
    deps=[dg.AssetKey(["rapport", "html"])],
    kinds={"duckdb", "parquet", "html"},
)
def publicatie(  # noqa: PLR0917 - Dagster gives each part by its name
    context: dg.AssetExecutionContext,
    plek: dg.ResourceParam[Plek],
    editie: dg.ResourceParam[Editiekeuze],
    register: dg.ResourceParam[Registerkeuze],
    maker: dg.ResourceParam[Maker],
    voortgang: dg.ResourceParam[Report],
) -> Gemaakt:
    """Hand over the checked build: swap one link. By itself: the build of which a report was written last.

    Its peers are frozen first. Killed in between, they are those of a build that passed its checks; the other way round
    what is published could have peers that no later build has. A build of a day in the past stands in a folder of its
    own and changes nothing that is remembered.
    """
    folder = find_reported(plek, context.run.run_id)
    bouw = read_manifest(folder)["bouw"]
    if plek.dag is None:
        freeze(plek.opslag, plek.soort, editie.jaar, bouw, folder / "parquet")
        # before the link is swapped: what is remembered too early costs a little, what is forgotten can expose somebody
        remember_build(plek, register, folder / DATABASE)
        keep_boeking(plek.opslag, plek.soort, folder)
    # of a day in the past the one that it takes the place of goes: it can always be made again
    actueel = publish(folder, plek.uitvoer, keep=0 if plek.dag else 3)
    maker.kast.prune(oldest(folder.parent))
    voortgang("publicatie", str(actueel), 1, 1)
    metadata: dict[str, dg.MetadataValue[Any]] = {"map": dg.MetadataValue.path(str(actueel))}
    if plek.dag is None:
        metadata["open het rapport"] = dg.MetadataValue.url(rapport_adres(plek.soort, folder.name))
    return dg.MaterializeResult(metadata=metadata)
