"""How does one ask why an amount, a last day, a hold or a refusal is as it is?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

from typing import Annotated

import typer

from recourse.adapters.cli.session import Session


def explain(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="见下 / see below")],
) -> None:
    """说明一个数额、期限、停付或拒绝的由来 / tell why something is as it is.

    ID 可以是索赔 C1、索赔单 N1、行 N1/C1/labour 或 C1/labour、旧件 T1、清理通知 L1、
    期限 N1/deadline、停付 S1/hold、月度结算 S1/2026-03、月份 2026-03 的费用分解，
    或被拒绝操作的编号。

    ID is a claim, a chargeback, a line of one, an old part, a clearance notice, a deadline, a
    supplier's hold or month, a month such as 2026-03 for its breakdown, or the reference of a
    refusal.
    """
    from recourse.adapters.cli.output import as_json, write
    from recourse.projections.explanations import Explainer

    session: Session = ctx.obj
    engine = session.engine
    explainer = Explainer(engine.stream, engine.store.held, engine.store.answer, engine.book)
    found = session.known(name, lambda: explainer.explain(name, session.day))
    if session.settings.format == "json":
        write(as_json(found.as_dict(session.lang)))
    else:
        write(found.as_text(session.lang))
