"""Why is something of a site as it is?"""

from datetime import date

from recourse.projections.explanations import Explainer, Explanation
from support.engine import Site

DAY = date(2026, 7, 21)  # the story is over


def explain(site: Site, name: str, day: date = DAY) -> Explanation:
    """What the engine of `site` explains under that name."""
    engine = site.engine
    explainer = Explainer(engine.stream, engine.store.held, engine.store.answer, engine.book)
    return explainer.explain(name, day)


def sentence(explanation: Explanation, language: str = "en") -> str:
    """What is said first."""
    return explanation.as_text(language).splitlines()[0]
