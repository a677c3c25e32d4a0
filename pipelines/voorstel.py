"""`monitor bron toets` with `--voorstel` or `--toepassen`: what to change in the list of sources."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

from assets.bron.bronlijst import TABELLEN, read_tabellen
from assets.bron.http import Client
from assets.bron.voorstel import Voorstel
from assets.bron.voorstellen import gather, read_catalogi, work_in, write
from assets.indicatoren.kaart import read_kaarten
from assets.tabel import SQL
from pipelines import instellingen
from pipelines.resources import Ketenbron
from pipelines.status import choose_tabellen


def read_gebruik() -> dict[str, frozenset[str]]:
    """What the cards and the queries name of each table: `Dimensie` and `Dimensie=code`."""
    found: dict[str, set[str]] = defaultdict(set)
    for kaart in read_kaarten().values():
        for bron in kaart.bronnen:
            for term in (*bron.teller, *bron.noemer):
                for dim, codes in term.uitsplitsing.items():
                    names = {f"{dim}={code}" for code in ((codes,) if isinstance(codes, str) else codes)}
                    found[term.tabel or bron.tabel] |= {dim} | names
    # a query does not always say of which table the cell is that it names
    queries = "\n".join(path.read_text(encoding="utf-8") for path in SQL.rglob("*.sql"))
    named = set(re.findall(r"'(\w+)=(\w+)'", queries))
    for tabel in read_tabellen().values():
        found[tabel.id] |= {
            f"{dim}={code}" for dim, code in named if code in getattr(tabel.dimensies.get(dim), "codes", ())
        }
    return {tabel: frozenset(names) for tabel, names in found.items() if names}


def _gather(bron: str, tabel: str | None) -> tuple[list[Voorstel], list[str]]:
    """The proposals, and lines of what could not be looked at. Raises InstellingError for an unknown table."""
    tabellen, keten = choose_tabellen(tabel), Ketenbron.van(instellingen.read(), bron=bron)
    archief = keten.plek().archief
    with ExitStack() as stack:
        client = stack.enter_context(Client())
        catalogi, messages = read_catalogi(tabellen, keten.open_catalogi(stack), client)
    voorstellen, more = gather(tabellen, archief, catalogi, read_gebruik())
    return voorstellen, [*messages, *more]


def show_voorstellen(bron: str, tabel: str | None, folder: Path = TABELLEN) -> str:
    """The changes as a unified patch, with lines of explanation that `git apply` and `patch` skip."""
    voorstellen, messages = _gather(bron, tabel)
    found = work_in(voorstellen, folder)
    lines = [f"# {m}" for m in messages]
    return "\n".join([*lines, found.patch or "# alles is letterlijk gevonden; er is niets te veranderen"])


def apply_voorstellen(bron: str, tabel: str | None, folder: Path = TABELLEN) -> str:
    """Change the list of sources where one candidate is sure, and say what was changed and what was left."""
    voorstellen, messages = _gather(bron, tabel)
    found = work_in(voorstellen, folder, alleen_zeker=True)
    write(found)
    lines = [f"veranderd: {line}" for line in found.gedaan] or ["niets veranderd"]
    lines += [f"niet veranderd: {line}" for line in found.gelaten]
    after = [f"kijk na met: git diff assets/bron/tabellen; leg vast wat u zag met: monitor bron gezien --bron {bron}"]
    return "\n".join([*lines, *messages, *(after if found.gedaan else [])])
