"""Which file is named as evidence, by the hash of its content and not by a name?"""

import re
from collections.abc import Sequence
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

ProofKind = Literal["photo", "report", "receipt", "letter", "other"]
KINDS: tuple[str, ...] = get_args(ProofKind)
SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


class Proof(BaseModel):
    """A file of some kind; its name may name a person, and so is not kept (ZA42)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ProofKind
    sha256: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.sha256}"


def proof(written: object) -> object:
    """The file written as "photo:" and 64 hexadecimal digits; raises ValueError for anything else.

    A file that was read before stays as it is.
    """
    if isinstance(written, Proof):
        return written
    kind, _, sha256 = str(written).partition(":")
    if kind not in KINDS or not SHA256.fullmatch(sha256):
        raise ValueError(
            f"{written!r} names no file: write KIND:SHA256 as `recourse evidence add` prints it, "
            f"where KIND is one of {', '.join(KINDS)}"
        )
    return {"kind": kind, "sha256": sha256}


def each_once(proofs: Sequence[Proof]) -> Sequence[Proof]:
    """`proofs`, unless a file is among them twice."""
    if len({each.sha256 for each in proofs}) < len(proofs):
        raise ValueError("the same file is named twice")
    return proofs
