"""What belongs to the site that is looked at?"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from recourse.adapters.operations.looking import Look
from recourse.adapters.storage.addresses import Address, PostgresAddress, address_of, shown
from recourse.adapters.storage.files import EvidenceFiles
from recourse.values.parties import Text


@dataclass
class Site:
    """A store, its files and the machine, as of `at`, the clock of this machine."""

    url: str
    at: datetime
    environ: Mapping[str, str]
    settings: Mapping[str, Any]  # by name, such as "operations.most_lag"
    evidence: EvidenceFiles | None = None
    unreadable: Text | None = None  # why the settings could not be read
    mistyped: Sequence[str] = ()  # variables that are no settings
    opened: Look | None = field(default=None, init=False)

    @property
    def address(self) -> Address:
        """What the URL names; raises `UnknownStore`."""
        return address_of(self.url)

    @property
    def place(self) -> str:
        """The store as it may be told."""
        return shown(self.url)

    @property
    def folder(self) -> Path:
        """Where the store's files are, or this process runs."""
        address = self.address
        return address.parent if isinstance(address, Path) else Path.cwd()

    @property
    def postgres(self) -> PostgresAddress:
        """The address of the schema."""
        address = self.address
        assert isinstance(address, PostgresAddress)
        return address

    @property
    def look(self) -> Look:
        """The store, opened by `looking`."""
        assert self.opened is not None
        return self.opened

    @contextmanager
    def looking(self, seconds: float) -> Iterator[None]:
        """With the store open to be looked at."""
        with Look.at(self.address, seconds) as opened:
            self.opened = opened
            try:
                yield
            finally:
                self.opened = None
