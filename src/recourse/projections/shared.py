"""Which read models can several processes share, each taking in the events of its keys only?

Those in which every row depends on the events of one key alone, all of which leave the house: the
number of the claim on `recourse.claims`, the supplier on `recourse.suppliers`. Not shared, and kept
by the one process that follows the log itself:

- `claims`: which gates were waived stays in the house; who bears what, and the parts, are shared;
- `clearance_notices`: a row counts the parts that were cleared, whose events have the claim's key;
- `supplier_accounts`, `breakdowns`, `part_sources`, `referrals`, `field_claims`, `legal_cases`,
  `zero_km_jobs`: their events stay in the house;
- `ledger`: an entry names its position in the log, and an account is touched through any key.
"""

from recourse.aggregates.claim import Claim
from recourse.aggregates.returned_part import ReturnedPart
from recourse.projections.base import Projection
from recourse.projections.chargebacks import NOTE_BOARD
from recourse.projections.claims import BEARERS, BEARING, CLAIM_BOARD, PARTS
from recourse.projections.settlements import SETTLEMENT_BOARD

BEARER_BOARD = Projection(
    name="claim_bearers",
    money=True,
    tables=(BEARERS, BEARING),
    takes={Claim.Divided: CLAIM_BOARD.takes[Claim.Divided]},
)
"""One row for each fen that somebody bears: of the board of claims."""

PART_BOARD = Projection(
    name="returned_parts",
    money=True,
    tables=(PARTS,),
    takes={
        event: take
        for event, take in CLAIM_BOARD.takes.items()
        if event.TOPIC.startswith(f"{ReturnedPart.TOPIC}.")
    },
)
"""One row a part: of the board of claims."""

SHARED: tuple[Projection, ...] = (NOTE_BOARD, BEARER_BOARD, PART_BOARD, SETTLEMENT_BOARD)
