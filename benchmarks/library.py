"""How fast is the same month on the eventsourcing library, as documented and tuned?

Prints one JSON document; `run.py` starts it in a process of its own. "documented": one save a
command. "tuned": the aggregates of a whole batch in one save, notification sections as large as
a page of ours, the runner that hands events over without reading them back.
"""

import sqlite3
import time
from argparse import Namespace
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import ProcessingEvent
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.system import (
    NewSingleThreadedRunner,
    ProcessApplication,
    Runner,
    SingleThreadedRunner,
    System,
)
from eventsourcing.utils import get_topic
from figures import Contender, Phases, balances_digest, count_time_of, main, peak_mb
from library_acts import EDITION, Desk, answer
from library_boards import TAKES, BoardsRecorder
from library_claim import Claim
from library_note import Note
from library_notes_board import SqliteView
from library_things import Act, Day
from month import month, singles

from recourse.application import Ask
from recourse.values.parties import business_day

PAGE = 1000


class Plant(ProcessApplication[UUID]):
    """Answers what is asked and reacts to its own events."""

    topics = (get_topic(Day.Began), get_topic(Claim.Divided), get_topic(Note.Rechecked))

    def __init__(self, env: Any = None) -> None:
        super().__init__(env)
        self.view: SqliteView
        self.last_day: date | None = None

    def perform(self, asks: Sequence[Ask]) -> None:
        """Do all that is asked, in one save."""
        desk = Desk(self.repository, self.view)
        for ask in asks:
            answer(ask, desk)
        self.save(*desk.saved.values())

    def begin_days(self, today: date) -> None:
        """Let every day begin that has not."""
        day = self.last_day + timedelta(days=1) if self.last_day else today
        while day <= today:
            self.save(Day(str(day), _engine_act(str(day), f"day {day}", ["Z-4.6.1a"])))
            day += timedelta(days=1)
        self.last_day = today

    def policy(
        self, domain_event: DomainEventProtocol[UUID], processing_event: ProcessingEvent[UUID]
    ) -> None:
        """Whenever a day begins, appeals lapse; whenever a cost moves, its notes are reviewed."""
        if isinstance(domain_event, Day.Began):
            yesterday = date.fromisoformat(domain_event.name) - timedelta(days=1)
            for name in self.view.due(str(yesterday)):
                note: Note = self.repository.get(Note.create_id(name))
                act = _engine_act(domain_event.name, f"lapse {name}", ["Z-4.6.1a", "ZA10"])
                note.lapse(act)
                processing_event.collect_events(note)
        elif isinstance(domain_event, Claim.Divided):
            for name in self.view.approved_notes(domain_event.originator_id.hex):
                self.view.overcharged(name)


def _engine_act(on: str, command_id: str, clauses: list[str]) -> Act:
    act = {"on": on, "actor": "engine", "command_id": command_id, "caused_by": None}
    return act | {"edition": EDITION, "clauses": clauses, "currency": "CNY"}


class Boards(ProcessApplication[UUID]):
    """Keeps the read models."""

    topics = tuple(map(get_topic, TAKES))

    def policy(
        self, domain_event: DomainEventProtocol[UUID], processing_event: ProcessingEvent[UUID]
    ) -> None:
        """Hand the event to the recorder, which writes the rows with the position."""
        processing_event.collect_events(happened=domain_event)


class TunedPlant(Plant):
    """The same with larger pages."""

    name = "Plant"
    log_section_size = PAGE
    pull_section_size = PAGE


class TunedBoards(Boards):
    """The same with larger pages."""

    name = "Boards"
    log_section_size = PAGE
    pull_section_size = PAGE


class Library:
    """The system of both applications on two SQLite files in `folder`."""

    def __init__(self, folder: Path, *, tuned: bool) -> None:
        self.tuned = tuned
        self.folder = folder
        env = {
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "PLANT_SQLITE_DBNAME": str(folder / "plant.db"),
            "BOARDS_SQLITE_DBNAME": str(folder / "boards.db"),
            "BOARDS_PROCESS_RECORDER_TOPIC": get_topic(BoardsRecorder),
        }
        plant, boards = (TunedPlant, TunedBoards) if tuned else (Plant, Boards)
        kind = NewSingleThreadedRunner if tuned else SingleThreadedRunner
        self.runner: Runner[UUID] = kind(System(pipes=[[plant, boards], [plant, plant]]), env)
        self.plant = self.runner.get(plant)
        self.boards = self.runner.get(boards)
        self.plant.view = self.view = SqliteView(folder / "boards.db")
        self.phases: Phases = {}
        entry = "process_event" if tuned else "pull_and_process"  # what the runner calls
        count_time_of(self.plant, entry, self.phases, "policies")
        count_time_of(self.boards, entry, self.phases, "read models")

    def perform(self, asks: Sequence[Ask]) -> None:
        """Answer every ask with all that follows."""
        self.plant.begin_days(business_day(asks[0].at))
        if self.tuned:
            self.plant.perform(asks)
        else:
            for ask in asks:
                self.plant.perform([ask])


def play_month(folder: Path, asked: Namespace) -> dict[str, Any]:
    """The month, batch by batch."""
    library = Library(folder, tuned=asked.tuned)
    seconds, cpu_seconds, commands = 0.0, 0.0, 0
    with library.runner:
        for batch in month(asked.number, asked.seed):
            started, cpu = time.perf_counter(), time.process_time()
            library.perform(batch)
            seconds += time.perf_counter() - started
            cpu_seconds += time.process_time() - cpu
            commands += len(batch)
    followed = sum(library.phases.values())
    return {
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "commands": commands,
        "phases": {"write": seconds - followed} | library.phases,
        "peak_mb": peak_mb(),
        **_log_of(folder),
        "balances": balances_digest(library.view.balances()),
    }


def play_singles(folder: Path, asked: Namespace) -> dict[str, float]:
    """Commands a second, one commit each: the command alone, then with all that follows."""
    rates: dict[str, float] = {}
    for name in ("alone", "with what follows"):
        place = folder / name
        place.mkdir()
        library = Library(place, tuned=True)
        before, asks = singles(asked.number, asked.seed)
        library.plant.perform(before)
        if name == "with what follows":
            library.runner.start()
            library.plant.begin_days(business_day(asks[0].at))
        started = time.perf_counter()
        for ask in asks:
            library.plant.perform([ask])
        rates[name] = len(asks) / (time.perf_counter() - started)
        library.runner.stop()
    return rates


def _log_of(folder: Path) -> dict[str, int]:
    log = sqlite3.connect(folder / "plant.db")
    events, written = log.execute(
        "SELECT count(*), sum(length(state)) FROM stored_events"
    ).fetchone()
    log.close()
    return {"events": events, "bytes": written}


if __name__ == "__main__":
    main(Contender(play_month, play_singles))
