"""What follows from the Company's own service on site?"""

from collections.abc import Iterator

from recourse.aggregates.base import Fact
from recourse.aggregates.zero_km_job import ZeroKmJob
from recourse.commands.base import Command, Desk
from recourse.commands.zero_km_jobs import ReceiveCostOfJob


def receive_cost_of_finished_job(fact: Fact, desk: Desk) -> Iterator[Command]:
    """Whenever a zero-km job is finished with cost, that is received as a claim (Z-4.5.3a)."""
    del desk
    assert isinstance(fact.event, ZeroKmJob.Finished)
    if any(fact.event.costs.values()):
        yield ReceiveCostOfJob(job=fact.stream.partition(":")[2])
