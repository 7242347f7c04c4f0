"""In which words does a rejects file say that a line contradicts the log or a rule?"""

from pydantic import ValidationError

from recourse.adapters.intake.comparing import Contradiction
from recourse.adapters.intake.files import Row
from recourse.adapters.intake.measures import MEASURES
from recourse.adapters.intake.problems import CellProblem, Rejection
from recourse.adapters.intake.profile import Profile
from recourse.values.parties import Text
from recourse.values.refusal import Refused
from recourse.values.words import word

_NAMES = {
    "unit": Text("车辆", "unit"),
    "part": Text("零件", "part"),
    "stage": Text("所处阶段", "stage"),
    "repaired_on": Text("维修日期", "day of repair"),
    "quantity": Text("数量", "quantity"),
    "note": Text("转账单号", "recovery note"),
    "plant": Text("工厂", "plant"),
    "built_on": Text("生产日期", "day of production"),
    "sold_on": Text("销售日期", "day of sale"),
    "mileage_km": Text("里程", "mileage"),
    "fault": Text("故障代码", "fault code"),
    "labour": Text("工时费", "labour cost"),
    "material": Text("材料费", "material cost"),
    "travel": Text("差旅费", "travel cost"),
    "other": Text("其他费用", "other cost"),
    **{name: word(name) for name in MEASURES},
}
_NEWER = Text(
    "新版本只能更改费用，这一项须由人决定。",
    "A newer version may change the costs only; a person must decide about this.",
)
_NEWER_REMEDY = Text(
    "按原始单据核实：是另一笔索赔的，用它自己的编号；否则请数据提供方更正该行。",
    "Check the original document: another claim needs a number of its own; otherwise have the "
    "row corrected by whoever sent the file.",
)
_SAME = Text(
    "编号和版本相同或无法分出新旧，内容却不同。",
    "Number and version are the same, or nobody can tell which is newer, but the content differs.",
)
_SAME_REMEDY = Text(
    "按原始单据核实：确有更正的，请数据提供方给出更高的版本号；写错的，更正该行。",
    "Check the original document: a real correction needs a higher version number from whoever "
    "sent the file; a mistake is corrected in the row.",
)


def contradicting(row: Row, profile: Profile, claim: str, found: Contradiction) -> Rejection:
    """The rejection of `row`, which says something else of `claim` than what is recorded."""
    name = _NAMES[found.field]
    rule, remedy = (_NEWER, _NEWER_REMEDY) if found.newer else (_SAME, _SAME_REMEDY)
    reason = Text(
        f"索赔 {claim} 记录的版本为 {found.version}，{name.zh}为 {found.recorded}，"
        f"而本行为 {found.written}。{rule.zh}",
        f"Claim {claim} is recorded in version {found.version} with the {name.en} "
        f"{found.recorded}, and this row says {found.written}. {rule.en}",
    )
    return _rejection(row, _column(profile, found.field), CellProblem(reason, remedy))


def refused_by_rule(row: Row, profile: Profile, refusal: Refused) -> Rejection:
    """The rejection of `row`, to which a rule of the engine said no."""
    zh, en = refusal.tell("zh"), refusal.tell("en")
    rules = ", ".join(refusal.rules)
    reason = Text(f"{zh['what']}{zh['why']}[{rules}]", f"{en['what']} {en['why']} [{rules}]")
    remedy = Text(str(zh["remedy"]), str(en["remedy"]))
    return _rejection(row, profile.columns.claim, CellProblem(reason, remedy))


def malformed(row: Row, profile: Profile, problem: ValidationError) -> list[Rejection]:
    """The rejections of `row`, whose values the engine does not take."""
    return [
        _rejection(
            row,
            _column(profile, str(error["loc"][-1])) if error["loc"] else "",
            CellProblem(
                Text(
                    f"系统不接受该值({error['msg']})。", f"It cannot be recorded: {error['msg']}."
                ),
                Text("按原始单据更正。", "Correct it from the original document."),
            ),
        )
        for error in problem.errors(include_url=False)
    ]


def _rejection(row: Row, column: str, problem: CellProblem) -> Rejection:
    return problem.at(row.number, column, row.cells.get(column, ""))


def _column(profile: Profile, field: str) -> str:
    """The column of the file that says `field`, or "" where the profile says it by itself."""
    if field == "quantity":
        return profile.quantity.column or ""
    for component, source in profile.costs.components.items():
        if component == field:
            total = profile.costs.total
            return source.column or (total.columns[0] if total else "")
    renamed = {"stage": "mileage", "mileage_km": "mileage", "line_version": "version"}
    return getattr(profile.columns, renamed.get(field, field), None) or ""
