"""How do steps become spans of OpenTelemetry, where somebody collects them?"""

# ruff: noqa: PLC0415 - an extra: whoever collects no traces does not have it

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from logging import NullHandler, getLogger
from typing import Any

from recourse import __version__

ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"
LAST_MILLISECONDS = 2000  # for what is still to be sent when the process ends


class NotInstalled(Exception):
    """The extra "otel" is asked for and missing."""


class Spans:
    """Spans of one process; without a provider there are none."""

    def __init__(self, provider: Any = None) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("recourse", __version__) if provider else None

    @contextmanager
    def span(self, name: str, noted: Mapping[str, int], holds_others: bool) -> Iterator[None]:  # noqa: FBT001
        """A span around the block, with what is `noted` in it; none where nothing was done.

        An error is told by its kind alone: what it quotes may be about persons.
        """
        if self._tracer is None:
            yield
            return
        from opentelemetry import trace

        span = self._tracer.start_span(name)
        try:
            with _current(span) if holds_others else nullcontext():
                yield
        except Exception as error:
            span.set_status(trace.StatusCode.ERROR)
            span.set_attribute("error.type", type(error).__name__)
            span.end()
            raise
        if noted.get("count") != 0:
            span.set_attributes({f"recourse.{key}": value for key, value in noted.items()})
            span.end()

    def close(self) -> None:
        """Send what is still to be sent, for a moment at most."""
        if self._provider is not None:
            self._provider.force_flush(LAST_MILLISECONDS)


@contextmanager
def _current(span: Any) -> Iterator[None]:
    """With `span` as the one that those begun inside are parts of."""
    from opentelemetry import context, trace

    token = context.attach(trace.set_span_in_context(span))
    try:
        yield
    finally:
        context.detach(token)


def spans_for(environ: Mapping[str, str]) -> Spans:
    """Spans sent to the endpoint that the environment names; raises `NotInstalled`."""
    if not environ.get(ENDPOINT):
        return Spans()
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise NotInstalled from error
    getLogger("opentelemetry").addHandler(NullHandler())  # else it tells a person of its troubles
    provider = TracerProvider(
        resource=Resource.create({"service.name": "recourse"}), shutdown_on_exit=False
    )
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(timeout=2)))
    return Spans(provider)
