"""Which pages of `docs/` are generated, and how are they written?

`python docs/generate/pages.py` writes every page that no longer says what the code says.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from command_page import command_page
from coverage_page import coverage_page
from refusal_page import refusal_page

DOCS = Path(__file__).parents[1]
PAGES: dict[str, Callable[[], str]] = {
    "commands.md": command_page,
    "coverage.md": coverage_page,
    "refusals.md": refusal_page,
}


def write(folder: Path) -> list[Path]:
    """Write the pages in `folder` that are not there or are stale."""
    texts = {folder / name: made() for name, made in PAGES.items()}
    stale = {
        path: text
        for path, text in texts.items()
        if not path.is_file() or path.read_bytes() != text.encode()
    }
    for path, text in stale.items():
        path.write_bytes(text.encode())
    return list(stale)


if __name__ == "__main__":
    sys.stdout.writelines(f"已生成 / written: {path.name}\n" for path in write(DOCS))
