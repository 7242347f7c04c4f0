"""What goes on by itself, whoever is at work: days, reactions, read models and what leaves?"""

from recourse.adapters.worker.stopping import until_told_to_stop, wake_ups
from recourse.adapters.worker.supervisor import Outside, Supervisor
from recourse.adapters.worker.tasks import TASKS, Following, Task

__all__ = [
    "TASKS",
    "Following",
    "Outside",
    "Supervisor",
    "Task",
    "until_told_to_stop",
    "wake_ups",
]
