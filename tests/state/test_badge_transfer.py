"""Badges in a file: who has the passphrase has them, and nobody else anything of them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.state.badge_transfer import pack, unpack
from kiosk.state.errors import WrongTransfer
from tests.state.test_badges import ROLLING, SECRET, STATIC

PASSPHRASE = "correct horse battery ñ"
FILE = pack([ROLLING, STATIC], PASSPHRASE)


def test_the_passphrase_opens_the_file() -> None:
    assert unpack(FILE, PASSPHRASE) == [ROLLING, STATIC]


def test_nothing_of_the_badges_can_be_read_without_it() -> None:
    for part in (SECRET, SECRET.hex().encode(), ROLLING.handle.encode(), STATIC.secret, b"member"):
        assert part not in FILE
    with pytest.raises(WrongTransfer, match="passphrase is another"):
        unpack(FILE, PASSPHRASE + "!")


@pytest.mark.parametrize("part", ["salt", "nonce", "sealed"])
def test_a_file_that_was_changed_is_refused_whole(part: str) -> None:
    file = json.loads(FILE)
    file[part] = ("B" if file[part][0] == "A" else "A") + file[part][1:]

    with pytest.raises(WrongTransfer, match="was changed"):
        unpack(json.dumps(file).encode(), PASSPHRASE)


@given(st.one_of(st.binary(max_size=200), st.sampled_from([b"{}", b"[]", b"null", FILE[:-40], FILE + FILE])))
@settings(max_examples=30)
def test_anything_else_is_no_file_of_ours(data: bytes) -> None:
    with pytest.raises(WrongTransfer, match="no file"):
        unpack(data, PASSPHRASE)
