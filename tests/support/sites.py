"""How is a site made for those who look at it?"""

from datetime import UTC, datetime
from pathlib import Path

from recourse.adapters.cli.known import KNOWN
from recourse.adapters.operations.doctor import examine
from recourse.adapters.operations.finding import Finding
from recourse.adapters.operations.site import Site
from recourse.adapters.storage.opening import close_engine, open_engine
from recourse.application import Ask, Person
from recourse.commands import PUBLIC
from recourse.rulebook.book import built_in

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)  # of a Monday, in Shanghai
BUYER = Person("王五", frozenset({"purchasing"}))


def register(engine, name="S1", again=""):
    """Lets a buyer register a supplier; the answer."""
    fields = {"supplier": name, "name": f"供方 {name}", "disposal": "entrusted"}
    command = PUBLIC["register_supplier"].model_validate(fields)
    (answer,) = engine.perform([Ask(command, BUYER, NOON, f"register {name}{again}")])
    return answer


def begun(url) -> str:
    """A store at `url` with one supplier."""
    engine = open_engine(str(url), built_in(), new_log_id=lambda: "a log")
    register(engine)
    close_engine(engine)
    return str(url)


def site(url, **about) -> Site:
    """A site with that store and the settings by default."""
    settings = {name: known.default for name, known in KNOWN.items()}
    settings |= about.pop("settings", {})
    return Site(**({"url": str(url), "at": NOON, "environ": {}, "settings": settings} | about))


def findings(of: Site) -> dict[str, Finding]:
    """What each check finds, by its name."""
    return {each.name: each for each in examine(of)}


def amiss(of: Site) -> dict[str, str]:
    """The code of everything that is not well, by check."""
    return {name: each.outcome.code for name, each in findings(of).items() if not each.ok}


def folder_of(url: str) -> Path:
    """Where the file of a store is."""
    return Path(url).parent
