"""Which versions run here, and is everything installed that the settings ask for?"""

import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version

from recourse import __version__
from recourse.adapters.operations.finding import Outcome, found
from recourse.adapters.operations.site import Site
from recourse.adapters.storage.addresses import PostgresAddress, address_of

TESTED = "9.5."  # of eventsourcing: its recorder interface is what the stores build on
EXTRAS = {
    "postgres": ("psycopg", "alembic"),
    "kafka": ("kafka-python", "cloudevents", "jsonschema"),
    "otel": ("opentelemetry-sdk", "opentelemetry-exporter-otlp-proto-http"),
}
ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


def versions(site: Site) -> Outcome:
    """The versions, and whether an extra is missing."""
    library = version("eventsourcing")
    if not library.startswith(TESTED):
        return found("untested", library=library, tested=f"{TESTED}x")
    missing = [name for name in _needed(site) if not _installed(name)]
    if missing:
        return found("missing", extras=", ".join(missing), named=",".join(missing))
    there = [name for name in EXTRAS if _installed(name)]
    return found(
        "ok",
        recourse=__version__,
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
        library=library,
        extras=", ".join(there) or "-",
    )


def _needed(site: Site) -> list[str]:
    asked = {
        "postgres": isinstance(address_of(site.url), PostgresAddress),
        "kafka": bool(site.settings.get("kafka.bootstrap")),
        "otel": bool(site.environ.get(ENDPOINT)),
    }
    return [name for name, needed in asked.items() if needed]


def _installed(extra: str) -> bool:
    try:
        for package in EXTRAS[extra]:
            version(package)
    except PackageNotFoundError:
        return False
    return True
