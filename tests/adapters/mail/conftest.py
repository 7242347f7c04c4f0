"""A site whose supplier named a mailbox, and a mail server to send to."""

import subprocess

import pytest

from recourse.adapters.mail.outbox import Outbox
from recourse.adapters.mail.settings import MailSettings
from support.mailing import BOX, agreed
from support.smtp import MailServer
from support.story import NOTE, SECOND, do

TO = "quality@example.com"


@pytest.fixture(scope="session")
def running(tmp_path_factory):
    server = MailServer(tmp_path_factory.mktemp("mx"))
    yield server
    server.stop()


@pytest.fixture
def server(running):
    """A server that runs and knows of no mail yet."""
    running.forget()
    running.start()
    return running


@pytest.fixture
def issued():
    """N1 is issued on the second, and its message is to be sent."""
    site = agreed()
    do(site, SECOND, "cashier", "issue_chargeback", **NOTE)
    return site


@pytest.fixture
def settings(server, tmp_path):
    """The settings, as a person writes them, with some changed."""

    def read(mailboxes=None, password=None, **changed):
        written = {
            "host": "127.0.0.1",
            "port": server.port,
            "security": "none",
            "sender": "claims@example.org",
            "bounces": "bounces@example.org",
            "maildir": str(tmp_path / "Maildir"),
            "timeout": 10,
        }
        environ = {"RECOURSE_MAIL_PASSWORD": password} if password else {}
        return MailSettings.read(written | changed, mailboxes or {BOX: TO}, environ)

    return read


@pytest.fixture
def outbox(issued, settings):
    return Outbox(issued.engine, settings())


@pytest.fixture
def certificate(server):
    """One for 127.0.0.1, by which the server wants privacy and a password from now on."""
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    files = [
        "-keyout",
        str(server.folder / "key.pem"),
        "-out",
        str(server.folder / "certificate.pem"),
    ]
    name = ["-subj", "/CN=mx.example.com", "-addext", "subjectAltName=IP:127.0.0.1"]
    try:
        subprocess.run([*asked, *files, *name], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    server.stop()
    server.start()
    yield server.folder / "certificate.pem"
    server.stop()
