"""What is said when Kafka cannot do what it is asked for?"""

import tomllib
from importlib.resources import files

from recourse.values.parties import Text

_WRITTEN = tomllib.loads(
    files("recourse.adapters.kafka").joinpath("troubles.toml").read_text("utf-8")
)
PARTS = ("what", "why", "remedy")
TROUBLES = {code: tuple(Text(**said[part]) for part in PARTS) for code, said in _WRITTEN.items()}
"""The three sentences of every trouble, by its stable code."""


class KafkaTrouble(Exception):
    """Kafka cannot do it now; no event and no command is lost by that."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.what, self.why, self.remedy = (
            Text(said.zh.format(**facts), said.en.format(**facts)) for said in TROUBLES[code]
        )

    def __str__(self) -> str:
        return f"{self.what.en} {self.why.en} {self.remedy.en}"
