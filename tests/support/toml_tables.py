"""What stands in a TOML file beside a module?"""

import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any


def tables(module: ModuleType, name: str) -> dict[str, Any]:
    """The content of the file `name` in the folder of `module`."""
    return tomllib.loads((Path(module.__file__).parent / name).read_text(encoding="utf-8"))
