"""Does a PostgreSQL server keep what it acknowledged, and may the role only append?"""

# ruff: noqa: PLC0415 - who keeps everything in one file needs no driver of PostgreSQL

from recourse.adapters.operations.finding import Outcome, found
from recourse.adapters.operations.site import Site

OLDEST = 140000  # the oldest server that its makers still repair
FUNCTIONS = "POSTGRES_ENABLE_DB_FUNCTIONS"
YES = {"y", "yes", "t", "true", "on", "1"}
MAY_NOT = "UPDATE, DELETE, TRUNCATE"


def database_functions(site: Site) -> Outcome:
    """Whether the library would append without its lock, so that readers miss events (D1)."""
    on = site.environ.get(FUNCTIONS, "").strip().lower() in YES
    return found("on" if on else "ok", variable=FUNCTIONS)


def server(site: Site) -> Outcome:
    """Which server it is."""
    number = int(site.look.one("SELECT current_setting('server_version_num')"))
    named = site.look.one("SELECT current_setting('server_version')")
    return found("ok" if number >= OLDEST else "old", version=named, oldest=OLDEST // 10000)


def durability(site: Site) -> Outcome:
    """Whether what was acknowledged survives a loss of power."""
    from recourse.adapters.storage.postgres.link import MUST_BE

    values = {name: site.look.one(f"SELECT current_setting('{name}')") for name in MUST_BE}
    wrong = {name: value for name, value in values.items() if value not in MUST_BE[name]}
    told = ", ".join(f"{name} = {value}" for name, value in (wrong or values).items())
    must = ", ".join(f"{name} = {MUST_BE[name][0]}" for name in wrong)
    return found("careless" if wrong else "ok", told=told, must=must)


def checksums(site: Site) -> Outcome:
    """Whether the server notices a page that its disk altered."""
    on = site.look.one("SELECT current_setting('data_checksums')") == "on"
    return found("ok" if on else "off")


def roles(site: Site) -> Outcome:
    """Whether the role of the engine may add to the log, read it, and nothing else."""
    from recourse.adapters.storage.postgres.upgrading import LOG

    role = site.look.one("SELECT current_user")
    mighty = [table for table in LOG if _may(site, table, MAY_NOT)]
    if mighty:
        return found("mighty", role=role, tables=", ".join(mighty))
    weak = [
        table for table in LOG if not (_may(site, table, "SELECT") and _may(site, table, "INSERT"))
    ]
    return found("weak" if weak else "ok", role=role, tables=", ".join(weak))


def schema_version(site: Site) -> Outcome:
    """Whether the tables are those of this version."""
    from recourse.adapters.storage.postgres.upgrading import NEWEST, version_of

    there = version_of(site.look.connection)
    return found("ok" if there == NEWEST else "other", found=there or "-", needed=NEWEST)


def _may(site: Site, table: str, what: str) -> bool:
    return bool(site.look.one(f"SELECT has_table_privilege('{table}', '{what}')"))
