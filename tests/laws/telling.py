"""How are the figures of the engine and of the case files told in the reference's way?"""

import re
from typing import Any

from laws.reference_base import fen


def comparable(figure: Any) -> Any:
    """Amounts in fen, lists in order, days as dates, nothing as None."""
    if isinstance(figure, str) and re.fullmatch(r"-?\d+\.\d\d", figure):
        return fen(figure)
    if isinstance(figure, dict):
        return {name: comparable(inner) for name, inner in figure.items()}
    if figure == "absent":
        return None
    return sorted(figure) if isinstance(figure, (list, tuple, set, frozenset)) else figure
