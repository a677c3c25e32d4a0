"""Questions about what stands: what is published, how the sources are doing, one indicator with its walk back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from assets.bouw.uitkomst import TOETSEN, describe, read_uitkomsten
from assets.bron.bronlijst import Brontabel, read_bronlijst, read_tabellen
from assets.bron.momentopname import ID_FORMAT, Archief
from assets.bron.poging import read_poging
from assets.bron.versheid import find_frequentie, is_oud
from assets.kwaliteit.toets import Toets
from assets.vragen.apart import read_apart
from assets.vragen.lezen import VraagError, open_monitor
from begrippen.lijsten import Bronsoort
from pipelines import klok
from pipelines.instellingen import InstellingError
from pipelines.nachten import describe_last, read_nachten
from reports.cellen import bronwaarde

if TYPE_CHECKING:
    from assets.bron.toets import Toetsregel
    from assets.vragen.herziening import Herzieningbeeld

# What `monitor status` tells of a build: column of monitor.bouw -> words.
BOUW = {
    "bouw": "bouw",
    "built_at": "gemaakt (UTC)",
    "editie": "editie",
    "code_versie": "versie van de code",
    "momentopnamen": "antwoorden van bronnen",
    "vorige": "vergeleken met bouw",
    "soortgenoten": "vastgestelde soortgenoten",
}


# so many figures that were set aside are named for each check
APART = 5


def published_database(uitvoer: Path) -> Path:
    """The published database. Raises VraagError where nothing is published yet."""
    database = uitvoer / "actueel" / "monitor.duckdb"
    if not database.is_file():
        raise VraagError(f"er is nog niets gepubliceerd in {uitvoer}", vervolg="Maak het met: monitor run")
    return database


def andere_versie(database: Path, opdracht: str = "monitor run") -> VraagError:
    """The error of a database in which what is asked has no place: another version of the monitor made it."""
    return VraagError(
        "deze database is gemaakt met een andere versie van de monitor",
        waar=str(database),
        vervolg=f"Vernieuw haar: {opdracht}",
    )


@contextmanager
def open_published(uitvoer: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published database, to read. Raises VraagError where nothing is published, or by another version."""
    database = published_database(uitvoer)
    try:
        with open_monitor(database) as db:
            yield db
    except duckdb.Error:
        raise andere_versie(database) from None


def read_status(opslag: Path, soort: Bronsoort, uitvoer: Path) -> dict[str, Any]:
    """What stands of a kind: `gepubliceerd` (None where nothing is), `bronnen` and `toetsen` that did not pass.

    `verversing` is the last refresh, whatever became of it.
    """
    archief = Archief(opslag, soort)
    bronnen = []
    for bron in read_bronlijst().opgehaald:
        poging = read_poging(archief, bron.bron, bron.id)
        latest = archief.latest(bron.bron, bron.id)
        # of before it was written down: when its cells were last seen
        goed = archief.last_seen(latest) if latest else None
        goed = datetime.fromisoformat(poging.goed) if poging and poging.goed else goed
        frequentie = find_frequentie(bron)
        bronnen.append(
            {
                "bron": bron.bron,
                "tabel": bron.id,
                "titel": bron.titel,
                "laatste_poging": poging.tijd if poging else None,
                "resultaat": poging.resultaat if poging else "nooit opgehaald",
                "reden": poging.reden if poging else "",
                "momentopname": latest.id if latest else None,
                "modified": latest.eigenschappen.get("Modified") if latest else None,
                "verouderd": bool(poging and poging.verouderd),
                "verschijnt": frequentie.woord if frequentie else None,
                "laatste_goed": goed.isoformat(timespec="seconds") if goed else None,
                "te_oud": goed is not None and is_oud(bron, goed, klok.now()),
                "ingetrokken": [
                    {"momentopname": m.id, "dag": m.ingetrokken.dag, "reden": m.ingetrokken.reden}
                    for m in archief.list(bron.bron, bron.id)
                    if m.ingetrokken
                ],
            }
        )
    database = uitvoer / "actueel" / "monitor.duckdb"
    gepubliceerd, toetsen, apart = None, [], []
    if database.is_file():
        with open_monitor(database) as db:
            found = db.execute("SELECT * FROM monitor.bouw")
            row = dict(zip([c[0] for c in found.description], found.fetchone() or (), strict=False))
        gepubliceerd = {"map": str(uitvoer / "actueel")} | {k: str(v) for k, v in row.items() if v is not None}
        toetsen = [asdict(t) for t in read_uitkomsten(uitvoer / "actueel" / TOETSEN) if not t.geslaagd]
        with open_monitor(database) as db:
            apart = [asdict(a) for a in read_apart(db)]
    nachten = read_nachten(opslag, soort)
    verversing = {
        **{"begin": nachten.begin or None, "tot": nachten.tot or None, "uitkomst": nachten.uitkomst},
        "tekst": describe_last(opslag, soort) or None,
    }
    return {
        **{"soort": soort, "verversing": verversing, "gepubliceerd": gepubliceerd, "bronnen": bronnen},
        **{"toetsen": toetsen, "apart_gezet": apart},
    }


def _show_apart(apart: list[dict[str, Any]]) -> list[str]:
    """The figures that were set aside, as lines: the first of each check, and how many more."""
    if not apart:
        return []
    lines = [f"Apart gezet, buiten wat het rapport toont: {len(apart)} (alles: FROM monitor.apart_gezet)"]
    for toets in dict.fromkeys(a["toets"] for a in apart):
        own = [a for a in apart if a["toets"] == toets]
        lines.append(f"  {toets}: {len(own)}; het moet zijn: {own[0]['reden']}")
        lines += [
            f"    {a['indicator']}, {a['regionaam']} ({a['regio']}), {a['periode']}: {bronwaarde(a['waarde'])}"
            for a in own[:APART]
        ]
        if len(own) > APART:
            lines.append(f"    en nog {len(own) - APART}")
    return lines


def show_status(status: dict[str, Any]) -> str:
    """The status as lines for a person, in Dutch."""
    lines = [f"Soort: {status['soort']}"]
    if told := status["verversing"]["tekst"]:
        lines.append(f"Laatste verversing: {told}")
    bronnen = status["bronnen"]
    bron = "opname:MAP" if status["soort"] == "opname" else status["soort"]
    if (bouw := status["gepubliceerd"]) is None:
        lines.append(f"Gepubliceerd: nog niets; maak het met: monitor run --bron {bron}")
    else:
        lines.append(f"Gepubliceerd: {bouw['map']}")
        lines += [f"  {label}: {bouw[key]}" for key, label in BOUW.items() if key in bouw]
        lines += _show_apart(status["apart_gezet"])
    if all(b["laatste_poging"] is None for b in bronnen):
        return "\n".join([*lines, f"Bronnen: {len(bronnen)}, nog geen enkele opgehaald"])
    fresh = sum(b["resultaat"] in {"nieuw", "ongewijzigd"} for b in bronnen)
    lines.append(f"Bronnen: {len(bronnen)}, waarvan {fresh} met het nieuwste antwoord")
    for b in bronnen:
        if b["resultaat"] not in {"nieuw", "ongewijzigd"} or b["reden"]:
            used = f"; gebruikt: {b['momentopname']}" if b["momentopname"] else ""
            lines.append(f"  {b['tabel']:<12} {b['resultaat']}: {b['reden']}{used}")
    for b in bronnen:
        if b["te_oud"]:
            told = f"verschijnt {b['verschijnt']}, laatste goede antwoord op {b['laatste_goed'][:10]}"
            lines.append(f"  {b['tabel']:<12} te oud: {told}")
    for b in bronnen:
        for i in b["ingetrokken"]:
            used = f"gebruikt: {b['momentopname']}" if b["momentopname"] else "er is geen ander antwoord"
            lines.append(
                f"  {b['tabel']:<12} ingetrokken op {i['dag']}: {i['reden']} (antwoord {i['momentopname']}); {used}"
            )
    if bouw is not None:
        lines.append(f"Toetsen die opvallen: {len(status['toetsen'])}")
    lines += [f"  {t['toets']} op {t['tabel']} ({t['zwaarte']}): {describe(Toets(**t))}" for t in status["toetsen"]]
    return "\n".join(lines)


def withdraw_answer(
    opslag: Path, soort: Bronsoort, tabel: str, momentopname: str | None, reden: str, *, terug: bool
) -> str:
    """Withdraw an accepted answer or put it back, while no refresh runs; say what the next build uses.

    Raises IntrekError for a name that is not there or nothing to withdraw.
    """
    from assets.bron.intrekken import find_bron, withdraw
    from pipelines.alleen import alone

    bron, archief = find_bron(read_bronlijst().opgehaald, tabel), Archief(opslag, soort)
    with alone(opslag):
        chosen = withdraw(archief, bron, momentopname, reden, klok.now(), terug=terug)
    use = archief.latest(bron.bron, bron.id)
    lines = [
        f"{'Teruggezet' if terug else 'Ingetrokken'}: antwoord {chosen.id} van {bron.id} ({bron.titel}).",
        "Het antwoord zelf blijft bewaard. Wat gepubliceerd is en wat in een editie staat, verandert niet.",
        f"De volgende bouw gebruikt antwoord {use.id}."
        if use
        else "De volgende bouw heeft van deze bron geen antwoord: de cijfers ervan ontbreken dan, met deze reden.",
        "Maak die met: monitor run",
    ]
    if not terug:
        lines.append(f"Terugzetten kan met: monitor bron intrekken {bron.id} {chosen.id} --terug")
    return "\n".join(lines)


def choose_tabellen(tabel: str | None) -> list[Brontabel]:
    """The tables of the list of sources, or the one with this id. Raises InstellingError for an unknown one."""
    tabellen = read_tabellen()
    if tabel is not None and tabel not in tabellen:
        raise InstellingError(f"tabel {tabel} staat niet in de bronlijst; bekend zijn: {', '.join(tabellen)}")
    return [t for t in tabellen.values() if tabel in (None, t.id)]


def read_toets(opslag: Path, soort: Bronsoort, tabel: str | None) -> list[Toetsregel]:
    """Expected against found of each source. Raises InstellingError for an unknown table."""
    from assets.bron.toets import toets

    return toets(choose_tabellen(tabel), Archief(opslag, soort))


def read_indicator(uitvoer: Path, indicator: str | None, regio: str | None = None, periode: str | None = None) -> Any:
    """One indicator, from its figure and judgement down to the source cells; without `indicator` the list of all.

    Raises VraagError for an unknown indicator, region or period.
    """
    from assets.vragen.indicator import describe_indicator, read_kaartnamen

    with open_published(uitvoer) as db:
        return read_kaartnamen(db) if indicator is None else describe_indicator(db, indicator, regio, periode)


def show_indicator(found: Any) -> str:
    """What `read_indicator` gave, as lines for a person."""
    from assets.vragen import afdruk

    return afdruk.show_lijst(found) if isinstance(found, list) else afdruk.show_indicator(found)


def read_soortgenoten(opslag: Path, soort: Bronsoort, editie: int) -> dict[str, Any]:
    """When the peers of an edition were frozen, by which build, for how many regions, and who they are.

    Raises BestandError for a damaged list.
    """
    from assets.indicatoren.soortgenotenlijst import read_lijsten

    lijsten = [
        {
            **{"regiosoort": x.regiosoort, "bouw": x.bouw, "soortgenoten": x.soortgenoten},
            "vastgesteld": datetime.strptime(x.bouw, ID_FORMAT),
            "regios": len({row["regio"] for row in x.soortgenoten}),
        }
        for x in read_lijsten(opslag, soort, editie)
    ]
    return {"editie": editie, "soort": soort, "lijsten": lijsten}


def show_soortgenoten(found: dict[str, Any]) -> str:
    """What `read_soortgenoten` gave, as lines for a person."""
    from reports.getallen import format_tijdstip

    editie, soort = found["editie"], found["soort"]
    if not found["lijsten"]:
        return (
            f"De soortgenoten van editie {editie} ({soort}) zijn nog niet vastgesteld; de eerste publicatie doet dat: "
            f"monitor run --editie {editie}"
        )
    lines = [f"Soortgenoten van editie {editie} ({soort})"]
    for x in found["lijsten"]:
        when = f"vastgesteld op {format_tijdstip(x['vastgesteld'])} voor {x['regios']} regio's"
        lines.append(f"  {x['regiosoort']:<9} {when}, bouw {x['bouw']}")
    return "\n".join([*lines, f"Opnieuw vaststellen: monitor editie soortgenoten {editie} --opnieuw"])


def renew_soortgenoten(opslag: Path, soort: Bronsoort, editie: int) -> str:
    """Put the frozen peers of an edition aside, while no refresh runs; say where they lie now."""
    from assets.indicatoren.soortgenotenlijst import release
    from pipelines.alleen import alone

    with alone(opslag):
        moved = release(opslag, soort, editie, klok.now())
    if not moved:
        return f"De soortgenoten van editie {editie} ({soort}) waren nog niet vastgesteld; er is niets veranderd."
    bron = "opname:MAP" if soort == "opname" else soort
    return (
        f"De lijsten van editie {editie} ({soort}) liggen nu in {moved[0].parent}.\n"
        "Wat gepubliceerd is, houdt zijn soortgenoten. Nieuwe worden vastgesteld door de volgende publicatie: "
        f"monitor run --bron {bron} --editie {editie}"
    )


def read_herziening(uitvoer: Path, indicator: str | None) -> Herzieningbeeld:
    """What changed since the previous publication and edition. Raises VraagError for an unknown indicator."""
    from assets.vragen.herziening import describe_herziening

    with open_published(uitvoer) as db:
        return describe_herziening(db, indicator)
