"""How do photos, reports, receipts and letters bear out a charge and the objection to it?"""

from recourse.adapters.demo.stories_disputes import consult, object_to, verify
from recourse.adapters.demo.story import Story


def borne_out(story: Story) -> None:
    """A charge with all its papers: count, finding, note, receipt, appeal, and what came later."""
    paper, claim = story.plant.papers.paper, story.claim()
    story.wait()
    story.judge(claim)
    story.wait()
    tag = story.tag(claim)
    box, crack = paper("photo", f"box {tag}"), paper("photo", f"crack {tag}")
    story.do("engineer2", "count_parts", tag=tag, counted=1, evidence=[box])
    found = [crack, paper("report", f"bench {tag}")]
    story.do("engineer2", "inspect_part", tag=tag, finding="part_defect", evidence=found)
    signed = [paper("receipt", f"shown {tag}")]
    story.they("confirm_part", tag=tag, answer="refused", evidence=signed)
    story.do("engineer2", "confirm_part_online", tag=tag)
    note = story.draft([claim], evidence=[paper("report", f"summary {claim}")])
    story.wait()
    story.issue(note)
    story.wait()
    story.receipt(note, evidence=[paper("receipt", f"slip {note}")])
    story.wait()
    letter = [paper("letter", f"appeal {note}")]
    appeal = {"lines": [f"{claim}/material"], "reason": "材质检验合格，附报告"}
    story.they("appeal_chargeback", chargeback=note, evidence=letter, **appeal)
    _later(story, note, tag)


def _later(story: Story, note: str, tag: str) -> None:
    """The supplier's laboratory and our own send more; each thing has a file once."""
    paper = story.plant.papers.paper
    theirs = {"label": f"chargeback:{note}", "evidence": [paper("report", f"laboratory {note}")]}
    story.they("add_evidence", **theirs)
    story.they("add_evidence", refused="evidence-already-added", **theirs)
    story.do(story.other.lower(), "add_evidence", refused="not-yours", **theirs)
    ours = [paper("photo", f"section {tag}")]
    story.do("engineer1", "add_evidence", label=f"returned_part:{tag}", evidence=ours)
    story.wait()
    story.they("confirm_chargeback", chargeback=note)
    story.plant.borne_out.append(note)


def doubted_with_a_report(story: Story) -> None:
    """The objection carries a report, and the group's letter is kept with its ruling."""
    paper, claim = story.plant.papers.paper, story.claim()
    story.wait()
    object_to(story, claim, "finding", evidence=[paper("report", f"no fault {claim}")])
    story.wait()
    verify(story, claim, "stands")
    consult(story, claim, "unresolved")
    story.do("centre1", "refer_to_group", claim=claim)
    story.wait()
    ruling = {"ruling": "stands", "reference": f"ZG-{claim}", "ruled_on": story.day}
    letter = [paper("letter", f"ruling {claim}")]
    story.do("engineer2", "record_group_ruling", claim=claim, evidence=letter, **ruling)
