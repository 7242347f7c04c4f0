"""What happens around the assessment of zero-km failures?"""

from recourse.adapters.demo.diary import ONE_DAY
from recourse.adapters.demo.story import Story


def severities(story: Story) -> None:
    """Four units, four severities, both ends of the range; what lies outside is refused."""
    claims = []
    for severity, amount in (
        ("minor", "500.00"),
        ("ordinary", f"{story.dice.randrange(700, 1100)}.00"),
        ("serious", "1500.00"),
        ("critical", "2000.00"),
    ):
        claim = story.claim(stage="zero_km")
        story.judge(claim)
        story.part(claim)
        story.do(
            "engineer1",
            "set_penalty",
            claim=claim,
            supplier=story.supplier,
            severity=severity,
            amount=amount,
            reason="下线检测发现",
        )
        claims.append(claim)
    note = story.draft(claims)
    _refused_penalties(story)
    story.wait()
    story.issue(note)
    story.wait()
    story.receipt(note)
    story.wait()
    story.they("confirm_chargeback", chargeback=note)
    story.collect(note, "deduction")


def _refused_penalties(story: Story) -> None:
    """Nothing of the kind is recorded."""
    unit, sold = story.claim(stage="zero_km"), story.claim(stage="after_sale")
    for claim, amount, refused in (
        (unit, "499.99", "penalty-out-of-range"),
        (unit, "2000.01", "penalty-out-of-range"),
        (sold, "800.00", "not-zero-km"),
    ):
        if amount != "2000.01":
            story.judge(claim)
        story.do(
            "engineer1",
            "set_penalty",
            claim=claim,
            supplier=story.supplier,
            severity="minor",
            amount=amount,
            reason="超出范围的尝试",
            refused=refused,
        )


def split(story: Story) -> None:
    """Two suppliers share a penalty; a second one on the unit needs a reason, and is withdrawn."""
    shares = {story.bearer: "0.6", f"supplier:{story.other}": "0.4"}
    first = story.ready(shares, stage="zero_km")
    unit = f"DEMO-U{story.plant.claims:04d}"
    second = story.claim(stage="zero_km", unit=unit, repaired_on=story.day - ONE_DAY)
    story.judge(second)
    story.part(second)
    for mine, refused in (("950.00", "penalty-split-differs"), ("900.00", None)):
        story.do(
            "engineer1",
            "set_penalty",
            claim=first,
            split={story.supplier: mine, story.other: "600.00"},
            severity="serious",
            amount="1500.00",
            reason="两家零件共同致损",
            refused=refused,
        )
    for again, refused in ((None, "penalty-on-this-unit"), ("另一次独立失效", None)):
        story.do(
            "engineer1",
            "set_penalty",
            claim=second,
            supplier=story.supplier,
            severity="ordinary",
            amount="700.00",
            reason="同台再次失效",
            again=again,
            refused=refused,
        )
    story.do("boss", "withdraw_penalty", claim=second, reason="查明为同一次失效")
    note = story.charge(first, second)
    story.they("confirm_chargeback", chargeback=note)


def withdrawn_after_void(story: Story) -> None:
    """A penalty on an approved note stays until the note is void; then it is taken away."""
    claim = story.ready(stage="zero_km")
    story.do(
        "engineer1",
        "set_penalty",
        claim=claim,
        supplier=story.supplier,
        severity="critical",
        amount="1800.00",
        reason="影响整车下线",
    )
    note = story.draft([claim])
    story.wait()
    story.do("boss", "approve_chargeback", chargeback=note)
    withdrawal = {"claim": claim, "reason": "严重程度判定有误"}
    story.do("boss", "withdraw_penalty", refused="note-already-approved", **withdrawal)
    story.do("boss", "void_chargeback", chargeback=note, reason="考核有误须重开")
    story.do("boss", "withdraw_penalty", **withdrawal)
    story.charge(claim, replaces=note)
