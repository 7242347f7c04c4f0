"""By which Message-ID is a sending known again, so that nobody can make up another's?"""

import hmac
import re
from typing import NamedTuple
from urllib.parse import quote, unquote

NAME = re.compile(r"<?([^<>@\s]+)\.(\d{1,6})\.([0-9a-f]{20})@[^<>@\s]+>?")


class Sending(NamedTuple):
    """One sending of a message, the first being 1."""

    message: str
    number: int


def message_id(sending: Sending, log_id: str, domain: str) -> str:
    """The Message-ID of `sending`, the same for each of its attempts."""
    name = quote(sending.message, safe="").replace(".", "%2E")
    return f"<{name}.{sending.number}.{seal(sending, log_id)}@{domain}>"


def seal(sending: Sending, log_id: str) -> str:
    """What nobody can guess who has neither the log nor the mail; also its envelope id."""
    said = f"{sending.message} {sending.number}".encode()
    return hmac.new(log_id.encode(), said, "sha256").hexdigest()[:20]


def sending_of(written: str, log_id: str) -> Sending | None:
    """The sending of that Message-ID; None for one that this log never gave."""
    found = NAME.fullmatch(written.strip())
    if found is None:
        return None
    sending = Sending(unquote(found[1]), int(found[2]))
    return sending if hmac.compare_digest(seal(sending, log_id), found[3]) else None
