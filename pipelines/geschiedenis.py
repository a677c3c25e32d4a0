"""Where Dagster keeps its history: in SQLite below its home, or in the PostgreSQL of MONITOR_POSTGRES."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import yaml

from begrippen.fout import MonitorError
from begrippen.plekken import geleverd
from pipelines.instellingen import variabele

INSTELLING = variabele("postgres")
PRODUCTIE = Path(__file__).parent / "dienst" / "dagster.productie.yaml"
VARIABELE, DRIVER = "DAGSTER_POSTGRES", "postgresql+psycopg2"
# a database that does not answer in so many seconds is not there
WACHT = 10
VORM = f"{INSTELLING}=postgresql://monitor@/dagster?host=/var/run/postgresql"
KIJK = f'psql "${INSTELLING}" -c "select 1"'
PAKKET = "make dienst"


class GeschiedenisError(MonitorError):
    """The history of Dagster can not be reached. No text of it holds the address: a password can be part of that."""

    code = "geschiedenis"


def ask(postgres: str) -> None:
    """See whether the database of this address answers. Raises GeschiedenisError."""
    try:
        import dagster_postgres  # noqa: F401
        import psycopg2
    except ImportError:
        raise GeschiedenisError(
            f"{INSTELLING} is gezet, en het pakket voor PostgreSQL is er niet", vervolg=f"Installeer het: {PAKKET}"
        ) from None
    try:
        parts = urlsplit(postgres)
        whole = parts.scheme == "postgresql" and len(parts.path) > 1 and parts.port != 0
    except ValueError:
        whole = False
    if not whole:
        raise GeschiedenisError(
            f"{INSTELLING} is geen adres van een database van PostgreSQL",
            vervolg=f"Schrijf het zo: {VORM}. Een @ in een wachtwoord schrijft u als %40, een / als %2F",
        )
    try:
        psycopg2.connect(postgres, connect_timeout=WACHT).close()
    except psycopg2.Error:
        # what it says itself can hold a part of an address that was written wrongly
        raise GeschiedenisError(
            f"de database van {INSTELLING} antwoordt niet, of laat deze gebruiker niet toe",
            vervolg=f"Wat er is, zegt: {KIJK} (docs/beheer.md, PostgreSQL)",
        ) from None


def for_dagster(postgres: str) -> dict[str, str]:
    """The variable that `dagster.productie.yaml` names: the address, with the driver that dagster-postgres is made for.

    Without it SQLAlchemy 2.1 takes another one.
    """
    return {VARIABELE: f"{DRIVER}:{postgres.partition(':')[2]}"} if postgres else {}


def make_settings(home: Path, postgres: str) -> str:
    """What `dagster.yaml` says in a home of Dagster, with the history in PostgreSQL where there is an address of one.

    Raises GeschiedenisError for a database that does not answer, and where the history of this home is in PostgreSQL
    and no address is given: a run would go on with an empty history, beside the one that everybody looks at.
    """
    own, kept = geleverd("dagster.yaml").read_text(encoding="utf-8"), home / "dagster.yaml"
    if postgres:
        ask(postgres)
        return own + PRODUCTIE.read_text(encoding="utf-8")
    if kept.is_file() and is_postgres(kept.read_text(encoding="utf-8")):
        raise GeschiedenisError(
            f"de geschiedenis van Dagster staat in PostgreSQL, en {INSTELLING} is leeg",
            waar=str(kept),
            vervolg=f"Zet {INSTELLING} (docs/beheer.md). Terug naar SQLite, met een lege geschiedenis: rm {kept}",
        )
    return own


def is_postgres(settings: str) -> bool:
    """Whether these settings of Dagster keep its history in PostgreSQL."""
    try:
        found = yaml.safe_load(settings)
    except yaml.YAMLError:
        return False
    return isinstance(found, dict) and "postgres" in (found.get("storage") or {})
