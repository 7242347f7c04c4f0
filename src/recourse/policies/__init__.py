"""Whenever this happened, then that: the whole reactive side of the engine."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from recourse.aggregates.account import Account
from recourse.aggregates.arrangements import Arrangements
from recourse.aggregates.base import DomainEvent, Fact
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.claim import Claim
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.day import Days
from recourse.aggregates.message import Message
from recourse.aggregates.returned_part import ReturnedPart
from recourse.aggregates.settlement import Settlement
from recourse.aggregates.zero_km_job import ZeroKmJob
from recourse.commands.base import Command, Desk
from recourse.policies.deadlines import determine_last_days, let_appeals_lapse, let_notices_lapse
from recourse.policies.disputes import return_doubtful_claims
from recourse.policies.messages import (
    let_the_clock_start,
    review_this_message,
    tell_the_supplier,
)
from recourse.policies.referrals import (
    review_claim_of_part,
    review_notes_of_claim,
    review_this_account,
    review_this_note,
)
from recourse.policies.zero_km import receive_cost_of_finished_job
from recourse.values.parties import Text

__all__ = ["POLICIES", "Policy", "PolicyBroke", "Reaction"]

Reaction = Callable[[Fact, Desk], Iterator[Command]]
"""(what happened, what can be looked up): what must now be asked."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Whenever one of these events happened, `then` says what is asked; `says` is its sentence."""

    says: Text
    whenever: tuple[type[DomainEvent], ...]
    then: Reaction

    @property
    def name(self) -> str:
        """What it is called in the names of its reactions, such as "let_appeals_lapse"."""
        return self.then.__name__


class PolicyBroke(Exception):
    """A policy has a defect: nothing goes on until its reaction to that event works."""

    def __init__(self, policy: Policy, fact: Fact, error: Exception) -> None:
        super().__init__(f"{policy.name} breaks at {fact.id} {fact.event.TOPIC}: {error!r}")
        self.policy = policy
        self.fact = fact
        self.error = error


POLICIES: tuple[Policy, ...] = (
    Policy(
        Text(
            "放假安排公布后，此前无法确定的最后一天随即确定（ZA1）。",
            "Whenever an arrangement of holidays is published, the last days that could not be "
            "computed without it are computed (ZA1).",
        ),
        (Arrangements.Published,),
        determine_last_days,
    ),
    Policy(
        Text(
            "每天开始时，前一天到期而无人答复的申诉期届满（ZA10）。",
            "Whenever a day begins, the appeals whose last day was the day before lapse (ZA10).",
        ),
        (Days.Began,),
        let_appeals_lapse,
    ),
    Policy(
        Text(
            "每天开始时，前一天到期的清理通知届满，没有清走的旧件逐件逾期（ZA3）。",
            "Whenever a day begins, clearance notices whose last day was the day before lapse, "
            "and each part left behind is overdue (ZA3).",
        ),
        (Days.Began,),
        let_notices_lapse,
    ),
    Policy(
        Text(
            "接收的索赔有疑点时，自动退回用户服务中心重新核实，已有人退回的除外（Z-4.4.3a）。",
            "Whenever a claim looks wrong on arrival, it goes back to the centre to be verified "
            "again, unless somebody returned it already (Z-4.4.3a).",
        ),
        (Claim.Received,),
        return_doubtful_claims,
    ),
    Policy(
        Text(
            "索赔的费用承担或者有效性变动时，复核它所在的已批准索赔单（ZA38）。",
            "Whenever a claim's cost moves or its validity changes, its approved notes are "
            "reviewed (ZA38).",
        ),
        (Claim.Divided, Claim.NotReturned, Claim.NotReturnedWithdrawn),
        review_notes_of_claim,
    ),
    Policy(
        Text(
            "索赔单上的行被减少或者索赔单作废时，复核该索赔单（ZA38）。",
            "Whenever lines of a note are lowered or it is made void, it is reviewed (ZA38).",
        ),
        (Chargeback.Rechecked, Chargeback.Arbitrated, Chargeback.Voided),
        review_this_note,
    ),
    Policy(
        Text(
            "零公里现场服务完成并发生费用时，这笔费用作为零公里索赔接收（Z-4.5.3a）。",
            "Whenever a zero-km job is finished with cost, its cost is received as a claim of "
            "stage zero-km (Z-4.5.3a).",
        ),
        (ZeroKmJob.Finished,),
        receive_cost_of_finished_job,
    ),
    Policy(
        Text(
            "旧件的清点数量或者鉴定结论更正后，其索赔已在批准的索赔单上而关卡有缺的，转人工（ZA38）。",
            "Whenever a count or a finding is corrected, its claim waits for a person where an "
            "approved note carries it and a gate is missing now (ZA38).",
        ),
        (ReturnedPart.CountCorrected, ReturnedPart.FindingCorrected),
        review_claim_of_part,
    ),
    Policy(
        Text(
            "应付货款更正后低于已付和已扣的，转人工（Z-4.6.3a）。",
            "Whenever a payable is corrected to less than was paid and deducted, the supplier "
            "waits for a person (Z-4.6.3a).",
        ),
        (Account.PayableCorrected,),
        review_this_account,
    ),
    Policy(
        Text(
            "索赔单下发、通知清理旧件、月度结账批准时，供方有约定邮箱的，发送消息（ZA2）。",
            "Whenever a note is issued, a clearance notified or the close of a month approved, the "
            "mailbox that the supplier agreed to is sent it (ZA2).",
        ),
        (Chargeback.Issued, Clearance.Notified, Settlement.Approved),
        tell_the_supplier,
    ),
    Policy(
        Text(
            "消息进入协议当天指定的邮箱时，依民法典第一百三十七条即为收到，期限由此起算（ZA2）。",
            "Whenever a message enters the mailbox that the agreement names that day, by Civil "
            "Code 137 it is received and the clock starts (ZA2).",
        ),
        (Message.Arrived,),
        let_the_clock_start,
    ),
    Policy(
        Text(
            "消息被退回或不再重试时转人工，重新发送或者到达后了结（ZA38）。",
            "Whenever a message bounces or is given up, it waits for a person; sent again or "
            "arrived, it no longer does (ZA38).",
        ),
        (Message.Queued, Message.Arrived, Message.Bounced, Message.GivenUp),
        review_this_message,
    ),
)
"""The order in the table is the order of the reactions to one event."""
