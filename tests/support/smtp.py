"""A mail server for the tests, and what a mail client shows of what it received."""

import email
import email.policy
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parents[1]


class MailServer:
    """The process; `mode` says how it behaves from now on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = 0
        self._process: subprocess.Popen[str] | None = None
        self.behave("accept")

    def behave(self, mode: str) -> None:
        (self.folder / "mode").write_text(mode, "utf-8")

    def forget(self) -> None:
        """Let it behave as at first, with no mail and no certificate."""
        for file in self.folder.iterdir():
            file.unlink()
        self.behave("accept")

    def start(self) -> None:
        """Start it unless it runs, at the port where it was before."""
        if self._process:
            return
        asked = [sys.executable, "-W", "ignore", "-m", "support.smtp_process", str(self.folder)]
        self._process = subprocess.Popen(
            [*asked, str(self.port)], cwd=TESTS, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())  # ends with the process if not before

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self.ended()

    def ended(self) -> None:
        """Wait for its end."""
        assert self._process and self._process.stdout
        self._process.wait(timeout=10)
        self._process.stdout.close()
        self._process = None

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)

    def received(self) -> list[email.message.EmailMessage]:
        """Every mail as a client reads it, in the order of arrival."""
        return [
            email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
            for file in self.files
        ]

    def asked(self) -> list[dict[str, str]]:
        """What was asked for on each envelope."""
        return [
            dict(line.split("=", 1) for line in file.with_suffix(".asked").read_text().split())
            for file in self.files
        ]
