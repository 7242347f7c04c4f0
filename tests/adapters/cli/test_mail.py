"""Are messages to suppliers seen, sent and their reports taken in from the command line?"""

import email
import email.policy
import mailbox
from datetime import date

import pytest

from support.engine import nine
from support.mail_reports import report
from support.smtp import MailServer

ON_TUESDAY = ("--recorded-at", "2026-03-10T10:00")
ON_FRIDAY = ("--recorded-at", "2026-03-13T10:00")
WEDNESDAY = date(2026, 3, 11)
MAIL = """
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "claims@example.org"
{more}

[mailboxes]
"S1/quality" = "quality@example.com"
"""


@pytest.fixture
def server(here):
    folder = here / "mx"
    folder.mkdir()
    running = MailServer(folder)
    running.start()
    yield running
    running.stop()


@pytest.fixture
def set_up(month):
    """Adds the section of mail to the file of settings."""

    def write(server, more=""):
        file = month / "recourse.toml"
        text = file.read_text("utf-8") + MAIL.format(port=server.port, more=more)
        file.write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def waiting(month, run):
    """N2 is issued on Tuesday to S1, which named a mailbox."""
    for person, *asked in (
        ("buyer", "agree_mailbox", "supplier=S1", "mailbox=S1/quality"),
        ("cashier", "issue_chargeback", "chargeback=N2"),
    ):
        done = run(f"--as={person}", *ON_TUESDAY, "do", *asked)
        assert done.code == 0, done.err


@pytest.fixture
def sent(waiting, server, set_up, ask):
    """Its message is sent on Tuesday; the Message-ID that the server has."""
    set_up(server)
    assert ask(*ON_TUESDAY, "mail", "send") == {"tried": 1, "reports": []}
    return server.received()[0]["Message-ID"]


def test_nothing_is_listed_where_no_mailbox_was_agreed(month, ask):
    assert ask("mail", "list") == []


def test_what_waits_is_listed(waiting, ask):
    (row,) = ask("mail", "list")

    told = {"id": "chargeback:N2", "supplier": "S1", "mailbox": "S1/quality", "state": "queued"}
    assert {key: row[key] for key in told} == told
    assert (row["received_on"], row["last_day"]) == (None, None)


def test_what_a_server_took_is_shown_and_that_no_clock_runs(sent, run):
    page = run("--lang", "zh", "mail", "show", "chargeback:N2")

    assert [it for it in ("已交给服务器", "250") if it not in page.out] == []
    assert "期限没有起算" in page.err


def test_an_unknown_message_is_not_found(month, run):
    assert run("mail", "show", "chargeback:N9").code == 3


def test_a_report_from_a_file_starts_the_clock_once(sent, month, ask, run):
    month.joinpath("report.eml").write_bytes(report(sent, nine(WEDNESDAY)))

    first = ask(*ON_FRIDAY, "mail", "bounces", "report.eml")
    again = run(*ON_FRIDAY, "mail", "bounces", "report.eml")

    told = {"file": "report.eml", "outcome": "arrived", "message": "chargeback:N2"}
    assert first == [told | {"status": "2.0.0"}]
    assert again.code == 0
    (row,) = ask("mail", "list")
    assert (row["arrived_on"], row["received_on"]) == ("2026-03-11", "2026-03-11")
    assert row["last_day"] == "2026-03-16"


def test_a_report_that_is_nobodys_is_told_and_ends_with_6(sent, month, run):
    month.joinpath("a.eml").write_bytes(report(sent, nine(WEDNESDAY), recipient="x@example.com"))
    month.joinpath("b.eml").write_bytes(b"Subject: hello\r\n\r\nhello\r\n")

    ended = run("--lang", "zh", *ON_FRIDAY, "mail", "bounces", "a.eml", "b.eml")

    assert ended.code == 6
    assert [it for it in ("收件地址不符", "不是送达报告", "a.eml") if it not in ended.out] == []


def test_a_file_that_is_not_there_is_told(sent, run):
    assert run("mail", "bounces", "nowhere.eml").code == 3


def test_reports_of_the_maildir_are_taken_in_when_mail_is_sent(waiting, server, set_up, ask, month):

    set_up(server, 'maildir = "Maildir"')
    ask(*ON_TUESDAY, "mail", "send")
    written = server.received()[0]["Message-ID"]
    mailbox.Maildir(month / "Maildir", factory=None).add(report(written, nine(WEDNESDAY)))

    done = ask(*ON_FRIDAY, "mail", "send")

    assert done["tried"] == 0
    assert [each["outcome"] for each in done["reports"]] == ["arrived"]


def test_addresses_may_stand_in_a_file_of_their_own(waiting, server, set_up, ask, month):
    set_up(server, 'addresses = "mailboxes.toml"')
    file = month / "recourse.toml"
    kept = file.read_text("utf-8").replace('"S1/quality" = "quality@example.com"', "")
    file.write_text(kept, encoding="utf-8")
    month.joinpath("mailboxes.toml").write_text('"S1/quality" = "own@example.com"\n', "utf-8")

    ask(*ON_TUESDAY, "mail", "send")

    assert server.received()[0]["To"] == "own@example.com"


def test_without_settings_nothing_is_sent(waiting, run):
    ended = run("mail", "send")

    assert (ended.code, "[mail]" in ended.err) == (2, True)


def test_a_setting_that_cannot_be_is_told_by_its_name(waiting, server, set_up, run):
    set_up(server, 'arrival = "perhaps"')

    ended = run("mail", "send")

    assert (ended.code, "mail.arrival = 'perhaps': dsn | handover" in ended.err) == (2, True)


def test_the_mail_of_a_command_is_read_by_a_client(sent, server):
    (file,) = server.files
    read = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)

    assert read["Subject"].startswith("质量损失索赔单 2026-000002，合计 100.00 元")


def test_the_worker_sends_mail_where_mail_is_set_up(waiting, server, set_up, run, ask):
    set_up(server)

    done = run("--lang", "en", "worker", "--once")

    assert (done.code, "mail" in done.err) == (0, True)
    assert [row["state"] for row in ask("mail", "list")] == ["handed_over"]


def test_the_worker_of_a_site_without_mail_knows_no_such_task(waiting, run):
    assert run("worker", "--once", "--only", "mail").code == 2
