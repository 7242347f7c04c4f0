"""How does the owner of a database lay out the tables, and who may then do what with them?"""

# ruff: noqa: PLC0415 - alembic is slow to import, and only the owner needs it

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import ProgrammingError

from recourse.adapters.storage.addresses import PostgresAddress
from recourse.adapters.storage.postgres_link import Link
from recourse.adapters.storage.unusable import UnusableStore
from recourse.projections.base import METADATA
from recourse.values.parties import Text

NEWEST = "0002"
UPGRADE_LOCK = "SELECT pg_advisory_xact_lock(2, hashtext(%(schema)s))"
LOG = ("events", "keys", "answers", "positions", "about", "parked", "parked_fates")
"""Tables that are only ever added to; every other one can be made again, or is about the hour."""


def upgrade(address: PostgresAddress, *, role: str | None = None) -> None:
    """Make the tables, or bring them to this version; let `role` work with them.

    By whoever owns the database. Of several who do so at once, one does it and the others wait.
    Raises `UnusableStore` for anybody else, unless there is nothing to be done.
    """
    if role is None and _is_up_to_date(address):
        return
    database = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(address.conninfo)
    )
    try:
        with _by_its_owner(address), database.begin() as connection:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '300s'")  # others upgrade too
            connection.exec_driver_sql(UPGRADE_LOCK, {"schema": address.schema})
            _run(connection, SQL("CREATE SCHEMA IF NOT EXISTS {}").format(_name(address.schema)))
            _migrate(connection)
            METADATA.create_all(connection)
            if role is not None:
                _allow(connection, address.schema, role)
    finally:
        database.dispose()


def _is_up_to_date(address: PostgresAddress) -> bool:
    link = Link(address)
    try:
        connection = link.connection()
        return version_of(connection) == NEWEST and not _missing(connection)
    finally:
        link.close()


@contextmanager
def _by_its_owner(address: PostgresAddress) -> Iterator[None]:
    try:
        yield
    except ProgrammingError as error:
        if not isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
            raise
        raise UnusableStore(
            address.shown,
            Text(
                "所用的角色不是数据库的所有者，不能建表或升级。",
                "The role in use does not own the database, and cannot make or upgrade tables.",
            ),
            Text(
                "请由数据库所有者运行 `recourse db upgrade --role 应用的角色`。",
                "Have the owner of the database run `recourse db upgrade --role ROLE`.",
            ),
        ) from error


def remove(address: PostgresAddress) -> None:
    """Throw the whole store away; for a store that nobody needs, such as that of a case."""
    with psycopg.connect(address.conninfo, autocommit=True) as connection:
        connection.execute(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(_name(address.schema)))


def must_be_up_to_date(address: PostgresAddress, connection: psycopg.Connection[Any]) -> None:
    """Refuse a schema that was not made, or not by this version; raises `UnusableStore`."""
    found = version_of(connection)
    missing = _missing(connection)
    if found == NEWEST and not missing:
        return
    if found is None:
        why = Text("其中还没有 recourse 的表。", "It has no tables of recourse yet.")
    elif found == NEWEST:
        why = Text(f"缺少表 {missing[0]}。", f"The table {missing[0]} is missing.")
    else:
        why = Text(
            f"它的表是版本 {found}，而本版本的 recourse 需要版本 {NEWEST}。",
            f"Its tables are version {found}, and this recourse needs version {NEWEST}.",
        )
    raise UnusableStore(
        address.shown,
        why,
        Text(
            "请由数据库所有者运行 `recourse db upgrade`；核对地址(--store)中的数据库和 schema=。",
            "Have the owner of the database run `recourse db upgrade`; check the database and"
            " schema= of --store.",
        ),
    )


def version_of(connection: psycopg.Connection[Any]) -> str | None:
    """Which version the tables have; None where there are none."""
    there = connection.execute("SELECT to_regclass('alembic_version') IS NOT NULL").fetchone()
    if there is None or not there[0]:
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def _missing(connection: psycopg.Connection[Any]) -> list[str]:
    """The tables of read models that are not there."""
    query = "SELECT name FROM unnest(%s::text[]) AS name WHERE to_regclass(name) IS NULL"
    return [row[0] for row in connection.execute(query, (list(METADATA.tables),))]


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    with as_file(files("recourse.adapters.storage").joinpath("migrations")) as scripts:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _allow(connection: Connection, schema: str, role: str) -> None:
    """The log may be read and added to; what is made from it may be changed."""
    may = {"schema": _name(schema), "role": _name(role)}
    log = SQL(", ").join(map(Identifier, LOG))
    rest = SQL(", ").join(Identifier(each) for each in (*METADATA.tables, "workers"))
    _run(connection, SQL("GRANT USAGE ON SCHEMA {schema} TO {role}").format(**may))
    _run(connection, SQL("GRANT SELECT ON alembic_version TO {role}").format(**may))
    _run(connection, SQL("GRANT SELECT, INSERT ON {log} TO {role}").format(log=log, **may))
    _run(
        connection,
        SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON {rest} TO {role}").format(rest=rest, **may),
    )


def _name(name: str) -> Identifier:
    return Identifier(name)


def _run(connection: Connection, statement: Composed) -> None:
    connection.exec_driver_sql(statement.as_string(None))
