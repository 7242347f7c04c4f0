"""What can be asked about the Company's own zero-km service on site?"""

from datetime import date
from typing import Annotated

from pydantic import Field

from recourse.aggregates.base import Act
from recourse.aggregates.claim import Claim
from recourse.aggregates.zero_km_job import JobOutcome, ZeroKmJob
from recourse.commands.base import Command, Desk, ShortText
from recourse.commands.claims import Costs, take_in
from recourse.values.parties import ENGINE, Identifier, Text

Pieces = Annotated[int, Field(le=1_000_000)]
SpareList = Annotated[dict[Identifier, Pieces], Field(min_length=1)]


class OpenZeroKmJob(Command):
    TITLE = Text("登记零公里现场服务", "open the zero-km job")
    BY = ("quality_engineer",)
    RULES = ("Z-4.5.3a", "ZA22")

    job: Identifier
    unit: Identifier
    part: Identifier
    reported_on: date
    fault: str | None = Field(default=None, max_length=40)
    plant: Identifier | None = None


def open_zero_km_job(command: OpenZeroKmJob, act: Act, desk: Desk) -> None:
    desk.get(ZeroKmJob, command.job).open(act, **command.model_dump(exclude={"job"}))


class RequestSpares(Command):
    TITLE = Text("申请零公里备件", "request spares for the zero-km job")
    BY = ("quality_engineer",)
    RULES = ("Z-4.7.1", "ZA30")

    job: Identifier
    spares: SpareList


def request_spares(command: RequestSpares, act: Act, desk: Desk) -> None:
    desk.find(ZeroKmJob, command.job).request_spares(act, command.spares)


class IssueSpares(Command):
    TITLE = Text("发放零公里备件", "issue spares for the zero-km job")
    BY = ("manufacturing",)
    RULES = ("Z-3.3.2", "Z-4.7.2", "ZA30")

    job: Identifier
    spares: SpareList


def issue_spares(command: IssueSpares, act: Act, desk: Desk) -> None:
    desk.find(ZeroKmJob, command.job).issue_spares(act, command.spares)


class FinishZeroKmJob(Command):
    TITLE = Text("完成零公里现场服务", "finish the zero-km job")
    BY = ("quality_engineer",)
    RULES = ("Z-4.5.3a", "Z-4.7.3", "ZA43")

    job: Identifier
    served_on: date
    outcome: JobOutcome
    quantity: Pieces = 0
    costs: Costs = Field(default_factory=dict)
    claim: Identifier | None = None


def finish_zero_km_job(command: FinishZeroKmJob, act: Act, desk: Desk) -> None:
    desk.find(ZeroKmJob, command.job).finish(
        act,
        served_on=command.served_on,
        outcome=command.outcome,
        quantity=command.quantity,
        costs=command.costs,
        claim=command.claim or command.job,
    )


class CancelZeroKmJob(Command):
    TITLE = Text("取消零公里现场服务", "cancel the zero-km job")
    BY = ("quality_engineer",)
    RULES = ("Z-4.5.3a",)

    job: Identifier
    reason: ShortText


def cancel_zero_km_job(command: CancelZeroKmJob, act: Act, desk: Desk) -> None:
    desk.find(ZeroKmJob, command.job).cancel(act)


class ReceiveCostOfJob(Command):
    TITLE = Text("接收零公里现场服务的费用", "receive the cost of the zero-km job")
    BY = (ENGINE,)
    RULES = ("Z-4.5.3a", "Z-4.7.3", "ZA43")

    job: Identifier


def receive_cost_of_job(command: ReceiveCostOfJob, act: Act, desk: Desk) -> None:
    job = desk.find(ZeroKmJob, command.job)
    opened, finished = job.opened, job.finished
    line = {
        "unit": opened.unit,
        "part": opened.part,
        "stage": "zero_km",
        "repaired_on": finished.served_on,
        "costs": finished.costs,
        "quantity": finished.quantity,
        "plant": opened.plant,
        "fault": opened.fault,
        "source": {"zero_km_job": job.id},
    }
    take_in(desk.get(Claim, finished.claim), line, act, desk)
