"""How are the generated pages written? `python -m recourse.adapters.pages docs`."""

import sys
from pathlib import Path

from recourse.adapters.pages import PAGES


def main(folder: Path) -> None:
    """Write every page into `folder`."""
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
