"""What can be asked about the messages to suppliers, and about the mailboxes for them?"""

from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from recourse.aggregates.base import Act
from recourse.aggregates.chargeback import Chargeback
from recourse.aggregates.clearance import Clearance
from recourse.aggregates.message import STATEMENT, ArrivalProof, Message
from recourse.aggregates.referral import Referral
from recourse.aggregates.settlement import Settlement
from recourse.aggregates.supplier import Channel, Mailbox, Supplier
from recourse.commands.answers import RecordReceipt, record_receipt
from recourse.commands.base import Command, Desk
from recourse.commands.clearances import RecordNoticeReceipt, record_notice_receipt
from recourse.values.parties import ENGINE, Identifier, Text
from recourse.values.refusal import Refused

UNDELIVERED = "message-undelivered"

MessageName = Annotated[str, Field(min_length=1, max_length=300)]
Status = Annotated[
    str, Field(pattern=r"^([245]\.\d{1,3}\.\d{1,3}|[245]\d\d|unreachable|unaddressed|void)$")
]
"""A code of RFC 3463, a reply of RFC 5321, or what happened where there was neither."""


def opaque(written: str) -> str:
    """`written`, unless it is an address: such a one stands in the settings, where it can go."""
    if "@" in written:
        raise ValueError("a mailbox is named by an id such as S1/quality, its address is not given")
    return written


MailboxName = Annotated[Identifier, AfterValidator(opaque)]


class AgreeMailbox(Command):
    TITLE = Text("登记约定的通知邮箱", "record the agreed mailbox")
    BY = ("purchasing",)
    RULES = ("ZA2", "Z-4.6.1a", "Z-4.3.2a")

    supplier: Identifier
    mailbox: MailboxName
    channel: Channel = "mail"
    since: date | None = None  # None: the effective day


def agree_mailbox(command: AgreeMailbox, act: Act, desk: Desk) -> None:
    box = Mailbox(command.channel, command.mailbox)
    supplier = desk.find(Supplier, command.supplier)
    supplier.agree_mailbox(act, box, command.since or act.on)


class WithdrawMailbox(Command):
    TITLE = Text("撤销约定的通知邮箱", "withdraw the agreed mailbox")
    BY = ("purchasing",)
    RULES = ("ZA2",)

    supplier: Identifier
    since: date | None = None  # None: the effective day


def withdraw_mailbox(command: WithdrawMailbox, act: Act, desk: Desk) -> None:
    supplier = desk.find(Supplier, command.supplier)
    supplier.withdraw_mailbox(act, command.since or act.on)


class SendMessage(Command):
    TITLE = Text("发送消息", "send the message")
    BY = ("purchasing",)
    RULES = ("ZA2", "Z-4.5.2d")

    message: MessageName


def send_message(command: SendMessage, act: Act, desk: Desk) -> None:
    """For the first time where no mailbox was agreed earlier, or once more where it got stuck."""
    queue_message(QueueMessage(message=command.message), act, desk)


class QueueMessage(Command):
    TITLE = Text("把消息放入待发", "put the message into the outbox")
    BY = (ENGINE,)
    RULES = ("ZA2", "Z-4.5.2d")

    message: MessageName


def queue_message(command: QueueMessage, act: Act, desk: Desk) -> None:
    message = desk.get(Message, command.message)
    supplier = desk.get(Supplier, _addressee(message, desk))
    message.queue(act, supplier.id, supplier.must_have_mailbox(act.on))


def _addressee(message: Message, desk: Desk) -> str:
    """The supplier whom an issued note, a notice or the statement of an approved month concerns."""
    kind, name = message.subject
    if kind == Chargeback.TOPIC:
        note = desk.find(Chargeback, name)
        note.must_be_issued()
        return note.supplier
    if kind == Clearance.TOPIC:
        return desk.find(Clearance, name).supplier
    supplier, _, month = name.rpartition("/")
    if kind == STATEMENT and desk.get(Settlement, supplier).is_approved(month):
        return supplier
    raise Refused("not-found", kind=Message.TOPIC, name=message.id)


class RecordHandover(Command):
    TITLE = Text("记录消息已交给服务器", "record that a server took the message")
    BY = (ENGINE,)
    RULES = ("ZA2",)

    message: MessageName
    attempt: int
    reply: int
    sha256: str
    report: bool


def record_handover(command: RecordHandover, act: Act, desk: Desk) -> None:
    desk.find(Message, command.message).hand_over(
        act,
        command.attempt,
        reply=command.reply,
        sha256=command.sha256,
        report=command.report,
    )


class RecordFailure(Command):
    TITLE = Text("记录消息未能交出", "record that no server took the message")
    BY = (ENGINE,)
    RULES = ("ZA2",)

    message: MessageName
    attempt: int
    status: Status
    again_at: datetime | None


def record_failure(command: RecordFailure, act: Act, desk: Desk) -> None:
    message = desk.find(Message, command.message)
    message.fail(act, command.attempt, status=command.status, again_at=command.again_at)


class RecordArrival(Command):
    TITLE = Text("记录消息到达", "record the arrival of the message")
    BY = (ENGINE,)
    RULES = ("ZA2",)

    message: MessageName
    sending: int
    proof: ArrivalProof
    status: Status
    sha256: str | None = None


def record_arrival(command: RecordArrival, act: Act, desk: Desk) -> None:
    desk.find(Message, command.message).arrive(
        act,
        command.sending,
        proof=command.proof,
        status=command.status,
        sha256=command.sha256,
    )


class RecordBounce(Command):
    TITLE = Text("记录消息被退回", "record that the message bounced")
    BY = (ENGINE,)
    RULES = ("ZA2",)

    message: MessageName
    sending: int
    status: Status
    sha256: str | None = None


def record_bounce(command: RecordBounce, act: Act, desk: Desk) -> None:
    message = desk.find(Message, command.message)
    message.bounce(act, command.sending, status=command.status, sha256=command.sha256)


class TakeArrivalAsReceipt(Command):
    TITLE = Text("以到达为收到", "take the arrival as the receipt")
    BY = (ENGINE,)
    RULES = ("ZA2", "Z-4.6.1a", "Z-4.3.2a")

    message: MessageName


def take_arrival_as_receipt(command: TakeArrivalAsReceipt, act: Act, desk: Desk) -> None:
    """What entered the mailbox that the agreement names that day was received (Civil Code 137).

    A receipt recorded before stands; a void note and a statement have no clock to start.
    """
    message = desk.find(Message, command.message)
    kind, name = message.subject
    if kind == STATEMENT:
        return
    thing = desk.get(Chargeback if kind == Chargeback.TOPIC else Clearance, name)
    if thing.received_on or (isinstance(thing, Chargeback) and not thing.live):
        return
    supplier = desk.get(Supplier, message.supplier)
    if supplier.mailbox_on(act.on) != message.box:
        raise Refused(
            "mailbox-not-agreed",
            "ZA2",
            supplier=supplier.id,
            mailbox=message.box.id,
            day=act.on,
        )
    if isinstance(thing, Chargeback):
        receipt = RecordReceipt(chargeback=name, received_on=act.on, proof=message.box.channel)
        record_receipt(receipt, act, desk)
    else:
        seen = RecordNoticeReceipt(notice=name, received_on=act.on, proof=message.box.channel)
        record_notice_receipt(seen, act, desk)


class ReviewMessage(Command):
    TITLE = Text("复核消息的送达", "review the message")
    BY = (ENGINE,)
    RULES = ("ZA2", "ZA38")

    message: MessageName


def review_message(command: ReviewMessage, act: Act, desk: Desk) -> None:
    message = desk.get(Message, command.message)
    referral = desk.get(Referral, message.id)
    if message.stuck:
        referral.raise_(act, about=message.id, code=UNDELIVERED, asked=command.act_name())
    else:
        referral.close(act)
