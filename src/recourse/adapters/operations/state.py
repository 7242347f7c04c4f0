"""How does a store fare at this moment, told within two seconds or not at all?"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock, Thread

from recourse.adapters.operations import followers
from recourse.adapters.operations.finding import Finding, Outcome, found, plainly
from recourse.adapters.operations.followers import Beat
from recourse.adapters.operations.site import Site
from recourse.adapters.storage.addresses import UnknownStore
from recourse.adapters.storage.unusable import UnusableStore

PATIENCE = 1.5  # seconds for one question to the store
BOUND = 2.0  # seconds after which who asks is told that there is no answer
READINESS: Mapping[str, Callable[[Site], Outcome]] = {
    "lag": followers.lag,
    "workers": followers.workers,
}
"""What must be well for a site to be ready."""


@dataclass(frozen=True, slots=True)
class State:
    """What was seen at one moment; `amiss` says why the site is not ready."""

    at: datetime
    reachable: bool
    amiss: Sequence[Finding] = ()
    events: int = 0
    lags: Mapping[str, int] = field(default_factory=dict)
    beats: Sequence[Beat] = ()
    quarantined: Mapping[str, int] = field(default_factory=dict)
    parked: int = 0


def state_of(site: Site) -> State:
    """The state of a site's store; one that cannot be read is no error here but a state."""
    try:
        with site.looking(PATIENCE):
            return _seen(site)
    except (UnusableStore, UnknownStore) as error:
        why = {"why_zh": error.why.zh, "why_en": error.why.en}
        remedy = {"remedy_zh": error.remedy.zh, "remedy_en": error.remedy.en}
        return _unreachable(site.at, found("unusable", place=site.place, **why, **remedy))
    except Exception as error:  # noqa: BLE001 - every driver has its own
        return _unreachable(site.at, found("failed", detail=plainly(error)))


def _seen(site: Site) -> State:
    findings = [Finding(name, look(site)) for name, look in READINESS.items()]
    without: dict[str, int] = {}
    for read_model, _ in followers.quarantined_rows(site.look):
        without[read_model] = without.get(read_model, 0) + 1
    return State(
        at=site.at,
        reachable=True,
        amiss=[each for each in findings if not each.ok],
        events=int(site.look.one(followers.LAST)),
        lags=followers.lags(site.look),
        beats=followers.beats(site.look),
        quarantined=without,
        parked=followers.parked_count(site.look),
    )


def _unreachable(at: datetime, outcome: Outcome) -> State:
    return State(at=at, reachable=False, amiss=[Finding("store", outcome)])


class Observer:
    """Asks for the state, once for all who want it at the same time, and waits no longer."""

    def __init__(self, ask: Callable[[], State], clock: Callable[[], datetime]) -> None:
        self._ask = ask
        self._clock = clock
        self._lock = Lock()
        self._asked: Future[State] | None = None

    def now(self) -> State:
        """The state; where it does not come in time, that the store does not answer."""
        with self._lock:
            if self._asked is None or self._asked.done():
                self._asked = Future()
                # a daemon: a server that never answers does not keep this process from ending
                Thread(target=self._answer, args=(self._asked,), daemon=True).start()
            asked = self._asked
        try:
            return asked.result(timeout=BOUND)
        except TimeoutError:
            return _unreachable(self._clock(), found("failed", detail="TimeoutError"))

    def _answer(self, asked: "Future[State]") -> None:
        try:
            asked.set_result(self._ask())
        except BaseException as error:  # noqa: BLE001 - it is raised where it is waited for
            asked.set_exception(error)
