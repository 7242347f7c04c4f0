"""What is worth showing of the demo month, in plain lines of at most 100 columns?"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from os.path import relpath
from typing import Any

from rich.cells import cell_len, set_cell_size

from recourse.adapters.demo import BRANCHES, Filled
from recourse.adapters.demo.diary import ONE_DAY
from recourse.adapters.demo.parts import PARTS, SUPPLIERS
from recourse.application import Recourse
from recourse.projections.explanations import Explainer, Step
from recourse.projections.notes import notes
from recourse.projections.settlements import closed_statements
from recourse.values.money import yuan
from recourse.values.parties import Text
from recourse.values.words import word

WIDTH = 100
MONTH = "2026-06"
TOLD = {
    "claim.received",
    "claim.attributed",
    "claim.penalty_set",
    "claim.penalty_lowered",
    "chargeback.approved",
    "chargeback.receipt_recorded",
    "chargeback.appealed",
    "chargeback.rechecked",
}
"""Of everything that explains a line, what is shown here beside the reckoning."""

DISPUTED = {
    "claim.objected",
    "claim.verified",
    "claim.consultation_failed",
    "claim.referred",
    "claim.group_ruled",
}
"""Of the history of a claim, what happened in its dispute."""

LEFT_BEHIND = {
    "clearance.notified",
    "clearance.receipt_recorded",
    "returned_part.lapsed",
    "returned_part.disposed",
    "returned_part.disposal_lowered",
}
"""Of the history of an old part, how it left the store."""

COLUMNS = (
    (Text("索赔单", "note"), 13),
    (Text("状态", "stage"), 20),
    (Text("答复", "answer"), 24),
    (Text("损失", "loss"), -10),
    (Text("考核", "penalty"), -13),
    (Text("未结", "open"), -10),
)
ACCOUNT = {
    "charged": Text("已下发索赔", "charged"),
    "confirmed": Text("其中已确认", "of it confirmed"),
    "collected": Text("已收", "collected"),
    "open": Text("未结", "open"),
    "payable": Text("应付货款", "payable"),
    "held": Text("其中停付", "of it held"),
}
STATEMENT = {
    "opening": Text("期初", "opening"),
    "charged": Text("+ 索赔", "+ charged"),
    "credited": Text("+ 贷记", "+ credited"),
    "collected": Text("- 收款", "- collected"),
    "closing": Text("= 期末", "= closing"),
    "held": Text("结账时停付", "held when it was closed"),
}


def summary(filled: Filled) -> Iterator[str]:
    """That all of it is invented, and how much it is."""
    yield from _both("以下数据全部虚构，不涉及任何真实企业、车辆或人员。")
    yield from _both("All data below are invented; no real company, vehicle or person is meant.")
    yield ""
    refused = sum(map(len, filled.refused.values()))
    parts = sum(map(len, PARTS.values())) + 1  # and the one that changed its maker
    for text, number in (
        (Text("供方", "suppliers"), len(SUPPLIERS)),
        (Text("配套件号", "part numbers"), parts),
        (Text("三包索赔", "claims"), filled.claims),
        (Text("旧件标签", "returned parts"), filled.parts),
        (Text("索赔单", "chargebacks"), filled.notes),
        (Text("事件", "events"), filled.events),
        (Text("被拒绝的操作", "acts refused"), refused),
        (Text("拒绝的种类", "kinds of refusal"), len(filled.refused)),
        (Text("各种情形（每种至少两次）", "things that can happen, each twice"), len(BRANCHES)),
    ):
        yield f"  {set_cell_size(f'{text.zh} {text.en}', 62)}{number:>6}"


def month_of(engine: Recourse, filled: Filled) -> Iterator[str]:
    """One supplier's month: its notes, its account, and what is held for which reason."""
    supplier = filled.supplier
    name, _ = SUPPLIERS[supplier]
    yield from _heading(
        f"{supplier} {name} 的 {MONTH} 月", f"{MONTH} of {supplier}, as of {filled.last_day}"
    )
    with engine.models.reading() as connection:
        own = notes(connection, supplier=supplier)
    yield _row([text.zh for text, _ in COLUMNS])
    yield _row([text.en for text, _ in COLUMNS])
    for note in own:
        if note.month(engine.book) == MONTH:
            yield _row(_cells(note.id, note.figures()))
    account = engine.models.figures("account", supplier, filled.last_day, engine.book)
    yield ""
    for key, text in ACCOUNT.items():
        yield f"  {set_cell_size(f'{text.zh} {text.en}', 40)}{account[key]:>12}"
    yield ""
    yield from _both("停付的原因 / what holds the payment:")
    for held, reason in account["held_for"].items():
        yield f"  {set_cell_size(held, 16)}{word(reason).zh} / {word(reason).en}"


def settled(engine: Recourse, filled: Filled) -> Iterator[str]:
    """What the closed month of the same supplier says for ever, and what came after it."""
    supplier = filled.supplier
    with engine.models.reading() as connection:
        ((_, state, closed),) = closed_statements(connection, supplier=supplier, month=MONTH)
    yield from _heading(
        f"{supplier} 的 {MONTH} 月结算：{word(state).zh}",
        f"{MONTH} of {supplier} as it was closed: {word(state).en}",
    )
    for key, text in STATEMENT.items():
        yield f"  {set_cell_size(f'{text.zh} {text.en}', 40)}{yuan(getattr(closed, key)):>12}"
    steps = list(_explainer(engine).explain(f"{supplier}/{MONTH}", filled.last_day).root.steps)
    topics = [step.fact.event.TOPIC if step.fact else "" for step in steps]
    for step in steps[topics.index("settlement.approved") :]:
        yield from _step(step, "  ")


def disputed(engine: Recourse, filled: Filled) -> Iterator[str]:
    """A claim that went up to the group, step by step."""
    yield from _heading(f"一项争议：{filled.dispute}", f"a dispute: {filled.dispute}")
    yield from _some_of(engine, filled.dispute, filled.last_day, DISPUTED)


def left_behind(engine: Recourse, filled: Filled) -> Iterator[str]:
    """An old part that its supplier did not fetch, step by step."""
    yield from _heading(f"一件旧件：{filled.part}", f"an old part: {filled.part}")
    yield from _some_of(engine, filled.part, filled.last_day, LEFT_BEHIND)


def explained(engine: Recourse, filled: Filled) -> Iterator[str]:
    """A line of a note with what made it: the reckoning and its main steps, in both languages."""
    yield from _heading(f"为什么：{filled.line}", f"why: {filled.line}")
    yield from _some_of(engine, filled.line, filled.last_day, TOLD, reckoning=True)


def _some_of(
    engine: Recourse, name: str, day: date, topics: Collection[str], *, reckoning: bool = False
) -> Iterator[str]:
    """The explanation of `name` with the steps that are events of `topics`, or the reckoning."""
    root = _explainer(engine).explain(name, day).root
    shown = [
        step for step in root.steps if (step.fact.event.TOPIC in topics if step.fact else reckoning)
    ]
    if not reckoning:  # a history goes by the days, whatever stream tells it
        shown.sort(key=lambda step: step.fact.event.effective_on if step.fact else day)
    yield from _step(root, "")
    for step in shown:
        yield from _step(step, "  ")
    left_out = len(root.steps) - len(shown)
    yield from _both(f"（另有 {left_out} 步未列出 / {left_out} more steps are not shown）")


def _explainer(engine: Recourse) -> Explainer:
    return Explainer(engine.stream, engine.store.held, engine.store.answer, engine.book)


def checks(engine: Recourse, filled: Filled) -> tuple[bool, list[str]]:
    """Whether the books balance and every read model equals itself rebuilt, and in words."""
    wrong = engine.models.disagreements(filled.last_day, engine.book)
    wrong += [f"{each.name}: live != rebuilt" for each in engine.compare() if not each.equal]
    lines = list(_heading("核对", "checks"))
    if not wrong:
        lines += _both("账已平，各账互相一致；读模型从零重建，逐字节相同。")
        lines += _both("The books balance and agree; read models rebuilt are equal to the byte.")
    return not wrong, [*lines, *wrong]


def next_steps(store: str, folder: str, filled: Filled) -> Iterator[str]:
    """What to type now."""
    note, claim, _ = filled.line.split("/")
    held = filled.refused["payment-held"][0]
    yield from _heading("接着看", "where to look next")
    for text, rest in (
        (Text("全部索赔单", "all chargebacks"), f"chargeback list --month {MONTH}"),
        (Text("一张索赔单", "one of them"), f"chargeback show {note}"),
        (Text("上面解释的全文", "the whole explanation"), f"explain {filled.line}"),
        (Text("一项索赔的经过", "the history of a claim"), f"claim history {claim}"),
        (Text("争议的经过", "the history of the dispute"), f"claim history {filled.dispute}"),
        (Text("旧件的处理费", "what the old part cost"), f"explain {filled.part}/disposal"),
        (Text("证据文件", "files of evidence"), f"evidence list {filled.borne_out}"),
        (Text("日志和文件是否完好", "whether log and files are whole"), "verify --files"),
        (Text("月度结算", "the settlement"), f"settle {MONTH} --supplier {filled.supplier}"),
        (Text("谁有什么待办", "what waits for whom"), "worklist"),
        (Text("供方的账", "the books of a supplier"), f"ledger {filled.supplier}"),
        (Text("为什么停付", "why a payment is held"), f"explain {filled.supplier}/hold"),
        (Text("为什么被拒绝", "why something was refused"), f"explain {held}"),
    ):
        yield from _both(f"{text.zh} / {text.en}:")
        yield f"  .venv/bin/recourse --store {store} {rest}"
    acts = f"--as {filled.supplier.lower()} --recorded-at {filled.last_day + ONE_DAY}"
    yield from _both("供方确认这张索赔单 / let the supplier confirm that note:")
    yield f"  cd {folder} && {relpath('.venv/bin/recourse', folder)} {acts} \\"
    yield f"    do confirm_chargeback chargeback={note}"
    yield from _both(f"人员及其角色 / people and their roles: {folder}/recourse.toml")
    yield from _both(f"各种情形见于何处 / where each thing happened: {folder}/branches.txt")


def where(filled: Filled) -> Iterator[str]:
    """Every branch and refusal with how often it occurs and where first."""
    for branch, facts in filled.branches.items():
        first = facts[0].stream.partition(":")[2]
        title = f"{branch.title.zh} / {branch.title.en}"
        yield f"{len(facts):>5}  {first:<13} {branch.topic:<33} {title}"
    for code, references in sorted(filled.refused.items()):
        yield f"{len(references):>5}  {references[0]:<16}refused: {code}"


def _step(step: Step, indent: str) -> Iterator[str]:
    rules = f" [{', '.join(step.clauses)}]" if step.clauses else ""
    yield from _wrapped(f"{step.text.zh}{rules}", indent)
    yield from _wrapped(step.text.en, f"{indent}  ")


def _cells(name: str, figures: Mapping[str, Any]) -> list[str]:
    stage, answer = word(figures["stage"]), word(figures["answer"])
    amounts = [figures[key] for key in ("loss", "penalty", "open")]
    return [name, f"{stage.zh} {stage.en}", f"{answer.zh} {answer.en}", *amounts]


def _row(cells: Sequence[str]) -> str:
    """The cells in the widths of the columns; figures, of negative width, to the right."""
    told = []
    for cell, (_, width) in zip(cells, COLUMNS, strict=True):
        blank = " " * (abs(width) - cell_len(cell))
        told.append(blank + cell if width < 0 else cell + blank)
    return "  " + "".join(told).rstrip()


def _heading(zh: str, en: str) -> Iterator[str]:
    yield ""
    yield f"== {zh} / {en} =="


def _both(text: str) -> Iterator[str]:
    return _wrapped(text, "")


def _wrapped(text: str, indent: str) -> Iterator[str]:
    """`text` in lines of at most 100 columns, broken at blanks and between Chinese characters."""
    line = indent
    for piece in _pieces(text):
        if cell_len(line) + cell_len(piece.rstrip()) > WIDTH and line.strip():
            yield line.rstrip()
            line = f"{indent}  "
        line += piece if line.strip() else piece.lstrip()
    yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """What must stay on one line: a run of narrow signs up to a blank, or one wide character."""
    run = ""
    for sign in text:
        if cell_len(sign) > 1:
            if run:
                yield run
            run = ""
            yield sign
            continue
        run += sign
        if sign == " ":
            yield run
            run = ""
    if run:
        yield run
