"""Takes in a file as the command line does, and says after every batch how many rows are done.

Run as `python -m support.intake_driver STORE FILE BATCH`.
"""

import sys
from datetime import date
from pathlib import Path

from recourse.adapters.intake.admission import register_master
from recourse.adapters.intake.loading import load_profile
from recourse.adapters.intake.run import Result, intake
from recourse.adapters.storage.opening import open_engine
from recourse.application import Person, Recourse
from recourse.rulebook.book import built_in
from support.engine import nine
from support.repairs import PROFILE

AT = nine(date(2024, 12, 2))
ENGINEER = Person("li", frozenset({"quality_engineer"}))
BUYER = Person("wang", frozenset({"purchasing"}))


def begin(store: Path) -> Recourse:
    """An engine on that store which knows the part master."""
    engine = open_engine(str(store), built_in(), new_log_id=lambda: "killed")
    _, master = load_profile(PROFILE)
    register_master(engine, master, by=BUYER, at=AT)
    return engine


def take(engine: Recourse, file: Path, batch: int, *, say=None) -> Result:
    """Takes the file in."""
    return intake(engine, file, PROFILE, by=ENGINEER, at=AT, batch=batch, progress=say)


def tell(done: int, _total: int) -> None:
    """Says on the standard output that so many rows are done."""
    sys.stdout.write(f"{done}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    take(begin(Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3]), say=tell)
