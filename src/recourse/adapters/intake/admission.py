"""May this person take in the file, and does the engine know the parts that the file names?"""

from collections.abc import Sequence
from datetime import datetime

from recourse.adapters.intake.master import PartMaster
from recourse.adapters.intake.problems import FileProblem
from recourse.aggregates.part import Part
from recourse.aggregates.supplier import Supplier
from recourse.application import Ask, Person, Recourse
from recourse.commands import Command
from recourse.commands.parts import RegisterPart
from recourse.commands.suppliers import RegisterSupplier
from recourse.values.parties import Text
from recourse.values.refusal import Refused

_SHOWN_MAX = 20


def must_be_allowed(command: type[Command], by: Person) -> None:
    """Refuse, once and before anything is asked, a person to whom every row would be refused.

    The refusal of an ask is remembered with it; this one is not, so that the person may come back
    with the role.
    """
    if {role.partition(":")[0] for role in by.roles}.intersection(command.BY):
        return
    roles = ", ".join(sorted(by.roles)) or "-"
    refused = Refused(
        "not-your-role",
        *command.RULES[:1],
        person=by.name,
        has=roles,
        needs=", ".join(command.BY),
    )
    refused.asked = Text(f"不能{command.TITLE.zh}。", f"Cannot {command.TITLE.en}.")
    raise refused


def must_be_registered(engine: Recourse, master: PartMaster) -> None:
    """Refuse a file whose part master the engine does not know; raises `FileProblem`."""
    suppliers, parts = _unregistered(engine, master)
    if not suppliers and not parts:
        return
    raise FileProblem(
        Text(
            "无法导入：方案的零件主数据尚未登记。",
            "The file cannot be taken in: the part master of its profile is not registered.",
        ),
        Text(
            f"未登记的供方：{_listed(suppliers)}；未登记的零件：{_listed(parts)}。",
            f"Suppliers not registered: {_listed(suppliers)}; parts: {_listed(parts)}.",
        ),
        Text(
            "由采购人员(角色 purchasing)带选项 --register-master 导入，"
            "或逐项办理 register_supplier 和 register_part，然后再导入。",
            "Somebody with the role purchasing uses the option --register-master, or asks for "
            "register_supplier and register_part one by one; then import again.",
        ),
    )


def register_master(
    engine: Recourse, master: PartMaster, *, by: Person, at: datetime
) -> tuple[str, ...]:
    """Register the suppliers and parts that are not known yet; their ids, none if all were.

    Raises `Refused` for a person without the role purchasing.
    """
    missing = {name for names in _unregistered(engine, master) for name in names}
    commands: list[Command] = [
        RegisterSupplier(supplier=each.supplier, name=each.name_zh, disposal=each.disposal)
        for each in master.suppliers
        if each.supplier in missing
    ]
    commands += [
        RegisterPart(part=each.part, name=each.name_zh, supplier=each.supplier)
        for each in master.parts
        if each.part in missing
    ]
    if commands:
        must_be_allowed(RegisterPart, by)
    asks = [
        Ask(command, by, at, f"master {command.act_name()} {command.about} {by.name}")
        for command in commands
    ]
    for answer in engine.perform(asks):
        if answer.refusal:
            raise answer.refusal
    return tuple(command.about for command in commands)


def _unregistered(engine: Recourse, master: PartMaster) -> tuple[list[str], list[str]]:
    return (
        [
            each.supplier
            for each in master.suppliers
            if not engine.stream(f"{Supplier.TOPIC}:{each.supplier}")
        ],
        [each.part for each in master.parts if not engine.stream(f"{Part.TOPIC}:{each.part}")],
    )


def _listed(names: Sequence[str]) -> str:
    more = f", … ({len(names)})" if len(names) > _SHOWN_MAX else ""
    return ", ".join(names[:_SHOWN_MAX]) + more or "-"
