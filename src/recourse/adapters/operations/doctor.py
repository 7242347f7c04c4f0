"""Is the site well, and what is to be done where it is not?"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from recourse.adapters.operations import (
    clocks,
    followers,
    machine,
    postgres_server,
    sqlite_file,
    versions,
    years,
)
from recourse.adapters.operations.finding import Finding, Outcome, found, plainly
from recourse.adapters.operations.site import Site
from recourse.adapters.storage.addresses import UnknownStore
from recourse.adapters.storage.unusable import UnusableStore

PATIENCE = 30.0  # seconds for one question to the store
SQLITE, POSTGRES = "sqlite", "postgresql"
ANY = (SQLITE, POSTGRES)
ALWAYS = ()


class Check(NamedTuple):
    """A check of that name; on which kinds of store it needs to look, or `ALWAYS`."""

    name: str
    on: tuple[str, ...]
    look: Callable[[Site], Outcome]


CHECKS = (
    Check("settings", ALWAYS, machine.settings),
    Check("versions", ALWAYS, versions.versions),
    Check("time-zone", ALWAYS, clocks.zone),
    Check("database-functions", ALWAYS, postgres_server.database_functions),
    Check("disk", ALWAYS, machine.disk),
    Check("evidence", ALWAYS, machine.evidence),
    Check("holidays", ALWAYS, years.holidays),
    Check("keys", ALWAYS, years.keys),
    Check("owner", (SQLITE,), sqlite_file.owner),
    Check("sqlite-reset-bug", (SQLITE,), sqlite_file.reset_bug),
    Check("journal", (SQLITE,), sqlite_file.journal),
    Check("integrity", (SQLITE,), sqlite_file.integrity),
    Check("format", (SQLITE,), sqlite_file.format_of_file),
    Check("server", (POSTGRES,), postgres_server.server),
    Check("durability", (POSTGRES,), postgres_server.durability),
    Check("checksums", (POSTGRES,), postgres_server.checksums),
    Check("roles", (POSTGRES,), postgres_server.roles),
    Check("schema", (POSTGRES,), postgres_server.schema_version),
    Check("clock", ANY, clocks.clock),
    Check("lag", ANY, followers.lag),
    Check("quarantine", ANY, followers.quarantined),
    Check("parked", ANY, followers.parked),
    Check("workers", ANY, followers.workers),
)
"""Every check, in the order in which it is told; each has its words in `checks.toml`."""


def examine(site: Site) -> list[Finding]:
    """What every check finds; those of a store that cannot be opened say that they did not look."""
    with ExitStack() as stack:
        store = _opened(site, stack)
        kind = _kind(site)
        checks = [check for check in CHECKS if not check.on or kind in check.on]
        return [Finding("store", store), *(_result(check, site) for check in checks)]


def _opened(site: Site, stack: ExitStack) -> Outcome:
    """Open the store to be looked at, for as long as `stack` lasts."""
    try:
        if site.address is None:
            return found("memory")
        stack.enter_context(site.looking(PATIENCE))
    except (UnusableStore, UnknownStore) as error:
        said = dict(_sentences(error))
        return found("unusable", place=site.place, **said)
    except Exception as error:  # noqa: BLE001 - every driver has its own
        return found("failed", detail=plainly(error))
    return found("ok", place=site.place)


def _sentences(error: UnusableStore | UnknownStore) -> Iterator[tuple[str, str]]:
    for part in ("why", "remedy"):
        text = getattr(error, part)
        yield f"{part}_zh", text.zh
        yield f"{part}_en", text.en


def _kind(site: Site) -> str:
    try:
        address = site.address
    except UnknownStore:
        return ""
    if address is None:
        return ""
    return SQLITE if isinstance(address, Path) else POSTGRES


def _result(check: Check, site: Site) -> Finding:
    if check.on and site.opened is None:
        return Finding(check.name, found("not-examined"))
    try:
        return Finding(check.name, check.look(site))
    except Exception as error:  # noqa: BLE001 - a check that fails keeps no other from looking
        return Finding(check.name, found("failed", detail=plainly(error)))
