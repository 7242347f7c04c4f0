"""How do the tasks of one worker take turns, and what becomes of one that fails?

A failed task waits, longer each time, and the others go on. One that is broken for good is told
once, loudly, and tried again at the longest pause only, for a repair may come from outside; the
worker then ends with a failure, whenever it ends.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from recourse.adapters.storage.tailer import POLL_SECONDS
from recourse.adapters.worker.tasks import Following, Task
from recourse.application import Beat, Store
from recourse.policies import PolicyBroke
from recourse.projections import ProjectionBroke
from recourse.values.refusal import Refused

BEAT_EVERY = timedelta(seconds=10)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=1), timedelta(seconds=60)
TRIES = 5  # of a task that fails, in a worker that is to come to an end
BROKEN = (PolicyBroke, ProjectionBroke, Refused)
"""What no waiting mends."""

WORKING, TROUBLE, BROKEN_STATE, STOPPED = "working", "trouble", "broken", "stopped"


@dataclass(frozen=True, slots=True)
class Outside:
    """What a worker takes from the world around it."""

    clock: Callable[[], datetime]  # in UTC
    wait: Callable[[float], bool]  # so many seconds, or less as a hint; whether to stop
    chance: Callable[[], float]  # from 0 to 1, so that workers do not all come back at once
    tell: Callable[[str, str, Exception], None]  # (task, its state, why): once for each trouble


@dataclass(slots=True)
class _Turn:
    """A task and how it fares."""

    task: Task
    state: str = WORKING
    failures: int = 0
    rests_until: datetime | None = None
    told: str = ""

    def beat(self, who: str, last: int, at: datetime) -> Beat:
        position = self.task.position() if isinstance(self.task, Following) else None
        lag = None if position is None else max(last - position, 0)
        return Beat(who, self.task.name, self.state, position, lag, at)


class Supervisor:
    """Runs the tasks of one worker in turn, a step each, and says that it is alive."""

    def __init__(self, store: Store, tasks: Sequence[Task], who: str, outside: Outside) -> None:
        self._store = store
        self._turns = [_Turn(each) for each in tasks]
        self._who = who
        self._outside = outside
        self._beaten: datetime | None = None

    def run(self, *, once: bool = False, stop_on_trouble: bool = False) -> bool:
        """Take turns until told to stop, or `once` until nothing is left; whether all is well.

        Ends early when every task is broken for good, or with `stop_on_trouble` when one is. The
        step in hand is always finished.
        """
        self._beat()
        while True:
            did = self._round(once=once)
            if self._outside.wait(0) or self._is_over(did, once, stop_on_trouble):
                break
            if not did and self._outside.wait(POLL_SECONDS):
                break
        self._beat(ended=True)
        return not any(each.state == BROKEN_STATE for each in self._turns)

    def _is_over(self, did: int, once: bool, stop_on_trouble: bool) -> bool:  # noqa: FBT001
        states = [each.state for each in self._turns]
        if stop_on_trouble and BROKEN_STATE in states:
            return True
        return set(states) == {BROKEN_STATE} or (once and not did and TROUBLE not in states)

    def _round(self, *, once: bool) -> int:
        """A step of every task that does not rest; how much was done."""
        did = 0
        for turn in self._turns:
            did += self._step(turn, once=once)
            now = self._outside.clock()
            if self._beaten is None or now - self._beaten >= BEAT_EVERY:
                self._beat()
            if self._outside.wait(0):
                break
        return did

    def _step(self, turn: _Turn, *, once: bool) -> int:
        at = self._outside.clock()
        if turn.rests_until is not None and at < turn.rests_until:
            return 0
        try:
            did = turn.task.step(at)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other tasks go on
            self._failed(turn, error, once=once)
            return 0
        self._succeeded(turn, did)
        return did

    def _succeeded(self, turn: _Turn, did: int) -> None:
        turn.rests_until = None
        if turn.state == BROKEN_STATE and did:  # what broke it may come again at the end
            return
        if turn.state != WORKING:
            turn.state, turn.failures, turn.told = WORKING, 0, ""
            self._beat()

    def _failed(self, turn: _Turn, error: Exception, *, once: bool) -> None:
        turn.failures += 1
        for_good = isinstance(error, BROKEN) or (once and turn.failures >= TRIES)
        turn.state = BROKEN_STATE if for_good else TROUBLE
        pause = LONGEST_PAUSE if for_good else _pause(turn.failures)
        at = self._outside.clock()
        turn.rests_until = at + pause * (0.5 + self._outside.chance() / 2)
        told = f"{turn.state} {error!r}"
        if told != turn.told:
            turn.told = told
            self._outside.tell(turn.task.name, turn.state, error)
        self._beat()

    def _beat(self, *, ended: bool = False) -> None:
        """Say how each task fares; where even that fails, silence says it."""
        self._beaten = at = self._outside.clock()
        try:
            last = self._store.recorder.max_notification_id() or 0
            beats = [each.beat(self._who, last, at) for each in self._turns]
            if ended:
                beats = [_stopped(each) for each in beats]
            self._store.beat(beats)
        except Exception:  # noqa: BLE001, S110 - the tasks meet and tell the same trouble
            pass


def _pause(failures: int) -> timedelta:
    doubled = FIRST_PAUSE * (1 << min(failures - 1, 16))
    return min(doubled, LONGEST_PAUSE)


def _stopped(beat: Beat) -> Beat:
    return beat if beat.state == BROKEN_STATE else replace(beat, state=STOPPED)
