"""How far has the story come?"""

import pytest

from support.engine import fresh
from support.story import play


@pytest.fixture(scope="session")
def decided():
    """The whole story; nothing is asked of it any more."""
    return play(fresh(), until="arbitrate_appeal")


@pytest.fixture
def issued():
    """Nobody has received the note yet."""
    return play(fresh(), until="issue_chargeback")
