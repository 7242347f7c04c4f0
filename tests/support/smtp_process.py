"""A mail server in a process of its own, as far as a supplier's one matters to the tests.

    python -m support.smtp_process FOLDER [PORT]

It keeps each mail in FOLDER and does what FOLDER/mode says at that moment. It tells its port, and
then nothing more. `support.smtp` starts and stops it.
"""

# ruff: noqa: N802 - the library calls these methods by the names of the protocol's commands

import asyncio
import os
import re
import ssl
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

OK = "250 2.0.0 accepted"
PARAMETERS = re.compile(r" (ENVID|RET|NOTIFY|ORCPT)=(\S+)", re.IGNORECASE)
RCPT = {"unknown": "550 5.1.1 no such mailbox", "busy": "451 4.3.0 come again"}
DATA = {"full": "452 4.2.2 mailbox full", "spam": "554 5.7.1 not wanted", "accept": OK}


class Server(SMTP):
    """One that promises reports (RFC 3461), which the library does not know by itself."""

    async def smtp_MAIL(self, arg):
        self.asked = dict(PARAMETERS.findall(arg))
        await super().smtp_MAIL(PARAMETERS.sub("", arg))

    async def smtp_RCPT(self, arg):
        self.asked |= dict(PARAMETERS.findall(arg))
        await super().smtp_RCPT(PARAMETERS.sub("", arg))


class Behaviour:
    def __init__(self, folder):
        self.folder = folder
        self.kept = 0

    @property
    def mode(self):
        return (self.folder / "mode").read_text("utf-8").strip()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        known = [] if self.mode == "plain" else ["250-DSN"]
        return [*responses[:-1], *known, responses[-1]]

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.mode == "stranger":
            return "550 5.7.1 sender not known"
        envelope.mail_from = address
        return OK

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.mode in RCPT:
            return RCPT[self.mode]
        envelope.rcpt_tos.append(address)
        return OK

    async def handle_DATA(self, server, session, envelope):
        mode = self.mode
        if mode not in {"full", "spam"}:
            self.kept += 1
            name = f"{os.getpid()}-{self.kept:04d}"
            asked = "".join(f"{key}={value}\n" for key, value in sorted(server.asked.items()))
            (self.folder / f"{name}.asked").write_text(asked, "utf-8")
            (self.folder / f"{name}.eml").write_bytes(envelope.original_content)
        if mode == "dies":
            os._exit(1)
        return DATA.get(mode, OK)


def parameters(folder):
    """With a certificate in the folder it wants privacy, then a name and a password."""
    certificate = folder / "certificate.pem"
    if not certificate.exists():
        return {}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, folder / "key.pem")
    wanted = (b"recourse", b"open sesame")

    def allowed(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == wanted)

    return {
        "tls_context": context,
        "require_starttls": True,
        "auth_required": True,
        "authenticator": allowed,
    }


async def serve(folder, port):
    loop, behaviour, more = asyncio.get_running_loop(), Behaviour(folder), parameters(folder)

    def make():
        return Server(behaviour, hostname="mx.example.com", **more)

    listening = await loop.create_server(make, "127.0.0.1", port)
    print(listening.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - this is how it is found
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0))
