"""Where is the log kept: in memory, or in one SQLite file?"""

from recourse.adapters.storage.memory import MemoryStore
from recourse.adapters.storage.sqlite import SqliteStore
from recourse.adapters.storage.unusable import UnusableStore

__all__ = ["MemoryStore", "SqliteStore", "UnusableStore"]
