"""What was claimed from us for one repair, confirmed, divided and penalised?"""

from recourse.aggregates.claim.claim import Claim
from recourse.aggregates.claim.disputed import Aspect, Ruling
from recourse.rulebook.kinds import Severity, Stage

__all__ = ["Aspect", "Claim", "Ruling", "Severity", "Stage"]
