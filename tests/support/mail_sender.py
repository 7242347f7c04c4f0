"""A process that sends the messages of a store, until it is killed or nothing is left.

    python -m support.mail_sender STORE PORT

It says that it is ready, and begins at the first line it is told.
"""

import sys

from recourse.adapters.mail.outbox import Outbox
from recourse.adapters.mail.settings import MailSettings
from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.rulebook.book import built_in
from support.engine import nine
from support.mailing import BOX
from support.story import THIRD


def main(store, port):
    mail = {"host": "127.0.0.1", "port": int(port), "security": "none", "sender": "a@example.org"}
    settings = MailSettings.read(mail, {BOX: "quality@example.com"}, {})
    engine = open_engine(store, built_in(), new_log_id=lambda: "unused")
    print("ready", flush=True)  # noqa: T201 - this is how it is waited for
    sys.stdin.readline()
    while Outbox(engine, settings).step(nine(THIRD)):
        pass
    close_engine(engine)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
