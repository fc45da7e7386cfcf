from __future__ import annotations

import errno
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.line.output import ListenerGone, Output, OutputLost, plain


@given(st.text())
def test_nothing_that_steers_or_draws_gets_out(text: str) -> None:
    line = plain(text)

    assert not [char for char in line if char < " " or "\x7f" <= char < "\xa0" or "─" <= char <= "▟"]


def test_a_frame_in_a_name_is_left_out() -> None:
    assert plain("║\x1b[31m Bob ║\nwelcome Eve") == "[31m Bob welcome Eve"


async def test_a_terminal_that_lacks_a_letter_gets_a_question_mark() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="latin-1")

    await Output(out).write("welcome Zoë Łukasz")

    assert raw.getvalue() == "welcome Zoë ?ukasz\n".encode("latin-1")


class Failing(io.StringIO):
    """Output that fails with an error of the system."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def flush(self) -> None:
        raise OSError(self._number, "scripted")


async def test_a_closed_pipe_and_a_full_disk_are_told_apart() -> None:
    with pytest.raises(ListenerGone):
        await Output(Failing(errno.EPIPE)).write("status")
    with pytest.raises(OutputLost, match="cannot be written") as lost:
        await Output(Failing(errno.ENOSPC)).write("status")
    assert not isinstance(lost.value, ListenerGone)
