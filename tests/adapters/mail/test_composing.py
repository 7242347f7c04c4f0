"""What does the supplier read in its mail?"""

import pytest

from recourse.adapters.mail.outbox import Outbox
from support import clearing, months
from support.engine import fresh, nine
from support.mailing import agreed
from support.story import SECOND, do, play


@pytest.fixture
def mail(outbox, server):
    """The note as a mail client shows it."""
    outbox.step(nine(SECOND))
    (received,) = server.received()
    return received


def test_the_subject_is_read_in_chinese_and_english(mail):
    assert mail["Subject"] == (
        "质量损失索赔单 2026-000001，合计 2000.00 元 / Chargeback 2026-000001, 2000.00 yuan"
    )


def test_it_goes_from_whom_to_whom_on_the_day_it_was_queued(mail, server):
    told = [mail[name] for name in ("From", "To", "Date")]

    assert told == [
        "claims@example.org",
        "quality@example.com",
        "Thu, 02 Jul 2026 01:00:00 +0000",
    ]


def test_chinese_comes_first(mail):
    text = mail.get_content()

    assert text.startswith("供方 S1：")
    assert text.index("申诉期限") < text.index("Supplier S1,") < text.index("Until when")


@pytest.mark.parametrize(
    "told",
    [
        "编号 N1",
        "2026-07-02 下发",
        "C1/labour：300.00；工时费，索赔 C1，车辆或总成 U1，配套件 P1，2026-06-20 修理",
        "C1/material：700.00；材料费",
        "C1/penalty：1000.00；质量考核",
        "收到本单之次日起 5 个自然日（条款 Z-4.6.1a）",
        "C1/labour: 300.00; labour, claim C1, unit U1, part P1, repaired on 2026-06-20",
        "5 natural days after the day of receipt (clause Z-4.6.1a)",
        "民法典第一百三十七条",
        "How to answer:",
    ],
)
def test_it_says_what_is_charged_why_until_when_and_how_to_answer(mail, told):
    assert told in mail.get_content()


def test_the_period_is_that_of_the_book_in_use(settings, server):
    site = agreed(play(fresh({"appeal.days": 10}), "approve_chargeback"))
    do(site, SECOND, "cashier", "issue_chargeback", chargeback="N1")

    Outbox(site.engine, settings()).step(nine(SECOND))

    assert "收到本单之次日起 10 个自然日" in server.received()[0].get_content()


def test_a_clearance_notice_names_its_parts(settings, server):
    site = agreed(clearing.stored())
    do(site, SECOND, "buyer", "notify_clearance", **clearing.NOTICE)

    Outbox(site.engine, settings()).step(nine(SECOND))

    (mail,) = server.received()
    assert mail["Subject"] == "旧件清理通知 L1，2 件 / Clearance notice L1, 2 parts"
    text = mail.get_content()
    for told in (
        "T1（索赔 C1）",
        "T2 (claim C1)",
        "5 个自然日（条款 Z-4.3.2a）",
        "2026-07-02 发出",
    ):
        assert told in text


def test_a_statement_tells_the_month_in_its_figures(settings, server):
    site = agreed(months.july_closed(), months.CHECKED)
    do(site, months.CHECKED, "buyer", "send_message", message="statement:S1/2026-07")

    Outbox(site.engine, settings()).step(nine(months.CHECKED))

    (mail,) = server.received()
    assert (
        mail["Subject"]
        == "2026-07 月度结算单，期末 500.00 元 / Statement of 2026-07, closing 500.00 yuan"
    )
    text = mail.get_content()
    assert "期初 0.00 + 索赔 2000.00 + 贷记 0.00 - 收款 1500.00 = 期末 500.00" in text
    assert "N1：收款 -1500.00" in text
