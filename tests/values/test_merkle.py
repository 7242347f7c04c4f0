"""Is the root the one that RFC 6962 defines?"""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from recourse.values.merkle import root


def defined(leaves):
    """The definition of section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    left, right = defined(leaves[:half]), defined(leaves[half:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def test_the_root_of_nothing_is_the_hash_of_nothing():
    told = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    assert root([]).hex() == told


@given(st.lists(st.binary(max_size=4), max_size=70))
def test_the_root_found_leaf_by_leaf_is_the_one_of_the_definition(leaves):
    assert root(leaves) == defined(leaves)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=20), st.integers(0, 19))
def test_any_altered_leaf_alters_the_root(leaves, at):
    altered = list(leaves)
    altered[at % len(leaves)] += b"x"

    assert root(altered) != root(leaves)
