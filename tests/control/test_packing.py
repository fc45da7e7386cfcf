"""A look at the glass on its way over the socket."""

from __future__ import annotations

import base64
import zlib

import pytest

from kiosk.control.packing import packed, unpacked
from kiosk.control.protocol import LIMIT, NotUnderstood
from kiosk.desk.glass import Glimpse, Run

LOOK = Glimpse("HomeScreen", 2, ((Run("▌é", "#1b2430", "#f6f1e7", True),),), ("Welcome", "[Member] with your PIN"))


def test_a_look_comes_out_as_it_went_in() -> None:
    assert unpacked(packed(LOOK)) == LOOK


def test_a_glass_in_which_no_two_cells_are_alike_fits_the_socket() -> None:
    row = tuple(Run("🬀", f"#{x:02x}1b30", f"#f6{x:02x}e7") for x in range(80))
    assert len(packed(Glimpse("HomeScreen", 80, (row,) * 24))) < LIMIT / 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not base64!",
        base64.b64encode(b"not packed").decode(),
        base64.b64encode(zlib.compress(b'["Home",80,[[["x","red","#000000",false]]],[]]')).decode(),
        base64.b64encode(zlib.compress(b"[" * 5_000_000)).decode(),
    ],
    ids=["nothing", "no base64", "not packed", "no colour", "a bomb"],
)
def test_what_is_no_look_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood):
        unpacked(text)
