"""How does a story in a file become a test that anybody can read and run?"""

from recourse.adapters.cases.case_file import about
from recourse.adapters.cases.player import Difference, Report, play
from recourse.adapters.cases.problems import CaseProblem, Mistake

__all__ = ["CaseProblem", "Difference", "Mistake", "Report", "about", "play"]
