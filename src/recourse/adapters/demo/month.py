"""What lies between the stories of the demo month, before and after them?"""

from collections.abc import Sequence
from datetime import date

from recourse.adapters.demo import stories_breakdown as breakdowns
from recourse.adapters.demo import stories_clearance as clearances
from recourse.adapters.demo import stories_corrections as corrections
from recourse.adapters.demo import stories_months as months
from recourse.adapters.demo import stories_rulebook as rulebook
from recourse.adapters.demo.diary import FIRST, LAST
from recourse.adapters.demo.parts import FARTHEST_KM, MONTHS, PARTS, SPARE, STANDARD, SUPPLIERS
from recourse.adapters.demo.programme import AT_THE_END, CHOSEN, STORIES
from recourse.adapters.demo.story import Plant, Story

CLAIMS = 400
OPENING = date(2026, 6, 1)
ADOPTED = date(2026, 6, 22)
FIRST_DRAFTS = date(2026, 6, 11)
SECOND_DRAFTS = date(2026, 6, 25)
JULY_DRAFTS = date(2026, 7, 8)
JULY, WAYS_CHOSEN = date(2026, 7, 1), date(2026, 7, 13)
JULY_CLOSED = date(2026, 8, 5)
SEPTEMBER_CLOSED = date(2026, 10, 9)
DAYS_OF_CLAIMS = 18  # working days from the opening on which ordinary claims come in
NAMES = tuple(SUPPLIERS)


def write_month(seed: int) -> Plant:
    """The whole month as a diary, with what was late and ended in July, autumn and December."""
    plant = Plant(seed)
    _opening(plant)
    for supplier in NAMES[2:4]:
        corrections.wrongly_booked(plant.story(supplier, OPENING))
    for number, (tell, workday) in enumerate(STORIES):
        for again in (0, 1):
            tell(_begun(plant, number + 5 * again, workday + 6 * again))
    for tell, workday, suppliers in CHOSEN:
        for again, supplier in enumerate(suppliers):
            story = plant.story(supplier, OPENING, other=suppliers[1 - again])
            story.wait(workday - 1 + 6 * again)
            tell(story)
    for tell, begins, suppliers in AT_THE_END:
        for again, supplier in enumerate(suppliers):
            tell(plant.story(supplier, begins, other=suppliers[1 - again]))
    _around_holidays(plant)
    _breakdowns(plant)
    _ordinary(plant, CLAIMS - plant.claims)
    _monthly_notes(plant)
    _ways(plant)
    _settlements(plant)
    return plant


def _begun(plant: Plant, number: int, workday: int) -> Story:
    """A story whose suppliers follow from its number, on that working day of June."""
    story = plant.story(NAMES[number % len(NAMES)], OPENING, other=NAMES[(number + 1) % len(NAMES)])
    story.wait(workday - 1)
    return story


def _opening(plant: Plant) -> None:
    """Suppliers, parts, acknowledgements, and what is payable for deliveries."""
    for supplier, (name, disposal) in SUPPLIERS.items():
        story = plant.story(supplier, OPENING)
        given = {"supplier": supplier, "name": name, "disposal": disposal}
        story.do("buyer1", "register_supplier", turn=FIRST, **given)
        for part, title in PARTS[supplier]:
            fields = {"part": part, "name": title, "supplier": supplier}
            story.do("buyer1", "register_part", turn=FIRST, **fields)
        for number, amount in enumerate(("30000.00", "30000.00"), 1):
            story.do(
                "cashier",
                "record_payable",
                turn=FIRST,
                supplier=supplier,
                document=f"RK-2606-{number:02d}",
                amount=amount,
                due_on=date(2026, 6, 30),
            )
        first = {"turn": FIRST, "part": PARTS[supplier][0][0]}
        story.do("boss", "agree_standard", since=date(2026, 1, 1), costs=STANDARD, **first)
        terms = {"months": MONTHS, "mileage_km": FARTHEST_KM}
        story.do("boss", "agree_terms", since=date(2020, 1, 1), **terms, **first)
    rulebook.published_as_it_is(plant.story(NAMES[0], OPENING), turn=FIRST)
    rulebook.longer_time_to_appeal(plant.story(NAMES[0], ADOPTED))
    for supplier in NAMES[:4]:
        plant.story(supplier, OPENING).do(
            "buyer1",
            "acknowledge_rulebook",
            turn=FIRST,
            supplier=supplier,
            clauses=["Z-4.6.1"],
            evidence="年度协议回执",
        )
    for supplier, period in (
        ("S06", {"until": date(2026, 4, 30)}),
        ("S01", {"since": date(2026, 5, 1)}),
    ):
        plant.story(supplier, OPENING).do(
            "buyer1", "register_part", turn=FIRST, supplier=supplier, **SPARE, **period
        )


def _ordinary(plant: Plant, count: int) -> None:
    """Claims that nothing special happens to; the dice say how far each of them comes."""
    for index in range(count):
        story = plant.story(NAMES[index % len(NAMES)], OPENING)
        story.wait(index * DAYS_OF_CLAIMS // count)
        plain = index // len(NAMES) % 3 == 0 or index >= count - len(NAMES)
        _one_ordinary(story, plain=plain)


def _one_ordinary(story: Story, *, plain: bool) -> None:
    dice = story.dice
    stage = dice.choices(("after_sale", "pre_sale", "zero_km"), (75, 15, 10))[0]
    quantity = dice.choices((1, 2), (85, 15))[0]
    costs = story.costs(labour=dice.randrange(90, 420), material=dice.randrange(200, 1900))
    claim = story.claim(stage=stage, quantity=quantity, costs=costs)
    if not plain and dice.random() < 0.05:
        return
    story.wait()
    story.judge(claim, None if plain else _shares(story))
    if not plain and dice.random() < 0.08:
        return
    story.wait(1 if plain else dice.randrange(1, 4))
    finding = "part_defect" if plain or dice.random() < 0.93 else "no_fault_found"
    answer = dice.choices(("agreed", "refused"), (85, 15))[0]
    story.part(claim, listed=quantity, finding=finding, answer=answer)


def _shares(story: Story) -> dict[str, str]:
    mostly: Sequence[dict[str, str]] = (
        {story.bearer: "1"},
        {story.bearer: "0.8", "department:装配车间": "0.2"},
        {story.bearer: "0.7", "service": "0.3"},
        {story.bearer: "0.5", "undetermined": "0.5"},
    )
    return story.dice.choices(mostly, (80, 8, 6, 6))[0]


def _monthly_notes(plant: Plant) -> None:
    """Twice in June every supplier's ready claims are charged on one note, and once in July."""
    for later, drafted_on in enumerate((FIRST_DRAFTS, SECOND_DRAFTS)):
        for number, supplier in enumerate(NAMES):
            story = plant.story(supplier, drafted_on)
            note = story.draft(None, turn=LAST)
            story.wait()
            story.issue(note)
            story.wait()
            story.receipt(note)
            _answer(story, note, number + later)
    for number, supplier in enumerate(NAMES):
        story = plant.story(supplier, JULY_DRAFTS)
        note = story.draft(None, turn=LAST)
        if number % 2:
            story.wait()
            story.issue(note)


def _answer(story: Story, note: str, way: int) -> None:
    """Confirmed and deducted, confirmed and invoiced, lapsed and then confirmed, or nothing."""
    if way % 4 == 3:
        return
    story.wait(7 if way % 4 == 2 else 2)
    story.they("confirm_chargeback", chargeback=note)
    story.wait()
    story.collect(note, "invoice" if way % 4 == 1 else "deduction")


def _ways(plant: Plant) -> None:
    """Finance chooses at once for every note of June that has no way of collection yet."""
    for note, issued_on in list(plant.without_way.items()):
        if issued_on < JULY:
            story = plant.story("", WAYS_CHOSEN)
            way = {"chargeback": note, "way": "invoice", "turn": LAST}
            story.do("cashier", "choose_collection", **way)


def _around_holidays(plant: Plant) -> None:
    """Receipts whose last day depends on the calendar.

    In September a worked Sunday divides the two readings; at the end of December the arrangement
    of the next year is not published yet.
    """
    for begins, suppliers in (
        (date(2026, 9, 8), ("S02", "S04", "S08", "S10")),
        (date(2026, 12, 21), ("S02", "S08")),
    ):
        for supplier in suppliers:
            story = plant.story(supplier, begins)
            story.charge(story.ready())
    for supplier in ("S03", "S09"):
        clearances.left_at_the_end(plant.story(supplier, date(2026, 12, 22)))
        story = plant.story(supplier, date(2026, 12, 16))
        story.charge(story.ready())


def _breakdowns(plant: Plant) -> None:
    """The cost of June and of July is told to everyone who bears some of it."""
    for supplier, begins, sent_on in (
        ("S05", date(2026, 6, 22), date(2026, 7, 2)),
        ("S09", date(2026, 7, 13), date(2026, 8, 4)),
    ):
        breakdowns.breakdown(plant.story(supplier, begins), sent_on)


def _settlements(plant: Plant) -> None:
    """June and July are settled with each supplier; two come in with July only.

    The close of September, the next month in which anything moves, waits for its approval.
    """
    for supplier in NAMES[:10]:
        tell = months.returned_and_closed if supplier in ("S03", "S08") else months.closed
        tell(plant.story(supplier, months.JUNE_CLOSED), "2026-06")
    for supplier in NAMES:
        story = plant.story(supplier, JULY_CLOSED)
        if supplier in ("S02", "S09"):
            months.out_of_order(story)
        months.closed(story, "2026-07")
    for supplier in ("S02", "S08"):
        months.close(plant.story(supplier, SEPTEMBER_CLOSED), "2026-09")
