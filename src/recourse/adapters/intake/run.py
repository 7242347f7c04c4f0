"""How does a file become claims, so that no row is lost and the same file twice changes nothing?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypedDict, Unpack

from recourse.adapters.intake.admission import must_be_allowed, must_be_registered
from recourse.adapters.intake.files import Table, read_table
from recourse.adapters.intake.loading import check_header, load_profile
from recourse.adapters.intake.problems import Rejection
from recourse.adapters.intake.profile import Profile
from recourse.adapters.intake.rehearsing import Rehearsal, Repeated
from recourse.adapters.intake.rejects import Rejects
from recourse.adapters.intake.taking import Delivery, Taking
from recourse.aggregates.claim import Claim
from recourse.application import Person, Recourse
from recourse.commands.claims import ReceiveClaim
from recourse.values.parties import Text

BATCH_ROWS = 500
EXAMPLES_MAX = 20

Progress = Callable[[int, int], None]
"""(rows done, rows of the file): called after every batch, once it is recorded."""


class Options(TypedDict, total=False):
    """How to take a file in; every one may be left out."""

    dry_run: bool  # False; True writes nothing anywhere and counts the same
    rejects_path: Path | None  # beside the file, its name with ".rejects.csv" behind
    batch: int  # BATCH_ROWS; the rows of one transaction
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the rows of a file: `rows` is the sum of the four counts after it.

    `rejects_file` is None when nothing was rejected or nothing was to be written. `examples` are
    the first rejections; `warnings` tell of columns that no decision is written about.
    """

    file_sha256: str
    rows: int
    claims: int
    amended: int
    known: int
    rejected: int
    rejects_file: Path | None
    examples: tuple[Rejection, ...]
    warnings: tuple[Text, ...]


def intake(
    engine: Recourse,
    path: Path,
    profile_name: str,
    *,
    by: Person,
    at: datetime,
    **options: Unpack[Options],
) -> Result:
    """Take in the file at `path`, by the profile called or standing at `profile_name`.

    Every row becomes a claim, amends one, is known already, or is rejected. What was recorded
    before a crash is known to the next run. The rejects file is written in the end, in the place
    of an older one; an older one is removed when nothing was rejected. Raises `FileProblem` where
    the file cannot be taken as a whole, and `Refused` for a person who may not receive claims;
    nothing is recorded then.
    """
    profile, master = load_profile(profile_name)
    table = read_table(path, sheet=profile.sheet)
    warnings = check_header(path.name, table.header, profile)
    must_be_allowed(ReceiveClaim, by)
    must_be_registered(engine, master)
    delivery = Delivery(table.sha256, profile, master, by, at)
    if options.get("dry_run"):
        taking = Taking(Rehearsal(engine, _repeated(table, profile)), delivery)
        examples = _take_all(taking, table, options, lambda _: None)
        return _result(table, taking, None, examples, warnings)
    target = options.get("rejects_path") or path.with_name(f"{path.name}.rejects.csv")
    with Rejects(target) as rejects:
        engine.begin_days(at)
        engine.follow_up(at)
        taking = Taking(engine, delivery)
        examples = _take_all(taking, table, options, rejects.add)
        engine.follow_up(at)
        return _result(table, taking, rejects.publish(), examples, warnings)


def _take_all(
    taking: Taking, table: Table, options: Options, reject: Callable[[Rejection], None]
) -> list[Rejection]:
    """Take every row, batch by batch; the first rejections."""
    progress, size = options.get("progress"), options.get("batch", BATCH_ROWS)
    rows, done = table.rows, 0
    examples: list[Rejection] = []
    while batch := list(islice(rows, size)):
        for found in taking.take(batch):
            reject(found)
            examples += [found] if len(examples) < EXAMPLES_MAX else []
        done += len(batch)
        if progress:
            progress(done, table.count)
    return examples


def _result(
    table: Table,
    taking: Taking,
    rejects_file: Path | None,
    examples: list[Rejection],
    warnings: tuple[Text, ...],
) -> Result:
    outcomes = taking.outcomes
    assert outcomes.total() == table.count, f"{table.count} rows became {dict(outcomes)}"
    return Result(
        file_sha256=table.sha256,
        rows=table.count,
        claims=outcomes["claims"],
        amended=outcomes["amended"],
        known=outcomes["known"],
        rejected=outcomes["rejected"],
        rejects_file=rejects_file,
        examples=tuple(examples),
        warnings=warnings,
    )


def _repeated(table: Table, profile: Profile) -> Repeated:
    """The streams of the claims of which the file has several lines."""
    column = profile.columns.claim
    return Repeated(f"{Claim.TOPIC}:{row.cells.get(column, '').strip()}" for row in table.rows)
