"""What do all tables of a profile have in common: no forgotten key, and a written reason?"""

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from recourse.values.parties import Text

Name = Annotated[str, Field(min_length=1)]


def _exact(written: object) -> object:
    if not isinstance(written, str):
        raise ValueError('write the number between quotes, such as "7.1000"')  # noqa: TRY004 - pydantic
    return written


Exact = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, allow_inf_nan=False)]


class Section(BaseModel):
    """A table of the profile; no key is ignored, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Reasoned(Section):
    """A decision and why it was taken, for those who must answer for it."""

    reason_zh: Name
    reason_en: Name

    @property
    def reason(self) -> Text:
        return Text(self.reason_zh, self.reason_en)
