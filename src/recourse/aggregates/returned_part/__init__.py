"""What is known of the old parts under one tag, and where are they?"""

from recourse.aggregates.returned_part.inspected import Answer, Finding
from recourse.aggregates.returned_part.placed import LEFT, Place, ReturnedPart

__all__ = ["LEFT", "Answer", "Finding", "Place", "ReturnedPart"]
