from __future__ import annotations

import errno
import io
from collections.abc import Sequence
from dataclasses import replace

import pytest

from kiosk.desk.ports import LineStatus
from kiosk.i18n.speech import Speech
from kiosk.line.desk import LineDesk
from tests.line.scripted import ONLINE, ScriptedDesk, no_sleep, talk, welcome

NOT_UNDERSTOOD = "error That was not understood. Type a number of the list, or help."


async def test_lines_that_cannot_be_taken_are_answered_in_one_line_each_and_nothing_ends() -> None:
    typed = b"\xff\xfe\n" + b"x" * 12_000 + b"\nfrobnicate 1234\npin\nundo now\n\n\x00\x07\nstatus"
    desk = ScriptedDesk()

    assert await talk(desk, typed) == [
        "error A character could not be read. Please type the line again.",
        "error That line is too long.",
        NOT_UNDERSTOOD,
        "error A code goes after that word.",
        "error Nothing goes after that word.",
        "status online, 0 waiting, 0 refused, directory as of 2026-11-23 08:01",
    ]
    assert desk.shown == []


async def test_escapes_and_carriage_returns_in_the_input_do_not_come_back() -> None:
    desk = ScriptedDesk({"1234": welcome()})

    answers = await talk(desk, b"\x1b[A\x1b[2Jpin 1234\r\npin 12\x0034\r\n")

    assert answers[0] == NOT_UNDERSTOOD
    assert answers[1].startswith("welcome Zoë Martin: ")


async def test_what_was_typed_is_never_repeated() -> None:
    answers = await talk(ScriptedDesk(), "pin 4711\n4711\nundo 4711\nfrobnicate 4711\n1\n4711\n6\n", prompts=True)

    assert "4711" not in "".join(answers)


async def test_something_that_can_be_no_code_is_shown_to_the_desk_as_such() -> None:
    desk = ScriptedDesk()

    answers = await talk(desk, "pin ?!\n1\n?!\n")

    assert [answer.split()[0] for answer in answers] == ["unknown", "unknown"]
    assert desk.shown == ["no code", "no code"]


async def test_a_pasted_code_that_is_meant_for_something_else_is_told_so_and_is_no_try() -> None:
    desk = ScriptedDesk()

    assert await talk(desk, "WIFI:S:guests;P:12345;;\ncode BEGIN:VCARD\n") == ["error That is not your invitation."] * 2
    assert desk.shown == []


@pytest.mark.parametrize("prompts", [False, True])
@pytest.mark.parametrize("end", ["quit\nstatus\n", "QUIT\r\nstatus\n", "6\nstatus\n", "", "1\n"])
async def test_quit_and_the_end_of_input_end_it_from_anywhere(end: str, prompts: bool) -> None:
    answers = await talk(ScriptedDesk(), end, prompts=prompts)

    assert not [answer for answer in answers if answer.startswith("status")]
    assert bool(answers) is prompts


async def end_with(statuses: Sequence[LineStatus], *, prompts: bool = False) -> tuple[list[str], list[float]]:
    """Quit while the desk reports these statuses, one after the other; the lines, and the pauses that were made."""
    out = io.StringIO()
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    desk = ScriptedDesk(statuses=statuses)
    await LineDesk(desk, Speech(), io.BytesIO(b"quit\n"), out, prompts=prompts, sleep=sleep).run()
    return out.getvalue().splitlines(), pauses


async def test_quit_waits_until_everything_is_uploaded() -> None:
    two, one = replace(ONLINE, waiting=2), replace(ONLINE, waiting=1)

    lines, pauses = await end_with([two, two, one, ONLINE])

    assert lines == ["bye everything is with Nexudus"]
    assert len(pauses) == 3


async def test_quit_waits_five_seconds_at_most_and_says_what_is_kept() -> None:
    lines, pauses = await end_with([replace(ONLINE, waiting=2)])

    assert lines == ["bye 2 events wait; they are kept and go up when the line is back"]
    assert sum(pauses) == pytest.approx(5.0, abs=0.1)


async def test_a_person_is_told_why_the_end_takes_a_while() -> None:
    waiting = replace(ONLINE, waiting=1)

    lines, _ = await end_with([waiting, waiting, ONLINE], prompts=True)

    assert lines[-2:] == ["Telling Nexudus…", "bye everything is with Nexudus"]


async def test_what_nexudus_refused_is_not_said_to_be_with_it() -> None:
    lines, _ = await end_with([replace(ONLINE, refused=1)])

    assert lines == ["bye nothing waits; 1 event was refused by Nexudus, and staff must look at it"]


class Failing(io.StringIO):
    """Output that takes one line and then fails with an error of the system."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number

    def write(self, text: str) -> int:
        if self.getvalue():
            raise OSError(self._number, "scripted")
        return super().write(text)


@pytest.mark.parametrize(("number", "status", "logged"), [(errno.EPIPE, 0, 0), (errno.ENOSPC, 1, 1)])
async def test_a_reader_that_went_away_is_no_failure_and_a_full_disk_is(
    number: int, status: int, logged: int, caplog: pytest.LogCaptureFixture
) -> None:
    source = io.BytesIO(b"status\nstatus\nstatus\n")

    assert (
        await LineDesk(ScriptedDesk(), Speech(), source, Failing(number), prompts=False, sleep=no_sleep).run() == status
    )

    assert len(caplog.records) == logged
