"""Which stories make up the demo month, and when does each of them begin?"""

from collections.abc import Callable
from datetime import date

from recourse.adapters.demo import stories_amiss as amiss
from recourse.adapters.demo import stories_answers as answers
from recourse.adapters.demo import stories_claims as claims
from recourse.adapters.demo import stories_clearance as clearances
from recourse.adapters.demo import stories_corrections as corrections
from recourse.adapters.demo import stories_disputes as disputes
from recourse.adapters.demo import stories_doubts as doubts
from recourse.adapters.demo import stories_evidence as evidence
from recourse.adapters.demo import stories_months as months
from recourse.adapters.demo import stories_notes as notes
from recourse.adapters.demo import stories_paths as paths
from recourse.adapters.demo import stories_penalties as penalties
from recourse.adapters.demo import stories_slips as slips
from recourse.adapters.demo import stories_waiting as waiting
from recourse.adapters.demo.story import Story

Tell = Callable[[Story], None]

STORIES: tuple[tuple[Tell, int], ...] = (
    (claims.amended, 1),
    (claims.not_accepted_at_all, 1),
    (claims.shared_by_three, 2),
    (claims.shared_with_service, 2),
    (claims.nothing_replaced, 1),
    (claims.miscounted, 2),
    (claims.findings, 1),
    (claims.finding_waived, 3),
    (claims.parts_waived, 3),
    (claims.confirmed_online, 4),
    (claims.not_returned, 1),
    (claims.by_two_makers, 3),
    (penalties.severities, 2),
    (penalties.split, 3),
    (penalties.withdrawn_after_void, 1),
    (notes.returned_draft, 1),
    (notes.four_eyes, 2),
    (notes.void_before_collection, 1),
    (notes.void_after_collection, 1),
    (notes.referred_by_amendment, 4),
    (notes.referred_as_invalid, 3),
    (notes.referral_left_open, 8),
    (notes.paid_in_parts, 2),
    (notes.wholly_held, 2),
    (answers.upheld, 1),
    (answers.moved_to_department, 2),
    (answers.moved_to_service, 3),
    (answers.moved_to_undetermined, 4),
    (answers.moved_to_supplier, 2),
    (answers.penalty_lowered, 3),
    (answers.withdrawn_whole, 2),
    (answers.arbitrated, 1),
    (answers.confirmed_at_arbitration, 3),
    (answers.lapsed, 5),
    (answers.late_appeal, 1),
    (answers.appealed_by_post, 2),
    (answers.receipt_late, 1),
    (answers.receipt_reopened, 3),
    (answers.receipt_still_late, 2),
    (answers.appeal_rejudged, 4),
    (corrections.miscounted_after_approval, 2),
    (corrections.finding_corrected, 3),
    (disputes.stands_and_accepted, 1),
    (disputes.corrected, 2),
    (disputes.withdrawn, 3),
    (disputes.refused_in_consultation, 1),
    (disputes.ruling_stands, 2),
    (disputes.ruling_reduced, 1),
    (disputes.ruling_refused, 3),
    (disputes.ruling_corrected, 2),
    (disputes.never_escalated, 4),
    (disputes.ruled_after_the_note, 1),
    (doubts.duplicate, 2),
    (doubts.repaired_before_built, 3),
    (doubts.repaired_before_sold, 1),
    (doubts.mileage_backwards, 2),
    (doubts.mileage_backwards_in_time, 4),
    (doubts.cost_above_standard, 3),
    (doubts.outside_terms, 5),
    (doubts.several_doubts, 2),
    (doubts.unchecked, 1),
    (corrections.miscounted_before_the_note, 2),
    (paths.handled_in_the_field, 2),
    (paths.ruled_by_the_group, 1),
    (paths.pursued_under_the_law, 3),
    (paths.served_on_site, 2),
    (paths.served_for_nothing, 4),
    (paths.number_taken, 3),
    (amiss.in_the_field, 3),
    (amiss.ruled_for_good, 4),
    (amiss.under_the_law, 2),
    (amiss.on_site, 1),
    (amiss.taken_number_settled, 2),
    (slips.before_its_time, 2),
    (slips.asked_twice, 3),
    (slips.found_twice, 1),
    (slips.out_of_bounds, 4),
    (evidence.borne_out, 2),
    (evidence.doubted_with_a_report, 3),
)
"""Every story and the working day of June on which it begins first; a second time it begins six
working days later, with other suppliers."""

CHOSEN: tuple[tuple[Tell, int, tuple[str, str]], ...] = (
    (clearances.cleared_in_time, 1, ("S01", "S08")),
    (clearances.cleared_in_part, 1, ("S02", "S09")),
    (clearances.disposal_appealed, 2, ("S03", "S11")),
    (clearances.overridden_under_appeal, 1, ("S05", "S12")),
    (clearances.kept_during_dispute, 3, ("S06", "S01")),
    (clearances.entrusted, 2, ("S04", "S10")),
    (clearances.notice_corrected, 1, ("S08", "S02")),
    (clearances.notice_recorded_late, 2, ("S09", "S03")),
    (clearances.notice_never_received, 4, ("S11", "S05")),
    (corrections.paid_less, 10, ("S07", "S11")),
    (slips.on_the_wrong_notice, 3, ("S12", "S06")),
    (months.paid_late, 3, ("S06", "S02")),
    (months.issued_late, 4, ("S01", "S09")),
)
"""Stories that only suppliers of one kind can have: when they begin, and who has them."""

AT_THE_END: tuple[tuple[Tell, date, tuple[str, str]], ...] = (
    (waiting.disputes, date(2026, 12, 14), ("S04", "S10")),
    (waiting.answers, date(2026, 12, 1), ("S07", "S11")),
    (waiting.money, date(2026, 12, 2), ("S01", "S05")),
    (waiting.old_parts, date(2026, 12, 7), ("S03", "S12")),
    (waiting.elsewhere, date(2026, 12, 21), ("S08", "S09")),
)
"""Stories that do not end in the demo: the days on which they begin, and who has them."""
