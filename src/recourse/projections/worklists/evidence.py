"""Which claims are disputed, so that their old parts are evidence (ZA19)?"""

import json

from recourse.aggregates.chargeback.answer import UNSETTLED
from recourse.aggregates.claim.received import DISPUTE_OPEN
from recourse.projections.claims import CLAIMS
from recourse.projections.field_claims import FIELD_CLAIMS
from recourse.projections.worklists.task import Moment


def in_field_dispute(now: Moment) -> set[str]:
    """The claims behind which a field claim is disputed (Z-4.1.3d)."""
    return {row["claim"] for row in now.rows(FIELD_CLAIMS) if row["state"] == "disputed"}


def held(now: Moment) -> set[str]:
    """The claims disputed upstream, in the field, or with a supplier on an issued note."""
    upstream = {row["claim"] for row in now.rows(CLAIMS) if row["dispute"] in DISPUTE_OPEN}
    with_supplier = {
        claim
        for note in now.notes
        if note.is_issued
        and (note.answer in UNSETTLED or (note.answer == "lapsed" and note.row["late_appeal"]))
        for claim in json.loads(note.row["claims"])
    }
    return upstream | in_field_dispute(now) | with_supplier
