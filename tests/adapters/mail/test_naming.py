"""Is a sending known again by its Message-ID, whatever it is called?"""

import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recourse.adapters.mail.naming import Sending, message_id, sending_of

NAMES = st.builds(
    "{}:{}".format,
    st.sampled_from(["chargeback", "clearance"]),
    st.text(min_size=1, max_size=80).filter(lambda name: name.isprintable()),
)


def through_a_mail(written):
    """The Message-ID after a server and a client have had it."""
    mail = EmailMessage(policy=email.policy.SMTP)
    mail["Message-ID"] = written
    mail.set_content("")
    return email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)["Message-ID"]


@given(NAMES, st.integers(1, 999))
def test_a_sending_is_known_again(name, number):
    sending = Sending(name, number)

    written = through_a_mail(message_id(sending, "log-1", "example.org"))

    assert sending_of(written, "log-1") == sending
    assert max(map(len, written.split())) < 998


@pytest.mark.parametrize(
    "written",
    ["", "<>", "<x@example.org>", "<chargeback%3AN1.1.0123456789abcdef0123@example.org>"],
)
def test_what_this_log_never_gave_is_not_known(written):
    assert sending_of(written, "log-1") is None


def test_another_log_gives_other_names():
    written = message_id(Sending("chargeback:N1", 1), "log-2", "example.org")

    assert sending_of(written, "log-1") is None
