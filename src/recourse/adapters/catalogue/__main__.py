"""How are the generated files of the contract written, and released?

`python -m recourse.adapters.catalogue FOLDER` writes what the code says now; `--freeze` after it
appends every file that is not released yet to the list of released ones.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from recourse import __version__
from recourse.adapters.catalogue.channels import NotDecided
from recourse.adapters.catalogue.contract import write
from recourse.adapters.catalogue.dictionary import NotInTheDictionary
from recourse.adapters.catalogue.freezing import NotAsReleased, Unfinished, freeze
from recourse.adapters.catalogue.revisions import ReleasedEventChanged
from recourse.adapters.catalogue.schemas import Positional

USAGE = "python -m recourse.adapters.catalogue FOLDER [--freeze]"
REASONS = (
    NotAsReleased,
    NotDecided,
    NotInTheDictionary,
    Positional,
    ReleasedEventChanged,
    Unfinished,
)


def main(arguments: Sequence[str]) -> int:
    """0 where the folder is as it has to be, 1 where somebody has to decide, 2 where misused."""
    folder, *options = arguments or [""]
    if not folder or not Path(folder).is_dir() or options not in ([], ["--freeze"]):
        sys.stderr.write(f"用法 / usage: {USAGE}\n")
        return 2
    root = Path(folder)
    try:
        written = write(root)
        frozen = freeze(root, __version__) if options else []
    except REASONS as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    for done, paths in (("已生成 / written", written), ("已发布 / released", frozen)):
        sys.stdout.writelines(f"{done}: {path.relative_to(root)}\n" for path in paths)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
