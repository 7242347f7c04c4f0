"""How does the owner of a database lay out the tables of a store?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from typing import Annotated

import typer

from recourse.adapters.cli.problems import Problem
from recourse.adapters.cli.session import HELP_OPTIONS, Session, example

app = typer.Typer(
    name="db",
    help="PostgreSQL 数据库的表 / the tables of a PostgreSQL database",
    no_args_is_help=True,
    context_settings=HELP_OPTIONS,
)


@app.callback()
def _noun() -> None:
    """PostgreSQL 数据库的表 / the tables of a PostgreSQL database."""


@app.command("upgrade", epilog=example("recourse --store postgresql://owner@db/plant db upgrade"))
def upgrade(
    ctx: typer.Context,
    role: Annotated[
        str | None, typer.Option("--role", help="应用所用的角色 / the role of the application")
    ] = None,
) -> None:
    """建表，或升级到本版本；由数据库所有者运行 / make the tables, or bring them to this version.

    由数据库的所有者运行。--role 的角色对日志只能追加和读取，对可重建的表可以读写。

    Run by the owner of the database. The role of --role may only add to the log and read it, and
    change what can be made again from it.
    """
    from recourse.adapters.storage.addresses import PostgresAddress, address_of
    from recourse.adapters.storage.opening import prepare

    session: Session = ctx.obj
    address = address_of(session.settings.store)
    if not isinstance(address, PostgresAddress):
        raise Problem("not-a-database", store=session.settings.store)
    prepare(session.settings.store, role=role)
    from recourse.adapters.storage.postgres.upgrading import NEWEST

    document = {"store": address.shown, "version": NEWEST, "role": role or ""}
    session.show(document, card=document)
