"""`monitor bron toets` with `--voorstel` or `--toepassen`: what to change in the list of sources."""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack

from assets.bron.http import Client
from assets.bron.voorstel import Voorstel
from assets.bron.voorstellen import gather, read_catalogi, work_in, write
from assets.indicatoren.kaart import read_kaarten
from pipelines import instellingen
from pipelines.resources import Ketenbron
from pipelines.status import choose_tabellen


def read_gebruik() -> dict[str, frozenset[str]]:
    """What the cards name of each table: `Dimensie` and `Dimensie=code`."""
    found: dict[str, set[str]] = defaultdict(set)
    for kaart in read_kaarten().values():
        for bron in kaart.bronnen:
            for term in (*bron.teller, *bron.noemer):
                for dim, codes in term.uitsplitsing.items():
                    names = {f"{dim}={code}" for code in ((codes,) if isinstance(codes, str) else codes)}
                    found[term.tabel or bron.tabel] |= {dim} | names
    return {tabel: frozenset(names) for tabel, names in found.items()}


def _gather(bron: str, tabel: str | None) -> tuple[list[Voorstel], list[str]]:
    """The proposals, and lines of what could not be looked at. Raises InstellingError for an unknown table."""
    tabellen, keten = choose_tabellen(tabel), Ketenbron.van(instellingen.read(), bron=bron)
    archief = keten.plek().archief
    with ExitStack() as stack:
        client = stack.enter_context(Client())
        catalogi, messages = read_catalogi(tabellen, keten.open_catalogi(stack), client)
    never = [t.id for t in tabellen if not archief.list(t.bron, t.id)]
    if never:
        messages.append(f"nog niet opgehaald, dus niet bekeken: {', '.join(never)}; haal op met: monitor run")
    return gather(tabellen, archief, catalogi, read_gebruik()), messages


def show_voorstellen(bron: str, tabel: str | None) -> str:
    """The changes as a unified patch, with lines of explanation that `git apply` and `patch` skip."""
    voorstellen, messages = _gather(bron, tabel)
    found = work_in(voorstellen)
    lines = [f"# {m}" for m in messages]
    return "\n".join([*lines, found.patch or "# alles is letterlijk gevonden; er is niets te veranderen"])


def apply_voorstellen(bron: str, tabel: str | None) -> str:
    """Change the list of sources where one candidate is sure, and say what was changed and what was left."""
    voorstellen, messages = _gather(bron, tabel)
    found = work_in(voorstellen, alleen_zeker=True)
    write(found)
    lines = [f"veranderd: {line}" for line in found.gedaan] or ["niets veranderd"]
    lines += [f"niet veranderd: {line}" for line in found.gelaten]
    return "\n".join([*lines, *messages, *(["Kijk na met: git diff assets/bron/tabellen"] if found.gedaan else [])])
