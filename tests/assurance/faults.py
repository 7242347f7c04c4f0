"""What stands between a store and its server, and cuts the line where it hurts most?"""

import select
import socket
from contextlib import contextmanager
from threading import Thread

COMMITTED = b"COMMIT\x00"  # the server's word that a commit is done


class CutLine(Thread):
    """A line to a server that can lose the acknowledgement of a commit.

    The server has committed; nobody hears of it, and the connection is gone.
    """

    def __init__(self, port):
        super().__init__(daemon=True)
        self.to = ("127.0.0.1", port)
        self.cut_after = 0  # commits that are acknowledged before one is not; 0: never
        self.cuts = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]

    def run(self):
        while True:
            try:
                caller, _ = self._door.accept()
            except OSError:  # closed
                return
            Thread(target=self._carry, args=(caller,), daemon=True).start()

    def close(self):
        self._door.close()

    def _carry(self, caller):
        with caller, socket.create_connection(self.to) as server:
            while True:
                for side in select.select([caller, server], [], [])[0]:
                    said = side.recv(1 << 16)
                    if not said or (side is server and self._is_to_be_cut(said)):
                        return
                    (server if side is caller else caller).sendall(said)

    def _is_to_be_cut(self, said):
        if not self.cut_after or COMMITTED not in said:
            return False
        self.cut_after -= 1
        if self.cut_after == 0:
            self.cuts += 1
            return True
        return False


@contextmanager
def cut_line(port):
    """A line to the server at `port`, open as long as it is needed."""
    line = CutLine(port)
    line.start()
    try:
        yield line
    finally:
        line.close()
