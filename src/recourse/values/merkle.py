"""What is the root of the Merkle tree over some leaves, as RFC 6962 section 2.1 defines it?"""

import hashlib
from collections.abc import Iterable

LEAF, NODE = b"\x00", b"\x01"


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over `leaves` in their order, one after the other; of none the hash of nothing.

    `whole` are the roots of the complete subtrees so far, the largest first, each with the number
    of its leaves.
    """
    whole: list[tuple[int, bytes]] = []
    for leaf in leaves:
        size, digest = 1, hashlib.sha256(LEAF + leaf).digest()
        while whole and whole[-1][0] == size:
            digest = _node(whole.pop()[1], digest)
            size *= 2
        whole.append((size, digest))
    if not whole:
        return hashlib.sha256().digest()
    _, found = whole.pop()
    while whole:
        found = _node(whole.pop()[1], found)
    return found


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()
