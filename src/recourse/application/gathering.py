"""How do many who ask at the same moment share one commit?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

from recourse.application.asking import Answer, Ask


@dataclass(eq=False)
class _Turn:
    """What one of them asks, and what came of it."""

    asks: Sequence[Ask]
    answers: list[Answer] = field(default_factory=list)
    error: Exception | None = None
    done: bool = False


class Gathering:
    """`perform` of an engine for several threads: who comes first asks for all who wait meanwhile.

    Each is answered as if it had asked alone, in the order in which they came; a batch that breaks
    is asked again one by one, so that nobody fails for another's sake.
    """

    def __init__(self, perform: Callable[[Sequence[Ask]], list[Answer]]) -> None:
        self._perform = perform
        self._waiting: list[_Turn] = []
        self._list = Lock()
        self._one = Lock()

    @property
    def waiting(self) -> Sequence[object]:
        """Those who wait for the next batch."""
        return tuple(self._waiting)

    def perform(self, asks: Sequence[Ask]) -> list[Answer]:
        """The answers to `asks`, from any thread."""
        turn = _Turn(asks)
        with self._list:
            self._waiting.append(turn)
        with self._one:
            if not turn.done:
                self._ask_for_all()
        if turn.error:
            raise turn.error
        return turn.answers

    def _ask_for_all(self) -> None:
        with self._list:
            turns, self._waiting = self._waiting, []
        turns.sort(key=lambda turn: turn.asks[0].at)
        try:
            answers = iter(self._perform([ask for turn in turns for ask in turn.asks]))
            for turn in turns:
                turn.answers = [next(answers) for _ in turn.asks]
        except Exception as error:  # noqa: BLE001 - told to whom it concerns
            self._ask_one_by_one(turns, error)
        for turn in turns:
            turn.done = True

    def _ask_one_by_one(self, turns: Sequence[_Turn], error: Exception) -> None:
        if len(turns) == 1:
            turns[0].error = error
            return
        for turn in turns:
            try:
                turn.answers = self._perform(turn.asks)
            except Exception as own:  # noqa: BLE001 - likewise
                turn.error = own
