"""Ask the catalogues of CBS which of our tables changed, in one request a catalogue and without fetching any figure."""

from __future__ import annotations

from collections.abc import Iterable

from assets.bron.bronlijst import Brontabel
from assets.bron.fetch import Adressen
from assets.bron.http import BronError, Client, encode_query
from assets.bron.momentopname import Archief

# Well below the 165 or-terms that v4 lets pass.
AT_A_TIME = 100


def _modified(client: Client, url: str, ids: list[str]) -> dict[str, tuple[str | None, ...]]:
    """Table -> what says that it changed. A table that the catalogue does not name is left out."""
    found: dict[str, tuple[str | None, ...]] = {}
    for start in range(0, len(ids), AT_A_TIME):
        wanted = " or ".join(f"Identifier eq '{i}'" for i in ids[start : start + AT_A_TIME])
        for row in client.get_json(f"{url}?{encode_query(filter=wanted, format='json')}")["value"]:
            found[row["Identifier"]] = (row.get("Modified"), row.get("MetaDataModified"), row.get("Version"))
    return found


def changed_tabellen(
    tabellen: Iterable[Brontabel], adressen: Adressen, archief: Archief, client: Client
) -> tuple[dict[str, str], list[str]]:
    """Compare the catalogues with what is stored: changed tables, messages of what failed.

    A table that changed or was never fetched is given with its version in the catalogue.

    A catalogue that does not answer is a message, not an error: the nightly refresh asks again.
    """
    groups: dict[str, list[Brontabel]] = {}
    for tabel in tabellen:
        host = adressen.derden if tabel.catalogus == "derden" else adressen.v3
        url = f"{adressen.v4}/Datasets" if tabel.api == "v4" else f"{host}/ODataCatalog/Tables"
        groups.setdefault(url, []).append(tabel)
    changed: dict[str, str] = {}
    messages: list[str] = []
    for url, group in groups.items():
        try:
            found = _modified(client, url, [t.id for t in group])
        except BronError as error:
            messages.append(str(error))
            continue
        for tabel in group:
            latest = archief.latest(tabel.bron, tabel.id)
            if tabel.id not in found:
                continue
            modified, meta, version = found[tabel.id]
            stored = latest.eigenschappen if latest else {}
            same = latest is not None and modified is not None and modified == stored.get("Modified")
            # A catalogue need not give all three; what it gives must agree.
            same = same and all(
                given is None or given == stored.get(name)
                for name, given in (("MetaDataModified", meta), ("Version", version))
            )
            if not same:
                changed[tabel.id] = "|".join(v or "" for v in found[tabel.id])
    return changed, messages
