"""Do the editions of the rules cover every day once, from the book's first day on?"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from recourse.rulebook.keys import keys
from recourse.rulebook.mistakes import Mistake, Place
from recourse.rulebook.rule import Edition, Rule
from recourse.values.money import yuan

ONE_DAY = timedelta(days=1)


def must_follow_each_other(editions: Sequence[Edition], places: Sequence[Place]) -> None:
    """Note editions out of order, overlaps, and gaps between one and the next."""
    for (one, other), here in zip(pairwise(editions), places[1:], strict=True):
        place = here.at("since")
        if other.since < one.since:
            place.note("out-of-order", other.since, before=one.since)
        elif other.since == one.since or (one.until and one.until >= other.since):
            place.note("overlap", other.since, since=one.since, until=one.until or one.since)
        elif one.until and one.until + ONE_DAY < other.since:
            place.note("gap", other.since, first=one.until + ONE_DAY, last=other.since - ONE_DAY)


def must_cover(
    rules: Mapping[str, Rule], places: Mapping[str, Place], since: date, found: list[Mistake]
) -> None:
    """Note required keys without a rule, and such as begin late, end, or contradict another."""
    for name, key in keys().items():
        if not key.required:
            continue
        rule = rules.get(name)
        if rule is None:
            here = Place(found, "rules", name)
            here.note("rule-missing", rule=name, zh=key.title.zh, en=key.title.en)
            continue
        editions = places[name].at("editions")
        first, last = rule.editions[0], rule.editions[-1]
        if first.since > since:
            here = editions.at(1).at("since")
            here.note("begins-late", first.since, since=since, last=first.since - ONE_DAY)
        if last.until and last.until < date.max:  # written to mean for good
            here = editions.at(len(rule.editions)).at("until")
            here.note("ends", last.until, first=last.until + ONE_DAY)
    if not found:
        _bounds_must_agree(rules["penalty.minimum"], rules["penalty.maximum"], places)


def _bounds_must_agree(least: Rule, most: Rule, places: Mapping[str, Place]) -> None:
    for day in sorted({edition.since for rule in (least, most) for edition in rule.editions}):
        low, high = least.found(day), most.found(day)
        if low and high and int(str(low.value)) > int(str(high.value)):
            number = least.editions.index(low) + 1
            here = places[least.key.name].at("editions").at(number).at("value")
            here.note(
                "least-above-most",
                least=f"penalty.minimum = {yuan(int(str(low.value)))}",
                most=f"penalty.maximum = {yuan(int(str(high.value)))}",
            )
            return
