"""What waits about claims: confirmations, disputes, field claims, legal cases, visits on site?"""

from collections.abc import Iterator

from recourse.projections.claims import ASPECTS, CLAIMS
from recourse.projections.field_claims import field_claims
from recourse.projections.legal_cases import legal_cases
from recourse.projections.worklists.task import Moment, Task, day_of
from recourse.projections.zero_km_jobs import zero_km_jobs

DISPUTES = {
    "returned": ("service_centre", "verify_again", "Z-4.4.3a"),
    "verified": ("quality_engineer", "consult", "Z-4.4.3b"),
    "unresolved": ("service_centre", "escalate", "ZA14"),
    "referred": ("group_quality", "rule_on_it", "Z-4.4.3d"),
}


def claim_tasks(now: Moment) -> Iterator[Task]:
    """Confirmations, and each dispute at the step where it stands (Z-4.4.2, Z-4.4.3)."""
    for row in now.rows(CLAIMS):
        since = day_of(row["dispute_since"] or row["received_on"])
        if row["dispute"] in DISPUTES:
            role, waits, rule = DISPUTES[row["dispute"]]
            yield Task(role, waits, row["claim"], rule, since)
        elif not row["closed"] and any(row[aspect] != "confirmed" for aspect in ASPECTS):
            yield Task("quality_engineer", "confirm_claim", row["claim"], "Z-4.4.2", since)


FIELD_CLAIMS = {
    "proposed": ("approve_handling", "Z-4.1.3b"),
    "disputed": ("rule_on_it", "Z-4.1.3d"),
}
JOBS = {
    "opened": ("finish_job", "Z-4.5.3a"),
    "requested": ("issue_spares", "Z-3.3.2"),
    "supplied": ("finish_job", "Z-4.5.3a"),
}


def path_tasks(now: Moment) -> Iterator[Task]:
    """Field claims, legal cases and zero-km jobs (Z-4.1.3, Z-4.6.2, Z-4.7)."""
    for row in field_claims(now.connection):
        if row["state"] in FIELD_CLAIMS:
            waits, rule = FIELD_CLAIMS[row["state"]]
            since = day_of(row["since"])
            yield Task(row["waits_for"], waits, row["field_claim"], rule, since)
    for row in legal_cases(now.connection):
        if row["waits_for"]:
            since = day_of(row["since"])
            yield Task(row["waits_for"], "pursue_case", row["legal_case"], "Z-4.6.2", since)
    for row in zero_km_jobs(now.connection):
        if row["state"] in JOBS:
            waits, rule = JOBS[row["state"]]
            yield Task(row["waits_for"], waits, row["job"], rule, day_of(row["since"]))
