"""How does the demo publish its rulebook, and then a longer time to appeal from New Year on?"""

from datetime import date

from recourse.adapters.demo.story import Story
from recourse.rulebook.book import BUILT_IN, built_in, read_book

NEW_YEAR = date(2027, 1, 1)
IN_FORCE = dict(built_in().texts)
LONGER = f"""
[[editions]]
since = {NEW_YEAR}
value = 7
clause = "Z-4.6.1a"
source = "示例：质量部 2026 年第 12 号通知"
"""
FROM_NEW_YEAR = IN_FORCE | {
    "rules/appeal_days.toml": IN_FORCE["rules/appeal_days.toml"] + LONGER,
}


def published_as_it_is(story: Story, **when: int) -> None:
    """The text that the plant goes by is proposed by one person and published by another."""
    propose(story, IN_FORCE, date(2026, 6, 1), **when)
    publish(story, IN_FORCE, **when)


def longer_time_to_appeal(story: Story) -> None:
    """Seven days instead of five for notes received since New Year; thought over twice."""
    for _ in range(2):
        propose(story, FROM_NEW_YEAR, NEW_YEAR)
        story.do("boss", "withdraw_rulebook", rulebook=BUILT_IN)
    propose(story, FROM_NEW_YEAR, NEW_YEAR)
    publish(story, FROM_NEW_YEAR)


def propose(story: Story, texts: dict[str, str], since: date, **when: int) -> None:
    """The quality manager proposes a text."""
    edition = {"rulebook": BUILT_IN, "takes_effect_on": since, "texts": texts}
    story.do("boss", "propose_rulebook", **when, **edition)


def publish(story: Story, texts: dict[str, str], **when: int) -> None:
    """The deputy general manager publishes exactly that text."""
    sha256 = read_book(texts).sha256
    story.do("deputy", "publish_rulebook", **when, rulebook=BUILT_IN, sha256=sha256)
