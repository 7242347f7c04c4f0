"""One application on one log: what is asked, who answers, and what a store must promise."""

from recourse.application.asking import Answer, Ask, Person
from recourse.application.engine import Recourse
from recourse.application.store import Beat, Interrupted, Snapshot, Store

__all__ = ["Answer", "Ask", "Beat", "Interrupted", "Person", "Recourse", "Snapshot", "Store"]
