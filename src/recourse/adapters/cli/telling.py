"""Where does a command tell, beside its answer, what it does: running log, figures, spans?"""

# ruff: noqa: PLC0415 - what is slow to import is imported when needed, so that --help is fast

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recourse.adapters.cli.problems import Problem
from recourse.adapters.cli.settings import Settings

if TYPE_CHECKING:
    from recourse.adapters.operations.metrics import Metrics
    from recourse.adapters.operations.running_log import RunningLog
    from recourse.adapters.operations.telemetry import Telemetry
    from recourse.application import Recourse

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
EVERYTHING = ("debug", "info")


@dataclass(frozen=True)
class Telling:
    """What this process tells, if anything."""

    telemetry: "Telemetry | None" = None
    log: "RunningLog | None" = None

    @classmethod
    def of(
        cls,
        settings: Settings,
        environ: Mapping[str, str],
        metrics: "Metrics | None" = None,
        *,
        troubles: bool = False,
    ) -> "Telling":
        """As the settings say; a command, unlike a worker, tells its `troubles` in its answer."""
        level = settings["operations.log_level"]
        logs = level in EVERYTHING or (troubles and level != "off")
        if not (logs or metrics or environ.get(ENDPOINT)):
            return cls()
        from recourse.adapters.operations.running_log import RunningLog
        from recourse.adapters.operations.telemetry import Telemetry
        from recourse.adapters.operations.traces import NotInstalled, spans_for

        log = RunningLog(level, settings["operations.log_form"]) if logs else None
        try:
            spans = spans_for(environ)
        except NotInstalled as error:
            raise Problem("not-installed", wanted=ENDPOINT, extra="otel") from error
        return cls(Telemetry(log.lines if log else None, metrics, spans), log)

    def watched(self, engine: "Recourse") -> "Recourse":
        """The engine, which tells of what it does, where anything is told at all."""
        if self.telemetry is None:
            return engine
        from recourse.adapters.operations.watching import watched

        return watched(engine, self.telemetry)

    def ended(self, command: str, code: int, error: BaseException | None) -> None:
        """Tell how the command ended."""
        if self.log is None:
            return
        from recourse.adapters.operations.running_log import about_error

        about = {} if error is None else dict(about_error(error))
        problem = str(getattr(error, "code", "")) if error else ""
        self.log.lines.info("command-ended", command=command, exit=code, problem=problem, **about)

    def close(self) -> None:
        """Let what still waits be written and sent, for a moment at most."""
        if self.telemetry is not None:
            self.telemetry.spans.close()
        if self.log is not None:
            self.log.close()


def telling_of(settings: Settings) -> Telling:
    """What a command tells."""
    return Telling.of(settings, os.environ)
