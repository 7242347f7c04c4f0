"""Which settings of mail can be, and which are refused with how they are written?"""

from datetime import timedelta

import pytest

from recourse.adapters.mail.settings import Address, BadMailSettings, MailSettings, Server

MAIL = {"host": "smtp.example.org", "sender": "claims@example.org"}


def read(mailboxes=None, environ=None, **changed):
    return MailSettings.read(MAIL | changed, mailboxes or {}, environ or {})


def test_little_has_to_be_said():
    settings = read()

    assert settings.server == Server("smtp.example.org", 587, "starttls")
    assert (settings.bounces, settings.arrival, settings.user) == (
        "claims@example.org",
        "dsn",
        None,
    )
    assert settings.pauses[0] == timedelta(minutes=5)


def test_the_password_comes_from_the_environment_and_is_not_shown():
    settings = read(environ={"RECOURSE_MAIL_PASSWORD": "open sesame"}, user="recourse")

    assert settings.password == "open sesame"
    assert "sesame" not in repr(settings)


def test_a_mailbox_has_an_address_and_may_have_a_server_of_its_own():
    own = {"address": "b@example.com", "server": "mx.example.com:2525", "security": "none"}

    settings = read({"S1/a": "a@example.com", "S2/b": own})

    assert settings.mailboxes == {
        "S1/a": Address("a@example.com"),
        "S2/b": Address("b@example.com", Server("mx.example.com", 2525, "none")),
    }
    assert "example.com" not in repr(settings)


@pytest.mark.parametrize(
    ("arrival", "server", "counts"),
    [
        ("dsn", None, False),
        ("dsn", "own", True),
        ("handover", None, True),
        ("handover", "own", True),
    ],
)
def test_whose_reply_counts_as_the_arrival(arrival, server, counts):
    to = Address("a@example.com", server and Server("mx.example.com", 25, "none"))

    assert read(arrival=arrival).counts_as_arrival(to) is counts


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"host": None}, "host"),
        ({"host": ""}, "host"),
        ({"sender": "claims"}, "sender"),
        ({"sender": "a b@example.org"}, "sender"),
        ({"sender": "质量@example.org"}, "sender"),
        ({"bounces": 3}, "bounces"),
        ({"port": 0}, "port"),
        ({"port": "587"}, "port"),
        ({"security": "ssl"}, "security"),
        ({"arrival": "yes"}, "arrival"),
        ({"pauses": [0]}, "pauses"),
        ({"pauses": 5}, "pauses"),
        ({"timeout": 0}, "timeout"),
        ({"timeout": True}, "timeout"),
        ({"password": "x"}, "password"),
        ({"user": 3}, "user"),
        ({"maildir": 3}, "maildir"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_by_its_name(changed, named):
    with pytest.raises(BadMailSettings, match=named):
        read(**changed)


@pytest.mark.parametrize(
    "written",
    [3, "nobody", {"address": "a@example.com"}, {"server": "mx"}, {"address": "a@b", "port": 1}],
)
def test_a_mailbox_that_cannot_be_is_refused_by_its_name(written):
    with pytest.raises(BadMailSettings, match="S1/a"):
        read({"S1/a": written})
