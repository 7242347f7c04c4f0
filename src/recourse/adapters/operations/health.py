"""How does a machine learn whether the site is well: /health/live, /health/ready, /metrics?"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET6
from socketserver import TCPServer
from threading import Thread
from typing import Any, NamedTuple

from recourse.adapters.operations.metrics import TYPE, Metrics
from recourse.adapters.operations.state import State

HOST = "127.0.0.1"
JSON = "application/json; charset=utf-8"
SLOWEST = 5  # seconds that a client may take to ask
HIGHEST_PORT = 65535


class NoAddress(ValueError):
    """What is written is not host:port."""


class Page(NamedTuple):
    """What is answered."""

    status: HTTPStatus
    kind: str
    body: bytes


def address_of(written: str) -> tuple[str, int]:
    """Host and port of "host:port", ":port" or "port"; by default this machine alone.

    Raises `NoAddress`.
    """
    host, _, port = written.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port) <= HIGHEST_PORT):
        raise NoAddress(written)
    return host.strip("[]") or HOST, int(port)


@contextmanager
def serving(
    address: tuple[str, int], state: Callable[[], State], metrics: Metrics
) -> Iterator[int]:
    """Answers in threads of its own until the end of the block; gives the port. Raises OSError."""
    pages: dict[str, Callable[[], Page]] = {
        "/health/live": lambda: _json(HTTPStatus.OK, {"live": True}),
        "/health/ready": lambda: _ready(state()),
        "/metrics": lambda: Page(HTTPStatus.OK, TYPE, metrics.page()),
    }
    server = _server(address, _handler(pages))
    thread = Thread(target=server.serve_forever, args=(0.1,), name="health", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # who asks slowly does not keep this process from ending

    def server_bind(self) -> None:
        """Without asking anybody for the name of this machine, which can take its time."""
        TCPServer.server_bind(self)


class _Server6(_Server):
    address_family = AF_INET6


def _server(address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> _Server:
    return (_Server6 if ":" in address[0] else _Server)(address, handler)


def _ready(state: State) -> Page:
    reasons = [
        {"check": each.name, "zh": each.tell("zh")["detail"], "en": each.tell("en")["detail"]}
        for each in state.amiss
    ]
    status = HTTPStatus.SERVICE_UNAVAILABLE if reasons else HTTPStatus.OK
    return _json(status, {"ready": not reasons, "reasons": reasons})


def _json(status: HTTPStatus, document: Any) -> Page:
    return Page(status, JSON, json.dumps(document, ensure_ascii=False).encode() + b"\n")


def _handler(pages: dict[str, Callable[[], Page]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        server_version = "recourse"
        sys_version = ""
        timeout = SLOWEST

        def do_GET(self) -> None:
            page = pages.get(self.path.partition("?")[0], _not_found)()
            self.send_response(page.status)
            self.send_header("Content-Type", page.kind)
            self.send_header("Content-Length", str(len(page.body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(page.body)

        def log_message(self, *_words: object) -> None:
            """Nothing: whoever watches asks every few seconds."""

    return Handler


def _not_found() -> Page:
    return _json(HTTPStatus.NOT_FOUND, {"paths": ["/health/live", "/health/ready", "/metrics"]})
