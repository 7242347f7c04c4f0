"""What came of an act, in the keys that the command line promises?"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # slow to import, and --help needs neither
    from recourse.application import Answer, Ask


def answered(asked: "Ask", answer: "Answer") -> dict[str, Any]:
    """An act and what came of it, for programs."""
    return {
        "command_id": answer.command_id,
        "act": asked.command.act_name(),
        "about": asked.command.about,
        "events": list(answer.events),
    }
